//! Checks (检查方法): pure functions from a case to observations. A check never decides points, reads no file and no clock.
//! A new check is one file in `kinds/`, one line in [`KINDS`], one `.md` and one `.zh.md` beside it and one data file in `tests/data/checks/`.

pub mod args;
pub mod compare;
pub mod contents;
pub mod files;
pub mod kinds;
pub mod limit;
pub mod quote;
pub mod recur;
pub mod rows;

use jiff::civil::Date;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};
use crate::reference::workdays::Calendar;

/// What a check found out about one thing (结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 符合
    Met,
    /// 不符合
    Unmet,
    /// 不适用
    NotApplicable,
    /// 材料不足待核
    Unclear,
    /// 待人工评
    Pending,
    /// 经批准不扣分
    Waived,
    /// 程序未能检查
    Failed,
}

impl Outcome {
    /// The word in JSON and rubrics.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::NotApplicable => "not_applicable",
            Self::Unclear => "unclear",
            Self::Pending => "pending",
            Self::Waived => "waived",
            Self::Failed => "failed",
        }
    }

    /// What people read.
    pub const fn title(self) -> Text {
        match self {
            Self::Met => Text::fixed("符合", "met"),
            Self::Unmet => Text::fixed("不符合", "not met"),
            Self::NotApplicable => Text::fixed("不适用", "not applicable"),
            Self::Unclear => Text::fixed("材料不足待核", "unclear"),
            Self::Pending => Text::fixed("待人工评", "awaiting a reviewer"),
            Self::Waived => Text::fixed("经批准不扣分", "waived"),
            Self::Failed => Text::fixed("程序未能检查", "check failed"),
        }
    }

    /// All of them.
    pub const ALL: [Self; 7] = [Self::Met, Self::Unmet, Self::NotApplicable, Self::Unclear, Self::Pending, Self::Waived, Self::Failed];
}

/// What a magnitude counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Working days.
    Workdays,
    /// Months, a begun one counting in full.
    Months,
    /// Hours, a begun one counting in full.
    Hours,
    /// Things: documents, fields, pages.
    Items,
    /// Percentage points.
    Percent,
    /// Points that a reviewer took off.
    Points,
    /// Index of a level of the levels scheme, 0 the best.
    Level,
}

impl Unit {
    /// Whether a deduction by this unit counts magnitudes in `other`: days are those of the limit, calendar days or working
    /// days, for a limit may change from one to the other between two versions.
    pub fn counts(self, other: Self) -> bool {
        self == other || (self, other) == (Self::Days, Self::Workdays)
    }
}

/// How much: days late, papers missing, points taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Magnitude {
    /// How many.
    pub amount: Points,
    /// Of what.
    pub unit: Unit,
}

/// What is known of how much an open observation counts for, should it turn out unmet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Its magnitude; where it has none, one defect if defects are counted, and any amount if amounts are.
    #[default]
    Exact,
    /// Its magnitude or less.
    AtMost,
    /// Any number of defects; should it be taken as unmet for want of records, all that can be lost.
    Any,
}

/// What an observation is about, or what was lacking to make it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A field.
    Field(FieldId),
    /// A kind of document.
    Document(DocumentId),
    /// Anything else, by a stable word made of content (never of rows or file names).
    Other(String),
}

/// One thing a check saw (核查记录). Things that are in order need no observation: a check that returns nothing says `met`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What was found.
    pub outcome: Outcome,
    /// How much.
    pub magnitude: Option<Magnitude>,
    /// How much it may be if an open observation turns out unmet.
    pub extent: Extent,
    /// In words, with values as written and as understood.
    pub said: Text,
    /// Every place; never empty for `unmet` and `unclear`.
    pub seen: Vec<Seen>,
    /// What it is about.
    pub target: Option<Target>,
    /// What was missing or unreadable, for `because`.
    pub lacks: Vec<Target>,
    /// Whether nothing was recorded at all: what `missing` in a rubric is about.
    pub absent: bool,
}

impl Observation {
    /// A bare observation.
    pub fn new(outcome: Outcome, said: Text, seen: Vec<Seen>) -> Self {
        Self { outcome, magnitude: None, extent: Extent::Exact, said, seen, target: None, lacks: Vec::new(), absent: false }
    }

    /// Not met.
    pub fn unmet(said: Text, seen: Vec<Seen>) -> Self {
        Self::new(Outcome::Unmet, said, seen)
    }

