//! The circular on results of many shapes: every number has a source that holds it, and nothing of a case or a person is printed.
//! Must not take the program's own word for a figure: sources are read again from the JSON of the results.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use serde_json::Value;

use super::source::dated;
use super::{FORM, beside, facts};
use crate::paper::docx::{Template, pack};
use crate::paper::fact::Facts;
use crate::paper::setting::{From, Setting};
use crate::rank::testing;
use crate::record::v1::{Adopted, CaseRecord, Office, Results};
use crate::report::{fixture, testing::reviewed};

mod places;

/// All that a run writes.
struct Made {
    facts: Facts,
    docx: Vec<u8>,
    data: Vec<u8>,
    check: Vec<u8>,
    template: Template,
}

fn given(set: &[(&str, &str)]) -> BTreeMap<String, String> {
    set.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn make(results: &Results, cases: &[Vec<CaseRecord>], set: &[(&str, &str)]) -> Made {
    let setting = Setting::new(From::Results(results, "c0dec0dec0de"), None, true, given(set));
    let template = Template::new((FORM.layout)().parts(), &FORM.known(), &setting.common, true).expect("a template");
    let mut gathered = beside::new();
    for (office, cases) in results.offices.iter().zip(cases) {
        gathered.office(results, office, cases);
    }
    let mut facts = facts::make(&setting, results).remove(0).facts;
    gathered.add(results, &mut facts);
    facts.and(&setting.common);
    let docx = template.print(&[&facts]).expect("a paper");
    let files = gathered.finish(&setting, results, &template, std::slice::from_ref(&facts)).expect("files");
    let [(_, _, data), (_, _, check)] = <[_; 2]>::try_from(files).expect("two files");
    Made { facts, docx, data, check, template }
}

/// The words of the body, a line a paragraph.
fn words(docx: &[u8]) -> String {
    let parts = pack::open(docx).expect("a docx");
    let xml = String::from_utf8(parts["word/document.xml"].clone()).expect("text").replace("</w:p>", "\n");
    let lines = xml.split('\n').map(|line| {
        let texts = line.split('<').filter_map(|piece| piece.split_once('>')).filter(|(tag, _)| tag.starts_with("w:t ") || *tag == "w:t");
        texts.map(|(_, text)| text).collect::<String>()
    });
    lines.map(|l| l.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).collect::<Vec<_>>().join("\n")
}

/// Runs of digits with their decimals.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|n| n.trim_matches('.').to_owned()).filter(|n| !n.is_empty()).collect()
}

fn number(json: &Value, pointer: &str) -> u128 {
    json.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer} is no count")).into()
}

/// What a term of a source says by itself; nothing for what was given.
fn term(json: &Value, cases: &[Vec<CaseRecord>], term: &str) -> Option<String> {
    if let Some((a, b)) = term.split_once(" ÷ ") {
        let (k, n) = (number(json, a), number(json, b));
        let rounded = (k * 20_000 + n) / (2 * n);
        return Some(format!("{}.{:02}", rounded / 100, rounded % 100));
    }
    if term.contains(" − ") {
        let mut parts = term.split(" − ").map(|p| number(json, p));
        let first = parts.next()?;
        return Some(parts.fold(first, |left, n| left - n).to_string());
    }
    if let Some(list) = term.strip_prefix('#') {
        return json.pointer(list).and_then(Value::as_array).map(|a| a.len().to_string());
    }
    for (word, most) in [("最小 ", false), ("最大 ", true)] {
        if let Some((list, rest)) = term.strip_prefix(word).and_then(|p| p.split_once("/*")) {
            let all = json.pointer(list).and_then(Value::as_array)?;
            let counts = all.iter().map(|one| number(one, rest)).filter(|n| *n > 0);
            return if most { counts.max() } else { counts.min() }.map(|n| n.to_string());
        }
    }
    if let Some((what, title)) = term.strip_prefix("cases.jsonl ").and_then(|t| t.split_once('“')) {
        let title = title.trim_end_matches('”');
        let rubric = fixture::rubric();
        let ids: Vec<&str> = rubric.criteria.iter().filter(|c| c.title.zh == title).map(|c| c.id.as_str()).collect();
        let all = cases.iter().flatten().flat_map(|c| &c.criteria).filter(|c| ids.contains(&&*c.id));
        let counted = all.filter(|c| if what == "符合" { c.outcome == "met" } else { c.outcome != "not_applicable" });
        return Some(counted.count().to_string());
    }
    if term.starts_with("设定：") || term.starts_with("排名：") {
        return None;
    }
    match json.pointer(term).unwrap_or_else(|| panic!("{term} is not in the results")) {
        Value::Number(n) => Some(n.to_string()),
        Value::String(s) => Some(dated(s)),
        other => panic!("{term} is neither a number nor words: {other}"),
    }
}

