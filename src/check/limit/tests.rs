//! Laws of limits, checked against walking day by day.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn on(date: Date) -> When {
    When { date, time: None }
}

fn version(length: u32, unit: Unit, roll: bool) -> Version {
    Version { from: None, until: None, length, unit, roll, when: None }
}

fn last(start: Date, length: u32, unit: Unit, excluded: &Excluded) -> Date {
    due(on(start), &version(length, unit, true), excluded, &Calendar::embedded()).map(|w| w.date).unwrap_or(Date::MIN)
}

fn amount(late: Result<Option<Magnitude>, Stop>) -> Option<i128> {
    late.ok().flatten().map(|m| m.amount.0.to_integer())
}

#[test]
fn seven_days() {
    let (calendar, due_on) = (Calendar::embedded(), last(date(2024, 3, 1), 7, Unit::Days, &Excluded::Nothing));
    assert_eq!(due_on, date(2024, 3, 8));
    assert_eq!(amount(late_by(on(date(2024, 3, 12)), on(due_on), Unit::Days, &calendar)), Some(4));
    assert_eq!(late_by(on(due_on), on(due_on), Unit::Days, &calendar), Ok(None));
}

#[test]
fn the_last_day_rolls_unless_told_not_to() {
    let start = date(2024, 2, 3);
    assert_eq!(last(start, 7, Unit::Days, &Excluded::Nothing), date(2024, 2, 18)); // 春节 until the make-up Sunday
    let calendar = Calendar::embedded();
    assert_eq!(due(on(start), &version(7, Unit::Days, false), &Excluded::Nothing, &calendar), Ok(on(date(2024, 2, 10))));
    assert_eq!(due(on(date(2031, 1, 1)), &version(7, Unit::Days, true), &Excluded::Nothing, &calendar), Err(Stop::NoHolidays(2031)));
    assert_eq!(due(on(date(2026, 12, 26)), &version(7, Unit::Days, true), &Excluded::Nothing, &calendar), Err(Stop::NoHolidays(2027)));
    assert_eq!(due(on(date(2031, 1, 1)), &version(7, Unit::Days, false), &Excluded::Nothing, &calendar), Ok(on(date(2031, 1, 8))));
}

#[test]
fn months_clamp() {
    let calendar = Calendar::embedded();
    let end = |start, n| due(on(start), &version(n, Unit::Months, false), &Excluded::Nothing, &calendar);
    assert_eq!(end(date(2024, 1, 31), 1), Ok(on(date(2024, 2, 29))));
    assert_eq!(end(date(2024, 3, 15), 3), Ok(on(date(2024, 6, 15))));
    for (end, late) in [(date(2024, 3, 1), Some(1)), (date(2024, 3, 29), Some(1)), (date(2024, 3, 30), Some(2)), (date(2024, 2, 29), None)]
    {
        assert_eq!(amount(late_by(on(end), on(date(2024, 2, 29)), Unit::Months, &calendar)), late, "{end}");
    }
}

#[test]
fn hours_need_times() {
    let calendar = Calendar::embedded();
    let at = |d, h, m| When { date: d, time: Some(time(h, m, 0, 0)) };
    let start = at(date(2024, 3, 4), 10, 0);
    let end = due(start, &version(48, Unit::Hours, true), &Excluded::Nothing, &calendar);
    assert_eq!(end, Ok(at(date(2024, 3, 6), 10, 0)));
    assert_eq!(amount(late_by(at(date(2024, 3, 6), 10, 1), at(date(2024, 3, 6), 10, 0), Unit::Hours, &calendar)), Some(1));
    assert_eq!(amount(late_by(at(date(2024, 3, 6), 12, 0), at(date(2024, 3, 6), 10, 0), Unit::Hours, &calendar)), Some(2));
    assert_eq!(due(on(date(2024, 3, 4)), &version(48, Unit::Hours, true), &Excluded::Nothing, &calendar), Err(Stop::NoTime));
    let excluded = Excluded::Ranges(vec![(date(2024, 3, 5), date(2024, 3, 5))]);
    assert_eq!(due(start, &version(48, Unit::Hours, true), &excluded, &calendar), Ok(at(date(2024, 3, 7), 10, 0)));
}

