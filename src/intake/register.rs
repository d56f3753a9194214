//! One file with tables, whatever its format: opened once, hashed, streamed sheet by sheet.
//! Must not know what a column means.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::encoding;
use super::formats::{html, ods, ole::Ole, xls, xlsb, xml2003};
use super::held::{Held, Room};
use super::layout::Layout;
use super::preflight::{self, Format, Refusal};
use super::row::Row;
use super::settings::Limits;
use super::sheet::Workbook;
use crate::base::digest::sha256;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::say;

enum Book {
    Workbook(Box<Workbook>),
    Held {
        sheets: Vec<Held>,
        /// It is a page of text that may be anything.
        page: bool,
    },
    Text {
        text: String,
        /// Decoded as GB18030 because it was not UTF-8.
        gb: bool,
    },
}

/// An open file.
pub struct Register {
    book: Book,
    cells: Cell<u64>,
    limits: Limits,
    /// Another program has it open.
    open_elsewhere: bool,
    /// One origin a sheet; a text file has one without a sheet name.
    pub origins: Vec<Arc<Origin>>,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

/// Reads a whole file, up to a size.
///
/// # Errors
/// It cannot be opened or is too large.
pub fn bytes_of(path: &Path, shown: &str, most: u64) -> Result<Vec<u8>, Problem> {
    let closed = |e: std::io::Error| {
        // What Windows says of a file that another program keeps for itself.
        let taken = cfg!(windows) && matches!(e.raw_os_error(), Some(32 | 33));
        let code = if taken { "P009" } else { "P001" };
        Problem::new(code, say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"), Place::file(shown))
    };
    let size = std::fs::metadata(path).map_err(closed)?.len();
    if size > most {
        let message = say!("{shown} 有 {size} 字节，上限 {most}（max_bytes）", "{shown} has {size} bytes, the limit is {most} (max_bytes)");
        return Err(Problem::new("P005", message, Place::file(shown)));
    }
    std::fs::read(path).map_err(closed)
}

/// Whether a file lies beside it by which Excel, WPS or LibreOffice says that it has this one open.
fn has_owner(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(std::ffi::OsStr::to_str) else { return false };
    let cut = name.char_indices().nth(2).map_or(name, |(at, _)| &name[at..]);
    [format!("~${name}"), format!("~${cut}"), format!(".~{name}"), format!(".~lock.{name}#")]
        .iter()
        .any(|owner| path.with_file_name(owner).exists())
}

impl Register {
    /// Opens a file; `shown` is its path in the batch.
    ///
    /// # Errors
    /// It cannot be opened, or must not be.
    pub fn open(path: &Path, shown: &str, limits: &Limits) -> Result<Self, Problem> {
        let opened = bytes_of(path, shown, limits.max_bytes).and_then(|bytes| Self::read(bytes, shown, limits));
        match opened {
            Ok(register) => Ok(Self { open_elsewhere: has_owner(path), ..register }),
            Err(problem) if matches!(problem.code, "P001" | "P002" | "P003") && has_owner(path) => Err(Problem { code: "P009", ..problem }),
            Err(problem) => Err(problem),
        }
    }

    /// Opens the content of a file, or of an entry of an archive.
    ///
    /// # Errors
    /// It must not be opened.
    pub fn read(content: Vec<u8>, shown: &str, limits: &Limits) -> Result<Self, Problem> {
        let refused = |(code, why): Refusal| Problem::new(code, join(shown, &why), Place::file(shown));
        let (sha256, bytes) = (sha256(&content), content.len() as u64);
        let book = book(content, limits).map_err(refused)?;
        let origin = |sheet: Option<&String>| Arc::new(Origin { file: shown.to_owned(), sheet: sheet.cloned() });
        let origins = match &book {
            Book::Workbook(book) => book.sheets.iter().map(|s| origin(Some(s))).collect(),
            Book::Held { sheets, .. } => sheets.iter().map(|s| origin(Some(&s.name))).collect(),
            Book::Text { .. } => vec![origin(None)],
        };
        Ok(Self { book, cells: Cell::new(limits.max_cells), limits: *limits, open_elsewhere: false, origins, sha256, bytes })
    }

    fn layout(&self, sheet: usize) -> Option<&Layout> {
        match &self.book {
            Book::Workbook(book) => book.layout(book.sheets.get(sheet)?),
            Book::Held { sheets, .. } => sheets.get(sheet).map(|s| &s.layout),
            Book::Text { .. } => None,
        }
    }

    /// What has to be said of sheets that are read, though nothing is wrong with them: what is hidden, what was not filled.
    pub fn notes(&self, sheets: impl Iterator<Item = usize>) -> Vec<Problem> {
        let (mut notes, mut any) = (Vec::new(), false);
        for sheet in sheets {
            any = true;
            let (Some(layout), Some(origin)) = (self.layout(sheet), self.origins.get(sheet)) else { continue };
            let place = || Place::at(origin, At::Whole);
            let (at, rows, areas) = (place(), layout.hidden_rows, layout.unfilled);
            let said = match (layout.hidden, rows) {
                (false, 0) => None,
                (false, _) => Some(say!("{at} 有 {rows} 个隐藏的行，已照常读取", "{at}: {rows} hidden rows were read like the others")),
                (true, 0) => Some(say!("{at} 是隐藏的工作表，已照常读取", "{at} is a hidden sheet and was read like the others")),
                (true, _) => Some(say!(
                    "{at} 是隐藏的工作表，另有 {rows} 个隐藏的行，已照常读取",
                    "{at} is a hidden sheet with {rows} hidden rows and was read like the others"
                )),
            };
            notes.extend(said.map(|said| Problem::new("P025", said, place())));
            if layout.unstored > 0 {
                let n = layout.unstored;
                let said = say!(
                    "{at} 有 {n} 个公式格没有存下结果，只能按空白读",
                    "{at}: {n} cells with a formula have no stored result and were read as blank"
                );
                notes.push(Problem::new("P046", said, place()));
            }
            if areas > 0 {
                let said = say!(
                    "{at} 有 {areas} 处合并单元格过大，只有左上角的格有值",
                    "{at}: {areas} merged areas are too large; only their first cell has the value"
                );
                notes.push(Problem::new("P062", said, place()));
            }
        }
        if any {
            notes.extend(self.open_elsewhere());
        }
        notes
    }

    /// That another program has it open, so that what was not saved could not be read.
    pub fn open_elsewhere(&self) -> Option<Problem> {
        let origin = self.origins.first().filter(|_| self.open_elsewhere)?;
        let file = &origin.file;
        let said = say!("{file} 正在其他程序中打开", "{file} is open in another program");
        Some(Problem::new("P064", said, Place::file(file.as_str())))
    }

    /// Whether it is a text or a page rather than a workbook, so that it may be anything.
    pub fn is_text(&self) -> bool {
        matches!(self.book, Book::Text { .. } | Book::Held { page: true, .. })
    }

    /// Whether it was decoded as GB18030 because it was not UTF-8: broken UTF-8 may pass for it and then has no known header.
    pub fn is_gb(&self) -> bool {
        matches!(self.book, Book::Text { gb: true, .. })
    }

    /// A sheet of JSON, a line a row, as the program writes to read back: the first line, and the others. Nothing where any is not whole.
    pub fn lines<H: DeserializeOwned, L: DeserializeOwned>(&mut self, sheet: usize) -> Option<(H, Vec<L>)> {
        let (mut head, mut lines, mut broken) = (None, Vec::new(), false);
        let problem = self.stream(sheet, &mut |row| {
            let text: String = row.cells().map(|c| c.text).collect();
            if head.is_none() {
                head = serde_json::from_str(&text).ok();
                broken = head.is_none();
            } else {
                match serde_json::from_str(&text) {
                    Ok(line) => lines.push(line),
                    Err(_) => broken = true,
                }
            }
            if broken { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        head.filter(|_| !broken && problem.is_none()).map(|head| (head, lines))
    }

    /// Hands the rows of one sheet to `sink` until it breaks off; what went wrong, if anything did.
    pub fn stream(&mut self, sheet: usize, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Option<Problem> {
        let origin = self.origins.get(sheet)?;
        let done = match &mut self.book {
            Book::Workbook(book) => {
                let name = book.sheets.get(sheet)?.clone();
                book.stream(&name, &self.cells, self.limits.max_cells, sink)
            }
            Book::Held { sheets, .. } => sheets.get(sheet)?.stream(sink),
            Book::Text { text, .. } => super::delimited::stream(text, &self.cells, self.limits.max_cells, sink),
        };
        let (code, why) = done.err()?;
        let place = Place::at(origin, At::Whole);
        Some(Problem::new(code, join(&place.to_string(), &why), place))
    }
}

fn book(content: Vec<u8>, limits: &Limits) -> Result<Book, Refusal> {
    let (format, layouts) = preflight::recognise(&content, limits)?;
    let room = Room::new(limits);
    let sheets = match format {
        Format::Xlsx => return Workbook::open(content, layouts).map(|book| Book::Workbook(Box::new(book))),
        Format::Delimited => {
            let decoded = encoding::decode(content)?;
            return Ok(Book::Text { text: decoded.text, gb: decoded.gb });
        }
        Format::Xls => xls::read(&Ole::open(&content)?, &room)?,
        Format::Xlsb => xlsb::read(&content, &room)?,
        Format::Ods => ods::read(&content, &room)?,
        Format::FlatOds => ods::sheets(encoding::decode(content)?.text.as_bytes(), &room)?,
        Format::Xml2003 => xml2003::read(&encoding::decode(content)?.text, &room)?,
        Format::Html => html::read(&encoding::decode(content)?.text, &room),
    };
    if sheets.is_empty() && format == Format::Html {
        return Err(("P006", say!("网页里没有表格", "a web page without a table")));
    }
    Ok(Book::Held { sheets, page: format == Format::Html })
}

/// `where: why` in both languages.
fn join(place: &str, why: &Text) -> Text {
    Text { zh: format!("{place}：{}", why.zh).into(), en: format!("{place}: {}", why.en).into() }
}

/// The place of a column in a row: a cell, or the line of a text file.
pub fn place(origin: &Arc<Origin>, row: u32, col: u16) -> Place {
    let at = if origin.sheet.is_some() { At::Cell(row, col) } else { At::Line(row) };
    Place { origin: Arc::clone(origin), at }
}
