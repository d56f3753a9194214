//! Recognises a table about offices by what stands in it: a row an office (横表), a label and a value beside it (竖表), or a log
//! (台账) with several rows for one office. Must not take a case register for one: what has a 案号 column is never asked.

use std::collections::BTreeSet;

use super::words::OwnWords;
use crate::intake::checklist::is_blank;
use crate::intake::header;
use crate::intake::office::Asked;
use crate::intake::row::{Kind, Row};
use crate::intake::table::{self, HEAD, Table};
use crate::intake::words::{Claim, Meaning, Words, plain};
use crate::model::own::LogId;
use crate::model::vocabulary::FieldId;

/// A table about offices.
#[derive(Debug, Clone)]
pub enum Form {
    /// A header, and below it a row an office or, in an office's own folder, the rows of that office.
    Across(Box<Table>),
    /// Labels with their values beside them.
    Down,
    /// A log.
    Log(LogId, Box<Table>),
}

/// What a label of a vertical form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled {
    /// Column of the label.
    pub label: u16,
    /// Column of the value beside it.
    pub value: u16,
    /// What it is.
    pub claim: Claim,
}

/// Looks at the first rows of a sheet that is no register.
pub fn find(rows: &[Row], sheet: Option<&str>, asked: &Asked<'_>) -> Option<Form> {
    let own = asked.own?;
    let rows = &rows[..rows.len().min(HEAD)];
    let office = Claim::Field(own.office);
    let about = |claims: &BTreeSet<Claim>| claims.iter().filter(|c| own.is_about(**c)).count();
    let across =
        |enough: &dyn Fn(&BTreeSet<Claim>) -> bool| table::about(rows, &own.words, asked.vocabulary, asked.marks, own.office, enough);
    let marked = |t: &Table| t.roles.iter().any(|r| matches!(r, table::Role::Mark(_)));
    let named = across(&|claims| claims.contains(&office) && about(claims) > 0);
    let named = named.or_else(|| across(&|claims| claims.contains(&office)).filter(marked));
    let rows_of_one = || across(&|claims| about(claims) > 1);
    let down: usize = rows.iter().map(|row| labelled(row, &own.words).iter().filter(|l| own.is_about(l.claim)).count()).sum();
    if let Some(form) = log(rows, sheet, asked, own) {
        return Some(form);
    }
    match named.or_else(rows_of_one) {
        // A header and one row look like labels with values only where the labels stand side by side.
        Some(table) if down < 2 || table.office.is_some() => Some(Form::Across(Box::new(table))),
        _ if down > 1 => Some(Form::Down),
        other => other.map(|table| Form::Across(Box::new(table))),
    }
}

/// The log of a sheet: the one whose title it has, else the one whose columns it has, when no other has as many.
fn log(rows: &[Row], sheet: Option<&str>, asked: &Asked<'_>, own: &OwnWords) -> Option<Form> {
    let table = |log: LogId, least: usize| {
        let columns = move |claims: &BTreeSet<Claim>| claims.iter().filter(|c| **c != Claim::Field(own.office)).count() >= least;
        table::about(rows, own.log(log), asked.vocabulary, &BTreeSet::new(), own.office, &columns)
    };
    let title = || rows.iter().take(4).filter(|r| r.len() < 3).flat_map(Row::cells).find_map(|c| own.titled(c.text));
    if let Some(log) = sheet.and_then(|s| own.titled(s)).or_else(title)
        && let Some(table) = table(log, 1)
    {
        return Some(Form::Log(log, Box::new(table)));
    }
    let claimed = |t: &Table| t.roles.iter().filter(|r| matches!(r, table::Role::Field(id) if *id != own.office)).count();
    let mut found: Vec<(usize, LogId, Table)> =
        own.logs.iter().filter_map(|(id, _)| table(*id, 2).map(|t| (claimed(&t), *id, t))).collect();
    found.sort_by_key(|(n, ..)| std::cmp::Reverse(*n));
    let tie = matches!(found.as_slice(), [(a, ..), (b, ..), ..] if a == b);
    found.into_iter().next().filter(|_| !tie).map(|(_, id, table)| Form::Log(id, Box::new(table)))
}

/// The labels of a row with the cells that hold their values: a known word, and to its right a cell that is none.
pub fn labelled(row: &Row, words: &Words) -> Vec<Labelled> {
    let cells: Vec<_> = row.cells().collect();
    let claim = |text: &str| match words.meaning(&plain(text)) {
        Meaning::One(claim) => Some(claim),
        _ => None,
    };
    let one = |(i, cell): (usize, &crate::intake::row::Cell<'_>)| {
        let claim_here = claim(cell.text).filter(|_| cell.kind == Kind::Text)?;
        let value = cells.get(i + 1..)?.iter().find(|c| c.merged != Some((row.number, cell.col)))?;
        (!is_blank(value.text) && claim(value.text).is_none()).then_some(Labelled { label: cell.col, value: value.col, claim: claim_here })
    };
    cells.iter().enumerate().filter_map(one).collect()
}

/// The texts of a vertical form that stand where labels stand and mean nothing: cells of words in the column of known labels, with a
/// value beside them.
pub fn unknown_labels<'r>(row: &'r Row, words: &Words, columns: &BTreeSet<u16>) -> Vec<(u16, &'r str)> {
    let cells: Vec<_> = row.cells().collect();
    let one = |(i, cell): (usize, &crate::intake::row::Cell<'r>)| {
        let next = cells.get(i + 1)?;
        let odd = columns.contains(&cell.col) && cell.kind == Kind::Text && words.meaning(&plain(cell.text)) == Meaning::Nothing;
        (odd && !header::is_heading(cell.text) && words.claim(next.text).is_none()).then_some((cell.col, cell.text))
    };
    cells.iter().enumerate().filter_map(one).collect()
}

/// The office that a vertical form names.
pub fn named<'r>(row: &'r Row, words: &Words, office: FieldId) -> Option<(u16, &'r str)> {
    let found = labelled(row, words).into_iter().find(|l| l.claim == Claim::Field(office))?;
    Some((found.value, row.text_at(found.value)))
}
