//! 归档情况 of one case, told from the criterion that limits filing and from what its other criteria found.
//! Must not compute a limit anew.

use crate::check::{Outcome, World};
use crate::model::case::Case;
use crate::model::known;
use crate::record::v1::Filing;
use crate::rubric::Rubric;
use crate::score::Scored;

/// The counts of one case in scope.
pub fn filing(rubric: &Rubric, case: &Case, scored: &Scored, world: &World) -> Filing {
    let has = |id: &str| world.vocabulary.field_id(id).is_some_and(|f| case.date(f).is_some());
    let mut count = Filing { closed: u64::from(has(known::CLOSED_ON)), ..Filing::default() };
    let filed = has(known::FILED_ON);
    count.filed = u64::from(filed);
    let score = rubric.filing.and_then(|i| scored.criteria.get(i));
    // Of a case whose rubric cannot be told nobody knows whether it had to be filed: it is in neither part of the rate.
    count.filed &= u64::from(rubric.filing.is_none() || score.is_some());
    let late_as_of = score.is_some_and(|s| s.observations.iter().any(|(o, _)| o.magnitude.is_some()));
    match (score.map(|s| s.outcome), filed) {
        (Some(Outcome::Met | Outcome::Waived), true) => (count.due, count.in_time) = (1, 1),
        (Some(Outcome::Unmet), true) => (count.due, count.late) = (1, 1),
        (Some(_), false) if late_as_of => (count.due, count.unfiled) = (1, 1),
        (Some(Outcome::Unclear | Outcome::NotApplicable | Outcome::Met), false) if has(known::CLOSED_ON) => count.not_due = 1,
        _ => count.unclear = 1,
    }
    for (criterion, score) in rubric.criteria.iter().zip(&scored.criteria) {
        let found = u64::from(score.outcome == Outcome::Unmet);
        match criterion.check.name {
            "present" | "one_of" => count.lacking |= found,
            "sequence" => count.contents |= found,
            "pages" => count.pages |= found,
            _ => {}
        }
    }
    count
}
