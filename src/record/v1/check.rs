//! What `check --format json` prints: results, cases, what to do first, and how it compares with an earlier check.
//! Must not hold anything but plain data; fields are only ever added.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch::Results;
use super::case::CaseRecord;
use super::input::OutRecord;
use crate::base::text::Text;
use crate::record::number::Number;

/// A whole self-check (自查).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// The same as `results.json` of a run over these offices.
    #[serde(flatten)]
    pub results: Results,
    /// The same as the lines of `cases.jsonl`.
    pub cases: Vec<CaseRecord>,
    /// Lines about the offices themselves, where a rubric is about offices.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub own: Vec<CaseRecord>,
    /// The same as the lines of `out-of-scope.jsonl`: cases that are not graded, and why.
    pub not_graded: Vec<OutRecord>,
    /// What can be done, the most points first.
    pub todo: Vec<Todo>,
    /// Against an earlier check, when one was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared: Option<Compared>,
}

/// One job, however many cases it is to be done in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Todo {
    /// `complete` 补齐, `explain` 说明, `verify` 核实.
    pub act: String,
    /// `document:ID` or `field:ID`, when it is about one.
    pub about: Option<Arc<str>>,
    /// What to do.
    pub what: Text,
    /// How.
    pub fix: Text,
    /// Criteria concerned, in order.
    pub criteria: Vec<Arc<str>>,
    /// In how many cases.
    pub cases: u64,
    /// Points lost by it over all cases: surely, and at most.
    pub lost: [Number; 2],
    /// The cases.
    #[serde(rename = "where")]
    pub places: Vec<CaseRef>,
}

/// A case by its identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct CaseRef {
    /// Office name.
    pub office: Arc<str>,
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<String>,
}

/// This check against an earlier one (与上次自查对比).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// As-of date of the earlier one.
    pub as_of: String,
    /// Gone, and the same criterion was evaluated on the same case.
    pub fixed: Vec<ComparedFinding>,
    /// Not there before.
    pub new: Vec<ComparedFinding>,
    /// Still there.
    pub still: Vec<ComparedFinding>,
    /// Gone or new for another reason than the case itself.
    pub not_comparable: Vec<ComparedFinding>,
}

/// One finding of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedFinding {
    /// Case.
    #[serde(flatten)]
    pub case: CaseRef,
    /// Criterion.
    pub criterion: Arc<str>,
    /// Outcome now, or the earlier one where the finding is gone.
    pub outcome: String,
    /// What was found.
    pub message: Text,
    /// Points surely lost.
    pub lost: Number,
    /// Why it cannot be compared, or how it changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<Text>,
    /// Fingerprint.
    pub fingerprint: String,
}
