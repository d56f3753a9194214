//! `quorum`: enough of those who should have come were there (到会人数). Must not guess a number that is not written.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::Args;
use crate::check::rows::{Meant, Rows};
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::own::LogRow;
use crate::model::value::Value;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quorum",
    title: Text::fixed("到会人数", "enough were there"),
    about: Text::fixed(include_str!("quorum.zh.md"), include_str!("quorum.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let rows = Rows::read(args)?;
    let (expected, present) =
        (args.log_field("expected", rows.log, &[FieldType::Number]), args.log_field("present", rows.log, &[FieldType::Number]));
    let half = Points::ratio(1, 2)?;
    let share = args.table.opt("more_than").map_or(Some(half), Node::points).filter(|s| *s >= Points::ZERO && *s < Points::whole(1));
    if share.is_none() {
        args.mistake("R005", say!("more_than 在 0 到 1 之间", "more_than lies between 0 and 1"));
    }
    let (expected, present, share) = (expected?, present?, share?);
    Ready::case(move |case, world| look(case, world, &rows, (expected, present), share))
}

fn number(row: &LogRow, column: FieldId) -> Option<Points> {
    match row.entry(column)?.value.as_ref().ok()? {
        Value::Number(n) => Some(*n),
        _ => None,
    }
}

fn look(case: &Case, world: &World, rows: &Rows, (expected, present): (FieldId, FieldId), share: Points) -> Vec<Observation> {
    let meant = rows.of(case);
    if meant.is_empty() {
        return vec![Observation::not_applicable()];
    }
    let (mut all, mut blank, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    for (row, sure) in &meant {
        let (Some(should), Some(came)) = (number(row, expected), number(row, present)) else {
            blank.push(row.seen());
            continue;
        };
        if should <= Points::ZERO || came > should {
            odd.push(row.seen());
        } else if came <= should * share {
            let shown = |column| row.entry(column).map(|e| quote::stated(world, e)).unwrap_or_default();
            let (a, b) = (shown(expected), shown(present));
            let place = row.place.to_string();
            let (x, y, p, q) = (&a.zh, &b.zh, &a.en, &b.en);
            let said = say!("{place}：{x}、{y}，到会的没有超过规定的比例", "{place}: {p}, {q}: not enough were there");
            let seen = [expected, present].iter().filter_map(|c| row.entry(*c)).map(|e| e.seen()).collect();
            // A row that may be of another kind proves nothing.
            let one = match sure {
                Meant::Yes => Observation::unmet(said, seen),
                Meant::Maybe => Observation::unclear(said, seen, vec![Target::Field(present)]).at_most(),
            };
            all.push(one.about(Target::Field(present)).by(Points::whole(1), Unit::Items));
        }
    }
    let count = |n: usize| Points::whole(i64::try_from(n).unwrap_or(i64::from(i32::MAX)));
    let lacks = || vec![Target::Field(present)];
    if !blank.is_empty() {
        let n = blank.len();
        let said = say!("有 {n} 条没有写明应到、实到人数", "{n} records do not tell how many should have come and came");
        let one = if n == meant.len() { Observation::absent(said, blank, lacks()) } else { Observation::unclear(said, blank, lacks()) };
        all.push(one.about(Target::Field(present)).by(count(n), Unit::Items).at_most());
    }
    if !odd.is_empty() {
        let n = odd.len();
        let said = say!("有 {n} 条的实到人数多于应到人数，请核对", "{n} records have more people than should have come; check them");
        all.push(Observation::unclear(said, odd, lacks()).about(Target::Field(present)).by(count(n), Unit::Items).at_most());
    }
    all
}
