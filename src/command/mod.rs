//! One file per sub-command: takes a plan, does it, says what came of it, and gives the exit code.
//! Must not grade, read registers or lay out reports itself.

mod assess;
mod certificate;
mod check;
mod demo;
mod diff;
mod draw;
mod explain;
mod extra;
mod fill;
mod finalize;
mod gap;
mod init;
mod ledger;
mod menu;
mod merge;
mod nominate;
mod page;
mod papers;
mod rank;
mod report;
mod rubric;
mod sheets;
mod single;
mod status;
mod struck;
mod verify;
mod what_if;

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use crate::assess::{Run, RunError};
use crate::base::excerpt;
use crate::base::mistake::{Mistake, Source};
use crate::base::problem::Severity;
use crate::base::text::Text;
use crate::cli::{Common, Grading, Plan, grammar};
use crate::record::v1::CaseRecord;
use crate::report::write::WriteError;

/// Where a command reads answers and writes: stdout stays clean for pipes.
pub struct Streams<'a> {
    /// What a person types.
    pub input: &'a mut dyn BufRead,
    /// Whether a person sits before it, so that a closing window waits for Enter.
    pub person: bool,
    /// Results.
    pub out: &'a mut dyn Write,
    /// Messages and progress.
    pub err: &'a mut dyn Write,
    /// Whether stderr may be coloured.
    pub colour: bool,
    /// Whether stderr is a terminal, where progress goes.
    pub terminal: bool,
}

/// Exit codes; the highest that applies wins.
pub mod exit {
    /// All is well.
    pub const GOOD: u8 = 0;
    /// `--fail-on` reached, or an example failed.
    pub const FOUND: u8 = 1;
    /// Usage, rubric or settings wrong; nothing was run.
    pub const USAGE: u8 = 2;
    /// A register, score sheet, archive or folder could not be read.
    pub const UNREAD: u8 = 3;
    /// Could not write.
    pub const UNWRITTEN: u8 = 4;
}

/// Does what was asked for.
///
/// # Errors
/// When stdout or stderr cannot be written.
pub fn run(common: &Common, plan: Plan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    match plan {
        Plan::Menu => menu::run(common, streams),
        Plan::Dropped { path } => menu::dropped(common, path, streams),
        Plan::Check(plan) => check::run(common, plan, streams),
        Plan::Assess(plan) => assess::run(common, plan, streams),
        Plan::Draw(plan) => draw::run(common, plan, streams),
        Plan::Rank(plan) => rank::run(common, &plan, streams),
        Plan::Merge(plan) => merge::run(common, &plan, streams),
        Plan::Verify(plan) => verify::run(common, &plan, streams),
        Plan::Finalize(plan) => finalize::run(common, plan, streams),
        Plan::Diff(plan) => diff::run(common, &plan, streams),
        Plan::Ledger(plan) => ledger::run(common, &plan, streams),
        Plan::RubricList => rubric::list(common, streams),
        Plan::Rubric { action, rubrics } => rubric::run(common, action, &rubrics, streams),
        Plan::RubricExport { folder } => rubric::export(common, &folder, streams),
        Plan::Explain { code, rubrics } => explain::run(common, code.as_deref(), &rubrics, streams),
        Plan::Demo(plan) => match &plan.fill {
            Some(draw) => fill::run(common, &plan.folder, (draw, plan.seed), streams),
            None => demo::run(common, &plan, streams),
        },
        Plan::Init(plan) => init::run(common, &plan, streams),
        Plan::Report(plan) => report::run(common, &plan, streams),
        Plan::Nominate(plan) => nominate::run(common, &plan, streams),
        Plan::Gap(plan) => gap::run(common, &plan, streams),
        Plan::WhatIf(plan) => what_if::run(common, &plan, streams),
        Plan::Schema { name } => {
            write!(streams.out, "{}", crate::report::schema::schema(&name).unwrap_or_default())?;
            Ok(exit::GOOD)
        }
        Plan::Completions { shell } => {
            clap_complete::generate(shell, &mut grammar(common.lang), "juanping", &mut streams.out);
            Ok(exit::GOOD)
        }
        Plan::Man => {
            clap_mangen::Man::new(grammar(common.lang)).render(&mut streams.out)?;
            Ok(exit::GOOD)
        }
        Plan::Say(text) => {
            write!(streams.out, "{text}")?;
            Ok(exit::GOOD)
        }
    }
}

/// Prints mistakes with their lines.
fn show_mistakes(common: &Common, mistakes: &[Mistake], sources: &[Source], streams: &mut Streams<'_>) -> anyhow::Result<()> {
    write!(streams.err, "{}", excerpt::render(mistakes, sources, common.lang, streams.colour))?;
    Ok(())
}

/// Whether a case has a finding of this severity or worse; what only awaits a reviewer does not count.
fn fails(case: &CaseRecord, level: Severity) -> bool {
    let rank = |word: &str| [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|s| s.id() == word);
    case.findings.iter().any(|f| f.outcome != "pending" && rank(&f.severity).is_some_and(|s| s >= level))
}

/// A run as the command line asks for it, without what a command adds.
fn asked(batch: &Path, grading: &Grading, common: &Common) -> Run {
    Run {
        batch: batch.to_owned(),
        rubrics: grading.rubrics.clone(),
        as_of: grading.as_of,
        offices: grading.offices.clone(),
        jobs: common.jobs,
        names: grading.names,
        look: grading.look,
        ocr: grading.ocr,
        // Inside the batch it would be read as papers next time.
        cache: crate::assess::looking::folder()
            .filter(|at| !grading.no_cache && crate::report::target::apart(at, &absolute(at), batch).is_ok()),
        ..Run::default()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Says what is wrong with what was asked for; the exit code.
fn refuse(why: impl IntoIterator<Item = Text>, common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    for said in why {
        writeln!(streams.err, "{}", said.get(common.lang))?;
    }
    Ok(exit::USAGE)
}

/// Shows mistakes with their lines; the exit code.
fn mistaken(mistakes: &[Mistake], sources: &[Source], common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    show_mistakes(common, mistakes, sources, streams)?;
    Ok(exit::USAGE)
}

/// Says why nothing was run; the exit code.
fn refused(error: RunError, common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    match error {
        RunError::Mistakes(sources, mistakes) => mistaken(&mistakes, &sources, common, streams),
        RunError::Usage(said) => refuse([said], common, streams),
    }
}

/// Says why nothing was written; the exit code.
fn unwritten(error: &WriteError, common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    writeln!(streams.err, "{}", error.said().get(common.lang))?;
    Ok(if matches!(error, WriteError::Refused(_)) { exit::USAGE } else { exit::UNWRITTEN })
}

/// The exit code of a run that was written.
fn outcome(unread: bool, failing: bool) -> u8 {
    match (unread, failing) {
        (true, _) => exit::UNREAD,
        (false, true) => exit::FOUND,
        (false, false) => exit::GOOD,
    }
}
