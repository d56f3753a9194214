//! Panels worked out by hand, and the law that offices pooled are all cases in order. For tests only.

use std::sync::Arc;

use proptest::prelude::*;

use super::figures::rounded;
use super::{Gathered, Round, Scales};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::panel::agreement::{cohen, exact};
use crate::panel::estimate::Weights;
use crate::panel::table::Grades;
use crate::record::number::Number;
use crate::record::v1::*;

const TITLES: [&str; 4] = ["优秀", "良好", "合格", "不合格"];

fn points(n: i64) -> Number {
    Number::new(Points::whole(n))
}

/// A rubric of four grades from 90, 80, 60 and 0; 优秀 and 良好 reach the rate.
fn rubric(id: &str, titles: &[&str]) -> RubricRecord {
    let from = [90, 80, 60, 0];
    let grade = |(title, from): (&&str, i64)| GradeRecord { id: (*title).to_owned(), title: (*title).to_owned(), from: Some(points(from)) };
    RubricRecord {
        about: None,
        id: id.to_owned(),
        version: "1".to_owned(),
        title: id.to_owned(),
        sha256: String::new(),
        adopted: false,
        scheme: "points".to_owned(),
        total: Some(points(100)),
        grades: titles.iter().zip(from).map(grade).collect(),
        groups: Vec::new(),
        criteria: Vec::new(),
        red_lines: Vec::new(),
        counting: "cumulative".to_owned(),
        reconcile: None,
    }
}

fn scales() -> Scales {
    let two = rubric("two", &["通过", "不通过"]);
    Scales::new(&[rubric("one", &TITLES), two], Text::fixed("优良率", "Good rate"), |r, at| at < r.grades.len() / 2)
}

/// A complete reading: who, which turn, marks.
fn opinion(who: &[&str], turn: &str, mark: i64) -> Opinion {
    let grade = [90, 80, 60, 0].iter().position(|from| mark >= *from).unwrap_or(3);
    Opinion {
        reviewers: who.iter().map(|w| Arc::from(*w)).collect(),
        turn: turn.to_owned(),
        low: Some(points(mark)),
        high: Some(points(mark)),
        grade: Some(TITLES[grade].into()),
        complete: true,
        confirmed: None,
        places: Vec::new(),
    }
}

fn case(office: &str, grade: &str, opinions: Vec<Opinion>) -> CaseRecord {
    let how = if opinions.len() > 1 { "mean" } else { "single" };
    let panel = CasePanel {
        opinions,
        how: how.to_owned(),
        why: Text::EMPTY,
        needs: 0,
        leader: false,
        confirmed: None,
        overridden: Vec::new(),
        objections: Vec::new(),
        remarks: Vec::new(),
    };
    CaseRecord {
        subject: "case".to_owned(),
        office: office.into(),
        case_no: "1".to_owned(),
        stage: None,
        scope: "selected".to_owned(),
        rubric: Some("one".into()),
        scheme: Some("points".to_owned()),
        marks: Some(Marks { low: points(0), high: points(100), total: points(100), exact: None }),
        grade: Some(grade.into()),
        possible: vec![grade.into()],
        possible_superset: false,
        criteria: Vec::new(),
        findings: Vec::new(),
        sources: std::collections::BTreeMap::new(),
        fields: [].into(),
        documents: Vec::new(),
        reviews: Vec::new(),
        panel: Some(Box::new(panel)),
    }
}

fn panel_of(cases: &[CaseRecord]) -> Panel {
    let mut gathered = Gathered::default();
    cases.iter().for_each(|c| gathered.add(&scales(), c));
    gathered.panel(&scales(), &Round::default()).unwrap()
}

/// Office, reviewer, cases marked, the rate with and without.
type Told<'a> = (&'a str, &'a str, u64, [u64; 2], [u64; 2]);

fn influence(panel: &Panel) -> Vec<Told<'_>> {
    panel.influence.iter().map(|i| (&*i.office, &*i.reviewer, i.marked, i.with, i.without)).collect()
}

