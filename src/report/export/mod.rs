//! Results as tables for other programs (导出): cases, criteria and findings as CSV or Parquet, or all as one JSON document.
//! Must not hold all cases in memory: each is taken in, turned into rows and let go.

mod csv;
mod json;
mod parquet;
mod rows;
mod table;

use std::fs::File;
use std::io::BufWriter;

use serde::Serialize;

use crate::base::text::Text;
use crate::record::v1::{CaseRecord, Results, Tool};
use crate::report::write::{Output, WriteError};

pub use rows::{CASES, CRITERIA, FINDINGS};
pub use table::{Column, Type};

/// Names the export, so that a later one may take its place.
pub const MAIN: &str = "export.json";

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated, UTF-8 with BOM, for spreadsheet programs.
    Csv,
    /// One document.
    Json,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    /// The words on the command line.
    pub const WORDS: [(&'static str, Self); 3] = [("csv", Self::Csv), ("json", Self::Json), ("parquet", Self::Parquet)];

    /// The word on the command line.
    pub fn id(self) -> &'static str {
        Self::WORDS.iter().find(|(_, f)| *f == self).map_or("", |(word, _)| word)
    }

    /// The files that it makes.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["cases.csv", "criteria.csv", "findings.csv"],
            Self::Json => &[json::FILE],
            Self::Parquet => &["cases.parquet", "criteria.parquet", "findings.parquet"],
        }
    }
}

/// `export.json`: what the folder was made from.
#[derive(Debug, Serialize)]
struct Main<'a> {
    format: u32,
    tool: Tool,
    export: &'static str,
    title: &'a str,
    as_of: &'a str,
    #[serde(rename = "final")]
    sealed: bool,
    /// The code of the result's manifest.
    code: &'a str,
    files: &'static [&'static str],
}

/// Why nothing was exported.
#[derive(Debug)]
pub enum ExportError {
    /// The result cannot be read.
    Read(Text),
    /// It cannot be written.
    Write(WriteError),
}

impl From<WriteError> for ExportError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Where rows go.
trait Sink {
    /// Adds a row, in the order of the columns.
    fn row(&mut self, row: Vec<table::Value>) -> std::io::Result<()>;
    /// Ends the file.
    fn finish(self: Box<Self>) -> std::io::Result<BufWriter<File>>;
}

/// Writes the files; `code` and `sealed` are those of the result.
///
/// # Errors
/// When a case cannot be read, or a file cannot be written.
pub fn export(
    output: &Output,
    form: Form,
    results: &Results,
    (code, sealed): (&str, bool),
    cases: impl Iterator<Item = Result<CaseRecord, Text>>,
) -> Result<(), ExportError> {
    if form == Form::Json {
        json::write(output, results, cases)?;
    } else {
        let offices = rows::Known::new(results);
        let tables = [CASES, CRITERIA, FINDINGS];
        let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
        for (name, columns) in form.files().iter().zip(tables) {
            let spool = output.spool()?;
            let failed = |source| output.failed(name, source);
            sinks.push(if form == Form::Csv {
                Box::new(csv::Csv::begin(spool, columns).map_err(failed)?)
            } else {
                Box::new(parquet::Parquet::begin(spool, columns).map_err(failed)?)
            });
        }
        for case in cases {
            let case = case.map_err(ExportError::Read)?;
            for ((sink, name), rows) in sinks.iter_mut().zip(form.files()).zip(offices.rows(&case)) {
                for row in rows {
                    sink.row(row).map_err(|source| output.failed(name, source))?;
                }
            }
        }
        for (sink, name) in sinks.into_iter().zip(form.files()) {
            let spool = sink.finish().map_err(|source| output.failed(name, source))?;
            output.append_spool(name, spool)?;
        }
    }
    Ok(tell(output, form.id(), results, (code, sealed), form.files())?)
}

/// Writes what the folder was made from, so that a later export may take its place.
///
/// # Errors
/// When the disk would not take it.
pub fn tell(
    output: &Output,
    export: &'static str,
    results: &Results,
    (code, sealed): (&str, bool),
    files: &'static [&'static str],
) -> Result<(), WriteError> {
    let (title, as_of) = (&results.batch.title, &results.batch.as_of);
    let main = Main { format: 1, tool: Tool::this(), export, title, as_of, sealed, code, files };
    let text = serde_json::to_string_pretty(&main).map_err(|e| output.failed(MAIN, e.into()))?;
    output.whole(MAIN, format!("{text}\n").as_bytes())
}
