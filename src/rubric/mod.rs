//! Rubrics (评估标准): TOML read with spans, all mistakes at once, turned into criteria that are ready to be asked.
//! Must not look at cases or compute points.

pub mod criterion;
pub mod given;
mod given_files;
pub mod grades;
pub mod lint;
pub mod load;
mod own;
pub mod raw;
pub mod reconcile;
pub mod shipped;
pub mod show;
pub mod source;
#[cfg(test)]
pub mod testing;
pub mod words;

use std::sync::Arc;

use jiff::civil::Date;

use crate::base::mistake::Spot;
use crate::base::points::Points;
use crate::base::problem::Severity;
use crate::base::text::Text;
use crate::check::args::Ask;
use crate::check::{Kind, Ready, Unit};
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::model::own::Subject;
use crate::model::reconcile::Reconcile;
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};

/// All rubrics of a run and the words they share.
#[derive(Debug)]
pub struct Rubrics {
    /// Fields and documents.
    pub vocabulary: Vocabulary,
    /// About cases, sorted by id.
    pub list: Vec<Rubric>,
    /// About offices or firms, sorted by id.
    pub own: Vec<Rubric>,
}

/// One rubric.
#[derive(Debug)]
pub struct Rubric {
    /// Id.
    pub id: Arc<str>,
    /// Id of the rubric at the end of its `extends`, for fingerprints.
    pub family: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
    /// Whom it grades.
    pub about: Subject,
    /// Which cases, or which offices.
    pub applies: Option<Condition>,
    /// Reference date and days of force, both ends included.
    pub in_force: Option<(FieldId, Option<Date>, Option<Date>)>,
    /// Whether each stage is a file of its own.
    pub stage_files: bool,
    /// How marks come about.
    pub scheme: Scheme,
    /// Best first; never empty.
    pub grades: Vec<Grade>,
    /// The three rates.
    pub rates: Vec<Rate>,
    /// Whether 优秀 counts within 合格.
    pub counting: Counting,
    /// Groups in order.
    pub groups: Vec<Group>,
    /// Criteria in order.
    pub criteria: Vec<Criterion>,
    /// Vetoes and ceilings.
    pub red_lines: Vec<RedLine>,
    /// When several marks count together; without it marks that differ stay open.
    pub reconcile: Option<Reconcile>,
    /// Index of the criterion that limits filing, for the filing table.
    pub filing: Option<usize>,
    /// Over all sources, in order.
    pub sha256: String,
}

/// How marks come about.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// Points are taken off.
    Points {
        /// Scale of the marks.
        total: Points,
        /// Whether what does not apply leaves the denominator.
        rescale: bool,
        /// What bonus criteria may add at most.
        bonus_most: Points,
    },
    /// Each indicator gets a level.
    Levels {
        /// Titles, best first.
        levels: Vec<Arc<str>>,
    },
}

/// Whether a better grade counts within a lesser rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// It does.
    Cumulative,
    /// It does not.
    Exclusive,
}

impl Counting {
    /// The word in rubrics and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Exclusive => "exclusive",
        }
    }
}

/// A grade (等次).
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// Id.
    pub id: Arc<str>,
    /// Title.
    pub title: Arc<str>,
    /// Lower end of its band; zero in the levels scheme.
    pub from: Points,
    /// Levels scheme: all must hold.
    pub require: Vec<Requirement>,
}

/// A property of DA/T 70 (四性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// 真实性
    Authenticity,
    /// 完整性
    Integrity,
    /// 可用性
    Usability,
    /// 安全性
    Security,
}

impl Property {
    /// The word in rubrics and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Authenticity => "authenticity",
            Self::Integrity => "integrity",
            Self::Usability => "usability",
            Self::Security => "security",
        }
    }

    /// All four by their word.
    pub const WORDS: [(&'static str, Self); 4] = [
        (Self::Authenticity.id(), Self::Authenticity),
        (Self::Integrity.id(), Self::Integrity),
        (Self::Usability.id(), Self::Usability),
        (Self::Security.id(), Self::Security),
    ];
}

/// Where a criterion stands in 四性检测.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Property.
    pub property: Property,
    /// Item.
    pub item: String,
}

/// What a grade asks of the applicable indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// That level or better.
    pub level: usize,
    /// How many.
    pub need: Need,
}

/// How many of the applicable indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// All.
    All,
    /// A share from 0 to 1.
    Share(Points),
    /// A number; all of them when fewer apply.
    Count(u32),
}

/// A rate (优秀率 …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Indexes of the grades it counts.
    pub grades: Vec<usize>,
    /// The main one.
    pub headline: bool,
}

/// A group of criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Title.
    pub title: String,
    /// What it can lose at most.
    pub most: Option<Points>,
}

/// What no record means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Cannot be told.
    Unclear,
    /// No record = not done.
    Unmet,
    /// Nothing to check.
    NotApplicable,
}

