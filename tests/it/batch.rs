//! Builds a batch from words, runs `assess` on it and reads back what was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// A batch in a folder of its own.
pub struct Batch {
    home: tempfile::TempDir,
    flags: Vec<String>,
}

/// What a run wrote.
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// stdout.
    pub said: String,
    /// stderr.
    pub told: String,
    /// `results.json`.
    pub results: Value,
    /// `cases.jsonl`.
    pub cases: Vec<Value>,
    /// `out-of-scope.jsonl`.
    pub out: Vec<Value>,
    /// `inputs.jsonl`.
    pub inputs: Vec<Value>,
    /// Every file by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Batch {
    /// A batch with settings for the year 2024.
    pub fn new() -> Self {
        Self::bare().file("audit.toml", "year = 2024\n")
    }

    /// A batch without settings.
    pub fn bare() -> Self {
        Self { home: tempfile::tempdir().expect("a folder"), flags: Vec::new() }
    }

    /// Adds a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let full = self.path().join(path);
        std::fs::create_dir_all(full.parent().expect("a parent")).expect("a folder");
        std::fs::write(full, content).expect("a file");
        self
    }

    /// Adds a workbook with one sheet of text cells.
    pub fn workbook(self, path: &str, rows: &[&[&str]]) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (r, row) in (0_u32..).zip(rows) {
            for (c, text) in (0_u16..).zip(*row) {
                sheet.write_string(r, c, *text).expect("a cell");
            }
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        self.file(path, bytes)
    }

    /// Adds flags.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.flags.extend(flags.iter().map(|f| (*f).to_owned()));
        self
    }

    /// The folder.
    pub fn path(&self) -> PathBuf {
        self.home.path().join("云岭市评查")
    }

    /// Runs `assess`.
    pub fn assess(&self) -> Ran {
        let out = self.home.path().join("结果");
        let mut command = Command::cargo_bin("juanping").expect("the program");
        command
            .env_remove("JUANPING_LANG")
            .env("JUANPING_CACHE", crate::run::CACHE)
            .arg("assess")
            .arg(self.path())
            .arg("-o")
            .arg(&out)
            .args(&self.flags);
        let output = command.output().expect("it runs");
        let files = files(&out);
        let lines = |name: &str| -> Vec<Value> {
            let text = files.get(name).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
            text.lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect()
        };
        Ran {
            code: output.status.code().unwrap_or(-1),
            said: String::from_utf8_lossy(&output.stdout).into_owned(),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
            results: files.get("results.json").map_or(Value::Null, |b| serde_json::from_slice(b).expect("JSON")),
            cases: lines("cases.jsonl"),
            out: lines("out-of-scope.jsonl"),
            inputs: lines("inputs.jsonl"),
            files,
        }
    }
}

/// Every file below a folder, by its path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file());
    entries
        .map(|e| {
            let name = e.path().strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
            (name, std::fs::read(e.path()).expect("a file"))
        })
        .collect()
}

impl Ran {
    /// Names of the offices, in order.
    pub fn offices(&self) -> Vec<&str> {
        self.results["offices"].as_array().into_iter().flatten().filter_map(|o| o["name"].as_str()).collect()
    }

    /// One office.
    pub fn office(&self, name: &str) -> &Value {
        self.results["offices"].as_array().into_iter().flatten().find(|o| o["name"] == name).unwrap_or(&Value::Null)
    }

    /// Codes of all problems, sorted.
    pub fn problems(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.results["problems"].as_array().into_iter().flatten().filter_map(|p| p["code"].as_str()).collect();
        codes.sort_unstable();
        codes
    }

    /// The case with this number.
    pub fn case(&self, case_no: &str) -> &Value {
        self.cases.iter().find(|c| c["case_no"] == case_no).unwrap_or(&Value::Null)
    }

    /// `rows + dossier_only = in_scope + out_of_scope + joined` for every office and group.
    pub fn adds_up(&self) {
        for office in self.results["offices"].as_array().into_iter().chain(self.results["groups"].as_array()).flatten() {
            let n = |key: &str| office[key].as_u64().unwrap_or(0);
            let out: u64 = office["out_of_scope"].as_object().into_iter().flatten().filter_map(|(_, v)| v.as_u64()).sum();
            assert_eq!(n("rows") + n("dossier_only"), n("in_scope") + out + n("joined"), "{office}");
        }
    }
}
