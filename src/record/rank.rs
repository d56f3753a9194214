//! `rank.json`: the annual ranking (年度排名), format 1. Fields are only ever added.
//! Must not hold anything but plain data, and no case and no person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::{Grades, Own, Tool};
use crate::base::text::Text;

/// Name of the file.
pub const FILE: &str = "rank.json";

/// The whole of `rank.json`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Ranking {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// `office`, or `group`: cities, from pooled cases.
    pub by: String,
    /// The year that the ranking is of; the others stand beside it.
    pub year: i16,
    /// Whether a result is not 定稿, so that all of this is a draft (草稿).
    pub draft: bool,
    /// Folders of the results that are not 定稿.
    pub drafts: Vec<String>,
    /// The rules.
    pub rules: RankRules,
    /// Every result that was read.
    pub sources: Vec<RankSource>,
    /// Every year, the oldest first.
    pub years: Vec<RankYear>,
    /// What changed since the year before, in the years that have one.
    pub changes: Vec<RankChange>,
    /// What a reader must know.
    pub notes: Vec<Text>,
}

/// The rules as used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RankRules {
    /// SHA-256 of rank.toml; `null` where none was given.
    pub sha256: Option<String>,
    /// Keys of the order, the first first.
    pub order: Vec<RankKey>,
    /// `standard` (1, 2, 2, 4) or `dense` (1, 2, 2, 3).
    pub ties: String,
    /// Fewest cases that are ranked, where the organiser set it.
    pub minimum: Option<u64>,
    /// Whether results under different rubrics may stand in one year.
    pub mixed: bool,
    /// The composite, where declared.
    pub composite: Option<CompositeRules>,
    /// Tiers, best first; `null` where none were declared.
    pub tiers: Option<TierRules>,
    /// All of it in words.
    pub said: Vec<Text>,
}

/// A key of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RankKey {
    /// `headline`, `mean`, `median`, `composite` or the id of a rate.
    pub key: String,
    /// Its name.
    pub name: Text,
}

/// `[composite]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompositeRules {
    /// Weight of case quality.
    pub quality: Number,
    /// Weight of indicators.
    pub indicators: Number,
    /// What case quality is: `headline` or `mean`.
    pub by: String,
    /// Rubric whose marks the indicators are, where it was named.
    pub rubric: Option<String>,
}

/// Tiers (档次).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TierRules {
    /// `from` (thresholds of a key) or `share` (shares of the ranked).
    pub by: String,
    /// The key of thresholds; `null` for shares.
    pub key: Option<RankKey>,
    /// Where a tie over a boundary goes: `up` or `down`.
    pub tie: String,
    /// How a share of offices becomes a whole number: `down` or `up`.
    pub round: String,
    /// The tiers, best first.
    pub list: Vec<TierRule>,
}

/// One tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TierRule {
    /// 第一档次
    pub title: String,
    /// Lower end: per cent of a rate, points of a mark.
    pub from: Option<Number>,
    /// Per cent of the ranked.
    pub share: Option<Number>,
}

/// A result that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RankSource {
    /// Year.
    pub year: i16,
    /// `result`, `bridge` (last year's cases under this year's rubric) or `indicators`.
    pub role: String,
    /// Code of its manifest (校验码).
    pub code: String,
    /// Name of its folder.
    pub folder: String,
    /// Title of its batch.
    pub title: String,
    /// As-of date.
    pub as_of: String,
    /// Unit that makes the tables (制表单位), when declared.
    pub made_by: Option<String>,
    /// Stage of its seal, else the stage that its settings name.
    pub stage: String,
    /// Whether it is 定稿.
    pub is_final: bool,
    /// Whether its standard was adopted as official.
    pub adopted: bool,
    /// `all`, or how cases were selected.
    pub selection: String,
    /// Offices.
    pub offices: u64,
    /// Cases reviewed.
    pub selected: u64,
}

/// A rubric of a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RankStandard {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// One year.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RankYear {
    /// Year.
    pub year: i16,
    /// Its rubrics.
    pub standards: Vec<RankStandard>,
    /// Whether its results are under different rubrics, which the rules allowed.
    pub mixed: bool,
    /// Whether cases of it were sampled.
    pub sampled: bool,
    /// Name of its headline rate.
    pub headline: String,
    /// Keys of the order that this year has.
    pub keys: Vec<String>,
    /// Everybody, in order: ranked, open and so on side by side, what is not ranked last.
    pub units: Vec<RankUnit>,
    /// All of them together; no place.
    pub whole: RankUnit,
    /// Everybody whose cases all reach the headline rate.
    pub all_reached: Vec<AllReached>,
    /// Funnel of the headline rate; `null` where it cannot be drawn, with a note.
    pub funnel: Option<Funnel>,
    /// What a reader of this year must know.
    pub notes: Vec<Text>,
}

