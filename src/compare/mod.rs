//! Two checks of the same office (与上次自查对比): what is fixed, new, still there, and what cannot be compared and why.
//! Must not grade; nothing counts as fixed that was not evaluated again on the same case.

mod again;
mod read;
mod snapshot;
pub mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::text::Text;
use crate::record::v1::{CaseRef, Compared, ComparedFinding};
use crate::say;

pub use again::{Again, Earlier, again};
pub use read::{ReadError, read, sheets};
pub use snapshot::{SNAPSHOT_SHEET, SnapCase, SnapFinding, Snapshot};

/// What tells lines of a result apart: the case, and of an office itself the rubric.
type Key = (CaseRef, Option<Arc<str>>);

fn key(case: &SnapCase) -> Key {
    let own = case.case.case_no.is_empty();
    (case.case.clone(), case.rubric.clone().filter(|_| own))
}

/// Compares an earlier check with this one.
pub fn compare(old: &Snapshot, new: &Snapshot) -> Compared {
    let index = |s: &'_ Snapshot| -> BTreeMap<Key, usize> { s.cases.iter().enumerate().map(|(i, c)| (key(c), i)).collect() };
    let (before, now) = (index(old), index(new));
    let mut compared = Compared { as_of: old.as_of.clone(), ..Compared::default() };
    for case in &old.cases {
        let other = now.get(&key(case)).map(|i| &new.cases[*i]);
        for finding in &case.findings {
            gone(case, finding, other, (old, new), &mut compared);
        }
    }
    for case in &new.cases {
        let other = before.get(&key(case)).map(|i| &old.cases[*i]);
        for finding in &case.findings {
            come(case, finding, other, (old, new), &mut compared);
        }
    }
    compared
}

fn told(case: &SnapCase, finding: &SnapFinding, reason: Option<Text>) -> ComparedFinding {
    ComparedFinding {
        case: case.case.clone(),
        criterion: Arc::clone(&finding.criterion),
        outcome: finding.outcome.clone(),
        message: finding.message.clone(),
        lost: finding.lost,
        reason,
        fingerprint: finding.fingerprint.clone(),
    }
}

/// Whether both were judged by the same text of the same standard.
fn same_standard(a: &SnapCase, b: &SnapCase, (old, new): (&Snapshot, &Snapshot)) -> bool {
    let hash = |s: &Snapshot, c: &SnapCase| c.rubric.as_ref().and_then(|r| s.rubrics.get(&**r).cloned());
    a.rubric == b.rubric && hash(old, a) == hash(new, b)
}

/// Why two cases cannot be compared criterion by criterion.
fn other_standard(a: &SnapCase, b: &SnapCase) -> Text {
    if a.rubric == b.rubric {
        say!("评估标准有变", "the standard has changed")
    } else {
        say!("本案适用的评估标准与上次不同", "another standard applies to the case than before")
    }
}

/// Why the silence of a built-in criterion proves nothing: what it compared was not read this time.
fn unseen(finding: &SnapFinding, (old, new): (&Snapshot, &Snapshot)) -> Option<Text> {
    // A result of a whole batch names the folder of the office, too.
    let same = |a: &str, b: &str| {
        let inner = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        inner(a, b) || inner(b, a)
    };
    let within = |all: &BTreeSet<Arc<str>>, file: &str| all.iter().any(|f| same(f, file));
    if finding.registers.iter().any(|file| !within(&new.registers, file)) {
        return Some(say!("上次登记不一致的一份登记表，本次没有读到", "a register that differed before was not read this time"));
    }
    let newly = new.unread.iter().any(|file| !within(&old.unread, file));
    newly.then(|| say!("本次有文件没有读成，不能确定已经改正", "some files could not be read this time, so nobody can tell"))
}

