//! From observations to marks and possible grades: small, pure, exact. Must not run checks, round, or know files.
//!
//! Every criterion allows a set of *readings*: it does not apply, or it is worth so many points and loses so many. What is
//! clear has one reading. A case's possible grades are those of all combinations of readings; [`spread`] walks them without
//! listing them. Readings of different criteria are taken as independent, which can only widen the set.

pub mod because;
pub mod deduct;
pub mod levels;
pub mod spread;

use crate::base::points::Points;
use crate::check::{Observation, Outcome};
use crate::model::condition::Answer;
use crate::rubric::{Criterion, Deduct, Missing, Rubric, Scheme};
use deduct::{Reading, Readings};

/// A criterion asked of a case: whether it applies and what its check saw.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whether the criterion applies.
    pub applies: Answer,
    /// What the check saw; nothing = in order.
    pub observations: Vec<Observation>,
    /// Why it cannot be told whether it applies, said once; unclear and without points of its own.
    pub doubt: Option<Observation>,
    /// Whether a person's mark stands in the place of the check's own deduction: what the person took off is lost.
    pub marked: bool,
}

impl Asked {
    /// It applies, and this was seen.
    pub fn seen(observations: Vec<Observation>) -> Self {
        Self { applies: Answer::Yes, observations, doubt: None, marked: false }
    }
}

/// A red line asked of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedLineState {
    /// It does not apply, or a person decided against it.
    Clear,
    /// It may apply: not yet decided by a person, or not known.
    Open,
    /// It applies.
    Applies,
}

/// A criterion scored.
#[derive(Debug, Clone)]
pub struct CriterionScore {
    /// Its outcome.
    pub outcome: Outcome,
    /// Whether it applies.
    pub applies: Answer,
    /// Points surely and possibly lost.
    pub lost: (Points, Points),
    /// Whether it can be read in more than one way.
    pub open: bool,
    /// Points lost if it applies, where some reading is that it does not and others that it does.
    pub if_applies: Option<(Points, Points)>,
    /// Level got, when clear; levels scheme only.
    pub level: Option<usize>,
    /// Its observations after the rule for missing records, each with what it loses, surely and possibly.
    pub observations: Vec<(Observation, (Points, Points))>,
    /// The criterion whose defect explains that this one is unclear.
    pub because: Option<usize>,
}

/// A case scored.
#[derive(Debug, Clone)]
pub struct Scored {
    /// In the order of the rubric.
    pub criteria: Vec<CriterionScore>,
    /// In the order of the rubric.
    pub red_lines: Vec<RedLineState>,
    /// Marks, low and high; `None` in the levels scheme and when nothing applies.
    pub marks: Option<(Points, Points)>,
    /// Indexes of possible grades, best first; never empty.
    pub possible: Vec<usize>,
    /// Whether `possible` may hold more than the truth.
    pub superset: bool,
}

