//! Files of every format made to hurt: none may panic, hang or fill the memory, and each says why it was not read.
//! Must not test what a good file gives: `formats` does.

use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use juanping::intake::register::Register;
use juanping::intake::settings::Limits;
use juanping::model::inside::Bounds;
use zip::write::SimpleFileOptions;

fn file(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/formats");
    fs::read(folder.join(name)).expect("a file")
}

const SMALL: Limits = Limits {
    max_bytes: 256 << 20,
    max_unpacked: 1 << 30,
    max_cells: 1_000_000,
    max_entries: 100_000,
    bounds: Bounds { bytes: 512 << 20, unpacked: 1 << 30, pages: 5_000, objects: 1_000_000, depth: 64, pixels: 200_000_000, seconds: 60 },
};

/// The first problem of a file, with what it says, and how many rows came before it.
fn told(bytes: Vec<u8>, limits: &Limits) -> (Option<&'static str>, String, u64) {
    let mut rows = 0;
    let mut register = match Register::read(bytes, "登记表", limits) {
        Ok(register) => register,
        Err(problem) => return (Some(problem.code), problem.message.zh.into_owned(), 0),
    };
    for sheet in 0..register.origins.len() {
        let problem = register.stream(sheet, &mut |_| {
            rows += 1;
            ControlFlow::Continue(())
        });
        if let Some(problem) = problem {
            return (Some(problem.code), problem.message.zh.into_owned(), rows);
        }
    }
    (None, String::new(), rows)
}

fn code(bytes: impl Into<Vec<u8>>) -> Option<&'static str> {
    told(bytes.into(), &SMALL).0
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(data).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// The same archive with other content for some parts.
fn with_parts(name: &str, mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file(name))).expect("a zip");
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).expect("an entry");
        let (name, mut data) = (entry.name().expect("a name").into_owned(), Vec::new());
        std::io::copy(&mut entry, &mut data).expect("read");
        parts.push((name.clone(), change(&name, data)));
    }
    archive(&parts.iter().map(|(n, d)| (n.as_str(), d.as_slice())).collect::<Vec<_>>())
}

fn ods(table: &str) -> Vec<u8> {
    let office = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn xml2003(table: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="表"><Table>{table}</Table></Worksheet></Workbook>"#
    )
}

