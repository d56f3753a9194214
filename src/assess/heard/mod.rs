//! The panel on one case: what each reviewer makes of it, whose marks stand, who confirmed the grade. Must not read or grade a case
//! that nobody but one plain score sheet has spoken of: there the check `mark` is enough.

mod combine;
mod confirm;
mod objections;
mod people;
mod record;
mod voices;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::digest;
use crate::base::form;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::check::kinds::mark;
use crate::check::{Observation, Outcome};
use crate::intake::settings::ObjectionSettings;
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::heard::Settled;
use crate::model::mark::Given;
use crate::model::reconcile::{Reconcile, Third};
use crate::panel::reconcile::{How, Opinion, Outcome as Reconciled, Scale, reconcile};
use crate::reference::workdays::Calendar;
use crate::rubric::{Rubric, Scheme};
use crate::say;
use crate::score::{Asked, RedLineState, Scored, score};

use super::drawn::{Drawn, Lot};
use voices::Voice;

pub use record::record;

/// What a case is settled with.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The draw, where there is one.
    pub drawn: Option<&'a Drawn>,
    /// What it says of this case.
    pub lot: Option<&'a Lot>,
    /// Office id, for who may decide.
    pub office: &'a str,
    /// Lawyers of the case (承办人), as written.
    pub lawyers: &'a [Arc<str>],
    /// Limits for objections.
    pub objection: &'a ObjectionSettings,
    /// Working days.
    pub calendar: &'a Calendar,
}

/// A case as the panel left it.
#[derive(Debug)]
pub struct Heard<'a> {
    /// Criteria as asked, with settled marks in their places.
    pub asked: Vec<Asked>,
    /// Red lines.
    pub red_lines: Vec<RedLineState>,
    /// What the machine alone says.
    machine: Scored,
    voices: Vec<(Voice<'a>, Scored)>,
    came: Came,
    /// What came of objections, in their order.
    objections: Vec<objections::Came>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    world: World<'a>,
}

/// How it came to be settled.
#[derive(Debug)]
struct Came {
    how: &'static str,
    why: Text,
    needs: u32,
    leader: bool,
    stands: Vec<usize>,
    settled: BTreeMap<Arc<str>, Settled>,
}

/// The opinions of these numbers.
fn of_numbers<'v, 'a>(voices: &'v [(Voice<'a>, Scored)], numbers: &[usize]) -> Vec<&'v Voice<'a>> {
    numbers.iter().filter_map(|i| voices.get(*i)).map(|(voice, _)| voice).collect()
}

/// Without rules of the rubric, marks that differ stay open.
fn strict() -> Reconcile {
    Reconcile {
        difference: Points::ratio(1, 1_000_000),
        grades: true,
        third: Third::Majority,
        fail: 0,
        excellent: Points::ZERO,
        edge: None,
        verified: false,
    }
}

/// Whether a panel has to be heard: several reviewers, a signed page, a joint decision, an objection, or a draw that gives it out.
pub fn concerns(case: &Case, lot: Option<&Lot>) -> bool {
    let heard = &case.heard;
    let signed = !(heard.verdicts.is_empty() && heard.council.is_empty() && heard.objections.is_empty());
    let first = case.marks.first().map(|m| &m.reviewer);
    signed || lot.is_some_and(|l| !l.tasks.is_empty()) || case.marks.iter().any(|m| Some(&m.reviewer) != first)
}

