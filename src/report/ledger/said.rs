//! The ledger in ten lines for the terminal. Must not say what the sheets do not.

use super::counts::rate;
use crate::base::text::Lang;
use crate::ledger::state::State;
use crate::record::ledger::{Ledger, LedgerCount};
use crate::report::words;
use crate::say;

/// Offices that are told one by one.
const OFFICES: usize = 6;

/// The lines.
pub fn terminal(ledger: &Ledger, lang: Lang) -> String {
    let (title, as_of) = (&ledger.title, &ledger.as_of);
    let mut lines = vec![say!("整改台账　{title}　截止 {as_of}", "ledger of {title}, as of {as_of}")];
    let (total, offices) = ledger.summary.split_last().map_or((None, &[][..]), |(total, offices)| (Some(total), offices));
    if let Some(total) = total {
        let n = total.total;
        let states = |lang: Lang| {
            let word = |s: State| if lang == Lang::Zh { s.word() } else { english(s) };
            let one = |s: State| format!("{} {}", word(s), total.states.get(s.word()).copied().unwrap_or(0));
            State::ALL.map(one).join(if lang == Lang::Zh { "　" } else { ", " })
        };
        let (zh, en) = (states(Lang::Zh), states(Lang::En));
        lines.push(say!("问题 {n} 个：{zh}", "{n} findings: {en}"));
        let ((k, n), overdue, none) = (rate(total), total.overdue, total.unmendable);
        lines.push(say!(
            "整改率 {k}/{n}　逾期 {overdue}　不可补正 {none}（只作说明）",
            "closed {k}/{n}, overdue {overdue}, not to be mended {none} (explained only)"
        ));
    }
    let mut worst: Vec<&LedgerCount> = offices.iter().collect();
    worst.sort_by_key(|o| (std::cmp::Reverse((o.overdue, o.total - rate(o).0)), o.office.as_str()));
    for office in worst.iter().take(OFFICES).filter(|_| offices.len() > 1) {
        let (name, (k, n), late) = (&office.office, rate(office), office.overdue);
        lines.push(say!("  {name}　销号 {k}/{n}　逾期 {late}", "  {name}: closed {k}/{n}, overdue {late}"));
    }
    let rest = offices.len().saturating_sub(OFFICES);
    if rest > 0 {
        lines.push(say!("  其余 {rest} 个机构见“汇总”表", "  {rest} more offices in the workbook"));
    }
    let notice = words::NO_BACKDATING;
    lines.push(say!("{notice}", "papers of the past must never be made, dated or signed now: explain what is missing or late"));
    lines.iter().map(|line| format!("{}\n", line.get(lang))).collect()
}

fn english(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Working => "being put right",
        State::Review => "awaiting review",
        State::Closed => "closed",
        State::Returned => "sent back",
        State::Unknown => "not comparable",
    }
}
