//! A graded case counted in its office's tally, with waivers and as it would be without. Must not grade.

use super::{Grader, One};
use crate::base::points::Points;
use crate::model::known;
use crate::score::CriterionScore;
use crate::stats::tally::{Counted, Loss, Tally};

impl Grader {
    pub(super) fn count(&self, tally: &mut Tally, one: &One) {
        let loss = |s: &CriterionScore| {
            let applies = s.outcome != crate::check::Outcome::NotApplicable;
            Loss { costs: s.lost.0 > Points::ZERO || s.level.is_some_and(|level| level > 0), ..Loss::of(s.lost.0, applies) }
        };
        let lost: Vec<Loss> = one.scored.criteria.iter().map(loss).collect();
        let fields = &one.record.fields;
        let groups: Vec<&str> = fields.get(known::RECIPIENT_GROUP).map(|g| g.split('、').collect()).unwrap_or_default();
        let counted = Counted {
            rubric: one.rubric,
            possible: &one.scored.possible,
            marks: one.marks,
            lost: &lost,
            case_type: fields.get(known::CASE_TYPE).map(|v| &**v),
            groups: &groups,
            drawn: one.lot.as_ref().map(|(stratum, estimate)| crate::stats::tally::Drawn { stratum, estimate: *estimate }),
        };
        tally.add(&self.tally_names, &counted);
        if self.waivers.any() {
            let other = one.without.as_ref();
            let counted = match other {
                Some(scored) => Counted { possible: &scored.possible, marks: scored.marks, lost: &[], ..counted },
                None => Counted { lost: &[], ..counted },
            };
            let without = tally.without.get_or_insert_default();
            without.0.add(&self.tally_names, &counted);
            without.1 += u64::from(other.is_some());
        }
    }
}
