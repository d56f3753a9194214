//! What becomes of files: offices, identity, joining, scope, selection, dossiers, marks, and bad input.

use serde_json::json;

use crate::batch::Batch;

const HEAD: &str = "案号,案件类型,受援人,承办律师,结案日期,案件状态";

fn register(rows: &[&str]) -> String {
    let mut text = HEAD.to_owned();
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text
}

/// Closed civil cases with these numbers.
fn closed(numbers: &[&str]) -> String {
    let rows: Vec<String> = numbers.iter().map(|n| format!("{n},民事,甲某某,乙某某,2024-05-06,已结")).collect();
    register(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn each_child_with_a_register_is_an_office() {
    let ran = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号", "东岭援民〔2024〕2号"]))
        .file("西岭县/2024年登记表.csv", closed(&["西岭援民〔2024〕1号"]))
        .file("说明.txt", "请于十二月前上报")
        .assess();
    assert_eq!((ran.offices(), ran.code), (vec!["东岭区", "西岭县"], 0), "{}", ran.told);
    assert_eq!((&ran.office("东岭区")["in_scope"], &ran.office("西岭县")["in_scope"]), (&json!(2), &json!(1)));
    assert!(ran.files.contains_key("东岭区.xlsx") && ran.files.contains_key("总表.xlsx"), "{:?}", ran.files.keys());
    ran.adds_up();
}

#[test]
fn months_are_no_offices() {
    let ran = Batch::new()
        .file("1月/登记表.csv", closed(&["东岭援民〔2024〕1号"]))
        .file("2月/登记表.csv", closed(&["东岭援民〔2024〕2号"]))
        .assess();
    assert_eq!(ran.offices(), ["云岭市评查"]);
    assert_eq!(ran.office("云岭市评查")["in_scope"], 2);
}

#[test]
fn an_office_column_makes_offices() {
    let text =
        "机构,案号,案件类型,结案日期\n东岭区,东岭援民〔2024〕1号,民事,2024-05-06\n西岭县,西岭援民〔2024〕1号,民事,2024-05-06\n合计,2,,\n";
    let ran = Batch::new().file("全市登记表.csv", text).assess();
    assert_eq!((ran.offices(), ran.problems()), (vec!["东岭区", "西岭县"], vec!["P014", "P032", "P032"]));
    assert_eq!(ran.results["registers"][0]["rows"], 2, "one register, told once");
    assert_eq!(ran.cases.len(), 2);
}

#[test]
fn declared_offices_and_their_aliases() {
    let settings = "year = 2024\n[[office]]\nid = \"a1\"\nname = \"东岭区\"\naliases = [\"东岭区法律援助中心\"]\nparent = \"云岭市\"\n[[office]]\nid = \"a2\"\nname = \"西岭县\"\n";
    let text = "机构,案号,案件类型,结案日期\n东岭区法律援助中心,东岭援民〔2024〕1号,民事,2024-05-06\n西岭县,西岭援民〔2024〕1号,民事,2024-05-06\n南岭县,南岭援民〔2024〕1号,民事,2024-05-06\n";
    let ran = Batch::bare()
        .file("audit.toml", settings)
        .file("全市登记表.csv", text)
        .file("西岭县/补登.csv", closed(&["西岭援民〔2024〕2号"]))
        .assess();
    assert_eq!(ran.offices(), ["东岭区", "西岭县"]);
    assert_eq!(
        (&ran.office("东岭区")["id"], &ran.office("东岭区")["rows"], &ran.office("西岭县")["rows"]),
        (&json!("a1"), &json!(1), &json!(2))
    );
    assert!(ran.problems().contains(&"P030"), "the unknown office is said loudly");
    assert_eq!(ran.code, 3, "and in the exit code");
    assert!(ran.results["groups"].as_array().is_some_and(|g| g.iter().any(|o| o["name"] == "云岭市" && o["rows"] == 1)));
}

#[test]
fn rows_of_another_office_in_an_own_register_are_not_counted() {
    let settings = "year = 2024\n[[office]]\nname = \"东岭区\"\n[[office]]\nname = \"西岭县\"\n";
    let text = "机构,案号,案件类型,结案日期\n东岭区,东岭援民〔2024〕1号,民事,2024-05-06\n东岭 区,东岭援民〔2024〕2号,民事,2024-05-06\n东岭,东岭援民〔2024〕3号,民事,2024-05-06\n";
    let ran = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", text).assess();
    assert_eq!(ran.office("东岭区")["rows"], 2, "spaces make no difference, another word does");
    assert_eq!((ran.problems().contains(&"P030"), ran.code), (true, 3));
}

#[test]
fn rows_of_one_identity_join_and_differences_are_told() {
    let ran = Batch::new()
        .file(
            "东岭区/登记表.csv",
            register(&[
                "东岭援民〔2024〕12号,民事,甲某某,乙某某,2024-05-06,已结",
                "东岭援民字[2024]第012号,民事,甲某某,丙某某,2024.5.6,已结",
                "东岭援民（2024）12,,,,,",
            ]),
        )
        .assess();
    let office = ran.office("东岭区");
    assert_eq!((&office["rows"], &office["in_scope"], &office["joined"]), (&json!(3), &json!(1), &json!(2)));
    let conflicts: Vec<_> = ran.cases[0]["findings"].as_array().into_iter().flatten().filter(|f| f["criterion"] == "J01").collect();
    assert_eq!(conflicts.len(), 1, "one finding for the lawyers; the days are the same: {conflicts:?}");
    ran.adds_up();

    let ran = Batch::new()
        .file(
            "东岭区/登记表.csv",
            register(&[
                "东岭援民〔2024〕12号,民事,甲某某,乙某某,2024-05-06,已结",
                "东岭援民〔2024〕12号,民事,甲某某,乙某某,2024-05-07,已结",
            ]),
        )
        .assess();
    let conflict = ran.cases[0]["findings"].as_array().into_iter().flatten().find(|f| f["criterion"] == "J01").cloned().unwrap_or_default();
    assert_eq!(conflict["places"].as_array().map(Vec::len), Some(2), "{conflict}");
    assert_eq!(ran.cases[0]["fields"]["closed_on"], "2024-05-06", "the first in order of reading");
}

#[test]
fn out_of_scope_is_listed_by_reason() {
    let ran = Batch::new()
        .file(
            "东岭区/登记表.csv",
            register(&[
                "东岭援民〔2024〕1号,民事,甲某某,乙某某,2024-05-06,已结",
                "东岭援民〔2024〕2号,民事,甲某某,乙某某,,在办",
                "东岭援民〔2024〕3号,民事,甲某某,乙某某,,不予援助",
                "东岭援民〔2024〕4号,民事,甲某某,乙某某,2024-05-06,终止",
                "东岭援民〔2024〕5号,民事,甲某某,乙某某,2023-05-06,已结",
                "东岭援民〔2024〕6号,民事,甲某某,乙某某,9999-05-06,已结",
                "东岭援民〔2024〕7号,,甲某某,乙某某,2024-05-06,已结",
                "东岭援民〔2024〕8号,民事,甲某某,乙某某,,已结",
            ]),
        )
        .assess();
    let reasons = json!({"在办": 1, "不予援助": 1, "终止": 1, "不在期间": 1, "日期不明": 2});
    assert_eq!(ran.office("东岭区")["out_of_scope"], reasons);
    assert_eq!((ran.cases.len(), ran.out.len()), (2, 6));
    ran.adds_up();
}

#[test]
fn a_column_selects_cases() {
    let text = "案号,案件类型,结案日期,是否抽中\n东岭援民〔2024〕1号,民事,2024-05-06,是\n东岭援民〔2024〕2号,民事,2024-05-06,否\n东岭援民〔2024〕10号,民事,2024-05-06,\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    assert_eq!((&ran.office("东岭区")["in_scope"], &ran.office("东岭区")["selected"]), (&json!(3), &json!(1)));
    assert_eq!(ran.case("东岭援民〔2024〕2号")["scope"], "not_selected");
    let order: Vec<_> = ran.cases.iter().map(|c| c["case_no"].as_str().unwrap_or_default()).collect();
    assert_eq!(order, ["东岭援民〔2024〕1号", "东岭援民〔2024〕2号", "东岭援民〔2024〕10号"], "numbers by their value");
}

#[test]
fn dossiers_find_their_cases() {
    let dossier = r#"{"申请日期":"2024-03-01","decided_on":"2024-03-05","evidence":"scanned","documents":["法律援助申请表"]}"#;
    let ran = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号", "东岭援民〔2024〕2号"]))
        .file("东岭区/案卷/东岭援民[2024]1号 甲某某/dossier.json", dossier)
        .file("东岭区/案卷/东岭援民[2024]1号 甲某某/01法律援助申请表.pdf", "%PDF-1.4")
        .file("东岭区/案卷/东岭援民[2024]1号 甲某某/02身份证明_1.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        .file("东岭区/案卷/东岭援民[2024]1号 甲某某/02身份证明_2.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        .file("东岭区/案卷/东岭援民[2024]1号 甲某某/会见笔录/1.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        .file("东岭区/案卷/东岭援民〔2024〕99号/01法律援助申请表.pdf", "%PDF-1.4")
        .file("东岭区/东岭援民〔2024〕2号_授权委托书.pdf", "%PDF-1.4")
        .file("东岭区/Thumbs.db", "x")
        .assess();
    let case = ran.case("东岭援民〔2024〕1号");
    assert_eq!(case["fields"]["applied_on"], "2024-03-01", "{case}");
    let documents: Vec<(&str, &str, u64)> = case["documents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|d| (d["id"].as_str().unwrap_or(""), d["state"].as_str().unwrap_or(""), d["count"].as_u64().unwrap_or(0)))
        .collect();
    for paper in [("application_form", "present", 1), ("identity_proof", "present", 1), ("interview_note", "present", 1)] {
        assert!(documents.contains(&paper), "{documents:?}");
    }
    assert_eq!(ran.case("东岭援民〔2024〕2号")["documents"][0]["id"], "power_of_attorney");
    assert_eq!((ran.problems(), &ran.results["batch"]["junk"]), (vec!["P023"], &json!(1)));
    assert!(ran.inputs.iter().any(|i| i["sha256"].as_str().is_some_and(|s| s.len() == 64)));
    assert_eq!(ran.inputs.len(), 8, "{:?}", ran.inputs);
}

#[test]
fn a_dossier_without_a_register_is_a_case() {
    let one = r#"{"案号":"东岭援民〔2024〕7号","案件类型":"民事","结案日期":"2024-05-06"}"#;
    let ran = Batch::new().file("东岭区/东岭援民〔2024〕7号.json", one).assess();
    assert_eq!((ran.offices(), &ran.office("东岭区")["dossier_only"], ran.cases.len()), (vec!["东岭区"], &json!(1), 1));
    assert_eq!(ran.cases[0]["findings"][0]["places"][0]["file"], "东岭区/东岭援民〔2024〕7号.json");
    ran.adds_up();
}

#[test]
fn secret_dossiers_are_never_opened() {
    let text = "案号,案件类型,结案日期,密级,卷宗形式\n东岭援民〔2024〕1号,民事,2024-05-06,密卷,扫描\n";
    let ran = Batch::new()
        .file("东岭区/登记表.csv", text)
        .file("东岭区/案卷/东岭援民〔2024〕1号/dossier.json", r#"{"cause":"不得读取"}"#)
        .file("东岭区/案卷/东岭援民〔2024〕1号/01法律援助申请表.pdf", "%PDF-1.4")
        .assess();
    let hashed: Vec<_> =
        ran.inputs.iter().filter(|i| i["path"].as_str().is_some_and(|p| p.contains("案卷")) && !i["sha256"].is_null()).collect();
    assert!(hashed.is_empty(), "{hashed:?}");
    assert!(ran.files.values().all(|b| !String::from_utf8_lossy(b).contains("不得读取")));
    let paper = ran.cases[0]["criteria"].as_array().into_iter().flatten().find(|c| c["id"] == "A01").cloned().unwrap_or_default();
    assert_eq!(paper["outcome"], "pending", "a person looks at its papers");
}

#[test]
fn one_volume_that_says_secret_closes_all_of_them_and_a_folder_may_say_so_itself() {
    let text = "案号,案件类型,结案日期,卷宗形式\n东岭援民〔2024〕1号,民事,2024-05-06,扫描\n";
    let no = "东岭区/案卷/东岭援民〔2024〕1号";
    let ran = Batch::new()
        .file("东岭区/登记表.csv", text)
        .file(&format!("{no} 第一册/01法律援助申请表.pdf"), "%PDF-1.4")
        .file(&format!("{no} 第一册/卷内目录.csv"), "材料名称,页码\n会见笔录,1\n")
        .file(&format!("{no} 第二册/dossier.json"), r#"{"密级":"密卷"}"#)
        .file(&format!("{no} 第二册/02身份证明.pdf"), "%PDF-1.4")
        .file("东岭区/案卷/密卷 甲某某/01法律援助申请表.pdf", "%PDF-1.4")
        .assess();
    let papers = ran.inputs.iter().filter(|i| i["path"].as_str().is_some_and(|p| p.ends_with(".pdf")));
    let hashed: Vec<_> = papers.filter(|i| !i["sha256"].is_null()).collect();
    assert!(hashed.is_empty(), "{hashed:?}");
    let listed = ran.cases[0]["documents"].to_string();
    assert!(!listed.contains("interview_note"), "the list of the other volume was read: {listed}");
}

#[test]
fn marks_from_a_column_and_from_a_sheet() {
    let text = "案号,案件类型,结案日期,F01 调查取证\n东岭援民〔2024〕1号,民事,2024-05-06,3\n东岭援民〔2024〕2号,民事,2024-05-06,\n";
    let sheet: &[&[&str]] = &[
        &["评分表"],
        &["案号", "指标编号", "得分", "评估专家"],
        &["东岭援民（2024）2", "F01", "2.5", "专家一"],
        &["东岭援民（2024）2", "F01", "3", "专家二"],
        &["东岭援民（2024）2", "F01", "2", "专家一"],
        &["东岭援民〔2024〕9号", "F01", "3", "专家二"],
        &["东岭援民〔2024〕2号", "Z99", "3", "专家二"],
    ];
    let ran = Batch::new().file("东岭区/登记表.csv", text).workbook("东岭区/评分/评分表.xlsx", sheet).assess();
    assert_eq!(ran.case("东岭援民〔2024〕1号")["reviews"][0]["given"], "3");
    assert_eq!(ran.case("东岭援民〔2024〕2号")["reviews"].as_array().map(Vec::len), Some(3));
    assert_eq!(ran.problems(), ["P032", "P042", "P042", "P043"], "one reviewer says two things; two reviewers may differ");
}

#[test]
fn bad_files_are_told_and_the_rest_is_graded() {
    let far = "案号,案件类型,结案日期\n";
    let ran = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]))
        .file("东岭区/损坏.xlsx", b"PK\x03\x04 broken")
        .file("东岭区/空.xlsx", "")
        .file("东岭区/旧.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        .file("东岭区/没有案号.csv", "受援人,承办律师,结案日期\n甲某某,乙某某,2024-05-06\n")
        .file("东岭区/乱码.csv", [0xB0, 0xB8, 0xFF, 0xFE, 0x80, 0x2C, 0x0A])
        .file("西岭县/登记表.csv", closed(&["西岭援民〔2024〕1号"]))
        .file("南岭县/登记表.csv", far)
        .assess();
    assert_eq!(ran.code, 3, "{}", ran.told);
    assert_eq!(ran.problems(), ["P002", "P002", "P003", "P007", "P010", "P031", "P032", "P032"]);
    assert_eq!(ran.cases.len(), 2);
    for problem in ran.results["problems"].as_array().into_iter().flatten() {
        assert!(problem["places"].as_array().is_some_and(|p| !p.is_empty()), "{problem}");
        assert!(problem["advice"]["zh"].as_str().is_some_and(|a| !a.is_empty()), "{problem}");
    }
    let alone = Batch::new().file("西岭县/登记表.csv", closed(&["西岭援民〔2024〕1号"])).assess();
    assert_eq!(alone.files["西岭县.xlsx"], ran.files["西岭县.xlsx"], "an office does not depend on the others");
}

#[test]
fn hostile_values_are_values() {
    let long = "长".repeat(10_000);
    let text = register(&[
        &format!("东岭援民〔2024〕1号,民事,{long},乙某某,2024-05-06,已结"),
        "东岭援民〔2024〕2号,民事,甲某某,乙某某,1899-12-31,已结",
        "=cmd|' /C calc'!A0,民事,甲某某,乙某某,2024-05-06,已结",
        ",民事,甲某某,乙某某,2024-05-06,已结",
    ]);
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    assert_eq!((ran.code, &ran.office("东岭区")["rows"]), (0, &json!(4)), "{}", ran.told);
    assert!(ran.problems().contains(&"P011"));
    assert!(ran.cases.iter().any(|c| c["case_no"].as_str().is_some_and(|n| n.starts_with("无案号-"))));
    ran.adds_up();
}

#[test]
fn nothing_there_is_said() {
    let ran = Batch::new().assess();
    assert_eq!((ran.code, ran.problems()), (3, vec!["P033"]), "{}", ran.told);
}

#[test]
fn wrong_settings_write_nothing() {
    let ran = Batch::bare()
        .file("audit.toml", "yaer = 2024\nas_of = \"明天\"\n")
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]))
        .assess();
    assert_eq!((ran.code, ran.files.len()), (2, 0));
    assert!(ran.told.contains("yaer") && ran.told.contains("明天"), "all at once: {}", ran.told);
}

#[test]
fn the_batch_is_never_changed_and_bytes_repeat() {
    let batch = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号", "东岭援民〔2024〕2号"]))
        .file("西岭县/登记表.csv", closed(&["西岭援民〔2024〕1号"]))
        .flags(&["--jobs", "1"]);
    let before = crate::batch::files(&batch.path());
    let first = batch.assess();
    assert_eq!(crate::batch::files(&batch.path()), before);
    let second = batch.flags(&["--lang", "en"]).assess();
    assert_eq!(first.files, second.files, "the language changes no byte");
}

#[test]
fn open_cases_get_reminders_and_no_marks() {
    let text = "案号,案件类型,申请日期,决定日期,指派日期,案件状态\n东岭援民〔2024〕1号,民事,2024-12-23,2024-12-26,,在办\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    let said = ran.out[0]["message"]["zh"].as_str().unwrap_or_default();
    assert!(said.starts_with("在办") && said.contains("期限提醒") && said.contains("2024-12-30"), "{said}");
    assert_eq!(ran.cases.len(), 0);
}

#[test]
fn a_blank_type_leaves_a_case_undecided_and_in_the_count() {
    let text = "案号,案件类型,结案日期\n东岭援民〔2024〕1号,民事,2024-05-06\n东岭援民〔2024〕2号,,2024-05-06\n东岭援民〔2024〕3号,其他类,2024-05-06\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    let office = ran.office("东岭区");
    assert_eq!((&office["in_scope"], &office["undecided"]), (&json!(3), &json!(3)));
    assert_eq!((&office["rates"][1]["k_low"], &office["rates"][1]["k_high"]), (&json!(0), &json!(3)));
    for no in ["东岭援民〔2024〕2号", "东岭援民〔2024〕3号"] {
        let case = ran.case(no);
        assert_eq!((&case["rubric"], &case["grade"], &case["marks"]["high"]), (&json!(null), &json!(null), &json!(100)));
        assert_eq!((case["possible"].as_array().map(Vec::len), &case["findings"][0]["criterion"]), (Some(4), &json!("J03")));
    }
    assert!(ran.problems().contains(&"P050"));
    assert!(ran.files.contains_key("东岭区.xlsx"));
    ran.adds_up();
}

#[test]
fn two_rubrics_for_one_type_stop_the_run() {
    let batch = Batch::new().file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]));
    let ran = batch.flags(&["--rubric", "legal-aid-civil", "--rubric", "peer-levels"]).assess();
    assert_eq!((ran.code, ran.files.len()), (2, 0));
    assert!(ran.told.contains("peer-levels") && ran.told.contains("民事"), "{}", ran.told);
}

