//! The levels scheme: the fewest indicators to raise. Must not know points.
//!
//! Every requirement counts the indicators that reach a level or better, so raising one that stands lower helps wherever raising a higher
//! one does: the fewest are found by raising the lowest first.

use super::marks::Way;
use super::model::{Model, Part};
use super::rules::Rules;
use crate::base::points::Points;
use crate::record::v1::RequireRecord;

/// Levels of a case in one way: of each part that applies, or nothing.
pub type Levels = Vec<Option<usize>>;

/// The levels at worst or at best in one way; what is in `raised` is at the best level.
pub fn levels(model: &Model, way: &Way, worst: bool, raised: &[usize]) -> Levels {
    let level = |at: usize, part: &Part| {
        if raised.contains(&at) {
            return 0;
        }
        if worst { part.level.1 } else { part.level.0 }
    };
    model.parts.iter().enumerate().zip(way).map(|((at, part), applies)| applies.then(|| level(at, part))).collect()
}

/// Every indicator that can be raised.
pub fn raisable_parts(rules: &Rules, model: &Model) -> Vec<usize> {
    model.parts.iter().enumerate().filter(|(_, p)| raisable(rules, p)).map(|(at, _)| at).collect()
}

/// Whether an indicator can be raised: what is still open about it is not put right.
fn raisable(rules: &Rules, part: &Part) -> bool {
    rules.criteria[part.rule].curable && !part.doubtful && !part.open && !part.fixed && part.level.1 > 0
}

/// The grade that these levels come to, before red lines; nothing when nothing applies.
pub fn grade(rules: &Rules, model: &Model, levels: &Levels) -> Option<usize> {
    let applicable = levels.iter().flatten().count();
    if applicable == 0 {
        return None;
    }
    let last = rules.grades.len().saturating_sub(1);
    let lowest = rules.levels.len().saturating_sub(1);
    let shut = model.parts.iter().zip(levels).any(|(part, level)| rules.criteria[part.rule].gate && *level == Some(lowest));
    if shut {
        return Some(last);
    }
    let holds = |r: &RequireRecord| {
        let Some(at) = rules.levels.iter().position(|l| *l == r.level) else { return false };
        let reached = levels.iter().flatten().filter(|l| **l <= at).count();
        let whole = |n: usize| Points::whole(i64::try_from(n).unwrap_or(i64::MAX));
        match (r.all, &r.share, r.count) {
            (true, ..) => reached == applicable,
            (_, Some(share), _) => Points::of_fraction(share).is_some_and(|s| whole(reached) >= s * whole(applicable)),
            (.., Some(n)) => reached >= usize::try_from(n).unwrap_or(usize::MAX).min(applicable),
            _ => false,
        }
    };
    Some(rules.require.iter().position(|all| all.iter().all(holds)).unwrap_or(last))
}

/// Best and worst grade over all ways, red lines counted.
pub fn spread(rules: &Rules, model: &Model, ways: &[Way], raised: &[usize]) -> Option<(usize, usize)> {
    let (lid_best, lid_worst) = model.lid();
    let of = |way: &Way, worst: bool| grade(rules, model, &levels(model, way, worst, raised));
    let best = ways.iter().filter_map(|w| of(w, false)).min()?.max(lid_best);
    let worst = ways.iter().filter_map(|w| of(w, true)).max()?.max(lid_worst);
    Some((best, worst))
}

/// The fewest indicators by which the grade is reached, for sure or possibly; the lowest first, then in the order of the rubric.
pub fn fewest(rules: &Rules, model: &Model, ways: &[Way], goal: usize, sure: bool) -> Option<Vec<usize>> {
    let mut candidates = raisable_parts(rules, model);
    candidates.sort_by_key(|i| (std::cmp::Reverse(model.parts[*i].level.1), !rules.criteria[model.parts[*i].rule].gate, *i));
    let reached =
        |raised: &[usize]| spread(rules, model, ways, raised).is_some_and(|(best, worst)| if sure { worst <= goal } else { best <= goal });
    (0..=candidates.len()).map(|n| &candidates[..n]).find(|set| reached(set)).map(|set| {
        let mut set = set.to_vec();
        set.sort_unstable();
        set
    })
}
