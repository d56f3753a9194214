//! What a later check needs of an earlier one: outcomes by criterion and findings by fingerprint, case by case.
//! Must not hold values of cases: only what results show anyway.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::problem::is_unread;
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CaseRef, Finding, ProblemRecord, Results};

/// The sheet of 自查结果.xlsx that holds a snapshot: a line of JSON a row, the first one about the whole.
pub const SNAPSHOT_SHEET: &str = "对比数据";

/// A check in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Always 1.
    pub format: u32,
    /// As-of date.
    pub as_of: String,
    /// Rubric id → SHA-256 of its text.
    pub rubrics: BTreeMap<String, String>,
    /// Registers that were read, as paths in the batch.
    #[serde(default)]
    pub registers: BTreeSet<Arc<str>>,
    /// Files that could not be read.
    #[serde(default)]
    pub unread: BTreeSet<Arc<str>>,
    /// Cases; beside the head, not in it.
    #[serde(skip)]
    pub cases: Vec<SnapCase>,
}

/// A case in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapCase {
    /// Which.
    pub case: CaseRef,
    /// Rubric id.
    pub rubric: Option<Arc<str>>,
    /// Outcome by criterion.
    pub outcomes: BTreeMap<Arc<str>, String>,
    /// Findings but those that only await a reviewer.
    pub findings: Vec<SnapFinding>,
}

/// A finding in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapFinding {
    /// Criterion.
    pub criterion: Arc<str>,
    /// Outcome.
    pub outcome: String,
    /// Points surely lost.
    pub lost: Number,
    /// What was found.
    pub message: Text,
    /// Fingerprint.
    pub fingerprint: String,
    /// Whether the program itself looks for it in every case, and is silent where all is well; a red line is not of this kind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub builtin: bool,
    /// Of a finding of no rubric, the registers that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<Arc<str>>,
}

impl Snapshot {
    /// The snapshot of results and cases.
    pub fn of<'c>(results: &Results, cases: impl Iterator<Item = &'c CaseRecord>) -> Self {
        let registers: BTreeSet<Arc<str>> = results.registers.iter().map(|r| r.path.as_str().into()).collect();
        let unread = |p: &&ProblemRecord| is_unread(&p.code);
        let unread = results.problems.iter().filter(unread).flat_map(|p| &p.places).map(|p| Arc::clone(&p.file)).collect();
        let mut snapshot = Self {
            format: 1,
            as_of: results.batch.as_of.clone(),
            rubrics: results.every_rubric().map(|r| (r.id.clone(), r.sha256.clone())).collect(),
            cases: Vec::new(),
            registers,
            unread,
        };
        cases.for_each(|c| snapshot.add(c, results));
        snapshot
    }

    /// Adds a case of the same results.
    pub fn add(&mut self, case: &CaseRecord, results: &Results) {
        if case.scope == "selected" {
            self.cases.push(SnapCase::of(case, &self.registers, &results.titles));
        }
    }

    /// The lines of the sheet: the head, then a case each.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        // Plain data always has a JSON form.
        let head = std::iter::once(serde_json::to_string(self).unwrap_or_default());
        head.chain(self.cases.iter().map(|c| serde_json::to_string(c).unwrap_or_default()))
    }
}

impl SnapCase {
    fn of(case: &CaseRecord, registers: &BTreeSet<Arc<str>>, titles: &BTreeMap<String, String>) -> Self {
        let told = case.findings.iter().filter(|f| f.outcome != "pending");
        let named = |f: &Finding| -> Vec<Arc<str>> {
            let builtin = case.criteria.iter().all(|c| c.id != f.criterion);
            let files: BTreeSet<&Arc<str>> = f.places.iter().filter(|_| builtin).map(|p| &p.file).collect();
            files.into_iter().filter(|file| registers.contains(*file)).cloned().collect()
        };
        let finding = |f: &Finding| SnapFinding {
            criterion: Arc::clone(&f.criterion),
            outcome: f.outcome.to_string(),
            lost: f.lost[0],
            message: f.message.clone(),
            fingerprint: f.fingerprint.clone(),
            builtin: titles.contains_key(&format!("builtin:{}", f.criterion)),
            registers: named(f),
        };
        Self {
            case: CaseRef { office: Arc::clone(&case.office), case_no: case.case_no.clone(), stage: case.stage.clone() },
            rubric: case.rubric.clone(),
            outcomes: case.criteria.iter().map(|c| (Arc::clone(&c.id), c.outcome.to_string())).collect(),
            findings: told.map(finding).collect(),
        }
    }
}
