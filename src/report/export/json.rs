//! The results and all cases as one JSON document: `results.json` with `cases` added. Must not hold the cases in memory.

use super::ExportError;
use crate::base::text::Text;
use crate::record::v1::{CaseRecord, Results};
use crate::report::write::Output;

/// Name of the file.
pub const FILE: &str = "juanping.json";

/// Writes the file, a case a line.
pub fn write(output: &Output, results: &Results, cases: impl Iterator<Item = Result<CaseRecord, Text>>) -> Result<(), ExportError> {
    let failed = |e: serde_json::Error| output.failed(FILE, e.into());
    let text = serde_json::to_string(results).map_err(failed)?;
    output.append(FILE, text.strip_suffix('}').unwrap_or(&text).as_bytes())?;
    let mut before = ",\"cases\":[\n";
    for case in cases {
        let case = case.map_err(ExportError::Read)?;
        let line = serde_json::to_string(&case).map_err(failed)?;
        output.append(FILE, before.as_bytes())?;
        output.append(FILE, line.as_bytes())?;
        before = ",\n";
    }
    let end = if before == ",\n" { "\n]}\n" } else { ",\"cases\":[]}\n" };
    Ok(output.append(FILE, end.as_bytes())?)
}
