//! Blanks of forms that nobody filled in: dates, signatures, numbers. Must not take a word for a blank.

use super::days;
use super::line::{Found, Line};
use super::spelling::{is_blank, is_han, is_open};
use crate::inspect::words::LabelKind;
use crate::model::inside::BlankKind;

/// A line with its labels.
pub type Labelled<'l, 'w> = (&'l Line, &'l [Found<'w>]);

/// Every blank on a line, in order of kinds. `next` is the next line that is not empty.
pub fn all(line: &Line, labels: &[Found<'_>], next: Option<Labelled<'_, '_>>) -> Vec<BlankKind> {
    let mut found = vec![BlankKind::Date; dates(line)];
    found.extend(vec![BlankKind::Signature; signatures(line, next)]);
    found.extend(vec![BlankKind::Number; numbers(line) + labelled(line, labels, next)]);
    found
}

/// Whether nothing was written in a part: blanks, rules, and what forms print around them.
pub fn is_unfilled(part: &[char]) -> bool {
    part.iter().all(|c| is_open(*c) || matches!(c, '年' | '月' | '日' | '元' | '号' | '第' | '(' | ')' | '.' | '/'))
}

/// `年 月 日` where month or day is not written; a printed year alone does not fill it.
fn dates(line: &Line) -> usize {
    let years = line.chars.iter().enumerate().filter(|(_, c)| **c == '年').map(|(i, _)| i);
    years.filter(|year| is_open_date(line, *year) || is_half_date(line, *year)).count()
}

fn open_run(line: &Line, from: usize) -> usize {
    from + line.chars.get(from..).unwrap_or_default().iter().take_while(|c| is_open(**c)).count()
}

/// `2024年2月  日`: only the day is not written.
fn is_half_date(line: &Line, year: usize) -> bool {
    let from = open_run(line, year + 1);
    let digits = line.chars.get(from..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    let month = from + digits;
    let day = open_run(line, month + 1);
    (1..=2).contains(&digits) && line.char(month) == '月' && line.char(day) == '日' && day - month > 2 && !is_han(line.char(day + 1))
}

fn is_open_date(line: &Line, year: usize) -> bool {
    let month = open_run(line, year + 1);
    let day = open_run(line, month + 1);
    if line.char(month) != '月' || line.char(day) != '日' {
        return false;
    }
    let inner = (month - year - 1).max(day - month - 1);
    let after = line.char(day + 1);
    let before = line.chars.get(..year).unwrap_or_default();
    let gap = before.iter().rev().take_while(|c| is_open(**c)).count();
    let word = before.iter().rev().nth(gap).copied();
    let tab = before.iter().rev().take(gap).any(|c| *c == '\t');
    // 出生年月日 and 出 生 年 月 日 are labels; （年 月 日） says how to write a date.
    let label = word.is_some_and(|c| is_han(c) && !"于至自在从到".contains(c) && !days::is_numeral(c)) && gap <= inner && !tab;
    let hint = word == Some('(') && after == ')';
    inner >= 1 && !label && !hint && after != '期'
}

/// Words that ask for a signature; a seal has no text of its own.
const SIGNATURES: &[&str] = &["签名", "签字", "签章"];

fn signatures(line: &Line, next: Option<Labelled<'_, '_>>) -> usize {
    if !line.tight.contains('签') {
        return 0;
    }
    let ends = SIGNATURES.iter().flat_map(|w| line.tight.match_indices(w).map(|(at, w)| line.span(at..at + w.len()).end));
    ends.filter(|end| is_unsigned(line, *end, next)).count()
}

/// Whether nothing stands behind the colon that follows 签名.
fn is_unsigned(line: &Line, end: usize, next: Option<Labelled<'_, '_>>) -> bool {
    let between = line.chars.get(end..).unwrap_or_default().iter().take(16);
    let fits = |c: &char| {
        is_blank(*c) && *c != '\t'
            || matches!(c, '(' | ')' | '、' | '/' | '或' | '者' | '捺' | '印' | '盖' | '章' | '按' | '手' | '指' | '并' | '及' | '处')
    };
    let colon = end + between.take_while(|c| fits(c)).count();
    if line.char(colon) != ':' {
        return false;
    }
    // What stands behind it up to the next label or the next cell that is filled.
    let start = open_run(line, colon + 1);
    let rest = line.chars.get(start..).unwrap_or_default();
    let stop = rest.iter().position(|c| is_open(*c)).unwrap_or(rest.len());
    let word = rest.get(..stop).unwrap_or_default();
    let dated = days::at(&line.chars, start, true).is_some() || word.starts_with(&['年']) || rest.first() == Some(&'月');
    let label = word.contains(&':') && word.iter().position(|c| *c == ':').is_some_and(|i| i >= 2);
    if !(word.is_empty() || dated || label) {
        return false;
    }
    // A name may stand on the line below.
    !next.is_some_and(|(below, labels)| {
        let cells: Vec<usize> = below.chars.split(|c| is_blank(*c)).map(<[char]>::len).filter(|n| *n > 0).collect();
        let names = below.tight.chars().all(|c| is_han(c) || c == '·') && below.tight != "年月日";
        let whole = (2..=4).contains(&below.tight.chars().count());
        labels.is_empty() && names && (whole || cells.iter().all(|n| (2..=4).contains(n)))
    })
}

/// `〔 〕 第 号` without a serial number.
fn numbers(line: &Line) -> usize {
    if !line.tight.contains('号') {
        return 0;
    }
    let opens = line.chars.iter().enumerate().filter(|(_, c)| **c == '(').map(|(i, _)| i);
    opens.filter(|open| is_open_number(line, *open)).count()
}

fn is_open_number(line: &Line, open: usize) -> bool {
    let rest = line.part(open + 1..open + 41);
    let Some(close) = rest.iter().position(|c| *c == ')') else { return false };
    let (year, behind) = (rest.get(..close).unwrap_or_default(), rest.get(close + 1..).unwrap_or_default());
    let dated = year.iter().filter(|c| !is_open(**c)).count();
    if !year.iter().all(|c| is_open(*c) || c.is_ascii_digit() || *c == '年') || dated > 5 {
        return false;
    }
    let Some(end) = behind.iter().position(|c| *c == '号') else { return false };
    let serial = behind.get(..end).unwrap_or_default();
    let words = serial.iter().filter(|c| !is_open(**c)).count();
    let plain = serial.iter().all(|c| is_open(*c) || is_han(*c) && !days::is_numeral(*c)) && words <= 6;
    let gap = serial.iter().any(|c| is_open(*c)) || serial.contains(&'第');
    let thing = matches!(behind.get(end + 1), Some('楼' | '房' | '院' | '车' | '线' | '码'));
    plain && (gap || dated == 0 && year.len() > dated) && !thing
}

/// `编号：` with nothing behind it.
fn labelled(line: &Line, labels: &[Found<'_>], next: Option<Labelled<'_, '_>>) -> usize {
    let number = |f: &&Found<'_>| f.colon && f.label.is_some_and(|l| matches!(l.kind, LabelKind::Number | LabelKind::Archive));
    let empty = |f: &&Found<'_>| {
        line.part(f.value.clone()).iter().all(|c| is_open(*c)) && {
            let below = next.filter(|_| line.ends(f.span.end));
            !below.is_some_and(|(below, labels)| labels.is_empty() && below.tight.chars().any(|c| c.is_ascii_digit()))
        }
    };
    labels.iter().filter(number).filter(empty).count()
}
