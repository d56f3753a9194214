//! Exactly one rubric a case: by its condition and its days of force. Two is a mistake of the rubrics, none is out of scope.
//! Must not grade.

use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::scope::OutReason;
use crate::rubric::{Rubric, Rubrics};

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Index of the one rubric.
    Rubric(usize),
    /// It cannot be told which of these applies, if any: the case is graded by none and its grade is undecided.
    Unclear(Vec<usize>),
    /// None applies.
    None(OutReason),
    /// Two apply: a mistake of the rubrics (indexes).
    Two(usize, usize),
}

/// Chooses for one case.
pub fn choose(rubrics: &Rubrics, case: &Case) -> Choice {
    let (mut chosen, mut unknown) = (None, Vec::new());
    for (i, rubric) in rubrics.list.iter().enumerate() {
        match applies(rubric, case) {
            Answer::Yes => match chosen {
                None => chosen = Some(i),
                Some(first) => return Choice::Two(first, i),
            },
            Answer::Unknown => unknown.push(i),
            Answer::No => {}
        }
    }
    match chosen {
        Some(i) => Choice::Rubric(i),
        None if unknown.is_empty() => Choice::None(OutReason::NoRubric),
        None => Choice::Unclear(unknown),
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

/// Whether the stage is part of a case's identity: some rubric that may apply to this case type keeps a file a stage.
pub fn keeps_stages(rubrics: &Rubrics, case: &Case) -> bool {
    rubrics.list.iter().any(|r| r.stage_files && r.applies.as_ref().is_none_or(|c| c.ask(case) == Answer::Yes))
}
