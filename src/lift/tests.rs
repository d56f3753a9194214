//! What would lift a case against brute force: every set of findings is taken out of random small cases, which are then scored anew by the
//! room that grades. For tests only.

use proptest::prelude::*;
use proptest::sample::select;

use super::lift;
use super::rules::Rules;
use crate::assess::{rubrics, subject};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::{Observation, Outcome, Unit};
use crate::model::condition::Answer;
use crate::record::lift::LiftSet;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, Finding};
use crate::rubric::testing::{plain, rate, red_line, rubric, run};
use crate::rubric::{Criterion, Deduct, Group, Need, Remedy, Requirement, Rubric, Scheme};
use crate::score::{Asked, RedLineState, Scored, score};

/// A rubric with what was asked of one case under it.
struct Graded {
    rubric: Rubric,
    asked: Vec<Asked>,
    lines: Vec<RedLineState>,
}

impl std::fmt::Debug for Graded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:?} caps {:?} lines {:?}", self.rubric.scheme, self.rubric.groups, self.lines)?;
        for (Criterion { group, points, bonus, gate, deduct, remedy, .. }, a) in self.rubric.criteria.iter().zip(&self.asked) {
            let seen: Vec<_> = a.observations.iter().map(|o| (o.outcome, o.magnitude)).collect();
            writeln!(f, "g{group} {points:?} bonus {bonus} gate {gate} {deduct:?} {remedy:?} {:?} {seen:?}", a.applies)?;
        }
        Ok(())
    }
}

/// A place of a finding: criterion and observation.
type At = (usize, usize);

impl Graded {
    /// Scores the case without these findings.
    fn without(&self, fixed: &[At]) -> Scored {
        let mut asked = self.asked.clone();
        for (c, a) in asked.iter_mut().enumerate() {
            let mut n = 0;
            a.observations.retain(|_| {
                n += 1;
                !fixed.contains(&(c, n - 1))
            });
        }
        score(&self.rubric, asked, self.lines.clone())
    }

    /// The record of the case, as far as it is needed.
    fn record(&self) -> CaseRecord {
        let scored = self.without(&[]);
        let title = |g: &usize| self.rubric.grades[*g].title.clone();
        let mut findings = Vec::new();
        for ((criterion, score), asked) in self.rubric.criteria.iter().zip(&scored.criteria).zip(&self.asked) {
            for (observation, lost) in &score.observations {
                let outcome = match observation.outcome {
                    Outcome::Unmet if asked.applies == Answer::Unknown => Outcome::Unclear,
                    Outcome::Met | Outcome::NotApplicable | Outcome::Waived => continue,
                    outcome => outcome,
                };
                findings.push(finding(&criterion.id, outcome, criterion.remedy, [lost.0, lost.1]));
            }
        }
        for state in &self.lines {
            match state {
                RedLineState::Clear => {}
                RedLineState::Open => findings.push(finding("V", Outcome::Pending, Remedy::Explain, [Points::ZERO; 2])),
                RedLineState::Applies => findings.push(finding("V", Outcome::Unmet, Remedy::Explain, [Points::ZERO; 2])),
            }
        }
        CaseRecord {
            subject: "case".to_owned(),
            office: "虚构".into(),
            case_no: "1".to_owned(),
            stage: None,
            scope: "selected".to_owned(),
            rubric: Some("test".into()),
            scheme: None,
            marks: subject::marks(&self.rubric, &scored),
            grade: scored.grade().as_ref().map(title),
            possible: scored.possible.iter().map(title).collect(),
            possible_superset: scored.superset,
            criteria: self.rubric.criteria.iter().zip(&scored.criteria).map(|(c, s)| subject::result(&self.rubric, c, s)).collect(),
            findings,
            sources: Default::default(),
            fields: Default::default(),
            documents: Vec::new(),
            reviews: Vec::new(),
            panel: None,
        }
    }

