//! Limits in time (期限): versions by date, units, exclusions and the roll of a last day that is a holiday.
//! Must not know what is limited, and must not guess: where something is missing it says [`Stop`].

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span};

use super::{Magnitude, Unit};
use crate::base::date::When;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::reference::workdays::Calendar;
use crate::say;

mod read;

/// One version of a limit (期限).
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// In force from this day on.
    pub from: Option<Date>,
    /// In force until this day, included.
    pub until: Option<Date>,
    /// Length in `unit`.
    pub length: u32,
    /// `Days`, `Workdays`, `Months` or `Hours`.
    pub unit: Unit,
    /// Whether a last day that is no working day moves to the next one.
    pub roll: bool,
    /// The cases it is for; all when absent.
    pub when: Option<Condition>,
}

/// A limit: its versions in order of the rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Versions; the first that was in force on the start date and fits the case applies.
    pub versions: Vec<Version>,
}

/// The versions that may be for a case.
#[derive(Debug)]
pub struct Candidates<'a> {
    /// In order of the rubric; never empty.
    pub versions: Vec<&'a Version>,
    /// Index in the limit of the first of which it cannot be told.
    pub doubt: Option<usize>,
    /// Whether one of them is surely for the case: the last one is, or two have contrary conditions.
    pub whole: bool,
}

/// What is not counted into a limit (扣除的期间).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Excluded {
    /// Nothing.
    #[default]
    Nothing,
    /// Ranges of days, both ends included, in any order, overlapping or not.
    Ranges(Vec<(Date, Date)>),
    /// A bare count of days: only for limits in days.
    Days(u32),
}

/// Why a limit cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// No version was in force on the start date.
    NoVersion,
    /// Versions were in force, but for other cases.
    OtherCases,
    /// Whether a version is for this case cannot be told: the condition at this index of `versions`.
    Condition(usize),
    /// This year has no holiday data.
    NoHolidays(i16),
    /// A limit in hours, and no time of day at the start or the end.
    NoTime,
    /// A bare count of days to leave out, and a limit that is not in days.
    CountOfDays,
    /// Beyond the calendar.
    TooFar,
}

impl Stop {
    /// In words.
    pub fn said(&self) -> Text {
        match self {
            Self::NoVersion => {
                Text::fixed("起算日不在评估标准所列任何一版期限的施行期间", "no version of the limit was in force on the start date")
            }
            Self::OtherCases => Text::fixed("评估标准没有为这类案件规定期限", "the rubric has no limit for this kind of case"),
            Self::Condition(_) => Text::fixed("不能确定适用哪一版期限", "it cannot be told which version of the limit applies"),
            Self::NoHolidays(year) => {
                say!("没有 {year} 年的放假安排，不能确定工作日", "no holiday data for {year}, so working days cannot be told")
            }
            Self::NoTime => Text::fixed("期限以小时计算，但没有登记到时刻", "the limit is in hours, but no time of day is recorded"),
            Self::CountOfDays => Text::fixed(
                "只登记了扣除的天数，没有起止日期，不能用于这种期限",
                "only a count of days to leave out is recorded; this limit needs from and to",
            ),
            Self::TooFar => Text::fixed("期限超出可计算的范围", "the limit is beyond the calendar"),
        }
    }
}

