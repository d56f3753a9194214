//! Reads dates as people write them, and says when it cannot. Never guesses a day that is not written.
//! Must not know the clock.

use jiff::civil::{Date, DateTime, Time, Weekday};

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
    /// The year, the month or the day is missing.
    Incomplete,
    /// A year outside 1901–2099.
    Implausible,
    /// What is year, month and day cannot be told: `24.3.5`, `3/5/2024`.
    Ambiguous,
    /// More than one date, or a range.
    Several,
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

/// Reads `2024-03-05`, `2024年3月5日`, `二〇二四年三月五日`, `2024.3.5`, `2024/3/5`, `20240305`, full-width digits, each with an optional day of
/// the week that fits and an optional time (`14:30`, `下午2时30分`). Midnight to the second, as programs write it behind every day, is no time.
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str) -> Result<When, DateFault> {
    // The way most are written, without a copy.
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes()
        && [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|b| b.is_ascii_digit())
    {
        let number = |of: &[&u8]| of.iter().fold(0_i16, |n, b| n * 10 + i16::from(**b - b'0'));
        let short = |of: &[&u8]| i8::try_from(number(of)).unwrap_or(0);
        return day(number(&[y1, y2, y3, y4]), short(&[m1, m2]), short(&[d1, d2])).map(|date| When { date, time: None });
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(DateFault::NotADate);
    }
    let text = digits_of_chinese(&text.trim().chars().map(plain).collect::<Vec<_>>());
    let mut at = Cursor { rest: &text };
    let Some(date) = at.date() else { return Err(at.why_not()) };
    let before = at;
    at.spaces();
    let of_week = at.weekday();
    let rest = if of_week.is_some() { at.rest } else { before.rest };
    at.spaces();
    let time = at.time();
    at.spaces();
    if !at.rest.is_empty() {
        return Err(Cursor { rest }.what_follows());
    }
    let date = date?;
    if of_week.is_some_and(|w| w != date.weekday()) {
        return Err(DateFault::NotADate);
    }
    match time {
        Some(None) => Err(DateFault::NotADate),
        Some(Some((time, true))) if time == Time::midnight() => Ok(When { date, time: None }),
        Some(Some((time, _))) => Ok(When { date, time: Some(time) }),
        None => Ok(When { date, time: None }),
    }
}

/// No date is longer, with day of the week and time.
const LONGEST: usize = 60;

/// One spelling for every separator and digit.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '.' | '/' | '．' | '／' | '－' | '—' | '–' | '、' | '。' | '‐' | '‑' | '−' => '-',
        '号' | '號' => '日',
        '时' | '点' | '：' | '時' => ':',
        '（' => '(',
        '）' => ')',
        '～' | '到' => '至',
        c if c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}' => ' ',
        _ => c,
    }
}

