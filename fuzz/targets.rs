//! What each fuzz target does with any bytes: no reader may panic, hang or fill the memory. Shared by `fuzz_targets/`, by the loop in
//! `mutate.rs` and by `tests/it/corpus.rs`, which runs every target over its seeds. Must not judge what was read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use juanping::base::mistake::Mistakes;
use juanping::inspect::{self, Depth, Look, docx as word, ofd as fixed, plain};
use juanping::intake::held::Room;
use juanping::intake::office::Asked;
use juanping::intake::register::Register;
use juanping::intake::row::Row;
use juanping::intake::settings::{Limits, Settings};
use juanping::intake::words::Words;
use juanping::intake::{formats, json, preflight, settings_read, table};
use juanping::model::format::Format;
use juanping::model::inside::{Bounds, Questions};
use juanping::rubric::Rubrics;
use juanping::rubric::load::load;

/// What a target does with any bytes.
pub type Run = fn(&[u8]);

/// Every target by name.
pub const ALL: &[(&str, Run)] = &[
    ("delimited", delimited),
    ("docx", docx),
    ("dossier", dossier),
    ("header", header),
    ("html", html),
    ("image", image),
    ("jpeg", jpeg),
    ("ods", ods),
    ("ofd", ofd),
    ("pdf", pdf),
    ("reading", reading),
    ("register", register),
    ("rubric", rubric),
    ("settings", settings),
    ("tiff", tiff),
    ("xls", xls),
    ("xlsb", xlsb),
    ("xlsx", xlsx),
    ("xml2003", xml2003),
];

const LIMITS: Limits = Limits { max_bytes: 8 << 20, max_unpacked: 32 << 20, max_cells: 100_000, max_entries: 10_000, bounds: BOUNDS };

const BOUNDS: Bounds = Bounds { bytes: 8 << 20, unpacked: 32 << 20, pages: 500, objects: 20_000, depth: 32, pixels: 4_000_000, seconds: 1 };

fn rubrics() -> &'static Rubrics {
    static SHIPPED: OnceLock<Rubrics> = OnceLock::new();
    SHIPPED.get_or_init(|| load(&["legal-aid-civil".to_owned()], None).rubrics.expect("the shipped rubric"))
}

/// A whole file of any format.
pub fn register(bytes: &[u8]) {
    let Ok(mut register) = Register::read(bytes.to_vec(), "file", &LIMITS) else { return };
    for sheet in 0..register.origins.len().min(50) {
        let _ = register.stream(sheet, &mut |row| {
            assert!(row.cells().all(|c| !c.text.is_empty()), "a blank cell was handed on");
            ControlFlow::Continue(())
        });
    }
    let _ = register.notes(0..register.origins.len().min(50));
}

/// Text with separators.
pub fn delimited(bytes: &[u8]) {
    let _ = preflight::recognise(bytes, &LIMITS);
    if let Ok(decoded) = juanping::intake::encoding::decode(bytes.to_vec()) {
        let cells = std::cell::Cell::new(LIMITS.max_cells);
        let _ = juanping::intake::delimited::stream(&decoded.text, &cells, LIMITS.max_cells, &mut |_| ControlFlow::Continue(()));
    }
}

/// HTML tables.
pub fn html(bytes: &[u8]) {
    let _ = formats::html::read(&String::from_utf8_lossy(bytes), &Room::new(&LIMITS));
}

/// XML Spreadsheet 2003.
pub fn xml2003(bytes: &[u8]) {
    let _ = formats::xml2003::read(&String::from_utf8_lossy(bytes), &Room::new(&LIMITS));
}

/// The content of an OpenDocument spreadsheet.
pub fn ods(bytes: &[u8]) {
    let _ = formats::ods::sheets(bytes, &Room::new(&LIMITS));
}