impl Limit {
    /// The versions that may be for a case whose limit began on `start`: one, or several while it cannot be told which.
    ///
    /// # Errors
    /// `NoVersion` or `OtherCases`.
    pub fn versions(&self, case: &Case, start: Date) -> Result<Candidates<'_>, Stop> {
        let (mut stop, mut may, mut doubt) = (Stop::NoVersion, Vec::new(), None);
        for (i, version) in self.versions.iter().enumerate() {
            if version.from.is_some_and(|d| start < d) || version.until.is_some_and(|d| start > d) {
                continue;
            }
            match version.when.as_ref().map_or(Answer::Yes, |c| c.ask(case)) {
                Answer::Yes => {
                    may.push(version);
                    return Ok(Candidates { versions: may, doubt, whole: true });
                }
                Answer::Unknown => {
                    may.push(version);
                    doubt = doubt.or(Some(i));
                }
                Answer::No => stop = Stop::OtherCases,
            }
        }
        if may.is_empty() {
            return Err(stop);
        }
        let contrary = |v: &&Version| v.when.clone().map(|c| Condition::Not(Box::new(c)));
        let whole = may.iter().any(|a| may.iter().any(|b| b.when.is_some() && b.when == contrary(a)));
        Ok(Candidates { versions: may, doubt, whole })
    }
}

/// The last day (for limits in hours: the last moment) that is still in time.
///
/// The first day is not counted. Days inside an excluded range do not count, whether they are working days or not; a limit in
/// months is lengthened by the excluded days that fall into it. Months end on the same day number, or on the last day of a
/// shorter month. A last day that is no working day moves to the next one where the version rolls; the time of day stays.
///
/// # Errors
/// What was missing to work it out.
pub fn due(start: When, version: &Version, excluded: &Excluded, calendar: &Calendar) -> Result<When, Stop> {
    let length = i64::from(version.length);
    let (ranges, extra) = match excluded {
        Excluded::Nothing => (Vec::new(), 0),
        Excluded::Ranges(ranges) => (union(ranges), 0),
        Excluded::Days(n) if version.unit == Unit::Days => (Vec::new(), i64::from(*n)),
        Excluded::Days(_) => return Err(Stop::CountOfDays),
    };
    let (last, time) = match version.unit {
        Unit::Workdays => (add_workdays(start.date, version.length, &ranges, calendar)?, None),
        Unit::Months => {
            let months = i32::try_from(version.length).map_err(|_| Stop::TooFar)?;
            let end = months_after(start.date, months)?;
            (run_days(start.date, number(end) - number(start.date), &ranges)?, None)
        }
        Unit::Hours => {
            let moment = start.moment().ok_or(Stop::NoTime)?;
            let seconds: Vec<_> = ranges.iter().map(|(a, b)| (a * DAY, b * DAY)).collect();
            let end = run(since_epoch(moment), length * HOUR, &seconds);
            let end = EPOCH.to_datetime(Time::midnight()).checked_add(SignedDuration::from_secs(end)).map_err(|_| Stop::TooFar)?;
            (end.date(), Some(end.time()))
        }
        _ => (run_days(start.date, length + extra, &ranges)?, None),
    };
    let date = if version.roll { roll(last, &ranges, calendar)? } else { last };
    Ok(When { date, time })
}

/// How late something is, in the limit's own unit: calendar days after the due day, working days after it (at least one),
/// months or hours, a begun one counting in full. `None` when it is in time.
///
/// # Errors
/// `NoTime` for hours without a time, `NoHolidays` for working days in a year without data.
pub fn late_by(end: When, due: When, unit: Unit, calendar: &Calendar) -> Result<Option<Magnitude>, Stop> {
    let days = number(end.date) - number(due.date);
    let amount = match unit {
        Unit::Hours => {
            let (end, due) = (end.moment().ok_or(Stop::NoTime)?, due.moment().ok_or(Stop::NoTime)?);
            let late = since_epoch(end) - since_epoch(due);
            if late <= 0 {
                return Ok(None);
            }
            (late + HOUR - 1) / HOUR
        }
        _ if days <= 0 => return Ok(None),
        // Late on a Saturday after a Friday: no working day has passed, and yet it is late.
        Unit::Workdays => i64::from(calendar.workdays_between(due.date, end.date).map_err(Stop::NoHolidays)?.max(1)),
        Unit::Months => months_begun(due.date, end.date)?,
        _ => days,
    };
    Ok(Some(Magnitude { amount: Points::whole(amount), unit }))
}