#[test]
fn settings_above_are_told() {
    let outer = Batch::new().file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]));
    let out = outer.path().with_file_name("结果二");
    let said = crate::run::juanping_in(&outer.path(), &["assess", "东岭区", "-o", &out.to_string_lossy(), "--as-of", "2024-12-31"]);
    assert!(said.code == 0 && said.out.contains("P072"), "{}{}", said.out, said.err);
}

#[test]
fn folders_of_junk_are_no_offices_and_broken_registers_are() {
    let ran = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]))
        .file("照片/合影.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        .file("西岭县/登记表.xlsx", b"PK\x03\x04 broken")
        .assess();
    assert_eq!((ran.offices(), ran.code), (vec!["东岭区", "西岭县"], 3));
    assert_eq!(ran.problems(), ["P002", "P023", "P031", "P032"]);
    let junk = Batch::new().file("照片/合影.jpg", [0xFF, 0xD8, 0xFF, 0xE0]).assess();
    assert_eq!((junk.code, junk.problems().contains(&"P033")), (3, true));
}

#[test]
fn a_mark_beyond_the_points_is_told() {
    let text = "案号,案件类型,结案日期,F01 调查取证\n东岭援民〔2024〕1号,民事,2024-05-06,99\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    assert_eq!((ran.code, ran.problems()), (0, vec!["P032", "P041"]));
}

