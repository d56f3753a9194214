//! Why grades are not decided (未定的原因). Must not decide any.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::v1::{CaseRecord, Finding, Results, is_open};

/// Selected cases of an office by why their grade is open, or is what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// Undecided for a red line (红线) alone that awaits a person.
    red_line: u64,
    /// Undecided for what is unclear or not marked.
    other: u64,
    /// Cases whose grade an established red line limits, decided or not.
    established: u64,
}

/// Red lines by rubric.
#[derive(Debug)]
pub struct RedLines<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> RedLines<'a> {
    /// Of a result.
    pub fn new(results: &'a Results) -> Self {
        let ids = |r: &'a crate::record::v1::RubricRecord| r.red_lines.iter().map(|l| l.id.as_str()).collect();
        Self(results.rubrics.iter().map(|r| (r.id.as_str(), ids(r))).collect())
    }

    /// Whether a finding of a case is about a red line.
    pub fn is_line(&self, case: &CaseRecord, finding: &Finding) -> bool {
        case.rubric.as_deref().and_then(|r| self.0.get(r)).is_some_and(|lines| lines.contains(&*finding.criterion))
    }

    /// Whether a red line of a case has such an outcome.
    fn has(&self, case: &CaseRecord, outcome: impl Fn(&str) -> bool) -> bool {
        case.findings.iter().any(|f| outcome(&f.outcome) && self.is_line(case, f))
    }

    /// `holds` where a red line limits a case, `open` where one awaits a person.
    pub fn state(&self, case: &CaseRecord) -> Option<&'static str> {
        if self.has(case, |outcome| outcome == "unmet") {
            return Some("holds");
        }
        self.has(case, is_open).then_some("open")
    }

    /// The cases of an office.
    pub fn count(&self, cases: &[CaseRecord]) -> Undecided {
        let mut all = Undecided::default();
        for case in cases.iter().filter(|c| c.is_selected()) {
            all.established += u64::from(self.has(case, |outcome| outcome == "unmet"));
            if case.possible.len() > 1 {
                let settled = case.marks.as_ref().is_some_and(|m| m.low == m.high) || !case.criteria.iter().any(|c| is_open(&c.outcome));
                let line = self.has(case, is_open) && settled;
                all.red_line += u64::from(line);
                all.other += u64::from(!line);
            }
        }
        all
    }
}
