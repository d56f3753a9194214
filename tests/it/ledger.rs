//! The way of a finding: self-check, put right, checked again, struck off, and back; waivers and the comparison of two results beside it.
//! Must not test how a ledger is merged: the laws of the room do.

use std::fs;
use std::path::Path;

use juanping::ledger::{column as c, read};
use juanping::record::ledger::{Ledger, LedgerRow, LedgerValue};

use crate::batch::{Batch, Ran};
use crate::run::{Said, juanping_in};

const HEAD: &str = "案号,案件类型,受援人,承办人,结案日期,批准援助时间,申请审批表(有无),给予法律援助决定书(有无)";

/// A batch of two cases; the application form of each is there or not.
fn batch(folder: &Path, forms: [&str; 2], settings: &str) {
    let home = folder.join("批次/东岭区");
    fs::create_dir_all(&home).expect("a folder");
    let row = |n: usize, form: &str| format!("东岭援民〔2024〕{n}号,民事,虚构甲,律师乙,2024-05-0{n},2024-03-01,{form},有\n");
    let text = format!("{HEAD}\n{}{}", row(1, forms[0]), row(2, forms[1]));
    fs::write(home.join("2024年案件登记表.csv"), text).expect("a register");
    fs::write(folder.join("批次/audit.toml"), format!("title = \"虚构批次\"\nyear = 2024\n{settings}")).expect("settings");
}

fn assess(folder: &Path, as_of: &str, out: &str) {
    let said = juanping_in(folder, &["assess", "批次", "--as-of", as_of, "-o", out]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}

fn run(folder: &Path, args: &[&str]) -> Said {
    let said = juanping_in(folder, args);
    assert_eq!(said.code, 0, "{args:?}\n{}{}", said.out, said.err);
    said
}

fn ledger(folder: &Path) -> Ledger {
    read::read(&folder.join("台账.xlsx"), "台账.xlsx").expect("a ledger").base
}

/// The row about the application form of a case.
fn form<'l>(ledger: &'l Ledger, case: &str) -> &'l LedgerRow {
    let is = |r: &&LedgerRow| r.case_no.contains(case) && r.remedy == "complete" && r.shown(c::FOUND).contains("审查表");
    ledger.rows.iter().find(is).unwrap_or_else(|| panic!("{case}: {:?}", ledger.rows.iter().map(|r| r.shown(c::FOUND)).collect::<Vec<_>>()))
}

/// What a person does to a row with another program.
fn edit(folder: &Path, case: &str, file: &str, cells: &[(&str, &str)]) {
    let written = ledger(folder);
    let mut changed = written.clone();
    let key = form(&written, case).key.clone();
    let row = changed.rows.iter_mut().find(|r| r.key == key).expect("the row");
    for (column, value) in cells {
        let day = *column == c::CHECKED;
        let value = if day { LedgerValue::Day { day: (*value).to_owned() } } else { LedgerValue::words(*value) };
        row.cells.insert((*column).to_owned(), value);
    }
    let bytes = juanping::report::ledger::edited(&changed, &written).expect("a workbook");
    fs::write(folder.join(file), bytes).expect("written");
}

