//! `demo DIR` 演示. Must not know what the batch looks like.

use super::{Streams, exit};
use crate::cli::{Common, DemoPlan};
use crate::demo::{self, Ask, DemoError};
use crate::say;

/// Makes a synthetic batch.
pub fn run(common: &Common, plan: &DemoPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let DemoPlan { folder, offices, cases, seed, files, round, indicators, mended, .. } = plan;
    let ask = Ask { offices: *offices, cases: *cases, seed: *seed, files: *files, round: *round, indicators: *indicators, mended: *mended };
    let firms = plan.firms;
    let made = match firms.map_or_else(|| demo::make(folder, &ask), |n| demo::firms::make(folder, n, *seed)) {
        Ok(made) => made,
        Err(error) => {
            writeln!(streams.err, "{}", error.said().get(common.lang))?;
            return Ok(if matches!(error, DemoError::Refused(_)) { exit::USAGE } else { exit::UNWRITTEN });
        }
    };
    if !common.quiet {
        let (shown, planted) = (folder.display(), made.planted);
        let said = if let Some(firms) = firms {
            let cases = made.cases;
            say!(
                "已生成 {shown}（虚构示例）：{firms} 家律师事务所，抽查案卷 {cases} 件；埋设的缺陷 {planted} 处，见 planted.json",
                "made {shown} (fictitious): {firms} law firms, {cases} files drawn; {planted} planted defects, listed in planted.json"
            )
        } else {
            say!(
                "已生成 {shown}（虚构示例）：{offices} 个机构，评查范围内 {cases} 件案件；埋设的缺陷 {planted} 处，见 planted.json",
                "made {shown} (fictitious): {offices} offices, {cases} cases in scope; {planted} planted defects, listed in planted.json"
            )
        };
        writeln!(streams.out, "{}", said.get(common.lang))?;
    }
    Ok(exit::GOOD)
}
