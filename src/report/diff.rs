//! Two results side by side (对比): the workbook and the terminal. Must not compare or count.

use super::Result;
use super::book::{About, Book};
use super::cell::{Cell, Column};
use super::figures::{percents, range};
use super::sheet::{Page, Plan};
use super::style::Kind;
use super::words;
use crate::base::text::Lang;
use crate::record::diff::{Diff, DiffOffice, Moved};
use crate::say;

/// Names of the sheets, in order.
pub const SHEETS: [&str; 3] = ["比率变化", "案件变化", "问题变化"];

/// Offices that the terminal tells of one by one.
const OFFICES: usize = 12;

/// The workbook.
///
/// # Errors
/// When it cannot be put together.
pub fn workbook(diff: &Diff) -> Result<Vec<u8>> {
    let (old, new) = (&diff.old_as_of, &diff.new_as_of);
    let causes: Vec<&str> = diff.causes.iter().map(|c| &*c.zh).collect();
    let causes = if causes.is_empty() { "无".to_owned() } else { causes.join("；") };
    let mut book = Book::about(&About {
        title: format!("{}　两次结果对比", diff.title),
        author: diff.tool.as_ref().map(|t| format!("{} {}", t.name, t.version)).unwrap_or_default(),
        day: new.clone(),
        made: format!("制表单位：______________　　截止日：{old} 与 {new}　　两次评查本身的差别：{causes}"),
        fictitious: words::is_fictitious(&diff.title),
        comment: String::new(),
    })?;
    rates(&mut book, diff)?;
    moved(&mut book, diff)?;
    findings(&mut book, diff)?;
    book.bytes()
}

fn share(figures: Option<[u64; 3]>) -> String {
    figures.map_or_else(|| "—".to_owned(), |[low, high, n]| format!("{}/{n}　{}", range(low, high), percents(low, high, n)))
}

fn plan(name: &'static str, diff: &Diff, note: &str, columns: Vec<Column>) -> Plan {
    let mark = words::mark(&diff.title);
    Plan { name, title: format!("{mark}{}　{name}", diff.title), note: note.to_owned(), columns, keys: 1 }
}

fn rates(book: &mut Book, diff: &Diff) -> Result<()> {
    let mut columns = vec![Column::new("机构", 130, Kind::Text), Column::new("主指标", 62, Kind::Centre)];
    columns.extend(["上次", "本次"].map(|t| Column::new(t, 120, Kind::Centre)));
    columns.extend(["只在上次\n（符合/件）", "只在本次\n（符合/件）", "升入", "落出"].map(|t| Column::new(t, 80, Kind::Centre)));
    columns.extend(["问题\n已解决", "新出现", "仍在", "无法对比"].map(|t| Column::new(t, 60, Kind::Number)));
    let note = "上次符合件数 － 只在上次的 ＋ 只在本次的 ＋ 升入 － 落出 ＝ 本次符合件数；“3～5”为等次未定时的上下限，逐端相加都成立。";
    let mut page = Page::begin(book, plan(SHEETS[0], diff, note, columns))?;
    for o in &diff.offices {
        let part = |[low, high, n]: [u64; 3]| format!("{}/{n}", range(low, high));
        let mut cells =
            vec![Cell::text(o.office.as_str()), Cell::text(o.rate.as_str()), Cell::text(share(o.old)), Cell::text(share(o.new))];
        cells.extend([Cell::text(part(o.gone)), Cell::text(part(o.come))]);
        // Ends of an interval may move apart, so these are a pair and no range.
        let pair = |[low, high]: [u64; 2]| if low == high { low.to_string() } else { format!("下限 {low}　上限 {high}") };
        cells.extend([Cell::text(pair(o.up)), Cell::text(pair(o.down))]);
        cells.extend(o.findings.map(Cell::count));
        page.row(&cells)?;
    }
    page.finish()
}

fn criteria(moved: &Moved) -> String {
    let word = |o: &Option<String>| o.as_deref().map_or("无此项", words::outcome).to_owned();
    let one = |c: &crate::record::diff::MovedCriterion| {
        let sign = if c.points.hundredths() > 0 { "+" } else { "" };
        let points = if c.points.hundredths() == 0 { String::new() } else { format!("（{sign}{} 分）", c.points) };
        format!("{} {}→{}{points}", c.id, word(&c.before), word(&c.after))
    };
    moved.criteria.iter().map(one).collect::<Vec<_>>().join("；")
}