/// Names and what people gave: digits in them are no figures.
const NAMES: &[&str] = &[
    "批次",
    "标准版本",
    "发文机关",
    "机构.名称",
    "问题.名称",
    "问题.标准",
    "分类.名称",
    "主送机关",
    "依据文件",
    "经验做法",
    "整改期限",
    "报送方式",
    "联系人",
    "联系电话",
    "落款日期",
    "文号",
];

/// Every digit that is printed has a source that holds it, and stands in the table of figures in this order.
fn is_sourced(results: &Results, cases: &[Vec<CaseRecord>], made: &Made) {
    let json = serde_json::to_value(results).expect("JSON");
    let text = words(&made.docx);
    let (mut left, mut printed) = (text.as_str(), Vec::new());
    let mut outside = String::new();
    made.template.visit(&made.facts, &mut |name, fact| {
        let Some(fact) = fact.filter(|f| !f.text.is_empty()) else { return };
        let at = left.find(&fact.text).unwrap_or_else(|| panic!("{name} is not printed: {}", fact.text));
        outside.push_str(&left[..at]);
        left = &left[at + fact.text.len()..];
        if fact.source.is_empty() {
            assert!(NAMES.contains(&name.as_str()) || numbers(&fact.text).is_empty(), "{name} has no source: {}", fact.text);
            return;
        }
        printed.push((name.clone(), fact.text.clone(), fact.source.clone()));
        let terms: Vec<&str> = fact.source.trim_start_matches("results.json ").split('；').collect();
        let said: Vec<Option<String>> = terms.iter().map(|t| term(&json, cases, t)).collect();
        if let [Some(one)] = said.as_slice()
            && *one == fact.text
        {
            return;
        }
        let mut rest = fact.text.clone();
        for name in results.offices.iter().map(|o| &o.name) {
            rest = rest.replace(name.as_str(), "");
        }
        let numbers = numbers(&rest);
        assert_eq!(numbers.len(), said.len(), "{name}: {} from {}", fact.text, fact.source);
        for (number, said) in numbers.iter().zip(&said) {
            assert!(said.as_ref().is_none_or(|s| s == number), "{name}: {number} is {said:?} by {}", fact.source);
        }
    });
    outside.push_str(left);
    assert_eq!(numbers(&outside), Vec::<String>::new(), "digits of the layout itself: {outside}");
    for bad in ["null", "NaN", "{{", "}}", "None"] {
        assert!(!text.contains(bad), "{bad} in {text}");
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&made.check)).expect("a workbook");
    let range = book.worksheet_range(beside::CHECK).expect("a sheet");
    let cell = |row: &[Data], at: usize| row.get(at).map(ToString::to_string).unwrap_or_default();
    let rows: Vec<_> = range.rows().skip(4).filter(|r| matches!(r[0], Data::Float(_) | Data::Int(_))).collect();
    let listed: Vec<_> = rows.iter().map(|r| (cell(r, 1), cell(r, 2), cell(r, 4).replace("；\n", "；"))).collect();
    assert_eq!(listed, printed);
    assert!(rows.iter().all(|r| !cell(r, 3).is_empty() && cell(r, 5).is_empty()));
}

