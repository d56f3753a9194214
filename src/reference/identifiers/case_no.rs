//! Case numbers (案号): one spelling for comparing, and the parts of a court's number.
//! Must not make two really different numbers equal.

use super::{is_blank, narrow};

/// One spelling for every way of writing the same number: `东岭援民字[2024]第012号` and `东岭援民（2024）12` are
/// `东岭援民〔2024〕12号`. Width, spaces, kinds of brackets and dashes, the particles 字 and 第 where they lead to a number,
/// leading zeros of the serial number and the closing 号 make no difference. Nothing else is changed, and doing it twice
/// changes nothing.
pub fn canonical_case_no(text: &str) -> String {
    let mut now: Vec<char> = text.chars().filter(|c| !is_blank(*c)).map(|c| standard(narrow(c))).collect();
    if now.len() > LONGEST {
        return now.into_iter().collect();
    }
    // Taking one particle away can uncover another, so it is repeated until nothing changes; every round shortens the text
    // or leaves fewer 字.
    loop {
        let next = round(&now);
        if next == now {
            break;
        }
        now = next;
    }
    if now.contains(&'〔') && now.last().is_some_and(char::is_ascii_digit) {
        now.push('号');
    }
    now.into_iter().collect()
}

/// Characters of the longest text that can be a number: what is longer is left as it is, for every round costs its length.
const LONGEST: usize = 300;

fn standard(c: char) -> char {
    match c {
        '(' | '[' | '{' | '【' | '〖' | '﹝' | '﹙' | '﹛' => '〔',
        ')' | ']' | '}' | '】' | '〗' | '﹞' | '﹚' | '﹜' => '〕',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' => '-',
        '號' => '号',
        _ => c,
    }
}

fn round(text: &[char]) -> Vec<char> {
    let mut text = text;
    // A closing 号 is put back at the end of the work, so that a number with and one without it are the same.
    while let [rest @ .., '号'] = text
        && rest.last().is_some_and(|c| c.is_ascii_digit() || *c == '号')
    {
        text = rest;
    }
    let digit = |i: usize| text.get(i).is_some_and(char::is_ascii_digit);
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut i = 0;
    while let Some(&c) = text.get(i) {
        let after_digit = out.last().is_some_and(char::is_ascii_digit);
        let next = text.get(i + 1).copied();
        match c {
            // 字〔2024〕 字第12 字12
            '字' if i > 0 && (next == Some('〔') || digit(i + 1) || (next == Some('第') && digit(i + 2))) => {
                // Between two digits something has to stand, or 1字23 would be 12字3.
                if after_digit && digit(i + 1) {
                    out.push('第');
                }
            }
            // 〕第12 字第12 and 第12 at the very beginning; 第1中心 keeps its 第.
            '第' if digit(i + 1) && ends_a_number(text, i + 1) && (i == 0 || matches!(text[i - 1], '〕' | '字' | '第' | '-')) => {
                if after_digit {
                    out.push('第');
                }
            }
            // 〔2024年〕
            '年' if after_digit && next == Some('〕') && i >= 5 && text[i - 5] == '〔' => {}
            '0' if !after_digit && digit(i + 1) && ends_a_number(text, i) => {}
            _ => out.push(c),
        }
        i += 1;
    }
    out
}

/// Whether the digits from `i` on are a serial number: up to the end, 号, 之 or a dash. A court's code (冀0102民初…) is not.
fn ends_a_number(text: &[char], i: usize) -> bool {
    let rest = &text[i..];
    let end = rest.iter().position(|c| !c.is_ascii_digit()).unwrap_or(rest.len());
    matches!(rest.get(end), None | Some('号' | '之' | '-'))
}

/// The order in which people list case numbers: digits by their value, 〔2024〕2号 before 〔2024〕10号; ties by plain text.
pub fn order_case_no(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        let number = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
        let (n, m) = (number(x), number(y));
        let step = if n > 0 && m > 0 {
            let (p, q) = (x[..n].trim_start_matches('0'), y[..m].trim_start_matches('0'));
            let order = p.len().cmp(&q.len()).then(p.cmp(q));
            (x, y) = (&x[n..], &y[m..]);
            order
        } else {
            let (p, q) = (x.chars().next(), y.chars().next());
            if p.is_none() && q.is_none() {
                return a.cmp(b);
            }
            let order = p.cmp(&q);
            x = &x[p.map_or(0, char::len_utf8)..];
            y = &y[q.map_or(0, char::len_utf8)..];
            order
        };
        if step.is_ne() {
            return step;
        }
    }
}

