//! Turns the rows below a header into records: typed entries, checklist ticks and marks, each with its place.
//! Must not join rows: [`join`](super::join) does. Must not decide which of two values is right.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::checklist::{is_blank, tick};
use super::printed;
use super::register::place;
use super::row::{Cell, Kind, Row};
use super::table::{Role, Table};
use super::words::Words;
use crate::base::digest::sha256;
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
    /// The number stands in a merged cell that began in a row above.
    pub merged: bool,
    /// Values in order of columns.
    pub entries: Vec<Entry>,
    /// Ticks and 卷内目录 lines.
    pub documents: Vec<Document>,
    /// Marks of reviewers in the row.
    pub marks: Vec<Mark>,
    /// The cell of the case number, or the first of the row.
    pub home: Place,
}

impl Record {
    /// One without anything in it.
    pub fn bare(home: Place) -> Self {
        let (entries, documents, marks) = (Vec::new(), Vec::new(), Vec::new());
        Self { case_no: String::new(), numberless: false, merged: false, entries, documents, marks, home }
    }
}

/// Rows and cells that were set aside, for one problem a sheet.
#[derive(Debug, Default)]
pub struct Aside {
    /// Totals, repeated headers, notes below the table.
    pub not_cases: Vec<Place>,
    /// Rows without a number.
    pub numberless: Vec<Place>,
    /// Rows whose number a spreadsheet program has changed, so that it cannot be used.
    pub damaged: Vec<Place>,
    /// Rows without a number that name a person and too little else to be a case of their own.
    pub scraps: Vec<Place>,
    /// Rows whose number only says that it is the one above.
    pub dittos: Vec<Place>,
    /// Rows whose number is a range of several.
    pub ranges: Vec<Place>,
    /// Checklist cells not understood.
    pub unclear_ticks: Vec<Place>,
    /// Column, header and text of the first of them.
    pub unclear_first: Option<(u16, String, String)>,
    /// Marks not understood.
    pub bad_marks: Vec<Place>,
    /// Rows below a header whose columns stand in another order.
    pub under_other_head: Vec<Place>,
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
    /// The header above the next row is not that of the table.
    other_head: bool,
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
        Self {
            vocabulary,
            words,
            table,
            origin: Arc::clone(origin),
            seen,
            titles: HashSet::new(),
            other_head: false,
            aside: Aside::default(),
        }
    }

    /// The record of a row; `None` when the row is not a case (said in [`Rows::aside`]).
    pub fn read(&mut self, row: &Row) -> Option<Record> {
        if self.set_aside(row) {
            return None;
        }
        let damaged = self.damage(row).is_some();
        let number = if damaged { "" } else { self.number(row) };
        let ditto = is_ditto(row.text_at(self.table.case_no));
        let mut record = Record {
            case_no: canonical_case_no(number),
            numberless: false,
            merged: self.began(row).is_some(),
            entries: Vec::with_capacity(self.table.roles.len()),
            documents: Vec::new(),
            marks: Vec::new(),
            home: place(&self.origin, row.number, self.table.case_no),
        };
        self.cells(row, &mut record);
        if record.case_no.is_empty() {
            if record.entries.len() + record.documents.len() < 3 && !damaged {
                let person = |e: &Entry| matches!(self.vocabulary.field(e.field).kind, FieldType::Person | FieldType::IdCard);
                let scrap = record.entries.iter().any(person) || ditto;
                if scrap {
                    self.aside.scraps.push(record.home)
                } else {
                    self.aside.not_cases.push(record.home)
                }
                return None;
            }
            record.numberless = true;
            record.case_no = made_number(&record, self.vocabulary);
            let told = match (damaged, ditto) {
                (true, _) => &mut self.aside.damaged,
                (_, true) => &mut self.aside.dittos,
                _ => &mut self.aside.numberless,
            };
            told.push(record.home.clone());
        } else if is_range(&record.case_no) {
            self.aside.ranges.push(record.home.clone());
        }
        Some(record)
    }

    /// The values, ticks and marks of a row of a table about offices, whatever stands in its first column.
    pub fn values(&mut self, row: &Row) -> Record {
        let home = place(&self.origin, row.number, row.cells().next().map_or(0, |c| c.col));
        let mut record = Record::bare(home);
        self.cells(row, &mut record);
        record
    }

    /// Reads the cells of a row into its record.
    fn cells(&mut self, row: &Row, record: &mut Record) {
        let mut reasons: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        let began = self.began(row).unwrap_or(row.number);
        for cell in row.cells() {
            // A tick or a mark that is merged over the rows of one case is one.
            let again = cell.merged.is_some_and(|(from, _)| (began..row.number).contains(&from));
            match self.table.roles.get(usize::from(cell.col)).unwrap_or(&Role::Bare) {
                Role::Field(id) | Role::Second(id) => self.field(*id, row, cell, record),
                Role::Document(kind) => {
                    if again || is_blank(cell.text) {
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
                        None => {
                            let head = || self.table.heads.iter().rev().flatten().find(|(col, _)| *col == cell.col);
                            let first = || (cell.col, head().map_or_else(String::new, |(_, h)| h.to_string()), cell.text.to_owned());
                            self.aside.unclear_first.get_or_insert_with(first);
                            self.aside.unclear_ticks.push(at);
                        }
                    }
                }
                Role::Mark(criterion) => {
                    if again || is_blank(cell.text) {
                        continue;
                    }
                    let at = place(&self.origin, row.number, cell.col);
                    match super::marks::given(cell.text) {
                        Some(given) => record.marks.push(Mark {
                            criterion: Arc::clone(criterion),
                            given,
                            reviewer: None,
                            reason: None,
                            situation: None,
                            pages: None,
                            place: at,
                            raw: cell.text.into(),
                        }),
                        None => self.aside.bad_marks.push(at),
                    }
                }
                Role::Reason(criterion) => drop(reasons.insert(Arc::clone(criterion), cell.text.into())),
                Role::Nothing | Role::Unused => {}
                Role::Bare => self.aside.headless.push(place(&self.origin, row.number, cell.col)),
            }
        }
        for mark in &mut record.marks {
            mark.reason = reasons.get(&mark.criterion).cloned();
        }
    }

    /// Whether a row is a total, a repeated header or a note.
    pub fn is_aside(&self, row: &Row) -> bool {
        printed::is_aside(row, self.number(row), self.table, self.words)
    }

    /// Sets such a row aside, and all that stand below a header with other columns; whether it was one.
    pub fn set_aside(&mut self, row: &Row) -> bool {
        let aside = self.is_aside(row);
        if !aside && !self.other_head {
            return false;
        }
        let first = row.cells().next().map_or(0, |c| c.col);
        let at = place(&self.origin, row.number, first);
        if aside {
            self.other_head =
                printed::is_other_head(row, self.table, self.words) || (self.other_head && !printed::repeats_head(row, self.table));
            self.aside.not_cases.push(at);
        } else {
            self.aside.under_other_head.push(at);
        }
        true
    }

    fn number<'r>(&self, row: &'r Row) -> &'r str {
        let number = unwrapped(row.text_at(self.table.case_no));
        if is_blank(number) || number == "/" || number == "／" || is_ditto(number) { "" } else { number }
    }

    /// The row above in which the merged cell of the case number began, if it did.
    fn began(&self, row: &Row) -> Option<u32> {
        let (from, _) = row.cells().find(|c| c.col == self.table.case_no)?.merged?;
        (from < row.number).then_some(from)
    }

    /// What a spreadsheet program made of the case number, if it did: `2024-1` becomes a day, a long one loses its last digits.
    fn damage(&self, row: &Row) -> Option<Fault> {
        let cell = row.cells().find(|c| c.col == self.table.case_no)?;
        number_fault(cell)
    }

    /// Reads one cell as the value of a field.
    pub fn field(&mut self, id: FieldId, row: &Row, cell: Cell<'_>, record: &mut Record) {
        let vocabulary = self.vocabulary;
        let field = vocabulary.field(id);
        let cell = Cell { text: unwrapped(cell.text), ..cell };
        let ditto = cell.col == self.table.case_no && is_ditto(cell.text);
        if is_blank(cell.text) || ditto || cell.text == "/" || cell.text == "／" || (field.kind == FieldType::Date && cell.text == "无") {
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
        let fault = if cell.col == self.table.case_no { number_fault(cell) } else { None };
        if let Some(fault) = fault.or_else(|| cell_fault(field, cell)) {
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
            _ if field.kind == FieldType::Number && self.table.ten_thousands.contains(&cell.col) => {
                // A cell that names its unit as well may mean either.
                let unit = cell.text.contains(['元', '万']);
                let whole = if unit { format!("{}?", cell.text) } else { format!("{}万", cell.text) };
                record.entries.push(entry(cell.text.into(), understand(field, &whole)));
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
        Kind::Text if words && scientific(cell.text) => Some(Fault::LostDigits),
        Kind::Date(_) if matches!(field.kind, FieldType::IdCard | FieldType::Person) => Some(Fault::MadeDate),
        _ => None,
    }
}

/// What is wrong with the cell of a case number: nobody writes a day or a broken number for one.
fn number_fault(cell: Cell<'_>) -> Option<Fault> {
    match cell.kind {
        Kind::Error => Some(Fault::CellError),
        Kind::Date(_) => Some(Fault::MadeDate),
        // 2024.10 has become 2024.1, the number of another case.
        Kind::Number(n) if n.abs() >= EXACT || n.fract() != 0.0 => Some(Fault::LostDigits),
        Kind::Text if scientific(cell.text) => Some(Fault::LostDigits),
        Kind::Text if looks_made(cell.text) => Some(Fault::MadeDate),
        _ => None,
    }
}

/// `2024/1/1`, `1月1日`, `2024年1月`, `Jan-24`: how a spreadsheet program writes the day that it made of a number.
fn looks_made(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let slashes = text.contains('/') && crate::base::date::read(text).is_ok();
    let month = |t: &str| t.get(..3).is_some_and(|m| MONTHS.iter().any(|k| m.eq_ignore_ascii_case(k)));
    let english = text.split_once('-').is_some_and(|(a, b)| {
        let digits = |t: &str| !t.is_empty() && t.len() <= 4 && t.bytes().all(|b| b.is_ascii_digit());
        (a.len() == 3 && month(a) && digits(b)) || (b.len() == 3 && month(b) && digits(a))
    });
    let chinese = text.contains('月') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'));
    slashes || english || chinese
}

/// Without what makes a spreadsheet program keep a text as it is: `'4101…`, `="4101…"`.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    match inner.strip_prefix(['\'', '’', '‘', '`']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => inner,
    }
}

