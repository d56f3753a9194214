//! Laws of scoring over random small cases, and the generator of such cases. For tests only.

use proptest::prelude::*;
use proptest::sample::select;

use super::brute::truth;
use super::{Asked, RedLineState, Scored, score};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::{Extent, Observation, Outcome, Unit};
use crate::model::condition::Answer;
use crate::rubric::testing::{plain, red_line, rubric};
use crate::rubric::{Criterion, Deduct, Group, Missing, Need, Requirement, Rubric, Scheme};

/// A rubric with what was asked of one case under it.
struct Graded {
    rubric: Rubric,
    asked: Vec<Asked>,
    lines: Vec<RedLineState>,
}

/// What tells one random case from another.
impl std::fmt::Debug for Graded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Rubric { scheme, grades, groups, criteria, red_lines, .. } = &self.rubric;
        let grades: Vec<_> = grades.iter().map(|g| (g.from, &g.require)).collect();
        let caps: Vec<_> = groups.iter().map(|g| g.most).collect();
        writeln!(f, "{scheme:?}\ngrades {grades:?}\ncaps {caps:?}")?;
        for (line, state) in red_lines.iter().zip(&self.lines) {
            writeln!(f, "ceiling {} {state:?}", line.grade)?;
        }
        for (Criterion { group, points, bonus, gate, missing, deduct, .. }, a) in criteria.iter().zip(&self.asked) {
            writeln!(f, "group {group}, {points:?} points, bonus {bonus}, gate {gate}, {missing:?}, {deduct:?}, applies {:?}", a.applies)?;
            for o in &a.observations {
                writeln!(f, "    {:?} {:?} {:?} absent {}", o.outcome, o.magnitude, o.extent, o.absent)?;
            }
        }
        Ok(())
    }
}

impl Graded {
    fn score(&self) -> Scored {
        score(&self.rubric, self.asked.clone(), self.lines.clone())
    }

    /// Whether a reviewer's mark, any number at all, is awaited: the slow way then tries only some.
    fn continuous(&self) -> bool {
        let open = |a: &Asked| a.observations.iter().any(Observation::is_open);
        let points = |c: &Criterion| matches!(c.deduct, Deduct::PerUnit { unit: Unit::Points, .. });
        self.rubric.criteria.iter().zip(&self.asked).any(|(c, a)| points(c) && open(a))
    }
}

fn deduct() -> impl Strategy<Value = Deduct> {
    let points = |halves: i64| Points::ratio(halves, 2).unwrap();
    let each = (0..=6_i64, 1..=12_i64).prop_map(move |(p, m)| (points(p), points(m)));
    // Amounts are tried up to nine, so that what one unit loses must not be too small beside the most.
    let each = each.prop_filter("reachable", |(p, most)| p.is_zero() || *p * Points::whole(9) >= *most).boxed();
    let unit = select(vec![Unit::Days, Unit::Items, Unit::Points]);
    prop_oneof![
        Just(Deduct::All),
        each.clone().prop_map(|(points, most)| Deduct::PerObservation { points, most }),
        (unit, each).prop_map(|(unit, (points, most))| Deduct::PerUnit { unit, points, most }),
        (0..3_i64, 1..3_i64, 0..4_i64, 0..4_i64).prop_map(|(over, gap, lose, more)| {
            let w = Points::whole;
            Deduct::Steps(vec![(w(over), w(lose)), (w(over + gap), w(lose + more))])
        }),
    ]
}

fn observation(levels: bool) -> impl Strategy<Value = Observation> {
    let outcome = select(vec![
        Outcome::Met,
        Outcome::Unmet,
        Outcome::Unmet,
        Outcome::Unclear,
        Outcome::Unclear,
        Outcome::Pending,
        Outcome::NotApplicable,
        Outcome::Waived,
        Outcome::Failed,
    ]);
    let amount = prop_oneof![
        2 => Just(None),
        3 => (0..4_i64, select(vec![Unit::Days, Unit::Items, Unit::Points])).prop_map(Some),
    ];
    let extent = select(vec![Extent::Exact, Extent::AtMost, Extent::Any]);
    (outcome, amount, 0..4_i64, any::<bool>(), extent).prop_map(move |(outcome, amount, level, absent, extent)| {
        let mut o = Observation::new(outcome, Text::EMPTY, Vec::new());
        o.absent = absent && outcome == Outcome::Unclear;
        // What may be any number has no amount.
        o.extent = if o.is_open() { extent } else { Extent::Exact };
        match amount.filter(|_| o.extent != Extent::Any) {
            Some(_) if levels => o.by(Points::whole(level % 3), Unit::Level),
            Some((n, unit)) => o.by(Points::whole(n), unit),
            None => o,
        }
    })
}

