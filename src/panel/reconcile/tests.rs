//! Each rule with a case on either side of it.

use proptest::prelude::*;

use super::{How, Opinion, Scale, reconcile};
use crate::base::points::Points;
use crate::model::reconcile::{Reconcile, Third};
use crate::record::plan::Turn;

fn rules() -> Reconcile {
    Reconcile {
        difference: Some(Points::whole(10)),
        grades: true,
        third: Third::Majority,
        fail: 2,
        excellent: Points::ZERO,
        edge: None,
        verified: false,
    }
}

fn scale() -> Scale {
    Scale { grades: 4, edges: [90, 80, 60].map(Points::whole).to_vec() }
}

/// 90 / 80 / 60.
fn grade(marks: i64) -> usize {
    [90, 80, 60].iter().filter(|edge| marks < **edge).count()
}

fn opinion(who: &str, turn: Turn, marks: i64) -> Opinion {
    let points = Points::whole(marks);
    Opinion { who: who.to_owned(), turn, leads: false, marks: Some((points, points)), grades: vec![grade(marks)], complete: true }
}

fn all(marks: &[i64]) -> Vec<Opinion> {
    let turn = |i| [Turn::First, Turn::Second].get(i).copied().unwrap_or(Turn::Extra);
    marks.iter().enumerate().map(|(i, m)| opinion(&format!("Z0{}", i + 1), turn(i), *m)).collect()
}

#[test]
fn every_rule_on_both_sides() {
    let majority = rules();
    let median = Reconcile { third: Third::Median, ..rules() };
    let senior = Reconcile { third: Third::Senior, ..rules() };
    let loose = Reconcile { grades: false, difference: None, fail: 0, ..rules() };
    let edge = Reconcile { edge: Some(Points::whole(1)), ..rules() };
    type Row<'a> = (&'a Reconcile, &'a [i64], How, &'a [usize], u32);
    let rows: &[Row<'_>] = &[
        (&majority, &[95], How::Single, &[0], 0),
        (&majority, &[59], How::Open, &[], 2),
        (&majority, &[59, 58], How::Open, &[], 1),
        (&majority, &[59, 58, 50], How::Mean, &[0, 1, 2], 0),
        (&majority, &[59, 58, 40], How::Majority, &[0, 1, 2], 0),
        (&majority, &[59, 61, 62], How::Majority, &[1, 2], 0),
        // The first opinion alone asks for more; a second one that fails does not.
        (&majority, &[61, 59], How::Open, &[], 1),
        (&majority, &[85, 82], How::Mean, &[0, 1], 0),
        (&majority, &[90, 99], How::Mean, &[0, 1], 0),
        (&majority, &[90, 100], How::Open, &[], 1),
        (&majority, &[89, 90], How::Open, &[], 1),
        (&majority, &[89, 90, 91], How::Majority, &[1, 2], 0),
        (&majority, &[75, 85, 95], How::Open, &[], 0),
        (&median, &[75, 85, 95], How::Median, &[1], 0),
        (&median, &[95, 75, 85], How::Median, &[2], 0),
        (&median, &[75, 85, 95, 96], How::Open, &[], 0),
        (&senior, &[75, 85, 95], How::Open, &[], 1),
        (&loose, &[20, 99], How::Mean, &[0, 1], 0),
        (&loose, &[20], How::Single, &[0], 0),
        (&edge, &[89], How::Open, &[], 1),
        (&edge, &[91], How::Open, &[], 1),
        (&edge, &[92], How::Single, &[0], 0),
        (&edge, &[91, 92], How::Mean, &[0, 1], 0),
    ];
    for (rules, marks, how, stands, needs) in rows {
        let came = reconcile(rules, &scale(), &all(marks), 1, false);
        assert_eq!((came.how, came.stands.as_slice(), came.needs), (*how, *stands, *needs), "{marks:?} {:?}", rules.third);
    }
}

#[test]
fn the_leader_decides_where_the_rubric_says_so() {
    let mut three = all(&[75, 85, 95]);
    three[2].leads = true;
    let senior = Reconcile { third: Third::Senior, ..rules() };
    assert_eq!(reconcile(&senior, &scale(), &three, 1, false).stands, [2]);
    // One of the first two who leads a group is no senior.
    (three[2].leads, three[0].leads) = (false, true);
    assert_eq!(reconcile(&senior, &scale(), &three, 1, false).needs, 1);
}

#[test]
fn nothing_stands_before_all_is_in() {
    let two = all(&[85, 84]);
    assert_eq!(reconcile(&rules(), &scale(), &two, 3, false).how, How::Open);
    let mut half = two.clone();
    half[1].complete = false;
    let came = reconcile(&rules(), &scale(), &half, 2, false);
    assert_eq!((came.how, came.needs), (How::Open, 0));
    assert!(came.why.zh.contains("Z02") && !came.why.zh.contains("Z01"), "{}", came.why.zh);
    assert_eq!(reconcile(&rules(), &scale(), &two, 2, false).how, How::Mean);
}

#[test]
fn the_seed_sends_the_best_to_be_looked_at_again() {
    assert_eq!(reconcile(&rules(), &scale(), &all(&[95]), 1, true).needs, 1);
    assert_eq!(reconcile(&rules(), &scale(), &all(&[85]), 1, true).needs, 0);
    assert_eq!(reconcile(&rules(), &scale(), &all(&[95, 96]), 1, true).how, How::Mean);
}

#[test]
fn levels_have_no_points_and_go_by_grades() {
    let bare = |marks: &[i64]| all(marks).into_iter().map(|o| Opinion { marks: None, ..o }).collect::<Vec<_>>();
    let levels = Scale { grades: 4, edges: Vec::new() };
    assert_eq!(reconcile(&rules(), &levels, &bare(&[85, 81]), 1, false).how, How::Mean);
    assert_eq!(reconcile(&rules(), &levels, &bare(&[85, 95]), 1, false).needs, 1);
}

proptest! {
    #[test]
    fn what_stands_is_never_of_two_grades_and_nothing_stands_while_open(
        marks in prop::collection::vec(0_i64..=100, 1..6),
        third in prop::sample::select(vec![Third::Majority, Third::Median, Third::Senior]),
    ) {
        let rules = Reconcile { third, ..rules() };
        let opinions = all(&marks);
        let came = reconcile(&rules, &scale(), &opinions, 1, false);
        prop_assert_eq!(came.stands.is_empty(), came.how == How::Open);
        let mut grades: Vec<_> = came.stands.iter().map(|i| &opinions[*i].grades).collect();
        grades.dedup();
        prop_assert!(grades.len() <= 1);
        // More is asked for only while the case is open.
        prop_assert!(came.needs == 0 || came.how == How::Open);
    }
}
