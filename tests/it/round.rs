//! A round of review from draw to confirmed grades: through the program as people use it, and the sample that carries a whole one.
//! Must not look into the program for anything that a file tells.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::batch;
use crate::run::juanping_in;

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn cases(out: &Path) -> Vec<Value> {
    let text = fs::read_to_string(out.join("cases.jsonl")).expect("cases");
    text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn selected(out: &Path) -> Vec<Value> {
    cases(out).into_iter().filter(|c| c["scope"] == "selected").collect()
}

fn run(room: &Path, command: &str, code: i32) -> String {
    let said = juanping_in(room, &command.split(' ').collect::<Vec<_>>());
    assert_eq!(said.code, code, "{command}\n{}\n{}", said.out, said.err);
    said.out
}

/// Marks of a case as an exact fraction.
fn exact(case: &Value) -> (String, String) {
    let marks = &case["marks"];
    let shown = |i: usize, key: &str| marks["exact"][i].as_str().map_or_else(|| marks[key].to_string(), str::to_owned);
    (shown(0, "low"), shown(1, "high"))
}

#[test]
fn from_a_draw_to_confirmed_grades() {
    let room = tempfile::tempdir().expect("a room");
    let at = room.path();
    run(at, "demo b --round --offices 6 --cases 48 --seed 37 --no-files", 0);
    run(at, "draw b -o d", 0);
    // Nothing is in yet.
    let said = run(at, "draw b --status d --as-of 2025-01-14", 1);
    assert!(said.contains("未交 34") && said.contains("逾期 0"), "{said}");
    assert!(run(at, "draw b --status d --as-of 2025-01-16", 1).contains("逾期 34"));
    run(at, "demo b --fill d --seed 37", 0);
    run(at, "draw b --status d --as-of 2025-01-16", 0);
    run(at, "assess b -o o", 0);
    let plan = json(&at.join("d/抽卷方案.json"));
    let drawn: Vec<String> = plan["drawn"].as_array().expect("drawn").iter().map(|d| d["case_no"].to_string()).collect();
    let mut graded: Vec<String> = selected(&at.join("o")).iter().map(|c| c["case_no"].to_string()).collect();
    graded.sort();
    let mut wanted = drawn;
    wanted.sort();
    assert_eq!(graded, wanted, "the drawn cases and no others are graded");
    let open: Vec<Value> = selected(&at.join("o")).into_iter().filter(|c| c["panel"]["how"] == "open").collect();
    assert!((2..6).contains(&open.len()), "{}", open.len());
    assert!(open.iter().all(|c| c["panel"]["needs"] == 1 && c["grade"].is_null() && c["panel"]["confirmed"].is_null()));
    // A third mark for each, on sheets of their own, and nothing else moves.
    run(at, "draw b --extra o -o x", 0);
    let more = json(&at.join("x/抽卷方案.json"));
    let tasks = |plan: &Value, turn: &str| -> Vec<String> {
        let all = plan["allocation"]["tasks"].as_array().expect("tasks").iter();
        all.filter(|t| t["turn"] == turn).map(ToString::to_string).collect()
    };
    assert_eq!(tasks(&plan, "first"), tasks(&more, "first"));
    assert_eq!(tasks(&more, "extra").len(), open.len());
    let sheets: Vec<String> = batch::files(&at.join("x/评分表")).into_keys().collect();
    assert!(!sheets.is_empty() && sheets.iter().all(|s| s.contains("加评1_")), "{sheets:?}");
    let before: BTreeMap<String, Vec<u8>> = batch::files(&at.join("b/评分"));
    run(at, "demo b --fill x --seed 37", 0);
    let after = batch::files(&at.join("b/评分"));
    assert!(before.iter().filter(|(name, bytes)| after[*name] != **bytes).count() <= open.len(), "only who got an extra mark writes more");
    run(at, "assess b -o o2", 0);
    let done = selected(&at.join("o2"));
    assert!(done.iter().all(|c| c["panel"]["how"] != "open"));
    assert!(done.iter().all(|c| c["panel"]["confirmed"]["grade"] == c["grade"] && c["grade"].is_string()));
    let panel = &json(&at.join("o2/results.json"))["panel"];
    assert_eq!(panel["confirmed"], done.len());
    assert_eq!(panel["reviewers"].as_array().map(Vec::len), Some(6));
    // Extra marks do not count for agreement.
    let exact = |p: &Value| p["agreement"].as_array().expect("figures").iter().find(|f| f["id"] == "exact").cloned();
    assert_eq!(exact(panel).map(|f| f["value"].clone()), exact(&json(&at.join("o/results.json"))["panel"]).map(|f| f["value"].clone()));
    // Nothing is left to add.
    assert!(run(at, "draw b --extra o2 -o y", 0).contains("没有需要再评的案件"));
    assert!(!at.join("y").exists());
}

#[test]
fn a_result_is_the_exact_mean_of_its_opinions() {
    let room = tempfile::tempdir().expect("a room");
    let at = room.path();
    run(at, "demo b --round --offices 6 --cases 48 --seed 37 --no-files", 0);
    run(at, "draw b -o d", 0);
    run(at, "demo b --fill d --seed 37", 0);
    run(at, "assess b -o o", 0);
    let mut means = 0;
    for case in selected(&at.join("o")).iter().filter(|c| c["panel"]["how"] == "mean") {
        let opinions = case["panel"]["opinions"].as_array().expect("opinions");
        let sum: f64 = opinions.iter().map(|o| o["low"].as_f64().expect("marks")).sum();
        let mean = case["marks"]["low"].as_f64().expect("marks");
        // Opinions are recorded to two decimals.
        assert!((mean - sum / opinions.len() as f64).abs() <= 0.01, "{case}");
        means += 1;
    }
    assert!(means >= 5, "{means}");
}

/// A plain score sheet with as many marks as a case has criteria for people.
#[test]
fn a_sheet_of_another_draw_is_refused_and_its_cases_stay_open() {
    let room = tempfile::tempdir().expect("a room");
    let at = room.path();
    run(at, "demo b --round --offices 6 --cases 48 --seed 37 --no-files", 0);
    run(at, "draw b -o d", 0);
    run(at, "demo b --fill d --seed 37", 0);
    run(at, "demo other --round --offices 6 --cases 48 --seed 38 --no-files", 0);
    run(at, "draw other -o e", 0);
    run(at, "demo other --fill e --seed 37", 0);
    fs::copy(at.join("other/评分/Z01.xlsx"), at.join("b/评分/Z01.xlsx")).expect("copied");
    // The sheet could not be used: exit 3.
    run(at, "assess b -o o", 3);
    let results = json(&at.join("o/results.json"));
    let codes: Vec<&str> = results["problems"].as_array().into_iter().flatten().filter_map(|p| p["code"].as_str()).collect();
    assert!(codes.contains(&"P080"), "{codes:?}");
    let plan = json(&at.join("d/抽卷方案.json"));
    let mine: Vec<&Value> =
        plan["allocation"]["tasks"].as_array().expect("tasks").iter().filter(|t| t["reviewer"] == "Z01").map(|t| &t["case_no"]).collect();
    let done = selected(&at.join("o"));
    for case in &done {
        let waits = mine.contains(&&case["case_no"]);
        assert_eq!(case["panel"]["how"] == "open" && case["grade"].is_null(), waits || case["panel"]["needs"] != 0, "{case}");
    }
}

#[test]
fn the_sample_carries_a_whole_round() {
    let room = tempfile::tempdir().expect("a room");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/round-2024");
    let at = room.path();
    let said = juanping_in(at, &["assess", sample.to_str().expect("a path"), "-o", "o"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let panel = &json(&at.join("o/results.json"))["panel"];
    let how = |word: &str| panel["how"][word].as_u64().unwrap_or(0);
    assert_eq!((how("council"), how("objection"), how("majority"), how("open")), (2, 1, 1, 0), "{}", panel["how"]);
    assert!(how("mean") >= 5 && how("single") >= 5, "{}", panel["how"]);
    assert_eq!(panel["reviewers"].as_array().map(Vec::len), Some(6));
    assert_eq!((&panel["confirmed"], &panel["needing"]), (&Value::from(24), &Value::from(0)));
    assert_eq!(panel["objections"]["upheld"], 1);
    let objected = selected(&at.join("o")).into_iter().find(|c| c["panel"]["how"] == "objection").expect("an objection");
    // 11.5 of 89 points that apply were lost; three points less after the objection: 8050/89.
    assert_eq!(exact(&objected), ("8050/89".to_owned(), "8050/89".to_owned()));
    assert_eq!((&objected["grade"], &objected["panel"]["objections"][0]["before"]), (&"优秀".into(), &"扣 6".into()));
    // Equal bytes whatever the threads.
    let again = juanping_in(at, &["assess", sample.to_str().expect("a path"), "-o", "p", "--jobs", "1", "--lang", "en"]);
    assert_eq!(again.code, 0);
    assert!(batch::files(&at.join("o")) == batch::files(&at.join("p")), "threads or language change bytes");
}
