//! Agreement and severity as figures of the record, from what was gathered. Must not compute a statistic itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Case, Gathered, Reading, Scales};
use crate::base::text::Text;
use crate::panel::agreement::{cohen, icc, of_grades, of_marks};
use crate::panel::estimate::{Estimate, Gap, Model, Weights};
use crate::panel::severity::{self, Severity, severity};
use crate::panel::table::{Grades, Marks};
use crate::panel::words::joined;
use crate::record::number::Number;
use crate::record::v1::Figure;
use crate::say;

/// Two reviewers are compared with each other from so many shared cases on.
pub const PAIR: usize = 5;

/// Marks by case: in each row (rater, mark).
type Rows<T> = Vec<Vec<(usize, T)>>;
/// Two raters by number, and their names.
type Pair = ((usize, usize), Vec<Arc<str>>);

/// What marks are compared: by scale of grades, and by full marks.
pub(super) struct Compared<'a> {
    /// Every rater, sorted by name.
    raters: Vec<Arc<str>>,
    /// Codes of each rater.
    codes: Vec<Vec<Arc<str>>>,
    scales: &'a Scales,
    grades: BTreeMap<usize, Rows<usize>>,
    points: BTreeMap<Number, Rows<f64>>,
    /// Extra marks left aside.
    extra: u64,
}

impl<'a> Compared<'a> {
    pub(super) fn new(gathered: &Gathered, scales: &'a Scales) -> Self {
        let all = || gathered.cases.iter().flat_map(|c| &c.readings);
        let named: BTreeMap<Arc<str>, &[Arc<str>]> = all().filter(|r| r.counts).map(|r| (r.rater(), r.codes.as_slice())).collect();
        let number: BTreeMap<&[Arc<str>], usize> = named.values().enumerate().map(|(at, codes)| (*codes, at)).collect();
        let (mut grades, mut points) = (BTreeMap::<usize, Rows<usize>>::new(), BTreeMap::<Number, Rows<f64>>::new());
        for case in &gathered.cases {
            let (graded, pointed) = (row(case, &number, |r| r.grade), row(case, &number, |r| r.points.map(Number::shown)));
            if !graded.is_empty() {
                grades.entry(case.scale).or_default().push(graded);
            }
            if let (Some(total), false) = (case.total, pointed.is_empty()) {
                points.entry(total).or_default().push(pointed);
            }
        }
        let extra = u64::try_from(all().filter(|r| !r.counts).count()).unwrap_or(u64::MAX);
        let codes = named.values().map(|codes| codes.to_vec()).collect();
        Self { codes, raters: named.into_keys().collect(), scales, grades, points, extra }
    }

