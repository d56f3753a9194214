//! How a sheet is laid out: merged cells, hidden rows, a hidden sheet; and rows whose merged cells are filled.
//! Must not know a file format nor what a column means.

use std::cell::Cell;
use std::ops::ControlFlow;

use super::preflight::Refusal;
use super::row::{Kind, Row};
use crate::base::text::Text;
use crate::say;

/// Last column that Excel has.
pub const LAST_COL: u16 = 16_383;
/// Last row that Excel has.
pub const LAST_ROW: u32 = 1_048_575;
/// A merge of more cells is an ornament or an attack: its value stays in its first cell, and that is said.
const MAX_AREA: u64 = 200_000;
/// Merges of one sheet that are kept.
const MAX_MERGES: usize = 500_000;

/// Cells that are merged into one, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

/// What is known of a sheet besides its cells.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Merges that are filled.
    pub merges: Vec<Merge>,
    /// Merges too large or too many to be filled.
    pub unfilled: u32,
    /// Hidden rows.
    pub hidden_rows: u32,
    /// The sheet itself is hidden.
    pub hidden: bool,
    /// Cells with a formula whose result the program that wrote the file did not store: they read as blank.
    pub unstored: u32,
}

impl Layout {
    /// Adds a merge, if it is one and may be filled; whether it was taken.
    pub fn merge(&mut self, merge: Merge) -> bool {
        let Merge { top, left, bottom, right } = merge;
        if bottom < top || right < left || (bottom == top && right == left) {
            return false;
        }
        let area = (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1);
        if area > MAX_AREA || right > LAST_COL || self.merges.len() >= MAX_MERGES {
            self.unfilled = self.unfilled.saturating_add(1);
            return false;
        }
        self.merges.push(merge);
        true
    }
}

struct Active {
    merge: Merge,
    kind: Kind,
    text: Box<str>,
}

/// The row that a reader fills; each one that is whole goes to a sink with its merged cells filled.
pub struct Spread<'a> {
    /// The row.
    pub row: Row,
    /// Merges that begin further below, last first.
    waiting: Vec<Merge>,
    active: Vec<Active>,
    filled: Vec<bool>,
    cells: &'a Cell<u64>,
    most: u64,
}

impl<'a> Spread<'a> {
    /// Rows of a sheet whose merges are known. `cells` is what may still be read of the file, of `most` at first.
    pub fn new(from_1904: bool, mut merges: Vec<Merge>, cells: &'a Cell<u64>, most: u64) -> Self {
        merges.sort_unstable_by_key(|m| std::cmp::Reverse((m.top, m.left)));
        Self { row: Row::new(from_1904), waiting: merges, active: Vec::new(), filled: Vec::new(), cells, most }
    }

    /// Counts cells against the limit.
    ///
    /// # Errors
    /// There are too many.
    pub fn spend(&mut self, cells: u64) -> Result<(), Refusal> {
        self.cells.set(self.cells.get().saturating_sub(cells));
        if self.cells.get() == 0 { Err(too_many(self.most, self.row.number)) } else { Ok(()) }
    }

    /// A merge that a reader meets with its first cell, which is in the row already or blank.
    pub fn merge(&mut self, merge: Merge) {
        self.waiting.push(merge);
    }

