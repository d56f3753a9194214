//! `states`: what papers say of the case is what is registered: persons, numbers, dates. Must not show personal values.

use std::collections::BTreeSet;

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::quote;
use crate::check::{Kind, Observation, Outcome, Ready, Target, Unit, World};
use crate::model::case::Case;
use crate::model::inside::{Dated, Reading};
use crate::model::known;
use crate::model::vocabulary::{DocumentId, FieldId, FieldType};
use crate::reference::identifiers::case_no_shape;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "states",
    title: Text::fixed("与登记一致", "as registered"),
    about: Text::fixed(include_str!("states.zh.md"), include_str!("states.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let kinds = [FieldType::Person, FieldType::IdCard, FieldType::Date, FieldType::Text];
    let fields = args.fields("fields", &kinds)?;
    let documents = if args.table.has("documents") { args.documents("documents")? } else { Vec::new() };
    let wrong = |f: &&FieldId| args.vocabulary.field(**f).kind == FieldType::Text && args.vocabulary.field(**f).id != known::CASE_NO;
    if fields.is_empty() || fields.iter().any(|f| wrong(&f)) {
        args.mistake(
            "R005",
            say!(
                "fields 写人名、身份证号、日期的字段和 case_no，不能为空",
                "fields: persons, ID numbers, dates and case_no, at least one of them"
            ),
        );
        return None;
    }
    Ready::papers(move |case, world| look(case, world, &fields, &documents))
}

fn look(case: &Case, world: &World, fields: &[FieldId], documents: &[DocumentId]) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, documents).collect();
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    if papers.iter().all(|p| p.text().is_none()) {
        return vec![files::no_text(case)];
    }
    let (mut found, mut compared) = (Vec::new(), false);
    for paper in &papers {
        for field in fields {
            match one(paper, case, world, *field) {
                Said::Nothing => {}
                Said::Same => compared = true,
                Said::Other(observation) => {
                    compared = true;
                    found.push(*observation);
                }
            }
        }
    }
    found.push(if compared { files::in_order() } else { Observation::not_applicable() });
    found.extend(files::unread(&papers));
    found
}

/// What one paper says of one field.
#[derive(Debug)]
enum Said {
    /// Nothing that can be compared.
    Nothing,
    /// What is registered, whatever else stands beside it.
    Same,
    /// Something else.
    Other(Box<Observation>),
}

fn one(paper: &Looked<'_>, case: &Case, world: &World, field: FieldId) -> Said {
    let Some(text) = paper.text() else { return Said::Nothing };
    let (id, kind) = (&world.vocabulary.field(field).id, world.vocabulary.field(field).kind);
    let title = quote::field(world, field);
    match kind {
        FieldType::Person | FieldType::IdCard => {
            let of = |same: bool| text.named.iter().filter(move |n| n.field == *id && n.same == Some(same)).map(|n| n.page);
            // A paper that names the person of the case may name others under the same label.
            if of(true).next().is_some() {
                return Said::Same;
            }
            let pages = distinct(of(false));
            let (Text { zh, en }, title_zh, title_en) = (paper.at(&pages), &title.zh, &title.en);
            tell(paper, case, world, field, &pages, || say!("{zh}写的{title_zh}与登记不一致", "{en}: {title_en} is not what is registered"))
        }
        FieldType::Date => {
            let Some(own) = case.date(field) else { return Said::Nothing };
            let dated: Vec<&Dated> = text.dates.iter().filter(|d| d.field == *id).collect();
            if dated.iter().any(|d| d.date == own) {
                return Said::Same;
            }
            let mut days: Vec<String> = dated.iter().map(|d| d.date.to_string()).collect();
            days.dedup();
            let (pages, days_zh, days_en) = (distinct(dated.iter().map(|d| d.page)), days.join("、"), days.join(", "));
            let (Text { zh, en }, title_zh, title_en) = (paper.at(&pages), &title.zh, &title.en);
            tell(paper, case, world, field, &pages, || {
                say!("{zh}写的{title_zh}是 {days_zh}，登记为 {own}", "{en}: {title_en} is {days_en}, registered as {own}")
            })
        }
        _ => number(paper, case, world, field, text),
    }
}

/// Numbers of one shape are compared: courts number their cases otherwise.
fn number(paper: &Looked<'_>, case: &Case, world: &World, field: FieldId, text: &Reading) -> Said {
    let own = &case.case_no;
    let alike: Vec<&(String, u32)> = text.numbers.iter().filter(|(n, _)| case_no_shape(n) == case_no_shape(own)).collect();
    if alike.iter().any(|(n, _)| n == own) {
        return Said::Same;
    }
    let Some((other, page)) = alike.first() else { return Said::Nothing };
    let Text { zh, en } = paper.at(&[*page]);
    let said = || say!("{zh}写的案号是“{other}”，本案是“{own}”", "{en}: the case number is “{other}”, this case is “{own}”");
    match tell(paper, case, world, field, &[*page], said) {
        // The number of a paper stands on its first page; further in, papers speak of other cases.
        Said::Other(found) if *page > 1 && found.outcome == Outcome::Unmet => {
            Said::Other(Box::new(Observation { outcome: Outcome::Unclear, lacks: vec![Target::Field(field)], ..*found }))
        }
        said => said,
    }
}

fn tell(paper: &Looked<'_>, case: &Case, world: &World, field: FieldId, pages: &[u32], said: impl Fn() -> Text) -> Said {
    if pages.is_empty() {
        return Said::Nothing;
    }
    let mut found = paper.by_text(world, said(), pages);
    found.seen.extend(case.all(field).iter().map(|e| e.seen()));
    // What was not reached may name the case as it is registered.
    if paper.inside.is_partial() && found.outcome == Outcome::Unmet {
        let (zh, en) = (&found.said.zh, &found.said.en);
        let said = say!("{zh}；这份材料没有看完，须对照原件", "{en}; not all of it was looked at");
        found = Observation { outcome: Outcome::Unclear, lacks: vec![Target::Field(field)], said, ..found };
    }
    if let Target::Other(word) = paper.target(world) {
        let id = &world.vocabulary.field(field).id;
        found = found.about(Target::Other(format!("{word}:{id}")));
    }
    Said::Other(Box::new(found))
}

fn distinct(pages: impl Iterator<Item = u32>) -> Vec<u32> {
    pages.collect::<BTreeSet<u32>>().into_iter().collect()
}
