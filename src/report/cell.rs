//! What a cell holds and how it is put on a sheet. Everything that goes into a cell goes through here, so Excel's limits hold and
//! no text is ever taken for a formula. Must not know what is written.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};

use super::Result;
use super::limits;
use super::style::Kind;
use super::width;
use crate::base::date;
use crate::record::number::Number;

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Pixels.
    pub pixels: u32,
    /// How its cells look.
    pub kind: Kind,
}

impl Column {
    /// A column.
    pub fn new(title: impl Into<String>, pixels: u32, kind: Kind) -> Self {
        Self { title: title.into(), pixels, kind }
    }
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// Nothing, with its border.
    Blank,
    /// Words; never a formula, whatever they begin with.
    Text(std::borrow::Cow<'a, str>),
    /// A number or a share.
    Number(f64),
    /// A day, `2024-03-05`; written as words when it is none.
    Day(&'a str),
    /// A formula with the value that the results hold.
    Live(String, f64),
    /// Words that lead to a row of another sheet.
    Link(std::borrow::Cow<'a, str>, String),
}

impl<'a> Cell<'a> {
    /// Words.
    pub fn text(words: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self::Text(words.into())
    }

    /// A count.
    pub fn count(n: u64) -> Self {
        Self::Number(n as f64)
    }

    /// A number that may be missing: a dash then.
    pub fn number(number: Option<Number>) -> Self {
        number.map_or(Self::text("—"), |n| Self::Number(n.shown()))
    }

    /// The words it shows; none for numbers.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Link(words, _) => words,
            _ => "",
        }
    }
}

/// Pixels of a title over the whole width; its 16 points take more room than the 10 that lines are counted in.
pub fn titled(text: &str, whole: u32) -> u32 {
    width::lines(text, whole * 10 / 17) * 28 + 8
}

/// Pixels of a wrapped line over the whole width.
pub fn wrapped(text: &str, whole: u32) -> u32 {
    width::lines(text, whole) * 18 + 4
}

/// Words over the whole width of a table.
///
/// # Errors
/// When the sheet does not take it.
pub fn banner(sheet: &mut Worksheet, row: u32, right: u16, text: &str, format: &Format, pixels: u32) -> Result<()> {
    sheet.set_row_height_pixels(row, pixels)?;
    if right == 0 {
        sheet.write_string_with_format(row, 0, limits::fit(text), format)?;
    } else {
        sheet.merge_range(row, 0, row, right, &limits::fit(text), format)?;
    }
    Ok(())
}

/// The height of a row with so many lines; Excel's own limit is 409 points.
///
/// # Errors
/// When the row lies outside the sheet.
pub fn height(sheet: &mut Worksheet, row: u32, lines: u32) -> Result<()> {
    sheet.set_row_height_pixels(row, (lines * 18 + 6).min(545))?;
    Ok(())
}

/// One cell.
///
/// # Errors
/// When the sheet does not take it.
pub fn put(sheet: &mut Worksheet, row: u32, col: u16, cell: &Cell<'_>, format: &Format) -> Result<()> {
    match cell {
        Cell::Blank => sheet.write_blank(row, col, format)?,
        Cell::Text(words) | Cell::Link(words, _) => sheet.write_string_with_format(row, col, limits::fit(words), format)?,
        Cell::Number(number) => sheet.write_number_with_format(row, col, *number, format)?,
        Cell::Live(formula, value) => {
            sheet.write_formula_with_format(row, col, Formula::new(formula).set_result(value.to_string()), format)?
        }
        Cell::Day(text) => match date::read(text).ok().map(|w| w.date) {
            Some(d) => {
                let day = ExcelDateTime::from_ymd(d.year().unsigned_abs(), d.month().unsigned_abs(), d.day().unsigned_abs())?;
                sheet.write_datetime_with_format(row, col, &day, format)?
            }
            None => sheet.write_string_with_format(row, col, limits::fit(text), format)?,
        },
    };
    Ok(())
}
