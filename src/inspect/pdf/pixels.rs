//! Decodes the picture of a page into grey. Must not hold more than one, nor begin before its size is known to be allowed.

use std::io::Read as _;

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};

use super::picture::{Facts, rgb};
use crate::inspect::image::plane::{Shrink, reduction};
use crate::inspect::{Look, Plane};
use crate::model::inside::{Limit, What};

/// The bytes of a JPEG file, when the picture is one.
pub fn jpeg(stream: &Stream<'_>, facts: &Facts, most: u64) -> Option<Vec<u8>> {
    match facts.filters.as_slice() {
        [Filter::DctDecode] => Some(stream.raw_data().into_owned()),
        [Filter::FlateDecode, Filter::DctDecode] => {
            let mut out = Vec::new();
            flate2::read::ZlibDecoder::new(&*stream.raw_data()).take(most).read_to_end(&mut out).ok()?;
            Some(out)
        }
        _ => None,
    }
}

/// Its pixels in grey; the flag says that some were missing.
///
/// # Errors
/// It is too large, or cannot be decoded.
pub fn plane(stream: &Stream<'_>, facts: &Facts, look: &Look<'_>) -> Result<(Plane, bool), What> {
    allowed(stream, facts, look)?;
    let [width, height] = facts.pixels;
    let params = ImageDecodeParams {
        is_indexed: facts.palette.is_some(),
        bpc: Some(facts.bits),
        num_components: facts.parts,
        target_dimension: None,
        width,
        height,
    };
    let done = stream.decoded_image(&params).map_err(|_| What::Broken)?;
    let (mut size, mut bits, mut parts) = ([width, height], facts.bits, facts.parts);
    if let Some(told) = &done.image_data {
        size = [told.width, told.height];
        bits = told.bits_per_component;
        parts = match told.color_space {
            Some(ImageColorSpace::Gray) => Some(1),
            Some(ImageColorSpace::Rgb) => Some(3),
            Some(ImageColorSpace::Cmyk) => Some(4),
            Some(ImageColorSpace::Unknown(n)) => Some(n),
            None => parts,
        };
    }
    if size.contains(&0) || u64::from(size[0]) * u64::from(size[1]) > look.bounds.pixels {
        return Err(What::Broken);
    }
    let parts = parts.unwrap_or_else(|| guess(done.data.len(), size, bits));
    // OCR wants every pixel.
    let by = if look.ocr.is_some() { 1 } else { reduction(size[0], size[1]) };
    grey(&done.data, size, bits, parts, facts, by).ok_or(What::Broken)
}

/// How many parts the colours have when no space is named: what fits the bytes.
fn guess(bytes: usize, [w, h]: [u32; 2], bits: u8) -> u8 {
    let one = (w as usize * usize::from(bits)).div_ceil(8).saturating_mul(h as usize).max(1);
    if bytes / one >= 3 { 3 } else { 1 }
}

fn allowed(stream: &Stream<'_>, facts: &Facts, look: &Look<'_>) -> Result<(), What> {
    let most = look.bounds.pixels;
    let refuse = |had: u64| if had > most { Err(What::Limit(Limit::Pixels, had, most)) } else { Ok(()) };
    refuse(facts.area())?;
    match facts.filters.last() {
        // The stream has a size of its own, and that is the one that is made room for.
        Some(Filter::Jbig2Decode) => refuse(jbig2_area(&stream.raw_data()).ok_or(What::Broken)?),
        Some(Filter::JpxDecode) => refuse(jpx_area(&stream.raw_data()).ok_or(What::Broken)?.saturating_mul(4)),
        Some(Filter::CcittFaxDecode) => {
            let params = stream.dict().get::<hayro_syntax::object::Dict<'_>>("DecodeParms");
            let columns = params.and_then(|p| p.get::<u32>("Columns")).unwrap_or(1728);
            refuse(u64::from(columns).saturating_mul(u64::from(facts.pixels[1])))
        }
        _ => Ok(()),
    }
}

