//! 整改台账: a read-only copy of what can be put right or explained. Must not suggest making a paper of the past.

use super::Input;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::field;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("案号", 160, Kind::Centre),
        Column::new("指标", 48, Kind::Centre),
        Column::new("问题", 250, Kind::Text),
        Column::new("责任人\n（承办人）", 78, Kind::Centre),
        Column::new("承办机构", 130, Kind::Text),
        Column::new("处理方式", 70, Kind::Centre),
        Column::new("整改措施", 280, Kind::Text),
        Column::new("状态", 64, Kind::Centre),
        Column::new("完成时限", 76, Kind::Centre),
        Column::new("整改情况", 130, Kind::Text),
        Column::new("复核人", 74, Kind::Centre),
        Column::new("编号", 126, Kind::Centre),
    ];
    let note =
        format!("{}本表只列可补齐、可说明的问题，供传阅打印；重新评查时整个结果会被替换，登记整改情况请先另存一份。", words::NO_BACKDATING);
    let plan = Plan { name: sheets::LEDGER, title: input.title("问题整改台账（副本）"), note, columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    let mut number = 0;
    for case in input.cases {
        for finding in case.findings.iter().filter(|f| matches!(&*f.remedy, "complete" | "explain") && f.outcome == "unmet") {
            number += 1;
            page.row(&[
                Cell::count(number),
                Cell::text(case.case_no.as_str()),
                Cell::text(&*finding.criterion),
                Cell::text(&*finding.message.zh),
                Cell::text(field(case, "lawyer")),
                Cell::text(field(case, "firm")),
                Cell::text(words::remedy(&finding.remedy)),
                Cell::text(&*finding.fix.zh),
                Cell::text("未整改"),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::text(finding.fingerprint.as_str()),
            ])?;
        }
    }
    page.finish()
}