    /// Hands on the row if it has a cell of its own, and empties it.
    ///
    /// # Errors
    /// Too many cells.
    pub fn end(&mut self, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<ControlFlow<()>, Refusal> {
        if let Some(why) = self.row.fault() {
            return Err(why);
        }
        if self.row.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.spend(self.row.len() as u64)?;
        if !(self.waiting.is_empty() && self.active.is_empty()) {
            self.fill()?;
        }
        let flow = sink(&self.row);
        self.row.start(self.row.number);
        Ok(flow)
    }

    fn fill(&mut self) -> Result<(), Refusal> {
        let number = self.row.number;
        self.active.retain(|a| a.merge.bottom >= number);
        self.row.sort();
        while let Some(merge) = self.waiting.pop_if(|m| m.top <= number) {
            let first = if merge.top == number { self.row.cells().find(|c| c.col == merge.left) } else { None };
            if let Some(cell) = first {
                self.active.push(Active { merge, kind: cell.kind, text: cell.text.into() });
            }
        }
        if self.active.is_empty() {
            return Ok(());
        }
        self.filled.clear();
        self.filled.resize(usize::from(LAST_COL) + 1, false);
        for cell in self.row.cells() {
            if let Some(seen) = self.filled.get_mut(usize::from(cell.col)) {
                *seen = true;
            }
        }
        for Active { merge, kind, text } in &self.active {
            let width = u64::from(merge.right - merge.left) + 1;
            // A long text counts for more, so that what is made stays within what the limit on cells means.
            let cost = width * (1 + text.len() as u64 / 16);
            self.cells.set(self.cells.get().saturating_sub(cost));
            if self.cells.get() == 0 {
                return Err(too_many(self.most, number));
            }
            for col in merge.left..=merge.right {
                if let Some(seen) = self.filled.get_mut(usize::from(col)).filter(|seen| !**seen) {
                    *seen = true;
                    self.row.put(col, *kind, text, Some((merge.top, merge.left)));
                }
            }
        }
        self.row.sort();
        Ok(())
    }
}

/// A cell beyond the last column that a spreadsheet has.
pub fn too_wide(row: u32) -> Refusal {
    let (row, most) = (row.saturating_add(1), u32::from(LAST_COL) + 1);
    ("P005", say!("第 {row} 行的格超出第 {most} 列", "row {row} has a cell beyond column {most}"))
}

fn too_many(most: u64, row: u32) -> Refusal {
    let why: Text = say!(
        "单元格过多（上限 max_cells = {most}），读到第 {} 行为止",
        "too many cells (the limit is max_cells = {most}); read up to row {}",
        row.saturating_add(1)
    );
    ("P005", why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(merges: &[(u32, u16, u32, u16)], cells: &[(u32, u16, &str)], most: u64) -> Result<Vec<String>, Refusal> {
        let mut layout = Layout::default();
        for (top, left, bottom, right) in merges.iter().copied() {
            layout.merge(Merge { top, left, bottom, right });
        }
        let mut seen = Vec::new();
        let mut sink = |row: &Row| {
            let cells = row.cells().map(|c| format!("{}{}{}", c.col, c.text, if c.merged.is_some() { "*" } else { "" }));
            seen.push(format!("{}: {}", row.number, cells.collect::<Vec<_>>().join(" ")));
            ControlFlow::Continue(())
        };
        let left = Cell::new(most);
        let mut spread = Spread::new(false, layout.merges, &left, most);
        for (number, col, text) in cells {
            if *number != spread.row.number {
                let _ = spread.end(&mut sink)?;
                spread.row.start(*number);
            }
            spread.row.push(*col, Kind::Text, text);
        }
        let _ = spread.end(&mut sink)?;
        Ok(seen)
    }

    #[test]
    fn a_merged_value_stands_in_every_row_that_has_something_of_its_own() {
        let seen =
            rows(&[(0, 0, 0, 3), (1, 0, 4, 0)], &[(0, 0, "题"), (1, 0, "1号"), (1, 1, "甲"), (2, 1, "乙"), (4, 1, "丙"), (5, 1, "丁")], 99);
        let want = ["0: 0题 1题* 2题* 3题*", "1: 01号 1甲", "2: 01号* 1乙", "4: 01号* 1丙", "5: 1丁"];
        assert_eq!(seen.as_deref(), Ok(want.map(String::from).as_slice()));
    }

    #[test]
    fn a_value_below_a_merge_is_kept_and_a_blank_merge_gives_nothing() {
        let seen = rows(&[(0, 0, 2, 0), (0, 1, 2, 1)], &[(0, 0, "甲"), (1, 0, "乙"), (2, 2, "丙")], 99);
        assert_eq!(seen.as_deref(), Ok(["0: 0甲", "1: 0乙", "2: 0甲* 2丙"].map(String::from).as_slice()));
    }

    #[test]
    fn filled_cells_count_and_vast_merges_are_left() {
        let cells: Vec<_> = (0..100).map(|n| (n, 0, "甲")).collect();
        assert!(rows(&[(0, 0, 0, 9)], &cells, 200).is_ok());
        let most = rows(&[(0, 0, 99, 9)], &cells, 200);
        assert_eq!(most.map_err(|e| e.0), Err("P005"));
        let mut layout = Layout::default();
        assert!(!layout.merge(Merge { top: 0, left: 0, bottom: LAST_ROW, right: LAST_COL }));
        assert!(!layout.merge(Merge { top: 3, left: 0, bottom: 1, right: 0 }));
        assert_eq!(layout.unfilled, 1);
    }
}
