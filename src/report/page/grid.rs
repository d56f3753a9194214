//! Sums by criterion over the cases of an office. Must agree with `lost` of the results, which has no open ones and none without a loss.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::points::Points;
use crate::record::number::Number;
use crate::record::v1::CaseRecord;

/// By rubric, then criterion.
pub type Grid = BTreeMap<String, BTreeMap<String, Cell>>;

/// Selected cases that a criterion applied to, those that surely lost points, those that are open, and points lost surely and possibly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell(pub u64, pub u64, pub u64, pub Number, pub Number);

/// The sums of an office.
pub fn grid(cases: &[CaseRecord]) -> Grid {
    let mut sums: BTreeMap<(&str, &str), (u64, u64, u64, Points, Points)> = BTreeMap::new();
    for case in cases.iter().filter(|c| c.scope == "selected") {
        let Some(rubric) = case.rubric.as_deref() else { continue };
        for result in case.criteria.iter().filter(|r| r.outcome != "not_applicable") {
            let of = result.of.points();
            let (sure, possible) = (of - result.high.points(), of - result.low.points());
            let (applied, lost, open, points, at_most) = sums.entry((rubric, &*result.id)).or_default();
            *applied += 1;
            *lost += u64::from(sure > Points::ZERO);
            *open += u64::from(matches!(&*result.outcome, "unclear" | "pending" | "failed"));
            *points += sure;
            *at_most += possible;
        }
    }
    let mut all = Grid::new();
    for ((rubric, criterion), (applied, lost, open, points, at_most)) in sums {
        let cell = Cell(applied, lost, open, Number::new(points), Number::new(at_most));
        all.entry(rubric.to_owned()).or_default().insert(criterion.to_owned(), cell);
    }
    all
}
