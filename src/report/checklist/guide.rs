//! The sheet 填写说明: how to fill the form in, and which criteria ask for each document. Must not hold anything of a case.

use super::{Form, GUIDE};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, banner, height, put, titled, wrapped};
use crate::report::style::Kind;
use crate::report::{width, words};

const LINES: &[&str] = &[
    "一、这张表一案一行，对着纸质卷或扫描件逐份核对后填写。填好后放在登记表所在的文件夹，再运行自查或评查，程序就按这张表判断材料是否在卷。",
    "二、材料列填 有、无 或 不适用。有两份以上的填份数，例如 2 或 2份；也可以填它在卷内的页码，例如 3-5。没有核对过的留空，留空按“待核”，不扣分。",
    "三、灰色格已填“不适用”，是按登记表的案件类型、诉讼阶段等判断的；与实际不符的，直接改成 有 或 无，并核对登记表的相应栏。",
    "四、浅黄格是登记表没有写明、不能判断是否需要的材料：需要的填 有 或 无，不需要的填 不适用。",
    "五、几种材料有其一即可的（见下表“可由……代替”），在有的那一列填 有，其余填 无 或留空。",
    "六、“总页数”填全卷页数。“卷宗形式”填 扫描、纸质 或 混合：全部材料都有扫描件的才填 扫描，填了以后，没有扫描件的材料即认定为缺少。",
    "七、案号、诉讼阶段两列不要改动，程序靠它们认案件；可以增减列、调整列宽、排序、筛选。登记表里没有的案号不会变成案件，程序会列出来。",
];

/// Writes the sheet.
///
/// # Errors
/// When the sheet cannot be made.
pub fn write(book: &mut Book, form: &Form) -> Result<()> {
    let mut sheet = book.streamed(GUIDE)?;
    let style = book.style.clone();
    let columns = [("序号", 48), ("材料", 240), ("哪些指标要求", 560)];
    let whole: u32 = columns.iter().map(|(_, pixels)| pixels).sum();
    for (i, (_, pixels)) in (0_u16..).zip(&columns) {
        sheet.set_column_width_pixels(i, *pixels)?;
    }
    let title = format!("{}　{GUIDE}", form.title);
    banner(&mut sheet, 0, 2, &title, &style.title, titled(&title, whole))?;
    let mut row = 1;
    let last = format!("八、{}", words::NO_BACKDATING);
    for line in LINES.iter().copied().chain([last.as_str()]) {
        banner(&mut sheet, row, 2, line, &style.meta, wrapped(line, whole))?;
        row += 1;
    }
    row += 1;
    for (i, (title, _)) in (0_u16..).zip(&columns) {
        sheet.write_string_with_format(row, i, *title, &style.head)?;
    }
    for (n, paper) in (1_u64..).zip(&form.papers) {
        row += 1;
        let said = paper.said.join("\n");
        height(&mut sheet, row, width::lines(&said, columns[2].1).max(width::lines(&paper.title, columns[1].1)))?;
        put(&mut sheet, row, 0, &Cell::count(n), style.of(Kind::Number))?;
        put(&mut sheet, row, 1, &Cell::text(paper.title.as_str()), style.of(Kind::Text))?;
        put(&mut sheet, row, 2, &Cell::text(said), style.of(Kind::Text))?;
    }
    sheet.set_print_area(0, 0, row, 2)?;
    book.print_setup(&mut sheet, false);
    book.push(sheet);
    Ok(())
}
