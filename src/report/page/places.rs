//! Places as columns. Must not lose any part of a place.

use serde::Serialize;

use super::column::{Column, column};
use crate::record::v1::PlaceRecord;

/// Columns a place.
#[derive(Debug, Serialize)]
pub struct Places<'a> {
    file: Column<&'a str>,
    sheet: Column<Option<&'a str>>,
    letters: Column<Option<&'a str>>,
    row: Column<Option<i64>>,
    page: Column<Option<u32>>,
    pointer: Column<Option<&'a str>>,
    line: Column<Option<u32>>,
    raw: Column<Option<&'a str>>,
}

/// A cell as letters and row; one that is not written so has its whole as letters.
fn cell(cell: &str) -> (&str, Option<i64>) {
    let (letters, digits) = cell.split_at(cell.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(cell.len()));
    let is_row = !letters.is_empty() && digits.len() < 10 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.parse().ok().filter(|_| is_row) {
        Some(row) => (letters, Some(row)),
        None => (cell, None),
    }
}

/// The columns of these places; rows of cells are steps from the place before.
pub fn places<'a>(all: &[&'a PlaceRecord]) -> Places<'a> {
    fn optional<'a, T: Serialize + Clone>(all: &[&'a PlaceRecord], get: impl Fn(&'a PlaceRecord) -> Option<T>) -> Column<Option<T>> {
        column(all.iter().map(|p| get(p)))
    }
    let cells: Vec<Option<(&str, Option<i64>)>> = all.iter().map(|p| p.cell.as_deref().map(cell)).collect();
    let mut before = 0;
    let mut step = |row: i64| {
        let step = row - before;
        before = row;
        step
    };
    let steps: Vec<Option<i64>> = cells.iter().map(|c| c.and_then(|(_, row)| row).map(&mut step)).collect();
    Places {
        file: column(all.iter().map(|p| &*p.file)),
        sheet: optional(all, |p| p.sheet.as_deref()),
        letters: column(cells.iter().map(|c| c.map(|(letters, _)| letters))),
        row: column(steps.into_iter()),
        page: optional(all, |p| p.page),
        pointer: optional(all, |p| p.pointer.as_deref()),
        line: optional(all, |p| p.line),
        raw: optional(all, |p| p.raw.as_deref()),
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_parted_only_where_they_can_be_joined_again() {
        let parted = [
            ("C12", ("C", Some(12))),
            ("BK10", ("BK", Some(10))),
            ("C1:D2", ("C1:D2", None)),
            ("R1C1", ("R1C1", None)),
            ("7", ("7", None)),
            ("A01", ("A01", None)),
            ("", ("", None)),
        ];
        for (text, want) in parted {
            assert_eq!(cell(text), want, "{text}");
        }
    }
}