/// `同上`, `〃`, `"`: the number of the row above, which nobody can be sure of once rows were sorted.
fn is_ditto(text: &str) -> bool {
    let word = super::words::plain(text);
    let word = word.trim_matches(['(', ')', '“', '”', '.', '。']);
    let mark = |c: char| matches!(c, '〃' | '″' | '"' | '＂' | '“' | '”' | '\'' | '々' | '仝');
    matches!(word, "同上" | "同前" | "同上案" | "同上案号" | "同上一案" | "同上一行" | "上同" | "同" | "ditto")
        || (!text.is_empty() && text.chars().all(mark))
}

/// `东岭援民〔2024〕12-14号`, `12号至14号`, `12、14号`: several numbers, the later one larger. `12-2号` is a part of number 12.
fn is_range(number: &str) -> bool {
    let Some((_, rest)) = number.rsplit_once('〕') else { return false };
    let rest = rest.strip_suffix('号').unwrap_or(rest);
    let Some((from, to)) = ["--", "-", "~", "至", "到", "、", ","].iter().find_map(|sep| rest.split_once(sep)) else { return false };
    let count = |part: &str| part.trim_start_matches('第').trim_end_matches('号').parse::<u32>().ok();
    matches!((count(from), count(to)), (Some(from), Some(to)) if from < to)
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
    let understood = || matches!(field.kind, FieldType::Choice | FieldType::Date) && understand(field, text).is_ok();
    if !field.many || understood() {
        return vec![text];
    }
    // 1949/12/31 is one day.
    let slash = field.kind != FieldType::Date;
    let split = |c: char| matches!(c, '、' | '，' | ',' | ';' | '；' | '\n' | '\r') || (slash && matches!(c, '/' | '／'));
    let mut all: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    for part in text.split(split) {
        let at = from + (part.len() - part.trim_start().len());
        from += part.len() + text[from + part.len()..].chars().next().map_or(0, char::len_utf8);
        if is_blank(part.trim()) {
            continue;
        }
        // 张某、李某、等3人: how many there are is no person, and stays with the name before it as written.
        match all.last_mut() {
            Some((start, before)) if is_rest(part.trim()) => *before = text[*start..at + part.trim().len()].trim(),
            _ => all.push((at, part.trim())),
        }
    }
    if all.is_empty() { vec![text] } else { all.into_iter().map(|(_, part)| part).collect() }
}

/// `等`, `等3人`, `等三名`: those who are not named.
fn is_rest(part: &str) -> bool {
    part.strip_prefix('等').is_some_and(|rest| {
        let rest = rest.trim_end_matches(['人', '名', '位', '户']);
        rest.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十百多余".contains(c))
    })
}

/// A number made from what the row says, so that it stays the same wherever the row stands.
fn made_number(record: &Record, vocabulary: &Vocabulary) -> String {
    let mut said: Vec<String> = record.entries.iter().map(|e| format!("{}={}", vocabulary.field(e.field).id, e.raw)).collect();
    said.sort();
    let hash = sha256(said.join("\n").as_bytes());
    format!("无案号-{}", hash.get(..12).unwrap_or(&hash))
}
