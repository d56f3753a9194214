//! What commands that read results and write one workbook have in common: which offices are wanted, and the file. Must not compute.

use std::path::Path;

use serde::Serialize;

use super::{Streams, exit, unwritten};
use crate::base::text::{Lang, Text};
use crate::cli::Common;
use crate::record::v1::Office;
use crate::report::{self, file};
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

/// What a command found, in the forms that can be asked for.
pub struct Answer<'a, T> {
    /// What was found.
    pub found: &'a T,
    /// Makes the workbook.
    pub workbook: &'a dyn Fn() -> report::Result<Vec<u8>>,
    /// Whether a file is an earlier workbook of the kind.
    pub is_ours: fn(&Path) -> bool,
    /// The words.
    pub said: fn(&T, Lang) -> String,
}

impl<T: Serialize> Answer<'_, T> {
    /// Writes the workbook where one is asked for (never into the result), then prints the answer; the exit code.
    pub fn give(
        &self,
        (json, out, result): (bool, Option<&Path>, &Path),
        common: &Common,
        streams: &mut Streams<'_>,
    ) -> anyhow::Result<u8> {
        if let Some(out) = out {
            let bytes = (self.workbook)()?;
            let code = write((out, &bytes), result, self.is_ours, common, streams)?;
            if code != exit::GOOD {
                return Ok(code);
            }
        }
        if json {
            writeln!(streams.out, "{}", serde_json::to_string_pretty(self.found)?)?;
        } else if !common.quiet {
            write!(streams.out, "{}", (self.said)(self.found, common.lang))?;
        }
        Ok(exit::GOOD)
    }
}

/// Writes a workbook and says so; an exit code where it could not.
fn write(
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
