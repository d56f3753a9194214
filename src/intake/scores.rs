//! Gives the lines of score sheets (评分表) to the cases of an office. Must not read a cell or turn a mark into points.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::find::{OfficePlan, Shared};
use super::join::Drafts;
use super::marks::{self, Scored};
use super::office::{Asked, InputFile};
use super::register::Register;
use super::table::{ScoreTable, criterion_at_start};
use super::tell;
use crate::base::problem::Problem;

/// The lines of a score sheet.
pub fn lines(register: &mut Register, index: usize, header: u32, table: &ScoreTable) -> (Vec<Scored>, Option<Problem>) {
    let origin = Arc::clone(&register.origins[index]);
    let mut all = Vec::new();
    let problem = register.stream(index, &mut |row| {
        if row.number > header {
            all.extend(marks::line(row, table, &origin));
        }
        ControlFlow::Continue(())
    });
    (all, problem)
}

/// What became of the lines of score sheets in one office.
#[derive(Debug, Default)]
pub struct Given {
    /// Of the lines that the batch shares, those that found their case here.
    pub claimed: BTreeSet<usize>,
    /// The files of these.
    pub files: Vec<InputFile>,
    /// Lines that could not be used.
    pub problems: Vec<Problem>,
}

/// Gives an office's own lines, and those of shared ones that are for its cases, to the cases.
pub fn give(own: Vec<Scored>, shared: &Shared, plan: &OfficePlan, drafts: &mut Drafts<'_>, asked: &Asked<'_>) -> Given {
    let mut given = Given::default();
    for line in own {
        if !plan.is_marked(&line.office) || drafts.with_number(&line.case_no).is_empty() {
            given.problems.push(tell::no_case(&line));
        } else {
            given.problems.extend(mark(line, drafts, asked));
        }
    }
    let mut files = BTreeSet::new();
    for (i, line) in shared.lines.iter().enumerate() {
        if plan.is_marked(&line.office) && !drafts.with_number(&line.case_no).is_empty() {
            given.claimed.insert(i);
            files.insert(line.place.origin.file.as_str());
            given.problems.extend(mark(line.clone(), drafts, asked));
        }
    }
    given.files.extend(shared.files.iter().filter(|f| files.contains(f.path.as_str())).cloned());
    given
}

fn mark(line: Scored, drafts: &mut Drafts<'_>, asked: &Asked<'_>) -> Option<Problem> {
    let Some(case) = drafts.pick(&line.case_no, &line.stage) else { return Some(tell::which_stage(&line)) };
    let Some(criterion) = criterion_at_start(&line.criterion, asked.marks) else { return Some(tell::no_criterion(&line)) };
    if line.given.is_none() {
        return Some(tell::no_mark(&line));
    }
    if let (Some(draft), Some(mark)) = (drafts.draft_mut(case), line.mark(criterion)) {
        draft.marks.push(mark);
    }
    None
}