fn asked(levels: bool) -> impl Strategy<Value = Asked> {
    let applies = prop_oneof![6 => Just(Answer::Yes), 2 => Just(Answer::Unknown), 1 => Just(Answer::No)];
    (applies, prop::collection::vec(observation(levels), 0..=2)).prop_map(|(applies, observations)| Asked {
        applies,
        observations,
        doubt: None,
        marked: false,
    })
}

/// Points, deduction, group, what no record means, bonus or gate.
type Parts = (i64, Deduct, usize, Missing, u8);

fn parts() -> impl Strategy<Value = Parts> {
    let missing = select(vec![Missing::Unclear, Missing::Unmet, Missing::NotApplicable]);
    (0..=24_i64, deduct(), 0..2_usize, missing, 0..10_u8)
}

fn criteria(parts: Vec<Parts>, levels: bool) -> Vec<Criterion> {
    let one = |(i, (points, deduct, group, missing, special)): (usize, Parts)| {
        let points = if levels { Points::ZERO } else { Points::ratio(points, 2).unwrap() };
        let (bonus, gate) = (special == 0 && !levels, special == 1);
        Criterion { group, missing, bonus, gate, ..plain(&format!("C{i}"), points, deduct) }
    };
    parts.into_iter().enumerate().map(one).collect()
}

fn lines() -> impl Strategy<Value = Vec<(usize, RedLineState)>> {
    let state = select(vec![RedLineState::Clear, RedLineState::Open, RedLineState::Applies]);
    prop::collection::vec((0..4_usize, state), 0..=2)
}

fn by_points() -> impl Strategy<Value = Graded> {
    let caps = prop::collection::vec(prop::option::of(1..6_i64), 2);
    let scheme = (select(vec![5_i64, 90, 100]), any::<bool>(), 0..8_i64);
    let cuts = (50..99_i64, 20..49_i64, 1..19_i64);
    (prop::collection::vec((parts(), asked(false)), 1..=4), caps, scheme, cuts, lines()).prop_map(|(list, caps, scheme, cuts, lines)| {
        let (parts, asked): (Vec<_>, Vec<_>) = list.into_iter().unzip();
        let mut rubric = rubric(criteria(parts, false));
        let (total, rescale, bonus) = scheme;
        rubric.scheme = Scheme::Points { total: Points::whole(total), rescale, bonus_most: Points::ratio(bonus, 2).unwrap() };
        for (grade, cut) in rubric.grades.iter_mut().zip([cuts.0, cuts.1, cuts.2, 0]) {
            grade.from = Points::ratio(total * cut, 100).unwrap();
        }
        rubric.groups = caps.iter().map(|most| Group { title: String::new(), most: most.map(Points::whole) }).collect();
        rubric.red_lines = lines.iter().map(|(grade, _)| red_line(*grade)).collect();
        Graded { rubric, asked, lines: lines.into_iter().map(|(_, state)| state).collect() }
    })
}

fn by_levels() -> impl Strategy<Value = Graded> {
    let need = prop_oneof![
        Just(Need::All),
        (0..=4_i64).prop_map(|n| Need::Share(Points::ratio(n, 4).unwrap())),
        (0..4_u32).prop_map(Need::Count),
    ];
    let require = prop::collection::vec((0..3_usize, need).prop_map(|(level, need)| Requirement { level, need }), 1..=2);
    (prop::collection::vec((parts(), asked(true)), 1..=4), prop::collection::vec(require, 3), lines()).prop_map(|(list, needs, lines)| {
        let (parts, asked): (Vec<_>, Vec<_>) = list.into_iter().unzip();
        let mut rubric = rubric(criteria(parts, true));
        rubric.scheme = Scheme::Levels { levels: ["甲", "乙", "丙", "丁"].map(Into::into).to_vec() };
        rubric.groups.push(Group { title: "h".into(), most: None });
        for (grade, require) in rubric.grades.iter_mut().zip(needs) {
            grade.require = require;
        }
        rubric.red_lines = lines.iter().map(|(grade, _)| red_line(*grade)).collect();
        Graded { rubric, asked, lines: lines.into_iter().map(|(_, state)| state).collect() }
    })
}

/// Marks and grades of the fast way against those of all readings.
fn equals_all_readings(graded: &Graded) -> Result<(), TestCaseError> {
    let (fast, slow) = (graded.score(), truth(&graded.rubric, &graded.asked, &graded.lines));
    let ends = slow.marks.first().copied().zip(slow.marks.last().copied());
    prop_assert_eq!(fast.marks, ends, "marks");
    let slow: Vec<usize> = slow.grades.into_iter().collect();
    if slow.is_empty() {
        // Nothing applies: any grade that the ceilings leave.
        prop_assert!(fast.marks.is_none() && !fast.possible.is_empty());
        return Ok(());
    }
    prop_assert!(slow.iter().all(|g| fast.possible.contains(g)), "fast {:?} lacks some of {:?}", fast.possible, slow);
    if !graded.continuous() {
        prop_assert_eq!(fast.possible, slow, "grades");
    }
    Ok(())
}

