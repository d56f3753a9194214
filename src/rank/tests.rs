//! Rankings of small years by hand: published distributions, ties, tiers, composites, what is refused. Must not open a file.

use super::exact::percent;
use super::testing::{GRADES, office, open, ranked, refused, rules, saved, sealed};
use super::{Given, rank};
use crate::record::rank::{RankUnit, RankYear, Ranking};
use crate::record::v1::{Marks, Own};
use crate::saved::Saved;

fn year(ranking: &Ranking) -> &RankYear {
    ranking.years.last().expect("a year")
}

fn unit<'a>(ranking: &'a Ranking, id: &str) -> &'a RankUnit {
    year(ranking).units.iter().find(|u| u.id == id).expect("a unit")
}

fn rank_of(text: &str, offices: Vec<crate::record::v1::Office>) -> Ranking {
    ranked(&[saved("一", 2024, offices)], &rules(text)).expect("ranked")
}

/// Distributions as notices printed them (domain notes, cases 5.1 and archives 5): counts by grade and what was printed of each.
#[test]
fn published_distributions_come_out_as_printed() {
    type Published = (&'static str, [u64; 4], usize, [Option<&'static str>; 4]);
    let all: [Published; 6] = [
        ("东莞 2020-07", [62, 56, 4, 1], 0, [Some("50"), Some("46"), Some("3"), Some("1")]),
        ("天水 2019 自查", [4273, 0, 14445, 126], 2, [Some("22.68"), None, None, Some("0.67")]),
        ("天水 2019 抽查", [310, 0, 828, 3], 2, [Some("27.17"), None, Some("72.57"), Some("0.26")]),
        ("坪山 2022", [14, 20, 66, 0], 0, [Some("14"), Some("20"), Some("66"), Some("0")]),
        ("会宁 2018", [51, 0, 13, 0], 0, [Some("80"), None, None, Some("0")]),
        ("白银 2020", [205, 0, 10, 0], 2, [Some("95.35"), None, Some("4.65"), Some("0.00")]),
    ];
    for (name, counts, decimals, printed) in all {
        let ranking = rank_of("", vec![office(name, counts)]);
        let unit = unit(&ranking, name);
        let shown: Vec<_> = GRADES.iter().map(|g| unit.grades.0.iter().find(|(t, _)| t == g).expect("a grade").1).collect();
        for (k, printed) in shown.into_iter().zip(printed) {
            if let Some(printed) = printed {
                assert_eq!(percent(k, unit.n, decimals).as_deref(), Some(printed), "{name} {k}/{}", unit.n);
            }
        }
    }
    // 颍东 2023: 71 of 77 are good or better; 云浮: 66.67 %.
    for (counts, good) in [([30, 41, 6, 0], "92.21"), ([1, 1, 1, 0], "66.67"), ([100, 100, 100, 0], "66.67")] {
        let ranking = rank_of("", vec![office("甲", counts)]);
        let rate = unit(&ranking, "甲").rates.iter().find(|r| r.headline).expect("a rate").clone();
        assert_eq!(rate.percent, Some([good.to_owned(), good.to_owned()]));
    }
    // 天水 printed 76.65 % of 合格, which is what 22.68 and 0.67 leave of 100; the fraction itself is 76.6557 %.
    assert_eq!((percent(14445, 18844, 2).as_deref(), 10_000 - 2268 - 67), (Some("76.66"), 7665));
    // 昭化 2020 printed 优秀 50 % of 27 cases, which no count gives: n is always shown.
    assert!((0..=27).all(|k| percent(k, 27, 0).as_deref() != Some("50")));
}

fn places(ranking: &Ranking) -> Vec<(String, Option<u64>)> {
    year(ranking).units.iter().map(|u| (u.id.clone(), u.place)).collect()
}

