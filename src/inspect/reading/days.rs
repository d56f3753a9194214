//! Dates inside a text. Must not read what is no whole date, nor a date out of a longer number.

use std::ops::Range;

use jiff::civil::Date;

use super::spelling::is_blank;
use crate::base::date;

/// What a date is written with, in plain spelling.
pub const fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿')
}

/// Reads through the parts of a date.
struct Reader<'a> {
    chars: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn now(&self) -> char {
        self.chars.get(self.at).copied().unwrap_or('\n')
    }

    fn blanks(&mut self) {
        while matches!(self.now(), ' ') {
            self.at += 1;
        }
    }

    /// So many numerals: digits, or Chinese ones.
    fn numerals(&mut self, least: usize, most: usize) -> Option<bool> {
        let digits = self.now().is_ascii_digit();
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let n = rest.iter().take(most + 1).take_while(|c| is_numeral(**c) && c.is_ascii_digit() == digits).count();
        if !(least..=most).contains(&n) {
            return None;
        }
        self.at += n;
        Some(digits)
    }

    fn eat(&mut self, any: &[char]) -> Option<char> {
        self.blanks();
        let c = self.now();
        if !any.contains(&c) {
            return None;
        }
        self.at += 1;
        self.blanks();
        Some(c)
    }
}

/// The date that begins at a place, and where it ends. `packed` also takes eight digits.
pub fn at(chars: &[char], start: usize, packed: bool) -> Option<(Date, usize)> {
    let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied().unwrap_or(' ');
    if is_numeral(before) || (before.is_ascii_alphanumeric()) || matches!(before, '-' | '.' | '/') {
        return None;
    }
    let mut read = Reader { chars, at: start };
    let digits = read.now().is_ascii_digit();
    let eight = chars.get(start..start + 9).unwrap_or_else(|| chars.get(start..).unwrap_or_default());
    if packed && digits && eight.iter().take_while(|c| c.is_ascii_digit()).count() == 8 {
        let text: String = eight.iter().take(8).collect();
        return date::read(&text).ok().map(|w| (w.date, start + 8));
    }
    read.numerals(4, 4)?;
    let first = read.eat(&['年', '-', '.', '/'])?;
    if !digits && first != '年' {
        return None;
    }
    let day = |c: char| if first == '年' { c == '月' } else { c == first };
    read.numerals(1, if digits { 2 } else { 3 })?;
    read.eat(&['月', '-', '.', '/']).filter(|c| day(*c))?;
    let digits_of_day = read.numerals(1, 3)?;
    let end = read.at;
    read.blanks();
    let whole = matches!(read.now(), '日' | '号');
    let end = if whole { read.at + 1 } else { end };
    let next = chars.get(end).copied().unwrap_or(' ');
    if !whole && digits_of_day && next.is_ascii_digit()
        || matches!(next, '-' | '/') && first != '年' && chars.get(end + 1).is_some_and(char::is_ascii_digit)
    {
        return None;
    }
    let text: String = chars.get(start..end)?.iter().filter(|c| !is_blank(**c)).collect();
    date::read(&text).ok().map(|w| (w.date, end))
}

/// Every date on a line, with where it stands.
pub fn all(chars: &[char]) -> Vec<(Date, Range<usize>)> {
    let (mut found, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        match chars.get(i).filter(|c| is_numeral(**c)).and_then(|_| at(chars, i, false)) {
            Some((date, end)) => {
                found.push((date, i..end));
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}
