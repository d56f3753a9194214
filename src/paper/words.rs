//! Words that several forms share (用语). Must not count.

use super::fact::{Row, put};
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
    results.rubric(case.rubric.as_deref()?)
}

/// A criterion of the rubric of a case.
pub fn criterion<'a>(results: &'a Results, case: &CaseRecord, id: &str) -> Option<&'a CriterionRecord> {
    rubric(results, case)?.criteria.iter().find(|c| c.id == id)
}

/// Whether a criterion adds points, so that what it did not give is no deduction.
pub fn is_bonus(results: &Results, case: &CaseRecord, id: &str) -> bool {
    case.rubric.as_deref().is_some_and(|rubric| adds(results, rubric, id))
}

/// The same of a criterion by its rubric.
pub fn adds(results: &Results, rubric: &str, id: &str) -> bool {
    results.rubric(rubric).and_then(|r| r.scoring.as_ref()).is_some_and(|s| s.bonus.iter().any(|b| b == id))
}

/// Number and stage, as a case is called.
pub fn called(case: &CaseRecord) -> String {
    case.stage.as_ref().map_or_else(|| case.case_no.clone(), |stage| format!("{} {stage}", case.case_no))
}

/// `5`, or `3～5` while it is not decided.
pub fn range(low: Number, high: Number) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

/// `2025年1月20日` for `2025-01-20`; anything else as it stands.
pub fn day(iso: &str) -> String {
    match iso.parse::<jiff::civil::Date>() {
        Ok(date) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Err(_) => iso.to_owned(),
    }
}

/// Says the values of columns once more for a narrow table, as `同上` where they are those of the row above.
pub fn ditto(rows: &mut [Row], columns: &[(&'static str, &'static str)]) {
    for (full, short) in columns {
        let mut above = String::new();
        for row in rows.iter_mut() {
            let text = row.get(full).map(|f| f.text.clone()).unwrap_or_default();
            put(row, short, if text == above && !text.is_empty() { "同上" } else { &text });
            above = text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::row;
    use super::*;

    #[test]
    fn days_are_told_as_letters_have_them() {
        for (iso, said) in [("2025-01-20", "2025年1月20日"), ("", ""), ("不明", "不明")] {
            assert_eq!(day(iso), said);
        }
    }

    #[test]
    fn ditto_stands_only_below_the_same() {
        let mut rows: Vec<Row> = ["甲", "甲", "", "", "甲", "乙"].iter().map(|w| row([("全", (*w).to_owned())])).collect();
        ditto(&mut rows, &[("全", "短")]);
        let short: Vec<&str> = rows.iter().map(|r| r.get("短").map_or("", |f| f.text.as_str())).collect();
        assert_eq!(short, ["甲", "同上", "", "", "甲", "乙"]);
    }
}
