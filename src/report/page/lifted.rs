//! What would lift a case, as the page needs it: texts stand with the findings already. Must not compute anything.

use serde::Serialize;

use crate::base::text::Text;
use crate::record::lift::{LiftCase, LiftFix, LiftSet};
use crate::record::number::Number;

/// A case that is not at the best grade.
#[derive(Debug, Clone, Serialize)]
pub struct Lifted {
    target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    first: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed: Option<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hoped: Option<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Set>,
}

#[derive(Debug, Clone, Serialize)]
struct Set {
    fixes: u64,
    gain: Option<[Number; 2]>,
    marks: Option<[Number; 2]>,
    grades: [String; 2],
    todo: Vec<Fix>,
}

/// Criterion, act, whether a reviewer must agree, findings, points gained, level now.
#[derive(Debug, Clone, Serialize)]
struct Fix(String, String, bool, Vec<String>, [Number; 2], Option<String>);

impl From<LiftFix> for Fix {
    fn from(fix: LiftFix) -> Self {
        Self(fix.criterion, fix.act, fix.human, fix.findings, fix.worth, fix.level)
    }
}

impl From<LiftSet> for Set {
    fn from(set: LiftSet) -> Self {
        Self {
            fixes: set.fixes,
            gain: set.gain,
            marks: set.marks.map(|m| [m.low, m.high]),
            grades: set.grades,
            todo: set.todo.into_iter().map(Fix::from).collect(),
        }
    }
}

impl From<LiftCase> for Lifted {
    fn from(case: LiftCase) -> Self {
        let set = |set: Option<LiftSet>| set.map(Set::from);
        Self {
            target: case.target,
            unknown: case.unknown,
            first: case.first,
            sure: set(case.sure),
            agreed: set(case.agreed),
            hoped: set(case.hoped),
            all: set(case.all),
        }
    }
}
