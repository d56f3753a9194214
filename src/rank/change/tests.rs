//! Changes of two years by hand: one rubric, a bridge, reviewers, and what cannot be told. Must not open a file.

use serde_json::json;

use crate::rank::testing::{office, open, ranked, refused, rubric, rules, saved};
use crate::rank::{Given, rank};
use crate::record::rank::{RankChange, UnitChange};
use crate::record::v1::{Office, Panel};
use crate::saved::Saved;

/// A year's result under this rubric.
fn year(year: i16, offices: Vec<Office>, text: &str, human: bool) -> Saved {
    let mut saved = saved(&format!("{year}{text}"), year, offices);
    saved.results.rubrics = vec![serde_json::from_value(rubric(text, human)).expect("a rubric")];
    saved
}

/// Adds a panel that tells how lenient the reviewers of these offices were.
fn with_panel(mut saved: Saved, leniency: &[(&str, Option<f64>, u64)]) -> Saved {
    let list: Vec<_> = leniency
        .iter()
        .map(|(id, points, cases)| json!({ "office": format!("虚构{id}"), "points": points, "cases": cases, "plain": { "zh": "分不出松紧", "en": "not told" } }))
        .collect();
    let panel = json!({ "draw": null, "reviewers": [], "how": {}, "confirmed": 0, "needing": 0, "agreement": [], "influence": [], "leniency": list,
        "objections": { "all": 0, "decided": 0, "upheld": 0, "by_criterion": {}, "by_reviewer": {} } });
    saved.results.panel = Some(serde_json::from_value::<Panel>(panel).expect("a panel"));
    saved
}

fn change(results: &[Saved], bridges: &[Saved]) -> RankChange {
    let rules = rules("");
    let given = Given { results, bridges, indicators: &[], rules: &rules, by_group: false, year: None };
    rank(&given).expect("ranked").changes.remove(0)
}

fn unit<'a>(change: &'a RankChange, id: &str) -> &'a UnitChange {
    change.units.iter().find(|u| u.id == id).expect("a unit")
}

/// Total, cases, rubric, reviewers, and the sum of what cannot be told apart.
fn parts(unit: &UnitChange) -> [String; 5] {
    let exact = |p: &Option<String>| p.clone().unwrap_or("—".to_owned());
    let [a, b, c, d] = [&unit.total, &unit.cases, &unit.rubric, &unit.reviewers].map(|p| exact(&p.exact));
    [a, b, c, d, exact(&unit.not_told_apart.as_ref().map(|j| j.exact.clone()))]
}

#[test]
fn one_rubric_and_no_people_leave_it_all_to_the_cases() {
    // Means: 95 to 90, and 85 to (95 + 85 + 85) / 3.
    let old = year(2023, vec![office("甲", [2, 0, 0, 0]), office("乙", [0, 3, 0, 0])], "a1", false);
    let new = year(2024, vec![office("甲", [1, 1, 0, 0]), office("乙", [1, 2, 0, 0]), office("丙", [1, 0, 0, 0])], "a1", false);
    let change = change(&[new, old], &[]);
    assert_eq!((change.year, change.from, change.new.clone(), change.gone.len()), (2024, 2023, vec!["虚构丙".to_owned()], 0));
    assert_eq!(parts(unit(&change, "甲")), ["-5/1", "-5/1", "0/1", "0/1", "—"]);
    assert_eq!(parts(unit(&change, "乙")), ["10/3", "10/3", "0/1", "0/1", "—"]);
    // All cases together: (190 + 255) / 5 = 89 and (180 + 265 + 95) / 6 = 90.
    assert_eq!(parts(unit(&change, "all")), ["1/1", "1/1", "0/1", "0/1", "—"]);
    assert!(change.notes.iter().any(|n| n.zh.contains("机构不完全相同")));
}

