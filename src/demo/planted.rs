//! `planted.json`: every (case, criterion) that a planted defect affects. Must hold nothing else.

use std::io::{self, Write};

use serde::Serialize;

/// One affected criterion of one case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Planted {
    /// Name of the office.
    pub office: String,
    /// Canonical case number.
    pub case_no: String,
    /// Criterion, red line or built-in criterion.
    pub criterion: &'static str,
    /// What was done.
    pub what: String,
}

/// Writes them, one a line.
///
/// # Errors
/// When the disk will not take it.
pub fn write(to: &mut impl Write, planted: &[Planted]) -> io::Result<()> {
    to.write_all(b"{\"planted\":[")?;
    for (i, one) in planted.iter().enumerate() {
        to.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *to, one)?;
    }
    to.write_all(b"\n]}\n")
}
