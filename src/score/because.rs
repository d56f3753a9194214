//! Which criterion already tells of the defect that makes another one unclear. Must not change outcomes or points.

use std::collections::{BTreeMap, BTreeSet};

use super::{CriterionScore, RedLineState};
use crate::check::{Observation, Outcome, Target};
use crate::rubric::Rubric;

/// A criterion that is unclear only for want of what another criterion already tells of refers to that one.
///
/// Who tells of a thing: the first criterion that found it wrong; else the first that is unclear about that very thing; else
/// the first that is unclear for want of it. Only criteria that make findings of their own tell of anything, so a reference
/// never leads to another reference.
pub fn explain(criteria: &mut [CriterionScore]) {
    let mut tells: BTreeMap<Target, usize> = BTreeMap::new();
    for (i, score) in criteria.iter().enumerate() {
        for target in with(score, Outcome::Unmet).filter_map(|o| o.target.as_ref()) {
            tells.entry(target.clone()).or_insert(i);
        }
    }
    for (i, score) in criteria.iter().enumerate() {
        for observation in with(score, Outcome::Unclear) {
            if let Some(target) = observation.target.as_ref().filter(|t| observation.lacks.contains(t)) {
                tells.entry(target.clone()).or_insert(i);
            }
        }
    }
    for (i, score) in criteria.iter_mut().enumerate() {
        match explained(i, score, &tells) {
            Some(other) => score.because = Some(other),
            None => {
                for lack in with(score, Outcome::Unclear).flat_map(|o| &o.lacks) {
                    tells.entry(lack.clone()).or_insert(i);
                }
            }
        }
    }
}

/// The criterion that tells of the first thing that `score` lacks, when others tell of all that it lacks and nothing else is wrong.
fn explained(at: usize, score: &CriterionScore, tells: &BTreeMap<Target, usize>) -> Option<usize> {
    let other = |lack: &Target| tells.get(lack).copied().filter(|other| *other != at);
    let own = |o: &Observation| matches!(o.outcome, Outcome::Unmet | Outcome::Pending | Outcome::Failed);
    if score.outcome != Outcome::Unclear || score.observations.iter().any(|(o, _)| own(o)) {
        return None;
    }
    let told = |o: &Observation| !o.lacks.is_empty() && o.lacks.iter().all(|lack| other(lack).is_some());
    let first = with(score, Outcome::Unclear).find_map(|o| o.lacks.first()).and_then(other);
    first.filter(|_| with(score, Outcome::Unclear).all(told))
}

fn with(score: &CriterionScore, outcome: Outcome) -> impl Iterator<Item = &Observation> {
    score.observations.iter().map(|(o, _)| o).filter(move |o| o.outcome == outcome)
}

/// Whether two open parts of a case hang on the same thing, so that taking them as independent may allow too much.
pub fn tied(rubric: &Rubric, criteria: &[CriterionScore], red_lines: &[RedLineState]) -> bool {
    let open_criteria = criteria.iter().filter(|c| c.open).map(|c| {
        let open = c.observations.iter().map(|(o, _)| o).filter(|o| o.is_open());
        open.flat_map(|o| o.lacks.iter().cloned()).collect::<BTreeSet<Target>>()
    });
    let open_lines = rubric.red_lines.iter().zip(red_lines).filter(|(_, state)| **state == RedLineState::Open).map(|(line, _)| {
        let fields = line.when.fields().into_iter().map(Target::Field);
        fields.chain(line.when.documents().into_iter().map(Target::Document)).collect()
    });
    let mut seen: BTreeSet<Target> = BTreeSet::new();
    open_criteria.chain(open_lines).any(|part| part.into_iter().any(|target| !seen.insert(target)))
}
