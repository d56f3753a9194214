//! Cases of the audit, each met by the self-assessed one with the same identity. Must not keep cases that were not audited.

use std::collections::BTreeMap;

use crate::base::points::Points;
use crate::record::exact::{Fraction, points as exact, read};
use crate::record::v1::{CaseRecord, Marks, Results};

/// What is kept of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Rubric and the hash of its text.
    pub rubric: Option<(String, String)>,
    /// The mark on a scale of 100, when it is decided.
    pub mark: Option<Fraction>,
    /// The grade, when only one is possible.
    pub grade: Option<String>,
}

/// Office id, number, stage.
type Key = (String, String, Option<String>);

/// Audited cases with their self-assessed twins.
#[derive(Debug, Default)]
pub struct Audited {
    cases: BTreeMap<Key, (Brief, Option<Brief>)>,
}

fn key(results: &Results, case: &CaseRecord) -> Option<Key> {
    let graded = case.subject == "case" && case.scope == "selected";
    let office = results.offices.iter().find(|o| *o.name == *case.office).filter(|_| graded)?;
    Some((office.id.clone(), case.case_no.clone(), case.stage.clone()))
}

fn brief(results: &Results, case: &CaseRecord) -> Brief {
    let text = |id: &str| results.rubric(id).map(|r| r.sha256.clone());
    Brief {
        rubric: case.rubric.as_deref().and_then(|id| Some((id.to_owned(), text(id)?))),
        mark: case.marks.as_ref().and_then(mark),
        grade: case.grade.as_deref().map(ToOwned::to_owned),
    }
}

/// A mark that is one number, on a scale of 100.
fn mark(marks: &Marks) -> Option<Fraction> {
    let [low, high] = match &marks.exact {
        Some([low, high]) => [read(low)?, read(high)?],
        None => [exact(marks.low.points()), exact(marks.high.points())],
    };
    let total = exact(marks.total.points());
    (low == high && total > exact(Points::ZERO)).then(|| low * exact(Points::whole(100)) / total)
}

impl Audited {
    /// Keeps a case of the audit.
    pub fn take(&mut self, results: &Results, case: &CaseRecord) {
        if let Some(key) = key(results, case) {
            self.cases.insert(key, (brief(results, case), None));
        }
    }

    /// Puts a self-assessed case beside its audited one.
    pub fn meet(&mut self, results: &Results, case: &CaseRecord) {
        if let Some((_, own)) = key(results, case).and_then(|key| self.cases.get_mut(&key)) {
            *own = Some(brief(results, case));
        }
    }

    /// Audited cases of an office: number, stage, audited, self-assessed.
    pub fn of(&self, office: &str) -> Vec<(&str, Option<&str>, &Brief, Option<&Brief>)> {
        let own = self.cases.iter().filter(|((id, ..), _)| id == office);
        own.map(|((_, no, stage), (audit, own))| (no.as_str(), stage.as_deref(), audit, own.as_ref())).collect()
    }
}
