//! Fonts, as far as text needs them: what a code says and how far it moves. Must not open font programs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytestring};

use super::glyph_names::{Bytes, named};
use super::meant::meant;

/// What is drawn where no character is known.
const NOTHING: char = '\u{fffd}';

/// The most widths that are kept of one font.
const WIDTHS: usize = 1 << 17;

/// A font.
#[derive(Debug)]
pub struct Font {
    says: Option<CMap>,
    kind: Kind,
    /// From top to bottom.
    pub vertical: bool,
}

#[derive(Debug)]
enum Kind {
    Simple { chars: Box<[Option<char>; 256]>, widths: Vec<f64>, first: usize, missing: f64, scale: f64 },
    Composite { codes: Arc<CMap>, by_id: Option<Arc<CMap>>, widths: Vec<(u32, u32, f64)>, usual: f64 },
}

/// One code of a string.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Code {
    /// How far it moves, in sizes of the font.
    pub advance: f64,
    /// Whether it is the one-byte space that words are spaced at.
    pub is_space: bool,
}

impl Font {
    /// Reads a font; what is missing is taken as usual.
    pub fn new(dict: &Dict<'_>) -> Self {
        let says = dict.get::<Stream<'_>>("ToUnicode").and_then(|s| s.decoded_data().ok()).and_then(|d| CMap::parse(&d, load_embedded));
        let composite = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"Type0");
        let (kind, vertical) = if composite { composite_of(dict) } else { (simple_of(dict), false) };
        Self { says, kind, vertical }
    }

    /// Hands on what each code of a string says.
    pub fn read(&self, bytes: &[u8], mut each: impl FnMut(&[char], Code)) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let (code, length, id) = match &self.kind {
                Kind::Simple { .. } => (u32::from(*first), 1, None),
                Kind::Composite { codes, .. } => next(codes, rest),
            };
            rest = rest.get(length..).unwrap_or_default();
            let advance = self.advance(code, id);
            let is_space = length == 1 && code == 32;
            let code_of = Code { advance, is_space };
            match self.said(code, id) {
                Some(BfString::Char(c)) => each(&[meant(c)], code_of),
                Some(BfString::String(s)) => each(&s.chars().take(16).map(meant).collect::<Vec<_>>(), code_of),
                None => each(&[NOTHING], code_of),
            }
        }
    }

    fn said(&self, code: u32, id: Option<u32>) -> Option<BfString> {
        let said = self.says.as_ref().and_then(|c| c.lookup_bf_string(code)).filter(|s| *s != BfString::Char('\0'));
        said.or_else(|| match &self.kind {
            Kind::Simple { chars, .. } => chars.get(usize::try_from(code).ok()?).copied().flatten().map(BfString::Char),
            Kind::Composite { by_id, .. } => by_id.as_ref()?.lookup_bf_string(id?),
        })
    }

    fn advance(&self, code: u32, id: Option<u32>) -> f64 {
        match &self.kind {
            Kind::Simple { widths, first, missing, scale, .. } => {
                let at = usize::try_from(code).ok().and_then(|c| c.checked_sub(*first));
                at.and_then(|a| widths.get(a)).copied().unwrap_or(*missing) * scale
            }
            Kind::Composite { widths, usual, .. } => {
                let id = id.unwrap_or(0);
                let after = widths.partition_point(|w| w.0 <= id);
                let found = after.checked_sub(1).and_then(|i| widths.get(i)).filter(|w| w.1 >= id);
                found.map_or(*usual, |w| w.2) / 1000.0
            }
        }
    }
}

/// The next code of a string, its length, and the number of its glyph where there is one.
fn next(codes: &CMap, bytes: &[u8]) -> (u32, usize, Option<u32>) {
    let mut code = 0_u32;
    for (length, byte) in (1_u8..=4).zip(bytes) {
        code = code << 8 | u32::from(*byte);
        if let Some(id) = codes.lookup_cid_code(code, length) {
            return (code, usize::from(length), Some(id));
        }
    }
    let two = bytes.get(..2).map(|b| b.iter().fold(0, |n, b| n << 8 | u32::from(*b)));
    two.map_or((code, 1, None), |code| (code, 2, None))
}