impl Scored {
    /// The grade, when only one is possible.
    pub fn grade(&self) -> Option<usize> {
        match self.possible.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

/// Scores a case. `asked` and `red_lines` are in the order of the rubric.
pub fn score(rubric: &Rubric, asked: Vec<Asked>, red_lines: Vec<RedLineState>) -> Scored {
    let criteria = rubric.criteria.iter().zip(asked);
    let (mut criteria, readings): (Vec<CriterionScore>, Vec<Readings>) = criteria.map(|(c, a)| criterion(rubric, c, a)).unzip();
    because::explain(&mut criteria);
    let widened = readings.iter().any(|r| r.superset) || because::tied(rubric, &criteria, &red_lines);
    let readings: Vec<Vec<Reading>> = readings.into_iter().map(|r| r.list).collect();
    let ceilings: Vec<(usize, RedLineState)> = rubric.red_lines.iter().map(|r| r.grade).zip(red_lines.iter().copied()).collect();
    let spread = match &rubric.scheme {
        Scheme::Points { .. } => spread::points(rubric, &readings, &ceilings),
        Scheme::Levels { levels } => levels::levels(rubric, levels.len(), &readings, &ceilings),
    };
    // Where one grade is left, it is the truth: some grade must be.
    let superset = (widened || spread.superset) && spread.possible.len() > 1;
    Scored { criteria, red_lines, marks: spread.marks, possible: spread.possible, superset }
}

fn criterion(rubric: &Rubric, criterion: &Criterion, asked: Asked) -> (CriterionScore, Readings) {
    if asked.applies == Answer::No {
        let score = CriterionScore {
            outcome: Outcome::NotApplicable,
            applies: Answer::No,
            lost: (Points::ZERO, Points::ZERO),
            open: false,
            if_applies: None,
            level: None,
            observations: Vec::new(),
            because: None,
        };
        return (score, Readings::exact(vec![Reading::NOT_APPLICABLE]));
    }
    let unknown = asked.applies == Answer::Unknown;
    let observations: Vec<Observation> = asked.observations.into_iter().map(|o| recorded(o, criterion.missing)).collect();
    let own = outcome(&observations);
    let by_points = Deduct::by_points(criterion.points);
    let deduct = if asked.marked { &by_points } else { &criterion.deduct };
    let mut readings = match &rubric.scheme {
        Scheme::Points { .. } => deduct::readings(deduct, criterion.points, own, &observations),
        Scheme::Levels { levels } => Readings::exact(levels::readings(levels.len(), own, &observations)),
    };
    let mut shown = own;
    if unknown && own != Outcome::NotApplicable {
        if !readings.list.contains(&Reading::NOT_APPLICABLE) {
            readings.list.push(Reading::NOT_APPLICABLE);
        }
        // What would be unmet if it applied is not known to be unmet.
        if own != Outcome::Failed {
            shown = Outcome::Unclear;
        }
    }
    let low = readings.list.iter().map(|r| r.lost.0).min().unwrap_or(Points::ZERO);
    let high = readings.list.iter().map(|r| r.lost.1).max().unwrap_or(Points::ZERO);
    let level = match readings.list.as_slice() {
        [one] if one.applies => one.level,
        _ => None,
    };
    let shares = deduct::shares(deduct, criterion.points, &observations, unknown);
    let mut observations: Vec<_> = observations.into_iter().zip(shares).collect();
    if shown != Outcome::NotApplicable {
        observations.extend(asked.doubt.map(|doubt| (doubt, (Points::ZERO, Points::ZERO))));
    }
    let open = readings.list.len() > 1 || readings.list.iter().any(|r| r.lost.0 != r.lost.1);
    let applied = || readings.list.iter().filter(|r| r.applies);
    let least = applied().map(|r| r.lost.0).min().filter(|_| readings.list.iter().any(|r| !r.applies));
    let if_applies = least.zip(applied().map(|r| r.lost.1).max());
    let lost = (low, high);
    let score = CriterionScore { outcome: shown, applies: asked.applies, lost, open, if_applies, level, observations, because: None };
    (score, readings)
}

/// What an absent record means to this criterion.
fn recorded(mut observation: Observation, missing: Missing) -> Observation {
    if observation.outcome == Outcome::Unclear && observation.absent {
        match missing {
            Missing::Unclear => {}
            Missing::Unmet => observation.outcome = Outcome::Unmet,
            Missing::NotApplicable => observation.outcome = Outcome::NotApplicable,
        }
    }
    observation
}

/// failed > unmet > unclear > pending > met; not applicable only when nothing else was seen.
fn outcome(observations: &[Observation]) -> Outcome {
    let any = |wanted: Outcome| observations.iter().any(|o| o.outcome == wanted);
    let order = [Outcome::Failed, Outcome::Unmet, Outcome::Unclear, Outcome::Pending];
    if let Some(found) = order.into_iter().find(|o| any(*o)) {
        return found;
    }
    let all = |wanted: Outcome| !observations.is_empty() && observations.iter().all(|o| o.outcome == wanted);
    if all(Outcome::NotApplicable) {
        Outcome::NotApplicable
    } else if any(Outcome::Waived) {
        Outcome::Waived
    } else {
        Outcome::Met
    }
}

#[cfg(test)]
mod brute;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
