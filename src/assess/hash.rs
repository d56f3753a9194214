//! SHA-256 of input files, so that a result can be tied to what it was made from. 密卷 are never opened.
//! Must not hold a file in memory.

use std::fs::File;
use std::path::Path;

use crate::base::digest;

/// The hash in hex; `None` when the file cannot be read.
pub fn file(path: &Path) -> Option<String> {
    digest::reader(File::open(path).ok()?).ok().map(|(hash, _)| hash)
}
