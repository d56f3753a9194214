//! TIFF: the pages that its directories make, and the pixels of one. Must not follow a loop of directories.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Cursor;

use tiff::ColorType;
use tiff::decoder::{ChunkType, Decoder, DecodingResult, Limits};

use super::ifd::{Entry, Tags};
use super::jpeg::{self, Head};
use super::plane::{Shrink, printed};
use super::{Sheet, Sheets};
use crate::inspect::{Look, Plane};
use crate::model::inside::{Bounds, Colour, Limit, Trouble, What};

const REDUCED: u16 = 254;
const OLD_KIND: u16 = 255;
const WIDE: u16 = 256;
const HIGH: u16 = 257;
const BITS: u16 = 258;
const MEANING: u16 = 262;
const SAMPLES: u16 = 277;
const COMPRESSION: u16 = 259;
const ORDER: u16 = 266;
/// Where strips or tiles stand, and their bytes.
const PARTS: [(u16, u16); 2] = [(273, 279), (324, 325)];

/// A whole file.
pub(super) fn sheets(bytes: &[u8], bounds: &Bounds) -> Result<Sheets, What> {
    let (tags, mut at) = Tags::open(bytes).ok_or(if bytes.len() < 8 { What::CutShort } else { What::Broken })?;
    let mut made = Sheets::default();
    let mut been = BTreeSet::new();
    let mut index = 0;
    while at != 0 {
        if !been.insert(at) {
            made.troubles.push(What::Damaged.into());
            break;
        }
        if been.len() > usize::try_from(bounds.objects).unwrap_or(usize::MAX) {
            made.troubles.push(What::Limit(Limit::Objects, been.len() as u64, bounds.objects.into()).into());
            break;
        }
        let Some((entries, next)) = tags.directory(at) else {
            let beyond = at >= bytes.len() as u64 || made.sheets.is_empty();
            made.troubles.push(if beyond { What::CutShort } else { What::Damaged }.into());
            break;
        };
        at = next;
        if let Some(sheet) = sheet(tags, &entries, index) {
            if made.sheets.len() >= usize::try_from(bounds.pages).unwrap_or(usize::MAX) {
                made.troubles.push(What::Limit(Limit::Pages, u64::from(bounds.pages) + 1, bounds.pages.into()).into());
                break;
            }
            let (print, whole) = stored(tags, &entries, bytes);
            made.sheets.push(Sheet { print, ..sheet });
            if !whole {
                let page = u32::try_from(made.sheets.len()).ok();
                made.troubles.push(Trouble { what: What::CutShort, page });
            }
        }
        index += 1;
    }
    if made.sheets.is_empty() {
        return Err(made.troubles.into_iter().map(|t| t.what).min().unwrap_or(What::Broken));
    }
    // The trouble of a file with one page is that of the file.
    if made.sheets.len() == 1 {
        made.troubles.iter_mut().for_each(|t| t.page = None);
    }
    Ok(made)
}

/// The page that a directory makes, unless it is a small copy of another.
fn sheet(tags: Tags<'_>, entries: &[Entry], index: usize) -> Option<Sheet> {
    let find = |tag| entries.iter().find(|e| e.tag == tag).copied();
    let first = |tag| tags.first(find(tag)?);
    if first(REDUCED).is_some_and(|n| n & 1 == 1) || first(OLD_KIND) == Some(2) {
        return None;
    }
    let side = |tag| first(tag).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
    let colour = match (first(MEANING), first(BITS).unwrap_or(1), first(SAMPLES).unwrap_or(1)) {
        (Some(0 | 1) | None, 1, 1) => Colour::Bitonal,
        (Some(0 | 1), ..) => Colour::Grey,
        (Some(2 | 3 | 5 | 6 | 8), ..) => Colour::Colour,
        _ => Colour::Unknown,
    };
    let (dpi, turned) = (tags.dpi(entries), tags.turned(entries));
    Some(Sheet { pixels: [side(WIDE)?, side(HIGH)?], dpi, colour, turned, index, ..Sheet::default() })
}

