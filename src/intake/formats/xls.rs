//! Old Excel workbooks (BIFF5 and BIFF8, also those of WPS named .et), from the records of their one stream.
//! Must not look at formulas: their last value stands beside them.
//!
//! Why own code: calamine builds a dense grid of every sheet when it opens a file, takes a size from the file on trust, reaches beyond short
//! records, and says nothing of hidden rows. Here a cell costs what it holds, and a short record is a problem with a row.

use std::collections::BTreeMap;

use super::super::held::{Held, Keep, Room};
use super::super::layout::{Layout, Merge};
use super::super::preflight::Refusal;
use super::super::row::Kind;
use super::number_format::{self, Format};
use super::ole::Ole;
use super::xls_text::{Pieces, code_page};
use crate::say;

/// One record: kind, data and what continues it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    end: usize,
}

fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let head = stream.get(at..at + 4)?;
    let kind = u16::from_le_bytes([head[0], head[1]]);
    let end = at + 4 + usize::from(u16::from_le_bytes([head[2], head[3]]));
    Some(Record { kind, data: stream.get(at + 4..end)?, end })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

struct Book<'a> {
    stream: &'a [u8],
    old: bool,
    encoding: &'static encoding_rs::Encoding,
    from_1904: bool,
    formats: BTreeMap<u16, Format>,
    styles: Vec<u16>,
    strings: Vec<Box<str>>,
    /// Name, position, hidden.
    sheets: Vec<(String, usize, bool)>,
}

/// The sheets of a workbook in a compound file.
///
/// # Errors
/// It has a password or its structure is damaged.
pub fn read(ole: &Ole<'_>, room: &Room) -> Result<Vec<Held>, Refusal> {
    let stream = ole.stream(if ole.has("Workbook") { "Workbook" } else { "Book" })?;
    let mut book = Book {
        stream: &stream,
        old: false,
        encoding: code_page(1252),
        from_1904: false,
        formats: BTreeMap::new(),
        styles: Vec::new(),
        strings: Vec::new(),
        sheets: Vec::new(),
    };
    book.globals()?;
    let sheets = std::mem::take(&mut book.sheets);
    // No sheet reaches into another, so that all of them cost one walk over the stream.
    let mut starts: Vec<usize> = sheets.iter().map(|s| s.1).collect();
    starts.sort_unstable();
    if starts.windows(2).any(|w| w[0] == w[1]) {
        return Err(("P002", say!("两个工作表指向同一处", "two sheets begin at one place")));
    }
    let border = |at: usize| starts.get(starts.partition_point(|s| *s <= at)).copied().unwrap_or(stream.len()).min(stream.len());
    Ok(sheets.into_iter().map(|(name, at, hidden)| book.sheet(name, (at, border(at)), hidden, room)).collect())
}

