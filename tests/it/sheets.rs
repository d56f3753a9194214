//! Score sheets as reviewers get them from a draw: whose they are, what can be filled in, and that they hold nobody's personal values.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;

use crate::batch::files;
use crate::run::juanping_in;

const REVIEWERS: &str = "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构专家一\"\n[[reviewer]]\ncode = \"Z02\"\nname = \"虚构专家二\"\n\
    [[reviewer]]\ncode = \"z/3\"\nname = \"虚构专家三\"\n";

/// The demo batch, with reviewers and these settings, drawn.
fn drawn(settings: &str, flags: &[&str]) -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a folder");
    let made = juanping_in(room.path(), &["demo", "批次", "--cases", "16", "--offices", "3", "--no-files"]);
    assert_eq!(made.code, 0, "{}", made.err);
    fs::write(room.path().join("批次/reviewers.toml"), REVIEWERS).expect("written");
    fs::write(room.path().join("批次/draw.toml"), settings).expect("written");
    let said = draw(room.path(), flags);
    assert_eq!(said.code, 0, "{}", said.err);
    room
}

fn draw(room: &Path, flags: &[&str]) -> crate::run::Said {
    juanping_in(room, &[&["draw", "批次", "-o", "抽卷", "--seed", "7", "--number", "8"], flags].concat())
}

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("the sheet");
    range.rows().map(|r| r.iter().map(Data::to_string).collect()).collect()
}

/// Every part of a workbook, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut all = Vec::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        all.push((part.name().expect("a name").into_owned(), text));
    }
    all
}

#[test]
fn each_reviewer_gets_exactly_their_cases() {
    for (settings, sheet) in [("", "001"), ("[sheet]\nlayout = \"grid\"\nfacts = \"after\"\n", "评分总表")] {
        let room = drawn(settings, &[]);
        let written = files(&room.path().join("抽卷"));
        let plan: Value = serde_json::from_slice(&written["抽卷方案.json"]).expect("JSON");
        let tasks = plan["allocation"]["tasks"].as_array().expect("tasks");
        for (code, name) in [("Z01", "评分表/Z01.xlsx"), ("Z02", "评分表/Z02.xlsx"), ("z/3", "评分表/z%2f;3.xlsx")] {
            let identity = rows(&written[name], "标识");
            let value = |key: &str| identity.iter().find(|r| r[0] == key).map(|r| r[1].as_str()).expect("a key");
            assert_eq!((value("kind"), value("reviewer")), ("juanping-score-sheet", code));
            assert_eq!(Some(value("frame")), plan["frame_sha256"].as_str());
            let listed: Vec<[&str; 3]> = identity.iter().filter(|r| r[0] == "page").map(|r| [&*r[2], &*r[3], &*r[4]]).collect();
            let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
            let mine = tasks.iter().filter(|t| t["reviewer"] == code);
            let given: Vec<[String; 3]> = mine.map(|t| [&t["office"], &t["case_no"], &t["stage"]].map(text)).collect();
            assert_eq!(listed, given);
            assert!(identity.iter().filter(|r| r[0] == "page").all(|r| !r[6].is_empty()), "every case has something to mark");
            assert!(!rows(&written[name], sheet).is_empty());
        }
        // The same draw gives the same sheets, also with one thread and in English.
        assert_eq!(draw(room.path(), &["--jobs", "1", "--lang", "en"]).code, 0);
        assert!(files(&room.path().join("抽卷")) == written, "bytes differ");
    }
}

