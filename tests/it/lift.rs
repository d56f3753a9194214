//! What would lift grades, exports, and self-assessment against audit, run as a person would. Must not test the arithmetic of single cases.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::juanping;

fn assessed(out: &Path) {
    let batch = out.with_file_name("批次");
    let made = juanping(&["demo", &batch.to_string_lossy(), "--offices", "3", "--cases", "30", "--seed", "5", "--no-files"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let done = juanping(&["assess", &batch.to_string_lossy(), "-o", &out.to_string_lossy(), "--quiet", "--no-cache"]);
    assert_eq!(done.code, 0, "{}", done.err);
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn every_case_below_the_best_grade_is_told_and_none_is_guessed() {
    let room = tempfile::tempdir().expect("room");
    let (out, book) = (room.path().join("结果"), room.path().join("提升.xlsx"));
    assessed(&out);
    let said = juanping(&["what-if", &shown(&out), "--format", "json", "-o", &shown(&book)]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(book.is_file());
    let found = json(&said.out);
    let cases = fs::read_to_string(out.join("cases.jsonl")).expect("cases");
    let below = cases.lines().map(json).filter(|c| c["scope"] == "selected" && c["grade"] != "优秀").count();
    let told: Vec<&Value> =
        found["offices"].as_array().expect("offices").iter().flat_map(|o| o["cases"].as_array().expect("cases")).collect();
    assert_eq!(told.len(), below);
    assert!(below > 0, "the sample has no case to lift");
    for case in &told {
        assert!(case["unknown"].is_null(), "{case}");
    }
    // The same again, byte for byte, and over its own earlier workbook.
    let bytes = fs::read(&book).expect("book");
    let again = juanping(&["what-if", &shown(&out), "--format", "json", "-o", &shown(&book)]);
    assert_eq!((again.out, fs::read(&book).expect("book")), (said.out, bytes));
    let human = juanping(&["提升", &shown(&out)]);
    assert!(human.out.contains("等次提升测算") && human.out.contains("不得倒签、补造、替签"), "{}", human.out);
}

#[test]
fn wrong_names_and_places_are_said_in_words() {
    let room = tempfile::tempdir().expect("room");
    let out = room.path().join("结果");
    assessed(&out);
    let foreign = room.path().join("别人.xlsx");
    fs::write(&foreign, "notes").expect("foreign");
    let (at, there) = (shown(&out), shown(&foreign));
    let inside = shown(&out.join("导出"));
    let cases: &[(&[&str], &str)] = &[
        (&["what-if", &at, "--office", "无此县"], "结果里没有机构“无此县”"),
        (&["what-if", &at, "--case", "虚构〔2024〕999号"], "里没有案件"),
        (&["what-if", &at, "-o", &there], "已经存在"),
        (&["what-if", "没有的文件夹"], "找不到结果文件夹"),
        (&["gap", &at, "没有的文件夹"], "找不到结果文件夹"),
        (&["gap", &at, &at, "--office", "无此县"], "结果里没有机构“无此县”"),
        (&["report", "没有的文件夹", "--format", "csv", "-o", "target/none"], "找不到结果文件夹"),
        (&["report", &at, "--format", "csv", "-o", &inside], "重叠"),
        (&["report", &at, "--format", "csv", "-o", &shown(room.path())], "重叠"),
    ];
    for (args, words) in cases {
        let said = juanping(args);
        assert_eq!(said.code, 2, "{args:?} {}", said.err);
        assert!(said.err.contains(words), "{args:?}: {}", said.err);
    }
    let (other, mine) = (room.path().join("其他"), room.path().join("导出"));
    fs::create_dir(&other).expect("folder");
    fs::write(other.join("笔记.docx"), "x").expect("file");
    let said = juanping(&["report", &at, "--format", "csv", "-o", &shown(&other)]);
    assert!(said.code == 2 && said.err.contains("也不是以前的导出"), "{}", said.err);
    // One export takes the place of another, whatever its form.
    for form in ["csv", "json", "parquet"] {
        let said = juanping(&["report", &at, "--format", form, "-o", &shown(&mine)]);
        assert_eq!(said.code, 0, "{form} {}", said.err);
    }
    let files: Vec<_> = fs::read_dir(&mine).expect("folder").map(|e| e.expect("entry").file_name().into_string().expect("text")).collect();
    assert_eq!(files.len(), 4, "{files:?}");
}

#[test]
fn exports_read_back_to_the_same_marks_and_bytes() {
    let room = tempfile::tempdir().expect("room");
    let out = room.path().join("结果");
    assessed(&out);
    let export = |form: &str, to: &str| {
        let to = room.path().join(to);
        let said = juanping(&["report", &shown(&out), "--format", form, "-o", &shown(&to)]);
        assert_eq!(said.code, 0, "{}", said.err);
        to
    };
    for form in ["csv", "json", "parquet"] {
        let (one, two) = (export(form, &format!("{form}-1")), export(form, &format!("{form}-2")));
        for entry in fs::read_dir(&one).expect("folder") {
            let name = entry.expect("entry").file_name();
            assert_eq!(fs::read(one.join(&name)).expect("one"), fs::read(two.join(&name)).expect("two"), "{name:?}");
        }
    }
    let lines = fs::read_to_string(out.join("cases.jsonl")).expect("cases");
    let cases: Vec<Value> = lines.lines().map(json).collect();
    let whole = json(&fs::read_to_string(room.path().join("json-1/juanping.json")).expect("document"));
    assert_eq!(whole["cases"], Value::Array(cases.clone()));
    let text = fs::read_to_string(room.path().join("csv-1/cases.csv")).expect("csv");
    let mut csv = csv::Reader::from_reader(text.strip_prefix('\u{feff}').expect("a BOM").as_bytes());
    let at = |name: &str, head: &csv::StringRecord| head.iter().position(|h| h == name).expect("a column");
    let head = csv.headers().expect("head").clone();
    let rows: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), cases.len());
    for (row, case) in rows.iter().zip(&cases) {
        assert_eq!(&row[at("case_no", &head)], case["case_no"].as_str().expect("a number"));
        assert_eq!(row[at("marks_low", &head)].parse::<f64>().ok(), case["marks"]["low"].as_f64());
        assert_eq!(&row[at("grade", &head)], case["grade"].as_str().unwrap_or(""));
    }
    let parquet = fs::read(room.path().join("parquet-1/findings.parquet")).expect("parquet");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[test]
fn a_result_beside_itself_deviates_in_nothing() {
    let room = tempfile::tempdir().expect("room");
    let (out, book) = (room.path().join("结果"), room.path().join("对照.xlsx"));
    assessed(&out);
    let said = juanping(&["gap", &shown(&out), &shown(&out), "--format", "json", "-o", &shown(&book)]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(book.is_file());
    let found = json(&said.out);
    for office in found["offices"].as_array().expect("offices") {
        assert_eq!(office["both"], office["own"]["selected"], "{office}");
        assert_eq!((&office["up"], &office["down"], &office["beyond"]), (&Value::from(0), &Value::from(0), &Value::from(false)));
        for rate in office["rates"].as_array().expect("rates") {
            assert_eq!(rate["own"], rate["audit"]);
        }
        assert_eq!(office["deviation"]["mean"], 0);
    }
    let human = juanping(&["自评与抽查", &shown(&out), &shown(&out)]);
    assert!(human.out.contains("差别没有超出抽样偶然性可以解释的范围"), "{}", human.out);
}

#[test]
fn the_rules_of_the_guide_are_read_and_wrong_ones_are_said() {
    let room = tempfile::tempdir().expect("room");
    let out = room.path().join("结果");
    assessed(&out);
    let rules = |name: &str, text: &str| {
        let at = room.path().join(name);
        fs::write(&at, text).expect("rules");
        shown(&at)
    };
    let mut found = Vec::new();
    for page in ["docs/nominate.md", "docs/nominate.zh-CN.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("page");
        let example = text.split("```toml nominate.toml\n").nth(1).and_then(|t| t.split("```").next()).expect("an example");
        let at = rules("规则.toml", example);
        let book = room.path().join("推荐.xlsx");
        let said = juanping(&["nominate", &shown(&out), "--rules", &at, "--format", "json", "-o", &shown(&book)]);
        assert_eq!(said.code, 0, "{page} {}", said.err);
        assert!(book.is_file());
        found.push(json(&said.out));
    }
    assert_eq!(found[0], found[1]);
    let cases = fs::read_to_string(out.join("cases.jsonl")).expect("cases").lines().count();
    assert_eq!(found[0]["subsidy"]["cases"].as_array().map(Vec::len), Some(cases));
    for (text, words) in [
        ("[nominate]\ngrades = [\"优等\"]\nmost = 1", "规则里的等次“优等”不在评估标准里"),
        ("[nominate]\ngrades = [\"优秀\"]\nmost = 1\nspread = \"case_tpye\"", "规则里的字段 case_tpye 不存在"),
        ("[nominate]\ngrades = [\"优秀\"]", "缺少 most"),
    ] {
        let said = juanping(&["推荐", &shown(&out), "--rules", &rules("错.toml", text)]);
        assert!(said.code == 2 && said.err.contains(words), "{text}: {}", said.err);
    }
    let said = juanping(&["nominate", &shown(&out), "--rules", "没有.toml"]);
    assert!(said.code == 2 && said.err.contains("规则文件 没有.toml 打不开"), "{}", said.err);
}
