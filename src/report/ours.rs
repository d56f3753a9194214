//! Whether a workbook that lies where one is to be written is an earlier one of the same kind. Must not change anything.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Whether this program wrote the workbook, with these words in its title.
pub fn workbook(path: &Path, about: &str) -> bool {
    let Some(mut zip) = File::open(path).ok().and_then(|f| zip::ZipArchive::new(f).ok()) else { return false };
    let mut text = String::new();
    let Some(part) = zip.by_name("docProps/core.xml").ok() else { return false };
    part.take(1 << 16).read_to_string(&mut text).is_ok() && text.contains("<dc:creator>juanping ") && text.contains(about)
}
