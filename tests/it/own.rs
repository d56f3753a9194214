//! Offices as subjects of their own: 指标.xlsx, forms and logs of offices, what is graded by them and what is told.
//! Must not test single checks: those have their own cases.

use serde_json::Value;

use crate::batch::{Batch, Ran};

const HEAD: &str = "案号,案件类型,受援人,受援人类别,申请日期,决定日期,指派日期,结案日期,案件状态";

fn register(office: &str, groups: &[&str]) -> String {
    let row = |(n, group): (usize, &&str)| {
        format!("\n{office}援民〔2024〕{n}号,民事,虚构甲{n},{group},2024-03-01,2024-03-0{},2024-03-08,2024-06-01,已结", n + 1)
    };
    (1..).zip(groups).map(row).fold(HEAD.to_owned(), |all, row| all + &row)
}

/// Two offices with registers, and the table about both.
fn batch(indicators: &str) -> Batch {
    Batch::new()
        .file("东岭区/登记表.csv", register("东岭", &["农民工", "老年人", "其他"]))
        .file("白渡县/登记表.csv", register("白渡", &["其他"]))
        .file("指标.xlsx", indicators)
}

fn own<'r>(ran: &'r Ran, office: &str) -> &'r Value {
    ran.cases.iter().find(|c| c["subject"] == "office" && c["office"] == office).unwrap_or(&Value::Null)
}

fn outcome<'r>(record: &'r Value, id: &str) -> &'r str {
    let list = record["criteria"].as_array().into_iter().flatten();
    list.filter(|c| c["id"] == id).find_map(|c| c["outcome"].as_str()).unwrap_or("none")
}

fn message(record: &Value, id: &str) -> String {
    let list = record["findings"].as_array().into_iter().flatten().filter(|f| f["criterion"] == id);
    list.filter_map(|f| f["message"]["zh"].as_str()).collect::<Vec<_>>().join("\n")
}

fn said(ran: &Ran, code: &str) -> String {
    let list = ran.results["problems"].as_array().into_iter().flatten().filter(|p| p["code"] == code);
    list.filter_map(|p| p["message"]["zh"].as_str()).collect::<Vec<_>>().join("\n")
}

/// A city's figures of 2024 as its newspaper gave them: 3,814 aid cases of a task of 2,100 are 181.6 %, satisfaction 100 %, over 98 % of
/// 14,060 calls connected.
#[test]
fn the_figures_of_a_city_are_graded() {
    let ran = batch("机构,重点人群任务数,重点人群完成数,满意度,热线来电数,热线接通数\n东岭区,2100,3814,100%,14060,13800\n白渡县,100,90,0.93,1000,1090\n").assess();
    let (good, bad) = (own(&ran, "东岭区"), own(&ran, "白渡县"));
    assert_eq!(["A01", "B01", "C01"].map(|id| outcome(good, id)), ["met", "met", "met"], "{good}");
    assert_eq!(["A01", "B01", "C01"].map(|id| outcome(bad, id)), ["unmet", "unmet", "unclear"], "{bad}");
    assert!(message(bad, "A01").contains("为 90%，低于 100%"), "{bad}");
    assert!(message(bad, "C01").contains("109%") && message(bad, "C01").contains("不可能"), "{bad}");
    assert_eq!((outcome(good, "D01"), message(good, "D01").contains("没有登记工作站数")), ("unclear", true));
    let rate = juanping::base::points::Points::ratio(381_400, 2100).unwrap_or_default();
    assert_eq!(format!("{:.1}", rate.shown()), "181.6");
}

#[test]
fn an_office_stands_before_its_cases_and_counts_in_no_rate() {
    let with = batch("机构,工作站数\n东岭区,6\n白渡县,2\n").assess();
    let without = Batch::new()
        .file("东岭区/登记表.csv", register("东岭", &["农民工", "老年人", "其他"]))
        .file("白渡县/登记表.csv", register("白渡", &["其他"]))
        .assess();
    assert_eq!(with.code, 0, "{}", with.told);
    let order: Vec<(&str, &str)> =
        with.cases.iter().map(|c| (c["subject"].as_str().unwrap_or(""), c["office"].as_str().unwrap_or(""))).collect();
    assert_eq!(order.iter().map(|(s, _)| *s).collect::<Vec<_>>(), ["office", "case", "case", "case", "office", "case"], "{order:?}");
    assert!(with.cases.iter().filter(|c| c["subject"] == "office").all(|c| c["case_no"] == ""));
    for office in ["东岭区", "白渡县"] {
        let (mut a, b) = (with.office(office).clone(), without.office(office).clone());
        let own = a.as_object_mut().and_then(|o| o.remove("own")).unwrap_or(Value::Null);
        assert_eq!(a, b, "{office}: the counts of cases are those without indicators");
        assert_eq!(own[0]["rubric"], "expansion-quality");
        assert_eq!(own[0]["marks"], self::own(&with, office)["marks"]);
    }
    assert_eq!(with.results["rubrics"], without.results["rubrics"]);
    assert_eq!(with.results["own_rubrics"][0]["id"], "expansion-quality");
    let (groups, other) = (&with.results["groups"], &without.results["groups"]);
    assert_eq!(groups, other);
    let prints: Vec<&str> =
        with.cases.iter().flat_map(|c| c["findings"].as_array().into_iter().flatten()).filter_map(|f| f["fingerprint"].as_str()).collect();
    assert_eq!(prints.iter().collect::<std::collections::BTreeSet<_>>().len(), prints.len(), "fingerprints are unique");
    assert!(with.said.contains("机构考核") && !without.said.contains("机构考核"), "{}", with.said);
    assert!(with.inputs.iter().any(|i| i["path"] == "指标.xlsx" && i["sha256"].is_string()));
}

