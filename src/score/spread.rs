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

impl Spread {
    /// More denominators than are worth walking: anything may be.
    fn anything(grades: usize, total: Points, ceilings: &[(usize, RedLineState)]) -> Self {
        Self { marks: Some((Points::ZERO, total)), ..Self::nothing(grades, ceilings) }
    }

    /// Nothing applies: no mark, and no grade but what the ceilings say.
    pub fn nothing(grades: usize, ceilings: &[(usize, RedLineState)]) -> Self {
        Self { marks: None, possible: ceiled(grades, &vec![true; grades], ceilings), superset: true }
    }
}

/// Closed ranges of losses, sorted, not touching.
type Ranges = Vec<(Points, Points)>;

/// Losses by points at stake and by whether a gate is shut.
type Sums = BTreeMap<(Points, bool), Ranges>;

/// Ranges kept for one denominator before they are taken as one.
const MOST_RANGES: usize = 1000;

/// Ranges kept in all before each denominator is taken as one range, and denominators kept before the walk gives up.
const MOST_IN_ALL: usize = 20_000;

/// All that the readings allow. `readings` and `ceilings` are in the order of the rubric.
pub fn points(rubric: &Rubric, readings: &[Vec<Reading>], ceilings: &[(usize, RedLineState)]) -> Spread {
    let count = rubric.grades.len();
    let Scheme::Points { total, rescale, bonus_most } = rubric.scheme else {
        return Spread::nothing(count, ceilings);
    };
    let mut superset = false;
    let mut sums: Sums = BTreeMap::from([((Points::ZERO, false), vec![(Points::ZERO, Points::ZERO)])]);
    for (g, group) in rubric.groups.iter().enumerate() {
        let mut inner: Sums = BTreeMap::from([((Points::ZERO, false), vec![(Points::ZERO, Points::ZERO)])]);
        // What has one reading is added up first: most criteria of most cases.
        let mut settled = Part { of: Points::ZERO, lost: (Points::ZERO, Points::ZERO), shut: false };
        for (criterion, options) in rubric.criteria.iter().zip(readings).filter(|(c, _)| c.group == g && !c.bonus) {
            if let [only] = options.as_slice() {
                let part = Part::of(only, criterion.points, criterion.gate);
                if !part.shut {
                    settled.of += part.of;
                    settled.lost = (settled.lost.0 + part.lost.0, settled.lost.1 + part.lost.1);
                    continue;
                }
            }
            let options: Vec<Part> = options.iter().map(|r| Part::of(r, criterion.points, criterion.gate)).collect();
            inner = combine(&inner, &options, &mut superset);
            if inner.len() > MOST_IN_ALL {
                return Spread::anything(count, total, ceilings);
            }
        }
        inner = combine(&inner, &[settled], &mut superset);
        if let Some(most) = group.most {
            for ranges in inner.values_mut() {
                *ranges = merged(ranges.iter().map(|(low, high)| ((*low).min(most), (*high).min(most))).collect(), &mut superset);
            }
        }
        let parts: Vec<Part> =
            inner.into_iter().flat_map(|((of, shut), ranges)| ranges.into_iter().map(move |lost| Part { of, lost, shut })).collect();
        sums = combine(&sums, &parts, &mut superset);
        if sums.len() > MOST_IN_ALL {
            return Spread::anything(count, total, ceilings);
        }
    }
    let gains = gains(rubric, readings, bonus_most, &mut superset);
    let full: Points = rubric.criteria.iter().filter(|c| !c.bonus).map(|c| c.points).sum();
    let mut marks: Option<(Points, Points)> = None;
    let mut grades = vec![false; count];
    for ((of, shut), ranges) in &sums {
        let base = if rescale { *of } else { full };
        let mut add = |low: Points, high: Points, best: usize, worst: usize| {
            marks = Some(marks.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
            grades[best..=worst].fill(true);
        };
        if *shut {
            add(Points::ZERO, Points::ZERO, count - 1, count - 1);
        } else if !of.is_zero() {
            for ((least, most), (gain_low, gain_high)) in ranges.iter().flat_map(|r| gains.iter().map(move |g| (*r, *g))) {
                let mark = |lost: Points, gain: Points| ((base - lost) * total / base + gain).within(Points::ZERO, total);
                let (low, high) = (mark(most, gain_low), mark(least, gain_high));
                add(low, high, rubric.grade_of(high), rubric.grade_of(low));
            }
        }
    }
    if marks.is_none() {
        return Spread::nothing(count, ceilings);
    }
    Spread { marks, possible: ceiled(count, &grades, ceilings), superset }
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
            // Behind a shut gate nothing counts any more.
            if *shut || part.shut {
                out.insert((Points::ZERO, true), vec![(Points::ZERO, Points::ZERO)]);
                continue;
            }
            let slot = out.entry((*of + part.of, false)).or_default();
            slot.extend(ranges.iter().map(|(low, high)| (*low + part.lost.0, *high + part.lost.1)));
        }
    }
    if parts.len() > 1 {
        for ranges in out.values_mut() {
            *ranges = merged(std::mem::take(ranges), superset);
        }
    }
    if out.values().map(Vec::len).sum::<usize>() > MOST_IN_ALL {
        for ranges in out.values_mut().filter(|r| r.len() > 1) {
            *superset = true;
            ranges.splice(.., hull(ranges));
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
    if out.len() > MOST_RANGES {
        *superset = true;
        out = hull(&out).into_iter().collect();
    }
    out
}

/// From the first to the last of sorted ranges.
fn hull(ranges: &[(Points, Points)]) -> Option<(Points, Points)> {
    Some((ranges.first()?.0, ranges.last()?.1))
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
