//! What a reviewer (评估专家) wrote about a criterion. Must not turn it into points: a check does that.

use std::sync::Arc;

use crate::base::place::{Place, Seen};
use crate::base::points::Points;

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// 得分, of the criterion's points.
    Score(Points),
    /// 扣分, off the criterion's points.
    Off(Points),
    /// A level of the levels scheme, a decision on a proposed red line (成立, 不成立), or 不适用.
    Word(Arc<str>),
}

impl Given {
    /// As it is told: `4.5`, `扣 2`, `良好`.
    pub fn shown(&self) -> Arc<str> {
        match self {
            Self::Score(n) => n.to_string().into(),
            Self::Off(n) => format!("扣 {n}").into(),
            Self::Word(word) => Arc::clone(word),
        }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Criterion id as written.
    pub criterion: Arc<str>,
    /// Mark.
    pub given: Given,
    /// Reviewer code, when written.
    pub reviewer: Option<Arc<str>>,
    /// Reason, when written.
    pub reason: Option<Arc<str>>,
    /// 扣分情形, when chosen.
    pub situation: Option<Arc<str>>,
    /// Pages of the dossier that show it, when written.
    pub pages: Option<Arc<str>>,
    /// Where.
    pub place: Place,
    /// As written.
    pub raw: Arc<str>,
}

impl Mark {
    /// The place with what is written there.
    pub fn seen(&self) -> Seen {
        Seen { place: self.place.clone(), raw: Some(Arc::clone(&self.raw)) }
    }
}
