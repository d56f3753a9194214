//! The documentation as tests: README commands run as written, example batches are read, example rubrics pass, nothing is left out.
//! Must not time anything.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::juanping_in;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The fenced blocks of a page: what stands behind the fence, and the content.
fn fences(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(info), None) => open = Some((info.to_owned(), String::new())),
            (None, Some((_, content))) => *content += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
}

/// The commands of a page, in order.
fn commands(page: &str) -> Vec<String> {
    let shell = fences(page).into_iter().filter(|(info, _)| info == "sh");
    shell.flat_map(|(_, content)| content.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).expect("inside"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn both_readmes_give_the_same_commands() {
    let (en, zh) = (commands(&text("README.md")), commands(&text("README.zh-CN.md")));
    assert_eq!(en, zh);
    assert!(en.len() >= 15, "{en:?}");
    let pages = |page: &str| page.matches("\n## ").count();
    assert_eq!(pages(&text("README.md")), pages(&text("README.zh-CN.md")));
}

#[test]
fn readme_commands_run_as_written() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("samples"), &folder.path().join("samples"));
    let samples = root().join("samples").is_dir();
    for command in commands(&text("README.md")) {
        let Some(args) = command.strip_prefix("cargo run --release -- ") else {
            // These build the program or run these very tests.
            let known = [
                "cargo build --release",
                "cargo test",
                "cargo bench --bench floor",
                "cargo bench --bench check",
                "cargo bench --bench registers",
                "cargo bench --bench pages",
                "cargo bench --bench scans",
            ];
            assert!(known.contains(&command.as_str()), "nothing runs `{command}`");
            continue;
        };
        if args.contains("samples/") && !samples {
            continue;
        }
        let said = juanping_in(folder.path(), &args.split(' ').collect::<Vec<_>>());
        // A self-check that finds something says so.
        let found = i32::from(args.starts_with("check "));
        assert_eq!(said.code, found, "{command}\n{}\n{}", said.out, said.err);
        assert!(!said.out.is_empty(), "{command} says nothing");
    }
    let made = [
        "target/own/东岭区/卷内材料登记表.xlsx",
        "target/check/自查结果.xlsx",
        "target/demo/planted.json",
        "target/demo-out/总表.xlsx",
        "target/rubrics/legal-aid-civil.toml",
        "target/three/自查结果.xlsx",
        "target/three-out/总表.xlsx",
    ];
    let graded = ["out/总表.xlsx", "out/市本级.xlsx", "out/results.json", "out/cases.jsonl"];
    for file in made.into_iter().chain(graded.into_iter().filter(|_| samples)) {
        assert!(folder.path().join(file).is_file(), "{file} was not written");
    }
}

/// Writes the blocks that name a file.
fn write_named(page: &str, folder: &Path) -> Vec<PathBuf> {
    let named = |info: &str| info.split_once(' ').map(|(_, path)| folder.join(path));
    let blocks = fences(page).into_iter().filter_map(|(info, content)| named(&info).map(|path| (path, content)));
    let write = |(path, content): (PathBuf, String)| {
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, content).expect("written");
        path
    };
    blocks.map(write).collect()
}

#[test]
fn the_example_batch_of_the_guide_is_read_without_a_problem() {
    let mut results = Vec::new();
    for page in ["docs/batch.md", "docs/batch.zh-CN.md"] {
        let folder = tempfile::tempdir().expect("a folder");
        let files = write_named(&text(page), &folder.path().join("批次"));
        assert_eq!(files.len(), 6, "{page}: {files:?}");
        let said = juanping_in(folder.path(), &["assess", "批次", "-o", "结果"]);
        assert_eq!(said.code, 0, "{page}\n{}{}", said.out, said.err);
        let json = fs::read_to_string(folder.path().join("结果/results.json")).expect("results");
        let result: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        // The row that the corrected register replaces is told, and nothing else.
        let codes: Vec<&str> = result["problems"].as_array().into_iter().flatten().filter_map(|p| p["code"].as_str()).collect();
        assert_eq!(codes, ["P066"], "{page}: {}", result["problems"]);
        assert_eq!(result["offices"].as_array().map(Vec::len), Some(2));
        let cases = fs::read_to_string(folder.path().join("结果/cases.jsonl")).expect("cases");
        let case: serde_json::Value = cases
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .find(|c: &serde_json::Value| c["office"] == "西岭县")
            .expect("a case");
        assert_eq!(case["reviews"].as_array().map(Vec::len), Some(2), "{page}: the marks did not arrive");
        assert_eq!(case["fields"]["decided_on"], "2024-03-01", "{page}: dossier.json did not arrive");
        results.push(case);
    }
    assert_eq!(results[0], results[1], "the two languages give different examples");
}

