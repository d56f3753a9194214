//! `order`: days follow each other as they must. Must not say which of two days is wrong.

use crate::base::date::When;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "order",
    title: Text::fixed("日期先后", "dates in order"),
    about: Text::fixed(include_str!("order.zh.md"), include_str!("order.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let dates = args.fields("dates", &[FieldType::Date])?;
    if dates.len() < 2 {
        args.mistake("R005", say!("dates 要写两个以上日期字段", "dates needs two or more fields"));
        return None;
    }
    let needs = if args.table.has("needs") { args.fields("needs", &[FieldType::Date])? } else { Vec::new() };
    if let Some(stranger) = needs.iter().find(|n| !dates.contains(n)) {
        let id = &args.vocabulary.field(*stranger).id;
        args.mistake("R005", say!("needs 中的 {id} 不在 dates 内", "{id} of needs is not among dates"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, &dates, &needs))
}

fn look(case: &Case, world: &World, dates: &[FieldId], needs: &[FieldId]) -> Vec<Observation> {
    let mut found = Vec::new();
    let mut before: Option<(FieldId, When)> = None;
    let mut known = 0;
    for &field in dates {
        let Some(when) = case.when(field) else {
            if case.entry(field).is_some() || needs.contains(&field) {
                found.push(quote::lacking(case, world, &[field]).by(Points::whole(1), Unit::Items));
            }
            continue;
        };
        known += 1;
        if let Some((earlier, day)) = before
            && after(day, when)
        {
            found.push(disorder(case, world, earlier, field));
        }
        before = Some((field, when));
    }
    if known < 2 && found.is_empty() {
        found.push(quote::lacking(case, world, dates));
    }
    found
}

/// Whether `a` is later than `b`; times count only where both have one.
fn after(a: When, b: When) -> bool {
    match (a.moment(), b.moment()) {
        (Some(a), Some(b)) => a > b,
        _ => a.date > b.date,
    }
}

fn disorder(case: &Case, world: &World, earlier: FieldId, later: FieldId) -> Observation {
    let stated = |field| case.entry(field).map(|e| quote::stated(world, e)).unwrap_or_default();
    let (a, b) = (stated(earlier), stated(later));
    let (a_zh, b_zh, a_en, b_en) = (quote::run_on(&a.zh, "晚于"), b.zh, a.en, b.en);
    let said = say!("{a_zh}{b_zh}，先后颠倒", "{a_en} is later than {b_en}; the order should be the other way");
    let seen = case.entry(earlier).into_iter().chain(case.entry(later)).map(|e| e.seen()).collect();
    Observation::unmet(said, seen).about(Target::Field(later)).by(Points::whole(1), Unit::Items)
}