/// Whether and how a defect can be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// 可补齐
    Complete,
    /// 可说明
    Explain,
    /// 不可补正
    None,
}

impl Remedy {
    /// The word in rubrics and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Explain => "explain",
            Self::None => "none",
        }
    }
}

/// How points are taken off.
#[derive(Debug, Clone, PartialEq)]
pub enum Deduct {
    /// All points at once.
    All,
    /// So many for each observation.
    PerObservation {
        /// Points each.
        points: Points,
        /// At most.
        most: Points,
    },
    /// So many for each unit of the magnitude.
    PerUnit {
        /// Unit.
        unit: Unit,
        /// Points each.
        points: Points,
        /// At most.
        most: Points,
    },
    /// By steps of the magnitude: over so much, lose so much; ascending.
    Steps(Vec<(Points, Points)>),
}

impl Deduct {
    /// What a reviewer takes off is lost.
    pub fn by_points(of: Points) -> Self {
        Self::PerUnit { unit: Unit::Points, points: Points::whole(1), most: of }
    }

    /// The most that a criterion of so many points can lose.
    pub fn limit(&self, of: Points) -> Points {
        let most = match self {
            Self::All => of,
            Self::PerObservation { points, .. } | Self::PerUnit { points, .. } if points.is_zero() => Points::ZERO,
            Self::PerObservation { most, .. } | Self::PerUnit { most, .. } => *most,
            Self::Steps(steps) => steps.last().map_or(Points::ZERO, |(_, lose)| *lose),
        };
        most.min(of)
    }
}

/// A criterion (评估指标), ready to be asked.
#[derive(Debug)]
pub struct Criterion {
    /// Id.
    pub id: Arc<str>,
    /// Index of its group.
    pub group: usize,
    /// `regularity` or `substance`.
    pub kind: &'static str,
    /// Title.
    pub title: Text,
    /// Points; zero in the levels scheme.
    pub points: Points,
    /// Points are added instead.
    pub bonus: bool,
    /// Not met = nothing counts.
    pub gate: bool,
    /// Applicable only then.
    pub when: Option<Condition>,
    /// Kind of check.
    pub check: &'static Kind,
    /// The check with its parameters.
    pub ready: Ready,
    /// The documents it asks for.
    pub asks: Vec<Ask>,
    /// Phrases that it looks for in texts.
    pub phrases: Vec<String>,
    /// The fields that its check names.
    pub reads: Vec<FieldId>,
    /// Under which property and item of DA/T 70 (四性检测) it is shown.
    pub archive: Option<Archive>,
    /// Where its evidence comes from, where the rubric says so.
    pub source: Option<source::Source>,
    /// What no record means.
    pub missing: Missing,
    /// Severity of its unmet findings.
    pub severity: Severity,
    /// Deduction.
    pub deduct: Deduct,
    /// 依据 in words, with 依据待核 where not verified.
    pub basis: Arc<Text>,
    /// Whether every basis is verified.
    pub verified: bool,
    /// Whether it can be put right.
    pub remedy: Remedy,
    /// What to do.
    pub fix: Arc<Text>,
    /// Examples.
    pub examples: Vec<given::Example>,
    /// Where it stands.
    pub at: Spot,
}

/// A veto or ceiling (红线).
#[derive(Debug)]
pub struct RedLine {
    /// Id.
    pub id: Arc<str>,
    /// Title.
    pub title: Text,
    /// When it applies.
    pub when: Condition,
    /// Index of the best grade that remains.
    pub grade: usize,
    /// Only proposed until a person decided.
    pub human: bool,
    /// Basis in words.
    pub basis: Arc<Text>,
    /// What to do.
    pub fix: Arc<Text>,
}

impl Criterion {
    /// Whether each document that it names is asked for in this case; `recorded` says which fields a register has at all.
    pub fn asked<'a>(&'a self, case: &'a Case, recorded: &'a dyn Fn(FieldId) -> bool) -> impl Iterator<Item = (DocumentId, Answer)> + 'a {
        let answer = |when: &Option<Condition>| when.as_ref().map_or(Answer::Yes, |c| c.ask_of(case, recorded));
        let own = answer(&self.when);
        self.asks.iter().flat_map(move |ask| ask.documents.iter().map(move |d| (*d, own.min(answer(&ask.when)))))
    }
}

impl Rubrics {
    /// All rubrics: about cases, then about offices.
    pub fn all(&self) -> impl Iterator<Item = &Rubric> {
        self.list.iter().chain(&self.own)
    }

    /// The rubric with this id.
    pub fn by_id(&self, id: &str) -> Option<&Rubric> {
        self.all().find(|r| &*r.id == id)
    }
}

impl Rubric {
    /// The criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|c| &*c.id == id)
    }

    /// Index of the grade of so many points (already on the rubric's scale).
    pub fn grade_of(&self, marks: Points) -> usize {
        self.grades.iter().position(|g| marks >= g.from).unwrap_or(self.grades.len().saturating_sub(1))
    }
}
