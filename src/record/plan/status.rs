//! Where a round of review stands (交卷情况): who has handed in what, as `draw --status` prints it. Must not decide who is late.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CaseKey, Part};
use crate::base::text::Text;

/// The whole round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Title of the batch.
    pub title: String,
    /// Day up to which it is told who is late; none when nobody gave one.
    pub as_of: Option<String>,
    /// All reviewers together.
    pub total: Counts,
    /// By reviewer, by code.
    pub reviewers: Vec<Person>,
    /// By group.
    pub groups: Vec<Group>,
    /// Cases that still lack marks, in order.
    pub short: Vec<Short>,
    /// What was not used of sheets, besides what is to be sent back.
    pub others: Vec<Back>,
}

/// So many pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// 分到
    pub given: u64,
    /// 已交: every criterion marked, and signed.
    pub done: u64,
    /// 半填
    pub half: u64,
    /// 未交: no page, or nothing on it.
    pub none: u64,
    /// 退回: workbooks that must be mended.
    pub back: u64,
    /// 逾期: pages not handed in though they were due; none where no day is set or asked about.
    pub late: Option<u64>,
}

/// A reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Code.
    pub code: Arc<str>,
    /// Name.
    pub name: String,
    /// Group.
    pub group: Option<String>,
    /// Day by which the sheet is due.
    pub due: Option<String>,
    /// Pages.
    pub counts: Counts,
    /// What is to be mended.
    pub back: Vec<Back>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Name; none for those in no group.
    pub name: Option<String>,
    /// Pages.
    pub counts: Counts,
}

/// Something in a sheet that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// File, in the batch.
    pub file: String,
    /// Code of the problem.
    pub code: String,
    /// What it is.
    pub said: Text,
}

/// A case that lacks marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Name of the office.
    pub office_name: String,
    /// Of whom.
    pub of: Vec<Missing>,
}

/// A page that is not handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Code of the reviewer.
    pub reviewer: Arc<str>,
    /// Part.
    pub part: Part,
    /// Whether it is half filled in.
    pub half: bool,
    /// What of it is still blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blank: Vec<String>,
}