#[test]
fn ties_are_named_standard_or_dense() {
    // 乙 and 丙 are equal in every key, also with twice the cases.
    let offices = || vec![office("丁", [0, 5, 5, 0]), office("丙", [4, 4, 2, 0]), office("乙", [2, 2, 1, 0]), office("甲", [9, 1, 0, 0])];
    let ids = |r: &Ranking| places(r).into_iter().map(|(id, p)| format!("{id}{}", p.unwrap_or(0))).collect::<Vec<_>>();
    assert_eq!(ids(&rank_of("", offices())), ["甲1", "丙2", "乙2", "丁4"]);
    let dense = rank_of("ties = \"dense\"", offices());
    assert_eq!(ids(&dense), ["甲1", "丙2", "乙2", "丁3"]);
    let tied = unit(&dense, "乙");
    assert_eq!(tied.tied, ["虚构丙"]);
    assert!(
        tied.sure && tied.reason.zh.contains("优良率 4/5（80.00%）") && tied.reason.zh.contains("与虚构丙并列第 2 名"),
        "{}",
        tied.reason.zh
    );
    assert!(tied.reason.en.contains("tied with 虚构丙"), "{}", tied.reason.en);
}

#[test]
fn an_open_case_gives_a_range_and_no_place() {
    let ranking = rank_of("", vec![office("甲", [9, 1, 0, 0]), open("乙", [4, 4, 1, 0], 1), office("丙", [4, 5, 1, 0])]);
    let open = unit(&ranking, "乙");
    assert_eq!((open.place, open.range, open.standing.as_str()), (None, Some([2, 3]), "open"));
    assert!(open.reason.zh.contains("有 1 件等次未定，不列名次，可能在第 2 至第 3 之间"), "{}", open.reason.zh);
    let other = unit(&ranking, "丙");
    assert_eq!((other.place, other.sure, other.range), (Some(2), false, Some([2, 3])));
    assert!(other.reason.zh.contains("暂列第 2 名"), "{}", other.reason.zh);
    assert_eq!((unit(&ranking, "甲").place, unit(&ranking, "甲").sure), (Some(1), true));
    assert!(ranking.draft && ranking.drafts == ["一"]);
}

#[test]
fn few_cases_are_shown_and_not_ranked_and_none_are_no_data() {
    let offices = vec![office("甲", [9, 1, 0, 0]), office("乙", [3, 0, 0, 0]), office("丙", [0, 0, 0, 0])];
    let ranking = rank_of("minimum = 5", offices.clone());
    assert_eq!(places(&ranking), [("甲".to_owned(), Some(1)), ("乙".to_owned(), None), ("丙".to_owned(), None)]);
    assert!(unit(&ranking, "乙").reason.zh.contains("少于规定的 5 件") && unit(&ranking, "丙").reason.zh.contains("没有数据"));
    assert_eq!(unit(&ranking, "丙").standing, "no_data");
    // Without a minimum nobody is left out but who has nothing; all of 甲 and 乙 reach the rate.
    let ranking = rank_of("", offices);
    assert_eq!(unit(&ranking, "乙").place, Some(1));
    assert_eq!(year(&ranking).all_reached.iter().map(|a| (a.name.as_str(), a.n)).collect::<Vec<_>>(), [("虚构乙", 3), ("虚构甲", 10)]);
    assert!(year(&ranking).units.iter().all(|u| u.tier.is_none()) && ranking.rules.said.iter().any(|s| s.zh.contains("不分档")));
}

const SHARES: &str =
    "[[tier]]\ntitle = \"第一档次\"\nshare = 40\n[[tier]]\ntitle = \"第二档次\"\nshare = 40\n[[tier]]\ntitle = \"第三档次\"\n";

#[test]
fn tiers_by_share_move_a_tie_as_a_whole() {
    // Five offices, two in the first tier; the second and the third are equal.
    let offices = || {
        vec![
            office("甲", [9, 1, 0, 0]),
            office("乙", [8, 1, 1, 0]),
            office("丙", [8, 1, 1, 0]),
            office("丁", [1, 4, 5, 0]),
            office("戊", [0, 0, 9, 1]),
        ]
    };
    let tiers = |text: &str| {
        let ranking = rank_of(text, offices());
        ["甲", "乙", "丙", "丁", "戊"].map(|id| unit(&ranking, id).tier.clone().unwrap_or_default().replace("档次", "")).join("")
    };
    assert_eq!(tiers(SHARES), "第一第一第一第二第三");
    assert_eq!(tiers(&format!("[tiers]\ntie = \"down\"\n{SHARES}")), "第一第二第二第二第三");
    assert_eq!(tiers(&format!("[tiers]\nround = \"up\"\n{}", SHARES.replace("40", "30"))), "第一第一第一第三第三");
    let ranking = rank_of(SHARES, offices());
    assert!(
        unit(&ranking, "丙").reason.zh.contains("并列跨在档次界线上，按规定整体归上一档，第一档次"),
        "{}",
        unit(&ranking, "丙").reason.zh
    );
}