#[test]
fn exclusions() {
    let start = date(2024, 3, 1);
    let two = Excluded::Ranges(vec![(date(2024, 3, 4), date(2024, 3, 6)), (date(2024, 3, 5), date(2024, 3, 7))]);
    assert_eq!(last(start, 7, Unit::Days, &two), date(2024, 3, 12)); // four days, not six
    assert_eq!(last(start, 7, Unit::Days, &Excluded::Days(4)), date(2024, 3, 12));
    assert_eq!(last(start, 3, Unit::Workdays, &two), date(2024, 3, 12)); // the 8th, 11th and 12th
    let after = Excluded::Ranges(vec![(date(2024, 3, 9), date(2024, 3, 20))]);
    assert_eq!(last(start, 7, Unit::Days, &after), date(2024, 3, 8));
    let before = Excluded::Ranges(vec![(date(2024, 2, 1), start)]);
    assert_eq!(last(start, 7, Unit::Days, &before), date(2024, 3, 8));
    assert_eq!(last(start, 1, Unit::Months, &two), date(2024, 4, 7)); // four days more; 7 April was a make-up Sunday
    let refused = due(on(start), &version(3, Unit::Workdays, true), &Excluded::Days(4), &Calendar::embedded());
    assert_eq!(refused, Err(Stop::CountOfDays));
}

fn some_day() -> impl Strategy<Value = Date> {
    (0_i64..2600).prop_map(|n| day(number(date(2019, 1, 1)) + n).unwrap_or(EPOCH))
}

fn some_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Days), Just(Unit::Workdays), Just(Unit::Months)]
}

fn some_ranges() -> impl Strategy<Value = Vec<(Date, Date)>> {
    let one = (some_day(), 0_i64..20).prop_map(|(d, n)| (d, day(number(d) + n).unwrap_or(d)));
    proptest::collection::vec(one, 0..4)
}

proptest! {
    #[test]
    fn longer_is_never_earlier(start in some_day(), length in 0_u32..12, unit in some_unit(), roll: bool, ranges in some_ranges()) {
        let (calendar, excluded) = (Calendar::embedded(), Excluded::Ranges(ranges));
        let end = |n, e: &Excluded| due(on(start), &version(n, unit, roll), e, &calendar);
        if let (Ok(a), Ok(b)) = (end(length, &excluded), end(length + 1, &excluded)) {
            prop_assert!(start <= a.date && a.date <= b.date);
            if let Ok(bare) = end(length, &Excluded::Nothing) {
                prop_assert!(bare.date <= a.date);
            }
            prop_assert!(!roll || calendar.is_workday(a.date) == Some(true));
        }
    }

    #[test]
    fn late_only_after_the_due_day(due_on in some_day(), end in some_day(), unit in some_unit()) {
        let late = late_by(on(end), on(due_on), unit, &Calendar::embedded());
        prop_assert_eq!(late.clone().ok().flatten().is_none(), end <= due_on);
        prop_assert!(late.ok().flatten().is_none_or(|m| m.amount > Points::ZERO));
    }

    #[test]
    fn days_and_workdays_agree_with_walking(start in some_day(), length in 0_u32..30, ranges in some_ranges(), work: bool) {
        let calendar = Calendar::embedded();
        let (mut at, mut left) = (start, length);
        while left > 0 {
            at = at.tomorrow().unwrap_or(at);
            let excluded = ranges.iter().any(|(a, b)| (*a..=*b).contains(&at));
            if !excluded && (!work || calendar.is_workday(at) == Some(true)) {
                left -= 1;
            }
        }
        let unit = if work { Unit::Workdays } else { Unit::Days };
        prop_assert_eq!(due(on(start), &version(length, unit, false), &Excluded::Ranges(ranges), &calendar), Ok(on(at)));
    }
}
