//! What returned score sheets (评分表) are checked against: the draw they belong to. Must not hold marks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A case to be marked: office id, canonical case number, stage.
pub type Task = (Arc<str>, Arc<str>, Option<Arc<str>>);

/// A round of review, as far as a sheet can be wrong about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// SHA-256 of the frame (抽样框).
    pub frame: String,
    /// Codes of reviewers.
    pub reviewers: BTreeSet<Arc<str>>,
    /// What each has to mark.
    pub tasks: BTreeMap<Arc<str>, BTreeSet<Task>>,
}

impl Round {
    /// Whether a reviewer has a case to mark.
    pub fn has(&self, reviewer: &str, office: &str, case_no: &str, stage: Option<&str>) -> bool {
        let key: Task = (office.into(), case_no.into(), stage.map(Arc::from));
        self.tasks.get(reviewer).is_some_and(|tasks| tasks.contains(&key))
    }
}