/// Where the strips or tiles of a page stand, and their bytes.
fn spans(tags: Tags<'_>, entries: &[Entry]) -> Vec<(u64, u64)> {
    let find = |tag| entries.iter().find(|e| e.tag == tag).copied();
    let Some((from, lengths)) = PARTS.iter().find_map(|(a, b)| Some((find(*a)?, find(*b)?))) else { return Vec::new() };
    tags.numbers(from, 1 << 20).into_iter().zip(tags.numbers(lengths, 1 << 20)).collect()
}

fn range((at, length): (u64, u64)) -> Option<std::ops::Range<usize>> {
    Some(usize::try_from(at).ok()?..usize::try_from(at.checked_add(length)?).ok()?)
}

/// The print of the data of a page, and whether all of it lies in the file.
fn stored(tags: Tags<'_>, entries: &[Entry], bytes: &[u8]) -> (Option<u64>, bool) {
    let spans = spans(tags, entries);
    let parts: Vec<&[u8]> = spans.iter().filter_map(|s| bytes.get(range(*s)?)).collect();
    // Strips that lie over each other would be hashed again and again.
    let sum: u64 = spans.iter().fold(0, |sum, (_, length)| sum.saturating_add(*length));
    let whole = parts.len() == spans.len();
    let print = (whole && !spans.is_empty() && sum <= bytes.len() as u64).then(|| super::print(parts.into_iter()));
    (print, whole)
}

