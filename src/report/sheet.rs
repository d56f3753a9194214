//! A table on its sheets: title, who made it, heading, rows in order, signature line; it goes on in a next sheet when one is full.
//! Must not know what is written.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

use super::Result;
use super::book::{Book, Limits};
use super::cell::{Cell, Column, banner, height, put, titled, wrapped};
use super::limits;
use super::style::Kind;
use super::width;
use super::words;

/// The first row of data: below title, 制表单位, note and heading.
pub const FIRST: u32 = 4;

/// What a table is before its first row.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Name of the sheet.
    pub name: &'static str,
    /// Title.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Columns that stay in view.
    pub keys: u16,
}

/// What is done to a sheet when its last row is known.
type After<'a> = Box<dyn Fn(&mut Worksheet, u32) -> Result<()> + 'a>;

/// A table being written, over as many sheets as it needs.
pub struct Page<'a> {
    book: &'a mut Book,
    plan: Plan,
    sheet: Worksheet,
    part: u32,
    row: u32,
    links: u32,
    /// Links that found no more room.
    unlinked: u32,
    limits: Limits,
    filter: bool,
    tabled: Option<u32>,
    after: Vec<After<'a>>,
}

impl<'a> Page<'a> {
    /// Begins a table.
    ///
    /// # Errors
    /// When the sheet cannot be made.
    pub fn begin(book: &'a mut Book, plan: Plan) -> Result<Self> {
        let (sheet, limits) = (open(book, &plan, 1)?, book.limits());
        let after = Vec::new();
        Ok(Self { book, plan, sheet, part: 1, row: FIRST, links: 0, unlinked: 0, limits, filter: true, tabled: None, after })
    }

    /// Something to do to every sheet of the table when its last row is known (zero-based), such as colours.
    pub fn after(&mut self, f: impl Fn(&mut Worksheet, u32) -> Result<()> + 'a) {
        self.after.push(Box::new(f));
    }

    /// Goes on in a next sheet.
    fn turn(&mut self) -> Result<()> {
        self.close()?;
        self.part += 1;
        let next = open(self.book, &self.plan, self.part)?;
        let full = std::mem::replace(&mut self.sheet, next);
        self.book.push(full);
        (self.row, self.links, self.unlinked) = (FIRST, 0, 0);
        Ok(())
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        if self.row - FIRST >= self.limits.rows {
            self.turn()?;
        }
        let lines = cells.iter().zip(&self.plan.columns).map(|(cell, column)| width::lines(cell.words(), column.pixels)).max();
        height(&mut self.sheet, self.row, lines.unwrap_or(1))?;
        for (i, (cell, column)) in cells.iter().zip(&self.plan.columns).enumerate() {
            let style = &self.book.style;
            let format = if limits::is_formula_like(cell.words()) { style.quoted(column.kind) } else { style.of(column.kind) };
            let col = u16::try_from(i).unwrap_or(u16::MAX);
            match cell {
                Cell::Link(..) if self.links >= self.limits.links => {
                    self.unlinked += 1;
                    put(&mut self.sheet, self.row, col, cell, format)?;
                }
                Cell::Link(words, to) => {
                    self.links += 1;
                    let url = rust_xlsxwriter::Url::new(to.as_str()).set_text(limits::fit(words));
                    self.sheet.write_url_with_format(self.row, col, url, style.linked(column.kind))?;
                }
                other => put(&mut self.sheet, self.row, col, other, format)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a row that heads the rows below it.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn group(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.row(cells)?;
        // Written again with its own format: the row is still in memory.
        for (i, (cell, column)) in cells.iter().zip(&self.plan.columns).enumerate() {
            put(&mut self.sheet, self.row - 1, u16::try_from(i).unwrap_or(u16::MAX), cell, self.book.style.group(column.kind))?;
        }
        Ok(())
    }

    /// A line over the whole width that heads the rows below it.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn band(&mut self, words: &str) -> Result<()> {
        if self.row - FIRST + 1 >= self.limits.rows {
            // The line and the first of its rows stay together.
            self.turn()?;
        }
        let whole = self.plan.columns.iter().map(|c| c.pixels).sum();
        let format = self.book.style.group(Kind::Text).clone();
        banner(&mut self.sheet, self.row, right(&self.plan), words, &format, width::lines(words, whole) * 18 + 8)?;
        self.row += 1;
        Ok(())
    }

    /// A table too small for a filter.
    pub fn unfiltered(&mut self) {
        self.filter = false;
    }

    /// Begins a second table below the first: its title and headings, each over so many columns.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn section(&mut self, title: &str, heads: &[(&str, u16)]) -> Result<()> {
        self.tabled.get_or_insert(self.row - 1);
        self.row += 1;
        banner(&mut self.sheet, self.row, right(&self.plan), title, &self.book.style.section, 28)?;
        self.row += 1;
        let heads: Vec<_> = heads.iter().map(|(text, span)| ((*text).to_owned(), *span)).collect();
        let format = self.book.style.head.clone();
        self.over(&heads, |_, _| &format)
    }

    /// A row of the second table.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn spans(&mut self, cells: &[(String, u16)]) -> Result<()> {
        let (text, centre) = (self.book.style.of(Kind::Text).clone(), self.book.style.of(Kind::Centre).clone());
        self.over(cells, |_, span| if span > 3 { &text } else { &centre })
    }