#[test]
fn cells_that_a_file_says_are_repeated_are_counted() {
    let cell = |n: u32| format!(r#"<table:table-cell table:number-columns-repeated="{n}"><text:p>甲</text:p></table:table-cell>"#);
    let row = |rows: u32, cells: u32| format!(r#"<table:table-row table:number-rows-repeated="{rows}">{}</table:table-row>"#, cell(cells));
    let (seen, said, _) = told(ods(&row(50_000, 1000)), &SMALL);
    assert_eq!(seen, Some("P005"));
    assert!(said.contains("max_cells = 1000000"), "{said}");
    assert_eq!(code(ods(&row(4_000_000_000, 4_000_000_000))), Some("P005"));
    assert_eq!(told(ods(&row(10, 20)), &SMALL), (None, String::new(), 10));
    let blank = r#"<table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000"/></table:table-row>"#;
    assert_eq!(told(ods(blank), &SMALL), (None, String::new(), 0));
}

#[test]
fn merges_beyond_reason_are_not_filled() {
    let html = |span: &str| format!("<table><tr><td {span}>甲</td></tr>{}</table>", "<tr><td>乙</td></tr>".repeat(1000));
    for span in ["rowspan=100000000", "colspan=\"99999999999999999999\" rowspan=1000000", "rowspan='-1'", "rowspan=0"] {
        assert_eq!(told(html(span).into(), &SMALL), (None, String::new(), 1001), "{span}");
    }
    let wide = "<tr><td colspan=16384 rowspan=1000000>甲</td></tr>".repeat(10_000);
    assert_eq!(code(format!("<table>{wide}</table>")), Some("P005"), "work is counted, not only cells");
    let across = r#"<Row><Cell MergeAcross="4000000000" MergeDown="4000000000"><Data Type="String">甲</Data></Cell></Row>"#;
    assert_eq!(told(xml2003(&across.repeat(3)).into(), &SMALL), (None, String::new(), 3));
    assert_eq!(code(xml2003(r#"<Row Index="4294967295"><Cell><Data Type="String">甲</Data></Cell></Row>"#)), Some("P002"));
}

#[test]
fn merges_over_merges_are_counted() {
    let merges: String = (0..200).map(|_| r#"<mergeCell ref="A1:XFD12"/>"#).collect();
    let bytes = with_parts("register.xlsx", |name, data| {
        if !name.ends_with("sheet1.xml") {
            return data;
        }
        let text = String::from_utf8(data).expect("text");
        text.replace("</mergeCells>", &format!("{merges}</mergeCells>")).into_bytes()
    });
    assert_eq!(code(bytes), Some("P005"));
}

#[test]
fn bombs_are_refused_before_a_reader_opens_them() {
    let rows = "<row/>".repeat(2 << 20);
    for part in ["sheet1.xml", "workbook.xml", "styles.xml"] {
        let bomb = with_parts("register.xlsx", |name, data| if name.ends_with(part) { rows.clone().into_bytes() } else { data });
        let (seen, said, _) = told(bomb, &Limits { max_unpacked: 4 << 20, ..SMALL });
        assert_eq!(seen, Some("P005"), "{part}");
        assert!(said.contains("4194304"), "{said}");
    }
    let bomb = with_parts("register.xlsx", |name, data| if name.ends_with("sheet1.xml") { vec![b'<'; 110 << 20] } else { data });
    assert_eq!(code(bomb), Some("P005"));
    let long = "长".repeat(1 << 20);
    assert_eq!(
        code(ods(&format!("<table:table-row><table:table-cell><text:p>{long}</text:p></table:table-cell></table:table-row>"))),
        Some("P005")
    );
    let huge = format!("<table><tr><td>{}</td></tr></table>", "长".repeat(30 << 20));
    assert_eq!(code(huge.clone()), Some("P005"), "a cell of 90 MB");
    assert_eq!(code(format!("案号,备注\n1号,{}\n", "长".repeat(30 << 20))), Some("P005"));
}

#[test]
fn deep_nesting_is_flat() {
    for (open, close) in [("<table><tr><td>", ""), ("<table>", "</table>"), ("<div>", ""), ("<table><tr><td>甲", "</td></tr></table>")] {
        let seen = code(format!("<table><tr><td>{}{}", open.repeat(200_000), close.repeat(200_000)));
        assert!(matches!(seen, None | Some("P005" | "P006")), "{open}: {seen:?}");
    }
    let deep = format!("<Row><Cell><Data Type=\"String\">{}甲{}</Data></Cell></Row>", "<B>".repeat(100_000), "</B>".repeat(100_000));
    assert_eq!(code(xml2003(&deep)), None);
    let cut = xml2003("<Row><Cell><Data>甲</Data></Cell></Row>").replace("</Worksheet></Workbook>", "");
    assert_eq!(code(cut + &"<Row><Cell>".repeat(100_000)), Some("P002"));
    let tables = "<table><tr><td>甲</td></tr></table>".repeat(3000);
    assert_eq!(code(tables), Some("P005"));
}

#[test]
fn cut_and_ringed_containers_are_damaged() {
    for name in ["libreoffice.xls", "xlwt.xls"] {
        let whole = file(name);
        for keep in (8..whole.len()).step_by(509) {
            let seen = code(&whole[..keep]);
            assert!(seen.is_some() || keep + 4096 > whole.len(), "{name} cut to {keep} bytes passed");
        }
        // Every entry of the table of sectors in turn leads to a sector that leads back.
        let table = 512 + 512 * usize::from(whole[76]) + 256 * usize::from(whole[77]);
        for entry in 0..whole.len() / 512 {
            for to in [0_u32, 1, u32::try_from(entry).expect("small"), 0x00FF_FFFF, 0xFFFF_FFFF] {
                let mut ring = whole.clone();
                ring[table + entry * 4..][..4].copy_from_slice(&to.to_le_bytes());
                let _ = code(ring);
            }
        }
    }
    let mut ring = file("libreoffice.xls");
    ring[68..72].copy_from_slice(&0_u32.to_le_bytes());
    ring[1020..1024].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(code(ring), Some("P002"), "the table of tables leads to itself");
}

#[test]
fn records_cut_short_are_damaged() {
    for name in ["libreoffice.xls", "xlwt.xls", "wps.et"] {
        let whole = file(name);
        for at in (512..whole.len()).step_by(3) {
            for value in [0x00, 0xFF] {
                let mut bent = whole.clone();
                bent[at] = value;
                let _ = code(bent);
            }
        }
    }
    for part in ["workbook.bin", "sheet1.bin", "styles.bin", "sharedStrings.bin"] {
        let mut length = 0;
        let _ = with_parts("binary.xlsb", |name, data| {
            length = if name.ends_with(part) { data.len() } else { length };
            data
        });
        for at in (0..length).step_by(7) {
            let bent = with_parts("binary.xlsb", |name, mut data| {
                if name.ends_with(part) {
                    data[at] ^= 0xFF;
                }
                data
            });
            let _ = code(bent);
            let cut = with_parts("binary.xlsb", |name, data| if name.ends_with(part) { data[..at].to_vec() } else { data });
            let seen = code(cut);
            assert!(seen.is_some() || part != "sheet1.bin", "{part} cut to {at} bytes passed");
        }
    }
}

#[test]
fn a_far_cell_of_an_old_workbook_costs_nothing() {
    // A number in the last row and column that the format has, and a size that says the sheet is full.
    let mut whole = file("xlwt.xls");
    let size = whole.windows(4).position(|w| w == [0x00, 0x02, 0x0E, 0x00]).expect("the size of the sheet");
    whole[size + 4..size + 12].copy_from_slice(&[0, 0, 0, 0, 0, 0, 1, 0]);
    let cell = whole.windows(4).rposition(|w| w == [0xFD, 0x00, 0x0A, 0x00]).expect("a cell");
    whole[cell + 4..cell + 8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    assert_eq!(told(whole, &SMALL), (None, String::new(), 17));
}

#[test]
fn texts_that_are_cut_or_no_tables_have_their_own_codes() {
    let mut utf16 = file("utf16.csv");
    utf16.pop();
    assert_eq!(code(utf16), Some("P007"));
    let cases: [(&[u8], &str); 8] = [
        (b"Rar!\x1A\x07\x01\x00 rest", "P060"),
        (b"7z\xBC\xAF\x27\x1C\x00\x04", "P060"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "P006"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "P006"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>", "P061"),
        (b"<?xml version='1.0'?><invoice/>", "P006"),
        (b"<html><body>none</body></html>", "P006"),
        (b" \r\n\t", "P003"),
    ];
    for (bytes, want) in cases {
        assert_eq!(code(bytes), Some(want), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(code(archive(&[("word/document.xml", b"<w/>")])), Some("P061"));
    assert_eq!(code(archive(&[("a.txt", b"a")])), Some("P006"));
}

#[test]
fn passwords_are_told_from_damage() {
    let locked = archive(&[("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")]);
    assert_eq!(code(locked), Some("P004"));
    let mut old = file("xlwt.xls");
    // The code page of the old workbook becomes the record of a password.
    let at = old.windows(4).position(|w| w == [0x42, 0x00, 0x02, 0x00]).expect("a code page");
    old[at] = 0x2F;
    assert_eq!(code(old), Some("P004"));
    let mut zip = file("register.xlsx");
    for at in 0..zip.len() - 10 {
        match &zip[at..at + 4] {
            b"PK\x03\x04" => zip[at + 6] |= 1,
            b"PK\x01\x02" => zip[at + 8] |= 1,
            _ => {}
        }
    }
    assert_eq!(code(zip), Some("P004"));
}

#[test]
fn a_file_open_in_another_program_is_said() {
    let home = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        fs::write(home.path().join(name), bytes).expect("written");
        home.path().join(name)
    };
    let good = put("登记表.xlsx", &file("register.xlsx"));
    let notes = |path: &PathBuf| {
        let register = Register::open(path, "登记表", &SMALL).expect("read");
        register.notes(0..1).iter().map(|p| p.code).collect::<Vec<_>>()
    };
    assert_eq!(notes(&good), ["P025"]);
    put("~$登记表.xlsx", b"owner");
    assert_eq!(notes(&good), ["P025", "P064"]);
    let empty = put("台账.ods", b"");
    let opened = |path: &PathBuf| Register::open(path, "台账", &SMALL).err().map(|p| p.code);
    assert_eq!(opened(&empty), Some("P003"));
    put(".~lock.台账.ods#", b"owner");
    assert_eq!(opened(&empty), Some("P009"));
}

#[test]
fn a_mark_in_the_middle_of_a_text_loses_nothing() {
    let text = "\u{FEFF}案号,类型\n1号,民事\n\u{FEFF}2号,刑\u{FEFF}事\n";
    let mut register = Register::read(text.into(), "登记表", &SMALL).expect("read");
    let mut seen = Vec::new();
    register.stream(0, &mut |row| {
        seen.push(row.cells().map(|c| c.text.to_owned()).collect::<Vec<_>>().join("|"));
        ControlFlow::Continue(())
    });
    assert_eq!(seen, ["案号|类型", "1号|民事", "2号|刑事"]);
}
