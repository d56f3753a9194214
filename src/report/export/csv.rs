//! A table as CSV for spreadsheet programs: UTF-8 with BOM, lines ended as on Windows. Must not let a text be taken for a formula.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use super::Sink;
use super::table::{Column, Value};
use crate::report::limits::is_formula_like;

/// A file being written.
pub struct Csv(::csv::Writer<BufWriter<File>>);

impl Csv {
    /// Begins a file with its heading.
    pub fn begin(mut to: BufWriter<File>, columns: &[Column]) -> io::Result<Self> {
        to.write_all(b"\xEF\xBB\xBF")?;
        let mut csv = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(to);
        csv.write_record(columns.iter().map(|c| c.name))?;
        Ok(Self(csv))
    }
}

impl Sink for Csv {
    fn row(&mut self, row: Vec<Value>) -> io::Result<()> {
        Ok(self.0.write_record(row.into_iter().map(cell))?)
    }

    fn finish(self: Box<Self>) -> io::Result<BufWriter<File>> {
        self.0.into_inner().map_err(|e| io::Error::other(e.to_string()))
    }
}

/// Null is an empty cell. A quote in front keeps a spreadsheet program from reading the words as a formula.
fn cell(value: Value) -> String {
    match value {
        Value::Text(Some(words)) if is_formula_like(&words) => format!("'{words}"),
        Value::Text(words) => words.unwrap_or_default(),
        Value::Points(points) => points.map(|p| p.to_string()).unwrap_or_default(),
        Value::Count(count) => count.map(|n| n.to_string()).unwrap_or_default(),
        Value::Flag(flag) => flag.map(|f| f.to_string()).unwrap_or_default(),
    }
}
