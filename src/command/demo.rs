//! `demo DIR` 演示. Must not know what the batch looks like.

use std::path::Path;

use super::{Streams, exit};
use crate::cli::Common;
use crate::say;

/// Makes a synthetic batch: offices, cases, seed, and whether dossier files are made.
pub fn run(common: &Common, folder: &Path, ask: (u32, u32, u64, bool), streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let shown = folder.display();
    let _ = ask;
    writeln!(streams.out, "{}", say!("{shown}", "{shown}").get(common.lang))?;
    Ok(exit::GOOD)
}
