//! 总表: rates and grades, one row an office, then the total, then the groups. Must not rank: ranking is a command of its own.

use rust_xlsxwriter::{ConditionalFormatDataBar, utility::column_number_to_name};

use super::Input;
use crate::record::v1::Office;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{part, ratio};
use crate::report::file_name;
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::style::Kind;
use crate::report::words::SUMMARY;

/// Where the charts find their numbers, zero-based.
pub struct Columns {
    /// The first grade.
    pub grades: u16,
    /// The headline rate: surely, and possibly.
    pub rate: [u16; 2],
    /// First and last row of the offices.
    pub rows: [u32; 2],
}

/// Columns before the grades.
const BEFORE: usize = 8;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<Columns> {
    let heads = ["登记行", "范围内", "范围外", "并入\n同案", "选取\n评查", "等次\n已定", "等次\n未定"];
    let mut columns = vec![Column::new("机构", 150, Kind::Text)];
    columns.extend(heads.map(|t| Column::new(t, 48, Kind::Number)));
    columns.extend(input.grades.iter().map(|g| Column::new(*g, 48, Kind::Number)));
    for rate in &input.rates {
        columns.push(Column::new(format!("{rate}\n件数"), 54, Kind::Number));
        columns.push(Column::new(format!("{rate}\n（确定）"), 62, Kind::Percent));
        columns.push(Column::new(format!("{rate}\n（最高）"), 62, Kind::Percent));
    }
    columns.push(Column::new("平均分\n（确定）", 60, Kind::Number));
    columns.push(Column::new("平均分\n（最高）", 60, Kind::Number));
    let standing =
        if input.results.panel.is_some() { "没有评定的为拟定等次，见“评估专家”" } else { "等次均为拟定等次" };
    let note = format!(
        "每行一个机构，点名称打开同一文件夹中该机构的工作簿；末尾灰底为合计和市、省汇总（由案件合并计算，不是各机构比率的平均）。“确定”与“最高”不同的，尚有案件等次未定；\
                {standing}。登记行＝范围内＋范围外＋并入同案。"
    );
    let title = input.title(&format!("{}　总表", input.context.batch.title.replace("（虚构示例）", "")));
    let mut page = Page::begin(book, Plan { name: SUMMARY[0], title, note, columns, keys: 1 })?;
    let n = u32::try_from(input.results.offices.len()).unwrap_or(u32::MAX);
    let rows = [FIRST, FIRST + n.saturating_sub(1)];
    let first = u16::try_from(BEFORE + input.grades.len() + 3 * input.headline()).unwrap_or(u16::MAX);
    page.after(move |sheet, _| {
        if n > 0 {
            let bar = ConditionalFormatDataBar::new().set_fill_color(0x00A9_D08E).set_solid_fill(true).clone();
            let bar = bar
                .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0)
                .set_maximum(rust_xlsxwriter::ConditionalFormatType::Number, 1);
            sheet.add_conditional_format(rows[0], first + 1, rows[1], first + 1, &bar)?;
        }
        Ok(())
    });
    for office in &input.results.offices {
        let row = page.next();
        let mut cells = cells(input, office, row, &office.name);
        let file = file_name::workbook(&office.name);
        // Spelled-out characters in a file name would be read as an escape of the link.
        if let (Some(name), false) = (cells.first_mut(), file.contains(['%', '#'])) {
            *name = Cell::Link(office.name.as_str().into(), format!("file:///{file}"));
        }
        page.row(&cells)?;
    }
    if n > 1 {
        let row = page.next();
        page.group(&total(input, rows, row))?;
    }
    for group in &input.results.groups {
        let row = page.next();
        page.group(&cells(input, group, row, &format!("{}（汇总）", group.name)))?;
    }
    page.finish()?;
    Ok(Columns { grades: u16::try_from(BEFORE).unwrap_or(u16::MAX), rate: [first + 1, first + 2], rows })
}

fn counts(office: &Office) -> [u64; 7] {
    [office.rows, office.in_scope, office.out_of_scope.values().sum(), office.joined, office.selected, office.decided, office.undecided]
}

fn grade(office: &Office, title: &str) -> u64 {
    office.grades.0.iter().find(|(g, _)| g == title).map_or(0, |(_, n)| *n)
}

fn letters(col: usize) -> String {
    column_number_to_name(u16::try_from(col).unwrap_or(u16::MAX))
}

/// The column of 选取评查, the number of cases that every rate is of.
const SELECTED: usize = 5;

fn cells<'a>(input: &Input<'_>, office: &'a Office, row: u32, name: &str) -> Vec<Cell<'a>> {
    let mut cells = vec![Cell::text(name.to_owned())];
    cells.extend(counts(office).map(Cell::count));
    cells.extend(input.grades.iter().map(|g| Cell::count(grade(office, g))));
    for name in &input.rates {
        match office.rates.iter().find(|r| r.name == *name) {
            Some(rate) => {
                let (k, n) = (letters(cells.len()), letters(SELECTED));
                cells.push(Cell::count(rate.k_low));
                let live = rate.n == office.selected;
                let formula = format!("=IF({n}{0}=0,\"—\",{k}{0}/{n}{0})", row + 1);
                cells.push(if live { ratio(formula, rate.k_low, rate.n) } else { part(rate.k_low, rate.n) });
                cells.push(part(rate.k_high, rate.n));
            }
            None => cells.extend([Cell::Blank, Cell::Blank, Cell::Blank]),
        }
    }
    match &office.mean {
        Some(mean) => cells.extend(mean.map(|m| Cell::Number(m.shown()))),
        None => cells.extend([Cell::Blank, Cell::Blank]),
    }
    cells
}

/// Sums of the offices above, as formulas.
fn total<'a>(input: &Input<'_>, rows: [u32; 2], row: u32) -> Vec<Cell<'a>> {
    let offices = &input.results.offices;
    let mut cells = vec![Cell::text("合计")];
    let sum = |col: usize, value: u64| Cell::Live(format!("=SUM({0}{1}:{0}{2})", letters(col), rows[0] + 1, rows[1] + 1), value as f64);
    for i in 0..7 {
        cells.push(sum(cells.len(), offices.iter().filter_map(|o| counts(o).get(i).copied()).sum()));
    }
    for g in &input.grades {
        cells.push(sum(cells.len(), offices.iter().map(|o| grade(o, g)).sum()));
    }
    for name in &input.rates {
        let of = |f: fn(&crate::record::v1::Rate) -> u64| -> u64 {
            offices.iter().flat_map(|o| &o.rates).filter(|r| r.name == *name).map(f).sum()
        };
        let (low, high, n) = (of(|r| r.k_low), of(|r| r.k_high), of(|r| r.n));
        let col = cells.len();
        cells.push(sum(col, low));
        let formula = format!("=IF({n}{0}=0,\"—\",{k}{0}/{n}{0})", row + 1, n = letters(SELECTED), k = letters(col));
        cells.push(ratio(formula, low, n));
        cells.push(part(high, n));
    }
    // A mean of means would mislead; the pooled one stands in the groups.
    cells.extend([Cell::Blank, Cell::Blank]);
    cells
}
