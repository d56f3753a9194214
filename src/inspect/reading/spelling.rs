//! One spelling for characters that look the same, so that labels, titles and phrases are found however they were typed or extracted.
//! Must not change how many characters there are, but where it says so.

use crate::inspect::radicals;

/// One character in its plain spelling: half-width, every bracket round, every blank a space; tabs and ends of lines stay.
pub fn plain(c: char) -> char {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '!'..='Z' | '^'..='z' | '\n' | '\t' | ' ' => c,
        '[' | '{' | '〔' | '【' | '〖' | '﹝' | '﹙' | '﹛' | '［' | '｛' | '（' => '(',
        ']' | '}' | '〕' | '】' | '〗' | '﹞' | '﹚' | '﹜' | '］' | '｝' | '）' => ')',
        '﹕' | '︰' | '∶' | '꞉' => ':',
        '•' | '・' | '･' | '‧' | '∙' | '⋅' => '·',
        '○' | '◯' | '⚪' => '〇',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2E80}'..='\u{2FD5}' => radicals::character(c).unwrap_or(c),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Plain and without any blank: this is shorter than what it was given.
pub fn tight(text: &str) -> String {
    text.chars().map(plain).filter(|c| !is_blank(*c)).collect()
}

/// A space, a tab or the end of a line, after [`plain`].
pub const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// A blank, or the line that forms print under what is to be filled in.
pub const fn is_open(c: char) -> bool {
    is_blank(c) || matches!(c, '_' | '￣' | '—' | '―' | '─' | '▁')
}

/// A Chinese character.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// A character that may stand inside a word.
pub fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (from, to) in [
            ("（２０２４）", "(2024)"),
            ("〔［【", "((("),
            ("⽇⽉⾦", "日月金"),
            ("⻚⻋", "页车"),
            ("姓　名：", "姓名:"),
            ("买买提•艾力", "买买提·艾力"),
        ] {
            assert_eq!(tight(from), to);
        }
        assert_eq!(plain('\u{2FD5}'), '龠');
    }
}
