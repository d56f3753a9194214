//! The second scheme: each indicator gets a level, and each grade asks how many of the applicable ones reach what.
//! Must not know points.

use std::collections::BTreeSet;

use super::RedLineState;
use super::deduct::Reading;
use super::spread::{Spread, ceiled};
use crate::base::points::Points;
use crate::check::{Observation, Outcome, Unit};
use crate::rubric::{Need, Requirement, Rubric};

/// States kept before the walk gives up and takes every grade as possible.
const MOST_STATES: usize = 20_000;

/// Every level that its observations allow: the worst that is sure, and while something is open every worse one too.
pub fn readings(levels: usize, outcome: Outcome, observations: &[Observation]) -> Vec<Reading> {
    if outcome == Outcome::NotApplicable {
        return vec![Reading::NOT_APPLICABLE];
    }
    let last = levels - 1;
    let at = |level: usize| Reading { level: Some(level), met: level < last, ..Reading::MET };
    let given = |o: &Observation| {
        let level = o.magnitude.filter(|m| m.unit == Unit::Level).and_then(|m| usize::try_from(m.amount.0.to_integer()).ok());
        match o.outcome {
            Outcome::Unmet => Some(level.unwrap_or(last).min(last)),
            Outcome::Met => level.map(|l| l.min(last)),
            _ => None,
        }
    };
    let sure = observations.iter().filter_map(given).max();
    let mut list: Vec<Reading> = match outcome {
        _ if observations.iter().any(Observation::is_open) => (sure.unwrap_or(0)..levels).map(at).collect(),
        _ => vec![at(sure.unwrap_or(0))],
    };
    // A check that failed may not even apply.
    if outcome == Outcome::Failed && !observations.iter().any(|o| o.outcome == Outcome::Unmet) {
        list.push(Reading::NOT_APPLICABLE);
    }
    list
}

/// How many applicable indicators reach each level or better.
type Counts = Vec<u32>;

/// All grades that the readings allow.
pub fn levels(rubric: &Rubric, levels: usize, readings: &[Vec<Reading>], ceilings: &[(usize, RedLineState)]) -> Spread {
    let mut states: BTreeSet<(Counts, bool)> = BTreeSet::from([(vec![0; levels], false)]);
    let mut superset = false;
    for (criterion, options) in rubric.criteria.iter().zip(readings) {
        let mut next = BTreeSet::new();
        for (counts, shut) in &states {
            for reading in options {
                let mut counts = counts.clone();
                if let (true, Some(level)) = (reading.applies, reading.level) {
                    counts[level..].iter_mut().for_each(|n| *n += 1);
                }
                next.insert((counts, *shut || (criterion.gate && reading.applies && !reading.met)));
            }
        }
        states = next;
        if states.len() > MOST_STATES {
            superset = true;
            break;
        }
    }
    let count = rubric.grades.len();
    let mut grades = vec![superset; count];
    for (counts, shut) in &states {
        if counts[levels - 1] > 0 {
            grades[if *shut { count - 1 } else { grade(rubric, counts) }] = true;
        }
    }
    if !grades.contains(&true) {
        return Spread::nothing(count, ceilings);
    }
    Spread { marks: None, possible: ceiled(count, &grades, ceilings), superset }
}

/// The best grade whose requirements all hold.
fn grade(rubric: &Rubric, counts: &[u32]) -> usize {
    let applicable = counts.last().copied().unwrap_or(0);
    let holds = |r: &Requirement| {
        let reached = counts[r.level];
        match r.need {
            Need::All => reached == applicable,
            Need::Share(share) => Points::whole(i64::from(reached)) >= share * Points::whole(i64::from(applicable)),
            Need::Count(n) => reached >= n.min(applicable),
        }
    };
    rubric.grades.iter().position(|g| g.require.iter().all(holds)).unwrap_or(rubric.grades.len() - 1)
}
