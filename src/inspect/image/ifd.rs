//! Directories of tags, as TIFF and EXIF have them: entries, their numbers, the way to the next one. Must not follow a chain by itself
//! nor believe a declared count: what does not lie in the bytes is left out.

use jiff::civil::Date;

/// A file of tags, or the EXIF part of another file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tags<'a> {
    bytes: &'a [u8],
    little: bool,
    wide: bool,
}

/// One tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) tag: u16,
    kind: u16,
    count: u64,
    /// Where the value stands.
    at: usize,
}

impl<'a> Tags<'a> {
    /// The tags of a TIFF or BigTIFF, and where its first directory stands.
    pub(super) fn open(bytes: &'a [u8]) -> Option<(Self, u64)> {
        let little = match bytes.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        let mut tags = Self { bytes, little, wide: false };
        match tags.number(2, 2)? {
            42 => Some((tags, tags.number(4, 4)?)),
            43 if tags.number(4, 2)? == 8 => {
                tags.wide = true;
                Some((tags, tags.number(8, 8)?))
            }
            _ => None,
        }
    }

    fn number(self, at: usize, size: usize) -> Option<u64> {
        let part = self.bytes.get(at..at.checked_add(size)?)?;
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.little { part.iter().rev().fold(0, add) } else { part.iter().fold(0, add) })
    }

    /// The entries of the directory at a place, and where the next directory stands (0 = nowhere). `None` when it does not lie in the
    /// bytes as a whole.
    pub(super) fn directory(self, at: u64) -> Option<(Vec<Entry>, u64)> {
        let (lead, step, size) = if self.wide { (8, 20, 8) } else { (2, 12, 4) };
        let at = usize::try_from(at).ok()?;
        let count = usize::try_from(self.number(at, lead)?).ok()?;
        let first = at.checked_add(lead)?;
        let end = first.checked_add(count.checked_mul(step)?)?;
        if count > 4096 || end > self.bytes.len() {
            return None;
        }
        let entries = (0..count).filter_map(|i| self.entry(first + i * step)).collect();
        Some((entries, self.number(end, size).unwrap_or(0)))
    }

    fn entry(self, at: usize) -> Option<Entry> {
        let tag = u16::try_from(self.number(at, 2)?).ok()?;
        let kind = u16::try_from(self.number(at + 2, 2)?).ok()?;
        let (count, value, room) = if self.wide { (self.number(at + 4, 8)?, at + 12, 8) } else { (self.number(at + 4, 4)?, at + 8, 4) };
        let size = u64::try_from(size(kind)?).ok()?.checked_mul(count)?;
        let at = if size <= room { value } else { usize::try_from(self.number(value, usize::try_from(room).ok()?)?).ok()? };
        Some(Entry { tag, kind, count, at })
    }

    /// Its whole numbers, at most so many of those that lie in the bytes.
    pub(super) fn numbers(self, entry: Entry, most: usize) -> Vec<u64> {
        let Some(size) = size(entry.kind).filter(|_| !matches!(entry.kind, 2 | 5 | 10)) else { return Vec::new() };
        let count = usize::try_from(entry.count).unwrap_or(usize::MAX).min(most).min(self.bytes.len() / size);
        (0..count).map_while(|i| self.number(entry.at.checked_add(i * size)?, size)).collect()
    }

    /// Its first whole number.
    pub(super) fn first(self, entry: Entry) -> Option<u64> {
        self.numbers(entry, 1).first().copied()
    }

    /// Its first fraction, times `by`, rounded.
    fn fraction(self, entry: Entry, by: u64, over: u64) -> Option<u32> {
        if entry.kind != 5 {
            return u32::try_from(self.first(entry)?.checked_mul(by)? / over).ok();
        }
        let (top, low) = (self.number(entry.at, 4)?, self.number(entry.at.checked_add(4)?, 4)?);
        let (top, low) = (top.checked_mul(by)?, low.checked_mul(over)?);
        u32::try_from(top.checked_add(low / 2)?.checked_div(low)?).ok()
    }

    /// Its text, up to the first zero.
    fn text(self, entry: Entry) -> Option<&'a str> {
        let count = usize::try_from(entry.count).ok()?;
        let part = self.bytes.get(entry.at..entry.at.checked_add(count)?)?;
        std::str::from_utf8(part.split(|b| *b == 0).next()?).ok()
    }

    /// The resolution of a directory in dots per inch.
    pub(super) fn dpi(self, entries: &[Entry]) -> Option<[u32; 2]> {
        let find = |tag| entries.iter().find(|e| e.tag == tag).copied();
        // 1 is no unit, 2 inch, 3 centimetre; inch when it is not said.
        let unit = find(UNIT).map_or(Some(2), |e| self.first(e))?;
        let (by, over) = match unit {
            2 => (1, 1),
            3 => (254, 100),
            _ => return None,
        };
        let across = self.fraction(find(ACROSS)?, by, over)?;
        let down = find(DOWN).map_or(Some(across), |e| self.fraction(e, by, over))?;
        super::told([across, down])
    }

    /// The quarter turns clockwise that the orientation of a directory asks for.
    pub(super) fn turned(self, entries: &[Entry]) -> u8 {
        match entries.iter().find(|e| e.tag == ORIENTATION).and_then(|e| self.first(*e)) {
            Some(3 | 4) => 2,
            Some(5 | 6) => 1,
            Some(7 | 8) => 3,
            _ => 0,
        }
    }
}

const ORIENTATION: u16 = 274;
const ACROSS: u16 = 282;
const DOWN: u16 = 283;
const UNIT: u16 = 296;
/// Where the directory of the camera stands, and in it the time that a picture was taken.
const CAMERA: u16 = 0x8769;
const TAKEN: u16 = 0x9003;

/// Bytes of one value of a kind.
const fn size(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16 | 17 | 18 => Some(8),
        _ => None,
    }
}

/// What EXIF tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exif {
    pub(super) dpi: Option<[u32; 2]>,
    pub(super) turned: u8,
    pub(super) taken: Option<Date>,
}

/// Reads EXIF; what cannot be read is not told.
pub(super) fn exif(bytes: &[u8]) -> Exif {
    let bytes = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
    let Some((tags, at)) = Tags::open(bytes) else { return Exif::default() };
    let Some((entries, _)) = tags.directory(at) else { return Exif::default() };
    let camera = entries.iter().find(|e| e.tag == CAMERA).and_then(|e| tags.directory(tags.first(*e)?));
    let taken = camera.and_then(|(c, _)| day(tags.text(*c.iter().find(|e| e.tag == TAKEN)?)?));
    Exif { dpi: tags.dpi(&entries), turned: tags.turned(&entries), taken }
}

/// `2024:03:05 10:00:00`; a camera that was never set says `0000:00:00`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split(' ').next()?.split([':', '-', '/']).map(str::parse::<i16>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if year < 1900 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
