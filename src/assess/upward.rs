//! The settings above a county's folder: a self-check of one office uses the batch's own `audit.toml`, so that county and
//! evaluators get equal marks. Must not use settings that it does not tell of.

use std::path::{Path, PathBuf};

use super::RunError;
use crate::intake::find::Plan;
use crate::say;

/// Moves `batch` up to the nearest folder with an `audit.toml`; the path from there down to where it was, with `/`.
/// `None` when the folder has one that says something itself, or none is above.
pub fn climb(batch: &mut PathBuf) -> Option<String> {
    // Links and `..` are resolved, for the parents of a path as written need not be those of the folder.
    let full = dunce::canonicalize(&*batch).ok()?;
    if declares(&full.join("audit.toml")) {
        return None;
    }
    let above = full.ancestors().skip(1).find(|folder| declares(&folder.join("audit.toml")))?;
    let parts: Option<Vec<&str>> = full.strip_prefix(above).ok()?.components().map(|c| c.as_os_str().to_str()).collect();
    let within = parts?.join("/");
    *batch = above.to_owned();
    Some(within)
}

/// Whether settings are there that say anything: a template of which every line is still a comment hides no settings above it.
fn declares(settings: &Path) -> bool {
    match std::fs::read_to_string(settings) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').parse::<toml::Table>().map_or(true, |table| !table.is_empty()),
        Err(_) => settings.is_file(),
    }
}

/// Keeps the offices that the folder belongs to, or that lie in it.
///
/// # Errors
/// It belongs to none.
pub fn keep(within: &str, plan: &mut Plan) -> Result<(), RunError> {
    let inside =
        |path: &str, folder: &str| folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|r| r.starts_with('/'));
    let all: Vec<String> = plan.offices.iter().map(|o| o.name.clone()).collect();
    plan.offices.retain(|o| o.folders.iter().any(|f| inside(within, f) || inside(f, within)));
    if plan.offices.is_empty() {
        let (zh, en) = (all.join("、"), all.join(", "));
        return Err(RunError::Usage(say!(
            "上级文件夹的 audit.toml 没有把“{within}”列为机构的文件夹，列出的机构有：{zh}。请核对文件夹名，或在 audit.toml 的 [[office]] 中补登",
            "the audit.toml above does not list {within} as the folder of an office; it has: {en}. Check the name, or add it under [[office]]"
        )));
    }
    Ok(())
}
