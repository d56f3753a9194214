//! A tally as it is kept in a part, and back again: exact, so that pooling what was kept is pooling what was counted.
//! Must not count.

use std::collections::BTreeMap;

use num_rational::Ratio;

use super::{Count, Layer, Names, Tally};
use crate::base::points::Points;
use crate::record::part::{Count as KeptCount, Counts, Stratum};
use crate::record::v1::Results;

impl Names {
    /// The names that a result was told by; its rates and grades stand in the order of the rubrics. Such names can tell, not count.
    pub fn told(results: &Results) -> Self {
        let first = results.offices.first();
        let rates = first.iter().flat_map(|o| &o.rates).map(|r| (r.id.clone(), r.name.clone(), r.headline)).collect();
        let grades = first.iter().flat_map(|o| &o.grades.0).map(|(title, _)| title.as_str().into()).collect();
        let ids = results.rubrics.iter().map(|r| (r.id.as_str().into(), r.criteria.iter().map(|c| c.id.as_str().into()).collect()));
        Self { rates, grades, rate_of: Vec::new(), grade_of: Vec::new(), ids: ids.collect() }
    }
}

impl Tally {
    /// As it is kept.
    pub fn kept(&self) -> Counts {
        let mut marks: BTreeMap<(Points, Points), u64> = BTreeMap::new();
        for pair in &self.marks {
            *marks.entry(*pair).or_default() += 1;
        }
        let all = |map: &BTreeMap<String, Count>| map.iter().map(|(key, count)| (key.clone(), keep(count))).collect();
        let stratum = |l: &Layer| Stratum { of: l.population, n: l.n, lo: l.low.clone(), hi: l.high.clone() };
        let lost = |list: &Vec<(u64, u64, Points)>| list.iter().map(|(cases, of, points)| (*cases, *of, points.fraction())).collect();
        Counts {
            all: keep(&self.all),
            decided: self.decided,
            marks: marks.into_iter().map(|((low, high), n)| (low.fraction(), high.fraction(), n)).collect(),
            types: all(&self.case_type),
            groups: all(&self.groups),
            strata: self.layers.iter().map(|(name, layer)| (name.clone(), stratum(layer))).collect(),
            lost: self.lost.iter().map(lost).collect(),
            filing: self.filing.clone(),
        }
    }

    /// From what was kept; nothing where a fraction is none.
    pub fn of_kept(kept: &Counts) -> Option<Self> {
        let mut marks = Vec::new();
        for (low, high, n) in &kept.marks {
            let pair = (fraction(low)?, fraction(high)?);
            // More cases than were counted are no histogram of theirs.
            if *n > kept.all.n {
                return None;
            }
            marks.extend((0..*n).map(|_| pair));
        }
        let all = |map: &BTreeMap<String, KeptCount>| map.iter().map(|(key, count)| (key.clone(), count_of(count))).collect();
        let layer = |s: &Stratum| Layer { population: s.of, n: s.n, low: s.lo.clone(), high: s.hi.clone() };
        let lost = |list: &Vec<(u64, u64, String)>| -> Option<Vec<_>> {
            list.iter().map(|(cases, of, points)| Some((*cases, *of, fraction(points)?))).collect()
        };
        Some(Self {
            all: count_of(&kept.all),
            decided: kept.decided,
            marks,
            case_type: all(&kept.types),
            groups: all(&kept.groups),
            pooled: 0,
            layers: kept.strata.iter().map(|(name, s)| (name.clone(), layer(s))).collect(),
            lost: kept.lost.iter().map(lost).collect::<Option<_>>()?,
            filing: kept.filing.clone(),
        })
    }
}

fn keep(count: &Count) -> KeptCount {
    KeptCount { n: count.n, lo: count.low.clone(), hi: count.high.clone(), g: count.grades.clone() }
}

fn count_of(kept: &KeptCount) -> Count {
    Count { n: kept.n, low: kept.lo.clone(), high: kept.hi.clone(), grades: kept.g.clone() }
}

/// Reads `250/3`.
fn fraction(text: &str) -> Option<Points> {
    let (numer, denom) = text.split_once('/')?;
    let denom: i128 = denom.parse().ok().filter(|d| *d > 0)?;
    Some(Points(Ratio::new(numer.parse().ok()?, denom)))
}
