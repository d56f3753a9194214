//! Single cases of scoring, worked out by hand. For tests only.

use super::{Asked, RedLineState, deduct, score};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::{Observation, Outcome, Target, Unit};
use crate::model::condition::Answer;
use crate::model::vocabulary::FieldId;
use crate::rubric::testing::{plain, red_line, rubric};
use crate::rubric::{Criterion, Deduct, Scheme};

fn w(n: i64) -> Points {
    Points::whole(n)
}

fn p(text: &str) -> Points {
    Points::parse(text).unwrap()
}

fn field(n: u16) -> Target {
    Target::Field(FieldId(n))
}

fn unmet() -> Observation {
    Observation::unmet(Text::EMPTY, Vec::new())
}

fn lacks(n: &[u16]) -> Observation {
    Observation::unclear(Text::EMPTY, Vec::new(), n.iter().map(|n| field(*n)).collect())
}

fn all(points: Points) -> Criterion {
    plain("C", points, Deduct::All)
}

#[test]
fn a_grade_is_decided_before_rounding() {
    // 89.995 is shown as 90 and is not 90.
    let by_point = Deduct::PerUnit { unit: Unit::Points, points: w(1), most: w(100) };
    let scored = score(&rubric(vec![plain("C", w(100), by_point)]), vec![Asked::seen(vec![unmet().by(p("10.005"), Unit::Points)])], vec![]);
    assert_eq!(scored.marks, Some((p("89.995"), p("89.995"))));
    assert_eq!(scored.marks.unwrap().0.to_string(), "90");
    assert_eq!(scored.grade(), Some(1));
}

#[test]
fn bands_are_half_open() {
    for (lost, grade) in [("10", 0), ("10.01", 1), ("25", 1), ("25.01", 2), ("40", 2), ("40.01", 3), ("100", 3)] {
        let by_point = Deduct::PerUnit { unit: Unit::Points, points: w(1), most: w(100) };
        let asked = vec![Asked::seen(vec![unmet().by(p(lost), Unit::Points)])];
        assert_eq!(score(&rubric(vec![plain("C", w(100), by_point)]), asked, vec![]).grade(), Some(grade), "{lost}");
    }
}

#[test]
fn what_does_not_apply_leaves_the_denominator_or_counts_as_got() {
    let na = Asked { applies: Answer::No, observations: vec![], doubt: None, marked: false };
    let asked = || vec![na.clone(), Asked::seen(vec![unmet()]), Asked::seen(vec![])];
    let mut one = rubric(vec![all(w(40)), all(w(10)), all(w(50))]);
    assert_eq!(score(&one, asked(), vec![]).marks, Points::ratio(250, 3).map(|m| (m, m)));
    one.scheme = Scheme::Points { total: w(100), rescale: false, bonus_most: w(0) };
    assert_eq!(score(&one, asked(), vec![]).marks, Some((w(90), w(90))));
}

#[test]
fn nothing_applicable_is_no_mark_and_no_grade_above_a_red_line() {
    let mut one = rubric(vec![all(w(100))]);
    one.red_lines.push(red_line(2));
    let na = || vec![Asked::seen(vec![Observation::not_applicable()])];
    let scored = score(&one, na(), vec![RedLineState::Clear]);
    assert_eq!((scored.marks, scored.possible.as_slice(), scored.superset), (None, [0, 1, 2, 3].as_slice(), true));
    let scored = score(&one, na(), vec![RedLineState::Applies]);
    assert_eq!((scored.marks, scored.possible.as_slice()), (None, [2, 3].as_slice()));
}

#[test]
fn a_gate_without_points_shuts_and_an_unclear_one_may() {
    let gate = || Criterion { gate: true, ..all(w(0)) };
    let one = rubric(vec![gate(), all(w(100))]);
    let of = |seen: Vec<Observation>| score(&one, vec![Asked::seen(seen), Asked::seen(vec![])], vec![]);
    assert_eq!(of(vec![]).possible, [0]);
    assert_eq!((of(vec![unmet()]).possible, of(vec![unmet()]).marks), (vec![3], Some((w(0), w(0)))));
    assert_eq!((of(vec![lacks(&[1])]).possible, of(vec![lacks(&[1])]).marks), (vec![0, 3], Some((w(0), w(100)))));
    let pending = Observation::new(Outcome::Pending, Text::EMPTY, vec![]);
    assert_eq!(of(vec![pending]).possible, [0, 3]);
}