#[test]
fn tiers_by_threshold_hold_exactly_and_stay_open_with_the_rate() {
    let text = "[tiers]\nkey = \"优良率\"\n[[tier]]\ntitle = \"第一档次\"\nfrom = 95\n[[tier]]\ntitle = \"第二档次\"\nfrom = 80\n";
    let offices = vec![office("甲", [19, 0, 1, 0]), office("乙", [94, 0, 5, 1]), open("丙", [18, 0, 0, 1], 1), office("丁", [1, 0, 9, 0])];
    let ranking = rank_of(text, offices);
    let tier = |id: &str| unit(&ranking, id).tier.clone();
    assert_eq!((tier("甲").as_deref(), tier("乙").as_deref(), tier("丁")), (Some("第一档次"), Some("第二档次"), None));
    // 18 or 19 of 20: 90 % or 95 %.
    assert_eq!((tier("丙"), unit(&ranking, "丙").possible_tiers.join(" ")), (None, "第一档次 第二档次".to_owned()));
    assert!(unit(&ranking, "丙").reason.zh.contains("档次未定（第一档次至第二档次）"));
    assert!(unit(&ranking, "甲").reason.zh.contains("优良率不低于 95%，第一档次"), "{}", unit(&ranking, "甲").reason.zh);
    assert!(unit(&ranking, "丁").reason.zh.contains("低于各档"), "{}", unit(&ranking, "丁").reason.zh);
}

fn own(low: i64, high: i64) -> Own {
    let n = |x| crate::record::number::Number::new(crate::base::points::Points::whole(x));
    let marks = Marks { low: n(low), high: n(high), total: n(50), exact: None };
    Own { subject: "office".to_owned(), rubric: "expansion-quality".to_owned(), marks: Some(marks), grade: None, possible: Vec::new() }
}

#[test]
fn a_composite_without_indicators_is_an_interval() {
    let text = "order = [\"composite\"]\n[composite]\nquality = 60\nindicators = 40\nby = \"headline\"\n";
    let mut offices = vec![office("甲", [5, 5, 0, 0]), office("乙", [5, 4, 1, 0]), office("丙", [5, 5, 0, 0])];
    offices[0].own.push(own(40, 40));
    let mut indicators = saved("指标", 2024, vec![office("乙", [0, 0, 0, 0])]);
    indicators.results.offices[0].own.push(own(50, 50));
    let (results, rules) = ([saved("一", 2024, offices)], rules(text));
    let given = Given { results: &results, bridges: &[], indicators: &[indicators], rules: &rules, by_group: false, year: None };
    let ranking = rank(&given).expect("ranked");
    // 甲: 0.6 × 100 + 0.4 × 80 = 92; 乙: 0.6 × 90 + 0.4 × 100 = 94; 丙: 60 to 100.
    let exact = |id: &str| unit(&ranking, id).composite.as_ref().expect("a composite").exact.clone().join(" ");
    assert_eq!([exact("甲"), exact("乙"), exact("丙")], ["92/1 92/1", "94/1 94/1", "60/1 100/1"]);
    assert_eq!((unit(&ranking, "丙").place, unit(&ranking, "丙").range), (None, Some([1, 3])));
    assert!(unit(&ranking, "丙").reason.zh.contains("没有指标得分"), "{}", unit(&ranking, "丙").reason.zh);
    assert_eq!((unit(&ranking, "乙").place, unit(&ranking, "甲").place), (Some(1), Some(2)));
}

