//! What a PDF would weigh once unpacked, before a library unpacks it, for the libraries unpack without a limit. Must not keep what it unpacks.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::model::inside::{Bounds, Limit, What};

/// The most that deflate makes of one byte.
const DEFLATE: u64 = 1032;

/// The most that LZW makes of one byte: a code of 12 bits stands for at most 4,096 bytes.
const LZW: u64 = 2731;

/// Streams that are not counted but taken to grow as text does.
const SMALL: u64 = 64 << 10;

/// How much text grows.
const USUAL: u64 = 64;

/// Refuses a file that would unpack to more than it may, or whose streams make a search for their ends take too long.
///
/// # Errors
/// The limit that it met.
pub fn weigh(bytes: &[u8], bounds: &Bounds) -> Result<(), What> {
    let size = bytes.len() as u64;
    if size.saturating_mul(DEFLATE) <= bounds.unpacked {
        return Ok(());
    }
    let objects = memmem::find_iter(bytes, b"endobj").count() as u64;
    if objects > u64::from(bounds.objects) {
        return Err(What::Limit(Limit::Objects, objects, u64::from(bounds.objects)));
    }
    let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
    let (mut total, mut walked) = (0_u64, 0_u64);
    let mut next = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes.get(..at).is_some_and(|b| b.ends_with(b"end")) {
            continue;
        }
        while ends.get(next).is_some_and(|e| *e < at) {
            next += 1;
        }
        let end = ends.get(next).copied().unwrap_or(bytes.len());
        walked = walked.saturating_add((end - at) as u64);
        if walked > size.saturating_mul(64) {
            return Err(What::Limit(Limit::Objects, walked / size.max(1), 64));
        }
        let data = bytes.get(at + 6..end).unwrap_or_default();
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).or_else(|| data.strip_prefix(b"\r")).unwrap_or(data);
        let head = bytes.get(at.saturating_sub(2048)..at).unwrap_or_default();
        let head = memmem::rfind(head, b"obj").and_then(|o| head.get(o..)).unwrap_or(head);
        let grown = grown(head, data, bounds.unpacked);
        // Pictures are unpacked one at a time; all else may be held together.
        total = if is_picture(head) { total.max(grown) } else { total.saturating_add(grown) };
        if total > bounds.unpacked {
            return Err(What::Limit(Limit::Unpacked, total, bounds.unpacked));
        }
    }
    Ok(())
}

fn has(head: &[u8], word: &[u8]) -> bool {
    memmem::find(head, word).is_some()
}

fn is_picture(head: &[u8]) -> bool {
    has(head, b"/Image") && !has(head, b"/ObjStm") && !has(head, b"/XRef") && !has(head, b"#")
}

/// How much a stream grows, at most `most` and a little.
fn grown(head: &[u8], data: &[u8], most: u64) -> u64 {
    let len = data.len() as u64;
    let (deflated, packed) = (memmem::find_iter(head, b"/Fl").count(), memmem::find_iter(head, b"/LZW").count());
    if deflated + packed > 1 {
        // Nobody has reason to pack twice; what it makes of it is taken at its worst.
        return len.saturating_mul(DEFLATE * DEFLATE);
    }
    let zlib = data.first().zip(data.get(1)).is_some_and(|(a, b)| a & 0x0F == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31));
    let worst = len.saturating_mul(if packed > 0 { LZW } else { DEFLATE });
    match () {
        () if zlib && is_picture(head) && worst <= most => worst,
        () if zlib => std::io::copy(&mut ZlibDecoder::new(data).take(most + 1), &mut std::io::sink()).unwrap_or(0).max(len),
        () if deflated + packed == 0 => len,
        // Old programs pack small streams in letters or with LZW: what is small is not unpacked to be counted.
        () if len <= SMALL => len.saturating_mul(USUAL),
        () => worst,
    }
}
