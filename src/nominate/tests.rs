//! Rules read, candidates chosen, subsidies added up. For tests only.

use super::{Nominees, parse};
use crate::base::mistake::Mistakes;
use crate::base::points::Points;
use crate::record::nominate::Nomination;
use crate::record::number::Number;
use crate::report::fixture;

const RULES: &str = r#"
[nominate]
grades = ["优秀"]
most = 2
without = ["A01"]
fields = { typical = "是" }
prefer = ["recovered"]
spread = "case_type"

[subsidy]
base_field = "subsidy_standard"
[subsidy.factor]
"优秀" = 1.125
"合格" = 0.8
"#;

/// Number, grade, finding, typical, recovered, case type, base.
type Row = (&'static str, Option<&'static str>, Option<&'static str>, &'static str, &'static str, &'static str, &'static str);

const ROWS: &[Row] = &[
    ("1", Some("优秀"), None, "是", "500", "民事", "1000"),
    ("2", Some("优秀"), None, "是", "900", "民事", "1000.1"),
    ("3", Some("优秀"), None, "是", "", "刑事", "800"),
    ("4", Some("优秀"), None, "否", "9999", "刑事", "800"),
    ("5", Some("优秀"), Some("A01"), "是", "9999", "刑事", ""),
    ("6", None, None, "是", "9999", "刑事", "800"),
    ("7", Some("优秀"), Some("R1"), "是", "9999", "刑事", "800"),
    ("8", Some("合格"), None, "是", "9999", "刑事", "800"),
    ("9", Some("良好"), None, "是", "9999", "刑事", "800"),
];

fn nominated(text: &str) -> Nomination {
    let sink = Mistakes::default();
    let rules = parse(text, &sink);
    assert_eq!(sink.count(), 0, "{text}");
    let (results, cases) = fixture::results(1, 1);
    let mut nominees = Nominees::new(&results, &rules, |_| true);
    for (no, grade, finding, typical, recovered, kind, base) in ROWS {
        let mut case = cases[0][0].clone();
        case.case_no = (*no).to_owned();
        case.grade = grade.map(Into::into);
        let spare = case.findings.first().cloned();
        case.findings.clear();
        if let Some(id) = finding {
            let mut finding = spare.unwrap_or_else(fixture_finding);
            finding.criterion = (*id).into();
            finding.outcome = "unmet".into();
            case.findings.push(finding);
        }
        for (field, value) in [("typical", typical), ("recovered", recovered), ("case_type", kind), ("subsidy_standard", base)] {
            case.fields.remove(field);
            if !value.is_empty() {
                case.fields.insert(field.into(), (*value).into());
            }
        }
        nominees.take(&case);
    }
    nominees.finish(false)
}

fn fixture_finding() -> crate::record::v1::Finding {
    let (_, cases) = fixture::results(3, 12);
    cases.into_iter().flatten().flat_map(|c| c.findings).next().expect("a finding")
}

#[test]
fn candidates_are_spread_over_case_types_and_each_says_why() {
    let found = nominated(RULES).nominated.expect("rules");
    let cases: Vec<&str> = found[0].cases.iter().map(|c| c.case_no.as_str()).collect();
    // The best civil one, then the criminal one, though a second civil one recovered more.
    assert_eq!((found[0].fit, cases), (3, vec!["2", "3"]));
    let why: Vec<_> = found[0].cases[0].reasons.iter().map(|t| t.zh.to_string()).collect();
    assert_eq!(why.join("；"), "拟定等次优秀，只有这一种可能；没有红线；A01 没有不符合的问题；typical 为“是”；recovered：900");
    let all = nominated(&RULES.replace("spread = \"case_type\"", "")).nominated.expect("rules");
    assert_eq!(all[0].cases.iter().map(|c| c.case_no.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    let signed = nominated(&RULES.replace("most = 2", "most = 2\nconfirmed = true")).nominated.expect("rules");
    assert_eq!(signed[0].fit, 0, "nobody confirmed anything");
}

#[test]
fn subsidies_are_exact_and_what_is_undecided_gets_none_yet() {
    let subsidy = nominated(RULES).subsidy.expect("rules");
    let amounts: Vec<_> = subsidy.cases.iter().map(|c| c.amount.map(|a| a.to_string())).collect();
    let some = |text: &str| Some(text.to_owned());
    // 1000.1 × 1.125 = 1125.1125
    assert_eq!(amounts, [some("1125"), some("1125.11"), some("900"), some("900"), None, None, some("900"), some("640"), None]);
    let sum = &subsidy.offices[0];
    assert_eq!((sum.cases, sum.without, sum.amount), (6, 3, Number::new(Points::parse("5590.11").unwrap_or_default())));
    let why: Vec<_> = subsidy.cases.iter().filter_map(|c| c.why.as_ref().map(|t| t.zh.to_string())).collect();
    assert_eq!(why, ["登记表没有补贴基数", "等次未定，暂不计算", "没有写等次“良好”的系数"]);
    assert_eq!(subsidy.factors[0].1, "1.125");
    let flat = nominated(&RULES.replace("base_field = \"subsidy_standard\"", "base = 1000")).subsidy.expect("rules");
    assert_eq!(flat.cases[4].amount.map(|a| a.to_string()), some("1125"));
}

#[test]
fn mistakes_are_shown_with_their_places() {
    for (text, code, words) in [
        ("", "R002", "要有 [nominate] 或 [subsidy]"),
        ("[nominate]\nmost = 1", "R002", "缺少 grades"),
        ("[nominate]\ngrades = []\nmost = 1", "R005", "至少写一个等次"),
        ("[nominate]\ngrades = [\"优秀\"]\nmost = 1\nfeilds = {}", "R004", "不认识的键 feilds"),
        ("[subsidy]\nbase = 1\nbase_field = \"x\"\nfactor = {}", "R005", "写一个"),
        ("[subsidy]\nfactor = { \"优秀\" = -1 }\nbase = 1", "R005", "系数不能小于 0"),
    ] {
        let sink = Mistakes::default();
        parse(text, &sink);
        let found = sink.into_sorted();
        assert!(found.iter().any(|m| m.code == code && m.message.zh.contains(words)), "{text}: {found:?}");
    }
}