    /// The same with the kind of each cell.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn kinds(&mut self, cells: &[(String, u16, Kind)]) -> Result<()> {
        let formats: Vec<Format> = cells.iter().map(|(_, _, kind)| self.book.style.of(*kind).clone()).collect();
        let plain = self.book.style.of(Kind::Text).clone();
        let cells: Vec<_> = cells.iter().map(|(words, span, _)| (words.clone(), *span)).collect();
        self.over(&cells, |at, _| formats.get(at).unwrap_or(&plain))
    }

    /// A row of merged cells. Past the limit of a sheet the rest is in 扣分明细, and the last row says so.
    fn over<'f>(&mut self, cells: &[(String, u16)], format: impl Fn(usize, u16) -> &'f Format) -> Result<()> {
        let end = FIRST + self.limits.rows;
        if self.row >= end {
            if self.row == end {
                banner(&mut self.sheet, self.row, right(&self.plan), words::REST_BELOW, &self.book.style.note, 22)?;
                self.row += 1;
            }
            return Ok(());
        }
        let (mut col, mut most) = (0_usize, 1);
        for (words, span) in cells {
            let whole = self.plan.columns.iter().skip(col).take(usize::from(*span)).map(|c| c.pixels).sum();
            most = width::lines(words, whole).max(most);
            col += usize::from(*span);
        }
        height(&mut self.sheet, self.row, most)?;
        let mut col = 0;
        for (at, (words, span)) in cells.iter().enumerate() {
            let (words, format) = (limits::fit(words), format(at, *span));
            if *span > 1 {
                self.sheet.merge_range(self.row, col, self.row, col + span - 1, &words, format)?;
            } else {
                self.sheet.write_string_with_format(self.row, col, words, format)?;
            }
            col += span;
        }
        self.row += 1;
        Ok(())
    }

    /// The zero-based row that the next [`row`](Self::row) fills.
    pub fn next(&self) -> u32 {
        self.row
    }

    /// Ends the table with its filter and signature line and puts the sheet into the book.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn finish(mut self) -> Result<()> {
        if self.row == FIRST {
            let mut cells = vec![Cell::Blank; self.plan.columns.len()];
            if let Some(at) = self.plan.columns.iter().position(|c| c.kind == Kind::Text).or(Some(0)).and_then(|i| cells.get_mut(i)) {
                *at = Cell::text("（无）");
            }
            self.row(&cells)?;
        }
        self.close()?;
        self.book.push(self.sheet);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let (mut end, right) = (self.row - 1, right(&self.plan));
        let last = self.tabled.unwrap_or(end);
        if self.unlinked > 0 {
            end += 2;
            let said = words::unlinked(self.limits.links, self.unlinked);
            banner(&mut self.sheet, end, right, &said, &self.book.style.note, 22)?;
        }
        if self.filter && last >= FIRST {
            self.sheet.autofilter(FIRST - 1, 0, last, right)?;
        }
        // Below the first rule that gives a colour; survives sorting, unlike coloured cells.
        let band = ConditionalFormatFormula::new().set_rule("=MOD(ROW(),2)=0").set_format(Format::new().set_background_color(0x00F7_F9FC));
        // There is no range of no rows.
        if last >= FIRST {
            for f in &self.after {
                f(&mut self.sheet, last)?;
            }
            self.sheet.add_conditional_format(FIRST, 0, last, right, &band)?;
        }
        let row = end + 2;
        self.sheet.set_row_height_pixels(row, 24)?;
        self.sheet.write_string_with_format(row, 0, words::SIGN, &self.book.style.sign)?;
        self.sheet.set_print_area(0, 0, row, right)?;
        Ok(())
    }
}

/// The last column.
fn right(plan: &Plan) -> u16 {
    u16::try_from(plan.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

/// A sheet with everything above its first row.
fn open(book: &mut Book, plan: &Plan, part: u32) -> Result<Worksheet> {
    let mut sheet = book.streamed(&limits::sheet_name(plan.name, part))?;
    let (style, right) = (&book.style, right(plan));
    for (i, column) in plan.columns.iter().enumerate() {
        sheet.set_column_width_pixels(u16::try_from(i).unwrap_or(u16::MAX), column.pixels)?;
    }
    let whole: u32 = plan.columns.iter().map(|c| c.pixels).sum();
    let title = if part > 1 { format!("{}（续{}）", plan.title, part - 1) } else { plan.title.clone() };
    banner(&mut sheet, 0, right, &title, &style.title, titled(&title, whole))?;
    book.way_back(&mut sheet, plan.name, &title)?;
    let style = &book.style;
    banner(&mut sheet, 1, right, book.made(), &style.meta, wrapped(book.made(), whole))?;
    banner(&mut sheet, 2, right, &plan.note, &style.note, wrapped(&plan.note, whole))?;
    // Room for the button of the filter.
    let lines = plan.columns.iter().map(|c| width::lines(&c.title, c.pixels.saturating_sub(14))).max().unwrap_or(1);
    height(&mut sheet, FIRST - 1, lines.max(2))?;
    for (i, column) in plan.columns.iter().enumerate() {
        sheet.write_string_with_format(FIRST - 1, u16::try_from(i).unwrap_or(u16::MAX), column.title.as_str(), &style.head)?;
    }
    sheet.set_freeze_panes(FIRST, plan.keys)?;
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    book.print_setup(&mut sheet, true);
    Ok(sheet)
}
