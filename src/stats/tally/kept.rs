//! A tally as it is kept in a part, and back again: exact, so that pooling what was kept is pooling what was counted.
//! Must not count.

use std::collections::BTreeMap;

use super::{Count, Layer, Names, Tally, position};
use crate::base::points::Points;
use crate::record::part::{Count as KeptCount, Counts, Stratum};
use crate::record::v1::RubricRecord;

impl Names {
    /// The names by which a result was counted, from what it says of its rubrics: the same as [`new`](Self::new) makes of these.
    pub fn told(rubrics: &[RubricRecord]) -> Self {
        let mut names = Self { rates: Vec::new(), grades: Vec::new(), rate_of: Vec::new(), grade_of: Vec::new(), ids: Vec::new() };
        for rubric in rubrics {
            let of = rubric.grades.iter().map(|g| position(&mut names.grades, |t| **t == *g.title, || g.title.as_str().into()));
            let of = of.collect();
            names.grade_of.push(of);
            let rates = rubric.rates.iter().map(|rate| {
                let at = position(&mut names.rates, |r| r.1 == rate.title, || (rate.id.clone(), rate.title.clone(), rate.headline));
                (at, rubric.grades.iter().map(|g| rate.grades.contains(&g.title)).collect())
            });
            let rates = rates.collect();
            names.rate_of.push(rates);
            names.ids.push((rubric.id.as_str().into(), rubric.criteria.iter().map(|c| c.id.as_str().into()).collect()));
        }
        names
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
            without: self.without.as_ref().map(|w| Box::new((w.0.kept(), w.1))),
        }
    }

    /// From what was kept; nothing where a fraction is none.
    pub fn of_kept(kept: &Counts) -> Option<Self> {
        let mut marks = Vec::new();
        for (low, high, n) in &kept.marks {
            let pair = (Points::of_fraction(low)?, Points::of_fraction(high)?);
            // More cases than were counted are no histogram of theirs.
            if *n > kept.all.n {
                return None;
            }
            marks.extend((0..*n).map(|_| pair));
        }
        let all = |map: &BTreeMap<String, KeptCount>| map.iter().map(|(key, count)| (key.clone(), count_of(count))).collect();
        let layer = |s: &Stratum| Layer { population: s.of, n: s.n, low: s.lo.clone(), high: s.hi.clone() };
        let lost = |list: &Vec<(u64, u64, String)>| -> Option<Vec<_>> {
            list.iter().map(|(cases, of, points)| Some((*cases, *of, Points::of_fraction(points)?))).collect()
        };
        let without = match &kept.without {
            Some(without) => Some(Box::new((Self::of_kept(&without.0)?, without.1))),
            None => None,
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
            without,
        })
    }
}

fn keep(count: &Count) -> KeptCount {
    KeptCount { n: count.n, lo: count.low.clone(), hi: count.high.clone(), g: count.grades.clone() }
}

fn count_of(kept: &KeptCount) -> Count {
    Count { n: kept.n, low: kept.lo.clone(), high: kept.hi.clone(), grades: kept.g.clone() }
}
