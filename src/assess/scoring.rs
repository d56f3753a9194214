//! How marks come about, as recorded, so that they can be computed again from a record alone. Must not compute any.

use crate::check::Unit;
use crate::record::number::Number;
use crate::record::v1::{DeductRecord, RequireRecord, Scoring};
use crate::rubric::{Criterion, Deduct, Missing, Need, Requirement, Rubric, Scheme};

/// The rules of a rubric.
pub fn scoring(rubric: &Rubric) -> Scoring {
    let named = |wanted: fn(&Criterion) -> bool| rubric.criteria.iter().filter(|c| wanted(c)).map(|c| c.id.to_string()).collect();
    let mut scoring =
        Scoring { not_applicable: "rescale".to_owned(), bonus: named(|c| c.bonus), gates: named(|c| c.gate), ..Scoring::default() };
    match &rubric.scheme {
        Scheme::Points { rescale, bonus_most, .. } => {
            scoring.not_applicable = if *rescale { "rescale" } else { "full" }.to_owned();
            scoring.bonus_most = Number::new(*bonus_most);
            scoring.deduct = rubric.criteria.iter().filter_map(|c| Some((c.id.to_string(), deduct(c)?))).collect();
        }
        Scheme::Levels { levels } => {
            scoring.levels = levels.iter().map(ToString::to_string).collect();
            let require = |r: &Requirement| require(r, &scoring.levels);
            scoring.require = rubric.grades.iter().map(|g| g.require.iter().map(require).collect()).collect();
        }
    }
    scoring
}

fn deduct(criterion: &Criterion) -> Option<DeductRecord> {
    let (per, points) = match &criterion.deduct {
        Deduct::All => return None,
        Deduct::PerObservation { points, .. } => ("observation", Some(*points)),
        Deduct::PerUnit { unit: Unit::Points, points, .. } => ("point", Some(*points)),
        Deduct::PerUnit { points, .. } => ("unit", Some(*points)),
        Deduct::Steps(_) => ("steps", None),
    };
    let most = Number::new(criterion.deduct.limit(criterion.points));
    Some(DeductRecord { per: per.to_owned(), points: points.map(Number::new), most, absent_unmet: criterion.missing == Missing::Unmet })
}

fn require(requirement: &Requirement, levels: &[String]) -> RequireRecord {
    let mut record = RequireRecord { level: levels[requirement.level].clone(), all: false, share: None, count: None };
    match requirement.need {
        Need::All => record.all = true,
        Need::Share(share) => record.share = Some(share.fraction()),
        Need::Count(count) => record.count = Some(count),
    }
    record
}
