//! The records of a binary workbook (BIFF12), and what its sheets share: sheets, strings and formats.
//! Must not read cells.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::package::{self, Listed, Zip};
use super::super::preflight::Refusal;
use super::number_format::{self, Format};
use crate::say;

/// Longest record that is taken for one.
const MAX_RECORD: usize = 1 << 20;

/// The records of a part, one after the other.
pub struct Records<R> {
    from: R,
    /// The data of the last record.
    pub data: Vec<u8>,
}

/// What a damaged part is called.
pub fn damaged() -> Refusal {
    ("P002", say!("二进制工作簿的记录已损坏", "the records of the binary workbook are damaged"))
}

impl<R: Read> Records<R> {
    /// From the beginning of a part.
    pub const fn new(from: R) -> Self {
        Self { from, data: Vec::new() }
    }

    fn byte(&mut self) -> Option<u8> {
        let mut one = [0];
        self.from.read_exact(&mut one).ok().map(|()| one[0])
    }

    /// Kind of the next record; `None` at the end of the part.
    ///
    /// # Errors
    /// The record is cut or too long.
    pub fn record(&mut self) -> Result<Option<u16>, Refusal> {
        let Some(first) = self.byte() else { return Ok(None) };
        let mut kind = u16::from(first);
        if first & 0x80 != 0 {
            kind = (kind & 0x7F) | u16::from(self.byte().ok_or_else(damaged)? & 0x7F) << 7;
        }
        let (mut length, mut shift) = (0_usize, 0);
        loop {
            let b = self.byte().ok_or_else(damaged)?;
            length |= usize::from(b & 0x7F) << shift;
            shift += 7;
            if b & 0x80 == 0 || shift == 28 {
                break;
            }
        }
        if length > MAX_RECORD {
            return Err(("P005", say!("有一处记录超过 {MAX_RECORD} 字节", "one record is longer than {MAX_RECORD} bytes")));
        }
        self.data.resize(length, 0);
        self.from.read_exact(&mut self.data).map_err(|_| damaged())?;
        Ok(Some(kind))
    }
}

/// A number in a record.
pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// A string in a record, and where it ends.
pub fn text_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = u32_at(data, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = (at + 4).checked_add(usize::try_from(length).ok()?.checked_mul(2)?)?;
    let units: Vec<u16> = data.get(at + 4..end)?.as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)).collect();
    Some((String::from_utf16_lossy(&units), end))
}

/// What the sheets share.
#[derive(Default)]
pub struct Shared {
    /// Days count from 1904.
    pub from_1904: bool,
    /// Sheets in order.
    pub sheets: Vec<Listed>,
    /// Strings.
    pub strings: Vec<Box<str>>,
    /// Format by style.
    pub styles: Vec<Format>,
}

/// Reads what the sheets share.
///
/// # Errors
/// The parts are damaged.
pub fn read(zip: &mut Zip<'_>) -> Result<Shared, Refusal> {
    let mut shared = Shared::default();
    let relations = package::relations(zip, "xl/_rels/workbook.bin.rels");
    if let Some(part) = package::open_part(zip, "xl/workbook.bin") {
        let mut records = Records::new(part);
        while let Some(kind) = records.record()? {
            let data = &records.data;
            match kind {
                0x0099 => shared.from_1904 = data.first().is_some_and(|b| b & 1 != 0),
                0x009C => {
                    let hidden = u32_at(data, 0).ok_or_else(damaged)? != 0;
                    let (id, next) = text_at(data, 8).ok_or_else(damaged)?;
                    let (name, _) = text_at(data, next).ok_or_else(damaged)?;
                    let part = relations.get(&id).cloned().unwrap_or_default();
                    if part.contains("worksheets/") {
                        shared.sheets.push(Listed { name, part, hidden });
                    }
                }
                _ => {}
            }
        }
    }
    if let Some(part) = package::open_part(zip, "xl/sharedstrings.bin") {
        let mut records = Records::new(part);
        while let Some(kind) = records.record()? {
            if kind == 0x0013 {
                shared.strings.push(text_at(&records.data, 1).ok_or_else(damaged)?.0.into());
            }
        }
    }
    if let Some(part) = package::open_part(zip, "xl/styles.bin") {
        let mut records = Records::new(part);
        let (mut own, mut cells) = (BTreeMap::new(), false);
        while let Some(kind) = records.record()? {
            let number = |at: usize| records.data.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
            match kind {
                0x002C => {
                    let (code, _) = text_at(&records.data, 2).ok_or_else(damaged)?;
                    own.insert(number(0).ok_or_else(damaged)?, number_format::by_code(&code));
                }
                0x0269 => cells = true,
                0x026A => cells = false,
                0x002F if cells => {
                    let number = number(2).ok_or_else(damaged)?;
                    shared.styles.push(own.get(&number).copied().unwrap_or_else(|| number_format::by_number(number)));
                }
                _ => {}
            }
        }
    }
    if shared.sheets.is_empty() { Err(damaged()) } else { Ok(shared) }
}