fn composite_of(dict: &Dict<'_>) -> (Kind, bool) {
    let codes = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => match CMapName::from_bytes(name.as_ref()) {
            CMapName::IdentityV => Some(Arc::new(CMap::identity_v())),
            CMapName::IdentityH => Some(Arc::new(CMap::identity_h())),
            known => table(known),
        },
        Some(Object::Stream(stream)) => stream.decoded_data().ok().and_then(|d| CMap::parse(&d, load_embedded)).map(Arc::new),
        _ => None,
    };
    let codes = codes.unwrap_or_else(|| Arc::new(CMap::identity_h()));
    let below = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next()).unwrap_or_default();
    let of_codes = codes.metadata().character_collection.as_ref().map(|c| c.family.clone());
    let family = of_codes.filter(|f| f.ucs2_cmap().is_some()).or_else(|| family_of(&below));
    let by_id = family.and_then(|f| f.ucs2_cmap()).and_then(table);
    let vertical = codes.metadata().writing_mode == Some(WritingMode::Vertical);
    let usual = below.get::<f64>("DW").filter(|w| w.is_finite()).unwrap_or(1000.0);
    let widths = below.get::<Array<'_>>("W").map(|w| widths_of(&w)).unwrap_or_default();
    (Kind::Composite { codes, by_id, widths, usual }, vertical)
}

/// A table that every reader of PDF has. Each is read once: those of Chinese have tens of thousands of rows.
fn table(name: CMapName<'_>) -> Option<Arc<CMap>> {
    static READ: Mutex<BTreeMap<Vec<u8>, Option<Arc<CMap>>>> = Mutex::new(BTreeMap::new());
    let data = load_embedded(name)?;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.entry(name.to_bytes().to_vec()).or_insert_with(|| CMap::parse(data, load_embedded).map(Arc::new)).clone()
}

fn family_of(below: &Dict<'_>) -> Option<CidFamily> {
    let info = below.get::<Dict<'_>>("CIDSystemInfo")?;
    let (registry, ordering) = (info.get::<Bytestring<'_>>("Registry")?, info.get::<Bytestring<'_>>("Ordering")?);
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

/// `first [w w w]` and `first last w`, sorted.
fn widths_of(array: &Array<'_>) -> Vec<(u32, u32, f64)> {
    let mut widths = Vec::new();
    let mut items = array.iter::<Object<'_>>();
    let whole = |o: &Object<'_>| o.clone().into_number().and_then(|n| u32::try_from(n.as_i64()).ok());
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let Some(first) = whole(&first) else { break };
        if let Some(last) = whole(&second) {
            let Some(width) = items.next().and_then(Object::into_number) else { break };
            widths.push((first, last, width.as_f64()));
        } else if let Object::Array(row) = second {
            let row = row.iter::<Number>().take(WIDTHS);
            widths.extend((first..).zip(row).map(|(id, w)| (id, id, w.as_f64())));
        }
        if widths.len() > WIDTHS {
            break;
        }
    }
    widths.retain(|w| w.2.is_finite());
    widths.sort_by_key(|w| w.0);
    widths
}

fn simple_of(dict: &Dict<'_>) -> Kind {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let base = match &encoding {
        Some(Object::Name(name)) => Some(name.clone()),
        Some(Object::Dict(d)) => d.get::<Name<'_>>("BaseEncoding"),
        _ => None,
    };
    let bytes = if base.is_some_and(|b| b.as_ref() == b"MacRomanEncoding") { Bytes::Mac } else { Bytes::Windows };
    let mut chars = Box::new([None; 256]);
    for (byte, char) in (0..=255_u8).zip(chars.iter_mut()) {
        *char = bytes.says(byte);
    }
    if let Some(Object::Dict(d)) = &encoding {
        let mut at = 0_usize;
        for item in d.get::<Array<'_>>("Differences").into_iter().flat_map(|a| a.iter::<Object<'_>>()).take(1024) {
            match item {
                Object::Number(n) => at = usize::try_from(n.as_i64()).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(char) = chars.get_mut(at) {
                        *char = named(name.as_str());
                    }
                    at = at.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    let below = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let first = dict.get::<Number>("FirstChar").and_then(|n| usize::try_from(n.as_i64()).ok()).unwrap_or(0);
    let widths: Vec<f64> = dict.get::<Array<'_>>("Widths").map(|a| a.iter::<f64>().take(256).collect()).unwrap_or_default();
    // Fonts that every viewer has need no widths; half a size is near enough to tell gaps by.
    let missing = below.get::<f64>("MissingWidth").filter(|w| *w > 0.0).unwrap_or(if widths.is_empty() { 520.0 } else { 0.0 });
    let drawn = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"Type3");
    let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|a| a.iter::<f64>().next()).filter(|_| drawn);
    Kind::Simple { chars, widths, first, missing, scale: matrix.unwrap_or(0.001) }
}