#[test]
fn from_self_check_to_struck_off_and_back() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path();
    fs::write(folder.join("ledger.toml"), "issued = 2025-01-10\ndays = 15\n").expect("rules");
    batch(folder, ["无", "无"], "");
    assess(folder, "2024-12-31", "初查");
    let said = run(folder, &["ledger", "初查", "-o", "台账.xlsx", "--rules", "ledger.toml"]);
    assert!(said.out.contains("整改台账") && said.out.contains("不得倒签、补造、替签"), "{}", said.out);
    let first = ledger(folder);
    let row = form(&first, "〕1号");
    // 15 working days after Friday 10 January 2025, with 26 January worked and 28 January to 4 February off.
    assert_eq!((row.state.as_str(), row.shown(c::DUE).as_str()), ("未整改", "2025-02-07"));
    assert_eq!(row.shown(c::PERSON), "律师乙");
    let bytes = fs::read(folder.join("台账.xlsx")).expect("bytes");
    run(folder, &["ledger", "初查", "-o", "台账.xlsx", "--rules", "ledger.toml"]);
    assert!(bytes == fs::read(folder.join("台账.xlsx")).expect("bytes"), "a second run changes the ledger");

    // Struck off before anything is checked again: sent back.
    let three = [(c::STATE, "已销号"), (c::CHECKER, "张虚构"), (c::CHECKED, "2025-03-01"), (c::EVIDENCE, "照片（虚构）")];
    edit(folder, "〕2号", "台账.xlsx", &three);
    run(folder, &["ledger", "初查", "-o", "台账.xlsx"]);
    let early = ledger(folder);
    let row = form(&early, "〕2号");
    assert_eq!(row.state, "回头看退回");
    assert!(row.shown(c::PROGRAM).contains("最新结果仍有此问题"), "{}", row.shown(c::PROGRAM));

    // One is put right and checked again.
    batch(folder, ["有", "无"], "");
    assess(folder, "2025-06-30", "复查");
    let results = fs::read(folder.join("复查/results.json")).expect("results");
    let same = juanping_in(folder, &["ledger", "复查", "初查", "-o", "台账.xlsx"]);
    assert_eq!(same.code, 0, "{}", same.err);
    let second = ledger(folder);
    assert_eq!(form(&second, "〕1号").state, "待复核");
    assert!(form(&second, "〕2号").overdue.is_some_and(|days| days == 143), "{:?}", form(&second, "〕2号").overdue);

    // Struck off, but not without evidence.
    edit(folder, "〕1号", "台账.xlsx", &three[..3]);
    run(folder, &["ledger", "复查", "-o", "台账.xlsx"]);
    let lacking = ledger(folder);
    assert_eq!(form(&lacking, "〕1号").state, "待复核");
    assert!(form(&lacking, "〕1号").shown(c::PROGRAM).contains("还缺佐证材料"));
    edit(folder, "〕1号", "交回.xlsx", &three);
    run(folder, &["ledger", "复查", "-o", "台账.xlsx", "--edited", "交回.xlsx"]);
    let closed = ledger(folder);
    assert_eq!(form(&closed, "〕1号").state, "已销号");
    assert_eq!(form(&closed, "〕1号").shown(c::EVIDENCE), "照片（虚构）");
    assert!(results == fs::read(folder.join("复查/results.json")).expect("results"), "a ledger writes no result");

    // It comes back.
    batch(folder, ["无", "无"], "");
    assess(folder, "2025-09-30", "回头看");
    let json = run(folder, &["ledger", "回头看", "-o", "台账.xlsx", "--format", "json"]);
    let printed: Ledger = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(form(&printed, "〕1号").state, "回头看退回");
    assert!(form(&printed, "〕1号").shown(c::PROGRAM).contains("销号以后又出现"));
}

#[test]
fn two_edits_of_one_cell_are_a_conflict_that_is_shown() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path();
    batch(folder, ["无", "有"], "");
    assess(folder, "2024-12-31", "初查");
    run(folder, &["ledger", "初查", "-o", "台账.xlsx"]);
    edit(folder, "〕1号", "甲.xlsx", &[(c::DONE, "已向当事人索取"), (c::REMARK, "甲记")]);
    edit(folder, "〕1号", "乙.xlsx", &[(c::DONE, "已写说明"), (c::EVIDENCE, "说明一份")]);
    let args = ["ledger", "初查", "-o", "台账.xlsx", "--edited", "甲.xlsx", "--edited", "乙.xlsx"];
    for _ in 0..2 {
        let said = juanping_in(folder, &args);
        assert_eq!(said.code, 1, "{}{}", said.out, said.err);
        assert!(said.err.contains("有 1 处两人改得不一样"), "{}", said.err);
        let merged = ledger(folder);
        let row = form(&merged, "〕1号");
        assert_eq!([c::DONE, c::REMARK, c::EVIDENCE].map(|x| row.shown(x)), ["", "甲记", "说明一份"]);
        let conflict = &merged.conflicts[0];
        let told: Vec<_> = conflict.versions.iter().map(|v| (v.file.as_str(), v.cell.is_empty())).collect();
        assert_eq!(told, [("甲.xlsx", false), ("乙.xlsx", false)]);
    }
}

#[test]
fn what_cannot_be_taken_is_refused_by_name() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path();
    batch(folder, ["无", "有"], "");
    assess(folder, "2024-12-31", "初查");
    batch(folder, ["有", "有"], "");
    assess(folder, "2024-12-31", "同日");
    assess(folder, "2024-06-30", "早");
    run(folder, &["ledger", "初查", "-o", "台账.xlsx"]);
    fs::write(folder.join("别的.xlsx"), "x").expect("written");
    fs::write(folder.join("错.toml"), "day = 3\n").expect("written");
    fs::write(folder.join("无此项.toml"), "criteria = [\"Z99\"]\n").expect("written");
    let cases: [(&[&str], &str); 7] = [
        (&["ledger", "同日", "-o", "台账.xlsx"], "同一机构（东岭区）不能分先后"),
        (&["ledger", "早", "-o", "台账.xlsx"], "早于台账已看过的"),
        (&["ledger", "没有", "-o", "台账.xlsx"], "找不到结果文件夹"),
        (&["ledger", "初查", "-o", "别的.xlsx"], "别的.xlsx"),
        (&["ledger", "初查", "-o", "新.xlsx", "--rules", "错.toml"], "S020"),
        (&["ledger", "初查", "-o", "新.xlsx", "--rules", "无此项.toml"], "“Z99”不是"),
        (&["ledger", "初查", "-o", "新.xlsx", "--office", "南岭区"], "没有机构“南岭区”"),
    ];
    let before = fs::read(folder.join("台账.xlsx")).expect("bytes");
    for (args, words) in cases {
        let said = juanping_in(folder, args);
        assert_eq!((said.code, said.err.contains(words)), (2, true), "{args:?}: {}", said.err);
    }
    assert!(before == fs::read(folder.join("台账.xlsx")).expect("bytes"));
    assert!(!folder.join("新.xlsx").exists());
}

