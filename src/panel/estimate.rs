//! A statistic as a value: what it is, the figure or why there is none, its interval, what it was computed from, its source.
//! Must not compute anything but an interval from a standard error.

use crate::base::text::Text;

use super::quantile::t_two_sided;
use super::table::{Seen, real};

/// How far apart two grades are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weights {
    /// Equal or not.
    Unweighted,
    /// By the steps between them (Cicchetti and Allison 1971).
    Linear,
    /// By the square of the steps (Fleiss and Cohen 1973).
    Quadratic,
}

impl Weights {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Unweighted, Self::Linear, Self::Quadratic];

    /// How far two grades agree on a scale of so many: 1 when equal, 0 from end to end.
    pub fn of(self, scale: usize, a: usize, b: usize) -> f64 {
        let apart = real(a.abs_diff(b)) / real(scale.saturating_sub(1).max(1));
        match self {
            Self::Unweighted => f64::from(u8::from(a == b)),
            Self::Linear => 1.0 - apart,
            Self::Quadratic => 1.0 - apart * apart,
        }
    }
}

/// What kind of numbers α compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Names: equal or not.
    Nominal,
    /// Ranks.
    Ordinal,
    /// Numbers with even steps.
    Interval,
}

impl Level {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Nominal, Self::Ordinal, Self::Interval];
}

/// The three models of Shrout and Fleiss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// ICC(1,·): each case has reviewers of its own, drawn from many.
    OneWay,
    /// ICC(2,·): all cases have the same reviewers, drawn from many; their severity counts.
    TwoWayRandom,
    /// ICC(3,·): these reviewers and no others; a constant severity does not count.
    TwoWayMixed,
}

impl Model {
    /// All three.
    pub const ALL: [Self; 3] = [Self::OneWay, Self::TwoWayRandom, Self::TwoWayMixed];
}

/// Which statistic a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// Share of pairs with the same grade.
    Exact,
    /// Share of pairs with the same grade or the next.
    WithinOne,
    /// Cohen's κ of two reviewers.
    Cohen(Weights),
    /// Gwet's AC1 (unweighted) and AC2.
    Gwet(Weights),
    /// Fleiss' κ.
    Fleiss,
    /// Krippendorff's α of grades.
    Alpha(Level),
    /// Krippendorff's α of points, as an interval scale.
    AlphaOfPoints,
    /// An intraclass correlation of points; `averaged` for the mean of the marks of a case.
    Icc {
        /// The model.
        model: Model,
        /// Of the mean of a case's marks instead of one mark.
        averaged: bool,
    },
}

/// Why there is no figure, or a figure without an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// No case has two marks (or none has marks of all reviewers, where those are needed).
    NoPairs,
    /// The statistic compares exactly two reviewers.
    NotTwo,
    /// The scale has one grade or none.
    ShortScale,
    /// All marks are equal, or all that tells cases apart is: chance or differences between cases cannot be told.
    NoVariation,
    /// A single case: nothing to compare with.
    OneCase,
    /// Cases with unequal numbers of marks, where the method needs equal ones.
    Unequal,
    /// The formula gives no width (marks agree as far as they can): it would pretend to certainty.
    NoWidth,
    /// The figure hangs on one case: without it there is none.
    HangsOnOne,
    /// Too few marks to tell reviewers from chance.
    NoFreedom,
}

/// A figure with all that is needed to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Which statistic.
    pub statistic: Statistic,
    /// The figure; `None` is "no data", never 0.
    pub value: Option<f64>,
    /// Why there is no figure or, when there is one, why it has no interval.
    pub why: Option<Gap>,
    /// Its standard error, where the method has one.
    pub error: Option<f64>,
    /// 95 % interval.
    pub ci95: Option<[f64; 2]>,
    /// What it was computed from.
    pub seen: Seen,
}

impl Estimate {
    /// No data.
    pub(super) fn none(statistic: Statistic, seen: Seen, why: Gap) -> Self {
        Self { statistic, value: None, why: Some(why), error: None, ci95: None, seen }
    }

    /// A figure without an interval.
    pub(super) fn bare(statistic: Statistic, seen: Seen, value: f64, why: Gap) -> Self {
        Self { value: Some(value), ..Self::none(statistic, seen, why) }
    }

