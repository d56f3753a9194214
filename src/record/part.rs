//! `part.jsonl`: what a result of some offices (`assess --office`) carries besides, so that `merge` can join it with the others into
//! what one run would have written. Frozen form, format 1. Must not hold a person: case numbers, hashes, counts and masked places alone.
//!
//! The first line is a [`PartHead`], every other line a [`PartOffice`], in the order of the batch. A whole result has no such file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::v1::{Filing, PlaceRecord, ProblemRecord, Register, Tool};

/// Name of the file in a result folder.
pub const PART: &str = "part.jsonl";

/// What is told of the batch as a whole; the same in every part of one batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartHead {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// How names are shown: `masked` or `full`.
    pub names: String,
    /// Every office of the batch, in order.
    pub offices: Vec<Planned>,
    /// System files skipped outside the folders of offices.
    pub junk: u64,
    /// Problems that belong to no office.
    pub problems: Vec<ProblemRecord>,
    /// What no office takes of that which lies outside their folders.
    pub unclaimed: Vec<ProblemRecord>,
}

/// An office of the batch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Planned {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// What one office adds to the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartOffice {
    /// Stable id.
    pub id: String,
    /// Bytes of its lines in `cases.jsonl`, `out-of-scope.jsonl` and `inputs.jsonl`.
    pub bytes: [u64; 3],
    /// How many of the problems in `results.json` are its own.
    pub problems: u64,
    /// System files skipped in its folders.
    pub junk: u64,
    /// Drawn cases of its that were not graded.
    pub missing: u64,
    /// Register sheets as far as they are its own.
    pub registers: Vec<Register>,
    /// Counts.
    pub tally: Counts,
    /// Case numbers with their places.
    pub keys: Vec<(String, PlaceRecord)>,
    /// Prints of scanned pages in hex, with their places.
    pub scans: Vec<(String, PlaceRecord)>,
}

/// The counts of an office, exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Of all selected cases.
    pub all: Count,
    /// Cases with one possible grade.
    pub decided: u64,
    /// Marks, low and high as fractions, and how many cases have them.
    pub marks: Vec<(String, String, u64)>,
    /// By case type.
    pub types: BTreeMap<String, Count>,
    /// By recipient group.
    pub groups: BTreeMap<String, Count>,
    /// By stratum of the draw.
    pub strata: BTreeMap<String, Stratum>,
    /// By rubric and criterion: cases that lost, cases it applied to, points as a fraction.
    pub lost: Vec<Vec<(u64, u64, String)>>,
    /// Filing.
    pub filing: Filing,
    /// The same without waivers, and how many cases any was used in; nothing where the settings have none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub without: Option<Box<(Counts, u64)>>,
}

/// Counts of rates and grades, each in the order that `results.json` has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// Cases.
    pub n: u64,
    /// By rate, surely.
    pub lo: Vec<u64>,
    /// By rate, possibly.
    pub hi: Vec<u64>,
    /// By grade.
    pub g: Vec<u64>,
}

/// The random part of a stratum.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stratum {
    /// Cases there were to draw from.
    pub of: u64,
    /// Cases drawn.
    pub n: u64,
    /// By rate, surely.
    pub lo: Vec<u64>,
    /// By rate, possibly.
    pub hi: Vec<u64>,
}
