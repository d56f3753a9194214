//! `finalize RESULT` 定稿. Must not decide what may be sealed: it asks, and says what came of it.

use std::path::Path;

use super::{Streams, exit, refuse};
use crate::cli::{Common, FinalizePlan};
use crate::record::seal::{FINAL, PAGE, Seal};
use crate::say;
use crate::seal::{Asked, seal};

/// Seals a stage.
pub fn run(common: &Common, plan: FinalizePlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let Some(on) = plan.on else { return Ok(exit::USAGE) };
    let asked = Asked {
        result: plan.result,
        stage: plan.stage,
        by: plan.by,
        on,
        with_open: plan.with_open,
        follows: plan.follows,
        corrects: plan.corrects.map(|old| (old, plan.reason.unwrap_or_default())),
    };
    match seal(&asked) {
        Ok(seal) => {
            if !common.quiet {
                write!(streams.out, "{}", told(&seal, &asked.result, common))?;
            }
            Ok(exit::GOOD)
        }
        Err(why) => refuse(why, common, streams),
    }
}

fn told(seal: &Seal, out: &Path, common: &Common) -> String {
    let (by, on, stage, code) = (&seal.by, &seal.on, &seal.stage, seal.code.get(..12).unwrap_or(&seal.code));
    let mut lines = vec![match &seal.correction {
        None => say!("{by} 于 {on} 封存：{stage}，校验码 {code}", "{by} sealed it on {on}: {stage}, code {code}"),
        Some(c) => {
            let (no, reason, n) = (c.no, &c.reason, c.changes.len());
            say!(
                "{by} 于 {on} 封存：{stage}，更正第 {no} 号（{reason}），变动 {n} 件，校验码 {code}",
                "{by} sealed it on {on}: {stage}, correction no. {no} ({reason}), {n} cases changed, code {code}"
            )
        }
    }];
    for change in seal.correction.iter().flat_map(|c| &c.changes) {
        let none = "无".to_owned();
        let (office, no, stage) = (&change.office, &change.case_no, change.stage.as_ref().map(|s| format!(" {s}")).unwrap_or_default());
        let (before, after) = (change.before.as_ref().unwrap_or(&none), change.after.as_ref().unwrap_or(&none));
        lines.push(say!("  {office} {no}{stage}：{before} → {after}", "  {office} {no}{stage}: {before} → {after}"));
    }
    if let Some(open) = &seal.open {
        let (undecided, unconfirmed) = (open.undecided, open.unconfirmed);
        lines.push(say!(
            "注意：还有 {undecided} 件等次未定、{unconfirmed} 件等次未经确认，已记入 seal.json",
            "note: {undecided} cases are undecided and {unconfirmed} grades unconfirmed; seal.json says so"
        ));
    }
    if seal.stage == FINAL && out.join(PAGE).exists() {
        let out = out.display();
        lines.push(say!(
            "结果里的 report.html 是定稿以前写的，带有“草稿”；要不带草稿的网页：juanping report {out} --format html -o 新文件夹",
            "report.html in the result was written before and says that it is a draft; for one that does not: juanping report {out} --format html -o NEW"
        ));
    }
    lines.push(say!(
        "封存只说明此后没有改动，不是电子签名；请按规定另行签字盖章",
        "a seal shows that nothing changed since; it is no electronic signature"
    ));
    lines.iter().map(|line| format!("{}\n", line.get(common.lang))).collect()
}
