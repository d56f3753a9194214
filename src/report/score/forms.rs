//! 合议与申诉.xlsx: empty forms for joint decisions and objections. Must not hold a decision.

use rust_xlsxwriter::{DataValidation, Worksheet};

use super::draft::span;
use super::input;
use super::item::State;
use super::look::Look;
use crate::base::form;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::titled;
use crate::report::workbook::Context;
use crate::report::{width, words};

/// Name of the file.
pub const FILE: &str = "合议与申诉.xlsx";
/// Empty rows of a form.
const ROWS: u32 = 200;
/// The row of headings.
const HEAD: u32 = 2;

const COUNCIL: &str = "对意见不一致的指标、红线或者等次，集体合议后每项写一行：指标编号空着表示只定等次；扣分可写数、等级、成立、不成立、不适用；\
     合议人员写编号，用顿号隔开，不少于二人；须在评估专家名单内，不属于案件所在机构，不是本案承办人；写明合议日期、纪要或理由。";
const OBJECTIONS: &str = "每项异议写一行。期限自送达日起算；决定人不少于二人，不得是首次评分的专家，也不得来自该机构；\
     也不是本案承办人，写编号；“事后形成”的材料不能使得分提高。日期照实写，逾期的也不得改。未决定的，决定以后各列空着。";

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(context: &Context<'_>) -> Result<Vec<u8>> {
    let mut book = Book::new(context, "合议与申诉", "", 0)?;
    let look = Look::default();
    let mark = words::mark(&context.batch.title);
    let mut grades: Vec<&str> = Vec::new();
    for grade in context.rubrics.iter().flat_map(|r| &r.grades) {
        if !grades.contains(&grade.title.as_str()) {
            grades.push(&grade.title);
        }
    }
    let widths = [170, 150, 70, 70, 60, 220, 76, 120, 90, 220];
    let mut sheet = form(&mut book, &look, (form::COUNCIL, mark), COUNCIL, &form::COUNCIL_HEADS, &widths)?;
    takes(&mut sheet, &form::COUNCIL_HEADS, &grades)?;
    book.push(sheet);
    let widths = [170, 140, 66, 90, 76, 66, 200, 160, 96, 86, 86, 60, 70, 76, 110, 86, 180];
    let mut sheet = form(&mut book, &look, (form::OBJECTIONS, mark), OBJECTIONS, &form::OBJECTION_HEADS, &widths)?;
    takes(&mut sheet, &form::OBJECTION_HEADS, &grades)?;
    book.push(sheet);
    book.bytes()
}

fn form(book: &mut Book, look: &Look, (name, mark): (&str, &str), note: &str, heads: &[&str], widths: &[u32]) -> Result<Worksheet> {
    let mut sheet = book.free(name)?;
    for (col, pixels) in (0_u16..).zip(widths) {
        sheet.set_column_width_pixels(col, *pixels)?;
    }
    let (last, whole) = (u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX), widths.iter().sum());
    let title = format!("{mark}{name}");
    sheet.set_row_height_pixels(0, titled(&title, whole))?;
    span(&mut sheet, 0, 0, last, &title, &look.title)?;
    sheet.set_row_height_pixels(1, width::lines(note, whole) * 16 + 4)?;
    span(&mut sheet, 1, 0, last, note, &look.note)?;
    sheet.set_row_height_pixels(HEAD, 26)?;
    for (col, head) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(HEAD, col, *head, &look.head)?;
    }
    for row in HEAD + 1..=HEAD + ROWS {
        sheet.set_row_height_pixels(row, 26)?;
        for (col, head) in (0_u16..).zip(heads) {
            let short = is_short(head);
            let format = if is_day(head) {
                look.plain_day()
            } else if short {
                look.fill(State::May)
            } else {
                look.write(State::May)
            };
            sheet.write_blank(row, col, format)?;
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    // As many as fit on one sheet of paper; blank rows are printed no other way.
    sheet.set_print_area(0, 0, HEAD + 20, last)?;
    book.print_setup(&mut sheet, true);
    Ok(sheet)
}

fn is_day(head: &str) -> bool {
    head.ends_with('日') || head.ends_with("日期")
}

fn is_short(head: &str) -> bool {
    matches!(head, "扣分" | "变更后扣分" | "评定等次" | "变更后等次" | "决定")
}

/// Lists and days of a form.
fn takes(sheet: &mut Worksheet, heads: &[&str], grades: &[&str]) -> Result<()> {
    for (col, head) in (0_u16..).zip(heads) {
        let rule: Option<DataValidation> = match *head {
            "申诉人身份" => Some(input::one_of(&form::OBJECTORS, head, "从列表中选。")?),
            "材料性质" => Some(input::one_of(&form::EVIDENCE, head, "评估时已存在的才能使得分提高。")?),
            "决定" => Some(input::one_of(&form::DECISIONS, head, "从列表中选；还没有决定的空着。")?),
            "评定等次" | "变更后等次" => Some(input::one_of(grades, head, "从列表中选。")?),
            "扣分" | "变更后扣分" => Some(input::hint(head, "写扣几分，或者等级、成立、不成立、不适用。")?),
            "指标编号" => Some(input::hint(head, "评估标准中的编号，一行写一个；合议只定等次的空着，申诉必须写。")?),
            "合议人员" | "决定人" => Some(input::hint(head, "写编号，用顿号隔开，不少于二人。")?),
            head if is_day(head) => Some(input::day(head)?),
            _ => None,
        };
        if let Some(rule) = rule {
            sheet.add_data_validation(HEAD + 1, col, HEAD + ROWS, col, &rule)?;
        }
    }
    Ok(())
}
