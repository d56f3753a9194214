//! What readers of this program got past it once, each by the way that they took. Must not test what other modules do.

use std::fs;

use serde_json::Value;

use crate::batch::Batch;
use crate::run::juanping_in;

const HEAD: &str = "机构,案号,案件类型,受援人,结案日期\n";

#[test]
fn a_red_line_that_nobody_speaks_of_any_more_is_not_put_right() {
    let room = Batch::bare().file("批次/audit.toml", "title = \"虚构批次\"\nyear = 2024\n");
    let room = room.file("批次/东岭区/登记表.csv", "案号,案件类型,受援人,结案日期\n东岭援民〔2024〕1号,民事,虚构甲,2024-05-01\n");
    let rows: &[&[&str]] = &[&["案号", "V01", "V01 理由", "评查人"], &["东岭援民〔2024〕1号", "成立", "收取财物", "Z01"]];
    let room = room.workbook("批次/东岭区/评分/评分表.xlsx", rows);
    let folder = room.path();
    let run = |args: &[&str]| juanping_in(&folder, args);
    assert_eq!(run(&["assess", "批次", "-o", "甲"]).code, 0);
    assert!(fs::read_to_string(folder.join("甲/cases.jsonl")).expect("cases").contains("\"criterion\":\"V01\",\"outcome\":\"unmet\""));
    fs::remove_dir_all(folder.join("批次/东岭区/评分")).expect("the sheet is gone");
    assert_eq!(run(&["assess", "批次", "--as-of", "2025-01-31", "-o", "乙"]).code, 0);
    let said = run(&["ledger", "甲", "乙", "-o", "台账.xlsx", "--format", "json"]);
    let ledger: Value = serde_json::from_str(&said.out).expect("JSON");
    let rows = ledger["rows"].as_array().expect("rows");
    let states: Vec<_> = rows.iter().filter(|r| r["criterion"] == "V01").filter_map(|r| r["state"].as_str()).collect();
    assert_eq!(states, ["无法比对"]);
    let diff: Value = serde_json::from_str(&run(&["diff", "甲", "乙", "--format", "json"]).out).expect("JSON");
    assert!(!diff.to_string().contains("\"fixed\":[{"), "{diff}");
}

#[test]
fn a_register_that_changes_between_two_parts_keeps_them_apart() {
    let row = |office: &str, no: u32| format!("{office},{office}援民〔2024〕{no}号,民事,虚构甲,2024-05-01\n");
    let both = format!("{HEAD}{}{}", row("东岭区", 1), row("白渡县", 2));
    let room = Batch::bare().file("批次/audit.toml", "title = \"虚构批次\"\nyear = 2024\n").file("批次/登记表.csv", both);
    let folder = room.path();
    let run = |args: &[&str]| juanping_in(&folder, args);
    assert_eq!(run(&["assess", "批次", "--office", "东岭区", "-o", "一"]).code, 0);
    let again = run(&["assess", "批次", "--office", "白渡县", "-o", "二"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(run(&["merge", "一", "二", "-o", "合"]).code, 0);
    let changed = format!("{HEAD}{}{}", row("东岭区", 1), row("白渡县", 3));
    fs::write(folder.join("批次/登记表.csv"), changed).expect("changed");
    assert_eq!(run(&["assess", "批次", "--office", "白渡县", "-o", "二"]).code, 0);
    let said = run(&["merge", "一", "二", "-o", "再合"]);
    assert!(said.code == 2 && said.err.contains("登记表.csv") && said.err.contains("改动"), "{}", said.err);
}

#[test]
fn a_draw_without_reviewers_is_assessed() {
    let room = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| juanping_in(room.path(), args);
    assert_eq!(run(&["demo", "批次", "--offices", "3", "--cases", "20", "--no-files"]).code, 0);
    assert_eq!(run(&["draw", "批次", "-o", "抽卷"]).code, 0);
    let said = run(&["assess", "批次", "--plan", "抽卷/抽卷方案.json", "-o", "结果"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}

#[test]
fn a_ledger_is_not_put_into_a_result() {
    let room = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| juanping_in(room.path(), args);
    assert_eq!(run(&["demo", "批次", "--offices", "2", "--cases", "6", "--no-files"]).code, 0);
    assert_eq!(run(&["assess", "批次", "-o", "结果"]).code, 0);
    let said = run(&["ledger", "结果", "-o", "结果/台账.xlsx"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert_eq!(run(&["verify", "结果"]).code, 0);
}
