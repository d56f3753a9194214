//! 待核实: what a person must look at before a grade is sure. Must not hide a finding behind another one.

use super::Input;
use crate::record::v1::{CaseRecord, Finding};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{grade_text, is_open, places};
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
        Column::new("指标", 70, Kind::Centre),
        Column::new("标题", 120, Kind::Text),
        Column::new("结论", 98, Kind::Centre),
        Column::new("要看什么", 250, Kind::Text),
        Column::new("核实后确不符合的", 210, Kind::Text),
        Column::new("可能\n扣分", 48, Kind::Number),
        Column::new("现在的\n得分", 72, Kind::Centre),
        Column::new("可能的等次", 142, Kind::Centre),
        Column::new("出处", 180, Kind::Text),
        Column::new("编号", 126, Kind::Centre),
    ];
    let note = "材料不足、程序未能检查的一项一行，现在还不是问题，先按“要看什么”核实；待评估专家评分的每案合为一行；线索只供核查，不扣分、不影响等次。“可能扣分”是核实后最多再扣的分，“可能的等次”是该案现在可能的全部等次：\
                只有一个的，无论怎样核实等次都不变，可以后看。";
    let plan = Plan { name: sheets::OPEN, title: input.title("待核实事项"), note: note.to_owned(), columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    let mut number = 0;
    for case in input.cases {
        let marks = case.marks.as_ref().map_or_else(String::new, |m| {
            if m.low == m.high { m.low.points().to_string() } else { format!("{}～{}", m.low.points(), m.high.points()) }
        });
        // What waits for a reviewer's marks stands in one row; red lines and signals have words of their own.
        let marked = |f: &Finding| f.outcome == "pending" && case.criteria.iter().any(|c| *c.id == *f.criterion);
        for finding in case.findings.iter().filter(|f| is_open(f) && !marked(f)) {
            number += 1;
            let signal = input.frame.is_signal(case.rubric.as_deref(), finding);
            page.row(&[
                Cell::count(number),
                Cell::text(input.label(case)),
                Cell::text(&*finding.criterion),
                Cell::text(if signal { "线索".to_owned() } else { input.frame.title(case.rubric.as_deref(), &finding.criterion) }),
                Cell::text(if signal { words::SIGNAL } else { words::outcome(&finding.outcome) }),
                Cell::text(&*finding.message.zh),
                Cell::text(&*finding.fix.zh),
                Cell::Number(finding.lost[1].shown()),
                Cell::text(marks.as_str()),
                Cell::text(grade_text(&input.frame, case)),
                Cell::text(places(finding)),
                Cell::text(finding.fingerprint.as_str()),
            ])?;
        }
        if let Some((count, what, most)) = pending(case) {
            number += 1;
            page.row(&[
                Cell::count(number),
                Cell::text(input.label(case)),
                Cell::text(format!("{count} 项")),
                Cell::text("评估专家评分"),
                Cell::text(words::outcome("pending")),
                Cell::text(format!("待评：{what}。请评估专家在评分表中逐项评分，再重新运行")),
                Cell::Blank,
                Cell::Number(most),
                Cell::text(marks.as_str()),
                Cell::text(grade_text(&input.frame, case)),
                Cell::Blank,
                Cell::Blank,
            ])?;
        }
    }
    page.finish()
}

/// How many criteria wait for a reviewer, which, and how many points hang on them.
fn pending(case: &CaseRecord) -> Option<(usize, String, f64)> {
    let waiting: Vec<_> = case.criteria.iter().filter(|c| c.outcome == "pending").collect();
    let what: Vec<&str> = waiting.iter().map(|c| &*c.id).collect();
    let most: crate::base::points::Points = waiting.iter().map(|c| c.high.points() - c.low.points()).sum();
    (!waiting.is_empty()).then(|| (waiting.len(), what.join("、"), most.shown()))
}
