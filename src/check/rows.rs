//! The rows of a log (台账) that a check looks at: all of them, or those whose columns hold given values. Must not judge a row.

use jiff::civil::Date;

use super::World;
use super::args::{Args, value_node};
use crate::base::place::{At, Place, Seen};
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::own::{LogId, LogRow};
use crate::model::value::Value;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// Which rows.
#[derive(Debug)]
pub struct Rows {
    /// Of this log.
    pub log: LogId,
    /// With one of these values in each of these columns.
    only: Vec<(FieldId, Vec<Value>)>,
}

/// Whether a row is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// It is.
    Yes,
    /// Its column is blank or not understood, so that it may be.
    Maybe,
}

impl Rows {
    /// Reads `log` and `where`.
    pub fn read(args: &Args<'_>) -> Option<Self> {
        let log = args.log("log")?;
        let mut only = Vec::new();
        if let Some(node) = args.table.opt("where") {
            for (key, values) in node.table()?.names() {
                let of_log = |id: &FieldId| args.vocabulary.field(*id).log.as_deref().and_then(|l| args.vocabulary.log_id(l)) == Some(log);
                let Some(id) = args.vocabulary.field_id(key).filter(of_log) else {
                    values.sink().push("R007", &values.key_at, say!("台账没有列 {key}", "the log has no column {key}"));
                    return None;
                };
                let field = args.vocabulary.field(id);
                only.push((id, values.items().iter().map(|n| value_node(n, field)).collect::<Option<Vec<_>>>()?));
            }
        }
        Some(Self { log, only })
    }

    /// Those of an office.
    pub fn of<'c>(&self, case: &'c Case) -> Vec<(&'c LogRow, Meant)> {
        case.rows(self.log).filter_map(|row| Some((row, self.meant(row)?))).collect()
    }

    fn meant(&self, row: &LogRow) -> Option<Meant> {
        let mut meant = Meant::Yes;
        for (id, values) in &self.only {
            match row.entry(*id).map(|e| &e.value) {
                Some(Ok(value)) if values.contains(value) => {}
                Some(Ok(_)) => return None,
                Some(Err(_)) | None => meant = Meant::Maybe,
            }
        }
        Some(meant)
    }

    /// What is looked at: the values that are asked for, else the title of the log.
    pub fn said(&self, world: &World) -> Text {
        let log = title(world, self.log);
        let words = self.only.iter().flat_map(|(id, values)| {
            let choices = &world.vocabulary.field(*id).choices;
            values.iter().filter_map(move |v| match v {
                Value::Choice(c) => choices.get(usize::from(*c)).map(|c| c.value.clone()),
                Value::Text(t) => Some(t.to_string()),
                _ => None,
            })
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() { log } else { Text::pair(words.join("、"), Some(log.en.to_string())) }
    }

    /// Where the log stands, for what is not in it; the office itself where there is no log.
    pub fn home(&self, case: &Case) -> Vec<Seen> {
        let mut seen: Vec<Seen> = Vec::new();
        for row in case.rows(self.log) {
            let place = Seen::from(Place::at(&row.place.origin, At::Whole));
            if !seen.contains(&place) {
                seen.push(place);
            }
        }
        if seen.is_empty() {
            seen.push(case.home_seen());
        }
        seen
    }
}

/// A log: its title, in English its id.
pub fn title(world: &World, log: LogId) -> Text {
    let found = world.vocabulary.logs().find(|(id, _)| *id == log);
    found.map_or_else(Text::default, |(_, l)| Text::pair(l.title.as_str(), Some(l.id.clone())))
}

/// The day in a column of a row, if it is understood.
pub fn day(row: &LogRow, column: FieldId) -> Option<Date> {
    match row.entry(column)?.value.as_ref().ok()? {
        Value::Date(when) => Some(when.date),
        _ => None,
    }
}

/// A column of the log that holds days.
pub fn dates(args: &Args<'_>, key: &'static str, log: LogId) -> Option<FieldId> {
    args.log_field(key, log, &[FieldType::Date])
}
