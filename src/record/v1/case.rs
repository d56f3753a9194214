//! One line of `cases.jsonl`: a case with its marks, criteria, findings, fields, documents and reviews.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::PlaceRecord;
use super::panel::CasePanel;
use crate::base::text::Text;
use crate::record::number::Number;

/// One line of `cases.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CaseRecord {
    /// `case`, `firm` or `office`.
    pub subject: String,
    /// Office name.
    pub office: Arc<str>,
    /// Canonical case number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// `selected` or `not_selected`.
    pub scope: String,
    /// Rubric id; `null` when none could be chosen.
    pub rubric: Option<Arc<str>>,
    /// `points` or `levels`.
    pub scheme: Option<String>,
    /// Marks; `null` in the levels scheme, when nothing applies, and when not selected.
    pub marks: Option<Marks>,
    /// The grade, when only one is possible.
    pub grade: Option<Arc<str>>,
    /// Every grade that is possible, best first.
    pub possible: Vec<Arc<str>>,
    /// True when `possible` may hold more than the truth.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub possible_superset: bool,
    /// Every criterion of the rubric in its order.
    pub criteria: Vec<CriterionResult>,
    /// What is worth telling.
    pub findings: Vec<Finding>,
    /// Values in use by field id, masked.
    pub fields: BTreeMap<Arc<str>, Arc<str>>,
    /// Where the values of an office or firm stand, by field id; not told of a case.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub sources: BTreeMap<Arc<str>, PlaceRecord>,
    /// Documents by id: how many.
    pub documents: Vec<DocumentRecord>,
    /// Marks of reviewers.
    pub reviews: Vec<Review>,
    /// How these became the result, where there was a round of review.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub panel: Option<Box<CasePanel>>,
}

/// Marks as an interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Marks {
    /// Sure.
    pub low: Number,
    /// Possible.
    pub high: Number,
    /// Full marks.
    pub total: Number,
    /// Low and high as fractions, where two decimals do not show them exactly.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exact: Option<[String; 2]>,
}

/// A criterion of one case: short keys, no text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionResult {
    /// Criterion id.
    pub id: Arc<str>,
    /// `met`, `unmet`, `not_applicable`, `unclear`, `pending`, `waived`, `failed`.
    pub outcome: std::borrow::Cow<'static, str>,
    /// Points at stake (0 in the levels scheme).
    pub of: Number,
    /// Points surely got.
    pub low: Number,
    /// Points possibly got.
    pub high: Number,
    /// Level got, levels scheme only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<Arc<str>>,
    /// Criterion whose defect explains that this one is unclear; then it has no finding of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<Arc<str>>,
    /// Points got, low and high, as fractions, where two decimals do not show them exactly.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exact: Option<[String; 2]>,
    /// Points got if it applies, low and high, as fractions; only where it may turn out not to apply.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub if_applies: Option<[String; 2]>,
}

/// A finding (问题).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Unique within the case: criterion and a number.
    pub id: String,
    /// Criterion, red line or built-in id.
    pub criterion: Arc<str>,
    /// Outcome word.
    pub outcome: std::borrow::Cow<'static, str>,
    /// `error`, `warning` or `info`.
    pub severity: std::borrow::Cow<'static, str>,
    /// Points lost because of it, surely and possibly.
    pub lost: [Number; 2],
    /// What was found.
    pub message: Text,
    /// What to do.
    pub fix: Arc<Text>,
    /// `complete`, `explain` or `none`.
    pub remedy: std::borrow::Cow<'static, str>,
    /// Basis, with 依据待核 where not verified.
    pub basis: Arc<Text>,
    /// Criterion whose defect explains this one.
    pub because: Option<Arc<str>>,
    /// What is wrong or lacking: `document:ID` or `field:ID`; its title stands in `titles` of `results.json`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<Arc<str>>,
    /// Every place.
    pub places: Vec<PlaceRecord>,
    /// The same finding has the same fingerprint in every run.
    pub fingerprint: String,
}

/// Whether nobody can tell yet: an outcome that is unclear, still to be marked, or not checked.
pub fn is_open(outcome: &str) -> bool {
    matches!(outcome, "unclear" | "pending" | "failed")
}

impl CaseRecord {
    /// Whether it is a case that is graded, and so one that rates count.
    pub fn is_selected(&self) -> bool {
        self.scope == "selected" && self.subject == "case"
    }
}

/// A document of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// Document id.
    pub id: Arc<str>,
    /// `present`, `absent`, `declined`, `contradicted`.
    pub state: std::borrow::Cow<'static, str>,
    /// How many.
    pub count: u32,
}

/// A reviewer's mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// Criterion id.
    pub criterion: Arc<str>,
    /// As given.
    pub given: Arc<str>,
    /// Reviewer code.
    pub reviewer: Option<Arc<str>>,
    /// Reason.
    pub reason: Option<Arc<str>>,
    /// 扣分情形, where one was chosen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub situation: Option<Arc<str>>,
    /// Pages of the dossier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<Arc<str>>,
    /// Where.
    pub place: PlaceRecord,
}
