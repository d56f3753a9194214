//! 机检明细: in full what the machine found of each item, and where. Must not stand in a workbook that hides it on the pages.

use super::Pack;
use super::draft::{lines, span};
use super::item::State;
use super::look::Look;
use crate::base::form::{self, Layout};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::titled;
use crate::report::limits;

/// Name of the sheet.
pub const NAME: &str = "机检明细";

const COLUMNS: [(&str, u32); 6] = [("页", 46), ("案号", 150), ("编号", 50), ("评估指标", 150), ("机检情况", 330), ("出处", 270)];

/// Writes the sheet: items of which the machine has more to say than that all is well.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, look: &Look, pack: &Pack<'_>) -> Result<()> {
    let mut sheet = book.free(NAME)?;
    for (col, (_, pixels)) in (0_u16..).zip(&COLUMNS) {
        sheet.set_column_width_pixels(col, *pixels)?;
    }
    let title = format!("{}{NAME}", pack.mark());
    sheet.set_row_height_pixels(0, titled(&title, COLUMNS.iter().map(|c| c.1).sum()))?;
    span(&mut sheet, 0, 0, 5, &title, &look.title)?;
    sheet.set_row_height_pixels(1, 24)?;
    for (col, (head, _)) in (0_u16..).zip(&COLUMNS) {
        sheet.write_string_with_format(1, col, *head, &look.head)?;
    }
    let (mut row, mut links) = (2_u32, 0);
    for page in &pack.sheets {
        for item in page.items.iter().filter(|i| i.state != State::Off && !i.places.is_empty()) {
            if row >= limits::ROWS - limits::TAIL {
                break;
            }
            let words = [&page.name, &*page.key.case_no, item.id, item.title, &item.fact, &item.places];
            let high = words.iter().zip(&COLUMNS).map(|(w, c)| lines(w, c.1)).max().unwrap_or(1);
            sheet.set_row_height_pixels(row, (high * 15 + 7).min(545))?;
            for (col, word) in (0_u16..).zip(words) {
                if col == 0 && pack.input.layout == Layout::Pages && links < limits::LINKS {
                    links += 1;
                    let url = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", page.name)).set_text(&page.name);
                    sheet.write_url_with_format(row, col, url, &look.link)?;
                } else {
                    span(&mut sheet, row, col, col, word, look.words(State::May))?;
                }
            }
            row += 1;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet.set_repeat_rows(1, 1)?;
    if row > 2 {
        sheet.autofilter(1, 0, row - 1, 5)?;
    }
    book.print_setup(&mut sheet, true);
    super::input::lock(&mut sheet);
    let back = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", form::INDEX)).set_text(&title);
    sheet.write_url_with_format(0, 0, back, &look.title)?;
    book.push(sheet);
    Ok(())
}
