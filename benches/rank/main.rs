//! How long `rank` takes for a province: by default five years of 170 offices with 100,000 cases a year, from results made by code.
//! Must not test results, nor fail by the clock: it prints figures for a person.
//!
//! `cargo bench --bench rank -- [--years N] [--offices N] [--cases N]`

#[path = "../floor/process.rs"]
mod process;

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use juanping::base::digest::sha256;
use juanping::record::seal::{Manifest, ManifestFile};
use juanping::record::v1::Tool;
use serde_json::{Value, json};

const JUANPING: &str = env!("CARGO_BIN_EXE_juanping");

fn say(line: &str) {
    // A closed pipe spoils nothing.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A row of numbers that look thrown.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
}

/// An office of so many cases, as long as a real one.
fn office(at: u64, n: u64, dice: &mut Dice) -> Value {
    let good = n * (70 + dice.below(30)) / 100;
    let (excellent, pass, open) = (good * 2 / 3, (good + n) / 2, dice.below(3).min(n - good));
    let rate = |id: &str, name: &str, k: u64| json!({ "id": id, "name": name, "headline": id == "good_rate", "k_low": k, "k_high": (k + open).min(n), "n": n, "ci95": null });
    let split =
        json!({ "n": n / 3, "k_low": good / 3, "k_high": good / 3, "grades": { "优秀": excellent / 3, "良好": (good - excellent) / 3 } });
    let by: Vec<(String, Value)> = (0..8).map(|i| (format!("类别{i}"), split.clone())).collect();
    let by: Value = by.into_iter().collect::<serde_json::Map<_, _>>().into();
    let lost: Vec<Value> = (0..70)
        .map(|i| json!({ "rubric": "legal-aid-civil", "criterion": format!("A{i:02}"), "cases": dice.below(n), "of": n, "points": dice.below(5000) }))
        .collect();
    // A mean of many cases has a long fraction.
    let (top, bottom) = (format!("{}{:030}", 80 + dice.below(15), dice.below(u64::MAX)), format!("1{}", "0".repeat(30)));
    let exact = format!("{top}/{bottom}");
    json!({
        "id": format!("99{at:04}"), "name": format!("虚构{at}县"), "parent": format!("虚构{}市", at / 15), "rows": n, "in_scope": n, "out_of_scope": {},
        "joined": 0, "selected": n, "final": n - open, "undecided": open,
        "grades": { "优秀": excellent, "良好": good - excellent, "合格": pass - good, "不合格": n - pass - open.min(n - pass) },
        "rates": [rate("excellent_rate", "优秀率", excellent), rate("good_rate", "优良率", good), rate("pass_rate", "合格率", pass)],
        "mean": [88, 88], "median": [90, 90], "mean_exact": [exact, exact], "marked": n,
        "by": { "case_type": by, "recipient_group": by }, "lost": lost,
        "filing": { "closed": n, "due": n, "filed": n, "in_time": n, "late": 0, "not_due": 0, "unfiled": 0, "unclear": 0, "lacking": 0, "contents": 0, "pages": 0 },
    })
}

/// Writes a result folder that opens as a whole one; how many bytes its `results.json` has.
fn result(folder: &Path, year: u64, offices: u64, cases: u64) -> usize {
    let mut dice = Dice(year);
    let t = json!({ "zh": "指标", "en": "criterion" });
    let criteria: Vec<Value> = (0..70)
        .map(|i| {
            json!({ "id": format!("A{i:02}"), "title": t, "group": "一", "kind": "regularity", "points": 1, "check": "present", "human": i > 60,
                "deduct": t, "basis": t, "verified": true, "remedy": "none", "fix": t })
        })
        .collect();
    let list: Vec<Value> = (0..offices).map(|at| office(at, cases / offices.max(1), &mut dice)).collect();
    let results = json!({
        "format": 1, "tool": { "name": "juanping", "version": env!("CARGO_PKG_VERSION") },
        "batch": { "title": format!("虚构省{year}年度评查"), "year": year, "as_of": format!("{year}-12-31"), "stage": "", "adopted": null,
            "scope": { "event": "closed", "from": null, "to": null, "case_types": [], "said": t, "selection": "all" },
            "made_by": null, "settings_sha256": null, "junk": 0, "rounding": t },
        "rubrics": [{ "id": "legal-aid-civil", "version": "1", "title": "民事", "sha256": "a", "adopted": false, "scheme": "points", "total": 100,
            "grades": [], "groups": [], "criteria": criteria, "red_lines": [], "counting": "cumulative" }],
        "registers": [], "problems": [], "offices": list, "groups": [], "cross": [],
    });
    let bytes = serde_json::to_vec_pretty(&results).expect("JSON");
    let file = ManifestFile { path: "results.json".to_owned(), bytes: bytes.len() as u64, sha256: sha256(&bytes) };
    let tool = Tool { name: "juanping".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("results.json"), &bytes).expect("results");
    fs::write(folder.join("manifest.json"), serde_json::to_vec_pretty(&Manifest::new(tool, vec![file])).expect("JSON"))
        .expect("a manifest");
    bytes.len()
}

fn main() {
    let (mut years, mut offices, mut cases) = (5_u64, 170_u64, 100_000_u64);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().and_then(|v| v.parse().ok()).unwrap_or_else(|| panic!("{word} needs a number"));
        match word.as_str() {
            "--years" => years = value(),
            "--offices" => offices = value(),
            "--cases" => cases = value(),
            _ => {}
        }
    }
    let room = tempfile::tempdir().expect("a room");
    let folders: Vec<PathBuf> = (0..years).map(|y| room.path().join(format!("{}", 2025 - years + y))).collect();
    let bytes: usize = (0..years).zip(&folders).map(|(y, folder)| result(folder, 2025 - years + y, offices, cases)).sum();
    say(&format!("{years} years, {offices} offices, {cases} cases a year: {} kB of results.json", bytes / 1000));
    let out = room.path().join("排名");
    for by in ["office", "group"] {
        let more: [&OsStr; 5] = ["-o".as_ref(), out.as_os_str(), "--by".as_ref(), by.as_ref(), "--quiet".as_ref()];
        let args = [OsStr::new("rank")].into_iter().chain(folders.iter().map(|f| f.as_os_str())).chain(more);
        let ran = process::run(Path::new(JUANPING), args);
        say(&format!("rank --by {by}: {}, {}", ran.times(), ran.peak()));
    }
}
