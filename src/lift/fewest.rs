//! The fewest findings whose fixing reaches a grade, and among equally few those that gain most; what is still equal goes by the order of
//! the rubric. Exact: in one way in which criteria apply, a table by cost for each group (its cap counts for the whole group) and one over
//! the groups; where several ways are possible, a search over all sets of that many. Must not change what a set is worth.

use super::marks::{Side, Way, base, spread};
use super::model::{Choice, Model};
use super::rules::Rules;
use crate::base::points::Points;

/// Sets tried before the search gives up, where one set must serve several ways.
const MOST_TRIED: u32 = 200_000;

/// What came of looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// These choices, one for each part.
    Set(Vec<usize>),
    /// No set of fixes reaches it.
    None,
    /// Too much is open to look through all sets.
    TooMany,
}

/// The fewest fixes by which the grade is reached on this side: for sure, or possibly.
pub fn fewest(rules: &Rules, model: &Model, ways: &[Way], goal: usize, side: Side) -> Found {
    let (lid_best, lid_worst) = model.lid();
    if (if side == Side::Worst { lid_worst } else { lid_best }) > goal {
        return Found::None;
    }
    let sets = ways.iter().filter(|w| base(rules, model, w).is_some()).map(|way| in_way(rules, model, way, goal, side));
    let cost = |set: &Vec<usize>| -> usize { model.parts.iter().zip(set).filter_map(|(p, i)| p.choices.get(*i)).map(|c| c.cost).sum() };
    if side == Side::Best {
        // One way in which it is reached is enough.
        return sets.flatten().min_by_key(cost).map_or(Found::None, Found::Set);
    }
    let Some(sets) = sets.collect::<Option<Vec<Vec<usize>>>>().filter(|s| !s.is_empty()) else { return Found::None };
    let least = sets.iter().map(cost).max().unwrap_or(0);
    let serves = |set: &Vec<usize>| reaches(rules, model, ways, goal, set);
    if let Some(set) = sets.into_iter().find(|set| cost(set) == least && serves(set)) {
        return Found::Set(set);
    }
    search(model, least, &serves)
}

/// Whether a set reaches the grade in every way, whatever the open parts turn out to be.
fn reaches(rules: &Rules, model: &Model, ways: &[Way], goal: usize, set: &[usize]) -> bool {
    spread(rules, model, ways, &taken(model, set)).is_some_and(|s| s.worst <= goal)
}

/// The choices of a set.
pub fn taken(model: &Model, set: &[usize]) -> Vec<Choice> {
    model.parts.iter().zip(set).map(|(part, i)| part.choices.get(*i).copied().unwrap_or(part.now())).collect()
}

/// Sets from so many fixes on, in the order of the rubric, until one serves.
fn search(model: &Model, least: usize, serves: &dyn Fn(&Vec<usize>) -> bool) -> Found {
    let most = model.parts.iter().map(|p| p.choices.last().map_or(0, |c| c.cost)).sum();
    let mut left = MOST_TRIED;
    for cost in least..=most {
        let mut set = Vec::with_capacity(model.parts.len());
        match place(model, cost, &mut set, serves, &mut left) {
            Some(true) => return Found::Set(set),
            Some(false) => {}
            None => return Found::TooMany,
        }
    }
    Found::None
}

/// Fills in choices of the remaining parts so that they cost exactly so much; nothing when too many were tried.
fn place(model: &Model, cost: usize, set: &mut Vec<usize>, serves: &dyn Fn(&Vec<usize>) -> bool, left: &mut u32) -> Option<bool> {
    let Some(part) = model.parts.get(set.len()) else {
        *left = left.checked_sub(1)?;
        return Some(cost == 0 && serves(set));
    };
    let rest: usize = model.parts.iter().skip(set.len() + 1).map(|p| p.choices.last().map_or(0, |c| c.cost)).sum();
    for (i, choice) in part.choices.iter().enumerate().rev() {
        if choice.cost > cost || cost - choice.cost > rest {
            continue;
        }
        set.push(i);
        if place(model, cost - choice.cost, set, serves, left)? {
            return Some(true);
        }
        set.pop();
    }
    Some(false)
}

