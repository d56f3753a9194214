//! A second, slow way to score, for tests only: it lists every reading of a small case one by one, from the words of the
//! promise. Must share nothing with the fast way but the types.

use std::collections::BTreeSet;

use super::{Asked, RedLineState};
use crate::base::points::Points;
use crate::check::{Extent, Observation, Outcome, Unit};
use crate::model::condition::Answer;
use crate::rubric::{Criterion, Deduct, Missing, Need, Rubric, Scheme};

/// What one criterion came to in one reading: nothing (it does not apply), or what was lost, whether it was met, and its level.
type One = Option<(Points, bool, usize)>;

/// All that some reading gives.
#[derive(Debug, Default)]
pub struct Truth {
    pub marks: BTreeSet<Points>,
    pub grades: BTreeSet<usize>,
}

/// How many more than one an unknown amount is tried up to.
const FAR: i64 = 9;

/// Lists all readings.
pub fn truth(rubric: &Rubric, asked: &[Asked], red_lines: &[RedLineState]) -> Truth {
    let each: Vec<Vec<One>> = rubric.criteria.iter().zip(asked).map(|(c, a)| ways(rubric, c, a)).collect();
    let mut lines: Vec<Vec<bool>> = vec![Vec::new()];
    for state in red_lines {
        let words: &[bool] = match state {
            RedLineState::Clear => &[false],
            RedLineState::Applies => &[true],
            RedLineState::Open => &[false, true],
        };
        lines = lines.iter().flat_map(|so_far| words.iter().map(move |w| so_far.iter().copied().chain([*w]).collect())).collect();
    }
    let mut truth = Truth::default();
    let mut choice = vec![0; each.len()];
    loop {
        let case: Vec<One> = each.iter().zip(&choice).map(|(ways, i)| ways[*i]).collect();
        if let Some((mark, grade)) = result(rubric, &case) {
            truth.marks.extend(mark);
            for applied in &lines {
                let worst = rubric.red_lines.iter().zip(applied).filter(|(_, a)| **a).map(|(line, _)| line.grade).max();
                truth.grades.insert(grade.max(worst.unwrap_or(0)));
            }
        }
        let Some(at) = (0..choice.len()).find(|i| choice[*i] + 1 < each[*i].len()) else { return truth };
        choice[at] += 1;
        choice[..at].fill(0);
    }
}

