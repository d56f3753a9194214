//! Looks inside one file of a dossier: its format, its pages, and what its text says of the case. Must not know a criterion, keep text,
//! write to the disk (but the cache, and what [`ocr`] hands to another program) or open a file of a 密卷: it is given bytes and gives facts.
//!
//! One reader a format gives an [`Opened`]; what is the same for all formats, the facts taken from text, stands in [`reading`]. Nothing a
//! file holds may panic, hang or exhaust: every reader keeps to [`Bounds`] and names the one it met.

pub mod cache;
pub mod docx;
pub mod image;
pub mod manifest;
pub mod ocr;
pub mod ofd;
pub mod parts;
pub mod pdf;
pub mod plain;
mod radicals;
pub mod reading;
pub mod words;

use crate::model::format::Format;
use crate::model::inside::{Bounds, Inside, Limit, Page, Questions, Source, Trouble, What};
use jiff::civil::Date;
use ocr::Ocr;
use words::Words;

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// Not at all: files are known by their names alone.
    Names,
    /// Formats, pages, sizes and text, but no pixels.
    Headers,
    /// Pixels as well: blank pages, skew, colour, pages that look alike.
    #[default]
    Pixels,
}

impl Depth {
    /// The word on the command line and in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Headers => "headers",
            Self::Pixels => "pixels",
        }
    }

    /// The depth with this word.
    pub fn of(id: &str) -> Option<Self> {
        [Self::Names, Self::Headers, Self::Pixels].into_iter().find(|depth| depth.id() == id)
    }
}

/// How to look at the files of one case.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// How far.
    pub depth: Depth,
    /// What is asked of texts.
    pub questions: &'a Questions,
    /// Labels and titles.
    pub words: &'a Words,
    /// What a file may cost.
    pub bounds: Bounds,
    /// Reads scans that have no text, where asked for.
    pub ocr: Option<&'a Ocr>,
    /// Whether a list of hashes asks for SM3 beside SHA-256.
    pub sm3: bool,
}

/// What the reader of one format gives.
#[derive(Debug, Default)]
pub struct Opened {
    /// What is wrong.
    pub troubles: Vec<Trouble>,
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Text by page, as many as pages: empty where there is none. Lines end in `\n`. It is dropped once it was read.
    pub text: Vec<String>,
    /// Whether some of the text was read by OCR.
    pub by_ocr: bool,
    /// Table of contents: title and page from 1.
    pub outline: Vec<(String, u32)>,
    /// `PDF/A-1b`
    pub claims: Option<String>,
    /// When a photograph was taken.
    pub taken: Option<Date>,
}

impl Opened {
    /// Nothing but what is wrong.
    pub fn failed(what: What) -> Self {
        Self { troubles: vec![what.into()], ..Self::default() }
    }
}

/// A picture as it stands in a file, for OCR.
#[derive(Debug, Clone, Copy)]
pub enum Picture<'a> {
    /// A whole file of a format that OCR reads: JPEG, PNG, TIFF with one page.
    File(&'a [u8]),
    /// Grey pixels.
    Plane(&'a Plane),
}

/// A picture in grey: one byte a pixel, 0 black, rows from the top without padding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plane {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width × height` of them.
    pub pixels: Vec<u8>,
    /// Whether the picture had colour anywhere before it was made grey.
    pub coloured: bool,
    /// By how much it is smaller than the picture that it was made from (1, 2, 4, 8).
    pub reduced: u32,
}

/// Looks into a file whose bytes are all here. Hashes are not made here.
pub fn look(bytes: &[u8], look: &Look<'_>) -> Inside {
    let most = look.bounds.bytes;
    let size = bytes.len() as u64;
    let front = front(bytes);
    let format = Format::sniff(front);
    if bytes.is_empty() {
        return Inside::bare(Format::Unknown, vec![What::Empty.into()]);
    }
    if size > most {
        return Inside::bare(format, vec![What::Limit(Limit::Bytes, size, most).into()]);
    }
    if let Some(inside) = ends(format, front, tail(bytes), look) {
        return inside;
    }
    let opened = match format {
        Format::Pdf => pdf::open(bytes, look),
        Format::Jpeg | Format::Png | Format::Tiff | Format::Bmp | Format::Webp => image::open(bytes, format, look),
        Format::Ofd => ofd::open(bytes, look),
        Format::Docx => docx::open(bytes, look),
        Format::Text => plain::open(bytes, look),
        _ => Opened::failed(What::Unknown),
    };
    facts(format, opened, look)
}

/// How much of the end of a file [`ends`] wants.
pub const TAIL: usize = 1 << 10;

/// The first bytes of a file, from which its format and the head of a picture can be told.
pub fn front(bytes: &[u8]) -> &[u8] {
    bytes.get(..image::FRONT).unwrap_or(bytes)
}

fn tail(bytes: &[u8]) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default()
}

/// What the front ([`image::FRONT`]) and the end ([`TAIL`]) of a file tell, where no more is asked for; `None` when the whole file is needed.
pub fn ends(format: Format, front: &[u8], tail: &[u8], look: &Look<'_>) -> Option<Inside> {
    if look.depth != Depth::Headers || look.ocr.is_some() || format != Format::Jpeg {
        return None;
    }
    // Scanners pad the end, and phones put a video or a second picture there: without an end marker here, the whole file tells.
    memchr::memmem::rfind(tail, b"\xFF\xD9")?;
    let mut opened = image::head(front, format)?;
    opened.pages.iter_mut().for_each(|p| p.print = None);
    Some(facts(format, opened, look))
}

/// What is kept of an opened file.
pub fn facts(format: Format, mut opened: Opened, look: &Look<'_>) -> Inside {
    opened.troubles.sort();
    opened.troubles.dedup();
    for (page, text) in opened.pages.iter_mut().zip(&opened.text) {
        page.chars = u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX);
    }
    let marks: Vec<bool> = opened.pages.iter().map(|p| p.marks).collect();
    let reading = reading::read(&opened.text, &marks, look).map(|reading| {
        let source = if opened.by_ocr { Source::Ocr } else { Source::Text };
        crate::model::inside::Reading { source, ..reading }
    });
    let outline = opened.outline.into_iter().map(|(title, page)| (look.words.document(&title), page)).collect();
    Inside { outline, claims: opened.claims, taken: opened.taken, reading, pages: opened.pages, ..Inside::bare(format, opened.troubles) }
}
