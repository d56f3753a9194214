//! A free sheet of merged cells and small tables, for the first page that people print. Must not stream: it stays in memory.

use rust_xlsxwriter::{Format, Worksheet};

use super::Result;
use super::book::Book;
use super::cell::{Cell, banner, height, put, titled, wrapped};
use super::limits;
use super::style::{Kind, Style};
use super::width;
use super::words;

/// Columns of the grid.
pub const COLUMNS: u16 = 9;
/// Pixels of a column: nine fill an A4 page laid across.
pub const PIXELS: u32 = 114;

/// A sheet being filled from the top.
pub struct Grid {
    /// The sheet.
    pub sheet: Worksheet,
    /// The next row, zero-based.
    pub row: u32,
    style: Style,
}

impl Grid {
    /// A sheet with its title and the line of who made it.
    ///
    /// # Errors
    /// When the sheet cannot be made.
    pub fn begin(book: &mut Book, name: &'static str, title: &str, made: &str) -> Result<Self> {
        let mut sheet = book.free(name)?;
        sheet.set_column_range_width_pixels(0, COLUMNS - 1, PIXELS)?;
        sheet.set_screen_gridlines(false);
        let style = book.style.clone();
        banner(&mut sheet, 0, COLUMNS - 1, title, &style.title, titled(title, PIXELS * u32::from(COLUMNS)))?;
        book.way_back(&mut sheet, name, title)?;
        banner(&mut sheet, 1, COLUMNS - 1, made, &style.meta, wrapped(made, PIXELS * u32::from(COLUMNS)))?;
        book.print_setup(&mut sheet, true);
        sheet.set_repeat_rows(0, 1)?;
        Ok(Self { sheet, row: 2, style })
    }

    /// A heading over the whole width, after some air.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn section(&mut self, title: &str) -> Result<()> {
        self.sheet.set_row_height_pixels(self.row, 8)?;
        self.sheet.set_row_height_pixels(self.row + 1, 26)?;
        self.sheet.write_string_with_format(self.row + 1, 0, title, &self.style.section)?;
        self.row += 2;
        Ok(())
    }

    /// Small words over the whole width.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn note(&mut self, text: &str) -> Result<()> {
        let pixels = wrapped(text, PIXELS * u32::from(COLUMNS));
        banner(&mut self.sheet, self.row, COLUMNS - 1, text, &self.style.note, pixels)?;
        self.row += 1;
        Ok(())
    }

    /// A row of headings, each over so many columns.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn heads(&mut self, heads: &[(&str, u16)]) -> Result<()> {
        let format = self.style.head.clone();
        let cells: Vec<_> = heads.iter().map(|(text, span)| (Cell::text(*text), *span, Kind::Centre)).collect();
        self.cells(&cells, Some(&format))
    }

    /// A row of cells, each over so many columns.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn line(&mut self, cells: &[(Cell<'_>, u16, Kind)]) -> Result<()> {
        self.cells(cells, None)
    }

    fn cells(&mut self, cells: &[(Cell<'_>, u16, Kind)], format: Option<&Format>) -> Result<()> {
        let lines = cells.iter().map(|(cell, span, _)| width::lines(cell.words(), PIXELS * u32::from(*span))).max();
        height(&mut self.sheet, self.row, lines.unwrap_or(1))?;
        let mut col = 0;
        for (cell, span, kind) in cells {
            let format = format.unwrap_or_else(|| self.style.of(*kind));
            if *span > 1 {
                self.sheet.merge_range(self.row, col, self.row, col + span - 1, &limits::fit(cell.words()), format)?;
            }
            if let Cell::Link(words, to) = cell {
                let url = rust_xlsxwriter::Url::new(to.as_str()).set_text(limits::fit(words));
                self.sheet.write_url_with_format(self.row, col, url, &self.style.link)?;
            } else if *span < 2 || cell.words().is_empty() {
                put(&mut self.sheet, self.row, col, cell, format)?;
            }
            col += span;
        }
        self.row += 1;
        Ok(())
    }

    /// Ends the sheet with its signature line.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn finish(mut self, book: &mut Book) -> Result<()> {
        let row = self.row + 1;
        self.sheet.set_row_height_pixels(row, 26)?;
        self.sheet.write_string_with_format(row, 0, words::SIGN, &self.style.sign)?;
        self.sheet.set_print_area(0, 0, row, COLUMNS - 1)?;
        book.push(self.sheet);
        Ok(())
    }
}
