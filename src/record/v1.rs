//! `results.json`, `cases.jsonl`, `out-of-scope.jsonl` and `inputs.jsonl`, format 1. Fields are only ever added.
//! Must not hold anything but plain data; both languages stand in every message, so bytes do not depend on `--lang`.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use crate::base::text::Text;

/// The whole of `results.json`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Results {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// What was looked at.
    pub batch: Batch,
    /// Every rubric of the run, by id.
    pub rubrics: Vec<RubricRecord>,
    /// Every register sheet read, by path and sheet.
    pub registers: Vec<Register>,
    /// What could not be read or used.
    pub problems: Vec<ProblemRecord>,
    /// Every office, by id.
    pub offices: Vec<Office>,
    /// Cities and the province, from pooled cases.
    pub groups: Vec<Office>,
    /// What concerns several offices; never changes marks.
    pub cross: Vec<Cross>,
}

/// Program and version.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `juanping`
    pub name: String,
    /// Version.
    pub version: String,
}

/// The batch (本次评查).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Title.
    pub title: String,
    /// Year, when declared or told by the scope.
    pub year: Option<i16>,
    /// 截止日, `2024-12-31`.
    pub as_of: String,
    /// 初评 and so on.
    pub stage: String,
    /// Scope.
    pub scope: Scope,
    /// Standing of the standard: who adopted it, or nothing while it is only a sample.
    pub adopted: Option<Adopted>,
    /// Unit that makes the tables (制表单位), when declared.
    pub made_by: Option<String>,
    /// SHA-256 of the settings, when there are any.
    pub settings_sha256: Option<String>,
    /// System files that were skipped.
    pub junk: u64,
    /// How points are rounded where they are shown.
    pub rounding: Text,
}

/// What is graded.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// `closed` or `filed`.
    pub event: String,
    /// First day, `null` = open.
    pub from: Option<String>,
    /// Last day, `null` = open.
    pub to: Option<String>,
    /// Case types, empty = all.
    pub case_types: Vec<String>,
    /// In words.
    pub said: Text,
    /// `all` (全部评查) or how cases were selected.
    pub selection: String,
}

/// `[adopted]` of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Adopted {
    /// 发布机关
    pub body: String,
    /// 文号
    pub document_no: String,
    /// 确认人
    pub confirmed_by: String,
    /// 确认日期
    pub date: String,
}

/// A rubric as used.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RubricRecord {
    /// Id.
    pub id: String,
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

/// A register sheet.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Register {
    /// Path in the batch.
    pub path: String,
    /// Sheet, when a workbook.
    pub sheet: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Case rows.
    pub rows: u64,
    /// Of these in scope.
    pub in_scope: u64,
    /// Of these out of scope, by reason.
    pub out_of_scope: BTreeMap<String, u64>,
    /// Columns that no field claims, with the closest field.
    pub unclaimed_columns: Vec<UnclaimedColumn>,
}

/// A column nobody read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnclaimedColumn {
    /// Header as written.
    pub header: String,
    /// Letters of the column.
    pub column: String,
    /// Title of the closest field, when one is near.
    pub closest: Option<String>,
}

/// A problem.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ProblemRecord {
    /// `P…`
    pub code: String,
    /// What was met.
    pub message: Text,
    /// What to do.
    pub advice: Text,
    /// Office name, when it belongs to one.
    pub office: Option<String>,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRecord {
    /// Path in the batch.
    pub file: String,
    /// Sheet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    /// `C12`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<String>,
    /// Page from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pointer: Option<String>,
    /// Line from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// As written, masked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<String>,
}

/// An office or a group of offices.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name of the city or province above.
    pub parent: Option<String>,
    /// Register rows.
    pub rows: u64,
    /// Cases in scope.
    pub in_scope: u64,
    /// Cases out of scope, by reason.
    pub out_of_scope: BTreeMap<String, u64>,
    /// Rows that joined another row of the same case: rows + dossier_only = in_scope + out_of_scope + joined.
    pub joined: u64,
    /// Cases that only a dossier tells of.
    #[serde(default)]
    pub dossier_only: u64,
    /// Cases selected for review.
    pub selected: u64,
    /// Selected cases with exactly one possible grade.
    #[serde(rename = "final")]
    pub decided: u64,
    /// Selected cases with more than one.
    pub undecided: u64,
    /// Cases by grade title, best first; undecided ones are not in it.
    pub grades: Grades,
    /// Always all three rates.
    pub rates: Vec<Rate>,
    /// Mean mark, low and high; `null` without marks.
    pub mean: Option<[Number; 2]>,
    /// Median mark, low and high.
    pub median: Option<[Number; 2]>,
    /// The means as exact fractions.
    pub mean_exact: Option<[String; 2]>,
    /// Split by case type and recipient group.
    pub by: By,
    /// What was lost, by criterion.
    pub lost: Vec<Lost>,
    /// Filing of its cases.
    pub filing: Filing,
}

