//! Counts of one office, added case by case, and pooled by adding tallies. Must not keep cases.

mod kept;

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigInt;

use crate::base::points::Points;
use crate::record::exact::{Fraction, points as exact, shown, text};
use crate::record::number::Number;
use crate::record::v1::{By, Filing, Grades, Lost, Rate, Split};
use crate::rubric::Rubrics;

/// What the tally needs of one scored case.
#[derive(Debug, Clone)]
pub struct Counted<'a> {
    /// Index of its rubric.
    pub rubric: usize,
    /// Possible grades of that rubric.
    pub possible: &'a [usize],
    /// Marks as shares of the total of its rubric, low and high, on a scale of that total.
    pub marks: Option<(Points, Points)>,
    /// By criterion of the rubric.
    pub lost: &'a [Loss],
    /// Case type.
    pub case_type: Option<&'a str>,
    /// Recipient groups.
    pub groups: &'a [&'a str],
    /// How it was drawn; none where cases were not selected by a draw.
    pub drawn: Option<Drawn<'a>>,
}

/// How a case was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// Its stratum, one of those told by [`Tally::stratum`].
    pub stratum: &'a str,
    /// Whether rates are estimated from it; a case added on purpose counts in rates and not in their intervals.
    pub estimate: bool,
}

/// The random part of a stratum.
#[derive(Debug, Clone, Default)]
struct Layer {
    population: u64,
    n: u64,
    low: Vec<u64>,
    high: Vec<u64>,
}

impl Layer {
    fn add(&mut self, n: u64, low: &[u64], high: &[u64]) {
        self.n += n;
        for (mine, theirs) in [(&mut self.low, low), (&mut self.high, high)] {
            mine.resize(mine.len().max(theirs.len()), 0);
            mine.iter_mut().zip(theirs).for_each(|(m, t)| *m += t);
        }
    }
}

/// Counts of rates and grades of some cases.
#[derive(Debug, Clone, Default)]
struct Count {
    n: u64,
    low: Vec<u64>,
    high: Vec<u64>,
    grades: Vec<u64>,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        for (mine, theirs) in [(&mut self.low, &other.low), (&mut self.high, &other.high), (&mut self.grades, &other.grades)] {
            mine.resize(mine.len().max(theirs.len()), 0);
            mine.iter_mut().zip(theirs).for_each(|(m, t)| *m += t);
        }
    }
}

/// Names that all rubrics of the run share: rates by title, grades by title.
#[derive(Debug)]
pub struct Names {
    rates: Vec<(String, String, bool)>,
    grades: Vec<Arc<str>>,
    rate_of: Vec<Vec<(usize, Vec<bool>)>>,
    grade_of: Vec<Vec<usize>>,
    ids: Vec<(Arc<str>, Vec<Arc<str>>)>,
}

impl Names {
    /// Reads the names once for a run.
    pub fn new(rubrics: &Rubrics) -> Self {
        let mut names = Self { rates: Vec::new(), grades: Vec::new(), rate_of: Vec::new(), grade_of: Vec::new(), ids: Vec::new() };
        for rubric in &rubrics.list {
            let of = rubric.grades.iter().map(|g| position(&mut names.grades, |t| **t == *g.title, || Arc::clone(&g.title)));
            let of = of.collect();
            names.grade_of.push(of);
            let rates = rubric.rates.iter().map(|rate| {
                let at = position(&mut names.rates, |r| r.1 == rate.title, || (rate.id.clone(), rate.title.clone(), rate.headline));
                (at, (0..rubric.grades.len()).map(|g| rate.grades.contains(&g)).collect())
            });
            let rates = rates.collect();
            names.rate_of.push(rates);
            names.ids.push((Arc::clone(&rubric.id), rubric.criteria.iter().map(|c| Arc::clone(&c.id)).collect()));
        }
        names
    }
}

fn position<T>(all: &mut Vec<T>, is: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    all.iter().position(is).unwrap_or_else(|| {
        all.push(make());
        all.len() - 1
    })
}

/// What one criterion of a case lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Points surely lost; none in the levels scheme.
    pub points: Points,
    /// Whether it applied.
    pub applies: bool,
    /// Whether it surely lost anything: points, or the best level.
    pub costs: bool,
}

impl Loss {
    /// A loss of points.
    pub fn of(points: Points, applies: bool) -> Self {
        Self { points, applies, costs: points > Points::ZERO }
    }
}

