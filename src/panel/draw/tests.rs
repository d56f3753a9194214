//! Laws of drawing, on invented frames (虚构). Must not read files.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::testing::{case, frame, number, rules};
use super::{Outcome, draw, frame as order, populations};
use crate::panel::plan::{again, differences, plan};
use crate::record::plan::{
    CaseKey, Dimension, FrameCase, FrameOffice, Maker, Method, Minimum, Named, Plan, Quota, Rules, Size, Source, Why,
};
use crate::say;

fn keys(outcome: &Outcome) -> Vec<CaseKey> {
    outcome.drawn.iter().map(|d| d.case.clone()).collect()
}

fn whole(rules: Rules, seed: u64, cases: Vec<FrameCase>) -> Plan {
    let ids: BTreeSet<_> = cases.iter().map(|c| c.case.office.clone()).collect();
    let offices = ids.into_iter().map(|id| FrameOffice { name: id.clone(), id }).collect();
    let tool = Maker { name: "juanping".to_owned(), version: "0".to_owned() };
    let scope = say!("虚构", "invented");
    let batch =
        Source { title: "虚构".to_owned(), year: None, as_of: "2024-12-31".to_owned(), stage: String::new(), made_by: None, scope };
    plan(tool, batch, (rules, seed), offices, cases).expect("a plan")
}

fn bytes(plan: &Plan) -> Vec<u8> {
    let mut bytes = Vec::new();
    plan.write(&mut bytes).expect("written");
    bytes
}

fn named(case: &CaseKey, reason: &str) -> Named {
    Named { case: case.clone(), reason: reason.to_owned(), leader: false }
}

fn strata() -> impl Strategy<Value = Vec<Dimension>> {
    let all = vec![Dimension::Office, Dimension::CaseType, Dimension::Lawyer, Dimension::RecipientGroup];
    prop::sample::subsequence(all, 0..=3)
}

fn sizes() -> impl Strategy<Value = Size> {
    let margin = (3_u32..40, prop::sample::select(vec![90, 95, 99]));
    prop_oneof![
        (1_u32..=100).prop_map(|p| Size::Percent(p.to_string())),
        margin.prop_map(|(m, confidence)| Size::Margin { margin: m.to_string(), confidence }),
    ]
}

