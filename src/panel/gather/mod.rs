//! What a round of review tells of its reviewers: gathered case by case, pooled office by office, told at the end as
//! [`Panel`](crate::record::v1::Panel). Must not change a mark or a grade, nor keep whole cases: a few numbers of each are enough.
//!
//! * **Agreement** is of complete first and second marks (一评, 二评) alone. Extra marks (加评) are given to cases near an edge or on
//!   purpose; they would tell of those cases and not of the reviewers, and are kept apart.
//! * Where one marks 规范性 and another 业务性, the two are one rater `A+B`: only together do they mark a case. A rater has one mark of a
//!   case; if there were two, the first counts.
//! * Grades are compared with grades of the same scale, points with points of the same full marks.
//! * **Influence** of a reviewer leaves out every complete mark that they had a part in. What is left of a case: the grade on which the
//!   remaining marks agree; else the grade of their mean points, never beyond the best and the worst of the remaining grades; if nothing
//!   remains, the case leaves the rate. If that cannot be told (grades differ and there are no sure points), the case counts as it is.
//!   How a joint decision or an objection would have gone without a mark is not asked. A rate counts cases that surely reach it.
//! * A page that came back half filled counts for each of those who share the reading, since the record does not say whose cell is blank.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::{CasePanel, CaseRecord, Objections, Opinion, RubricRecord};

mod figures;
mod leniency;
mod told;

#[cfg(test)]
mod tests;

pub use told::{Round, Told};

/// What rubrics say of grades, as far as a panel needs it.
#[derive(Debug, Clone)]
pub struct Scales {
    /// Different lists of grade titles, best first.
    titles: Vec<Vec<Arc<str>>>,
    rubrics: BTreeMap<String, Scale>,
    /// Name of the headline rate.
    rate: Text,
}

/// Grades of a rubric, best first.
#[derive(Debug, Clone)]
struct Scale {
    /// Which of [`Scales::titles`].
    at: usize,
    /// Lower ends of the bands, points scheme only.
    from: Option<Vec<Number>>,
    /// Whether a grade counts for the headline rate.
    reached: Vec<bool>,
}

impl Scales {
    /// From the rubrics of a run; `reached` says which of a rubric's grades count for the headline rate, which is called `rate`.
    pub fn new(rubrics: &[RubricRecord], rate: Text, reached: impl Fn(&RubricRecord, usize) -> bool) -> Self {
        let mut all = Self { titles: Vec::new(), rubrics: BTreeMap::new(), rate };
        for rubric in rubrics {
            let titles: Vec<Arc<str>> = rubric.grades.iter().map(|g| g.title.as_str().into()).collect();
            let at = all.titles.iter().position(|t| *t == titles).unwrap_or_else(|| {
                all.titles.push(titles);
                all.titles.len() - 1
            });
            let from = rubric.grades.iter().map(|g| g.from).collect();
            let reached = (0..rubric.grades.len()).map(|i| reached(rubric, i)).collect();
            all.rubrics.insert(rubric.id.clone(), Scale { at, from, reached });
        }
        all
    }

    fn grade(&self, scale: &Scale, title: &str) -> Option<usize> {
        self.titles.get(scale.at)?.iter().position(|t| **t == *title)
    }
}

impl Scale {
    fn reaches(&self, grade: usize) -> bool {
        self.reached.get(grade).copied().unwrap_or(false)
    }

    /// The grade that several readings come to; none when it cannot be told.
    fn come_to(&self, readings: &[&Reading]) -> Option<usize> {
        let grades: Vec<usize> = readings.iter().map(|r| r.grade).collect::<Option<_>>()?;
        let (best, worst) = (*grades.iter().min()?, *grades.iter().max()?);
        if best == worst {
            return Some(best);
        }
        let points: Vec<i64> = readings.iter().map(|r| r.points.map(Number::hundredths)).collect::<Option<_>>()?;
        let (sum, n) = (points.iter().sum::<i64>(), i64::try_from(points.len()).ok()?);
        let band = self.from.as_ref()?.iter().position(|from| sum >= from.hundredths() * n)?;
        Some(band.clamp(best, worst))
    }
}

/// What is kept of a complete reading.
#[derive(Debug, Clone)]
struct Reading {
    codes: Vec<Arc<str>>,
    /// First or second, rather than extra.
    counts: bool,
    /// Place on the scale.
    grade: Option<usize>,
    points: Option<Number>,
}

impl Reading {
    /// `A`, or `A+B` where two mark a part each.
    fn rater(&self) -> Arc<str> {
        match self.codes.as_slice() {
            [one] => Arc::clone(one),
            more => more.join("+").into(),
        }
    }
}

/// What is kept of a case with a complete reading.
#[derive(Debug, Clone)]
struct Case {
    /// Place in [`Gathered::offices`], which pooling shifts.
    office: usize,
    scale: usize,
    /// Full marks.
    total: Option<Number>,
    reached: bool,
    readings: Vec<Reading>,
    /// By code: whether the rate is reached without that reviewer.
    without: Vec<(Arc<str>, Option<bool>)>,
}

/// What was gathered so far.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    offices: Vec<Arc<str>>,
    cases: Vec<Case>,
    /// By office: cases without a complete reading, reached and all.
    unread: Vec<[u64; 2]>,
    how: BTreeMap<String, u64>,
    confirmed: u64,
    needing: u64,
    /// Readings that are not complete, by code.
    half: BTreeMap<Arc<str>, u64>,
    objections: Objections,
}

