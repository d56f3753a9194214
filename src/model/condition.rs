//! A condition table (条件), checked against the vocabulary when the rubric is loaded and answered with yes, no or unknown.
//! Must not guess: a field that is not filled makes the answer unknown, not false.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::case::Case;
use super::document::Presence;
use super::value::{Entry, Value};
use super::vocabulary::{DocumentId, FieldId};
use crate::base::points::Points;

/// Yes, no, or not known, by Kleene's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It does not hold.
    No,
    /// It cannot be told.
    Unknown,
    /// It holds.
    Yes,
}

/// A condition ready to be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All must hold.
    All(Vec<Self>),
    /// One must hold.
    Any(Vec<Self>),
    /// The contrary.
    Not(Box<Self>),
    /// The field is one of these values.
    Is(FieldId, Vec<Value>),
    /// The field is filled (or not).
    Filled(FieldId, bool),
    /// The number lies between, ends included or not.
    Number(FieldId, Bounds<Points>),
    /// The day lies between.
    Date(FieldId, Bounds<Date>),
    /// The document is there (or known not to be).
    Document(DocumentId, bool),
}

/// A range: `over`/`under` leave the end out, `from`/`to` include it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds<T> {
    /// Lower end, and whether it is included.
    pub low: Option<(T, bool)>,
    /// Upper end, and whether it is included.
    pub high: Option<(T, bool)>,
}

impl<T: Ord + Copy> Bounds<T> {
    /// Whether `x` lies inside.
    pub fn holds(&self, x: T) -> bool {
        self.low.is_none_or(|(low, with)| if with { x >= low } else { x > low })
            && self.high.is_none_or(|(high, with)| if with { x <= high } else { x < high })
    }
}

fn answer(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}

impl Condition {
    /// Asks the condition of a case.
    pub fn ask(&self, case: &Case) -> Answer {
        self.ask_of(case, &|_| true)
    }

    /// Asks the condition of a case where some fields were not recorded of any: whether those are filled is not known.
    pub fn ask_of(&self, case: &Case, recorded: &dyn Fn(FieldId) -> bool) -> Answer {
        match self {
            Self::All(parts) => parts.iter().map(|p| p.ask_of(case, recorded)).min().unwrap_or(Answer::Yes),
            Self::Any(parts) => parts.iter().map(|p| p.ask_of(case, recorded)).max().unwrap_or(Answer::No),
            Self::Not(inner) => match inner.ask_of(case, recorded) {
                Answer::Yes => Answer::No,
                Answer::No => Answer::Yes,
                Answer::Unknown => Answer::Unknown,
            },
            Self::Is(field, values) => {
                // A value that was not understood might be the one, but not where another one is.
                let one = |entry: &Entry| entry.value.as_ref().map_or(Answer::Unknown, |value| answer(values.contains(value)));
                case.all(*field).iter().map(one).max().unwrap_or(Answer::Unknown)
            }
            Self::Filled(field, _) if !recorded(*field) => Answer::Unknown,
            Self::Filled(field, wanted) => answer(case.entry(*field).is_some() == *wanted),
            Self::Number(field, bounds) => case.number(*field).map_or(Answer::Unknown, |n| answer(bounds.holds(n))),
            Self::Date(field, bounds) => case.date(*field).map_or(Answer::Unknown, |d| answer(bounds.holds(d))),
            Self::Document(document, wanted) => match case.presence(*document) {
                Presence::Present(..) => answer(*wanted),
                // Ticked 不适用 says as plainly as 无 that there is none.
                Presence::Absent(_) | Presence::Declined(_) => answer(!*wanted),
                Presence::Contradicted(_) | Presence::Unnamed(_) | Presence::Unknown => Answer::Unknown,
            },
        }
    }

    /// The fields it looks at, for `because` and for saying what is lacking.
    pub fn fields(&self) -> BTreeSet<FieldId> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
            Self::Not(inner) => inner.fields(),
            Self::Is(f, _) | Self::Filled(f, _) | Self::Number(f, _) | Self::Date(f, _) => BTreeSet::from([*f]),
            Self::Document(..) => BTreeSet::new(),
        }
    }

    /// The documents it looks at, for saying what is lacking.
    pub fn documents(&self) -> BTreeSet<DocumentId> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::documents).collect(),
            Self::Not(inner) => inner.documents(),
            Self::Document(id, _) => BTreeSet::from([*id]),
            Self::Is(..) | Self::Filled(..) | Self::Number(..) | Self::Date(..) => BTreeSet::new(),
        }
    }
}
