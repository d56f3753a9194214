//! What a panel of reviewers (评查组) made of a case, and what is told of the panel as a whole.
//! Must not hold anything but plain data; fields are only ever added. Statistics are rounded to six decimals, as rates are.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::PlaceRecord;
use crate::base::text::Text;
use crate::record::number::Number;

/// How the marks of a case became its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CasePanel {
    /// What each reviewer's marks alone come to, in order of reading: 一评, 二评, 加评.
    pub opinions: Vec<Opinion>,
    /// `single`, `mean`, `majority`, `median`, `senior`, `council`, `objection`, or `open` while it is not settled.
    pub how: String,
    /// In words.
    pub why: Text,
    /// How many more reviewers the rubric asks for.
    pub needs: u32,
    /// Whether only a group leader can be one of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leader: bool,
    /// The grade as persons confirmed it (评定等次); `null` while it is only proposed (拟定等次).
    pub confirmed: Option<Confirmed>,
    /// Machine outcomes that persons set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Overridden>,
    /// Objections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<ObjectionRecord>,
    /// Good practice, shortcomings, advice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// What one reading of a case comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Opinion {
    /// Codes: one, or two where one marks 规范性 and another 业务性.
    pub reviewers: Vec<Arc<str>>,
    /// `first`, `second` or `extra`.
    pub turn: String,
    /// Marks; `null` in the levels scheme.
    pub low: Option<Number>,
    /// Possible marks.
    pub high: Option<Number>,
    /// The grade, when only one is possible.
    pub grade: Option<Arc<str>>,
    /// Whether every criterion is marked and the page signed.
    pub complete: bool,
    /// Grade that the reviewers confirmed, where they did.
    pub confirmed: Option<Arc<str>>,
    /// Their pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceRecord>,
}

/// Who confirmed a grade, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmed {
    /// Grade.
    pub grade: Arc<str>,
    /// Codes or names, sorted.
    pub by: Vec<Arc<str>>,
    /// Last day of signing.
    pub on: String,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

/// A machine outcome that persons set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overridden {
    /// Criterion.
    pub criterion: Arc<str>,
    /// What the machine says.
    pub outcome: String,
    /// Points that it surely leaves.
    pub low: Number,
    /// Points that it possibly leaves.
    pub high: Number,
    /// What it saw.
    pub message: Text,
    /// Who set it aside, and why.
    pub by: Text,
}

/// An objection (申诉).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectionRecord {
    /// Criterion or red line.
    pub criterion: Arc<str>,
    /// Who objects.
    pub by: Arc<str>,
    /// `office` or `lawyer`.
    pub role: Option<String>,
    /// Reason.
    pub reason: Option<Arc<str>>,
    /// Evidence.
    pub evidence: Option<Arc<str>>,
    /// Whether the evidence was there when the case was marked.
    pub existed: Option<bool>,
    /// 送达日
    pub served: Option<String>,
    /// 提出日
    pub raised: Option<String>,
    /// Last day for it, where the organiser set a limit.
    pub due: Option<String>,
    /// `upheld`, `kept`, `open`, or `invalid` where the decision breaks a rule.
    pub state: String,
    /// What it came to, in words.
    pub said: Text,
    /// Mark before, as shown.
    pub before: Option<Arc<str>>,
    /// Mark after, as shown.
    pub after: Option<Arc<str>>,
    /// Who marked the criterion first.
    pub reviewers: Vec<Arc<str>>,
    /// Who decided.
    pub deciders: Vec<Arc<str>>,
    /// When.
    pub decided: Option<String>,
    /// Where.
    pub place: PlaceRecord,
}

/// What a reviewer wrote about a case as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// Code.
    pub reviewer: Arc<str>,
    /// `good` (亮点), `lacking` (不足) or `advice` (建议).
    pub kind: String,
    /// Words.
    pub text: Arc<str>,
}

/// The panel of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Panel {
    /// The draw that cases were selected by.
    pub draw: Option<DrawRef>,
    /// Every reviewer, by code.
    pub reviewers: Vec<ReviewerRecord>,
    /// Cases by how they were settled.
    pub how: BTreeMap<String, u64>,
    /// Cases whose grade is confirmed.
    pub confirmed: u64,
    /// Cases that need more marks.
    pub needing: u64,
    /// How far reviewers agree.
    pub agreement: Vec<Figure>,
    /// Rates of offices without the marks of one reviewer.
    pub influence: Vec<Influence>,
    /// How lenient the reviewers of each office's cases are beside the others, by office name; only offices with marked cases.
    #[serde(default)]
    pub leniency: Vec<Leniency>,
    /// Objections.
    pub objections: Objections,
}

/// Leniency of the reviewers of an office's cases (评其案件的专家的松紧).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Leniency {
    /// Office.
    pub office: Arc<str>,
    /// Points above the others of the panel, on average over its cases; `null` where that cannot be told of every reviewer.
    pub points: Option<f64>,
    /// Cases with a complete mark.
    pub cases: u64,
    /// In words.
    pub plain: Text,
}

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawRef {
    /// SHA-256 of its frame.
    pub frame_sha256: String,
    /// Seed.
    pub seed: u64,
    /// Cases drawn.
    pub drawn: u64,
    /// Marks given out.
    pub tasks: u64,
    /// Drawn cases that are not in the batch any more, or not in scope.
    pub missing: u64,
    /// SHA-256 of its file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
}

/// A reviewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewerRecord {
    /// Code.
    pub code: Arc<str>,
    /// Name.
    pub name: String,
    /// Group.
    pub group: Option<String>,
    /// Cases given out.
    pub assigned: u64,
    /// Complete pages that came back.
    pub complete: u64,
    /// Pages that came back half filled.
    pub half: u64,
    /// Cases that others marked too.
    pub shared: u64,
    /// Mean of the marks that this reviewer's readings come to.
    pub mean: Option<f64>,
    /// Grades that these readings come to.
    pub grades: BTreeMap<Arc<str>, u64>,
    /// By how many points this reviewer marks above the others on the same cases.
    pub severity: Option<Figure>,
}

/// A statistic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Who it compares: codes of two reviewers, or nobody in particular.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<Arc<str>>,
    /// The figure; `null` is "no data", never 0.
    pub value: Option<f64>,
    /// 95 % interval.
    pub ci95: Option<[f64; 2]>,
    /// Cases it was computed from.
    pub cases: u64,
    /// Pairs of marks.
    pub pairs: u64,
    /// Who published it.
    pub source: String,
    /// What it means.
    pub plain: Text,
}

/// The headline rate of an office without one reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Influence {
    /// Office.
    pub office: Arc<str>,
    /// Code.
    pub reviewer: Arc<str>,
    /// Cases of the office with a mark of theirs.
    pub marked: u64,
    /// Reached and all, as it is.
    pub with: [u64; 2],
    /// Reached and all, without their marks.
    pub without: [u64; 2],
    /// In words.
    pub plain: Text,
}

/// Objections of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Objections {
    /// All.
    pub all: u64,
    /// Decided, in one way or the other.
    pub decided: u64,
    /// Upheld.
    pub upheld: u64,
    /// By criterion: upheld and decided.
    pub by_criterion: BTreeMap<Arc<str>, [u64; 2]>,
    /// By reviewer whose mark it was: upheld and decided.
    pub by_reviewer: BTreeMap<Arc<str>, [u64; 2]>,
}
