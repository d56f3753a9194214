//! One sheet of a returned workbook, read by its headings and labels wherever they stand. Must not know what was asked of whom.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Cell, Line, Slot};
use crate::base::form;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::intake::checklist::is_blank;
use crate::intake::register::{Register, place};
use crate::intake::row::{self, Row};
use crate::intake::words::{bare, plain};
use crate::reference::identifiers::canonical_case_no;

/// A row with an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id as written.
    pub raw: String,
    /// The id it means, when there is such a criterion.
    pub id: Option<Arc<str>>,
    /// Its cell.
    pub place: Place,
    /// Value of the column 页, in a grid.
    pub page: String,
    /// Canonical number of the column 案号, in a grid; blank where there is none.
    pub case_no: String,
    /// What is filled in.
    pub line: Line,
}

/// Ids by their plain spelling.
#[derive(Debug, Clone, Default)]
pub struct Ids(BTreeMap<String, Arc<str>>);

impl Ids {
    /// Of these ids.
    pub fn new<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        Self(ids.map(|id| (plain(id), Arc::from(id))).collect())
    }

    fn of(&self, text: &str) -> Option<Arc<str>> {
        self.0.get(&plain(text)).cloned()
    }
}

/// A row of grades and remarks in a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Value of the column 页.
    pub page: String,
    /// Canonical number, blank where there is none.
    pub case_no: String,
    /// What is filled in.
    pub line: Line,
    /// The row.
    pub place: Place,
}

/// A sheet as read.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// File and sheet.
    pub origin: Arc<Origin>,
    /// Canonical number beside the label 案号, on a page.
    pub case_no: Option<String>,
    /// Rows with ids.
    pub entries: Vec<Entry>,
    /// Grades and remarks of a page.
    pub remarks: Line,
    /// Grades and remarks of a grid.
    pub table: Vec<Remark>,
    /// Whether a table of criteria was found.
    pub has_head: bool,
}

/// The columns of a table of criteria, or of remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    id: Option<u16>,
    page: Option<u16>,
    case_no: Option<u16>,
    slots: Vec<(Slot, u16)>,
}

/// A heading or label in one spelling.
fn word(text: &str) -> String {
    bare(&plain(text)).to_owned()
}

impl Head {
    /// The columns that a row names, if it is a heading.
    pub fn of(row: &Row) -> Option<Self> {
        let words: Vec<(String, u16)> = row.cells().filter(|c| c.merged.is_none()).map(|c| (word(c.text), c.col)).collect();
        let column = |name: &str| words.iter().find(|(w, _)| w == name).map(|(_, col)| *col);
        let (id, page) = (column(form::ID), column(form::PAGE));
        let of = |slots: &[Slot]| -> Vec<(Slot, u16)> { slots.iter().filter_map(|s| Some((*s, column(s.word())?))).collect() };
        let case_no = column(form::CASE_NO);
        match (id, page) {
            (Some(_), _) => {
                let slots = of(&Slot::OF_LINES);
                let marks = slots.iter().any(|(s, _)| Slot::MARKS.contains(s));
                (marks && slots.len() > 1).then_some(Self { id, page, case_no, slots })
            }
            (None, Some(_)) => {
                let slots = of(&Slot::OF_PAGES);
                (slots.len() > 1).then_some(Self { id, page, case_no, slots })
            }
            (None, None) => None,
        }
    }

    /// Whether these are the columns of a score sheet that this program wrote rather than of a table of one's own.
    pub fn is_of_score_sheet(&self) -> bool {
        let has = |slot: Slot| self.slots.iter().any(|(s, _)| *s == slot);
        self.id.is_some() && has(Slot::Reason) && has(Slot::Pages)
    }
}

