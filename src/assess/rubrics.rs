//! Rubrics as recorded: what a result says of the standard it was made by. Must not judge it.

use std::collections::BTreeMap;

use super::builtin;
use super::scoring::scoring;
use crate::base::text::Text;
use crate::model::own::Subject;
use crate::model::vocabulary::{FieldId, Vocabulary};
use crate::panel::gather::Scales;
use crate::record::number::Number;
use crate::record::v1::{ArchiveRecord, CriterionRecord, FieldRecord, GradeRecord, GroupRecord, RateRecord, RedLineRecord, RubricRecord};
use crate::rubric::{Criterion, Rubric, Rubrics, Scheme};

/// The records of all rubrics.
pub fn records(rubrics: &Rubrics, adopted: bool) -> Vec<RubricRecord> {
    rubrics.list.iter().map(|r| record(r, adopted)).collect()
}

/// The records of those about offices or firms.
pub fn own(rubrics: &Rubrics, vocabulary: &Vocabulary, adopted: bool) -> Vec<RubricRecord> {
    let words = |f: &FieldId| {
        let field = vocabulary.field(*f);
        FieldRecord { id: field.id.clone(), title: field.title.clone() }
    };
    let one = |r: &Rubric| {
        let mut record = record(r, adopted);
        for (told, criterion) in record.criteria.iter_mut().zip(&r.criteria) {
            told.fields = criterion.reads.iter().map(words).collect();
        }
        record
    };
    rubrics.own.iter().map(one).collect()
}

/// Titles by `field:ID` and `document:ID`, as findings name what they are about, and of built-in criteria by `builtin:ID`.
pub fn titles(vocabulary: &Vocabulary) -> BTreeMap<String, String> {
    let fields = vocabulary.fields().map(|(_, f)| (format!("field:{}", f.id), f.title.clone()));
    let documents = vocabulary.documents().map(|(_, d)| (format!("document:{}", d.id), d.title.clone()));
    let own = builtin::OWN.iter().copied().filter(|_| vocabulary.has_own());
    let builtins = builtin::all().chain(own).map(|b| (format!("builtin:{}", b.id), b.title.zh.to_string()));
    fields.chain(documents).chain(builtins).collect()
}

fn record(rubric: &Rubric, adopted: bool) -> RubricRecord {
    let (scheme, total) = match &rubric.scheme {
        Scheme::Points { total, .. } => ("points", Some(Number::new(*total))),
        Scheme::Levels { .. } => ("levels", None),
    };
    let grade = |g: &crate::rubric::Grade| GradeRecord {
        id: g.id.to_string(),
        title: g.title.to_string(),
        from: total.map(|_| Number::new(g.from)),
    };
    let rate = |r: &crate::rubric::Rate| RateRecord {
        id: r.id.clone(),
        title: r.title.clone(),
        headline: r.headline,
        grades: r.grades.iter().filter_map(|g| rubric.grades.get(*g)).map(|g| g.title.to_string()).collect(),
    };
    let group = |(i, g): (usize, &crate::rubric::Group)| GroupRecord {
        title: g.title.clone(),
        points: Number::new(rubric.criteria.iter().filter(|c| c.group == i && !c.bonus).map(|c| c.points).sum()),
        most: g.most.map(Number::new),
    };
    let line = |l: &crate::rubric::RedLine| RedLineRecord {
        id: l.id.to_string(),
        title: l.title.clone(),
        grade: rubric.grades[l.grade].title.to_string(),
        human: l.human,
        basis: (*l.basis).clone(),
    };
    RubricRecord {
        id: rubric.id.to_string(),
        about: (rubric.about != Subject::Case).then(|| rubric.about.id().to_owned()),
        version: rubric.version.clone(),
        title: rubric.title.clone(),
        sha256: rubric.sha256.clone(),
        adopted,
        scheme: scheme.to_owned(),
        total,
        grades: rubric.grades.iter().map(grade).collect(),
        groups: rubric.groups.iter().enumerate().map(group).collect(),
        criteria: rubric.criteria.iter().map(|c| criterion(rubric, c, total.is_some())).collect(),
        red_lines: rubric.red_lines.iter().map(line).collect(),
        counting: rubric.counting.id().to_owned(),
        reconcile: rubric.reconcile.as_ref().map(crate::model::reconcile::Reconcile::said),
        rates: rubric.rates.iter().map(rate).collect(),
        scoring: Some(scoring(rubric)),
    }
}

fn criterion(rubric: &Rubric, c: &Criterion, points: bool) -> CriterionRecord {
    CriterionRecord {
        id: c.id.to_string(),
        title: c.title.clone(),
        group: rubric.groups[c.group].title.clone(),
        kind: c.kind.to_owned(),
        points: points.then_some(Number::new(c.points)),
        check: c.check.name.to_owned(),
        human: c.check.human,
        deduct: if points {
            c.deduct.said(c.points, c.check.units)
        } else {
            crate::say!("由评估专家评定级别", "a reviewer gives a level")
        },
        basis: (*c.basis).clone(),
        verified: c.verified,
        remedy: c.remedy.id().to_owned(),
        fix: (*c.fix).clone(),
        fields: Vec::new(),
        archive: c.archive.as_ref().map(|a| ArchiveRecord { property: a.property.id().to_owned(), item: a.item.clone() }),
        source: c.source.map(|s| s.id().to_owned()),
    }
}

/// Grades of these rubrics, and which of them count for the headline rate.
pub fn scales(rubrics: &[RubricRecord]) -> Scales {
    let rate = rubrics.first().and_then(RubricRecord::headline).map(|r| r.title.clone()).unwrap_or_default();
    let reached = |r: &RubricRecord, grade: usize| {
        let title = r.grades.get(grade).map(|g| &g.title);
        title.zip(r.headline()).is_some_and(|(title, rate)| rate.grades.contains(title))
    };
    Scales::new(rubrics, Text::pair(rate, None), reached)
}
