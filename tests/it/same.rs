//! Same input, same answer: threads, paths, single offices and the order of rows change nothing that is said of a case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use juanping::demo::{self, Ask};
use serde_json::Value;

use crate::batch::files;
use crate::run::juanping_in;

/// A synthetic batch `batch` in a room of its own.
fn room(cases: u32, with_files: bool) -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a folder");
    demo::make(
        &room.path().join("batch"),
        &Ask { offices: 5, cases, seed: 11, files: with_files, round: false, indicators: false, mended: false },
    )
    .expect("a batch");
    room
}

fn assess(room: &Path, batch: &str, out: &str, flags: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let said = juanping_in(room, &[&["assess", batch, "-o", out, "--quiet"], flags].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    files(&room.join(out))
}

fn lines(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    String::from_utf8_lossy(&files[name]).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

#[test]
fn threads_and_paths_change_no_byte() {
    let room = room(60, true);
    let one = assess(room.path(), "batch", "one", &["--jobs", "1"]);
    let eight = assess(room.path(), "batch/", "eight", &["--jobs", "8", "--lang", "en"]);
    assert!(one == eight, "threads, language or a slash at the end changed a byte");
    let elsewhere = room.path().join("别处 2");
    std::fs::create_dir(&elsewhere).expect("a folder");
    std::fs::rename(room.path().join("batch"), elsewhere.join("batch")).expect("it moves");
    let batch = elsewhere.join("batch");
    let moved = assess(room.path(), &batch.to_string_lossy(), "moved", &[]);
    assert!(one == moved, "the place of the batch changed a byte");
}

#[test]
fn an_office_alone_is_graded_as_among_others() {
    let room = room(60, true);
    let all = assess(room.path(), "batch", "all", &[]);
    let results: Value = serde_json::from_slice(&all["results.json"]).expect("JSON");
    for office in results["offices"].as_array().into_iter().flatten() {
        let name = office["name"].as_str().unwrap_or_default();
        let alone = assess(room.path(), "batch", "alone", &["--office", name]);
        assert!(alone[&format!("{name}.xlsx")] == all[&format!("{name}.xlsx")], "{name}: its workbook depends on others");
        let own: Vec<Value> = lines(&all, "cases.jsonl").into_iter().filter(|c| c["office"] == name).collect();
        assert_eq!(lines(&alone, "cases.jsonl"), own, "{name}");
        let record: Value = serde_json::from_slice(&alone["results.json"]).expect("JSON");
        assert_eq!(&record["offices"][0], office, "{name}");
    }
}

/// What is said of a case, but for places.
fn told(case: &Value) -> (Value, Value, BTreeSet<String>) {
    let prints = case["findings"].as_array().into_iter().flatten().map(|f| f["fingerprint"].as_str().unwrap_or_default().to_owned());
    (case["marks"].clone(), case["criteria"].clone(), prints.collect())
}

fn by_case(cases: &[Value]) -> BTreeMap<String, (Value, Value, BTreeSet<String>)> {
    cases.iter().map(|c| (format!("{}|{}|{}", c["office"], c["case_no"], c["stage"]), told(c))).collect()
}

/// Registers in text, with their rows in the opposite order below the header.
fn reversed(batch: &Path) -> usize {
    let is_csv = |p: &PathBuf| p.extension().is_some_and(|e| e == "csv");
    let registers = walkdir::WalkDir::new(batch).into_iter().flatten().map(walkdir::DirEntry::into_path).filter(is_csv);
    let mut turned = 0;
    for path in registers {
        let Ok(text) = String::from_utf8(std::fs::read(&path).expect("a file")) else { continue };
        let mut rows: Vec<&str> = text.lines().collect();
        let Some(header) = rows.iter().position(|r| r.contains("案号")) else { continue };
        rows[header + 1..].reverse();
        std::fs::write(&path, rows.join("\n")).expect("it is written");
        turned += 1;
    }
    turned
}

#[test]
fn the_order_of_rows_changes_nothing_but_places() {
    let room = room(100, true);
    let before = lines(&assess(room.path(), "batch", "before", &[]), "cases.jsonl");
    assert!(reversed(&room.path().join("batch")) > 0, "no register was turned round");
    let after = lines(&assess(room.path(), "batch", "after", &[]), "cases.jsonl");
    assert_eq!(by_case(&before), by_case(&after));
}

#[test]
fn fingerprints_are_unique_in_a_result() {
    let room = room(300, false);
    let cases = lines(&assess(room.path(), "batch", "out", &[]), "cases.jsonl");
    let all: Vec<&str> =
        cases.iter().flat_map(|c| c["findings"].as_array().into_iter().flatten()).filter_map(|f| f["fingerprint"].as_str()).collect();
    let once: BTreeSet<&str> = all.iter().copied().collect();
    assert!(all.len() > 100);
    assert_eq!(all.len(), once.len());
}
