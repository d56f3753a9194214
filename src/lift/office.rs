//! The offices of a result: which cases lift the headline rate of each, by how much, and how many places it climbs while the others stay
//! where they are. Rates are compared as fractions. Must not place an office while cases of it are undecided.

use std::collections::BTreeMap;

use super::case::{Lifts, lift};
use super::rules::Rules;
use crate::record::lift::{LiftCase, LiftOffice, LiftStep, Place};
use crate::record::v1::{CaseRecord, Office, Results};

/// Offices asked about, filled case by case.
#[derive(Debug)]
pub struct Offices<'a> {
    results: &'a Results,
    lifts: Lifts<'a>,
    found: BTreeMap<&'a str, Gathered>,
}

/// What was seen of one office.
#[derive(Debug, Default)]
struct Gathered {
    best: u64,
    cases: Vec<(LiftCase, Weight)>,
}

/// How a case stands to the headline rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// It counts already, or nothing surely makes it count.
    Stays,
    /// So many fixes make it count; whether it may count already.
    Lifts(u64, bool),
}

impl<'a> Offices<'a> {
    /// The offices of a result whose names are wanted.
    pub fn new(results: &'a Results, wanted: impl Fn(&Office) -> bool) -> Self {
        let found = results.offices.iter().filter(|o| wanted(o)).map(|o| (o.name.as_str(), Gathered::default())).collect();
        Self { results, lifts: Lifts::new(results), found }
    }

    /// Takes in a case.
    pub fn take(&mut self, case: &CaseRecord) {
        let Some(office) = self.found.get_mut(&*case.office).filter(|_| case.is_selected()) else { return };
        let rules = self.lifts.rules(case);
        match lift(rules, case) {
            None => office.best += 1,
            Some(lifted) => {
                let weight = rules.and_then(|r| r.as_ref().ok()).map_or(Weight::Stays, |rules| weight(rules, &lifted));
                office.cases.push((lifted, weight));
            }
        }
    }

    /// What was found, in the order of the result.
    pub fn finish(mut self) -> Vec<LiftOffice> {
        let offices: Vec<&Office> = self.results.offices.iter().collect();
        let mut told = Vec::new();
        for office in &offices {
            let Some(found) = self.found.remove(office.name.as_str()) else { continue };
            told.push(tell(office, &offices, found));
        }
        told
    }
}

fn weight(rules: &Rules, case: &LiftCase) -> Weight {
    let Some(goal) = rules.goal() else { return Weight::Stays };
    let at = |title: Option<&String>| rules.grades.iter().position(|g| Some(g) == title);
    let (Some(best), Some(worst)) = (at(case.possible.first()), at(case.possible.last())) else { return Weight::Stays };
    // What reviewers would have to agree to is not counted on. To count it must leave the grades below the rate for good.
    let set = case.rate.as_ref().or(case.sure.as_ref().filter(|s| at(s.grades.first()).is_some_and(|g| g <= goal)));
    match set {
        Some(set) if worst > goal => Weight::Lifts(set.fixes, best <= goal),
        _ => Weight::Stays,
    }
}

/// k and n of an office's headline rate: surely, possibly, of.
fn rate(office: &Office) -> Option<(u64, u64, u64)> {
    office.headline().map(|r| (r.k_low, r.k_high, r.n))
}

/// k and n, when the rate is a point.
fn point(office: &Office) -> Option<(u64, u64)> {
    rate(office).filter(|(low, high, n)| low == high && *n > 0).map(|(low, _, n)| (low, n))
}

/// The place of an office with this rate among the others.
fn place(own: &Office, (k, n): (u64, u64), offices: &[&Office]) -> Place {
    let cross = |k: u64, n: u64| u128::from(k) * u128::from(n);
    let others = || offices.iter().filter(|o| o.id != own.id).filter_map(|o| Some((o, point(o)?)));
    let above = others().filter(|(_, (ok, on))| cross(*ok, n) > cross(k, *on)).count();
    let ties = others().filter(|(_, (ok, on))| cross(*ok, n) == cross(k, *on)).map(|(o, _)| o.name.clone()).collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Place { place: count(above) + 1, of: count(others().count()) + 1, ties }
}

fn tell(office: &Office, offices: &[&Office], mut found: Gathered) -> LiftOffice {
    let (k_low, k_high, n) = rate(office).unwrap_or_default();
    let now = point(office).map(|p| place(office, p, offices));
    let mut order: Vec<(u64, usize, bool)> = Vec::new();
    for (at, (_, weight)) in found.cases.iter().enumerate() {
        if let Weight::Lifts(fixes, maybe) = weight {
            order.push((*fixes, at, *maybe));
        }
    }
    order.sort_unstable();
    let (mut low, mut high, mut all) = (k_low, k_high, 0);
    let mut steps = Vec::new();
    for (fixes, at, maybe) in order {
        let Some((case, _)) = found.cases.get_mut(at) else { continue };
        let alone = (k_low + 1 == k_high + u64::from(!maybe)).then(|| place(office, (k_low + 1, n), offices));
        case.climbed = now.as_ref().zip(alone).map(|(now, then)| now.place.saturating_sub(then.place));
        low += 1;
        high += u64::from(!maybe);
        all += fixes;
        let then = (low == high && n > 0).then(|| place(office, (low, n), offices));
        let climbed = now.as_ref().zip(then.as_ref()).map(|(now, then)| now.place.saturating_sub(then.place));
        steps.push(LiftStep {
            case_no: case.case_no.clone(),
            stage: case.stage.clone(),
            fixes,
            all_fixes: all,
            k_low: low,
            k_high: high,
            place: then,
            climbed,
        });
    }
    let unplaced = offices.iter().filter(|o| point(o).is_none()).map(|o| o.name.clone()).collect();
    LiftOffice {
        id: office.id.clone(),
        name: office.name.clone(),
        rate: office.headline().map(|r| r.name.clone()).unwrap_or_default(),
        k_low,
        k_high,
        n,
        place: now,
        unplaced,
        best: found.best,
        cases: std::mem::take(&mut found.cases).into_iter().map(|(case, _)| case).collect(),
        steps,
    }
}
