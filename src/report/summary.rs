//! 总表.xlsx: every office and group side by side. Must not look at single cases.

mod agreement;
mod charts;
mod filing;
mod heat;
mod lists;
mod offices;
mod own;
mod reviewers;

use super::Result;
use super::book::Book;
use super::pages::standard;
use super::words;
use super::workbook::Context;
use crate::record::v1::{Office, Results};

/// What the sheets are made from.
struct Input<'a> {
    context: Context<'a>,
    results: &'a Results,
    /// Grade titles, best first.
    grades: Vec<&'a str>,
    /// Names of the rates.
    rates: Vec<&'a str>,
}

impl Input<'_> {
    fn title(&self, sheet: &str) -> String {
        let mark = words::mark(&self.context.batch.title);
        format!("{mark}{sheet}")
    }

    /// The rate that the rubric names, counted from 0.
    fn headline(&self) -> usize {
        let all = self.results.offices.iter().chain(&self.results.groups);
        all.flat_map(|o| &o.rates).position(|r| r.headline).map_or(0, |i| i % self.rates.len().max(1))
    }
}

/// The bytes of 总表.xlsx.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn summary(context: &Context<'_>, results: &Results) -> Result<Vec<u8>> {
    let all = || results.offices.iter().chain(&results.groups);
    let mut grades: Vec<&str> = Vec::new();
    for title in results.rubrics.iter().flat_map(|r| r.grades.iter().map(|g| g.title.as_str())) {
        if !grades.contains(&title) && all().any(|o: &Office| o.grades.0.iter().any(|(g, _)| g == title)) {
            grades.push(title);
        }
    }
    let rates = all().next().map_or_else(Vec::new, |o| o.rates.iter().map(|r| r.name.as_str()).collect());
    let input = Input { context: *context, results, grades, rates };
    let unit = context.batch.made_by.as_deref().unwrap_or("");
    let mut book = Book::new(context, "总表", unit, results.offices.len())?;
    let columns = offices::write(&mut book, &input)?;
    own::write(&mut book, &input)?;
    charts::write(&mut book, &input, &columns)?;
    filing::write(&mut book, &input)?;
    lists::lost(&mut book, &input)?;
    heat::write(&mut book, &input)?;
    lists::cross(&mut book, &input)?;
    if let Some(panel) = &results.panel {
        reviewers::write(&mut book, &input, panel)?;
        agreement::write(&mut book, &input, panel)?;
    }
    lists::problems(&mut book, &input)?;
    let rubrics: Vec<_> = results.every_rubric().collect();
    let note = format!("标准性质：{}。标“依据待核”的依据尚未核对原文，引用前请核对。", words::standing(context));
    standard::rubrics(&mut book, &rubrics, input.title("评估标准"), note)?;
    book.bytes()
}