/// A PDF: its structure, its pages, its pixels.
pub fn pdf(bytes: &[u8]) {
    let bounds = Bounds { pages: 50, objects: 20_000, pixels: 4 << 20, unpacked: 64 << 20, ..Bounds::default() };
    let (questions, words) = (Questions::default(), juanping::inspect::words::Words::default());
    let look = Look { depth: Depth::Pixels, questions: &questions, words: &words, bounds, ocr: None, sm3: false };
    let opened = juanping::inspect::pdf::open(bytes, &look);
    assert_eq!(opened.pages.len(), opened.text.len(), "a page without a place for its text");
}

/// Old Excel in its container.
pub fn xls(bytes: &[u8]) {
    if let Ok(ole) = formats::ole::Ole::open(bytes) {
        let _ = formats::xls::read(&ole, &Room::new(&LIMITS));
    }
}

/// One part of a good archive is replaced: the first byte says which.
fn with_part(good: &[u8], bytes: &[u8], endings: &[&str]) -> Option<Vec<u8>> {
    let (which, part) = bytes.split_first()?;
    let ending = endings.get(usize::from(*which) % endings.len())?;
    let mut zip = zip::ZipArchive::new(Cursor::new(good)).ok()?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).ok()?;
        let (name, mut data) = (entry.name().ok()?.into_owned(), Vec::new());
        entry.read_to_end(&mut data).ok()?;
        out.start_file(&name, stored).ok()?;
        out.write_all(if name.ends_with(ending) { part } else { &data }).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// A part of a binary workbook.
pub fn xlsb(bytes: &[u8]) {
    let good = include_bytes!("../tests/data/intake/formats/binary.xlsb");
    if let Some(file) = with_part(good, bytes, &["sheet1.bin", "workbook.bin", "styles.bin", "sharedStrings.bin", ".bin.rels"]) {
        register(&file);
    }
}

/// A part of a workbook.
pub fn xlsx(bytes: &[u8]) {
    let good = include_bytes!("../tests/data/intake/formats/register.xlsx");
    if let Some(file) = with_part(good, bytes, &["sheet1.xml", "workbook.xml", "styles.xml", ".xml.rels"]) {
        register(&file);
    }
}