fn moved(book: &mut Book, diff: &Diff) -> Result<()> {
    let columns = vec![
        Column::new("机构", 110, Kind::Text),
        Column::new("案号", 170, Kind::Centre),
        Column::new("上次等次", 90, Kind::Centre),
        Column::new("本次等次", 90, Kind::Centre),
        Column::new("影响\n主指标", 56, Kind::Centre),
        Column::new("标准\n有变", 50, Kind::Centre),
        Column::new("变化的指标", 430, Kind::Text),
    ];
    let note = "两次都评查、等次或得分有变的案件，影响主指标的在前。";
    let mut page = Page::begin(book, plan(SHEETS[1], diff, note, columns))?;
    for case in diff.offices.iter().flat_map(|o| &o.moved) {
        let stage = case.case.stage.as_deref().map(|s| format!("（{s}）")).unwrap_or_default();
        let yes = |b: bool| Cell::text(if b { "是" } else { "" });
        page.row(&[
            Cell::text(&*case.case.office),
            Cell::text(format!("{}{stage}", case.case.case_no)),
            Cell::text(case.before.as_str()),
            Cell::text(case.after.as_str()),
            yes(case.counts),
            yes(case.other_standard),
            Cell::text(criteria(case)),
        ])?;
    }
    page.finish()
}

fn findings(book: &mut Book, diff: &Diff) -> Result<()> {
    let columns = vec![
        Column::new("机构", 100, Kind::Text),
        Column::new("对比", 64, Kind::Centre),
        Column::new("案号", 170, Kind::Centre),
        Column::new("指标", 56, Kind::Centre),
        Column::new("结论", 84, Kind::Centre),
        Column::new("情况", 300, Kind::Text),
        Column::new("扣分", 46, Kind::Number),
        Column::new("说明", 180, Kind::Text),
    ];
    let f = &diff.findings;
    let note = "只有同一案件的同一指标本次重新核查过、原来的问题不再出现的，才算已解决。";
    let mut page = Page::begin(book, plan(SHEETS[2], diff, note, columns))?;
    for (word, list) in [("已解决", &f.fixed), ("新出现", &f.new), ("仍在", &f.still), ("无法对比", &f.not_comparable)] {
        for one in list {
            let stage = one.case.stage.as_deref().map(|s| format!("（{s}）")).unwrap_or_default();
            page.row(&[
                Cell::text(&*one.case.office),
                Cell::text(word),
                Cell::text(format!("{}{stage}", one.case.case_no)),
                Cell::text(&*one.criterion),
                Cell::text(words::outcome(&one.outcome)),
                Cell::text(&*one.message.zh),
                Cell::Number(one.lost.shown()),
                Cell::text(one.reason.as_ref().map_or("", |r| &*r.zh)),
            ])?;
        }
    }
    page.finish()
}

/// The lines of the terminal.
pub fn terminal(diff: &Diff, lang: Lang) -> String {
    let (title, old, new) = (&diff.title, &diff.old_as_of, &diff.new_as_of);
    let mut lines = vec![say!("对比　{title}　截止 {old} 与 {new}", "{title}: as of {old} against {new}")];
    let f = &diff.findings;
    let (fixed, fresh, still, none) = (f.fixed.len(), f.new.len(), f.still.len(), f.not_comparable.len());
    lines.push(say!(
        "问题：已解决 {fixed}　新出现 {fresh}　仍在 {still}　无法对比 {none}",
        "findings: {fixed} fixed, {fresh} new, {still} still there, {none} not comparable"
    ));
    lines.extend(
        diff.causes
            .iter()
            .map(|c| say!("  两次评查本身的差别：{}", "  the results differ: {}", if lang == Lang::Zh { &c.zh } else { &c.en })),
    );
    if diff.offices.is_empty() {
        lines.push(say!(
            "两边都用 assess 的结果文件夹，才能说明各机构的率为什么变",
            "only with result folders of assess on both sides can it be told why rates moved"
        ));
    }
    lines.extend(diff.offices.iter().take(OFFICES).map(line));
    let rest = diff.offices.len().saturating_sub(OFFICES);
    if rest > 0 {
        lines.push(say!(
            "  其余 {rest} 个机构见 -o 的工作簿或 --format json",
            "  {rest} more offices: see the workbook of -o, or --format json"
        ));
    }
    lines.iter().map(|l| format!("{}\n", super::terminal::clean(l.get(lang)))).collect()
}

fn line(o: &DiffOffice) -> crate::base::text::Text {
    let (name, rate, old, new) = (&o.office, &o.rate, share(o.old), share(o.new));
    let ([gone, _, m], [come, _, n], up, down) = (o.gone, o.come, o.up[0], o.down[0]);
    say!(
        "  {name}　{rate} {old} → {new}：只在上次 {m} 件（符合 {gone}），只在本次 {n} 件（符合 {come}），升入 {up}，落出 {down}",
        "  {name}: {rate} {old} → {new}: {m} cases only before ({gone} within), {n} only now ({come} within), {up} came in, {down} fell out"
    )
}
