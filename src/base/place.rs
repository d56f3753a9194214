//! Where a value or a finding stands (出处): a cell, a page, a JSON pointer or a line of one file.
//! Must not touch the disk; paths are relative to the batch and written with `/`.

use std::fmt;
use std::sync::Arc;

/// A file of the batch, and the sheet when the file is a workbook. Shared by all places inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Path relative to the batch, with `/`.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
}

/// The spot inside an [`Origin`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The file or folder as a whole.
    Whole,
    /// Zero-based row and column of a sheet.
    Cell(u32, u16),
    /// One-based line of a text file.
    Line(u32),
    /// One-based page of a document.
    Page(u32),
    /// RFC 6901 pointer into a JSON file.
    Pointer(Box<str>),
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// File and sheet.
    pub origin: Arc<Origin>,
    /// Spot.
    pub at: At,
}

impl Place {
    /// A file or folder as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { origin: Arc::new(Origin { file: file.into(), sheet: None }), at: At::Whole }
    }

    /// Another spot of the same file.
    pub fn at(origin: &Arc<Origin>, at: At) -> Self {
        Self { origin: Arc::clone(origin), at }
    }

    /// `C12` for a cell, nothing for the rest.
    pub fn cell(&self) -> Option<String> {
        match self.at {
            At::Cell(row, col) => Some(format!("{}{}", column_letters(col), row + 1)),
            _ => None,
        }
    }
}

/// `0 → A`, `25 → Z`, `26 → AA`.
pub fn column_letters(col: u16) -> String {
    let (mut n, mut letters) = (u32::from(col) + 1, Vec::new());
    while n > 0 {
        letters.push(b'A' + u8::try_from((n - 1) % 26).unwrap_or(0));
        n = (n - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin.file)?;
        if let Some(sheet) = &self.origin.sheet {
            write!(f, " {sheet}")?;
        }
        match &self.at {
            At::Whole => Ok(()),
            At::Cell(..) => write!(f, "!{}", self.cell().unwrap_or_default()),
            At::Line(n) => write!(f, ":{n}"),
            At::Page(n) => write!(f, " p.{n}"),
            At::Pointer(p) => write!(f, "#{p}"),
        }
    }
}

/// A place together with what was written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Where.
    pub place: Place,
    /// As written, when there is a value at all.
    pub raw: Option<Arc<str>>,
}

impl From<Place> for Seen {
    fn from(place: Place) -> Self {
        Self { place, raw: None }
    }
}
