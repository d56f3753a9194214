//! `agree`: values that must be the same are the same. Must not say which of them is right.

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, Unit, World, compare, quote};
use crate::model::case::Case;
use crate::model::value::Entry;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "agree",
    title: Text::fixed("前后一致", "values agree"),
    about: Text::fixed(include_str!("agree.zh.md"), include_str!("agree.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    if let Some(field) = args.opt_field("field", &[])? {
        if args.table.opt("fields").is_some() {
            args.mistake("R005", say!("field 与 fields 只能写一个", "give either field or fields"));
            return None;
        }
        return Ready::case(move |case, world| sources(case, world, field));
    }
    let fields = args.fields("fields", &[])?;
    let sort = |f: &FieldId| match args.vocabulary.field(*f).kind {
        FieldType::Person | FieldType::IdCard | FieldType::Contents | FieldType::Choice => FieldType::Text,
        kind => kind,
    };
    if fields.len() < 2 || fields.windows(2).any(|w| sort(&w[0]) != sort(&w[1])) {
        args.mistake("R005", say!("fields 要写两个以上类型相同的字段", "fields needs two or more fields of one type"));
        return None;
    }
    Ready::case(move |case, world| fields_agree(case, world, &fields))
}

/// Every source that names one field.
fn sources(case: &Case, world: &World, field: FieldId) -> Vec<Observation> {
    let Some(used) = case.entry(field).filter(|_| quote::usable(case, field)) else {
        return vec![quote::lacking(case, world, &[field])];
    };
    let others: Vec<&Entry> = case.overruled.iter().filter(|e| e.field == field && !compare::same(world, used, e)).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let name = quote::field(world, field);
    let shown =
        quote::list(std::iter::once(used).chain(others.iter().copied()).map(|e| quote::value(world, e).map(|v| v.trim().to_owned())));
    let (zh, en, n) = (&name.zh, &name.en, others.len() + 1);
    let said = Text::pair(
        format!("{zh}在 {n} 处登记不一致{}", after("：", &shown.zh)),
        Some(format!("{en} differs between {n} places{}", after(": ", &shown.en))),
    );
    let seen: Vec<Seen> = std::iter::once(used).chain(others.iter().copied()).map(Entry::seen).collect();
    let unreadable = others.iter().all(|e| e.value.is_err());
    let target = Target::Field(field);
    let observation = if unreadable { Observation::unclear(said, seen, vec![target.clone()]) } else { Observation::unmet(said, seen) };
    vec![observation.about(target).by(Points::whole(1), Unit::Items)]
}

/// A lead-in before something that may be empty because it is personal.
fn after(lead: &str, words: &str) -> String {
    if words.trim_matches(['、', ',', ' ']).is_empty() { String::new() } else { format!("{lead}{words}") }
}

fn fields_agree(case: &Case, world: &World, fields: &[FieldId]) -> Vec<Observation> {
    let mut found = Vec::new();
    let mut first: Option<FieldId> = None;
    let mut filled = 0;
    for &field in fields {
        if case.entry(field).is_none() {
            continue;
        }
        filled += 1;
        if !quote::usable(case, field) {
            found.push(quote::lacking(case, world, &[field]));
            continue;
        }
        match first {
            None => first = Some(field),
            Some(base) if compare::same_all(world, case, base, field) => {}
            Some(base) => found.push(differ(case, world, base, field)),
        }
    }
    if filled < 2 {
        found.push(quote::lacking(case, world, fields));
    }
    found
}

fn differ(case: &Case, world: &World, a: FieldId, b: FieldId) -> Observation {
    let shown = |f: FieldId| {
        let (name, value) = (quote::field(world, f), quote::list(case.all(f).iter().map(|e| quote::value(world, e))));
        Text::pair(format!("{}{}", name.zh, value.zh), Some(format!("{}{}", name.en, value.en)))
    };
    let (a_said, b_said) = (shown(a), shown(b));
    let (zh, (a_en, b_en)) =
        (format!("{}{}", quote::run_on(&a_said.zh, "与"), quote::run_on(&b_said.zh, "不一致")), (a_said.en, b_said.en));
    let seen = case.all(a).iter().chain(case.all(b)).map(Entry::seen).collect();
    Observation::unmet(say!("{zh}", "{a_en} and {b_en} differ"), seen).about(Target::Field(b)).by(Points::whole(1), Unit::Items)
}
