//! Rates, means and splits: cases worked out by hand, and laws. For tests only.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::interval::{Stratum, stratified, wilson};
use super::tally::{Counted, Drawn, Loss, Names, Tally};
use crate::base::points::Points;
use crate::rubric::Deduct;
use crate::rubric::testing::{plain, rate, rubric, run};

/// 优秀 良好 合格 不合格, counted cumulatively or each for itself.
fn names(cumulative: bool) -> Names {
    let mut one = rubric(vec![plain("A", Points::whole(60), Deduct::All), plain("B", Points::whole(40), Deduct::All)]);
    one.rates = if cumulative {
        vec![rate("优秀率", &[0], false), rate("优良率", &[0, 1], true), rate("合格率", &[0, 1, 2], false)]
    } else {
        vec![rate("优秀率", &[0], false), rate("优良率", &[0, 1], true), rate("合格率", &[2], false)]
    };
    Names::new(&run(one))
}

/// One case as the tally sees it.
#[derive(Debug, Clone)]
struct One {
    possible: Vec<usize>,
    marks: Option<(Points, Points)>,
    lost: Vec<Loss>,
    case_type: Option<&'static str>,
    groups: Vec<&'static str>,
}

fn graded(possible: &[usize]) -> One {
    One { possible: possible.to_vec(), marks: None, lost: Vec::new(), case_type: None, groups: Vec::new() }
}

fn tally<'a>(names: &Names, cases: impl IntoIterator<Item = &'a One>) -> Tally {
    let mut tally = Tally::default();
    for One { possible, marks, lost, case_type, groups } in cases {
        tally.add(names, &Counted { rubric: 0, possible, marks: *marks, lost, case_type: *case_type, groups, drawn: None });
    }
    tally
}

/// Counts of the three rates: surely, possibly.
fn counts(names: &Names, tally: &Tally) -> Vec<(u64, u64)> {
    tally.rates(names, tally.selected().0).iter().map(|r| (r.k_low, r.k_high)).collect()
}

/// 77 cases: 40 优秀, 31 良好, 5 合格, 1 不合格.
fn seventy_seven() -> Vec<One> {
    [(40, 0), (31, 1), (5, 2), (1, 3)].iter().flat_map(|(n, grade)| vec![graded(&[*grade]); *n]).collect()
}

#[test]
fn rates_are_counted_as_declared() {
    assert_eq!(counts(&names(true), &tally(&names(true), &seventy_seven())), [(40, 40), (71, 71), (76, 76)]);
    assert_eq!(counts(&names(false), &tally(&names(false), &seventy_seven())), [(40, 40), (71, 71), (5, 5)]);
    let rates = tally(&names(true), &seventy_seven()).rates(&names(true), 77);
    // 71 / 77 = 92.21 %, and a census has nothing but its point.
    assert_eq!(rates[1].ci95, Some([0.922_078, 0.922_078]));
    assert_eq!((rates[1].name.as_str(), rates[1].headline, rates[0].headline), ("优良率", true, false));
}

#[test]
fn a_sample_has_its_interval_once_nothing_is_undecided() {
    // z² = 3.841459 × (300 − 77) / 299 = 2.865050, centre 0.906937, half 0.052979.
    let names = names(true);
    let mut cases = seventy_seven();
    assert_eq!(tally(&names, &cases).rates(&names, 300)[1].ci95, Some([0.853_958, 0.959_916]));
    cases[0].possible = vec![0, 1];
    let rates = tally(&names, &cases).rates(&names, 300);
    assert_eq!((rates[0].k_low, rates[0].k_high, rates[0].ci95), (39, 40, None));
    assert!(rates[1].ci95.is_some(), "either way the case is within this rate");
    // Samples of two offices are not one sample; two censuses are one census.
    let mut pool = Tally::default();
    pool.pool(&tally(&names, &seventy_seven()));
    assert!(pool.rates(&names, 300)[1].ci95.is_some());
    pool.pool(&tally(&names, &seventy_seven()));
    assert_eq!(pool.rates(&names, 300)[1].ci95, None);
    assert_eq!(pool.rates(&names, 154)[1].ci95, Some([0.922_078, 0.922_078]));
}

/// A stratum: its population, and its cases with their grade and whether they were drawn at random.
type Cases<'a> = (&'a str, u64, &'a [(usize, bool)]);

