//! `check`: the same marks as the evaluators', jobs that can be done, formats that agree, and comparison with an earlier check.
//! Must not know how reports are laid out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Said, juanping_in};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shili-2024")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let said = juanping_in(folder, &[&["check"], args, &["--format", "json"]].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {said:?}"))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn graded(room: &Path, batch: &Path) -> Vec<Value> {
    let out = room.join("assessed");
    let said = juanping_in(room, &["assess", text(batch), "-o", text(&out), "--quiet"]);
    assert_eq!(said.code, 0, "{said:?}");
    let lines = fs::read_to_string(out.join("cases.jsonl")).expect("cases");
    lines.lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect()
}

#[test]
fn county_and_province_get_the_same_marks() {
    let room = tempfile::tempdir().expect("room");
    let cases = graded(room.path(), &sample());
    let offices: BTreeSet<&str> = cases.iter().map(|c| word(c, "office")).collect();
    assert_eq!(offices.len(), 12);
    for office in offices {
        let checked = json(room.path(), &[text(&sample().join(office))]);
        let ours: Vec<&Value> = cases.iter().filter(|c| word(c, "office") == office).collect();
        let theirs: Vec<&Value> = list(&checked, "cases").iter().collect();
        assert!(!ours.is_empty() && ours == theirs, "{office}: every field of every case is the same");
    }
}

