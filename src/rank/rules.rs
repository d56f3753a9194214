//! The rules of a ranking (排名规则), typed. Must not read TOML, and must not hold a tier that nobody declared.

use crate::base::mistake::Spot;
use crate::base::points::Points;

/// What offices are ordered by; more is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// The main rate of the rubric.
    Headline,
    /// Mean mark (平均分).
    Mean,
    /// Median mark (中位数).
    Median,
    /// Composite (综合得分).
    Composite,
    /// A rate by its id, its id without `_rate`, or its name.
    Rate(String),
}

impl Key {
    /// The key that a word means.
    pub fn of(word: &str) -> Self {
        match word {
            "headline" | "主要比率" => Self::Headline,
            "mean" | "平均分" | "均分" => Self::Mean,
            "median" | "中位数" => Self::Median,
            "composite" | "综合得分" => Self::Composite,
            other => Self::Rate(other.to_owned()),
        }
    }

    /// Whether a rate is the one that is meant.
    pub fn is_rate(&self, id: &str, name: &str, headline: bool) -> bool {
        match self {
            Self::Headline => headline,
            Self::Rate(word) => word == id || word == name || id.strip_suffix("_rate") == Some(word),
            _ => false,
        }
    }

    /// Whether it is a rate, which is a share of cases.
    pub fn is_share(&self) -> bool {
        matches!(self, Self::Headline | Self::Rate(_))
    }
}

/// A key with the place where it was written; none for a default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Key.
    pub key: Key,
    /// Where.
    pub at: Option<Spot>,
}

/// What equal offices do to the places after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// 1, 2, 2, 4
    #[default]
    Standard,
    /// 1, 2, 2, 3
    Dense,
}

/// `[composite]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompositeWords {
    /// Weight of case quality.
    pub quality: Points,
    /// Weight of indicators.
    pub indicators: Points,
    /// Whether case quality is the mean mark rather than the headline rate.
    pub mean: bool,
    /// Rubric of the indicators.
    pub rubric: Option<String>,
}

/// One tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Title.
    pub title: String,
    /// How far it goes.
    pub bound: Bound,
}

/// How far a tier goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// From this value of the key on: per cent of a rate, points of a mark.
    From(Points),
    /// So many per cent of the ranked.
    Share(Points),
    /// Everybody else.
    Rest,
}

/// `[tiers]` and `[[tier]]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiers {
    /// The key of thresholds; the first of the order where none is named.
    pub key: Option<Asked>,
    /// Whether a tie over a boundary goes down, and not up.
    pub down: bool,
    /// Whether a share of offices is rounded up to a whole number.
    pub round_up: bool,
    /// Tiers, best first.
    pub list: Vec<Tier>,
}

impl Tiers {
    /// Whether they are shares of the ranked.
    pub fn by_share(&self) -> bool {
        self.list.iter().any(|t| matches!(t.bound, Bound::Share(_)))
    }
}

/// Everything `rank.toml` can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Keys, the first first.
    pub order: Vec<Asked>,
    /// Ties.
    pub ties: Ties,
    /// Fewest cases that are ranked.
    pub minimum: Option<u64>,
    /// Whether results under different rubrics may stand in one year.
    pub mixed: bool,
    /// Composite.
    pub composite: Option<CompositeWords>,
    /// Tiers.
    pub tiers: Option<Tiers>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
}

impl Default for Rules {
    fn default() -> Self {
        let order = [Key::Headline, Key::Rate("excellent".to_owned()), Key::Mean];
        Self {
            order: order.map(|key| Asked { key, at: None }).into(),
            ties: Ties::Standard,
            minimum: None,
            mixed: false,
            composite: None,
            tiers: None,
            sha256: None,
        }
    }
}
