//! Pages of results made by code. Must not look into the front end: browser tests do.

use std::io::{Cursor, Read};
use std::sync::Arc;

use flate2::read::DeflateDecoder;
use serde_json::Value;

use super::grid::{Cell, Grid, wide};
use super::{Source, write};
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::{CasePanel, CaseRecord, PlaceRecord, ProblemRecord, Results, Review};
use crate::report::audience::Audience;
use crate::report::fixture;
use crate::say;

fn page(results: &Results, audience: Audience, cases: &[CaseRecord]) -> String {
    page_of(results, audience, None, cases)
}

fn page_of(results: &Results, audience: Audience, only: Option<&str>, cases: &[CaseRecord]) -> String {
    let mut out = Vec::new();
    let source = Source { results, code: "0123456789abcdef", seal: None, audience, only };
    let size = write(&mut out, Cursor::new(Vec::new()), &source, cases.iter().cloned().map(Ok)).expect("a page");
    assert_eq!(size.bytes, out.len() as u64);
    String::from_utf8(out).expect("UTF-8")
}

/// A data block, read back with decoders that are not ours.
fn block(page: &str, id: &str) -> Option<Value> {
    let (_, rest) = page.split_once(&format!("id=\"{id}\">"))?;
    let (base64, _) = rest.split_once('<')?;
    let six = |b: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|l| *l == b);
    let bits: Vec<u32> = base64.bytes().filter_map(six).map(|n| n as u32).collect();
    let bytes: Vec<u8> = bits
        .chunks(4)
        .flat_map(|four| {
            let all = four.iter().fold(0, |sum, n| sum << 6 | n) << (6 * (4 - four.len()));
            [(all >> 16) as u8, (all >> 8) as u8, all as u8].into_iter().take(four.len() * 6 / 8)
        })
        .collect();
    let mut json = String::new();
    DeflateDecoder::new(&*bytes).read_to_string(&mut json).expect("deflate");
    Some(serde_json::from_str(&json).expect("JSON"))
}

#[test]
fn a_page_has_every_case_and_is_the_same_twice() {
    let (results, cases) = fixture::results(3, 7);
    let all: Vec<CaseRecord> = cases.concat();
    let first = page(&results, Audience::Internal, &all);
    assert_eq!(first, page(&results, Audience::Internal, &all));
    assert!(!first.contains("<!--juanping"), "both marks are replaced");
    let head = block(&first, "head").expect("head");
    assert_eq!(head["batch"]["title"], results.batch.title.as_str());
    let shown: u64 = results.offices.iter().map(|o| head["blocks"][&o.id]["n"].as_u64().expect("n")).sum();
    assert_eq!(shown, all.len() as u64);
    for (at, cases) in cases.iter().enumerate() {
        let (listed, found) = (block(&first, &format!("c{at}")).expect("cases"), block(&first, &format!("f{at}")).expect("findings"));
        assert_eq!(listed["n"], cases.len());
        // Different numbers, so the column is a list or a dictionary of all of them.
        let numbers = listed["case_no"]["d"].as_array().or(listed["case_no"]["v"].as_array()).expect("numbers");
        assert_eq!(numbers.len(), cases.len());
        let messages: usize = cases.iter().map(|c| c.findings.len()).sum();
        assert!(messages > 0 && found["count"]["d"].is_array());
    }
}

