//! `elapsed`: at least so much time lies between two days. Must not know working days.

use jiff::{Span, civil::Date};

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "elapsed",
    title: Text::fixed("至少相隔", "at least so long between"),
    about: Text::fixed(include_str!("elapsed.zh.md"), include_str!("elapsed.md")),
    units: &[],
    human: false,
    ready,
};

#[derive(Debug, Clone, Copy)]
enum Length {
    Days,
    Months,
    Years,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let (start, end) = (args.field("start", &[FieldType::Date]), args.field("end", &[FieldType::Date]));
    let at_least = args.table.need("at_least").and_then(|n| n.count());
    let units = [("days", Length::Days), ("months", Length::Months), ("years", Length::Years)];
    let unit = args.table.need("unit").and_then(|n| n.word(&units));
    let (start, end, at_least, unit) = (start?, end?, at_least?, unit?);
    // More days than a lifetime is a slip of the pen, and would run off the calendar.
    if at_least > 36_500 {
        args.mistake("R005", say!("at_least 过大", "at_least is too large"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, start, end, at_least, unit))
}

fn after(start: Date, n: u32, unit: Length) -> Option<Date> {
    let span = match unit {
        Length::Days => Span::new().try_days(n),
        Length::Months => Span::new().try_months(n),
        Length::Years => Span::new().try_years(n),
    };
    start.checked_add(span.ok()?).ok()
}

fn look(case: &Case, world: &World, start: FieldId, end: FieldId, at_least: u32, unit: Length) -> Vec<Observation> {
    let (Some(from), Some(to)) = (case.date(start), case.date(end)) else {
        return vec![quote::lacking(case, world, &[start, end])];
    };
    if after(from, at_least, unit).is_some_and(|day| day <= to) {
        return Vec::new();
    }
    let n = Points::whole(i64::from(at_least));
    let length = match unit {
        Length::Days => quote::amount(n, Unit::Days),
        Length::Months => quote::amount(n, Unit::Months),
        Length::Years if at_least == 1 => Text::fixed("1 年", "1 year"),
        Length::Years => say!("{n} 年", "{n} years"),
    };
    let stated = |field| case.entry(field).map(|e| quote::stated(world, e)).unwrap_or_default();
    let (a, b) = (stated(start), stated(end));
    let (a_zh, b_zh, l_zh) = (quote::run_on(&a.zh, "至"), quote::run_on(&b.zh, "不足"), length.zh);
    let (a_en, b_en, l_en) = (a.en, b.en, length.en);
    let said = say!("{a_zh}{b_zh} {l_zh}", "less than {l_en} from {a_en} to {b_en}");
    let seen = case.entry(start).into_iter().chain(case.entry(end)).map(|e| e.seen()).collect();
    vec![Observation::unmet(said, seen).about(Target::Field(end))]
}
