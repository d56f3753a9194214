//! A whole plan from frame, rules and seed, and whether a plan can be drawn again. Must not read or write files.

use super::allocate::{Given, allocate};
use super::draw::{draw, frame};
use crate::base::text::Text;
use crate::record::plan::{CaseKey, FrameCase, FrameOffice, Maker, Plan, Rules, Source};
use crate::say;

/// Draws and gives out.
///
/// # Errors
/// Which rule cannot hold.
pub fn plan(
    tool: Maker,
    batch: Source,
    (rules, seed): (Rules, u64),
    mut offices: Vec<FrameOffice>,
    mut cases: Vec<FrameCase>,
) -> Result<Plan, Text> {
    offices.sort_by(|a, b| a.id.cmp(&b.id));
    frame::sort(&mut cases);
    let outcome = draw(&cases, &rules, seed)?;
    let allocation = match &rules.allocation {
        Some(how) => {
            let given = Given { drawn: &outcome.drawn, substitutions: &outcome.substitutions, frame: &cases, offices: &offices };
            Some(allocate(&given, how, seed)?)
        }
        None => None,
    };
    Ok(Plan {
        format: 1,
        tool,
        batch,
        seed,
        frame_sha256: frame::sha256(&cases),
        size: outcome.size,
        strata: outcome.strata,
        steps: outcome.steps,
        drawn: outcome.drawn,
        reserves: outcome.reserves,
        substitutions: outcome.substitutions,
        allocation,
        rules,
        offices,
        frame: cases,
    })
}

/// Draws again from nothing but a plan.
///
/// # Errors
/// Which rule cannot hold.
pub fn again(old: &Plan) -> Result<Plan, Text> {
    plan(old.tool.clone(), old.batch.clone(), (old.rules.clone(), old.seed), old.offices.clone(), old.frame.clone())
}

/// What differs between a plan and what is drawn anew, each in a line; nothing when they are the same.
pub fn differences(old: &Plan, new: &Plan) -> Vec<Text> {
    let mut said = Vec::new();
    if old.frame_sha256 != new.frame_sha256 {
        let (a, b) = (&old.frame_sha256, &new.frame_sha256);
        said.push(say!("抽样框的哈希值不符：方案写 {a}，算得 {b}", "the hash of the frame differs: the plan says {a}, it comes to {b}"));
    }
    type Of = fn(&Plan) -> Vec<CaseKey>;
    let lists: [(&str, &str, Of); 3] = [
        ("抽样框", "the frame", |p| p.frame.iter().map(|c| c.case.clone()).collect()),
        ("抽中案件", "the drawn cases", |p| p.drawn.iter().map(|c| c.case.clone()).collect()),
        ("候补", "the reserves", |p| p.reserves.iter().map(|c| c.case.clone()).collect()),
    ];
    for (zh, en, of) in lists {
        let (mut a, mut b) = (of(old), of(new));
        a.sort();
        b.sort();
        let named = |k: &CaseKey| {
            let office = [old, new].into_iter().map(|p| p.office(&k.office)).find(|o| !o.is_empty()).unwrap_or(&k.office);
            format!("{office} {k}")
        };
        let only = |x: &[CaseKey], y: &[CaseKey]| x.iter().filter(|k| y.binary_search(k).is_err()).map(named).collect::<Vec<String>>();
        for (cases, there, here) in
            [(only(&a, &b), "方案中有、重抽没有", "in the plan only"), (only(&b, &a), "重抽有、方案中没有", "drawn anew only")]
        {
            if !cases.is_empty() {
                let (n, list) = (cases.len(), cases.join("、"));
                said.push(say!("{zh}：{there} {n} 件：{list}", "{en}: {n} {here}: {list}"));
            }
        }
    }
    let parts = [
        ("种子", "the seed", old.seed == new.seed),
        ("规则", "the rules", old.rules == new.rules),
        ("样本量", "the size", old.size == new.size),
        ("各层件数", "the strata", old.strata == new.strata),
        ("指定案号的步骤", "the steps of designated numbers", old.steps == new.steps),
        ("抽中案件的记载", "what is written of drawn cases", old.drawn == new.drawn),
        ("候补的次序", "the order of reserves", old.reserves == new.reserves),
        ("替换记录", "the substitutions", old.substitutions == new.substitutions),
        ("分卷", "the allocation", old.allocation == new.allocation),
        ("抽样框的记载", "what is written of the frame", old.frame == new.frame && old.offices == new.offices),
    ];
    said.extend(parts.into_iter().filter(|(_, _, same)| !same).map(|(zh, en, _)| say!("{zh}不同", "{en} differs")));
    said
}
