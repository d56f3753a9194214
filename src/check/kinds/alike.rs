//! `alike`: no two records of a log say the same, and none has the day of another (雷同). Must not call it false: a person looks.

use std::collections::BTreeMap;

use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::Args;
use crate::check::rows::{self, Meant, Rows};
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::own::LogRow;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "alike",
    title: Text::fixed("记录雷同", "records that say the same"),
    about: Text::fixed(include_str!("alike.zh.md"), include_str!("alike.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// Shorter texts are titles that every month has.
const SHORT: u32 = 8;

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let rows = Rows::read(args)?;
    let text = args.log_field("text", rows.log, &[FieldType::Text])?;
    let date = if args.table.has("date") { Some(rows::dates(args, "date", rows.log)?) } else { None };
    let least = args.table.opt("least").map_or(Some(SHORT), Node::count)?;
    let least = usize::try_from(least).ok()?;
    Ready::case(move |case, world| look(case, world, &rows, text, date, least))
}

/// Letters and digits alone, so that a comma makes no difference.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn look(case: &Case, world: &World, rows: &Rows, text: FieldId, date: Option<FieldId>, least: usize) -> Vec<Observation> {
    let meant: Vec<&LogRow> = rows.of(case).into_iter().filter(|(_, m)| *m == Meant::Yes).map(|(row, _)| row).collect();
    if meant.len() < 2 {
        return vec![Observation::not_applicable()];
    }
    let mut by_text: BTreeMap<String, Vec<&LogRow>> = BTreeMap::new();
    let mut by_day: BTreeMap<jiff::civil::Date, Vec<&LogRow>> = BTreeMap::new();
    for row in meant {
        if let Some(day) = date.and_then(|d| rows::day(row, d)) {
            by_day.entry(day).or_default().push(row);
        }
        if let Some(words) = row.entry(text).map(|e| bare(&e.raw)).filter(|w| w.chars().count() >= least) {
            by_text.entry(words).or_default().push(row);
        }
    }
    let what = rows.said(world);
    let (zh, en) = (&what.zh, &what.en);
    let mut all = Vec::new();
    for group in by_text.values().filter(|g| g.len() > 1) {
        let (n, name) = (group.len(), quote::field(world, text));
        let (a, b) = (&name.zh, &name.en);
        let said = say!("{zh}有 {n} 条的{a}完全相同，请人核对是否照抄", "{n} records of {en} have the same {b}; a person should look");
        let seen = group.iter().filter_map(|r| r.entry(text)).map(|e| e.seen()).collect();
        all.push(Observation::unmet(said, seen).about(Target::Field(text)).by(more(n), Unit::Items));
    }
    for (day, group) in by_day.iter().filter(|(_, g)| g.len() > 1) {
        let n = group.len();
        let said = say!("{zh} {day} 登记了 {n} 条，请人核对是否重复", "{en} has {n} records of {day}; a person should look");
        let seen = group.iter().map(|r| r.seen()).collect();
        all.push(Observation::unmet(said, seen).about(date.map_or(Target::Field(text), Target::Field)).by(more(n), Unit::Items));
    }
    all
}

fn more(n: usize) -> Points {
    Points::whole(i64::try_from(n.saturating_sub(1)).unwrap_or(1))
}
