//! The rows that a case gives to each table. Must not leave anything out, nor turn what is null into a value.

use std::collections::BTreeMap;

use super::table::{Column, Type, Value, column};
use crate::record::v1::{CaseRecord, CriterionRecord, Office, Results, RubricRecord};

use Type::{Count, Flag, Points, Text};

/// What every table begins with: whose row it is.
const KEYS: [Column; 6] = [
    column("office_id", Text),
    column("office", Text),
    column("case_no", Text),
    column("stage", Text),
    column("rubric", Text),
    column("rubric_version", Text),
];

/// Columns of the table of cases.
pub const CASES: &[Column] = &[
    KEYS[0],
    KEYS[1],
    KEYS[2],
    KEYS[3],
    KEYS[4],
    KEYS[5],
    column("parent", Text),
    column("subject", Text),
    column("scope", Text),
    column("scheme", Text),
    column("marks_low", Points),
    column("marks_high", Points),
    column("marks_total", Points),
    column("marks_low_exact", Text),
    column("marks_high_exact", Text),
    column("grade", Text),
    column("possible", Text),
    column("possible_superset", Flag),
    column("findings", Count),
    column("case_type", Text),
    column("recipient_group", Text),
    column("lawyer", Text),
    column("firm", Text),
    column("closed_on", Text),
    column("fields", Text),
    column("documents", Text),
];

/// Columns of the table of criteria.
pub const CRITERIA: &[Column] = &[
    KEYS[0],
    KEYS[1],
    KEYS[2],
    KEYS[3],
    KEYS[4],
    KEYS[5],
    column("criterion", Text),
    column("title_zh", Text),
    column("title_en", Text),
    column("group", Text),
    column("kind", Text),
    column("outcome", Text),
    column("of", Points),
    column("low", Points),
    column("high", Points),
    column("low_exact", Text),
    column("high_exact", Text),
    column("level", Text),
    column("because", Text),
];

/// Columns of the table of findings.
pub const FINDINGS: &[Column] = &[
    KEYS[0],
    KEYS[1],
    KEYS[2],
    KEYS[3],
    KEYS[4],
    KEYS[5],
    column("id", Text),
    column("fingerprint", Text),
    column("criterion", Text),
    column("outcome", Text),
    column("severity", Text),
    column("lost_low", Points),
    column("lost_high", Points),
    column("message_zh", Text),
    column("message_en", Text),
    column("fix_zh", Text),
    column("fix_en", Text),
    column("remedy", Text),
    column("basis_zh", Text),
    column("basis_en", Text),
    column("about", Text),
    column("because", Text),
    column("places", Text),
];

/// Offices and rubrics by what cases call them.
pub struct Known<'a> {
    offices: BTreeMap<&'a str, &'a Office>,
    rubrics: BTreeMap<&'a str, &'a RubricRecord>,
    criteria: BTreeMap<(&'a str, &'a str), &'a CriterionRecord>,
}

/// A value as JSON text; null where there is nothing in it.
fn json(value: &impl serde::Serialize, is_empty: bool) -> Value {
    Value::Text((!is_empty).then(|| serde_json::to_string(value).unwrap_or_default()))
}

impl<'a> Known<'a> {
    /// Those of a result.
    pub fn new(results: &'a Results) -> Self {
        let rubrics = || results.every_rubric();
        Self {
            offices: results.offices.iter().map(|o| (o.name.as_str(), o)).collect(),
            rubrics: rubrics().map(|r| (r.id.as_str(), r)).collect(),
            criteria: rubrics().flat_map(|r| r.criteria.iter().map(move |c| ((r.id.as_str(), c.id.as_str()), c))).collect(),
        }
    }

    /// The rows of a case: of the table of cases, of criteria, of findings.
    pub fn rows(&self, case: &CaseRecord) -> [Vec<Vec<Value>>; 3] {
        let keys = self.keys(case);
        let with = |more: Vec<Value>| keys.iter().cloned().chain(more).collect::<Vec<Value>>();
        [
            vec![with(self.case(case))],
            case.criteria.iter().map(|c| with(self.criterion(case, c))).collect(),
            case.findings.iter().map(|f| with(finding(f))).collect(),
        ]
    }

