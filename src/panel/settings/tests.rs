//! Settings as a person writes them, and what is said of slips. Must not read files.

use super::*;
use crate::panel::draw::testing::frame;
use crate::record::plan::{Dimension, Method, Size};

const DRAW_TOML: &str = r#"
seed = 20241108
method = "random"
margin = 5
confidence = 95
per = "office"
strata = ["case_type", "受援人类别"]
reserve = 2
[[minimum]]
by = "lawyer"
least = 1
[[minimum]]
by = "case_type"
value = "刑事"
least = 10
[[addition]]
office = "甲区"
case_no = "甲援[2024]第7号"
reason = "群众举报（虚构）"
[[substitution]]
case_no = "乙援〔2024〕3号"
reason = "案卷调走（虚构）"
[[extra]]
case_no = "乙援〔2024〕4号"
reason = "离优秀线不足 1 分（虚构）"
[allocation]
second = 12.5
blind = false
connected = "refuse"
"#;

const REVIEWERS_TOML: &str = r#"
[[reviewer]]
code = "Z01"
name = "虚构专家一"
office = "甲区法律援助中心"
case_types = ["民事"]
group = "第一组"
leader = true
wishes = ["乙区", "民事"]
capacity = 40
role = "规范性"
[[reviewer]]
code = "Z02"
name = "虚构专家二"
group = "第一组"
"#;

/// Everything told of two files, `code start..end message`.
fn told(draw: &str, reviewers: &str) -> (Vec<String>, crate::record::plan::Rules) {
    let sink = Mistakes::default();
    let settings = parse_draw(draw, 0, &sink);
    let people = (!reviewers.is_empty()).then(|| parse_reviewers(reviewers, 1, &sink));
    let cases = frame(&[8, 8]);
    let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let known = Known {
        office: &|name| ["甲区", "乙区"].iter().find(|o| name.trim_end_matches("法律援助中心") == **o).map(|o| (*o).to_owned()),
        offices: &words(&["甲区", "乙区"]),
        case_types: &words(&["民事", "刑事"]),
        groups: &words(&["农民工"]),
        year: Some(2024),
        frame: &cases,
        sink: &sink,
    };
    let rules = rules(&settings, people.as_deref(), &known);
    practice(&settings.sheet, &known);
    let texts = [draw, reviewers];
    let shown = |m: &Mistake| format!("{} {:?} {}", m.code, texts[m.at.source].get(m.at.start..m.at.end).unwrap_or_default(), m.message.zh);
    (codes(sink.into_sorted(), Some(1)).iter().map(shown).collect(), rules)
}

#[test]
fn reads_everything() {
    let (told, rules) = told(DRAW_TOML, REVIEWERS_TOML);
    assert_eq!(told, Vec::<String>::new());
    let margin = Size::Margin { margin: "5".to_owned(), confidence: 95 };
    assert_eq!(rules.method, Method::Random { size: margin, each_office: true });
    assert_eq!(rules.strata, [Dimension::CaseType, Dimension::RecipientGroup]);
    assert_eq!((rules.minimums.len(), rules.reserve, rules.additions.len(), rules.substitutions.len()), (2, Some(2), 1, 1));
    assert_eq!(&*rules.additions[0].case.case_no, "甲援〔2024〕7号");
    let allocation = rules.allocation.expect("reviewers");
    assert_eq!(
        (allocation.second.as_str(), allocation.blind, allocation.connected, allocation.extra.len()),
        ("12.5", false, Connected::Refuse, 1)
    );
    let first = &allocation.reviewers[0];
    assert_eq!((first.office.as_deref(), first.leader, first.capacity, first.role), (Some("甲区"), true, Some(40), Part::Regularity));
    assert_eq!(first.wishes, ["乙区", "民事"]);
    assert_eq!(allocation.reviewers[1].role, Part::Whole);
}

#[test]
fn nothing_written_is_a_tenth_at_random() {
    let (told, rules) = told("", "");
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(rules.method, Method::Random { size: Size::Percent("10".to_owned()), each_office: false });
    assert!(rules.allocation.is_none());
}

