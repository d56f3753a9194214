//! 先办这十件事: one line a job, the most points first. Must not hide that there are more.

use super::Checked;
use crate::record::v1::{CaseRef, Todo};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, check};
use crate::todo::{lost_for_good, standing};

/// How many jobs are called first.
pub const TEN: usize = 10;
/// How many cases are named in a line.
const NAMED: usize = 4;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let columns = vec![
        Column::new("办结\n打√", 44, Kind::Centre),
        Column::new("序号", 44, Kind::Number),
        Column::new("办什么", 226, Kind::Text),
        Column::new("办法", 62, Kind::Centre),
        Column::new("解决\n件数", 50, Kind::Number),
        Column::new("已确定\n扣分", 56, Kind::Number),
        Column::new("最多\n涉及分", 56, Kind::Number),
        Column::new("怎么办", 268, Kind::Text),
        Column::new("涉及案件", 214, Kind::Text),
        Column::new("指标", 70, Kind::Centre),
    ];
    let todo = &checked.check.todo;
    let plan = Plan { name: check::FIRST, title: checked.input.title(check::FIRST), note: note(checked), columns, keys: 3 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    let near = super::columns::near(checked.check);
    if !near.is_empty() {
        let named: Vec<String> = near.iter().take(NAMED).map(|(header, title, _)| format!("“{header}”是不是“{title}”")).collect();
        let n = near.len();
        page.band(&format!(
            "先认表头：有 {n} 列没有认出而有相近的名称（{}{}），见“{}”，改好表头再查，下面有的事就不用办了",
            named.join("；"),
            if n > named.len() { "等" } else { "" },
            check::COLUMNS
        ))?;
    }
    for (i, job) in todo.iter().take(TEN).enumerate() {
        page.row(&row(i + 1, job, checked))?;
    }
    let (rest, more) = (todo.len().saturating_sub(TEN), todo.iter().skip(TEN));
    if rest > 0 {
        let points: crate::base::points::Points = more.clone().map(|t| t.lost[1].points()).sum();
        page.band(&format!("以下是其余 {rest} 件事，最多涉及 {points} 分，逐案见“{}”", check::LIST))?;
        for (i, job) in more.enumerate() {
            page.row(&row(TEN + i + 1, job, checked))?;
        }
    }
    let (n, points) = lost_for_good(checked.check.cases.iter());
    if n > 0 {
        page.band(&format!(
            "另有 {n} 项不可补正（例如已经超期的决定），共扣 {points} 分，不必办理，也不得补造；有正当理由的如实说明。明细由评查结果给出。"
        ))?;
    }
    page.finish()
}

fn row<'a>(number: usize, job: &'a Todo, checked: &Checked<'_>) -> [Cell<'a>; 10] {
    let act = match job.act.as_str() {
        "complete" => "补齐",
        "explain" => "说明",
        _ => "核实",
    };
    let criteria: Vec<&str> = job.criteria.iter().map(|c| &**c).collect();
    [
        Cell::text("□"),
        Cell::count(number as u64),
        Cell::text(&*job.what.zh),
        Cell::text(act),
        Cell::count(job.cases),
        Cell::Number(job.lost[0].shown()),
        Cell::Number(job.lost[1].shown()),
        Cell::text(&*job.fix.zh),
        Cell::text(cases(&job.places, checked)),
        Cell::text(if criteria.len() > NAMED {
            format!("{}等 {} 项", criteria[..NAMED - 1].join("、"), criteria.len())
        } else {
            criteria.join("、")
        }),
    ]
}

/// The first few cases by number, and how many more.
fn cases(places: &[CaseRef], checked: &Checked<'_>) -> String {
    let named = if places.len() > NAMED { NAMED - 1 } else { NAMED };
    let mut said: Vec<String> = places.iter().take(named).map(|c| checked.input.refer(c)).collect();
    if places.len() > named {
        said.push(format!("等 {} 件", places.len()));
    }
    said.join("\n")
}

/// What the whole comes to, above the table.
fn note(checked: &Checked<'_>) -> String {
    let sum = super::brief::sum(checked.check);
    let best: Vec<String> = sum.best.iter().map(|(grade, n)| format!("{grade} {n} 件")).collect();
    let graded = checked.check.cases.iter().filter(|c| standing(c, &checked.check.results.rubrics).is_some()).count();
    let mut note = format!("{graded} 件案件。{}", if sum.said.is_empty() { String::new() } else { format!("{}。", sum.said.zh) });
    if !best.is_empty() {
        let what = if sum.pending > 0 { "其余全满时最多" } else { "拟定等次（待核实的按最好算）" };
        note += &format!("{what}：{}。", best.join("、"));
    }
    note + "“已确定扣分”是现在就会扣的，“最多涉及分”还含材料不足、核实后才知道的。同一件事在几件案件里，一并办理。" + words::NO_BACKDATING
}
