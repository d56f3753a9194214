//! `draw` as its users meet it: a batch goes in, a plan and a workbook come out, and the plan alone gives them again. All names are
//! invented (虚构).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;

use crate::batch::files;
use crate::run::{Said, juanping_in};

const REVIEWERS: &str = "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构专家一\"\noffice = \"东岭区\"\ngroup = \"一组\"\nleader = true\n\
    [[reviewer]]\ncode = \"Z02\"\nname = \"虚构专家二\"\noffice = \"西岭县法律援助中心\"\ngroup = \"一组\"\n\
    [[reviewer]]\ncode = \"Z03\"\nname = \"虚构专家三\"\n[[reviewer]]\ncode = \"Z04\"\nname = \"虚构专家四\"\n";

const SETTINGS: &str = "year = 2024\ntitle = \"云岭市2024年度评查（虚构）\"\n[[office]]\nid = \"1\"\nname = \"东岭区\"\n\
    [[office]]\nid = \"2\"\nname = \"西岭县\"\naliases = [\"西岭县法律援助中心\"]\n[[office]]\nid = \"3\"\nname = \"南岭县\"\n";

/// A batch of three offices with so many civil cases each; number 2 of each is still open.
fn batch(cases: u32) -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a folder");
    for (office, head) in [("东岭区", "东岭"), ("西岭县", "西岭"), ("南岭县", "南岭")] {
        let mut text = "案号,案件类型,案件状态,承办人,受援人类别,申请日期,结案日期\n".to_owned();
        for n in 1..=cases {
            let (state, closed) = if n == 2 { ("在办", "") } else { ("已结", "2024-06-01") };
            let group = if n % 2 == 0 { "农民工" } else { "残疾人" };
            writeln!(text, "{head}援民〔2024〕{n}号,民事,{state},虚构律师{},{group},2024-01-08,{closed}", n % 4).expect("a string");
        }
        put(room.path(), &format!("批次/{office}/登记表.csv"), &text);
    }
    put(room.path(), "批次/audit.toml", SETTINGS);
    room
}

fn put(room: &Path, name: &str, text: &str) {
    let path = room.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn draw(room: &Path, out: &str, flags: &[&str]) -> Said {
    juanping_in(room, &[&["draw", "批次", "-o", out], flags].concat())
}

fn plan(room: &Path, out: &str) -> Value {
    serde_json::from_slice(&fs::read(room.join(out).join("抽卷方案.json")).expect("a plan")).expect("JSON")
}

fn list<'a>(plan: &'a Value, key: &str) -> &'a Vec<Value> {
    plan[key].as_array().expect("a list")
}

/// The rows below the heading of a sheet, as words.
fn rows(room: &Path, out: &str, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook(room.join(out).join("抽卷名单.xlsx")).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("the sheet");
    let words = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<String>>();
    range.rows().skip(4).map(words).take_while(|r| r.iter().any(|c| !c.is_empty())).collect()
}

