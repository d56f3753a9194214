//! `draw BATCH --repeat PLAN --extra RESULT -o DIR` 加评: one more mark for every case that a result says needs it. Must not change who marks
//! what already.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::sync::Arc;

use super::{Streams, exit, mistaken, refuse, sheets};
use crate::assess::run::Prepared;
use crate::base::text::Text;
use crate::cli::{Common, DrawPlan};
use crate::panel::plan::again;
use crate::panel::settings::Practice;
use crate::record::plan::{CaseKey, Named, Plan, Task, Turn};
use crate::record::v1::{CaseRecord, Results};
use crate::report::draw;
use crate::say;

/// Adds extra marks to a draw and writes their sheets.
pub fn run(
    common: &Common,
    asked: &DrawPlan,
    (prepared, batch, result): (&mut Prepared, &Path, &Path),
    old: &Plan,
    streams: &mut Streams<'_>,
) -> anyhow::Result<u8> {
    let read = super::draw::read_settings(prepared.folder());
    if !read.mistakes.is_empty() {
        return mistaken(&read.mistakes, &read.sources, common, streams);
    }
    let needing = match needing(result, old) {
        Ok(needing) => needing,
        Err(said) => return refuse([said], common, streams),
    };
    if needing.is_empty() {
        let said = say!("没有需要再评的案件，没有写入", "no case needs another mark; nothing was written");
        writeln!(streams.out, "{}", said.get(common.lang))?;
        return Ok(exit::GOOD);
    }
    let (new, round) = match with_extra(old, &needing) {
        Ok(new) => new,
        Err(said) => return refuse([said], common, streams),
    };
    let fresh = added(old, &new);
    let Some(out) = &asked.out else { return Ok(exit::USAGE) };
    // An earlier draw would be replaced, and its sheets are out.
    if std::fs::read_dir(out).is_ok_and(|mut all| all.next().is_some()) {
        let shown = out.display();
        let said = say!(
            "{shown} 里已有文件；加评请用 -o 另写一个新的文件夹，原来的评分表还要用",
            "{shown} is not empty; give a new folder with -o, for the sheets of the first draw are still needed"
        );
        return refuse([said], common, streams);
    }
    let written = super::draw::begin(&new, out, batch).and_then(|output| {
        let practice = Practice::Cases(Vec::new());
        let only = Some((round, &fresh));
        let asked = sheets::Asked { plan: &new, words: &read.settings.sheet, practice: &practice, only };
        let said = sheets::write(&output, prepared, &asked, common, streams)?;
        output.finish().map(|_| said)
    });
    let said = match written {
        Ok(said) => said,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    if !common.quiet {
        let (n, marks) = (needing.len(), fresh.len());
        write!(streams.out, "{}", draw::summary(&new, common.lang))?;
        let line = say!(
            "第 {round} 次加评：{n} 件需要再评，新增 {marks} 件次；原来的分卷不变",
            "round {round} of extra marks: {n} cases need them, {marks} marks more; nothing else has changed"
        );
        writeln!(streams.out, "{}", line.get(common.lang))?;
        if let Some(said) = said {
            writeln!(streams.out, "{}", said.get(common.lang))?;
        }
        let shown = out.display();
        let line = say!(
            "已写入 {shown}；其中的 抽卷方案.json 请换下批次文件夹里原来的一份",
            "written to {shown}; put its plan in the place of the one in the batch"
        );
        writeln!(streams.out, "{}", line.get(common.lang))?;
    }
    Ok(exit::GOOD)
}

/// A case that needs more marks.
struct Needing {
    case: CaseKey,
    marks: u32,
    leader: bool,
}

/// Cases of a result that need more marks, how many, and why.
fn needing(result: &Path, plan: &Plan) -> Result<Vec<Needing>, Text> {
    let shown = result.display();
    let broken = |e: &dyn std::fmt::Display| say!("{shown} 不是完整的评查结果：{e}", "{shown} is no whole result: {e}");
    let bytes = std::fs::read(result.join("results.json")).map_err(|e| broken(&e))?;
    let results: Results = serde_json::from_slice(&bytes).map_err(|e| broken(&e))?;
    let draw = results.panel.as_ref().and_then(|p| p.draw.as_ref());
    let tasks = plan.allocation.as_ref().map_or(0, |a| a.tasks.len());
    if draw.is_some_and(|d| d.frame_sha256 == plan.frame_sha256 && usize::try_from(d.tasks) != Ok(tasks)) {
        return Err(say!(
            "{shown} 是按加评之前的方案评查的，已经加评过；请按现在的方案重新评查，再用新的结果加评",
            "{shown} is the result of the plan before its extra marks; assess by the plan as it is now and use that result"
        ));
    }
    if draw.is_none_or(|d| d.frame_sha256 != plan.frame_sha256) {
        return Err(say!(
            "{shown} 不是按这份抽卷方案评查的结果，不能据以加评",
            "{shown} is not the result of this draw; no extra marks can be taken from it"
        ));
    }
    let file = std::fs::File::open(result.join("cases.jsonl")).map_err(|e| broken(&e))?;
    let mut all = Vec::new();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|e| broken(&e))?;
        let case: CaseRecord = serde_json::from_str(&line).map_err(|e| broken(&e))?;
        let Some(panel) = case.panel.filter(|p| p.needs > 0) else { continue };
        let office = results.offices.iter().find(|o| *o.name == *case.office).map_or("", |o| o.id.as_str());
        let key = CaseKey { office: office.into(), case_no: case.case_no.into(), stage: case.stage.map(Into::into) };
        all.push(Needing { case: key, marks: panel.needs, leader: panel.leader });
    }
    Ok(all)
}