/// Reads a sheet; in a grid, rows name their page.
///
/// # Errors
/// It is damaged in the middle: nothing of it is used.
pub fn read(register: &mut Register, index: usize, grid: bool, ids: &Ids) -> Result<Leaf, Problem> {
    let origin = register.origins.get(index).cloned().unwrap_or_else(|| Arc::new(Origin { file: String::new(), sheet: None }));
    let mut leaf =
        Leaf { origin: Arc::clone(&origin), case_no: None, entries: Vec::new(), remarks: Line::new(), table: Vec::new(), has_head: false };
    let mut head: Option<Head> = None;
    let problem = register.stream(index, &mut |row| {
        if let Some(found) = Head::of(row).filter(|h| !grid || h.page.is_some()) {
            leaf.has_head |= found.id.is_some();
            head = Some(found);
        } else if !head.as_ref().is_some_and(|h| leaf.row(row, h, ids)) && !grid {
            leaf.labels(row);
        }
        ControlFlow::Continue(())
    });
    match problem {
        Some(problem) => Err(problem),
        None => Ok(leaf),
    }
}

impl Leaf {
    /// Takes a row below a heading; whether it belongs there.
    fn row(&mut self, row: &Row, head: &Head, ids: &Ids) -> bool {
        let text = |col: Option<u16>| col.map(|c| row.text_at(c).trim()).filter(|t| !is_blank(t)).unwrap_or_default();
        let line: Line = head.slots.iter().filter_map(|(slot, col)| Some((*slot, self.cell(row, *slot, *col)?))).collect();
        let (page, case_no) = (text(head.page).to_owned(), text(head.case_no));
        let case_no = if case_no.is_empty() { String::new() } else { canonical_case_no(case_no) };
        let Some(col) = head.id else {
            if !page.is_empty() || !line.is_empty() {
                let place = place(&self.origin, row.number, head.page.unwrap_or(0));
                self.table.push(Remark { page, case_no, line, place });
            }
            return true;
        };
        let id = row.cells().find(|c| c.col == col && c.merged.is_none()).map(|c| c.text.trim()).filter(|t| !is_blank(t));
        let Some(raw) = id else { return false };
        let id = ids.of(raw);
        // Words in the column of ids are a total, a note or a signature.
        if id.is_none() && !raw.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
            return false;
        }
        self.entries.push(Entry { raw: raw.to_owned(), id, place: place(&self.origin, row.number, col), page, case_no, line });
        true
    }

    /// The cell of a slot, when it is filled in. A mark that stands in several merged cells stands in the first alone; a reason for several
    /// rows may be merged downwards.
    fn cell(&self, row: &Row, slot: Slot, col: u16) -> Option<Cell> {
        let own = |merged: Option<(u32, u16)>| merged.is_none_or(|(_, left)| left == col && !Slot::MARKS.contains(&slot));
        let cell = row.cells().find(|c| c.col == col && own(c.merged))?;
        self.filled(row, &cell)
    }

    fn filled(&self, row: &Row, cell: &row::Cell<'_>) -> Option<Cell> {
        let text = cell.text.trim();
        (!is_blank(text)).then(|| Cell {
            text: text.into(),
            kind: cell.kind,
            from_1904: row.from_1904,
            place: Place::at(&self.origin, At::Cell(row.number, cell.col)),
        })
    }

    /// Takes what stands to the right of labels: the next filled cell, unless that is a label itself.
    fn labels(&mut self, row: &Row) {
        let mut cells: Vec<row::Cell<'_>> = row.cells().filter(|c| c.merged.is_none()).collect();
        cells.sort_by_key(|c| c.col);
        for pair in cells.windows(2) {
            let [label, value] = pair else { continue };
            let name = word(label.text);
            if is_label(value.text) {
                continue;
            }
            if name == form::CASE_NO && self.case_no.is_none() {
                self.case_no = Some(canonical_case_no(value.text)).filter(|n| !n.is_empty());
            }
            let Some(slot) = Slot::OF_PAGES.into_iter().find(|s| s.word() == name) else { continue };
            if let Some(cell) = self.filled(row, value) {
                self.remarks.entry(slot).or_insert(cell);
            }
        }
    }
}

/// Whether a text is a label of a page.
fn is_label(text: &str) -> bool {
    let name = word(text);
    name == form::CASE_NO || name == form::OFFICE || Slot::OF_PAGES.iter().any(|s| s.word() == name)
}
