//! 案件评分: one row a selected case. Must not count what the results count.

use super::Input;
use crate::record::v1::CaseRecord;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{OPEN, field, grade_text, is_open, is_selected, main_losses, points};
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::style::{self, Kind};
use crate::report::words::{self, sheets};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, utility::column_number_to_name};

/// Columns before the groups.
const BEFORE: usize = 7;

/// Columns of groups, or of indicators where no rubric has points.
fn middle(input: &Input<'_>) -> usize {
    if input.frame.is_levels() { input.frame.indicators().len() } else { input.frame.groups.len() }
}

/// The column of the grade, zero-based.
fn grade_column(input: &Input<'_>) -> u16 {
    u16::try_from(BEFORE + middle(input) + if input.frame.is_levels() { 0 } else { 2 }).unwrap_or(u16::MAX)
}

/// Letters of the columns that the 总览 counts: marks low, marks high, grade; without points there are no marks.
pub fn columns(input: &Input<'_>) -> (Option<[String; 2]>, String) {
    let grade = grade_column(input);
    let marks = (!input.frame.is_levels()).then(|| [grade - 2, grade - 1].map(column_number_to_name));
    (marks, column_number_to_name(grade))
}

/// The cells of one column of the table, as a formula names them; nothing when the table needs a second sheet.
pub fn range(input: &Input<'_>, letters: &str) -> Option<String> {
    let n = u32::try_from(input.cases.iter().filter(|c| is_selected(c)).count()).ok()?;
    (1..=input.limits.rows).contains(&n).then(|| format!("{}!${letters}${}:${letters}${}", sheets::CASES, FIRST + 1, FIRST + n))
}

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let frame = &input.frame;
    let mut columns = vec![
        Column::new("序号", 40, Kind::Number),
        Column::new("案号", 160, Kind::Centre),
        Column::new("类型", 62, Kind::Centre),
        Column::new("阶段", 62, Kind::Centre),
        Column::new("承办人", 74, Kind::Centre),
        Column::new("承办机构", 120, Kind::Text),
        Column::new("结案日", 82, Kind::Date),
    ];
    let levels = frame.is_levels();
    if levels {
        columns.extend(frame.indicators().iter().map(|(id, title)| Column::new(format!("{id}\n{title}"), 76, Kind::Centre)));
    } else {
        for (title, points) in &frame.groups {
            let title = points.filter(|p| !p.is_zero()).map_or_else(|| (*title).to_owned(), |p| format!("{title}\n（{p}分）"));
            columns.push(Column::new(title, 64, Kind::Centre));
        }
        columns.push(Column::new("得分\n（确定）", 60, Kind::Number));
        columns.push(Column::new("得分\n（最高）", 60, Kind::Number));
    }
    let reviewed = is_reviewed(input);
    columns.push(Column::new(if reviewed { "等次" } else { "拟定等次" }, 142, Kind::Centre));
    if reviewed {
        columns.push(Column::new("等次状态", 152, Kind::Centre));
    }
    columns.push(Column::new(if levels { "主要问题" } else { "主要扣分" }, 230, Kind::Text));
    let how = if levels {
        "每行一件选取的案件，各指标栏为该项等级；"
    } else {
        "每行一件选取的案件。“得分（确定）”是现有证据下一定能得到的分，“得分（最高）”是待核、待评事项全部符合时的分，两者相同即已定；各组得分之和÷适用分值之和×满分＝得分，不适用的指标不计分值；"
    };
    let standing = if reviewed {
        "等次状态为“评定”的，已由所列人员在所列日期确认；其余为拟定等次，过程见“评议情况”。"
    } else {
        "等次为拟定等次，经有权人员确认后才是评定等次。"
    };
    let note = format!("{how}等次栏注“（未定）”的，是现在可能的等次，须先看“待核实”。{standing}点案号可到该案的扣分明细，点标题回总览。");
    let plan = Plan { name: sheets::CASES, title: input.title("案件评分表"), note, columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    colour(&mut page, input);
    let mut detail = 0_u32;
    let mut number = 0_u64;
    for case in input.cases {
        let findings = u32::try_from(case.findings.iter().filter(|f| !is_open(f)).count()).unwrap_or(u32::MAX);
        if is_selected(case) {
            number += 1;
            page.row(&cells(input, case, number, (findings > 0).then_some(detail)))?;
        }
        detail = detail.saturating_add(findings);
    }
    page.finish()
}

