//! 自查结果.xlsx and the ten lines that `check` prints. Must not list as a job what cannot be mended, nor show a grade that a reviewer
//! has not made possible.

pub mod brief;
mod columns;
mod compared;
mod first;
mod list;
mod notice;
mod outside;
mod snapshot;

use super::Result;
use super::book::{Book, Limits};
use super::figures::Frame;
use super::pages::{self, Input};
use super::workbook::Context;
use crate::compare::Snapshot;
use crate::record::v1::{Batch, Check, Office, Results};
use crate::todo::Names;

pub use brief::brief;

/// What the sheets are made from.
struct Checked<'a> {
    check: &'a Check,
    names: Names<'a>,
    input: Input<'a>,
}

/// The bytes of 自查结果.xlsx.
///
/// # Errors
/// When a sheet cannot be put together, for example because the disk for temporary files is full.
pub fn workbook(check: &Check, snapshot: &Snapshot) -> Result<Vec<u8>> {
    let results = &check.results;
    let office = pooled(results);
    // The county makes these tables, not the unit that the settings of the whole batch name, and it is a self-check.
    let batch = Batch { made_by: None, stage: "自查".to_owned(), ..results.batch.clone() };
    let context = Context { batch: &batch, ..Context::of(results) };
    let input = Input {
        context,
        office: &office,
        cases: &check.cases,
        frame: Frame::new(&results.rubrics, &check.cases),
        limits: Limits::default(),
    };
    let rows = check.cases.iter().map(|c| 1 + c.findings.len()).sum();
    let mut book = Book::new(&input.context, &format!("{}自查结果", office.name), &office.name, rows)?;
    let checked = Checked { check, names: Names::new(results), input };
    first::write(&mut book, &checked)?;
    list::write(&mut book, &checked)?;
    notice::write(&mut book, &checked)?;
    pages::own::write(&mut book, &checked.input, &check.own)?;
    pages::open::write(&mut book, &checked.input)?;
    columns::write(&mut book, &checked)?;
    outside::write(&mut book, &checked)?;
    if let Some(compared) = &check.compared {
        compared::write(&mut book, &checked, compared)?;
    }
    snapshot::write(&mut book, snapshot)?;
    book.bytes()
}

/// The office that a check is about: the only one, or all of them together.
fn pooled(results: &Results) -> Office {
    let whole = || results.groups.iter().find(|g| g.id == "all").or(results.groups.first());
    let office = if let [only] = results.offices.as_slice() { Some(only) } else { whole() };
    office.cloned().unwrap_or_else(|| Office { name: "本次自查".to_owned(), ..Office::default() })
}