/// An office or a city in one year.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RankUnit {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above.
    pub parent: Option<String>,
    /// Offices in it.
    pub offices: u64,
    /// Cases in scope.
    pub in_scope: u64,
    /// Cases reviewed: the n of every rate.
    pub n: u64,
    /// Cases with more than one possible grade.
    pub undecided: u64,
    /// Cases by grade.
    pub grades: Grades,
    /// The rates.
    pub rates: Vec<RankRate>,
    /// Mean mark, low and high.
    pub mean: Option<[Number; 2]>,
    /// As exact fractions.
    pub mean_exact: Option<[String; 2]>,
    /// Median mark; `null` also where cases of several results would have to be pooled for it.
    pub median: Option<[Number; 2]>,
    /// Marks of the office itself.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub own: Vec<Own>,
    /// Composite mark, where declared.
    pub composite: Option<Composite>,
    /// `ranked`, `open` (no point rank yet), `below_minimum` or `no_data`.
    pub standing: String,
    /// Place; only where it is `ranked`.
    pub place: Option<u64>,
    /// Whether no open case of anybody can move that place.
    pub sure: bool,
    /// Names of those with the same place.
    pub tied: Vec<String>,
    /// Best and worst place that open cases allow.
    pub range: Option<[u64; 2]>,
    /// Best and worst place that the 95 % intervals of the samples allow; `null` without a sample.
    pub range_sampled: Option<[u64; 2]>,
    /// Tier, where only one is possible.
    pub tier: Option<String>,
    /// Every tier that is possible, best first.
    pub possible_tiers: Vec<String>,
    /// Why it stands where it stands.
    pub reason: Text,
}

/// A rate of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RankRate {
    /// Id.
    pub id: String,
    /// 优良率
    pub name: String,
    /// Whether it is the main one.
    pub headline: bool,
    /// Surely so many.
    pub k_low: u64,
    /// Possibly so many.
    pub k_high: u64,
    /// Of so many.
    pub n: u64,
    /// Per cent with two decimals, low and high; `null` of nothing.
    pub percent: Option<[String; 2]>,
    /// 95 % interval of a sample, as in the result.
    pub ci95: Option<[f64; 2]>,
}

/// Composite (综合得分), out of 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Composite {
    /// Low and high, as shown.
    pub shown: [Number; 2],
    /// As exact fractions.
    pub exact: [String; 2],
    /// What is missing, in words.
    pub missing: Option<Text>,
}

/// One whose cases all reach the headline rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AllReached {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Cases.
    pub n: u64,
    /// Whether all its cases in scope were reviewed.
    pub census: bool,
}

/// Control limits of a rate by the number of cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Funnel {
    /// Rate.
    pub rate: String,
    /// The centre: all of them together, `[k, n]`.
    pub centre: [u64; 2],
    /// How limits are computed, and who published it.
    pub method: Text,
    /// Every unit with cases.
    pub points: Vec<FunnelPoint>,
    /// Those outside of a limit, and how many chance alone would put there.
    pub said: Vec<Text>,
}

/// A unit in the funnel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FunnelPoint {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Reached.
    pub k: u64,
    /// Of so many.
    pub n: u64,
    /// 95 % limits, as fractions of 1.
    pub limits95: [f64; 2],
    /// 99.8 % limits.
    pub limits998: [f64; 2],
    /// `inside`, `low95`, `low998`, `high95`, `high998`, or `open` while its rate is an interval.
    pub place: String,
}

/// What changed in the mean mark since the year before.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RankChange {
    /// This year.
    pub year: i16,
    /// Compared with.
    pub from: i16,
    /// All of them together, then each, by id.
    pub units: Vec<UnitChange>,
    /// Names of those without a year before.
    pub new: Vec<String>,
    /// Names of those without this year.
    pub gone: Vec<String>,
    /// What a reader must know.
    pub notes: Vec<Text>,
}

/// The change of one: `cases + rubric + reviewers + not_told_apart = total`, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitChange {
    /// Id; `all` for all of them together.
    pub id: String,
    /// Name.
    pub name: String,
    /// The whole change.
    pub total: Part,
    /// Where marks are open: the whole change lies between these.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub total_between: Option<[Number; 2]>,
    /// What the cases changed: the rest.
    pub cases: Part,
    /// What the rubric changed: the same cases under both.
    pub rubric: Part,
    /// What more or less lenient reviewers changed.
    pub reviewers: Part,
    /// The sum of the parts that cannot be told apart; `null` where all can.
    pub not_told_apart: Option<Joined>,
}

/// A number of points, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Exact fraction.
    pub exact: Option<String>,
    /// As shown; the parts as shown add up too, the rest takes what rounding leaves.
    pub shown: Option<Number>,
    /// Where it comes from, or why it cannot be told.
    pub why: Text,
}

/// Parts that only their sum is known of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Joined {
    /// `cases`, `rubric`, `reviewers`.
    pub parts: Vec<String>,
    /// Exact fraction.
    pub exact: String,
    /// As shown.
    pub shown: Number,
}
