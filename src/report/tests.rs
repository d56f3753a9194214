//! Tests of whole workbooks, read back with another library than the one that wrote them.
//! `JUANPING_LOOK=DIR cargo test report::tests::writes` leaves them and their results in a folder, to be looked at and recalculated.

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Range, Reader, Xlsx};

use super::book::Limits;
use super::figures::{grade_text, is_open, share};
use super::sheet::FIRST;
use super::words::{self, sheets};
use super::workbook::{Context, office, within};
use super::{figures, file_name, fixture, summary, testing};
use crate::record::v1::{CaseRecord, Office, Results};

fn workbooks(results: &Results, cases: &[Vec<CaseRecord>]) -> Vec<(String, Vec<u8>)> {
    let context = Context::of(results);
    let made = |(o, c): (&Office, &Vec<CaseRecord>)| (file_name::workbook(&o.name), office(&context, o, c).expect("workbook"));
    let mut files: Vec<_> = results.offices.iter().zip(cases).map(made).collect();
    files.push(("总表.xlsx".to_owned(), summary::summary(&context, results).expect("summary")));
    files
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook")
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).expect("the sheet")
}

fn cell(range: &Range<Data>, row: u32, col: u32) -> Data {
    range.get_value((row, col)).cloned().unwrap_or_default()
}

/// The column with this heading, line breaks left out.
fn column(range: &Range<Data>, title: &str) -> u32 {
    let right = range.end().expect("cells").1;
    (0..=right).find(|c| cell(range, FIRST - 1, *c).to_string().replace('\n', "") == title).unwrap_or_else(|| panic!("no column {title}"))
}

/// The row whose first cell says this.
fn row(range: &Range<Data>, name: &str) -> u32 {
    let last = range.end().expect("cells").0;
    (0..=last).find(|r| cell(range, *r, 0) == *name).unwrap_or_else(|| panic!("no row {name}"))
}

fn number(range: &Range<Data>, row: u32, col: u32) -> f64 {
    match cell(range, row, col) {
        Data::Float(n) => n,
        Data::Int(n) => n as f64,
        other => panic!("row {row} column {col} is no number: {other:?}"),
    }
}

/// Rows of a table, without the lines below it.
fn table(range: &Range<Data>) -> Vec<u32> {
    let last = range.end().expect("cells").0;
    (FIRST..=last).take_while(|r| !cell(range, *r, 0).is_empty() || !cell(range, *r, 1).is_empty()).collect()
}

/// A part of the file, such as `xl/worksheets/sheet2.xml`.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("zip");
    zip.by_name(name).expect("part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn writes_the_same_bytes_again() {
    let (results, cases) = testing::reviewed(3, 40);
    let (first, second) = (workbooks(&results, &cases), workbooks(&results, &cases));
    if let Some(dir) = std::env::var_os("JUANPING_LOOK") {
        let dir = std::path::Path::new(&dir);
        for (name, bytes) in &first {
            std::fs::write(dir.join(name), bytes).expect("write");
        }
        std::fs::write(dir.join("results.json"), serde_json::to_vec_pretty(&results).expect("json")).expect("write");
    }
    assert!(first == second);
}