/// Settles the marks of a case; `asked` is what the checks say, the marks of people left aside.
pub fn settle<'a>(rubric: &Rubric, case: &'a Case, asked: &[Asked], world: World<'a>) -> Heard<'a> {
    let proposed = super::ask::red_lines_of(rubric, case, &|_| Vec::new());
    let machine = score(rubric, answered(rubric, asked, &BTreeMap::new()), proposed.clone());
    let wanted: BTreeSet<Arc<str>> = rubric
        .criteria
        .iter()
        .zip(asked)
        .filter(|(c, a)| c.check.human && a.applies != Answer::No)
        .map(|(c, _)| Arc::clone(&c.id))
        .collect();
    let tasks = world.lot.map(|l| l.tasks.as_slice()).unwrap_or_default();
    let mut unreasoned = Vec::new();
    let voices: Vec<(Voice<'_>, Scored)> = voices::voices(rubric, case, tasks, world.drawn, &wanted)
        .into_iter()
        .map(|mut voice| {
            unreasoned.append(&mut consent(rubric, case, &mut voice, &machine));
            let own = together(rubric, &[&voice], &machine);
            let scored = score(rubric, answered(rubric, asked, &own), red_lines(rubric, case, &[&voice]));
            (voice, scored)
        })
        .collect();
    let expected = voices::expected(tasks);
    let mut came = reconciled(rubric, case, (&voices, expected), &machine, world);
    let mut problems = told(rubric, case, &voices, world);
    problems.append(&mut unreasoned);
    problems.append(&mut confirm::council(
        rubric,
        case,
        confirm::Found { voices: &voices, expected, wanted: &wanted },
        &mut came,
        &machine,
        world,
    ));
    let objections = objections::apply(rubric, case, &voices, &mut came, &machine, world);
    problems.extend(objections.iter().filter_map(|o| o.problem(case)));
    let standing = of_numbers(&voices, &came.stands);
    let everybody: Vec<&Voice<'_>> = voices.iter().map(|(v, _)| v).collect();
    let mut lines = red_lines(rubric, case, if standing.is_empty() { &everybody } else { &standing });
    for ((line, state), base) in rubric.red_lines.iter().zip(&mut lines).zip(&proposed) {
        match came.settled.get(&line.id).and_then(|s| s.given.as_ref()) {
            Some(Given::Word(word)) if **word == *form::YES => *state = RedLineState::Applies,
            Some(Given::Word(word)) if **word == *form::NO => *state = RedLineState::Clear,
            // What one of several says alone is not settled while the others' marks are not.
            _ if came.how == How::Open.id() && *state != *base => *state = RedLineState::Open,
            _ => {}
        }
    }
    Heard { asked: answered(rubric, asked, &came.settled), red_lines: lines, machine, voices, came, objections, problems, world }
}

/// Entries without a reason beside what the machine decided: one that repeats it is consent and no override; one that does not cannot be used.
fn consent(rubric: &Rubric, case: &Case, voice: &mut Voice<'_>, machine: &Scored) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (criterion, score) in rubric.criteria.iter().zip(&machine.criteria).filter(|(c, s)| !c.check.human && !s.open) {
        let Some(found) = voice.marks.get(&criterion.id).filter(|m| m.reason.is_none()) else { continue };
        let same = mark::loss(&found.given, criterion.points, voices::levels(rubric)) == Some(score.lost.0);
        if !same {
            let (no, id, who, given) = (&case.case_no, &criterion.id, voice.who(), found.given.shown());
            let said = say!(
                "{no} 的 {id}：{who} 写了“{given}”，与机检结论不同，改变机检结论就要写理由；补写之前该页按没有填完处理",
                "{no}: {who} wrote {given:?} for {id}, which overrules the machine and needs a reason; the page counts as half filled until then"
            );
            problems.push(Problem::new("P082", said, found.place.clone()));
        }
        voice.complete &= same;
        voice.marks.remove(&criterion.id);
    }
    problems
}