/// The file as the decoder can read it: its bits in the usual order. An inner JPEG that declares more pixels than
/// its page, or has too many scans, is refused.
fn usual<'a>(bytes: &'a [u8], sheet: &Sheet) -> Result<Cow<'a, [u8]>, What> {
    let (tags, mut at) = Tags::open(bytes).ok_or(What::Broken)?;
    let mut entries = Vec::new();
    for _ in 0..=sheet.index {
        (entries, at) = tags.directory(at).ok_or(What::Damaged)?;
    }
    let first = |tag| entries.iter().find(|e| e.tag == tag).and_then(|e| tags.first(*e));
    let spans = spans(tags, &entries);
    let pixels = |[wide, high]: [u32; 2]| u64::from(wide) * u64::from(high);
    match (first(COMPRESSION), first(ORDER)) {
        (Some(2..=4), Some(2)) => {
            let mut turned = bytes.to_vec();
            let ranges = spans.iter().filter_map(|s| range(*s));
            // Strips that lie over each other are turned once.
            let mut from = 0;
            for range in ranges {
                if let Some(part) = turned.get_mut(range.start.max(from)..range.end) {
                    part.iter_mut().for_each(|b| *b = b.reverse_bits());
                    from = range.end;
                }
            }
            Ok(Cow::Owned(turned))
        }
        (Some(7), _) => {
            // Padding makes a tile or strip a little larger than the page.
            let most = pixels(sheet.pixels.map(|n| n.saturating_add(1024)));
            let fits = |span: &(u64, u64)| {
                let part = range(*span).and_then(|r| bytes.get(r)).unwrap_or_default();
                let sound = |h: Head| pixels(h.pixels) <= most && !h.is_hollow(part.len()) && jpeg::scans(part, &h) <= jpeg::SCANS;
                jpeg::head(part).is_ok_and(sound)
            };
            if spans.iter().all(fits) { Ok(Cow::Borrowed(bytes)) } else { Err(What::Damaged) }
        }
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// The pixels of one page in grey.
pub(super) fn plane(bytes: &[u8], sheet: &Sheet, by: u32, look: &Look<'_>) -> Result<Plane, What> {
    let most = usize::try_from(look.bounds.pixels.saturating_mul(4)).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    (limits.decoding_buffer_size, limits.intermediate_buffer_size, limits.ifd_value_size) = (most, most, 16 << 20);
    let bad = |e: tiff::TiffError| if matches!(e, tiff::TiffError::UnsupportedError(_)) { What::Unknown } else { What::Damaged };
    let bytes = usual(bytes, sheet)?;
    let mut decoder = Decoder::new(Cursor::new(&*bytes)).map_err(bad)?.with_limits(limits);
    decoder.seek_to_image(sheet.index).map_err(bad)?;
    let size = decoder.dimensions().map_err(bad)?;
    let layout = Layout::of(decoder.colortype().map_err(bad)?, size.0)?;
    let mut shrink = Shrink::new([size.0, size.1], by).ok_or(What::Damaged)?;
    if decoder.get_chunk_type() == ChunkType::Strip {
        for strip in 0..decoder.strip_count().map_err(bad)? {
            layout.rows(decoder.read_chunk(strip).map_err(bad)?, &mut shrink);
        }
    } else {
        layout.rows(decoder.read_image().map_err(bad)?, &mut shrink);
    }
    shrink.plane().ok_or(What::Damaged)
}

/// How the decoder lays out samples.
struct Layout {
    colour: ColorType,
    samples: usize,
    /// Bytes of a row.
    line: usize,
    across: usize,
}

impl Layout {
    fn of(colour: ColorType, across: u32) -> Result<Self, What> {
        let samples = usize::from(colour.num_samples());
        let known = match colour {
            ColorType::Gray(1 | 2 | 4) => true,
            ColorType::Gray(n) | ColorType::GrayA(n) | ColorType::RGB(n) | ColorType::RGBA(n) => matches!(n, 8 | 16),
            ColorType::CMYK(8) | ColorType::YCbCr(8) => true,
            _ => false,
        };
        let across = usize::try_from(across).map_err(|_| What::Unknown)?;
        let bits = across.checked_mul(samples * usize::from(colour.bit_depth())).filter(|n| known && *n > 0).ok_or(What::Unknown)?;
        Ok(Self { colour, samples, line: bits.div_ceil(8), across })
    }

    fn rows(&self, mut decoded: DecodingResult, shrink: &mut Shrink) {
        decoded.as_buffer(0).as_bytes().chunks_exact(self.line).for_each(|row| self.row(row, shrink));
    }

    fn row(&self, row: &[u8], shrink: &mut Shrink) {
        match self.colour {
            ColorType::Gray(bits @ (1 | 2 | 4)) => {
                let (each, most) = (usize::from(8 / bits), (1_u16 << bits) - 1);
                let pixel = |x: usize| {
                    let shift = 8 - usize::from(bits) * (x % each + 1);
                    row.get(x / each).map_or(0, |b| u8::try_from((u16::from(*b) >> shift & most) * 255 / most).unwrap_or(u8::MAX))
                };
                shrink.row(&(0..self.across).map(pixel).collect::<Vec<u8>>(), 1);
            }
            ColorType::CMYK(_) => shrink.row(&printed(row), 3),
            ColorType::YCbCr(_) => shrink.row(&row.chunks_exact(3).flat_map(|p| rgb([p[0], p[1], p[2]])).collect::<Vec<u8>>(), 3),
            colour if colour.bit_depth() == 16 => {
                let high: Vec<u8> = row.chunks_exact(2).map(|p| u16::from_ne_bytes([p[0], p[1]]).to_be_bytes()[0]).collect();
                shrink.row(&high, self.samples);
            }
            _ => shrink.row(row, self.samples),
        }
    }
}

/// Brightness and colour differences as RGB (ITU-R BT.601).
fn rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) * 256, i32::from(cb) - 128, i32::from(cr) - 128);
    [y + 359 * cr, y - 88 * cb - 183 * cr, y + 454 * cb].map(|n| u8::try_from((n / 256).clamp(0, 255)).unwrap_or(0))
}
