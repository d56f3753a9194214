//! Self-assessed against audited results (自评与抽查), office by office. Must not judge: it tells counts, rates and deviations, and whether
//! more self-marks are higher than chance explains. Must not compare cases under different texts of a rubric, and must not read files.

mod chance;
mod figures;
mod pairs;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::Text;
use crate::record::gap::{Gap, GapOffice, GapResult, GapSide};
use crate::record::v1::{CaseRecord, Office, Results, Tool};

pub use pairs::{Audited, Brief};

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The results.
    pub results: &'a Results,
    /// Whether they are sealed.
    pub sealed: bool,
}

impl Side<'_> {
    fn told(&self) -> GapResult {
        let batch = &self.results.batch;
        GapResult { title: batch.title.clone(), as_of: batch.as_of.clone(), sealed: self.sealed }
    }

    fn office(&self, id: &str) -> Option<&Office> {
        self.results.offices.iter().find(|o| o.id == id)
    }
}

/// Compares; `wanted` says which offices. Cases come one by one, and only those of the audit are kept.
///
/// # Errors
/// When a case cannot be read.
pub fn compare(
    (own, own_cases): (Side<'_>, impl Iterator<Item = Result<CaseRecord, Text>>),
    (audit, audit_cases): (Side<'_>, impl Iterator<Item = Result<CaseRecord, Text>>),
    wanted: impl Fn(&Office) -> bool,
) -> Result<Gap, Text> {
    let mut audited = Audited::default();
    for case in audit_cases {
        audited.take(audit.results, &case?);
    }
    for case in own_cases {
        audited.meet(own.results, &case?);
    }
    let texts =
        |side: &Side<'_>| -> BTreeMap<String, String> { side.results.rubrics.iter().map(|r| (r.id.clone(), r.sha256.clone())).collect() };
    let (mine, theirs) = (texts(&own), texts(&audit));
    let ids: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    let other_rubrics = ids.into_iter().filter(|id| mine.get(*id) != theirs.get(*id)).cloned().collect();
    let all = own.results.offices.iter().chain(&audit.results.offices).filter(|o| wanted(o));
    let ids: BTreeSet<&str> = all.map(|o| o.id.as_str()).collect();
    let offices = ids.into_iter().map(|id| office(id, own, audit, &audited)).collect();
    Ok(Gap { format: 1, tool: Tool::this(), own: own.told(), audit: audit.told(), other_rubrics, offices })
}

fn side(office: &Office) -> GapSide {
    GapSide { selected: office.selected, decided: office.decided, rates: office.rates.clone(), mean: office.mean }
}

fn office(id: &str, own: Side<'_>, audit: Side<'_>, audited: &Audited) -> GapOffice {
    let (mine, theirs) = (own.office(id), audit.office(id));
    let name = mine.or(theirs).map(|o| o.name.clone()).unwrap_or_default();
    figures::office(id, name, (mine.map(side), theirs.map(side)), audited.of(id), audit.results)
}
