//! What `nominate --format json` prints, format 1: candidates for typical cases, and subsidies by grade.
//! Must not hold anything but plain data; fields are only ever added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::Tool;
use crate::base::text::Text;

/// A whole answer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Nomination {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// Title of the batch.
    pub title: String,
    /// 截止日
    pub as_of: String,
    /// Whether the result is sealed (定稿).
    #[serde(rename = "final")]
    pub sealed: bool,
    /// Candidates by office; `null` when no rules are given.
    pub nominated: Option<Vec<Candidates>>,
    /// Subsidies; `null` when no rules are given.
    pub subsidy: Option<Subsidies>,
}

/// The candidates of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Candidates {
    /// Id.
    pub id: String,
    /// Name.
    pub office: String,
    /// Cases that fulfil the rules.
    pub fit: u64,
    /// At most so many of them as the rules say, in order.
    pub cases: Vec<Candidate>,
}

/// A candidate (典型案例候选); a person nominates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// Case type.
    pub case_type: Option<String>,
    /// Grade.
    pub grade: String,
    /// Mark, low end.
    pub marks: Option<Number>,
    /// Why it fulfils the rules.
    pub reasons: Vec<Text>,
}

/// Subsidies by grade (差别补贴). Amounts are rounded to two decimals case by case; sums are those of the rounded ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Subsidies {
    /// Factors as given: grade, factor.
    pub factors: Vec<(String, String)>,
    /// Every selected case.
    pub cases: Vec<Subsidy>,
    /// By office.
    pub offices: Vec<SubsidySum>,
    /// By lawyer as registered; cases without one stand under an empty name.
    pub lawyers: Vec<SubsidySum>,
    /// Where such a rule may come from.
    pub note: Text,
}

/// The subsidy of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Subsidy {
    /// Office name.
    pub office: String,
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// Lawyer as registered.
    pub lawyer: Option<String>,
    /// Grade; `null` while undecided.
    pub grade: Option<String>,
    /// Base.
    pub base: Option<Number>,
    /// Factor, as given.
    pub factor: Option<String>,
    /// Base by factor; `null` where one is missing.
    pub amount: Option<Number>,
    /// Why there is none yet.
    pub why: Option<Text>,
}

/// A sum of subsidies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubsidySum {
    /// Office.
    pub office: String,
    /// Lawyer, in sums by lawyer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lawyer: Option<String>,
    /// Cases with an amount.
    pub cases: u64,
    /// Cases without one yet.
    pub without: u64,
    /// Sum.
    pub amount: Number,
}
