//! What `what-if --format json` prints, format 1: what would lift each case and each office.
//! Must not hold anything but plain data; fields are only ever added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::{Marks, Tool};
use crate::base::text::Text;

/// A whole answer (提升).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct WhatIf {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// Title of the batch.
    pub title: String,
    /// 截止日
    pub as_of: String,
    /// Whether the result is sealed (定稿); else all of this is of a draft.
    #[serde(rename = "final")]
    pub sealed: bool,
    /// The offices asked about, by id.
    pub offices: Vec<LiftOffice>,
}

/// An office.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LiftOffice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name of the headline rate.
    pub rate: String,
    /// Surely so many.
    pub k_low: u64,
    /// Possibly so many.
    pub k_high: u64,
    /// Of so many.
    pub n: u64,
    /// Its place among the offices of the result by this rate; `null` while cases of it are undecided, and without cases.
    pub place: Option<Place>,
    /// Offices that have no place, because cases of theirs are undecided or they have none.
    pub unplaced: Vec<String>,
    /// Cases that are at the best grade already.
    pub best: u64,
    /// Every other selected case, by number.
    pub cases: Vec<LiftCase>,
    /// Cases that would surely come to count in the rate, those with the fewest fixes first; each on top of those before it.
    pub steps: Vec<LiftStep>,
}

/// A place among offices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// From 1; offices with an equal rate share it.
    pub place: u64,
    /// Offices that have a place.
    pub of: u64,
    /// Names of the others with an equal rate.
    pub ties: Vec<String>,
}

/// One more case lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiftStep {
    /// Case.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// Fixes in this case.
    pub fixes: u64,
    /// Fixes up to here.
    pub all_fixes: u64,
    /// The rate then: surely.
    pub k_low: u64,
    /// Possibly.
    pub k_high: u64,
    /// The place then, the other offices unchanged.
    pub place: Option<Place>,
    /// Places climbed from where the office stands now.
    pub climbed: Option<u64>,
}

/// A case that is not at the best grade.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LiftCase {
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    pub stage: Option<String>,
    /// Rubric id.
    pub rubric: Option<String>,
    /// Marks as recorded.
    pub marks: Option<Marks>,
    /// Grades that are possible, best first, as recorded.
    pub possible: Vec<String>,
    /// The next grade above the worst possible one.
    pub target: Option<String>,
    /// Why nothing can be computed (不能推算).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unknown: Option<Text>,
    /// What no fix changes: red lines, gates that cannot be mended, parts that somebody must decide first.
    pub first: Vec<Text>,
    /// The fewest fixes that surely reach the target by completing what is there to be completed: nothing that a reviewer took off or that can
    /// only be explained.
    pub sure: Option<LiftSet>,
    /// Where there is none: the fewest, counting also points that those who review would have to give back: reviewers' own deductions, and
    /// explanations that they accept.
    pub agreed: Option<LiftSet>,
    /// Where nothing surely does: the fewest that reach it if all that is open turns out well.
    pub hoped: Option<LiftSet>,
    /// The fewest that surely come to count in the headline rate, where that takes more than the target.
    pub rate: Option<LiftSet>,
    /// Places that the office climbs if this case alone comes to count in the headline rate, the other offices unchanged.
    pub climbed: Option<u64>,
    /// What fixing all that can be fixed comes to, where the target stays out of reach.
    pub all: Option<LiftSet>,
}

/// A set of fixes and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiftSet {
    /// How many findings, or indicators in the levels scheme.
    pub fixes: u64,
    /// Points gained: at worst and at best; `null` in the levels scheme.
    pub gain: Option<[Number; 2]>,
    /// Marks then.
    pub marks: Option<Marks>,
    /// The worst and the best grade then.
    pub grades: [String; 2],
    /// What to do, in order of the rubric.
    pub todo: Vec<LiftFix>,
}

/// What to do about one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiftFix {
    /// Criterion.
    pub criterion: String,
    /// Its title.
    pub title: Text,
    /// `complete`, `explain`; `raise` for an indicator of the levels scheme.
    pub act: String,
    /// Whether a reviewer took the points off, and so must agree.
    pub human: bool,
    /// Ids of the findings, all of which are to be fixed.
    pub findings: Vec<String>,
    /// What was found, a line each.
    pub found: Vec<Text>,
    /// What to do.
    pub fix: Text,
    /// Points gained by it, done in this order: at worst and at best.
    pub worth: [Number; 2],
    /// The level now, in the levels scheme.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
}