#[test]
fn overlap_and_different_rubrics_are_refused_by_name() {
    let one = saved("甲结果", 2024, vec![office("甲", [1, 0, 0, 0]), office("乙", [1, 0, 0, 0])]);
    let two = saved("乙结果", 2024, vec![office("乙", [1, 0, 0, 0])]);
    let said = refused(ranked(&[one.clone(), two], &rules("")));
    assert!(said.contains("虚构乙") && said.contains("甲结果") && said.contains("乙结果") && said.contains("会算两遍"), "{said}");
    let mut other = saved("丙结果", 2024, vec![office("丙", [1, 0, 0, 0])]);
    other.results.rubrics[0].sha256 = "b2".to_owned();
    other.results.rubrics[0].counting = "exclusive".to_owned();
    let both = [one, other];
    let said = refused(ranked(&both, &rules("")));
    assert!(said.contains("评估标准不同") && said.contains("civil") && said.contains("mixed = true") && said.contains("丙结果"), "{said}");
    let ranking = ranked(&both, &rules("mixed = true")).expect("allowed");
    assert!(year(&ranking).mixed && ranking.notes.iter().any(|n| n.zh.contains("名次只供参考")));
    assert!(year(&ranking).notes.iter().any(|n| n.zh.contains("率口径不同")), "{:?}", year(&ranking).notes);
    // Years do not overlap each other.
    let other_year = [saved("一", 2023, vec![office("甲", [1, 0, 0, 0])]), saved("二", 2024, vec![office("甲", [1, 0, 0, 0])])];
    assert_eq!(ranked(&other_year, &rules("")).expect("two years").years.len(), 2);
    let rules = rules("");
    let given = Given { results: &other_year, bridges: &[], indicators: &[], rules: &rules, by_group: false, year: Some(2020) };
    assert!(refused(rank(&given)).contains("没有 2020 年的结果；有：2023、2024"));
}

#[test]
fn the_order_of_results_changes_no_byte() {
    let all = [
        saved("一", 2024, vec![office("甲", [5, 3, 2, 0]), office("丁", [5, 3, 1, 1])]),
        saved("二", 2024, vec![office("乙", [4, 4, 2, 0]), open("丙", [4, 4, 0, 0], 2)]),
        saved("三", 2023, vec![office("甲", [4, 3, 3, 0]), office("乙", [4, 4, 2, 0])]),
    ];
    let bytes = |order: [usize; 3]| {
        let results: Vec<Saved> = order.iter().map(|i| all[*i].clone()).collect();
        serde_json::to_string(&ranked(&results, &rules(SHARES)).expect("ranked")).expect("JSON")
    };
    for order in [[0, 2, 1], [1, 0, 2], [2, 1, 0]] {
        assert_eq!(bytes(order), bytes([0, 1, 2]));
    }
    let sealed = all.map(sealed);
    let ranking = ranked(&sealed, &rules("")).expect("ranked");
    assert!(!ranking.draft && ranking.drafts.is_empty());
}

#[test]
fn cities_are_pooled_from_cases() {
    let of = |parent: &str, mut one: crate::record::v1::Office| {
        one.parent = Some(parent.to_owned());
        one
    };
    let one = saved("一", 2024, vec![of("东市", office("甲", [1, 0, 0, 0])), of("西市", office("丙", [6, 2, 2, 0]))]);
    let two = saved("二", 2024, vec![of("东市", office("乙", [0, 5, 4, 0])), office("丁", [1, 0, 0, 0])]);
    let rules = rules("");
    let given = Given { results: &[one, two], bridges: &[], indicators: &[], rules: &rules, by_group: true, year: None };
    let ranking = rank(&given).expect("ranked");
    let east = unit(&ranking, "东市");
    // 95 and 5 × 85 and 4 × 70 over ten cases, not the mean of two means.
    assert_eq!((east.offices, east.n, east.mean_exact.clone().expect("a mean")[0].as_str()), (2, 10, "80/1"));
    assert_eq!(east.rates[1].percent.clone().expect("a rate")[0], "60.00");
    assert_eq!(places(&ranking), [("丁".to_owned(), Some(1)), ("西市".to_owned(), Some(2)), ("东市".to_owned(), Some(3))]);
    assert!(year(&ranking).notes.iter().any(|n| n.zh.contains("没有写明所属市") && n.zh.contains("虚构丁")));
    assert_eq!(east.median, None, "a median needs the cases");
}