#[test]
fn a_draw_of_nothing_is_told() {
    let text = "案号,案件类型,结案日期,是否抽中\n东岭援民〔2024〕1号,民事,2024-05-06,否\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).assess();
    assert_eq!((ran.code, &ran.office("东岭区")["selected"]), (0, &json!(0)));
    assert!(ran.problems().contains(&"P018"), "{:?}", ran.problems());
}

#[test]
fn by_levels_what_is_below_the_best_counts_as_lost() {
    let text = "案号,案件类型,结案日期,P01 委托代理\n东岭援民〔2024〕1号,民事,2024-05-06,良好\n东岭援民〔2024〕2号,民事,2024-05-06,优秀\n";
    let ran = Batch::new().file("东岭区/登记表.csv", text).flags(&["--rubric", "peer-levels"]).assess();
    let lost = &ran.office("东岭区")["lost"];
    assert_eq!((&lost[0]["criterion"], &lost[0]["cases"], &lost[0]["points"]), (&json!("P01"), &json!(1), &json!(0)), "{lost}");
}

#[test]
fn spreadsheets_among_papers_are_no_registers() {
    let list = "案号,案件类型,结案日期\n东岭援民〔2024〕9号,民事,2024-05-06\n";
    let ran = Batch::new()
        .file("东岭区/登记表.csv", closed(&["东岭援民〔2024〕1号"]))
        .file("东岭区/案卷/东岭援民〔2024〕1号/证据清单.csv", list)
        .file("东岭区/往来/证据清单.csv", "名称,页数,来源\n工资条,3,受援人\n")
        .file("东岭区/往来/一.pdf", "%PDF-1.4")
        .file("东岭区/往来/二.pdf", "%PDF-1.4")
        .assess();
    assert_eq!((ran.code, &ran.office("东岭区")["rows"]), (0, &json!(1)), "{:?}", ran.results["problems"]);
    assert!(!ran.problems().contains(&"P010"), "a list between scans is no broken register");
}