#[test]
fn files_that_other_programs_saved_are_read() {
    for name in ["openpyxl.xlsx", "libreoffice.xlsx"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledger").join(name);
        let version = read::read(&path, name).expect("a ledger");
        assert_eq!(version.columns.iter().position(|x| x.id == "区内编号"), Some(2), "{name}");
        let rows = version.lines.len();
        let made = juanping::ledger::make::Build::new(&[version], true).finish(&juanping::ledger::rules::Rules::default(), None);
        assert_eq!(made.rows.len(), rows, "{name}");
        let [first, second, ..] = made.rows.as_slice() else { panic!("{name}: rows") };
        assert_eq!(first.cells.get("区内编号"), Some(&LedgerValue::Number(7.0)), "{name}");
        assert_eq!(first.shown(c::DONE), "已补齐（虚构）", "{name}");
        assert_eq!(first.cells.get(c::CHECKED), Some(&LedgerValue::Day { day: "2025-04-20".to_owned() }), "{name}");
        assert_eq!(second.cells.get(c::CHECKED), Some(&LedgerValue::Day { day: "2025-04-21".to_owned() }), "{name}");
        assert_ne!(first.shown(c::FOUND), "没有问题", "{name}");
        assert_eq!(second.notes.get(c::REMARK).map(String::as_str), Some("请局里核对（虚构）"), "{name}");
        let said: Vec<&str> = made.said.iter().map(|s| &*s.zh).collect();
        assert_eq!(said.iter().filter(|s| s.contains("由程序填写")).count(), 1, "{name}: {said:?}");
    }
}

#[test]
fn a_waiver_spares_points_and_hides_nothing() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path();
    batch(folder, ["无", "有"], "");
    assess(folder, "2024-12-31", "照常");
    run(folder, &["ledger", "照常", "-o", "台账.xlsx"]);
    let criterion = form(&ledger(folder), "〕1号").criterion.clone();
    // The last day counts: the case was closed on 1 May.
    let waiver = |criterion: &str, to: &str| {
        format!("[[waiver]]\ncriterion = \"{criterion}\"\nreason = \"系统停用\"\napprover = \"虚构局长\"\nfrom = 2024-04-01\nto = {to}\n")
    };
    let both = waiver(&criterion, "2024-05-01") + &waiver(&criterion, "2024-04-30");
    batch(folder, ["无", "有"], &both);
    let said = run(folder, &["assess", "批次", "-o", "批准"]);
    assert!(said.out.contains("经批准不扣分第 1 条") && said.out.contains("用于 1 件"), "{}", said.out);
    assert!(said.out.contains("没有用到，请核对期间、机构和案件，已到期"), "{}", said.out);
    let json =
        |file: &str| -> serde_json::Value { serde_json::from_str(&fs::read_to_string(folder.join(file)).expect("a file")).expect("JSON") };
    let (plain, spared) = (json("照常/results.json"), json("批准/results.json"));
    assert_eq!(spared["waivers"][0]["used"], 1);
    assert_eq!((&spared["waivers"][1]["used"], &spared["waivers"][1]["expired"]), (&0.into(), &true.into()));
    let without = &spared["offices"][0]["without_waivers"];
    assert_eq!((&without["rates"], &without["mean"]), (&plain["offices"][0]["rates"], &plain["offices"][0]["mean"]));
    assert_eq!(without["cases"], 1);
    assert_ne!(spared["offices"][0]["mean"], plain["offices"][0]["mean"]);
    let cases = fs::read_to_string(folder.join("批准/cases.jsonl")).expect("cases");
    let case: serde_json::Value = serde_json::from_str(cases.lines().next().expect("a case")).expect("JSON");
    let finding = case["findings"].as_array().into_iter().flatten().find(|f| f["outcome"] == "waived").expect("the finding stays");
    assert_eq!(finding["severity"], "info");
    let words = finding["message"]["zh"].as_str().unwrap_or_default();
    assert!(words.contains("系统停用，虚构局长 批准，否则扣"), "{words}");

    // Mistakes: no such criterion, and a red line.
    let rubrics = spared["rubrics"].as_array().into_iter().flatten();
    let line = rubrics.flat_map(|r| r["red_lines"].as_array().into_iter().flatten()).find_map(|l| l["id"].as_str()).expect("a red line");
    for (name, words) in [("Z99", "没有指标或指标组“Z99”".to_owned()), (line, format!("红线 {line} 不能批准不扣分"))] {
        batch(folder, ["无", "有"], &waiver(name, "2024-05-01"));
        let said = juanping_in(folder, &["assess", "批次", "-o", "错"]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains(&words) && said.err.contains("S021"), "{}", said.err);
    }
}