/// Every way in which one criterion can turn out.
fn ways(rubric: &Rubric, criterion: &Criterion, asked: &Asked) -> Vec<One> {
    if asked.applies == Answer::No {
        return vec![None];
    }
    let mut ways: Vec<One> = Vec::new();
    if asked.applies == Answer::Unknown {
        ways.push(None);
    }
    // Each observation becomes what it may be in truth: `None` = does not apply or in order, else an unmet one with its amount.
    let mut cases: Vec<Vec<Option<Observation>>> = vec![Vec::new()];
    let mut dropped = 0;
    for o in &asked.observations {
        let mut o = o.clone();
        if o.absent && o.outcome == Outcome::Unclear {
            o.outcome = match criterion.missing {
                Missing::Unclear => Outcome::Unclear,
                Missing::Unmet => Outcome::Unmet,
                Missing::NotApplicable => Outcome::NotApplicable,
            };
        }
        dropped += usize::from(o.outcome == Outcome::NotApplicable);
        let may_be = match o.outcome {
            Outcome::Unmet if o.extent == Extent::Any && matches!(rubric.scheme, Scheme::Points { .. }) && o.magnitude.is_none() => {
                vec![Some(o.by(Points::whole(FAR), Unit::Items))]
            }
            Outcome::Unmet => vec![Some(o)],
            Outcome::Unclear | Outcome::Pending | Outcome::Failed => may_be(criterion, o),
            Outcome::Met if o.magnitude.is_some_and(|m| m.unit == Unit::Level) => vec![Some(o)],
            Outcome::Met | Outcome::Waived | Outcome::NotApplicable => vec![None],
        };
        cases = cases.iter().flat_map(|c| may_be.iter().map(move |m| c.iter().cloned().chain([m.clone()]).collect())).collect();
    }
    if !asked.observations.is_empty() && dropped == asked.observations.len() {
        return vec![None];
    }
    let failed = asked.observations.iter().any(|o| o.outcome == Outcome::Failed);
    let unmet = asked.observations.iter().any(|o| o.outcome == Outcome::Unmet || (o.absent && criterion.missing == Missing::Unmet));
    if failed && !unmet && !ways.contains(&None) {
        ways.push(None);
    }
    for case in cases {
        let seen: Vec<Observation> = case.into_iter().flatten().collect();
        let unmet: Vec<&Observation> = seen.iter().filter(|o| o.outcome == Outcome::Unmet).collect();
        match &rubric.scheme {
            Scheme::Points { .. } => ways.push(Some((lost(criterion, &unmet), unmet.is_empty(), 0))),
            Scheme::Levels { levels } => {
                let worst = seen.iter().map(|o| match o.magnitude {
                    Some(m) if m.unit == Unit::Level => usize::try_from(m.amount.0.to_integer()).unwrap(),
                    _ => levels.len() - 1,
                });
                let level = worst.max().unwrap_or(0);
                ways.push(Some((Points::ZERO, level + 1 < levels.len(), level)));
            }
        }
    }
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// What an open observation may be in truth.
fn may_be(criterion: &Criterion, o: Observation) -> Vec<Option<Observation>> {
    let failed = o.outcome == Outcome::Failed;
    let unmet = |amount: Points, unit: Unit| Some(Observation { outcome: Outcome::Unmet, ..o.clone() }.by(amount, unit));
    let mut all = vec![None];
    if criterion.points.is_zero() {
        // The levels scheme, or nothing to lose: any level from best to last.
        all.extend((0..=3).map(|level| unmet(Points::whole(level), Unit::Level)));
        return all;
    }
    let halves = |far: i64| (0..=2 * far).filter_map(|n| Points::ratio(n, 2));
    match &criterion.deduct {
        Deduct::All => all.push(Some(Observation { outcome: Outcome::Unmet, ..o.clone() })),
        // Several in one: told by an amount of items, which `lost` below reads as so many observations.
        Deduct::PerObservation { .. } if failed || o.extent == Extent::Any => {
            let several = |n| unmet(Points::whole(n), Unit::Items).map(Observation::any_number);
            all.extend((1..=FAR).map(several));
        }
        Deduct::PerObservation { .. } => all.push(Some(Observation { outcome: Outcome::Unmet, ..o.clone() })),
        Deduct::PerUnit { unit, .. } => match o.magnitude {
            Some(m) if m.unit == *unit && !failed && o.extent == Extent::AtMost => {
                let most = i64::try_from(m.amount.0.to_integer()).unwrap();
                let tried = if *unit == Unit::Points { halves(most).collect() } else { (0..=most).map(Points::whole).collect::<Vec<_>>() };
                all.extend(tried.into_iter().map(|n| unmet(n, *unit)));
            }
            Some(m) if m.unit == *unit && !failed => all.push(unmet(m.amount, *unit)),
            _ if *unit == Unit::Points => all.extend(halves(FAR).map(|n| unmet(n, *unit))),
            _ => all.extend((0..=FAR).map(|n| unmet(Points::whole(n), *unit))),
        },
        Deduct::Steps(_) => match o.magnitude {
            Some(m) if !failed && o.extent == Extent::AtMost => {
                all.extend(halves(i64::try_from(m.amount.0.to_integer()).unwrap()).map(|n| unmet(n, m.unit)));
            }
            Some(m) if !failed => all.push(unmet(m.amount, m.unit)),
            _ => all.extend(halves(FAR).map(|n| unmet(n, Unit::Days))),
        },
    }
    all
}

/// What these unmet observations lose, by the words of the language page.
fn lost(criterion: &Criterion, unmet: &[&Observation]) -> Points {
    let mut lost = Points::ZERO;
    match &criterion.deduct {
        Deduct::All => {
            if !unmet.is_empty() {
                lost = criterion.points;
            }
        }
        Deduct::PerObservation { points, most } => {
            for o in unmet {
                let several = o.magnitude.filter(|_| o.extent == Extent::Any).map_or(Points::whole(1), |m| m.amount);
                lost += several * *points;
            }
            lost = lost.min(*most);
        }
        Deduct::PerUnit { unit, points, most } => {
            for o in unmet {
                match o.magnitude {
                    Some(m) if m.unit == *unit => lost += m.amount * *points,
                    _ if points.is_zero() => {}
                    _ => lost += *most,
                }
            }
            lost = lost.min(*most);
        }
        Deduct::Steps(steps) => {
            let known: Option<Vec<Points>> = unmet.iter().map(|o| o.magnitude.map(|m| m.amount)).collect();
            let amount = known.map(|all| all.into_iter().sum::<Points>());
            for (over, lose) in steps {
                if amount.is_none_or(|a| a > *over) {
                    lost = *lose;
                }
            }
        }
    }
    lost.min(criterion.points)
}

/// The mark and grade of one reading of the whole case, before red lines; nothing when nothing applies.
fn result(rubric: &Rubric, case: &[One]) -> Option<(Option<Points>, usize)> {
    let all = || rubric.criteria.iter().zip(case);
    let last = rubric.grades.len() - 1;
    if all().any(|(c, one)| c.gate && one.is_some_and(|(_, met, _)| !met)) {
        let marks = matches!(rubric.scheme, Scheme::Points { .. }).then_some(Points::ZERO);
        return Some((marks, last));
    }
    match &rubric.scheme {
        Scheme::Points { total, rescale, bonus_most } => {
            let (mut of, mut full, mut lost, mut gain) = (Points::ZERO, Points::ZERO, Points::ZERO, Points::ZERO);
            for (g, group) in rubric.groups.iter().enumerate() {
                let mut here = Points::ZERO;
                for (criterion, one) in all().filter(|(c, _)| c.group == g && !c.bonus) {
                    full += criterion.points;
                    if let Some((points, ..)) = one {
                        of += criterion.points;
                        here += *points;
                    }
                }
                lost += group.most.map_or(here, |most| here.min(most));
            }
            for (criterion, one) in all().filter(|(c, _)| c.bonus) {
                if let Some((points, ..)) = one {
                    gain += criterion.points - *points;
                }
            }
            if of.is_zero() {
                return None;
            }
            let base = if *rescale { of } else { full };
            let mark = ((base - lost) / base * *total + gain.min(*bonus_most)).max(Points::ZERO).min(*total);
            let grade = rubric.grades.iter().position(|g| mark >= g.from).unwrap();
            Some((Some(mark), grade))
        }
        Scheme::Levels { .. } => {
            let got: Vec<usize> = case.iter().flatten().map(|(_, _, level)| *level).collect();
            if got.is_empty() {
                return None;
            }
            let holds = |level: usize, need: Need| {
                let reached = got.iter().filter(|l| **l <= level).count();
                match need {
                    Need::All => reached == got.len(),
                    Need::Share(share) => {
                        Points::ratio(i64::try_from(reached).unwrap(), i64::try_from(got.len()).unwrap()).unwrap() >= share
                    }
                    Need::Count(n) => reached >= got.len().min(usize::try_from(n).unwrap()),
                }
            };
            let grade = rubric.grades.iter().position(|g| g.require.iter().all(|r| holds(r.level, r.need)));
            Some((None, grade.unwrap_or(last)))
        }
    }
}
