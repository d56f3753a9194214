//! `report RESULT --format FORM -o DIR` 导出. Must not render: it ties a saved result, the export and the writer together.

use super::{Streams, exit, unwritten};
use crate::cli::{Common, ReportPlan};
use crate::report::export::{ExportError, Form, export};
use crate::report::target::Kind;
use crate::report::write::{Output, WriteError};
use crate::saved::Saved;
use crate::say;

/// Writes the files and says which.
pub fn run(common: &Common, plan: &ReportPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    if plan.format == "html" {
        return super::page::run(common, plan, streams);
    }
    if plan.format == "docx" || plan.papers.export.is_some() {
        return super::papers::run(common, plan, streams);
    }
    let form = Form::WORDS.iter().find(|(word, _)| *word == plan.format).map_or(Form::Csv, |(_, form)| *form);
    let opened = Saved::open(&plan.result).and_then(|saved| Ok((saved.cases()?, saved)));
    let (cases, saved) = match opened {
        Ok(opened) => opened,
        Err(said) => {
            writeln!(streams.err, "{}", said.get(common.lang))?;
            return Ok(exit::USAGE);
        }
    };
    let written = || -> Result<Vec<String>, ExportError> {
        let output = Output::begin_as(Kind::Exported, &plan.out, &plan.result)?;
        export(&output, form, &saved.results, (&saved.manifest.code, saved.is_final()), cases)?;
        output.finish().map_err(|e: WriteError| e.into())
    };
    match written() {
        Ok(files) => {
            if !common.quiet {
                let (out, files) = (plan.out.display(), files.join("、"));
                writeln!(streams.err, "{}", say!("已写出 {out}：{files}", "wrote {out}: {files}").get(common.lang))?;
            }
            Ok(exit::GOOD)
        }
        Err(ExportError::Read(said)) => {
            writeln!(streams.err, "{}", said.get(common.lang))?;
            Ok(exit::USAGE)
        }
        Err(ExportError::Write(error)) => unwritten(&error, common, streams),
    }
}