fn figure<'a>(panel: &'a Panel, id: &str, between: &[&str]) -> &'a Figure {
    let is = |f: &&Figure| f.id == id && f.between.iter().map(|b| &**b).eq(between.iter().copied());
    panel.agreement.iter().find(is).unwrap()
}

#[test]
fn a_case_without_a_reviewer_is_what_the_others_say() {
    let three = |a, b, c| vec![opinion(&["A"], "first", a), opinion(&["B"], "second", b), opinion(&["C"], "extra", c)];
    let cases = [
        case("东岭", "良好", three(92, 78, 85)), // without A: 78 and 85 are 81.5, 良好; without B and without C: 良好
        case("东岭", "合格", vec![opinion(&["A"], "first", 79)]), // leaves without A
        case("西河", "良好", vec![opinion(&["A"], "first", 81), opinion(&["B"], "second", 70)]),
        CaseRecord { panel: None, ..case("西河", "优秀", Vec::new()) },
        CaseRecord { scope: "not_selected".to_owned(), ..case("西河", "优秀", three(1, 1, 1)) },
        CaseRecord { possible: vec!["良好".into(), "合格".into()], ..case("西河", "优秀", Vec::new()) },
    ];
    let panel = panel_of(&cases);
    let want = [
        ("东岭", "A", 2, [1, 2], [1, 1]),
        ("东岭", "B", 1, [1, 2], [1, 2]),
        ("东岭", "C", 1, [1, 2], [1, 2]),
        ("西河", "A", 1, [2, 3], [1, 3]),
        ("西河", "B", 1, [2, 3], [2, 3]),
    ];
    assert_eq!(influence(&panel), want);
    assert!(panel.influence[0].plain.zh.starts_with("优良率为50.0%（1/2）"));
    assert_eq!((panel.how["mean"], panel.how["single"]), (2, 2));
    // Points without a grade band between the grades given: never beyond them. Grades apart without points: as it is.
    let mut capped = case("东岭", "合格", three(10, 95, 95));
    for opinion in &mut capped.panel.as_mut().unwrap().opinions {
        opinion.grade = Some("合格".into());
    }
    let mut blind = case("西河", "良好", three(10, 95, 70));
    blind.panel.as_mut().unwrap().opinions.iter_mut().for_each(|o| o.low = None);
    let panel = panel_of(&[capped, blind]);
    assert_eq!(influence(&panel).iter().map(|i| i.4).collect::<Vec<_>>(), [[0, 1], [0, 1], [0, 1], [1, 1], [1, 1], [1, 1]]);
}

#[test]
fn extra_marks_and_half_ones_tell_nothing_of_agreement() {
    let mut cases: Vec<CaseRecord> = (0..6)
        .map(|i| {
            let opinions = vec![opinion(&["A"], "first", 80 + 4 * i), opinion(&["B"], "second", 84 + 3 * i), opinion(&["C"], "extra", 10)];
            case("东岭", "良好", opinions)
        })
        .collect();
    let mut half = opinion(&["B"], "second", 0);
    (half.complete, half.grade) = (false, None);
    cases.push(case("东岭", "良好", vec![opinion(&["A"], "first", 80), half]));
    let panel = panel_of(&cases);
    let all = figure(&panel, "exact", &[]);
    // A gives 80 84 88 92 96 100 and B 84 87 90 93 96 99: once a grade apart.
    assert_eq!((all.value, all.cases, all.pairs), (Some(0.833_333), 6, 6));
    assert!(all.plain.zh.contains("另有加评 6 份不计在内") && all.plain.en.contains("6 extra mark(s)"));
    let rows = (0..6).map(|i| vec![(0, usize::from(i < 3)), (1, usize::from(i < 2))]).collect();
    let same = Grades::new(4, 2, rows).unwrap();
    assert_eq!(exact(&same).value.map(rounded), all.value);
    let kappa = figure(&panel, "cohen_quadratic", &["A", "B"]);
    // Observed 5/6, by chance 1/6 + 1/3 = 1/2: κ = 2/3.
    assert_eq!((kappa.value, cohen(&same, Weights::Quadratic).value.map(rounded)), (Some(0.666_667), Some(0.666_667)));
    assert!(panel.agreement.iter().any(|f| f.id == "icc_2_k" && f.between.len() == 2 && f.value.is_some()));
    assert!(!panel.agreement.iter().any(|f| f.between.iter().any(|b| &**b == "C")));
    let [a, b, c] = panel.reviewers.as_slice() else { panic!("three reviewers") };
    assert_eq!((&*a.code, a.complete, a.half, a.shared, a.mean), ("A", 7, 0, 6, Some(88.571_429)));
    assert_eq!((&*b.code, b.complete, b.half, b.shared, b.grades["优秀"]), ("B", 6, 1, 6, 4));
    assert_eq!((c.complete, c.shared, c.severity.is_none()), (6, 0, true));
    let [lower, higher] = [a, b].map(|r| r.severity.clone().unwrap().value.unwrap());
    assert!(lower < 0.0 && higher > 0.0 && (lower + higher).abs() < 1e-6, "{lower} {higher}");
}

