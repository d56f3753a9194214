//! Pictures of a page: which makes it, its pixels, colours and resolution. Must not decode.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Number, Object, Stream};

use super::matrix::Matrix;
use super::paper::Paper;
use crate::model::inside::Colour;

/// What the head of a picture says.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Pixels across and down.
    pub pixels: [u32; 2],
    /// Bits of one part of a colour.
    pub bits: u8,
    /// Parts of a colour, where its space is known.
    pub parts: Option<u8>,
    /// Colours by number: red, green, blue.
    pub palette: Option<Vec<[u8; 3]>>,
    /// As told.
    pub colour: Colour,
    /// What is 0 is white.
    pub inverted: bool,
    /// How it is packed, first to last.
    pub filters: Vec<Filter>,
}

fn whole(dict: &Dict<'_>, long: &str, short: &str) -> Option<u32> {
    let n = dict.get::<Number>(long).or_else(|| dict.get::<Number>(short))?;
    u32::try_from(n.as_i64()).ok()
}

impl Facts {
    /// Of a picture; `None` when it has no size.
    pub fn of(stream: &Stream<'_>, colours: &Dict<'_>) -> Option<Self> {
        let dict = stream.dict();
        let pixels = [whole(dict, "Width", "W")?, whole(dict, "Height", "H")?];
        if pixels.contains(&0) {
            return None;
        }
        let mask = dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
        let bits = whole(dict, "BitsPerComponent", "BPC").and_then(|b| u8::try_from(b).ok());
        let filters: Vec<Filter> = stream.filters().to_vec();
        let bitonal = matches!(filters.last(), Some(Filter::CcittFaxDecode | Filter::Jbig2Decode));
        let bits = if mask || bitonal { 1 } else { bits.unwrap_or(8) };
        let space = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"));
        let (parts, palette) = if mask { (Some(1), None) } else { space.map_or((None, None), |s| space_of(&s, colours, 4)) };
        let colour = match (bits, parts, &palette) {
            (1, Some(1), None) | (1, None, _) => Colour::Bitonal,
            (1, Some(1), Some(_)) => Colour::Bitonal,
            (_, Some(1), Some(p)) => {
                if p.iter().all(|c| is_grey(*c)) {
                    Colour::Grey
                } else {
                    Colour::Colour
                }
            }
            (_, Some(1), None) => Colour::Grey,
            (_, Some(_), _) => Colour::Colour,
            _ if bitonal => Colour::Bitonal,
            _ => Colour::Unknown,
        };
        let decode = dict.get::<Array<'_>>("Decode").or_else(|| dict.get::<Array<'_>>("D"));
        let decode: Vec<f64> = decode.map(|d| d.iter::<f64>().take(2).collect()).unwrap_or_default();
        let inverted = decode.first().zip(decode.get(1)).is_some_and(|(a, b)| a > b);
        Some(Self { pixels, bits, parts, palette, colour, inverted, filters })
    }

    /// Pixels in all.
    pub fn area(&self) -> u64 {
        u64::from(self.pixels[0]).saturating_mul(u64::from(self.pixels[1]))
    }

    /// Dots per inch when drawn so.
    pub fn dpi(&self, matrix: Matrix, paper: &Paper) -> Option<[u32; 2]> {
        let per = |pixels: u32, drawn: f64| {
            let dpi = (f64::from(pixels) / (drawn * paper.unit)).round();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 100,000")]
            (1.0..=1e5).contains(&dpi).then_some(dpi as u32)
        };
        Some([per(self.pixels[0], matrix.across())?, per(self.pixels[1], matrix.up())?])
    }
}

/// Whether red, green and blue are nearly the same.
pub fn is_grey([r, g, b]: [u8; 3]) -> bool {
    r.max(g).max(b) - r.min(g).min(b) <= 24
}

/// Parts of a colour, and the colours of a palette.
fn space_of(space: &Object<'_>, colours: &Dict<'_>, depth: u8) -> (Option<u8>, Option<Vec<[u8; 3]>>) {
    if depth == 0 {
        return (None, None);
    }
    match space {
        Object::Name(name) => match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => (Some(1), None),
            b"DeviceRGB" | b"RGB" | b"CalRGB" | b"Lab" => (Some(3), None),
            b"DeviceCMYK" | b"CMYK" => (Some(4), None),
            other => colours.get::<Object<'_>>(other).map_or((None, None), |s| space_of(&s, &Dict::empty(), depth - 1)),
        },
        Object::Array(array) => {
            let mut items = array.iter::<Object<'_>>();
            let Some(Object::Name(name)) = items.next() else { return (None, None) };
            match name.as_ref() {
                b"ICCBased" => {
                    let parts = items.next().and_then(Object::into_stream).and_then(|s| s.dict().get::<u8>("N"));
                    (parts.filter(|n| matches!(n, 1 | 3 | 4)), None)
                }
                b"Indexed" | b"I" => {
                    let base = items.next().and_then(|b| space_of(&b, colours, depth - 1).0);
                    let most = items.next();
                    let _ = most;
                    let table = match items.next() {
                        Some(Object::String(s)) => s.as_bytes().to_vec(),
                        Some(Object::Stream(s)) => s.decoded_data().map(|d| d.into_owned()).unwrap_or_default(),
                        _ => Vec::new(),
                    };
                    (Some(1), Some(palette(&table, base.unwrap_or(3))))
                }
                b"Separation" => (Some(1), None),
                b"DeviceN" => {
                    let names = items.next().and_then(Object::into_array).map_or(0, |a| a.iter::<Object<'_>>().take(33).count());
                    (u8::try_from(names).ok().filter(|n| *n > 0), None)
                }
                _ => space_of(&Object::Name(name), colours, depth - 1),
            }
        }
        _ => (None, None),
    }
}

fn palette(table: &[u8], parts: u8) -> Vec<[u8; 3]> {
    table.chunks_exact(usize::from(parts.max(1))).take(256).map(rgb).collect()
}

/// Red, green and blue of one colour of one, three or four parts.
pub fn rgb(parts: &[u8]) -> [u8; 3] {
    match parts {
        [r, g, b] => [*r, *g, *b],
        [c, m, y, k] => [c, m, y].map(|p| 255_u8.saturating_sub(p.saturating_add(*k))),
        [g, ..] => [*g; 3],
        [] => [255; 3],
    }
}
