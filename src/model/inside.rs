//! What was seen inside the files of a dossier: formats, pages, and facts taken from their text. Must not hold text or open files.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::format::Format;
use super::vocabulary::DocumentId;
use crate::base::place::{At, Place};

/// A file of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The file as a whole.
    pub place: Place,
    /// Bytes.
    pub bytes: u64,
    /// Which document it is by its name or folder; `None` when none claims it.
    pub kind: Option<DocumentId>,
    /// What it is for.
    pub role: Role,
    /// Where it lies in an archive, if it does.
    pub packed: Option<Packed>,
    /// What was seen inside; `None` while nobody looked.
    pub inside: Option<Arc<Inside>>,
}

impl CaseFile {
    /// A page of it, from 1.
    pub fn page(&self, page: u32) -> Place {
        Place::at(&self.place.origin, At::Page(page))
    }

    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.place.origin.file.rsplit('/').next().unwrap_or_default()
    }
}

/// A file inside an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packed {
    /// How many bytes of the path are the archive's.
    pub archive: usize,
    /// Which entry it is.
    pub index: usize,
    /// Whether its content is encrypted.
    pub locked: bool,
}

/// What a file of a dossier is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A paper, or a part of one.
    Paper,
    /// A 卷内目录 as a spreadsheet.
    List,
    /// `dossier.json`: what is recorded of the case.
    Record,
    /// A list of hashes.
    Manifest,
}

/// What was seen inside one file. Two files of equal bytes have an equal one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// Told by content.
    pub format: Format,
    /// What is wrong with it, worst first.
    pub troubles: Vec<Trouble>,
    /// Pages in order; of a damaged file those that can be reached.
    pub pages: Vec<Page>,
    /// Its own table of contents: title as a document of the vocabulary (by id) and page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outline: Vec<(Option<String>, u32)>,
    /// The archive format that it says to be: `PDF/A-1b`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// When a photograph says to have been taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// Facts from its text; `None` when it has none or nobody read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// SHA-256 of its bytes in hex, where they were read as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// SM3 of its bytes in hex, where a list asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    /// Of a list of hashes, its lines: name of a file as written, and its hash in hex.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manifest: Vec<(String, String)>,
}

impl Inside {
    /// Nothing but the format and what is wrong.
    pub const fn bare(format: Format, troubles: Vec<Trouble>) -> Self {
        Self {
            format,
            troubles,
            pages: Vec::new(),
            outline: Vec::new(),
            claims: None,
            taken: None,
            reading: None,
            sha256: None,
            sm3: None,
            manifest: Vec::new(),
        }
    }

    /// Whether its pages cannot be looked at, or not all of them.
    pub fn is_partial(&self) -> bool {
        self.troubles.iter().any(|t| t.what.hides())
    }
}

/// Something wrong with a file, or a reason why it was not looked at as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trouble {
    /// What.
    pub what: What,
    /// On which page, from 1; `None` = the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl From<What> for Trouble {
    fn from(what: What) -> Self {
        Self { what, page: None }
    }
}

/// Kinds of [`Trouble`], worst first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum What {
    /// Zero bytes.
    Empty,
    /// It needs a password.
    Locked,
    /// It cannot be opened at all: its structure is broken.
    Broken,
    /// It ends before it should.
    CutShort,
    /// It opens, but its structure is damaged; what can be reached was looked at.
    Damaged,
    /// Two ways of counting its pages disagree: this many and that many. Both are told.
    Counts(u32, u32),
    /// A format that is not looked into.
    Unknown,
    /// The disk would not give it.
    Unread,
    /// A limit was reached: what it had (where known), and the most that is allowed.
    Limit(Limit, u64, u64),
    /// Its structure is damaged, but all of its pages were found.
    Mended,
    /// It opens, but its author forbids changes or copies (an owner's password).
    Restricted,
}

impl What {
    /// Whether pages or text may lie behind it that were not seen.
    pub const fn hides(&self) -> bool {
        !matches!(self, Self::Mended | Self::Restricted)
    }

    /// Whether the file itself is bad, rather than that the program did not look.
    pub const fn is_defect(&self) -> bool {
        matches!(self, Self::Empty | Self::Locked | Self::Broken | Self::CutShort | Self::Damaged | Self::Counts(..))
    }
}

/// What may run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Limit {
    /// Bytes of the file.
    Bytes,
    /// Bytes once unpacked.
    Unpacked,
    /// Bytes of one part, once unpacked or read; settings do not change it.
    Part,
    /// Pages.
    Pages,
    /// Objects or entries.
    Objects,
    /// Nesting.
    Depth,
    /// Pixels of one picture.
    Pixels,
    /// Passes over one picture (scans of a JPEG).
    Scans,
    /// Seconds for reading one page by OCR.
    Seconds,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Width and height of the paper in tenths of a millimetre, as shown (after [`turned`](Self::turned)); `None` when nothing tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<[u32; 2]>,
    /// The picture that makes the page, for scans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Scan>,
    /// Quarter turns clockwise by which the page, or the picture that makes it, is shown other than it is stored: by a tag (PDF `/Rotate`,
    /// EXIF orientation) or as a PDF draws it.
    #[serde(default)]
    pub turned: u8,
    /// Characters of text on it, not counting spaces.
    #[serde(default)]
    pub chars: u32,
    /// Something on it besides text that may be a signature or a seal: pictures, drawings, stamps, annotations.
    #[serde(default)]
    pub marks: bool,
    /// First 8 bytes of the SHA-256 of what makes the page (the picture as stored, or text and drawing); equal for equal pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<u64>,
    /// Whether nothing is on it; `None` when it was not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<bool>,
}

