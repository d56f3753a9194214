//! What an office, a city or the province came to, and what concerns several offices.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::Marks;
use super::input::PlaceRecord;
use crate::base::text::Text;
use crate::record::number::Number;

/// An office or a group of offices.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
    /// Cases that have a mark, of which the mean is; `null` in results of before it was recorded.
    #[serde(default)]
    pub marked: Option<u64>,
    /// Split by case type and recipient group.
    pub by: By,
    /// What was lost, by criterion.
    pub lost: Vec<Lost>,
    /// Filing of its cases.
    pub filing: Filing,
    /// Marks of the office itself by rubrics about offices or firms; its cases are not in them. Always empty for groups.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub own: Vec<Own>,
    /// What was used of each waiver (经批准不扣分). Empty for groups.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub waived: Vec<super::waiver::Waived>,
    /// As it would be without waivers; `null` and left out where the settings have none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub without_waivers: Option<super::waiver::Without>,
}

impl Office {
    /// The main rate (主要比率); a rubric names exactly one, so there is none only where no case could be graded.
    pub fn headline(&self) -> Option<&Rate> {
        self.rates.iter().find(|r| r.headline)
    }
}

/// What an office or firm itself came to by one rubric; the same as its line in `cases.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Own {
    /// `office` or `firm`.
    pub subject: String,
    /// Rubric id.
    pub rubric: String,
    /// Marks; `null` in the levels scheme and when nothing applies.
    pub marks: Option<Marks>,
    /// The grade, when only one is possible.
    pub grade: Option<String>,
    /// Every grade that is possible, best first.
    pub possible: Vec<String>,
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
    /// 95 % interval of a random sample, as fractions of 1; the point for a census, `null` while cases are undecided and for samples
    /// pooled without a plan. By a plan: of the randomly drawn part alone, strata weighted by their size.
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
