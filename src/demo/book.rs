//! Writes registers and score sheets as workbooks or separated text, row by row. Must not know what a column means.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::office::{Book, SAMPLE};
use super::story::Cell;

/// A sheet in the making.
pub struct Sheet<'a> {
    /// Name.
    pub name: String,
    /// Title above the header.
    pub title: String,
    /// A second line above the header.
    pub subtitle: String,
    /// Headings with widths in characters.
    pub headings: Vec<(String, u16)>,
    /// Rows from top to bottom.
    pub rows: Box<dyn Iterator<Item = Vec<Option<Cell>>> + 'a>,
    /// A line at the end.
    pub foot: String,
}

/// Writes sheets into a file; separated text has only the first.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, book: Book, title: &str, sheets: Vec<Sheet<'_>>) -> std::io::Result<()> {
    match book {
        Book::Xlsx => workbook(path, title, sheets).map_err(std::io::Error::other),
        Book::Csv | Book::CsvGb => {
            let text = sheets.into_iter().next().map(separated).transpose()?.unwrap_or_default();
            let bytes = if book == Book::CsvGb {
                encoding_rs::GB18030.encode(&text).0.into_owned()
            } else {
                [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat()
            };
            std::fs::write(path, bytes)
        }
    }
}

/// The day on which all files of the batch say they were made: files repeat byte by byte.
fn made() -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(2025, 3, 31)
}

fn workbook(path: &Path, title: &str, sheets: Vec<Sheet<'_>>) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(format!("{title}（{SAMPLE}）"))
        .set_subject(SAMPLE)
        .set_author(SAMPLE)
        .set_comment("虚构示例：机构、人员、案件均为虚构，与任何真实地方和个人无关。")
        .set_creation_datetime(&made()?);
    workbook.set_properties(&properties);
    let styles = Styles::new();
    for sheet in sheets {
        write_sheet(workbook.add_worksheet_with_low_memory()?, sheet, &styles)?;
    }
    workbook.save(path)
}

struct Styles {
    title: Format,
    subtitle: Format,
    heading: Format,
    text: Format,
    day: Format,
    foot: Format,
}

impl Styles {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(10);
        Self {
            title: base().set_font_size(16).set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            subtitle: base().set_align(FormatAlign::Left),
            heading: base()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
                .set_border(FormatBorder::Thin),
            text: base(),
            day: base().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
            foot: base().set_bold(),
        }
    }
}

fn write_sheet(to: &mut Worksheet, sheet: Sheet<'_>, styles: &Styles) -> Result<(), XlsxError> {
    // About 200 characters go on a page across.
    let wide = sheet.headings.iter().map(|(_, w)| w).sum::<u16>().div_ceil(200);
    to.set_name(&sheet.name)?
        .set_freeze_panes(3, 2)?
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(wide, 0)
        .set_print_gridlines(true);
    to.set_repeat_rows(0, 2)?.set_repeat_columns(0, 1)?.set_header(format!("&C{SAMPLE}")).set_footer("&C第 &P 页 共 &N 页");
    for (column, (_, width)) in (0..).zip(&sheet.headings) {
        to.set_column_width(column, f64::from(*width))?;
    }
    to.set_row_height(0, 30)?.set_row_height(2, 30)?;
    // The title stands over the columns that a screen shows.
    let last = u16::try_from(sheet.headings.len().clamp(2, 13) - 1).unwrap_or(1);
    to.merge_range(0, 0, 0, last, &sheet.title, &styles.title)?;
    to.write_string_with_format(1, 0, &sheet.subtitle, &styles.subtitle)?;
    for (column, (heading, _)) in (0..).zip(&sheet.headings) {
        to.write_string_with_format(2, column, heading, &styles.heading)?;
    }
    let mut at = 3;
    for row in sheet.rows {
        for (column, cell) in (0..).zip(row) {
            match cell {
                None => {}
                Some(Cell::Text(text)) => drop(to.write_string_with_format(at, column, text, &styles.text)?),
                Some(Cell::Number(n)) => drop(to.write_number_with_format(at, column, n, &styles.text)?),
                Some(Cell::Halves(n)) => drop(to.write_number_with_format(at, column, f64::from(n) / 2.0, &styles.text)?),
                Some(Cell::Day(day)) => {
                    let [y, m, d] = [i32::from(day.year()), i32::from(day.month()), i32::from(day.day())];
                    let narrow = |n: i32| u8::try_from(n).unwrap_or(1);
                    let day = ExcelDateTime::from_ymd(u16::try_from(y).unwrap_or(1900), narrow(m), narrow(d))?;
                    to.write_datetime_with_format(at, column, day, &styles.day)?;
                }
            }
        }
        at += 1;
    }
    if !sheet.foot.is_empty() {
        to.write_string_with_format(at, 0, &sheet.foot, &styles.foot)?;
    }
    Ok(())
}

fn separated(sheet: Sheet<'_>) -> std::io::Result<String> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([&sheet.title])?;
    writer.write_record([&sheet.subtitle])?;
    writer.write_record(sheet.headings.iter().map(|(h, _)| h))?;
    for row in sheet.rows {
        writer.write_record(row.into_iter().map(|cell| match cell {
            None => String::new(),
            Some(Cell::Text(text)) => text,
            Some(Cell::Number(n)) => n.to_string(),
            Some(Cell::Halves(n)) => (f64::from(n) / 2.0).to_string(),
            Some(Cell::Day(day)) => format!("{}/{}/{}", day.year(), day.month(), day.day()),
        }))?;
    }
    if !sheet.foot.is_empty() {
        writer.write_record([&sheet.foot])?;
    }
    let bytes = writer.into_inner().map_err(|e| e.into_error())?;
    String::from_utf8(bytes).map_err(std::io::Error::other)
}
