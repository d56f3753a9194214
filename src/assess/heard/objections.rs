//! Objections (申诉): whether a decision keeps the rules, what the mark was before and is after. Must not decide one.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::confirm::{Confirmation, applies, mark_at};
use super::people;
use super::voices::{Voice, is_valid, levels};
use super::{Came as Settlement, World};
use crate::base::form;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::check::kinds::mark;
use crate::model::case::Case;
use crate::model::heard::{Objection, Settled};
use crate::model::mark::{Given, Mark};
use crate::record::plan::Turn;
use crate::rubric::Rubric;
use crate::say;
use crate::score::Scored;

/// Where an objection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not decided.
    Open,
    /// The result stays.
    Kept,
    /// The result is changed.
    Upheld,
    /// The decision breaks a rule and changes nothing.
    Invalid,
}

impl State {
    /// The word in records.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Upheld => "upheld",
            Self::Invalid => "invalid",
        }
    }
}

/// What came of an objection.
#[derive(Debug, Clone)]
pub struct Came {
    /// The objection.
    pub of: Objection,
    /// Where it stands.
    pub state: State,
    /// In words.
    pub said: Text,
    /// Last day for it.
    pub due: Option<Date>,
    /// Mark before.
    pub before: Option<Arc<str>>,
    /// Mark after.
    pub after: Option<Arc<str>>,
    /// Who marked first.
    pub reviewers: Vec<Arc<str>>,
}

impl Came {
    /// What is wrong with its decision.
    pub fn problem(&self, case: &Case) -> Option<Problem> {
        let (no, id, zh, en) = (&case.case_no, &self.of.criterion, &self.said.zh, &self.said.en);
        let said = say!("{no} 对 {id} 的申诉决定没有采用：{zh}", "{no}: the decision on the objection to {id} was not used: {en}");
        (self.state == State::Invalid).then(|| Problem::new("P089", said, self.of.place.clone()))
    }

    /// Whether it confirms this grade.
    pub fn confirms(&self, grade: &Arc<str>) -> Option<Confirmation> {
        let wanted = self.state == State::Upheld && self.of.grade.as_ref() == Some(grade);
        Some(Confirmation {
            grade: Arc::clone(grade),
            by: self.of.deciders.iter().cloned().collect(),
            on: self.of.decided.filter(|_| wanted)?,
            places: vec![self.of.place.clone()],
        })
    }
}