#[test]
fn only_cells_to_fill_in_are_open() {
    let room = drawn("[sheet]\ncalibration = 2\n", &[]);
    let written = files(&room.path().join("抽卷"));
    for name in ["评分表/Z01.xlsx", "评分表/校准_Z01.xlsx"] {
        let parts = parts(&written[name]);
        let sheets: Vec<&String> = parts.iter().filter(|(n, _)| n.starts_with("xl/worksheets/sheet")).map(|(_, t)| t).collect();
        assert!(sheets.len() > 3 && sheets.iter().all(|s| s.contains("<sheetProtection sheet=\"1\"")), "{name}: every sheet is locked");
        let (_, book) = parts.iter().find(|(n, _)| n == "xl/workbook.xml").expect("the workbook");
        assert!(book.contains("name=\"标识\"") && book.matches("state=\"hidden\"").count() == 1, "{book}");
        // Formats without a lock, and the cells that have them.
        let (_, styles) = parts.iter().find(|(n, _)| n == "xl/styles.xml").expect("styles");
        let formats = styles.split("<cellXfs").nth(1).and_then(|s| s.split("</cellXfs>").next()).expect("formats");
        let open: BTreeSet<String> =
            formats.split("<xf ").skip(1).enumerate().filter(|(_, f)| f.contains("locked=\"0\"")).map(|(i, _)| i.to_string()).collect();
        let page = parts.iter().find(|(_, t)| t.contains("'目录'!A1") && t.contains("<dataValidation")).map(|(_, t)| t).expect("a page");
        let mut unlocked = 0;
        for cell in page.split("<c r=\"").skip(1) {
            let style = cell.split("s=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default();
            let head = cell.split('>').next().unwrap_or_default();
            if open.contains(style) {
                unlocked += 1;
                assert!(head.ends_with('/'), "an open cell is empty: {head}");
            }
        }
        assert!(unlocked > 20, "{unlocked}");
        assert!(page.contains("type=\"custom\"") && page.contains("成立,不成立"), "cells say what they take");
    }
    assert_eq!(rows(&written["评分表/校准_Z01.xlsx"], "标识")[0][..2], ["kind", "juanping-calibration"]);
}

#[test]
fn no_personal_value_of_the_registers_is_on_a_sheet() {
    let room = drawn("[sheet]\ncalibration = 3\n", &[]);
    let mut secret: BTreeSet<String> = BTreeSet::new();
    for (name, bytes) in files(&room.path().join("批次")) {
        if name.ends_with(".xlsx") {
            let book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).expect("a workbook");
            for row in book.sheet_names().iter().flat_map(|sheet| rows(&bytes, sheet)) {
                secret.extend(row.iter().filter(|w| w.is_ascii() && w.len() == 18 && w[..17].chars().all(|c| c.is_ascii_digit())).cloned());
                secret.extend(row.iter().filter(|w| w.len() == 11 && w.starts_with("100")).cloned());
            }
        } else {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
            secret.extend(runs.filter(|w| w.len() == 18 && w[..17].chars().all(|c| c.is_ascii_digit())).map(str::to_owned));
        }
    }
    assert!(secret.len() > 10, "{secret:?}");
    for (name, bytes) in files(&room.path().join("抽卷")).into_iter().filter(|(n, _)| n.ends_with(".xlsx")) {
        for (part, text) in parts(&bytes) {
            for word in secret.iter().map(String::as_str).chain(["虚构专家"]) {
                let plain = word != "虚构专家" || name.starts_with("评分表/");
                assert!(!(plain && text.contains(word)), "{word} in {part} of {name}");
            }
        }
    }
}

#[test]
fn filled_sheets_are_never_replaced_and_sheets_can_be_left_out() {
    let room = drawn("", &["--no-sheets"]);
    assert!(!room.path().join("抽卷/评分表").exists());
    assert!(draw(room.path(), &[]).out.contains("评分表 3 份"));
    let sheet = room.path().join("抽卷/评分表/Z02.xlsx");
    let mut bytes = fs::read(&sheet).expect("the sheet");
    bytes.push(0);
    fs::write(&sheet, &bytes).expect("filled in");
    let said = draw(room.path(), &[]);
    assert!(said.code == 2 && said.err.contains("评分表/Z02.xlsx") && said.err.contains("可能已经填写"), "{said:?}");
    fs::remove_file(&sheet).expect("moved away");
    fs::write(room.path().join("抽卷/评分表/Z01（批注）.xlsx"), "x").expect("foreign");
    let said = draw(room.path(), &[]);
    assert!(said.code == 2 && said.err.contains("Z01（批注）"), "{said:?}");
    fs::remove_file(room.path().join("抽卷/评分表/Z01（批注）.xlsx")).expect("moved away");
    assert_eq!(draw(room.path(), &["--no-sheets"]).code, 0);
    assert!(!room.path().join("抽卷/评分表").exists(), "replaced as a whole");
}