/// An office with so many cases of each grade, the best first, and so many that are not decided.
fn office(id: &str, counts: [u64; 4], undecided: u64) -> Office {
    let mut office = testing::open(id, counts, undecided);
    office.grades.0.sort_by_key(|(title, _)| testing::GRADES.iter().position(|g| g == title));
    office
}

/// All offices pooled, as results have it.
fn pooled(offices: &[Office]) -> Office {
    let of = |at: usize| offices.iter().map(|o| o.grades.0[at].1).sum();
    office("all", [of(0), of(1), of(2), of(3)], offices.iter().map(|o| o.undecided).sum())
}

/// Results of these offices, without cases.
fn of(offices: Vec<Office>) -> Results {
    let mut results = testing::saved("", 2024, offices).results;
    results.groups = vec![pooled(&results.offices)];
    results
}

#[test]
fn every_number_has_its_source_whatever_the_results() {
    let set = [("最小单元", "2"), ("主送机关", "各县（虚构）司法局"), ("成文日期", "2025年6月1日"), ("最少件数", "２件")];
    for (offices, count) in [(3, 12), (1, 6), (2, 1), (1, 1)] {
        let (mut results, cases) = fixture::results(offices, count);
        is_sourced(&results, &cases, &make(&results, &cases, &[]));
        is_sourced(&results, &cases, &make(&results, &cases, &set));
        // A sample, so that no two counts are the same by chance alone.
        results.offices[0].in_scope += 5;
        results.groups[0].in_scope += 5;
        let made = make(&results, &cases, &[]);
        is_sourced(&results, &cases, &made);
        assert!(words(&made.docx).contains("件进行评查，占范围内案件的"));
        results.batch.objection = Some(crate::base::text::Text::fixed("自送达之日起 10 日内", "within 10 days"));
        results.batch.adopted = Some(Adopted {
            body: "虚构市司法局".to_owned(),
            document_no: "虚司〔2024〕9号".to_owned(),
            confirmed_by: "虚构某乙".to_owned(),
            date: "2024-01-02".to_owned(),
        });
        let mut cases = cases;
        fixture::levels(&mut results, &mut cases);
        let made = make(&results, &cases, &[]);
        is_sourced(&results, &cases, &made);
        assert!(words(&made.docx).contains("虚构市司法局采用（虚司〔2024〕9号）"));
    }
    let (results, cases) = reviewed(3, 12);
    let made = make(&results, &cases, &[]);
    is_sourced(&results, &cases, &made);
    assert!(words(&made.docx).contains("6名评估专家参加评查"), "{}", words(&made.docx));
}

#[test]
fn results_without_cases_say_so() {
    for offices in [Vec::new(), vec![office("甲", [0; 4], 0), office("乙", [0; 4], 0)]] {
        let mut results = of(offices);
        if results.offices.is_empty() {
            results.groups.clear();
        }
        let made = make(&results, &[], &[]);
        is_sourced(&results, &[], &made);
        let text = words(&made.docx);
        assert!(text.contains("没有选取评查的案件") && !text.contains("优良率为") && !text.contains("拟定等次"), "{text}");
    }
}

#[test]
fn open_cases_make_ranges_of_places_and_rates() {
    let results = of(vec![office("甲", [5, 0, 0, 0], 0), office("乙", [3, 1, 0, 1], 2), office("丙", [4, 0, 1, 0], 0)]);
    let made = make(&results, &[], &[]);
    is_sourced(&results, &[], &made);
    let rows = made.facts.rows("机构");
    let cell = |name: &str, key: &str| rows.iter().find(|r| r["名称"].text == name).map(|r| r[key].text.clone()).unwrap_or_default();
    assert_eq!((cell("虚构甲", "名次"), cell("虚构乙", "名次"), cell("虚构丙", "名次")), ("1".into(), "2～3".into(), "2～3".into()));
    assert_eq!(cell("虚构乙", "比率"), "57.14%～85.71%（4～6/7）");
    assert_eq!(cell("虚构乙", "等次分布"), "优秀3件、良好1件、不合格1件、等次未定2件");
    assert!(words(&made.docx).contains("有2件案件因材料不足待核"));
}

