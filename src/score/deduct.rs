//! What one criterion can lose: from its observations to its readings, and the share of each observation.
//! Must not look at other criteria.
//!
//! Every observation has an *amount* (one defect, three days, two points); what is lost depends on the sum of the amounts
//! alone and never falls with it. An open observation may turn out met (amount 0) or unmet; when its amount is not known it
//! may be any.

use crate::base::points::Points;
use crate::check::{Extent, Observation, Outcome, Unit};
use crate::rubric::Deduct;

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

    /// It applies, is met and loses nothing.
    pub const MET: Self = Self { applies: true, ..Self::NOT_APPLICABLE };

    /// It applies, is not met and loses from `low` to `high`.
    pub fn unmet(low: Points, high: Points) -> Self {
        Self { applies: true, lost: (low, high), level: None, met: false }
    }
}

/// How many readings of one criterion are listed before they are taken as a range.
const MOST_READINGS: usize = 64;

/// The ways in which a criterion can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// Each of them; never empty.
    pub list: Vec<Reading>,
    /// Whether some may lie beyond the truth.
    pub superset: bool,
}

impl Readings {
    /// Exactly these.
    pub fn exact(list: Vec<Reading>) -> Self {
        Self { list, superset: false }
    }
}

/// How much an observation counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// Exactly so much.
    Exactly(Points),
    /// So much or less.
    UpTo(Points),
    /// Not known: as much as can be lost when unmet, anything while open.
    Any,
}

/// Every reading that its observations allow.
pub fn readings(deduct: &Deduct, of: Points, outcome: Outcome, observations: &[Observation]) -> Readings {
    if outcome == Outcome::NotApplicable {
        return Readings::exact(vec![Reading::NOT_APPLICABLE]);
    }
    let rule = Rule { deduct, of };
    let sure: Vec<Amount> = observations.iter().filter(|o| o.outcome == Outcome::Unmet).map(|o| rule.amount(o)).collect();
    let open: Vec<Amount> = observations.iter().filter(|o| o.is_open()).map(|o| rule.amount(o)).collect();
    let mut list = if sure.is_empty() { vec![Reading::MET] } else { Vec::new() };
    // A check that failed may not even apply.
    if sure.is_empty() && outcome == Outcome::Failed {
        list.push(Reading::NOT_APPLICABLE);
    }
    if sure.is_empty() && open.is_empty() {
        return Readings::exact(list);
    }
    let (losses, superset) = rule.losses(&sure, &open);
    list.extend(losses.into_iter().map(|(low, high)| Reading::unmet(low, high)));
    Readings { list, superset }
}

/// The deduction of a criterion with its points.
struct Rule<'a> {
    deduct: &'a Deduct,
    of: Points,
}

