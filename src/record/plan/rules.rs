//! The rules of a draw, as settings and flags gave them. Must not hold anything that follows from them.

use serde::{Deserialize, Serialize};

use super::{AllocationRules, CaseKey};

/// How is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Method.
    pub method: Method,
    /// What the frame is divided by: `office`, `case_type`, `lawyer`, `recipient_group`.
    pub strata: Vec<Dimension>,
    /// Least numbers.
    pub minimums: Vec<Minimum>,
    /// Reserves of each stratum; none = a tenth of its drawn cases, rounded up.
    pub reserve: Option<u64>,
    /// Cases added on purpose.
    pub additions: Vec<Named>,
    /// Cases to be replaced by the next reserve, in this order.
    pub substitutions: Vec<Named>,
    /// How drawn cases are given to reviewers; none = not at all.
    pub allocation: Option<AllocationRules>,
}

/// How the drawn cases are found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// 随机抽取
    Random {
        /// How many.
        size: Size,
        /// Whether each office has a sample of that size.
        each_office: bool,
    },
    /// 指定案号
    Numbers {
        /// The n-th of each office and type.
        numbers: Vec<u32>,
        /// Types; empty = all.
        case_types: Vec<String>,
        /// Only numbers of this year; none = of every year.
        year: Option<i16>,
        /// Whether the number written in the case number counts, rather than the place in the list.
        written: bool,
    },
    /// 按机构、类型定额
    Quota {
        /// The most particular one counts.
        quotas: Vec<Quota>,
    },
    /// 应评尽评
    All,
}

/// How many are drawn at random. Percentages are decimal numbers as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// So many.
    Number(u64),
    /// So many of a hundred, rounded up.
    Percent(String),
    /// As many as a margin of error asks for (Cochran), rounded up.
    Margin {
        /// Half width of the interval in percentage points.
        margin: String,
        /// 90, 95 or 99.
        confidence: u32,
    },
}

/// What a frame is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 机构
    Office,
    /// 案件类型
    CaseType,
    /// 承办人
    Lawyer,
    /// 受援人类别
    RecipientGroup,
}

/// A least number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minimum {
    /// Of what.
    pub by: Dimension,
    /// Which one; none = each.
    pub value: Option<String>,
    /// So many, or all where there are fewer.
    pub least: u64,
}

/// A quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Office id; none = each.
    pub office: Option<String>,
    /// Type; none = each.
    pub case_type: Option<String>,
    /// So many.
    pub number: u64,
}

/// A case that somebody named, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Why.
    pub reason: String,
    /// Of an extra mark: only by a group leader (组长).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leader: bool,
}