fn cells<'a>(input: &'a Input<'_>, case: &'a CaseRecord, number: u64, detail: Option<u32>) -> Vec<Cell<'a>> {
    let frame = &input.frame;
    let case_no = match detail {
        Some(row) => Cell::Link(case.case_no.as_str().into(), input.limits.link(sheets::DEDUCTIONS, row, "A")),
        None => Cell::text(case.case_no.as_str()),
    };
    let stage = case.stage.as_deref().unwrap_or_else(|| field(case, "stage"));
    let mut cells = vec![
        Cell::count(number),
        case_no,
        Cell::text(field(case, "case_type")),
        Cell::text(stage),
        Cell::text(field(case, "lawyer")),
        Cell::text(field(case, "firm")),
        Cell::Day(field(case, "closed_on")),
    ];
    if frame.is_levels() {
        cells.extend(frame.indicators().iter().map(|(id, _)| Cell::text(level(case, id))));
    } else {
        if case.scheme.as_deref() == Some("levels") {
            cells.extend(frame.levels_of(case).into_iter().map(Cell::text));
        } else {
            cells.extend(frame.groups_of(case).into_iter().map(|sum| sum.map_or(Cell::text("—"), points)));
        }
        match &case.marks {
            Some(marks) => cells.extend([Cell::Number(marks.low.shown()), Cell::Number(marks.high.shown())]),
            None => cells.extend([Cell::Blank, Cell::Blank]),
        }
    }
    cells.push(Cell::text(grade_text(frame, case)));
    if is_reviewed(input) {
        cells.push(Cell::text(standing(case)));
    }
    cells.push(Cell::text(main_losses(frame, case)));
    cells
}

/// Whether any case went through a round of review.
fn is_reviewed(input: &Input<'_>) -> bool {
    input.cases.iter().any(|c| c.panel.is_some())
}

/// Whether a grade is confirmed, by whom and when; with the grade, where the marks by now come to another.
pub fn standing(case: &CaseRecord) -> String {
    let Some(confirmed) = case.panel.as_ref().and_then(|p| p.confirmed.as_ref()) else { return "拟定".to_owned() };
    let grade = if case.grade.as_ref() == Some(&confirmed.grade) { String::new() } else { format!("“{}”", confirmed.grade) };
    format!("评定{grade}（{} {}）", confirmed.by.join("、"), confirmed.on)
}

/// The level of an indicator, or why there is none yet.
fn level<'a>(case: &'a CaseRecord, id: &str) -> &'a str {
    match case.criteria.iter().find(|c| &*c.id == id) {
        Some(result) => result.level.as_deref().unwrap_or_else(|| words::outcome(&result.outcome)),
        None => "—",
    }
}

/// A colour for each grade, and grey for what is open.
fn colour(page: &mut Page<'_>, input: &Input<'_>) {
    let (col, (_, letters)) = (grade_column(input), columns(input));
    let grades: Vec<String> = input.frame.grades.iter().map(|g| (*g).to_owned()).collect();
    page.after(move |sheet, last| {
        let mut rule = |formula: String, format: Format| {
            let rule = ConditionalFormatFormula::new().set_rule(formula.as_str()).set_format(format);
            sheet.add_conditional_format(FIRST, col, last, col, &rule).map(|_| ())
        };
        let cell = format!("${letters}{}", FIRST + 1);
        for (rank, grade) in grades.iter().enumerate() {
            let (back, ink) = style::grade_colours(rank, grades.len());
            let format = Format::new().set_background_color(back).set_font_color(ink);
            rule(format!("={cell}=\"{}\"", grade.replace('"', "\"\"")), format)?;
        }
        let open = Format::new().set_background_color(style::OPEN).set_font_color(0x0040_4040);
        rule(format!("=ISNUMBER(FIND(\"{OPEN}\",{cell}))"), open)?;
        Ok(())
    });
}