#[test]
fn a_form_of_labels_in_the_folder_of_the_office_is_read() {
    let form =
        "东岭区法律援助中心扩面提质指标表,,\n一、服务网络,,\n法律援助工作站,12个,\n联络点数（个）,30,\n没有见过的指标,7,\n填表人,虚构丙,\n";
    let ran = batch("机构,工作站数\n东岭区,11\n").file("东岭区/指标报表.csv", form).assess();
    let record = own(&ran, "东岭区");
    assert_eq!(record["fields"]["contact_points"], "30", "{record}");
    assert_eq!(outcome(record, "D01"), "met");
    let differ = record["findings"].as_array().into_iter().flatten().find(|f| f["criterion"] == "J04").cloned().unwrap_or_default();
    assert!(differ["message"]["zh"].as_str().is_some_and(|m| m.contains("采用 11，另有 12个")), "{differ}");
    assert_eq!(differ["places"].as_array().map(Vec::len), Some(2), "{differ}");
    assert!(said(&ran, "P012").contains("没有见过的指标"), "{}", said(&ran, "P012"));
    assert!(!said(&ran, "P012").contains("填表人"));
}

#[test]
fn unknown_offices_and_columns_are_told_loudly() {
    let ran = batch("机构,工作站数,夜间值班数\n东岭区,6,3\n无此县,5,1\n,合计,11\n").assess();
    assert_eq!(ran.code, 3);
    assert!(said(&ran, "P030").contains("机构“无此县”不在名单内"), "{}", said(&ran, "P030"));
    assert!(said(&ran, "P012").contains("夜间值班数"), "{}", said(&ran, "P012"));
    let ran = batch("工作站数,联络点数\n6,3\n").assess();
    assert!(said(&ran, "P030").contains("没有写机构"), "{}", said(&ran, "P030"));
    let ran = batch("甲,乙\n一,二\n").assess();
    assert!(said(&ran, "P035").contains("认不出机构指标"), "{}", said(&ran, "P035"));
}

#[test]
fn indicators_that_no_rubric_asks_for_are_told() {
    let ran = batch("机构,工作站数\n东岭区,6\n").flags(&["--rubric", "legal-aid-civil"]).assess();
    assert!(said(&ran, "P036").contains("没有使用"), "{}", said(&ran, "P036"));
    assert!(ran.cases.iter().all(|c| c["subject"] == "case"));
}

#[test]
fn what_was_reported_is_compared_with_the_registers() {
    let ran = batch("机构,农民工完成数,老年人完成数,重点人群完成数\n东岭区,1,5,2\n").assess();
    let record = own(&ran, "东岭区");
    assert_eq!((outcome(record, "R02"), outcome(record, "R04"), outcome(record, "R01")), ("met", "unmet", "met"), "{record}");
    let finding = record["findings"].as_array().into_iter().flatten().find(|f| f["criterion"] == "R04").cloned().unwrap_or_default();
    assert_eq!((&finding["lost"][1], &finding["severity"]), (&Value::from(0), &Value::from("warning")), "{finding}");
    // 农民工 of 1 day and 老年人 of 2 days against 3 days of the other.
    assert_eq!(record["fields"]["review_days_key"], "1.5");
    assert_eq!(outcome(record, "H01"), "met");
}

/// Of three cases each, the second does not tell the group of its recipient: it may count in either median, or in none.
#[test]
fn a_median_is_told_only_where_cases_of_unknown_groups_make_no_difference() {
    let register = |office: &str, days: [u8; 3]| {
        let row = |(n, (day, group)): (u8, (u8, &str))| {
            let day = day + 1;
            format!("\n{office}援民〔2024〕{n}号,民事,虚构甲{n},{group},2024-03-01,2024-03-{day:02},2024-03-08,2024-06-01,已结")
        };
        (1..).zip(days.into_iter().zip(["农民工", "", "其他"])).map(row).fold(HEAD.to_owned(), |all, row| all + &row)
    };
    let ran = Batch::new()
        .file("东岭区/登记表.csv", register("东岭", [2, 2, 5]))
        .file("白渡县/登记表.csv", register("白渡", [1, 3, 5]))
        .file("指标.xlsx", "机构,满意度\n东岭区,100%\n白渡县,100%\n")
        .assess();
    let (same, other) = (own(&ran, "东岭区"), own(&ran, "白渡县"));
    // 2 and 2 have the median that 2 has; 5 has another one than 2 and 5.
    assert_eq!(same["fields"]["review_days_key"], "2", "{same}");
    assert!(message(same, "H01").contains("“3.5 以上（1 件"), "{same}");
    // 1, or 1 and 3; 5, or 3 and 5.
    assert!(message(other, "H01").contains("“1 以上（1 件") && message(other, "H01").contains("“4 以上（1 件"), "{other}");
    assert_eq!([same, other].map(|record| outcome(record, "H01")), ["unclear", "unclear"]);
}