    /// Every figure: of all reviewers on grades and on points, then of each pair.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let (mut all, mut pairs) = (Vec::new(), BTreeMap::<(usize, usize), Vec<Figure>>::new());
        let (none, nothing) = (BTreeMap::from([(0, Vec::new())]), BTreeMap::from([(Number::default(), Vec::new())]));
        let grades = if self.grades.is_empty() { &none } else { &self.grades };
        for (scale, rows) in grades {
            let titles = self.scales.titles.get(*scale).map(Vec::as_slice).unwrap_or_default();
            let of = |estimate: &Estimate, between: &[Arc<str>]| {
                let list = titles.join("、");
                figure(estimate, between, (grades.len() > 1).then(|| say!("等次为{list}", "grades {list}")))
            };
            let Ok(table) = Grades::new(titles.len(), self.raters.len(), rows.clone()) else { continue };
            let mut told: Vec<Figure> = of_grades(&table).iter().map(|e| of(e, &[])).collect();
            self.aside(&mut told);
            all.append(&mut told);
            for (pair, between) in self.pairs(rows) {
                let two = table.two(pair.0, pair.1);
                pairs.entry(pair).or_default().extend(Weights::ALL.map(|weights| of(&cohen(&two, weights), &between)));
            }
        }
        let points = if self.points.is_empty() { &nothing } else { &self.points };
        for (total, rows) in points {
            let of = |estimate: &Estimate, between: &[Arc<str>]| {
                figure(estimate, between, (points.len() > 1).then(|| say!("满分 {total} 分", "of {total} points")))
            };
            let Ok(table) = Marks::new(self.raters.len(), rows.clone()) else { continue };
            let mut told: Vec<Figure> = of_marks(&table).iter().map(|e| of(e, &[])).collect();
            self.aside(&mut told);
            all.append(&mut told);
            for (pair, between) in self.pairs(rows) {
                let (two, models) = (table.two(pair.0, pair.1), [Model::TwoWayRandom, Model::TwoWayMixed]);
                let told = [false, true].into_iter().flat_map(|averaged| models.map(|model| of(&icc(&two, model, averaged), &between)));
                pairs.entry(pair).or_default().extend(told);
            }
        }
        all.extend(pairs.into_values().flatten());
        all
    }

    /// Pairs with enough shared cases.
    fn pairs<T>(&self, rows: &Rows<T>) -> Vec<Pair> {
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for row in rows {
            for (i, (a, _)) in row.iter().enumerate() {
                row.iter().skip(i + 1).for_each(|(b, _)| *shared.entry((*a.min(b), *a.max(b))).or_default() += 1);
            }
        }
        let named = |(a, b): (usize, usize)| [a, b].iter().filter_map(|at| self.raters.get(*at).cloned()).collect();
        shared.into_iter().filter(|(_, n)| *n >= PAIR).map(|(pair, _)| (pair, named(pair))).collect()
    }

    /// Says once in a list that extra marks are not in it.
    fn aside(&self, told: &mut [Figure]) {
        let n = self.extra;
        if let Some(first) = told.first_mut().filter(|_| n > 0) {
            let said = say!(
                "另有加评 {n} 份不计在内：加评的案件是有意挑选的，不能代表平时的一致程度。",
                " {n} extra mark(s) are left aside: those cases were chosen on purpose."
            );
            first.plain = joined(&[&first.plain, &said]);
        }
    }

    /// Full marks that most cases are marked by: means and severity are told of these alone.
    pub(super) fn main_total(&self) -> Option<Number> {
        self.points.iter().max_by_key(|(total, rows)| (rows.len(), **total)).map(|(total, _)| *total)
    }

    /// How severe each code's readings are; of a part, how severe the two who share them.
    pub(super) fn severity(&self) -> Leanings<'_> {
        let rows = self.main_total().and_then(|total| self.points.get(&total)).cloned().unwrap_or_default();
        let mut pairs = vec![0; self.raters.len()];
        for row in rows.iter().filter(|row| row.len() > 1) {
            row.iter().for_each(|(who, _)| pairs.get_mut(*who).into_iter().for_each(|n| *n += row.len() - 1));
        }
        let done = Marks::new(self.raters.len(), rows).map_err(|_| Gap::NoPairs).and_then(|marks| severity(&marks));
        Leanings { compared: self, pairs, done }
    }
}

/// Severity of all raters, to be asked by code.
pub(super) struct Leanings<'a> {
    compared: &'a Compared<'a>,
    pairs: Vec<usize>,
    done: Result<Severity, Gap>,
}

