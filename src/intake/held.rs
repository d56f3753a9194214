//! A sheet held in memory: for formats that cannot be read one cell at a time without reading all of it.
//! Must not know a file format nor what a column means.

use std::cell::Cell;
use std::ops::ControlFlow;

use super::kept::Kept;
use super::layout::{Layout, Merge, Spread};
use super::preflight::Refusal;
use super::row::Row;
use super::settings::Limits;
use crate::say;

/// A sheet.
#[derive(Debug)]
pub struct Held {
    /// Its name, or one made from its place.
    pub name: String,
    /// Merges and what is hidden; the merges are filled already and not kept.
    pub layout: Layout,
    rows: Kept,
    /// Why it ends early.
    end: Option<Refusal>,
}

impl Held {
    /// Hands every row to `sink`, until it breaks off.
    ///
    /// # Errors
    /// The sheet could not be read to its end; rows before that were handed over.
    pub fn stream(&self, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), Refusal> {
        let mut row = Row::default();
        for at in 0..self.rows.len() {
            self.rows.fill(at, &mut row);
            if sink(&row).is_break() {
                return Ok(());
            }
        }
        self.end.clone().map_or(Ok(()), Err)
    }

    /// Whether nothing was in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.end.is_none()
    }
}

/// What one file may still cost.
pub struct Room {
    /// Cells.
    cells: Cell<u64>,
    /// Bytes in memory.
    bytes: Cell<u64>,
    limits: Limits,
}

impl Room {
    /// All that the limits allow.
    pub const fn new(limits: &Limits) -> Self {
        Self { cells: Cell::new(limits.max_cells), bytes: Cell::new(limits.max_unpacked), limits: *limits }
    }
}

/// A sheet that is being read.
pub struct Keep<'a> {
    spread: Spread<'a>,
    rows: Kept,
    layout: Layout,
    bytes: &'a Cell<u64>,
    most: u64,
}

impl<'a> Keep<'a> {
    /// A sheet whose merges are in the layout or come while it is read.
    pub fn new(room: &'a Room, from_1904: bool, layout: Layout) -> Self {
        let spread = Spread::new(from_1904, layout.merges.clone(), &room.cells, room.limits.max_cells);
        let most = room.limits.max_unpacked;
        Self { spread, rows: Kept::default(), layout: Layout { merges: Vec::new(), ..layout }, bytes: &room.bytes, most }
    }

    /// The row to fill.
    pub fn row(&mut self) -> &mut Row {
        &mut self.spread.row
    }

    /// Counts cells that are blank but cost work.
    ///
    /// # Errors
    /// There are too many.
    pub fn spend(&mut self, cells: u64) -> Result<(), Refusal> {
        self.spread.spend(cells)
    }

    /// A merge that begins in this row.
    pub fn merge(&mut self, merge: Merge) {
        if self.layout.merge(merge) {
            self.layout.merges.clear();
            self.spread.merge(merge);
        }
    }

    /// Hidden rows.
    pub fn hide(&mut self, rows: u32) {
        self.layout.hidden_rows = self.layout.hidden_rows.saturating_add(rows);
    }

    /// The row is whole; the next one has this number.
    ///
    /// # Errors
    /// Too much for the limits.
    pub fn next(&mut self, number: u32) -> Result<(), Refusal> {
        self.copy()?;
        self.spread.row.start(number);
        Ok(())
    }

    /// Keeps the row as it is now, without ending it: for rows that a file says are repeated.
    fn copy(&mut self) -> Result<(), Refusal> {
        let rows = &mut self.rows;
        let mut full = false;
        let before = rows.size();
        let flow = self.spread.end(&mut |row| {
            full = !rows.push(row);
            ControlFlow::Continue(())
        });
        self.bytes.set(self.bytes.get().saturating_sub((rows.size() - before) as u64));
        if full || self.bytes.get() == 0 {
            let most = self.most;
            return Err(("P005", say!("内容超过 {most} 字节（max_unpacked）", "content is larger than {most} bytes (max_unpacked)")));
        }
        flow.map(|_| ())
    }

    /// The sheet, read to its end or broken off.
    pub fn done(mut self, name: String, end: Result<(), Refusal>) -> Held {
        let end = end.and_then(|()| self.copy());
        Held { name, layout: self.layout, rows: self.rows, end: end.err() }
    }
}
