//! `states`: what papers say of the case is what is registered: persons, numbers, dates. Must not show personal values.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::quote;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::known;
use crate::model::vocabulary::{DocumentId, FieldId, FieldType};
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
    if fields.is_empty() {
        args.mistake("R005", say!("fields 不能为空", "fields must not be empty"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, &fields, &documents))
}

fn look(case: &Case, world: &World, fields: &[FieldId], documents: &[DocumentId]) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let papers: Vec<Looked<'_>> = files::looked(case, documents).collect();
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    if papers.iter().all(|p| p.text().is_none()) {
        return vec![files::no_text(case)];
    }
    let mut found = Vec::new();
    for paper in papers.iter().filter(|p| p.text().is_some()) {
        for field in fields {
            found.extend(one(paper, case, world, *field));
        }
    }
    found
}

/// What one paper says of one field.
fn one(paper: &Looked<'_>, case: &Case, world: &World, field: FieldId) -> Vec<Observation> {
    let Some(text) = paper.text() else { return Vec::new() };
    let (id, kind) = (&world.vocabulary.field(field).id, world.vocabulary.field(field).kind);
    let (name, title) = (paper.name(), quote::field(world, field));
    let (zh, en) = (&title.zh, &title.en);
    let registered = || case.all(field).iter().map(|e| e.seen());
    let mut found = Vec::new();
    let mut tell = |said: Text, pages: &[u32]| {
        let mut observation = paper.by_text(world, said, pages);
        observation.seen.extend(registered());
        found.push(observation);
    };
    match kind {
        FieldType::Person | FieldType::IdCard => {
            let of =
                |same: Option<bool>| text.named.iter().filter(|n| n.field == *id && n.same == same).map(|n| n.page).collect::<Vec<u32>>();
            let mut other = of(Some(false));
            other.dedup();
            // A paper that names the person of the case may name others under the same label.
            if !other.is_empty() && of(Some(true)).is_empty() {
                let at = files::ranges(&other);
                let (pages_zh, pages_en) = (&at.zh, &at.en);
                tell(say!("{name} 第 {pages_zh} 页的{zh}与登记不一致", "{name} page {pages_en}: {en} is not what is registered"), &other);
            }
        }
        FieldType::Date => {
            let Some(own) = case.date(field) else { return found };
            for dated in text.dates.iter().filter(|d| d.field == *id && d.date != own) {
                let (written, page) = (dated.date, dated.page);
                let said = say!(
                    "{name} 第 {page} 页的{zh}写的是 {written}，登记为 {own}",
                    "{name} page {page}: {en} is {written}, registered as {own}"
                );
                tell(said, &[page]);
            }
        }
        _ if id == known::CASE_NO => {
            // Numbers of one shape: courts number their cases otherwise.
            let own = &case.case_no;
            let alike = || text.numbers.iter().filter(|(n, _)| shape(n) == shape(own));
            if let Some((other, page)) = alike().find(|(n, _)| n != own).filter(|_| !alike().any(|(n, _)| n == own)) {
                let said = say!(
                    "{name} 第 {page} 页的案号是 {other}，本案是 {own}",
                    "{name} page {page}: the case number is {other}, this case is {own}"
                );
                tell(said, &[*page]);
            }
        }
        _ => {}
    }
    found
}

/// A number without its digits.
fn shape(number: &str) -> String {
    number.chars().filter(|c| !c.is_ascii_digit()).collect()
}
