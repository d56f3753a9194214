//! The container of old Office files (compound file, MS-CFB): finds a stream by name. Must not know what a stream holds.
//!
//! Why own code: calamine's container follows a chain of sectors as far as it leads, in a ring without end, and reaches out of the table
//! where a chain does; both end the process. Here every chain is at most as long as the file.

use super::super::preflight::Refusal;
use crate::say;

/// First bytes of a compound file.
pub const MAGIC: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const END: u32 = 0xFFFF_FFFE;
const SPECIAL: u32 = 0xFFFF_FFFA;
const MINI: usize = 64;

/// An open container.
pub struct Ole<'a> {
    bytes: &'a [u8],
    size: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    small: u64,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|w| u32::from_le_bytes(*w))
}

fn broken() -> Refusal {
    ("P002", say!("文件不完整：内部的扇区链断开或成环", "the file is incomplete: its chains of sectors are cut or run in a ring"))
}

impl<'a> Ole<'a> {
    /// Opens the bytes of a file.
    ///
    /// # Errors
    /// The container is cut or damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::read(bytes).ok_or_else(broken)
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        if !bytes.starts_with(MAGIC) || !matches!(shift, 9 | 12) {
            return None;
        }
        let size = 1_usize << shift;
        let mut ole = Self { bytes, size, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), small: 4096, entries: Vec::new() };
        let most = bytes.len() / size + 1;
        let mut tables: Vec<u32> = words(bytes.get(76..512)?).filter(|s| *s < SPECIAL).collect();
        let (mut next, mut steps) = (u32_at(bytes, 68)?, 0);
        while next < SPECIAL {
            let sector = ole.sector(next)?;
            steps += 1;
            if steps > most {
                return None;
            }
            let (list, last) = sector.split_at_checked(size.checked_sub(4)?)?;
            tables.extend(words(list).filter(|s| *s < SPECIAL));
            next = u32_at(last, 0)?;
        }
        if tables.len() > most {
            return None;
        }
        for table in tables {
            ole.fat.extend(words(ole.sector(table)?));
        }
        let directory = ole.chain(u32_at(bytes, 48)?, &ole.fat, u64::MAX)?;
        for entry in directory.as_chunks::<128>().0 {
            let length = usize::from(u16_at(entry, 64)?).min(64).saturating_sub(2);
            let units: Vec<u16> = entry[..length].as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)).collect();
            let high = if size == 512 { 0 } else { u64::from(u32_at(entry, 124)?) << 32 };
            ole.entries.push(Entry {
                name: String::from_utf16_lossy(&units),
                start: u32_at(entry, 116)?,
                length: high | u64::from(u32_at(entry, 120)?),
            });
        }
        let root = ole.entries.first()?;
        if u32_at(bytes, 60)? < SPECIAL && root.start < SPECIAL {
            let (start, length) = (root.start, root.length);
            ole.mini_fat = words(&ole.chain(u32_at(bytes, 60)?, &ole.fat, u64::MAX)?).collect();
            ole.mini = ole.chain(start, &ole.fat, length)?;
        }
        ole.small = u64::from(u32_at(bytes, 56)?);
        Some(ole)
    }

    /// A sector of the file; the last one may be short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let from = (usize::try_from(id).ok()? + 1).checked_mul(self.size)?;
        let bytes = self.bytes.get(from..)?;
        (!bytes.is_empty()).then(|| &bytes[..bytes.len().min(self.size)])
    }

    fn chain(&self, mut id: u32, fat: &[u32], length: u64) -> Option<Vec<u8>> {
        let most = self.bytes.len() / self.size + 1;
        let (mut all, mut steps) = (Vec::new(), 0);
        while id != END && (all.len() as u64) < length {
            steps += 1;
            if steps > most {
                return None;
            }
            all.extend_from_slice(self.sector(id)?);
            id = *fat.get(usize::try_from(id).ok()?)?;
        }
        all.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        (length == u64::MAX || all.len() as u64 == length).then_some(all)
    }

    fn small_chain(&self, mut id: u32, length: u64) -> Option<Vec<u8>> {
        let (mut all, mut steps) = (Vec::new(), 0);
        while id != END && (all.len() as u64) < length {
            steps += 1;
            if steps > self.mini.len() / MINI + 1 {
                return None;
            }
            let from = usize::try_from(id).ok()?.checked_mul(MINI)?;
            all.extend_from_slice(self.mini.get(from..(from + MINI).min(self.mini.len()))?);
            id = *self.mini_fat.get(usize::try_from(id).ok()?)?;
        }
        all.truncate(usize::try_from(length).ok()?);
        (all.len() as u64 == length).then_some(all)
    }

    /// Whether there is a stream or folder of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream.
    ///
    /// # Errors
    /// There is none, or it is cut.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        let entry = self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name));
        let read = |e: &Entry| {
            if e.length < self.small { self.small_chain(e.start, e.length) } else { self.chain(e.start, &self.fat, e.length) }
        };
        entry.and_then(read).ok_or_else(broken)
    }
}
