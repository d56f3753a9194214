//! 目录: which cases a workbook holds, how to fill them in, and how far each is. Must not hold marks of its own.

use rust_xlsxwriter::{ConditionalFormatFormula, Formula, Url};

use super::Pack;
use super::draft::span;
use super::input::lock;
use super::item::State;
use super::look::Look;
use crate::base::form::{self, Facts, Layout};
use crate::record::plan::Part;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::titled;
use crate::report::{limits, width};

/// Where the page of a case stands.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Link to it.
    pub link: String,
    /// Cell of its state, with its sheet.
    pub state: String,
    /// Cell of its grade.
    pub grade: String,
}

const COLUMNS: [(&str, u32); 8] =
    [("页", 50), ("案号", 190), ("机构", 170), ("诉讼阶段", 70), ("案件类型", 76), ("评什么", 60), ("状态", 56), ("评定等次", 68)];

/// Writes the sheet.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, look: &Look, pack: &Pack<'_>, spots: &[Spot]) -> Result<()> {
    let mut sheet = super::blank_sheet(book, form::INDEX)?;
    let whole: u32 = COLUMNS.iter().map(|c| c.1).sum();
    for (col, (_, pixels)) in (0_u16..).zip(&COLUMNS) {
        sheet.set_column_width_pixels(col, *pixels)?;
    }
    let title = format!("{}法律援助案件质量评分表目录", pack.mark());
    sheet.set_row_height_pixels(0, titled(&title, whole))?;
    span(&mut sheet, 0, 0, 7, &title, &look.title)?;
    let mut row = 1;
    let mut lines = vec![book.made().trim_start_matches("制表单位：　　").to_owned()];
    lines.extend(notes(pack));
    for line in &lines {
        sheet.set_row_height_pixels(row, width::lines(line, whole) * 16 + 4)?;
        span(&mut sheet, row, 0, 7, line, &look.note)?;
        row += 1;
    }
    let (head, data) = (row + 1, row + 2);
    let end = data + u32::try_from(spots.len()).unwrap_or(0).saturating_sub(1);
    sheet.set_row_height_pixels(row, 26)?;
    span(&mut sheet, row, 0, 1, &format!("评估专家编号：{}", pack.code), &look.head)?;
    span(&mut sheet, row, 2, 7, "", &look.total)?;
    let progress = format!(
        "=\"共 \"&ROWS(G{a}:G{b})&\" 件：已评 \"&COUNTIF(G{a}:G{b},\"已评\")&\"，部分 \"&COUNTIF(G{a}:G{b},\"部分\")&\"，未评 \"&COUNTIF(G{a}:G{b},\"未评\")",
        a = data + 1,
        b = end + 1
    );
    let n = spots.len();
    let done = pack.sheets.iter().filter(|s| !s.filled.is_empty()).count();
    let progress = Formula::new(progress).set_result(format!("共 {n} 件：已评 {done}，部分 0，未评 {}", n - done));
    sheet.write_formula_with_format(row, 2, progress, &look.total)?;
    sheet.set_row_height_pixels(head, 24)?;
    for (col, (title, _)) in (0_u16..).zip(&COLUMNS) {
        sheet.write_string_with_format(head, col, *title, &look.head)?;
    }
    for ((row, page), spot) in (data..).zip(&pack.sheets).zip(spots) {
        let lines = width::lines(&page.key.case_no, 190).max(width::lines(page.office, 170));
        sheet.set_row_height_pixels(row, lines * 16 + 8)?;
        sheet.write_url_with_format(row, 0, Url::new(spot.link.as_str()).set_text(&page.name), &look.link)?;
        let part = match page.part {
            Part::Whole => "全部",
            Part::Regularity => "规范性",
            Part::Substance => "业务性",
        };
        let words = [&*page.key.case_no, page.office, page.stage(), page.field("case_type"), part];
        for (col, word) in (1_u16..).zip(words) {
            let format = if col < 3 { look.words(State::May) } else { look.short(State::May) };
            sheet.write_string_with_format(row, col, limits::fit(word), format)?;
        }
        let state = Formula::new(format!("={}", spot.state)).set_result(page.filled.state());
        sheet.write_formula_with_format(row, 6, state, &look.centre)?;
        let grade = Formula::new(format!("=IF({0}=\"\",\"\",{0})", spot.grade)).set_result(page.filled.grade());
        sheet.write_formula_with_format(row, 7, grade, &look.centre)?;
    }
    for (word, format) in [("已评", &look.done), ("部分", &look.lacking)] {
        let rule = ConditionalFormatFormula::new().set_rule(format!("=$G{}=\"{word}\"", data + 1).as_str()).set_format(format);
        sheet.add_conditional_format(data, 6, end, 6, &rule)?;
    }
    sheet.set_freeze_panes(data, 0)?;
    sheet.set_repeat_rows(head, head)?;
    sheet.set_print_area(0, 0, end, 7)?;
    book.print_setup(&mut sheet, false);
    lock(&mut sheet);
    sheet.set_active(true);
    book.push(sheet);
    Ok(())
}

/// How to fill it in.
fn notes(pack: &Pack<'_>) -> Vec<String> {
    let mut notes = vec![match pack.input.layout {
        Layout::Pages => "一、每件一页，点“页”打开，点页上的标题回到目录。只有黄色和白色的空格可以填；黄色的必填。".to_owned(),
        Layout::Grid => "一、在“评分总表”逐项评分，在“评定”逐件评定。只有黄色和白色的空格可以填；黄色的必填。".to_owned(),
    }];
    if pack.sheets.iter().any(|s| !s.by_levels()) {
        notes.push(
            "二、扣分：0 表示不扣分，空着表示还没有评；不适用的填“不适用”。白色的项目机检已有结论，空着就以机检为准，要改的才填。"
                .to_owned(),
        );
    } else {
        notes.push(
            "二、等级从列表中选，空着表示还没有评；不适用的选“不适用”。白色的项目机检已有结论，空着就以机检为准，要改的才填。".to_owned(),
        );
    }
    notes.push(
        "三、扣分、填“不适用”、改变机检结论、决定红线，都必须写理由；没有写的，理由格显示红色。页码写卷内页码，例如 3-5。".to_owned(),
    );
    notes.push("四、必填的都填了，又填了评定等次、编号、日期，才是“已评”。灰色的项目对本案不适用，不用填。".to_owned());
    notes.push(if pack.calibration {
        "五、这是校准练习：各位专家评同样的案件，比一比宽严，成绩不计入评查结果。".to_owned()
    } else {
        "五、不要改工作表的名称，不要增删行、列，填好后按原文件名交回。交回以前不与他人交换对案件的意见。".to_owned()
    });
    let rules = pack.input.plan.rules.allocation.as_ref();
    let own = rules.and_then(|r| r.reviewers.iter().find(|r| &*r.code == pack.code)).and_then(|r| r.due.as_deref());
    if let Some(due) = own.or_else(|| rules.and_then(|r| r.due.as_deref())).filter(|_| !pack.calibration) {
        notes.push(format!("交卷期限：{due}。"));
    }
    match pack.input.facts {
        Facts::After => notes.push("六、机检情况在该项评分以后才显示。".to_owned()),
        Facts::Shown if pack.input.layout == Layout::Pages => {
            notes.push(format!("六、机检情况写不下的以“…”结尾，全文和出处在“{}”。", super::detail::NAME));
        }
        _ => {}
    }
    notes
}
