//! The cases of an office as data blocks of a page. Must not write: offices are packed side by side and stand in order later.

use std::io;

use super::grid::{Grid, grid};
use super::undecided::{RedLines, Undecided};
use super::{block, cases, feedback, findings};
use crate::lift::Lifts;
use crate::record::v1::{CaseRecord, Results};
use crate::report::audience::Audience;
use crate::todo::Names;

/// What packing needs of a result besides its cases: rubrics and titles, and for feedback who reviewed. Threads may share it.
#[derive(Debug)]
pub struct Packer<'a> {
    results: &'a Results,
    names: Names<'a>,
    lifts: Lifts<'a>,
    lines: RedLines<'a>,
    audience: Audience,
}

/// An office in a page.
#[derive(Debug)]
pub struct Packed {
    /// Name of the office.
    pub(super) office: String,
    pub(super) cases: usize,
    pub(super) grid: Grid,
    pub(super) undecided: Undecided,
    /// Blocks `c` and `f`; nothing for the public.
    pub(super) blocks: Option<[String; 2]>,
}

impl<'a> Packer<'a> {
    /// For pages of this result; for an internal one, its offices need not be known yet.
    pub fn new(results: &'a Results, audience: Audience) -> Self {
        Self { results, names: Names::new(results), lifts: Lifts::new(results), lines: RedLines::new(results), audience }
    }

    /// Packs all cases of an office; nothing when it has none.
    ///
    /// # Errors
    /// When memory would not take it.
    pub fn office(&self, all: &[CaseRecord]) -> io::Result<Option<Packed>> {
        let Some(first) = all.first() else { return Ok(None) };
        let pack = |all: &[CaseRecord]| -> io::Result<[String; 2]> {
            Ok([block::data(&cases::cases(all, &self.lines))?, block::data(&findings::findings(all, &self.names, &self.lifts))?])
        };
        let blocks = match self.audience {
            Audience::Internal => Some(pack(all)?),
            Audience::Feedback => Some(pack(&feedback::cases(self.results, all))?),
            Audience::Public => None,
        };
        Ok(Some(Packed { office: first.office.to_string(), cases: all.len(), grid: grid(all), undecided: self.lines.count(all), blocks }))
    }
}
