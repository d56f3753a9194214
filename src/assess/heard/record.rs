//! What the panel made of a case, as recorded. Must not settle anything.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Heard;
use crate::assess::subject::Context;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::heard::Objector;
use crate::record::number::Number;
use crate::record::plan::Turn;
use crate::record::v1::{CasePanel, Confirmed, ObjectionRecord, Opinion, Overridden, Remark};
use crate::rubric::Rubric;
use crate::score::Scored;

/// The record, and what is wrong with confirmations.
pub fn record(rubric: &Rubric, case: &Case, heard: &Heard<'_>, scored: &Scored, context: &Context<'_>) -> (CasePanel, Vec<Problem>) {
    let (confirmed, problems) = heard.confirmed(rubric, case, scored);
    let confirmed = confirmed.map(|c| Confirmed {
        grade: c.grade,
        by: c.by.into_iter().collect(),
        on: c.on.to_string(),
        places: c.places.iter().map(|p| context.places.record(p, None)).collect(),
    });
    let panel = CasePanel {
        opinions: opinions(rubric, heard, context),
        how: heard.came.how.to_owned(),
        why: heard.came.why.map(|t| context.mask.text(t)),
        needs: heard.came.needs,
        leader: heard.came.leader,
        confirmed,
        overridden: overridden(rubric, heard, context),
        objections: objections(heard, context),
        remarks: remarks(case, context),
    };
    (panel, problems)
}

fn opinions(rubric: &Rubric, heard: &Heard<'_>, context: &Context<'_>) -> Vec<Opinion> {
    let one = |(voice, scored): &(super::Voice<'_>, Scored)| Opinion {
        reviewers: voice.reviewers.clone(),
        turn: match voice.turn {
            Turn::First => "first",
            Turn::Second => "second",
            Turn::Extra => "extra",
        }
        .to_owned(),
        low: scored.marks.map(|m| Number::new(m.0)),
        high: scored.marks.map(|m| Number::new(m.1)),
        grade: scored.grade().and_then(|g| rubric.grades.get(g)).map(|g| Arc::clone(&g.title)),
        complete: voice.complete,
        confirmed: voice.confirmed().cloned(),
        places: voice.verdicts.iter().map(|v| context.places.record(&v.place, None)).collect(),
    };
    heard.voices.iter().map(one).collect()
}

fn overridden(rubric: &Rubric, heard: &Heard<'_>, context: &Context<'_>) -> Vec<Overridden> {
    let one = |(i, settled): (usize, &crate::model::heard::Settled)| {
        let (criterion, score) = (rubric.criteria.get(i)?, heard.machine.criteria.get(i)?);
        let of = if score.outcome == crate::check::Outcome::NotApplicable { Points::ZERO } else { criterion.points };
        let message = score.observations.first().map(|(o, _)| o.said.map(|t| context.mask.text(t)));
        Some(Overridden {
            criterion: Arc::clone(&criterion.id),
            outcome: score.outcome.id().to_owned(),
            low: Number::new(of - score.lost.1.min(of)),
            high: Number::new(of - score.lost.0.min(of)),
            message: message.unwrap_or_else(|| Text::fixed("未见问题", "nothing found")),
            by: settled.how.map(|t| context.mask.text(t)),
        })
    };
    heard.overridden(rubric).filter_map(one).collect()
}

fn objections(heard: &Heard<'_>, context: &Context<'_>) -> Vec<ObjectionRecord> {
    let masked = |text: &Option<Arc<str>>| text.as_ref().map(|t| context.mask.shared(t));
    let one = |came: &super::objections::Came| {
        let of = &came.of;
        ObjectionRecord {
            criterion: Arc::clone(&of.criterion),
            by: context.mask.shared(&of.by),
            role: of.role.map(|r| match r {
                Objector::Office => "office".to_owned(),
                Objector::Lawyer => "lawyer".to_owned(),
            }),
            reason: masked(&of.reason),
            evidence: masked(&of.evidence),
            existed: of.existed,
            served: of.served.map(|d| d.to_string()),
            raised: of.raised.map(|d| d.to_string()),
            due: came.due.map(|d| d.to_string()),
            state: came.state.id().to_owned(),
            said: came.said.map(|t| context.mask.text(t)),
            before: came.before.clone(),
            after: came.after.clone(),
            reviewers: came.reviewers.clone(),
            deciders: of.deciders.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
            decided: of.decided.map(|d| d.to_string()),
            place: context.places.record(&of.place, None),
        }
    };
    heard.objections.iter().map(one).collect()
}

fn remarks(case: &Case, context: &Context<'_>) -> Vec<Remark> {
    let of = |v: &crate::model::heard::Verdict| {
        let all = [("good", v.good.clone()), ("lacking", v.lacking.clone()), ("advice", v.advice.clone())];
        let reviewer = Arc::clone(&v.reviewer);
        all.into_iter().filter_map(move |(kind, text)| {
            Some(Remark { reviewer: Arc::clone(&reviewer), kind: kind.to_owned(), text: context.mask.shared(&text?) })
        })
    };
    case.heard.verdicts.iter().flat_map(of).collect()
}
