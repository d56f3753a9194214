//! 机构考核: what the office or firm itself came to, item by item, with values and places. Must not be there where no rubric is about
//! offices, nor mix with the cases.

use super::Input;
use crate::base::points::Points;
use crate::record::v1::{CaseRecord, CriterionRecord, CriterionResult, Finding, RubricRecord};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{is_open, place, places};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Writes the sheet; `own` are the lines about the office itself.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>, own: &[CaseRecord]) -> Result<()> {
    if own.is_empty() {
        return Ok(());
    }
    let columns = vec![
        Column::new("分组", 84, Kind::Centre),
        Column::new("编号", 52, Kind::Centre),
        Column::new("指标", 220, Kind::Text),
        Column::new("填报或得出的数", 190, Kind::Text),
        Column::new("出处", 170, Kind::Text),
        Column::new("分值", 48, Kind::Number),
        Column::new("得分", 72, Kind::Centre),
        Column::new("扣分", 60, Kind::Centre),
        Column::new("结论", 92, Kind::Centre),
        Column::new("情况", 260, Kind::Text),
        Column::new("依据", 190, Kind::Text),
        Column::new("待核实、处理建议", 210, Kind::Text),
    ];
    let note = "机构本身按机构指标评分，不计入案件的件数、等次和率。没有填报的为“材料不足待核”，不当作没有做；得分写成区间的，补报后才能确定。\
                由登记表和评查结果得出的数，出处为登记表。";
    let plan = Plan { name: sheets::OWN, title: input.title("机构考核"), note: note.to_owned(), columns, keys: 3 };
    let mut page = Page::begin(book, plan)?;
    for record in own {
        let Some(rubric) = input.context.own.iter().find(|r| Some(r.id.as_str()) == record.rubric.as_deref()) else { continue };
        page.group(&head(rubric, record))?;
        for (criterion, result) in rubric.criteria.iter().zip(&record.criteria) {
            page.row(&item(criterion, result, record))?;
        }
        let known = |f: &&Finding| !rubric.criteria.iter().any(|c| *c.id == *f.criterion);
        for finding in record.findings.iter().filter(known) {
            page.row(&other(rubric, finding))?;
        }
    }
    page.finish()
}

/// The marks of a record: `82`, `70～95`, or a dash.
pub fn marks(record: &CaseRecord) -> String {
    record.marks.as_ref().map_or_else(|| "—".to_owned(), |m| span(m.low.points(), m.high.points()))
}

fn span(low: Points, high: Points) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

/// 优秀, or all that is possible.
pub fn grade(grade: Option<&str>, possible: &[&str]) -> String {
    grade.map_or_else(|| format!("{}（未定）", possible.join("、")), str::to_owned)
}

fn head<'a>(rubric: &'a RubricRecord, record: &'a CaseRecord) -> Vec<Cell<'a>> {
    let mut cells = vec![Cell::Blank; 12];
    let possible: Vec<&str> = record.possible.iter().map(|g| &**g).collect();
    let total = rubric.total.map_or_else(|| Cell::Blank, |t| Cell::Number(t.shown()));
    let filled = [
        (0, Cell::text("合计")),
        (2, Cell::text(format!("{} {}", words::without_standing(&rubric.title), rubric.version))),
        (5, total),
        (6, Cell::text(marks(record))),
        (8, Cell::text(grade(record.grade.as_deref(), &possible))),
    ];
    for (at, cell) in filled {
        if let Some(slot) = cells.get_mut(at) {
            *slot = cell;
        }
    }
    cells
}

fn item<'a>(criterion: &'a CriterionRecord, result: &'a CriterionResult, record: &'a CaseRecord) -> Vec<Cell<'a>> {
    let value = |f: &crate::record::v1::FieldRecord| {
        let value = record.fields.get(f.id.as_str()).map_or("没有填报", |v| &**v);
        format!("{}：{value}", f.title)
    };
    let values: Vec<String> = criterion.fields.iter().map(value).collect();
    let mut from: Vec<String> = criterion.fields.iter().filter_map(|f| record.sources.get(f.id.as_str())).map(place).collect();
    let findings: Vec<&Finding> = record.findings.iter().filter(|f| *f.criterion == *criterion.id).collect();
    if from.is_empty() {
        from.extend(findings.iter().map(|f| places(f)).filter(|p| !p.is_empty()));
    }
    let said: Vec<&str> = findings.iter().map(|f| &*f.message.zh).collect();
    let todo: Vec<&str> = findings.iter().map(|f| &*f.fix.zh).take(1).collect();
    let (of, low, high) = (result.of.points(), result.low.points(), result.high.points());
    let off = criterion.points.is_some() && result.outcome != "not_applicable";
    let title = criterion
        .source
        .as_deref()
        .map_or_else(|| criterion.title.zh.to_string(), |source| format!("{}〔{}〕", criterion.title.zh, words::source(source)));
    vec![
        Cell::text(criterion.group.as_str()),
        Cell::text(criterion.id.as_str()),
        Cell::text(title),
        Cell::text(values.join("\n")),
        Cell::text(from.join("\n")),
        criterion.points.map_or(Cell::Blank, |p| Cell::Number(p.shown())),
        if off { Cell::text(span(low, high)) } else { Cell::text("—") },
        if off && low < of { Cell::text(span(of - high, of - low)) } else { Cell::Blank },
        Cell::text(words::outcome(&result.outcome)),
        Cell::text(said.join("\n")),
        Cell::text(&*criterion.basis.zh),
        Cell::text(todo.join("\n")),
    ]
}

/// A finding of no criterion: figures that differ, a red line.
fn other<'a>(rubric: &'a RubricRecord, finding: &'a Finding) -> Vec<Cell<'a>> {
    let line = rubric.red_lines.iter().find(|l| l.id == *finding.criterion);
    let title = line.map_or("数据核查", |l| &*l.title.zh);
    vec![
        Cell::text(if line.is_some() { "红线" } else { "数据核查" }),
        Cell::text(&*finding.criterion),
        Cell::text(title),
        Cell::Blank,
        Cell::text(places(finding)),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::text(if is_open(finding) { words::outcome(&finding.outcome) } else { "有问题" }),
        Cell::text(&*finding.message.zh),
        Cell::text(&*finding.basis.zh),
        Cell::text(&*finding.fix.zh),
    ]
}
