//! 抽卷名单.xlsx: what was drawn, the reserves, who marks what, and how it came about. Must not draw.

mod notes;
mod said;
mod status;

use std::collections::{BTreeMap, BTreeSet};

use super::Result;
use super::book::{About, Book};
use super::cell::{Cell, Column};
use super::sheet::{Page, Plan as Sheet};
use super::style::Kind;
use super::words;
use crate::record::plan::{CaseKey, FrameCase, Part, Plan, Turn, Why};

pub use said::summary;
pub use status::standing;

/// Name of the file.
pub const FILE: &str = "抽卷名单.xlsx";
/// Names of its sheets, in order.
pub const SHEETS: [&str; 4] = ["抽中案件", "候补", "分卷表", "抽卷说明"];

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(plan: &Plan) -> Result<Vec<u8>> {
    let batch = &plan.batch;
    let fictitious = words::is_fictitious(&batch.title);
    let mut book = Book::about(&About {
        title: format!("{}{}抽卷名单", words::mark(&batch.title), batch.title),
        author: format!("{} {}", plan.tool.name, plan.tool.version),
        day: batch.as_of.clone(),
        made: made(plan),
        fictitious,
        comment: format!("种子 {}，抽样框 SHA-256 {}", plan.seed, plan.frame_sha256),
    })?;
    drawn(&mut book, plan)?;
    reserves(&mut book, plan)?;
    allocation(&mut book, plan)?;
    notes::write(&mut book, plan)?;
    book.bytes()
}

fn made(plan: &Plan) -> String {
    let batch = &plan.batch;
    let stage = if batch.stage.is_empty() { String::new() } else { format!("（{}）", batch.stage) };
    let unit = batch.made_by.as_deref().unwrap_or("");
    let hash = plan.frame_sha256.get(..16).unwrap_or_default();
    format!(
        "制表单位：{unit}　　制表时间：{}（截止日期）　　评查批次：{}{stage}　　种子：{}　　抽样框：{hash}…",
        batch.as_of, batch.title, plan.seed
    )
}

fn title(plan: &Plan, sheet: &str) -> String {
    let mark = words::mark(&plan.batch.title);
    format!("{mark}{sheet}")
}

/// The frame's cases that some list speaks of.
fn spoken<'a>(plan: &'a Plan, keys: impl Iterator<Item = &'a CaseKey>) -> BTreeMap<&'a CaseKey, &'a FrameCase> {
    let keys: BTreeSet<&CaseKey> = keys.collect();
    plan.frame.iter().filter(|c| keys.contains(&c.case)).map(|c| (&c.case, c)).collect()
}

fn stage(case: &CaseKey) -> Cell<'_> {
    Cell::text(case.stage.as_deref().unwrap_or(""))
}

/// Why a case is drawn, in Chinese.
fn why(why: Why) -> &'static str {
    match why {
        Why::Random => "随机",
        Why::Number => "指定案号",
        Why::All => "应评尽评",
        Why::Addition => "定向增加",
        Why::Substitute => "候补替换",
    }
}

/// A part, in Chinese.
fn part(part: Part) -> &'static str {
    match part {
        Part::Whole => "全部指标",
        Part::Regularity => "规范性",
        Part::Substance => "业务性",
    }
}

/// Which mark, in Chinese.
fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::First => "一评",
        Turn::Second => "二评",
        Turn::Extra => "加评",
    }
}

fn drawn(book: &mut Book, plan: &Plan) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 150, Kind::Text),
        Column::new("案号", 190, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("案件类型", 80, Kind::Centre),
        Column::new("承办人", 110, Kind::Centre),
        Column::new("受援人类别", 110, Kind::Centre),
        Column::new("层", 180, Kind::Text),
        Column::new("抽取方式", 76, Kind::Centre),
        Column::new("用于推断", 66, Kind::Centre),
        Column::new("定向增加的理由", 200, Kind::Text),
    ];
    let note = "“用于推断”为“否”的案件照常评分，但不计入由样本推断总体的率：定向增加和指定案号的案件不是随机抽取的。";
    let sheet = Sheet { name: SHEETS[0], title: title(plan, "抽中案件"), note: note.to_owned(), columns, keys: 3 };
    let known = spoken(plan, plan.drawn.iter().map(|d| &d.case));
    let mut page = Page::begin(book, sheet)?;
    for (n, one) in (1..).zip(&plan.drawn) {
        let case = known.get(&one.case);
        page.row(&[
            Cell::count(n),
            Cell::text(plan.office(&one.case.office)),
            Cell::text(&*one.case.case_no),
            stage(&one.case),
            Cell::text(&*one.case_type),
            Cell::text(case.map(|c| c.lawyers.join("、")).unwrap_or_default()),
            Cell::text(case.map(|c| c.groups.join("、")).unwrap_or_default()),
            Cell::text(&*one.stratum),
            Cell::text(why(one.why)),
            Cell::text(if one.estimate { "是" } else { "否" }),
            Cell::text(one.reason.as_deref().unwrap_or("")),
        ])?;
    }
    page.finish()
}

