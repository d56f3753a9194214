//! Numbers of cases and papers inside a text. Must not make two numbers one; words that run into a number before its year stay
//! at its beginning where nothing tells them apart, so a known number is to be looked for at the end of what is found.

use super::line::Line;
use super::spelling::{is_blank, is_han};
use crate::reference::identifiers::canonical_case_no;

/// Characters of what an office puts before the year, at most.
const LONGEST_PREFIX: usize = 14;

/// Words that lead to a number in a sentence and are not part of it.
const LEADS: &[&str] = &[
    "案号为",
    "编号为",
    "文号为",
    "案号",
    "文号",
    "编号",
    "根据",
    "依据",
    "按照",
    "收到",
    "作出",
    "本院",
    "本委",
    "本局",
    "法院",
    "检察院",
    "公安局",
    "分局",
    "中心",
    "委员会",
    "仲裁院",
    "司法局",
    "以",
    "据",
    "持",
    "凭",
    "由",
    "的",
    "和",
    "与",
    "及",
    "为",
    "是",
    "了",
    "第",
];

/// Every number on a line, canonical, in order.
pub fn all(line: &Line) -> Vec<String> {
    if !line.tight.contains('号') && !line.tight.contains('號') {
        return Vec::new();
    }
    let tight: Vec<char> = line.tight.chars().collect();
    let starts: Vec<usize> = line.tight.char_indices().map(|(at, _)| at).collect();
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(open) = tight.get(i..).and_then(|rest| rest.iter().position(|c| opens(*c))).map(|n| i + n) {
        i = open + 1;
        let Some(after) = year(&tight, open) else { continue };
        let Some((end, court)) = serial(&tight, after) else { continue };
        let start = if court { open } else { prefix(line, &tight, &starts, open) };
        let text: String = tight.get(start..end).unwrap_or_default().iter().map(|c| round(*c)).collect();
        found.push(canonical_case_no(&text));
        i = end;
    }
    found
}

/// The number that a label gives, whatever its shape: with a digit, of one piece.
pub fn labelled(value: &[char]) -> Option<String> {
    let end = value.iter().position(|c| matches!(c, ',' | '，' | '。' | ';' | '、' | ':')).unwrap_or(value.len());
    let text: String = value.get(..end)?.iter().filter(|c| !is_blank(**c)).collect();
    let fits = |c: char| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '-');
    let whole = (2..=40).contains(&text.chars().count()) && text.chars().all(fits);
    (whole && text.chars().any(|c| c.is_ascii_digit())).then(|| canonical_case_no(&text))
}

/// Brackets that are not round in plain spelling, but stand around years all the same.
const fn round(c: char) -> char {
    match c {
        '〈' | '<' | '《' | '「' => '(',
        '〉' | '>' | '》' | '」' => ')',
        _ => c,
    }
}

const fn opens(c: char) -> bool {
    round(c) == '('
}

/// Where a bracket with a year ends.
fn year(tight: &[char], open: usize) -> Option<usize> {
    let digits = tight.get(open + 1..open + 5)?;
    let real = matches!(digits, ['1', '9', ..] | ['2', '0', ..]) && digits.iter().all(char::is_ascii_digit);
    let mut close = open + 5;
    if tight.get(close) == Some(&'年') {
        close += 1;
    }
    (real && tight.get(close).is_some_and(|c| round(*c) == ')')).then_some(close + 1)
}

/// Where the number behind the year ends, and whether it is a court's: those have their code behind the year, others before it.
fn serial(tight: &[char], after: usize) -> Option<(usize, bool)> {
    let rest = tight.get(after..)?;
    let mut i = 0;
    let code = |c: &char| is_han(*c) && !matches!(c, '号' | '年' | '月' | '日');
    let digits = |from: usize| rest.get(from..).unwrap_or_default().iter().take(10).take_while(|c| c.is_ascii_digit()).count();
    // 冀1102民初, 字第, 民字第
    let mut han = 0;
    while han <= 12 && rest.get(i).is_some_and(|c| code(c) || c.is_ascii_uppercase()) {
        i += 1;
        han += 1;
    }
    let mut n = digits(i);
    let court =
        han > 0 && matches!(n, 0..=4) && rest.first().is_some_and(|c| PROVINCES.contains(*c)) || rest.starts_with(&['最', '高', '法']);
    if court && rest.get(i + n).is_some_and(code) {
        i += n;
        let kind = rest.get(i..).unwrap_or_default().iter().take(6).take_while(|c| code(c)).count();
        i += kind;
        n = digits(i);
    }
    // 12-13号 and 12号之一
    let mut end = i + n;
    if n > 0 && matches!(rest.get(end), Some('-' | '之')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if han > 12 || !(1..=9).contains(&n) || !matches!(rest.get(end), Some('号' | '號')) {
        return None;
    }
    end += 1;
    if rest.get(end) == Some(&'之') {
        let part = rest
            .get(end + 1..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .take_while(|c| "一二三四五六七八九十".contains(**c) || c.is_ascii_digit())
            .count();
        if part > 0 {
            end += 1 + part;
        }
    }
    Some((after + end, court))
}

/// Short names of provinces and the special codes, as courts' numbers begin.
const PROVINCES: &str = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军兵";

/// Where the part before the year begins.
fn prefix(line: &Line, tight: &[char], starts: &[usize], open: usize) -> usize {
    let before = tight.get(..open).unwrap_or_default();
    let run = before.iter().rev().take(LONGEST_PREFIX).take_while(|c| is_han(**c) || c.is_ascii_alphabetic()).count();
    let mut start = open - run;
    // A wide gap parts cells; letters spaced evenly are one word.
    let place = |n: usize| starts.get(n).map_or(0, |byte| line.span(*byte..byte + 1).start);
    for i in (start + 1..=open).rev() {
        let between = place(i - 1) + 1..place(i);
        if between.len() >= 2 || line.part(between).contains(&'\t') {
            start = i;
            break;
        }
    }
    let text: String = tight.get(start..open).unwrap_or_default().iter().collect();
    let cut = LEADS.iter().filter_map(|lead| text.rfind(lead).map(|at| at + lead.len())).filter(|at| *at < text.len()).max();
    start + cut.map_or(0, |at| text.get(..at).unwrap_or_default().chars().count())
}