#[test]
fn an_open_observation_counts_for_its_own_amount_or_for_any() {
    let per = Deduct::PerObservation { points: w(1), most: w(3) };
    let one = rubric(vec![plain("C", w(10), per), all(w(90))]);
    let high = |o: Observation| score(&one, vec![Asked::seen(vec![o]), Asked::seen(vec![])], vec![]).criteria[0].lost;
    assert_eq!(high(lacks(&[1])), (w(0), w(1)));
    assert_eq!(high(lacks(&[1]).any_number()), (w(0), w(3)));
    assert_eq!(high(Observation::new(Outcome::Failed, Text::EMPTY, vec![])), (w(0), w(3)));
    let per = Deduct::PerUnit { unit: Unit::Items, points: w(1), most: w(3) };
    let one = rubric(vec![plain("C", w(10), per), all(w(90))]);
    let high = |o: Observation| score(&one, vec![Asked::seen(vec![o]), Asked::seen(vec![])], vec![]).criteria[0].lost;
    assert_eq!(high(lacks(&[1]).by(w(2), Unit::Items)), (w(0), w(2)));
    assert_eq!(high(lacks(&[1])), (w(0), w(3)));
    // Exactly two or none loses 0 or 2 points; at most two may lose 1 as well.
    let steps = |o: Observation| {
        deduct::readings(&one.criteria[0].deduct, one.criteria[0].points, Outcome::Unclear, &[o])
            .list
            .iter()
            .map(|r| r.lost.1)
            .collect::<Vec<_>>()
    };
    assert_eq!(steps(lacks(&[1]).by(w(2), Unit::Items)), [w(0), w(0), w(2)]);
    assert_eq!(steps(lacks(&[1]).by(w(2), Unit::Items).at_most()), [w(0), w(0), w(1), w(2)]);
}

#[test]
fn steps_go_by_the_sum_of_amounts() {
    let steps = Deduct::Steps(vec![(w(0), w(2)), (w(2), w(4))]);
    let one = rubric(vec![plain("C", w(10), steps), all(w(90))]);
    let missing = || unmet().by(w(1), Unit::Items);
    for (n, lost) in [(0, 0), (1, 2), (2, 2), (3, 4), (4, 4)] {
        let seen = (0..n).map(|_| missing()).collect();
        let scored = score(&one, vec![Asked::seen(seen), Asked::seen(vec![])], vec![]);
        assert_eq!(scored.criteria[0].lost, (w(lost), w(lost)), "{n} missing");
    }
}

#[test]
fn too_many_readings_become_a_range_and_say_so() {
    // 0.01 a day up to 6: six hundred readings. The truth near 90 is listed in steps, the range is not.
    let per = Deduct::PerUnit { unit: Unit::Days, points: p("0.01"), most: w(20) };
    let one = rubric(vec![plain("C", w(20), per), all(w(80))]);
    let scored = score(&one, vec![Asked::seen(vec![lacks(&[1])]), Asked::seen(vec![])], vec![]);
    assert_eq!((scored.possible.as_slice(), scored.superset), ([0, 1].as_slice(), true));
    // Far from any border the range says nothing but the truth.
    let per = Deduct::PerUnit { unit: Unit::Days, points: p("0.01"), most: w(6) };
    let one = rubric(vec![plain("C", w(6), per), all(w(94))]);
    let scored = score(&one, vec![Asked::seen(vec![lacks(&[1])]), Asked::seen(vec![])], vec![]);
    assert_eq!((scored.possible.as_slice(), scored.superset), ([0].as_slice(), false));
}

#[test]
fn sums_too_many_to_keep_are_a_sound_superset() {
    // Fourteen reviewers' halves with odd points: 2^14 sums are more than are kept.
    let odd = |i: u32| all(w(10) + Points::ratio(1 << i, 1 << 20).unwrap());
    let one = rubric((0..14).map(odd).collect());
    let scored = score(&one, vec![Asked::seen(vec![lacks(&[])]); 14], vec![]);
    assert!(scored.superset);
    assert_eq!((scored.marks, scored.possible), (Some((w(0), w(100))), vec![0, 1, 2, 3]));
}

#[test]
fn more_denominators_than_are_kept_are_a_sound_superset() {
    let odd = |i: u32| all(w(10) + Points::ratio(1 << i, 1 << 20).unwrap());
    let one = rubric((0..16).map(odd).collect());
    let unknown = Asked { applies: Answer::Unknown, observations: vec![unmet()], doubt: None, marked: false };
    let scored = score(&one, vec![unknown; 16], vec![]);
    assert!(scored.superset && scored.possible == [0, 1, 2, 3]);
}

