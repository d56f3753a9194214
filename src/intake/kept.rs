//! Rows kept in memory, packed: a register that serves several offices, or a format whose sheets cannot be read one cell at a time.
//! Must not know what a column means.

use super::row::{Kind, Row};

/// Rows kept in memory: for each cell its column, kind, length and text in one buffer, so that a cell costs some ten bytes.
#[derive(Debug, Default)]
pub struct Kept {
    bytes: Vec<u8>,
    dates: Vec<Kind>,
    rows: Vec<(u32, usize)>,
    from_1904: bool,
}

const MERGED: u8 = 0x80;

impl Kept {
    /// Adds a row; `false` when there is no room for more.
    pub fn push(&mut self, row: &Row) -> bool {
        if self.rows.len() >= u32::MAX as usize || self.dates.len() + row.len() >= u32::MAX as usize {
            return false;
        }
        for cell in row.cells() {
            let tag = match cell.kind {
                Kind::Text => 0,
                Kind::Error => 1,
                Kind::Number(_) => 2,
                Kind::Date(_) => 3,
            };
            self.bytes.push(tag | if cell.merged.is_some() { MERGED } else { 0 });
            self.bytes.extend_from_slice(&cell.col.to_le_bytes());
            match cell.kind {
                Kind::Number(n) => self.bytes.extend_from_slice(&n.to_le_bytes()),
                Kind::Date(_) => {
                    self.bytes.extend_from_slice(&u32::try_from(self.dates.len()).unwrap_or(0).to_le_bytes());
                    self.dates.push(cell.kind);
                }
                Kind::Text | Kind::Error => {}
            }
            if let Some((top, left)) = cell.merged {
                self.bytes.extend_from_slice(&top.to_le_bytes());
                self.bytes.extend_from_slice(&left.to_le_bytes());
            }
            self.bytes.extend_from_slice(&u32::try_from(cell.text.len()).unwrap_or(0).to_le_bytes());
            self.bytes.extend_from_slice(cell.text.as_bytes());
        }
        self.rows.push((row.number, self.bytes.len()));
        self.from_1904 = row.from_1904;
        true
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes in use.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Fills `into` with the row at an index.
    pub fn fill(&self, at: usize, into: &mut Row) {
        let Some((number, end)) = self.rows.get(at) else { return };
        let from = if at == 0 { 0 } else { self.rows[at - 1].1 };
        into.start(*number);
        into.from_1904 = self.from_1904;
        let mut left = Packed(&self.bytes[from..*end]);
        while let Some([tag]) = left.take() {
            let col = u16::from_le_bytes(left.take().unwrap_or_default());
            let kind = match tag & !MERGED {
                0 => Kind::Text,
                1 => Kind::Error,
                2 => Kind::Number(f64::from_le_bytes(left.take().unwrap_or_default())),
                _ => {
                    let at = u32::from_le_bytes(left.take().unwrap_or_default()) as usize;
                    self.dates.get(at).copied().unwrap_or(Kind::Text)
                }
            };
            let merged = (tag & MERGED != 0)
                .then(|| (u32::from_le_bytes(left.take().unwrap_or_default()), u16::from_le_bytes(left.take().unwrap_or_default())));
            let length = u32::from_le_bytes(left.take().unwrap_or_default()) as usize;
            let (text, rest) = left.0.split_at(length.min(left.0.len()));
            left.0 = rest;
            into.put(col, kind, std::str::from_utf8(text).unwrap_or_default(), merged);
        }
    }
}

struct Packed<'a>(&'a [u8]);

impl Packed<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::DateFault;

    #[test]
    fn kept_rows_come_back_the_same() {
        let (mut row, mut kept, mut back) = (Row::default(), Kept::default(), Row::default());
        for n in 0..3 {
            row.start(n);
            row.push(1, Kind::Text, " 案号 ");
            row.push_number(2, -2.5);
            row.push_date(4, (9999, 12, 31), (0, 0, 0));
            row.put(7, Kind::Error, "#REF!", Some((0, 6)));
            assert!(kept.push(&row));
        }
        kept.fill(2, &mut back);
        assert_eq!((back.number, back.text_at(1), back.text_at(4)), (2, "案号", "9999-12-31"));
        let kinds: Vec<_> = back.cells().map(|c| (c.kind, c.merged)).collect();
        let want =
            [(Kind::Text, None), (Kind::Number(-2.5), None), (Kind::Date(Err(DateFault::Implausible)), None), (Kind::Error, Some((0, 6)))];
        assert_eq!(kinds, want);
    }
}
