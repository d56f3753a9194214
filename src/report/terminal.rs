//! What a person reads in the terminal after a run. Must not print: the command does.

use std::path::Path;

use crate::base::text::Lang;
use crate::record::v1::Results;

/// Rows counted first, then a table of offices, then problems by code.
pub fn summary(results: &Results, lang: Lang) -> String {
    let _ = (results, lang);
    String::new()
}

/// What was written where, after [`Output::finish`](super::write::Output::finish).
pub fn written(folder: &Path, files: &[String], lang: Lang) -> String {
    let _ = (folder, files, lang);
    String::new()
}