#[test]
fn the_widest_numbers_do_not_overflow() {
    let top = p("9999.99");
    let by_point = || Deduct::PerUnit { unit: Unit::Points, points: p("0.07"), most: top };
    let mut one = rubric((0..300).map(|_| plain("C", top, by_point())).collect());
    one.scheme = Scheme::Points { total: p("9999.97"), rescale: true, bonus_most: top };
    one.criteria.push(Criterion { bonus: true, ..plain("B", p("9999.83"), by_point()) });
    let mark = |i: i64| {
        let amount = Points::ratio(999_999_999 * 1_000_000 - i, 1_000_000 - i % 7).unwrap();
        let amount = if i % 2 == 0 { amount } else { Points::ratio(i * 13 + 1, 1_000_000).unwrap() };
        let applies = if i % 29 == 0 { Answer::Unknown } else { Answer::Yes };
        Asked { applies, observations: vec![unmet().by(amount, Unit::Points)], doubt: None, marked: false }
    };
    let scored = score(&one, (0..301).map(mark).collect(), vec![]);
    let (low, high) = scored.marks.unwrap();
    assert!(Points::ZERO < low && low <= high && high < p("9999.97"), "{low} {high}");
}

#[test]
fn unclear_for_want_of_what_is_told_elsewhere_refers_there() {
    let five = || rubric((0..5).map(|_| all(w(20))).collect());
    let because = |seen: [Vec<Observation>; 5]| {
        let scored = score(&five(), seen.into_iter().map(Asked::seen).collect(), vec![]);
        scored.criteria.iter().map(|c| c.because).collect::<Vec<_>>()
    };
    // Found missing by the third: all who want it refer to it, the one before it too.
    let found = unmet().about(field(1));
    assert_eq!(
        because([vec![lacks(&[1])], vec![], vec![found.clone()], vec![lacks(&[1])], vec![lacks(&[1, 2])]]),
        [Some(2), None, None, Some(2), None]
    );
    // Nobody found it missing: who is unclear about that very thing tells of it, else the first that wants it.
    let about = lacks(&[1]).about(field(1));
    assert_eq!(because([vec![lacks(&[1])], vec![about.clone()], vec![lacks(&[1])], vec![], vec![]]), [Some(1), None, Some(1), None, None]);
    assert_eq!(because([vec![lacks(&[1])], vec![lacks(&[1])], vec![], vec![], vec![]]), [None, Some(0), None, None, None]);
    // Two who tell of each other's want do not hide each other.
    let (a, b) = (lacks(&[2]).about(field(1)), lacks(&[1]).about(field(2)));
    assert_eq!(because([vec![a], vec![b], vec![], vec![], vec![]]), [None, None, None, None, None]);
    // What has a defect of its own, or waits for a reviewer, tells it.
    let pending = Observation::new(Outcome::Pending, Text::EMPTY, vec![]);
    assert_eq!(because([vec![found], vec![lacks(&[1]), pending], vec![], vec![], vec![]]), [None, None, None, None, None]);
}

#[test]
fn doubt_about_applying_is_told_once() {
    let one = rubric((0..3).map(|_| all(w(20))).collect());
    let unknown = |seen: Vec<Observation>| Asked { applies: Answer::Unknown, observations: seen, doubt: Some(lacks(&[7])), marked: false };
    let scored = score(&one, vec![unknown(vec![]), unknown(vec![]), unknown(vec![unmet()])], vec![]);
    let outcomes: Vec<_> = scored.criteria.iter().map(|c| (c.outcome, c.because, c.lost)).collect();
    assert_eq!(
        outcomes,
        [
            (Outcome::Unclear, None, (w(0), w(0))),
            (Outcome::Unclear, Some(0), (w(0), w(0))),
            // It may lose points, so it says so itself.
            (Outcome::Unclear, None, (w(0), w(20))),
        ]
    );
    assert_eq!(scored.marks, Some((w(0), w(100))));
    assert!(scored.superset, "all three hang on one field");
    // What does not apply either way is not in doubt.
    let scored = score(&one, vec![unknown(vec![Observation::not_applicable()]), Asked::seen(vec![]), Asked::seen(vec![])], vec![]);
    assert_eq!((scored.criteria[0].outcome, scored.criteria[0].observations.len()), (Outcome::NotApplicable, 1));
}

#[test]
fn outcomes_come_in_their_order() {
    let one = rubric(vec![all(w(100))]);
    let of = |outcomes: &[Outcome]| {
        let seen = outcomes.iter().map(|o| Observation::new(*o, Text::EMPTY, vec![])).collect();
        score(&one, vec![Asked::seen(seen)], vec![]).criteria[0].outcome
    };
    use Outcome::{Failed, Met, NotApplicable, Pending, Unclear, Unmet, Waived};
    assert_eq!(of(&[]), Met);
    assert_eq!(of(&[NotApplicable]), NotApplicable);
    assert_eq!(of(&[NotApplicable, Met]), Met);
    assert_eq!(of(&[Met, Waived]), Waived);
    assert_eq!(of(&[Met, Pending, Waived]), Pending);
    assert_eq!(of(&[Pending, Unclear]), Unclear);
    assert_eq!(of(&[Unclear, Unmet]), Unmet);
    assert_eq!(of(&[Unmet, Failed]), Failed);
}
