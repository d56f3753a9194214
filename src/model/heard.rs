//! What a panel of reviewers (评查组) said of a case beyond single marks: signed pages, joint decisions, objections, and how marks were
//! settled. Must not decide anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::mark::Given;
use crate::base::place::{Place, Seen};
use crate::base::text::Text;

/// Everything a panel said of one case.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Pages of score sheets, by reviewer.
    pub verdicts: Vec<Verdict>,
    /// Joint decisions (集体合议), in order of place.
    pub council: Vec<Council>,
    /// Objections (申诉), in order of place.
    pub objections: Vec<Objection>,
    /// By criterion or red line: what several marks came to. One that is not here is decided by its single mark.
    pub settled: BTreeMap<Arc<str>, Settled>,
}

/// One reviewer's page on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Code of the reviewer whose sheet it is.
    pub reviewer: Arc<str>,
    /// Criteria that had to be marked.
    pub wanted: u32,
    /// Those of them that are still blank, in the order of the rubric.
    pub blank: Vec<Arc<str>>,
    /// Whether anything at all is filled in.
    pub begun: bool,
    /// Whether the whole case is marked; who marks a part confirms no grade.
    pub whole: bool,
    /// Grade (评定等次) that the reviewer confirmed.
    pub grade: Option<Arc<str>>,
    /// Code by which the page is signed.
    pub signed: Option<Arc<str>>,
    /// Day of signing.
    pub on: Option<Date>,
    /// Good practice (亮点).
    pub good: Option<Arc<str>>,
    /// Shortcomings (不足).
    pub lacking: Option<Arc<str>>,
    /// Advice (建议).
    pub advice: Option<Arc<str>>,
    /// Cell of the grade, or the page where it is blank.
    pub place: Place,
}

impl Verdict {
    /// Every criterion marked, signed by the owner of the sheet, with a day, and a grade confirmed where the whole case is marked.
    pub fn is_complete(&self) -> bool {
        self.blank.is_empty() && self.is_signed()
    }

    /// Code and day by the owner of the sheet, and a grade where the whole case is marked.
    pub fn is_signed(&self) -> bool {
        (self.grade.is_some() || !self.whole) && self.on.is_some() && self.signed.as_deref() == Some(&*self.reviewer)
    }
}

/// A line of a joint decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Criterion or red line; none where the line is about the grade alone.
    pub criterion: Option<Arc<str>>,
    /// What was decided for it.
    pub given: Option<Given>,
    /// Reason.
    pub reason: Option<Arc<str>>,
    /// Grade confirmed.
    pub grade: Option<Arc<str>>,
    /// Who decided: codes, or names where they are no reviewers.
    pub members: Vec<Arc<str>>,
    /// Day.
    pub on: Option<Date>,
    /// Minutes (纪要).
    pub minutes: Option<Arc<str>>,
    /// The row.
    pub place: Place,
    /// The decision as written.
    pub raw: Arc<str>,
}

/// Who objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objector {
    /// 机构
    Office,
    /// 承办人
    Lawyer,
}

/// An objection to a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Who.
    pub by: Arc<str>,
    /// As what; none when not told or not understood.
    pub role: Option<Objector>,
    /// Criterion or red line.
    pub criterion: Arc<str>,
    /// Reason.
    pub reason: Option<Arc<str>>,
    /// Evidence handed in.
    pub evidence: Option<Arc<str>>,
    /// Whether that evidence was there when the case was marked (评估时已存在) or was made afterwards (事后形成).
    pub existed: Option<bool>,
    /// When the result was served (送达日): the clock runs from here.
    pub served: Option<Date>,
    /// When the objection was made (提出日).
    pub raised: Option<Date>,
    /// Whether the result is changed; none while it is not decided.
    pub changed: Option<bool>,
    /// What the mark becomes.
    pub given: Option<Given>,
    /// Grade confirmed after it.
    pub grade: Option<Arc<str>>,
    /// Who decided, by code.
    pub deciders: Vec<Arc<str>>,
    /// When.
    pub decided: Option<Date>,
    /// Why.
    pub why: Option<Arc<str>>,
    /// The row.
    pub place: Place,
    /// The decision as written.
    pub raw: Arc<str>,
}

/// What several marks of one criterion came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The mark that counts; none while they are not settled.
    pub given: Option<Given>,
    /// How it became the result.
    pub how: Text,
    /// Every cell that it came from.
    pub seen: Vec<Seen>,
}
