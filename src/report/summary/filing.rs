//! 归档情况统计表 of all offices, with totals. Must not count anew: the figures are the results'.

use rust_xlsxwriter::utility::column_number_to_name;

use super::Input;
use crate::record::v1::Filing;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::Cell;
use crate::report::figures::ratio;
use crate::report::pages::filing;
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::words::sheets;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let plan = Plan {
        name: sheets::FILING,
        title: input.title("法律援助案件归档情况统计表"),
        note: filing::NOTE.to_owned(),
        columns: filing::columns(),
        keys: 1,
    };
    let mut page = Page::begin(book, plan)?;
    for office in &input.results.offices {
        let row = page.next();
        page.row(&filing::row(office, row))?;
    }
    let offices = &input.results.offices;
    if offices.len() > 1 {
        let last = page.next();
        let sum = |col: u16, f: fn(&Filing) -> u64| {
            let letters = column_number_to_name(col);
            let value: u64 = offices.iter().map(|o| f(&o.filing)).sum();
            (Cell::Live(format!("=SUM({letters}{}:{letters}{last})", FIRST + 1), value as f64), value)
        };
        let counts: [fn(&Filing) -> u64; 7] =
            [|f| f.closed, |f| f.due, |f| f.filed, |f| f.in_time, |f| f.late, |f| f.not_due, |f| f.unfiled];
        let mut cells = vec![Cell::text("合计")];
        let mut values = Vec::new();
        for (col, f) in (1..).zip(counts) {
            let (cell, value) = sum(col, f);
            cells.push(cell);
            values.push(value);
        }
        let of = |i: usize| values.get(i).copied().unwrap_or(0);
        let row = last + 1;
        cells.push(ratio(format!("=IF(C{row}=0,\"—\",D{row}/C{row})"), of(2), of(1)));
        cells.push(ratio(format!("=IF(C{row}=0,\"—\",E{row}/C{row})"), of(3), of(1)));
        let rest: [fn(&Filing) -> u64; 4] = [|f| f.lacking, |f| f.contents, |f| f.pages, |f| f.unclear];
        cells.extend((10..).zip(rest).map(|(col, f)| sum(col, f).0));
        page.group(&cells)?;
    }
    for group in &input.results.groups {
        let row = page.next();
        let mut cells = filing::row(group, row);
        if let Some(first) = cells.first_mut() {
            *first = Cell::text(format!("{}（汇总）", group.name));
        }
        page.group(&cells)?;
    }
    page.finish()
}
