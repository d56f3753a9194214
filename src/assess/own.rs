//! An office or firm as a subject of its own (机构考核): what tables say of it and what follows from its cases become one case, which
//! goes the way of every case: checks, score, record. Must not count among the cases of the office.

use std::sync::Arc;

use super::facts::Facts;
use super::office::Grader;
use super::subject::Context;
use super::{ask, told};
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::intake::own::OwnRow;
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::own::LogRow;
use crate::model::value::Entry;
use crate::model::vocabulary::Vocabulary;
use crate::record::v1::{CaseRecord, Own};
use crate::rubric::Rubric;
use crate::score::score;

/// What an office itself came to.
#[derive(Debug, Default)]
pub struct OwnGraded {
    /// Its lines of `cases.jsonl`, by rubric.
    pub records: Vec<CaseRecord>,
    /// Its marks.
    pub own: Vec<Own>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// An office as a case without a number: `rows` in order of trust.
pub fn subject(office: &str, rows: &[OwnRow], facts: Vec<Entry>, vocabulary: &Vocabulary) -> Case {
    let home = rows.first().map(|r| r.record.home.clone()).or_else(|| facts.first().map(|e| e.place.clone()));
    let mut case = Case { office: office.into(), ..Case::empty(home.unwrap_or_else(|| Place::file(office))) };
    let mut entries = Vec::new();
    for row in rows {
        match row.log {
            Some(log) => {
                let mut entries = row.record.entries.clone();
                entries.sort_by_key(|e| e.field);
                case.logs.push(LogRow { log, entries, place: row.record.home.clone() });
            }
            None => entries.extend(row.record.entries.iter().cloned()),
        }
        case.documents.extend(row.record.documents.iter().cloned());
        case.marks.extend(row.record.marks.iter().cloned());
    }
    entries.extend(facts);
    entries.sort_by_key(|e| e.field);
    for entry in entries {
        let field = vocabulary.field(entry.field);
        let same = |e: &Entry| e.field == entry.field && if e.value.is_ok() { e.value == entry.value } else { e.raw == entry.raw };
        let known = case.entries.iter().any(same) || case.overruled.iter().any(same);
        match case.entries.last() {
            _ if known => {}
            Some(last) if last.field == entry.field && !field.many => case.overruled.push(entry),
            _ => case.entries.push(entry),
        }
    }
    case.logs.sort_by(|a, b| a.place.cmp(&b.place));
    case.documents.sort_by(|a, b| a.place.cmp(&b.place));
    case.marks.sort_by(|a, b| a.place.cmp(&b.place));
    case
}

impl Grader {
    /// Grades the office itself by every rubric about offices that applies to it.
    pub(super) fn own(&self, rows: &[OwnRow], facts: Facts<'_>, office: &str, context: &Context<'_>) -> OwnGraded {
        let mut graded = OwnGraded::default();
        let case = subject(office, rows, facts.entries, &self.world.vocabulary);
        for rubric in &self.rubrics.own {
            if rubric.applies.as_ref().is_some_and(|c| c.ask(&case) == Answer::No) {
                continue;
            }
            let seen = ask::office(rubric, &[&case], &self.world);
            let scored = score(rubric, ask::case(rubric, &case, 0, &seen, &self.world), ask::red_lines(rubric, &case));
            let record = context.own(&case, rubric, &scored);
            graded.own.push(own(rubric, &record));
            graded.problems.extend(told::failures(&marked(&case, rubric, self), rubric, &scored));
            graded.records.push(record);
        }
        graded
    }
}

/// The office as its rubric sees it: marks that another of its rubrics asked for are none of its business.
fn marked(case: &Case, rubric: &Rubric, grader: &Grader) -> Case {
    let of = |r: &Rubric, id: &str| r.criterion(id).is_some() || r.red_lines.iter().any(|l| *l.id == *id);
    let mut case = Case { case_no: case.office.to_string(), ..case.clone() };
    case.marks.retain(|m| of(rubric, &m.criterion) || !grader.rubrics.own.iter().any(|r| of(r, &m.criterion)));
    case
}

fn own(rubric: &Rubric, record: &CaseRecord) -> Own {
    let text = |t: &Arc<str>| t.to_string();
    Own {
        subject: record.subject.clone(),
        rubric: rubric.id.to_string(),
        marks: record.marks.clone(),
        grade: record.grade.as_ref().map(text),
        possible: record.possible.iter().map(text).collect(),
    }
}