impl Book<'_> {
    fn globals(&mut self) -> Result<(), Refusal> {
        let damaged = || ("P002", say!("工作簿的目录已损坏", "the workbook's directory is damaged"));
        let mut at = 0;
        loop {
            let record = record(self.stream, at).ok_or_else(damaged)?;
            at = record.end;
            match record.kind {
                0x0809 => self.old = u16_at(record.data, 0) == Some(0x0500),
                0x002F if record.data.iter().any(|b| *b != 0) => {
                    return Err(("P004", say!("工作簿设有打开密码", "the workbook needs a password")));
                }
                0x0042 => self.encoding = code_page(u16_at(record.data, 0).unwrap_or(1252)),
                0x0022 => self.from_1904 = u16_at(record.data, 0) == Some(1),
                0x041E | 0x00E0 | 0x0085 => self.global(&record).ok_or_else(damaged)?,
                0x00FC => at = self.shared_strings(&record).ok_or_else(damaged)?,
                0x000A => break,
                _ => {}
            }
        }
        if self.sheets.is_empty() { Err(damaged()) } else { Ok(()) }
    }

    fn global(&mut self, record: &Record<'_>) -> Option<()> {
        match record.kind {
            0x041E => {
                let number = u16_at(record.data, 0)?;
                let code = self.text(record.data.get(2..)?, !self.old)?;
                self.formats.insert(number, number_format::by_code(&code));
            }
            0x00E0 => self.styles.push(u16_at(record.data, 2)?),
            _ => {
                let position: [u8; 4] = record.data.get(..4)?.try_into().ok()?;
                let (state, kind) = (*record.data.get(4)?, *record.data.get(5)?);
                let name = self.text(record.data.get(6..)?, false)?.replace('\0', "");
                if kind == 0 {
                    self.sheets.push((name, usize::try_from(u32::from_le_bytes(position)).ok()?, state & 3 != 0));
                }
            }
        }
        Some(())
    }

    /// A string with its length before it, of one byte or two.
    fn text(&self, data: &[u8], two: bool) -> Option<String> {
        let pieces = [data];
        let mut read = Pieces::new(&pieces);
        let length = read.number(if two { 2 } else { 1 })? as usize;
        if self.old { read.bytes(length, self.encoding) } else { read.unicode(length) }
    }

    fn shared_strings(&mut self, first: &Record<'_>) -> Option<usize> {
        let (mut pieces, mut end) = (vec![first.data], first.end);
        while let Some(next) = record(self.stream, end).filter(|r| r.kind == 0x003C) {
            pieces.push(next.data);
            end = next.end;
        }
        let mut read = Pieces::new(&pieces);
        let _ = read.number(4)?;
        for _ in 0..read.number(4)? {
            // Strings that are missing at the end are missed by the cells that need them.
            let Some(length) = read.number(2) else { break };
            let Some(text) = read.unicode(length as usize) else { break };
            self.strings.push(text.into());
        }
        Some(end)
    }

    fn format(&self, style: u16) -> Format {
        let Some(number) = self.styles.get(usize::from(style)) else { return Format::Number };
        self.formats.get(number).copied().unwrap_or_else(|| number_format::by_number(*number))
    }

    fn sheet(&self, name: String, (mut at, border): (usize, usize), hidden: bool, room: &Room) -> Held {
        let mut layout = Layout { hidden, ..Layout::default() };
        let (mut cells, mut depth, mut end) = (Vec::<(u16, u16, usize)>::new(), 0_u32, Ok(()));
        loop {
            let Some(record) = record(self.stream, at).filter(|r| r.end <= border) else {
                end = Err(("P002", say!("工作表没有结尾，可能不完整", "the sheet has no end and may be incomplete")));
                break;
            };
            let from = at;
            at = record.end;
            match record.kind {
                // A chart inside a sheet is a stream of records of its own.
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                _ if depth > 1 => {}
                0x0208 => layout.hidden_rows += u32::from(u16_at(record.data, 12).is_some_and(|f| f & 0x20 != 0)),
                0x00E5 => merges(record.data, &mut layout),
                0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x00BD | 0x0006 | 0x0406 => {
                    if let (Some(row), Some(col)) = (u16_at(record.data, 0), u16_at(record.data, 2)) {
                        cells.push((row, col, from));
                    }
                }
                _ => {}
            }
        }
        // Files of Excel are in order; nothing says that all are.
        cells.sort_by_key(|(row, col, _)| (*row, *col));
        let mut keep = Keep::new(room, self.from_1904, layout);
        let mut read = || {
            let mut now = None;
            for (row, col, from) in &cells {
                if now != Some(*row) {
                    keep.next(u32::from(*row))?;
                    now = Some(*row);
                }
                if self.cell(*col, *from, &mut keep).is_none() {
                    return Err(("P002", say!("第 {} 行有一格已损坏", "a cell in row {} is damaged", u32::from(*row) + 1)));
                }
            }
            Ok(())
        };
        let read = read();
        keep.done(name, read.and(end))
    }

    fn cell(&self, col: u16, from: usize, keep: &mut Keep<'_>) -> Option<()> {
        let Record { kind, data, end } = record(self.stream, from)?;
        let row = keep.row();
        let format = self.format(u16_at(data, 4)?);
        match kind {
            0x0203 => number_format::push(row, col, f64_at(data, 6)?, format, self.from_1904),
            0x027E => number_format::push(row, col, rk(data.get(6..10)?), format, self.from_1904),
            0x00BD => {
                let last = data.len().checked_sub(2)?;
                for (i, part) in data.get(4..last)?.as_chunks::<6>().0.iter().enumerate() {
                    let col = col.checked_add(u16::try_from(i).ok()?)?;
                    let format = self.format(u16::from_le_bytes([part[0], part[1]]));
                    number_format::push(row, col, rk(&part[2..]), format, self.from_1904);
                }
            }
            0x00FD => {
                let at = u32::from_le_bytes(data.get(6..10)?.try_into().ok()?);
                row.push(col, Kind::Text, self.strings.get(usize::try_from(at).ok()?)?);
            }
            0x0204 | 0x00D6 => row.push(col, Kind::Text, &self.text(data.get(6..)?, true)?),
            0x0205 if *data.get(7)? == 0 => row.push(col, Kind::Text, truth(*data.get(6)?)),
            0x0205 => row.push(col, Kind::Error, error(*data.get(6)?)),
            _ => {
                let value = data.get(6..14)?;
                if value[6..] != [0xFF, 0xFF] {
                    number_format::push(row, col, f64_at(value, 0)?, format, self.from_1904);
                    return Some(());
                }
                match value[0] {
                    1 => row.push(col, Kind::Text, truth(value[2])),
                    2 => row.push(col, Kind::Error, error(value[2])),
                    0 => {
                        // The words stand in a record of their own, after those that a shared formula or a table needs.
                        let mut at = end;
                        for _ in 0..4 {
                            let next = record(self.stream, at)?;
                            if next.kind == 0x0207 {
                                let mut pieces = vec![next.data];
                                at = next.end;
                                while let Some(more) = record(self.stream, at).filter(|r| r.kind == 0x003C) {
                                    pieces.push(more.data);
                                    at = more.end;
                                }
                                let mut read = Pieces::new(&pieces);
                                let length = read.number(2)? as usize;
                                let text = if self.old { read.bytes(length, self.encoding) } else { read.unicode(length) };
                                row.push(col, Kind::Text, &text?);
                                break;
                            }
                            at = next.end;
                        }
                    }
                    _ => {}
                }
            }
        }
        Some(())
    }
}

const fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

/// The words of an error by its number in files of Excel.
pub const fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        _ => "#N/A",
    }
}

/// A number packed into four bytes.
pub fn rk(bytes: &[u8]) -> f64 {
    let packed = bytes.try_into().map_or(0, u32::from_le_bytes);
    let value = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn merges(data: &[u8], layout: &mut Layout) {
    for part in data.get(2..).unwrap_or_default().as_chunks::<8>().0 {
        let at = |i: usize| u16::from_le_bytes([part[i], part[i + 1]]);
        layout.merge(Merge { top: at(0).into(), bottom: at(2).into(), left: at(4), right: at(6) });
    }
}
