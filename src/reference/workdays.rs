//! Working days (工作日) from the State Council's notices, embedded as `holidays.csv`, and added to by settings.
//! Must not guess a year without data.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use crate::base::date::{FIRST_YEAR, LAST_YEAR, read};

/// Working days of one year, a bit a day, bit 0 being 1 January.
type Year = [u64; 6];

/// Off days and make-up working days by date. Cheap to ask: one look into a table of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// By year from [`FIRST_YEAR`]; `None` for a year without data.
    years: Vec<Option<Year>>,
}

impl Default for Calendar {
    /// A calendar without any data.
    fn default() -> Self {
        Self { years: vec![None; usize::try_from(LAST_YEAR - FIRST_YEAR + 1).unwrap_or(0)] }
    }
}

static EMBEDDED: LazyLock<Calendar> = LazyLock::new(|| {
    let mut calendar = Calendar::default();
    for line in include_str!("holidays.csv").lines().skip(1) {
        let mut cells = line.split(',');
        if let (Some(date), Some(kind)) = (cells.next(), cells.next())
            && let Ok(when) = read(date)
        {
            calendar.add(when.date, kind == "off");
        }
    }
    calendar
});

impl Calendar {
    /// The embedded notices.
    pub fn embedded() -> Self {
        EMBEDDED.clone()
    }

    /// Adds an off day, or a working day that would else be a weekend. Its year becomes known, all its other weekdays working days.
    /// Years outside 1901–2099 are left out.
    pub fn add(&mut self, date: Date, off: bool) {
        let Some(slot) = slot(date.year()).and_then(|i| self.years.get_mut(i)) else { return };
        let year = slot.get_or_insert_with(|| weekdays_of(date.year()));
        let (word, bit) = bit(date);
        if off {
            year[word] &= !bit;
        } else {
            year[word] |= bit;
        }
    }

    /// Whether a year has data.
    pub fn covers(&self, year: i16) -> bool {
        self.year(year).is_some()
    }

    /// Whether people work on this day; `None` in a year without data.
    pub fn is_workday(&self, date: Date) -> Option<bool> {
        let year = self.year(date.year())?;
        let (word, bit) = bit(date);
        Some(year[word] & bit != 0)
    }

    /// The day itself when it is a working day, else the next one; `None` when that runs into a year without data.
    pub fn next_workday_from(&self, date: Date) -> Option<Date> {
        let mut day = date;
        while !self.is_workday(day)? {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// The `n`-th working day after `date`, which itself is not counted; `date` when `n` is 0.
    ///
    /// # Errors
    /// The first year without data on the way.
    pub fn add_workdays(&self, date: Date, n: u32) -> Result<Date, i16> {
        let (mut day, mut left) = (date, n);
        while left > 0 {
            day = day.tomorrow().map_err(|_| day.year())?;
            if self.is_workday(day).ok_or(day.year())? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// Working days after `a` up to and with `b`; 0 when `b` is not after `a`.
    ///
    /// # Errors
    /// The first year without data on the way.
    pub fn workdays_between(&self, a: Date, b: Date) -> Result<u32, i16> {
        if b <= a {
            return Ok(0);
        }
        let mut count = 0;
        for number in a.year()..=b.year() {
            // A range that begins after 31 December does not touch the year of `a`.
            if number == a.year() && a == a.last_of_year() {
                continue;
            }
            let year = self.year(number).ok_or(number)?;
            let first = if number == a.year() { usize::try_from(a.day_of_year()).unwrap_or(0) } else { 0 };
            let end = if number == b.year() { usize::try_from(b.day_of_year()).unwrap_or(0) } else { 366 };
            count += ones_before(year, end) - ones_before(year, first);
        }
        Ok(count)
    }

    fn year(&self, year: i16) -> Option<&Year> {
        self.years.get(slot(year)?)?.as_ref()
    }
}

fn slot(year: i16) -> Option<usize> {
    usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()
}

fn bit(date: Date) -> (usize, u64) {
    let day = usize::try_from(date.day_of_year() - 1).unwrap_or(0);
    (day / 64, 1 << (day % 64))
}

fn weekdays_of(year: i16) -> Year {
    let mut bits = Year::default();
    let mut day = Date::new(year, 1, 1).ok();
    while let Some(date) = day.filter(|d| d.year() == year) {
        if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            let (word, bit) = bit(date);
            bits[word] |= bit;
        }
        day = date.tomorrow().ok();
    }
    bits
}

/// How many of the first `end` days are working days.
fn ones_before(year: &Year, end: usize) -> u32 {
    let (whole, rest) = (end / 64, end % 64);
    let full: u32 = year.iter().take(whole).map(|w| w.count_ones()).sum();
    full + year.get(whole).map_or(0, |w| (w & ((1 << rest) - 1)).count_ones())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_days() {
        let calendar = Calendar::embedded();
        let facts = [
            ((2024, 2, 9), true),    // 除夕 2024 was no holiday
            ((2024, 2, 10), false),  // 春节
            ((2024, 2, 17), false),  // last day of it
            ((2024, 2, 18), true),   // make-up Sunday
            ((2024, 2, 4), true),    // make-up Sunday
            ((2024, 10, 12), true),  // make-up Saturday
            ((2024, 3, 8), true),    // a Friday
            ((2024, 3, 9), false),   // a Saturday
            ((2018, 12, 31), false), // 元旦 2019
            ((2020, 1, 31), false),  // 春节 2020, prolonged
            ((2025, 1, 26), true),
            ((2026, 2, 23), false),
        ];
        for ((y, m, d), works) in facts {
            assert_eq!(calendar.is_workday(date(y, m, d)), Some(works), "{y}-{m}-{d}");
        }
    }

    #[test]
    fn working_days_a_year() {
        let calendar = Calendar::embedded();
        for (year, n) in [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
            assert_eq!(calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)), Ok(n), "{year}");
        }
    }

    #[test]
    fn a_year_without_data_is_not_guessed() {
        let mut calendar = Calendar::embedded();
        assert_eq!(calendar.is_workday(date(2031, 3, 5)), None);
        assert_eq!(calendar.add_workdays(date(2026, 12, 30), 3), Err(2027));
        assert_eq!(calendar.next_workday_from(date(2027, 1, 2)), None);
        assert_eq!(calendar.workdays_between(date(2017, 12, 30), date(2018, 1, 5)), Err(2017));
        calendar.add(date(2027, 1, 1), true);
        assert!(calendar.covers(2027));
        assert_eq!(calendar.add_workdays(date(2026, 12, 30), 3), Ok(date(2027, 1, 5)));
        assert!(!calendar.covers(1800) && !calendar.covers(i16::MIN));
    }

    proptest! {
        #[test]
        fn counting_agrees_with_walking(from in 0_i32..3000, length in 0_i32..800) {
            let calendar = Calendar::embedded();
            let day = |n: i32| date(2018, 1, 1).saturating_add(jiff::Span::new().days(n));
            let (a, b) = (day(from), day((from + length).min(3280)));
            let mut walked = 0;
            let mut at = a;
            while at < b {
                at = at.tomorrow().unwrap_or(at);
                walked += u32::from(calendar.is_workday(at) == Some(true));
            }
            prop_assert_eq!(calendar.workdays_between(a, b), Ok(walked));
            if let Ok(reached) = calendar.add_workdays(a, walked) {
                prop_assert!(reached <= b || walked == 0);
                prop_assert_eq!(calendar.workdays_between(a, reached), Ok(walked));
            }
        }
    }
}
