//! Marks of a modelled case at worst and at best, in every way in which its criteria may or may not apply. Exact; must not search.

use super::model::{Choice, Model, Part};
use super::rules::Rules;
use crate::base::points::Points;

/// More criteria of which nobody knows whether they apply are not walked through.
pub const MOST_DOUBTFUL: usize = 10;

/// The better or the worse end of what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All turns out badly.
    Worst,
    /// All turns out well.
    Best,
}

impl Side {
    /// What is lost on this side.
    pub fn lost(self, choice: &Choice) -> Points {
        if self == Self::Worst { choice.lost.1 } else { choice.lost.0 }
    }

    /// Whether the part is a gate that is shut on this side.
    pub fn shuts(self, part: &Part, choice: &Choice) -> bool {
        !choice.opens || (self == Self::Worst && part.may_shut)
    }
}

/// Which of the parts apply.
pub type Way = Vec<bool>;

/// Every way in which the doubtful parts apply or not; nothing when they are too many.
pub fn ways(model: &Model) -> Option<Vec<Way>> {
    let doubtful: Vec<usize> = model.parts.iter().enumerate().filter(|(_, p)| p.doubtful).map(|(i, _)| i).collect();
    if doubtful.len() > MOST_DOUBTFUL {
        return None;
    }
    let mut ways = vec![vec![true; model.parts.len()]];
    for at in doubtful {
        let without = ways.clone().into_iter().map(|mut way| {
            way[at] = false;
            way
        });
        ways = ways.iter().cloned().chain(without).collect();
    }
    Some(ways)
}

/// Points at stake in a way, and what the marks are counted against; nothing when nothing applies.
pub fn base(rules: &Rules, model: &Model, way: &Way) -> Option<Points> {
    let plain = |i: usize| !rules.criteria[i].bonus;
    let of: Points = model.parts.iter().zip(way).filter(|(p, w)| **w && plain(p.rule)).map(|(p, _)| rules.criteria[p.rule].points).sum();
    let full = || rules.criteria.iter().filter(|c| !c.bonus).map(|c| c.points).sum();
    (!of.is_zero()).then(|| if rules.rescale { of } else { full() })
}

/// The marks in one way, when these choices are taken. Nothing when nothing applies.
pub fn marks(rules: &Rules, model: &Model, way: &Way, side: Side, taken: &[Choice]) -> Option<Points> {
    let (base, total) = (base(rules, model, way), rules.total?);
    let mut losses = vec![Points::ZERO; rules.caps.len()];
    let mut earned = Points::ZERO;
    for ((part, choice), _) in model.parts.iter().zip(taken).zip(way).filter(|(_, w)| **w) {
        let rule = &rules.criteria[part.rule];
        if side.shuts(part, choice) {
            return Some(Points::ZERO);
        }
        if rule.bonus {
            earned += rule.points - side.lost(choice);
        } else if let Some(loss) = losses.get_mut(rule.group) {
            *loss += side.lost(choice);
        }
    }
    let base = base?;
    let lost: Points = losses.iter().zip(&rules.caps).map(|(loss, cap)| cap.map_or(*loss, |cap| (*loss).min(cap))).sum();
    Some(((base - lost) * total / base + earned.min(rules.bonus_most)).within(Points::ZERO, total))
}

/// Whether a gate is shut in a way, so that the last grade follows whatever the marks.
pub fn is_shut(model: &Model, way: &Way, side: Side, taken: &[Choice]) -> bool {
    let parts = model.parts.iter().zip(taken).zip(way);
    parts.filter(|(_, w)| **w).any(|((part, choice), _)| side.shuts(part, choice))
}

/// Marks and grades, at worst and at best, over all ways. Nothing when nothing applies in any.
pub fn spread(rules: &Rules, model: &Model, ways: &[Way], taken: &[Choice]) -> Option<Spread> {
    let mut found: Option<Spread> = None;
    let (lid_best, lid_worst) = model.lid();
    let last = rules.grades.len().saturating_sub(1);
    let graded = |way: &Way, side: Side, marks: Points, lid: usize| {
        if is_shut(model, way, side, taken) { last } else { rules.grade_of(marks).max(lid) }
    };
    for way in ways {
        let (Some(low), Some(high)) = (marks(rules, model, way, Side::Worst, taken), marks(rules, model, way, Side::Best, taken)) else {
            continue;
        };
        let (best, worst) = (graded(way, Side::Best, high, lid_best), graded(way, Side::Worst, low, lid_worst));
        let so_far = found.get_or_insert(Spread { low, high, best, worst });
        *so_far =
            Spread { low: so_far.low.min(low), high: so_far.high.max(high), best: so_far.best.min(best), worst: so_far.worst.max(worst) };
    }
    found
}

/// What a case may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Marks at worst.
    pub low: Points,
    /// Marks at best.
    pub high: Points,
    /// Index of the best possible grade.
    pub best: usize,
    /// Index of the worst.
    pub worst: usize,
}
