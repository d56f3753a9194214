//! What `gap --format json` prints, format 1: self-assessed against audited results (自评与抽查).
//! Must not hold anything but plain data; fields are only ever added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::{Rate, Tool};
use crate::base::text::Text;

/// A whole comparison. Marks of rubrics whose total is not 100 are shown on a scale of 100.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// The self-assessment (自评).
    pub own: GapResult,
    /// The audit (抽查).
    pub audit: GapResult,
    /// Rubrics of both whose texts differ, or that only one has: cases under them are not compared one by one.
    pub other_rubrics: Vec<String>,
    /// Offices that either has, by id.
    pub offices: Vec<GapOffice>,
}

/// One of the two results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GapResult {
    /// Title.
    pub title: String,
    /// 截止日
    pub as_of: String,
    /// Whether it is sealed (定稿).
    #[serde(rename = "final")]
    pub sealed: bool,
}

/// An office.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GapOffice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What the self-assessment says of all its cases; `null` when it does not have the office.
    pub own: Option<GapSide>,
    /// What the audit says of all its cases.
    pub audit: Option<GapSide>,
    /// Cases that both graded.
    pub both: u64,
    /// Of these compared: decided in both, under the same text of the same rubric.
    pub compared: u64,
    /// Of these undecided in one.
    pub undecided: u64,
    /// Of these under another rubric, or another text of it.
    pub other_rubric: u64,
    /// Audited cases that were not self-assessed.
    pub only_audit: Vec<String>,
    /// The rates over the compared cases.
    pub rates: Vec<GapRate>,
    /// Mean mark over the compared cases that have marks: self-assessed, audited.
    pub mean: Option<[Number; 2]>,
    /// The same as exact fractions.
    pub mean_exact: Option<[String; 2]>,
    /// Self-assessed less audited, over the same cases.
    pub deviation: Option<Deviation>,
    /// How the grade changed, by self-assessed and audited grade, best first.
    pub moves: Vec<Move>,
    /// Cases whose audited grade is better.
    pub up: u64,
    /// Cases whose audited grade is worse.
    pub down: u64,
    /// Whether more self-marks are higher than chance explains; never a verdict.
    pub beyond: bool,
    /// In words.
    pub plain: Text,
    /// Every compared case, the largest deviation first.
    pub cases: Vec<GapCase>,
}

/// All cases of an office in one of the results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapSide {
    /// Cases graded.
    pub selected: u64,
    /// Of these decided.
    #[serde(rename = "final")]
    pub decided: u64,
    /// The rates.
    pub rates: Vec<Rate>,
    /// Mean mark, low and high.
    pub mean: Option<[Number; 2]>,
}

/// A rate over the compared cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GapRate {
    /// Name.
    pub name: String,
    /// Whether it is the main one.
    pub headline: bool,
    /// By the self-assessment.
    pub own: u64,
    /// By the audit.
    pub audit: u64,
    /// Of so many.
    pub n: u64,
}

/// Self-assessed less audited marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deviation {
    /// Cases with marks in both.
    pub cases: u64,
    /// Mean.
    pub mean: Number,
    /// Mean, exactly.
    pub mean_exact: String,
    /// Mean of what it is without its sign.
    pub mean_absolute: Number,
    /// The largest without its sign, with its sign.
    pub largest: Number,
    /// Its case.
    pub largest_case: String,
    /// Cases marked higher by the office itself.
    pub higher: u64,
    /// Cases marked lower.
    pub lower: u64,
    /// Cases marked equally.
    pub equal: u64,
}

/// Cases with these two grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Move {
    /// Self-assessed grade.
    pub own: String,
    /// Audited grade.
    pub audit: String,
    /// So many.
    pub cases: u64,
}

/// A compared case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GapCase {
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// Self-assessed mark.
    pub own: Option<Number>,
    /// Audited mark.
    pub audit: Option<Number>,
    /// Self-assessed less audited.
    pub difference: Option<Number>,
    /// Self-assessed grade.
    pub own_grade: String,
    /// Audited grade.
    pub audit_grade: String,
}