#[test]
fn a_draw_is_written_told_and_repeated_from_the_plan_alone() {
    let room = batch(12);
    let before = files(&room.path().join("批次"));
    put(room.path(), "批次/reviewers.toml", REVIEWERS);
    let said = draw(room.path(), "抽卷", &["--seed", "20241108", "--number", "9"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    for word in ["范围内 33 件", "3 个机构", "种子 20241108", "9 件", "4 名评估专家", "10 份", "已写入"] {
        assert!(said.out.contains(word), "{word}: {}", said.out);
    }
    let made = plan(room.path(), "抽卷");
    assert_eq!((list(&made, "frame").len(), list(&made, "drawn").len(), &made["seed"]), (33, 9, &Value::from(20_241_108)));
    assert_eq!(made["frame_sha256"].as_str().map(str::len), Some(64));
    // The workbook says the same.
    let shown: Vec<String> = rows(room.path(), "抽卷", "抽中案件").into_iter().map(|r| r[2].clone()).collect();
    assert_eq!(shown, list(&made, "drawn").iter().map(|d| d["case_no"].as_str().expect("a number").to_owned()).collect::<Vec<_>>());
    let given = rows(room.path(), "抽卷", "分卷表");
    assert_eq!(given.len(), list(&made["allocation"], "tasks").len());
    for row in &given {
        assert!(
            (row[1].as_str(), row[4].as_str()) != ("Z01", "东岭区") && (row[1].as_str(), row[4].as_str()) != ("Z02", "西岭县"),
            "own county: {row:?}"
        );
    }
    assert_eq!(rows(room.path(), "抽卷", "候补").len(), list(&made, "reserves").len());
    // Anybody repeats it elsewhere, with nothing but the plan.
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::copy(room.path().join("抽卷/抽卷方案.json"), elsewhere.path().join("方案.json")).expect("copied");
    let again = juanping_in(elsewhere.path(), &["draw", "--repeat", "方案.json"]);
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert!(again.out.contains("完全相同") && again.out.contains("20241108"), "{}", again.out);
    // The same draw gives the same bytes, in English too, and takes the place of the first.
    let first = files(&room.path().join("抽卷"));
    let sheets = ["合议与申诉.xlsx", "抽卷名单.xlsx", "抽卷方案.json", "评分表/Z01.xlsx", "评分表/Z02.xlsx", "评分表/Z03.xlsx"];
    assert_eq!(first.keys().collect::<Vec<_>>(), [&sheets[..], &["评分表/Z04.xlsx", "评分表校验.txt"]].concat());
    let english = draw(room.path(), "抽卷", &["--seed", "20241108", "--number", "9", "--lang", "en", "--jobs", "1"]);
    assert!(english.code == 0 && english.out.contains("33 cases in scope"), "{}", english.out);
    assert_eq!(files(&room.path().join("抽卷")), first);
    let mut after = files(&room.path().join("批次"));
    after.remove("reviewers.toml");
    assert_eq!(after, before, "the batch is never changed");
}

#[test]
fn a_plan_that_was_changed_or_a_batch_that_changed_is_told() {
    let room = batch(8);
    assert_eq!(draw(room.path(), "抽卷", &["--seed", "3", "--percent", "25"]).code, 0);
    let path = room.path().join("抽卷/抽卷方案.json");
    let text = fs::read_to_string(&path).expect("the plan");
    let drawn = plan(room.path(), "抽卷");
    fs::write(&path, text.replacen("\"seed\": 3", "\"seed\": 4", 1)).expect("changed");
    let said = juanping_in(room.path(), &["draw", "--repeat", "抽卷"]);
    let named = list(&drawn, "drawn").iter().filter(|d| said.out.contains(d["case_no"].as_str().expect("a number"))).count();
    assert!(said.code == 1 && said.out.contains("抽中案件") && named > 0, "{said:?}");
    fs::write(&path, &text).expect("put back");
    assert_eq!(juanping_in(room.path(), &["draw", "批次", "--repeat", "抽卷"]).code, 0);
    put(room.path(), "批次/南岭县/补登.csv", "案号,案件类型,案件状态,结案日期\n南岭援民〔2024〕99号,民事,已结,2024-07-01\n");
    let said = juanping_in(room.path(), &["draw", "批次", "--repeat", "抽卷"]);
    assert!(said.code == 1 && said.out.contains("哈希值不符") && said.out.contains("南岭援民〔2024〕99号"), "{said:?}");
    fs::write(&path, "{").expect("broken");
    let said = juanping_in(room.path(), &["draw", "--repeat", "抽卷"]);
    assert!(said.code == 2 && said.err.contains("不是完整的抽卷方案") && !said.err.contains("EOF"), "{said:?}");
}

/// Every method by its settings: what must be drawn, and what must be said.
#[test]
fn every_method() {
    let numbers = |plan: &Value| list(plan, "drawn").iter().map(|d| d["case_no"].as_str().expect("text").to_owned()).collect::<Vec<_>>();
    let cases: [(&str, &[&str], usize, &str); 7] = [
        ("", &[], 4, "33 件的 10%，向上取整为 4 件"),
        ("", &["--margin", "10"], 25, "Cochran 1977"),
        ("", &["--method", "all"], 33, "应评尽评"),
        ("percent = 20\nper = \"office\"\nseed = 9", &[], 9, "东岭区：11 件的 20%，向上取整为 3 件"),
        ("method = \"quota\"\n[[quota]]\nnumber = 2\n[[quota]]\noffice = \"西岭县\"\nnumber = 20", &[], 15, "（少 9）"),
        ("numbers = [2, 3]", &[], 6, "顺延下一号"),
        ("number = 6\n[[minimum]]\nby = \"lawyer\"\nleast = 1", &["--seed", "8"], 6, "6 件"),
    ];
    for (settings, flags, n, word) in cases {
        let room = batch(12);
        if !settings.is_empty() {
            put(room.path(), "批次/draw.toml", settings);
        }
        let said = draw(room.path(), "抽卷", flags);
        assert_eq!(said.code, 0, "{settings} {flags:?}: {}", said.err);
        assert!(said.out.contains(word), "{settings} {flags:?}: {}", said.out);
        let made = plan(room.path(), "抽卷");
        assert_eq!(list(&made, "drawn").len(), n, "{settings} {flags:?}");
        assert_eq!(said.out.contains("没有写明种子"), !settings.contains("seed") && !flags.contains(&"--seed"));
        assert_eq!(juanping_in(room.path(), &["draw", "--repeat", "抽卷"]).code, 0, "{settings} {flags:?}");
        if settings.starts_with("numbers") {
            // Number 2 is open, so 3 stands for it and 4 for the third.
            let head = |of: &str| numbers(&made).iter().filter(|n| n.starts_with(of)).cloned().collect::<Vec<_>>();
            assert_eq!(head("东岭"), ["东岭援民〔2024〕3号", "东岭援民〔2024〕4号"]);
            assert_eq!(list(&made, "steps").len(), 6);
        }
        if settings.contains("lawyer") {
            let lawyers: BTreeMap<&str, &str> = list(&made, "frame")
                .iter()
                .map(|c| (c["case_no"].as_str().expect("text"), c["lawyers"][0].as_str().expect("text")))
                .collect();
            let met: BTreeSet<&str> = numbers(&made).iter().map(|n| lawyers[n.as_str()]).collect();
            assert_eq!(met.len(), 4, "every lawyer");
        }
    }
}

#[test]
fn additions_and_substitutions_are_logged() {
    let room = batch(12);
    let base = "seed = 5\nnumber = 6\nreserve = 3\n";
    put(room.path(), "批次/draw.toml", base);
    assert_eq!(draw(room.path(), "一", &[]).code, 0);
    let first = plan(room.path(), "一");
    let gone = first["drawn"][0]["case_no"].as_str().expect("a number");
    let spare = list(&first, "frame").iter().find(|c| {
        let no = &c["case_no"];
        list(&first, "drawn").iter().chain(list(&first, "reserves")).all(|d| d["case_no"] != *no)
    });
    let spare = spare.and_then(|c| c["case_no"].as_str()).expect("a number");
    put(
        room.path(),
        "批次/draw.toml",
        &format!(
            "{base}[[substitution]]\ncase_no = \"{gone}\"\nreason = \"案卷被调走（虚构）\"\n[[addition]]\ncase_no = \"{spare}\"\nreason = \"有投诉（虚构）\"\n"
        ),
    );
    let said = draw(room.path(), "二", &[]);
    assert!(said.code == 0 && said.out.contains("定向增加 1 件") && said.out.contains("候补替换 1 件"), "{said:?}");
    let second = plan(room.path(), "二");
    assert_eq!(second["substitutions"][0]["into"]["case_no"], first["reserves"][0]["case_no"]);
    let added = list(&second, "drawn").iter().find(|d| d["why"] == "addition").expect("the addition");
    assert_eq!((&added["estimate"], added["case_no"].as_str()), (&Value::Bool(false), Some(spare)));
    let told = rows(room.path(), "二", "抽卷说明").iter().map(|r| r.join(" ")).collect::<Vec<_>>().join("\n");
    assert!(told.contains("案卷被调走（虚构）") && told.contains("候补第 1 号"), "{told}");
}

#[test]
fn a_draw_of_nothing_is_refused() {
    let room = batch(4);
    let said = draw(room.path(), "抽卷", &["--number", "0"]);
    assert!(said.code == 2 && said.err.contains("应为 1 到"), "{said:?}");
}

#[test]
fn wrong_settings_are_shown_like_those_of_a_rubric() {
    let room = batch(4);
    put(room.path(), "批次/draw.toml", "sed = 7\npercent = 120\nstrata = [\"lawer\"]\n[[addition]]\ncase_no = \"东岭援民〔2024〕4号\"\n");
    put(
        room.path(),
        "批次/reviewers.toml",
        "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构专家一\"\nrole = \"规范\"\n[[reviewer]]\ncode = \"Z01\"\n",
    );
    let mut all = String::new();
    for lang in ["zh", "en"] {
        let said = draw(room.path(), "抽卷", &["--lang", lang]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        writeln!(all, "{}", said.err.replace('\\', "/")).expect("a string");
    }
    // What only the registers can tell comes once the files are right by themselves.
    put(room.path(), "批次/draw.toml", "[[quota]]\noffice = \"东领区\"\ncase_type = \"民是\"\nnumber = 1\n");
    put(
        room.path(),
        "批次/reviewers.toml",
        "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构专家一\"\noffice = \"东领区\"\ncase_types = [\"形事\"]\n",
    );
    for lang in ["zh", "en"] {
        let said = draw(room.path(), "抽卷", &["--lang", lang]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        writeln!(all, "{}", said.err.replace('\\', "/")).expect("a string");
    }
    insta::assert_snapshot!(all);
    assert!(!room.path().join("抽卷").exists());
}

#[test]
fn what_cannot_hold_is_refused_and_nothing_is_written() {
    let one = "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构\"\noffice = \"东岭区\"\n";
    let cases: [(&str, &str, &[&str], &str); 5] = [
        ("", "", &["--number", "40"], "只有 33 件"),
        ("", one, &["--method", "all"], "不评本县案卷"),
        ("", "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构\"\ncapacity = 3\n", &["--method", "all"], "一卷两评"),
        ("[allocation]\nsecond = 0", "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构\"\ncapacity = 3\n", &["--method", "all"], "还差 30 份"),
        ("", "", &["--method", "numbers"], "numbers = [11, 12]"),
    ];
    for (settings, reviewers, flags, word) in cases {
        let room = batch(12);
        for (name, text) in [("draw.toml", settings), ("reviewers.toml", reviewers)] {
            if !text.is_empty() {
                put(room.path(), &format!("批次/{name}"), text);
            }
        }
        let said = draw(room.path(), "抽卷", flags);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{settings}{reviewers}{flags:?}");
        assert!(said.err.contains(word), "{word}: {}", said.err);
        assert!(!room.path().join("抽卷").exists());
    }
}

#[test]
fn a_result_of_one_kind_never_takes_the_place_of_another() {
    let room = batch(3);
    assert_eq!(juanping_in(room.path(), &["assess", "批次", "-o", "评查"]).code, 0);
    assert_eq!(draw(room.path(), "抽卷", &[]).code, 0);
    let said = draw(room.path(), "评查", &[]);
    assert!(said.code == 2 && said.err.contains("以前的抽卷结果"), "{said:?}");
    let said = juanping_in(room.path(), &["assess", "批次", "-o", "抽卷"]);
    assert!(said.code == 2 && said.err.contains("以前的评查结果"), "{said:?}");
    assert_eq!(draw(room.path(), "批次/抽卷", &[]).code, 2, "not into the batch");
}