/// Each slip in a file of its own: what is written of the draw, of the reviewers, and what must be told of where.
#[test]
fn slips_are_told_where_they_are() {
    let person = |more: &str| format!("[[reviewer]]\ncode = \"Z1\"\nname = \"虚构\"\n{more}\n");
    let cases: Vec<(&str, String, &str)> = vec![
        ("sed = 1", String::new(), "S005 \"sed\" 不认识的键 sed"),
        ("method = \"randon\"", String::new(), "S005 \"\\\"randon\\\"\" 不认识 randon"),
        ("number = 3\npercent = 5", String::new(), "S005 \"percent\" number、percent、margin 只能写一个"),
        ("percent = 101", String::new(), "S005 \"101\" 百分数应大于 0、不超过 100，最多两位小数"),
        ("number = 0", String::new(), "S005 \"0\" 应大于 0"),
        ("margin = 5\nconfidence = 97", String::new(), "S005 \"97\" 置信度只能是 90、95 或 99"),
        ("method = \"numbers\"", String::new(), "S005 \"method\" 这种方法还要写 numbers"),
        ("method = \"all\"\nnumber = 3", String::new(), "S005 \"number\" number 只用于 method = \"random\""),
        ("[[quota]]\noffice = \"丙区\"\nnumber = 1", String::new(), "S005 \"\\\"丙区\\\"\" 本次评查没有机构“丙区”"),
        ("[[addition]]\ncase_no = \"甲援〔2024〕7号\"", String::new(), "S005 \"[[addition]]\" 这里缺少 reason"),
        (
            "[[addition]]\ncase_no = \"甲援〔2024〕70号\"\nreason = \"虚构\"",
            String::new(),
            "S005 \"\\\"甲援〔2024〕70号\\\"\" 评查范围内没有案件 甲援〔2024〕70号",
        ),
        ("[allocation]\nconnected = \"yes\"", String::new(), "S005 \"\\\"yes\\\"\" 不认识 yes"),
        ("[sheet]\nlayout = \"page\"", String::new(), "S005 \"\\\"page\\\"\" 不认识 page"),
        ("[sheet]\nfact = \"never\"", String::new(), "S005 \"fact\" 不认识的键 fact"),
        ("[sheet]\ncalibration = 0", String::new(), "S005 \"0\" 应大于 0"),
        ("[sheet]\ncalibration = [\"甲援〔2024〕70号\"]", String::new(), "S005 \"\\\"甲援〔2024〕70号\\\"\" 评查范围内没有案件"),
        ("", "x = 1".to_owned(), "S006 \"x\" 不认识的键 x"),
        ("", person("office = \"甲县\""), "S006 \"\\\"甲县\\\"\" 本次评查没有机构“甲县”"),
        ("", person("case_types = [\"民商\"]"), "S006 \"\\\"民商\\\"\" 没有案件类型“民商”"),
        ("", person("wishes = [\"丁区\"]"), "S006 \"\\\"丁区\\\"\" “丁区”不是案件类型，也不是参评机构"),
        ("", person("role = \"规范\""), "S006 \"\\\"规范\\\"\" 不认识 规范"),
        ("", person("capacity = 0"), "S006 \"0\" 工作量上限应大于 0；不参加的请删去这一组"),
        ("", person("group = \"第一组\""), "S006 \"[[reviewer]]\" “第一组”没有组长"),
        ("", person("leader = true"), "S006 \"true\" 组长要写明是哪一组（group）"),
        ("", person("") + &person(""), "S006 \"[[reviewer]]\" 编号 Z1 用了两次"),
        ("", "[[reviewer]]\nname = \"虚构\"".to_owned(), "S006 \"[[reviewer]]\" 这里缺少 code"),
        ("标题 = “抽卷”", String::new(), "S005"),
    ];
    for (draw, reviewers, want) in cases {
        let (told, _) = told(draw, &reviewers);
        assert!(told.iter().any(|t| t.starts_with(want)), "{draw} {reviewers}: {told:#?}");
    }
}
