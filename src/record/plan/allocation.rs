//! Reviewers, the rules by which they get cases, and who marks what. Must not give out cases.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CaseKey, Named};

/// How drawn cases are given to reviewers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationRules {
    /// Reviewers, by code.
    pub reviewers: Vec<Reviewer>,
    /// So many of a hundred drawn cases get a second mark, rounded up.
    pub second: String,
    /// Whether those who mark one case do not see each other's marks.
    pub blind: bool,
    /// What becomes of reviewers and offices that do not hang together.
    pub connected: Connected,
    /// Cases near the edge of a grade that get one more mark.
    pub extra: Vec<Named>,
    /// Day by which sheets are due (交卷期限), where one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// What becomes of reviewers and offices that do not hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connected {
    /// The fewest swaps are made and told.
    #[default]
    Mend,
    /// The fewest swaps are named and nothing is given out.
    Refuse,
    /// Nothing: severity of reviewers cannot be told apart from quality of offices.
    Off,
}

/// What a reviewer marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 全部
    Whole,
    /// 规范性
    Regularity,
    /// 业务性
    Substance,
}

/// A reviewer (评估专家).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Code.
    pub code: Arc<str>,
    /// Name.
    pub name: String,
    /// Id of the home office, whose cases are not for this reviewer; none = of no office of the batch.
    pub office: Option<String>,
    /// Case types; empty = all.
    pub case_types: Vec<String>,
    /// Group.
    pub group: Option<String>,
    /// Whether this one leads the group.
    pub leader: bool,
    /// Ids of offices, or case types, that this reviewer would rather mark.
    pub wishes: Vec<String>,
    /// At most so many marks.
    pub capacity: Option<u64>,
    /// Part.
    pub role: Part,
    /// Day by which the sheet of this one is due, where it is another than that of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// Which mark of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// 一评
    #[default]
    First,
    /// 二评, for cases chosen at random.
    Second,
    /// 加评, for cases near an edge; kept out of agreement.
    Extra,
}

/// Who marks what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// By reviewer code, then case.
    pub tasks: Vec<Task>,
    /// Swaps that made reviewers and offices hang together.
    pub swaps: Vec<Swap>,
}

impl Allocation {
    /// What one reviewer marks, in order of cases.
    pub fn of<'a>(&'a self, code: &str) -> &'a [Task] {
        let from = self.tasks.partition_point(|t| *t.reviewer < *code);
        let rest = self.tasks.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|t| *t.reviewer == *code)).unwrap_or_default()
    }
}

/// One mark to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Reviewer code.
    pub reviewer: Arc<str>,
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Part.
    pub part: Part,
    /// Which mark.
    pub turn: Turn,
    /// Whether others mark the case too and their marks are not to be seen.
    pub blind: bool,
}

/// Two reviewers exchange a case each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// Part.
    pub part: Part,
    /// Who gives `case` away and gets `other_case`.
    pub reviewer: Arc<str>,
    /// The one case.
    pub case: CaseKey,
    /// The other reviewer.
    pub other: Arc<str>,
    /// The other case.
    pub other_case: CaseKey,
}
