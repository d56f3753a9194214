//! A county's folder as it is: a register among old tables and junk, scans under names that tell little. Must not grade exactly.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::batch::Batch;
use crate::run::juanping_in;

const HEAD: &str = "案号,案件类型,受理日期,结案日期";

fn register(rows: &[&str]) -> String {
    let rows: Vec<String> = rows.iter().map(|no| format!("{no},民事,2024-03-01,2024-06-03\n")).collect();
    format!("{HEAD}\n{}", rows.concat())
}

/// The case numbers that `assess` and `check` see, which are the same.
fn cases(batch: &Batch) -> (Vec<String>, Vec<String>) {
    let ran = batch.assess();
    let said = juanping_in(batch.path().parent().expect("a parent"), &["check", "云岭市评查", "--format", "json"]);
    let check: Value = serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {said:?}"));
    let numbers = |all: &[Value]| -> BTreeSet<(String, String)> {
        let word = |c: &Value, key: &str| c[key].as_str().unwrap_or_default().to_owned();
        all.iter().map(|c| (word(c, "office"), word(c, "case_no"))).collect()
    };
    let mine = numbers(&ran.cases);
    assert_eq!(mine, numbers(check["cases"].as_array().expect("cases")), "check sees what assess sees");
    (ran.offices().into_iter().map(str::to_owned).collect(), mine.into_iter().map(|(_, no)| no).collect())
}

#[test]
fn a_register_right_in_the_folder_makes_it_one_office() {
    let top = register(&["虚援民〔2024〕1号", "虚援民〔2024〕2号"]);
    let old = register(&["虚援民〔2024〕3号"]);
    let named = format!("机构,{HEAD}\n虚县,虚援民〔2024〕3号,民事,2024-03-01,2024-06-03\n");
    let junk = "姓名,电话\n张虚甲,1\n";
    for settings in ["", "year = 2024\n"] {
        for (below, seen) in [(&[("旧台账/2023.csv", &*old)][..], 3), (&[("杂/通讯录.csv", junk)], 2), (&[("老材料/台账.csv", &*named)], 3)]
        {
            let mut batch = Batch::bare().file("登记表.csv", &top).file("王律师案卷/收条.txt", "收条");
            batch = if settings.is_empty() { batch } else { batch.file("audit.toml", settings) };
            batch = below.iter().fold(batch, |b, (path, text)| b.file(path, text));
            let (offices, numbers) = cases(&batch);
            assert_eq!((offices, numbers.len()), (vec!["云岭市评查".to_owned()], seen), "{below:?}");
            let problems = batch.assess();
            assert!(!problems.problems().contains(&"P030"), "{below:?}: no row vanishes");
            assert_eq!(problems.problems().contains(&"P034"), seen == 3, "{below:?}");
        }
    }
}

#[test]
fn a_stray_table_above_several_offices_makes_no_office() {
    let (one, two) = (register(&["甲援民〔2024〕1号"]), register(&["乙援民〔2024〕1号"]));
    for stray in ["姓名,电话\n张虚甲,1\n", &format!("{HEAD}\n"), "案号\n合计\n"] {
        let batch = Batch::bare().file("甲县/登记表.csv", &one).file("乙县/登记表.csv", &two).file("汇总.csv", stray);
        let (mut offices, _) = cases(&batch);
        offices.sort();
        assert_eq!(offices, ["乙县", "甲县"], "{stray}");
    }
    // A register above that names its offices, and one beside registers that do, stay what they were.
    let named = |name: &str| format!("机构,{HEAD}\n{name},{name}援民〔2024〕2号,民事,2024-03-01,2024-06-03\n");
    let batch = Batch::bare().file("甲县/登记表.csv", &one).file("全市.csv", named("乙县"));
    assert_eq!(cases(&batch).0.len(), 2);
    let batch = Batch::bare().file("1.csv", &one).file("东/a.csv", named("甲县")).file("西/b.csv", named("乙县"));
    assert_eq!(cases(&batch).0.len(), 2);
}