/// The plan with these extra marks, and which round of them it is.
fn with_extra(old: &Plan, needing: &[Needing]) -> Result<(Plan, usize), Text> {
    let mut given = old.clone();
    let Some(rules) = &mut given.rules.allocation else {
        return Err(say!("方案中没有评估专家，不能加评", "the plan has no reviewers to give extra marks to"));
    };
    let before = |named: &Named| named.reason.strip_prefix('第').and_then(|r| r.split_once(ROUND)).and_then(|(n, _)| n.parse().ok());
    let round = rules.extra.iter().filter_map(before).max().unwrap_or(0_usize) + 1;
    for Needing { case, marks, leader } in needing {
        // Why stands in the result: a plan is published, and who marks again must not know how the others marked.
        let named = Named { case: case.clone(), reason: format!("第{round}{ROUND}"), leader: *leader };
        rules.extra.extend((0..*marks).map(|_| named.clone()));
    }
    let new = again(&given)?;
    let tasks = |p: &Plan| p.allocation.as_ref().map(|a| a.tasks.clone()).unwrap_or_default();
    let kept: BTreeSet<(Arc<str>, CaseKey)> = tasks(&new).iter().map(key).collect();
    // Extra marks come after all others, so that nothing given out before moves; should that ever fail, sheets that are out would be void.
    if tasks(old).iter().any(|t| !kept.contains(&key(t))) {
        return Err(say!("加评会改变原来的分卷，没有写入", "extra marks would change who marks what already; nothing was written"));
    }
    Ok((new, round))
}

/// After the number of the round in the reason of an extra mark.
const ROUND: &str = "次加评";

fn key(task: &Task) -> (Arc<str>, CaseKey) {
    (Arc::clone(&task.reviewer), task.case.clone())
}

/// The tasks that are new.
fn added(old: &Plan, new: &Plan) -> BTreeSet<(Arc<str>, CaseKey)> {
    let before: BTreeSet<(Arc<str>, CaseKey)> = old.allocation.iter().flat_map(|a| &a.tasks).map(key).collect();
    let extra = new.allocation.iter().flat_map(|a| &a.tasks).filter(|t| t.turn == Turn::Extra);
    extra.map(key).filter(|k| !before.contains(k)).collect()
}
