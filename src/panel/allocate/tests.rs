//! Laws of giving out cases, on invented offices and reviewers (虚构), against brute force where it can be had. Must not read files.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::board::Board;
use super::{Given, allocate, connect, near_edge};
use crate::panel::draw::chance::Chance;
use crate::panel::draw::draw;
use crate::panel::draw::testing::{frame, number, rules};
use crate::record::plan::{
    Allocation, AllocationRules, CaseKey, Connected, Drawn, FrameCase, FrameOffice, Method, Named, Part, Reviewer, Rules, Substitution,
    Turn,
};

const OFFICES: [&str; 4] = ["甲区", "乙区", "丙区", "丁区"];
const TYPES: [&str; 2] = ["民事", "刑事"];

fn reviewer(n: usize) -> Reviewer {
    Reviewer {
        code: format!("Z{n:02}").into(),
        name: format!("虚构专家{n}"),
        office: None,
        case_types: Vec::new(),
        group: None,
        leader: false,
        wishes: Vec::new(),
        capacity: None,
        role: Part::Whole,
        due: None,
    }
}

fn how(reviewers: Vec<Reviewer>, second: u32, connected: Connected) -> AllocationRules {
    AllocationRules { reviewers, second: second.to_string(), blind: true, connected, extra: Vec::new(), due: None }
}

fn offices() -> Vec<FrameOffice> {
    OFFICES.iter().map(|o| FrameOffice { id: (*o).into(), name: (*o).into() }).collect()
}

fn all(cases: &[FrameCase]) -> Vec<Drawn> {
    draw(cases, &rules(Method::All), 1).expect("drawn").drawn
}

fn given(
    cases: &[FrameCase],
    drawn: &[Drawn],
    substitutions: &[Substitution],
    how: &AllocationRules,
    seed: u64,
) -> Result<Allocation, String> {
    let offices = offices();
    let given = Given { drawn, substitutions, frame: cases, offices: &offices };
    allocate(&given, how, seed).map_err(|t| t.zh.to_string())
}

fn loads(allocation: &Allocation, how: &AllocationRules) -> Vec<usize> {
    how.reviewers.iter().map(|r| allocation.of(&r.code).len()).collect()
}

/// Home, type, capacity and role of a reviewer.
type Person = (Option<usize>, Option<usize>, Option<u64>, u8);

/// A reviewer of any home, type, role and capacity.
fn anyone() -> impl Strategy<Value = Person> {
    (prop::option::of(0_usize..4), prop::option::weighted(0.3, 0_usize..2), prop::option::weighted(0.3, 1_u64..12), 0_u8..4)
}

fn people(all: Vec<Person>, roles: bool) -> Vec<Reviewer> {
    let one = |(n, (home, kind, capacity, role)): (usize, Person)| Reviewer {
        office: home.map(|h| OFFICES[h].to_owned()),
        case_types: kind.map(|k| TYPES[k].to_owned()).into_iter().collect(),
        capacity,
        role: match role {
            0 if roles => Part::Regularity,
            1 if roles => Part::Substance,
            _ => Part::Whole,
        },
        ..reviewer(n)
    };
    all.into_iter().enumerate().map(one).collect()
}

fn may(r: &Reviewer, office: &str, case_type: &str, part: Part) -> bool {
    r.office.as_deref() != Some(office)
        && (r.case_types.is_empty() || r.case_types.iter().any(|t| t == case_type))
        && (r.role == Part::Whole || r.role == part)
}