    /// Every set of findings that may be fixed together: all or none of a criterion, or any number where each costs the same. What can only
    /// be explained takes consent.
    fn sets(&self, consent: bool) -> Vec<Vec<At>> {
        let mut sets = vec![Vec::new()];
        for (c, (criterion, asked)) in self.rubric.criteria.iter().zip(&self.asked).enumerate() {
            let unmet = asked.observations.iter().enumerate().filter(|(_, o)| o.outcome == Outcome::Unmet);
            let unmet: Vec<At> = unmet.map(|(o, _)| (c, o)).collect();
            if criterion.remedy == Remedy::None || !consent && criterion.remedy == Remedy::Explain || asked.applies != Answer::Yes {
                continue;
            }
            let each = matches!(criterion.deduct, Deduct::PerObservation { .. });
            let some: Vec<Vec<At>> = match unmet.len() {
                0 => continue,
                n if each => (1..1_u32 << n).map(|bits| (0..n).filter(|i| bits >> i & 1 == 1).map(|i| unmet[i]).collect()).collect(),
                _ => vec![unmet],
            };
            let with: Vec<Vec<At>> =
                sets.iter().flat_map(|set: &Vec<At>| some.iter().map(move |more| set.iter().chain(more).copied().collect())).collect();
            sets.extend(with);
        }
        sets
    }

    /// The fewest fixes that surely reach a grade, and the most marks at worst that so few come to.
    fn truth(&self, goal: usize, consent: bool) -> Option<(usize, Option<Points>)> {
        let good = self.sets(consent).into_iter().filter_map(|set| {
            let then = self.without(&set);
            then.possible.last().is_some_and(|worst| *worst <= goal).then(|| (set.len(), then.marks.map(|m| m.0)))
        });
        good.min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
    }

    fn is_open(&self) -> bool {
        self.asked.iter().any(|a| a.applies == Answer::Unknown || a.observations.iter().any(Observation::is_open))
    }
}

fn finding(id: &str, outcome: Outcome, remedy: Remedy, lost: [Points; 2]) -> Finding {
    Finding {
        id: id.to_owned(),
        criterion: id.into(),
        outcome: outcome.id().into(),
        severity: "error".into(),
        lost: lost.map(Number::new),
        message: Text::EMPTY,
        fix: Default::default(),
        remedy: remedy.id().into(),
        basis: Default::default(),
        because: None,
        about: None,
        places: Vec::new(),
        fingerprint: String::new(),
    }
}

fn deduct() -> impl Strategy<Value = Deduct> {
    let half = |n: i64| Points::ratio(n, 2).unwrap_or_default();
    prop_oneof![
        2 => Just(Deduct::All),
        3 => (1..=6_i64, 1..=16_i64).prop_map(move |(p, m)| Deduct::PerObservation { points: half(p), most: half(m) }),
        1 => (1..=6_i64, 1..=16_i64).prop_map(move |(p, m)| Deduct::PerUnit { unit: Unit::Days, points: half(p), most: half(m) }),
    ]
}

fn asked(open: bool) -> impl Strategy<Value = Asked> {
    let outcomes = if open { vec![Outcome::Unmet, Outcome::Unmet, Outcome::Unclear] } else { vec![Outcome::Unmet, Outcome::Met] };
    let applies = if open {
        vec![Answer::Yes, Answer::Yes, Answer::Yes, Answer::Unknown, Answer::No]
    } else {
        vec![Answer::Yes, Answer::Yes, Answer::No]
    };
    let one = (select(outcomes), 1..4_i64)
        .prop_map(|(outcome, n)| Observation::new(outcome, Text::EMPTY, Vec::new()).by(Points::whole(n), Unit::Days));
    (select(applies), prop::collection::vec(one, 0..=3)).prop_map(|(applies, observations)| Asked {
        applies,
        observations,
        doubt: None,
        marked: false,
    })
}

