//! Two results side by side (对比) as `diff` prints it: what became of the findings, and why each office's main rate moved.
//! Must not hold anything but plain data; fields are only ever added.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::{CaseRef, Compared, Tool};
use crate::base::text::Text;

/// A whole comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Option<Tool>,
    /// Title of the newer batch.
    pub title: String,
    /// As-of date of the older one.
    pub old_as_of: String,
    /// As-of date of the newer one.
    pub new_as_of: String,
    /// What differs for all cases: standard, as-of date, scope, waivers.
    pub causes: Vec<Text>,
    /// Every office of either, by name. Empty where one side holds no grades.
    pub offices: Vec<DiffOffice>,
    /// What became of the findings.
    pub findings: Compared,
}

/// An office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiffOffice {
    /// Name.
    pub office: String,
    /// Name of the main rate.
    pub rate: String,
    /// Surely and possibly so many, of so many; `null` where the office is not in the older result.
    pub old: Option<[u64; 3]>,
    /// The same in the newer one. `old − gone + come + up − down = new`.
    pub new: Option<[u64; 3]>,
    /// Cases in the older one only: surely and possibly within the rate, and all.
    pub gone: [u64; 3],
    /// Cases in the newer one only.
    pub come: [u64; 3],
    /// Cases in both that came within the rate: surely and possibly.
    pub up: [u64; 2],
    /// Cases in both that fell out of it.
    pub down: [u64; 2],
    /// Cases in both whose grade or marks changed.
    pub moved: Vec<Moved>,
    /// Findings: fixed, new, still there, not comparable.
    pub findings: [u64; 4],
}

/// A case whose grade or marks changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// Case.
    #[serde(flatten)]
    pub case: CaseRef,
    /// Grade before; several where it was undecided.
    pub before: String,
    /// Grade after.
    pub after: String,
    /// Whether it moved the rate.
    pub counts: bool,
    /// Whether another standard, or another text of it, was applied.
    pub other_standard: bool,
    /// Criteria that changed.
    pub criteria: Vec<MovedCriterion>,
}

/// A criterion that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MovedCriterion {
    /// Criterion.
    pub id: Arc<str>,
    /// Outcome before; nothing where the rubric had it not.
    pub before: Option<String>,
    /// Outcome after.
    pub after: Option<String>,
    /// Points surely got, after less before.
    pub points: Number,
}
