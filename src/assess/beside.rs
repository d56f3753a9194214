//! Settings files beside `audit.toml` that are not of every run, such as `draw.toml`. Must not know what is in them.

use std::path::Path;

use crate::base::mistake::{Mistake, Source};
use crate::intake::settings_read;

/// The text of a settings file of the batch as a source; nothing where there is none.
///
/// # Errors
/// That it cannot be read, with its empty source.
pub fn source(batch: &Path, name: &str, index: usize, code: &'static str) -> Result<Option<Source>, Box<(Source, Mistake)>> {
    let path = batch.join(name);
    let shown = path.display().to_string();
    match settings_read::text(&path, index, code) {
        Ok(text) => Ok(text.map(|(text, _)| Source { path: shown, text })),
        Err(mistake) => Err(Box::new((Source { path: shown, text: String::new() }, *mistake))),
    }
}
