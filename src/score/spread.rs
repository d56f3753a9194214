//! All marks and grades that the readings of a case allow, in the points scheme. Exact: sums of ranges are kept as disjoint
//! ranges for each denominator, gate and ceiling. Must not list the combinations one by one.

use std::collections::BTreeMap;

use super::RedLineState;
use super::deduct::Reading;
use crate::base::points::Points;
use crate::rubric::{Rubric, Scheme};

/// What a case can come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Marks, low and high; `None` when nothing applies in any reading.
    pub marks: Option<(Points, Points)>,
    /// Possible grades, best first; never empty.
    pub possible: Vec<usize>,
    /// Whether `possible` may hold more than the truth.
    pub superset: bool,
}

/// Closed ranges of losses, sorted, not touching.
type Ranges = Vec<(Points, Points)>;

/// Losses by points at stake and by whether a gate is shut.
type Sums = BTreeMap<(Points, bool), Ranges>;

/// Ranges kept for one denominator before they are taken as one.
const MOST_RANGES: usize = 1000;

/// All that the readings allow. `readings` and `ceilings` are in the order of the rubric.
pub fn points(rubric: &Rubric, readings: &[Vec<Reading>], ceilings: &[(usize, RedLineState)]) -> Spread {
    let Scheme::Points { total, rescale, bonus_most } = rubric.scheme else {
        return Spread { marks: None, possible: all(rubric), superset: true };
    };
    let mut superset = false;
    let mut sums: Sums = BTreeMap::from([((Points::ZERO, false), vec![(Points::ZERO, Points::ZERO)])]);
    for (g, group) in rubric.groups.iter().enumerate() {
        let mut inner: Sums = BTreeMap::from([((Points::ZERO, false), vec![(Points::ZERO, Points::ZERO)])]);
        for (criterion, options) in rubric.criteria.iter().zip(readings).filter(|(c, _)| c.group == g && !c.bonus) {
            let options: Vec<Part> = options.iter().map(|r| Part::of(r, criterion.points, criterion.gate)).collect();
            inner = combine(&inner, &options, &mut superset);
        }
        if let Some(most) = group.most {
            for ranges in inner.values_mut() {
                *ranges = merged(ranges.iter().map(|(low, high)| ((*low).min(most), (*high).min(most))).collect(), &mut superset);
            }
        }
        let parts: Vec<Part> =
            inner.into_iter().flat_map(|((of, shut), ranges)| ranges.into_iter().map(move |lost| Part { of, lost, shut })).collect();
        sums = combine(&sums, &parts, &mut superset);
    }
    let gains = gains(rubric, readings, bonus_most, &mut superset);
    let full: Points = rubric.criteria.iter().filter(|c| !c.bonus).map(|c| c.points).sum();
    let mut marks: Option<(Points, Points)> = None;
    let mut grades = vec![false; rubric.grades.len()];
    for ((of, shut), ranges) in &sums {
        let base = if rescale { *of } else { full };
        if of.is_zero() || base.is_zero() {
            continue;
        }
        for ((least, most), (gain_low, gain_high)) in ranges.iter().flat_map(|r| gains.iter().map(move |g| (*r, *g))) {
            let mark = |lost: Points, gain: Points| {
                if *shut { Points::ZERO } else { ((base - lost) * total / base + gain).within(Points::ZERO, total) }
            };
            let (low, high) = (mark(most, gain_low), mark(least, gain_high));
            marks = Some(marks.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
            let last = rubric.grades.len().saturating_sub(1);
            let (best, worst) = if *shut { (last, last) } else { (rubric.grade_of(high), rubric.grade_of(low)) };
            grades[best..=worst].fill(true);
        }
    }
    let possible = ceiled(rubric.grades.len(), &grades, ceilings);
    if marks.is_none() || possible.is_empty() {
        return Spread { marks: None, possible: all(rubric), superset };
    }
    Spread { marks, possible, superset }
}

fn all(rubric: &Rubric) -> Vec<usize> {
    (0..rubric.grades.len()).collect()
}

/// Grades after every combination of the red lines that apply or may apply.
pub fn ceiled(grades: usize, found: &[bool], ceilings: &[(usize, RedLineState)]) -> Vec<usize> {
    let floor = ceilings.iter().filter(|(_, s)| *s == RedLineState::Applies).map(|(g, _)| *g).max().unwrap_or(0);
    let mut lids = vec![floor];
    lids.extend(ceilings.iter().filter(|(g, s)| *s == RedLineState::Open && *g > floor).map(|(g, _)| *g));
    let mut out = vec![false; grades];
    for (grade, _) in found.iter().enumerate().filter(|(_, f)| **f) {
        for lid in &lids {
            out[grade.max(*lid).min(grades - 1)] = true;
        }
    }
    out.iter().enumerate().filter(|(_, f)| **f).map(|(i, _)| i).collect()
}

/// One choice to add: points at stake, a range of losses, and whether it shuts a gate.
struct Part {
    of: Points,
    lost: (Points, Points),
    shut: bool,
}

impl Part {
    fn of(reading: &Reading, points: Points, gate: bool) -> Self {
        let of = if reading.applies { points } else { Points::ZERO };
        Self { of, lost: reading.lost, shut: gate && reading.applies && !reading.met }
    }
}

fn combine(sums: &Sums, parts: &[Part], superset: &mut bool) -> Sums {
    let mut out: Sums = BTreeMap::new();
    for ((of, shut), ranges) in sums {
        for part in parts {
            let slot = out.entry((*of + part.of, *shut || part.shut)).or_default();
            slot.extend(ranges.iter().map(|(low, high)| (*low + part.lost.0, *high + part.lost.1)));
        }
    }
    if parts.len() > 1 {
        for ranges in out.values_mut() {
            *ranges = merged(std::mem::take(ranges), superset);
        }
    }
    out
}

/// Sorted and joined where they touch; one hull when there are too many.
fn merged(mut ranges: Ranges, superset: &mut bool) -> Ranges {
    ranges.sort_unstable();
    let mut out: Ranges = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match out.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => out.push((low, high)),
        }
    }
    if out.len() > MOST_RANGES
        && let (Some(first), Some(last)) = (out.first().copied(), out.last().copied())
    {
        *superset = true;
        out = vec![(first.0, last.1)];
    }
    out
}

/// What bonus criteria can add: a bonus is earned by losing nothing of it.
fn gains(rubric: &Rubric, readings: &[Vec<Reading>], most: Points, superset: &mut bool) -> Ranges {
    let mut gains: Ranges = vec![(Points::ZERO, Points::ZERO)];
    for (criterion, options) in rubric.criteria.iter().zip(readings).filter(|(c, _)| c.bonus) {
        let gain = |r: &Reading| {
            if r.applies { (criterion.points - r.lost.1, criterion.points - r.lost.0) } else { (Points::ZERO, Points::ZERO) }
        };
        let added = gains.iter().flat_map(|(low, high)| options.iter().map(gain).map(move |(l, h)| (*low + l, *high + h)));
        gains = merged(added.collect(), superset);
    }
    merged(gains.into_iter().map(|(low, high)| (low.min(most), high.min(most))).collect(), superset)
}
