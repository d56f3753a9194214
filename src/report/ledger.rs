//! 整改台账.xlsx: the rows, counts by office, conflicts, and hidden what the program wrote. Must not decide anything about a row.

mod conflicts;
mod counts;
mod said;

use rust_xlsxwriter::{DataValidation, Note, Worksheet};

pub use said::terminal;

use super::Result;
use super::book::{About, Book};
use super::cell::{Cell, Column};
use super::check::snapshot::pieces;
use super::sheet::{FIRST, Page, Plan};
use super::style::Kind;
use super::words;
use crate::ledger::{BASE_SHEET, SHEET, column as c, state::State};
use crate::record::ledger::{Ledger, LedgerColumn, LedgerRow, LedgerValue};

/// The workbook.
///
/// # Errors
/// When it cannot be put together.
pub fn workbook(ledger: &Ledger) -> Result<Vec<u8>> {
    edited(ledger, ledger)
}

/// A workbook that shows a ledger other than the one that the program wrote (`written`), as after edits of people.
///
/// # Errors
/// When it cannot be put together.
pub fn edited(ledger: &Ledger, written: &Ledger) -> Result<Vec<u8>> {
    let fictitious = words::is_fictitious(&ledger.title);
    let tool = ledger.tool.as_ref().map(|t| format!("{} {}", t.name, t.version)).unwrap_or_default();
    let mut book = Book::about(&About {
        title: title(ledger, "问题整改台账"),
        author: tool,
        day: ledger.as_of.clone(),
        made: made(ledger),
        fictitious,
        comment: ledger.standard.clone(),
    })?;
    rows(&mut book, ledger)?;
    counts::write(&mut book, ledger)?;
    if !ledger.conflicts.is_empty() {
        conflicts::write(&mut book, ledger)?;
    }
    base(&mut book, written)?;
    book.bytes()
}

/// A title with its batch.
fn title(ledger: &Ledger, sheet: &str) -> String {
    let mark = words::mark(&ledger.title);
    format!("{mark}{}　{sheet}", ledger.title)
}

fn made(ledger: &Ledger) -> String {
    let unit = ledger.made_by.as_deref().unwrap_or("______________");
    format!("制表单位：{unit}　　截止日：{}　　标准版本：{}", ledger.as_of, ledger.standard)
}

/// How a column looks.
fn look(column: &LedgerColumn) -> Column {
    let (pixels, kind) = match column.id.as_str() {
        c::NO => (42, Kind::Centre),
        c::OFFICE => (78, Kind::Centre),
        c::CASE_NO => (140, Kind::Centre),
        c::STAGE => (52, Kind::Centre),
        c::CRITERION => (110, Kind::Text),
        c::FOUND => (200, Kind::Text),
        c::BASIS => (120, Kind::Text),
        c::LOST => (42, Kind::Number),
        c::REMEDY => (58, Kind::Centre),
        c::ASKED => (180, Kind::Text),
        c::UNIT => (100, Kind::Text),
        c::PERSON => (64, Kind::Centre),
        c::ISSUED | c::DUE | c::CHECKED => (80, Kind::Date),
        c::STATE => (74, Kind::Centre),
        c::DONE => (140, Kind::Text),
        c::EVIDENCE => (110, Kind::Text),
        c::CHECKER => (60, Kind::Centre),
        c::OVERDUE => (46, Kind::Centre),
        c::PROGRAM => (170, Kind::Text),
        _ => (110, Kind::Text),
    };
    Column::new(column.title.clone(), pixels, kind)
}

fn cell(value: Option<&LedgerValue>) -> Cell<'_> {
    match value {
        None => Cell::Blank,
        Some(LedgerValue::Number(n)) => Cell::Number(*n),
        Some(LedgerValue::Words(words)) => Cell::text(words.as_str()),
        Some(LedgerValue::Day { day }) => Cell::Day(day),
    }
}

/// The last column that every printed page repeats: 问题, in the first order.
const ABOUT: u16 = 5;

fn rows(book: &mut Book, ledger: &Ledger) -> Result<()> {
    let n = ledger.rows.iter().filter(|r| !r.key.is_empty()).count();
    let note = format!(
        "{}共 {n} 个问题。责任人、下发日、完成时限、状态、整改措施、佐证材料、复核人、复核日期、备注由各单位填写，可以加列、排序；其余由程序填写。\
         改好后重新评查并再次生成台账，结果符合的转为待复核；填齐复核人、复核日期、佐证材料后方可写已销号。",
        words::NO_BACKDATING
    );
    let columns: Vec<Column> = ledger.columns.iter().map(look).collect();
    let plan = Plan { name: SHEET, title: title(ledger, "问题整改台账"), note, columns, keys: 3 };
    let mut page = Page::begin(book, plan)?;
    for row in &ledger.rows {
        let cells: Vec<Cell<'_>> = ledger.columns.iter().map(|column| cell(row.cells.get(&column.id))).collect();
        page.row(&cells)?;
    }
    let at = |id: &str| ledger.columns.iter().position(|x| x.id == id).and_then(|i| u16::try_from(i).ok());
    let (key, state) = (at(c::KEY), at(c::STATE));
    page.after(move |sheet, last| {
        if let Some(key) = key {
            sheet.set_column_hidden(key)?;
        }
        // On one page's width nobody could read it: two pages side by side, each with what the row is about.
        sheet.set_print_fit_to_pages(2, 0);
        sheet.set_repeat_columns(0, ABOUT)?;
        if let Some(state) = state {
            let words = State::ALL.map(State::word);
            let list = DataValidation::new().allow_list_strings(&words)?;
            sheet.add_data_validation(FIRST, state, last.max(FIRST), state, &list)?;
        }
        Ok(())
    });
    page.after(|sheet, _| notes(sheet, ledger));
    page.finish()
}

/// Notes of people on cells, as they were.
fn notes(sheet: &mut Worksheet, ledger: &Ledger) -> Result<()> {
    for (at, row) in (FIRST..).zip(&ledger.rows) {
        for (col, column) in (0_u16..).zip(&ledger.columns) {
            if let Some(note) = row.notes.get(&column.id) {
                sheet.insert_note(at, col, &Note::new(note).add_author_prefix(false))?;
            }
        }
    }
    Ok(())
}

/// The hidden sheet: the ledger as JSON, the whole first, then a row each.
fn base(book: &mut Book, ledger: &Ledger) -> Result<()> {
    let mut sheet = book.streamed(BASE_SHEET)?;
    sheet.set_hidden(true);
    let head = Ledger { rows: Vec::new(), said: Vec::new(), summary: Vec::new(), ..ledger.clone() };
    // Plain data always has a JSON form.
    let head = serde_json::to_string(&head).unwrap_or_default();
    let keyed = ledger.rows.iter().filter(|r| !r.key.is_empty());
    let lines =
        keyed.map(|r| serde_json::to_string(&LedgerRow { notes: std::collections::BTreeMap::new(), ..r.clone() }).unwrap_or_default());
    for (row, line) in (0_u32..).zip(std::iter::once(head).chain(lines)) {
        for (col, piece) in (0_u16..).zip(pieces(&line)) {
            sheet.write_string(row, col, piece)?;
        }
    }
    book.push(sheet);
    Ok(())
}