impl Rule<'_> {
    fn amount(&self, observation: &Observation) -> Amount {
        if observation.outcome == Outcome::Failed || observation.extent == Extent::Any {
            return Amount::Any;
        }
        let known = |amount: Points| {
            let amount = amount.max(Points::ZERO);
            if observation.is_open() && observation.extent == Extent::AtMost { Amount::UpTo(amount) } else { Amount::Exactly(amount) }
        };
        match (self.deduct, observation.magnitude) {
            (Deduct::All, _) => Amount::Exactly(Points::whole(1)),
            (Deduct::PerObservation { .. }, _) => Amount::Exactly(Points::whole(1)),
            (Deduct::PerUnit { unit, .. }, Some(m)) if unit.counts(m.unit) => known(m.amount),
            (Deduct::Steps(_), Some(m)) => known(m.amount),
            (Deduct::PerUnit { .. } | Deduct::Steps(_), _) => Amount::Any,
        }
    }

    fn limit(&self) -> Points {
        self.deduct.limit(self.of)
    }

    /// What so much loses.
    fn loss(&self, amount: Points) -> Points {
        let lost = match self.deduct {
            Deduct::All => {
                if amount.is_zero() {
                    Points::ZERO
                } else {
                    self.of
                }
            }
            Deduct::PerObservation { points, .. } | Deduct::PerUnit { points, .. } => amount * *points,
            Deduct::Steps(steps) => steps.iter().rev().find(|(over, _)| amount > *over).map_or(Points::ZERO, |(_, lose)| *lose),
        };
        lost.min(self.limit())
    }

    /// All losses when `sure` is unmet and `open` may be; the second is whether some may lie beyond the truth.
    fn losses(&self, sure: &[Amount], open: &[Amount]) -> (Vec<(Points, Points)>, bool) {
        let limit = self.limit();
        let (mut base, mut climb) = (Points::ZERO, Some(Points::ZERO));
        for amount in sure {
            match amount {
                Amount::Exactly(amount) | Amount::UpTo(amount) => base += *amount,
                Amount::Any => return (vec![(limit, limit)], false),
            }
        }
        let mut sums = vec![base];
        for amount in open {
            match amount {
                Amount::Exactly(amount) => sums.extend(sums.clone().into_iter().map(|sum| sum + *amount)),
                Amount::UpTo(most) => climb = climb.map(|climb| climb + *most),
                Amount::Any => climb = None,
            }
            sums.sort_unstable();
            sums.dedup();
            // Sums that lose all that can be lost are alike.
            let full = sums.iter().position(|sum| self.loss(*sum) >= limit).map_or(sums.len(), |at| at + 1);
            sums.truncate(full);
            if sums.len() > MOST_READINGS {
                return (vec![(self.loss(base), limit)], true);
            }
        }
        let mut losses = Vec::new();
        for sum in sums {
            if !self.climb(sum, climb, &mut losses) {
                return (vec![(self.loss(base), limit)], true);
            }
        }
        losses.sort_unstable();
        losses.dedup();
        (losses, false)
    }

    /// All losses of `sum` and up to `by` on top, without a bound for `None`; false when there are too many.
    fn climb(&self, sum: Points, by: Option<Points>, losses: &mut Vec<(Points, Points)>) -> bool {
        let least = self.loss(sum);
        let most = by.map_or(self.limit(), |by| self.loss(sum + by));
        match self.deduct {
            // A reviewer's mark may be any number.
            Deduct::PerUnit { unit: Unit::Points, .. } if least < most => losses.push((least, most)),
            Deduct::Steps(steps) => {
                let between = steps.iter().map(|(_, lose)| (*lose).min(most)).filter(|lose| *lose > least);
                losses.extend(std::iter::once(least).chain(between).map(|lost| (lost, lost)));
            }
            Deduct::All | Deduct::PerObservation { .. } | Deduct::PerUnit { .. } => {
                let (mut amount, mut lost) = (sum, least);
                while lost < most {
                    losses.push((lost, lost));
                    if losses.len() > 2 * MOST_READINGS {
                        return false;
                    }
                    amount += Points::whole(1);
                    lost = self.loss(amount).min(most);
                }
                losses.push((most, most));
            }
        }
        losses.len() <= 2 * MOST_READINGS
    }
}

/// What each observation adds to what is lost, surely and possibly: what is sure first, then what is open, in their order.
/// The shares add up to the least and the most that the criterion can lose.
pub fn shares(deduct: &Deduct, of: Points, observations: &[Observation], applies_unknown: bool) -> Vec<(Points, Points)> {
    let rule = Rule { deduct, of };
    let mut shares = vec![(Points::ZERO, Points::ZERO); observations.len()];
    let (mut sum, mut lost) = (Points::ZERO, Points::ZERO);
    for sure in [true, false] {
        for (observation, share) in observations.iter().zip(&mut shares) {
            let counts = if sure { observation.outcome == Outcome::Unmet } else { observation.is_open() };
            if !counts {
                continue;
            }
            let now = match rule.amount(observation) {
                Amount::Exactly(amount) | Amount::UpTo(amount) => {
                    sum += amount;
                    rule.loss(sum).max(lost)
                }
                Amount::Any => rule.limit(),
            };
            let added = now - lost;
            lost = now;
            *share = if sure && !applies_unknown { (added, added) } else { (Points::ZERO, added) };
        }
    }
    shares
}