const EPOCH: Date = Date::constant(1970, 1, 1);
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Days since 1970.
fn number(date: Date) -> i64 {
    date.duration_since(EPOCH).as_hours() / 24
}

fn day(number: i64) -> Result<Date, Stop> {
    EPOCH.checked_add(SignedDuration::from_hours(number.checked_mul(24).ok_or(Stop::TooFar)?)).map_err(|_| Stop::TooFar)
}

fn since_epoch(moment: DateTime) -> i64 {
    number(moment.date()) * DAY + moment.time().duration_since(Time::midnight()).as_secs()
}

/// Excluded days as half-open ranges of day numbers, sorted, apart from each other.
fn union(ranges: &[(Date, Date)]) -> Vec<(i64, i64)> {
    let mut all: Vec<(i64, i64)> = ranges.iter().map(|(a, b)| (number(*a), number(*b) + 1)).filter(|(a, b)| a < b).collect();
    all.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(all.len());
    for (a, b) in all {
        match joined.last_mut() {
            Some((_, end)) if a <= *end => *end = b.max(*end),
            _ => joined.push((a, b)),
        }
    }
    joined
}

/// The moment when `length` has passed since `start`, standing still inside the excluded ranges.
fn run(start: i64, length: i64, excluded: &[(i64, i64)]) -> i64 {
    let (mut now, mut left) = (start, length);
    for &(from, to) in excluded {
        if left <= (from - now).max(0) {
            break;
        }
        left -= (from - now).max(0);
        now = now.max(to);
    }
    now + left
}

fn run_days(start: Date, length: i64, excluded: &[(i64, i64)]) -> Result<Date, Stop> {
    // Time begins to run at the midnight after the first day and the last day ends at a midnight.
    day(run(number(start) + 1, length, excluded) - 1)
}

fn holds(excluded: &[(i64, i64)], date: Date) -> Option<i64> {
    let n = number(date);
    excluded.iter().find(|(a, b)| (*a..*b).contains(&n)).map(|(_, end)| *end)
}

fn add_workdays(start: Date, n: u32, excluded: &[(i64, i64)], calendar: &Calendar) -> Result<Date, Stop> {
    if excluded.is_empty() {
        return calendar.add_workdays(start, n).map_err(Stop::NoHolidays);
    }
    let (mut at, mut left) = (start, n);
    while left > 0 {
        at = at.tomorrow().map_err(|_| Stop::TooFar)?;
        if holds(excluded, at).is_none() && calendar.is_workday(at).ok_or(Stop::NoHolidays(at.year()))? {
            left -= 1;
        }
    }
    Ok(at)
}

/// The first day from `last` on that is a working day and not excluded.
fn roll(last: Date, excluded: &[(i64, i64)], calendar: &Calendar) -> Result<Date, Stop> {
    let mut at = last;
    loop {
        let year = if calendar.covers(at.year()) { at.year() + 1 } else { at.year() };
        let next = calendar.next_workday_from(at).ok_or(Stop::NoHolidays(year))?;
        match holds(excluded, next) {
            // The last day itself is never inside a range unless the limit is of length 0.
            Some(end) if next != last => at = day(end)?,
            _ => return Ok(next),
        }
    }
}

fn months_after(date: Date, n: i32) -> Result<Date, Stop> {
    date.checked_add(Span::new().try_months(n).map_err(|_| Stop::TooFar)?).map_err(|_| Stop::TooFar)
}

/// The fewest months after `due` that reach `end`.
fn months_begun(due: Date, end: Date) -> Result<i64, Stop> {
    let apart = (i32::from(end.year()) - i32::from(due.year())) * 12 + i32::from(end.month()) - i32::from(due.month());
    let begun = if months_after(due, apart)? >= end { apart } else { apart + 1 };
    Ok(i64::from(begun.max(1)))
}

#[cfg(test)]
mod tests;
