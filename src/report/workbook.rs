//! The workbook of one office (`<office>.xlsx`). Must not look at any other office.

use super::Result;
use super::book::{Book, Limits};
use super::figures::Frame;
use super::pages::{self, Input};
use crate::record::v1::{Batch, CaseRecord, Office, ProblemRecord, Results, RubricRecord, Tool};

/// What every workbook of a run has in common.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What was looked at.
    pub batch: &'a Batch,
    /// Every rubric of the run.
    pub rubrics: &'a [RubricRecord],
    /// Those about offices or firms.
    pub own: &'a [RubricRecord],
    /// Program and version.
    pub tool: &'a Tool,
    /// Problems; a workbook shows those that name its office.
    pub problems: &'a [ProblemRecord],
}

impl<'a> Context<'a> {
    /// The context that saved results hold.
    pub fn of(results: &'a Results) -> Self {
        Self {
            batch: &results.batch,
            rubrics: &results.rubrics,
            own: &results.own_rubrics,
            tool: &results.tool,
            problems: &results.problems,
        }
    }
}

/// The bytes of an office's workbook; `cases` are all its case records, sorted, those about the office itself before them.
///
/// # Errors
/// When a sheet cannot be put together, for example because the disk for temporary files is full.
pub fn office(context: &Context<'_>, office: &Office, cases: &[CaseRecord]) -> Result<Vec<u8>> {
    within(Limits::default(), context, office, cases)
}

/// The same with sheets that hold less, so that tests need no million rows.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn within(limits: Limits, context: &Context<'_>, office: &Office, cases: &[CaseRecord]) -> Result<Vec<u8>> {
    let (own, cases) = cases.split_at(cases.partition_point(|c| c.subject != "case"));
    let input = Input { context: *context, office, cases, frame: Frame::new(context.rubrics, cases), limits };
    let rows = cases.len() + cases.iter().map(|c| c.findings.len()).sum::<usize>();
    let mut book = Book::new(context, &office.name, &office.name, rows)?;
    book.limit(limits);
    pages::overview::write(&mut book, &input)?;
    pages::own::write(&mut book, &input, own)?;
    pages::cases::write(&mut book, &input)?;
    pages::deductions::write(&mut book, &input)?;
    pages::review::write(&mut book, &input)?;
    pages::archive::write(&mut book, &input)?;
    pages::properties::write(&mut book, &input)?;
    pages::filing::write(&mut book, &input)?;
    pages::people::write(&mut book, &input)?;
    pages::open::write(&mut book, &input)?;
    pages::ledger::write(&mut book, &input)?;
    pages::standard::write(&mut book, &input)?;
    book.bytes()
}
