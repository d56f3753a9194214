//! 评分表: the workbook that a reviewer fills in, and the empty forms of a panel. Must not show what other reviewers marked, nor read
//! anything back.

mod columns;
mod detail;
mod draft;
mod filled;
mod forms;
mod grid;
mod identity;
mod index;
mod input;
mod item;
mod look;
mod page;
#[cfg(test)]
mod tests;
mod total;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::book::Book;
use super::words;
use super::workbook::Context;
use crate::base::form::{self, Facts, Layout};
use crate::record::plan::{CaseKey, Part, Plan, Reviewer, Task};
use crate::record::v1::CaseRecord;

pub use filled::{Entry, Filled};
pub use forms::{FILE as FORMS, workbook as forms};
pub use item::{Item, Line, Sheet, State};

/// What score sheets are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The run that graded the cases by machine.
    pub context: Context<'a>,
    /// The draw.
    pub plan: &'a Plan,
    /// Levels, best first, by id of the rubric that works by levels.
    pub levels: &'a BTreeMap<String, Vec<String>>,
    /// The cases, graded by machine.
    pub cases: &'a BTreeMap<CaseKey, CaseRecord>,
    /// Layout.
    pub layout: Layout,
    /// When machine facts are seen.
    pub facts: Facts,
    /// Only these tasks; without it all.
    pub only: Option<&'a BTreeSet<(Arc<str>, CaseKey)>>,
    /// What is filled in already, for an example.
    pub fill: Option<Fill<'a>>,
}

/// What is filled in on a page.
pub type Fill<'a> = &'a dyn Fn(&str, &Sheet<'_>) -> Filled;

/// One workbook in the making.
struct Pack<'a> {
    input: &'a Input<'a>,
    code: &'a str,
    calibration: bool,
    sheets: Vec<Sheet<'a>>,
}

impl Pack<'_> {
    /// Over the title of everything that is not to be taken for more than it is.
    fn mark(&self) -> String {
        let fictitious = words::mark(&self.input.context.batch.title);
        format!("{fictitious}{}", if self.calibration { "【校准练习】" } else { "" })
    }
}

/// The workbook of a reviewer; nothing where there is no case for them.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(input: &Input<'_>, reviewer: &Reviewer) -> Result<Option<Vec<u8>>> {
    let all = input.plan.allocation.as_ref().map(|a| a.of(&reviewer.code)).unwrap_or_default();
    let wanted = |t: &&Task| input.only.is_none_or(|only| only.contains(&(Arc::clone(&t.reviewer), t.case.clone())));
    let tasks: Vec<&Task> = all.iter().filter(wanted).collect();
    if tasks.is_empty() {
        return Ok(None);
    }
    make(input, &reviewer.code, false, tasks.into_iter().map(|t| (&t.case, t.part))).map(Some)
}

/// The calibration pack (校准) of a reviewer: cases that all mark for practice.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn calibration(input: &Input<'_>, reviewer: &Reviewer, cases: &[CaseKey]) -> Result<Vec<u8>> {
    make(input, &reviewer.code, true, cases.iter().map(|c| (c, reviewer.role)))
}

fn make<'a>(input: &Input<'a>, code: &str, calibration: bool, tasks: impl Iterator<Item = (&'a CaseKey, Part)>) -> Result<Vec<u8>> {
    let sheets: Vec<Sheet<'_>> = (1_u32..).zip(tasks).map(|(n, (case, part))| Sheet::new(input, n, case, part)).collect();
    let filled = |s: &Sheet<'_>| input.fill.filter(|_| !calibration).map(|fill| fill(code, s)).unwrap_or_default();
    let sheets: Vec<Sheet<'_>> = sheets.into_iter().map(|s| Sheet { filled: filled(&s), ..s }).collect();
    let rows = sheets.iter().map(|s| s.items.len()).sum();
    let about = if calibration { format!("校准评分表 {code}") } else { format!("评分表 {code}") };
    let mut book = Book::new(&input.context, &about, "", rows)?;
    let pack = Pack { input, code, calibration, sheets };
    let look = look::Look::default();
    match input.layout {
        Layout::Pages => {
            let pages = pack.sheets.iter().map(|s| page::make(&mut book, &look, &pack, s)).collect::<Result<Vec<_>>>()?;
            let (sheets, spots): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
            index::write(&mut book, &look, &pack, &spots)?;
            sheets.into_iter().for_each(|s| book.push(s));
        }
        Layout::Grid => {
            let (sheets, spots) = grid::make(&mut book, &look, &pack)?;
            index::write(&mut book, &look, &pack, &spots)?;
            sheets.into_iter().for_each(|s| book.push(s));
        }
    }
    if input.facts == Facts::Shown {
        detail::write(&mut book, &look, &pack)?;
    }
    identity::write(&mut book, &pack)?;
    book.bytes()
}

/// A sheet whose formulas are blank where they have nothing to say yet.
fn blank_sheet(book: &mut Book, name: &str) -> Result<Worksheet> {
    let mut sheet = book.free(name)?;
    sheet.set_formula_result_default("");
    Ok(sheet)
}

/// The kind and frame by which a workbook is known again.
fn identity_of(pack: &Pack<'_>) -> (&'static str, String) {
    let frame = &pack.input.plan.frame_sha256;
    if pack.calibration { (form::CALIBRATION, format!("{frame}{}", form::CALIBRATION_FRAME)) } else { (form::KIND, frame.clone()) }
}
