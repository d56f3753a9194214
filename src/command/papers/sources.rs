//! What papers are made from besides the result: the plan of the draw and the ledger (抽卷方案、整改台账). Must not take what belongs to
//! another batch.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::base::text::Text;
use crate::record::ledger::Ledger;
use crate::record::plan::Plan;
use crate::record::v1::Results;
use crate::say;

/// The plan that draw wrote.
///
/// # Errors
/// Why it is none.
pub fn read_plan(path: &Path) -> Result<Plan, Text> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|e| say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"))?;
    let plan: Plan = serde_json::from_slice(&bytes)
        .map_err(|_| say!("{shown} 不是 draw 写的抽卷方案.json，或者被改动过", "{shown} is no plan that draw wrote, or was changed"))?;
    (plan.format == 1).then_some(plan).ok_or_else(|| say!("{shown} 是另一种格式的抽卷方案", "{shown} is a plan of another format"))
}

/// Refuses a plan that the result was not assessed by: its papers would name cases of another draw.
///
/// # Errors
/// That it is another.
pub fn fits(plan: &Plan, path: &Path, results: &Results) -> Result<(), Text> {
    let shown = path.display();
    match results.panel.as_ref().and_then(|p| p.draw.as_ref()) {
        Some(draw) if draw.frame_sha256 == plan.frame_sha256 && draw.seed == plan.seed => Ok(()),
        Some(_) => Err(say!(
            "{shown} 不是这次评查用的抽卷方案（抽样框或种子不同）；请用评查文件夹里的那一份",
            "{shown} is not the plan that this result was assessed by (another frame or seed); give the one in the batch"
        )),
        None => Err(say!(
            "这个结果不是按抽卷方案评查的，不能和 {shown} 一起用；抽卷的文书请用 draw 的结果做",
            "this result was not assessed by a plan and does not go with {shown}; make papers of a draw from the result of draw"
        )),
    }
}

/// The ledger as people left it: its rows with what stands in their cells now.
///
/// # Errors
/// Why it is no ledger, or one of another batch.
pub fn read_ledger(path: &Path, results: Option<&Results>) -> Result<Ledger, Text> {
    let version = crate::ledger::read::read(path, &path.display().to_string())?;
    let mut ledger = version.base;
    if let Some(results) = results.filter(|r| r.batch.title != ledger.title) {
        let (shown, ours, theirs) = (path.display(), &results.batch.title, &ledger.title);
        return Err(say!(
            "{shown} 是“{theirs}”的整改台账，不是“{ours}”的；请用这个批次的台账",
            "{shown} is the ledger of {theirs} and not of {ours}; give the ledger of this batch"
        ));
    }
    let lines: BTreeMap<&str, _> = version.lines.iter().map(|l| (l.key.as_str(), l)).collect();
    for row in &mut ledger.rows {
        if let Some(line) = lines.get(row.key.as_str()) {
            row.cells.clone_from(&line.cells);
        }
    }
    Ok(ledger)
}