#[test]
fn populations_add_up_to_the_strata() {
    let random = |each_office| Rules { strata: vec![Dimension::CaseType], ..rules(Method::Random { size: Size::Number(3), each_office }) };
    for rules in [random(false), random(true), rules(Method::All), rules(Method::Quota { quotas: Vec::new() })] {
        let plan = whole(rules, 7, frame(&[9, 4]));
        let mut strata: BTreeMap<_, u64> = BTreeMap::new();
        populations(&plan).into_iter().for_each(|((_, stratum), n)| *strata.entry(stratum).or_default() += n);
        assert_eq!(strata, plan.strata.iter().map(|s| (s.name.clone(), s.population)).collect());
        let of = |office: &str| populations(&plan).iter().filter(|((o, _), _)| **o == *office).map(|(_, n)| n).sum::<u64>();
        assert_eq!((of("甲区"), of("乙区")), (9, 4));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_plan_alone_draws_itself_again(
        offices in prop::collection::vec(1_u32..30, 1..5), by in strata(), size in sizes(), each_office: bool, seed: u64, least in 0_u64..3,
    ) {
        let minimums = if least > 0 { vec![Minimum { by: Dimension::CaseType, value: None, least }] } else { Vec::new() };
        let rules = Rules { strata: by, minimums, ..rules(Method::Random { size, each_office }) };
        let old = whole(rules, seed, frame(&offices));
        let read: Plan = serde_json::from_slice(&bytes(&old)).expect("read back");
        prop_assert_eq!(&read, &old);
        let new = again(&read).expect("drawn again");
        prop_assert_eq!(bytes(&new), bytes(&old));
        prop_assert!(differences(&read, &new).is_empty());
    }

    #[test]
    fn samples_lie_in_the_frame_and_strata_have_their_sizes(
        offices in prop::collection::vec(1_u32..40, 1..6), by in strata(), size in sizes(), each_office: bool, seed: u64, least in 0_u64..4,
    ) {
        let cases = frame(&offices);
        let minimums = if least > 0 { vec![Minimum { by: Dimension::Lawyer, value: None, least }] } else { Vec::new() };
        let rules = Rules { strata: by, minimums, ..rules(Method::Random { size, each_office }) };
        let outcome = draw(&cases, &rules, seed).expect("drawn");
        let mut all: Vec<_> = keys(&outcome);
        all.extend(outcome.reserves.iter().map(|r| r.case.clone()));
        let distinct: BTreeSet<_> = all.iter().collect();
        prop_assert_eq!(distinct.len(), all.len(), "no case twice");
        prop_assert!(all.iter().all(|k| order::find(&cases, k).is_some()));
        for stratum in &outcome.strata {
            let n = outcome.drawn.iter().filter(|d| d.stratum == stratum.name).count();
            prop_assert_eq!(u64::try_from(n).expect("small"), stratum.drawn);
            prop_assert!(stratum.drawn >= stratum.minimum && stratum.drawn <= stratum.population);
        }
        prop_assert_eq!(outcome.strata.iter().map(|s| s.population).sum::<u64>(), u64::try_from(cases.len()).expect("small"));
        prop_assert_eq!(outcome.size.iter().map(|s| s.drawn).sum::<u64>(), u64::try_from(outcome.drawn.len()).expect("small"));
        // Every lawyer has as many as asked for, or all that there are.
        let count = |of: &dyn Fn(&FrameCase) -> bool| {
            let mut by_lawyer: BTreeMap<String, u64> = BTreeMap::new();
            for case in cases.iter().filter(|c| of(c)) {
                *by_lawyer.entry(case.lawyers[0].to_string()).or_default() += 1;
            }
            by_lawyer
        };
        let taken: BTreeSet<_> = keys(&outcome).into_iter().collect();
        let (there, got) = (count(&|_| true), count(&|c| taken.contains(&c.case)));
        if !each_office {
            prop_assert!(there.iter().all(|(lawyer, n)| got.get(lawyer).copied().unwrap_or(0) >= least.min(*n)));
        }
    }

    #[test]
    fn neither_the_order_read_nor_reserves_nor_additions_change_who_is_drawn(
        offices in prop::collection::vec(4_u32..20, 2..5), by in strata(), seed: u64, shift in 1_usize..9, reserve in 0_u64..9,
    ) {
        let cases = frame(&offices);
        let n = u64::try_from(cases.len()).expect("small") / 3;
        let plain = Rules { strata: by, ..number(n) };
        let first = whole(plain.clone(), seed, cases.clone());
        let mut moved = cases.clone();
        moved.rotate_left(shift % cases.len());
        moved.reverse();
        prop_assert_eq!(bytes(&whole(plain.clone(), seed, moved)), bytes(&first));
        let other = draw(&cases, &Rules { reserve: Some(reserve), ..plain.clone() }, seed).expect("drawn");
        prop_assert_eq!(&other.drawn, &first.drawn);
        let taken: BTreeSet<_> = keys(&other).into_iter().collect();
        let spare = cases.iter().find(|c| !taken.contains(&c.case)).expect("one is left");
        let added = draw(&cases, &Rules { additions: vec![named(&spare.case, "群众举报（虚构）")], ..plain }, seed).expect("drawn");
        let (extra, rest): (Vec<_>, Vec<_>) = added.drawn.into_iter().partition(|d| d.why == Why::Addition);
        prop_assert_eq!(rest, first.drawn);
        prop_assert!(extra.len() == 1 && !extra[0].estimate && extra[0].reason.is_some());
    }
}

#[test]
fn another_seed_draws_other_cases() {
    let cases = frame(&[40, 40]);
    let drawn = |seed| keys(&draw(&cases, &number(20), seed).expect("drawn"));
    let all: BTreeSet<Vec<CaseKey>> = (0..50).map(drawn).collect();
    assert_eq!(all.len(), 50);
}

#[test]
fn a_replaced_case_makes_room_for_the_next_reserve_of_its_stratum() {
    let cases = frame(&[20, 20]);
    let plain = Rules { strata: vec![Dimension::CaseType], reserve: Some(2), ..number(8) };
    let first = draw(&cases, &plain, 5).expect("drawn");
    let gone: Vec<CaseKey> = first.drawn.iter().filter(|d| &*d.case_type == "民事").map(|d| d.case.clone()).take(3).collect();
    let reserves: Vec<CaseKey> = first.reserves.iter().filter(|r| &*r.stratum == "民事").map(|r| r.case.clone()).collect();
    let substitutions = |n: usize| gone.iter().take(n).map(|k| named(k, "案卷调走（虚构）")).collect();
    let outcome = draw(&cases, &Rules { substitutions: substitutions(2), ..plain.clone() }, 5).expect("drawn");
    let came: Vec<&CaseKey> = outcome.substitutions.iter().map(|s| &s.into).collect();
    assert_eq!(came, reserves.iter().collect::<Vec<_>>());
    let now: BTreeSet<CaseKey> = keys(&outcome).into_iter().collect();
    assert!(reserves.iter().all(|k| now.contains(k)) && !now.contains(&gone[0]) && now.contains(&gone[2]) && now.len() == 8);
    // A reserve that was added on purpose is no reserve any more.
    let additions = vec![named(&reserves[0], "群众举报（虚构）")];
    let added = draw(&cases, &Rules { substitutions: substitutions(1), additions, ..plain.clone() }, 5).expect("drawn");
    assert_eq!(added.substitutions[0].into, reserves[1]);
    let said = draw(&cases, &Rules { substitutions: substitutions(3), ..plain }, 5).expect_err("too few reserves");
    assert!(said.zh.contains("候补案件已用完"), "{}", said.zh);
}

#[test]
fn a_quota_is_for_each_office_and_type_and_says_what_is_short() {
    let quota = |office: Option<&str>, case_type: Option<&str>, number| Quota {
        office: office.map(str::to_owned),
        case_type: case_type.map(str::to_owned),
        number,
    };
    let quotas =
        vec![quota(None, None, 1), quota(None, Some("刑事"), 2), quota(Some("乙区"), None, 3), quota(Some("乙区"), Some("刑事"), 9)];
    let outcome = draw(&frame(&[10, 10]), &rules(Method::Quota { quotas }), 1).expect("drawn");
    let told: Vec<_> = outcome.strata.iter().map(|s| (&*s.name, s.drawn, s.short)).collect();
    assert_eq!(told, [("乙区 / 刑事", 5, 4), ("乙区 / 民事", 3, 0), ("甲区 / 刑事", 2, 0), ("甲区 / 民事", 1, 0)]);
}

#[test]
fn all_are_all_and_none_is_a_reserve() {
    let outcome = draw(&frame(&[7, 5]), &rules(Method::All), 1).expect("drawn");
    assert_eq!((outcome.drawn.len(), outcome.reserves.len()), (12, 0));
    assert!(outcome.drawn.iter().all(|d| d.why == Why::All && d.estimate));
}

#[test]
fn designated_numbers_are_no_random_sample() {
    let mut cases = frame(&[9, 9]);
    let open = cases.iter_mut().find(|c| &*c.case.case_no == "乙援〔2024〕3号").expect("a case");
    open.out = Some("在办".into());
    let numbers = Method::Numbers { numbers: vec![2], case_types: vec!["民事".to_owned()], year: Some(2024), written: false };
    let outcome = draw(&cases, &rules(numbers), 1).expect("drawn");
    let taken: Vec<&str> = outcome.drawn.iter().map(|d| &*d.case.case_no).collect();
    assert_eq!(taken, ["乙援〔2024〕5号", "甲援〔2024〕3号"], "the second civil case, or the next that is closed");
    assert!(outcome.drawn.iter().all(|d| !d.estimate) && outcome.strata.iter().all(|s| !s.random));
}

#[test]
fn what_cannot_hold_is_said() {
    let cases = frame(&[6, 6]);
    let minimums = vec![Minimum { by: Dimension::Lawyer, value: None, least: 2 }];
    let told = |rules: &Rules| draw(&cases, rules, 1).expect_err("refused").zh.to_string();
    assert!(told(&number(13)).contains("只有 12 件"));
    assert!(told(&Rules { minimums: minimums.clone(), ..number(3) }).contains("最低件数"));
    let other = case("丙区", 1, "民事");
    assert!(told(&Rules { additions: vec![named(&other.case, "虚构")], ..number(3) }).contains("范围内没有"));
    assert!(told(&Rules { substitutions: vec![named(&other.case, "虚构")], ..number(3) }).contains("没有抽中"));
    // A percentage or margin is a least number: it grows with the minimums, and says so.
    let size = Size::Percent("1".to_owned());
    let outcome = draw(&cases, &Rules { minimums, ..rules(Method::Random { size, each_office: false }) }, 1).expect("drawn");
    assert!(outcome.drawn.len() == 10 && outcome.size[0].why.zh.contains("增加到 10 件"), "{:?}", outcome.size);
}

#[test]
fn a_plan_that_was_changed_by_hand_is_told() {
    let plan = whole(number(5), 3, frame(&[10, 10]));
    let told = |change: &dyn Fn(&mut Plan)| {
        let mut changed = plan.clone();
        change(&mut changed);
        let new = again(&changed).expect("drawn again");
        differences(&changed, &new).iter().map(|t| t.zh.to_string()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(told(&|_| {}), "");
    let spare = plan.frame.iter().find(|c| plan.drawn.iter().all(|d| d.case != c.case)).expect("one").case.clone();
    let swapped = told(&|p| p.drawn[0].case = spare.clone());
    assert!(swapped.contains(&*spare.case_no) && swapped.contains(&*plan.drawn[0].case.case_no), "{swapped}");
    assert!(told(&|p| p.seed = 4).contains("抽中案件"));
    assert!(told(&|p| drop(p.frame.remove(0))).contains("哈希值不符"));
    assert!(told(&|p| p.reserves.clear()).contains("候补"));
}