impl Gathered {
    /// Adds a graded case; one that is not selected, or has no rubric, is passed over.
    pub fn add(&mut self, scales: &Scales, case: &CaseRecord) {
        let scale = case.rubric.as_deref().and_then(|r| scales.rubrics.get(r));
        let Some(scale) = scale.filter(|_| case.scope == "selected") else { return };
        let sure = |title: &Arc<str>| scales.grade(scale, title).is_some_and(|g| scale.reaches(g));
        let reached = !case.possible.is_empty() && case.possible.iter().all(sure);
        let office = self.office(&case.office);
        let panel = case.panel.as_deref();
        panel.into_iter().for_each(|panel| self.told(panel));
        let complete = panel.into_iter().flat_map(|p| &p.opinions).filter(|o| o.complete && !o.reviewers.is_empty());
        let readings: Vec<Reading> = complete.map(|o| reading(scales, scale, o)).collect();
        if readings.is_empty() {
            if let Some([k, n]) = self.unread.get_mut(office) {
                *k += u64::from(reached);
                *n += 1;
            }
            return;
        }
        let codes: BTreeSet<&Arc<str>> = readings.iter().flat_map(|r| &r.codes).collect();
        let without = |code: &Arc<str>| {
            let left: Vec<&Reading> = readings.iter().filter(|r| !r.codes.contains(code)).collect();
            (!left.is_empty()).then(|| scale.come_to(&left).map_or(reached, |g| scale.reaches(g)))
        };
        let without = codes.into_iter().map(|c| (Arc::clone(c), without(c))).collect();
        let total = case.marks.as_ref().map(|m| m.total);
        self.cases.push(Case { office, scale: scale.at, total, reached, readings, without });
    }

    /// The number of an office.
    fn office(&mut self, name: &Arc<str>) -> usize {
        // Cases come office by office.
        if let Some(at) = self.offices.iter().rposition(|o| o == name) {
            return at;
        }
        self.offices.push(Arc::clone(name));
        self.unread.push([0, 0]);
        self.offices.len() - 1
    }

    /// Counts what a case tells of its panel.
    fn told(&mut self, panel: &CasePanel) {
        *self.how.entry(panel.how.clone()).or_default() += 1;
        self.confirmed += u64::from(panel.confirmed.is_some());
        self.needing += u64::from(panel.needs > 0);
        for code in panel.opinions.iter().filter(|o| !o.complete).flat_map(|o| &o.reviewers) {
            *self.half.entry(Arc::clone(code)).or_default() += 1;
        }
        let all = &mut self.objections;
        for objection in &panel.objections {
            let upheld = u64::from(objection.state == "upheld");
            let decided = upheld + u64::from(objection.state == "kept");
            all.all += 1;
            all.decided += decided;
            all.upheld += upheld;
            if decided > 0 {
                let of_criterion = all.by_criterion.entry(Arc::clone(&objection.criterion)).or_default();
                *of_criterion = [of_criterion[0] + upheld, of_criterion[1] + decided];
                for code in objection.reviewers.iter().collect::<BTreeSet<_>>() {
                    let of_reviewer = all.by_reviewer.entry(Arc::clone(code)).or_default();
                    *of_reviewer = [of_reviewer[0] + upheld, of_reviewer[1] + decided];
                }
            }
        }
    }

    /// Adds what was gathered of the cases after these, by the same scales.
    pub fn pool(&mut self, other: Self) {
        let moved: Vec<usize> = other.offices.iter().map(|name| self.office(name)).collect();
        let to = |at: usize| moved.get(at).copied().unwrap_or_default();
        for (at, [k, n]) in other.unread.into_iter().enumerate() {
            if let Some(mine) = self.unread.get_mut(to(at)) {
                *mine = [mine[0] + k, mine[1] + n];
            }
        }
        self.cases.extend(other.cases.into_iter().map(|case| Case { office: to(case.office), ..case }));
        self.confirmed += other.confirmed;
        self.needing += other.needing;
        other.how.into_iter().for_each(|(how, n)| *self.how.entry(how).or_default() += n);
        other.half.into_iter().for_each(|(code, n)| *self.half.entry(code).or_default() += n);
        let (mine, theirs) = (&mut self.objections, other.objections);
        mine.all += theirs.all;
        mine.decided += theirs.decided;
        mine.upheld += theirs.upheld;
        for (mine, theirs) in [(&mut mine.by_criterion, theirs.by_criterion), (&mut mine.by_reviewer, theirs.by_reviewer)] {
            for (key, [upheld, decided]) in theirs {
                let sum = mine.entry(key).or_default();
                *sum = [sum[0] + upheld, sum[1] + decided];
            }
        }
    }
}

fn reading(scales: &Scales, scale: &Scale, opinion: &Opinion) -> Reading {
    let codes: BTreeSet<&Arc<str>> = opinion.reviewers.iter().collect();
    Reading {
        codes: codes.into_iter().cloned().collect(),
        counts: opinion.turn != "extra",
        grade: opinion.grade.as_deref().and_then(|g| scales.grade(scale, g)),
        points: opinion.low.filter(|low| opinion.high == Some(*low)),
    }
}
