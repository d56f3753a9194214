//! A rubric as it was used, in `results.json`.
//! Must not hold anything but plain data; fields are only ever added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scoring::Scoring;
use crate::base::text::Text;
use crate::record::number::Number;

/// A rubric as used.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RubricRecord {
    /// Id.
    pub id: String,
    /// `firm` or `office`; nothing for one about cases.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<String>,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
    /// SHA-256 over all its sources.
    pub sha256: String,
    /// Whether the settings adopt it as the official standard.
    pub adopted: bool,
    /// `points` or `levels`.
    pub scheme: String,
    /// Full marks, `null` in the levels scheme.
    pub total: Option<Number>,
    /// Grades, best first.
    pub grades: Vec<GradeRecord>,
    /// Groups in order.
    pub groups: Vec<GroupRecord>,
    /// Criteria in order.
    pub criteria: Vec<CriterionRecord>,
    /// Red lines.
    pub red_lines: Vec<RedLineRecord>,
    /// `cumulative` or `exclusive`.
    pub counting: String,
    /// When several reviewers' marks of one case count together, in words; nothing where the rubric has no rules.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reconcile: Option<Text>,
    /// The rates, and which grades each counts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rates: Vec<RateRecord>,
    /// How marks come about; nothing in results of versions that did not record it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scoring: Option<Scoring>,
}

impl RubricRecord {
    /// The main rate (主要比率).
    pub fn headline(&self) -> Option<&RateRecord> {
        self.rates.iter().find(|r| r.headline)
    }
}

/// A rate as the rubric declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RateRecord {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether it is the main one.
    pub headline: bool,
    /// Titles of the grades it counts.
    pub grades: Vec<String>,
}

/// A grade.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GradeRecord {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Lower end of the band, points scheme only.
    pub from: Option<Number>,
}

/// A group of criteria.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GroupRecord {
    /// Title.
    pub title: String,
    /// Sum of its points.
    pub points: Number,
    /// What it can lose at most.
    pub most: Option<Number>,
}

/// A criterion.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CriterionRecord {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Group title.
    pub group: String,
    /// `regularity` or `substance`.
    pub kind: String,
    /// Points, `null` in the levels scheme.
    pub points: Option<Number>,
    /// Name of the check.
    pub check: String,
    /// Decided by a reviewer.
    pub human: bool,
    /// How it deducts, in words.
    pub deduct: Text,
    /// 依据, each with 依据待核 where not verified.
    pub basis: Text,
    /// Whether every basis is verified.
    pub verified: bool,
    /// `complete`, `explain` or `none`.
    pub remedy: String,
    /// What to do.
    pub fix: Text,
    /// Property (四性) and item of DA/T 70 under which it is shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub archive: Option<ArchiveRecord>,
    /// The fields whose values it is about, in a rubric about offices or firms.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<FieldRecord>,
    /// Where its evidence comes from (证据来源): `files` 案卷抽查, `papers` 资料审阅, `inquiry` 现场问询.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
}

/// A field by its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldRecord {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// Where a criterion stands in 四性检测.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveRecord {
    /// `authenticity`, `integrity`, `usability` or `security`.
    pub property: String,
    /// Item.
    pub item: String,
}

/// A red line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RedLineRecord {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Best grade that remains.
    pub grade: String,
    /// Only proposed until a person decided.
    pub human: bool,
    /// Basis.
    pub basis: Text,
}
