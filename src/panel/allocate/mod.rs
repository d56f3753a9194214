//! Gives drawn cases to reviewers (分卷): nobody marks the own county, loads are level, a share is marked twice, and reviewers and
//! offices hang together. Must not read anything, nor use any chance but that of the seed.

mod board;
mod connect;
mod refuse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::board::Board;
use super::draw::chance::Chance;
use super::draw::{frame, size};
use crate::base::text::Text;
use crate::record::plan::{
    Allocation, AllocationRules, CaseKey, Connected, Drawn, FrameCase, FrameOffice, Part, Reviewer, Substitution, Task, Turn,
};
use crate::say;

/// What is given out.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Drawn cases.
    pub drawn: &'a [Drawn],
    /// Which of them came in the place of others.
    pub substitutions: &'a [Substitution],
    /// The frame in its order, for the cases that went.
    pub frame: &'a [FrameCase],
    /// Names of offices.
    pub offices: &'a [FrameOffice],
}

/// A case to be marked: as first drawn, which decides who gets it, and as it is now.
struct Lot {
    key: CaseKey,
    case_type: Arc<str>,
    now: CaseKey,
    now_type: Arc<str>,
}

/// Gives every drawn case to reviewers.
///
/// # Errors
/// Which rule cannot hold.
pub fn allocate(given: &Given<'_>, rules: &AllocationRules, seed: u64) -> Result<Allocation, Text> {
    if given.drawn.is_empty() {
        return Ok(Allocation { tasks: Vec::new(), swaps: Vec::new() });
    }
    if rules.reviewers.is_empty() {
        return Err(say!("没有评估专家，不能分卷", "there is no reviewer to give cases to"));
    }
    let mut reviewers: Vec<&Reviewer> = rules.reviewers.iter().collect();
    reviewers.sort_by(|a, b| a.code.cmp(&b.code));
    let lots = lots(given);
    let parts = parts(&reviewers);
    let mut board = Board::new(&reviewers, &mut Chance::new(seed, "reviewers", ""));
    let twice = twice(lots.len(), rules, seed)?;
    for (lot, one) in lots.iter().enumerate() {
        for part in &parts {
            let class = board.class(&one.key.office, &one.case_type, *part);
            board.add(lot, class, twice[lot]);
        }
    }
    refuse::nobody(&board, &reviewers, given.offices)?;
    board.fill(&mut Chance::new(seed, "cases", "")).map_err(|stuck| refuse::full(&board, &reviewers, &stuck))?;
    board.level();
    let mut swaps = Vec::new();
    if rules.connected != Connected::Off {
        for part in &parts {
            let done = connect::connect(&mut board, *part).map_err(|apart| refuse::apart(&reviewers, given.offices, *part, &apart))?;
            swaps.extend(done.into_iter().map(|s| s.record(&board, &reviewers, &lots, *part)));
        }
    }
    if rules.connected == Connected::Refuse && !swaps.is_empty() {
        return Err(refuse::swaps(&swaps));
    }
    replace(&mut board, &lots, &reviewers)?;
    extra(&mut board, &lots, rules, &reviewers, &parts)?;
    Ok(Allocation { tasks: tasks(&board, &reviewers, &lots, rules.blind), swaps })
}

/// What reviewers mark: everything, or each of the two parts where some mark only one.
fn parts(reviewers: &[&Reviewer]) -> Vec<Part> {
    if reviewers.iter().all(|r| r.role == Part::Whole) { vec![Part::Whole] } else { vec![Part::Regularity, Part::Substance] }
}

/// The drawn cases in the order in which they were first drawn, so that a replaced case changes nobody else's.
fn lots(given: &Given<'_>) -> Vec<Lot> {
    let came: BTreeMap<&CaseKey, &CaseKey> = given.substitutions.iter().map(|s| (&s.into, &s.out)).collect();
    let lot = |drawn: &Drawn| {
        let mut first = &drawn.case;
        while let Some(before) = came.get(first) {
            first = before;
        }
        let case = frame::find(given.frame, first).and_then(|i| given.frame.get(i));
        Lot {
            key: first.clone(),
            case_type: case.map_or_else(|| drawn.case_type.clone(), |c| c.case_type.clone()),
            now: drawn.case.clone(),
            now_type: drawn.case_type.clone(),
        }
    };
    let mut lots: Vec<Lot> = given.drawn.iter().map(lot).collect();
    lots.sort_by(|a, b| frame::order(&a.key, &b.key));
    lots
}

