//! What the program says of a row (系统核对) and of what it lacks. Must not decide anything.

use std::collections::BTreeMap;

use super::rules::Group;
use super::state::{Decided, State, Verdict};
use crate::base::text::Text;
use crate::record::ledger::LedgerRow;
use crate::say;

/// Whether a group of the rules names a row.
pub fn names(group: &Group, row: &LedgerRow) -> bool {
    let criterion = group.criteria.is_empty() || group.criteria.iter().any(|x| *x == row.criterion || *x == row.group);
    criterion && (group.offices.is_empty() || group.offices.contains(&row.office))
}

/// Why due dates are blank.
#[derive(Debug, Default)]
pub struct Lacking {
    /// Rows without a number of days.
    pub days: u64,
    /// Rows without a day on which they were handed out.
    pub issued: u64,
    /// Rows by the year that has no holiday data.
    pub years: BTreeMap<i16, u64>,
}

impl Lacking {
    /// In words.
    pub fn told(&self) -> Vec<Text> {
        let mut said = Vec::new();
        if self.days > 0 {
            let n = self.days;
            said.push(say!(
                "有 {n} 行没有完成时限：期限由组织单位定，请在 --rules 的 ledger.toml 写 days（工作日数），或直接填在台账里",
                "{n} rows have no due date: how long it takes is the organiser's to say; write days (working days) in the ledger.toml of --rules, \
                 or fill it in"
            ));
        }
        if self.issued > 0 {
            let n = self.issued;
            said.push(say!(
                "有 {n} 行没有下发日，算不出完成时限：请在 ledger.toml 写 issued，用 --as-of 写下发的日子，或直接填在台账里",
                "{n} rows lack the day they were handed out, so no due date: write issued in ledger.toml, give --as-of, or fill it in"
            ));
        }
        for (year, n) in &self.years {
            said.push(say!(
                "没有 {year} 年的节假日数据，{n} 行的完成时限不明：请在 ledger.toml 的 off、work 补上该年的放假和调休，或直接填在台账里",
                "no holiday data for {year}, so {n} rows have no due date: add its days to off and work in ledger.toml, or fill it in"
            ));
        }
        said
    }
}

/// 系统核对: what the newest result says, and what holds the row up.
pub fn program(row: &LedgerRow, decided: &Decided) -> String {
    let seen = &row.seen;
    let mut parts = Vec::new();
    parts.push(match Verdict::of(&row.verdict) {
        Verdict::Found if row.first == *seen => format!("{seen} 结果发现"),
        Verdict::Found => format!("{seen} 结果仍有此问题"),
        Verdict::Met => format!("{seen} 结果该指标符合"),
        Verdict::Unknown => {
            let reason = row.reason.as_ref().map(|r| r.zh.to_string()).unwrap_or_default();
            format!("{seen} 结果无法比对：{reason}")
        }
    });
    parts.extend(decided.said.as_ref().map(|s| s.zh.to_string()));
    if decided.state == State::Closed && row.closed.as_deref() == Some("statement") {
        parts.push("凭说明销号".to_owned());
    }
    match &row.returned {
        Some(day) if decided.state != State::Returned => parts.push(format!("曾于 {day} 退回")),
        _ => {}
    }
    parts.join("；")
}
