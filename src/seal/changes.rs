//! Which cases a correction (更正) changes: grade and marks before and after. Must not keep more of a case than that.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::Text;
use crate::record::seal::Change;
use crate::record::v1::CaseRecord;
use crate::saved::Saved;

/// Office, number, stage, and what it is about: `case`, `office` or `firm`.
type Key = (Arc<str>, String, Option<String>, String);

/// Every case whose grade or marks are not what they were, by office, number and stage.
///
/// # Errors
/// When the cases of one of them cannot be read.
pub(super) fn changes(old: &Saved, new: &Saved) -> Result<Vec<Change>, Text> {
    let mut before: BTreeMap<Key, String> = BTreeMap::new();
    for case in old.cases()? {
        let case = case?;
        before.insert(key(&case), shown(&case));
    }
    let mut changes: BTreeMap<Key, Change> = BTreeMap::new();
    let change = |key: &Key, before, after| {
        let (office, case_no, stage, _) = key.clone();
        Change { office: office.to_string(), case_no, stage, before, after }
    };
    for case in new.cases()? {
        let case = case?;
        let (key, after) = (key(&case), shown(&case));
        let was = before.remove(&key);
        if was.as_ref() != Some(&after) {
            let change = change(&key, was, Some(after));
            changes.insert(key, change);
        }
    }
    for (key, was) in before {
        let change = change(&key, Some(was), None);
        changes.insert(key, change);
    }
    Ok(changes.into_values().collect())
}

fn key(case: &CaseRecord) -> Key {
    (Arc::clone(&case.office), case.case_no.clone(), case.stage.clone(), case.subject.clone())
}

/// Grade and marks as shown, such as `良好 82.5`, `优秀、良好 80～92` or `未评`; marks that two decimals do not show stand as a fraction.
fn shown(case: &CaseRecord) -> String {
    if case.scope != "selected" {
        return "未评".to_owned();
    }
    let possible: Vec<&str> = case.possible.iter().map(|g| &**g).collect();
    let grade = case.grade.as_deref().map_or_else(|| possible.join("、"), str::to_owned);
    let marks = case.marks.as_ref().map(|m| {
        let [low, high] = m.exact.clone().unwrap_or_else(|| [m.low.to_string(), m.high.to_string()]);
        if low == high { low } else { format!("{low}～{high}") }
    });
    [Some(grade), marks].into_iter().flatten().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}
