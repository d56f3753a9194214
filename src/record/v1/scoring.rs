//! How marks and grades come about under a rubric, so that a case can be computed again from its record alone.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::number::Number;

/// The rules of a rubric that turn criteria into marks, and marks into a grade.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scoring {
    /// `rescale`: what does not apply leaves the denominator; `full`: it counts as got.
    pub not_applicable: String,
    /// What bonus criteria may add at most.
    pub bonus_most: Number,
    /// Criteria whose points are added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonus: Vec<String>,
    /// Criteria without which nothing counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<String>,
    /// Deductions by criterion; one that is not named loses all of its points at once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub deduct: BTreeMap<String, DeductRecord>,
    /// Levels, best first; levels scheme only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// What each grade asks, best first, of the indicators that apply; levels scheme only, nothing for the last grade.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<Vec<RequireRecord>>,
}

/// A deduction that is not all or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeductRecord {
    /// `observation`, `unit` (days, months, hours, items), `point` (what a reviewer takes off) or `steps`.
    pub per: String,
    /// Points each; `null` for steps.
    pub points: Option<Number>,
    /// At most.
    pub most: Number,
    /// Whether no record counts as not met, which may lose the most at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent_unmet: bool,
}

/// That so many of the applicable indicators reach a level or better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequireRecord {
    /// Level.
    pub level: String,
    /// All of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// This share of them, as a fraction of 1 such as `3/4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// So many of them, or all when fewer apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}
