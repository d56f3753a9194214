//! What commands that read results and write one workbook have in common: which offices are wanted, and the file. Must not compute.

use std::path::Path;

use super::{Streams, exit, unwritten};
use crate::base::text::Text;
use crate::cli::Common;
use crate::record::v1::Office;
use crate::report::file;
use crate::say;

/// Whether an office is one of those named, or none is named.
pub fn is_wanted(names: &[String], office: &Office) -> bool {
    names.is_empty() || names.iter().any(|n| *n == office.name || *n == office.id)
}

/// Refuses names that no office has.
pub fn known<'a>(names: &[String], offices: impl Iterator<Item = &'a Office> + Clone) -> Result<(), Text> {
    let Some(unknown) = names.iter().find(|n| !offices.clone().any(|o| o.name == **n || o.id == **n)) else { return Ok(()) };
    let mut all: Vec<&str> = offices.map(|o| o.name.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    let all = all.join("、");
    Err(say!("结果里没有机构“{unknown}”；有：{all}", "the result has no office {unknown}; it has: {all}"))
}

/// Writes a workbook and says so; an exit code where it could not.
pub fn write(
    (path, bytes): (&Path, &[u8]),
    result: &Path,
    is_ours: fn(&Path) -> bool,
    common: &Common,
    streams: &mut Streams<'_>,
) -> anyhow::Result<u8> {
    match file::write(path, bytes, result, is_ours) {
        Ok(kept) => {
            let shown = path.display();
            writeln!(streams.err, "{}", say!("已写出 {shown}", "wrote {shown}").get(common.lang))?;
            if let Some(kept) = kept {
                let kept = kept.display();
                writeln!(streams.err, "{}", say!("原来的一份改名为 {kept}", "the earlier one is now {kept}").get(common.lang))?;
            }
            Ok(exit::GOOD)
        }
        Err(error) => unwritten(&error, common, streams),
    }
}
