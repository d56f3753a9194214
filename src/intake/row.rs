//! One row of a sheet, whatever the file format: texts in one buffer, so that reading a cell allocates nothing.
//! Must not know what a column means.

use std::fmt::Write as _;

use crate::base::date::{DateFault, When};
use crate::base::text::Text;
use crate::say;

/// What kind of cell it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number, as stored.
    Number(f64),
    /// A day by number format.
    Date(Result<When, DateFault>),
    /// `#REF!` and its kin.
    Error,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    col: u16,
    kind: Kind,
    start: u32,
    end: u32,
    merged: Option<(u32, u16)>,
}

/// A row that is filled again and again.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Zero-based row of a sheet, or one-based line of a text file.
    pub number: u32,
    /// Day numbers count from 1904.
    pub from_1904: bool,
    /// A text did not fit.
    cut: bool,
    text: String,
    slots: Vec<Slot>,
}

/// A cell that is not blank.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Zero-based column.
    pub col: u16,
    /// Kind.
    pub kind: Kind,
    /// As written, without spaces around.
    pub text: &'a str,
    /// The top-left cell (row, column) whose value this is, when the cell is another one of the same merge: an amount or a mark in
    /// such a cell is one value, not several.
    pub merged: Option<(u32, u16)>,
}

/// Bytes of text that one row may have, far above what Excel can hold on a screen; a reader refuses what has more.
const ROW_TEXT: usize = 64 << 20;

impl Row {
    /// A row of a workbook whose days count from 1904 or 1900.
    pub fn new(from_1904: bool) -> Self {
        Self { from_1904, ..Self::default() }
    }

    /// Empties it for the next row.
    pub fn start(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.slots.clear();
        self.cut = false;
    }

    /// Adds a cell; blank text adds nothing.
    pub fn push(&mut self, col: u16, kind: Kind, text: &str) {
        let edge = |b: Option<&u8>| b.is_none_or(|b| b.is_ascii_graphic());
        // Most texts begin and end with a letter or a Chinese character, whose first byte no blank has.
        let ideograph = |b: Option<&u8>| b.is_some_and(|b| (0xE4..=0xE9).contains(b));
        let bytes = text.as_bytes();
        let text = if (edge(bytes.first()) || ideograph(bytes.first())) && (edge(bytes.last()) || ideograph(bytes.iter().nth_back(2))) {
            text
        } else {
            text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        };
        if !text.is_empty() {
            self.put(col, kind, text, None);
        }
    }

    /// Adds a number, written as people see it: whole numbers without `.0`, others with up to six decimals.
    pub fn push_number(&mut self, col: u16, number: f64) {
        let start = self.text.len();
        let whole = number.fract() == 0.0 && number.abs() < 1e18;
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e18")]
        let written = if whole { write!(self.text, "{}", number as i64) } else { write!(self.text, "{number:.6}") };
        if written.is_ok() && !whole && number.is_finite() {
            let kept = self.text[start..].trim_end_matches('0').trim_end_matches('.').len();
            self.text.truncate(start + kept);
        }
        self.close(col, Kind::Number(number), start);
    }

    /// Adds a day.
    pub fn push_date(&mut self, col: u16, (year, month, day): (u16, u8, u8), (hour, minute, second): (u8, u8, u8)) {
        let start = self.text.len();
        let mut written = write!(self.text, "{year:04}-{month:02}-{day:02}");
        let midnight = (hour, minute, second) == (0, 0, 0);
        if !midnight {
            written = written.and(write!(self.text, " {hour:02}:{minute:02}:{second:02}"));
        }
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        let small = |n: u8| i8::try_from(n).unwrap_or(0);
        let day = crate::base::date::day(i16::try_from(year).unwrap_or(i16::MAX), small(month), small(day));
        let time = jiff::civil::Time::new(small(hour), small(minute), small(second), 0).ok().filter(|_| !midnight);
        self.close(col, Kind::Date(day.map(|date| When { date, time })), start);
    }

    fn close(&mut self, col: u16, kind: Kind, start: usize) {
        if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(self.text.len())) {
            self.slots.push(Slot { col, kind, start, end, merged: None });
        }
    }

    /// The cells that are not blank, in order of the file.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.slots.iter().map(|s| cell(&self.text, s))
    }

    /// The text in a column, blank when there is none.
    pub fn text_at(&self, col: u16) -> &str {
        self.slots.iter().find(|s| s.col == col).map_or("", |s| cell(&self.text, s).text)
    }

    /// Adds a cell with its text as it is; `merged` names the cell whose value it is, if that is another one.
    pub fn put(&mut self, col: u16, kind: Kind, text: &str, merged: Option<(u32, u16)>) {
        if self.text.len() + text.len() > ROW_TEXT {
            self.cut = true;
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.close(col, kind, start);
        if let Some(slot) = self.slots.last_mut() {
            slot.merged = merged;
        }
    }

    /// Why the row cannot be used, if it cannot.
    pub fn fault(&self) -> Option<(&'static str, Text)> {
        let most = ROW_TEXT;
        self.cut.then(|| ("P005", say!("有一行文字超过 {most} 字节", "one row has more than {most} bytes of text")))
    }

    /// Puts the cells in order of their columns.
    pub fn sort(&mut self) {
        self.slots.sort_by_key(|s| s.col);
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Whether it has no cell.
    pub fn is_blank(&self) -> bool {
        self.slots.is_empty()
    }
}

fn cell<'a>(text: &'a str, slot: &Slot) -> Cell<'a> {
    let range = slot.start as usize..slot.end as usize;
    Cell { col: slot.col, kind: slot.kind, text: text.get(range).unwrap_or(""), merged: slot.merged }
}

/// What people see for a wrong formula.
const ERRORS: &[&str] = &["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"];

/// The kind of words that stand in a text file: an error that a formula left, or text.
pub fn written(text: &str) -> Kind {
    if text.starts_with('#') && ERRORS.contains(&text.trim()) { Kind::Error } else { Kind::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_in_excel() {
        let mut row = Row::default();
        for n in [3.0, -2.5, 0.1 + 0.2, 1_101_051_990_010_112e2, f64::NAN, 1e300] {
            row.push_number(0, n);
        }
        let seen: Vec<&str> = row.cells().map(|c| c.text).take(5).collect();
        assert_eq!(seen, ["3", "-2.5", "0.3", "110105199001011200", "NaN"]);
    }
}
