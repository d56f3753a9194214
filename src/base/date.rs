//! Reads dates as people write them, and says when it cannot. Never guesses a day that is not written.
//! Must not know the clock.

use jiff::civil::{Date, DateTime, Time};

/// Earliest year taken for real: that of the oldest birth dates. 1900 is what spreadsheets make of a date that is empty or zero.
pub const FIRST_YEAR: i16 = 1901;
/// Latest year taken for real in a dossier.
pub const LAST_YEAR: i16 = 2099;

/// Why a date could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateFault {
    /// Not a date at all.
    NotADate,
    /// A date that does not exist, such as 2024-02-30.
    NoSuchDay,
    /// Only a year or a month.
    Incomplete,
    /// A year outside 1901–2099.
    Implausible,
}

/// A day, with the time of day where one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The day.
    pub date: Date,
    /// The time, if written.
    pub time: Option<Time>,
}

impl When {
    /// The moment, taking midnight only where the caller knows that no time matters.
    pub fn moment(self) -> Option<DateTime> {
        self.time.map(|t| self.date.to_datetime(t))
    }
}

/// Makes a day, refusing implausible years.
///
/// # Errors
/// A day that does not exist, or a year outside 1901–2099.
pub fn day(year: i16, month: i8, day: i8) -> Result<Date, DateFault> {
    let date = Date::new(year, month, day).map_err(|_| DateFault::NoSuchDay)?;
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(date) } else { Err(DateFault::Implausible) }
}

/// Reads `2024-03-05`, `2024年3月5日`, `2024.3.5`, `2024/3/5`, `20240305`, full-width digits, each with an optional time
/// (`14:30`, `14时30分`).
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str) -> Result<When, DateFault> {
    let text: String = text.trim().chars().map(plain).collect();
    let mut parts: Vec<(String, char)> = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\u{0}']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if digits.is_empty() {
            if !matches!(c, ' ' | 'T' | '\u{0}') {
                return Err(DateFault::NotADate);
            }
        } else {
            parts.push((std::mem::take(&mut digits), c));
        }
    }
    let number = |i: usize| parts.get(i).and_then(|(d, _)| d.parse::<i16>().ok());
    let short = |i: usize| number(i).and_then(|n| i8::try_from(n).ok());
    let (first, follows) = parts.first().map(|(d, c)| (d.as_str(), *c)).ok_or(DateFault::NotADate)?;
    let (date, used) = match (first.len(), parts.len()) {
        (8, _) if matches!(follows, ' ' | 'T' | '\u{0}') => {
            let field = |a: usize, b: usize| first.get(a..b).and_then(|s| s.parse::<i16>().ok());
            let (Some(y), Some(m), Some(d)) = (field(0, 4), field(4, 6), field(6, 8)) else {
                return Err(DateFault::NotADate);
            };
            (day(y, i8::try_from(m).unwrap_or(0), i8::try_from(d).unwrap_or(0))?, 1)
        }
        (4, 1 | 2) if matches!(follows, '\u{0}' | '-' | '年') => return Err(DateFault::Incomplete),
        (4, 3..) if matches!(follows, '-' | '年') && parts.get(1).is_some_and(|(_, c)| matches!(c, '-' | '月')) => {
            let (Some(y), Some(m), Some(d)) = (number(0), short(1), short(2)) else { return Err(DateFault::NotADate) };
            if !parts.get(2).is_some_and(|(_, c)| matches!(c, '日' | ' ' | 'T' | '\u{0}')) {
                return Err(DateFault::NotADate);
            }
            (day(y, m, d)?, 3)
        }
        _ => return Err(DateFault::NotADate),
    };
    let time = match parts.len() - used {
        0 => None,
        1..=4 => {
            let (Some(h), m, s) = (short(used), short(used + 1).unwrap_or(0), short(used + 2).unwrap_or(0)) else {
                return Err(DateFault::NotADate);
            };
            Some(Time::new(h, m, s, 0).map_err(|_| DateFault::NotADate)?)
        }
        _ => return Err(DateFault::NotADate),
    };
    Ok(When { date, time })
}

/// One spelling for every separator and digit.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '.' | '/' | '．' | '／' | '－' | '—' | '–' | '、' => '-',
        '号' => '日',
        '时' | '点' | '：' | '分' => ':',
        '秒' | '\u{3000}' | '\t' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_ways_of_writing() {
        let fifth = day(2024, 3, 5).map_err(|_| ());
        for text in ["2024-03-05", "2024年3月5日", "2024.3.5", "2024/3/5", "20240305", " ２０２４年３月５日 ", "2024-3-5 00:00:00"]
        {
            assert_eq!(read(text).map(|w| w.date).map_err(|_| ()), fifth, "{text}");
        }
        assert_eq!(read("2024年3月5日14时30分").ok().and_then(|w| w.time), Time::new(14, 30, 0, 0).ok());
    }

    #[test]
    fn never_guesses() {
        use DateFault::{Implausible, Incomplete, NoSuchDay, NotADate};
        let cases = [
            ("2024年3月", Incomplete),
            ("2024", Incomplete),
            ("2024-02-30", NoSuchDay),
            ("9999-12-31", Implausible),
            ("1899-01-01", Implausible),
            ("1900-01-01", Implausible),
            ("待定", NotADate),
            ("", NotADate),
            ("3月5日", NotADate),
            ("24.3.5", NotADate),
            ("2024-3-5-6", NotADate),
            ("45000", NotADate),
        ];
        for (text, fault) in cases {
            assert_eq!(read(text).err(), Some(fault), "{text}");
        }
    }
}
