//! Excel's limits, owned in this one place. Must not be passed over: cells are written through
//! [`Page`](super::sheet::Page) and [`put`](super::cell::put) alone.

use std::borrow::Cow;

/// Rows of a sheet.
pub const ROWS: u32 = 1_048_576;
/// Rows kept free below a table for the signature line.
pub const TAIL: u32 = 8;
/// Characters of a cell, counted in UTF-16 as Excel does.
pub const CHARACTERS: usize = 32_767;
/// Links of a sheet; more of them make Excel offer a repair.
pub const LINKS: u32 = 65_530;

/// What stands at the end of a text that was cut.
const CUT: &str = "……（超过单元格字数上限，已截断；全文见 cases.jsonl）";

/// The text as it fits into a cell; cut with a pointer to `cases.jsonl` when it is too long.
pub fn fit(text: &str) -> Cow<'_, str> {
    // Bytes are never fewer than UTF-16 units.
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return Cow::Borrowed(text);
    }
    let mut room = CHARACTERS - CUT.encode_utf16().count();
    let mut kept = String::new();
    for c in text.chars() {
        match room.checked_sub(c.len_utf16()) {
            Some(rest) => room = rest,
            None => break,
        }
        kept.push(c);
    }
    Cow::Owned(kept + CUT)
}

/// Whether a spreadsheet takes words that begin so for a formula, when they are typed in or edited.
pub fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

/// The name of the n-th part of a sheet: 扣分明细, 扣分明细(2) …; never longer than Excel's 31 characters.
pub fn sheet_name(name: &str, part: u32) -> String {
    if part < 2 {
        return name.to_owned();
    }
    let mark = format!("({part})");
    let kept: String = name.chars().take(31 - mark.len()).collect();
    kept + &mark
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, fit, sheet_name};

    #[test]
    fn long_text_is_cut_and_says_so() {
        for long in ["案".repeat(40_000), "𠮷".repeat(20_000), "x".repeat(32_768)] {
            let cut = fit(&long);
            assert!(cut.encode_utf16().count() <= CHARACTERS && cut.contains("cases.jsonl"));
        }
        assert_eq!(fit(&"案".repeat(32_767)).chars().count(), 32_767);
    }

    #[test]
    fn parts_are_numbered() {
        assert_eq!(sheet_name("扣分明细", 1), "扣分明细");
        assert_eq!(sheet_name("扣分明细", 2), "扣分明细(2)");
        assert_eq!(sheet_name(&"长".repeat(40), 12).chars().count(), 31);
    }
}
