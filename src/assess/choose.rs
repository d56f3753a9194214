//! Exactly one rubric a case: by its condition and its days of force. Two is a mistake of the rubrics, none is out of scope, and
//! a case that does not tell (its type is not filled) stays in scope, undecided: leaving a field blank must not help. Must not grade.

use jiff::civil::Date;

use crate::base::place::Place;
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::known;
use crate::model::value::{Entry, Source, understand};
use crate::model::vocabulary::{self, FieldId, Vocabulary};
use crate::rubric::{Rubric, Rubrics};

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Index of the one rubric.
    Rubric(usize),
    /// None applies.
    None,
    /// It cannot be told; the index of the first that may apply.
    Unclear(usize),
    /// Two apply: a mistake of the rubrics (indexes).
    Two(usize, usize),
}

/// Chooses for one case.
pub fn choose(rubrics: &Rubrics, case: &Case) -> Choice {
    let (mut chosen, mut unknown) = (None, None);
    for (i, rubric) in rubrics.list.iter().enumerate() {
        match applies(rubric, case) {
            Answer::Yes => match chosen {
                None => chosen = Some(i),
                Some(first) => return Choice::Two(first, i),
            },
            Answer::Unknown => unknown = unknown.or(Some(i)),
            Answer::No => {}
        }
    }
    match (chosen, unknown) {
        (Some(i), _) => Choice::Rubric(i),
        (None, Some(i)) => Choice::Unclear(i),
        (None, None) => Choice::None,
    }
}

fn applies(rubric: &Rubric, case: &Case) -> Answer {
    let by_type = rubric.applies.as_ref().map_or(Answer::Yes, |c| c.ask(case));
    let by_date = rubric.in_force.map_or(Answer::Yes, |(field, from, until)| match case.date(field) {
        None => Answer::Unknown,
        Some(date) if from.is_none_or(|f| date >= f) && until.is_none_or(|u| date <= u) => Answer::Yes,
        Some(_) => Answer::No,
    });
    by_type.min(by_date)
}

/// A case of which only the type is known.
fn of_type(vocabulary: &Vocabulary, field: FieldId, case_type: &str) -> Case {
    let place = Place::file("");
    let value = understand(vocabulary.field(field), case_type);
    let entry = Entry { field, value, raw: case_type.into(), place: place.clone(), source: Source::Register };
    Case { entries: vec![entry], ..Case::empty(place) }
}

/// Whether the stage is part of the identity of cases of this type: some rubric that may apply to this case type keeps a file a stage.
pub fn keeps_stages(rubrics: &Rubrics, vocabulary: &Vocabulary, case_type: &str) -> bool {
    let Some(field) = vocabulary.field_id(known::CASE_TYPE) else { return false };
    let case = of_type(vocabulary, field, case_type);
    rubrics.list.iter().any(|r| r.stage_files && r.applies.as_ref().is_none_or(|c| c.ask(&case) == Answer::Yes))
}

/// Two rubrics that apply to one case type, with the type: a mistake that can be told before any case is read.
pub fn overlap(rubrics: &Rubrics, vocabulary: &Vocabulary) -> Option<(usize, usize, String)> {
    let field = vocabulary.field_id(known::CASE_TYPE)?;
    let choices = &vocabulary.field(field).choices;
    let rivals = |choice: &vocabulary::Choice| {
        let case = of_type(vocabulary, field, &choice.value);
        let always = |r: &Rubric| r.applies.as_ref().is_none_or(|c| c.ask(&case) == Answer::Yes);
        let all: Vec<usize> = (0..rubrics.list.len()).filter(|i| always(&rubrics.list[*i])).collect();
        all.iter().enumerate().find_map(|(n, a)| {
            let together = |b: &&usize| in_force_together(&rubrics.list[*a], &rubrics.list[**b]);
            all[n + 1..].iter().find(together).map(|b| (*a, *b, choice.value.clone()))
        })
    };
    choices.iter().find_map(rivals)
}

fn in_force_together(a: &Rubric, b: &Rubric) -> bool {
    let (Some((by, from, until)), Some((other, later_from, later_until))) = (a.in_force, b.in_force) else { return true };
    let apart = |until: Option<Date>, from: Option<Date>| matches!((until, from), (Some(u), Some(f)) if u < f);
    // By different dates nothing can be told before the cases are read.
    by == other && !apart(until, later_from) && !apart(later_until, from)
}
