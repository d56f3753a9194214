//! `draw BATCH --status PLAN`: who has handed in what. Must not read a sheet itself, nor know the clock.

use std::path::Path;

use super::{Streams, refuse};
use crate::assess::Run;
use crate::assess::run::Prepared;
use crate::base::form;
use crate::cli::{Common, DrawPlan};
use crate::panel::status::{Page, State, status};
use crate::record::plan::{Back, Plan};
use crate::record::v1::ProblemRecord;
use crate::report::draw;
use crate::say;

/// Reads what came back and says where the round stands.
pub fn run(common: &Common, batch: &Path, asked: &DrawPlan, plan: &Plan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    if plan.allocation.is_none() {
        let said = say!(
            "方案里没有分卷：请写好 reviewers.toml 再抽一次，才有谁该交什么可看",
            "the plan gives no cases to reviewers; write reviewers.toml and draw again"
        );
        return refuse([said], common, streams);
    }
    // The day asked about is for who is late; it changes nothing of what is read.
    let mut grading = asked.grading.clone();
    let as_of = grading.as_of.take();
    let run = Run { hash: false, plan: asked.status.clone(), ..super::asked(batch, &grading, common) };
    let mut prepared = match run.prepare() {
        Ok(prepared) => prepared,
        Err(error) => return super::refused(error, common, streams),
    };
    let back = prepared.returned();
    let pages: Vec<Page> = back
        .pages
        .into_iter()
        .map(|(case, verdict)| {
            let state = match (verdict.is_complete(), verdict.begun) {
                (true, _) => State::Done,
                (false, true) => State::Half,
                (false, false) => State::Blank,
            };
            let mut blank: Vec<String> = verdict.blank.iter().map(ToString::to_string).collect();
            let unsigned = [
                (form::GRADE, verdict.whole && verdict.grade.is_none()),
                (form::SIGNED, verdict.signed.is_none()),
                (form::ON, verdict.on.is_none()),
            ];
            blank.extend(unsigned.into_iter().filter(|(_, lacks)| *lacks).map(|(label, _)| label.to_owned()));
            Page { reviewer: verdict.reviewer, case, state, blank }
        })
        .collect();
    // Marks beyond their points and grades that do not follow from marks show only when the cases are graded.
    let mut problems = back.problems;
    for found in graded(&mut prepared) {
        // Grading reads the sheets once more and tells what reading told.
        if !problems.iter().any(|p| p.code == found.code && p.message == found.message) {
            problems.push(found);
        }
    }
    let told = problems.into_iter().map(|p| Back {
        file: p.places.first().map_or_else(String::new, |at| at.file.to_string()),
        code: p.code,
        said: p.message,
    });
    let seen = status(plan, &pages, &back.sent, told.collect(), as_of);
    if asked.json {
        writeln!(streams.out, "{}", serde_json::to_string_pretty(&seen)?)?;
    } else {
        write!(streams.out, "{}", draw::standing(&seen, common.lang))?;
    }
    let missing = seen.total.done < seen.total.given || seen.total.back > 0;
    Ok(super::outcome(back.unread, missing))
}

/// What grading tells of score sheets.
fn graded(prepared: &mut Prepared) -> Vec<ProblemRecord> {
    let ran = prepared.each(|_, _| Ok::<_, std::convert::Infallible>(()), |_, ()| Ok(()));
    let Ok((results, _)) = ran;
    results.problems.into_iter().filter(|p| matches!(p.code.as_str(), "P041" | "P082" | "P085")).collect()
}
