//! Rows, files, marks and names that must neither get lost nor be counted twice, in the odd shapes in which batches come.

use serde_json::json;

use crate::batch::{Batch, Ran};
use crate::leaks::found;

const HEAD: &str = "案号,案件类型,受援人,承办律师,结案日期,案件状态";

fn rows(head: &str, rows: &[&str]) -> String {
    let all: Vec<&str> = std::iter::once(head).chain(rows.iter().copied()).collect();
    all.join("\n") + "\n"
}

fn closed(n: u32) -> String {
    format!("东岭援民〔2024〕{n}号,民事,甲某某,乙某某,2024-05-06,已结")
}

fn register(numbers: &[u32]) -> String {
    let all: Vec<String> = numbers.iter().map(|n| closed(*n)).collect();
    rows(HEAD, &all.iter().map(String::as_str).collect::<Vec<_>>())
}

fn in_scope(ran: &Ran, office: &str) -> u64 {
    ran.office(office)["in_scope"].as_u64().unwrap_or(u64::MAX)
}

fn said(ran: &Ran, code: &str) -> String {
    let problems = ran.results["problems"].as_array().into_iter().flatten().filter(|p| p["code"] == code);
    problems.filter_map(|p| p["message"]["zh"].as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn lines_may_end_in_a_carriage_return_and_blank_lines_count() {
    let ran = Batch::new().file("东岭区/登记表.csv", register(&[1, 2]).replace('\n', "\r")).assess();
    assert_eq!((in_scope(&ran, "东岭区"), ran.code), (2, 0), "{}", ran.told);
    for end in ["\n", "\r\n"] {
        let text = format!("{HEAD}\n\n\n{}\n\n{}\n", closed(1), closed(2)).replace('\n', end);
        let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
        let line = |i: usize| ran.cases[i]["findings"][0]["places"][0]["line"].clone();
        assert_eq!((line(0), line(1)), (json!(4), json!(6)));
    }
}

#[test]
fn a_quote_that_swallows_rows_is_told() {
    let (one, two, three) = (closed(1), closed(2), closed(3));
    let open = two.replace("甲某某", "\"甲某某");
    let ran = Batch::new().file("东岭区/登记表.csv", rows(HEAD, &[&one, &open, &three])).assess();
    assert_eq!((ran.code, said(&ran, "P002").lines().count()), (3, 1), "{}", said(&ran, "P002"));
    let shut = three.replace("甲某某", "\"丙某某");
    let ran = Batch::new().file("东岭区/登记表.csv", rows(HEAD, &[&one, &open, &shut, &closed(4)])).assess();
    assert_eq!((ran.code, said(&ran, "P002").contains("第 3 行")), (3, true), "{}", said(&ran, "P002"));
    // Two lines in one cell are nothing unusual.
    let quiet = one.replace("甲某某", "\"甲某某\n丙某某\"");
    let ran = Batch::new().file("东岭区/登记表.csv", rows(HEAD, &[&quiet, &two])).assess();
    assert_eq!((ran.code, in_scope(&ran, "东岭区")), (0, 2), "{}", said(&ran, "P002"));
}

#[test]
fn cells_without_a_header_are_told() {
    let one = closed(1) + ",另有说明";
    let ran = Batch::new().file("东岭区/登记表.csv", rows(HEAD, &[&one, &closed(2)])).assess();
    assert!(said(&ran, "P012").contains("有 1 格所在的列没有表头"), "{}", said(&ran, "P012"));
}

#[test]
fn the_scope_that_is_printed_is_the_scope_that_decides() {
    let late = closed(2).replace("2024-05-06", "2025-05-06");
    let ran = Batch::bare()
        .file("audit.toml", "year = 2024\n[scope]\nfrom = \"2024-03-01\"\n")
        .file("东岭区/登记表.csv", rows(HEAD, &[&closed(1), &late]))
        .assess();
    assert_eq!(ran.results["batch"]["scope"]["to"], "2024-12-31");
    assert_eq!((in_scope(&ran, "东岭区"), ran.out[0]["reason"].as_str()), (1, Some("不在期间")));
    let ran = Batch::bare()
        .file("audit.toml", "year = 2024\n[scope]\nfrom = \"2025-03-01\"\n")
        .file("东岭区/登记表.csv", register(&[1]))
        .assess();
    assert_eq!((ran.code, ran.told.contains("S003")), (2, true), "{}", ran.told);
}

#[test]
fn a_draw_that_is_not_understood_leaves_nothing_out() {
    let head = format!("{HEAD},是否抽中");
    let marked = |n: u32, word: &str| format!("{},{word}", closed(n));
    let ran = Batch::new()
        .file("东岭区/登记表.csv", rows(&head, &[&marked(1, "抽中"), &marked(2, "未抽中"), &marked(3, "待定"), &marked(4, "否")]))
        .assess();
    assert_eq!(ran.office("东岭区")["selected"], 2);
    assert!(said(&ran, "P017").contains("3号"), "{}", said(&ran, "P017"));
}

#[test]
fn a_workbook_tells_its_own_draw() {
    let head = format!("{HEAD},是否抽中");
    let drawn = rows(&head, &[&(closed(1) + ",是"), &(closed(2) + ",否")]);
    let ran = Batch::new().file("东岭区/登记表.csv", drawn).file("西岭县/登记表.csv", register(&[7])).assess();
    assert_eq!(found_in(&ran, "东岭区.xlsx", "全部评查"), 0);
    assert_eq!((found_in(&ran, "东岭区.xlsx", "抽查（按登记表）"), found_in(&ran, "西岭县.xlsx", "全部评查")), (1, 1));
}

fn found_in(ran: &Ran, file: &str, word: &str) -> usize {
    found(ran, word).iter().filter(|at| at.starts_with(file)).count()
}

#[test]
fn an_empty_office_column_is_none() {
    let blank = rows(&format!("{HEAD},机构"), &[&(closed(1) + ",")]);
    let ran = Batch::new().file("东岭区/登记表.csv", blank).file("西岭县/登记表.csv", register(&[7])).assess();
    assert_eq!((ran.offices(), ran.code), (vec!["东岭区", "西岭县"], 0), "{}", ran.told);
    assert_eq!((in_scope(&ran, "东岭区"), in_scope(&ran, "西岭县")), (1, 1));
}

#[test]
fn a_folder_is_of_one_office_however_it_is_written() {
    for folder in ["./东岭区", "东岭区/", "东岭区/.", ".//东岭区"] {
        let settings = format!("year = 2024\n[[office]]\nname = \"甲\"\nfolder = \"{folder}\"\n[[office]]\nname = \"西岭县\"\n");
        let ran = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", register(&[1, 2])).assess();
        assert_eq!((in_scope(&ran, "甲"), ran.problems().contains(&"P030")), (2, false), "{folder}");
    }
    let twice = "year = 2024\n[[office]]\nname = \"东岭区\"\n[[office]]\nname = \"甲\"\nfolder = \"东岭区\"\n";
    let ran = Batch::bare().file("audit.toml", twice).file("东岭区/登记表.csv", register(&[1])).assess();
    assert_eq!((ran.code, ran.told.contains("S002")), (2, true), "both would count it: {}", ran.told);
}

#[cfg(unix)]
#[test]
fn a_link_is_told_and_not_followed() {
    let batch = Batch::new().file("东岭区/登记表.csv", register(&[1]));
    std::os::unix::fs::symlink(batch.path(), batch.path().join("东岭区/环")).expect("a link");
    std::os::unix::fs::symlink(batch.path().join("东岭区/登记表.csv"), batch.path().join("东岭区/又一份.csv")).expect("a link");
    let ran = batch.assess();
    assert_eq!((in_scope(&ran, "东岭区"), ran.code, said(&ran, "P020").lines().count()), (1, 3, 2), "{}", said(&ran, "P020"));
}

#[test]
fn a_score_sheet_that_names_the_office_marks_only_its_case() {
    let sheet = "机构,案号,指标编号,得分\n西岭县,东岭援民〔2024〕1号,F01,3\n南岭县,东岭援民〔2024〕1号,F02,3\n";
    let ran =
        Batch::new().file("东岭区/登记表.csv", register(&[1])).file("西岭县/登记表.csv", register(&[1])).file("评分.csv", sheet).assess();
    let marks = |office: &str| ran.cases.iter().find(|c| c["office"] == office).map(|c| c["reviews"].as_array().map_or(9, Vec::len));
    assert_eq!((marks("东岭区"), marks("西岭县")), (Some(0), Some(1)));
    assert_eq!(ran.problems().iter().filter(|c| **c == "P042").count(), 1, "nobody has the case of 南岭县");
}

#[test]
fn a_mark_for_a_criterion_that_the_machine_decides_there_is_told() {
    let text = rows(HEAD, &[&closed(1), "东岭援刑〔2024〕1号,刑事,甲某某,乙某某,2024-05-06,已结"]);
    let sheet = "案号,指标编号,得分\n东岭援刑〔2024〕1号,F02,3\n东岭援民〔2024〕1号,F02,3\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).file("东岭区/评分.csv", sheet).assess();
    assert!(said(&ran, "P042").contains("东岭援刑〔2024〕1号") && !said(&ran, "P042").contains("东岭援民"), "{}", said(&ran, "P042"));
}

#[test]
fn rows_that_name_no_type_join_the_case_they_fit() {
    let head = "案号,案件类型,诉讼阶段,受援人,结案日期,案件状态";
    let one = |stage: &str| format!("东岭援刑〔2024〕1号,刑事,{stage},甲某某,2024-05-06,已结");
    let filed = "案号,归档日期\n东岭援刑〔2024〕1号,2024-05-20\n";
    // Before or after the register, by the order of names.
    for name in ["东岭区/a归档.csv", "东岭区/归档.csv"] {
        let ran = Batch::new().file("东岭区/m登记表.csv", rows(head, &[&one("侦查")])).file(name, filed).assess();
        assert_eq!((ran.cases.len(), ran.out.len()), (1, 0), "{:?}", ran.out);
        assert_eq!((&ran.cases[0]["stage"], &ran.cases[0]["fields"]["filed_on"]), (&json!("侦查"), &json!("2024-05-20")));
        assert_eq!(ran.office("东岭区")["joined"], 1);
        ran.adds_up();
    }
    let staged = "案号,诉讼阶段,归档日期\n东岭援刑〔2024〕1号,审判,2024-05-21\n东岭援刑〔2024〕1号,侦查,2024-05-20\n";
    let register = rows(head, &[&one("侦查"), &one("审判")]);
    let ran = Batch::new().file("东岭区/m登记表.csv", register.clone()).file("东岭区/a归档.csv", staged).assess();
    let days: Vec<_> = ran.cases.iter().map(|c| (c["stage"].clone(), c["fields"]["filed_on"].clone())).collect();
    assert!(days.contains(&(json!("侦查"), json!("2024-05-20"))) && days.contains(&(json!("审判"), json!("2024-05-21"))), "{days:?}");
    assert_eq!((days.len(), ran.out.len()), (2, 0));
    // Which of the two stages was filed, nobody can tell.
    let ran = Batch::new().file("东岭区/m登记表.csv", register).file("东岭区/a归档.csv", filed).assess();
    assert!(said(&ran, "P023").contains("几个阶段"), "{}", said(&ran, "P023"));
    ran.adds_up();
}

#[test]
fn what_is_wrong_with_a_shared_dossier_is_its_offices_alone() {
    let text = "机构,案号,案件类型,结案日期\n东岭区,东岭援民〔2024〕1号,民事,2024-05-06\n西岭县,西岭援民〔2024〕1号,民事,2024-05-06\n";
    let ran = Batch::new().file("全市登记表.csv", text).file("案卷/东岭援民〔2024〕1号/dossier.json", r#"{"不存在的键": 1}"#).assess();
    let told: Vec<_> = ran.results["problems"].as_array().into_iter().flatten().filter(|p| p["code"] == "P012").collect();
    assert_eq!((told.len(), &told[0]["office"]), (1, &json!("东岭区")));
}

#[test]
fn a_number_of_a_whole_cell_or_a_very_wide_table_does_not_hang() {
    let long = format!("{}1,民事,甲某某,乙某某,2024-05-06,已结", "字".repeat(30_000));
    let wide: Vec<String> = (0..5_000).map(|i| format!("列名甲乙丙丁{i}")).collect();
    let wide = format!("{HEAD},{}", wide.join(","));
    let ran =
        Batch::new().file("东岭区/登记表.csv", rows(HEAD, &[&long, &long])).file("西岭县/登记表.csv", rows(&wide, &[&closed(1)])).assess();
    assert_eq!((in_scope(&ran, "东岭区"), in_scope(&ran, "西岭县")), (1, 1));
}

#[test]
fn a_case_of_unclear_type_counts_and_is_undecided() {
    let blank = closed(2).replace("民事", "");
    for settings in ["year = 2024\n", "year = 2024\n[scope]\ncase_types = [\"民事\"]\n"] {
        let ran = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", rows(HEAD, &[&closed(1), &blank])).assess();
        let office = ran.office("东岭区");
        assert_eq!((&office["in_scope"], &office["selected"], &office["undecided"]), (&json!(2), &json!(2), &json!(2)));
        assert_eq!(
            (&office["rates"][0]["k_low"], &office["rates"][0]["k_high"], &office["rates"][0]["n"]),
            (&json!(0), &json!(2), &json!(2))
        );
        let case = ran.case("东岭援民〔2024〕2号");
        assert_eq!((&case["rubric"], &case["grade"]), (&json!(null), &json!(null)));
        assert!(case["possible"].as_array().is_some_and(|p| p.len() > 1), "{case}");
        assert!(said(&ran, "P050").contains("1 件"));
        ran.adds_up();
    }
}

#[test]
fn a_folder_and_its_json_that_name_two_cases_are_given_to_none() {
    let ran = Batch::new()
        .file("东岭区/登记表.csv", register(&[1, 2]))
        .file("东岭区/案卷/东岭援民〔2024〕1号/dossier.json", r#"{"case_no":"东岭援民〔2024〕2号","decided_on":"2024-02-01"}"#)
        .file("东岭区/案卷/东岭援民〔2024〕1号/申请表.pdf", "%PDF-1.4")
        .assess();
    assert!(said(&ran, "P023").contains("没有归入任何案件"), "{}", said(&ran, "P023"));
    assert!(ran.cases.iter().all(|c| c["documents"] == json!([]) && c["fields"]["decided_on"].is_null()), "{:?}", ran.cases);
}

#[test]
fn an_office_may_be_asked_for_by_an_alias() {
    let settings = "year = 2024\n[[office]]\nname = \"东岭区\"\naliases = [\"东岭中心\"]\n[[office]]\nname = \"西岭县\"\n";
    let batch = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", register(&[1]));
    assert_eq!(batch.flags(&["--office", "东岭中心"]).assess().offices(), ["东岭区"]);
}
