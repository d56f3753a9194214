//! 典型案例候选 and 差别补贴, as words for the terminal and as a workbook for inner use. Must not choose or compute.

use std::path::Path;

use super::Result;
use super::book::Book;
use super::cell::{Cell, Column};
use super::ours;
use super::sheet::{Page, Plan};
use super::style::Kind;
use super::words;
use super::workbook::Context;
use crate::base::text::{Lang, Text};
use crate::record::nominate::{Candidates, Nomination, Subsidies, SubsidySum};
use crate::record::v1::Results;
use crate::say;

/// Words of its title.
const ABOUT: &str = "典型案例候选和差别补贴";
/// Names of its sheets, in order; those without rules are left out.
pub const SHEETS: [&str; 3] = ["典型案例候选", "差别补贴合计", "差别补贴"];

/// Whether a file is an earlier workbook of this kind.
pub fn is_ours(path: &Path) -> bool {
    ours::workbook(path, ABOUT)
}

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(found: &Nomination, results: &Results) -> Result<Vec<u8>> {
    let context = Context { batch: &results.batch, rubrics: &results.rubrics, tool: &results.tool, problems: &[], own: &[] };
    let mut book = Book::new(&context, ABOUT, "", found.subsidy.as_ref().map_or(0, |s| s.cases.len()))?;
    let draft = words::draft(found.sealed);
    let mark = words::mark(&found.title);
    let title = |sheet: &str| format!("{mark}{sheet}{draft}");
    if let Some(offices) = &found.nominated {
        candidates(&mut book, offices, title("典型案例候选名单"))?;
    }
    if let Some(subsidy) = &found.subsidy {
        sums(&mut book, subsidy, title("差别补贴合计表"))?;
        subsidies(&mut book, subsidy, title("差别补贴计算表"))?;
    }
    book.bytes()
}

fn candidates(book: &mut Book, offices: &[Candidates], title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 140, Kind::Text),
        Column::new("案号", 200, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("案件类型", 90, Kind::Centre),
        Column::new("得分", 60, Kind::Number),
        Column::new("等次", 70, Kind::Centre),
        Column::new("入选理由", 300, Kind::Text),
        Column::new("推荐意见（由人填写）", 160, Kind::Text),
    ];
    let note = "按所给规则列出的候选，不是推荐结论；是否推荐由人决定。内部使用，不得对外公开。";
    let mut page = Page::begin(book, Plan { name: SHEETS[0], title, note: note.to_owned(), columns, keys: 3 })?;
    let all = offices.iter().flat_map(|o| o.cases.iter().map(move |c| (o, c)));
    for (n, (office, case)) in (1..).zip(all) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.office),
            Cell::text(&*case.case_no),
            Cell::text(case.stage.as_deref().unwrap_or("")),
            Cell::text(case.case_type.as_deref().unwrap_or("")),
            Cell::number(case.marks),
            Cell::text(&*case.grade),
            Cell::text(case.reasons.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("；")),
            Cell::Blank,
        ])?;
    }
    page.finish()
}

/// The factors and where such a rule may come from.
fn rule(subsidy: &Subsidies) -> String {
    let factors: Vec<String> = subsidy.factors.iter().map(|(grade, factor)| format!("{grade} {factor}")).collect();
    format!("系数：{}。补贴 = 基数 × 系数，每件四舍五入到分，合计为各件之和。{}。", factors.join("，"), subsidy.note.zh)
}

fn sums(book: &mut Book, subsidy: &Subsidies, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 220, Kind::Text),
        Column::new("承办人", 160, Kind::Centre),
        Column::new("件数", 90, Kind::Number),
        Column::new("暂未计算", 90, Kind::Number),
        Column::new("补贴合计", 120, Kind::Number),
    ];
    let mut page = Page::begin(book, Plan { name: SHEETS[1], title, note: rule(subsidy), columns, keys: 2 })?;
    let mut n = 0;
    for office in &subsidy.offices {
        let own = subsidy.lawyers.iter().filter(|l| l.office == office.office);
        for sum in std::iter::once(office).chain(own) {
            n += 1;
            let name = match &sum.lawyer {
                None => "（机构合计）",
                Some(name) if name.is_empty() => "（没有登记）",
                Some(name) => name,
            };
            let row = [
                Cell::count(n),
                Cell::text(&*sum.office),
                Cell::text(name),
                Cell::count(sum.cases),
                Cell::count(sum.without),
                Cell::Number(sum.amount.shown()),
            ];
            if sum.lawyer.is_none() { page.group(&row)? } else { page.row(&row)? }
        }
    }
    page.finish()
}

fn subsidies(book: &mut Book, subsidy: &Subsidies, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 140, Kind::Text),
        Column::new("案号", 200, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("承办人", 110, Kind::Centre),
        Column::new("等次", 80, Kind::Centre),
        Column::new("基数", 80, Kind::Number),
        Column::new("系数", 60, Kind::Centre),
        Column::new("补贴", 90, Kind::Number),
        Column::new("说明", 180, Kind::Text),
    ];
    let mut page = Page::begin(book, Plan { name: SHEETS[2], title, note: rule(subsidy), columns, keys: 3 })?;
    for (n, case) in (1..).zip(&subsidy.cases) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*case.office),
            Cell::text(&*case.case_no),
            Cell::text(case.stage.as_deref().unwrap_or("")),
            Cell::text(case.lawyer.as_deref().unwrap_or("")),
            Cell::text(case.grade.as_deref().unwrap_or("未定")),
            Cell::number(case.base),
            Cell::text(case.factor.as_deref().unwrap_or("—")),
            Cell::number(case.amount),
            Cell::text(case.why.as_ref().map_or("", |t| &*t.zh)),
        ])?;
    }
    page.finish()
}

/// The lines for the terminal.
pub fn said(found: &Nomination, lang: Lang) -> String {
    let mut lines: Vec<Text> = Vec::new();
    for office in found.nominated.iter().flatten() {
        let (name, fit, shown) = (&office.office, office.fit, office.cases.len());
        lines.push(say!("{name}：符合条件 {fit} 件，列出 {shown} 件候选", "{name}: {fit} cases fit, {shown} listed as candidates"));
        for case in &office.cases {
            let (no, grade) = (&case.case_no, &case.grade);
            let zh = case.reasons.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("；");
            let en = case.reasons.iter().map(|t| &*t.en).collect::<Vec<_>>().join("; ");
            lines.push(say!("  {no}　{grade}：{zh}", "  {no}  {grade}: {en}"));
        }
    }
    if found.nominated.is_some() {
        lines.push(say!("候选由规则列出，是否推荐由人决定。", "Rules list candidates; a person nominates."));
    }
    if let Some(subsidy) = &found.subsidy {
        let one = |sum: &SubsidySum| {
            let (name, n, without, amount) = (&sum.office, sum.cases, sum.without, sum.amount);
            say!("{name}：补贴 {amount}（{n} 件，另有 {without} 件暂未计算）", "{name}: subsidies {amount} ({n} cases, {without} not yet)")
        };
        lines.extend(subsidy.offices.iter().map(one));
        lines.push(subsidy.note.clone());
    }
    lines.iter().map(|l| format!("{}\n", l.get(lang))).collect()
}