fn graded(open: bool) -> impl Strategy<Value = Graded> {
    let remedies = vec![Remedy::Complete, Remedy::Complete, Remedy::Explain, Remedy::None];
    let flags = select(vec![(false, false), (false, false), (false, false), (false, false), (false, false), (true, false), (false, true)]);
    let one = (1..=16_i64, 0..2_usize, deduct(), select(remedies), flags, asked(open));
    let caps = prop::collection::vec(prop::option::of(1..8_i64), 2);
    let line = select(vec![RedLineState::Clear, RedLineState::Clear, RedLineState::Clear, RedLineState::Open, RedLineState::Applies]);
    (prop::collection::vec(one, 1..=5), caps, any::<bool>(), 0..4_i64, line, 1..4_usize).prop_map(
        |(criteria, caps, rescale, bonus, line, lid)| {
            let (mut list, mut all) = (Vec::new(), Vec::new());
            for (n, (points, group, deduct, remedy, (bonus, gate), asked)) in criteria.into_iter().enumerate() {
                let points = Points::whole(points);
                list.push(Criterion { group, remedy, bonus, gate, ..plain(&format!("C{n}"), points, deduct) });
                all.push(asked);
            }
            let mut rubric = rubric(list);
            rubric.scheme = Scheme::Points { total: Points::whole(100), rescale, bonus_most: Points::whole(bonus) };
            rubric.groups =
                caps.into_iter().enumerate().map(|(n, most)| Group { title: format!("组{n}"), most: most.map(Points::whole) }).collect();
            rubric.red_lines = vec![red_line(lid)];
            rubric.rates = vec![rate("优良率", &[0, 1], true)];
            Graded { rubric, asked: all, lines: vec![line] }
        },
    )
}

/// Lifts a case and hands the pieces to look at.
fn looked(graded: Graded) -> (Graded, CaseRecord, Option<crate::record::lift::LiftCase>) {
    let record = graded.record();
    let Graded { rubric, asked, lines } = graded;
    let rubrics = run(rubric);
    let rules = Rules::new(&rubrics::records(&rubrics, false)[0]);
    let lifted = lift(Some(&rules), &record);
    let rubric = rubrics.list.into_iter().next().expect("one");
    (Graded { rubric, asked, lines }, record, lifted)
}

fn low(set: &LiftSet) -> Option<Number> {
    set.marks.as_ref().map(|m| m.low)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn of_settled_cases_the_smallest_set_is_found_and_gains_most(graded in graded(false)) {
        let (graded, record, lifted) = looked(graded);
        let Some(lifted) = lifted else {
            prop_assert_eq!(record.possible.last().map(|g| &**g), Some("a"));
            return Ok(());
        };
        let nothing = record.marks.is_none();
        prop_assert!(nothing || lifted.unknown.is_none() , "{:?}", lifted.unknown);
        let Some(target) = lifted.target.as_ref() else { return Ok(()) };
        let goal = graded.rubric.grades.iter().position(|g| *g.title == **target).expect("a grade");
        let truth = graded.truth(goal, false);
        prop_assert_eq!(lifted.sure.as_ref().map(|s| s.fixes), truth.map(|t| t.0 as u64));
        let agreed = graded.truth(goal, true).filter(|_| truth.is_none());
        prop_assert_eq!(lifted.agreed.as_ref().map(|s| s.fixes), agreed.map(|t| t.0 as u64));
        let open_line = graded.lines[0] == RedLineState::Open;
        if let (Some(set), Some((_, Some(best))), false) = (&lifted.sure, truth, open_line) {
            prop_assert_eq!(low(set), Some(Number::new(best)));
            let worth: Points = set.todo.iter().map(|t| t.worth[0].points()).sum();
            let gain = set.gain.expect("points")[0].points();
            // Each is rounded when shown.
            let off = worth - gain;
            prop_assert!(off <= Points::whole(1) && off >= -Points::whole(1), "{worth} {gain}");
        }
        if goal > 1 {
            prop_assert_eq!(lifted.rate.as_ref().map(|s| s.fixes), graded.truth(1, false).map(|t| t.0 as u64));
        }
    }

    #[test]
    fn of_open_cases_what_is_promised_holds_and_nothing_smaller_is_missed(graded in graded(true)) {
        let (graded, record, lifted) = looked(graded);
        let Some(lifted) = lifted else { return Ok(()) };
        prop_assert!(record.marks.is_none() || lifted.unknown.is_none(), "{:?}", lifted.unknown);
        let Some(target) = lifted.target.as_ref() else { return Ok(()) };
        let goal = graded.rubric.grades.iter().position(|g| *g.title == **target).expect("a grade");
        let (found, truth) = (lifted.sure.as_ref().map(|s| s.fixes), graded.truth(goal, false).map(|t| t.0 as u64));
        // A deduction by amount with something open is taken at its worst; all others are exact.
        let vague = graded.rubric.criteria.iter().any(|c| matches!(c.deduct, Deduct::PerUnit { .. }));
        match (found, truth) {
            (Some(found), Some(truth)) => prop_assert!(found == truth || vague && found > truth, "{found} {truth}"),
            (None, Some(_)) => prop_assert!(vague),
            (found, None) => prop_assert_eq!(found, None),
        }
        prop_assert!(graded.is_open() || found == truth || graded.lines[0] != RedLineState::Clear);
    }
}

