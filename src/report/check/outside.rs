//! 没有评的案件: what the registers hold and nobody grades, and why. Must not leave out a row: rows = in scope + out of scope.

use super::Checked;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::place;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::terminal;
use crate::report::words::check;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("案号", 190, Kind::Centre),
        Column::new("原因", 90, Kind::Centre),
        Column::new("情况", 360, Kind::Text),
        Column::new("出处", 250, Kind::Text),
    ];
    let rows = terminal::rows(&checked.check.results.offices);
    let note = format!("{}。下面是范围外的案件，不评分；日期不明的，补登或改正日期后再查。", rows.zh);
    let plan = Plan { name: check::OUTSIDE, title: checked.input.title(check::OUTSIDE), note, columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    for (number, case) in (1_u64..).zip(&checked.check.not_graded) {
        let office = if *case.office == *checked.input.office.name { String::new() } else { format!("{}　", case.office) };
        let places: Vec<String> = case.places.iter().map(place).collect();
        page.row(&[
            Cell::count(number),
            Cell::text(format!("{office}{}", case.case_no)),
            Cell::text(case.reason.as_str()),
            Cell::text(&*case.message.zh),
            Cell::text(places.join("\n")),
        ])?;
    }
    page.finish()
}