#[test]
fn four_shared_cases_make_no_pair_and_what_is_undefined_says_why() {
    let four: Vec<CaseRecord> =
        (0..4).map(|_| case("东岭", "良好", vec![opinion(&["A"], "first", 85), opinion(&["B"], "second", 85)])).collect();
    let panel = panel_of(&four);
    assert!(panel.agreement.iter().all(|f| f.between.is_empty()));
    let alpha = figure(&panel, "alpha_points", &[]);
    assert_eq!((alpha.value, alpha.ci95), (None, None));
    assert!(alpha.plain.zh.contains("没有数据") && alpha.plain.zh.contains("没有差别"));
    // Nobody marked anything twice: everything is told, and is no data.
    let single = panel_of(&[case("东岭", "良好", vec![opinion(&["A"], "first", 85)])]);
    assert_eq!(single.agreement.len() + 3, panel.agreement.len(), "with one reviewer there is no Cohen's κ; with two there is");
    assert!(single.agreement.iter().all(|f| f.value.is_none() && f.plain.zh.contains("没有数据")));
    assert!(single.reviewers[0].severity.as_ref().unwrap().value.is_none());
    let nothing = Gathered::default();
    assert!(nothing.panel(&scales(), &Round::default()).is_none());
}

#[test]
fn two_who_mark_a_part_each_are_one_rater_and_scales_are_kept_apart() {
    let mut cases: Vec<CaseRecord> =
        (0..5).map(|i| case("东岭", "良好", vec![opinion(&["B", "A"], "first", 80 + i), opinion(&["C"], "second", 82 + i)])).collect();
    let panel = panel_of(&cases);
    assert!(figure(&panel, "cohen", &["A+B", "C"]).cases == 5);
    assert_eq!(panel.reviewers.iter().map(|r| (&*r.code, r.complete)).collect::<Vec<_>>(), [("A", 5), ("B", 5), ("C", 5)]);
    let severity = panel.reviewers[1].severity.clone().unwrap();
    assert_eq!(severity.between, ["A".into(), "B".into()] as [Arc<str>; 2]);
    assert!(severity.plain.zh.starts_with("A+B 分工合评"));
    assert_eq!(influence(&panel)[0], ("东岭", "A", 5, [5, 5], [5, 5]));
    let mut other = case("东岭", "通过", vec![opinion(&["A"], "first", 4), opinion(&["C"], "second", 5)]);
    other.rubric = Some("two".into());
    other.marks.as_mut().unwrap().total = points(5);
    for opinion in &mut other.panel.as_mut().unwrap().opinions {
        opinion.grade = Some("通过".into());
    }
    cases.push(other);
    let panel = panel_of(&cases);
    let exact: Vec<(&str, u64)> = panel.agreement.iter().filter(|f| f.id == "exact").map(|f| (&*f.name.zh, f.cases)).collect();
    assert_eq!(exact, [("等次完全一致率（等次为优秀、良好、合格、不合格）", 5), ("等次完全一致率（等次为通过、不通过）", 1)]);
    let of_points = panel.agreement.iter().filter(|f| f.id == "alpha_points").map(|f| f.cases);
    assert_eq!(of_points.collect::<Vec<_>>(), [1, 5], "by full marks");
    assert_eq!(panel.reviewers[0].mean, Some(82.0), "of the full marks that most cases have");
    // C also marks alone what A marks alone: two raters then, and A's own severity is not told.
    assert!(panel.reviewers[0].severity.as_ref().unwrap().plain.zh.contains("分不出本人的松紧"));
}