#[test]
fn offices_with_few_cases_stand_without_grades_and_without_a_place() {
    let results = of(vec![
        office("甲", [1, 0, 0, 0], 0),
        office("乙", [2, 0, 1, 1], 0),
        office("丁", [0, 2, 0, 1], 0),
        office("丙", [6, 1, 0, 1], 0),
    ]);
    let made = make(&results, &[], &[]);
    is_sourced(&results, &[], &made);
    let rows: Vec<_> =
        made.facts.rows("机构").iter().map(|r| ["名次", "名称", "件数", "等次分布", "比率", "均分"].map(|k| r[k].text.clone())).collect();
    let want = [
        ["—", "虚构丙", "8", "优秀6件、良好1件、不合格1件", "87.50%（7/8）", "86.88"],
        ["—", "虚构甲", "1", "不足3件，不单列", "—", "—"],
        ["—", "虚构乙", "4", "一并不单列", "—", "—"],
        ["—", "虚构丁", "3", "一并不单列", "—", "—"],
    ];
    assert_eq!(rows, want.map(|r| r.map(str::to_owned)));
    assert_eq!(made.facts.rows("合计")[0]["等次分布"].text, "优秀9件、良好3件、合格1件、不合格3件");
    let text = words(&made.docx);
    assert!(text.contains("另有机构一并不单列"), "{text}");
    // One office alone: its grades are those of all.
    let results = of(vec![office("甲", [1, 1, 0, 0], 0)]);
    let text = words(&make(&results, &[], &[]).docx);
    assert!(text.contains("不予公布") && !text.contains("优秀1件") && !text.contains("50.00%"), "{text}");
}

#[test]
fn totals_that_give_a_case_away_are_not_printed() {
    // Nobody is 优良, so that the rate of all would tell it of the one case of 甲.
    let results = of(vec![office("甲", [0, 0, 1, 0], 0), office("乙", [0, 0, 4, 0], 0), office("丙", [0, 0, 3, 1], 0)]);
    let made = make(&results, &[], &[]);
    is_sourced(&results, &[], &made);
    let told = |list: &str, key: &str| made.facts.rows(list).iter().map(|r| r[key].text.clone()).collect::<Vec<_>>();
    assert_eq!(told("机构", "等次分布"), ["合格4件", "合格3件、不合格1件", "不足3件，不单列"]);
    assert_eq!(["件数", "等次分布", "比率", "均分"].map(|k| told("合计", k).concat()), ["9", "不予公布", "—", "—"]);
    assert!(told("总体", "件数").is_empty() && told("不公布", "说明")[0].starts_with("有的机构评查不足3件，由合计数可以推知个案"));
    let text = words(&made.docx);
    assert!(text.contains("合计只列件数") && !text.contains("案件计入合计") && !text.contains("合格8件"), "{text}");
}

#[test]
fn splits_are_printed_only_when_asked_for_and_wide() {
    let (results, cases) = fixture::results(3, 60);
    let rows = |set: &[(&str, &str)]| make(&results, &cases, set).facts.rows("分类").len();
    assert_eq!((rows(&[]), rows(&[("最小单元", "100000")])), (0, 0));
    assert!(rows(&[("最小单元", "2")]) > 1);
}

/// What must not get out: a case number, persons, an identity number, a telephone, a firm, a file.
const PLANTED: [&str; 7] =
    ["虚援民〔2024〕7777号", "虚构某甲甲", "110101199001017777", "13900007777", "虚构七七律师事务所", "虚构文件七七", "虚构证人七七"];