/// Levels of each indicator now, whether each can be raised, and how many must be raised to the next grade.
const LEVELS: &[(&[i64], &[bool], Option<u64>)] = &[
    // 优秀 asks three quarters at 优秀 and all at 良好.
    (&[0, 0, 0, 1], &[true, true, true, true], None),
    (&[0, 0, 1, 1], &[true, true, true, true], Some(1)),
    (&[0, 0, 0, 2], &[true, true, true, true], Some(1)),
    (&[0, 0, 0, 2], &[true, true, true, false], None),
    (&[1, 1, 1, 2], &[true, true, true, true], Some(3)),
    (&[2, 2, 2, 2], &[true, true, true, true], Some(3)),
    (&[3, 2, 1, 0], &[false, true, true, true], None),
];

#[test]
fn the_fewest_indicators_are_raised() {
    let rows = LEVELS.iter().flat_map(|row| [(row, Remedy::Complete), (row, Remedy::Explain)]);
    for ((now, can, wanted), remedy) in rows {
        let mut rubric = rubric(Vec::new());
        let titles = ["优秀", "良好", "合格", "不合格"];
        rubric.scheme = Scheme::Levels { levels: titles.iter().map(|t| (*t).into()).collect() };
        let share = |level| Requirement { level, need: Need::Share(Points::ratio(3, 4).unwrap_or_default()) };
        let all = |level| Requirement { level, need: Need::All };
        for (grade, require) in rubric.grades.iter_mut().zip([vec![share(0), all(1)], vec![share(1), all(2)], vec![share(2)], vec![]]) {
            grade.require = require;
        }
        rubric.rates = vec![rate("优良率", &[0, 1], true)];
        let mut asked = Vec::new();
        for (n, (level, can)) in now.iter().zip(*can).enumerate() {
            let remedy = if *can { remedy } else { Remedy::None };
            rubric.criteria.push(Criterion { remedy, ..plain(&format!("P{n}"), Points::ZERO, Deduct::All) });
            let outcome = if *level == 3 { Outcome::Unmet } else { Outcome::Met };
            asked.push(Asked::seen(vec![Observation::new(outcome, Text::EMPTY, Vec::new()).by(Points::whole(*level), Unit::Level)]));
        }
        let (_, record, lifted) = looked(Graded { rubric, asked, lines: Vec::new() });
        let fixes =
            |set: fn(&crate::record::lift::LiftCase) -> &Option<LiftSet>| lifted.as_ref().and_then(|l| set(l).as_ref()).map(|s| s.fixes);
        // An explanation must be accepted.
        let (found, other) = (fixes(|l| &l.sure), fixes(|l| &l.agreed));
        let (found, other) = if remedy == Remedy::Complete { (found, other) } else { (other, found) };
        assert_eq!(other, None, "{now:?} {remedy:?}");
        assert_eq!(found, *wanted, "{now:?} {:?} {lifted:?}", record.possible);
        assert!(lifted.is_none_or(|l| l.unknown.is_none()), "{now:?}");
    }
}