/// Chinese numerals before 年, 月, 日, 时 and 分 in digits; others stay, for they are no date.
fn digits_of_chinese(text: &[char]) -> Vec<char> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c || (d == '〇' && matches!(c, '○' | '零' | 'Ｏ')));
    let is_numeral = |c: char| digit(c).is_some() || matches!(c, '十' | '廿');
    let (mut out, mut i) = (Vec::with_capacity(text.len()), 0);
    while let Some(&c) = text.get(i) {
        let end = i + text[i..].iter().take_while(|c| is_numeral(**c)).count();
        let number = match text.get(end) {
            Some('年') if end > i => text[i..end].iter().map(|c| digit(*c)).collect::<Option<Vec<_>>>(),
            Some('月' | '日' | ':' | '分') if end > i => below_hundred(&text[i..end], &digit),
            _ => None,
        };
        match number {
            Some(digits) => {
                out.extend(digits.into_iter().filter_map(|d| char::from_digit(u32::try_from(d).unwrap_or(10), 10)));
                i = end;
            }
            None => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// 五, 十, 十五, 二十, 二十五, 廿五, 〇五.
fn below_hundred(numeral: &[char], digit: &dyn Fn(char) -> Option<usize>) -> Option<Vec<usize>> {
    let one = |c: &char| digit(*c);
    match numeral {
        [a] if *a != '十' && *a != '廿' => Some(vec![one(a)?]),
        ['十'] => Some(vec![1, 0]),
        ['廿'] => Some(vec![2, 0]),
        ['十', b] => Some(vec![1, one(b)?]),
        ['廿', b] | ['二', '十', b] => Some(vec![2, one(b)?]),
        [a, '十'] => Some(vec![one(a)?, 0]),
        [a, '十', b] | [a, b] => Some(vec![one(a)?, one(b)?]),
        _ => None,
    }
}

/// What is left of a text.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    rest: &'t [char],
}

impl Cursor<'_> {
    fn spaces(&mut self) {
        while self.eat(' ') {}
    }

    fn eat(&mut self, c: char) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == c => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let n = word.chars().count();
        let starts = self.rest.len() >= n && self.rest.iter().zip(word.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b));
        if starts {
            self.rest = &self.rest[n..];
        }
        starts
    }

    /// A run of digits: its value and how many.
    fn number(&mut self) -> Option<(i64, usize)> {
        let n = self.rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(n);
        if !(1..=8).contains(&n) {
            return None;
        }
        self.rest = rest;
        Some((digits.iter().fold(0, |all, c| all * 10 + i64::from(c.to_digit(10).unwrap_or(0))), n))
    }

    /// A separator, with spaces around it.
    fn between(&mut self, unit: char) -> bool {
        let before = self.rest;
        self.spaces();
        if self.eat(unit) || self.eat('-') {
            self.spaces();
            return true;
        }
        self.rest = before;
        false
    }

    /// A whole date; nothing is taken when there is none.
    fn date(&mut self) -> Option<Result<Date, DateFault>> {
        let before = self.rest;
        let found = self.parts();
        if found.is_none() {
            self.rest = before;
        }
        let (y, m, d) = found?;
        let short = |n: i64| i8::try_from(n).unwrap_or(0);
        Some(day(i16::try_from(y).unwrap_or(0), short(m), short(d)))
    }

    fn parts(&mut self) -> Option<(i64, i64, i64)> {
        match self.number()? {
            (all, 8) if !matches!(self.rest.first(), Some('年' | '-')) => Some((all / 10_000, all / 100 % 100, all % 100)),
            (y, 4) => {
                let (true, Some((m, 1..=2))) = (self.between('年'), self.number()) else { return None };
                let (true, Some((d, 1..=2))) = (self.between('月'), self.number()) else { return None };
                let before = self.rest;
                self.spaces();
                if !self.eat('日') {
                    self.rest = before;
                    // 2024.3.5. ends a sentence.
                    if let ['-'] = self.rest {
                        self.rest = &[];
                    }
                }
                Some((y, m, d))
            }
            _ => None,
        }
    }

    fn weekday(&mut self) -> Option<Weekday> {
        let before = self.rest;
        let open = self.eat('(');
        let named = ["星期", "礼拜", "周"].iter().any(|w| self.word(w));
        let days = [
            ('一', Weekday::Monday),
            ('二', Weekday::Tuesday),
            ('三', Weekday::Wednesday),
            ('四', Weekday::Thursday),
            ('五', Weekday::Friday),
            ('六', Weekday::Saturday),
            ('日', Weekday::Sunday),
            ('天', Weekday::Sunday),
        ];
        let found = days.into_iter().find(|(c, _)| named && self.eat(*c)).map(|(_, day)| day);
        if found.is_none() || (open && !self.eat(')')) {
            self.rest = before;
            return None;
        }
        found
    }

    /// A time of day, and whether it is written to the second; the inner `None` for one that does not exist.
    fn time(&mut self) -> Option<Option<(Time, bool)>> {
        let before = self.rest;
        let _ = self.eat('T');
        let half = [
            ("凌晨", false),
            ("早上", false),
            ("上午", false),
            ("中午", true),
            ("下午", true),
            ("晚上", true),
            ("晚", true),
            ("午后", true),
        ];
        let half = half.into_iter().find(|(w, _)| self.word(w)).map(|(_, late)| late);
        self.spaces();
        let Some((h, 1..=2)) = self.number() else {
            self.rest = before;
            return None;
        };
        if !self.eat(':') {
            self.rest = before;
            return None;
        }
        let mut part = |after: [char; 2]| {
            self.spaces();
            match self.number() {
                Some((n, 1..=2)) => {
                    let ended = after.iter().any(|c| self.eat(*c));
                    Some((n, ended))
                }
                _ => None,
            }
        };
        let minute = part([':', '分']);
        let second = minute.filter(|(_, more)| *more).and_then(|_| part(['秒', '秒']));
        // Fractions that programs write behind the seconds.
        if second.is_some() && self.rest.starts_with(&['-', '0']) {
            self.rest = &self.rest[1..];
            while self.eat('0') {}
        }
        self.spaces();
        let late = if self.word("AM") {
            Some(false)
        } else if self.word("PM") {
            Some(true)
        } else {
            half
        };
        let hour = match (late, h) {
            (Some(true), 1..=11) => h + 12,
            (Some(false), 12) if half.is_none() => 0,
            _ => h,
        };
        let short = |n: i64| i8::try_from(n).ok();
        let exact = minute.is_some();
        let (m, s) = (minute.map_or(0, |m| m.0), second.map_or(0, |s| s.0));
        let time = short(hour).zip(short(m)).zip(short(s)).and_then(|((h, m), s)| Time::new(h, m, s, 0).ok());
        Some(time.map(|t| (t, exact)))
    }

    /// Why there is no date at the beginning.
    fn why_not(self) -> DateFault {
        let mut numbers: Vec<(i64, usize)> = Vec::new();
        let mut other = false;
        let mut at = self;
        while let Some(c) = at.rest.first().copied() {
            if c.is_ascii_digit() {
                match at.number() {
                    Some(number) => numbers.push(number),
                    None => return DateFault::NotADate,
                }
            } else {
                other |= !matches!(c, '-' | ' ' | '年' | '月' | '日');
                at.rest = &at.rest[1..];
            }
        }
        let named = self.rest.iter().any(|c| matches!(c, '年' | '月'));
        let real_year = |y: i64| (i64::from(FIRST_YEAR)..=i64::from(LAST_YEAR)).contains(&y);
        match numbers.as_slice() {
            _ if other => DateFault::NotADate,
            [(y, 4)] | [(y, 4), (_, 1..=2)] if named || real_year(*y) => DateFault::Incomplete,
            [(ym, 6)] if real_year(ym / 100) && (1..=12).contains(&(ym % 100)) => DateFault::Incomplete,
            [(_, 6 | 7)] => DateFault::Ambiguous,
            [(_, 1..=2)] | [(_, 1..=2), (_, 1..=2)] if named => DateFault::Incomplete,
            [(_, 1..=2), (_, 1..=2), (_, 2 | 4) | (_, 1)] => DateFault::Ambiguous,
            _ => DateFault::NotADate,
        }
    }

    /// What is wrong when something stands behind a whole date: another date, or words.
    fn what_follows(mut self) -> DateFault {
        let joined = self.rest.iter().take_while(|c| matches!(c, '-' | '至' | '~' | ' ' | ',' | '，' | ';' | '；' | '和' | '及')).count();
        let spaces = self.rest.iter().take(joined).all(|c| *c == ' ');
        self.rest = &self.rest[joined..];
        let mut at = self;
        if joined == 0 {
            return DateFault::NotADate;
        }
        let whole = at.date().is_some();
        // 2024.3.5-3.8 and 2024.3.5-8 leave out what is the same.
        let short = |mut at: Cursor<'_>| {
            at.number().is_some_and(|(_, n)| n <= 2) && at.rest.iter().all(|c| c.is_ascii_digit() || matches!(c, '-' | '月' | '日' | ' '))
        };
        if whole || (!spaces && short(self)) { DateFault::Several } else { DateFault::NotADate }
    }
}

#[cfg(test)]
mod tests;