/// The parts of a court's case number: （2024）冀1102民初1234号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourtNo {
    /// Year of filing.
    pub year: i16,
    /// 法院代字: 最高法, 冀, 冀11, 冀1102; with 知 and its kin after it where written.
    pub court: String,
    /// 类型代字: 民初, 刑终, 执保 …
    pub kind: String,
    /// Serial number without leading zeros.
    pub serial: u32,
    /// 之一 and the like.
    pub part: Option<String>,
}

/// What is wrong with a court's case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CourtNoFault {
    /// No year in brackets at the beginning.
    Year,
    /// No code of a court after the year.
    Court,
    /// No type of case, or one longer than four characters.
    Kind,
    /// No serial number of one to eight digits.
    Serial,
    /// No 号, or something after it that is no 之….
    End,
}

/// Short names of provinces and the special codes 军 and 兵.
const PROVINCES: &str = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军兵";

/// Reads a court's case number (人民法院案件案号), brackets and digits of any width.
///
/// # Errors
/// The first part that is wrong.
pub fn court_case_no(text: &str) -> Result<CourtNo, CourtNoFault> {
    let text: Vec<char> = text.chars().filter(|c| !is_blank(*c)).map(|c| standard(narrow(c))).collect();
    let ['〔', y1, y2, y3, y4, '〕', rest @ ..] = text.as_slice() else { return Err(CourtNoFault::Year) };
    let year = String::from_iter([y1, y2, y3, y4]).parse().map_err(|_| CourtNoFault::Year)?;
    if !(1900..=2099).contains(&year) {
        return Err(CourtNoFault::Year);
    }
    let (name, rest) = match rest {
        ['最', '高', '法', rest @ ..] => ("最高法".to_owned(), rest),
        [c, rest @ ..] if PROVINCES.contains(*c) => (c.to_string(), rest),
        _ => return Err(CourtNoFault::Court),
    };
    let (code, rest) = digits(rest);
    if !matches!(code.len(), 0 | 2 | 4) || (name == "最高法" && !code.is_empty()) {
        return Err(CourtNoFault::Court);
    }
    let (special, rest) = match rest {
        ['知', rest @ ..] => ("知", rest),
        _ => ("", rest),
    };
    let kind_end = rest.iter().position(char::is_ascii_digit).ok_or(CourtNoFault::Serial)?;
    let (kind, rest) = rest.split_at(kind_end);
    if !(1..=4).contains(&kind.len()) || !kind.iter().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)) {
        return Err(CourtNoFault::Kind);
    }
    let (serial, rest) = digits(rest);
    if serial.len() > 8 {
        return Err(CourtNoFault::Serial);
    }
    let serial = serial.parse().map_err(|_| CourtNoFault::Serial)?;
    let part = match rest {
        ['号'] => None,
        ['号', part @ ..] if part.len() > 1 && part[0] == '之' => Some(part.iter().collect()),
        _ => return Err(CourtNoFault::End),
    };
    Ok(CourtNo { year, court: format!("{name}{code}{special}"), kind: kind.iter().collect(), serial, part })
}

