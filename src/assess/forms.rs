//! What is personal by its form alone, whoever it belongs to: numbers of identity cards and mobile phones, and what follows the
//! case number in the name of a dossier. Must not know values of a case: [`mask`](super::mask) does.

use std::borrow::Cow;

use crate::reference::identifiers::{id_card, narrow};

/// Digits of the shortest number that is hidden.
const SHORTEST: usize = 11;
/// Digits of the longest run in which a number is looked for that stands among others.
const LONGEST: usize = 40;

/// A text without numbers that have the form of an identity card's or a mobile phone's; `None` when it has none.
pub fn hidden(text: &str, instead: &str) -> Option<String> {
    // A run so long covers one byte in so many; a full-width digit has three bytes.
    if !text.bytes().skip(SHORTEST - 1).step_by(SHORTEST).any(|b| b.is_ascii_digit() || b == 0xEF) {
        return None;
    }
    let (mut out, mut kept) = (String::new(), 0);
    let mut chars = text.char_indices().peekable();
    let mut run = String::new();
    while let Some((start, c)) = chars.next() {
        if !narrow(c).is_ascii_digit() {
            continue;
        }
        run.clear();
        run.push(narrow(c));
        while let Some((_, c)) = chars.next_if(|(_, c)| narrow(*c).is_ascii_digit()) {
            run.push(narrow(c));
        }
        let x = chars.peek().filter(|(_, c)| matches!(narrow(*c), 'x' | 'X')).copied();
        let with_x = x.is_some() && is_personal(&run, true);
        if with_x {
            chars.next();
        } else if !is_personal(&run, false) {
            continue;
        }
        out.push_str(&text[kept..start]);
        out.push_str(instead);
        kept = chars.peek().map_or(text.len(), |(at, _)| *at);
    }
    (kept > 0).then(|| out + &text[kept..])
}

/// Whether a run of digits, with an X after it or not, is or holds a personal number.
fn is_personal(run: &str, x: bool) -> bool {
    let number = |from: usize, to: usize| run.get(from..to).and_then(|d| d.parse::<u32>().ok()).unwrap_or(0);
    let day = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let region = run.as_bytes().first().is_some_and(|b| *b != b'0');
    let born = region && (1900..=2099).contains(&number(6, 10)) && day(number(10, 12), number(12, 14));
    let mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
    match (run.len(), x) {
        (17, true) => born,
        (18, false) => born && (number(6, 10) < RECENT || id_card(run).is_ok()),
        (11, false) => mobile(run),
        (13, false) => run.strip_prefix("86").is_some_and(mobile),
        (15, false) => region && day(number(8, 10), number(10, 12)) && number(6, 8) >= OLD,
        (19..=LONGEST, _) => {
            let whole = if x { format!("{run}X") } else { run.to_owned() };
            (0..=whole.len() - 18).any(|at| whole.get(at..at + 18).is_some_and(|n| !n.starts_with('0') && id_card(n).is_ok()))
        }
        _ => false,
    }
}

/// The platforms number cases by region, day and a count, which looks like somebody born lately: from this year on the check
/// character has to fit as well.
const RECENT: u32 = 2012;
/// Old numbers of 15 digits were given to those born before 2000; few of them were born before 1920.
const OLD: u32 = 20;

/// A path whose folders and files are called by their case numbers alone, with `…` for the words after a number.
pub fn numbers_only(path: &str) -> Cow<'_, str> {
    let short = |part: &str| -> Option<String> {
        let end = end_of_number(part)?;
        let rest = &part[end..];
        let is_extension = |e: &str| !e.is_empty() && e.len() <= 6 && e.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'!');
        let (words, dot) = rest.rsplit_once('.').filter(|(_, e)| is_extension(e)).map_or((rest, rest.len()), |(w, _)| (w, w.len()));
        words.contains(char::is_alphabetic).then(|| format!("{}…{}", &part[..end], &rest[dot..]))
    };
    if !path.split('/').any(|part| short(part).is_some()) {
        return Cow::Borrowed(path);
    }
    let parts: Vec<Cow<'_, str>> = path.split('/').map(|part| short(part).map_or(Cow::Borrowed(part), Cow::Owned)).collect();
    Cow::Owned(parts.join("/"))
}

