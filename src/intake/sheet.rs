//! Workbooks (xlsx, xlsm), cell by cell. Must not build a grid: a cell at the far corner costs nothing here.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, Xlsx};

use super::layout::{LAST_COL, Layout, Spread};
use super::preflight::Refusal;
use super::row::{Kind, Row};
use crate::base::date::{When, day};
use crate::say;

/// An open workbook.
pub struct Workbook {
    book: Xlsx<Cursor<Vec<u8>>>,
    from_1904: bool,
    /// Work sheets in order, hidden ones too.
    pub sheets: Vec<String>,
    layouts: BTreeMap<String, Layout>,
}

impl Workbook {
    /// Opens bytes that passed the pre-flight, which found the layouts of the sheets.
    ///
    /// # Errors
    /// The structure is damaged.
    pub fn open(bytes: Vec<u8>, layouts: BTreeMap<String, Layout>) -> Result<Self, Refusal> {
        let book: Xlsx<_> =
            Xlsx::new(Cursor::new(bytes)).map_err(|e| ("P002", say!("文件不完整或已损坏（多半没有传完）", "cannot be opened: {e}")))?;
        let sheets = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).map(|s| s.name.clone()).collect();
        let from_1904 = book.has_1904_epoch();
        Ok(Self { book, from_1904, sheets, layouts })
    }

    /// The layout of a sheet.
    pub fn layout(&self, sheet: &str) -> Option<&Layout> {
        self.layouts.get(sheet)
    }

    /// Hands every row that has a cell to `sink`, until it breaks off. `cells` is what may still be read of this file, of `most`.
    ///
    /// # Errors
    /// Damaged in the middle, or too many cells; rows before that were handed over.
    pub fn stream(
        &mut self,
        sheet: &str,
        cells: &Cell<u64>,
        most: u64,
        sink: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), Refusal> {
        let broken = |e: &dyn std::fmt::Display, row: u32| {
            ("P002", say!("第 {} 行之后读不下去，文件不完整或已损坏", "cannot be read after row {}: {e}", row + 1))
        };
        let merges = self.layouts.get(sheet).map(|l| l.merges.clone()).unwrap_or_default();
        let mut reader = self.book.worksheet_cells_reader(sheet).map_err(|e| broken(&e, 0))?;
        let mut spread = Spread::new(self.from_1904, merges, cells, most);
        while let Some(cell) = reader.next_cell().map_err(|e| broken(&e, spread.row.number))? {
            let (number, col) = cell.get_position();
            if number != spread.row.number {
                if spread.end(sink)?.is_break() {
                    return Ok(());
                }
                spread.row.start(number);
            }
            if let Some(col) = u16::try_from(col).ok().filter(|c| *c <= LAST_COL) {
                fill(&mut spread.row, col, cell.get_value());
            }
        }
        // The last row: whether the reader wants more no longer matters.
        spread.end(sink).map(|_| ())
    }
}

fn fill(row: &mut Row, col: u16, value: &DataRef<'_>) {
    match value {
        DataRef::Empty => {}
        DataRef::String(text) => row.push(col, Kind::Text, text),
        DataRef::SharedString(text) => row.push(col, Kind::Text, text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => row.push(col, Kind::Text, text),
        DataRef::Bool(yes) => row.push(col, Kind::Text, if *yes { "TRUE" } else { "FALSE" }),
        #[expect(clippy::cast_precision_loss, reason = "the reader gives integers only where a cell says so; shown as written below 2^53")]
        DataRef::Int(n) => row.push_number(col, *n as f64),
        DataRef::Float(n) => row.push_number(col, *n),
        DataRef::DateTime(when) if when.is_duration() => row.push_number(col, when.as_f64()),
        DataRef::DateTime(when) => {
            let (y, mo, d, h, mi, s, _) = when.to_ymd_hms_milli();
            row.push_date(col, (y, mo, d), (h, mi, s));
        }
        DataRef::Error(error) => row.push(col, Kind::Error, &Data::Error(error.clone()).to_string()),
    }
}

/// A day number without a date format, in a column of dates: 1954 to 2099 or so, anything else is not taken for a day.
pub fn serial(number: f64, from_1904: bool) -> Option<When> {
    if !(20_000.0..73_000.0).contains(&number) {
        return None;
    }
    let (y, m, d, ..) = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, from_1904).to_ymd_hms_milli();
    let date = day(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
    Some(When { date, time: None })
}
