//! Joint decisions (集体合议), and who confirmed the grade (评定等次). Must not take a proposed grade for a confirmed one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::voices::{Voice, is_valid};
use super::{Came, Heard, World, objections, of_numbers, people};
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::check::Outcome;
use crate::model::case::Case;
use crate::model::heard::{Council, Settled};
use crate::model::mark::{Given, Mark};
use crate::panel::reconcile::How;
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
fn wrong(line: &Council, world: World<'_>) -> Option<Text> {
    let people = people::resolve(&line.members, world);
    match () {
        () if people.known.len() < 2 && people.unknown.is_empty() => {
            Some(say!("合议人员应有两人以上", "a joint decision needs two people or more"))
        }
        () if line.on.is_none() => Some(say!("没有合议日期", "no day")),
        () if line.minutes.is_none() && line.reason.is_none() => Some(say!("没有合议纪要或理由", "neither minutes nor a reason")),
        () => people.barred(world),
    }
}

/// What a joint decision finds.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// Opinions, each with what it comes to.
    pub voices: &'a [(Voice<'a>, Scored)],
    /// How many opinions were asked for.
    pub expected: usize,
    /// Criteria that people decide.
    pub wanted: &'a BTreeSet<Arc<str>>,
}

/// Lets joint decisions take the place of marks.
pub fn council(
    rubric: &Rubric,
    case: &Case,
    Found { voices, expected, wanted }: Found<'_>,
    came: &mut Came,
    machine: &Scored,
    world: World<'_>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let no = &case.case_no;
    let mut decided: BTreeMap<&Arc<str>, Vec<&Council>> = BTreeMap::new();
    let mut used = false;
    for line in &case.heard.council {
        if let Some(Text { zh, en }) = wrong(line, world) {
            let said = say!("{no} 的合议记录没有使用：{zh}", "{no}: a line of the joint decision was not used: {en}");
            problems.push(Problem::new("P085", said, line.place.clone()));
            continue;
        }
        used = true;
        if let Some(criterion) = &line.criterion {
            decided.entry(criterion).or_default().push(line);
        }
    }
    for (criterion, lines) in decided {
        let Some((line, given)) = lines.first().and_then(|l| Some((*l, l.given.as_ref()?))) else { continue };
        let refuse = |said: Text| Problem::several("P085", said, lines.iter().map(|l| l.place.clone()).collect());
        if lines.iter().any(|l| l.given.as_ref() != Some(given)) {
            problems.extend(refuse(say!(
                "{no} 的合议记录对 {criterion} 有不同的决定，都没有使用，请只留一行",
                "{no}: the joint decisions on {criterion} differ; neither was used, leave one"
            )));
            came.settled.remove(criterion);
            continue;
        }
        if !applies(rubric, criterion, machine) {
            problems.extend(refuse(say!(
                "{no} 不适用 {criterion}，这一行合议没有使用",
                "{no}: {criterion} does not apply, so this joint decision was not used"
            )));
            continue;
        }
        let mark = mark_at(criterion, given, &line.place, &line.raw);
        if !is_valid(rubric, &mark) {
            let raw = &line.raw;
            problems.extend(refuse(say!(
                "{no} 的合议记录写的“{raw}”不在 {criterion} 的量表内，没有使用",
                "{no}: the joint decision {raw:?} is not on the scale of {criterion} and was not used"
            )));
            continue;
        }
        let members = line.members.join("、");
        let why = line.reason.as_deref().or(line.minutes.as_deref()).unwrap_or_default();
        let shown = given.shown();
        let how = say!("集体合议（{members}）：{shown}，{why}", "joint decision ({members}): {shown}, {why}");
        came.settled.insert(Arc::clone(criterion), Settled { given: Some(given.clone()), how, seen: vec![mark.seen()] });
    }
    if used {
        let whole = voices.len() >= expected.max(1) && voices.iter().all(|(v, _)| v.complete);
        if whole && (voices.len() > 1 || came.how != How::Open.id()) {
            agreed(rubric, voices, came);
        }
        let open = |id: &&Arc<str>| came.settled.get(*id).is_none_or(|s| s.given.is_none());
        let mut left: BTreeSet<&str> = wanted.iter().filter(open).map(|id| &**id).collect();
        left.extend(came.settled.iter().filter(|(_, s)| s.given.is_none()).map(|(id, _)| &**id));
        let left = left.into_iter().collect::<Vec<_>>().join("、");
        if left.is_empty() {
            (came.how, came.needs, came.leader, came.why) = ("council", 0, false, say!("集体合议评定", "by joint decision"));
        } else if came.how == How::Open.id() {
            let (zh, en) = (&came.why.zh, &came.why.en);
            came.why = say!("{zh}；集体合议还没有定 {left}", "{en}; the joint decision leaves {left} open");
        }
    }
    problems
}

/// Whether a criterion applies to the case; red lines may always.
pub fn applies(rubric: &Rubric, criterion: &str, machine: &Scored) -> bool {
    let found = rubric.criteria.iter().zip(&machine.criteria).find(|(c, _)| *c.id == *criterion);
    found.is_none_or(|(_, s)| s.outcome != Outcome::NotApplicable)
}

/// A decision as a mark, to be held against the scale.
pub fn mark_at(criterion: &Arc<str>, given: &Given, place: &Place, raw: &Arc<str>) -> Mark {
    Mark {
        criterion: Arc::clone(criterion),
        given: given.clone(),
        reviewer: None,
        reason: None,
        situation: None,
        pages: None,
        place: place.clone(),
        raw: Arc::clone(raw),
    }
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
        let (mut problems, world) = (Vec::new(), self.world);
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
        let deciding = case.heard.council.iter().filter(|l| wrong(l, world).is_none()).filter_map(|l| Some((l.grade.as_ref()?, &l.place)));
        let upheld = self.objections.iter().filter(|o| o.state == objections::State::Upheld);
        let deciding = deciding.chain(upheld.filter_map(|o| Some((o.of.grade.as_ref()?, &o.of.place))));
        for (said, place) in deciding.filter(|(said, _)| grade.as_ref().is_some_and(|came| came != *said)) {
            let (no, came) = (&case.case_no, grade.as_deref().unwrap_or_default());
            let said = say!(
                "{no} 的合议或申诉决定写的等次是“{said}”，但各项得出的是“{came}”，没有作为评定等次",
                "{no}: a joint decision or one on an objection confirms {said:?}, but the marks come to {came:?}; it was not taken as confirmed"
            );
            problems.push(Problem::new("P085", said, place.clone()));
        }
        let found = grade.and_then(|grade| match self.came.how {
            "objection" => self.objections.iter().rev().find_map(|o| o.confirms(&grade)),
            "council" => by_council(case, &grade, world),
            _ => self.by_voices(&grade),
        });
        (found, problems)
    }

    fn by_voices(&self, grade: &Arc<str>) -> Option<Confirmation> {
        let standing = of_numbers(&self.voices, &self.came.stands);
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

fn by_council(case: &Case, grade: &Arc<str>, world: World<'_>) -> Option<Confirmation> {
    let good: Vec<&Council> = case.heard.council.iter().filter(|l| wrong(l, world).is_none() && l.grade.is_some()).collect();
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