/// The counts of one office or group.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    all: Count,
    decided: u64,
    marks: Vec<(Points, Points)>,
    case_type: BTreeMap<String, Count>,
    groups: BTreeMap<String, Count>,
    /// Offices pooled into it, each of which drew its own sample; zero for the tally of one office.
    pooled: u64,
    /// Strata of the draw, by name; nothing where there was none.
    layers: BTreeMap<String, Layer>,
    /// By rubric and criterion: cases that lost, cases it applied to, points.
    lost: Vec<Vec<(u64, u64, Points)>>,
    /// Filing of all cases in scope.
    pub filing: Filing,
    /// The same cases without waivers, and in how many of them anything was waived; nothing where the settings have none.
    pub without: Option<Box<(Tally, u64)>>,
}

impl Tally {
    /// Tells a stratum of the draw: how many cases the office has in it, whether or not any was drawn.
    pub fn stratum(&mut self, name: &str, population: u64) {
        self.layers.entry(name.to_owned()).or_default().population += population;
    }

    /// Adds one selected case.
    pub fn add(&mut self, names: &Names, case: &Counted<'_>) {
        let mut one =
            Count { n: 1, low: vec![0; names.rates.len()], high: vec![0; names.rates.len()], grades: vec![0; names.grades.len()] };
        for (at, counts) in &names.rate_of[case.rubric] {
            one.low[*at] = u64::from(case.possible.iter().all(|g| counts[*g]));
            one.high[*at] = u64::from(case.possible.iter().any(|g| counts[*g]));
        }
        if let [grade] = case.possible {
            one.grades[names.grade_of[case.rubric][*grade]] = 1;
            self.decided += 1;
        }
        if let Some(drawn) = case.drawn.filter(|d| d.estimate) {
            self.layers.entry(drawn.stratum.to_owned()).or_default().add(1, &one.low, &one.high);
        }
        self.all.add(&one);
        self.case_type.entry(case.case_type.unwrap_or("未填").to_owned()).or_default().add(&one);
        for group in case.groups {
            self.groups.entry((*group).to_owned()).or_default().add(&one);
        }
        self.marks.extend(case.marks);
        for (slot, loss) in self.lost_of(case.rubric, case.lost.len()).iter_mut().zip(case.lost) {
            slot.0 += u64::from(loss.costs);
            slot.1 += u64::from(loss.applies);
            slot.2 += loss.points;
        }
    }

    fn lost_of(&mut self, rubric: usize, criteria: usize) -> &mut Vec<(u64, u64, Points)> {
        self.lost.resize(self.lost.len().max(rubric + 1), Vec::new());
        let list = &mut self.lost[rubric];
        list.resize(list.len().max(criteria), (0, 0, Points::ZERO));
        list
    }

    /// Pools another tally into this one.
    pub fn pool(&mut self, other: &Self) {
        self.all.add(&other.all);
        self.pooled += other.pooled.max(1);
        self.decided += other.decided;
        self.marks.extend(&other.marks);
        for (name, theirs) in &other.layers {
            let mine = self.layers.entry(name.clone()).or_default();
            mine.population += theirs.population;
            mine.add(theirs.n, &theirs.low, &theirs.high);
        }
        for (mine, theirs) in [(&mut self.case_type, &other.case_type), (&mut self.groups, &other.groups)] {
            for (key, count) in theirs {
                mine.entry(key.clone()).or_default().add(count);
            }
        }
        for (rubric, theirs) in other.lost.iter().enumerate() {
            for (slot, (cases, of, points)) in self.lost_of(rubric, theirs.len()).iter_mut().zip(theirs) {
                slot.0 += cases;
                slot.1 += of;
                slot.2 += *points;
            }
        }
        self.filing.pool(&other.filing);
        if let Some(theirs) = &other.without {
            let mine = self.without.get_or_insert_default();
            mine.0.pool(&theirs.0);
            mine.1 += theirs.1;
        }
    }

    /// Selected cases, and those with one possible grade.
    pub fn selected(&self) -> (u64, u64) {
        (self.all.n, self.decided)
    }

    /// The rates; `population` is how many cases there were to select from. A census has its point as the interval, the
    /// sample of one office has Wilson's, pooled samples have none: drawn at different fractions they would have to be weighted. Where
    /// strata were told, the random part alone makes the interval, each stratum with its weight, pooled or not.
    pub fn rates(&self, names: &Names, population: u64) -> Vec<Rate> {
        let whole = self.all.n == population || self.pooled <= 1;
        let at = |v: &[u64], i: usize| v.get(i).copied().unwrap_or(0);
        let rate = |(i, (id, name, headline)): (usize, &(String, String, bool))| {
            let (k_low, k_high, n) = (at(&self.all.low, i), at(&self.all.high, i), self.all.n);
            let ci95 = match (self.layers.is_empty(), whole && k_low == k_high) {
                (true, true) => super::interval::wilson(k_low, n, population),
                (true, false) => None,
                (false, _) => self.stratified(i),
            };
            Rate { id: id.clone(), name: name.clone(), headline: *headline, k_low, k_high, n, ci95 }
        };
        names.rates.iter().enumerate().map(rate).collect()
    }