/// Whether single marks can be given out at all: Kuhn's algorithm over places of reviewers.
fn possible(drawn: &[Drawn], people: &[Reviewer], parts: &[Part]) -> bool {
    fn seat(unit: usize, able: &[Vec<usize>], room: &[usize], held: &mut Vec<Vec<usize>>, seen: &mut BTreeSet<usize>) -> bool {
        for person in able[unit].clone() {
            if !seen.insert(person) {
                continue;
            }
            if held[person].len() < room[person] {
                held[person].push(unit);
                return true;
            }
            for at in 0..held[person].len() {
                let other = held[person][at];
                if seat(other, able, room, held, seen) {
                    held[person][at] = unit;
                    return true;
                }
            }
        }
        false
    }
    let units = drawn.iter().flat_map(|d| parts.iter().map(move |p| (d, *p)));
    let able: Vec<Vec<usize>> =
        units.map(|(d, p)| (0..people.len()).filter(|i| may(&people[*i], &d.case.office, &d.case_type, p)).collect()).collect();
    let room: Vec<usize> = people.iter().map(|r| r.capacity.map_or(1000, |c| usize::try_from(c).expect("small"))).collect();
    let mut held = vec![Vec::new(); people.len()];
    (0..able.len()).all(|unit| seat(unit, &able, &room, &mut held, &mut BTreeSet::new()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_rule_holds(
        sizes in prop::collection::vec(1_u32..12, 1..5), who in prop::collection::vec(anyone(), 1..7), roles: bool, second in 0_u32..=100, seed: u64,
    ) {
        let cases = frame(&sizes);
        let drawn = all(&cases);
        let how = how(people(who, roles), second, Connected::Off);
        let Ok(allocation) = given(&cases, &drawn, &[], &how, seed) else { return Ok(()) };
        let parts: Vec<Part> =
            if how.reviewers.iter().all(|r| r.role == Part::Whole) { vec![Part::Whole] } else { vec![Part::Regularity, Part::Substance] };
        let twice = (drawn.len() * usize::try_from(second).expect("small")).div_ceil(100);
        prop_assert_eq!(allocation.tasks.len(), (drawn.len() + twice) * parts.len());
        let types: BTreeMap<&CaseKey, &str> = drawn.iter().map(|d| (&d.case, &*d.case_type)).collect();
        let mut marks: BTreeMap<_, Vec<(&str, Turn, bool)>> = BTreeMap::new();
        for task in &allocation.tasks {
            let reviewer = how.reviewers.iter().find(|r| r.code == task.reviewer).expect("known");
            prop_assert!(may(reviewer, &task.case.office, types[&task.case], task.part), "{:?}", task);
            marks.entry((&task.case, task.part)).or_default().push((&task.reviewer, task.turn, task.blind));
        }
        prop_assert_eq!(marks.len(), drawn.len() * parts.len());
        for of in marks.values() {
            let distinct: BTreeSet<&str> = of.iter().map(|m| m.0).collect();
            prop_assert_eq!(distinct.len(), of.len(), "two marks of one person");
            prop_assert!(of.iter().all(|m| m.2 == (of.len() > 1)));
            prop_assert_eq!(of.iter().filter(|m| m.1 == Turn::First).count(), 1);
        }
        let loads = loads(&allocation, &how);
        for (r, load) in how.reviewers.iter().zip(&loads) {
            prop_assert!(r.capacity.is_none_or(|c| *load <= usize::try_from(c).expect("small")));
        }
        // Nobody could pass a mark straight on to somebody with two less.
        for task in &allocation.tasks {
            let from = how.reviewers.iter().position(|r| r.code == task.reviewer).expect("known");
            for (to, r) in how.reviewers.iter().enumerate() {
                let room = r.capacity.is_none_or(|c| loads[to] < usize::try_from(c).expect("small"));
                let free = marks[&(&task.case, task.part)].iter().all(|m| *m.0 != *r.code);
                if room && free && may(r, &task.case.office, types[&task.case], task.part) {
                    prop_assert!(loads[from] <= loads[to] + 1, "{:?} could go to {}: {:?}", task, r.code, loads);
                }
            }
        }
    }

    #[test]
    fn loads_differ_by_one_at_most_where_all_may_mark_all(sizes in prop::collection::vec(1_u32..30, 1..5), n in 2_usize..12, second in 0_u32..=100, seed: u64) {
        let cases = frame(&sizes);
        let how = how((0..n).map(reviewer).collect(), second, Connected::Off);
        let loads = loads(&given(&cases, &all(&cases), &[], &how, seed).expect("given out"), &how);
        let (least, most) = (loads.iter().min().expect("some"), loads.iter().max().expect("some"));
        prop_assert!(most - least <= 1, "{:?}", loads);
    }

    #[test]
    fn it_is_refused_exactly_when_it_is_impossible(
        sizes in prop::collection::vec(1_u32..8, 1..5), who in prop::collection::vec(anyone(), 1..6), roles: bool, seed: u64,
    ) {
        let cases = frame(&sizes);
        let drawn = all(&cases);
        let how = how(people(who, roles), 0, Connected::Off);
        let parts: &[Part] =
            if how.reviewers.iter().all(|r| r.role == Part::Whole) { &[Part::Whole] } else { &[Part::Regularity, Part::Substance] };
        let done = given(&cases, &drawn, &[], &how, seed);
        prop_assert_eq!(done.is_ok(), possible(&drawn, &how.reviewers, parts), "{:?}", done);
        if let Err(said) = done {
            prop_assert!(said.contains("不能成立"), "the rule is named: {said}");
        }
    }

    #[test]
    fn parts_are_joined_by_the_fewest_swaps_or_cannot_be(
        lots in prop::collection::vec((0_usize..4, 0_usize..2, 0_usize..5), 2..9), who in prop::collection::vec(anyone(), 2..6),
    ) {
        // Marks lie with people as chance has it, not as the board would give them out.
        let people = people(who, false);
        let refs: Vec<&Reviewer> = people.iter().collect();
        let mut board = Board::new(&refs, &mut Chance::new(1, "", ""));
        for (lot, (office, kind, owner)) in lots.iter().enumerate() {
            let class = board.class(&OFFICES[*office].into(), &TYPES[*kind].into(), Part::Whole);
            board.add(lot, class, false);
            let able: Vec<usize> = (0..people.len()).filter(|p| board.may(lot, *p)).collect();
            prop_assume!(!able.is_empty());
            board.put(lot, able[owner % able.len()]);
        }
        let (before, loads) = (connect::components(&board, Part::Whole), board.loads());
        match connect::connect(&mut board, Part::Whole) {
            Ok(done) => {
                prop_assert_eq!(done.len(), before - 1);
                prop_assert_eq!(connect::components(&board, Part::Whole), 1);
            }
            Err(_) => {
                // No one swap brings them nearer to each other.
                let now = connect::components(&board, Part::Whole);
                for a in 0..board.len() {
                    for b in 0..a {
                        let (x, y) = (board.owner(a).expect("held"), board.owner(b).expect("held"));
                        if x != y && board.may(a, y) && board.may(b, x) {
                            board.swap(a, b);
                            prop_assert!(connect::components(&board, Part::Whole) >= now);
                            board.swap(a, b);
                        }
                    }
                }
            }
        }
        prop_assert_eq!(board.loads(), loads);
        prop_assert!((0..board.len()).all(|u| board.owner(u).is_some_and(|p| may(&people[p], &board.class_of(u).office, &board.class_of(u).case_type, Part::Whole))));
    }
}

#[test]
fn the_seed_decides_and_nothing_else() {
    let cases = frame(&[20, 20, 20]);
    let drawn = all(&cases);
    let how = how((0..6).map(reviewer).collect(), 20, Connected::Mend);
    let run = |seed| given(&cases, &drawn, &[], &how, seed).expect("given out");
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
    let mut turned = how.clone();
    turned.reviewers.reverse();
    assert_eq!(given(&cases, &drawn, &[], &turned, 3).expect("given out"), run(3));
}

#[test]
fn a_wish_decides_among_equals() {
    let cases = frame(&[30, 30]);
    let wishing = Reviewer { wishes: vec!["甲区".to_owned()], ..reviewer(0) };
    let how = how(vec![wishing, reviewer(1), reviewer(2)], 0, Connected::Mend);
    let allocation = given(&cases, &all(&cases), &[], &how, 1).expect("given out");
    let of = |code| allocation.of(code).iter().filter(|t| &*t.case.office == "甲区").count();
    assert_eq!(allocation.of("Z00").len(), 20);
    assert!(of("Z00") > of("Z01").max(of("Z02")), "{} {} {}", of("Z00"), of("Z01"), of("Z02"));
}

#[test]
fn a_case_that_comes_later_changes_nobody_elses() {
    let cases = frame(&[20, 20, 20]);
    let plain = Rules { reserve: Some(4), ..number(24) };
    let first = draw(&cases, &plain, 2).expect("drawn");
    let gone = first.drawn[5].case.clone();
    let substitutions = vec![Named { case: gone.clone(), reason: "案卷调走（虚构）".to_owned(), leader: false }];
    let second = draw(&cases, &Rules { substitutions, ..plain }, 2).expect("drawn");
    let homes = [Some(0), Some(1), Some(2), None, None].map(|h| (h, None, None, 9));
    let how = how(people(homes.to_vec(), false), 25, Connected::Mend);
    let before = given(&cases, &first.drawn, &first.substitutions, &how, 9).expect("given out");
    let after = given(&cases, &second.drawn, &second.substitutions, &how, 9).expect("given out");
    let came = &second.substitutions[0].into;
    let others = |a: &Allocation| a.tasks.iter().filter(|t| t.case != gone && t.case != *came).cloned().collect::<Vec<_>>();
    assert_eq!(others(&before), others(&after));
    let count = |a: &Allocation, key: &CaseKey| a.tasks.iter().filter(|t| t.case == *key).count();
    assert_eq!(count(&after, came), count(&before, &gone));
    assert!(
        after
            .tasks
            .iter()
            .filter(|t| t.case == *came)
            .all(|t| how.reviewers.iter().any(|r| r.code == t.reviewer && r.office.as_deref() != Some(&*came.office)))
    );
}

#[test]
fn an_extra_mark_is_by_somebody_else_and_kept_apart() {
    let cases = frame(&[10, 10]);
    let drawn = all(&cases);
    let plain = how((0..4).map(reviewer).collect(), 50, Connected::Mend);
    let before = given(&cases, &drawn, &[], &plain, 1).expect("given out");
    let near: Vec<CaseKey> = drawn.iter().map(|d| d.case.clone()).take(3).collect();
    let extra = near.iter().map(|k| Named { case: k.clone(), reason: "离优秀线不足 1 分（虚构）".to_owned(), leader: false }).collect();
    let after = given(&cases, &drawn, &[], &AllocationRules { extra, ..plain }, 1).expect("given out");
    let kept: Vec<_> = after.tasks.iter().filter(|t| t.turn != Turn::Extra).map(|t| (&t.reviewer, &t.case, t.turn)).collect();
    assert_eq!(kept, before.tasks.iter().map(|t| (&t.reviewer, &t.case, t.turn)).collect::<Vec<_>>());
    for case in &near {
        let who: Vec<_> = after.tasks.iter().filter(|t| t.case == *case).collect();
        assert_eq!(who.iter().map(|t| &t.reviewer).collect::<BTreeSet<_>>().len(), who.len());
        assert_eq!(who.iter().filter(|t| t.turn == Turn::Extra).count(), 1);
        assert!(who.iter().all(|t| t.blind));
    }
    // Where only a leader can decide, a leader gets it, or it is said that none may.
    let only = |leaders: &[usize]| {
        let lead = |n: usize| Reviewer { leader: leaders.contains(&n), ..reviewer(n) };
        let first = &before.tasks[0].case;
        let extra = vec![Named { case: first.clone(), reason: "须由组长评定（虚构）".to_owned(), leader: true }];
        given(&cases, &drawn, &[], &AllocationRules { extra, ..how((0..4).map(lead).collect(), 50, Connected::Mend) }, 1)
    };
    for leader in 0..4 {
        let marks = |t: &&crate::record::plan::Task| t.case == before.tasks[0].case && *t.reviewer == *reviewer(leader).code;
        match only(&[leader]) {
            Ok(led) => assert_eq!(led.tasks.iter().filter(marks).map(|t| t.turn).collect::<Vec<_>>(), [Turn::Extra]),
            Err(said) => assert!(before.tasks.iter().any(|t| marks(&t)) && said.contains("没有组长可评"), "{said}"),
        }
    }
    assert!(only(&[]).is_err());
    // An edge within the interval, or nearer to it than so many points.
    for (low, high, near, is) in [(85.0, 92.0, 1.0, true), (89.2, 89.2, 1.0, true), (88.0, 88.0, 1.0, false), (75.0, 80.0, 0.0, false)] {
        assert_eq!(near_edge(low, high, &[60.0, 90.0], near), is, "{low} {high}");
    }
}

/// What is refused, each with words that must be said.
#[test]
fn the_rule_that_cannot_hold_is_named() {
    let cases = frame(&[4, 4]);
    let drawn = all(&cases);
    let home = |n, office: &str| Reviewer { office: Some(office.to_owned()), ..reviewer(n) };
    let kind = |n, kind: &str| Reviewer { case_types: vec![kind.to_owned()], ..reviewer(n) };
    let role = |n, role| Reviewer { role, ..reviewer(n) };
    let room = |n, capacity| Reviewer { capacity: Some(capacity), ..reviewer(n) };
    let told: [(&[Reviewer], u32, &[&str]); 7] = [
        (&[], 0, &["没有评估专家"]),
        (&[home(0, "甲区"), home(1, "甲区")], 0, &["不评本县案卷", "甲区民事 2 份"]),
        (&[kind(0, "民事")], 0, &["按案件类型分卷", "甲区刑事 2 份", "乙区刑事 2 份"]),
        (&[role(0, Part::Regularity)], 0, &["分规范性、业务性评", "业务性"]),
        (&[home(0, "甲区"), reviewer(1)], 100, &["一卷两评", "只有一名"]),
        (&[room(0, 3), room(1, 4)], 0, &["工作量上限", "8 份", "合计 7 份", "还差 1 份"]),
        (&[room(0, 12), room(1, 3)], 100, &["工作量上限"]),
    ];
    for (people, second, words) in told {
        let said = given(&cases, &drawn, &[], &how(people.to_vec(), second, Connected::Off), 1).expect_err("refused");
        assert!(words.iter().all(|w| said.contains(w)), "{said}");
    }
}

#[test]
fn what_does_not_hang_together_is_mended_named_or_left() {
    // 甲区 and 乙区 go to different people because each is the home of the others.
    let cases = frame(&[4, 4]);
    let drawn = all(&cases);
    let home = |n, office: &str| Reviewer { office: Some(office.to_owned()), ..reviewer(n) };
    let apart = vec![home(0, "甲区"), home(1, "甲区"), home(2, "乙区"), home(3, "乙区")];
    let said = given(&cases, &drawn, &[], &how(apart.clone(), 0, Connected::Mend), 1).expect_err("refused");
    assert!(said.contains("互不相连的 2 片") && said.contains("怎样调换都连不起来"), "{said}");
    assert!(given(&cases, &drawn, &[], &how(apart, 0, Connected::Off), 1).is_ok());
    // As many marks as a tree needs are not there.
    let few = frame(&[1, 1, 1]);
    let said = given(&few, &all(&few), &[], &how((0..3).map(reviewer).collect(), 0, Connected::Mend), 1).expect_err("refused");
    assert!(said.contains("至少增加 2 份"), "{said}");
    // Some seed leaves two parts that one swap joins.
    let small = frame(&[2, 2]);
    let two = || vec![reviewer(0), reviewer(1)];
    let seed = (0..200).find(|s| given(&small, &all(&small), &[], &how(two(), 0, Connected::Refuse), *s).is_err()).expect("such a seed");
    let said = given(&small, &all(&small), &[], &how(two(), 0, Connected::Refuse), seed).expect_err("refused");
    assert!(said.contains("最少需要 1 处对调") && said.contains("Z00") && said.contains("Z01"), "{said}");
    let mended = given(&small, &all(&small), &[], &how(two(), 0, Connected::Mend), seed).expect("mended");
    assert_eq!(mended.swaps.len(), 1);
    for code in ["Z00", "Z01"] {
        let offices: BTreeSet<_> = mended.of(code).iter().map(|t| t.case.office.clone()).collect();
        assert_eq!(offices.len(), 2);
    }
}

#[test]
fn nothing_drawn_is_nothing_to_give_out() {
    assert_eq!(given(&[], &[], &[], &how(Vec::new(), 0, Connected::Mend), 1), Ok(Allocation { tasks: Vec::new(), swaps: Vec::new() }));
}
