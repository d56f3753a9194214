//! `gap SELF AUDIT` 自评与抽查. Must not compare: it ties two saved results, the room that compares, and the reports together.

use super::{Streams, exit, single};
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
        Err(said) => {
            writeln!(streams.err, "{}", said.get(common.lang))?;
            return Ok(exit::USAGE);
        }
    };
    if let Some(out) = &plan.out {
        let bytes = gap::workbook(&found, &audit.results)?;
        let code = single::write((out, &bytes), &plan.audit, gap::is_ours, common, streams)?;
        if code != exit::GOOD {
            return Ok(code);
        }
    }
    if plan.json {
        writeln!(streams.out, "{}", serde_json::to_string_pretty(&found)?)?;
    } else if !common.quiet {
        write!(streams.out, "{}", gap::said(&found, common.lang))?;
    }
    Ok(exit::GOOD)
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