#[test]
fn a_workbook_tells_what_the_results_tell() {
    let (results, cases) = fixture::results(3, 40);
    let files = workbooks(&results, &cases);
    for ((office, cases), (_, bytes)) in results.offices.iter().zip(&cases).zip(&files) {
        let overview = sheet(bytes, sheets::OVERVIEW);
        for rate in &office.rates {
            let r = row(&overview, &rate.name);
            let told: Vec<f64> = (1..6).map(|c| number(&overview, r, c)).collect();
            let (low, high) = (share(rate.k_low, rate.n), share(rate.k_high, rate.n));
            assert_eq!(told, [rate.k_low as f64, rate.k_high as f64, rate.n as f64, low, high], "{}", rate.name);
        }
        for (grade, n) in &office.grades.0 {
            assert_eq!(number(&overview, row(&overview, grade), 1), *n as f64, "{grade}");
        }
        assert_eq!(number(&overview, row(&overview, "未定"), 1), office.undecided as f64);
        for (name, ends) in [("平均分", &office.mean), ("中位数", &office.median)] {
            let told = [1, 2].map(|c| number(&overview, row(&overview, name), c));
            assert_eq!(Some(told), ends.as_ref().map(|e| [e[0].shown(), e[1].shown()]), "{name}");
        }

        let rows = sheet(bytes, sheets::CASES);
        let frame = figures::Frame::new(&results.rubrics, cases);
        let (grade, low, high) = (column(&rows, "拟定等次"), column(&rows, "得分（确定）"), column(&rows, "得分（最高）"));
        assert_eq!(table(&rows).len(), cases.len());
        for (r, case) in table(&rows).into_iter().zip(cases) {
            let marks = case.marks.as_ref().expect("marks");
            assert_eq!(cell(&rows, r, 1).to_string(), case.case_no);
            assert_eq!(cell(&rows, r, grade).to_string(), grade_text(&frame, case));
            assert_eq!([number(&rows, r, low), number(&rows, r, high)], [marks.low.shown(), marks.high.shown()]);
        }
        let (closed, open): (Vec<_>, Vec<_>) = cases.iter().flat_map(|c| &c.findings).partition(|f| !is_open(f));
        assert_eq!(table(&sheet(bytes, sheets::DEDUCTIONS)).len(), closed.len());
        let pending = cases.iter().filter(|c| c.criteria.iter().any(|c| c.outcome == "pending")).count();
        let singly = open.iter().filter(|f| f.outcome != "pending").count();
        assert_eq!(table(&sheet(bytes, sheets::OPEN)).len(), singly + pending);
        filing(&sheet(bytes, sheets::FILING), office, &office.name);
    }
    let (_, bytes) = files.last().expect("总表");
    let (offices, filed) = (sheet(bytes, "各机构"), sheet(bytes, sheets::FILING));
    let pooled = results.groups.iter().map(|g| (g, format!("{}（汇总）", g.name)));
    let sum = pooled.clone().map(|(g, _)| (g, "合计".to_owned()));
    for (office, name) in results.offices.iter().map(|o| (o, o.name.clone())).chain(pooled).chain(sum) {
        let r = row(&offices, &name);
        for (title, n) in
            [("登记行", office.rows), ("范围内", office.in_scope), ("选取评查", office.selected), ("等次未定", office.undecided)]
        {
            assert_eq!(number(&offices, r, column(&offices, title)), n as f64, "{name} {title}");
        }
        for rate in &office.rates {
            let at = |what: &str| number(&offices, r, column(&offices, &format!("{}{what}", rate.name)));
            let told = [at("件数"), at("（确定）"), at("（最高）")];
            assert_eq!(told, [rate.k_low as f64, share(rate.k_low, rate.n), share(rate.k_high, rate.n)], "{name} {}", rate.name);
        }
        filing(&filed, office, &name);
    }
}

fn filing(range: &Range<Data>, office: &Office, name: &str) {
    let (f, r) = (&office.filing, row(range, name));
    let titles = ["已结", "应归档", "已归档", "按期", "超期", "未到期", "未归档", "缺材料", "目录问题", "页码问题", "期限不明"];
    let counts = [f.closed, f.due, f.filed, f.in_time, f.late, f.not_due, f.unfiled, f.lacking, f.contents, f.pages, f.unclear];
    for (title, n) in titles.iter().zip(counts) {
        assert_eq!(number(range, r, column(range, title)), n as f64, "{name} {title}");
    }
    assert_eq!(number(range, r, column(range, "归档率")), share(f.filed, f.due));
    assert_eq!(number(range, r, column(range, "按期归档率")), share(f.in_time, f.due));
}

