//! What one criterion can lose: from its observations to its readings, and the share of each observation.
//! Must not look at other criteria.

use crate::base::points::Points;
use crate::check::{Observation, Outcome, Unit};
use crate::rubric::{Criterion, Deduct};

/// One way in which a criterion can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Whether it applies.
    pub applies: bool,
    /// Points lost: any number from the first to the second.
    pub lost: (Points, Points),
    /// Level got, levels scheme only.
    pub level: Option<usize>,
    /// Whether it is met as a gate.
    pub met: bool,
}

impl Reading {
    /// It does not apply.
    pub const NOT_APPLICABLE: Self = Self { applies: false, lost: (Points::ZERO, Points::ZERO), level: None, met: true };

    /// It applies and loses exactly so much.
    pub fn loses(points: Points) -> Self {
        Self { applies: true, lost: (points, points), level: None, met: points.is_zero() }
    }
}

/// How many readings of one criterion are listed before they are taken as a range.
const MOST_READINGS: usize = 64;

/// Every reading that its observations allow.
pub fn readings(criterion: &Criterion, outcome: Outcome, observations: &[Observation]) -> Vec<Reading> {
    let of = criterion.points;
    match outcome {
        Outcome::NotApplicable => return vec![Reading::NOT_APPLICABLE],
        Outcome::Failed => return any_loss(Points::ZERO, of),
        Outcome::Met | Outcome::Waived => return vec![Reading::loses(Points::ZERO)],
        Outcome::Unmet | Outcome::Unclear | Outcome::Pending => {}
    }
    let sure = observations.iter().filter(|o| o.outcome == Outcome::Unmet);
    let open = observations.iter().filter(|o| matches!(o.outcome, Outcome::Unclear | Outcome::Pending)).count();
    let certain = outcome == Outcome::Unmet;
    match &criterion.deduct {
        Deduct::All if certain => vec![Reading { met: false, ..Reading::loses(of) }],
        Deduct::All => listed([Points::ZERO, of]),
        Deduct::PerObservation { points, most } => {
            let base = whole(sure.count()) * *points;
            listed((0..=open).map(|n| (base + whole(n) * *points).min(*most).min(of)))
        }
        Deduct::PerUnit { unit, points, most } => {
            let most = (*most).min(of);
            let base: Points = sure.map(|o| by_unit(o, *unit, *points, most)).sum::<Points>().min(most);
            if open == 0 {
                return listed([base]);
            }
            if *unit == Unit::Points || points.is_zero() {
                return any_loss(base, most);
            }
            let steps = ((most - base) / *points).0.ceil().to_integer();
            match usize::try_from(steps) {
                Ok(steps) if steps <= MOST_READINGS => listed((0..=steps).map(|n| (base + whole(n) * *points).min(most))),
                _ => any_loss(base, most),
            }
        }
        Deduct::Steps(steps) => {
            let base = sure.map(|o| by_step(o, steps)).max().unwrap_or(Points::ZERO).min(of);
            if open == 0 {
                return listed([base]);
            }
            listed(std::iter::once(base).chain(steps.iter().map(|(_, lose)| (*lose).min(of).max(base))))
        }
    }
}

fn listed(losses: impl IntoIterator<Item = Points>) -> Vec<Reading> {
    let mut losses: Vec<Points> = losses.into_iter().collect();
    losses.sort_unstable();
    losses.dedup();
    losses.into_iter().map(Reading::loses).collect()
}

/// Any loss between the two; as a gate it may be met or not.
fn any_loss(low: Points, high: Points) -> Vec<Reading> {
    let range = Reading { applies: true, lost: (low, high), level: None, met: false };
    if low.is_zero() { vec![Reading::loses(low), range] } else { vec![range] }
}

fn whole(n: usize) -> Points {
    Points::whole(i64::try_from(n).unwrap_or(i64::MAX >> 20))
}

/// The loss of one observation by its magnitude; without a magnitude in the right unit it loses all that can be lost.
fn by_unit(observation: &Observation, unit: Unit, points: Points, most: Points) -> Points {
    match observation.magnitude {
        Some(m) if m.unit == unit => (m.amount * points).min(most),
        _ => most,
    }
}

fn by_step(observation: &Observation, steps: &[(Points, Points)]) -> Points {
    let last = steps.last().map_or(Points::ZERO, |(_, lose)| *lose);
    observation.magnitude.map_or(last, |m| steps.iter().rev().find(|(over, _)| m.amount > *over).map_or(Points::ZERO, |(_, lose)| *lose))
}

/// What each observation loses, surely and possibly. In order, until the criterion can lose no more.
pub fn shares(criterion: &Criterion, observations: &[Observation], applies_unknown: bool) -> Vec<(Points, Points)> {
    let (mut sure_left, mut left) = (limit(criterion), limit(criterion));
    let own = |o: &Observation| match &criterion.deduct {
        Deduct::All => criterion.points,
        Deduct::PerObservation { points, .. } => *points,
        Deduct::PerUnit { unit, points, most } if o.outcome == Outcome::Unmet => by_unit(o, *unit, *points, *most),
        Deduct::PerUnit { most, .. } => *most,
        Deduct::Steps(steps) if o.outcome == Outcome::Unmet => by_step(o, steps),
        Deduct::Steps(steps) => steps.last().map_or(Points::ZERO, |(_, lose)| *lose),
    };
    let mut share = |o: &Observation| match o.outcome {
        Outcome::Unmet => {
            let lost = own(o).min(sure_left);
            sure_left = sure_left - lost;
            left = left - lost;
            if applies_unknown { (Points::ZERO, lost) } else { (lost, lost) }
        }
        Outcome::Unclear | Outcome::Pending | Outcome::Failed => {
            let lost = own(o).min(left);
            left = left - lost;
            (Points::ZERO, lost)
        }
        Outcome::Met | Outcome::NotApplicable | Outcome::Waived => (Points::ZERO, Points::ZERO),
    };
    // What is sure takes its share before what is open, wherever it stands.
    let mut shares = vec![(Points::ZERO, Points::ZERO); observations.len()];
    for sure in [true, false] {
        for (o, slot) in observations.iter().zip(&mut shares) {
            if (o.outcome == Outcome::Unmet) == sure {
                *slot = share(o);
            }
        }
    }
    shares
}

fn limit(criterion: &Criterion) -> Points {
    match &criterion.deduct {
        Deduct::PerObservation { most, .. } | Deduct::PerUnit { most, .. } => (*most).min(criterion.points),
        Deduct::All | Deduct::Steps(_) => criterion.points,
    }
}
