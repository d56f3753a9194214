//! Lists of 总表: criteria by loss, what concerns several offices, and what could not be read. Must not be capped.

use std::collections::BTreeMap;

use super::Input;
use crate::base::points::Points;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{place, ratio};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, SUMMARY};

#[derive(Default)]
struct Sum<'a> {
    cases: u64,
    of: u64,
    points: Points,
    offices: Vec<(u64, u64, &'a str)>,
}

/// Criteria by points lost over all offices.
///
/// # Errors
/// When a sheet does not take it.
pub fn lost(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let mut sums: BTreeMap<(&str, &str), Sum> = BTreeMap::new();
    for office in &input.results.offices {
        for lost in &office.lost {
            let sum = sums.entry((&lost.rubric, &lost.criterion)).or_default();
            sum.cases += lost.cases;
            sum.of += lost.of;
            sum.points += lost.points.points();
            if lost.cases > 0 {
                sum.offices.push((lost.cases, lost.of, &office.name));
            }
        }
    }
    let mut sums: Vec<_> = sums.into_iter().filter(|(_, s)| s.cases > 0 || !s.points.is_zero()).collect();
    sums.sort_by(|a, b| b.1.points.cmp(&a.1.points).then(b.1.cases.cmp(&a.1.cases)));
    let columns = vec![
        Column::new("评估标准", 170, Kind::Text),
        Column::new("分组", 96, Kind::Centre),
        Column::new("编号", 52, Kind::Centre),
        Column::new("指标", 250, Kind::Text),
        Column::new("失分件数", 66, Kind::Number),
        Column::new("适用件数", 66, Kind::Number),
        Column::new("失分面", 66, Kind::Percent),
        Column::new("失分合计", 70, Kind::Number),
        Column::new("较集中的机构（前三）", 330, Kind::Text),
    ];
    let note = "各机构合计，按失分合计由多到少。失分面＝失分件数÷适用件数。";
    let plan = Plan { name: SUMMARY[2], title: input.title("失分指标"), note: note.to_owned(), columns, keys: 4 };
    let mut page = Page::begin(book, plan)?;
    for ((rubric, id), mut sum) in sums {
        let rubric = input.results.rubric(rubric);
        let criterion = rubric.and_then(|r| r.criteria.iter().find(|c| c.id == id));
        // Compared as fractions, so that equal shares stay in the order of offices.
        sum.offices.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)));
        let top: Vec<_> = sum.offices.iter().take(3).map(|(k, n, name)| format!("{name} {k}/{n}")).collect();
        let row = page.next() + 1;
        page.row(&[
            Cell::text(rubric.map_or_else(String::new, |r| format!("{} {}", words::without_standing(&r.title), r.version))),
            Cell::text(criterion.map_or("", |c| c.group.as_str())),
            Cell::text(id),
            Cell::text(criterion.map_or(id, |c| &*c.title.zh)),
            Cell::count(sum.cases),
            Cell::count(sum.of),
            ratio(format!("=IF(F{row}=0,\"—\",E{row}/F{row})"), sum.cases, sum.of),
            Cell::Number(sum.points.shown()),
            Cell::text(top.join("；")),
        ])?;
    }
    page.finish()
}

/// What concerns several offices.
///
/// # Errors
/// When a sheet does not take it.
pub fn cross(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("类别", 100, Kind::Centre),
        Column::new("情况", 400, Kind::Text),
        Column::new("涉及机构", 260, Kind::Text),
        Column::new("出处", 330, Kind::Text),
    ];
    let note = "涉及两个以上机构的情况，只作提示，不影响任何案件的得分。";
    let plan = Plan { name: SUMMARY[4], title: input.title("跨机构问题"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    for (i, cross) in (1..).zip(&input.results.cross) {
        page.row(&[
            Cell::count(i),
            Cell::text(kind(&cross.kind)),
            Cell::text(&*cross.message.zh),
            Cell::text(cross.offices.join("、")),
            Cell::text(cross.places.iter().map(place).collect::<Vec<_>>().join("\n")),
        ])?;
    }
    page.finish()
}

/// Kinds of keys in Chinese.
fn kind(id: &str) -> &str {
    match id {
        "case_no" => "案号重复",
        "scan" | "file" | "sha256" => "扫描件重复",
        other => other,
    }
}

/// What could not be read or used.
///
/// # Errors
/// When a sheet does not take it.
pub fn problems(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("代码", 60, Kind::Centre),
        Column::new("机构", 190, Kind::Text),
        Column::new("遇到什么", 320, Kind::Text),
        Column::new("怎么办", 300, Kind::Text),
        Column::new("出处", 300, Kind::Text),
    ];
    let note = "未能读取或者使用的登记表、材料、评分表。读不出的内容没有计入评查，处理后请重新运行。";
    let plan = Plan { name: SUMMARY[5], title: input.title("数据问题"), note: note.to_owned(), columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    for (i, problem) in (1..).zip(&input.results.problems) {
        page.row(&[
            Cell::count(i),
            Cell::text(problem.code.as_str()),
            Cell::text(problem.office.as_deref().unwrap_or("")),
            Cell::text(&*problem.message.zh),
            Cell::text(&*problem.advice.zh),
            Cell::text(problem.places.iter().map(place).collect::<Vec<_>>().join("\n")),
        ])?;
    }
    for (at, waiver) in input.results.waivers.iter().enumerate() {
        page.row(&[
            Cell::count((1 + input.results.problems.len() + at) as u64),
            Cell::text("不扣分"),
            Cell::text(waiver.offices.join("、")),
            Cell::text(crate::report::waivers::told(at, waiver).zh),
            Cell::text("每一处见机构工作簿的“总览”和“扣分明细”。"),
            Cell::Blank,
        ])?;
    }
    page.finish()
}