/// The first rows of a table, as the search for its header sees them.
pub fn header(bytes: &[u8]) {
    let (vocabulary, settings) = (&rubrics().vocabulary, Settings::undeclared());
    let words = Words::new(vocabulary, &settings);
    let mut rows: Vec<Row> = Vec::new();
    if let Ok(mut register) = Register::read(bytes.to_vec(), "file", &LIMITS) {
        let _ = register.stream(0, &mut |row| {
            rows.push(row.clone());
            if rows.len() < table::HEAD { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    let _ = table::find(&rows, &words, vocabulary, &BTreeSet::from(["F01".to_owned()]));
}

/// How a picture is looked into, with room for a small one.
fn looked(bytes: &[u8], format: Format) {
    let (questions, words) = (Questions::default(), inspect::words::Words::default());
    let bounds = Bounds { pixels: 1 << 20, pages: 20, objects: 100, ..Bounds::default() };
    let look = Look { depth: Depth::Pixels, questions: &questions, words: &words, bounds, ocr: None, sm3: false };
    let opened = inspect::image::open(bytes, format, &look);
    assert!(!opened.pages.is_empty() || !opened.troubles.is_empty(), "neither a page nor a trouble");
    assert_eq!(opened.pages.len(), opened.text.len(), "a page without its text");
    let _ = inspect::image::head(bytes, format);
}

/// A picture of any format, told by its content.
pub fn image(bytes: &[u8]) {
    looked(bytes, Format::sniff(bytes));
}

/// A JPEG.
pub fn jpeg(bytes: &[u8]) {
    looked(bytes, Format::Jpeg);
}

/// A TIFF.
pub fn tiff(bytes: &[u8]) {
    looked(bytes, Format::Tiff);
}

/// `dossier.json`.
pub fn dossier(bytes: &[u8]) {
    let (vocabulary, settings, marks) = (&rubrics().vocabulary, Settings::undeclared(), BTreeSet::new());
    let words = Words::new(vocabulary, &settings);
    let asked = Asked {
        settings: &settings,
        vocabulary,
        words: &words,
        own: None,
        marks: &marks,
        criteria: &marks,
        rubrics: &Default::default(),
        round: None,
        stage_files: &|_| false,
    };
    let _ = json::read(bytes, "dossier.json", &asked);
}

/// `audit.toml`.
pub fn settings(bytes: &[u8]) {
    let _ = settings_read::parse(&String::from_utf8_lossy(bytes), &Mistakes::default());
}

/// A rubric.
pub fn rubric(bytes: &[u8]) {
    let Ok(mut file) = tempfile::Builder::new().suffix(".toml").tempfile() else { return };
    if file.write_all(bytes).is_ok() && file.flush().is_ok() {
        let _ = load(&[file.path().to_string_lossy().into_owned()], None);
    }
}

/// What is asked of every text, and the words of the shipped vocabulary.
fn asked(run: impl FnOnce(&Look<'_>)) {
    static WORDS: OnceLock<inspect::words::Words> = OnceLock::new();
    let words = WORDS.get_or_init(|| inspect::words::Words::new(&rubrics().vocabulary));
    let values = [("recipient", "丁一禾"), ("id_no", "110101199003070028"), ("lawyer", "李明")];
    let questions = Questions {
        values: values.iter().map(|(f, v)| ((*f).to_owned(), vec![(*v).to_owned()])).collect(),
        phrases: ["如实陈述".to_owned(), "权利义务".to_owned()].into(),
        ..Questions::default()
    };
    run(&Look { depth: Depth::Pixels, questions: &questions, words, bounds: BOUNDS, ocr: None, sm3: false });
}

/// What every reader must keep: as many texts as pages, within the bounds, and the same facts twice.
fn seen(format: Format, open: impl Fn(&Look<'_>) -> inspect::Opened) {
    asked(|look| {
        let (once, twice) = (open(look), open(look));
        assert_eq!(once.pages.len(), once.text.len());
        assert!(once.pages.len() <= BOUNDS.pages as usize);
        assert!(!once.pages.is_empty() || !once.troubles.is_empty(), "nothing, and no reason");
        let (once, twice) = (inspect::facts(format, once, look), inspect::facts(format, twice, look));
        assert_eq!(once, twice);
        let pages = once.pages.len() as u32;
        let inside = |page: u32| (1..=pages).contains(&page);
        if let Some(reading) = &once.reading {
            assert!(reading.days.iter().all(|d| inside(d.1)) && reading.blanks.iter().all(|b| inside(b.page)));
            assert!(reading.numbers.iter().all(|n| inside(n.1)) && reading.labels.0 >= reading.labels.1);
        }
    });
}

/// Facts from plain text.
pub fn reading(bytes: &[u8]) {
    seen(Format::Text, |look| plain::open(bytes, look));
}

/// A part of a Word document, or the whole.
pub fn docx(bytes: &[u8]) {
    let good = include_bytes!("../tests/data/inspect/docx/note.docx");
    if bytes.starts_with(b"PK") {
        seen(Format::Docx, |look| word::open(bytes, look));
    } else if let Some(file) = with_part(good, bytes, &["word/document.xml", "_rels/.rels", "docProps/app.xml"]) {
        seen(Format::Docx, |look| word::open(&file, look));
    }
}

/// A part of an OFD, or the whole.
pub fn ofd(bytes: &[u8]) {
    let good = include_bytes!("../tests/data/inspect/ofd/notice.ofd");
    let parts = ["Page_0/Content.xml", "Document.xml", "OFD.xml", "DocumentRes.xml", "Tpl_0/Content.xml", "Signatures.xml"];
    if bytes.starts_with(b"PK") {
        seen(Format::Ofd, |look| fixed::open(bytes, look));
    } else if let Some(file) = with_part(good, bytes, &parts) {
        seen(Format::Ofd, |look| fixed::open(&file, look));
    }
}
