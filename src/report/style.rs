//! Formats of cells: one font for Windows, WPS and their substitutes, few and quiet colours.
//! Must not know what a cell says.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// The font of tables: on every Windows and in WPS; LibreOffice substitutes a CJK font.
pub const FONT: &str = "宋体";
/// The font of titles.
pub const TITLE_FONT: &str = "黑体";
/// Lines between cells.
const LINE: u32 = 0x00BF_BFBF;
/// Behind headings.
const HEAD: u32 = 0x00DD_E6F1;
/// Titles and headings.
const INK: u32 = 0x001F_3864;
/// Notes.
const GREY: u32 = 0x0059_5959;

/// How a column shows its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text from the left, wrapped.
    Text,
    /// Short text in the middle, wrapped.
    Centre,
    /// A number of points.
    Number,
    /// A share of 1, shown as a percentage.
    Percent,
    /// A share of 1 with two decimals, as notices print it.
    Fine,
    /// A day.
    Date,
}

/// Every format of a workbook.
#[derive(Debug, Clone)]
pub struct Style {
    /// Title of a sheet.
    pub title: Format,
    /// 制表单位 and so on.
    pub meta: Format,
    /// How to read a sheet.
    pub note: Format,
    /// Heading of a section.
    pub section: Format,
    /// Heading of a column.
    pub head: Format,
    /// Key figure.
    pub strong: Format,
    /// Link to another sheet.
    pub link: Format,
    /// Signature line.
    pub sign: Format,
    cells: Kinds,
    groups: Kinds,
    quoted: Kinds,
    linked: Kinds,
}

/// A format for each kind of cell.
#[derive(Debug, Clone)]
struct Kinds {
    text: Format,
    centre: Format,
    number: Format,
    percent: Format,
    fine: Format,
    date: Format,
}

impl Kinds {
    fn new(change: impl Fn(Format) -> Format) -> Self {
        let centre = || cell().set_align(FormatAlign::Center);
        Self {
            text: change(cell().set_text_wrap()),
            centre: change(centre().set_text_wrap()),
            number: change(centre()),
            percent: change(centre().set_num_format("0.0%")),
            fine: change(centre().set_num_format("0.00%")),
            date: change(centre().set_num_format("yyyy-mm-dd")),
        }
    }

    fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Centre => &self.centre,
            Kind::Number => &self.number,
            Kind::Percent => &self.percent,
            Kind::Fine => &self.fine,
            Kind::Date => &self.date,
        }
    }
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_charset(134).set_font_size(10).set_align(FormatAlign::VerticalCenter)
}

fn cell() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(LINE)
}

impl Default for Style {
    fn default() -> Self {
        let centre = || cell().set_align(FormatAlign::Center);
        Self {
            title: base().set_font_name(TITLE_FONT).set_font_size(16).set_align(FormatAlign::Center).set_font_color(INK).set_text_wrap(),
            meta: base().set_text_wrap(),
            note: base().set_text_wrap().set_font_size(9).set_font_color(GREY),
            section: base().set_font_name(TITLE_FONT).set_font_size(12).set_font_color(INK),
            head: centre().set_bold().set_text_wrap().set_background_color(HEAD).set_font_color(INK),
            strong: centre().set_bold().set_text_wrap(),
            link: centre().set_font_color(0x0005_63C1).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            sign: base(),
            cells: Kinds::new(|f| f),
            groups: Kinds::new(|f| f.set_bold().set_background_color(0x00F2_F2F2).set_font_color(INK)),
            quoted: Kinds::new(Format::set_quote_prefix),
            linked: Kinds::new(|f| f.set_font_color(0x0005_63C1)),
        }
    }
}

impl Style {
    /// The format of a column's cells.
    pub fn of(&self, kind: Kind) -> &Format {
        self.cells.of(kind)
    }

    /// The same for a row that heads the rows below it.
    pub fn group(&self, kind: Kind) -> &Format {
        self.groups.of(kind)
    }

    /// The same for words that begin like a formula: they stay words also when somebody edits the cell.
    pub fn quoted(&self, kind: Kind) -> &Format {
        self.quoted.of(kind)
    }

    /// The format of a link inside a table.
    pub fn linked(&self, kind: Kind) -> &Format {
        self.linked.of(kind)
    }
}

/// Background and ink of a grade by its rank: the best green, the last red, the rest between.
pub fn grade_colours(rank: usize, of: usize) -> (u32, u32) {
    match (rank, of.saturating_sub(rank + 1)) {
        (0, _) => (0x00E2_EFDA, 0x0037_5623),
        (_, 0) => (0x00F8_D7D3, 0x009C_0006),
        (1, _) => (0x00DE_EBF7, 0x001F_4E79),
        _ => (0x00FF_F2CC, 0x007F_6000),
    }
}

/// Background of a grade that is still open.
pub const OPEN: u32 = 0x00ED_EDED;

/// The colour of a grade in charts: stronger than that of cells.
pub fn grade_ink(rank: usize, of: usize) -> u32 {
    match grade_colours(rank, of).1 {
        0x0037_5623 => 0x0070_AD47,
        0x009C_0006 => 0x00D9_6459,
        0x001F_4E79 => 0x005B_9BD5,
        _ => 0x00E5_B84B,
    }
}
