//! `gap SELF AUDIT` 自评与抽查. Must not compare: it ties two saved results, the room that compares, and the reports together.

use super::{Streams, refuse, single};
use crate::base::text::Text;
use crate::cli::{Common, GapPlan};
use crate::gap::{Side, compare};
use crate::record::gap::Gap;
use crate::report::gap;
use crate::saved::Saved;

/// Compares and says.
pub fn run(common: &Common, plan: &GapPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let (found, audit) = match look(plan) {
        Ok(found) => found,
        Err(said) => return refuse([said], common, streams),
    };
    let workbook = || gap::workbook(&found, &audit.results);
    let answer = single::Answer { found: &found, workbook: &workbook, is_ours: gap::is_ours, said: gap::said };
    answer.give((plan.json, plan.out.as_deref(), &plan.audit), common, streams)
}

fn look(plan: &GapPlan) -> Result<(Gap, Saved), Text> {
    let (own, audit) = (Saved::open(&plan.own)?, Saved::open(&plan.audit)?);
    single::known(&plan.offices, own.results.offices.iter().chain(&audit.results.offices))?;
    let side = |saved: &'_ Saved| saved.is_final();
    let found = compare(
        (Side { results: &own.results, sealed: side(&own) }, own.cases()?),
        (Side { results: &audit.results, sealed: side(&audit) }, audit.cases()?),
        |office| single::is_wanted(&plan.offices, office),
    )?;
    Ok((found, audit))
}
