//! Words that several forms share (用语). Must not count.

use crate::base::points::Points;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CriterionRecord, Results, RubricRecord};
use crate::report::words::without_standing;

/// The rubrics about cases with their versions, and whether they are only a sample.
pub fn standard(results: &Results) -> String {
    let rubrics = results.rubrics.iter().map(|r| format!("{} {}", without_standing(&r.title), r.version)).collect::<Vec<_>>().join("；");
    match &results.batch.adopted {
        Some(adopted) => format!("{rubrics}（{}采用）", adopted.body),
        None => format!("{rubrics}（参考样式，非官方标准）"),
    }
}

/// The rubric of a case.
pub fn rubric<'a>(results: &'a Results, case: &CaseRecord) -> Option<&'a RubricRecord> {
    results.rubrics.iter().find(|r| Some(r.id.as_str()) == case.rubric.as_deref())
}

/// A criterion of the rubric of a case.
pub fn criterion<'a>(results: &'a Results, case: &CaseRecord, id: &str) -> Option<&'a CriterionRecord> {
    rubric(results, case)?.criteria.iter().find(|c| c.id == id)
}

/// Number and stage, as a case is called.
pub fn called(case: &CaseRecord) -> String {
    case.stage.as_ref().map_or_else(|| case.case_no.clone(), |stage| format!("{} {stage}", case.case_no))
}

/// An exact fraction as results write it: `1335/14`, `2`.
pub fn exact(text: &str) -> Option<Points> {
    let (n, d) = text.split_once('/').unwrap_or((text, "1"));
    Points::ratio(n.parse().ok()?, d.parse().ok()?)
}

/// `5`, or `3～5` while it is not decided.
pub fn range(low: Number, high: Number) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}
