//! What a cell takes: limits, lists and the hints beside them. Must not write cells.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, ProtectionOptions, Worksheet};

use crate::base::form;
use crate::report::Result;

/// 扣分情形.
pub const SITUATIONS: [&str; 7] = ["缺失", "不完整", "不规范", "超期", "内容不符", "质量不足", "其他"];

/// Locks a sheet but for its open cells; columns and rows may be made wider and higher, lists filtered.
pub fn lock(sheet: &mut Worksheet) {
    let options = ProtectionOptions { format_columns: true, format_rows: true, use_autofilter: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&options);
}

fn told(of: DataValidation, title: &str, hint: &str, wrong: &str) -> Result<DataValidation> {
    Ok(of.set_input_title(title)?.set_input_message(hint)?.set_error_title(title)?.set_error_message(wrong)?)
}

/// Points taken off: the first cell, and that of its full points.
pub fn off(cell: &str, points: &str) -> Result<DataValidation> {
    let rule = format!("=OR({cell}=\"{}\",AND(ISNUMBER({cell}),{cell}>=0,{cell}<={points}))", form::NOT_APPLICABLE);
    let hint = "0 = 不扣分；空着 = 还没有评；最多扣到分值。不适用的填“不适用”并写理由。扣分必须写理由。";
    told(DataValidation::new().allow_custom(Formula::new(rule)), form::OFF, hint, "应填 0 到分值之间的数，或者“不适用”。")
}

/// One of these words; any where Excel takes no list so long.
pub fn one_of<T: AsRef<str>>(words: &[T], title: &str, hint: &str) -> Result<DataValidation> {
    let list = DataValidation::new();
    let list = list.clone().allow_list_strings(words).unwrap_or(list);
    let all: String = words.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("、").chars().take(200).collect();
    told(list, title, hint, &format!("应从列表中选：{all}"))
}

/// A level, or that the criterion does not apply.
pub fn level(levels: &[String]) -> Result<DataValidation> {
    let words: Vec<&str> = levels.iter().map(String::as_str).chain([form::NOT_APPLICABLE]).collect();
    one_of(&words, form::LEVEL, "从列表中选；空着 = 还没有评；不适用的选“不适用”并写理由。")
}

/// 扣分情形; what is not in the list may be written too.
pub fn situation() -> Result<DataValidation> {
    one_of(&SITUATIONS, form::SITUATION, "从列表中选；都不合适的选“其他”，在理由中写明。")
}

/// 成立 or 不成立.
pub fn decision() -> Result<DataValidation> {
    one_of(&[form::YES, form::NO], form::DECISION, "机检提示的红线须由人决定：成立或不成立，都要写理由。")
}

/// A hint alone.
pub fn hint(title: &str, hint: &str) -> Result<DataValidation> {
    told(DataValidation::new().allow_any_value(), title, hint, "")
}

/// A day.
pub fn day(title: &str) -> Result<DataValidation> {
    let rule = DataValidationRule::Between(ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
    told(DataValidation::new().allow_date(rule), title, "例如 2024-11-20", "应填日期，例如 2024-11-20。")
}

/// The code by which a reviewer signs.
pub fn signed(code: &str) -> Result<DataValidation> {
    one_of(&[code], form::SIGNED, "填本人编号，即为签署；与评定等次、评定日期一并填写。")
}

/// Rows that follow each other, as first and last.
pub fn runs(rows: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    runs
}

/// Where a case stands (未评, 部分, 已评): cells that must be filled, all that may be, and grade, code and day.
pub fn state(must: &[String], n: usize, all: &[String], verdict: &[String]) -> String {
    let signed = verdict.iter().map(|cell| format!("{cell}<>\"\"")).collect::<Vec<_>>().join(",");
    let marked = if must.is_empty() { String::new() } else { format!("COUNTA({})={n},", must.join(",")) };
    let begun = all.iter().chain(verdict).map(String::as_str).collect::<Vec<_>>().join(",");
    format!("=IF(AND({marked}{signed}),\"已评\",IF(COUNTA({begun})=0,\"未评\",\"部分\"))")
}
