//! 自评与抽查: self-assessed against audited results, as words for the terminal and as a workbook. Must not compare or judge.

use std::path::Path;

use super::Result;
use super::book::Book;
use super::cell::{Cell, Column};
use super::figures::fraction;
use super::ours;
use super::sheet::{Page, Plan};
use super::style::Kind;
use super::words;
use super::workbook::Context;
use crate::base::text::{Lang, Text};
use crate::record::gap::{Gap, GapOffice, GapSide};
use crate::record::v1::Results;
use crate::say;

/// Words of its title.
const ABOUT: &str = "自评与抽查对照";
/// Names of its sheets, in order.
pub const SHEETS: [&str; 3] = ["各机构", "等次变化", "逐案对照"];

/// Whether a file is an earlier workbook of this kind.
pub fn is_ours(path: &Path) -> bool {
    ours::workbook(path, ABOUT)
}

/// The bytes of the workbook; `audit` are the results of the audit.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(gap: &Gap, audit: &Results) -> Result<Vec<u8>> {
    let context = Context { batch: &audit.batch, rubrics: &audit.rubrics, tool: &audit.tool, problems: &[], own: &[] };
    let mut book = Book::new(&context, ABOUT, "", gap.offices.iter().map(|o| o.cases.len()).sum())?;
    let draft = words::draft(gap.own.sealed && gap.audit.sealed);
    let mark = words::mark(&audit.batch.title);
    let title = |sheet: &str| format!("{mark}{sheet}{draft}");
    offices(&mut book, gap, title("自评与抽查对照表"))?;
    moves(&mut book, gap, title("等次变化表"))?;
    cases(&mut book, gap, title("逐案对照表"))?;
    book.bytes()
}

fn mean(side: Option<&GapSide>) -> String {
    match side.and_then(|s| s.mean) {
        None => "—".to_owned(),
        Some([low, high]) if low == high => low.to_string(),
        Some([low, high]) => format!("{low}～{high}"),
    }
}

/// The rates of all cases of a side: `优秀率 3/10　优良率 7/10`.
fn rates(side: Option<&GapSide>) -> String {
    let Some(side) = side else { return "—".to_owned() };
    let one = |r: &crate::record::v1::Rate| format!("{} {}", r.name, fraction(r));
    side.rates.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The rates over the same cases, self-assessed and audited.
fn same_rates(office: &GapOffice) -> String {
    let one = |r: &crate::record::gap::GapRate| format!("{} {}/{n} → {}/{n}", r.name, r.own, r.audit, n = r.n);
    if office.rates.is_empty() { "—".to_owned() } else { office.rates.iter().map(one).collect::<Vec<_>>().join("\n") }
}

fn offices(book: &mut Book, gap: &Gap, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 40, Kind::Number),
        Column::new("机构", 100, Kind::Text),
        Column::new("自评\n件数", 46, Kind::Number),
        Column::new("自评均分", 70, Kind::Centre),
        Column::new("自评的率（全部）", 120, Kind::Text),
        Column::new("抽查\n件数", 46, Kind::Number),
        Column::new("抽查均分", 70, Kind::Centre),
        Column::new("两者都有\n（可比）", 66, Kind::Centre),
        Column::new("同一批案件的率\n自评 → 抽查", 150, Kind::Text),
        Column::new("平均\n偏差", 52, Kind::Number),
        Column::new("平均绝\n对偏差", 52, Kind::Number),
        Column::new("最大\n偏差", 52, Kind::Number),
        Column::new("等次\n上调", 42, Kind::Number),
        Column::new("等次\n下调", 42, Kind::Number),
        Column::new("说明", 300, Kind::Text),
    ];
    let note = "偏差 = 自评分 - 抽查分，只对两边用同一版标准、等次都已确定的案件逐案计算（满分不是 100 的折成百分制）。“说明”里的偶然性判断用符号检验，只提示核对，不是结论。";
    let mut page = Page::begin(book, Plan { name: SHEETS[0], title, note: note.to_owned(), columns, keys: 2 })?;
    for (n, office) in (1..).zip(&gap.offices) {
        let (own, audit, d) = (office.own.as_ref(), office.audit.as_ref(), office.deviation.as_ref());
        let selected = |side: Option<&GapSide>| side.map_or(Cell::text("—"), |s| Cell::count(s.selected));
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.name),
            selected(own),
            Cell::text(mean(own)),
            Cell::text(rates(own)),
            selected(audit),
            Cell::text(mean(audit)),
            Cell::text(format!("{}（{}）", office.both, office.compared)),
            Cell::text(same_rates(office)),
            Cell::number(d.map(|d| d.mean)),
            Cell::number(d.map(|d| d.mean_absolute)),
            Cell::number(d.map(|d| d.largest)),
            Cell::count(office.up),
            Cell::count(office.down),
            Cell::text(lines(office).iter().map(|t| t.zh.to_string()).collect::<Vec<_>>().join("；")),
        ])?;
    }
    page.finish()
}