/// Points of the criterion that the machine decides, what is told to fix for sure, and what reviewers would have to agree to.
const AGREED: &[(i64, Option<&str>, Option<&str>)] = &[(10, Some("C0"), None), (4, None, Some("C1"))];

#[test]
fn what_reviewers_took_off_is_counted_on_only_where_nothing_else_suffices() {
    for (points, sure, agreed) in AGREED {
        let worth = [*points, 30 - points, 70];
        let list = worth
            .iter()
            .enumerate()
            .map(|(n, p)| Criterion { remedy: Remedy::Complete, ..plain(&format!("C{n}"), Points::whole(*p), Deduct::All) });
        let mut rubric = rubric(list.collect());
        rubric.rates = vec![rate("优良率", &[0, 1], true)];
        let unmet = || Asked::seen(vec![Observation::new(Outcome::Unmet, Text::EMPTY, Vec::new())]);
        let graded = Graded { rubric, asked: vec![unmet(), unmet(), Asked::seen(Vec::new())], lines: Vec::new() };
        let record = graded.record();
        let rubrics = run(graded.rubric);
        let mut recorded = rubrics::records(&rubrics, false);
        recorded[0].criteria[1].human = true;
        let lifted = lift(Some(&Rules::new(&recorded[0])), &record).expect("70 of 100");
        let told = |set: &Option<LiftSet>| set.as_ref().map(|s| s.todo.iter().map(|t| t.criterion.clone()).collect::<String>());
        assert_eq!((told(&lifted.sure).as_deref(), told(&lifted.agreed).as_deref()), (*sure, *agreed), "{lifted:?}");
    }
}

#[test]
fn a_case_whose_marks_do_not_follow_from_its_record_is_not_guessed() {
    let rubric = rubric(vec![Criterion { remedy: Remedy::Complete, ..plain("C0", Points::whole(100), Deduct::All) }]);
    let asked = vec![Asked::seen(vec![Observation::new(Outcome::Unmet, Text::EMPTY, Vec::new())])];
    let (_, record, lifted) = looked(Graded { rubric, asked, lines: Vec::new() });
    assert!(lifted.is_some_and(|l| l.unknown.is_none() && l.sure.is_some()));
    let rubrics = run(crate::rubric::testing::rubric(vec![plain("C0", Points::whole(100), Deduct::All)]));
    let mut recorded = rubrics::records(&rubrics, false);
    let mut changed = record.clone();
    changed.marks.as_mut().expect("marks").high = Number::new(Points::whole(1));
    let said = |recorded: &crate::record::v1::RubricRecord, case: &CaseRecord| {
        lift(Some(&Rules::new(recorded)), case).and_then(|l| l.unknown).map(|t| t.zh.to_string()).unwrap_or_default()
    };
    assert!(said(&recorded[0], &changed).contains("算不出记录的总分和等次"));
    let mut shorter = record.clone();
    shorter.criteria.clear();
    assert!(said(&recorded[0], &shorter).contains("没有逐项得分"));
    recorded[0].scoring = None;
    assert!(said(&recorded[0], &record).contains("由旧版写成"));
    assert!(lift(None, &record).and_then(|l| l.unknown).is_some_and(|t| t.zh.contains("没有能适用的评估标准")));
}