/// The best that so many fixes can do: what it gains, and by which choices.
type Best = Option<(Points, Vec<(usize, usize)>)>;

/// The fewest in one way.
fn in_way(rules: &Rules, model: &Model, way: &Way, goal: usize, side: Side) -> Option<Vec<usize>> {
    let (base, total, from) = (base(rules, model, way)?, rules.total?, *rules.from.get(goal)?);
    let mut lost = Points::ZERO;
    let mut all: Vec<Best> = vec![Some((Points::ZERO, Vec::new()))];
    // The bonus is one more group, with what it adds at most for its cap.
    for group in 0..=rules.caps.len() {
        let bonus = group == rules.caps.len();
        let (mut sum, mut table): (Points, Vec<Best>) = (Points::ZERO, vec![Some((Points::ZERO, Vec::new()))]);
        for (at, part) in model.parts.iter().enumerate().filter(|(at, _)| way.get(*at) == Some(&true)) {
            let rule = &rules.criteria[part.rule];
            if if bonus { !rule.bonus } else { rule.bonus || rule.group != group } {
                continue;
            }
            let now = side.lost(&part.now());
            sum += if bonus { rule.points - now } else { now };
            let open = part.choices.iter().enumerate().filter(|(_, c)| !side.shuts(part, c));
            let choices: Vec<(usize, usize, Points)> = open.map(|(i, c)| (i, c.cost, now - side.lost(c))).collect();
            table = joined(&table, &choices, at);
        }
        // What a group gains within its cap, on the scale of the marks.
        let worth = |gain: Points| match (bonus, rules.caps.get(group).copied().flatten()) {
            (true, _) => (sum + gain).min(rules.bonus_most) - sum.min(rules.bonus_most),
            (false, Some(cap)) => (sum.min(cap) - (sum - gain).min(cap)) * total / base,
            (false, None) => gain * total / base,
        };
        lost += match (bonus, rules.caps.get(group).copied().flatten()) {
            (true, _) => -sum.min(rules.bonus_most),
            (false, Some(cap)) => sum.min(cap) * total / base,
            (false, None) => sum * total / base,
        };
        let table: Vec<Best> = table.into_iter().map(|best| best.map(|(gain, set)| (worth(gain), set))).collect();
        all = summed(&all, &table);
    }
    let now = total - lost;
    let found = all.into_iter().flatten().find(|(gain, _)| now + *gain >= from)?;
    let mut set = vec![0; model.parts.len()];
    for (at, choice) in found.1 {
        set[at] = choice;
    }
    Some(set)
}

/// A table after one more part: for each cost what gains most, the earlier choice where equal.
fn joined(table: &[Best], choices: &[(usize, usize, Points)], at: usize) -> Vec<Best> {
    let most = choices.iter().map(|c| c.1).max().unwrap_or(0);
    let mut next: Vec<Best> = vec![None; table.len() + most];
    for (cost, best) in table.iter().enumerate() {
        let Some((gain, set)) = best else { continue };
        for (i, more, adds) in choices {
            let sum = *gain + *adds;
            let slot = &mut next[cost + more];
            if slot.as_ref().is_none_or(|(held, _)| sum > *held) {
                let mut set = set.clone();
                if *i > 0 {
                    set.push((at, *i));
                }
                *slot = Some((sum, set));
            }
        }
    }
    next
}

/// Two tables added up.
fn summed(one: &[Best], other: &[Best]) -> Vec<Best> {
    let mut next: Vec<Best> = vec![None; (one.len() + other.len()).saturating_sub(1)];
    for (a, left) in one.iter().enumerate() {
        let Some((gain, set)) = left else { continue };
        for (b, right) in other.iter().enumerate() {
            let Some((more, with)) = right else { continue };
            let slot = &mut next[a + b];
            if slot.as_ref().is_none_or(|(held, _)| *gain + *more > *held) {
                *slot = Some((*gain + *more, set.iter().chain(with).copied().collect()));
            }
        }
    }
    next
}
