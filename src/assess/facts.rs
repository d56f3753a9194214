//! What follows about an office from its own cases (由案件得出的数): counts, grades, the headline rate, median days. Each becomes an
//! entry of the office with the register as its place. Must not grade.

use std::sync::Arc;

use jiff::civil::Date;

use crate::base::place::{At, Origin, Place};
use crate::base::points::Points;
use crate::intake::office::OfficeIntake;
use crate::model::case::Case;
use crate::model::known;
use crate::model::own::Derive;
use crate::model::value::{Entry, Fault, Source, Value};
use crate::model::vocabulary::{FieldId, Vocabulary};
use crate::stats::tally::{Names, Tally};

/// Of which days cases count: the period of the batch, both ends included.
pub type Period = (Option<Date>, Option<Date>);

/// A count that may not be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    low: u64,
    high: u64,
}

/// Cases of an office as they are counted before they are graded.
pub struct Facts<'a> {
    vocabulary: &'a Vocabulary,
    period: Period,
    place: Place,
    /// Values of fields that follow from the cases as registered.
    pub entries: Vec<Entry>,
}

impl<'a> Facts<'a> {
    /// Everything that the registered cases alone tell; nothing where there is no case.
    pub fn of(read: &OfficeIntake, vocabulary: &'a Vocabulary, period: Period) -> Self {
        let place =
            read.registers.first().map(|r| Place::at(&Arc::new(Origin { file: r.path.clone(), sheet: r.sheet.clone() }), At::Whole));
        let place = place.or_else(|| read.cases.first().map(|c| c.home.clone())).unwrap_or_else(|| Place::file(read.name.as_str()));
        let mut facts = Self { vocabulary, period, place, entries: Vec::new() };
        if read.cases.is_empty() {
            return facts;
        }
        for (id, field) in vocabulary.fields() {
            match &field.derive {
                Some(Derive::Cases { by, groups }) => {
                    let count = facts.count(&read.cases, by.as_deref(), groups);
                    facts.counted(id, count);
                }
                Some(Derive::Median { from, to, groups, others }) => {
                    facts.median(id, &read.cases, [from, to], groups, *others);
                }
                _ => {}
            }
        }
        facts
    }

    /// Adds what the graded cases tell.
    pub fn graded(&mut self, tally: &Tally, names: &Names, in_scope: u64) {
        let (n, decided) = tally.selected();
        if n == 0 {
            return;
        }
        let vocabulary = self.vocabulary;
        for (id, field) in vocabulary.fields() {
            match &field.derive {
                Some(Derive::Selected) => self.counted(id, Count { low: n, high: n }),
                Some(Derive::Grade(title)) => {
                    let low = tally.grades(names).0.iter().find(|(t, _)| t == title).map_or(0, |(_, k)| *k);
                    // Each undecided case may still be of any grade.
                    self.counted(id, Count { low, high: low + (n - decided) });
                }
                Some(Derive::Headline) => {
                    let Some(rate) = tally.rates(names, in_scope).into_iter().find(|r| r.headline) else { continue };
                    let percent = |k: u64| Points::ratio(i64::try_from(k).ok()?.checked_mul(100)?, i64::try_from(rate.n).ok()?);
                    let (Some(low), Some(high)) = (percent(rate.k_low), percent(rate.k_high)) else { continue };
                    if low == high {
                        self.push(id, Ok(Value::Number(low)), format!("{low}%（{}/{}）", rate.k_low, rate.n));
                    } else {
                        self.push(id, Err(Fault::Undecided), format!("{low}%～{high}%"));
                    }
                }
                _ => {}
            }
        }
    }

    fn counted(&mut self, id: FieldId, count: Count) {
        let Count { low, high } = count;
        if low == high {
            let n = Points::whole(i64::try_from(low).unwrap_or(i64::MAX));
            self.push(id, Ok(Value::Number(n)), low.to_string());
        } else {
            self.push(id, Err(Fault::Undecided), format!("{low}～{high}"));
        }
    }

    fn push(&mut self, field: FieldId, value: Result<Value, Fault>, raw: String) {
        self.entries.push(Entry { field, value, raw: raw.into(), place: self.place.clone(), source: Source::Register });
    }

    /// Cases of these groups with this day in the period; one that does not tell its group or its day may count or not.
    fn count(&self, cases: &[Case], by: Option<&str>, groups: &[String]) -> Count {
        let mut count = Count { low: 0, high: 0 };
        let by = by.and_then(|f| self.vocabulary.field_id(f));
        for case in cases.iter().filter(|c| !self.is(c, known::STATE, &["不予援助"])) {
            let day = by.map_or(Some(true), |f| case.date(f).map(|d| self.within(d)));
            let group = if groups.is_empty() { Some(true) } else { self.of_groups(case, groups) };
            count.low += u64::from(day == Some(true) && group == Some(true));
            count.high += u64::from(day != Some(false) && group != Some(false));
        }
        count
    }