/// Counts by grade title, in the order of the rubric.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grades(pub Vec<(String, u64)>);

impl Serialize for Grades {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

impl<'de> Deserialize<'de> for Grades {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> serde::de::Visitor<'de> for Pairs {
            type Value = Grades;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of counts")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Grades, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Grades(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

impl JsonSchema for Grades {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Grades".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, u64>::json_schema(generator)
    }
}

/// A rate as an interval of counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// Id.
    pub id: String,
    /// 优良率
    pub name: String,
    /// Whether the rubric names it as the main one.
    pub headline: bool,
    /// Surely so many.
    pub k_low: u64,
    /// Possibly so many.
    pub k_high: u64,
    /// Of so many selected cases.
    pub n: u64,
    /// 95 % interval of a random sample, as fractions of 1; `null` for a census or while cases are undecided.
    pub ci95: Option<[f64; 2]>,
}

/// Splits.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct By {
    /// By case type.
    pub case_type: BTreeMap<String, Split>,
    /// By recipient group; groups may overlap.
    pub recipient_group: BTreeMap<String, Split>,
}

/// One part of a split.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Split {
    /// Selected cases.
    pub n: u64,
    /// Surely within the headline rate.
    pub k_low: u64,
    /// Possibly.
    pub k_high: u64,
    /// By grade.
    pub grades: Grades,
}

/// Loss by criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lost {
    /// Rubric id.
    pub rubric: String,
    /// Criterion id.
    pub criterion: String,
    /// Cases that surely lost something.
    pub cases: u64,
    /// Cases it applied to.
    pub of: u64,
    /// Points surely lost, summed.
    pub points: Number,
}

/// 归档情况, counted over the cases in scope.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Filing {
    /// 已结
    pub closed: u64,
    /// 应归档: the limit has passed, or it is filed.
    pub due: u64,
    /// 已归档
    pub filed: u64,
    /// 按期
    pub in_time: u64,
    /// 超期
    pub late: u64,
    /// 未到期
    pub not_due: u64,
    /// 未归档: due and not filed.
    pub unfiled: u64,
    /// 期限不明
    pub unclear: u64,
    /// 缺材料: cases with a missing document.
    pub lacking: u64,
    /// 目录问题: cases with a 卷内目录 finding.
    pub contents: u64,
    /// 页码问题: cases with a page-number finding.
    pub pages: u64,
}

/// What concerns several offices.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Cross {
    /// Kind of key, such as `case_no`.
    pub kind: String,
    /// What it is.
    pub message: Text,
    /// Offices by name.
    pub offices: Vec<String>,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

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
    pub fields: BTreeMap<Arc<str>, String>,
    /// Documents by id: how many.
    pub documents: Vec<DocumentRecord>,
    /// Marks of reviewers.
    pub reviews: Vec<Review>,
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
    pub fix: Text,
    /// `complete`, `explain` or `none`.
    pub remedy: String,
    /// Basis, with 依据待核 where not verified.
    pub basis: Arc<Text>,
    /// Criterion whose defect explains this one.
    pub because: Option<Arc<str>>,
    /// Every place.
    pub places: Vec<PlaceRecord>,
    /// The same finding has the same fingerprint in every run.
    pub fingerprint: String,
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
    pub criterion: String,
    /// As given.
    pub given: String,
    /// Reviewer code.
    pub reviewer: Option<String>,
    /// Reason.
    pub reason: Option<String>,
    /// Where.
    pub place: PlaceRecord,
}

/// One line of `out-of-scope.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OutRecord {
    /// Office name.
    pub office: Arc<str>,
    /// Canonical case number.
    pub case_no: String,
    /// 在办 and so on.
    pub reason: String,
    /// In words, with reminders of coming limits for open cases.
    pub message: Text,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

/// One line of `inputs.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct InputRecord {
    /// Office name.
    pub office: Arc<str>,
    /// Case number, when it lies in a dossier.
    pub case_no: Option<String>,
    /// Path in the batch, masked.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: Option<String>,
}
