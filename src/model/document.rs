//! A paper of a dossier (卷内材料) and everything that says whether it is there: files, checklist cells, 卷内目录 lines.
//! Must not open files.

use std::sync::Arc;

use super::vocabulary::DocumentId;
use crate::base::place::{Place, Seen};

/// How a case's papers can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// All papers are there as files: what has no file is missing.
    Scanned,
    /// On paper: only a checklist or 卷内目录 can say what is there.
    Paper,
    /// Some as files, some on paper.
    Mixed,
}

impl Evidence {
    /// The word in JSON and registers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Scanned => "scanned",
            Self::Paper => "paper",
            Self::Mixed => "mixed",
        }
    }
}

/// What a checklist cell says of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// 有, √, a count or a page range.
    Present(u32),
    /// 无, ×, 0
    Absent,
    /// 不适用, /
    NotApplicable,
}

/// One statement about one kind of document in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// A file of the dossier.
    File,
    /// A checklist cell.
    Tick(Tick),
    /// A line of the 卷内目录: position, first and last page.
    Line {
        /// Zero-based position in the list.
        position: u32,
        /// Pages, both ends included.
        pages: Option<(u32, u32)>,
    },
}

/// A statement with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which kind; `None` for a line or file whose title no document claims.
    pub kind: Option<DocumentId>,
    /// Title or file name as written.
    pub title: Arc<str>,
    /// What is said.
    pub statement: Statement,
    /// Where.
    pub place: Place,
    /// Size of a file in bytes.
    pub bytes: u64,
}

impl Document {
    /// The place with the title as written.
    pub fn seen(&self) -> Seen {
        Seen { place: self.place.clone(), raw: Some(Arc::clone(&self.title)) }
    }
}

/// What all statements about one kind of document amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// There, so many of them.
    Present(u32, Vec<Seen>),
    /// Not there, and known not to be.
    Absent(Vec<Seen>),
    /// Ticked as not applicable.
    Declined(Vec<Seen>),
    /// A checklist and the files disagree.
    Contradicted(Vec<Seen>),
    /// Nothing is named like it, but some files or lines of the dossier are named like no document: these.
    Unnamed(Vec<Seen>),
    /// Nothing says either way.
    Unknown,
}