#[test]
fn without_settings_a_folder_alone_is_graded_as_among_others() {
    let room = tempfile::tempdir().expect("room");
    let batch = room.path().join("批次");
    let offices = ["东岭区", "望川县"];
    for office in offices {
        copy(&sample().join(office), &batch.join(office));
    }
    let cases = graded(room.path(), &batch);
    for office in offices {
        let checked = json(room.path(), &[text(&batch.join(office))]);
        let marks = |cases: &[Value]| -> BTreeMap<String, [Value; 4]> {
            let of = |c: &Value| ["marks", "possible", "criteria", "fields"].map(|k| c[k].clone());
            cases.iter().map(|c| (format!("{}{}", word(c, "case_no"), c["stage"]), of(c))).collect()
        };
        // An 机构 column may give the office a longer name than its folder; the numbers of its cases are its own.
        let (all, theirs) = (marks(&cases), marks(list(&checked, "cases")));
        assert!(theirs.len() >= 4, "{office}");
        for (case, marks) in &theirs {
            assert_eq!(all.get(case), Some(marks), "{office} {case}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("read") {
        let entry = entry.expect("entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("copy");
        }
    }
}

/// A county with a register of a few civil cases, written as rows.
struct County {
    room: tempfile::TempDir,
    rows: Vec<[&'static str; 8]>,
}

const HEAD: &str = "案号,案件类型,申请日期,受理日期,决定日期,结案日期,承办人,结案报告表";

impl County {
    fn new() -> Self {
        let row = |no, decided, report| [no, "民事", "2024-03-01", "2024-03-01", decided, "2024-06-03", "韩拟子", report];
        let rows = vec![
            row("东岭援民〔2024〕1号", "2024-03-05", "无"),
            row("东岭援民〔2024〕2号", "2024-03-20", "无"),
            row("东岭援民〔2024〕3号", "2024-03-05", "有"),
            row("东岭援民〔2024〕4号", "2024-03-05", ""),
        ];
        let county = Self { room: tempfile::tempdir().expect("room"), rows };
        fs::create_dir_all(county.folder()).expect("folder");
        fs::write(
            county.room.path().join("批次/audit.toml"),
            "title = \"虚构评查\"\nyear = 2024\nas_of = 2025-03-31\n[[office]]\nname = \"东岭区\"\n",
        )
        .expect("settings");
        county.write();
        county
    }

    fn folder(&self) -> PathBuf {
        self.room.path().join("批次/东岭区")
    }

    fn write(&self) {
        let rows: Vec<String> = self.rows.iter().map(|r| r.join(",")).collect();
        fs::write(self.folder().join("登记表.csv"), format!("{HEAD}\n{}\n", rows.join("\n"))).expect("register");
    }

    fn check(&self, args: &[&str]) -> Said {
        juanping_in(self.room.path(), &[&["check", "批次/东岭区"], args].concat())
    }

    fn json(&self, args: &[&str]) -> Value {
        json(self.room.path(), &[&["批次/东岭区"], args].concat())
    }

    fn there(&self, name: &str) -> bool {
        self.room.path().join(name).exists()
    }
}

#[test]
fn jobs_are_grouped_and_only_what_can_be_done_is_one() {
    let county = County::new();
    let checked = county.json(&[]);
    let report = list(&checked, "todo").iter().find(|t| word(t, "about") == "document:closing_report" && word(t, "act") == "complete");
    let report = report.unwrap_or_else(|| panic!("{:#?}", list(&checked, "todo")));
    assert_eq!((report["cases"].as_u64(), report["what"]["zh"].as_str()), (Some(2), Some("补《结案报告表》")));
    // Every finding that can be mended is in exactly one job of its case; a late decision is in none.
    let none: Vec<&str> = list(&checked, "cases")
        .iter()
        .flat_map(|c| list(c, "findings"))
        .filter(|f| word(f, "outcome") == "unmet" && word(f, "remedy") == "none")
        .map(|f| word(f, "criterion"))
        .collect();
    assert!(none.contains(&"A02"), "the late decision is found: {none:?}");
    let jobs: BTreeSet<&str> = list(&checked, "todo").iter().flat_map(|t| list(t, "criteria")).filter_map(Value::as_str).collect();
    assert!(!jobs.contains("A02"), "and is no job: {jobs:?}");
    let lost = |t: &Value| t["lost"][1].as_f64().unwrap_or_default();
    assert!(list(&checked, "todo").windows(2).all(|w| lost(&w[0]) >= lost(&w[1])), "the most points first");
    for job in list(&checked, "todo") {
        let said = format!("{}{}", job["what"]["zh"], job["fix"]["zh"]);
        assert!(!["补签", "倒签", "补造", "代签"].iter().any(|w| said.contains(w)), "{said}");
    }
}

#[test]
fn no_grade_is_named_while_reviewers_have_not_marked() {
    let county = County::new();
    let said = county.check(&[]);
    assert!(said.out.contains("人工评分") && said.out.contains("未评"), "{said:?}");
    assert!(said.out.contains("其余全满最多") && !said.out.contains("拟定等次"), "{}", said.out);
    let lines = said.out.lines().count();
    assert!((8..=12).contains(&lines), "about ten lines: {lines}\n{}", said.out);
    assert!(said.out.contains("audit.toml"), "which settings are used is said: {}", said.out);
}

#[test]
fn every_format_tells_the_same_findings() {
    let county = County::new();
    let checked = county.json(&[]);
    let findings: Vec<&Value> = list(&checked, "cases").iter().flat_map(|c| list(c, "findings")).collect();
    let prints: BTreeSet<&str> = findings.iter().map(|f| word(f, "fingerprint")).collect();
    assert!(prints.len() > 10 && prints.len() == findings.len());

    let csv = county.check(&["--format", "csv"]).out;
    let csv = csv.strip_prefix('\u{FEFF}').expect("a mark that spreadsheet programs ask for");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.iter().filter_map(|r| r.get(13)).collect::<BTreeSet<_>>(), prints);
    let lost: f64 = rows.iter().filter_map(|r| r.get(6)?.parse::<f64>().ok()).sum();
    let expected: f64 = findings.iter().filter_map(|f| f["lost"][0].as_f64()).sum();
    assert!((lost - expected).abs() < 1e-9 && expected > 0.0, "{lost} and {expected}");

    let sarif: Value = serde_json::from_str(&county.check(&["--format", "sarif"]).out).expect("SARIF is JSON");
    let run = &sarif["runs"][0];
    assert_eq!(list(run, "results").iter().map(|r| word(&r["partialFingerprints"], "juanping/v1")).collect::<BTreeSet<_>>(), prints);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in list(run, "results") {
        let at = result["ruleIndex"].as_u64().and_then(|i| usize::try_from(i).ok()).expect("an index");
        assert_eq!(rules[at]["id"], result["ruleId"]);
        assert!(!list(result, "locations").is_empty(), "{result}");
    }

    let junit = county.check(&["--format", "junit"]).out;
    let criteria: Vec<&Value> = list(&checked, "cases").iter().flat_map(|c| list(c, "criteria")).collect();
    let unmet = criteria.iter().filter(|c| word(c, "outcome") == "unmet").count();
    assert_eq!(junit.matches("<testcase ").count(), criteria.len());
    assert_eq!(junit.matches("<failure ").count(), unmet);
    assert!(junit.contains(&format!("failures=\"{unmet}\"")));
    assert!(!county.there("自查结果.xlsx"), "what goes into a pipe writes no workbook");
}

#[test]
fn a_later_check_says_what_is_fixed_new_and_still_there() {
    let mut county = County::new();
    assert_eq!(county.check(&["--quiet"]).code, 1);
    let before = county.json(&[]);
    fs::write(county.room.path().join("上次.json"), before.to_string()).expect("json");
    county.rows[0][7] = "有"; // mended
    county.rows[2][7] = "无"; // new
    county.rows[1][7] = ""; // no longer told: neither fixed nor silently gone
    county.rows.remove(3);
    county.write();
    let by_json = county.json(&["--baseline", "上次.json"]);
    let by_book = county.json(&["--baseline", "自查结果.xlsx"]);
    assert_eq!(by_json["compared"], by_book["compared"], "workbook and JSON hold the same");
    let compared = &by_book["compared"];
    let told = |key: &str| -> BTreeMap<(String, String), String> {
        let report = |f: &&Value| word(&f["message"], "zh").contains("结案报告表");
        let one = |f: &Value| ((word(f, "case_no").to_owned(), word(f, "criterion").to_owned()), word(&f["reason"], "zh").to_owned());
        list(compared, key).iter().filter(report).map(one).collect()
    };
    let numbers = |key: &str| -> Vec<String> { told(key).into_keys().map(|(no, _)| no).collect() };
    assert_eq!(numbers("fixed"), ["东岭援民〔2024〕1号"]);
    assert_eq!(numbers("new"), ["东岭援民〔2024〕3号"]);
    assert_eq!(numbers("still"), ["东岭援民〔2024〕2号"]);
    assert!(told("still").values().all(|r| r.contains("本次待核实")), "{:?}", told("still"));
    assert!(numbers("not_comparable").iter().all(|no| no == "东岭援民〔2024〕4号"), "{compared:#}");
    assert!(told("not_comparable").values().all(|r| r.contains("没有评查")) && !told("not_comparable").is_empty());
    // Nothing of before is lost: each earlier finding is in one of the lists.
    let all: BTreeSet<&str> =
        ["fixed", "still", "not_comparable"].iter().flat_map(|k| list(compared, k)).map(|f| word(f, "fingerprint")).collect();
    for finding in list(&before, "cases").iter().flat_map(|c| list(c, "findings")).filter(|f| word(f, "outcome") != "pending") {
        assert!(all.contains(word(finding, "fingerprint")), "{finding}");
    }
    let said = county.check(&["--baseline", "自查结果.xlsx"]);
    assert!(said.out.contains("与上次相比：已解决 1 项"), "{}", said.out);
    assert!(county.there("自查结果（第1次）.xlsx"), "the earlier workbook is kept");
}

#[test]
fn silence_is_no_proof_that_records_agree_again() {
    let county = County::new();
    let other = county.folder().join("第二登记表.csv");
    fs::write(&other, "案号,承办人\n东岭援民〔2024〕1号,另拟子\n").expect("register");
    county.check(&["--quiet"]);
    let told = |key: &str| -> Vec<String> {
        let checked = county.json(&["--baseline", "自查结果.xlsx"]);
        let conflict = list(&checked["compared"], key).iter().filter(|f| word(f, "criterion") == "J01");
        conflict.map(|f| word(&f["reason"], "zh").to_owned()).collect()
    };
    let lists = ["fixed", "still", "not_comparable"];
    assert_eq!(lists.map(|k| told(k).len()), [0, 1, 0]);
    fs::write(&other, "PK\u{3}\u{4}").expect("a file that nobody can read");
    assert_eq!(lists.map(|k| told(k).len()), [0, 0, 1], "made unreadable");
    fs::remove_file(&other).expect("away");
    assert_eq!(lists.map(|k| told(k).len()), [0, 0, 1], "taken away");
    assert!(told("not_comparable")[0].contains("没有读到"));
    fs::write(&other, "案号,承办人\n东岭援民〔2024〕1号,韩拟子\n").expect("register");
    fs::write(county.folder().join("新.xlsx"), "PK\u{3}\u{4}").expect("another that nobody can read");
    assert_eq!(lists.map(|k| told(k).len()), [0, 0, 1], "what else says so may be unread");
    fs::remove_file(county.folder().join("新.xlsx")).expect("away");
    assert_eq!(lists.map(|k| told(k).len()), [1, 0, 0], "corrected");
}

#[test]
fn a_case_type_that_was_filled_in_is_fixed() {
    let mut county = County::new();
    county.rows[0][1] = "";
    county.write();
    county.check(&["--quiet"]);
    county.rows[0][1] = "民事";
    county.rows[1][1] = "";
    county.write();
    let checked = county.json(&["--baseline", "自查结果.xlsx"]);
    let told = |key: &str| -> Vec<&str> {
        list(&checked["compared"], key).iter().filter(|f| word(f, "criterion") == "J03").map(|f| word(f, "case_no")).collect()
    };
    assert_eq!((told("fixed"), told("new")), (vec!["东岭援民〔2024〕1号"], vec!["东岭援民〔2024〕2号"]));
    let other = list(&checked["compared"], "not_comparable");
    assert!(!other.is_empty() && other.iter().all(|f| word(&f["reason"], "zh").contains("本案适用")), "{other:#?}");
}

#[test]
fn a_changed_standard_is_not_a_change_of_the_case() {
    let county = County::new();
    county.check(&["--quiet"]);
    fs::write(
        county.room.path().join("批次/本市.toml"),
        "extends = \"legal-aid-civil\"\n[rubric]\nid = \"legal-aid-civil-shili\"\nversion = \"2\"\n",
    )
    .expect("rubric");
    let settings = county.room.path().join("批次/audit.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text.replace("[[office]]", "rubrics = [\"本市.toml\"]\n[[office]]")).expect("settings");
    let checked = county.json(&["--baseline", "自查结果.xlsx"]);
    let compared = &checked["compared"];
    assert!(list(compared, "fixed").is_empty() && list(compared, "new").is_empty(), "{compared:#}");
    assert!(!list(compared, "still").is_empty());
}

#[test]
fn what_cannot_be_compared_with_is_refused_before_anything_is_written() {
    let county = County::new();
    fs::write(county.room.path().join("其他.json"), "{\"a\":1}").expect("json");
    for old in ["没有这个文件.xlsx", "其他.json", "批次"] {
        let said = county.check(&["--baseline", old]);
        assert_eq!((said.code, county.there("自查结果.xlsx")), (2, false), "{old}: {said:?}");
        assert!(said.err.contains(old), "{said:?}");
    }
}

#[test]
fn the_workbook_never_lies_in_the_batch_and_replaces_nothing_foreign() {
    let county = County::new();
    let inside = juanping_in(&county.folder(), &["check", "."]);
    assert_eq!(inside.code, 1, "{inside:?}");
    assert!(county.there("自查结果.xlsx") && !county.folder().join("自查结果.xlsx").exists());
    assert_eq!(county.check(&["-o", "批次/东岭区"]).code, 2);
    fs::write(county.room.path().join("自查结果.xlsx"), "别的东西").expect("foreign");
    let refused = county.check(&[]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert_eq!(fs::read_to_string(county.room.path().join("自查结果.xlsx")).expect("still there"), "别的东西");
    assert_eq!(county.check(&["-o", "别处/我的.xlsx"]).code, 1);
    assert!(county.there("别处/我的.xlsx"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let county = County::new();
    let read = |name: &str| fs::read(county.room.path().join(name)).expect("a workbook");
    county.check(&["-o", "一.xlsx", "--jobs", "1"]);
    county.check(&["-o", "二.xlsx", "--jobs", "8", "--lang", "en"]);
    assert!(read("一.xlsx") == read("二.xlsx"));
    assert_eq!(county.json(&["--jobs", "1"]), county.json(&["--jobs", "8"]));
}

#[test]
fn a_folder_that_the_settings_do_not_list_is_refused_with_the_names_that_they_do() {
    let county = County::new();
    fs::create_dir(county.room.path().join("批次/别的文件夹")).expect("folder");
    let said = juanping_in(county.room.path(), &["check", "批次/别的文件夹"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("别的文件夹") && said.err.contains("东岭区"), "{said:?}");
}

#[test]
fn a_level_decides_the_exit_code() {
    let county = County::new();
    assert_eq!(county.check(&["--quiet"]).code, 1);
    assert_eq!(county.check(&["--quiet", "--fail-on", "never"]).code, 0);
    fs::write(county.folder().join("坏.xlsx"), "PK\u{3}\u{4}坏").expect("broken");
    let said = county.check(&[]);
    assert_eq!(said.code, 3);
    assert!(said.out.contains("没有计入 P002") && said.out.contains("坏.xlsx"), "{}", said.out);
}

#[test]
fn a_result_left_in_the_batch_is_no_register() {
    let county = County::new();
    let before = county.json(&[]);
    county.check(&["-o", "结果.xlsx"]);
    fs::copy(county.room.path().join("结果.xlsx"), county.folder().join("自查结果.xlsx")).expect("copy");
    assert_eq!(juanping_in(county.room.path(), &["assess", "批次", "-o", "评查", "--quiet"]).code, 0);
    for name in ["东岭区.xlsx", "总表.xlsx"] {
        fs::copy(county.room.path().join("评查").join(name), county.folder().join(name)).expect("copy");
    }
    let after = county.json(&[]);
    assert_eq!(before["cases"], after["cases"]);
    assert_eq!(before["offices"], after["offices"]);
    assert_eq!(list(&after, "problems").iter().filter(|p| word(p, "code") == "P045").count(), 3);
}

#[test]
fn every_point_that_may_be_lost_has_a_line_or_hangs_on_another() {
    let county = County::new();
    let checked = county.json(&[]);
    let number = |v: &Value| v.as_f64().unwrap_or_default();
    for case in list(&checked, "cases") {
        let at_stake: f64 =
            list(case, "criteria").iter().filter(|c| c["because"].is_null()).map(|c| number(&c["of"]) - number(&c["low"])).sum();
        let told: f64 = list(case, "findings").iter().map(|f| number(&f["lost"][1])).sum();
        assert!((at_stake - told).abs() < 0.05, "{}: {at_stake} at stake, {told} told", case["case_no"]);
    }
    let said = county.check(&[]);
    assert!(said.out.contains("随其他项核清而定"), "what hangs on another is said: {}", said.out);
}

#[test]
fn cases_out_of_scope_are_listed_with_their_reason() {
    let mut county = County::new();
    county.rows[2][5] = "2024年6月";
    county.rows[3][5] = "";
    county.write();
    let checked = county.json(&[]);
    let reasons: Vec<(&str, &str)> = list(&checked, "not_graded").iter().map(|c| (word(c, "case_no"), word(c, "reason"))).collect();
    assert_eq!(reasons, [("东岭援民〔2024〕3号", "日期不明"), ("东岭援民〔2024〕4号", "在办")]);
}

#[test]
fn a_template_that_says_nothing_hides_no_settings_above() {
    let county = County::new();
    let before = county.json(&[]);
    fs::write(county.folder().join("audit.toml"), "# year = 2025\n# title = \"\"\n").expect("template");
    assert_eq!(before["batch"], county.json(&[])["batch"]);
    fs::write(county.folder().join("audit.toml"), "year = 2025\n").expect("settings");
    assert_ne!(before["batch"], county.json(&[])["batch"], "its own settings win as soon as they say something");
}

#[test]
fn where_nothing_was_read_no_earlier_workbook_is_touched() {
    let county = County::new();
    county.check(&["--quiet"]);
    let before = fs::read(county.room.path().join("自查结果.xlsx")).expect("a workbook");
    fs::remove_file(county.folder().join("登记表.csv")).expect("removed");
    for n in 0..5 {
        fs::write(county.folder().join(format!("坏{n}.xlsx")), "PK\u{3}\u{4}坏").expect("broken");
    }
    let said = county.check(&[]);
    assert_eq!(said.code, 3);
    assert!((0..5).all(|n| said.out.contains(&format!("坏{n}.xlsx"))) && said.out.contains("一件案件也没有读到"), "{}", said.out);
    assert!(fs::read(county.room.path().join("自查结果.xlsx")).expect("still there") == before && !county.there("自查结果（第1次）.xlsx"));
}
