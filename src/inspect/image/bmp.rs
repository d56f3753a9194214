//! BMP: what its head tells, and its pixels where they are not compressed. Must not unpack run lengths: scanners do not write them.

use super::plane::Shrink;
use super::png::palette;
use super::{Sheet, Sheets};
use crate::inspect::Plane;
use crate::model::inside::{Colour, What};

/// What the head says.
struct Head<'a> {
    size: [u32; 2],
    /// Whether the first row is the top one.
    downwards: bool,
    bits: u16,
    compression: u32,
    dpi: Option<[u32; 2]>,
    palette: &'a [u8],
    /// Bytes of an entry of the palette.
    step: usize,
    /// Where the pixels stand, and bytes of a row.
    from: usize,
    line: usize,
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 2).map(|b| u32::from(u16::from_le_bytes([b[0], b[1]])))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn head(bytes: &[u8]) -> Option<Head<'_>> {
    let (from, length) = (usize::try_from(long(bytes, 10)?).ok()?, usize::try_from(long(bytes, 14)?).ok()?);
    let old = length == 12;
    let (wide, high, bits) = if old {
        (short(bytes, 18)?, short(bytes, 20)?, short(bytes, 24)?)
    } else {
        (long(bytes, 18)?, long(bytes, 22)?, short(bytes, 28)?)
    };
    let downwards = !old && high > i32::MAX as u32;
    let high = if downwards { high.wrapping_neg() } else { high };
    let bits = u16::try_from(bits).ok()?;
    if wide == 0 || high == 0 || wide > i32::MAX as u32 || !matches!(bits, 1 | 4 | 8 | 16 | 24 | 32) {
        return None;
    }
    let compression = if old { 0 } else { long(bytes, 30)? };
    let inch = |at: usize| long(bytes, at).map(|n| u32::try_from((u64::from(n) * 254 + 5000) / 10_000).unwrap_or(0));
    let dpi = if old { None } else { inch(38).zip(inch(42)).and_then(|(x, y)| super::told([x, y])) };
    let step = if old { 3 } else { 4 };
    let used = if old { 0 } else { usize::try_from(long(bytes, 46)?).ok()? };
    let colours = if bits > 8 {
        0
    } else if used == 0 {
        1 << bits
    } else {
        used.min(1 << bits)
    };
    let start = 14_usize.checked_add(length)?;
    let palette = bytes.get(start..start.checked_add(colours * step)?.min(from.max(start))).unwrap_or_default();
    let line = usize::try_from((u64::from(wide) * u64::from(bits)).div_ceil(32) * 4).ok()?;
    Some(Head { size: [wide, high], downwards, bits, compression, dpi, palette, step, from, line })
}

/// A whole file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, What> {
    let head = head(bytes).ok_or(if bytes.len() < 54 { What::CutShort } else { What::Broken })?;
    let colour =
        if head.palette.is_empty() { Colour::Colour } else { palette(head.palette, head.step, u8::try_from(head.bits).unwrap_or(0)) };
    let needed = usize::try_from(head.size[1]).ok().and_then(|h| h.checked_mul(head.line)?.checked_add(head.from));
    let short = matches!(head.compression, 0 | 3) && needed.is_none_or(|n| n > bytes.len());
    let troubles = if short { vec![What::CutShort.into()] } else { Vec::new() };
    let print = Some(super::print(bytes.get(14..).into_iter()));
    Ok(Sheets { sheets: vec![Sheet { pixels: head.size, dpi: head.dpi, colour, print, ..Sheet::default() }], troubles })
}

/// The pixels in grey.
pub(super) fn plane(bytes: &[u8], by: u32) -> Result<Plane, What> {
    let head = head(bytes).ok_or(What::Broken)?;
    // Bit fields are read as the usual 5-5-5 and 8-8-8.
    if !matches!(head.compression, 0 | 3) {
        return Err(What::Unknown);
    }
    let mut shrink = Shrink::new(head.size, by).ok_or(What::Damaged)?;
    let (wide, high) = (usize::try_from(head.size[0]).unwrap_or(0), usize::try_from(head.size[1]).unwrap_or(0));
    let mut row = Vec::with_capacity(wide * 3);
    for y in 0..high {
        let at = head.from + head.line * if head.downwards { y } else { high - 1 - y };
        let line = bytes.get(at..at + head.line).ok_or(What::CutShort)?;
        row.clear();
        match head.bits {
            24 | 32 => line.chunks_exact(usize::from(head.bits / 8)).for_each(|p| row.extend([p[2], p[1], p[0]])),
            16 => line.chunks_exact(2).for_each(|p| {
                let n = u16::from_le_bytes([p[0], p[1]]);
                row.extend([10, 5, 0].map(|shift| u8::try_from((n >> shift & 31) * 255 / 31).unwrap_or(0)));
            }),
            bits => {
                let (each, mask) = (usize::from(8 / bits), (1_u16 << bits) - 1);
                for x in 0..wide {
                    let shift = 8 - bits * u16::try_from(x % each + 1).unwrap_or(1);
                    let entry = usize::from(u16::from(line[x / each]) >> shift & mask) * head.step;
                    row.extend(head.palette.get(entry..entry + 3).map_or([0; 3], |p| [p[2], p[1], p[0]]));
                }
            }
        }
        shrink.row(&row, 3);
    }
    shrink.plane().ok_or(What::Damaged)
}
