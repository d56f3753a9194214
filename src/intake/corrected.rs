//! Corrected registers (`[[register]]` with `supersedes`): a row that the newer register has too is told and not joined; all others stay.
//! Must not compare values: the newer register is right because the settings say so.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Record;
use super::settings::Settings;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::say;

/// Which cases newer registers have, and which rows of older ones they replace.
#[derive(Debug, Default)]
pub struct Corrected {
    given: BTreeMap<String, BTreeSet<(String, Option<String>)>>,
    replaced: BTreeMap<(String, String), Vec<Place>>,
}

impl Settings {
    /// How many registers stand one above the other over this one: 0 = the newest. They are read in this order.
    pub fn age(&self, path: &str) -> usize {
        let mut age = 0;
        let mut now: BTreeSet<&str> = BTreeSet::from([path]);
        // No chain is longer than the list, for the settings refuse a circle.
        while age < self.registers.len() {
            now =
                self.registers.iter().filter(|r| r.supersedes.iter().any(|s| now.contains(s.as_str()))).map(|r| r.path.as_str()).collect();
            if now.is_empty() {
                break;
            }
            age += 1;
        }
        age
    }
}

impl Corrected {
    /// Whether a row of a register is replaced by one of a newer register.
    pub fn replaces(&mut self, record: &Record, stage: impl FnOnce() -> Option<String>, file: &str, settings: &Settings) -> bool {
        if settings.registers.is_empty() {
            return false;
        }
        let key = (record.case_no.clone(), stage());
        let newer = settings.registers.iter().filter(|r| r.supersedes.iter().any(|s| s == file));
        let by = newer.map(|r| r.path.as_str()).find(|path| self.given.get(*path).is_some_and(|given| given.contains(&key)));
        if let Some(by) = by {
            self.replaced.entry((file.to_owned(), by.to_owned())).or_default().push(record.home.clone());
        }
        let replaced = by.is_some();
        // What replaces this register replaces what it replaces.
        if settings.registers.iter().any(|r| r.path == file) {
            self.given.entry(file.to_owned()).or_default().insert(key);
        }
        replaced
    }

    /// One problem for each pair of registers.
    pub fn told(self) -> Vec<Problem> {
        let one = |((old, new), places): ((String, String), Vec<Place>)| {
            let n = places.len();
            let said = say!(
                "{old} 有 {n} 行已在更正的登记表 {new} 中，采用更正的，旧行没有使用",
                "{n} rows of {old} stand in the corrected register {new}, which is used instead"
            );
            Problem::several("P066", said, places)
        };
        self.replaced.into_iter().filter_map(one).collect()
    }
}
