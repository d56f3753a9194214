//! The ledger of what is to be put right (整改台账): made from results, kept through the edits of people, moved on by later results.
//! Must not grade, and never writes a result: rectification changes no grade of the round.
//!
//! A row is one finding, known by its fingerprint. Every run reads what people did to the last ledger (three-way, against what the program
//! itself wrote), looks at the results that it has not seen, and decides each state anew.

pub mod history;
pub mod make;
pub mod merge;
mod people;
pub mod read;
pub mod rules;
pub mod state;
mod told;
pub mod version;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

/// Name of the sheet.
pub const SHEET: &str = "整改台账";
/// Counts by office.
pub const SUMMARY_SHEET: &str = "汇总";
/// Edits that contradict each other.
pub const CONFLICT_SHEET: &str = "冲突";
/// What the program wrote last, hidden: a line of JSON a row, the first one about the whole.
pub const BASE_SHEET: &str = "台账底稿";

/// Ids of the columns, which are their headings.
pub mod column {
    /// Number of the row; it stays with its finding.
    pub const NO: &str = "序号";
    /// Office.
    pub const OFFICE: &str = "机构";
    /// Case number.
    pub const CASE_NO: &str = "案号";
    /// Stage of the case.
    pub const STAGE: &str = "阶段";
    /// Criterion.
    pub const CRITERION: &str = "指标";
    /// What was found.
    pub const FOUND: &str = "问题";
    /// Basis.
    pub const BASIS: &str = "依据";
    /// Points.
    pub const LOST: &str = "扣分";
    /// Whether it can be mended.
    pub const REMEDY: &str = "可否补正";
    /// What is asked for.
    pub const ASKED: &str = "整改要求";
    /// Who answers for it.
    pub const UNIT: &str = "责任单位";
    /// Person.
    pub const PERSON: &str = "责任人";
    /// Day on which it was handed out.
    pub const ISSUED: &str = "下发日";
    /// Last day.
    pub const DUE: &str = "完成时限";
    /// State.
    pub const STATE: &str = "状态";
    /// What was done.
    pub const DONE: &str = "整改措施";
    /// Evidence.
    pub const EVIDENCE: &str = "佐证材料";
    /// Who checked it.
    pub const CHECKER: &str = "复核人";
    /// When.
    pub const CHECKED: &str = "复核日期";
    /// Days overdue.
    pub const OVERDUE: &str = "逾期天数";
    /// What the program says of the row.
    pub const PROGRAM: &str = "系统核对";
    /// Remarks.
    pub const REMARK: &str = "备注";
    /// Fingerprint, hidden.
    pub const KEY: &str = "编号（勿改）";
}

use column as c;

/// Every column in its first order, and whether people fill it in.
pub const COLUMNS: [(&str, bool); 23] = [
    (c::NO, false),
    (c::OFFICE, false),
    (c::CASE_NO, false),
    (c::STAGE, false),
    (c::CRITERION, false),
    (c::FOUND, false),
    (c::BASIS, false),
    (c::LOST, false),
    (c::REMEDY, false),
    (c::ASKED, false),
    (c::UNIT, false),
    (c::PERSON, true),
    (c::ISSUED, true),
    (c::DUE, true),
    (c::STATE, true),
    (c::DONE, true),
    (c::EVIDENCE, true),
    (c::CHECKER, true),
    (c::CHECKED, true),
    (c::OVERDUE, false),
    (c::PROGRAM, false),
    (c::REMARK, true),
    (c::KEY, false),
];

/// Whose a column is: `tool`, `people` or `own`.
pub fn whose(id: &str) -> &'static str {
    match COLUMNS.iter().find(|(title, _)| *title == id) {
        Some((_, true)) => "people",
        Some((_, false)) => "tool",
        None => "own",
    }
}
