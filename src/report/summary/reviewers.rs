//! 评估专家: a row a reviewer, each office's rate without each of them, and how marks became results. Must not rank reviewers, nor change
//! a mark by what it tells.

use super::Input;
use crate::record::v1::{Panel, ReviewerRecord};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::percent;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, NO_DATA};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>, panel: &Panel) -> Result<()> {
    let mut columns = vec![
        Column::new("编号", 58, Kind::Centre),
        Column::new("姓名", 84, Kind::Centre),
        Column::new("组", 76, Kind::Centre),
        Column::new("分到", 46, Kind::Number),
        Column::new("已交", 46, Kind::Number),
        Column::new("半填", 46, Kind::Number),
        Column::new("同评", 46, Kind::Number),
        Column::new("平均分", 60, Kind::Number),
    ];
    columns.extend(input.grades.iter().map(|g| Column::new(*g, 52, Kind::Number)));
    columns.push(Column::new("松紧\n（分）", 58, Kind::Centre));
    columns.push(Column::new("松紧的\n95% 区间", 104, Kind::Centre));
    columns.push(Column::new("一句话", 430, Kind::Text));
    let plan = Plan { name: words::PANEL[0], title: input.title("评估专家"), note: note(panel), columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    for reviewer in &panel.reviewers {
        page.row(&row(input, reviewer))?;
    }
    let grades = u16::try_from(input.grades.len()).unwrap_or(u16::MAX - 20);
    influence(&mut page, input, panel, grades)?;
    settled(&mut page, panel, grades)?;
    page.finish()
}

fn note(panel: &Panel) -> String {
    let mut said = "已交＝填完并签名的评分表；半填＝交回而没有填完或者没有签名的。同评＝一评、二评中与他人评过同一案件（加评不计）。\
                    平均分和各等次按其完整评分表各自算出的结果计。松紧＝与同案其他人相比平均高（宽）或者低（严）多少分，案件少时向 0 收缩。\
                    松紧和下表都只供了解，绝不用来改动任何得分、等次或者比率。"
        .to_owned();
    if let Some(draw) = &panel.draw {
        said += &format!("抽卷：抽样框 SHA-256 {}，种子 {}，抽中 {} 件", draw.frame_sha256, draw.seed, draw.drawn);
        if draw.missing > 0 {
            said += &format!("，其中 {} 件已不在批次或者范围内", draw.missing);
        }
        said += "。";
    }
    said
}

fn row<'a>(input: &Input<'_>, reviewer: &'a ReviewerRecord) -> Vec<Cell<'a>> {
    let mut cells = vec![Cell::text(&*reviewer.code), Cell::text(&*reviewer.name), Cell::text(reviewer.group.as_deref().unwrap_or(""))];
    cells.extend([reviewer.assigned, reviewer.complete, reviewer.half, reviewer.shared].map(Cell::count));
    cells.push(reviewer.mean.map_or(Cell::text(NO_DATA), |mean| Cell::Number((mean * 100.0).round() / 100.0)));
    cells.extend(input.grades.iter().map(|g| Cell::count(reviewer.grades.get(*g).copied().unwrap_or(0))));
    // Of a person nothing is said from a handful of cases; the data has the figure.
    let few = reviewer.shared < FEWEST;
    let figure = reviewer.severity.as_ref().filter(|_| !few);
    cells.push(Cell::text(figure.and_then(|f| f.value).map_or_else(|| NO_DATA.to_owned(), signed)));
    cells.push(Cell::text(
        figure.and_then(|f| f.ci95).map_or_else(|| "—".to_owned(), |[low, high]| format!("{} 至 {}", signed(low), signed(high))),
    ));
    cells.push(Cell::text(reviewer.severity.as_ref().map_or("没有填完的一评、二评。", |f| &f.plain.zh)));
    cells
}

/// Each office's headline rate without each reviewer.
fn influence(page: &mut Page<'_>, input: &Input<'_>, panel: &Panel, grades: u16) -> Result<()> {
    let rate = input.rates.get(input.headline()).copied().unwrap_or("优良率");
    let (now, left) = (1 + grades / 2, grades - grades / 2 + 2);
    let title = format!("各机构{rate}：不计某一位评估专家的评分时是多少");
    page.section(&title, &[("机构", 3), ("评估专家", 2), ("所评件数", 2), ("现在", now), ("不计其评分", left), ("一句话", 1)])?;
    let share = |[k, n]: [u64; 2]| if n == 0 { NO_DATA.to_owned() } else { format!("{}（{k}/{n}）", percent(k, n)) };
    // An office with undecided cases has no rate to compare yet, and where nothing changes there is nothing to tell.
    let settled = |office: &str| input.results.offices.iter().any(|o| o.name == *office && o.undecided == 0);
    let moves = |i: &crate::record::v1::Influence| i.with[0] * i.without[1] != i.without[0] * i.with[1] || i.without[1] == 0;
    let listed: Vec<_> = panel.influence.iter().filter(|i| moves(i) && settled(&i.office)).collect();
    for one in &listed {
        page.kinds(&[
            (one.office.to_string(), 3, Kind::Text),
            (one.reviewer.to_string(), 2, Kind::Centre),
            (one.marked.to_string(), 2, Kind::Centre),
            (share(one.with), now, Kind::Centre),
            (share(one.without), left, Kind::Centre),
            (one.plain.zh.to_string(), 1, Kind::Text),
        ])?;
    }
    if listed.is_empty() {
        page.kinds(&[("（没有变化的不列；有未定案件的机构不比）".to_owned(), 10 + grades, Kind::Text), (String::new(), 1, Kind::Text)])?;
    }
    Ok(())
}

/// How many cases were settled in which way.
fn settled(page: &mut Page<'_>, panel: &Panel, grades: u16) -> Result<()> {
    page.section("评分怎样成为结果", &[("方式", 3), ("件数", 2), ("说明", 6 + grades)])?;
    let all: u64 = panel.how.values().sum();
    let mut line = |name: &str, n: u64, said: &str| {
        page.kinds(&[(name.to_owned(), 3, Kind::Text), (n.to_string(), 2, Kind::Centre), (said.to_owned(), 6 + grades, Kind::Text)])
    };
    for how in ["single", "mean", "majority", "median", "senior", "council", "objection", "open"] {
        if let Some(n) = panel.how.get(how) {
            line(words::settled(how), *n, "")?;
        }
    }
    line("评定", panel.confirmed, &format!("共 {all} 件有评分，其中等次已由有权人员确认的；其余仍为拟定等次"))?;
    line("需再评", panel.needing, "按评估标准的规则还要请人再评的，见各机构工作簿的“评议情况”")
}

/// Shared cases below which nothing is said of a person.
const FEWEST: u64 = 5;

/// `+1.2`, `-0.4`, `0.0`.
fn signed(value: f64) -> String {
    let value = (value * 10.0).round() / 10.0 + 0.0;
    if value > 0.0 { format!("+{value:.1}") } else { format!("{value:.1}") }
}