/// An office's tally of a draw.
fn drawn(names: &Names, strata: &[Cases<'_>]) -> Tally {
    let mut tally = Tally::default();
    for (stratum, population, cases) in strata {
        tally.stratum(stratum, *population);
        for (grade, estimate) in *cases {
            let drawn = Some(Drawn { stratum, estimate: *estimate });
            let (possible, marks) = (&[*grade][..], None);
            tally.add(names, &Counted { rubric: 0, possible, marks, lost: &[], case_type: None, groups: &[], drawn });
        }
    }
    tally
}

#[test]
fn additions_count_in_rates_and_not_in_intervals() {
    let names = names(true);
    let (good, bad, added) = ((1, true), (3, true), (3, false));
    let one = drawn(&names, &[("全部", 20, &[good, good, bad, added, added])]);
    let rate = &one.rates(&names, 20)[1];
    assert_eq!((rate.k_low, rate.n, rate.ci95), (2, 5, wilson(2, 3, 20)));
    // Strata of the office, and of two offices: each with its weight, also one of which nothing was drawn.
    let two = drawn(&names, &[("甲 / 民事", 30, &[good, good, bad]), ("甲 / 刑事", 10, &[good, bad]), ("甲 / 行政", 4, &[])]);
    let stratum = |k, n, population| Stratum { n, population, k };
    let strata = [stratum(2, 3, 30), stratum(1, 2, 10), stratum(0, 0, 4)];
    assert_eq!(two.rates(&names, 44)[1].ci95, stratified(&strata));
    let mut pool = Tally::default();
    pool.pool(&one);
    pool.pool(&two);
    assert_eq!(pool.rates(&names, 64)[1].ci95, stratified(&[&strata[..], &[stratum(2, 3, 20)]].concat()));
    // A stratum that two offices share is one stratum of the whole.
    let mut shared = Tally::default();
    (0..2).for_each(|_| shared.pool(&one));
    assert_eq!(shared.rates(&names, 40)[1].ci95, wilson(4, 6, 40));
    // Nothing but additions: nothing is estimated.
    assert_eq!(drawn(&names, &[("全部", 20, &[added])]).rates(&names, 20)[1].ci95, None);
}

#[test]
fn an_undecided_case_of_the_random_part_leaves_no_interval() {
    let names = names(true);
    for (estimate, there) in [(true, false), (false, true)] {
        let mut tally = drawn(&names, &[("全部", 20, &[(0, true)])]);
        let open = Counted {
            rubric: 0,
            possible: &[1, 2],
            marks: None,
            lost: &[],
            case_type: None,
            groups: &[],
            drawn: Some(Drawn { stratum: "全部", estimate }),
        };
        tally.add(&names, &open);
        assert_eq!(tally.rates(&names, 20)[1].ci95.is_some(), there);
    }
}

#[test]
fn means_and_medians_are_intervals_and_exact() {
    let names = names(true);
    let with = |low: i64, high: Points| One { marks: Some((Points::whole(low), high)), ..graded(&[0]) };
    let third = Points::ratio(250, 3).unwrap();
    let cases = [with(80, third), with(90, Points::whole(90)), with(60, Points::whole(95)), graded(&[0])];
    let tally = tally(&names, &cases);
    let (shown, exact) = tally.mean().unwrap();
    // (80 + 90 + 60) / 3 and (250/3 + 90 + 95) / 3; the case without marks is not counted.
    assert_eq!(exact, ["230/3", "805/9"]);
    assert_eq!(shown.map(|n| n.points().to_string()), ["76.67", "89.44"]);
    assert_eq!(tally.median().unwrap().map(|n| n.points().to_string()), ["80", "90"]);
    // An even number of cases: half-way between the two in the middle.
    let even = [with(80, third), with(90, Points::whole(90))];
    assert_eq!(super::tests::tally(&names, &even).median().unwrap().map(|n| n.points().to_string()), ["85", "86.67"]);
    assert!(Tally::default().mean().is_none() && Tally::default().median().is_none());
}

#[test]
fn splits_and_losses_are_told_apart() {
    let names = names(true);
    let (a, b) = (Loss::of(Points::whole(3), true), Loss::of(Points::ZERO, false));
    let cases = [
        One { case_type: Some("民事"), groups: vec!["妇女", "老年人"], lost: vec![a, b], ..graded(&[0]) },
        One { case_type: Some("民事"), groups: vec!["妇女"], lost: vec![a, Loss::of(Points::whole(40), true)], ..graded(&[1, 2]) },
        One { lost: vec![Loss::of(Points::ZERO, true), b], ..graded(&[3]) },
    ];
    let tally = tally(&names, &cases);
    let by = tally.by(&names);
    let split = |s: &crate::record::v1::Split| (s.n, s.k_low, s.k_high);
    assert_eq!(by.case_type.iter().map(|(k, s)| (k.as_str(), split(s))).collect::<Vec<_>>(), [("未填", (1, 0, 0)), ("民事", (2, 1, 2))]);
    let groups: Vec<_> = by.recipient_group.iter().map(|(k, s)| (k.as_str(), split(s))).collect();
    assert_eq!(groups, [("妇女", (2, 1, 2)), ("老年人", (1, 1, 1))]);
    let lost: Vec<_> = tally.lost(&names).iter().map(|l| (l.criterion.clone(), l.cases, l.of, l.points.points().to_string())).collect();
    assert_eq!(lost, [("B".to_owned(), 1, 1, "40".to_owned()), ("A".to_owned(), 2, 3, "6".to_owned())]);
    assert_eq!(tally.selected(), (3, 2));
}

#[test]
fn a_hundred_thousand_cases_of_all_denominators_do_not_overflow() {
    // Denominators up to 400: their common multiple has 170 digits.
    let names = names(true);
    let mut tally = Tally::default();
    let mut pool = Tally::default();
    for i in 0..100_000_i64 {
        let (base, lost) = (1 + i % 400, i % 7 % (1 + i % 400));
        let mark = Points::ratio((base - lost) * 100, base).unwrap();
        let counted =
            Counted { rubric: 0, possible: &[0], marks: Some((mark, mark)), lost: &[], case_type: None, groups: &[], drawn: None };
        tally.add(&names, &counted);
    }
    pool.pool(&tally);
    let (shown, exact) = pool.mean().unwrap();
    assert!(shown[0] == shown[1] && exact[0].len() > 100, "{shown:?} {exact:?}");
    assert!(shown[0].points() > Points::whole(90) && shown[0].points() < Points::whole(100), "{shown:?}");
}

fn one() -> impl Strategy<Value = One> {
    let possible = subsequence(vec![0, 1, 2, 3], 1..=4);
    let marks = prop::option::of((0..=10_000_i64, 1..=97_i64, 0..=50_i64)).prop_map(|m| {
        m.map(|(n, d, more)| {
            let low = Points::ratio(n, d).unwrap();
            (low, low + Points::ratio(more, 7).unwrap())
        })
    });
    let lost = prop::collection::vec((0..10_i64, any::<bool>()).prop_map(|(n, applies)| Loss::of(Points::whole(n), applies)), 2);
    let types = prop::option::of(prop::sample::select(vec!["民事", "刑事"]));
    let groups = subsequence(vec!["妇女", "老年人", "农民工"], 0..=3);
    (possible, marks, lost, types, groups).prop_map(|(possible, marks, lost, case_type, groups)| One {
        possible,
        marks,
        lost,
        case_type,
        groups,
    })
}

/// All that is told of a tally, to be compared.
fn told(names: &Names, tally: &Tally) -> String {
    let rates: Vec<_> = tally.rates(names, tally.selected().0);
    format!("{:?} {rates:?} {:?} {:?} {:?} {:?}", tally.selected(), tally.by(names), tally.lost(names), tally.mean(), tally.median())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_lie_in_order(cases in prop::collection::vec(one(), 0..20), cumulative: bool) {
        let names = names(cumulative);
        let tally = tally(&names, &cases);
        for rate in tally.rates(&names, 20) {
            prop_assert!(rate.k_low <= rate.k_high && rate.k_high <= rate.n && rate.n == cases.len() as u64);
            if let Some([low, high]) = rate.ci95 {
                prop_assert!(0.0 <= low && low <= high && high <= 1.0 && rate.k_low == rate.k_high);
            }
        }
        let by = tally.by(&names);
        prop_assert_eq!(by.case_type.values().map(|s| s.n).sum::<u64>(), cases.len() as u64);
        if let (Some(([low, high], _)), Some([m_low, m_high])) = (tally.mean(), tally.median()) {
            prop_assert!(low <= high && m_low <= m_high);
        }
    }

    #[test]
    fn what_becomes_unclear_never_raises_the_sure_count(cases in prop::collection::vec(one(), 1..20), at: prop::sample::Index, more in subsequence(vec![0, 1, 2, 3], 1..=4)) {
        let names = names(true);
        let before = counts(&names, &tally(&names, &cases));
        let mut cases = cases;
        let slot = &mut at.get(&cases).possible.clone();
        slot.extend(more);
        slot.sort_unstable();
        slot.dedup();
        let i = at.index(cases.len());
        cases[i].possible = slot.clone();
        let after = counts(&names, &tally(&names, &cases));
        for ((low, high), (low2, high2)) in before.into_iter().zip(after) {
            prop_assert!(low2 <= low && high2 >= high);
        }
    }

    #[test]
    fn offices_pooled_are_the_whole(cases in prop::collection::vec(one(), 0..30), cut: prop::sample::Index) {
        let names = names(true);
        let at = cut.index(cases.len() + 1);
        let mut pool = Tally::default();
        pool.pool(&tally(&names, &cases[..at]));
        pool.pool(&tally(&names, &cases[at..]));
        prop_assert_eq!(told(&names, &pool), told(&names, &tally(&names, &cases)));
    }
}
