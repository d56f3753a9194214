//! The record of an office or group from its counts. Must not count.

use std::collections::BTreeMap;

use crate::record::v1::{Office, Without};
use crate::stats::tally::{Names as TallyNames, Tally};

/// What an office's record begins with.
#[derive(Debug, Default)]
pub struct Head {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above.
    pub parent: Option<String>,
    /// Register rows.
    pub rows: u64,
    /// Rows that joined another.
    pub joined: u64,
    /// Cases that only a dossier tells of.
    pub dossier_only: u64,
    /// Cases in scope.
    pub in_scope: u64,
    /// Cases out of scope.
    pub out_of_scope: BTreeMap<String, u64>,
}

/// The record of an office or group from its counts.
pub fn summary(head: Head, tally: &Tally, names: &TallyNames) -> Office {
    let (selected, decided) = tally.selected();
    let mean = tally.mean();
    Office {
        id: head.id,
        name: head.name,
        parent: head.parent,
        rows: head.rows,
        in_scope: head.in_scope,
        out_of_scope: head.out_of_scope,
        joined: head.joined,
        dossier_only: head.dossier_only,
        selected,
        decided,
        undecided: selected - decided,
        grades: tally.grades(names),
        rates: tally.rates(names, head.in_scope),
        mean: mean.as_ref().map(|(shown, _)| *shown),
        median: tally.median(),
        mean_exact: mean.map(|(_, exact)| exact),
        marked: Some(tally.marked()),
        by: tally.by(names),
        lost: tally.lost(names),
        filing: tally.filing.clone(),
        own: Vec::new(),
        waived: Vec::new(),
        without_waivers: tally.without.as_ref().map(|without| {
            let (tally, cases) = &**without;
            let mean = tally.mean();
            Without {
                cases: *cases,
                grades: tally.grades(names),
                rates: tally.rates(names, head.in_scope),
                mean: mean.as_ref().map(|(shown, _)| *shown),
                mean_exact: mean.map(|(_, exact)| exact),
            }
        }),
    }
}
