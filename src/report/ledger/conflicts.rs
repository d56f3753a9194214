//! 冲突: cells that two people edited in two ways, until somebody settles them. Must not say who is right.

use super::{cell, title};
use crate::ledger::CONFLICT_SHEET;
use crate::record::ledger::{Ledger, LedgerValue};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;

/// Writes the sheet; the last two columns tell the program which cell it is.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, ledger: &Ledger) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Centre),
        Column::new("案号", 160, Kind::Centre),
        Column::new("台账现值\n（没有采用改动）", 140, Kind::Text),
        Column::new("各人的改动（文件 单元格：内容）", 460, Kind::Text),
        Column::new("编号（勿改）", 130, Kind::Centre),
        Column::new("列", 90, Kind::Centre),
    ];
    let note = "同一格被改成不同内容，程序没有采用任何一个。请在“整改台账”表的这一格写下定下来的内容，再运行一次；\
                保留现值的，删去本表的这一行。"
        .to_owned();
    let plan = Plan { name: CONFLICT_SHEET, title: title(ledger, "改动冲突"), note, columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    for conflict in &ledger.conflicts {
        let one = |v: &crate::record::ledger::ConflictVersion| {
            let value = v.value.as_ref().map_or_else(|| "（清空）".to_owned(), LedgerValue::shown);
            let cell = if v.cell.is_empty() { "台账现值" } else { &v.cell };
            format!("{} {cell}：{value}", v.file)
        };
        page.row(&[
            Cell::text(conflict.no.as_str()),
            Cell::text(conflict.case_no.as_str()),
            cell(conflict.kept.as_ref()),
            Cell::text(conflict.versions.iter().map(one).collect::<Vec<_>>().join("\n")),
            Cell::text(conflict.key.as_str()),
            Cell::text(conflict.column.as_str()),
        ])?;
    }
    page.finish()
}
