//! What is told of an office besides its cases: problems as recorded, its register sheets, what went wrong while it was graded.
//! Must not grade.

use super::forms;
use super::mask::Mask;
use super::place::Places;
use crate::base::form;
use crate::base::place::Place;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::intake::office::OfficeIntake;
use crate::model::case::Case;
use crate::model::mark::Given;
use crate::record::v1::{PlaceRecord, ProblemRecord, Register, UnclaimedColumn};
use crate::rubric::Scheme;
use crate::say;
use crate::score::Scored;

/// Problems with folders, archives and files that may belong to no registered case.
const PATHS: &[&str] = &["P020", "P021", "P022", "P023", "P024", "P026", "P027", "P028", "P029", "P060"];

/// A problem as recorded.
pub fn problem(problem: &Problem, office: Option<&str>, mask: &Mask, places: &Places<'_>) -> ProblemRecord {
    // Nobody knows whose name stands in a path that belongs to no case.
    let nobodys = mask.hides() && PATHS.contains(&problem.code);
    let message = match problem.places.as_slice() {
        [place] if nobodys => {
            let file = &place.origin.file;
            problem.message.map(|t| mask.text(&t.replace(file.as_str(), &forms::numbers_only(file))))
        }
        _ => problem.message.map(|t| mask.text(t)),
    };
    let place = |p: &Place| {
        let place = places.record(p, None);
        if nobodys { PlaceRecord { file: forms::numbers_only(&place.file).into(), ..place } } else { place }
    };
    ProblemRecord {
        code: problem.code.to_owned(),
        message,
        advice: crate::base::problem::kind(problem.code).map(|k| k.advice.clone()).unwrap_or_default(),
        office: problem.office.clone().or_else(|| office.map(str::to_owned)),
        places: problem.places.iter().map(place).collect(),
    }
}

/// Its register sheets.
pub fn registers(read: &OfficeIntake, mask: &Mask) -> Vec<Register> {
    let one = |info: &crate::intake::office::RegisterInfo| {
        let (in_scope, reasons) = info.count(&read.out);
        Register {
            path: mask.text(&info.path),
            sheet: info.sheet.as_deref().map(|s| mask.text(s)),
            sha256: info.sha256.clone(),
            rows: u64::try_from(info.rows.len()).unwrap_or(u64::MAX),
            in_scope,
            out_of_scope: reasons.into_iter().map(|(r, n)| (r.id().to_owned(), n)).collect(),
            unclaimed_columns: info
                .unclaimed
                .iter()
                .map(|u| UnclaimedColumn { header: mask.text(&u.header), column: u.column.clone(), closest: u.closest.clone() })
                .collect(),
        }
    };
    read.registers.iter().map(one).collect()
}

/// What went wrong inside the program, and marks for criteria that nobody marks.
pub fn failures(case: &Case, rubric: &crate::rubric::Rubric, scored: &Scored) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |code, said, place| {
        let mut problem = Problem::new(code, said, place);
        problem.office = Some(case.office.to_string());
        problems.push(problem);
    };
    for (criterion, score) in rubric.criteria.iter().zip(&scored.criteria) {
        if score.outcome == crate::check::Outcome::Failed {
            let (no, id) = (&case.case_no, &criterion.id);
            add("P090", say!("{no} 的 {id} 未能核查", "{no}: {id} could not be checked"), case.home.clone());
        }
    }
    for mark in &case.marks {
        let human = rubric.criterion(&mark.criterion).is_some_and(|c| c.check.human);
        // A signed page may set a machine outcome aside.
        let page = case.heard.verdicts.iter().any(|v| Some(&v.reviewer) == mark.reviewer.as_ref());
        let aside = page && rubric.criterion(&mark.criterion).is_some();
        if !human && !aside && !rubric.red_lines.iter().any(|l| l.id == mark.criterion) {
            let (no, id) = (&case.case_no, &mark.criterion);
            add(
                "P042",
                say!("{no} 的标准中没有由人评分的指标 {id}", "{no}: its rubric has no criterion {id} for a reviewer"),
                mark.place.clone(),
            );
        }
        if let (Scheme::Levels { levels }, Given::Word(word), true) =
            (&rubric.scheme, &mark.given, rubric.criterion(&mark.criterion).is_some())
            && !levels.contains(word)
            && **word != *form::NOT_APPLICABLE
        {
            let (no, id, all) = (&case.case_no, &mark.criterion, levels.join("、"));
            add(
                "P041",
                say!(
                    "{no} 的 {id} 等级“{word}”应为{all}之一，按未评处理",
                    "{no}: the level {word:?} for {id} is none of {all}; it counts as not given"
                ),
                mark.place.clone(),
            );
        }
        let points = rubric.criterion(&mark.criterion).filter(|_| matches!(rubric.scheme, Scheme::Points { .. })).map(|c| c.points);
        if let (Given::Score(given) | Given::Off(given), Some(of)) = (&mark.given, points)
            && (*given < Points::ZERO || *given > of)
        {
            let (no, id, zh) = (&case.case_no, &mark.criterion, if matches!(mark.given, Given::Off(_)) { "扣分" } else { "得分" });
            add(
                "P041",
                say!(
                    "{no} 的 {id} {zh} {given}，应在 0 至 {of} 之间，按未评处理",
                    "{no}: the mark {given} for {id} must lie from 0 to {of}; it counts as not given"
                ),
                mark.place.clone(),
            );
        }
    }
    problems
}
