//! The counting of periods. Must not test what a check says.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const YEAR: (Date, Date) = (date(2024, 1, 1), date(2024, 12, 31));

fn months(since: Option<Date>, as_of: Date) -> Vec<Due> {
    due(Every::Month, YEAR, since, as_of)
}

#[test]
fn a_year_has_its_periods_and_a_new_firm_fewer() {
    let end = date(2024, 12, 31);
    for (every, whole, founded) in [(Every::Month, 12, 8), (Every::Quarter, 4, 2), (Every::Year, 1, 1)] {
        assert_eq!(due(every, YEAR, None, end).len(), whole, "{every:?}");
        // From 20 April the eight months from May, the two quarters from July, and the year.
        assert_eq!(due(every, YEAR, Some(date(2024, 4, 20)), end).len(), founded, "{every:?}");
        assert_eq!(due(every, YEAR, Some(date(2025, 1, 1)), end), [], "{every:?}");
    }
    assert_eq!(months(Some(date(2024, 4, 1)), end).len(), 9, "a month counts from its first day");
}

#[test]
fn what_is_not_over_is_not_asked_for() {
    assert_eq!(months(None, date(2024, 6, 29)).len(), 5);
    assert_eq!(months(None, date(2024, 6, 30)).len(), 6);
    assert_eq!(due(Every::Year, YEAR, None, date(2024, 12, 30)), []);
    // A later day asks for no more than the span has.
    assert_eq!(months(None, date(2025, 6, 30)).len(), 12);
}

#[test]
fn one_day_counts_once_and_other_years_not_at_all() {
    let quarters = due(Every::Quarter, YEAR, None, date(2024, 12, 31));
    let days = [date(2024, 1, 5), date(2024, 1, 5), date(2024, 4, 1), date(2024, 9, 30), date(2023, 12, 31)];
    let got = tally(&quarters, &days.map(Record::Day), 1);
    assert_eq!(got, Tally { missed: vec![3], doubtful: vec![], surely: 1, outside: 1, same_day: 1 });
    let twice = tally(&quarters, &days.map(Record::Day), 2);
    assert_eq!((twice.missed.as_slice(), twice.surely), ([0, 1, 2, 3].as_slice(), 4));
}

#[test]
fn undated_records_leave_it_open_how_much_is_missing() {
    let quarters = due(Every::Quarter, YEAR, None, date(2024, 12, 31));
    let day = Record::Day(date(2024, 2, 1));
    let open = tally(&quarters, &[day, Record::Undated], 1);
    assert_eq!((open.missed.as_slice(), open.doubtful.as_slice(), open.surely), ([].as_slice(), [1, 2, 3].as_slice(), 2));
    // A month that is told speaks for its own quarter alone.
    let told = tally(&quarters, &[day, Record::Month(2024, 5)], 1);
    assert_eq!((told.missed.as_slice(), told.doubtful.as_slice(), told.surely), ([2, 3].as_slice(), [1].as_slice(), 2));
    // Where two a quarter are asked for, one undated record fills none that has none.
    let twice = tally(&quarters, &[Record::Undated], 2);
    assert_eq!((twice.missed.len(), twice.surely), (4, 4));
}

#[test]
fn months_are_read_without_a_day() {
    for (raw, want) in [
        ("2024年3月", Some((2024, 3))),
        ("2024-03", Some((2024, 3))),
        ("2024.3", Some((2024, 3))),
        ("202403", Some((2024, 3))),
        ("3月", Some((2024, 3))),
        ("3月5日", None),
        ("第三次", None),
        ("2024", None),
        ("2024年13月", None),
    ] {
        assert_eq!(month_of(raw, YEAR), want, "{raw}");
    }
    assert_eq!(month_of("3月", (date(2023, 1, 1), date(2024, 12, 31))), None);
}

proptest! {
    /// One more record never makes more periods missed, nor a later as-of date fewer periods asked for.
    #[test]
    fn more_records_never_make_it_worse(
        days in prop::collection::vec((1..=12_i8, 1..=28_i8), 0..14),
        undated in 0..4_usize,
        more in (1..=12_i8, 1..=28_i8),
        at_least in 1..3_usize,
    ) {
        let due = due(Every::Month, YEAR, None, date(2024, 12, 31));
        let mut records: Vec<Record> = days.iter().map(|(m, d)| Record::Day(date(2024, *m, *d))).collect();
        records.extend(std::iter::repeat_n(Record::Undated, undated));
        let before = tally(&due, &records, at_least);
        prop_assert!(before.surely >= before.missed.len() && before.surely <= before.missed.len() + before.doubtful.len());
        for one in [Record::Day(date(2024, more.0, more.1)), Record::Undated, Record::Month(2024, more.0)] {
            let mut records = records.clone();
            records.push(one);
            let after = tally(&due, &records, at_least);
            prop_assert!(after.surely <= before.surely, "{:?} {:?} {:?}", one, before, after);
            prop_assert!(after.missed.len() + after.doubtful.len() <= before.missed.len() + before.doubtful.len());
        }
    }
}
