//! 卷内材料登记表.xlsx: a row a case, a column a document, to be filled in by hand and read back. Must not decide what a case needs.

mod guide;

use rust_xlsxwriter::{Color, DataValidation, DataValidationErrorStyle, Format, Worksheet};

use super::Result;
use super::book::{About, Book};
use super::cell::{Cell, height, put, titled, wrapped};
use super::limits;
use super::style::Kind;
use super::{width, words};

/// Name of the sheet, by which it is known when it is read back.
pub const SHEET: &str = "卷内材料登记表";
/// Name of the sheet that says how to fill it in.
pub const GUIDE: &str = "填写说明";

/// Rows above the first case.
const FIRST: u32 = 4;
/// Pixels of a document's column: three characters a line.
const PAPER: u32 = 58;
/// Pixels that A4 landscape shows in a size that can be read.
const LEGIBLE: u32 = 1_500;
/// What can be chosen in a document's cell.
const TICKS: [&str; 3] = ["有", "无", "不适用"];
/// Behind what is not asked for.
const GREY: u32 = 0x00D9_D9D9;
/// Behind what may be asked for.
const LIGHT: u32 = 0x00FF_F8DC;

/// Whether a case needs a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It does: blank, to be ticked.
    Yes,
    /// It does not.
    No,
    /// The register does not tell.
    Unclear,
}

/// A column that is filled in already, or is not a document's.
#[derive(Debug, Clone)]
pub struct Head {
    /// Heading.
    pub title: String,
    /// Pixels.
    pub pixels: u32,
    /// How its cells look.
    pub kind: Kind,
    /// What can be chosen in it; nothing when any words will do.
    pub choices: Vec<String>,
}

/// A document's column.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Standard title.
    pub title: String,
    /// Ids of the criteria that ask for it.
    pub ids: Vec<String>,
    /// Which criteria these are, in words.
    pub said: Vec<String>,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Row {
    /// By column before the documents.
    pub before: Vec<String>,
    /// By document.
    pub needs: Vec<Need>,
    /// By column after the documents.
    pub after: Vec<String>,
}

/// The whole form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Title.
    pub title: String,
    /// What it was made from.
    pub made: String,
    /// A fixed day, so that equal input gives equal bytes.
    pub day: String,
    /// Columns before the documents; 序号 comes before them.
    pub before: Vec<Head>,
    /// Documents.
    pub papers: Vec<Paper>,
    /// Columns after the documents.
    pub after: Vec<Head>,
    /// Cases.
    pub rows: Vec<Row>,
}

const NOTE: &str = "每格填 有、无 或 不适用；有两份以上的填份数（如 2 或 2份），也可填页码（如 3-5）。灰色格按登记表本案不需要；浅黄格登记表没有写明，\
                    请核对是否需要后再填。";

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn form(form: &Form) -> Result<Vec<u8>> {
    let about = About {
        title: form.title.clone(),
        author: format!("juanping {}", env!("CARGO_PKG_VERSION")),
        day: form.day.clone(),
        made: form.made.clone(),
        fictitious: words::is_fictitious(&form.title),
        comment: words::NO_BACKDATING.to_owned(),
    };
    let mut book = Book::about(&about)?;
    let sheet = cases(&mut book, form)?;
    book.push(sheet);
    guide::write(&mut book, form)?;
    book.bytes()
}

/// A document's heading: its title, and below it the criteria in brackets, which are not part of the title when it is read.
fn heading(paper: &Paper) -> String {
    let ids = match paper.ids.as_slice() {
        [] => return paper.title.clone(),
        [first, second, _, ..] => format!("{first}\n{second}等"),
        all => all.join("\n"),
    };
    format!("{}\n（{ids}）", paper.title)
}