#[test]
fn a_bridge_tells_the_part_of_the_rubric() {
    let old = year(2023, vec![office("甲", [2, 0, 0, 0])], "a1", false);
    let new = year(2024, vec![office("甲", [1, 1, 0, 0])], "b2", false);
    // Without one the rubric and the cases cannot be told apart.
    let alone = change(&[old.clone(), new.clone()], &[]);
    assert_eq!(parts(unit(&alone, "甲")), ["-5/1", "—", "—", "0/1", "-5/1"]);
    assert_eq!(unit(&alone, "甲").not_told_apart.as_ref().expect("joined").parts, ["cases", "rubric"]);
    assert!(unit(&alone, "甲").rubric.why.zh.contains("--bridge"));
    // Last year's cases under this year's rubric: 95 becomes 82.5, so the cases got better by 7.5.
    let bridge = year(2023, vec![office("甲", [1, 0, 1, 0])], "b2", false);
    let told = change(&[old.clone(), new.clone()], std::slice::from_ref(&bridge));
    assert_eq!(parts(unit(&told, "甲")), ["-5/1", "15/2", "-25/2", "0/1", "—"]);
    // Other registers or another number of cases are not the same cases.
    let fewer = year(2023, vec![office("甲", [1, 0, 0, 0])], "b2", false);
    assert_eq!(parts(unit(&change(&[old.clone(), new.clone()], &[fewer]), "甲"))[2], "—");
    let mut later = bridge.clone();
    later.results.batch.as_of = "2024-06-30".to_owned();
    let told = change(&[old.clone(), new.clone()], &[later]);
    assert!(parts(unit(&told, "甲"))[2] == "—" && told.notes.iter().any(|n| n.zh.contains("截止日与上年结果的不同")));
    // A bridge under last year's rubric is none.
    let rules = rules("");
    let (both, wrong) = ([old.clone(), new], [old]);
    let given = Given { results: &both, bridges: &wrong, indicators: &[], rules: &rules, by_group: false, year: None };
    assert!(refused(rank(&given)).contains("用的不是 2024 年的标准"));
}

#[test]
fn reviewers_are_told_where_both_years_have_a_panel() {
    let old = || year(2023, vec![office("甲", [2, 0, 0, 0]), office("乙", [2, 0, 0, 0])], "a1", true);
    let new = || year(2024, vec![office("甲", [1, 1, 0, 0]), office("乙", [2, 0, 0, 0])], "a1", true);
    let lenient = with_panel(old(), &[("甲", Some(1.25), 2), ("乙", Some(-0.5), 2)]);
    let severe = with_panel(new(), &[("甲", Some(-0.75), 2), ("乙", None, 2)]);
    let told = change(&[lenient.clone(), severe], &[]);
    // From 1.25 above to 0.75 below the others: two of the five points.
    assert_eq!(parts(unit(&told, "甲")), ["-5/1", "-3/1", "0/1", "-2/1", "—"]);
    assert_eq!(parts(unit(&told, "乙")), ["0/1", "—", "0/1", "—", "0/1"]);
    assert!(unit(&told, "乙").reviewers.why.zh.contains("分不出松紧"));
    assert_eq!(parts(unit(&told, "all"))[3], "—", "one office that cannot be told keeps the whole from being told");
    // Not every case was marked by them, or nobody says who marked.
    let part = with_panel(new(), &[("甲", Some(1.0), 1)]);
    assert_eq!(parts(unit(&change(&[lenient.clone(), part], &[]), "甲"))[3], "—");
    let alone = change(&[lenient, new()], &[]);
    assert!(unit(&alone, "甲").reviewers.why.zh.contains("没有评议记录"), "{}", unit(&alone, "甲").reviewers.why.zh);
    assert_eq!(parts(unit(&change(&[old(), new()], &[]), "甲")), ["-5/1", "—", "0/1", "—", "-5/1"]);
}

#[test]
fn open_marks_give_both_ends_and_no_split() {
    let old = year(2023, vec![office("甲", [2, 0, 0, 0])], "a1", false);
    let new = year(2024, vec![open("甲", [1, 0, 0, 0], 1)], "a1", false);
    let told = change(&[old.clone(), new], &[]);
    let one = unit(&told, "甲");
    assert_eq!(parts(one), ["—", "—", "0/1", "0/1", "—"]);
    assert_eq!(one.total_between.map(|b| b.map(|n| n.to_string())), Some(["-47.5".to_owned(), "2.5".to_owned()]));
    assert!(one.total.why.zh.contains("2024 年有得分未定"));
    // Means out of different full marks are not subtracted.
    let mut five = year(2024, vec![office("甲", [2, 0, 0, 0])], "b2", false);
    five.results.rubrics[0].total = Some(crate::record::number::Number::new(crate::base::points::Points::whole(5)));
    assert!(unit(&change(&[old, five], &[]), "甲").total.why.zh.contains("满分不同"));
}

#[test]
fn one_year_has_no_change() {
    let one = year(2024, vec![office("甲", [1, 0, 0, 0])], "a1", false);
    assert!(ranked(&[one], &rules("")).expect("ranked").changes.is_empty());
}
