//! Turns the rows below a header into records: typed entries, checklist ticks and marks, each with its place.
//! Must not join rows: [`join`](super::join) does. Must not decide which of two values is right.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::checklist::{is_blank, tick};
use super::register::{hex, place};
use super::row::{Cell, Kind, Row};
use super::table::{Role, Table};
use super::words::{Claim, Words, plain};
use crate::base::place::{Origin, Place};
use crate::model::document::{Document, Statement};
use crate::model::mark::Mark;
use crate::model::value::{Entry, Fault, Source, Value, understand};
use crate::model::vocabulary::{Field, FieldId, FieldType, Vocabulary};
use crate::reference::identifiers::canonical_case_no;

/// One row that is a case.
#[derive(Debug, Clone)]
pub struct Record {
    /// Canonical number, or one made from the content.
    pub case_no: String,
    /// No number was written.
    pub numberless: bool,
    /// Values in order of columns.
    pub entries: Vec<Entry>,
    /// Ticks and 卷内目录 lines.
    pub documents: Vec<Document>,
    /// Marks of reviewers in the row.
    pub marks: Vec<Mark>,
    /// The cell of the case number, or the first of the row.
    pub home: Place,
}

/// Rows and cells that were set aside, for one problem a sheet.
#[derive(Debug, Default)]
pub struct Aside {
    /// Totals, repeated headers, notes below the table.
    pub not_cases: Vec<Place>,
    /// Rows without a number.
    pub numberless: Vec<Place>,
    /// Checklist cells not understood.
    pub unclear_ticks: Vec<Place>,
    /// Marks not understood.
    pub bad_marks: Vec<Place>,
    /// Cells in columns that have no header.
    pub headless: Vec<Place>,
}

/// Values met before in one column, so that a word written 10,000 times is kept once.
#[derive(Default)]
struct Seen {
    known: HashMap<Arc<str>, Result<Value, Fault>>,
    hits: u32,
    misses: u32,
}

/// Reads the rows of one sheet.
pub struct Rows<'a> {
    vocabulary: &'a Vocabulary,
    words: &'a Words,
    table: &'a Table,
    origin: Arc<Origin>,
    seen: Vec<Seen>,
    titles: HashSet<Arc<str>>,
    /// What was set aside.
    pub aside: Aside,
}

const KEPT: usize = 512;
/// Longest whole number that a float keeps exactly as Excel shows it.
const EXACT: f64 = 1e15;

impl<'a> Rows<'a> {
    /// A reader for the rows of a table.
    pub fn new(vocabulary: &'a Vocabulary, words: &'a Words, table: &'a Table, origin: &Arc<Origin>) -> Self {
        let seen = table.roles.iter().map(|_| Seen::default()).collect();
        Self { vocabulary, words, table, origin: Arc::clone(origin), seen, titles: HashSet::new(), aside: Aside::default() }
    }

    /// The record of a row; `None` when the row is not a case (said in [`Rows::aside`]).
    pub fn read(&mut self, row: &Row) -> Option<Record> {
        if self.set_aside(row) {
            return None;
        }
        let number = self.number(row);
        let mut record = Record {
            case_no: canonical_case_no(number),
            numberless: false,
            entries: Vec::with_capacity(self.table.roles.len()),
            documents: Vec::new(),
            marks: Vec::new(),
            home: place(&self.origin, row.number, self.table.case_no),
        };
        let mut reasons: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        for cell in row.cells() {
            match self.table.roles.get(usize::from(cell.col)).unwrap_or(&Role::Bare) {
                Role::Field(id) | Role::Second(id) => self.field(*id, row, cell, &mut record),
                Role::Document(kind) => {
                    if is_blank(cell.text) {
                        continue;
                    }
                    let at = place(&self.origin, row.number, cell.col);
                    // Excel makes a day of a page range such as 1-3.
                    let said = if matches!(cell.kind, Kind::Date(_)) { tick("1-1") } else { tick(cell.text) };
                    match said {
                        Some(said) => {
                            let title = self.kept(cell.col, cell.text, |_| Ok(Value::Flag(true))).0;
                            let statement = Statement::Tick(said);
                            record.documents.push(Document { kind: Some(*kind), title, statement, place: at, bytes: 0 });
                        }
                        None => self.aside.unclear_ticks.push(at),
                    }
                }
                Role::Mark(criterion) => {
                    if is_blank(cell.text) {
                        continue;
                    }
                    let at = place(&self.origin, row.number, cell.col);
                    match super::marks::given(cell.text) {
                        Some(given) => record.marks.push(Mark {
                            criterion: Arc::clone(criterion),
                            given,
                            reviewer: None,
                            reason: None,
                            place: at,
                            raw: cell.text.into(),
                        }),
                        None => self.aside.bad_marks.push(at),
                    }
                }
                Role::Reason(criterion) => drop(reasons.insert(Arc::clone(criterion), cell.text.into())),
                Role::Nothing => {}
                Role::Bare => self.aside.headless.push(place(&self.origin, row.number, cell.col)),
            }
        }
        for mark in &mut record.marks {
            mark.reason = reasons.get(&mark.criterion).cloned();
        }
        if record.case_no.is_empty() {
            let said = record.entries.len() + record.documents.len();
            if said < 3 {
                self.aside.not_cases.push(record.home);
                return None;
            }
            record.numberless = true;
            record.case_no = made_number(&record, self.vocabulary);
            self.aside.numberless.push(record.home.clone());
        }
        Some(record)
    }

