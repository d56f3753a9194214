//! JPEG: what its head tells, and its pixels in grey at reduced size. Must not decode more than it needs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ifd::{Exif, exif};
use super::plane::{Shrink, reduction};
use super::{Sheet, Sheets};
use crate::inspect::{Look, Plane};
use crate::model::inside::{Colour, Limit, Trouble, What};

/// What the segments before the picture say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    pub(super) pixels: [u32; 2],
    components: u8,
    dpi: Option<[u32; 2]>,
    exif: Exif,
    /// Where the frame and where the first scan begin.
    frame: usize,
    scan: Option<usize>,
    /// Blocks of 8×8, all components together.
    blocks: u64,
    /// Bytes between segments that belong to none.
    stray: bool,
}

impl Head {
    /// As a page.
    pub(super) fn sheet(&self) -> Sheet {
        let colour = match self.components {
            1 => Colour::Grey,
            3 | 4 => Colour::Colour,
            _ => Colour::Unknown,
        };
        let dpi = self.dpi.or(self.exif.dpi);
        Sheet { pixels: self.pixels, dpi, colour, turned: self.exif.turned, taken: self.exif.taken, ..Sheet::default() }
    }

    /// Whether so many bytes cannot hold it: a block takes a bit at the very least. A small file that declares a huge picture gets no
    /// memory for it.
    pub(super) const fn is_hollow(&self, bytes: usize) -> bool {
        self.blocks > bytes as u64 * 8
    }

    /// What its segments have wrong.
    pub(super) fn troubles(&self) -> Vec<Trouble> {
        if self.stray { vec![What::Damaged.into()] } else { Vec::new() }
    }
}

/// Walks the segments up to the first scan.
///
/// # Errors
/// `CutShort` when the bytes end before the frame; `Broken` when there is none.
pub(super) fn head(bytes: &[u8]) -> Result<Head, What> {
    let mut head = Head::default();
    let mut at = 2;
    if !bytes.starts_with(b"\xFF\xD8") {
        return Err(What::Broken);
    }
    while let Some(rest) = bytes.get(at..).filter(|r| r.len() >= 2) {
        if rest[0] != 0xFF {
            head.stray = true;
            at += memchr::memchr(0xFF, rest).unwrap_or(rest.len());
            continue;
        }
        let marker = rest[1];
        match marker {
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 => return if head.frame == 0 { Err(What::Broken) } else { Ok(head) },
            0xDA => {
                head.scan = Some(at);
                break;
            }
            _ => {
                let [_, _, high, low, ..] = rest else { break };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                if length < 2 {
                    return Err(What::Broken);
                }
                let end = rest.len().min(2 + length);
                let whole = rest.len() >= 2 + length;
                segment(marker, rest.get(4..end).unwrap_or_default(), at, whole, &mut head)?;
                at += 2 + length;
            }
        }
    }
    match (head.frame, head.scan) {
        (0, Some(_)) => Err(What::Broken),
        (0, None) => Err(What::CutShort),
        _ => Ok(head),
    }
}

fn segment(marker: u8, data: &[u8], at: usize, whole: bool, head: &mut Head) -> Result<(), What> {
    match (marker, data) {
        (0xE0, [b'J', b'F', b'I', b'F', 0, _, _, unit, a, b, c, d, ..]) => {
            let raw = [u32::from(u16::from_be_bytes([*a, *b])), u32::from(u16::from_be_bytes([*c, *d]))];
            // 0 is a ratio of sides, not a resolution; 1 is dots per inch, 2 per centimetre.
            head.dpi = match unit {
                1 => super::told(raw),
                2 => super::told(raw.map(|n| (n * 254 + 50) / 100)),
                _ => None,
            };
        }
        (0xE1, _) if whole && data.starts_with(b"Exif\0") && head.exif == Exif::default() => head.exif = exif(data),
        (0xC0..=0xCF, _) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) && head.frame == 0 => {
            let [_, h1, h2, w1, w2, components, rest @ ..] = data else {
                return if whole { Err(What::Broken) } else { Err(What::CutShort) };
            };
            let (high, wide) = (u16::from_be_bytes([*h1, *h2]), u16::from_be_bytes([*w1, *w2]));
            if high == 0 || wide == 0 || *components == 0 {
                return Err(What::Broken);
            }
            head.pixels = [wide.into(), high.into()];
            (head.components, head.frame) = (*components, at);
            head.blocks = blocks([wide.into(), high.into()], rest.chunks_exact(3).take(usize::from(*components)).map(|c| c[1]));
        }
        _ => {}
    }
    Ok(())
}

/// Blocks that a picture must have, given how its components are sampled.
fn blocks([wide, high]: [u64; 2], sampling: impl Iterator<Item = u8> + Clone) -> u64 {
    let most = |shift: u32| sampling.clone().map(|s| u64::from(s >> shift & 15)).max().unwrap_or(1).max(1);
    let (across, down) = (most(4), most(0));
    let one = |s: u8| (wide * u64::from(s >> 4)).div_ceil(across * 8) * (high * u64::from(s & 15)).div_ceil(down * 8);
    sampling.clone().map(one).sum()
}

