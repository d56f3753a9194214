//! What each fuzz target does with any bytes: no reader may panic, hang or fill the memory. Shared by `fuzz_targets/`, by the loop in
//! `mutate.rs` and by `tests/it/corpus.rs`, which runs every target over its seeds. Must not judge what was read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use juanping::base::mistake::Mistakes;
use juanping::inspect::{self, Depth, Look};
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
    ("dossier", dossier),
    ("header", header),
    ("html", html),
    ("image", image),
    ("jpeg", jpeg),
    ("ods", ods),
    ("register", register),
    ("rubric", rubric),
    ("settings", settings),
    ("tiff", tiff),
    ("xls", xls),
    ("xlsb", xlsb),
    ("xlsx", xlsx),
    ("xml2003", xml2003),
];

const LIMITS: Limits = Limits { max_bytes: 8 << 20, max_unpacked: 32 << 20, max_cells: 100_000, max_entries: 10_000 };

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
    let asked = Asked { settings: &settings, vocabulary, words: &words, marks: &marks, stage_files: &|_| false };
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