fn cases(book: &mut Book, form: &Form) -> Result<Worksheet> {
    let mut sheet = book.streamed(SHEET)?;
    let style = book.style.clone();
    let mut heads: Vec<(String, u32)> = vec![("序号".to_owned(), 44)];
    heads.extend(form.before.iter().map(|h| (h.title.clone(), h.pixels)));
    heads.extend(form.papers.iter().map(|p| (heading(p), PAPER)));
    heads.extend(form.after.iter().map(|h| (h.title.clone(), h.pixels)));
    let right = col(heads.len().saturating_sub(1));
    let whole: u32 = heads.iter().map(|(_, pixels)| pixels).sum();
    for (i, (_, pixels)) in heads.iter().enumerate() {
        sheet.set_column_width_pixels(col(i), *pixels)?;
    }
    // Words over the table must be seen on its first page.
    let pages = whole.div_ceil(LEGIBLE).max(1);
    let (mut over, mut seen) = (0, 0);
    for (i, (_, pixels)) in heads.iter().enumerate() {
        if seen + pixels > whole / pages {
            break;
        }
        (over, seen) = (col(i), seen + pixels);
    }
    // On later pages the first two columns are repeated, and words that begin there would be cut.
    let from = if pages > 1 { 2.min(over) } else { 0 };
    let note = format!("{NOTE}{}", words::NO_BACKDATING);
    let seen: u32 = heads.iter().take(usize::from(over) + 1).skip(usize::from(from)).map(|(_, pixels)| pixels).sum();
    let banners = [
        (form.title.as_str(), &style.title, titled(&form.title, seen)),
        (book.made(), &style.meta, wrapped(book.made(), seen)),
        (note.as_str(), &style.note, wrapped(&note, seen)),
    ];
    for (row, (text, format, pixels)) in (0_u32..).zip(banners) {
        sheet.set_row_height_pixels(row, pixels)?;
        if over > from {
            sheet.merge_range(row, from, row, over, &limits::fit(text), format)?;
        } else {
            sheet.write_string_with_format(row, from, limits::fit(text), format)?;
        }
    }
    let lines = heads.iter().map(|(title, pixels)| width::lines(title, *pixels)).max().unwrap_or(1);
    height(&mut sheet, FIRST - 1, lines)?;
    for (i, (title, _)) in heads.iter().enumerate() {
        sheet.write_string_with_format(FIRST - 1, col(i), title.as_str(), &style.head)?;
    }
    let centre = style.of(Kind::Centre).clone();
    let (grey, light) = (fill(&centre, GREY), fill(&centre, LIGHT));
    let mut row = FIRST;
    for (n, case) in (1_u64..).zip(&form.rows) {
        put(&mut sheet, row, 0, &Cell::count(n), style.of(Kind::Number))?;
        let mut at = 1;
        let mut lines = 1;
        for (head, value) in form.before.iter().zip(&case.before) {
            lines = lines.max(width::lines(value, head.pixels));
            known(&mut sheet, row, at, head, value, book)?;
            at += 1;
        }
        height(&mut sheet, row, lines)?;
        for need in &case.needs {
            match need {
                Need::Yes => put(&mut sheet, row, at, &Cell::Blank, &centre)?,
                Need::No => put(&mut sheet, row, at, &Cell::text(TICKS[2]), &grey)?,
                Need::Unclear => put(&mut sheet, row, at, &Cell::Blank, &light)?,
            }
            at += 1;
        }
        for (head, value) in form.after.iter().zip(&case.after) {
            known(&mut sheet, row, at, head, value, book)?;
            at += 1;
        }
        row += 1;
    }
    let last = row.saturating_sub(1).max(FIRST);
    let first_paper = col(form.before.len() + 1);
    if !form.papers.is_empty() {
        let end = first_paper + col(form.papers.len() - 1);
        sheet.add_data_validation(FIRST, first_paper, last, end, &choice(&TICKS.map(str::to_owned))?)?;
    }
    for (i, head) in form.after.iter().enumerate().filter(|(_, h)| !h.choices.is_empty()) {
        let at = first_paper + col(form.papers.len() + i);
        sheet.add_data_validation(FIRST, at, last, at, &choice(&head.choices)?)?;
    }
    sheet.set_row_height_pixels(row + 1, 24)?;
    sheet.write_string_with_format(row + 1, from, words::SIGN, &style.sign)?;
    sheet.set_print_area(0, 0, row + 1, right)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    book.print_setup(&mut sheet, true);
    if pages > 1 {
        sheet.set_print_fit_to_pages(u16::try_from(pages).unwrap_or(1), 0).set_repeat_columns(0, 1)?;
    }
    Ok(sheet)
}

/// A cell that the register fills in.
fn known(sheet: &mut Worksheet, row: u32, at: u16, head: &Head, value: &str, book: &Book) -> Result<()> {
    let format = if limits::is_formula_like(value) { book.style.quoted(head.kind) } else { book.style.of(head.kind) };
    let cell = match head.kind {
        _ if value.is_empty() => Cell::Blank,
        Kind::Date => Cell::Day(value),
        _ => Cell::text(value),
    };
    put(sheet, row, at, &cell, format)
}

fn fill(format: &Format, colour: u32) -> Format {
    format.clone().set_background_color(Color::RGB(colour))
}

/// A list to choose from that does not forbid other words: a count or pages may stand there too.
fn choice(words: &[String]) -> Result<DataValidation> {
    let list = DataValidation::new().allow_list_strings(words)?;
    Ok(list.set_error_style(DataValidationErrorStyle::Information).show_error_message(false))
}

fn col(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
