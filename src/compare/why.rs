//! Why a main rate moved between two results: cases in one only, and cases of both whose grade changed, with the criteria that did it.
//! Must not count anew what a result says: its numbers are taken apart, and the parts add up to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::diff::{DiffOffice, Moved, MovedCriterion};
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CaseRef, Compared, Office, Results};
use crate::say;

/// A selected case in short.
#[derive(Debug, Clone)]
pub struct Brief {
    rubric: Option<Arc<str>>,
    possible: Vec<Arc<str>>,
    marks: Option<[Number; 2]>,
    criteria: Vec<(Arc<str>, String, Number)>,
}

/// One of the two results.
#[derive(Debug)]
pub struct Side<'a> {
    /// `results.json`
    pub results: &'a Results,
    /// Selected cases.
    pub cases: BTreeMap<CaseRef, Brief>,
}

impl<'a> Side<'a> {
    /// An empty side.
    pub fn new(results: &'a Results) -> Self {
        Self { results, cases: BTreeMap::new() }
    }

    /// Adds a case.
    pub fn add(&mut self, case: &CaseRecord) {
        if case.scope != "selected" || case.subject != "case" {
            return;
        }
        let brief = Brief {
            rubric: case.rubric.clone(),
            possible: case.possible.clone(),
            marks: case.marks.as_ref().map(|m| [m.low, m.high]),
            criteria: case.criteria.iter().map(|c| (Arc::clone(&c.id), c.outcome.to_string(), c.low)).collect(),
        };
        self.cases.insert(CaseRef { office: Arc::clone(&case.office), case_no: case.case_no.clone(), stage: case.stage.clone() }, brief);
    }

    fn office(&self, name: &str) -> Option<&'a Office> {
        self.results.offices.iter().find(|o| o.name == name)
    }

    /// Whether a grade is among the best `top` of its rubric, or of any where the case has none.
    fn within(&self, case: &Brief, grade: &str, top: usize) -> bool {
        let rubric = case.rubric.as_deref().and_then(|id| self.results.rubric(id));
        let list = rubric.into_iter().chain(self.results.rubrics.iter().filter(|_| rubric.is_none()));
        list.flat_map(|r| r.grades.iter().take(top)).any(|g| g.title == grade)
    }

    /// Surely and possibly within.
    fn counts(&self, case: &Brief, top: usize) -> [u64; 2] {
        let within = |g: &Arc<str>| self.within(case, g, top);
        [case.possible.iter().all(within), case.possible.iter().any(within)].map(u64::from)
    }

    /// Whether the best `top` grades make the rate of every office.
    fn fits(&self, name: &str, top: usize) -> bool {
        let mut sums: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
        for (case, brief) in &self.cases {
            let [low, high] = self.counts(brief, top);
            let sum = sums.entry(&case.office).or_default();
            *sum = [sum[0] + low, sum[1] + high, sum[2] + 1];
        }
        let rate = |o: &Office| o.rates.iter().find(|r| r.name == name).map(|r| [r.k_low, r.k_high, r.n]);
        self.results.offices.iter().all(|o| rate(o).is_none_or(|r| r == sums.get(o.name.as_str()).copied().unwrap_or_default()))
    }
}

/// What differs for all cases.
pub fn causes(old: &Results, new: &Results) -> Vec<Text> {
    let mut causes = Vec::new();
    let (a, b) = (&old.batch, &new.batch);
    for rubric in &new.rubrics {
        let (id, version) = (&rubric.id, &rubric.version);
        match old.rubric(id) {
            Some(before) if before.sha256 != rubric.sha256 => {
                let was = &before.version;
                causes.push(say!("评估标准 {id} 有变（{was} → {version}）", "the standard {id} has changed ({was} → {version})"));
            }
            Some(_) => {}
            None => causes.push(say!("上次没有评估标准 {id}", "the standard {id} was not there before")),
        }
    }
    if a.as_of != b.as_of {
        let (was, is) = (&a.as_of, &b.as_of);
        causes.push(say!("截止日 {was} → {is}", "as-of date {was} → {is}"));
    }
    if (&a.scope.event, &a.scope.from, &a.scope.to, &a.scope.case_types)
        != (&b.scope.event, &b.scope.from, &b.scope.to, &b.scope.case_types)
    {
        let ((was, now), (was_en, now_en)) = ((&a.scope.said.zh, &b.scope.said.zh), (&a.scope.said.en, &b.scope.said.en));
        causes.push(say!("评查范围 {was} → {now}", "scope {was_en} → {now_en}"));
    }
    if a.scope.selection != b.scope.selection {
        causes.push(say!("选取案件的办法有变", "cases were selected in another way"));
    }
    let terms = |r: &Results| -> Vec<_> { r.waivers.iter().map(|w| (w.criteria.clone(), w.from.clone(), w.to.clone())).collect() };
    if terms(old) != terms(new) {
        causes.push(say!("经批准不扣分的规定有变", "the waivers have changed"));
    }
    causes
}

