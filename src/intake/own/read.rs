//! Reads the rows of a table about offices, with the cell readers of registers. Must not join rows of one office.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::form::{self, Form};
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::intake::checklist::{is_blank, tick};
use crate::intake::office::Asked;
use crate::intake::register::{Register, place};
use crate::intake::row::{Cell, Row};
use crate::intake::rows::{Record, Rows};
use crate::intake::table::{Role, Table, criterion_at_start};
use crate::intake::words::Claim;
use crate::intake::{marks, tell};
use crate::model::document::{Document, Statement};
use crate::model::mark::Mark;
use crate::model::own::LogId;
use crate::say;

/// What one row says of an office.
#[derive(Debug, Clone)]
pub struct OwnRow {
    /// The office as written, with its place; none where the table names none.
    pub office: Option<(String, Place)>,
    /// The log that it is a row of.
    pub log: Option<LogId>,
    /// Values, ticks and marks.
    pub record: Record,
}

/// Every row of a sheet; what is wrong with it goes to `problems`.
pub fn rows(
    register: &mut Register,
    index: usize,
    header: u32,
    form: &Form,
    asked: &Asked<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<OwnRow> {
    let Some(own) = asked.own else { return Vec::new() };
    match form {
        Form::Across(table) => across(register, index, header, table, None, asked, problems),
        Form::Log(log, table) => across(register, index, header, table, Some(*log), asked, problems),
        Form::Down => {
            let words = &own.words;
            let mut down = Down {
                asked,
                found: Record::bare(Place::at(&register.origins[index], At::Whole)),
                office: None,
                labels: BTreeSet::new(),
                odd: BTreeMap::new(),
                wrong: Vec::new(),
            };
            let origin = Arc::clone(&register.origins[index]);
            let table = bare();
            let mut reader = Rows::new(asked.vocabulary, words, &table, &origin);
            problems.extend(register.stream(index, &mut |row| {
                down.row(row, &mut reader);
                ControlFlow::Continue(())
            }));
            problems.extend(down.told());
            let Down { found, office, .. } = down;
            vec![OwnRow { office, log: None, record: found }]
        }
    }
}

fn across(
    register: &mut Register,
    index: usize,
    header: u32,
    table: &Table,
    log: Option<LogId>,
    asked: &Asked<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<OwnRow> {
    let Some(own) = asked.own else { return Vec::new() };
    let words = log.map_or(&own.words, |log| own.log(log));
    let origin = Arc::clone(&register.origins[index]);
    let mut reader = Rows::new(asked.vocabulary, words, table, &origin);
    let mut found = Vec::new();
    problems.extend(register.stream(index, &mut |row| {
        if row.number <= header || reader.set_aside(row) {
            return ControlFlow::Continue(());
        }
        let mut record = reader.values(row);
        record.entries.retain(|e| e.field != own.office);
        let office = table.office.map(|c| (row.text_at(c).to_owned(), place(&origin, row.number, c)));
        let blank = record.entries.is_empty() && record.documents.is_empty() && record.marks.is_empty();
        if !(blank && office.as_ref().is_none_or(|(name, _)| is_blank(name))) {
            found.push(OwnRow { office, log, record });
        }
        ControlFlow::Continue(())
    }));
    problems.extend(tell::rows(&origin, &reader.aside));
    problems.extend(tell::not_cases(std::mem::take(&mut reader.aside.not_cases)));
    problems.extend(tell::columns(&origin, table, asked.vocabulary));
    found
}

/// A table without columns, so that nothing of one column is taken for another.
fn bare() -> Table {
    Table {
        header: 0,
        roles: Vec::new(),
        case_no: u16::MAX,
        office: None,
        unclaimed: Vec::new(),
        doubled: Vec::new(),
        disputed: Vec::new(),
        heads: Vec::new(),
        ten_thousands: Vec::new(),
        above: Vec::new(),
    }
}

/// A vertical form in the reading.
struct Down<'a> {
    asked: &'a Asked<'a>,
    found: Record,
    office: Option<(String, Place)>,
    labels: BTreeSet<u16>,
    odd: BTreeMap<Place, String>,
    wrong: Vec<Place>,
}

impl Down<'_> {
    fn row(&mut self, row: &Row, reader: &mut Rows<'_>) {
        let Some(own) = self.asked.own else { return };
        let origin = Arc::clone(&self.found.home.origin);
        for labelled in form::labelled(row, &own.words) {
            let Some(cell) = row.cells().find(|c| c.col == labelled.value) else { continue };
            self.labels.insert(labelled.label);
            let at = place(&origin, row.number, cell.col);
            match labelled.claim {
                Claim::Field(id) if id == own.office => drop(self.office.get_or_insert_with(|| (cell.text.to_owned(), at))),
                Claim::Field(id) => {
                    // A unit may stand behind the label, as it may in a header.
                    let counted = row.text_at(labelled.label).contains("万元").then(|| format!("{}万", cell.text));
                    let text = counted.as_deref().unwrap_or(cell.text);
                    reader.field(id, row, Cell { text, ..cell }, &mut self.found);
                }
                Claim::Document(kind) => match tick(cell.text) {
                    Some(said) => self.found.documents.push(Document {
                        kind: Some(kind),
                        title: cell.text.into(),
                        statement: Statement::Tick(said),
                        place: at,
                        bytes: 0,
                    }),
                    None => self.wrong.push(at),
                },
            }
        }
        self.marks(row);
        for (col, text) in form::unknown_labels(row, &own.words, &self.labels) {
            if criterion_at_start(text, self.asked.marks).is_none() {
                self.odd.insert(place(&origin, row.number, col), text.to_owned());
            }
        }
    }

    /// A label that begins with the number of a criterion which a person decides has the mark beside it.
    fn marks(&mut self, row: &Row) {
        let cells: Vec<Cell<'_>> = row.cells().collect();
        for pair in cells.windows(2) {
            let [label, value] = pair else { continue };
            let Some(criterion) = criterion_at_start(label.text, self.asked.marks) else { continue };
            let at = place(&self.found.home.origin, row.number, value.col);
            match marks::given(value.text) {
                Some(given) => self.found.marks.push(Mark {
                    criterion: criterion.into(),
                    given,
                    reviewer: None,
                    reason: None,
                    situation: None,
                    pages: None,
                    place: at,
                    raw: value.text.into(),
                }),
                None => self.wrong.push(at),
            }
        }
    }

    fn told(&self) -> Vec<Problem> {
        let place = &self.found.home;
        let (n, list) = (self.odd.len(), self.odd.values().map(|t| format!("“{t}”")).collect::<Vec<_>>().join("、"));
        let said = say!("{place} 有 {n} 项没有认出：{list}", "{place}: {n} labels not recognised");
        let mut told: Vec<Problem> = Problem::several("P012", said, self.odd.keys().cloned().collect()).into_iter().collect();
        let n = self.wrong.len();
        let said = say!("{place} 有 {n} 格看不懂，按没有填处理", "{place}: {n} cells were not understood and count as blank");
        told.extend(Problem::several("P016", said, self.wrong.clone()));
        told
    }
}

/// Whether a column of a table is of use for an office.
pub fn is_used(role: &Role) -> bool {
    !matches!(role, Role::Nothing | Role::Bare | Role::Unused)
}