#[test]
fn sums_by_criterion_are_those_of_the_results() {
    let (results, cases) = fixture::results(2, 9);
    let page = page(&results, Audience::Internal, &cases.concat());
    let head = block(&page, "head").expect("head");
    let mut seen = 0;
    for office in &results.offices {
        for lost in &office.lost {
            let cell = &head["grids"][&office.id][&lost.rubric][&lost.criterion];
            assert_eq!((cell[0].as_u64(), cell[1].as_u64()), (Some(lost.of), Some(lost.cases)), "{} {}", office.name, lost.criterion);
            assert_eq!(cell[3], serde_json::to_value(lost.points).expect("JSON"));
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn audiences_see_only_what_they_may() {
    let (mut results, cases) = fixture::results(3, 4);
    for office in &mut results.offices {
        office.parent = Some("云岭市".to_owned());
    }
    let (all, mine, other) = (cases.concat(), results.offices[1].name.clone(), results.offices[2].name.clone());
    let own = page_of(&results, Audience::Feedback, Some(&mine), &all);
    let head = block(&own, "head").expect("head").to_string();
    assert!(head.contains(&mine) && !head.contains(&other), "nothing of another office");
    assert!(block(&own, "c0").is_some() && block(&own, "c1").is_none());

    let bare = page(&results, Audience::Public, &all);
    assert!(block(&bare, "c0").is_none() && block(&bare, "f0").is_none());
    let head = block(&bare, "head").expect("head").to_string();
    assert!(head.contains(&mine) && head.contains(&other));
    for case in &all {
        assert!(!head.contains(&case.case_no), "no case is named");
    }
}

#[test]
fn hostile_words_cannot_leave_their_block() {
    let (mut results, cases) = fixture::results(1, 3);
    let evil = "</script><script>alert(1)</script><!--";
    results.offices[0].name = format!("{}{evil}", results.offices[0].name);
    let mut all = cases.concat();
    for case in &mut all {
        case.office = Arc::from(results.offices[0].name.as_str());
        case.case_no.push_str(evil);
    }
    let page = page(&results, Audience::Internal, &all);
    assert!(!page.contains("alert(1)"));
    assert!(block(&page, "c0").expect("cases").to_string().contains("alert(1)"), "but it is all there");
}

#[test]
fn cases_of_an_office_that_is_not_listed_are_refused() {
    let (mut results, cases) = fixture::results(2, 2);
    results.offices.pop();
    let mut out = Vec::new();
    let source = Source::draft(&results, "");
    let error = write(&mut out, Cursor::new(Vec::new()), &source, cases.concat().into_iter().map(Ok)).expect_err("refused");
    assert!(error.to_string().contains("not listed"), "{error}");
    assert!(out.is_empty(), "nothing is written before all was read");
}

#[test]
fn the_public_is_told_of_no_office_with_few_cases_nor_of_small_parts() {
    let (mut results, cases) = fixture::results(3, 6);
    let few = results.offices[1].name.clone();
    let alone = &mut results.offices[1];
    alone.selected = 1;
    alone.undecided = 0;
    for (at, (_, n)) in alone.grades.0.iter_mut().enumerate() {
        *n = u64::from(at == 0);
    }
    let bare = page(&results, Audience::Public, &cases.concat());
    let head = block(&bare, "head").expect("head");
    let named =
        |key: &str| -> Vec<&str> { head[key].as_array().expect("a list").iter().map(|o| o["name"].as_str().expect("a name")).collect() };
    let withheld = named("withheld");
    assert!(withheld.len() > 1 && withheld.contains(&few.as_str()), "one alone would be known by difference: {withheld:?}");
    assert!(named("offices").iter().all(|o| !withheld.contains(o)));
    assert_eq!(named("offices").len() + withheld.len(), 3);
    for office in head["withheld"].as_array().expect("a list") {
        assert_eq!(office.as_object().expect("an office").keys().collect::<Vec<_>>(), ["id", "name", "selected"]);
    }
    for office in head["offices"].as_array().expect("a list") {
        assert_eq!(office["by"], serde_json::json!({ "case_type": {}, "recipient_group": {} }));
    }
    assert!(head["grids"].as_object().expect("sums").keys().all(|k| k == "total"), "no sums of one office");
    assert!(head.get("undecided").is_none() && head.get("problems").is_none());
}

#[test]
fn why_grades_are_open_is_counted_by_red_lines_and_the_rest() {
    let (results, mut cases) = fixture::results(1, 8);
    let all = &mut cases[0];
    let line = results.rubrics[0].red_lines.first().map(|l| l.id.clone());
    let Some(line) = line else { panic!("the fixture's rubric has a red line") };
    let finding = all.iter().flat_map(|c| &c.findings).next().expect("one").clone();
    let told =
        |outcome: &'static str| crate::record::v1::Finding { criterion: line.as_str().into(), outcome: outcome.into(), ..finding.clone() };
    for case in all.iter_mut() {
        case.findings.retain(|f| *f.criterion != *line);
    }
    let before = super::undecided::RedLines::new(&results).count(all);
    let at = |n: usize, outcome: &'static str, all: &mut Vec<CaseRecord>| {
        let case = &mut all[n];
        case.rubric = Some(results.rubrics[0].id.as_str().into());
        case.possible = vec!["优秀".into(), "不合格".into()];
        if let Some(marks) = &mut case.marks {
            marks.high = marks.low;
        }
        case.findings.push(told(outcome));
    };
    at(0, "pending", all);
    at(1, "unmet", all);
    let after = serde_json::to_value(super::undecided::RedLines::new(&results).count(all)).expect("JSON");
    let before = serde_json::to_value(before).expect("JSON");
    let more = |key: &str| after[key].as_i64().expect("a count") - before[key].as_i64().expect("a count");
    assert_eq!((more("red_line"), more("established")), (1, 1), "{before} {after}");
}

#[test]
fn sums_that_few_cases_lost_are_not_for_the_public() {
    let cell = |applied, lost| Cell(applied, lost, 0, Number::default(), Number::default(), lost);
    let (results, _) = fixture::results(1, 1);
    let rubric = results.rubrics[0].id.clone();
    let of = |cells: &[(&str, Cell)]| -> Grid {
        [(rubric.clone(), cells.iter().map(|(id, cell)| ((*id).to_owned(), cell.clone())).collect())].into()
    };
    let all = of(&[("A01", cell(20, 0)), ("A02", cell(20, 1)), ("A03", cell(20, 3)), ("A04", cell(2, 0))]);
    let told = wide(all.clone(), &results, 3).expect("enough cases");
    assert_eq!(told[&rubric].keys().collect::<Vec<_>>(), ["A01", "A03"]);
    let mut small = all;
    small.insert("other".to_owned(), [("B01".to_owned(), cell(1, 1))].into());
    assert!(wide(small, &results, 3).is_some(), "a rubric that is not about cases has no part in it");
    assert!(wide(of(&[("A01", cell(2, 2))]), &results, 3).is_none(), "two cases");
}

#[test]
fn an_office_is_told_no_code_of_digits_and_no_name_that_no_list_knows() {
    let (mut results, cases) = fixture::results(1, 12);
    let mut all = cases.concat();
    let at = all.iter().position(|c| c.findings.iter().any(|f| f.outcome == "unmet")).expect("a finding");
    let case = &mut all[at];
    let finding = case.findings.iter_mut().find(|f| f.outcome == "unmet").expect("one");
    let code = |code: &str, why: &str| Review {
        criterion: finding.criterion.clone(),
        given: "扣 2".into(),
        reviewer: Some(code.into()),
        reason: Some(why.into()),
        situation: None,
        pages: None,
        place: PlaceRecord { file: format!("评分/{code}.xlsx").into(), ..PlaceRecord::default() },
    };
    let zh = "评估专家评 4 分，扣 2 分；集体合议（李小红、773）：扣 2，李小红认为提问过简";
    finding.message = Text::pair(zh, Some("reviewers gave 4, minus 2; council of 李小红, 773".to_owned()));
    case.reviews = vec![code("773", "过简"), code("774", "尚可")];
    let mut panel = CasePanel { opinions: Vec::new(), how: "council".to_owned(), ..panel() };
    panel.why = say!("773、774 的评分表没有填完", "the sheet of 773, 774 is not filled in");
    case.panel = Some(Box::new(panel));
    let problem = |code: &str, zh: &'static str| ProblemRecord {
        code: code.to_owned(),
        message: say!("{zh}", "in English"),
        advice: Text::EMPTY,
        office: Some(results.offices[0].name.clone()),
        places: Vec::new(),
    };
    results.problems = vec![problem("P082", "评分/773.xlsx 的一格不能使用"), problem("P012", "列没有对应的字段")];
    let (office, number) = (results.offices[0].name.clone(), all[at].case_no.clone());
    let own = page_of(&results, Audience::Feedback, Some(&office), &all);
    let told: String = ["head", "c0", "f0"].iter().filter_map(|id| block(&own, id)).map(|b| b.to_string()).collect();
    for word in ["773", "774", "李小红"] {
        assert!(!told.replace(&number, "").contains(word), "{word}");
    }
    assert!(told.contains("提问过简") && told.contains("P012") && !told.contains("P082"), "the decision and what is theirs stay");
}

#[test]
fn what_is_thought_of_a_red_line_is_not_told_before_it_is_decided() {
    let (results, cases) = fixture::results(1, 12);
    let mut all = cases.concat();
    let line = results.rubrics[0].red_lines[0].id.clone();
    let at = all.iter().position(|c| c.rubric.is_some() && !c.findings.is_empty()).expect("a case with findings");
    let finding = &mut all[at].findings[0];
    finding.criterion = line.into();
    finding.outcome = "pending".into();
    finding.message = Text::pair("拟适用红线；Z01 认为成立", Some("proposed; Z01 says it holds".to_owned()));
    let told = super::feedback::cases(&results, &all);
    assert_eq!(*told[at].findings[0].message.zh, *"红线待专人认定");
    all[at].findings[0].outcome = "unmet".into();
    let told = super::feedback::cases(&results, &all);
    assert_eq!(*told[at].findings[0].message.zh, *"拟适用红线");
}

/// A panel that said nothing yet.
fn panel() -> CasePanel {
    CasePanel {
        opinions: Vec::new(),
        how: "open".to_owned(),
        why: Text::EMPTY,
        needs: 0,
        leader: false,
        confirmed: None,
        overridden: Vec::new(),
        objections: Vec::new(),
        remarks: Vec::new(),
    }
}
