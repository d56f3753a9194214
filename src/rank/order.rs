//! Places from intervals. Must not know what is ranked.
//!
//! Standard ties (1, 2, 2, 4): a unit's place is one more than how many are better. At best its own keys are at their upper ends, and
//! only those whose lower ends still lie above are better; at worst the other way round. Dense ties (1, 2, 2, 3) count different values
//! that are better: known ones surely differ or not, an open one may coincide with another or not, so the range is a superset.

use std::collections::BTreeSet;

use super::exact::Fraction;
use super::rules::Ties;

/// The keys of a unit at their lower and their upper ends, the first key first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// At least.
    pub low: Vec<Fraction>,
    /// At most.
    pub high: Vec<Fraction>,
}

impl Value {
    /// Whether every key is known.
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }
}

/// Where a unit stands among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Best place that open keys allow.
    pub best: u64,
    /// Worst.
    pub worst: u64,
    /// Place while whatever is open counts as not reached.
    pub now: u64,
    /// Numbers of the others with exactly the same known value.
    pub equal: Vec<usize>,
    /// Units before this one and equal to it, itself included, at least and at most: where a tie ends.
    pub end: [u64; 2],
    /// Best and worst standard place, whatever the ties are.
    pub start: [u64; 2],
}

/// The place of each.
pub fn places(values: &[Value], ties: Ties) -> Vec<Place> {
    values.iter().enumerate().map(|(at, _)| place(values, at, ties)).collect()
}

fn place(values: &[Value], at: usize, ties: Ties) -> Place {
    let nobody = Value { low: Vec::new(), high: Vec::new() };
    let me = values.get(at).unwrap_or(&nobody);
    let others = || values.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, v)| v);
    let surely = count(others().filter(|v| v.low > me.high).count());
    let possibly = count(others().filter(|v| v.high > me.low).count());
    let now = count(others().filter(|v| v.low > me.low).count());
    let mut equal = Vec::new();
    if me.is_point() {
        let same = |(i, v): (usize, &Value)| (i != at && v.is_point() && v.low == me.low).then_some(i);
        equal = values.iter().enumerate().filter_map(same).collect();
    }
    let end = [count(others().filter(|v| v.low >= me.high).count()) + 1, count(others().filter(|v| v.high >= me.low).count()) + 1];
    let start = [surely + 1, possibly + 1];
    let (best, worst, now) = match ties {
        Ties::Standard => (start[0], start[1], now + 1),
        Ties::Dense => {
            let known =
                |above: &Vec<Fraction>| others().filter(|v| v.is_point() && v.low > *above).map(|v| &v.low).collect::<BTreeSet<_>>();
            let open = count(others().filter(|v| !v.is_point() && v.high > me.low).count());
            let least = count(known(&me.high).len()).max(u64::from(surely > 0));
            let different = others().filter(|v| v.low > me.low).map(|v| &v.low).collect::<BTreeSet<_>>().len();
            (least + 1, count(known(&me.low).len()) + open + 1, count(different) + 1)
        }
    };
    Place { best, worst, now, equal, end, start }
}

/// Best and worst place by intervals of a sample; an interval that is not known may be anywhere.
pub fn sampled(intervals: &[Option<[f64; 2]>]) -> Vec<[u64; 2]> {
    let ends: Vec<[f64; 2]> = intervals.iter().map(|i| i.unwrap_or([0.0, 1.0])).collect();
    let place = |(at, me): (usize, &[f64; 2])| {
        let others = || ends.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, e)| e);
        [count(others().filter(|e| e[0] > me[1]).count()) + 1, count(others().filter(|e| e[1] > me[0]).count()) + 1]
    };
    ends.iter().enumerate().map(place).collect()
}

/// A count as a number of the record.
pub fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
