//! The panel of a batch from what was gathered of its cases and from the plan. Must not look at single cases.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::figures::{Compared, rounded};
use super::{Case, Gathered, Reading, Scales};
use crate::panel::influence::{Decided, influence};
use crate::record::number::Number;
use crate::record::plan::{Plan, Reviewer};
use crate::record::v1::{DrawRef, Influence, Panel, ReviewerRecord};

/// The round that the cases belong to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round<'a> {
    /// The draw, where there was one.
    pub plan: Option<&'a Plan>,
    /// Drawn cases that are not in the batch any more, or not in scope.
    pub missing: u64,
}

/// What a panel's record tells of the draw.
#[derive(Debug, Clone, Default)]
pub struct Told {
    draw: Option<DrawRef>,
    /// Declared reviewers by code.
    reviewers: BTreeMap<Arc<str>, Known>,
}

/// What is known of a reviewer before any mark.
#[derive(Debug, Clone, Default)]
struct Known {
    name: String,
    group: Option<String>,
    assigned: u64,
}

impl Told {
    /// From the plan of a draw.
    pub fn new(round: &Round<'_>) -> Self {
        let allocation = round.plan.and_then(|p| p.allocation.as_ref());
        let rules = round.plan.and_then(|p| p.rules.allocation.as_ref());
        let known = |r: &Reviewer| Known {
            name: r.name.clone(),
            group: r.group.clone(),
            assigned: allocation.map_or(0, |a| count(a.of(&r.code).len())),
        };
        let draw = round.plan.map(|plan| DrawRef {
            frame_sha256: plan.frame_sha256.clone(),
            seed: plan.seed,
            drawn: count(plan.drawn.len()),
            tasks: allocation.map_or(0, |a| count(a.tasks.len())),
            missing: round.missing,
            sha256: None,
        });
        Self { draw, reviewers: rules.into_iter().flat_map(|r| &r.reviewers).map(|r| (Arc::clone(&r.code), known(r))).collect() }
    }

    /// From what results of some offices each told: a draw tells the same in all of them, and a code that no draw declares has marks in
    /// one of them.
    pub fn again<'a>(panels: impl Iterator<Item = &'a Panel>, missing: u64) -> Self {
        let mut told = Self::default();
        for panel in panels {
            told.draw = told.draw.or_else(|| panel.draw.clone().map(|draw| DrawRef { missing, ..draw }));
            for r in &panel.reviewers {
                let known = || Known { name: r.name.clone(), group: r.group.clone(), assigned: r.assigned };
                told.reviewers.entry(Arc::clone(&r.code)).or_insert_with(known);
            }
        }
        told
    }
}

impl Gathered {
    /// What is told of the panel; nothing where no plan was made and no case has one.
    pub fn panel(&self, scales: &Scales, round: &Round<'_>) -> Option<Panel> {
        self.panel_of(scales, &Told::new(round))
    }

    /// The same by what is told of the draw.
    pub fn panel_of(&self, scales: &Scales, told: &Told) -> Option<Panel> {
        if told.draw.is_none() && self.how.is_empty() {
            return None;
        }
        let compared = Compared::new(self, scales);
        Some(Panel {
            draw: told.draw.clone(),
            reviewers: self.reviewers(scales, told, &compared),
            how: self.how.clone(),
            confirmed: self.confirmed,
            needing: self.needing,
            agreement: compared.figures(),
            influence: self.influence(scales),
            leniency: self.leniency(&compared),
            objections: self.objections.clone(),
        })
    }

    fn reviewers(&self, scales: &Scales, told: &Told, compared: &Compared<'_>) -> Vec<ReviewerRecord> {
        let mut sums: BTreeMap<&Arc<str>, Sum> = told.reviewers.keys().map(|code| (code, Sum::default())).collect();
        for code in self.half.keys() {
            sums.entry(code).or_default();
        }
        let total = compared.main_total();
        for case in &self.cases {
            let others = |reading: &Reading| case.readings.iter().any(|r| r.counts && r.codes != reading.codes);
            for reading in &case.readings {
                for code in &reading.codes {
                    sums.entry(code).or_default().add(scales, case, reading, total, others(reading));
                }
            }
        }
        let severity = compared.severity();
        let record = |(code, sum): (&Arc<str>, Sum)| {
            let known = told.reviewers.get(code).cloned().unwrap_or_default();
            ReviewerRecord {
                code: Arc::clone(code),
                name: known.name,
                group: known.group,
                assigned: known.assigned,
                complete: sum.complete,
                half: self.half.get(code).copied().unwrap_or_default(),
                shared: sum.shared,
                mean: sum.mean(),
                grades: sum.grades,
                severity: severity.of(code),
            }
        };
        sums.into_iter().map(record).collect()
    }

    fn influence(&self, scales: &Scales) -> Vec<Influence> {
        let codes: BTreeSet<&Arc<str>> = self.cases.iter().flat_map(|c| &c.without).map(|(code, _)| code).collect();
        let number: BTreeMap<&Arc<str>, usize> = codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
        let codes: Vec<&Arc<str>> = codes.into_iter().collect();
        let read = self.cases.iter().map(|case| Decided {
            office: case.office,
            reached: case.reached,
            without: case.without.iter().filter_map(|(code, left)| Some((*number.get(code)?, *left))).collect(),
        });
        let unread = self
            .unread
            .iter()
            .enumerate()
            .flat_map(|(office, [k, n])| (0..*n).map(move |i| Decided { office, reached: i < *k, without: Vec::new() }));
        let told = influence(&read.chain(unread).collect::<Vec<_>>());
        let record = |one: crate::panel::influence::Influence| {
            Some(Influence {
                office: Arc::clone(self.offices.get(one.office)?),
                reviewer: Arc::clone(codes.get(one.reviewer)?),
                marked: one.marked,
                with: [one.with.k, one.with.n],
                without: [one.without.k, one.without.n],
                plain: one.plain(&scales.rate),
            })
        };
        told.into_iter().filter_map(record).collect()
    }
}

/// What one reviewer's complete readings come to.
#[derive(Debug, Default)]
struct Sum {
    complete: u64,
    shared: u64,
    grades: BTreeMap<Arc<str>, u64>,
    /// Hundredths of points, and how many readings have them.
    points: (i64, u32),
}

impl Sum {
    fn add(&mut self, scales: &Scales, case: &Case, reading: &Reading, total: Option<Number>, others: bool) {
        self.complete += 1;
        self.shared += u64::from(reading.counts && others);
        let titles = scales.titles.get(case.scale);
        if let Some(title) = reading.grade.and_then(|g| titles?.get(g)) {
            *self.grades.entry(Arc::clone(title)).or_default() += 1;
        }
        if let Some(points) = reading.points.filter(|_| case.total == total) {
            self.points = (self.points.0 + points.hundredths(), self.points.1 + 1);
        }
    }

    fn mean(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "sums of points are far below 2^53 hundredths")]
        let sum = self.points.0 as f64;
        (self.points.1 > 0).then(|| rounded(sum / f64::from(self.points.1) / 100.0))
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