/// Brackets around a year, narrow.
const OPENING: &str = "([{【〔〖﹝";
const CLOSING: &str = ")]}】〕〗﹞";

/// Where the case number ends that a name begins with: after the digits, and 号, that follow a year.
fn end_of_number(name: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = name.char_indices().map(|(at, c)| (at, narrow(c))).collect();
    let digit = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
    let year = (0..chars.len()).find(|&i| {
        let century = matches!((chars.get(i), chars.get(i + 1)), (Some((_, '1')), Some((_, '9'))) | (Some((_, '2')), Some((_, '0'))));
        century && (i..i + 4).all(digit) && !digit(i + 4) && (i == 0 || !digit(i - 1))
    })?;
    // 〔2024〕民援字第9号
    let from = (year + 4..chars.len()).take(8).find(|&i| digit(i))?;
    let mut end = (from..chars.len()).find(|&i| !digit(i)).unwrap_or(chars.len());
    let part = |i: usize| chars.get(i).is_some_and(|(_, c)| matches!(c, '-' | '—' | '－')) && digit(i + 1);
    while part(end) {
        end = (end + 1..chars.len()).find(|&i| !digit(i)).unwrap_or(chars.len());
    }
    // A year without brackets may begin a day, so 号 has to follow.
    let bracket = |at: usize, all: &str| chars.get(at).is_some_and(|(_, c)| all.contains(*c));
    let closed = bracket(year + 4, CLOSING) || (bracket(year + 4, "年") && bracket(year + 5, CLOSING));
    if bracket(end, "号號") {
        end += 1;
    } else if !(closed && year > 0 && bracket(year - 1, OPENING)) {
        return None;
    }
    Some(chars.get(end).map_or(name.len(), |(at, _)| *at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_go_and_others_stay() {
        for (text, want) in [
            ("511322199003071234.jpg", "#.jpg"),
            ("11010119900307013X正面.jpg", "#正面.jpg"),
            ("甲11010119900307013x、乙", "甲#、乙"),
            ("13800138000.pdf", "#.pdf"),
            ("电话8613800138000", "电话#"),
            ("１３８００１３８０００", "#"),
            ("110105491231002", "#"),
            ("0111010519491231002X.jpg", "#.jpg"),
            ("甲13800138000乙511322199003071234", "甲#乙#"),
        ] {
            assert_eq!(hidden(text, "#").as_deref(), Some(want), "{text}");
        }
        for text in [
            "",
            "12800138000",
            "138001380001",
            "990101202403150002",
            "20240506123456",
            "mmexport1710000000000",
            "511322199013071234",
            "91350100M000100Y43",
            "东岭援民〔2024〕1号，申请表（一）；审批表，结案报告",
            "13301201510123456",
        ] {
            assert_eq!(hidden(text, "#"), None, "{text}");
        }
        assert_eq!(hidden(&"9".repeat(100_000), "#"), None);
    }

    #[test]
    fn words_after_a_case_number_go() {
        for (path, want) in [
            ("案卷/东岭援民〔2024〕9号 司马光明离婚/01申请表.pdf", "案卷/东岭援民〔2024〕9号…/01申请表.pdf"),
            ("东岭（2024）民援字第9号司马.zip", "东岭（2024）民援字第9号….zip"),
            ("东岭援民〔2024〕9号司马.zip!/申请表.pdf", "东岭援民〔2024〕9号….zip!/申请表.pdf"),
            ("2024年9号司马", "2024年9号…"),
            ("〔2024〕9-1司马", "〔2024〕9-1…"),
        ] {
            assert_eq!(numbers_only(path), want);
        }
        for path in [
            "东岭援民〔2024〕9号",
            "东岭援民〔2024〕9号（2）/申请表.pdf",
            "东岭援民〔2024〕9号.zip",
            "2024年1月登记表.xlsx",
            "2024-05-06汇总.pdf",
            "案卷/申请表.pdf",
            "",
        ] {
            assert_eq!(numbers_only(path), path);
        }
    }
}
