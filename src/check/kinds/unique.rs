//! `unique`: no other case of the office has the same values. Must not look beyond the office, and must not show personal values.

use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, Unit, World, compare, quote};
use crate::model::case::Case;
use crate::model::known;
use crate::model::vocabulary::FieldId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "unique",
    title: Text::fixed("不重复", "not twice in the office"),
    about: Text::fixed(include_str!("unique.zh.md"), include_str!("unique.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// Other cases named in one message; their number is always said.
const NAMED: usize = 5;
/// Other cases whose places are listed: a placeholder written in thousands of rows would list millions of them.
const PLACED: usize = 20;

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let fields = args.fields("fields", &[])?;
    if fields.is_empty() {
        args.mistake("R005", say!("fields 不能为空", "fields must not be empty"));
        return None;
    }
    Ready::office(move |cases, world| look(cases, world, &fields))
}

fn look(cases: &[&Case], world: &World, fields: &[FieldId]) -> Vec<(usize, Observation)> {
    let mut found = Vec::new();
    let mut groups: BTreeMap<Vec<Vec<String>>, Vec<usize>> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        match fields.iter().map(|f| key(case, world, *f)).collect::<Option<Vec<_>>>() {
            Some(key) => groups.entry(key).or_default().push(i),
            None => found.push((i, quote::lacking(case, world, fields))),
        }
    }
    for group in groups.values().filter(|g| g.len() > 1) {
        for &i in group {
            let others: Vec<&Case> = group.iter().filter(|j| **j != i).take(PLACED).map(|j| cases[*j]).collect();
            found.push((i, shared(cases[i], &others, group.len() - 1, world, fields)));
        }
    }
    found
}

/// All values of a field, in order; `None` when there is none, or one that is not understood.
fn key(case: &Case, world: &World, field: FieldId) -> Option<Vec<String>> {
    let mut keys: Vec<String> =
        case.all(field).iter().map(|e| compare::key(world, e).map(|k| k.into_owned())).collect::<Option<Vec<_>>>()?;
    keys.sort_unstable();
    keys.dedup();
    (!keys.is_empty()).then_some(keys)
}

fn shared(case: &Case, others: &[&Case], count: usize, world: &World, fields: &[FieldId]) -> Observation {
    let what = quote::list(fields.iter().map(|f| {
        let public = case.entry(*f).filter(|_| !world.vocabulary.field(*f).personal);
        public.map_or_else(|| quote::field(world, *f), |e| quote::stated(world, e))
    }));
    let names: Vec<String> = others.iter().take(NAMED).map(|c| number(c, world)).collect();
    let (mut zh, mut en) = (names.join("、"), names.join(", "));
    if count > names.len() {
        zh.push_str(&format!(" 等 {count} 件"));
        en.push_str(&format!(" and {} more", count - names.len()));
    }
    let (what_zh, what_en) = (&what.zh, &what.en);
    let said = say!("与 {zh} 的{what_zh}相同，请核对是否重复登记", "same {what_en} as {en}; check whether it was registered twice");
    let places = |c: &Case| fields.iter().flat_map(|f| c.all(*f)).map(|e| e.seen()).collect::<Vec<Seen>>();
    let seen = places(case).into_iter().chain(others.iter().flat_map(|c| places(c))).collect();
    let target = fields.first().map_or_else(|| Target::Other("unique".to_owned()), |f| Target::Field(*f));
    let amount = i64::try_from(count).unwrap_or(i64::from(i32::MAX));
    Observation::unmet(said, seen).about(target).by(Points::whole(amount), Unit::Items)
}

/// The case number as written, with the stage where that is part of the identity.
fn number(case: &Case, world: &World) -> String {
    let written = world.vocabulary.field_id(known::CASE_NO).and_then(|f| case.text(f)).unwrap_or(&case.case_no);
    match &case.stage {
        Some(stage) => format!("{written}（{stage}）"),
        None => written.to_owned(),
    }
}
