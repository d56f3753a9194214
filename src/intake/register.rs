//! One file with tables, whatever its format: opened once, hashed, streamed sheet by sheet.
//! Must not know what a column means.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::preflight::{self, Format};
use super::row::Row;
use super::settings::Limits;
use super::sheet::Workbook;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::say;

enum Book {
    Workbook(Box<Workbook>),
    Text {
        text: String,
        /// Decoded as GB18030 because it was not UTF-8.
        gb: bool,
    },
}

/// An open file.
pub struct Register {
    book: Book,
    cells: u64,
    /// One origin a sheet; a text file has one without a sheet name.
    pub origins: Vec<Arc<Origin>>,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

/// Lower-case hex of a hash.
pub fn hex(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold(String::with_capacity(64), |mut out, b| {
        out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0'));
        out
    })
}

/// Reads a whole file, up to a size.
///
/// # Errors
/// It cannot be opened or is too large.
pub fn bytes_of(path: &Path, shown: &str, most: u64) -> Result<Vec<u8>, Problem> {
    let closed = |e: std::io::Error| Problem::new("P001", say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"), Place::file(shown));
    let size = std::fs::metadata(path).map_err(closed)?.len();
    if size > most {
        let message = say!("{shown} 有 {size} 字节，上限 {most}", "{shown} has {size} bytes, the limit is {most}");
        return Err(Problem::new("P005", message, Place::file(shown)));
    }
    std::fs::read(path).map_err(closed)
}

impl Register {
    /// Opens a file; `shown` is its path in the batch.
    ///
    /// # Errors
    /// It cannot be opened, or must not be.
    pub fn open(path: &Path, shown: &str, limits: &Limits) -> Result<Self, Problem> {
        Self::read(bytes_of(path, shown, limits.max_bytes)?, shown, limits)
    }

    /// Opens the content of a file, or of an entry of an archive.
    ///
    /// # Errors
    /// It must not be opened.
    pub fn read(content: Vec<u8>, shown: &str, limits: &Limits) -> Result<Self, Problem> {
        let refused = |(code, why): preflight::Refusal| Problem::new(code, join(shown, &why), Place::file(shown));
        let format = preflight::recognise(&content, limits).map_err(refused)?;
        let (sha256, bytes) = (hex(&content), content.len() as u64);
        let origin = |sheet: Option<&String>| Arc::new(Origin { file: shown.to_owned(), sheet: sheet.cloned() });
        let (book, origins) = match format {
            Format::Xlsx => {
                let book = Workbook::open(content).map_err(refused)?;
                let origins = book.sheets.iter().map(|s| origin(Some(s))).collect();
                (Book::Workbook(Box::new(book)), origins)
            }
            Format::Delimited => {
                let (text, gb) = super::delimited::decode(content).map_err(refused)?;
                (Book::Text { text, gb }, vec![origin(None)])
            }
        };
        Ok(Self { book, cells: limits.max_cells, origins, sha256, bytes })
    }

    /// Whether places are lines rather than cells.
    pub fn is_text(&self) -> bool {
        matches!(self.book, Book::Text { .. })
    }

    /// Whether it was decoded as GB18030 because it was not UTF-8: broken UTF-8 may pass for it and then has no known header.
    pub fn is_gb(&self) -> bool {
        matches!(self.book, Book::Text { gb: true, .. })
    }

    /// Hands the rows of one sheet to `sink` until it breaks off; what went wrong, if anything did.
    pub fn stream(&mut self, sheet: usize, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Option<Problem> {
        let origin = self.origins.get(sheet)?;
        let done = match &mut self.book {
            Book::Workbook(book) => {
                let name = book.sheets.get(sheet)?.clone();
                book.stream(&name, &mut self.cells, sink)
            }
            Book::Text { text, .. } => super::delimited::stream(text, &mut self.cells, sink),
        };
        let (code, why) = done.err()?;
        let place = Place::at(origin, At::Whole);
        Some(Problem::new(code, join(&place.to_string(), &why), place))
    }
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