const FIRM: &str = r#"
include = ["parts/vocabulary.toml", "parts/grades.toml"]
log = [{ id = "meetings", title = "三会一课记录" }, { id = "lessons", title = "培训记录" }]
field = [
  { id = "lawyers", title = "执业律师人数", type = "number", about = "firm" },
  { id = "meeting_on", title = "日期", type = "date", log = "meetings", about = "firm" },
  { id = "meeting_kind", title = "类型", type = "text", log = "meetings", about = "firm" },
  { id = "lesson_on", title = "日期", type = "date", log = "lessons", about = "firm" },
]
document = [{ id = "firm_plan", title = "年度计划", order = 1, about = "firm" }]
[rubric]
id = "firm"
version = "1"
title = "律所考核〔虚构示例〕"
about = "firm"
scheme = "points"
total = 100
headline = "优良率"
[[group]]
title = "管理"
[[criterion]]
id = "F01"
group = "管理"
kind = "regularity"
title = "律师不少于 3 人"
points = 60
check = "reach"
field = "lawyers"
at_least = 3
basis = [{ law = "示例", verified = false }]
remedy = "explain"
fix = "示例"
[[criterion]]
id = "F02"
group = "管理"
kind = "regularity"
title = "有年度计划"
points = 20
check = "present"
documents = ["firm_plan"]
basis = [{ law = "示例", verified = false }]
remedy = "complete"
fix = "示例"
[[criterion]]
id = "F03"
group = "管理"
kind = "substance"
title = "现场问询"
points = 20
check = "mark"
basis = [{ law = "示例", verified = false }]
remedy = "explain"
fix = "示例"
"#;

#[test]
fn a_folder_with_forms_alone_is_a_firm_with_ticks_marks_and_logs() {
    let ran = Batch::bare()
        .file("audit.toml", "year = 2024\nrubrics = [\"firm.toml\"]\n")
        .file("firm.toml", FIRM)
        .file("甲律所/年度检查表.csv", "指标,数值\n执业律师人数,5人\n年度计划,有\nF03 现场问询得分,16\n")
        .file("甲律所/三会一课记录.csv", "序号,日期,类型\n1,2024-01-05,党员大会\n2,2024-02-06,支委会\n")
        .assess();
    let record = ran.cases.iter().find(|c| c["subject"] == "firm").unwrap_or(&Value::Null);
    assert_eq!(["F01", "F02", "F03"].map(|id| outcome(record, id)), ["met", "met", "unmet"], "{record} {}", ran.told);
    assert_eq!(record["marks"]["low"], 96);
    assert_eq!(ran.results["rubrics"].as_array().map(Vec::len), Some(2), "cases are graded by what is shipped");
}

/// What follows from the cases of an office is not planted.
const FROM_CASES: [&str; 4] = ["B02", "H01", "H02", "R01"];

#[test]
fn planted_defects_of_indicators_are_found_and_nothing_else() {
    for seed in [1, 2, 5] {
        let room = tempfile::tempdir().expect("a folder");
        let batch = room.path().join("云岭市评查");
        let ask = juanping::demo::Ask { offices: 12, cases: 24, seed, files: false, round: false, indicators: true, mended: false };
        juanping::demo::make(&batch, &ask).expect("a batch");
        let planted: Value = serde_json::from_slice(&std::fs::read(batch.join("planted.json")).expect("a file")).expect("JSON");
        let planted = planted["planted"].as_array().into_iter().flatten().filter(|p| p["case_no"] == "");
        let pair = |office: &Value, criterion: &Value| (office.to_string(), criterion.to_string());
        let mut planted: Vec<_> = planted.map(|p| pair(&p["office"], &p["criterion"])).collect();
        let out = room.path().join("结果");
        let ran = crate::run::juanping(&["assess", &batch.display().to_string(), "-o", &out.display().to_string()]);
        assert!(matches!(ran.code, 0 | 3), "{ran:?}");
        let lines = std::fs::read_to_string(out.join("cases.jsonl")).expect("cases");
        let records: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        let mut found = Vec::new();
        for record in records.iter().filter(|r| r["subject"] == "office") {
            let findings = record["findings"].as_array().into_iter().flatten();
            let asked = findings.filter(|f| FROM_CASES.iter().all(|id| f["criterion"] != *id));
            found.extend(asked.map(|f| pair(&record["office"], &f["criterion"])));
        }
        planted.sort();
        found.sort();
        assert_eq!(planted.len(), 6);
        assert_eq!(found, planted, "seed {seed}");
    }
}