    fn within(&self, day: Date) -> bool {
        let (from, to) = self.period;
        from.is_none_or(|f| day >= f) && to.is_none_or(|t| day <= t)
    }

    /// Whether a recipient is of one of these groups. A blank cell says nothing; another group in it says that it is none of these.
    fn of_groups(&self, case: &Case, groups: &[String]) -> Option<bool> {
        let field = self.vocabulary.field_id(known::RECIPIENT_GROUP)?;
        let entries = case.all(field);
        let any = self.is(case, known::RECIPIENT_GROUP, groups);
        let clear = !entries.is_empty() && entries.iter().all(|e| e.value.is_ok());
        if any { Some(true) } else { clear.then_some(false) }
    }

    fn is<S: AsRef<str>>(&self, case: &Case, field: &str, words: &[S]) -> bool {
        let Some(id) = self.vocabulary.field_id(field) else { return false };
        let choices = &self.vocabulary.field(id).choices;
        case.all(id).iter().any(|e| match &e.value {
            Ok(Value::Choice(c)) => choices.get(usize::from(*c)).is_some_and(|c| words.iter().any(|w| w.as_ref() == c.value)),
            Ok(Value::Text(t)) => words.iter().any(|w| w.as_ref() == &**t),
            _ => false,
        })
    }

    /// The median of days between two fields over the cases that reached the second in the period; one whose first day is not known may
    /// have any, and those of unknown groups are said. Nothing where there is no such case.
    fn median(&mut self, id: FieldId, cases: &[Case], ends: [&str; 2], groups: &[String], others: bool) {
        let [Some(from), Some(to)] = ends.map(|f| self.vocabulary.field_id(f)) else { return };
        // A case of unknown groups may count or not: the median is told only where that makes no difference.
        let (mut low, mut high, mut maybe) = (Vec::new(), Vec::new(), Vec::new());
        for case in cases {
            let Some(end) = case.date(to).filter(|d| self.within(*d)) else { continue };
            match if groups.is_empty() { Some(true) } else { self.of_groups(case, groups) } {
                Some(is) if is == others => {}
                told => {
                    let days = case.date(from).and_then(|start| end.since(start).ok()).map(|span| i64::from(span.get_days()));
                    let known = days.filter(|d| *d >= 0);
                    let ends = (known.unwrap_or(0), known.unwrap_or(i64::from(i32::MAX)));
                    if told.is_none() {
                        maybe.push(ends);
                    } else {
                        low.push(ends.0);
                        high.push(ends.1);
                    }
                }
            }
        }
        let unclear = maybe.len();
        let mut least: Vec<i64> = maybe.iter().map(|(least, _)| *least).collect();
        let mut most: Vec<i64> = maybe.iter().map(|(_, most)| *most).collect();
        least.sort_unstable();
        most.sort_unstable_by(|a, b| b.cmp(a));
        let with = |sure: &[i64], more: &[i64]| middle(sure.iter().chain(more).copied().collect());
        // Of so many that count, those that pull the median furthest.
        let ends = (0..=unclear).filter_map(|n| Some((with(&low, &least[..n])?, with(&high, &most[..n])?)));
        let n = low.len();
        let Some((low, high)) = ends.reduce(|(low, high), (l, h)| (low.min(l), high.max(h))) else { return };
        let beside = if unclear > 0 { format!("，另有 {unclear} 件类别不明") } else { String::new() };
        if low == high {
            self.push(id, Ok(Value::Number(low)), format!("{low}（{n} 件{beside}）"));
        } else {
            self.push(id, Err(Fault::Undecided), format!("{low} 以上（{n} 件，有的日期不明{beside}）"));
        }
    }
}

fn middle(mut all: Vec<i64>) -> Option<Points> {
    all.sort_unstable();
    let upper = *all.get(all.len() / 2)?;
    let lower = if all.len().is_multiple_of(2) { *all.get(all.len() / 2 - 1)? } else { upper };
    Points::ratio(lower + upper, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_number_is_between_two() {
        let half = |n| Points::ratio(n, 2);
        assert_eq!([middle(vec![]), middle(vec![3]), middle(vec![4, 1]), middle(vec![9, 1, 2])], [None, half(6), half(5), half(4)]);
    }
}
