//! PNG: what its chunks tell, and its pixels row by row. Must not keep rows.

use std::io::Cursor;

use super::ifd::exif;
use super::plane::Shrink;
use super::{Sheet, Sheets};
use crate::inspect::Plane;
use crate::model::inside::{Colour, What};

/// A chunk: its name and what it holds (as far as the bytes go), and whether it is whole.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8], bool)> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let [a, b, c, d, name @ ..] = bytes.get(at..)?.first_chunk::<8>()?;
        let length = usize::try_from(u32::from_be_bytes([*a, *b, *c, *d])).ok()?;
        let (from, to) = (at + 8, (at + 8).checked_add(length)?);
        let data = bytes.get(from..to.min(bytes.len()))?;
        at = to.checked_add(4)?;
        Some((*name, data, at <= bytes.len()))
    })
}

/// A whole file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, What> {
    let (mut sheet, mut troubles) = (Sheet::default(), Vec::new());
    let (mut depth, mut ended) = (0, false);
    for (number, (name, data, whole)) in chunks(bytes).enumerate() {
        match (&name, data) {
            (b"IHDR", [w1, w2, w3, w4, h1, h2, h3, h4, bits, colour, ..]) if number == 0 => {
                sheet.pixels = [u32::from_be_bytes([*w1, *w2, *w3, *w4]), u32::from_be_bytes([*h1, *h2, *h3, *h4])];
                depth = *bits;
                sheet.colour = match (colour, bits) {
                    (0, 1) => Colour::Bitonal,
                    (0 | 4, _) => Colour::Grey,
                    _ => Colour::Colour,
                };
                if *colour > 6 || sheet.pixels.iter().any(|n| *n == 0 || *n > i32::MAX as u32) {
                    return Err(What::Broken);
                }
            }
            _ if number == 0 => return Err(if bytes.len() < 24 { What::CutShort } else { What::Broken }),
            (b"PLTE", _) if sheet.colour == Colour::Colour => sheet.colour = palette(data, 3, depth),
            (b"pHYs", [x1, x2, x3, x4, y1, y2, y3, y4, 1, ..]) => {
                let inch = |n: u32| u32::try_from((u64::from(n) * 254 + 5000) / 10_000).unwrap_or(u32::MAX);
                sheet.dpi = super::told([u32::from_be_bytes([*x1, *x2, *x3, *x4]), u32::from_be_bytes([*y1, *y2, *y3, *y4])].map(inch));
            }
            (b"eXIf", _) if whole => {
                let exif = exif(data);
                (sheet.turned, sheet.taken) = (exif.turned, exif.taken);
                sheet.dpi = sheet.dpi.or(exif.dpi);
            }
            (b"IEND", _) => {
                ended = whole;
                break;
            }
            _ => {
                if name.iter().any(|b| !b.is_ascii_alphabetic()) {
                    troubles.push(What::Damaged.into());
                    break;
                }
            }
        }
    }
    if sheet.pixels == [0, 0] {
        return Err(if bytes.len() < 24 { What::CutShort } else { What::Broken });
    }
    if !ended && troubles.is_empty() {
        troubles.push(What::CutShort.into());
    }
    let made = |name: &[u8; 4]| matches!(name, b"IHDR" | b"PLTE" | b"IDAT");
    sheet.print = Some(super::print(chunks(bytes).filter(|(name, ..)| made(name)).map(|(_, data, _)| data)));
    Ok(Sheets { sheets: vec![sheet], troubles })
}

/// What colours a palette has: entries of `step` bytes of which the first three are equal for grey.
pub(super) fn palette(entries: &[u8], step: usize, depth: u8) -> Colour {
    let grey = entries.chunks_exact(step).all(|e| e[0] == e[1] && e[1] == e[2]);
    match (grey, depth) {
        (false, _) => Colour::Colour,
        (true, 1) => Colour::Bitonal,
        (true, _) => Colour::Grey,
    }
}

/// The pixels in grey.
pub(super) fn plane(bytes: &[u8], by: u32) -> Result<Plane, What> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: 1 << 30 });
    // One byte a sample, palettes and transparency written out.
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| What::Damaged)?;
    let (width, height) = (reader.info().width, reader.info().height);
    let samples = reader.output_color_type().0.samples();
    let mut shrink = Shrink::new([width, height], by).ok_or(What::Damaged)?;
    if reader.info().interlaced {
        let size = reader.output_buffer_size().ok_or(What::Damaged)?;
        let mut all = vec![0; size];
        reader.next_frame(&mut all).map_err(|_| What::Damaged)?;
        let line = usize::try_from(width).unwrap_or(usize::MAX).saturating_mul(samples);
        all.chunks_exact(line).for_each(|row| shrink.row(row, samples));
    } else {
        while let Some(row) = reader.next_row().map_err(|_| What::Damaged)? {
            shrink.row(row.data(), samples);
        }
    }
    shrink.plane().ok_or(What::Damaged)
}
