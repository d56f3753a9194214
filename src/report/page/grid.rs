//! Sums by criterion over the cases of an office. Must agree with `lost` of the results, which has no open ones and none without a loss.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::points::Points;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, Results, is_open};

/// By rubric, then criterion.
pub type Grid = BTreeMap<String, BTreeMap<String, Cell>>;

/// Selected cases that a criterion applied to, those that surely lost points, those that are open, points lost surely and possibly, and cases
/// that surely or possibly lost points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell(pub u64, pub u64, pub u64, pub Number, pub Number, pub u64);

/// A cell in the making.
#[derive(Default)]
struct Sum {
    applied: u64,
    lost: u64,
    open: u64,
    perhaps: u64,
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
            sum.perhaps += u64::from(possible > Points::ZERO);
            sum.open += u64::from(is_open(&result.outcome));
            sum.sure += sure;
            sum.possible += possible;
        }
    }
    let mut all = Grid::new();
    for ((rubric, criterion), Sum { applied, lost, open, perhaps, sure, possible }) in sums {
        let cell = Cell(applied, lost, open, Number::new(sure), Number::new(possible), perhaps);
        all.entry(rubric.to_owned()).or_default().insert(criterion.to_owned(), cell);
    }
    all
}

/// The sums of several offices.
pub fn sum<'a>(grids: impl Iterator<Item = &'a Grid>) -> Grid {
    let mut all = Grid::new();
    for (rubric, cells) in grids.flatten() {
        let of_rubric = all.entry(rubric.clone()).or_default();
        for (criterion, cell) in cells {
            let Cell(applied, lost, open, sure, possible, perhaps) = cell;
            let to = of_rubric.entry(criterion.clone()).or_insert_with(|| Cell(0, 0, 0, Number::default(), Number::default(), 0));
            let add = |a: Number, b: Number| Number::new(a.points() + b.points());
            *to = Cell(to.0 + applied, to.1 + lost, to.2 + open, add(to.3, *sure), add(to.4, *possible), to.5 + perhaps);
        }
    }
    all
}

/// What of the sums of all offices gives no case away; nothing where the cases of a rubric are few, since the others would tell of them.
pub fn wide(mut all: Grid, results: &Results, least: u64) -> Option<Grid> {
    all.retain(|rubric, _| results.rubric(rubric).is_some());
    let most = |cells: &BTreeMap<String, Cell>| cells.values().map(|c| c.0).max().unwrap_or(0);
    if all.values().any(|cells| most(cells) < least) {
        return None;
    }
    let few = |n: u64| n > 0 && n < least;
    for cells in all.values_mut() {
        cells.retain(|_, Cell(applied, lost, open, .., perhaps)| ![*applied, *lost, *open, *perhaps].into_iter().any(few));
    }
    Some(all)
}
