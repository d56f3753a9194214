//! What a run of some offices keeps for `merge`. Must not keep a person: what it writes was masked, or is a number.

use super::mask::{Mask, Names};
use super::office::{Graded, Grader};
use crate::intake::office::Claimed;
use crate::record::part::{PartHead, PartOffice, Planned};
use crate::record::v1::{ProblemRecord, Results, Tool};

/// What is kept of a run of some offices.
#[derive(Debug, Clone)]
pub struct Part {
    /// Of the batch.
    pub head: PartHead,
    /// Of each office, in the order of the batch; the bytes of its lines are known to who writes them.
    pub offices: Vec<PartOffice>,
}

/// An office whose turn it is.
pub(super) enum Turn<T> {
    /// One that was graded.
    Own(Box<Graded>, T),
    /// One that was left out, and only read.
    Aside((Claimed, Mask)),
}

/// What is kept of the batch; `results` still says of it what is known without its offices.
pub(super) fn head(results: &Results, grader: &Grader, offices: Vec<Planned>, unclaimed: Vec<ProblemRecord>) -> PartHead {
    PartHead {
        format: 1,
        tool: Tool::this(),
        names: if grader.names == Names::Full { "full" } else { "masked" }.to_owned(),
        offices,
        junk: results.batch.junk,
        problems: results.problems.clone(),
        unclaimed,
    }
}

/// What is kept of an office.
pub(super) fn office(graded: &Graded) -> PartOffice {
    PartOffice {
        id: graded.office.id.clone(),
        bytes: [0; 3],
        problems: u64::try_from(graded.problems.len()).unwrap_or(u64::MAX),
        junk: graded.junk,
        missing: graded.missing,
        registers: graded.registers.clone(),
        tally: graded.tally.kept(),
        keys: graded.keys.clone(),
        scans: graded.scans.iter().map(|(print, place)| (format!("{print:016x}"), place.clone())).collect(),
    }
}