impl Leanings<'_> {
    /// By how many points a reading of these codes lies above the others; none where that cannot be told of all alike.
    pub(super) fn effect(&self, codes: &[Arc<str>]) -> Option<f64> {
        let severity = self.done.as_ref().ok()?;
        let groups: BTreeSet<usize> = severity.effects.iter().filter(|e| e.cases > 0).map(|e| e.group).collect();
        let at = self.compared.codes.iter().position(|c| c == codes)?;
        severity.effects.get(at)?.points.filter(|_| groups.len() < 2)
    }

    /// The figure of a code; none where they have no mark that counts.
    pub(super) fn of(&self, code: &Arc<str>) -> Option<Figure> {
        let as_whom: Vec<usize> = (0..).zip(&self.compared.codes).filter(|(_, codes)| codes.contains(code)).map(|(at, _)| at).collect();
        let first = *as_whom.first()?;
        let bare = |plain: Text| Figure {
            id: "severity".to_owned(),
            name: Text::fixed("松紧", "Severity"),
            between: Vec::new(),
            value: None,
            ci95: None,
            cases: 0,
            pairs: 0,
            source: severity::SOURCE.to_owned(),
            plain,
        };
        if as_whom.len() > 1 {
            return Some(bare(Text::fixed(
                "与不止一人分工合评，分不出本人的松紧。",
                "Shares readings with more than one other, so that their own severity cannot be told.",
            )));
        }
        let severity = match &self.done {
            Ok(severity) => severity,
            Err(gap) => {
                let Text { zh, en } = gap.said();
                return Some(bare(say!("没有数据（{zh}）。", "No data ({en}).")));
            }
        };
        let effect = severity.effects.get(first)?;
        let together = self.compared.codes.get(first).filter(|codes| codes.len() > 1).cloned().unwrap_or_default();
        let groups: BTreeSet<usize> = severity.effects.iter().filter(|e| e.cases > 0).map(|e| e.group).collect();
        let mut plain = effect.plain();
        if groups.len() > 1 && effect.cases > 0 {
            let said = Text::fixed(
                "评估专家分成几组，组与组之间没有同评的案件，只能在组内比较。",
                " Reviewers fall into groups without a shared case between them and are compared within their group alone.",
            );
            plain = joined(&[&plain, &said]);
        }
        if !together.is_empty() {
            let names = together.join("+");
            plain = joined(&[&say!("{names} 分工合评，一并计算：", "{names} mark a part each and count as one: "), &plain]);
        }
        Some(Figure {
            between: together,
            value: effect.points.map(rounded),
            ci95: effect.ci95.map(|ends| ends.map(rounded)),
            cases: u64::try_from(effect.cases).unwrap_or(u64::MAX),
            pairs: self.pairs.get(first).and_then(|n| u64::try_from(*n).ok()).unwrap_or_default(),
            ..bare(plain)
        })
    }
}

/// One mark of each rater, the first of each.
fn row<T>(case: &Case, number: &BTreeMap<&[Arc<str>], usize>, mark: impl Fn(&Reading) -> Option<T>) -> Vec<(usize, T)> {
    let mut seen = BTreeSet::new();
    let counted = case.readings.iter().filter(|r| r.counts);
    let numbered = counted.filter_map(|r| Some((*number.get(r.codes.as_slice())?, r))).filter(|(who, _)| seen.insert(*who));
    let mut row: Vec<(usize, T)> = numbered.filter_map(|(who, r)| Some((who, mark(r)?))).collect();
    row.sort_by_key(|(who, _)| *who);
    row
}

/// A statistic for the record; `of` says which cases, where there are several kinds.
fn figure(estimate: &Estimate, between: &[Arc<str>], of: Option<Text>) -> Figure {
    let (mut name, mut plain) = (estimate.name(), estimate.plain());
    if let Some(Text { zh, en }) = of {
        (name, plain) = (joined(&[&name, &say!("（{zh}）", " ({en})")]), joined(&[&say!("{zh}的案件：", "Cases with {en}: "), &plain]));
    }
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Figure {
        id: estimate.statistic.id().to_owned(),
        name,
        between: between.to_vec(),
        value: estimate.value.map(rounded),
        ci95: estimate.ci95.map(|ends| ends.map(rounded)),
        cases: count(estimate.seen.cases),
        pairs: count(estimate.seen.pairs),
        source: estimate.source().to_owned(),
        plain,
    }
}

/// Six decimals, without a minus before zero.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}
