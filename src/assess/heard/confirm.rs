//! Joint decisions (集体合议), and who confirmed the grade (评定等次). Must not take a proposed grade for a confirmed one.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::voices::{Voice, is_valid};
use super::{Came, Heard};
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::model::case::Case;
use crate::model::heard::{Council, Settled};
use crate::model::mark::Mark;
use crate::rubric::Rubric;
use crate::say;
use crate::score::Scored;

/// Who confirmed which grade, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// Grade.
    pub grade: Arc<str>,
    /// Codes or names, sorted.
    pub by: BTreeSet<Arc<str>>,
    /// Last day of signing.
    pub on: jiff::civil::Date,
    /// Where.
    pub places: Vec<Place>,
}

/// Why a line of a joint decision does not count; nothing when it does.
fn wrong(line: &Council) -> Option<(&'static str, &'static str)> {
    let people: BTreeSet<&Arc<str>> = line.members.iter().collect();
    match () {
        () if people.len() < 2 => Some(("合议人员应有两人以上", "a joint decision needs two people or more")),
        () if line.on.is_none() => Some(("没有合议日期", "no day")),
        () if line.minutes.is_none() && line.reason.is_none() => Some(("没有合议纪要或理由", "neither minutes nor a reason")),
        () => None,
    }
}

/// Lets joint decisions take the place of marks.
pub fn council(rubric: &Rubric, case: &Case, voices: &[(Voice<'_>, Scored)], came: &mut Came) -> Vec<Problem> {
    let mut problems = Vec::new();
    let no = &case.case_no;
    let mut used = false;
    for line in &case.heard.council {
        if let Some((zh, en)) = wrong(line) {
            let said = say!("{no} 的合议记录没有使用：{zh}", "{no}: a line of the joint decision was not used: {en}");
            problems.push(Problem::new("P085", said, line.place.clone()));
            continue;
        }
        used = true;
        let (Some(criterion), Some(given)) = (&line.criterion, &line.given) else { continue };
        let mark = Mark {
            criterion: Arc::clone(criterion),
            given: given.clone(),
            reviewer: None,
            reason: None,
            situation: None,
            pages: None,
            place: line.place.clone(),
            raw: Arc::clone(&line.raw),
        };
        if !is_valid(rubric, &mark) {
            let raw = &line.raw;
            let said = say!(
                "{no} 的合议记录写的“{raw}”不在 {criterion} 的量表内，没有使用",
                "{no}: the joint decision {raw:?} is not on the scale of {criterion} and was not used"
            );
            problems.push(Problem::new("P085", said, line.place.clone()));
            continue;
        }
        let members = line.members.join("、");
        let why = line.reason.as_deref().or(line.minutes.as_deref()).unwrap_or_default();
        let shown = given.shown();
        let how = say!("集体合议（{members}）：{shown}，{why}", "joint decision ({members}): {shown}, {why}");
        came.settled.insert(Arc::clone(criterion), Settled { given: Some(given.clone()), how, seen: vec![mark.seen()] });
    }
    if used {
        agreed(rubric, voices, came);
        let left: Vec<&str> = came.settled.iter().filter(|(_, s)| s.given.is_none()).map(|(id, _)| &**id).collect();
        let left = left.join("、");
        if left.is_empty() {
            (came.how, came.needs, came.leader, came.why) = ("council", 0, false, say!("集体合议评定", "by joint decision"));
        } else {
            came.why = say!("集体合议还没有定 {left}", "the joint decision leaves {left} open");
        }
    }
    problems
}

/// Where a joint decision is silent, what all voices say alike stands.
fn agreed(rubric: &Rubric, voices: &[(Voice<'_>, Scored)], came: &mut Came) {
    for (id, settled) in came.settled.iter_mut().filter(|(_, s)| s.given.is_none()) {
        let mut marks = voices.iter().map(|(v, _)| v.marks.get(id).map(|m| &m.given));
        let first = marks.next().flatten();
        if let Some(first) = first.filter(|first| marks.all(|m| m == Some(*first)))
            && rubric.criterion(id).is_some()
        {
            settled.given = Some(first.clone());
        }
    }
}

impl Heard<'_> {
    /// Who confirmed the grade that the case came to; and what is wrong with confirmations of another grade.
    pub fn confirmed(&self, rubric: &Rubric, case: &Case, scored: &Scored) -> (Option<Confirmation>, Vec<Problem>) {
        let mut problems = Vec::new();
        let title = |i: usize| rubric.grades.get(i).map(|g| Arc::clone(&g.title));
        for (voice, own) in &self.voices {
            let (Some(grade), Some(came)) = (voice.confirmed(), own.grade().and_then(title)) else { continue };
            if *grade != came {
                let (no, who) = (&case.case_no, voice.who());
                let said = say!(
                    "{no}：{who} 评定为“{grade}”，但按其所评各项应为“{came}”，没有作为评定等次",
                    "{no}: {who} confirmed {grade:?}, but their own marks come to {came:?}; it was not taken as confirmed"
                );
                problems.extend(Problem::several("P085", said, voice.verdicts.iter().map(|v| v.place.clone()).collect()));
            }
        }
        let grade = scored.grade().and_then(title);
        let found = grade.and_then(|grade| match self.came.how {
            "objection" => self.objections.iter().rev().find_map(|o| o.confirms(&grade)),
            "council" => by_council(case, &grade),
            _ => self.by_voices(&grade),
        });
        (found, problems)
    }

    fn by_voices(&self, grade: &Arc<str>) -> Option<Confirmation> {
        let standing: Vec<&Voice<'_>> = self.came.stands.iter().filter_map(|i| self.voices.get(*i)).map(|(v, _)| v).collect();
        if standing.is_empty() || standing.iter().any(|v| v.confirmed() != Some(grade)) {
            return None;
        }
        let verdicts = || standing.iter().flat_map(|v| &v.verdicts);
        Some(Confirmation {
            grade: Arc::clone(grade),
            by: verdicts().map(|v| Arc::clone(&v.reviewer)).collect(),
            on: verdicts().filter_map(|v| v.on).max()?,
            places: verdicts().map(|v| v.place.clone()).collect(),
        })
    }
}

fn by_council(case: &Case, grade: &Arc<str>) -> Option<Confirmation> {
    let good: Vec<&Council> = case.heard.council.iter().filter(|l| wrong(l).is_none() && l.grade.is_some()).collect();
    if good.is_empty() || good.iter().any(|l| l.grade.as_ref() != Some(grade)) {
        return None;
    }
    Some(Confirmation {
        grade: Arc::clone(grade),
        by: good.iter().flat_map(|l| l.members.iter().cloned()).collect(),
        on: good.iter().filter_map(|l| l.on).max()?,
        places: good.iter().map(|l| l.place.clone()).collect(),
    })
}