impl Page {
    /// The print of a scan that shows something: what may lie in two dossiers.
    pub fn scan_print(&self) -> Option<u64> {
        self.print.filter(|_| self.scan.is_some() && self.blank != Some(true))
    }
}

/// The picture of a scanned page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scan {
    /// Pixels across and down, as stored.
    pub pixels: [u32; 2],
    /// Dots per inch across and down: as tagged, or pixels over the paper of a PDF page; `None` when the tag is missing or says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpi: Option<[u32; 2]>,
    /// As stored.
    pub colour: Colour,
    /// What its pixels show; `None` when they were not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks: Option<Looks>,
}

/// How colours are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Colour {
    /// In colour.
    Colour,
    /// Grey.
    Grey,
    /// Black and white only.
    Bitonal,
    /// Not told.
    #[default]
    Unknown,
}

/// What the pixels of a page show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// Hundredths of a degree that its lines are turned clockwise, from -4500 to 4500; `None` when there are too few lines to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skew: Option<i16>,
    /// Whether its lines run from top to bottom as stored: a quarter turn; `None` when it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sideways: Option<bool>,
    /// Whether any part of it has colour.
    pub coloured: bool,
    /// A picture hash: near for pages that look alike.
    pub sketch: u64,
}

/// Facts taken from the text of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Where the text comes from.
    pub source: Source,
    /// Whether it can be used: not so when most of its characters make no sense, as of fonts without their characters.
    pub usable: bool,
    /// Characters, not counting spaces.
    pub chars: u32,
    /// Similarity hash (SimHash of 64 bits) of the text without digits and spaces; `None` when there is too little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sketch: Option<u64>,
    /// The document (by id) whose title stands at its head as a line of its own, and the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titled: Option<(String, u32)>,
    /// Numbers of cases of any kind, canonical, each with its first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<(String, u32)>,
    /// Dates after the title of a date field, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Dated>,
    /// Persons and numbers of persons after the title of such a field, compared with what was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
    /// Days written anywhere, each with its first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<(Date, u32)>,
    /// Blanks left open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blanks: Vec<Blank>,
    /// Labels of a form, and how many of them have nothing after them.
    #[serde(default)]
    pub labels: (u32, u32),
    /// Of the phrases that were asked for those that it has, sorted, each with its first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<(String, u32)>,
}

impl Reading {
    /// The first page that has a phrase that was asked for.
    pub fn says(&self, phrase: &str) -> Option<u32> {
        let at = self.said.binary_search_by(|(said, _)| said.as_str().cmp(phrase)).ok()?;
        self.said.get(at).map(|(_, page)| *page)
    }
}

/// Where text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Source {
    /// The file holds it as text.
    #[default]
    Text,
    /// Read from pictures by OCR: words may be wrong.
    Ocr,
}

/// A date after a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// Id of the field whose title or alias is the label.
    pub field: String,
    /// The day.
    pub date: Date,
    /// Page from 1.
    pub page: u32,
}

/// A value after a label, known only by whether it is one of those asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Id of the field whose title or alias is the label.
    pub field: String,
    /// Whether it is one of the values of the case; `None` when it is masked or cannot be told.
    pub same: Option<bool>,
    /// Page from 1.
    pub page: u32,
}

/// A blank left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// Of what.
    pub what: BlankKind,
    /// Page from 1.
    pub page: u32,
}

/// What a blank is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlankKind {
    /// `年 月 日` without numbers.
    Date,
    /// `签名：` with nothing after it.
    Signature,
    /// `盖章` or `（章）` has no text of its own and is not listed; this is `编号：` or `案号：` with nothing after it.
    Number,
}

/// What is asked of every text of one case. Nothing of it is kept but the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// By id of a field of persons or their numbers, the values of the case.
    pub values: Vec<(String, Vec<String>)>,
    /// Phrases that criteria look for, sorted.
    pub phrases: Arc<[String]>,
    /// The number of the case: numbers of its shape are kept. Where it is empty all are, with what runs into them.
    pub case_no: String,
}

/// What looking into one file may cost (`[limits]` of audit.toml).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes once unpacked, over all parts of one file.
    pub unpacked: u64,
    /// Pages of one file.
    pub pages: u32,
    /// Objects or entries of one file.
    pub objects: u32,
    /// Nesting.
    pub depth: u32,
    /// Pixels of one picture.
    pub pixels: u64,
    /// Seconds that OCR may take for one page.
    pub seconds: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 512 << 20, unpacked: 1 << 30, pages: 5_000, objects: 1_000_000, depth: 64, pixels: 200_000_000, seconds: 60 }
    }
}
