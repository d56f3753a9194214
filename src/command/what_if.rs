//! `what-if RESULT` 提升. Must not compute: it ties a saved result, the room that computes, and the reports together.

use std::collections::BTreeSet;

use super::{Streams, refuse, single};
use crate::base::text::Text;
use crate::cli::{Common, WhatIfPlan};
use crate::lift::Offices;
use crate::record::lift::WhatIf;
use crate::record::v1::Tool;
use crate::reference::identifiers::canonical_case_no;
use crate::report::lifted;
use crate::saved::Saved;
use crate::say;

/// Computes and says.
pub fn run(common: &Common, plan: &WhatIfPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let (found, saved) = match Saved::open(&plan.result).and_then(|saved| Ok((look(&saved, plan)?, saved))) {
        Ok(told) => told,
        Err(said) => return refuse([said], common, streams),
    };
    let workbook = || lifted::workbook(&found, &saved.results);
    let answer = single::Answer { found: &found, workbook: &workbook, is_ours: lifted::is_ours, said: lifted::said };
    answer.give((plan.json, plan.out.as_deref(), &plan.result), common, streams)
}

fn look(saved: &Saved, plan: &WhatIfPlan) -> Result<WhatIf, Text> {
    let shown = plan.result.display();
    single::known(&plan.offices, saved.results.offices.iter())?;
    let mut offices = Offices::new(&saved.results, |office| single::is_wanted(&plan.offices, office));
    let wanted: BTreeSet<String> = plan.cases.iter().map(|no| canonical_case_no(no)).collect();
    let mut seen = BTreeSet::new();
    for case in saved.cases()? {
        let case = case?;
        if wanted.contains(&case.case_no) {
            seen.insert(case.case_no.clone());
        }
        offices.take(&case);
    }
    if let Some(unknown) = wanted.difference(&seen).next() {
        return Err(say!("{shown} 里没有案件 {unknown}，请核对案号", "{shown} has no case {unknown}; check its number"));
    }
    let mut offices = offices.finish();
    if !wanted.is_empty() {
        // What the cases do to the office is counted over all of them; only what is told is cut.
        offices.iter_mut().for_each(|o| o.cases.retain(|c| wanted.contains(&c.case_no)));
        offices.retain(|o| !o.cases.is_empty());
    }
    let batch = &saved.results.batch;
    Ok(WhatIf { format: 1, tool: Tool::this(), title: batch.title.clone(), as_of: batch.as_of.clone(), sealed: saved.is_final(), offices })
}