/// What is to be said of an office in words.
fn lines(office: &GapOffice) -> Vec<Text> {
    let mut lines = vec![office.plain.clone()];
    if office.other_rubric > 0 {
        let n = office.other_rubric;
        lines.push(say!(
            "{n} 件两边所用标准的文本不同，不逐案比较",
            "{n} cases were graded under different rubric texts and are not compared"
        ));
    }
    if office.undecided > 0 {
        let n = office.undecided;
        lines.push(say!("{n} 件等次未定，不逐案比较", "{n} cases are undecided and are not compared"));
    }
    if !office.only_audit.is_empty() {
        let (n, all) = (office.only_audit.len(), office.only_audit.join("、"));
        lines.push(say!("抽查的 {n} 件不在自评结果里：{all}", "{n} audited cases are not in the self-assessment: {all}"));
    }
    lines
}

fn moves(book: &mut Book, gap: &Gap, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 200, Kind::Text),
        Column::new("自评等次", 120, Kind::Centre),
        Column::new("抽查等次", 120, Kind::Centre),
        Column::new("件数", 80, Kind::Number),
        Column::new("变化", 120, Kind::Centre),
    ];
    let note = "只列两边等次都已确定、标准相同的案件。";
    let mut page = Page::begin(book, Plan { name: SHEETS[1], title, note: note.to_owned(), columns, keys: 2 })?;
    let all = gap.offices.iter().flat_map(|o| o.moves.iter().map(move |m| (o, m)));
    for (n, (office, one)) in (1..).zip(all) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.name),
            Cell::text(&*one.own),
            Cell::text(&*one.audit),
            Cell::count(one.cases),
            Cell::text(if one.own == one.audit { "" } else { "有变化" }),
        ])?;
    }
    page.finish()
}

fn cases(book: &mut Book, gap: &Gap, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 150, Kind::Text),
        Column::new("案号", 200, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("自评分", 70, Kind::Number),
        Column::new("抽查分", 70, Kind::Number),
        Column::new("偏差", 70, Kind::Number),
        Column::new("自评等次", 90, Kind::Centre),
        Column::new("抽查等次", 90, Kind::Centre),
    ];
    let note = "每个机构内按偏差（不计正负）从大到小。偏差 = 自评分 - 抽查分。";
    let mut page = Page::begin(book, Plan { name: SHEETS[2], title, note: note.to_owned(), columns, keys: 3 })?;
    let all = gap.offices.iter().flat_map(|o| o.cases.iter().map(move |c| (o, c)));
    for (n, (office, case)) in (1..).zip(all) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.name),
            Cell::text(&*case.case_no),
            Cell::text(case.stage.as_deref().unwrap_or("")),
            Cell::number(case.own),
            Cell::number(case.audit),
            Cell::number(case.difference),
            Cell::text(&*case.own_grade),
            Cell::text(&*case.audit_grade),
        ])?;
    }
    page.finish()
}

/// The lines for the terminal.
pub fn said(gap: &Gap, lang: Lang) -> String {
    let (own, audit) = (&gap.own.title, &gap.audit.title);
    let mut all = vec![say!("自评与抽查：{own} 对 {audit}", "self-assessed against audited: {own}, {audit}")];
    if !gap.other_rubrics.is_empty() {
        let ids = gap.other_rubrics.join("、");
        all.push(say!(
            "  两边文本不同的标准：{ids}，相应案件不逐案比较",
            "  rubrics whose texts differ: {ids}; their cases are not compared"
        ));
    }
    for office in &gap.offices {
        let count = |side: Option<&GapSide>| side.map_or_else(|| "—".to_owned(), |s| s.selected.to_string());
        let (name, n, m) = (&office.name, count(office.own.as_ref()), count(office.audit.as_ref()));
        let (both, compared, a, b) = (office.both, office.compared, mean(office.own.as_ref()), mean(office.audit.as_ref()));
        all.push(say!(
            "\n{name}：自评 {n} 件，均分 {a}；抽查 {m} 件，均分 {b}；两者都有 {both} 件，可比 {compared} 件",
            "\n{name}: {n} self-assessed, mean {a}; {m} audited, mean {b}; {both} in both, {compared} compared"
        ));
        for rate in &office.rates {
            let (name, own, audit, n) = (&rate.name, rate.own, rate.audit, rate.n);
            all.push(say!("  {name}：自评 {own}/{n}，抽查 {audit}/{n}", "  {name}: self {own}/{n}, audit {audit}/{n}"));
        }
        if let Some(d) = &office.deviation {
            let (mean, absolute, largest, case) = (d.mean, d.mean_absolute, d.largest, &d.largest_case);
            let (up, down) = (office.up, office.down);
            all.push(say!(
                "  偏差（自评 - 抽查）：平均 {mean}，平均绝对值 {absolute}，最大 {largest}（{case}）；等次上调 {up} 件，下调 {down} 件",
                "  deviation (self - audit): mean {mean}, mean absolute {absolute}, largest {largest} ({case}); grades up {up}, down {down}"
            ));
        }
        all.extend(lines(office).into_iter().map(|t| t.map(|s| format!("  {s}"))));
    }
    all.iter().map(|l| format!("{}\n", l.get(lang))).collect()
}
