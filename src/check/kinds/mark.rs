//! `mark`: what a reviewer (评估专家) gave. Must not choose between two reviewers, and must not take a wrong mark for a mark.

use std::sync::Arc;

use crate::base::form;
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Outcome, Ready, Target, Unit};
use crate::model::case::Case;
use crate::model::heard::Settled;
use crate::model::mark::{Given, Mark};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "mark",
    title: Text::fixed("评估专家评分", "a reviewer's mark"),
    about: Text::fixed(include_str!("mark.zh.md"), include_str!("mark.md")),
    units: &[Unit::Points],
    human: true,
    ready,
};

/// What a mark can be.
enum Scale {
    /// From 0 to so many points.
    Points(Points),
    /// One of these words, best first.
    Levels(Vec<String>),
}

impl Scale {
    /// What a mark loses, in points or in levels; `None` when it is not on the scale.
    fn loss(&self, given: &Given) -> Option<Points> {
        match (self, given) {
            (Self::Points(of), Given::Score(n)) if *n >= Points::ZERO && n <= of => Some(*of - *n),
            (Self::Points(of), Given::Off(n)) if *n >= Points::ZERO && n <= of => Some(*n),
            (Self::Levels(levels), Given::Word(word)) => {
                let at = levels.iter().position(|l| **l == **word)?;
                i64::try_from(at).ok().map(Points::whole)
            }
            _ => None,
        }
    }

    fn wanted(&self) -> Text {
        match self {
            Self::Points(of) => say!("应为 0 至 {of} 分", "it lies from 0 to {of}"),
            Self::Levels(levels) => {
                let (zh, en) = (levels.join("、"), levels.join(", "));
                say!("应为{zh}之一", "it is one of {en}")
            }
        }
    }
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let criterion = args.criterion.clone();
    let scale = if args.levels.is_empty() { Scale::Points(args.points) } else { Scale::Levels(args.levels.clone()) };
    Ready::case(move |case, _| look(case, &criterion, &scale))
}

fn look(case: &Case, criterion: &str, scale: &Scale) -> Vec<Observation> {
    let target = || Target::Other(format!("mark:{criterion}"));
    if let Some(settled) = case.heard.settled.get(criterion) {
        return vec![settle(settled, scale).about(target())];
    }
    let marks: Vec<&Mark> = case.marks.iter().filter(|m| *m.criterion == *criterion).collect();
    let (good, bad): (Vec<&Mark>, Vec<&Mark>) = marks.iter().copied().partition(|m| scale.loss(&m.given).is_some());
    let pending = |said: Text, seen: Vec<Seen>| vec![Observation::new(Outcome::Pending, said, seen).about(target())];
    if !bad.is_empty() {
        let (raw, wanted) = (texts(&bad).join("、"), scale.wanted());
        let (zh, en) = (&wanted.zh, &wanted.en);
        let said = say!("评分“{raw}”无效，{zh}，暂按未评处理", "the mark “{raw}” is not valid, {en}; it counts as not marked");
        return pending(said, marks.iter().map(|m| m.seen()).collect());
    }
    let Some(first) = good.first() else {
        return pending(Text::fixed("评估专家尚未评分", "no reviewer has marked it yet"), vec![case.home_seen()]);
    };
    let seen: Vec<Seen> = good.iter().map(|m| m.seen()).collect();
    if good.iter().any(|m| m.given != first.given) {
        let all = texts(&good);
        let (zh, en) = (all.join("、"), all.join(", "));
        let said = say!(
            "不同评分：{zh}，请评估专家商定后只留一个，暂按未评处理",
            "different marks: {en}; the reviewers have to settle on one, it counts as not marked until then"
        );
        return pending(said, seen);
    }
    let loss = scale.loss(&first.given).unwrap_or(Points::ZERO);
    if loss.is_zero() {
        return Vec::new();
    }
    let (said, unit) = taken(scale, &first.given, loss);
    vec![Observation::unmet(with_reasons(said, &good), seen).by(loss, unit).about(target())]
}

/// What a mark that loses something says.
fn taken(scale: &Scale, given: &Given, loss: Points) -> (Text, Unit) {
    match (scale, given) {
        (Scale::Points(of), Given::Score(_) | Given::Off(_)) => {
            let n = *of - loss;
            (say!("评估专家评 {n} 分（满分 {of} 分），扣 {loss} 分", "marked {n} of {of}, {loss} off"), Unit::Points)
        }
        (_, given) => {
            let word = given.shown();
            (say!("评估专家评为“{word}”", "rated “{word}” by a reviewer"), Unit::Level)
        }
    }
}

/// What a mark loses of a criterion of so many points, or with these levels where there are any; nothing when it is not on the scale.
pub fn loss(given: &Given, points: Points, levels: &[Arc<str>]) -> Option<Points> {
    scale(points, levels).loss(given)
}

/// What a settled mark says of a criterion.
pub fn observe(settled: &Settled, criterion: &str, points: Points, levels: &[Arc<str>]) -> Observation {
    settle(settled, &scale(points, levels)).about(Target::Other(format!("mark:{criterion}")))
}

fn scale(points: Points, levels: &[Arc<str>]) -> Scale {
    if levels.is_empty() { Scale::Points(points) } else { Scale::Levels(levels.iter().map(ToString::to_string).collect()) }
}

/// What several marks came to.
fn settle(settled: &Settled, scale: &Scale) -> Observation {
    let (how, seen) = (&settled.how, settled.seen.clone());
    let Some((given, loss)) = settled.given.as_ref().and_then(|given| Some((given, scale.loss(given)?))) else {
        return match &settled.given {
            Some(Given::Word(word)) if **word == *form::NOT_APPLICABLE => Observation::new(Outcome::NotApplicable, how.clone(), seen),
            _ => Observation::new(Outcome::Pending, how.clone(), seen),
        };
    };
    if loss.is_zero() {
        return Observation::new(Outcome::Met, how.clone(), seen);
    }
    let (said, unit) = taken(scale, given, loss);
    let said = Text::pair(format!("{}；{}", said.zh, how.zh), Some(format!("{}; {}", said.en, how.en)));
    Observation::unmet(said, seen).by(loss, unit)
}

/// `5（专家 A3）`, as written.
fn texts(marks: &[&Mark]) -> Vec<String> {
    let one = |m: &&Mark| match &m.reviewer {
        Some(reviewer) => format!("{}（{reviewer}）", m.raw.trim()),
        None => m.raw.trim().to_owned(),
    };
    marks.iter().map(one).collect()
}

fn with_reasons(said: Text, marks: &[&Mark]) -> Text {
    let mut reasons: Vec<&str> = marks.iter().filter_map(|m| m.reason.as_deref()).map(str::trim).filter(|r| !r.is_empty()).collect();
    reasons.dedup();
    if reasons.is_empty() {
        return said;
    }
    let reasons = reasons.join("；");
    Text::pair(format!("{}：{reasons}", said.zh), Some(format!("{}: {reasons}", said.en)))
}