    /// The interval of a rate from the random part of the draw; none while a case in it is undecided.
    fn stratified(&self, rate: usize) -> Option<[f64; 2]> {
        let at = |counts: &[u64]| counts.get(rate).copied().unwrap_or(0);
        let stratum = |l: &Layer| {
            let k = at(&l.low);
            (k == at(&l.high)).then_some(super::interval::Stratum { n: l.n, population: l.population, k })
        };
        let strata: Option<Vec<_>> = self.layers.values().map(stratum).collect();
        super::interval::stratified(&strata?)
    }

    /// Cases by grade.
    pub fn grades(&self, names: &Names) -> Grades {
        grades(&self.all, names)
    }

    /// Splits by case type and recipient group.
    pub fn by(&self, names: &Names) -> By {
        let headline = names.rates.iter().position(|r| r.2).unwrap_or(0);
        let split = |count: &Count| Split {
            n: count.n,
            k_low: count.low.get(headline).copied().unwrap_or(0),
            k_high: count.high.get(headline).copied().unwrap_or(0),
            grades: grades(count, names),
        };
        let all = |map: &BTreeMap<String, Count>| map.iter().map(|(k, c)| (k.clone(), split(c))).collect();
        By { case_type: all(&self.case_type), recipient_group: all(&self.groups) }
    }

    /// What was lost, most points first; criteria that lost nothing are left out.
    pub fn lost(&self, names: &Names) -> Vec<Lost> {
        let mut list: Vec<Lost> = Vec::new();
        for (losses, (id, criteria)) in self.lost.iter().zip(&names.ids) {
            for ((cases, of, points), criterion) in losses.iter().zip(criteria).filter(|((cases, ..), _)| *cases > 0) {
                list.push(Lost {
                    rubric: id.to_string(),
                    criterion: criterion.to_string(),
                    cases: *cases,
                    of: *of,
                    points: Number::new(*points),
                });
            }
        }
        list.sort_by(|a, b| (b.points, b.cases, &a.rubric, &a.criterion).cmp(&(a.points, a.cases, &b.rubric, &b.criterion)));
        list
    }

    /// Mean marks, low and high, rounded and as exact fractions.
    pub fn mean(&self) -> Option<([Number; 2], [String; 2])> {
        let low = mean(self.marks.iter().map(|m| m.0))?;
        let high = mean(self.marks.iter().map(|m| m.1))?;
        Some(([shown(&low), shown(&high)], [text(&low), text(&high)]))
    }

    /// Cases that have a mark.
    pub fn marked(&self) -> u64 {
        u64::try_from(self.marks.len()).unwrap_or(u64::MAX)
    }

    /// Median marks, low and high.
    pub fn median(&self) -> Option<[Number; 2]> {
        Some([shown(&median(self.marks.iter().map(|m| m.0))?), shown(&median(self.marks.iter().map(|m| m.1))?)])
    }
}

fn grades(count: &Count, names: &Names) -> Grades {
    let at = |i: usize| count.grades.get(i).copied().unwrap_or(0);
    Grades(names.grades.iter().enumerate().map(|(i, title)| (title.to_string(), at(i))).collect())
}

/// The exact mean: summed by denominator first, for marks have few different ones, and without a bound, for a common
/// denominator of many cases need not fit into any machine number.
fn mean(marks: impl Iterator<Item = Points>) -> Option<Fraction> {
    let (mut sums, mut n): (BTreeMap<i128, BigInt>, u64) = (BTreeMap::new(), 0);
    for mark in marks {
        *sums.entry(*mark.0.denom()).or_default() += *mark.0.numer();
        n += 1;
    }
    let sum: Fraction = sums.into_iter().map(|(d, s)| Fraction::new(s, BigInt::from(d))).sum();
    (n > 0).then(|| sum / BigInt::from(n))
}

fn median(marks: impl Iterator<Item = Points>) -> Option<Fraction> {
    let mut all: Vec<Points> = marks.collect();
    all.sort_unstable();
    let upper = *all.get(all.len() / 2)?;
    let lower = if all.len().is_multiple_of(2) { all[all.len() / 2 - 1] } else { upper };
    Some((exact(lower) + exact(upper)) / BigInt::from(2))
}

impl Filing {
    /// Adds the counts of another.
    pub fn pool(&mut self, other: &Self) {
        self.closed += other.closed;
        self.due += other.due;
        self.filed += other.filed;
        self.in_time += other.in_time;
        self.late += other.late;
        self.not_due += other.not_due;
        self.unfiled += other.unfiled;
        self.unclear += other.unclear;
        self.lacking += other.lacking;
        self.contents += other.contents;
        self.pages += other.pages;
    }
}