/// Applies the objections of a case in their order.
pub fn apply(
    rubric: &Rubric,
    case: &Case,
    voices: &[(Voice<'_>, Scored)],
    came: &mut Settlement,
    machine: &Scored,
    world: World<'_>,
) -> Vec<Came> {
    let first = voices.iter().filter(|(v, _)| v.turn == Turn::First);
    let reviewers: BTreeSet<Arc<str>> = first.flat_map(|(v, _)| v.reviewers.iter().cloned()).filter(|r| !r.is_empty()).collect();
    let settled = came.how != "open";
    let mut all = Vec::new();
    let mut seen: Vec<&Objection> = Vec::new();
    for of in &case.heard.objections {
        // The same row in two copies of the form is one objection.
        let same = |o: &&Objection| Objection { place: of.place.clone(), ..(*o).clone() } == *of;
        if seen.iter().any(same) {
            continue;
        }
        seen.push(of);
        let rivals = case.heard.objections.iter().filter(|o| o.criterion == of.criterion && o.changed == Some(true));
        let disputed = of.changed == Some(true) && rivals.clone().any(|o| o.given != of.given);
        let due = due(of, world);
        let before = loss(rubric, of, came, machine);
        let shown = before.clone().map(|(_, shown)| shown);
        let (state, said) = if disputed {
            (
                State::Invalid,
                say!("同一指标有不同的变更决定，请只留一行", "two decisions change this criterion in different ways; leave one"),
            )
        } else if !applies(rubric, &of.criterion, machine) {
            (State::Invalid, say!("这一项对本案不适用", "this criterion does not apply to the case"))
        } else {
            judge(rubric, of, before.and_then(|(loss, _)| loss), (&reviewers, due, world))
        };
        let mut after = None;
        if let (State::Upheld, Some(given)) = (state, &of.given) {
            let (who, why) = (of.deciders.join("、"), of.why.as_deref().unwrap_or_default());
            let (was, now) = (shown.as_deref().unwrap_or("未定"), given.shown());
            let how = say!("申诉后由{was}改为{now}（{who} 决定：{why}）", "on objection from {was} to {now} (decided by {who}: {why})");
            let seen = vec![mark_of(of, given).seen()];
            came.settled.insert(Arc::clone(&of.criterion), Settled { given: Some(given.clone()), how, seen });
            after = Some(now);
            if settled {
                (came.how, came.why) = ("objection", say!("按申诉复核决定改变", "changed by the decision on an objection"));
            }
        }
        all.push(Came { of: of.clone(), state, said, due, before: shown, after, reviewers: reviewers.iter().cloned().collect() });
    }
    all
}

/// The last day for an objection, where the organiser set a limit and the day of service is known.
fn due(of: &Objection, world: World<'_>) -> Option<Date> {
    let (served, length) = (of.served?, world.objection.length?);
    if world.objection.workdays {
        return world.calendar.add_workdays(served, length).ok();
    }
    served.checked_add(i64::from(length).days()).ok()
}

/// What the criterion lost before, and how that is told.
fn loss(rubric: &Rubric, of: &Objection, came: &Settlement, machine: &Scored) -> Option<(Option<Points>, Arc<str>)> {
    if let Some(given) = came.settled.get(&of.criterion).and_then(|s| s.given.as_ref()) {
        let points = rubric.criterion(&of.criterion).map_or(Points::ZERO, |c| c.points);
        return Some((mark::loss(given, points, levels(rubric)), given.shown()));
    }
    let (_, score) = rubric.criteria.iter().zip(&machine.criteria).find(|(c, _)| c.id == of.criterion)?;
    let lost = score.lost.0;
    (!score.open).then(|| (Some(lost), Given::Off(lost).shown()))
}

fn mark_of(of: &Objection, given: &Given) -> Mark {
    mark_at(&of.criterion, given, &of.place, &of.raw)
}

/// Whether the decision keeps the rules.
fn judge(
    rubric: &Rubric,
    of: &Objection,
    before: Option<Points>,
    (reviewers, due, world): (&BTreeSet<Arc<str>>, Option<Date>, World<'_>),
) -> (State, Text) {
    let Some(changed) = of.changed else {
        return (State::Open, say!("尚未决定", "not decided yet"));
    };
    let invalid = |said: Text| (State::Invalid, said);
    let people = people::resolve(&of.deciders, world);
    if people.known.len() + people.unknown.len() < 2 {
        return invalid(say!("决定人应有两人以上", "two people or more have to decide"));
    }
    if let Some(who) = people.known.iter().find(|p| reviewers.contains(*p)) {
        return invalid(say!(
            "决定人 {who} 是一评专家，应当回避，请换人重新决定，写新的决定日期",
            "{who} marked the case first; somebody else has to decide, on a new day"
        ));
    }
    if let Some(said) = people.barred(world) {
        return invalid(said);
    }
    if of.why.is_none() {
        return invalid(say!("没有写决定理由", "no reason of the decision"));
    }
    if of.decided.is_none() {
        return invalid(say!("没有决定日期", "no day of decision"));
    }
    let limited = world.objection.length.is_some();
    if limited && (of.raised.is_none() || due.is_none()) {
        return invalid(say!("缺送达日或提出日，不能核对是否逾期", "whether it came in time cannot be told: 送达日 or 提出日 is lacking"));
    }
    if let (Some(raised), Some(due)) = (of.raised, due)
        && raised > due
    {
        return invalid(say!(
            "{raised} 提出，已过 {due} 的期限，维持原结果；登记照实保留，不得改日期",
            "made on {raised}, after the last day, {due}: the result stays, and the row as it is"
        ));
    }
    let order = [of.served, of.raised, of.decided];
    let days: Vec<Date> = order.into_iter().flatten().collect();
    if !days.is_sorted() {
        return invalid(say!("送达、提出、决定的日期先后不对，请核对", "the days of service, objection and decision are out of order"));
    }
    let said = |notes: Vec<Text>| notes.into_iter().next().unwrap_or_default();
    let notes = vec![if changed { say!("变更", "upheld") } else { say!("维持", "kept") }];
    if !changed {
        return (State::Kept, said(notes));
    }
    let Some(given) = &of.given else {
        return invalid(say!("写了变更，但没有写变更后扣分", "upheld, but what the mark becomes is not written"));
    };
    if !is_valid(rubric, &mark_of(of, given)) {
        let shown = given.shown();
        return invalid(say!("变更后扣分“{shown}”不在该项的量表内", "{shown:?} is not on the scale"));
    }
    let points = rubric.criterion(&of.criterion).map(|c| c.points);
    let now = points.and_then(|points| mark::loss(given, points, levels(rubric)));
    // A red line that falls, or a loss that is not known to grow, raises marks; a red line that is imposed does not.
    let imposed = matches!(given, Given::Word(w) if **w == *form::YES);
    let raises = !imposed && now.is_none_or(|now| before.is_none_or(|before| now < before));
    match (raises, of.existed, &of.evidence) {
        (true, Some(false), _) => {
            invalid(say!("依据的材料是事后形成的，不能据以加分", "the paper it rests on was made afterwards and cannot raise marks"))
        }
        (true, None, Some(_)) => invalid(say!(
            "没有写明材料性质（评估时已存在 或 事后形成），不能据以加分",
            "whether the paper was there when the case was marked (评估时已存在 or 事后形成) is not written, so it cannot raise marks"
        )),
        _ => (State::Upheld, said(notes)),
    }
}