/// What of the marks cannot count: of people whom the draw did not give the case, and of two who each mark a part and differ.
fn told(rubric: &Rubric, case: &Case, voices: &[(Voice<'_>, Scored)], world: World<'_>) -> Vec<Problem> {
    let no = &case.case_no;
    let mut problems = Vec::new();
    let tasks = world.lot.map(|l| l.tasks.as_slice()).unwrap_or_default();
    if !tasks.is_empty() {
        let strange = |m: &&crate::model::mark::Mark| !tasks.iter().any(|t| Some(&t.reviewer) == m.reviewer.as_ref());
        let (who, places): (BTreeSet<String>, Vec<_>) =
            case.marks.iter().filter(strange).map(|m| (m.reviewer.as_deref().unwrap_or("未署名").to_owned(), m.place.clone())).unzip();
        let names = who.into_iter().collect::<Vec<_>>().join("、");
        let said = say!("{no} 没有分给 {names} 评，这些评分没有使用", "{no} was not given to {names} to mark; these marks were not used");
        problems.extend(Problem::several("P081", said, places));
    }
    for (voice, _) in voices {
        for id in &voice.torn {
            let (who, marks) = (voice.who(), case.marks.iter().filter(|m| m.criterion == *id));
            let title = rubric.red_lines.iter().find(|l| l.id == *id).map_or("", |l| &*l.title.zh);
            let said = say!(
                "{no}：{who} 对 {id} {title} 的决定不一致，商定之前该案不定",
                "{no}: {who} decided {id} in different ways; the case stays open until they settle it"
            );
            problems.extend(Problem::several("P083", said, marks.map(|m| m.place.clone()).collect()));
        }
    }
    problems
}

/// Puts settled marks in the place of what the checks say.
fn answered(rubric: &Rubric, asked: &[Asked], settled: &BTreeMap<Arc<str>, Settled>) -> Vec<Asked> {
    let one = |(criterion, asked): (&crate::rubric::Criterion, &Asked)| {
        if asked.applies == Answer::No {
            return asked.clone();
        }
        let seen = |observation: Observation, applies| Asked { applies, observations: vec![observation], doubt: None, marked: true };
        let Some(settled) = settled.get(&criterion.id) else {
            if !criterion.check.human {
                return asked.clone();
            }
            let none =
                Settled { given: None, how: Text::fixed("评估专家尚未评分", "no reviewer has marked it yet"), seen: places(asked) };
            let pending = mark::observe(&none, &criterion.id, criterion.points, voices::levels(rubric));
            return Asked { doubt: asked.doubt.clone(), ..seen(pending, asked.applies) };
        };
        let observation = mark::observe(settled, &criterion.id, criterion.points, voices::levels(rubric));
        match observation.outcome {
            Outcome::NotApplicable => seen(observation, Answer::No),
            // Who marks a criterion has found that it applies.
            Outcome::Pending => Asked { doubt: asked.doubt.clone(), ..seen(observation, asked.applies) },
            _ => seen(observation, Answer::Yes),
        }
    };
    rubric.criteria.iter().zip(asked).map(one).collect()
}

fn places(asked: &Asked) -> Vec<crate::base::place::Seen> {
    asked.observations.first().map(|o| o.seen.clone()).unwrap_or_default()
}

/// The marks of these voices as one, by criterion.
fn together(rubric: &Rubric, voices: &[&Voice<'_>], machine: &Scored) -> BTreeMap<Arc<str>, Settled> {
    let marked = |id: &Arc<str>| voices.iter().any(|v| v.marks.contains_key(id));
    let certain = |s: &crate::score::CriterionScore| (!s.open && s.outcome != Outcome::NotApplicable).then_some(s.lost.0);
    rubric
        .criteria
        .iter()
        .zip(&machine.criteria)
        .filter(|(c, _)| marked(&c.id))
        .map(|(c, s)| (Arc::clone(&c.id), combine::combine(rubric, c, voices, if c.check.human { None } else { certain(s) })))
        .collect()
}

/// Red lines as these voices decided them; where they differ, open.
fn red_lines(rubric: &Rubric, case: &Case, voices: &[&Voice<'_>]) -> Vec<RedLineState> {
    super::ask::red_lines_of(rubric, case, &|id| {
        let decided = voices.iter().filter_map(|v| v.marks.get(id));
        decided.filter_map(|m| super::ask::decision(&m.given)).collect()
    })
}

fn reconciled(
    rubric: &Rubric,
    case: &Case,
    (voices, expected): (&[(Voice<'_>, Scored)], usize),
    machine: &Scored,
    world: World<'_>,
) -> Came {
    let own = strict();
    let rules = rubric.reconcile.as_ref().unwrap_or(&own);
    // Only a round can ask for more marks.
    let rules =
        if world.drawn.is_some() { rules.clone() } else { Reconcile { fail: 0, excellent: Points::ZERO, edge: None, ..rules.clone() } };
    let points = matches!(rubric.scheme, Scheme::Points { .. });
    let edges = rubric.grades.iter().map(|g| g.from).filter(|from| points && *from > Points::ZERO).collect();
    let scale = Scale { grades: rubric.grades.len(), edges };
    let opinion = |(voice, scored): &(Voice<'_>, Scored)| Opinion {
        who: voice.who(),
        turn: voice.turn,
        leads: voice.leads,
        marks: scored.marks,
        grades: scored.possible.clone(),
        complete: voice.complete,
    };
    let opinions: Vec<Opinion> = voices.iter().map(opinion).collect();
    let chosen = world.drawn.is_some_and(|d| chosen(&rules, d.plan.seed, world.office, case));
    let Reconciled { how, stands, needs, leader, why } = reconcile(&rules, &scale, &opinions, expected, chosen);
    if how == How::Open {
        return Came { how: how.id(), settled: unsettled(rubric, voices, machine, &why), why, needs, leader, stands };
    }
    let settled = together(rubric, &of_numbers(voices, &stands), machine);
    let torn: Vec<&str> = settled.iter().filter(|(_, s)| s.given.is_none()).map(|(id, _)| &**id).collect();
    if torn.is_empty() {
        return Came { how: how.id(), why, needs, leader, stands, settled };
    }
    // Close as they are, they do not agree on whether something applies: no mean can settle that.
    let ids = torn.join("、");
    let why = say!("{ids} 是否适用意见不一，须集体合议", "whether {ids} applies is disputed: a joint decision is needed");
    let settled = unsettled(rubric, voices, machine, &why);
    Came { how: How::Open.id(), why, needs: 0, leader: false, stands: Vec::new(), settled }
}

/// What anybody marked, with nothing of it counting yet.
fn unsettled(rubric: &Rubric, voices: &[(Voice<'_>, Scored)], machine: &Scored, why: &Text) -> BTreeMap<Arc<str>, Settled> {
    let everybody: Vec<&Voice<'_>> = voices.iter().map(|(v, _)| v).collect();
    let mut all = together(rubric, &everybody, machine);
    for settled in all.values_mut() {
        let (zh, en, marks) = (&why.zh, &why.en, &settled.how.zh);
        settled.how = say!("{zh}；{marks}", "{en}; {marks}");
        settled.given = None;
    }
    all
}

/// Whether the seed sends this case to be looked at again should it be of the best grade: so many of a hundred, each by itself.
fn chosen(rules: &Reconcile, seed: u64, office: &str, case: &Case) -> bool {
    let key = format!("excellent\u{1f}{seed}\u{1f}{office}\u{1f}{}\u{1f}{}", case.case_no, case.stage.as_deref().unwrap_or(""));
    let first: String = digest::sha256(key.as_bytes()).chars().take(8).collect();
    let drawn = i64::from_str_radix(&first, 16).unwrap_or(i64::MAX);
    Points::whole(drawn) * Points::whole(100) < rules.excellent * Points::whole(1 << 32)
}

impl Heard<'_> {
    /// Whether a criterion was set aside by people: an outcome of the machine that the settled mark took the place of.
    fn overridden<'b>(&'b self, rubric: &'b Rubric) -> impl Iterator<Item = (usize, &'b Settled)> {
        let machine = |(i, c): (usize, &'b crate::rubric::Criterion)| {
            let settled = self.came.settled.get(&c.id).filter(|s| s.given.is_some() && !c.check.human)?;
            Some((i, settled))
        };
        rubric.criteria.iter().enumerate().filter_map(machine)
    }
}
