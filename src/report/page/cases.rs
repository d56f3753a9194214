//! The cases of an office as columns: what lists and filters need. Must not hold words of findings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column::{Column, column};
use super::undecided::RedLines;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CriterionResult, Finding, is_open};

/// Fields that are shown, in order of the case's own page.
const FIELDS: &[&str] = &[
    "case_type",
    "cause",
    "recipient_group",
    "channel",
    "stage",
    "lawyer",
    "firm",
    "applied_on",
    "decided_on",
    "assigned_on",
    "closed_on",
    "filed_on",
];

/// Block `cN`.
#[derive(Debug, Serialize)]
pub struct Cases<'a> {
    n: usize,
    case_no: Column<&'a str>,
    stage: Column<Option<&'a str>>,
    subject: Column<&'a str>,
    scope: Column<&'a str>,
    rubric: Column<Option<&'a str>>,
    grade: Column<Option<&'a str>>,
    possible: Column<Vec<&'a str>>,
    superset: Column<bool>,
    graded: Column<bool>,
    low: Column<Option<Number>>,
    high: Column<Option<Number>>,
    total: Column<Option<Number>>,
    exact: Column<Option<&'a [String; 2]>>,
    severity: Column<[usize; 4]>,
    red: Column<Option<&'a str>>,
    fields: BTreeMap<&'static str, Column<Option<&'a str>>>,
    cells: BTreeMap<&'a str, Cells<'a>>,
}

/// The criteria of the graded cases of one rubric.
#[derive(Debug, Serialize)]
struct Cells<'a> {
    ids: Vec<&'a str>,
    of: Vec<Column<Cell<'a>>>,
}

/// Outcome, points at stake, surely got, possibly got, and what seldom applies.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Short(&'a str, Number, Number, Number),
    Long(&'a str, Number, Number, Number, More<'a>),
}

#[derive(Debug, Clone, Serialize)]
struct More<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<&'a [String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_applies: Option<&'a [String; 2]>,
}

impl<'a> Cell<'a> {
    fn of(result: &'a CriterionResult) -> Self {
        let (outcome, of, low, high) = (&*result.outcome, result.of, result.low, result.high);
        let more = More {
            level: result.level.as_deref(),
            because: result.because.as_deref(),
            exact: result.exact.as_ref(),
            if_applies: result.if_applies.as_ref(),
        };
        match more {
            More { level: None, because: None, exact: None, if_applies: None } => Self::Short(outcome, of, low, high),
            more => Self::Long(outcome, of, low, high, more),
        }
    }
}

fn cells<'a>(cases: &[&'a CaseRecord]) -> Option<Cells<'a>> {
    let ids: Vec<&str> = cases.first()?.criteria.iter().map(|c| &*c.id).collect();
    let of = |at: usize| {
        let id = ids.get(at).copied();
        // Every case has every criterion of its rubric in order; one that differed would be found by its id.
        let result = |case: &&'a CaseRecord| {
            case.criteria.get(at).filter(|c| Some(&*c.id) == id).or_else(|| case.criteria.iter().find(|c| Some(&*c.id) == id))
        };
        let none = || Cell::Short("not_applicable", Number::default(), Number::default(), Number::default());
        column(cases.iter().map(|c| result(c).map_or_else(none, Cell::of)))
    };
    let of = (0..ids.len()).map(of).collect();
    Some(Cells { ids, of })
}

/// The severity of a finding; what is open is no fault yet, whatever it would be.
fn kind(finding: &Finding) -> &str {
    if is_open(&finding.outcome) { "open" } else { &finding.severity }
}

/// The block of an office.
pub fn cases<'a>(all: &'a [CaseRecord], lines: &RedLines<'_>) -> Cases<'a> {
    let marks = |get: fn(&crate::record::v1::Marks) -> Number| column(all.iter().map(move |c| c.marks.as_ref().map(get)));
    let severity = |c: &CaseRecord| ["error", "warning", "info", "open"].map(|s| c.findings.iter().filter(|f| kind(f) == s).count());
    let mut fields = BTreeMap::new();
    for field in FIELDS {
        if all.iter().any(|c| c.fields.contains_key(*field)) {
            fields.insert(*field, column(all.iter().map(|c| c.fields.get(*field).map(|v| &**v))));
        }
    }
    let graded = |c: &CaseRecord| !c.criteria.is_empty() && c.rubric.is_some();
    let rubrics: BTreeSet<&str> = all.iter().filter(|c| graded(c)).filter_map(|c| c.rubric.as_deref()).collect();
    let of = |rubric: &str| all.iter().filter(|c| graded(c) && c.rubric.as_deref() == Some(rubric)).collect::<Vec<_>>();
    Cases {
        n: all.len(),
        case_no: column(all.iter().map(|c| c.case_no.as_str())),
        stage: column(all.iter().map(|c| c.stage.as_deref())),
        subject: column(all.iter().map(|c| c.subject.as_str())),
        scope: column(all.iter().map(|c| c.scope.as_str())),
        rubric: column(all.iter().map(|c| c.rubric.as_deref())),
        grade: column(all.iter().map(|c| c.grade.as_deref())),
        possible: column(all.iter().map(|c| c.possible.iter().map(|p| &**p).collect())),
        superset: column(all.iter().map(|c| c.possible_superset)),
        graded: column(all.iter().map(graded)),
        low: marks(|m| m.low),
        high: marks(|m| m.high),
        total: marks(|m| m.total),
        exact: column(all.iter().map(|c| c.marks.as_ref().and_then(|m| m.exact.as_ref()))),
        severity: column(all.iter().map(severity)),
        red: column(all.iter().map(|c| lines.state(c))),
        fields,
        cells: rubrics.into_iter().filter_map(|r| Some((r, cells(&of(r))?))).collect(),
    }
}