#[test]
fn a_file_that_nobody_recognises_may_be_the_paper() {
    let no = "虚援民〔2024〕1号";
    let text = |more: &str| format!("案号,案件类型,受理日期,结案日期,卷宗形式{more}\n");
    let row = |form: &str, more: &str| format!("{no},民事,2024-03-01,2024-06-03,{form}{more}\n");
    let findings = |batch: &Batch| batch.assess().case(no)["findings"].to_string();
    let scanned = Batch::new().file("登记表.csv", text("") + &row("扫描", "")).file(&format!("{no}/法律援助申请表.pdf"), "x");
    assert!(findings(&scanned).contains("卷内没有"), "every file is known: what has none is missing");
    let scanned = scanned.file(&format!("{no}/扫描0001.pdf"), "x").file(&format!("{no}/IMG_2.jpg"), "x");
    let said = findings(&scanned);
    assert!(!said.contains("卷内没有") && said.contains("卷内有 2 个文件没有认出（IMG_2.jpg、扫描0001.pdf），先看是不是它"), "{said}");
    assert!(said.contains(&format!("{no}/扫描0001.pdf")), "the place is named: {said}");
    // A tick 无 says that none of them is it.
    let ticked = Batch::new().file("登记表.csv", text(",会见笔录") + &row("扫描", ",无")).file(&format!("{no}/扫描0001.pdf"), "x");
    let ran = ticked.assess();
    let state = |ran: &crate::batch::Ran| ran.case(no)["documents"].to_string();
    assert!(state(&ran).contains(r#""interview_note","state":"absent""#), "{}", state(&ran));
    // So does a line of the list whose title nobody knows.
    let listed = |line: &str| Batch::new().file("登记表.csv", text(",卷内目录") + &row("纸质", &format!(",法律援助申请表 1-2；{line}3")));
    assert!(findings(&listed("会见笔录")).contains("卷内没有"));
    let said = findings(&listed("某某某某"));
    assert!(!said.contains("卷内没有") && said.contains("（某某某某）"), "{said}");
}

#[test]
fn a_carrier_that_says_nothing_is_told() {
    let text =
        "案号,案件类型,结案日期,卷宗形式,总页数\n虚援民〔2024〕1号,民事,2024-06-03,有,有\n虚援民〔2024〕2号,民事,2024-06-03,纸质,88页\n";
    let list = "卷内材料登记表\n案号,卷宗形式,总页数,会见笔录\n虚援民〔2024〕2号,√,,有\n";
    let ran = Batch::new().file("登记表.csv", text).file("材料.csv", list).assess();
    let told = |word: &str| {
        let all = ran.results["problems"].as_array().into_iter().flatten().filter(|p| p["code"] == "P048");
        all.filter(|p| p["message"]["zh"].as_str().is_some_and(|m| m.contains(word))).map(|p| p["places"].to_string()).collect::<Vec<_>>()
    };
    let [carrier, pages] = [told("有 2 格“卷宗形式”看不懂"), told("有 1 格“总页数”看不懂，如“有”")];
    assert!(carrier.len() == 1 && carrier[0].contains("登记表.csv") && carrier[0].contains("材料.csv"), "{:?}", ran.results["problems"]);
    assert!(pages.len() == 1 && pages[0].contains("\"line\":2"), "{:?}", ran.results["problems"]);
}

#[test]
fn who_says_what_is_told_where_records_disagree() {
    let no = "虚援民〔2024〕1号";
    let text =
        format!("案号,案件类型,受理日期,结案日期,卷内目录,结案报告表\n{no},民事,2024-03-01,2024-06-03,法律援助申请表 1-2；会见笔录 3,有\n");
    let list = format!("卷内材料登记表\n案号,会见笔录,法律援助申请表,结案报告表\n{no},无,无,不适用\n");
    let batch = Batch::new().file("登记表.csv", text).file("材料.csv", list).file(&format!("{no}/法律援助申请表.pdf"), "x");
    let said = batch.assess().case(no)["findings"].to_string();
    for words in [
        "《会见（谈话）笔录》有无说法不一（材料.csv：无；登记表的卷内目录：有）",
        "《法律援助申请表》有无说法不一（材料.csv：无；登记表的卷内目录：有；扫描件：有）",
        "（材料.csv：不适用；登记表：有）",
        "看原卷后改错的一处",
    ] {
        assert!(said.contains(words), "{words}");
    }
    let scanned = format!("案号,案件类型,受理日期,结案日期,卷宗形式,会见笔录\n{no},民事,2024-03-01,2024-06-03,扫描,有\n");
    let batch = Batch::new().file("登记表.csv", scanned).file(&format!("{no}/法律援助申请表.pdf"), "x");
    let said = batch.assess().case(no)["findings"].to_string();
    assert!(said.contains("（登记表：有；扫描件：没有找到）"), "{said}");
}