#[test]
fn the_guide_names_every_setting() {
    let code = text("src/intake/settings_read.rs");
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let calls = [".text(\"", ".texts(\"", ".opt(\"", ".need(\"", ".need_text(\"", ".word(\"", ".tables(\"", "read(\""];
    let keys = calls.iter().flat_map(|call| code.match_indices(call).filter_map(|(at, _)| code[at + call.len()..].split('"').next()));
    let keys: std::collections::BTreeSet<&str> = keys.collect();
    assert!(keys.len() > 25, "{keys:?}");
    for page in ["docs/batch.md", "docs/batch.zh-CN.md"] {
        let page_text = text(page);
        let settings = fences(&page_text).into_iter().find(|(info, _)| info == "toml audit.toml").expect("audit.toml").1;
        let told = |key: &&&str| {
            let starts =
                |l: &str| l.trim_start_matches('[').starts_with(**key) && !l[l.find(**key).unwrap_or(0) + key.len()..].starts_with('_');
            settings.lines().any(starts)
        };
        let missing: Vec<&&str> = keys.iter().filter(|k| !told(k)).collect();
        assert!(missing.is_empty(), "{page} does not tell of {missing:?}");
    }
}

#[test]
fn the_example_rubric_of_the_guide_is_good() {
    for page in ["docs/rubrics.md", "docs/rubrics.zh-CN.md"] {
        let folder = tempfile::tempdir().expect("a folder");
        let files = write_named(&text(page), folder.path());
        assert_eq!(files, [folder.path().join("my.toml")]);
        for action in ["check", "test", "show"] {
            let said = juanping_in(folder.path(), &["rubric", action, "my.toml"]);
            assert_eq!(said.code, 0, "{page} {action}\n{}{}", said.out, said.err);
        }
    }
}

#[test]
fn the_guides_name_every_check_sheet_and_result_key() {
    for page in ["docs/rubrics.md", "docs/rubrics.zh-CN.md"] {
        let page_text = text(page);
        let missing: Vec<_> = juanping::check::KINDS.iter().map(|k| k.name).filter(|n| !page_text.contains(&format!("| `{n}`"))).collect();
        assert!(missing.is_empty(), "{page} has no line for {missing:?}");
    }
    for page in ["docs/results.md", "docs/results.zh-CN.md"] {
        let page_text = text(page);
        for name in juanping::report::schema::NAMES {
            let schema: serde_json::Value = serde_json::from_str(&juanping::report::schema::schema(name).expect("a schema")).expect("JSON");
            let keys = schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
            // Lines of files and of cases out of scope are told in words.
            let missing: Vec<_> = keys.filter(|k| matches!(*name, "results" | "cases" | "check") && !page_text.contains(*k)).collect();
            assert!(missing.is_empty(), "{page}: {name} has {missing:?}");
        }
        use juanping::report::words::{SUMMARY, check as own, sheets};
        let office = [
            sheets::OVERVIEW,
            sheets::CASES,
            sheets::DEDUCTIONS,
            sheets::ARCHIVE,
            sheets::FILING,
            sheets::PEOPLE,
            sheets::OPEN,
            sheets::LEDGER,
            sheets::STANDARD,
        ];
        let own = [own::FIRST, own::LIST, own::NOTICE, own::COLUMNS, own::OUTSIDE, own::COMPARED];
        let missing: Vec<_> = office.iter().chain(&SUMMARY).chain(&own).filter(|s| !page_text.contains(**s)).collect();
        assert!(missing.is_empty(), "{page} does not tell of {missing:?}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for page in [
        "README.md",
        "README.zh-CN.md",
        "docs/batch.md",
        "docs/batch.zh-CN.md",
        "docs/results.md",
        "docs/results.zh-CN.md",
        "docs/rubrics.md",
        "docs/rubrics.zh-CN.md",
        "docs/seal.md",
        "docs/seal.zh-CN.md",
        "docs/cluster.md",
        "docs/cluster.zh-CN.md",
        "docs/ledger.md",
        "docs/ledger.zh-CN.md",
    ] {
        let page_text = text(page);
        let targets = page_text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|t| t.ends_with(".md"));
        let home = root().join(page).parent().expect("a folder").to_owned();
        let lost: Vec<_> = targets.filter(|t| !home.join(t).is_file()).collect();
        assert!(lost.is_empty(), "{page}: {lost:?}");
    }
}
