//! WebP: what its chunks tell, and its pixels. Must not play animations.

use std::io::Cursor;

use super::ifd::exif;
use super::plane::Shrink;
use super::{Sheet, Sheets};
use crate::inspect::Plane;
use crate::model::inside::{Colour, What};

/// A chunk: its name and what it holds, and whether it is whole.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8], bool)> {
    let mut at = 12;
    std::iter::from_fn(move || {
        let [name @ .., a, b, c, d] = bytes.get(at..)?.first_chunk::<8>()?;
        let length = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()?;
        let (from, to) = (at + 8, (at + 8).checked_add(length)?);
        let data = bytes.get(from..to.min(bytes.len()))?;
        at = to.checked_add(length % 2)?;
        Some((*name, data, to <= bytes.len()))
    })
}

fn size(name: [u8; 4], data: &[u8]) -> Option<[u32; 2]> {
    match (&name, data) {
        (b"VP8X", [_, _, _, _, w1, w2, w3, h1, h2, h3, ..]) => {
            Some([u32::from_le_bytes([*w1, *w2, *w3, 0]) + 1, u32::from_le_bytes([*h1, *h2, *h3, 0]) + 1])
        }
        (b"VP8 ", [_, _, _, 0x9D, 0x01, 0x2A, w1, w2, h1, h2, ..]) => {
            Some([(w1, w2), (h1, h2)].map(|(a, b)| u32::from(u16::from_le_bytes([*a, *b]) & 0x3FFF)))
        }
        (b"VP8L", [0x2F, a, b, c, d, ..]) => {
            let bits = u32::from_le_bytes([*a, *b, *c, *d]);
            Some([(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1])
        }
        _ => None,
    }
}

/// A whole file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, What> {
    let mut sheet = Sheet { colour: Colour::Colour, ..Sheet::default() };
    let (mut troubles, mut whole) = (Vec::new(), true);
    for (name, data, fits) in chunks(bytes) {
        whole &= fits;
        if sheet.pixels == [0, 0] {
            sheet.pixels = size(name, data).unwrap_or_default();
        }
        if &name == b"EXIF" && fits {
            let exif = exif(data);
            (sheet.dpi, sheet.turned, sheet.taken) = (exif.dpi, exif.turned, exif.taken);
        }
    }
    let declared = bytes.get(4..8).map_or(0, |b| u64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])) + 8);
    let short = !whole || declared > bytes.len() as u64;
    if sheet.pixels.contains(&0) {
        return Err(if short { What::CutShort } else { What::Broken });
    }
    if short {
        troubles.push(What::CutShort.into());
    }
    let made = |name: &[u8; 4]| matches!(name, b"VP8 " | b"VP8L" | b"ALPH" | b"ANMF");
    sheet.print = Some(super::print(chunks(bytes).filter(|(name, ..)| made(name)).map(|(_, data, _)| data)));
    Ok(Sheets { sheets: vec![sheet], troubles })
}

/// The pixels in grey.
pub(super) fn plane(bytes: &[u8], by: u32) -> Result<Plane, What> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|_| What::Damaged)?;
    decoder.set_memory_limit(1 << 30);
    let (width, height) = decoder.dimensions();
    let samples = if decoder.has_alpha() { 4 } else { 3 };
    let size = decoder.output_buffer_size().ok_or(What::Damaged)?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(|_| What::Damaged)?;
    let mut shrink = Shrink::new([width, height], by).ok_or(What::Damaged)?;
    let line = usize::try_from(width).unwrap_or(usize::MAX).saturating_mul(samples).max(1);
    pixels.chunks_exact(line).for_each(|row| shrink.row(row, samples));
    shrink.plane().ok_or(What::Damaged)
}
