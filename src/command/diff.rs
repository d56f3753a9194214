//! `diff OLD NEW` 对比. Must not compare anything itself.

use super::{Streams, exit, refuse, unwritten};
use crate::base::text::Text;
use crate::cli::{Common, DiffPlan};
use crate::compare::{compare, read, sheets, why};
use crate::record::diff::Diff;
use crate::record::v1::Tool;
use crate::report::write::WriteError;
use crate::report::{diff as report, file};
use crate::saved::Saved;
use crate::say;

/// Compares two results.
pub fn run(common: &Common, plan: &DiffPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let diff = match made(plan) {
        Ok(diff) => diff,
        Err(said) => return refuse([said], common, streams),
    };
    if let Some(out) = &plan.out {
        let written = report::workbook(&diff)
            .map_err(|e| WriteError::Failed { path: std::env::temp_dir(), source: std::io::Error::other(e) })
            .and_then(|bytes| file::write(out, &bytes, &plan.new, |p| sheets(p).iter().any(|s| s == report::SHEETS[0])));
        if let Err(error) = written {
            return unwritten(&error, common, streams);
        }
    }
    if plan.json {
        serde_json::to_writer_pretty(&mut *streams.out, &diff)?;
        writeln!(streams.out)?;
    } else if !common.quiet {
        write!(streams.out, "{}", report::terminal(&diff, common.lang))?;
        if let Some(out) = &plan.out {
            let shown = out.display();
            writeln!(streams.out, "{}", say!("已写入 {shown}", "written to {shown}").get(common.lang))?;
        }
    }
    Ok(if plan.fail_on_new && !diff.findings.new.is_empty() { exit::FOUND } else { exit::GOOD })
}

fn made(plan: &DiffPlan) -> Result<Diff, Text> {
    let (old, new) = (read(&plan.old)?, read(&plan.new)?);
    let findings = compare(&old, &new);
    let mut diff = Diff {
        format: 1,
        tool: Some(Tool::this()),
        old_as_of: old.as_of.clone(),
        new_as_of: new.as_of.clone(),
        findings,
        ..Diff::default()
    };
    let graded = |path: &std::path::Path| path.join("results.json").is_file();
    if !(graded(&plan.old) && graded(&plan.new)) {
        return Ok(diff);
    }
    let (old, new) = (Saved::open(&plan.old)?, Saved::open(&plan.new)?);
    let (mut a, mut b) = (why::Side::new(&old.results), why::Side::new(&new.results));
    for (side, saved) in [(&mut a, &old), (&mut b, &new)] {
        for case in saved.cases()? {
            side.add(&case?);
        }
    }
    diff.title.clone_from(&new.results.batch.title);
    diff.causes = why::causes(&old.results, &new.results);
    diff.offices = why::offices(&a, &b, &diff.findings);
    Ok(diff)
}