/// Totals and rates are formulas with a value; nothing else is one, least of all words that begin like one.
#[test]
fn only_totals_and_rates_are_live() {
    let (mut results, mut cases) = fixture::results(2, 40);
    for (case, word) in cases.iter_mut().flatten().zip(["=1+1", "+86", "-案", "@SUM(A1)"].into_iter().cycle()) {
        case.fields.insert("lawyer".into(), word.into());
        case.findings.iter_mut().for_each(|f| f.message = crate::base::text::Text::same(word));
    }
    results.offices[0].name = "=东岭区".to_owned();
    for (file, bytes) in workbooks(&results, &cases) {
        let mut book = open(&bytes);
        let mut live = 0;
        for name in book.sheet_names() {
            let (formulas, values) = (book.worksheet_formula(&name).expect("formulas"), book.worksheet_range(&name).expect("values"));
            let (top, left) = formulas.start().unwrap_or_default();
            for (r, c, formula) in formulas.used_cells() {
                let at = (top + u32::try_from(r).expect("row"), left + u32::try_from(c).expect("column"));
                let ours = ["IF(", "SUM(", "SUMPRODUCT(COUNTIF(", "ROUND(AVERAGE(", "ROUND(MEDIAN("].iter().any(|f| formula.starts_with(f));
                assert!(ours, "{file} {name} {at:?}: {formula}");
                assert!(matches!(values.get_value(at), Some(Data::Float(_) | Data::Int(_))), "{file} {name} {at:?} has no value");
                live += 1;
            }
        }
        assert!(live > 20, "{file} has {live} formulas");
    }
}

/// Tables go on in further sheets, and every link still leads to the right row.
#[test]
fn small_limits_lose_nothing() {
    let (results, cases) = fixture::results(1, 40);
    let bytes = within(Limits { rows: 7, links: 5 }, &Context::of(&results), &results.offices[0], &cases[0]).expect("workbook");
    let names = open(&bytes).sheet_names();
    let parts = |name: &str| names.iter().filter(|n| n.split('(').next() == Some(name)).cloned().collect::<Vec<_>>();
    let count = |name: &str| parts(name).iter().map(|n| table(&sheet(&bytes, n)).len()).collect::<Vec<_>>();
    assert_eq!(count(sheets::CASES), [7, 7, 7, 7, 7, 5]);
    let findings: usize = cases[0].iter().flat_map(|c| &c.findings).filter(|f| !is_open(f)).count();
    let rows = count(sheets::DEDUCTIONS);
    assert_eq!(rows.iter().sum::<usize>(), findings);
    assert!(rows.len() > 1 && rows.iter().rev().skip(1).all(|n| *n == 7), "{rows:?}");
    let case_no = |sheet_name: &str, row| cell(&sheet(&bytes, sheet_name), row, u32::from(sheet_name.starts_with(sheets::CASES)));
    let mut links = 0;
    for (i, name) in names.iter().enumerate().filter(|(_, n)| n.starts_with(sheets::CASES) || n.starts_with(sheets::DEDUCTIONS)) {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{}.xml", i + 1));
        for link in xml.split("<hyperlink ").skip(1).filter(|l| !l.contains(sheets::OVERVIEW)) {
            let value = |key: &str| link.split_once(&format!("{key}=\"")).and_then(|(_, l)| l.split_once('"')).expect("attribute").0;
            let (to, there) = value("location").rsplit_once('!').expect("sheet and cell");
            let row_of = |cell: &str| cell[1..].parse::<u32>().expect("row") - 1;
            assert_eq!(case_no(to.trim_matches('\''), row_of(there)), case_no(name, row_of(value("ref"))), "{name}: {link}");
            links += 1;
        }
    }
    assert!(links > 40, "{links}");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("处没有链接"), "what has no link is said");
}

