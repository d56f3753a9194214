//! Case numbers and scans that stand in two offices: told, never a change of marks. Must not hold more of a case than its number and place.

use std::collections::BTreeMap;

use crate::record::v1::{Cross, PlaceRecord};
use crate::say;

/// Case numbers seen so far, to find those of two offices.
#[derive(Debug, Default)]
pub struct Keys {
    offices: Vec<String>,
    seen: BTreeMap<String, Vec<(usize, PlaceRecord)>>,
    scans: BTreeMap<u64, Vec<(usize, PlaceRecord)>>,
}

impl Keys {
    /// Adds those of one office.
    pub fn add(&mut self, office: &str, keys: Vec<(String, PlaceRecord)>, scans: Vec<(u64, PlaceRecord)>) {
        let at = self.offices.len();
        self.offices.push(office.to_owned());
        for (key, place) in keys {
            self.seen.entry(key).or_default().push((at, place));
        }
        for (print, place) in scans {
            let held = self.scans.entry(print).or_default();
            // Within one office the first is enough: what it shares with itself its own cases tell.
            if held.last().is_none_or(|(office, _)| *office != at) {
                held.push((at, place));
            }
        }
    }

    /// Those that several offices have.
    pub fn found(self) -> Vec<Cross> {
        let several = self.seen.into_iter().filter(|(_, seen)| seen.iter().any(|(at, _)| *at != seen[0].0));
        let cross = |(no, seen): (String, Vec<(usize, PlaceRecord)>)| Cross {
            kind: "case_no".to_owned(),
            message: say!("案号 {no} 在不同机构出现", "case number {no} stands in several offices"),
            offices: seen.iter().map(|(at, _)| self.offices[*at].clone()).collect(),
            places: seen.into_iter().map(|(_, place)| place).collect(),
        };
        let mut found: Vec<Cross> = several.map(cross).collect();
        let shared = self.scans.into_values().filter(|held| held.len() > 1);
        found.extend(shared.map(|held| Cross {
            kind: "scan".to_owned(),
            message: say!("同一页扫描件在不同机构的案卷出现", "the same scan stands in dossiers of several offices"),
            offices: held.iter().map(|(at, _)| self.offices[*at].clone()).collect(),
            places: held.into_iter().map(|(_, place)| place).collect(),
        }));
        found
    }
}
