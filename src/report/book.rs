//! A workbook: its properties, its formats, its sheets in order, paper and page numbers, the way back to the first sheet.
//! Must not know what is written.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::Result;
use super::limits;
use super::sheet::FIRST;
use super::style::Style;
use super::words;
use super::workbook::Context;
use crate::base::date;

/// How much a sheet of a table holds; less than Excel's limits only in tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows without headings.
    pub rows: u32,
    /// Links.
    pub links: u32,
}

impl Limits {
    /// Where the n-th row of a table stands, counted from 0: sheet and cell, as a link names them.
    pub fn link(&self, sheet: &str, n: u32, column: &str) -> String {
        format!("internal:'{}'!{column}{}", limits::sheet_name(sheet, n / self.rows + 1), n % self.rows + FIRST + 1)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: limits::ROWS - FIRST - limits::TAIL, links: limits::LINKS }
    }
}

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    /// Its formats.
    pub style: Style,
    made: String,
    fictitious: bool,
    /// Name of the first sheet, where titles lead back to.
    first: Option<&'static str>,
    limits: Limits,
}

/// What a workbook says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Title.
    pub title: String,
    /// Program and version.
    pub author: String,
    /// The day it speaks of.
    pub day: String,
    /// The line below every title.
    pub made: String,
    /// Made from invented cases.
    pub fictitious: bool,
    /// Standing of what it was made by.
    pub comment: String,
}

impl Book {
    /// An empty workbook of a run about something; `made_by` stands where the settings name nobody.
    ///
    /// # Errors
    /// When the day of the results is not a day.
    pub fn new(context: &Context<'_>, about: &str, made_by: &str, rows: usize) -> Result<Self> {
        let fictitious = words::is_fictitious(&context.batch.title);
        let mut book = Self::about(&About {
            title: format!("{}{}{about}", words::mark(&context.batch.title), context.batch.title),
            author: format!("{} {}", context.tool.name, context.tool.version),
            day: context.batch.as_of.clone(),
            made: words::made(context, made_by),
            fictitious,
            comment: words::standing(context),
        })?;
        // Big detail sheets: level 3 is 1.4 times as fast for a fifth more bytes, level 1 twice as fast for twice the bytes.
        match rows {
            0..=4_000 => {}
            4_001..=20_000 => drop(book.workbook.set_zip_compression_level(3)),
            _ => drop(book.workbook.set_zip_compression_level(1)),
        }
        Ok(book)
    }

    /// An empty workbook.
    ///
    /// # Errors
    /// When its day is not a day.
    pub fn about(about: &About) -> Result<Self> {
        let mut workbook = Workbook::new();
        let fictitious = about.fictitious;
        let mut properties = DocProperties::new()
            .set_title(&about.title)
            .set_subject(if fictitious { words::FICTITIOUS_SUBJECT } else { words::SUBJECT })
            .set_author(&about.author)
            .set_comment(&about.comment);
        // A fixed day makes reruns equal byte for byte.
        if let Ok(day) = date::read(&about.day) {
            let day = day.date;
            let day = ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
            properties = properties.set_creation_datetime(&day);
        }
        workbook.set_properties(&properties);
        workbook.set_default_format(&Format::new().set_font_name(super::style::FONT).set_font_charset(134).set_font_size(11), 18, 72)?;
        let limits = Limits::default();
        Ok(Self { workbook, style: Style::default(), made: about.made.clone(), fictitious, first: None, limits })
    }

    /// How much a sheet of a table holds.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Smaller limits, so that tests need no million rows.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Remembers the first sheet, and puts the way back to it over the title of every other.
    ///
    /// # Errors
    /// When the sheet does not take it.
    pub fn way_back(&mut self, sheet: &mut Worksheet, name: &'static str, title: &str) -> Result<()> {
        let first = *self.first.get_or_insert(name);
        if first != name {
            let url = rust_xlsxwriter::Url::new(format!("internal:'{first}'!A1")).set_text(limits::fit(title));
            sheet.write_url_with_format(0, 0, url.set_tip(format!("返回“{first}”")), &self.style.title)?;
        }
        Ok(())
    }

    /// A sheet whose rows come in order and do not stay in memory.
    ///
    /// # Errors
    /// When the name is taken, or the disk for temporary files is full.
    pub fn streamed(&mut self, name: &str) -> Result<Worksheet> {
        let mut sheet = self.workbook.new_worksheet_with_low_memory()?;
        sheet.set_name(name)?;
        Ok(sheet)
    }

    /// A sheet that is filled in any order.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn free(&mut self, name: &str) -> Result<Worksheet> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        Ok(sheet)
    }

    /// Takes a finished sheet.
    pub fn push(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
    }

    /// 制表单位, 截止日期 and 标准.
    pub fn made(&self) -> &str {
        &self.made
    }

    /// Paper, margins, page numbers.
    pub fn print_setup(&self, sheet: &mut Worksheet, landscape: bool) {
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.45, 0.45, 0.55, 0.6, 0.3, 0.3);
        sheet.set_print_center_horizontally(true).set_footer("&C第 &P 页 共 &N 页");
        if landscape {
            sheet.set_landscape();
        }
        if self.fictitious {
            sheet.set_header(format!("&C{}", words::FICTITIOUS));
        }
    }

    /// The bytes.
    ///
    /// # Errors
    /// When the workbook cannot be put together.
    pub fn bytes(mut self) -> Result<Vec<u8>> {
        Ok(self.workbook.save_to_buffer()?)
    }
}
