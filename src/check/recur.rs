//! Duties that come again every month, quarter or year (定期): which periods lie in a span, and which of them have too few records.
//! Must not know where a record comes from, nor what it costs to have none.

use jiff::civil::Date;

use crate::base::text::Text;
use crate::say;

/// How often something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// 每月
    Month,
    /// 每季度
    Quarter,
    /// 每年
    Year,
}

impl Every {
    /// The words in rubrics.
    pub const WORDS: [(&'static str, Self); 3] = [("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];

    /// `每月`
    pub const fn title(self) -> Text {
        match self {
            Self::Month => Text::fixed("每月", "every month"),
            Self::Quarter => Text::fixed("每季度", "every quarter"),
            Self::Year => Text::fixed("每年", "every year"),
        }
    }

    const fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the period that holds a day.
    fn start(self, day: Date) -> Date {
        let n = self.months();
        Date::new(day.year(), (day.month() - 1) / n * n + 1, 1).unwrap_or(day)
    }

    /// The last day of the period that begins with this day.
    fn end(self, start: Date) -> Date {
        let last = start.month() + self.months() - 1;
        Date::new(start.year(), last, 1).unwrap_or(start).last_of_month()
    }

    /// A period in words; the year is said only where the span has several.
    fn said(self, start: Date, years: bool) -> Text {
        let (year, month) = (start.year(), start.month());
        let quarter = (month - 1) / 3 + 1;
        match (self, years) {
            (Self::Year, _) => say!("{year} 年", "{year}"),
            (Self::Month, false) => say!("{month} 月", "{year}-{month:02}"),
            (Self::Month, true) => say!("{year} 年 {month} 月", "{year}-{month:02}"),
            (Self::Quarter, false) => say!("第 {quarter} 季度", "{year} Q{quarter}"),
            (Self::Quarter, true) => say!("{year} 年第 {quarter} 季度", "{year} Q{quarter}"),
        }
    }
}

/// One period in which something has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// In words.
    pub said: Text,
}

/// The periods that are over as of a day and lie in a span. The first one need not be whole where the span begins in it by chance of
/// founding: a month or quarter that was begun before is left out, a year is not, since it holds the only duty there is.
pub fn due(every: Every, span: (Date, Date), since: Option<Date>, as_of: Date) -> Vec<Due> {
    let (from, to) = span;
    let years = from.year() != to.year();
    let (mut start, mut all) = (every.start(from), Vec::new());
    while start <= to {
        let end = every.end(start);
        let founded = since.is_none_or(|day| day <= start || (every == Every::Year && day <= end));
        // A period that the span cuts is not asked for either, unless it is the span itself.
        let whole = (start >= from && end <= to) || (every == Every::Year && from <= end);
        if founded && whole && end.min(to) <= as_of {
            all.push(Due { from: start.max(from), to: end.min(to), said: every.said(start, years) });
        }
        let Ok(next) = end.tomorrow() else { break };
        start = next;
    }
    all
}

/// A record of something done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// On this day.
    Day(Date),
    /// In this month of this year, on no day that can be told.
    Month(i16, i8),
    /// On no day that can be told.
    Undated,
}

/// What records come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Indexes of periods that surely have too few.
    pub missed: Vec<usize>,
    /// Indexes of periods that have too few, unless undated records belong to them.
    pub doubtful: Vec<usize>,
    /// How many of all that lack something (`missed` and `doubtful`) no undated record can make good, at the least.
    pub surely: usize,
    /// Days outside of every period.
    pub outside: usize,
    /// Records that were not counted, since another one has the same day.
    pub same_day: usize,
}

/// Counts records against periods, each of which needs `at_least` different days.
pub fn tally(due: &[Due], records: &[Record], at_least: usize) -> Tally {
    let mut days: Vec<Date> = records.iter().filter_map(|r| if let Record::Day(d) = r { Some(*d) } else { None }).collect();
    let all = days.len();
    days.sort_unstable();
    days.dedup();
    let same_day = all - days.len();
    let within = |d: &Due, day: Date| (d.from..=d.to).contains(&day);
    let outside = days.iter().filter(|day| !due.iter().any(|d| within(d, **day))).count();
    let undated = records.iter().filter(|r| matches!(r, Record::Undated)).count();
    let (mut missed, mut lacks) = (Vec::new(), Vec::new());
    for (i, d) in due.iter().enumerate() {
        let there = days.iter().filter(|day| within(d, **day)).count();
        // A month without a day may be a day that is there already: it is good for what it may be, not for sure.
        let maybe = records
            .iter()
            .filter(|r| matches!(r, Record::Month(y, m) if Date::new(*y, *m, 1).is_ok_and(|f| f <= d.to && f.last_of_month() >= d.from)));
        let maybe = maybe.count();
        if there < at_least {
            let short = at_least - there;
            let rest = short.saturating_sub(maybe);
            if maybe == 0 && undated < rest {
                missed.push(i);
            } else {
                lacks.push((rest, i));
            }
        }
    }
    // Those that cannot all be made good: undated records go where they do most good.
    lacks.sort_unstable();
    let (mut left, mut filled) = (undated, 0);
    for (rest, _) in &lacks {
        if *rest <= left {
            left -= rest;
            filled += 1;
        }
    }
    let mut doubtful: Vec<usize> = lacks.iter().map(|(_, i)| *i).collect();
    doubtful.sort_unstable();
    let surely = missed.len() + doubtful.len() - filled;
    Tally { missed, doubtful, surely, outside, same_day }
}

/// A year and month written without a day: `2024年3月`, `2024-03`, `2024.3`, `202403`, `3月` in a span of one year.
pub fn month_of(raw: &str, span: (Date, Date)) -> Option<(i16, i8)> {
    let numbers: Vec<&str> = raw.trim().split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let good = |year: i16, month: i8| Date::new(year, month, 1).is_ok().then_some((year, month));
    match numbers.as_slice() {
        [both] if both.len() == 6 => good(both[..4].parse().ok()?, both[4..].parse().ok()?),
        [year, month] if year.len() == 4 && month.len() <= 2 => good(year.parse().ok()?, month.parse().ok()?),
        [month] if month.len() <= 2 && raw.contains('月') && span.0.year() == span.1.year() => good(span.0.year(), month.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
