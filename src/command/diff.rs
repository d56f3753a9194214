//! `diff OLD NEW` 对比. Must not compare anything itself.

use std::path::Path;

use super::{Streams, exit, refuse, unwritten};
use crate::base::text::Text;
use crate::cli::{Common, DiffPlan};
use crate::compare::{Snapshot, compare, read, sheets, why};
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
    let graded = |path: &Path| path.join("results.json").is_file();
    if !(graded(&plan.old) && graded(&plan.new)) {
        return Ok(begun(&read(&plan.old)?, &read(&plan.new)?));
    }
    let old = Saved::open(&plan.old)?;
    let (a, before) = seen(&old)?;
    let new = Saved::open(&plan.new)?;
    let (b, now) = seen(&new)?;
    let mut diff = begun(&before, &now);
    diff.title.clone_from(&new.results.batch.title);
    diff.causes = why::causes(&old.results, &new.results);
    diff.offices = why::offices(&a, &b, &diff.findings);
    Ok(diff)
}

/// What became of the findings.
fn begun(old: &Snapshot, new: &Snapshot) -> Diff {
    Diff {
        format: 1,
        tool: Some(Tool::this()),
        old_as_of: old.as_of.clone(),
        new_as_of: new.as_of.clone(),
        findings: compare(old, new),
        ..Diff::default()
    }
}

/// A result in short, for its rates and for its findings: every case is read once.
fn seen(saved: &Saved) -> Result<(why::Side<'_>, Snapshot), Text> {
    let (mut side, mut snapshot) = (why::Side::new(&saved.results), Snapshot::of(&saved.results, std::iter::empty()));
    for case in saved.cases()? {
        let case = case?;
        side.add(&case);
        snapshot.add(&case, &saved.results);
    }
    Ok((side, snapshot))
}