#[test]
fn long_text_is_cut_with_a_pointer() {
    let (results, mut cases) = fixture::results(1, 3);
    let mut finding = cases[0].iter().find_map(|c| c.findings.first()).expect("a finding").clone();
    finding.outcome = "unmet".into();
    finding.message = crate::base::text::Text::same("𠮷案".repeat(20_000));
    cases[0][0].findings = vec![finding];
    let bytes = office(&Context::of(&results), &results.offices[0], &cases[0]).expect("workbook");
    let range = sheet(&bytes, sheets::DEDUCTIONS);
    let said = cell(&range, FIRST, column(&range, "事由")).to_string();
    assert!(said.encode_utf16().count() <= 32_767 && said.contains("cases.jsonl") && said.starts_with("𠮷案"));
}

#[test]
fn offices_of_no_case_and_of_odd_names_have_a_workbook() {
    for (name, count) in [("CON", 1), ("甲/乙:*?", 1), ("空", 0)] {
        let (mut results, cases) = fixture::results(1, count);
        results.offices[0].name = name.to_owned();
        for (file, bytes) in workbooks(&results, &cases) {
            assert!(!open(&bytes).sheet_names().is_empty(), "{file}");
            for (i, _) in open(&bytes).sheet_names().iter().enumerate() {
                let xml = part(&bytes, &format!("xl/worksheets/sheet{}.xml", i + 1));
                assert!(!xml.contains("NaN") && !xml.contains("inf<"), "{file} sheet {i}");
            }
        }
        let bytes = office(&Context::of(&results), &results.offices[0], &cases[0]).expect("workbook");
        let charts = zip::ZipArchive::new(Cursor::new(&bytes))
            .expect("zip")
            .file_names()
            .filter(|n| n.as_ref().is_ok_and(|n| n.contains("charts/chart")))
            .count();
        assert_eq!(charts, usize::from(count > 0), "no chart of nothing");
    }
}

#[test]
fn the_levels_scheme_has_indicators_instead_of_points() {
    let (mut results, mut cases) = fixture::results(1, 20);
    fixture::levels(&mut results, &mut cases);
    let files = workbooks(&results, &cases);
    let rows = sheet(&files[0].1, sheets::CASES);
    let heads: Vec<_> = (0..=rows.end().expect("cells").1).map(|c| cell(&rows, FIRST - 1, c).to_string()).collect();
    assert!(!heads.iter().any(|h| h.contains("得分")) && heads.iter().any(|h| h.starts_with("C03")), "{heads:?}");
    let first = column(&rows, "A01有法律援助申请表");
    for (r, case) in table(&rows).into_iter().zip(&cases[0]) {
        let level = case.criteria[0].level.as_deref().unwrap_or("材料不足待核");
        assert_eq!(cell(&rows, r, first).to_string(), level);
    }
    assert!(part(&files[0].1, "xl/sharedStrings.xml").contains("各指标等级分布"));
}