    /// Cannot be told, because these are missing or unreadable.
    pub fn unclear(said: Text, seen: Vec<Seen>, lacks: Vec<Target>) -> Self {
        Self { lacks, ..Self::new(Outcome::Unclear, said, seen) }
    }

    /// Cannot be told, because nothing at all was recorded of these.
    pub fn absent(said: Text, seen: Vec<Seen>, lacks: Vec<Target>) -> Self {
        Self { absent: true, ..Self::unclear(said, seen, lacks) }
    }

    /// Whether it is not decided: unclear, awaiting a reviewer, or not checked.
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Unclear | Outcome::Pending | Outcome::Failed)
    }

    /// Does not apply.
    pub fn not_applicable() -> Self {
        Self::new(Outcome::NotApplicable, Text::EMPTY, Vec::new())
    }

    /// With a magnitude.
    #[must_use]
    pub fn by(mut self, amount: Points, unit: Unit) -> Self {
        self.magnitude = Some(Magnitude { amount, unit });
        self
    }

    /// Open, and it may hide any number of defects: what there is to look through is itself lacking.
    #[must_use]
    pub fn any_number(self) -> Self {
        Self { extent: Extent::Any, ..self }
    }

    /// Open, and its magnitude is the most that it can be.
    #[must_use]
    pub fn at_most(self) -> Self {
        Self { extent: Extent::AtMost, ..self }
    }

    /// About this.
    #[must_use]
    pub fn about(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }
}

/// What every check may know besides the case.
#[derive(Debug)]
pub struct World {
    /// 截止日: the day as of which the batch is judged.
    pub as_of: Date,
    /// 评查期间: the days that duties which come again are counted in, both ends included.
    pub period: (Date, Date),
    /// Working days and holidays.
    pub calendar: Calendar,
    /// Names of fields and documents.
    pub vocabulary: Vocabulary,
}

impl World {
    /// The days of the batch; where it declares none, the year of the as-of date.
    pub fn period(as_of: Date, from: Option<Date>, to: Option<Date>) -> (Date, Date) {
        let year = |month, day| Date::new(as_of.year(), month, day).unwrap_or(as_of);
        (from.unwrap_or_else(|| year(1, 1)), to.unwrap_or_else(|| year(12, 31)))
    }
}

/// A check of one case.
pub type CaseCheck = Box<dyn Fn(&Case, &World) -> Vec<Observation> + Send + Sync>;
/// A check that compares the cases of one office; the index is the case's.
pub type OfficeCheck = Box<dyn Fn(&[&Case], &World) -> Vec<(usize, Observation)> + Send + Sync>;

/// A check with its parameters, built once per criterion when the rubric is loaded.
pub enum Ready {
    /// Looks at one case.
    Case(CaseCheck),
    /// Compares the cases of one office.
    Office(OfficeCheck),
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Case(_) => "Ready::Case",
            Self::Office(_) => "Ready::Office",
        })
    }
}

impl Ready {
    /// A check of one case.
    pub fn case(f: impl Fn(&Case, &World) -> Vec<Observation> + Send + Sync + 'static) -> Option<Self> {
        Some(Self::Case(Box::new(f)))
    }

    /// A check of the papers of a dossier; where there is nothing to look at, that is all that it says.
    pub fn papers(f: impl Fn(&Case, &World) -> Vec<Observation> + Send + Sync + 'static) -> Option<Self> {
        Self::case(move |case, world| files::nothing(case).unwrap_or_else(|| f(case, world)))
    }

    /// A check within one office.
    pub fn office(f: impl Fn(&[&Case], &World) -> Vec<(usize, Observation)> + Send + Sync + 'static) -> Option<Self> {
        Some(Self::Office(Box::new(f)))
    }
}

/// A kind of check.
#[derive(Debug)]
pub struct Kind {
    /// Name in rubrics.
    pub name: &'static str,
    /// What people call it.
    pub title: Text,
    /// What it does and its parameters, as `explain` prints it. The English page ends with an example for both: its fenced
    /// ```toml block is a complete criterion that is compiled by a test.
    pub about: Text,
    /// Units of the magnitudes that it gives in the points scheme; none when it only says met or not.
    pub units: &'static [Unit],
    /// Whether a person decides it (a reviewer's mark) rather than the machine.
    pub human: bool,
    /// Reads the parameters; `None` after reporting a mistake.
    pub ready: fn(&mut args::Args<'_>) -> Option<Ready>,
}

/// All kinds, sorted by name.
pub static KINDS: &[Kind] = kinds::ALL;

/// The kind with this name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.binary_search_by(|k| k.name.cmp(name)).ok().map(|i| &KINDS[i])
}
