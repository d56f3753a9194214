//! Where a case stands while reviewers have not marked it (contract, `check`): what the machine could look at, what is lost, what
//! is open, and the best grade left. Must not give a grade that a person has not made possible.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CriterionRecord, RubricRecord};
use crate::say;

/// What is known of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Criteria that the machine looked at and that apply.
    pub checked: u64,
    /// Points of those.
    pub points: Number,
    /// Surely lost of those.
    pub lost: Number,
    /// Open of those.
    pub open: Number,
    /// Part of the open points that are decided with another criterion: nothing of their own is to be done.
    pub linked: Number,
    /// Reviewers' criteria that are marked, and points lost by them.
    pub marked: u64,
    /// Points surely lost by reviewers' marks.
    pub marked_lost: Number,
    /// Reviewers' criteria that are not.
    pub pending: u64,
    /// Points of those.
    pub pending_points: Number,
    /// By criteria instead of points.
    pub levels: bool,
    /// Unmet and open criteria of the machine, for the levels scheme.
    pub counts: [u64; 2],
    /// The best grade left.
    pub best: Option<String>,
    /// The grade, when everything is decided.
    pub grade: Option<String>,
}

/// Where a case stands; `None` when it was not graded or its rubric is not known.
pub fn standing(case: &CaseRecord, rubrics: &[RubricRecord]) -> Option<Standing> {
    let rubric = rubrics.iter().find(|r| Some(r.id.as_str()) == case.rubric.as_deref())?;
    if case.scope != "selected" || case.criteria.is_empty() {
        return None;
    }
    let mut standing =
        Standing { levels: rubric.scheme == "levels", best: case.possible.first().map(|g| g.to_string()), ..Standing::default() };
    let mut sums = [Points::ZERO; 6];
    let applying = case.criteria.iter().zip(&rubric.criteria).filter(|(result, _)| result.outcome != "not_applicable");
    for (result, criterion) in applying {
        let (of, low, high) = (result.of.points(), result.low.points(), result.high.points());
        let CriterionRecord { human, .. } = criterion;
        match (human, &*result.outcome) {
            (true, "pending" | "unclear") => {
                standing.pending += 1;
                sums[4] += of;
            }
            (true, _) => {
                standing.marked += 1;
                sums[3] += of - high;
            }
            (false, outcome) => {
                standing.checked += 1;
                standing.counts[0] += u64::from(outcome == "unmet");
                standing.counts[1] += u64::from(matches!(outcome, "unclear" | "failed" | "pending"));
                sums[0] += of;
                sums[1] += of - high;
                sums[2] += high - low;
                sums[5] += if result.because.is_some() && outcome == "unclear" { high - low } else { Points::ZERO };
            }
        }
    }
    [standing.points, standing.lost, standing.open, standing.marked_lost, standing.pending_points, standing.linked] = sums.map(Number::new);
    standing.grade = case.grade.as_deref().map(str::to_owned).filter(|_| standing.pending == 0);
    Some(standing)
}

impl Standing {
    /// In one sentence; no grade while a reviewer has not marked.
    pub fn said(&self) -> Text {
        let (with, with_en) = linked(self.linked);
        let Self { checked, points, lost, open, marked, marked_lost, pending, pending_points, counts, .. } = self;
        let best = self.best.as_deref().unwrap_or("—");
        let (mut zh, mut en) = if self.levels {
            let [unmet, open] = counts;
            (
                format!("本次能核 {checked} 项：已确定不符合 {unmet} 项、待核实 {open} 项"),
                format!("{checked} criteria checked: {unmet} not met, {open} open"),
            )
        } else {
            (
                format!("本次能核 {checked} 项 {points} 分：已确定扣 {lost} 分、待核实 {open} 分{with}"),
                format!("{checked} criteria of {points} points checked: {lost} surely lost, {open} open{with_en}"),
            )
        };
        if *marked > 0 && !self.levels {
            zh += &format!("；人工已评 {marked} 项，扣 {marked_lost} 分");
            en += &format!("; {marked} marked by reviewers, {marked_lost} lost");
        }
        if *pending > 0 {
            let (a, b) = if self.levels {
                (format!("{pending} 项"), format!("{pending} criteria"))
            } else {
                (format!("{pending_points} 分"), format!("{pending_points} points"))
            };
            zh += &format!("；人工评分 {a}未评；其余全满最多 {best}");
            en += &format!("; {b} not yet marked by reviewers; with all of the rest at best {best}");
        } else if let Some(grade) = &self.grade {
            zh += &format!("；拟定等次 {grade}");
            en += &format!("; proposed grade {grade}");
        } else {
            zh += &format!("；待核实的全部符合时最多 {best}");
            en += &format!("; at best {best} if all that is open is met");
        }
        say!("{zh}", "{en}")
    }
}

/// Open points that other criteria decide, said behind the open ones.
pub fn linked(points: Number) -> (String, String) {
    if points == Number::default() {
        return (String::new(), String::new());
    }
    (format!("（其中 {points} 分随其他项核清而定）"), format!(" ({points} of them decided with other criteria)"))
}
