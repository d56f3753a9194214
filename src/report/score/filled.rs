//! What is filled in on a page, for an example of a round: empty where a sheet is for people. Must not decide what to fill in.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet};

use crate::base::date;
use crate::base::points::Points;
use crate::report::Result;
use crate::report::cell::{Cell, put};

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// 扣分; none where a word stands.
    pub off: Option<Points>,
    /// A level, 成立 or 不成立.
    pub word: String,
    /// 扣分情形
    pub situation: String,
    /// 理由
    pub reason: String,
    /// 页码
    pub pages: String,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// By id.
    pub entries: BTreeMap<String, Entry>,
    /// 亮点, 不足, 建议, 评定等次, 评估专家编号, and last 评定日期 as `2025-01-06`.
    pub verdict: [String; 6],
}

impl Filled {
    /// Whether anything is filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the state of the page shows before anything is reckoned anew.
    pub fn state(&self) -> &'static str {
        if self.is_empty() { "未评" } else { "已评" }
    }

    /// The grade.
    pub fn grade(&self) -> &str {
        &self.verdict[3]
    }
}

impl Entry {
    /// Writes the mark into its cell.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn mark(&self, sheet: &mut Worksheet, row: u32, col: u16, format: &Format) -> Result<()> {
        match self.off {
            Some(points) => put(sheet, row, col, &Cell::Number(points.shown()), format),
            None => words(sheet, row, col, &self.word, format),
        }
    }
}

/// Writes words over a blank cell; none leave it blank.
///
/// # Errors
/// When the sheet does not take them.
pub fn words(sheet: &mut Worksheet, row: u32, col: u16, text: &str, format: &Format) -> Result<()> {
    if !text.is_empty() {
        put(sheet, row, col, &Cell::text(text.to_owned()), format)?;
    }
    Ok(())
}

/// Writes a day over a blank cell.
///
/// # Errors
/// When the sheet does not take it.
pub fn day(sheet: &mut Worksheet, row: u32, col: u16, text: &str, format: &Format) -> Result<()> {
    if date::read(text).is_ok() {
        put(sheet, row, col, &Cell::Day(text), format)?;
    }
    Ok(())
}