    /// Whether a row is a total, a repeated header or a note.
    pub fn is_aside(&self, row: &Row) -> bool {
        self.is_total_or_header(row, self.number(row))
    }

    /// Sets such a row aside; whether it was one.
    pub fn set_aside(&mut self, row: &Row) -> bool {
        let aside = self.is_aside(row);
        if aside {
            let first = row.cells().next().map_or(0, |c| c.col);
            self.aside.not_cases.push(place(&self.origin, row.number, first));
        }
        aside
    }

    fn number<'r>(&self, row: &'r Row) -> &'r str {
        let number = row.text_at(self.table.case_no);
        if is_blank(number) || number == "/" || number == "／" { "" } else { number }
    }

    fn is_total_or_header(&self, row: &Row, number: &str) -> bool {
        let header = |text: &str, role: &Role| match (self.words.claim(text), role) {
            (Some(Claim::Field(id)), Role::Field(own) | Role::Second(own)) => id == *own,
            (Some(Claim::Document(id)), Role::Document(own)) => id == *own,
            _ => false,
        };
        if !number.is_empty() && header(number, &Role::Field(self.case_no())) {
            return true;
        }
        let Some(first) = row.cells().next() else { return true };
        let word = plain(first.text);
        let total = ["合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "本月合计"];
        let is_total = |w: &str| {
            total.iter().any(|t| {
                w == *t
                    || w.strip_prefix(t).is_some_and(|r| r.starts_with([':', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '共']))
            })
        };
        let note = ["注:", "备注:", "说明:", "制表", "填表", "审核人", "单位:", "填报"];
        is_total(&word) || is_total(&plain(number)) || (number.is_empty() && note.iter().any(|n| word.starts_with(n)))
    }

    fn case_no(&self) -> FieldId {
        match self.table.roles.get(usize::from(self.table.case_no)) {
            Some(Role::Field(id)) => *id,
            _ => FieldId(u16::MAX),
        }
    }

    fn field(&mut self, id: FieldId, row: &Row, cell: Cell<'_>, record: &mut Record) {
        let vocabulary = self.vocabulary;
        let field = vocabulary.field(id);
        if is_blank(cell.text) || cell.text == "/" || cell.text == "／" || (field.kind == FieldType::Date && cell.text == "无") {
            return;
        }
        let at = place(&self.origin, row.number, cell.col);
        if field.kind == FieldType::Contents {
            let mut lines = super::contents::lines(cell.text, &at, self.words);
            // The same titles stand in every case.
            for line in &mut lines {
                match self.titles.get(&line.title) {
                    Some(title) => line.title = Arc::clone(title),
                    None if self.titles.len() < KEPT => drop(self.titles.insert(Arc::clone(&line.title))),
                    None => {}
                }
            }
            record.documents.append(&mut lines);
        }
        let entry = |raw, value| Entry { field: id, value, raw, place: at.clone(), source: Source::Register };
        if let Some(fault) = cell_fault(field, cell) {
            record.entries.push(entry(cell.text.into(), Err(fault)));
            return;
        }
        match cell.kind {
            Kind::Date(when) if field.kind == FieldType::Date => {
                let (raw, value) = self.kept(cell.col, cell.text, |_| when.map(Value::Date).map_err(Fault::Date));
                record.entries.push(entry(raw, value));
            }
            Kind::Number(n) if field.kind == FieldType::Date => {
                let day = super::sheet::serial(n, row.from_1904).map(Value::Date);
                record.entries.push(entry(cell.text.into(), day.map_or_else(|| understand(field, cell.text), Ok)));
            }
            _ => {
                for part in parts(field, cell.text) {
                    let (raw, value) = self.kept(cell.col, part, |raw| value_of(field, raw));
                    record.entries.push(entry(raw, value));
                }
            }
        }
    }

    /// The shared text of a value and what it means; understood once for each spelling.
    fn kept(&mut self, col: u16, text: &str, read: impl FnOnce(&Arc<str>) -> Result<Value, Fault>) -> (Arc<str>, Result<Value, Fault>) {
        let fresh = |read: &dyn Fn(&Arc<str>) -> Result<Value, Fault>| {
            let raw: Arc<str> = text.into();
            let value = read(&raw);
            (raw, value)
        };
        let read = std::cell::Cell::new(Some(read));
        let once = |raw: &Arc<str>| read.take().map_or(Err(Fault::CellError), |f| f(raw));
        let Some(seen) = self.seen.get_mut(usize::from(col)) else { return fresh(&once) };
        if seen.misses > 512 && seen.hits < seen.misses {
            return fresh(&once);
        }
        if let Some((raw, value)) = seen.known.get_key_value(text) {
            seen.hits += 1;
            return (Arc::clone(raw), value.clone());
        }
        seen.misses += 1;
        let (raw, value) = fresh(&once);
        if seen.known.len() < KEPT && text.len() <= 64 {
            seen.known.insert(Arc::clone(&raw), value.clone());
        }
        (raw, value)
    }
}

