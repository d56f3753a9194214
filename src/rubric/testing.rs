//! Rubrics built by hand, for tests only: what they do not say is as usual.

use std::sync::Arc;

use super::{Counting, Criterion, Deduct, Grade, Group, Missing, Rate, RedLine, Remedy, Rubric, Rubrics, Scheme};
use crate::base::mistake::Spot;
use crate::base::points::Points;
use crate::base::problem::Severity;
use crate::base::text::Text;
use crate::check::{Kind, Ready};
use crate::model::condition::Condition;
use crate::model::vocabulary::Vocabulary;

static KIND: Kind = Kind { name: "test", title: Text::EMPTY, about: Text::EMPTY, units: &[], human: false, ready: |_| None };

/// A criterion with these points and this deduction; all else as usual.
pub fn plain(id: &str, points: Points, deduct: Deduct) -> Criterion {
    Criterion {
        id: id.into(),
        group: 0,
        kind: "regularity",
        title: Text::EMPTY,
        points,
        bonus: false,
        gate: false,
        when: None,
        check: &KIND,
        ready: Ready::Case(Box::new(|_, _| Vec::new())),
        asks: Vec::new(),
        phrases: Vec::new(),
        reads: Vec::new(),
        archive: None,
        source: None,
        missing: Missing::Unclear,
        severity: Severity::Error,
        deduct,
        basis: Arc::new(Text::EMPTY),
        verified: true,
        remedy: Remedy::None,
        fix: Arc::default(),
        examples: Vec::new(),
        at: Spot::new(0, 0..0),
    }
}

/// A rubric of these criteria in one group; grades from 90, 75, 60 and 0 of the hundred.
pub fn rubric(criteria: Vec<Criterion>) -> Rubric {
    let grade = |id: &str, from: i64| Grade { id: id.into(), title: id.into(), from: Points::whole(from), require: Vec::new() };
    Rubric {
        id: "test".into(),
        about: crate::model::own::Subject::Case,
        family: "test".into(),
        version: "1".into(),
        title: "test".into(),
        applies: None,
        in_force: None,
        stage_files: false,
        scheme: Scheme::Points { total: Points::whole(100), rescale: true, bonus_most: Points::ZERO },
        grades: vec![grade("a", 90), grade("b", 75), grade("c", 60), grade("d", 0)],
        rates: Vec::new(),
        counting: Counting::Cumulative,
        groups: vec![Group { title: "g".into(), most: None }],
        criteria,
        red_lines: Vec::new(),
        reconcile: None,
        filing: None,
        sha256: String::new(),
    }
}

/// A red line with this ceiling.
pub fn red_line(grade: usize) -> RedLine {
    let (when, basis) = (Condition::All(Vec::new()), Arc::new(Text::EMPTY));
    RedLine { id: "V".into(), title: Text::EMPTY, when, grade, human: true, basis, fix: Arc::default() }
}

/// A run of this rubric alone, without words.
pub fn run(rubric: Rubric) -> Rubrics {
    Rubrics { vocabulary: Vocabulary::default(), list: vec![rubric], own: Vec::new() }
}

/// A rate of these grades; the first title is the headline.
pub fn rate(title: &str, grades: &[usize], headline: bool) -> Rate {
    Rate { id: title.to_owned(), title: title.to_owned(), grades: grades.to_vec(), headline }
}
