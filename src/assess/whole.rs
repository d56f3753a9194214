//! What is told of all offices together, from what each came to: registers, groups, keys across offices, the panel. One run and
//! `merge` come to it by these same steps. Must not know how an office was graded, or read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::cross::Keys;
use super::head::{Head, summary};
use super::waive;
use crate::panel::gather::{Gathered, Scales, Told};
use crate::record::v1::{Office, PlaceRecord, ProblemRecord, Register, Results};
use crate::stats::tally::{Names, Tally};

/// What one office adds.
#[derive(Debug)]
pub struct Came {
    /// Its record.
    pub office: Office,
    /// Its problems.
    pub problems: Vec<ProblemRecord>,
    /// Register sheets as far as they are its own.
    pub registers: Vec<Register>,
    /// Its counts.
    pub tally: Tally,
    /// Case numbers with their places.
    pub keys: Vec<(String, PlaceRecord)>,
    /// Prints of scanned pages with their places.
    pub scans: Vec<(u64, PlaceRecord)>,
    /// What is told of reviewers.
    pub gathered: Gathered,
    /// Drawn cases that were not graded.
    pub missing: u64,
    /// System files skipped.
    pub junk: u64,
}

/// What offices came to so far, added in the order of the batch.
#[derive(Debug, Default)]
pub struct Whole {
    offices: Vec<Office>,
    problems: Vec<ProblemRecord>,
    registers: Vec<Register>,
    tallies: Vec<Tally>,
    cross: Keys,
    gathered: Gathered,
    missing: u64,
    junk: u64,
}

impl Whole {
    /// Adds the next office.
    pub fn add(&mut self, mut came: Came) {
        self.cross.add(&came.office.name, came.keys, came.scans);
        self.problems.append(&mut came.problems);
        self.registers.append(&mut came.registers);
        self.offices.push(came.office);
        self.tallies.push(came.tally);
        self.gathered.pool(came.gathered);
        self.missing += came.missing;
        self.junk += came.junk;
    }

    /// Writes what all came to into `results`, which says of the batch what is known before any office is read; `told` says who the
    /// reviewers are, given how many drawn cases are missing.
    pub fn tell(mut self, results: &mut Results, names: &Names, scales: &Scales, told: impl FnOnce(u64) -> Told) {
        results.batch.junk += self.junk;
        results.problems.append(&mut self.problems);
        results.registers = merged(self.registers);
        results.groups = groups(&self.offices, &self.tallies, names);
        results.cross = self.cross.found();
        results.panel = self.gathered.panel_of(scales, &told(self.missing));
        waive::pooled(&mut results.waivers, &self.offices);
        results.offices = self.offices;
        if results.batch.scope.selection != "plan" && results.offices.iter().any(|o| o.selected != o.in_scope) {
            results.batch.scope.selection = "register".to_owned();
        }
    }
}

/// Register sheets by path and sheet; the counts of one that several offices share are added up.
fn merged(registers: Vec<Register>) -> Vec<Register> {
    let mut all: BTreeMap<(String, Option<String>, String), Register> = BTreeMap::new();
    for register in registers {
        match all.entry((register.path.clone(), register.sheet.clone(), register.sha256.clone())) {
            Entry::Vacant(slot) => drop(slot.insert(register)),
            Entry::Occupied(mut slot) => {
                let sum = slot.get_mut();
                sum.rows += register.rows;
                sum.in_scope += register.in_scope;
                for (reason, n) in register.out_of_scope {
                    *sum.out_of_scope.entry(reason).or_default() += n;
                }
            }
        }
    }
    all.into_values().collect()
}

/// Pools the offices that share a parent, and all of them.
pub fn groups(offices: &[Office], tallies: &[Tally], names: &Names) -> Vec<Office> {
    let mut pools: BTreeMap<(bool, String), (Head, Tally)> = BTreeMap::new();
    for (office, tally) in offices.iter().zip(tallies) {
        let whole = (false, "全部机构".to_owned());
        for key in office.parent.iter().map(|p| (true, p.clone())).chain([whole]) {
            let slot = pools.entry(key.clone()).or_insert_with(|| {
                let id = if key.0 { key.1.clone() } else { "all".to_owned() };
                (Head { id, name: key.1.clone(), ..Head::default() }, Tally::default())
            });
            slot.0.rows += office.rows;
            slot.0.joined += office.joined;
            slot.0.dossier_only += office.dossier_only;
            slot.0.in_scope += office.in_scope;
            for (reason, n) in &office.out_of_scope {
                *slot.0.out_of_scope.entry(reason.clone()).or_default() += n;
            }
            slot.1.pool(tally);
        }
    }
    // Where one city has all offices, the whole is that city.
    let cities = pools.keys().filter(|(below, _)| *below).count();
    if cities == 1 && offices.iter().all(|o| o.parent.is_some()) {
        pools.retain(|(below, _), _| *below);
    }
    pools.into_values().map(|(head, tally)| summary(head, &tally, names)).collect()
}