    /// A figure with an interval from elsewhere, cut at 1. An interval that does not hold the figure is none: approximate degrees of
    /// freedom break down on two or three cases.
    pub(super) fn within(statistic: Statistic, seen: Seen, value: f64, [low, high]: [f64; 2]) -> Self {
        let holds = low.is_finite() && high.is_finite() && low <= value + 1e-9 && value <= high + 1e-9;
        if !holds {
            return Self::bare(statistic, seen, value, Gap::NoWidth);
        }
        Self { statistic, value: Some(value), why: None, error: None, ci95: Some([low, high.min(1.0)]), seen }
    }

    /// A figure with `value ± quantile × error`, cut at −1 (unless the figure itself lies below) and at 1; no interval where the error is nothing or unknown.
    pub(super) fn around(statistic: Statistic, seen: Seen, value: f64, error: f64, quantile: f64) -> Self {
        if error.is_nan() || error < 1e-9 {
            return Self::bare(statistic, seen, value, Gap::NoWidth);
        }
        let ci95 = [(value - quantile * error).max(value.min(-1.0)), (value + quantile * error).min(1.0)];
        Self { statistic, value: Some(value), why: None, error: Some(error), ci95: Some(ci95), seen }
    }

    /// The same with the t distribution of `cases − 1` degrees of freedom.
    pub(super) fn around_t(statistic: Statistic, seen: Seen, value: f64, error: f64, cases: usize) -> Self {
        match t_two_sided(real(cases) - 1.0) {
            Some(quantile) => Self::around(statistic, seen, value, error, quantile),
            None => Self::bare(statistic, seen, value, Gap::OneCase),
        }
    }

    /// Who published the statistic and its interval.
    pub fn source(&self) -> &'static str {
        self.statistic.source()
    }

    /// Its short name.
    pub fn name(&self) -> Text {
        self.statistic.name()
    }
}

impl Statistic {
    /// A stable name for data.
    pub fn id(self) -> &'static str {
        use {Level as L, Model as M, Weights as W};
        match self {
            Self::Exact => "exact",
            Self::WithinOne => "within_one",
            Self::Cohen(W::Unweighted) => "cohen",
            Self::Cohen(W::Linear) => "cohen_linear",
            Self::Cohen(W::Quadratic) => "cohen_quadratic",
            Self::Gwet(W::Unweighted) => "ac1",
            Self::Gwet(W::Linear) => "ac2_linear",
            Self::Gwet(W::Quadratic) => "ac2_quadratic",
            Self::Fleiss => "fleiss",
            Self::Alpha(L::Nominal) => "alpha_nominal",
            Self::Alpha(L::Ordinal) => "alpha_ordinal",
            Self::Alpha(L::Interval) => "alpha_interval",
            Self::AlphaOfPoints => "alpha_points",
            Self::Icc { model: M::OneWay, averaged: false } => "icc_1_1",
            Self::Icc { model: M::TwoWayRandom, averaged: false } => "icc_2_1",
            Self::Icc { model: M::TwoWayMixed, averaged: false } => "icc_3_1",
            Self::Icc { model: M::OneWay, averaged: true } => "icc_1_k",
            Self::Icc { model: M::TwoWayRandom, averaged: true } => "icc_2_k",
            Self::Icc { model: M::TwoWayMixed, averaged: true } => "icc_3_k",
        }
    }

    /// Who published the statistic and its interval.
    pub fn source(self) -> &'static str {
        match self {
            Self::Exact | Self::WithinOne => "share of agreeing pairs; interval: Wilson 1927",
            Self::Cohen(Weights::Unweighted) => "Cohen 1960; interval: Fleiss, Cohen and Everitt 1969",
            Self::Cohen(_) => "Cohen 1968; interval: Fleiss, Cohen and Everitt 1969",
            Self::Gwet(Weights::Unweighted) => "Gwet 2008; missing marks and interval: Gwet 2014",
            Self::Gwet(_) => "Gwet 2014",
            Self::Fleiss => "Fleiss 1971; missing marks and interval: Gwet 2014",
            Self::Alpha(_) | Self::AlphaOfPoints => "Krippendorff 2011; interval: jackknife over cases, Tukey 1958",
            Self::Icc { .. } => "Shrout and Fleiss 1979; McGraw and Wong 1996",
        }
    }
}
