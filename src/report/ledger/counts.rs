//! 汇总: how far each office is. Must not count anything anew.

use super::{made, title};
use crate::ledger::SUMMARY_SHEET;
use crate::ledger::state::State;
use crate::record::ledger::{Ledger, LedgerCount};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words;

/// 整改率 of a count: closed of all.
pub fn rate(count: &LedgerCount) -> (u64, u64) {
    (count.states.get(State::Closed.word()).copied().unwrap_or(0), count.total)
}

/// Writes the sheet.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, ledger: &Ledger) -> Result<()> {
    let mut columns = vec![Column::new("机构", 150, Kind::Text), Column::new("问题数", 76, Kind::Number)];
    columns.extend(State::ALL.map(|s| Column::new(s.word(), 84, Kind::Number)));
    columns.extend([("逾期未改", 84), ("其中\n不可补正", 84)].map(|(t, w)| Column::new(t, w, Kind::Number)));
    columns.extend([Column::new("整改率", 84, Kind::Percent), Column::new("已销号/问题数", 100, Kind::Centre)]);
    let note = format!(
        "{}整改率 = 已销号 ÷ 问题数；手工登记的行不计。整改不改变本次评查的等次。{}",
        words::NO_BACKDATING,
        if ledger.conflicts.is_empty() {
            String::new()
        } else {
            format!("有 {} 处改动冲突未定，见“冲突”表。", ledger.conflicts.len())
        }
    );
    debug_assert_eq!(book.made(), made(ledger));
    let plan = Plan { name: SUMMARY_SHEET, title: title(ledger, "整改情况汇总"), note, columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    for (at, count) in ledger.summary.iter().enumerate() {
        let (k, n) = rate(count);
        let mut cells = vec![Cell::text(count.office.as_str()), Cell::count(count.total)];
        cells.extend(State::ALL.map(|s| Cell::count(count.states.get(s.word()).copied().unwrap_or(0))));
        cells.extend([Cell::count(count.overdue), Cell::count(count.unmendable)]);
        cells.push(if n == 0 { Cell::text(words::NO_DATA) } else { Cell::Number(k as f64 / n as f64) });
        cells.push(Cell::text(format!("{k}/{n}")));
        if at + 1 == ledger.summary.len() { page.group(&cells)? } else { page.row(&cells)? }
    }
    page.finish()
}
