//! `merge RESULT… -o DIR` 合并. Must not join anything itself: it ties parts to the writer.

use super::{Streams, exit, refuse};
use crate::cli::{Common, MergePlan};
use crate::merge::join;
use crate::record::seal::PAGE;
use crate::report::terminal;
use crate::say;

/// Joins results of some offices each.
pub fn run(common: &Common, plan: &MergePlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let joined = match join(&plan.results, plan.partial) {
        Ok(joined) => joined,
        Err(why) => return refuse(why, common, streams),
    };
    if let Err(error) = joined.write(&plan.out) {
        return super::unwritten(&error, common, streams);
    }
    if !common.quiet {
        write!(streams.out, "{}", terminal::summary(&joined.results, common.lang))?;
        if !joined.missing.is_empty() {
            let (n, zh, en) = (joined.missing.len(), joined.missing.join("、"), joined.missing.join(", "));
            let said = say!("还缺 {n} 个机构，要再合并：{zh}", "{n} offices are still to be merged: {en}");
            writeln!(streams.out, "{}", said.get(common.lang))?;
        }
        let shown = plan.out.display();
        writeln!(
            streams.out,
            "{}",
            say!("已写入 {shown}；双击其中的 {PAGE}，用浏览器看", "written to {shown}; open {PAGE} in it with a browser").get(common.lang)
        )?;
    }
    Ok(exit::GOOD)
}