/// Which cases are marked twice, by chance.
fn twice(cases: usize, rules: &AllocationRules, seed: u64) -> Result<Vec<bool>, Text> {
    let n = size::percent(u64::try_from(cases).unwrap_or(u64::MAX), &rules.second);
    let n = n.ok_or_else(|| say!("二评比例的写法不对", "the share of second marks is not understood"))?;
    let n = usize::try_from(n).unwrap_or(usize::MAX).min(cases);
    let mut order: Vec<usize> = (0..cases).collect();
    Chance::new(seed, "second", "").front(&mut order, n);
    let mut twice = vec![false; cases];
    order.iter().take(n).for_each(|i| twice[*i] = true);
    Ok(twice)
}

/// A case that came in the place of another stays with the same reviewers, unless it is not for them.
fn replace(board: &mut Board, lots: &[Lot], reviewers: &[&Reviewer]) -> Result<(), Text> {
    for unit in 0..board.len() {
        let Some(lot) = lots.get(board.lot(unit)).filter(|l| l.key != l.now) else { continue };
        let class = board.class(&lot.now.office, &lot.now_type, board.part(unit));
        if !board.turn_into(unit, class) {
            return Err(refuse::replaced(&lot.now, board.part(unit), reviewers.len()));
        }
    }
    Ok(())
}

/// One more mark for each case near an edge, by somebody else; what was given out before stays.
fn extra(board: &mut Board, lots: &[Lot], rules: &AllocationRules, reviewers: &[&Reviewer], parts: &[Part]) -> Result<(), Text> {
    for wanted in &rules.extra {
        let Some(at) = lots.iter().position(|l| l.now == wanted.case) else {
            let (office, no) = (&wanted.case.office, &wanted.case.case_no);
            return Err(say!("{office} {no} 没有抽中，不能加评", "{office} {no} is not drawn and gets no extra mark"));
        };
        let Some(lot) = lots.get(at) else { continue };
        for part in parts {
            let class = board.class(&lot.now.office, &lot.now_type, *part);
            let barred: Vec<usize> = (0..).zip(reviewers).filter(|(_, r)| wanted.leader && !r.leader).map(|(i, _)| i).collect();
            if !board.extra(at, class, &barred) {
                return Err(if wanted.leader { refuse::no_leader(&lot.now) } else { refuse::replaced(&lot.now, *part, reviewers.len()) });
            }
        }
    }
    Ok(())
}

fn tasks(board: &Board, reviewers: &[&Reviewer], lots: &[Lot], blind: bool) -> Vec<Task> {
    let mut marks: BTreeMap<(usize, Part), u32> = BTreeMap::new();
    for unit in 0..board.len() {
        *marks.entry((board.lot(unit), board.part(unit))).or_default() += 1;
    }
    let mut all: Vec<(usize, usize, Task)> = Vec::with_capacity(board.len());
    for unit in 0..board.len() {
        let (lot, part, turn) = (board.lot(unit), board.part(unit), board.turn(unit));
        let Some((owner, (reviewer, case))) = board.owner(unit).and_then(|o| Some((o, (reviewers.get(o)?, lots.get(lot)?)))) else {
            continue;
        };
        let blind = blind && marks.get(&(lot, part)).is_some_and(|n| *n > 1);
        all.push((owner, lot, Task { reviewer: reviewer.code.clone(), case: case.now.clone(), part, turn, blind }));
    }
    all.sort_by(|a, b| {
        let (x, y) = (&a.2, &b.2);
        a.0.cmp(&b.0).then_with(|| frame::order(&x.case, &y.case)).then((x.part, x.turn).cmp(&(y.part, y.turn)))
    });
    all.into_iter().map(|(_, _, task)| task).collect()
}

/// Whether a mark lies so near to the edge of a grade that one more mark is worth its while: an edge within `near` of the interval.
pub fn near_edge(low: f64, high: f64, edges: &[f64], near: f64) -> bool {
    edges.iter().any(|edge| low - near <= *edge && *edge <= high + near)
}

/// Which mark of a case a unit is, in order of handing out.
fn turn_of(second: bool) -> Turn {
    if second { Turn::Second } else { Turn::First }
}