/// Whether the criterion is sure to apply, so that one more defect cannot bring its points into the sum.
fn in_play(scored: &Scored, at: usize) -> bool {
    let c = &scored.criteria[at];
    c.outcome != Outcome::NotApplicable && c.outcome != Outcome::Failed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn possible_equals_all_readings_by_points(graded in by_points()) {
        equals_all_readings(&graded)?;
    }

    #[test]
    fn possible_equals_all_readings_by_levels(graded in by_levels()) {
        equals_all_readings(&graded)?;
    }

    #[test]
    fn marks_lie_on_the_scale_and_shares_add_up(graded in by_points()) {
        let scored = graded.score();
        let Scheme::Points { total, .. } = graded.rubric.scheme else { unreachable!() };
        if let Some((low, high)) = scored.marks {
            prop_assert!(Points::ZERO <= low && low <= high && high <= total);
        }
        for (criterion, score) in graded.rubric.criteria.iter().zip(&scored.criteria) {
            prop_assert!(Points::ZERO <= score.lost.0 && score.lost.0 <= score.lost.1 && score.lost.1 <= criterion.points);
            let sum = |end: fn(&(Points, Points)) -> Points| score.observations.iter().map(|(_, share)| end(share)).sum::<Points>();
            prop_assert_eq!((sum(|s| s.0), sum(|s| s.1)), score.lost, "{:?}", score);
        }
    }

    #[test]
    fn one_more_defect_never_raises_anything(graded in prop_oneof![by_points(), by_levels()], at in 0..4_usize, n in 0..4_i64, known: bool) {
        let before = graded.score();
        let at = at % graded.asked.len();
        // A case that nothing applies to has no marks to compare.
        prop_assume!(in_play(&before, at) && (before.marks.is_some() || matches!(graded.rubric.scheme, Scheme::Levels { .. })));
        let Graded { rubric, mut asked, lines } = graded;
        let levels = matches!(rubric.scheme, Scheme::Levels { .. });
        let unit = match (levels, &rubric.criteria[at].deduct) {
            (true, _) => Unit::Level,
            (false, Deduct::PerUnit { unit, .. }) => *unit,
            _ => Unit::Days,
        };
        let defect = Observation::unmet(Text::EMPTY, Vec::new());
        asked[at].observations.push(if known { defect.by(Points::whole(n), unit) } else { defect });
        let after = score(&rubric, asked, lines);
        prop_assert!(after.marks.map(|m| m.0) <= before.marks.map(|m| m.0), "low {:?} > {:?}", after.marks, before.marks);
        prop_assert!(after.marks.map(|m| m.1) <= before.marks.map(|m| m.1), "high {:?} > {:?}", after.marks, before.marks);
        prop_assert!(after.possible.first() >= before.possible.first() && after.possible.last() >= before.possible.last());
    }

    #[test]
    fn the_order_of_criteria_does_not_matter(graded in prop_oneof![by_points(), by_levels()]) {
        let before = graded.score();
        let Graded { mut rubric, mut asked, lines } = graded;
        rubric.criteria.reverse();
        asked.reverse();
        let after = score(&rubric, asked, lines);
        prop_assert_eq!((before.marks, before.possible), (after.marks, after.possible));
    }

    #[test]
    fn hiding_evidence_never_makes_a_case_better_or_surer(graded in prop_oneof![by_points(), by_levels()], at in 0..4_usize) {
        let before = graded.score();
        let at = at % graded.asked.len();
        let Graded { rubric, mut asked, lines } = graded;
        prop_assume!(before.marks.is_some() || matches!(rubric.scheme, Scheme::Levels { .. }));
        prop_assume!(rubric.criteria[at].missing != Missing::NotApplicable);
        let hidden = asked[at].observations.iter_mut().find(|o| matches!(o.outcome, Outcome::Met | Outcome::Unmet));
        if let Some(o) = hidden {
            *o = Observation::new(Outcome::Unclear, Text::EMPTY, Vec::new()).any_number();
        }
        let after = score(&rubric, asked, lines);
        prop_assert!(after.marks.map(|m| m.0) <= before.marks.map(|m| m.0));
        prop_assert!(before.possible.iter().all(|g| after.possible.contains(g)), "{:?} not in {:?}", before.possible, after.possible);
    }
}