/// Width times height of the page that a JBIG2 stream says to have.
fn jbig2_area(data: &[u8]) -> Option<u64> {
    let word = |at: usize| Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let mut at = 0_usize;
    for _ in 0..10_000 {
        let (number, flags) = (word(at)?, *data.get(at + 4)?);
        let count = *data.get(at + 5)? >> 5;
        let (count, mut head) = if count == 7 {
            ((word(at + 5)? & 0x1FFF_FFFF) as usize, 9 + ((word(at + 5)? & 0x1FFF_FFFF) as usize + 8) / 8)
        } else {
            (usize::from(count), 6)
        };
        head += count.checked_mul(if number <= 256 {
            1
        } else if number <= 65_536 {
            2
        } else {
            4
        })?;
        head += if flags & 0x40 == 0 { 1 } else { 4 };
        let body = at.checked_add(head)?.checked_add(4)?;
        if flags & 0x3F == 48 {
            // A height that is not known yet is at most what the decoder allows.
            return Some(u64::from(word(body)?) * u64::from(word(body.checked_add(4)?)?.min(65_535)));
        }
        at = body.checked_add(word(body - 4)? as usize)?;
    }
    None
}

/// Width times height times colours of a JPEG 2000.
fn jpx_area(data: &[u8]) -> Option<u64> {
    let at = memchr::memmem::find(data, b"\xFF\x4F\xFF\x51")?;
    let word = |i: usize| Some(u64::from(u32::from_be_bytes(data.get(at + i..at + i + 4)?.try_into().ok()?)));
    let parts = u16::from_be_bytes(data.get(at + 40..at + 42)?.try_into().ok()?);
    word(8)?.checked_mul(word(12)?)?.checked_mul(u64::from(parts))?.checked_div(3)
}

fn grey(data: &[u8], [width, height]: [u32; 2], bits: u8, parts: u8, facts: &Facts, by: u32) -> Option<(Plane, bool)> {
    let (w, h) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let parts = usize::from(parts.max(1));
    let row = w.checked_mul(parts)?.checked_mul(usize::from(bits))?.div_ceil(8);
    if row == 0 || !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    let mut shrink = Shrink::new([width, height], by)?;
    let (mut values, mut colours) = (Vec::with_capacity(w.checked_mul(parts)?), Vec::with_capacity(w.checked_mul(3)?));
    let mut rows = 0_usize;
    for line in data.chunks_exact(row).take(h) {
        values.clear();
        unpack(line, bits, facts.palette.is_some(), w * parts, &mut values);
        if facts.inverted && facts.palette.is_none() {
            values.iter_mut().for_each(|v| *v = 255 - *v);
        }
        rows += 1;
        if parts == 1 && facts.palette.is_none() {
            shrink.row(&values, 1);
            continue;
        }
        colours.clear();
        for pixel in values.chunks_exact(parts) {
            let colour = match &facts.palette {
                Some(p) if parts == 1 => p.get(usize::from(pixel[0])).copied().unwrap_or([255; 3]),
                _ => rgb(pixel),
            };
            colours.extend(colour);
        }
        shrink.row(&colours, 3);
    }
    // What is missing is shown as paper, and told.
    let white = vec![255; w];
    (rows..h).for_each(|_| shrink.row(&white, 1));
    Some((shrink.plane()?, rows < h))
}

/// Values of a row, stretched to bytes unless they are numbers of a palette.
fn unpack(line: &[u8], bits: u8, numbers: bool, count: usize, to: &mut Vec<u8>) {
    match bits {
        8 => to.extend_from_slice(line.get(..count).unwrap_or(line)),
        16 => to.extend(line.chunks_exact(2).take(count).map(|c| c[0])),
        _ => {
            let (each, most) = (8 / bits, (1_u16 << bits) - 1);
            for i in 0..count {
                let byte = line.get(i / usize::from(each)).copied().unwrap_or(0);
                let shift = 8 - bits * (u8::try_from(i % usize::from(each)).unwrap_or(0) + 1);
                let value = u16::from(byte >> shift) & most;
                let value = if numbers { value } else { value * 255 / most };
                to.push(u8::try_from(value).unwrap_or(255));
            }
        }
    }
}
