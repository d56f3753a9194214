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

/// Bytes that a table of objects takes for one object, at most.
const ROW: u64 = 32;

/// How far before a stream its dictionary is looked for.
const BEFORE: usize = 64 << 10;

/// Refuses a file that would unpack to more than it may, or whose streams make a search for their ends take too long.
///
/// # Errors
/// The limit that it met.
pub fn weigh(bytes: &[u8], bounds: &Bounds) -> Result<(), What> {
    let size = bytes.len() as u64;
    // Nothing that a small file may hold is too much, but a table of objects, which grows once more when it is read.
    let small = size.saturating_mul(DEFLATE) <= bounds.unpacked;
    let (mut total, mut last) = (0_u64, 0_usize);
    let mut search = Search::default();
    let mut marks = memmem::find_iter(bytes, b"stream").peekable();
    while let Some(at) = marks.next() {
        if bytes.get(..at).is_some_and(|b| b.ends_with(b"end")) {
            last = at;
            search.ended(at as u64);
            continue;
        }
        search.begun(at as u64);
        let end = marks.peek().copied().unwrap_or(bytes.len());
        let far = bytes.get(last.max(at.saturating_sub(BEFORE))..at).unwrap_or_default();
        let near = memmem::rfind(far, b"obj").and_then(|o| far.get(o..)).unwrap_or(far);
        last = at;
        let table = !is_picture(near) && (has(far, b"/W") || has(far, b"#"));
        if small && !table {
            continue;
        }
        let data = bytes.get(at + 6..end).unwrap_or_default();
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).or_else(|| data.strip_prefix(b"\r")).unwrap_or(data);
        let grown = grown(near, data, bounds.unpacked);
        if table && grown / ROW > u64::from(bounds.objects) {
            return Err(What::Limit(Limit::Objects, grown / ROW, u64::from(bounds.objects)));
        }
        // Pictures are unpacked one at a time; all else may be held together.
        total = if is_picture(near) { total.max(grown) } else { total.saturating_add(grown) };
        if total > bounds.unpacked {
            return Err(What::Limit(Limit::Unpacked, total, bounds.unpacked));
        }
    }
    search.ended(size);
    let (times, most) = (search.walked / size.max(1), 64);
    if times > most { Err(What::Limit(Limit::Objects, times, most)) } else { Ok(()) }
}

/// How far a library walks that looks for the end of every stream.
#[derive(Debug, Default)]
struct Search {
    open: u64,
    starts: u64,
    walked: u64,
}

impl Search {
    const fn begun(&mut self, at: u64) {
        self.open += 1;
        self.starts = self.starts.saturating_add(at);
    }

    const fn ended(&mut self, at: u64) {
        self.walked = self.walked.saturating_add(at.saturating_mul(self.open).saturating_sub(self.starts));
        (self.open, self.starts) = (0, 0);
    }
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
