//! The findings of an office as columns, with its to-do list, reviews and documents. Must not leave out a finding.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column::{Column, column};
use super::lifted::Lifted;
use super::places::{Places, places};
use super::template::template;
use crate::base::text::Text;
use crate::lift::Lifts;
use crate::record::number::Number;
use crate::record::v1::{CasePanel, CaseRecord, Finding, Review, Todo};
use crate::todo::Names;

/// Chinese and English.
type Pair<'a> = (&'a str, &'a str);

/// Block `fN`.
#[derive(Debug, Serialize)]
pub struct Findings<'a> {
    count: Column<usize>,
    criterion: Column<&'a str>,
    nr: Column<&'a str>,
    outcome: Column<&'a str>,
    severity: Column<&'a str>,
    remedy: Column<&'a str>,
    because: Column<Option<&'a str>>,
    about: Column<Option<&'a str>>,
    low: Column<Number>,
    high: Column<Number>,
    said: Column<(String, String)>,
    args: Column<String>,
    fix: Column<Pair<'a>>,
    basis: Column<Pair<'a>>,
    np: Column<usize>,
    places: Places<'a>,
    reviews: Reviews<'a>,
    documents: BTreeMap<&'a str, Column<Option<(&'a str, u32)>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    panel: Option<Column<Option<CasePanel>>>,
    lift: Column<Option<Lifted>>,
    todo: Vec<Job>,
}

/// Marks of reviewers.
#[derive(Debug, Serialize)]
struct Reviews<'a> {
    count: Column<usize>,
    criterion: Column<&'a str>,
    given: Column<&'a str>,
    reviewer: Column<Option<&'a str>>,
    reason: Column<Option<&'a str>>,
    situation: Column<Option<&'a str>>,
    pages: Column<Option<&'a str>>,
}

/// A line of the to-do list; `cases` are rows.
#[derive(Debug, Serialize)]
struct Job {
    act: String,
    what: (String, String),
    fix: (String, String),
    criteria: Vec<String>,
    rubric: Option<String>,
    lost: [Number; 2],
    cases: Vec<usize>,
}

fn pair(text: &Text) -> Pair<'_> {
    (&text.zh, &text.en)
}

fn owned(text: &Text) -> (String, String) {
    (text.zh.to_string(), text.en.to_string())
}

fn reviews(all: &[CaseRecord]) -> Reviews<'_> {
    let marks: Vec<&Review> = all.iter().flat_map(|c| &c.reviews).collect();
    Reviews {
        count: column(all.iter().map(|c| c.reviews.len())),
        criterion: column(marks.iter().map(|r| &*r.criterion)),
        given: column(marks.iter().map(|r| &*r.given)),
        reviewer: column(marks.iter().map(|r| r.reviewer.as_deref())),
        reason: column(marks.iter().map(|r| r.reason.as_deref())),
        situation: column(marks.iter().map(|r| r.situation.as_deref())),
        pages: column(marks.iter().map(|r| r.pages.as_deref())),
    }
}

fn documents(all: &[CaseRecord]) -> BTreeMap<&str, Column<Option<(&str, u32)>>> {
    let ids: BTreeSet<&str> = all.iter().flat_map(|c| &c.documents).map(|d| &*d.id).collect();
    let of = |id: &str| {
        let state = |case: &'_ CaseRecord| case.documents.iter().position(|d| *d.id == *id);
        column(all.iter().map(|c| state(c).and_then(|at| c.documents.get(at)).map(|d| (&*d.state, d.count))))
    };
    ids.into_iter().map(|id| (id, of(id))).collect()
}

/// The panel of a case without its places, which only reviewers need.
fn panel(case: &CaseRecord) -> Option<CasePanel> {
    let mut panel = case.panel.as_deref()?.clone();
    panel.opinions.iter_mut().for_each(|o| o.places.clear());
    if let Some(confirmed) = &mut panel.confirmed {
        confirmed.places.clear();
    }
    Some(panel)
}

fn todo(all: &[CaseRecord], names: &Names<'_>) -> Vec<Job> {
    let rows: BTreeMap<(&str, Option<&str>), usize> =
        all.iter().enumerate().rev().map(|(row, c)| ((c.case_no.as_str(), c.stage.as_deref()), row)).collect();
    let job = |todo: Todo| {
        let cases: Vec<usize> = todo.places.iter().filter_map(|p| rows.get(&(p.case_no.as_str(), p.stage.as_deref())).copied()).collect();
        let rubric = cases.first().and_then(|row| all.get(*row)).and_then(|c| c.rubric.as_deref()).map(ToOwned::to_owned);
        Job {
            act: todo.act,
            what: owned(&todo.what),
            fix: owned(&todo.fix),
            criteria: todo.criteria.iter().map(ToString::to_string).collect(),
            rubric,
            lost: todo.lost,
            cases,
        }
    };
    names.todo(all.iter()).into_iter().map(job).collect()
}

/// The block of an office.
pub fn findings<'a>(all: &'a [CaseRecord], names: &Names<'_>, lifts: &Lifts<'_>) -> Findings<'a> {
    let rows: Vec<&Finding> = all.iter().flat_map(|c| &c.findings).collect();
    let each = || rows.iter().copied();
    let templates: Vec<_> = each().map(|f| template(&f.message)).collect();
    let (said, args) = templates.into_iter().map(|t| (t.said, t.args)).unzip::<_, _, Vec<_>, Vec<_>>();
    let found: Vec<_> = each().flat_map(|f| &f.places).collect();
    Findings {
        count: column(all.iter().map(|c| c.findings.len())),
        criterion: column(each().map(|f| &*f.criterion)),
        nr: column(each().map(|f| f.id.rsplit_once('-').map_or(f.id.as_str(), |(_, nr)| nr))),
        outcome: column(each().map(|f| &*f.outcome)),
        severity: column(each().map(|f| &*f.severity)),
        remedy: column(each().map(|f| &*f.remedy)),
        because: column(each().map(|f| f.because.as_deref())),
        about: column(each().map(|f| f.about.as_deref())),
        low: column(each().map(|f| f.lost[0])),
        high: column(each().map(|f| f.lost[1])),
        said: column(said.into_iter()),
        args: column(args.into_iter()),
        fix: column(each().map(|f| pair(&f.fix))),
        basis: column(each().map(|f| pair(&f.basis))),
        np: column(each().map(|f| f.places.len())),
        places: places(&found),
        reviews: reviews(all),
        documents: documents(all),
        panel: all.iter().any(|c| c.panel.is_some()).then(|| column(all.iter().map(panel))),
        lift: column(all.iter().map(|c| lifts.lift(c).map(Lifted::from))),
        todo: todo(all, names),
    }
}