/// Every sheet of a round of review holds what the results hold, and no sheet is there without one.
#[test]
fn a_round_of_review_is_told_whole() {
    let (results, cases) = testing::reviewed(2, 40);
    let panel = results.panel.as_ref().expect("a panel");
    let files = workbooks(&results, &cases);
    let (_, bytes) = files.last().expect("总表");
    let names = open(bytes).sheet_names();
    let place = |name: &str| names.iter().position(|n| n == name);
    assert_eq!(place(words::PANEL[0]).map(|at| at + 2), place("数据问题"), "{names:?}");

    let reviewers = sheet(bytes, words::PANEL[0]);
    for one in &panel.reviewers {
        let r = row(&reviewers, &one.code);
        let told = ["分到", "已交", "半填", "同评"].map(|title| number(&reviewers, r, column(&reviewers, title)));
        assert_eq!(told, [one.assigned, one.complete, one.half, one.shared].map(|n| n as f64), "{}", one.code);
        let mean = number(&reviewers, r, column(&reviewers, "平均分"));
        assert!((mean - one.mean.expect("a mean")).abs() < 0.005 + 1e-9);
        let plain = &one.severity.as_ref().expect("severity").plain.zh;
        assert_eq!(cell(&reviewers, r, column(&reviewers, "一句话")).to_string(), **plain);
    }
    let text = part(bytes, "xl/sharedStrings.xml");
    let decided = |office: &str| results.offices.iter().any(|o| o.name == *office && o.undecided == 0);
    for one in &panel.influence {
        let moves = one.with[0] * one.without[1] != one.without[0] * one.with[1] || one.without[1] == 0;
        let listed = moves && decided(&one.office);
        assert_eq!(text.contains(&*one.plain.zh), listed, "{}", one.plain.zh);
    }

    let agreement = sheet(bytes, words::PANEL[1]);
    let (value, cases_of, said) = (column(&agreement, "数值"), column(&agreement, "案件数"), column(&agreement, "一句话"));
    let last = agreement.end().expect("cells").0;
    for figure in &panel.agreement {
        let between = if figure.between.is_empty() { "全体".to_owned() } else { figure.between.join(" 与 ") };
        let r = (FIRST..=last).find(|r| cell(&agreement, *r, 0) == *figure.name.zh && cell(&agreement, *r, 1) == *between);
        let r = r.unwrap_or_else(|| panic!("no row {} {between}", figure.id));
        assert_eq!(number(&agreement, r, cases_of), figure.cases as f64);
        assert_eq!(cell(&agreement, r, value) == *words::NO_DATA, figure.value.is_none(), "{}", figure.id);
        assert_eq!(cell(&agreement, r, said).to_string(), *figure.plain.zh);
    }
    assert!(panel.agreement.iter().any(|f| f.value.is_none()), "the fixture shows what is undefined");
    let all = row(&agreement, "全部");
    assert_eq!([2, 3, 4].map(|c| cell(&agreement, all, c).to_string()), ["2", "4", "50.0%"]);
}

#[test]
fn a_case_says_who_confirmed_it_and_what_was_set_aside() {
    let (results, cases) = testing::reviewed(1, 40);
    let files = workbooks(&results, &cases);
    let rows = sheet(&files[0].1, sheets::CASES);
    let standing = column(&rows, "等次状态");
    for (r, case) in table(&rows).into_iter().zip(&cases[0]) {
        let confirmed = case.panel.as_ref().and_then(|p| p.confirmed.as_ref());
        let said = cell(&rows, r, standing).to_string();
        match confirmed {
            Some(c) => assert!(said.starts_with("评定") && said.contains(&*c.by.join("、")) && said.contains(&c.on), "{said}"),
            None => assert_eq!(said, "拟定"),
        }
    }
    let review = sheet(&files[0].1, sheets::REVIEW);
    let told: Vec<String> = (FIRST..=review.end().expect("cells").0).map(|r| cell(&review, r, 1).to_string()).collect();
    let count = |what: &str| told.iter().filter(|t| *t == what).count();
    let panels = || cases[0].iter().filter_map(|c| c.panel.as_deref());
    assert_eq!(count("结果"), cases[0].len());
    let readings: usize = panels().map(|p| p.opinions.len()).sum();
    assert_eq!(count("一评") + count("二评") + count("加评"), readings);
    assert_eq!([count("改判"), count("申诉"), count("亮点"), count("不足"), count("建议")], [1, 3, 8, 8, 8]);
    let text = part(&files[0].1, "xl/sharedStrings.xml");
    for said in ["扣 15 → 扣 0", "理由：期间含补充材料 5 日", "机检：不符合", "还需 1 位评估专家评分", "该材料评估时已存在"]
    {
        assert!(text.contains(said), "{said}");
    }
    // Without a round there is none of this.
    let (results, cases) = fixture::results(1, 4);
    let bytes = office(&Context::of(&results), &results.offices[0], &cases[0]).expect("workbook");
    assert!(!open(&bytes).sheet_names().contains(&sheets::REVIEW.to_owned()) && !part(&bytes, "xl/sharedStrings.xml").contains("等次状态"));
}
