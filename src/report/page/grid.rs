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

/// A cell in the making.
#[derive(Default)]
struct Sum {
    applied: u64,
    lost: u64,
    open: u64,
    sure: Points,
    possible: Points,
}

/// The sums of an office.
pub fn grid(cases: &[CaseRecord]) -> Grid {
    let mut sums: BTreeMap<(&str, &str), Sum> = BTreeMap::new();
    for case in cases.iter().filter(|c| c.scope == "selected") {
        let Some(rubric) = case.rubric.as_deref() else { continue };
        for result in case.criteria.iter().filter(|r| r.outcome != "not_applicable") {
            let of = result.of.points();
            let (sure, possible) = (of - result.high.points(), of - result.low.points());
            let sum = sums.entry((rubric, &*result.id)).or_default();
            sum.applied += 1;
            sum.lost += u64::from(sure > Points::ZERO);
            sum.open += u64::from(matches!(&*result.outcome, "unclear" | "pending" | "failed"));
            sum.sure += sure;
            sum.possible += possible;
        }
    }
    let mut all = Grid::new();
    for ((rubric, criterion), Sum { applied, lost, open, sure, possible }) in sums {
        let cell = Cell(applied, lost, open, Number::new(sure), Number::new(possible));
        all.entry(rubric.to_owned()).or_default().insert(criterion.to_owned(), cell);
    }
    all
}
