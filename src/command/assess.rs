//! `assess PATH -o DIR` 评查. Must not grade: it ties the run to the writer.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use super::{Streams, fails};
use crate::assess::Run;
use crate::assess::office::Graded;
use crate::assess::part::Part;
use crate::base::problem::Severity;
use crate::cli::{AssessPlan, Common};
use crate::record::part::PART;
use crate::record::seal::PAGE;
use crate::record::v1::{Batch, Results};
use crate::report::audience::Audience;
use crate::report::page::{Packed, Packer, Pages};
use crate::report::write::{Output, WriteError};
use crate::report::{file_name, summary, terminal, workbook};
use crate::say;

type Spool = BufWriter<File>;

/// What one office turned into, ready to be written.
struct Made {
    cases: Spool,
    out: Vec<u8>,
    inputs: Vec<u8>,
    workbook: Vec<u8>,
    packed: Option<Packed>,
    failing: bool,
}

/// Grades a batch.
pub fn run(common: &Common, plan: AssessPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let run = Run { hash: true, part: true, plan: plan.plan.clone(), ..super::asked(&plan.batch, &plan.grading, common) };
    let mut prepared = match run.prepare() {
        Ok(prepared) => prepared,
        Err(error) => return super::refused(error, common, streams),
    };
    if plan.list {
        for office in &prepared.plan.offices {
            writeln!(streams.out, "{}\t{}", office.id, office.name)?;
        }
        return Ok(super::exit::GOOD);
    }
    let mut output = match Output::begin(&plan.out, &plan.batch) {
        Ok(output) => output,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    // Every stream exists, also when no office has a line for it.
    for name in ["cases.jsonl", "out-of-scope.jsonl", "inputs.jsonl"] {
        if let Err(error) = output.append(name, b"") {
            return super::unwritten(&error, common, streams);
        }
    }
    let mut pages = match Pages::begin(&output) {
        Ok(pages) => pages,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    // Rubrics, titles and problems of the batch; offices are told of by themselves.
    let bare = prepared.bare();
    let packer = Packer::new(&bare, Audience::Internal);
    let (total, mut done, mut failing) = (prepared.plan.offices.len(), 0, false);
    let mut sizes = Vec::new();
    let show_progress = streams.terminal && !common.quiet;
    let written = prepared.each(
        |batch, graded| make(&output, batch, &bare, &packer, graded, plan.grading.fail_on),
        |graded, mut made| {
            sizes.push([made.cases.stream_position().unwrap_or_default(), size(&made.out), size(&made.inputs)]);
            output.append_spool("cases.jsonl", made.cases)?;
            output.append("out-of-scope.jsonl", &made.out)?;
            output.append("inputs.jsonl", &made.inputs)?;
            output.whole(&file_name::workbook(&graded.office.name), &made.workbook)?;
            made.packed.map_or(Ok(()), |packed| pages.add(packed)).map_err(|error| error.of(&output))?;
            failing |= made.failing;
            done += 1;
            if show_progress {
                let name = &graded.office.name;
                // Progress that cannot be shown spoils nothing.
                let _ = write!(streams.err, "\r{done}/{total} {name}\x1b[K");
            }
            Ok::<(), WriteError>(())
        },
    );
    if show_progress {
        writeln!(streams.err)?;
    }
    let part = prepared.part();
    let finished = written.and_then(|(results, unread)| {
        part.map_or(Ok(()), |part| keep(&output, part, &sizes))?;
        finish(&output, &results)?;
        pages.complete(&mut output, &results).map(|()| (results, unread))
    });
    let (results, unread) = match finished.and_then(|done| output.finish().map(|_| done)) {
        Ok(done) => done,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    if !common.quiet {
        write!(streams.out, "{}", terminal::summary(&results, common.lang))?;
        let shown = plan.out.display();
        writeln!(
            streams.out,
            "{}",
            say!("已写入 {shown}；双击其中的 {PAGE}，用浏览器看", "written to {shown}; open {PAGE} in it with a browser").get(common.lang)
        )?;
    }
    Ok(super::outcome(unread, failing))
}

/// Writes what is only of this office; its cases are then let go.
fn make(
    output: &Output,
    batch: &Batch,
    bare: &Results,
    packer: &Packer<'_>,
    graded: &mut Graded,
    fail_on: Option<Severity>,
) -> Result<Made, WriteError> {
    let context = workbook::Context { batch, problems: &graded.problems, ..workbook::Context::of(bare) };
    let mut cases = std::mem::take(&mut graded.own);
    cases.append(&mut graded.cases);
    let workbook = workbook::office(&context, &graded.office, &cases).map_err(unmade)?;
    let mut spool = output.spool()?;
    for case in &cases {
        line(&mut spool, case).map_err(|e| output.failed("cases.jsonl", e))?;
    }
    Ok(Made {
        cases: spool,
        out: lines(&graded.out)?,
        inputs: lines(&graded.inputs)?,
        workbook,
        packed: packer.office(&cases).map_err(|e| output.failed(PAGE, e))?,
        failing: fail_on.is_some_and(|level| cases.iter().any(|c| fails(c, level))),
    })
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Writes what a later `merge` needs of a result of some offices.
fn keep(output: &Output, mut part: Part, sizes: &[[u64; 3]]) -> Result<(), WriteError> {
    part.offices.iter_mut().zip(sizes).for_each(|(office, sizes)| office.bytes = *sizes);
    let bytes = crate::merge::lines(&part.head, part.offices.iter()).map_err(|e| output.failed(PART, e))?;
    output.whole(PART, &bytes)
}

/// A workbook or record that could not be put together, for want of room for its temporary parts.
fn unmade(error: impl std::error::Error + Send + Sync + 'static) -> WriteError {
    WriteError::Failed { path: std::env::temp_dir(), source: std::io::Error::other(error) }
}

fn lines<T: serde::Serialize>(records: &[T]) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    for record in records {
        line(&mut bytes, record).map_err(unmade)?;
    }
    Ok(bytes)
}

fn line<T: serde::Serialize>(into: &mut impl Write, record: &T) -> std::io::Result<()> {
    serde_json::to_writer(&mut *into, record)?;
    into.write_all(b"\n")
}

fn finish(output: &Output, results: &Results) -> Result<(), WriteError> {
    let mut json = serde_json::to_vec_pretty(results).map_err(unmade)?;
    json.push(b'\n');
    output.whole("results.json", &json)?;
    let context = workbook::Context::of(results);
    output.whole("总表.xlsx", &summary::summary(&context, results).map_err(unmade)?)
}
