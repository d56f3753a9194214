//! 扣分明细: one row a decided finding, never capped. Must not leave out a finding because it cost nothing.

use super::Input;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{is_open, is_selected, places, raws};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("案号", 160, Kind::Centre),
        Column::new("指标", 48, Kind::Centre),
        Column::new("标题", 112, Kind::Text),
        Column::new("结论", 56, Kind::Centre),
        Column::new("扣分\n（确定）", 58, Kind::Number),
        Column::new("扣分\n（可能）", 58, Kind::Number),
        Column::new("事由", 200, Kind::Text),
        Column::new("依据", 170, Kind::Text),
        Column::new("能否\n补正", 66, Kind::Centre),
        Column::new("处理建议", 220, Kind::Text),
        Column::new("出处", 180, Kind::Text),
        Column::new("原文", 88, Kind::Text),
        Column::new("编号", 126, Kind::Centre),
    ];
    let note = "每行一个已有结论的问题，一个不少；因分组上限或同一缺陷只扣一次而未再扣分的，扣分为 0。结论未定的在“待核实”。\
                “编号”是问题的固定标识，重新评查后不变，异议、整改、对比都以它为准。";
    let note = format!("{note}点案号回案件评分表。{}", words::NO_BACKDATING);
    let plan = Plan { name: sheets::DEDUCTIONS, title: input.title("扣分明细"), note, columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    let mut number = 0;
    for case in input.cases {
        // One way back a case, at its first finding, so that links last for as many cases as Excel allows.
        let mut back = is_selected(case).then(|| input.limits.link(sheets::CASES, number, "B"));
        number += u32::from(is_selected(case));
        for finding in case.findings.iter().filter(|f| !is_open(f)) {
            page.row(&[
                back.take().map_or_else(|| Cell::text(case.case_no.as_str()), |to| Cell::Link(case.case_no.as_str().into(), to)),
                Cell::text(&*finding.criterion),
                Cell::text(input.frame.title(case.rubric.as_deref(), &finding.criterion)),
                Cell::text(words::outcome(&finding.outcome)),
                Cell::Number(finding.lost[0].shown()),
                Cell::Number(finding.lost[1].shown()),
                Cell::text(&*finding.message.zh),
                Cell::text(&*finding.basis.zh),
                Cell::text(words::remedy(&finding.remedy)),
                Cell::text(&*finding.fix.zh),
                Cell::text(places(finding)),
                Cell::text(raws(finding)),
                Cell::text(finding.fingerprint.as_str()),
            ])?;
        }
    }
    page.finish()
}
