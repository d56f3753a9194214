//! Numbers with a form or a checksum: identity cards, credit codes, case numbers.

/// One spelling for a case number (案号): half-width, no spaces, `〔〕` brackets, no `字` and `第`, no leading zeros, `号` at the end of
/// a bracketed number. `东岭援民字[2024]第012号` and `东岭援民（2024）12` are both `东岭援民〔2024〕12号`.
pub fn canonical_case_no(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut in_number, mut bracketed) = (false, false);
    let mut chars = raw.chars().filter_map(narrow).peekable();
    while let Some(c) = chars.next() {
        match c {
            '字' if chars.peek().is_some_and(|n| matches!(n, '〔' | '第') || n.is_ascii_digit()) => continue,
            '第' if chars.peek().is_some_and(char::is_ascii_digit) => continue,
            '0' if !in_number && chars.peek().is_some_and(char::is_ascii_digit) => continue,
            '〕' => bracketed = true,
            _ => {}
        }
        in_number = c.is_ascii_digit();
        out.push(c);
    }
    if bracketed && in_number {
        out.push('号');
    }
    out
}

/// Half-width, one kind of bracket, no space.
fn narrow(c: char) -> Option<char> {
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    match c {
        '[' | '(' | '【' | '〔' | '{' | '〖' => Some('〔'),
        ']' | ')' | '】' | '〕' | '}' | '〗' => Some('〕'),
        '\u{FEFF}' | '\u{200B}' => None,
        _ if c.is_whitespace() || c.is_control() => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_case_no;

    #[test]
    fn one_spelling_for_all() {
        let all = ["东岭援民〔2024〕12号", "东岭援民字[2024]第012号", "东岭援民（2024）12", " 东岭援民 【２０２４】 第 12 号 "];
        for raw in all {
            assert_eq!(canonical_case_no(raw), "东岭援民〔2024〕12号", "{raw}");
        }
        assert_eq!(canonical_case_no("FY2024-007"), "FY2024-7");
        assert_eq!(canonical_case_no("0"), "0");
    }
}