/// What became of an earlier finding.
fn gone(case: &SnapCase, finding: &SnapFinding, now: Option<&SnapCase>, both: (&Snapshot, &Snapshot), compared: &mut Compared) {
    let Some(now) = now else {
        let reason = say!("本次没有评查这一案", "the case was not looked at this time");
        compared.not_comparable.push(told(case, finding, Some(reason)));
        return;
    };
    if let Some(same) = now.findings.iter().find(|f| f.fingerprint == finding.fingerprint) {
        let reason = (same.outcome != finding.outcome).then(|| match same.outcome.as_str() {
            "unmet" => say!("上次待核实，本次确定不符合", "was open, is now surely not met"),
            "waived" => say!("本次经批准不扣分", "is waived this time"),
            _ => say!("上次不符合，本次待核实", "was not met, is now open"),
        });
        compared.still.push(told(now, same, reason));
        return;
    }
    if finding.builtin && !now.outcomes.is_empty() {
        match unseen(finding, both) {
            None => compared.fixed.push(told(case, finding, None)),
            reason => compared.not_comparable.push(told(case, finding, reason)),
        }
        return;
    }
    if !same_standard(case, now, both) {
        compared.not_comparable.push(told(case, finding, Some(other_standard(case, now))));
        return;
    }
    match now.outcomes.get(&finding.criterion).map(String::as_str) {
        Some("met" | "unmet") => compared.fixed.push(told(case, finding, None)),
        outcome => {
            let reason = match outcome {
                Some("not_applicable") => say!("本次该指标不适用", "the criterion does not apply this time"),
                Some("pending") => say!("本次该指标待人工评", "the criterion awaits a reviewer this time"),
                Some(_) => say!("本次该指标材料不足，仍待核实", "the criterion cannot be decided this time"),
                None => say!("本次没有核查该指标", "the criterion was not evaluated this time"),
            };
            compared.not_comparable.push(told(case, finding, Some(reason)));
        }
    }
}

/// Where a finding of now comes from.
fn come(case: &SnapCase, finding: &SnapFinding, before: Option<&SnapCase>, both: (&Snapshot, &Snapshot), compared: &mut Compared) {
    match before {
        Some(before) if before.findings.iter().any(|f| f.fingerprint == finding.fingerprint) => {}
        Some(before) if !finding.builtin && !same_standard(before, case, both) => {
            compared.not_comparable.push(told(case, finding, Some(other_standard(before, case))));
        }
        Some(_) => compared.new.push(told(case, finding, None)),
        None => compared.new.push(told(case, finding, Some(say!("上次没有这一案", "the case was not there before")))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{SnapCase, SnapFinding, Snapshot, compare};
    use crate::base::text::Text;
    use crate::record::number::Number;
    use crate::record::v1::CaseRef;

    fn snapshot(outcome: Option<&str>, findings: Vec<SnapFinding>) -> Snapshot {
        let outcomes = std::iter::once(("A02".into(), "met".to_owned())).chain(outcome.map(|o| ("A01".into(), o.to_owned())));
        let case = CaseRef { office: "东岭区".into(), case_no: "东岭援民〔2024〕1号".to_owned(), stage: None };
        let cases = vec![SnapCase { case, rubric: Some("legal-aid-civil".into()), outcomes: outcomes.collect(), findings }];
        let rubrics = BTreeMap::from([("legal-aid-civil".to_owned(), "0".to_owned())]);
        Snapshot { format: 1, rubrics, cases, ..Snapshot::default() }
    }

    fn finding() -> SnapFinding {
        let (outcome, lost, message) = ("unmet".to_owned(), Number::default(), Text::EMPTY);
        SnapFinding { criterion: "A01".into(), outcome, lost, message, fingerprint: "1".to_owned(), builtin: false, registers: Vec::new() }
    }

    #[test]
    fn only_what_was_decided_again_is_fixed() {
        let old = snapshot(Some("unmet"), vec![finding()]);
        let outcomes = ["met", "unmet", "unclear", "pending", "failed", "waived", "not_applicable"].map(Some);
        for outcome in outcomes.into_iter().chain([None]) {
            let compared = compare(&old, &snapshot(outcome, Vec::new()));
            let (fixed, open) = (compared.fixed.len(), compared.not_comparable.len());
            let decided = matches!(outcome, Some("met" | "unmet"));
            assert_eq!((fixed, open), if decided { (1, 0) } else { (0, 1) }, "{outcome:?}");
            assert!(compared.not_comparable.iter().all(|f| f.reason.is_some()), "{outcome:?}");
        }
        assert_eq!(compare(&old, &snapshot(Some("unmet"), vec![finding()])).still.len(), 1);
    }
}
