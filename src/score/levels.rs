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

/// Every level that its observations allow.
pub fn readings(levels: usize, outcome: Outcome, observations: &[Observation]) -> Vec<Reading> {
    let at = |level: usize| Reading { applies: true, lost: (Points::ZERO, Points::ZERO), level: Some(level), met: level + 1 < levels };
    let given = observations.iter().filter_map(|o| o.magnitude.filter(|m| m.unit == Unit::Level));
    let given = given.filter_map(|m| usize::try_from(m.amount.0.to_integer()).ok()).max();
    match (outcome, given) {
        (Outcome::NotApplicable, _) => vec![Reading::NOT_APPLICABLE],
        (Outcome::Met | Outcome::Waived, None) => vec![at(0)],
        (Outcome::Unmet, None) => vec![at(levels - 1)],
        (Outcome::Met | Outcome::Waived | Outcome::Unmet, Some(level)) => vec![at(level.min(levels - 1))],
        (Outcome::Unclear | Outcome::Pending | Outcome::Failed, _) => (0..levels).map(at).collect(),
    }
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
    let possible = ceiled(count, &grades, ceilings);
    let possible = if possible.is_empty() { (0..count).collect() } else { possible };
    Spread { marks: None, possible, superset }
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