#[test]
fn objections_are_counted_by_criterion_and_by_reviewer() {
    let objection = |criterion: &str, state: &str, reviewers: &[&str]| ObjectionRecord {
        criterion: criterion.into(),
        by: "东岭".into(),
        role: None,
        reason: None,
        evidence: None,
        existed: None,
        served: None,
        raised: None,
        due: None,
        state: state.to_owned(),
        said: Text::EMPTY,
        before: None,
        after: None,
        reviewers: reviewers.iter().map(|r| Arc::from(*r)).collect(),
        deciders: Vec::new(),
        decided: None,
        place: PlaceRecord::default(),
    };
    let mut one = case("东岭", "良好", vec![opinion(&["A"], "first", 85)]);
    let panel = one.panel.as_mut().unwrap();
    panel.needs = 1;
    panel.objections = vec![
        objection("C03", "upheld", &["A", "B"]),
        objection("C03", "kept", &["A"]),
        objection("A01", "open", &["A"]),
        objection("A02", "invalid", &["B"]),
    ];
    let panel = panel_of(&[one]);
    let told = &panel.objections;
    assert_eq!((told.all, told.decided, told.upheld, panel.needing), (4, 2, 1, 1));
    assert_eq!(told.by_criterion, [("C03".into(), [1, 2])].into());
    assert_eq!(told.by_reviewer, [("A".into(), [1, 2]), ("B".into(), [1, 1])].into());
}

fn any_case() -> impl Strategy<Value = CaseRecord> {
    let who = prop::sample::select(vec![vec!["A"], vec!["B"], vec!["C"], vec!["D"], vec!["A", "B"]]);
    let turn = prop::sample::select(vec!["first", "second", "extra"]);
    let one = (who, turn, 0..=100_i64, prop::bool::weighted(0.9))
        .prop_map(|(who, turn, mark, complete)| Opinion { complete, ..opinion(&who, turn, mark) });
    let office = prop::sample::select(vec!["东岭", "西河", "南山"]);
    (office, prop::sample::select(TITLES.to_vec()), prop::collection::vec(one, 0..4), any::<bool>()).prop_map(
        |(office, grade, all, any)| {
            let made = case(office, grade, all);
            if any { made } else { CaseRecord { rubric: Some("two".into()), ..made } }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offices_pooled_are_all_cases_in_order(cases in prop::collection::vec(any_case(), 0..40), cuts in [any::<prop::sample::Index>(), any::<prop::sample::Index>()]) {
        let scales = scales();
        let part = |cases: &[CaseRecord]| {
            let mut gathered = Gathered::default();
            cases.iter().for_each(|c| gathered.add(&scales, c));
            gathered
        };
        let told = |gathered: &Gathered| serde_json::to_string(&gathered.panel(&scales, &Round::default())).unwrap();
        let [a, b] = cuts.map(|cut| cut.index(cases.len() + 1));
        let (a, b) = (a.min(b), a.max(b));
        let parts = || [part(&cases[..a]), part(&cases[a..b]), part(&cases[b..])];
        let [mut left, middle, right] = parts();
        left.pool(middle);
        left.pool(right);
        let [mut nested, mut middle, right] = parts();
        middle.pool(right);
        nested.pool(middle);
        let whole = told(&part(&cases));
        prop_assert_eq!(&told(&left), &whole);
        prop_assert_eq!(&told(&nested), &whole);
    }

    #[test]
    fn nobody_can_move_more_cases_than_they_marked(cases in prop::collection::vec(any_case(), 1..30)) {
        for one in panel_of(&cases).influence {
            let ([k, n], [left, of]) = (one.with, one.without);
            prop_assert!(left <= of && of <= n && n - of <= one.marked && k.abs_diff(left) <= one.marked);
        }
    }
}