fn reserves(book: &mut Book, plan: &Plan) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("层", 220, Kind::Text),
        Column::new("候补次序", 76, Kind::Number),
        Column::new("机构", 170, Kind::Text),
        Column::new("案号", 210, Kind::Text),
        Column::new("阶段", 76, Kind::Centre),
        Column::new("案件类型", 90, Kind::Centre),
        Column::new("是否已替换", 80, Kind::Centre),
    ];
    let note = "抽中的案件确实不能评的，写入 draw.toml 的 [[substitution]]（写明理由）再运行，由同一层候补按次序替换；不得自行挑选。";
    let sheet = Sheet { name: SHEETS[1], title: title(plan, "候补案件"), note: note.to_owned(), columns, keys: 3 };
    let mut page = Page::begin(book, sheet)?;
    for (n, one) in (1..).zip(&plan.reserves) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*one.stratum),
            Cell::count(one.order),
            Cell::text(plan.office(&one.case.office)),
            Cell::text(&*one.case.case_no),
            stage(&one.case),
            Cell::text(&*one.case_type),
            Cell::text(if one.used { "是" } else { "" }),
        ])?;
    }
    page.finish()
}

fn allocation(book: &mut Book, plan: &Plan) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("评估专家编号", 90, Kind::Centre),
        Column::new("姓名", 90, Kind::Centre),
        Column::new("小组", 90, Kind::Centre),
        Column::new("机构", 160, Kind::Text),
        Column::new("案号", 200, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("案件类型", 80, Kind::Centre),
        Column::new("评什么", 80, Kind::Centre),
        Column::new("第几评", 66, Kind::Centre),
        Column::new("背靠背", 60, Kind::Centre),
    ];
    let note = match &plan.allocation {
        None => "没有分卷：在 audit.toml 旁边放评估专家名单 reviewers.toml 再运行。",
        Some(_) => "按评估专家排列。“背靠背”的案件由两人各自评分，评完之前不得交换意见；“加评”不用于计算两人的一致程度。",
    };
    let sheet = Sheet { name: SHEETS[2], title: title(plan, "分卷表"), note: note.to_owned(), columns, keys: 3 };
    let mut page = Page::begin(book, sheet)?;
    let rules = plan.rules.allocation.as_ref();
    let tasks = plan.allocation.as_ref().map(|a| a.tasks.as_slice()).unwrap_or_default();
    let people: BTreeMap<&str, _> = rules.iter().flat_map(|r| &r.reviewers).map(|r| (&*r.code, r)).collect();
    let types: BTreeMap<&CaseKey, &str> = plan.drawn.iter().map(|d| (&d.case, &*d.case_type)).collect();
    for (n, task) in (1..).zip(tasks) {
        let reviewer = people.get(&*task.reviewer);
        let group = reviewer.and_then(|r| r.group.as_ref().map(|g| if r.leader { format!("{g}（组长）") } else { g.clone() }));
        page.row(&[
            Cell::count(n),
            Cell::text(&*task.reviewer),
            Cell::text(reviewer.map_or("", |r| r.name.as_str())),
            Cell::text(group.unwrap_or_default()),
            Cell::text(plan.office(&task.case.office)),
            Cell::text(&*task.case.case_no),
            stage(&task.case),
            Cell::text(types.get(&task.case).copied().unwrap_or_default()),
            Cell::text(part(task.part)),
            Cell::text(turn(task.turn)),
            Cell::text(if task.blind { "是" } else { "" }),
        ])?;
    }
    page.finish()
}
