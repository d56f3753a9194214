//! 与上次对比: what is fixed, new, still there, and what cannot be compared and why. Must not count as fixed what was not looked at.

use super::Checked;
use crate::record::v1::{Compared, ComparedFinding};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, check};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>, compared: &Compared) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("对比", 72, Kind::Centre),
        Column::new("案号", 180, Kind::Centre),
        Column::new("指标", 60, Kind::Centre),
        Column::new("结论", 90, Kind::Centre),
        Column::new("情况", 300, Kind::Text),
        Column::new("扣分", 50, Kind::Number),
        Column::new("说明", 200, Kind::Text),
    ];
    let (fixed, new, still, none) = (compared.fixed.len(), compared.new.len(), compared.still.len(), compared.not_comparable.len());
    let as_of = &compared.as_of;
    let note = format!(
        "与截止日期 {as_of} 的上次结果对比：已解决 {fixed} 项，新出现 {new} 项，仍在 {still} 项，无法对比 {none} 项。\
         只有同一案件的同一指标本次重新核查过、原来的问题不再出现的，才算已解决。"
    );
    let plan = Plan { name: check::COMPARED, title: checked.input.title(check::COMPARED), note, columns, keys: 0 };
    let mut page = Page::begin(book, plan)?;
    let mut number = 0;
    for (word, list) in
        [("已解决", &compared.fixed), ("新出现", &compared.new), ("仍在", &compared.still), ("无法对比", &compared.not_comparable)]
    {
        for finding in list {
            number += 1;
            page.row(&row(number, word, finding, checked))?;
        }
    }
    page.finish()
}

fn row<'a>(number: u64, word: &'a str, finding: &'a ComparedFinding, checked: &Checked<'_>) -> [Cell<'a>; 8] {
    [
        Cell::count(number),
        Cell::text(word),
        Cell::text(checked.input.refer(&finding.case)),
        Cell::text(&*finding.criterion),
        Cell::text(words::outcome(&finding.outcome)),
        Cell::text(&*finding.message.zh),
        Cell::Number(finding.lost.shown()),
        Cell::text(finding.reason.as_ref().map_or("", |r| &*r.zh)),
    ]
}