/// What the cell itself spoils before its words are read.
pub fn cell_fault(field: &Field, cell: Cell<'_>) -> Option<Fault> {
    let words = matches!(field.kind, FieldType::Text | FieldType::IdCard | FieldType::Person);
    match cell.kind {
        Kind::Error => Some(Fault::CellError),
        Kind::Number(n) if words && n.abs() >= EXACT => Some(Fault::LostDigits),
        Kind::Text if field.kind == FieldType::IdCard && scientific(cell.text) => Some(Fault::LostDigits),
        _ => None,
    }
}

/// `4.1010119900101E+17`: what a spreadsheet shows of a long number.
fn scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    digits(mantissa) && exponent.strip_prefix('+').is_some_and(digits)
}

/// Reads a value; words share the text as written.
pub fn value_of(field: &Field, raw: &Arc<str>) -> Result<Value, Fault> {
    let words = matches!(field.kind, FieldType::Text | FieldType::Person | FieldType::IdCard | FieldType::Contents);
    if words && raw.len() <= 2000 { Ok(Value::Text(Arc::clone(raw))) } else { understand(field, raw) }
}

/// The values of a cell: several where a field may have many.
pub fn parts<'t>(field: &Field, text: &'t str) -> Vec<&'t str> {
    let whole = !field.many || (field.kind == FieldType::Choice && understand(field, text).is_ok());
    if whole {
        return vec![text];
    }
    let split = |c: char| matches!(c, '、' | '，' | ',' | ';' | '；' | '/' | '／' | '\n' | '\r');
    let all: Vec<&str> = text.split(split).map(str::trim).filter(|p| !is_blank(p)).collect();
    if all.is_empty() { vec![text] } else { all }
}

/// A number made from what the row says, so that it stays the same wherever the row stands.
fn made_number(record: &Record, vocabulary: &Vocabulary) -> String {
    let mut said: Vec<String> = record.entries.iter().map(|e| format!("{}={}", vocabulary.field(e.field).id, e.raw)).collect();
    said.sort();
    let hash = hex(said.join("\n").as_bytes());
    format!("无案号-{}", hash.get(..12).unwrap_or(&hash))
}