/// Scans (passes over the whole picture) that one JPEG may have: ten are usual, and each costs as much as a picture, however small it is.
pub(super) const SCANS: u64 = 100;

/// How many scans a decoder would go through, up to the first end marker.
pub(super) fn scans(bytes: &[u8], head: &Head) -> u64 {
    let (mut count, mut at) = (0, head.scan.unwrap_or(bytes.len()));
    while let Some(rest) = bytes.get(at..) {
        let Some(next) = memchr::memchr(0xFF, rest) else { break };
        let [_, marker, tail @ ..] = rest.get(next..).unwrap_or_default() else { break };
        at += next;
        match marker {
            // Fill, and what stands within the data of a scan.
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 => break,
            _ => {
                count += u64::from(*marker == 0xDA);
                let [high, low, ..] = tail else { break };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
        }
    }
    count
}

/// Where the picture ends: after its last end marker. `None` when there is none, so that it is cut short.
pub(super) fn end(bytes: &[u8], head: &Head) -> Option<usize> {
    let from = head.scan?;
    memchr::memmem::rfind(bytes.get(from..)?, b"\xFF\xD9").map(|at| from + at + 2)
}

/// The bytes that make the picture: what stands before the frame but the tables (EXIF above all) can change without it.
pub(super) fn picture<'a>(bytes: &'a [u8], head: &Head) -> &'a [u8] {
    bytes.get(head.frame..end(bytes, head).unwrap_or(bytes.len())).unwrap_or_default()
}

/// A whole file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, What> {
    let head = head(bytes)?;
    let mut troubles = head.troubles();
    if end(bytes, &head).is_none() {
        troubles.push(What::CutShort.into());
    }
    let print = Some(super::print(std::iter::once(picture(bytes, &head))));
    Ok(Sheets { sheets: vec![Sheet { print, ..head.sheet() }], troubles })
}

/// The print of a JPEG, the same whether it is a file of its own or lies in another. `None` when it is none.
pub fn print(bytes: &[u8]) -> Option<u64> {
    let head = head(bytes).ok()?;
    Some(super::print(std::iter::once(picture(bytes, &head))))
}

/// The pixels of a JPEG in grey, at a half, a quarter or an eighth where it is large.
///
/// # Errors
/// It has more pixels or scans than allowed, ends too early, or cannot be decoded.
pub fn plane(bytes: &[u8], look: &Look<'_>) -> Result<Plane, What> {
    let head = head(bytes)?;
    let [wide, high] = head.pixels;
    let pixels = u64::from(wide) * u64::from(high);
    if pixels > look.bounds.pixels {
        return Err(What::Limit(Limit::Pixels, pixels, look.bounds.pixels));
    }
    if end(bytes, &head).is_none() || head.is_hollow(bytes.len()) {
        return Err(What::CutShort);
    }
    let scans = scans(bytes, &head);
    if scans > SCANS {
        return Err(What::Limit(Limit::Scans, scans, SCANS));
    }
    let reduced = reduction(wide, high);
    // The decoder is known to panic on some bent files; that must end this picture, not the batch.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(bytes, head.pixels, reduced)));
    decoded.unwrap_or(Err(What::Damaged))
}

fn decode(bytes: &[u8], [wide, high]: [u32; 2], reduced: u32) -> Result<Plane, What> {
    use jpeg_decoder::{Decoder, Error, PixelFormat};
    let damaged = |e: Error| if matches!(e, Error::Unsupported(_)) { What::Unknown } else { What::Damaged };
    let mut decoder = Decoder::new(bytes);
    let small = |n: u32| u16::try_from(n.div_ceil(reduced)).map_err(|_| What::Broken);
    let (across, down) = (small(wide)?, small(high)?);
    decoder.read_info().map_err(damaged)?;
    decoder.scale(across, down).map_err(damaged)?;
    let pixels = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or(What::Damaged)?;
    let size = [u32::from(info.width), u32::from(info.height)];
    let line = usize::from(info.width) * info.pixel_format.pixel_bytes();
    let mut shrink = Shrink::new(size, 1).ok_or(What::Damaged)?;
    for row in pixels.chunks_exact(line.max(1)) {
        match info.pixel_format {
            PixelFormat::L8 => shrink.row(row, 1),
            PixelFormat::RGB24 => shrink.row(row, 3),
            // The decoder has 16 bits in the order of this machine.
            PixelFormat::L16 => {
                let high: Vec<u8> = row.chunks_exact(2).map(|p| u16::from_ne_bytes([p[0], p[1]]).to_be_bytes()[0]).collect();
                shrink.row(&high, 1);
            }
            PixelFormat::CMYK32 => shrink.row(&super::plane::printed(row), 3),
        }
    }
    let plane = shrink.plane().ok_or(What::Damaged)?;
    Ok(Plane { reduced, ..plane })
}
