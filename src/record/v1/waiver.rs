//! Waivers (经批准不扣分) as results tell them: what each did, and what an office would be without them.
//! Must not hold anything but plain data; fields are only ever added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::office::{Grades, Rate};
use crate::record::number::Number;

/// A waiver of the settings, and how far it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverRecord {
    /// Criteria or groups.
    pub criteria: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// First day.
    pub from: String,
    /// Last day, which counts.
    pub to: String,
    /// Offices; empty = all.
    pub offices: Vec<String>,
    /// Case numbers; empty = all.
    pub cases: Vec<String>,
    /// Case types; empty = all.
    pub case_types: Vec<String>,
    /// Selected cases that it was used in; 0 = unused.
    pub used: u64,
    /// Points that these would surely have lost.
    pub points: Number,
    /// Whether its last day is before the as-of date.
    pub expired: bool,
}

/// What an office used of a waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waived {
    /// Which, counted from 1 in the order of `waivers`.
    pub waiver: u64,
    /// Selected cases.
    pub cases: u64,
    /// Points that they would surely have lost.
    pub points: Number,
}

/// An office as it would be without waivers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Without {
    /// Selected cases in which anything was waived.
    pub cases: u64,
    /// Cases by grade.
    pub grades: Grades,
    /// The rates.
    pub rates: Vec<Rate>,
    /// Mean mark, low and high.
    pub mean: Option<[Number; 2]>,
    /// The means as exact fractions.
    pub mean_exact: Option<[String; 2]>,
}