fn digits(text: &[char]) -> (String, &[char]) {
    let end = text.iter().position(|c| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].iter().collect(), &text[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn listed_by_value() {
        let mut numbers = ["乙〔2024〕10号", "乙〔2024〕2号", "甲〔2024〕3号", "乙〔2023〕9号", "乙〔2024〕2号之一"];
        numbers.sort_by(|a, b| order_case_no(a, b));
        assert_eq!(numbers, ["乙〔2023〕9号", "乙〔2024〕2号", "乙〔2024〕2号之一", "乙〔2024〕10号", "甲〔2024〕3号"]);
    }

    #[test]
    fn one_spelling() {
        let same = [
            "东岭援民〔2024〕12号",
            "东岭援民字〔2024〕第12号",
            "东岭援民字[2024]第012号",
            "东岭援民（2024）12",
            " 东岭援民【２０２４】００１２ 号",
            "东岭援民［2024年］第12號",
            "东岭援民(2024)字第12号",
        ];
        for text in same {
            assert_eq!(canonical_case_no(text), "东岭援民〔2024〕12号", "{text}");
        }
        for (text, canonical) in [
            ("（2024）冀0102民初0012号", "〔2024〕冀0102民初12号"),
            ("MZ2024001", "MZ2024001"),
            ("2024-民-007号", "2024-民-7"),
            ("2024字第12号", "2024第12"),
            ("", ""),
            ("00", "0"),
            ("东岭援民〔2024〕12号之一", "东岭援民〔2024〕12号之一"),
        ] {
            assert_eq!(canonical_case_no(text), canonical, "{text}");
        }
    }

    #[test]
    fn different_numbers_stay_different() {
        let different = [
            ("2024字12", "20241字2"),
            ("2024第12号", "20241第2号"),
            ("东岭第1中心〔2024〕2号", "东岭1中心〔2024〕2号"),
            ("文字援〔2024〕2号", "文援〔2024〕2号"),
            ("东岭援民〔2024〕12号", "东岭援刑〔2024〕12号"),
            ("东岭援民〔2024〕12号", "东岭援民〔2024〕12号之一"),
            ("东岭援民〔2024〕1-2号", "东岭援民〔2024〕12号"),
            ("东岭援民〔2024〕100号", "东岭援民〔2024〕10号"),
            ("东岭援民〔2023〕12号", "东岭援民〔2024〕12号"),
        ];
        for (a, b) in different {
            assert_ne!(canonical_case_no(a), canonical_case_no(b), "{a} {b}");
        }
        // A text of a whole cell is no number, and must not cost its square.
        let whole = format!("{}1", "字".repeat(30_000));
        assert_eq!(canonical_case_no(&whole), whole);
    }

    #[test]
    fn court_numbers() {
        let read = |text: &str| court_case_no(text).map(|n| (n.year, n.court, n.kind, n.serial, n.part));
        let part = |p: &str| Some(p.to_owned());
        assert_eq!(read("(2024)冀1102民初1234号"), Ok((2024, "冀1102".into(), "民初".into(), 1234, None)));
        assert_eq!(read("（2019）最高法知民终1号"), Ok((2019, "最高法知".into(), "民终".into(), 1, None)));
        assert_eq!(read("〔2024〕冀1102执保12号之一"), Ok((2024, "冀1102".into(), "执保".into(), 12, part("之一"))));
        assert_eq!(read("(2024)冀民终０５号"), Ok((2024, "冀".into(), "民终".into(), 5, None)));
        for (text, fault) in [
            ("冀1102民初1234号", CourtNoFault::Year),
            ("(2024)河1102民初1号", CourtNoFault::Court),
            ("(2024)冀110民初1号", CourtNoFault::Court),
            ("(2024)冀1102民初号", CourtNoFault::Serial),
            ("(2024)冀11021号", CourtNoFault::Court),
            ("(2024)冀1102民初123456789号", CourtNoFault::Serial),
            ("(2024)冀1102民初1", CourtNoFault::End),
            ("民终×××号", CourtNoFault::Year),
        ] {
            assert_eq!(court_case_no(text).err(), Some(fault), "{text}");
        }
    }

    proptest! {
        #[test]
        fn twice_changes_nothing(text in "[字第号年之〔〕（）\\[\\]0-9０-３ 东援-]{0,14}") {
            let once = canonical_case_no(&text);
            prop_assert_eq!(canonical_case_no(&once), once);
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}") {
            let once = canonical_case_no(&text);
            prop_assert_eq!(canonical_case_no(&once), once);
            let _ = (court_case_no(&text), super::super::id_card(&text), super::super::credit_code(&text));
        }

        #[test]
        fn equal_only_when_the_parts_are(
            a in ("[东西援民刑]{1,4}", 2020_u16..2026, 0_u32..200), b in ("[东西援民刑]{1,4}", 2020_u16..2026, 0_u32..200),
            zeros in "0{0,3}", ways in 0_usize..4,
        ) {
            let plain = |(p, y, n): &(String, u16, u32)| format!("{p}〔{y}〕{n}号");
            let (p, y, n) = &a;
            let dressed = match ways {
                0 => format!("{p}字（{y}）第{zeros}{n}号"),
                1 => format!(" {p} [{y}] {zeros}{n}"),
                2 => format!("{p}【{y}年】字第{zeros}{n}号"),
                _ => format!("{p}字〔{y}〕{zeros}{n} 號"),
            };
            prop_assert_eq!(canonical_case_no(&dressed), plain(&a));
            prop_assert_eq!(canonical_case_no(&dressed) == canonical_case_no(&plain(&b)), a == b);
        }
    }
}