#[test]
fn nothing_of_a_case_or_a_person_gets_out() {
    let (mut results, mut cases) = reviewed(3, 6);
    let all = PLANTED.join("，");
    for case in cases.iter_mut().flatten() {
        case.case_no = PLANTED[0].to_owned();
        for (field, value) in [("recipient_name", 1), ("id_number", 2), ("phone", 3), ("firm", 4), ("lawyer", 6)] {
            case.fields.insert(field.into(), PLANTED[value].into());
        }
        for finding in &mut case.findings {
            finding.message = crate::base::text::Text::same(all.clone());
            finding.places.iter_mut().for_each(|p| (p.file, p.raw) = (all.as_str().into(), Some(all.as_str().into())));
        }
        for review in &mut case.reviews {
            (review.reason, review.situation) = (Some(all.as_str().into()), Some(all.as_str().into()));
        }
        for remark in case.panel.iter_mut().flat_map(|p| &mut p.remarks) {
            remark.text = all.as_str().into();
        }
    }
    for problem in &mut results.problems {
        (problem.message, problem.advice) = (crate::base::text::Text::same(all.clone()), crate::base::text::Text::same(all.clone()));
    }
    results.cross.iter_mut().for_each(|c| c.message = crate::base::text::Text::same(all.clone()));
    let panel = results.panel.as_mut().expect("a panel");
    panel.reviewers.iter_mut().for_each(|r| r.name = PLANTED[6].to_owned());
    results.batch.adopted = Some(Adopted {
        body: "虚构市司法局".to_owned(),
        document_no: "虚司〔2024〕9号".to_owned(),
        confirmed_by: PLANTED[6].to_owned(),
        date: "2024-01-02".to_owned(),
    });
    let made = make(&results, &cases, &[]);
    let told = |bytes: &[u8]| -> String {
        let parts = pack::open(bytes).expect("an archive");
        parts.iter().map(|(name, bytes)| format!("{name}\n{}", String::from_utf8_lossy(bytes))).collect()
    };
    for (name, bytes) in [("通报.docx", &made.docx), ("数字核对表.xlsx", &made.check)] {
        let text = told(bytes);
        let codes = results.panel.iter().flat_map(|p| &p.reviewers).map(|r| &*r.code);
        for word in PLANTED.iter().copied().chain(codes) {
            assert!(!text.contains(word), "{word} in {name}");
        }
    }
    // What was planted does reach those who review.
    assert!(told(&made.data).contains(PLANTED[0]));
    assert!(told(&made.data).contains("使用前须脱敏审核"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn an_office_that_is_left_out_shows_its_number_of_cases_alone(
        counts in prop::collection::vec(([0..4_u64, 0..3_u64, 0..2_u64, 0..2_u64], 0..2_u64), 1..6), least in 1..5_u64,
    ) {
        let offices: Vec<Office> = counts.iter().enumerate().map(|(i, (c, open))| office(&format!("{i:02}"), *c, *open)).collect();
        let results = of(offices);
        let least = least.to_string();
        let made = make(&results, &[], &[("最少件数", &least)]);
        let rows = made.facts.rows("机构");
        prop_assert_eq!(rows.len(), results.offices.len());
        for row in rows {
            let office = results.offices.iter().find(|o| o.name == row["名称"].text).expect("an office");
            let shown = row["比率"].text != "—";
            prop_assert!(!shown || office.selected >= least.parse().unwrap_or(0));
            prop_assert_eq!(&row["件数"].text, &office.selected.to_string());
            if !shown {
                prop_assert!(["不足", "一并不单列", "没有选取案件"].iter().any(|w| row["等次分布"].text.starts_with(w)), "{:?}", row);
                prop_assert!(row["名次"].text == "—" && row["均分"].text == "—");
                let all = made.facts.rows("全达").first().map(|r| r["机构"].text.clone()).unwrap_or_default();
                prop_assert!(!all.contains(&office.name));
            }
        }
    }
}
