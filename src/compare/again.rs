//! One earlier finding looked up again in a later result, as the ledger (整改台账) needs it. Must not take anything for put right but what
//! was evaluated as met on the same case by the same text.

use std::collections::BTreeSet;

use crate::base::problem::is_unread;
use crate::base::text::Text;
use crate::record::v1::{CaseRecord, Results};
use crate::say;

/// An earlier finding.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// Criterion.
    pub criterion: &'a str,
    /// Fingerprint.
    pub fingerprint: &'a str,
    /// Outcome.
    pub outcome: &'a str,
    /// Rubric of its case, and its hash.
    pub rubric: (&'a str, &'a str),
    /// Of a finding of no rubric, the registers that it names.
    pub registers: &'a [String],
}

/// What a later result says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// It is still there.
    Found,
    /// Its criterion is met.
    Met,
    /// Nobody can tell, and why.
    Open(Text),
}

/// Looks an earlier finding up in the same case of a later result.
pub fn again(earlier: &Earlier<'_>, case: &CaseRecord, results: &Results) -> Again {
    if case.scope != "selected" {
        return Again::Open(say!("本次没有抽到这一案", "the case was not selected this time"));
    }
    if let Some(same) = case.findings.iter().find(|f| f.fingerprint == earlier.fingerprint) {
        return match &*same.outcome {
            "unmet" => Again::Found,
            outcome if outcome == earlier.outcome => Again::Found,
            outcome => Again::Open(undecided(outcome)),
        };
    }
    let Some(outcome) = case.criteria.iter().find(|c| *c.id == *earlier.criterion).map(|c| &*c.outcome) else {
        return without_outcome(earlier, case, results);
    };
    let id = case.rubric.as_deref().unwrap_or_default();
    let hash = results.rubric(id).map_or("", |r| r.sha256.as_str());
    if id != earlier.rubric.0 {
        return Again::Open(say!("本案适用的评估标准与上次不同", "another standard applies to the case than before"));
    }
    if hash != earlier.rubric.1 {
        return Again::Open(say!("评估标准有变", "the standard has changed"));
    }
    match outcome {
        "met" => Again::Met,
        "unmet" => Again::Open(say!(
            "这一问题本次没有再出现，但同一指标仍不符合，不能确定已经改正",
            "this finding is gone, but its criterion is still not met, so nobody can tell whether it was put right"
        )),
        outcome => Again::Open(undecided(outcome)),
    }
}

/// Why an outcome proves nothing.
fn undecided(outcome: &str) -> Text {
    match outcome {
        "not_applicable" => say!("本次该指标不适用", "the criterion does not apply this time"),
        "pending" => say!("本次该指标待人工评", "the criterion awaits a reviewer this time"),
        "waived" => say!("本次该指标经批准不扣分", "the criterion is waived this time"),
        "failed" => say!("本次程序未能核查该指标", "the criterion could not be checked this time"),
        _ => say!("本次该指标材料不足，仍待核实", "the criterion cannot be decided this time"),
    }
}

/// A finding of no criterion of the rubric: the program looks for it in every graded case, and is silent where all is well.
fn without_outcome(earlier: &Earlier<'_>, case: &CaseRecord, results: &Results) -> Again {
    // A red line is no criterion either, but nobody looks for it where no sheet speaks of it: its silence proves nothing.
    let builtin = results.titles.contains_key(&format!("builtin:{}", earlier.criterion));
    if !builtin || case.criteria.is_empty() {
        return Again::Open(say!("本次没有核查该指标", "the criterion was not evaluated this time"));
    }
    let read: BTreeSet<&str> = results.registers.iter().map(|r| r.path.as_str()).collect();
    if earlier.registers.iter().any(|file| !read.contains(file.as_str())) {
        return Again::Open(say!("上次登记不一致的一份登记表，本次没有读到", "a register that differed before was not read this time"));
    }
    let here = |office: Option<&String>| office.is_none_or(|o| **o == *case.office);
    if results.problems.iter().any(|p| is_unread(&p.code) && here(p.office.as_ref())) {
        return Again::Open(say!("本次有文件没有读成，不能确定已经改正", "some files could not be read this time, so nobody can tell"));
    }
    Again::Met
}