/// A case without its application form, under a rubric that makes it a gate, and a waiver.
fn gated(waived: &str) -> Ran {
    let rubric = "extends = \"legal-aid-civil\"\n[rubric]\nid = \"gated\"\nversion = \"1\"\n[[criterion]]\nid = \"A01\"\ngate = true\n";
    let waiver = format!(
        "[[waiver]]\ncriterion = \"{waived}\"\nreason = \"系统停用\"\napprover = \"虚构局长\"\nfrom = 2024-01-01\nto = 2024-12-31\n"
    );
    let register = "案号,案件类型,受援人,承办人,结案日期,申请日期,法律援助申请表,身份证明\n\
                    东岭援民〔2024〕1号,民事,虚构甲,律师乙,2024-05-01,2024-03-01,无,有\n";
    let batch = Batch::new().file("东岭区/2024年案件登记表.csv", register).file("gate.toml", rubric);
    batch.file("audit.toml", format!("year = 2024\nrubrics = [\"gate.toml\"]\n{waiver}")).assess()
}

#[test]
fn a_gate_is_not_waived_with_its_group() {
    let ran = gated("受理审查");
    let case = ran.case("东岭援民〔2024〕1号");
    let outcomes = |id: &str| -> Vec<&str> {
        let of = case["findings"].as_array().into_iter().flatten().filter(|f| f["criterion"] == id);
        of.filter_map(|f| f["outcome"].as_str()).collect()
    };
    assert_eq!((&case["grade"], outcomes("A01")), (&"不合格".into(), vec!["unmet", "unclear", "unclear"]), "{case}");
    let rest = outcomes("A08");
    assert!(!rest.is_empty() && rest.iter().all(|o| *o == "waived"), "the others of the group are waived: {case}");
}

#[test]
fn a_gate_that_a_waiver_names_is_a_mistake() {
    let ran = gated("A01");
    assert_eq!((ran.code, &ran.results), (2, &serde_json::Value::Null));
    assert!(ran.told.contains("S021") && ran.told.contains("A01 是一票否决项"), "{}", ran.told);
}

#[test]
fn a_comparison_adds_up() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path();
    run(folder, &["demo", "甲", "--offices", "2", "--cases", "20", "--no-files"]);
    run(folder, &["demo", "乙", "--offices", "2", "--cases", "20", "--no-files", "--seed", "2"]);
    for (batch, out) in [("甲", "一"), ("乙", "二")] {
        let said = juanping_in(folder, &["assess", batch, "-o", out]);
        assert!(said.code == 0 || said.code == 3, "{}", said.err);
    }
    for (old, new) in [("一", "二"), ("二", "一"), ("一", "一")] {
        let said = juanping_in(folder, &["diff", old, new, "--format", "json"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let diff: juanping::record::diff::Diff = serde_json::from_str(&said.out).expect("JSON");
        assert!(!diff.offices.is_empty());
        for o in &diff.offices {
            let (was, is) = (o.old.unwrap_or_default(), o.new.unwrap_or_default());
            for end in 0..2 {
                assert_eq!(was[end] + o.come[end] + o.up[end], is[end] + o.gone[end] + o.down[end], "{o:?}");
            }
            assert_eq!(was[2] + o.come[2], is[2] + o.gone[2], "{o:?}");
        }
    }
    let said = run(folder, &["diff", "一", "二", "-o", "对比.xlsx"]);
    assert!(said.out.contains("只在上次") && folder.join("对比.xlsx").is_file(), "{}", said.out);
    let told = juanping_in(folder, &["diff", "一", "二", "--fail-on", "new"]);
    assert_eq!(told.code, 1, "{}", told.out);
    let none = juanping_in(folder, &["diff", "一", "一", "--fail-on", "new"]);
    assert_eq!(none.code, 0, "{}", none.out);
    let lost = juanping_in(folder, &["diff", "一", "无此"]);
    assert_eq!((lost.code, lost.err.contains("无此")), (2, true), "{}", lost.err);
}
