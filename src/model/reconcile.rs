//! When several marks of one case count together, and when they ask for more: the rubric's `[reconcile]`. Must not reconcile.

use crate::base::points::Points;

/// What decides where three reviewers or more do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Third {
    /// The grade of more than half of them.
    #[default]
    Majority,
    /// The marks in the middle.
    Median,
    /// The marks of the group leader (组长) among those who marked again.
    Senior,
}

/// The rules of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconcile {
    /// Two marks that lie so many points apart, or more, ask for a third.
    pub difference: Option<Points>,
    /// Two marks of different grade ask for a third.
    pub grades: bool,
    /// What decides then.
    pub third: Third,
    /// So many more reviewers where the only mark gives the worst grade.
    pub fail: u32,
    /// One more for so many of a hundred cases of the best grade, chosen by the seed of the draw.
    pub excellent: Points,
    /// One more where the only mark lies so near to the edge of a grade.
    pub edge: Option<Points>,
    /// Whether the rules stand in a published standard.
    pub verified: bool,
}