    fn keys(&self, case: &CaseRecord) -> [Value; 6] {
        let rubric = case.rubric.as_deref();
        [
            Value::maybe(self.offices.get(&*case.office).map(|o| o.id.as_str())),
            Value::text(&*case.office),
            Value::text(&*case.case_no),
            Value::maybe(case.stage.as_deref()),
            Value::maybe(rubric),
            Value::maybe(rubric.and_then(|id| self.rubrics.get(id)).map(|r| r.version.as_str())),
        ]
    }

    fn case(&self, case: &CaseRecord) -> Vec<Value> {
        let marks = case.marks.as_ref();
        let exact = |at: usize| Value::maybe(marks.and_then(|m| m.exact.as_ref()).map(|e| e[at].as_str()));
        let field = |id: &str| Value::maybe(case.fields.get(id).map(|v| &**v));
        let possible: Vec<&str> = case.possible.iter().map(|g| &**g).collect();
        vec![
            Value::maybe(self.offices.get(&*case.office).and_then(|o| o.parent.as_deref())),
            Value::text(&*case.subject),
            Value::text(&*case.scope),
            Value::maybe(case.scheme.as_deref()),
            Value::Points(marks.map(|m| m.low)),
            Value::Points(marks.map(|m| m.high)),
            Value::Points(marks.map(|m| m.total)),
            exact(0),
            exact(1),
            Value::maybe(case.grade.as_deref()),
            Value::Text((!possible.is_empty()).then(|| possible.join("、"))),
            Value::Flag(Some(case.possible_superset)),
            Value::Count(u64::try_from(case.findings.len()).ok()),
            field("case_type"),
            field("recipient_group"),
            field("lawyer"),
            field("firm"),
            field("closed_on"),
            json(&case.fields, case.fields.is_empty()),
            json(&case.documents, case.documents.is_empty()),
        ]
    }

    fn criterion(&self, case: &CaseRecord, c: &crate::record::v1::CriterionResult) -> Vec<Value> {
        let rule = case.rubric.as_deref().and_then(|r| self.criteria.get(&(r, &*c.id)));
        let exact = |at: usize| Value::maybe(c.exact.as_ref().map(|e| e[at].as_str()));
        vec![
            Value::text(&*c.id),
            Value::maybe(rule.map(|r| &*r.title.zh)),
            Value::maybe(rule.map(|r| &*r.title.en)),
            Value::maybe(rule.map(|r| r.group.as_str())),
            Value::maybe(rule.map(|r| r.kind.as_str())),
            Value::text(&*c.outcome),
            Value::Points(Some(c.of)),
            Value::Points(Some(c.low)),
            Value::Points(Some(c.high)),
            exact(0),
            exact(1),
            Value::maybe(c.level.as_deref()),
            Value::maybe(c.because.as_deref()),
        ]
    }
}

fn finding(f: &crate::record::v1::Finding) -> Vec<Value> {
    let [message_zh, message_en] = Value::both(&f.message);
    let [fix_zh, fix_en] = Value::both(&f.fix);
    let [basis_zh, basis_en] = Value::both(&f.basis);
    vec![
        Value::text(&*f.id),
        Value::text(&*f.fingerprint),
        Value::text(&*f.criterion),
        Value::text(&*f.outcome),
        Value::text(&*f.severity),
        Value::Points(Some(f.lost[0])),
        Value::Points(Some(f.lost[1])),
        message_zh,
        message_en,
        fix_zh,
        fix_en,
        Value::text(&*f.remedy),
        basis_zh,
        basis_en,
        Value::maybe(f.about.as_deref()),
        Value::maybe(f.because.as_deref()),
        json(&f.places, f.places.is_empty()),
    ]
}
