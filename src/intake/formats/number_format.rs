//! Whether a number format makes a day, a length of time or a number, by the same rules as the reader of xlsx has, so that one
//! register in two formats gives the same dates. Must not format anything.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::super::row::Row;

/// What a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// A number.
    #[default]
    Number,
    /// A day, a time of day or both.
    Day,
    /// A length of time.
    Length,
}

/// A format by its number in files of Excel.
pub const fn by_number(number: u16) -> Format {
    match number {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Format::Day,
        46 => Format::Length,
        _ => Format::Number,
    }
}

/// A format by its code, for example `yyyy"年"m"月"`.
pub fn by_code(code: &str) -> Format {
    let (mut escaped, mut quoted, mut brackets, mut ampm) = (false, false, 0_u32, false);
    let (mut length, mut before) = (false, ' ');
    for c in code.chars() {
        let low = c.to_ascii_lowercase();
        if escaped {
            escaped = false;
        } else if matches!(c, '_' | '\\' | '*') {
            escaped = true;
        } else if c == '"' {
            quoted = !quoted;
        } else if quoted {
        } else if c == ';' {
            return Format::Number;
        } else if c == '[' {
            brackets += 1;
        } else if c == ']' {
            if brackets == 1 && length {
                return Format::Length;
            }
            brackets = brackets.saturating_sub(1);
        } else if brackets == 0 && !ampm && low == 'a' {
            ampm = true;
        } else if brackets == 0 && if ampm { matches!(low, 'p' | 'm' | '/') } else { matches!(low, 'd' | 'm' | 'h' | 'y' | 's') } {
            return Format::Day;
        } else if !(length && low == before) {
            length = before == '[' && matches!(low, 'm' | 'h' | 's');
        }
        before = low;
    }
    Format::Number
}

/// Adds a number to a row as its format says.
pub fn push(row: &mut Row, col: u16, number: f64, format: Format, from_1904: bool) {
    if format == Format::Day && number.is_finite() {
        let (y, mo, d, h, mi, s, _) = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, from_1904).to_ymd_hms_milli();
        row.push_date(col, (y, mo, d), (h, mi, s));
    } else {
        row.push_number(col, number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let day = ["yyyy-mm-dd", "[$-804]yyyy\"年\"m\"月\"d\"日\"", "h:mm AM/PM", "[DBNum1]yyyy", "m/d", "_(yyyy", "mmss.0", "A/P"];
        let length = ["[h]:mm:ss", "[mm]:ss"];
        let number = ["General", "0.00", "@", "#,##0\\ [$\\u20bd-46D]", "\"d\"0", "0;yyyy", "\\d0", "_d0", "[Red]0", ""];
        for (codes, want) in [(day.as_slice(), Format::Day), (&length, Format::Length), (&number, Format::Number)] {
            for code in codes {
                assert_eq!(by_code(code), want, "{code}");
            }
        }
    }
}