/// Every office of either result.
pub fn offices(old: &Side<'_>, new: &Side<'_>, compared: &Compared) -> Vec<DiffOffice> {
    let mut names: Vec<&str> = old.results.offices.iter().chain(&new.results.offices).map(|o| o.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let most = old.results.rubrics.iter().chain(&new.results.rubrics).map(|r| r.grades.len()).max().unwrap_or(0);
    let mut tops: BTreeMap<String, Option<usize>> = BTreeMap::new();
    let mut all = Vec::new();
    for name in names {
        let (before, now) = (old.office(name), new.office(name));
        let Some(rate) = now.or(before).and_then(Office::headline).map(|r| r.name.clone()) else { continue };
        let figures = |o: Option<&Office>| o?.rates.iter().find(|r| r.name == rate).map(|r| [r.k_low, r.k_high, r.n]);
        let top = *tops.entry(rate.clone()).or_insert_with(|| (1..=most).find(|t| old.fits(&rate, *t) && new.fits(&rate, *t)));
        let mut office = DiffOffice {
            office: name.to_owned(),
            old: figures(before),
            new: figures(now),
            findings: [&compared.fixed, &compared.new, &compared.still, &compared.not_comparable]
                .map(|list| u64::try_from(list.iter().filter(|f| &*f.case.office == name).count()).unwrap_or(u64::MAX)),
            rate,
            ..DiffOffice::default()
        };
        if let Some(top) = top {
            apart(old, new, top, &mut office);
        }
        all.push(office);
    }
    all
}

/// Takes the change of one office apart.
fn apart(old: &Side<'_>, new: &Side<'_>, top: usize, office: &mut DiffOffice) {
    let of_office = |case: &CaseRef| *case.office == *office.office;
    let add = |sum: &mut [u64; 3], [low, high]: [u64; 2]| *sum = [sum[0] + low, sum[1] + high, sum[2] + 1];
    let (mut gone, mut come, mut up, mut down, mut moved) = ([0; 3], [0; 3], [0; 2], [0; 2], Vec::new());
    for (case, brief) in old.cases.iter().filter(|(c, _)| of_office(c)) {
        let was = old.counts(brief, top);
        let Some(other) = new.cases.get(case) else {
            add(&mut gone, was);
            continue;
        };
        let is = new.counts(other, top);
        for (end, (was, is)) in was.into_iter().zip(is).enumerate() {
            up[end] += is.saturating_sub(was);
            down[end] += was.saturating_sub(is);
        }
        if brief.possible != other.possible || brief.marks != other.marks {
            moved.push(change(case, (old, brief), (new, other), was != is));
        }
    }
    for (case, brief) in new.cases.iter().filter(|(c, _)| of_office(c) && !old.cases.contains_key(c)) {
        let _ = case;
        add(&mut come, new.counts(brief, top));
    }
    moved.sort_by_key(|m| !m.counts);
    (office.gone, office.come, office.up, office.down, office.moved) = (gone, come, up, down, moved);
}

fn change(case: &CaseRef, (old, before): (&Side<'_>, &Brief), (new, after): (&Side<'_>, &Brief), counts: bool) -> Moved {
    let grade = |b: &Brief| b.possible.iter().map(|g| &**g).collect::<Vec<_>>().join("、");
    let hash = |s: &Side<'_>, b: &Brief| {
        let id = b.rubric.as_deref()?;
        s.results.rubric(id).map(|r| (r.id.clone(), r.sha256.clone()))
    };
    let was: BTreeMap<&str, (&str, Number)> = before.criteria.iter().map(|(id, o, low)| (&**id, (o.as_str(), *low))).collect();
    let mut criteria = Vec::new();
    for (id, outcome, low) in &after.criteria {
        let earlier = was.get(&**id);
        if earlier.is_none_or(|(o, n)| *o != outcome || n != low) {
            let points = Number::new(low.points() - earlier.map_or(Points::ZERO, |(_, n)| n.points()));
            let before = earlier.map(|(o, _)| (*o).to_owned());
            criteria.push(MovedCriterion { id: Arc::clone(id), before, after: Some(outcome.clone()), points });
        }
    }
    for (id, outcome, low) in before.criteria.iter().filter(|(id, ..)| !after.criteria.iter().any(|(other, ..)| other == id)) {
        let points = Number::new(Points::ZERO - low.points());
        criteria.push(MovedCriterion { id: Arc::clone(id), before: Some(outcome.clone()), after: None, points });
    }
    Moved {
        case: case.clone(),
        before: grade(before),
        after: grade(after),
        counts,
        other_standard: hash(old, before) != hash(new, after),
        criteria,
    }
}
