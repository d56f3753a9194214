//! How wide text is drawn and into how many lines it wraps, Chinese characters counted as wide.
//! Must not depend on the fonts of this computer: the widths are those of 宋体, with room for its substitutes.

/// Pixels of an ASCII character at the 10 points of table cells.
const NARROW: u32 = 7;
/// Pixels of a Chinese character, which is a little more than two narrow ones in substitute fonts.
const WIDE: u32 = 14;
/// What Excel leaves free at the sides of a cell.
const PADDING: u32 = 12;

/// Pixels of one character.
fn pixels(c: char) -> u32 {
    // Quotation marks, dashes, dots and circled numbers are "ambiguous" in Unicode, and wide in Chinese fonts.
    match unicode_width::UnicodeWidthChar::width_cjk(c) {
        None | Some(0) => 0,
        Some(1) => NARROW,
        Some(_) => WIDE,
    }
}

/// Pixels that a column needs for this text on one line, the longest line counting.
pub fn needed(text: &str) -> u32 {
    text.lines().map(|line| line.chars().map(pixels).sum::<u32>()).max().unwrap_or(0) + PADDING
}

/// Lines that this text takes in a column of so many pixels.
pub fn lines(text: &str, column: u32) -> u32 {
    let room = column.saturating_sub(PADDING).max(WIDE);
    // Most cells are short: a byte is never wider than a narrow character, three of them never than a wide one.
    if text.len() as u32 * NARROW <= room && !text.contains('\n') {
        return 1;
    }
    text.split('\n')
        .map(|line| {
            let (mut count, mut used, mut word) = (1, 0, 0);
            for c in line.chars() {
                let w = pixels(c);
                // Excel moves an unbroken run of Latin letters and digits to the next line as a whole.
                word = if w == NARROW && c != ' ' { word + w } else { 0 };
                if used + w > room {
                    count += 1;
                    used = if word > 0 && word < room / 2 { word } else { w };
                } else {
                    used += w;
                }
            }
            count
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{lines, needed};

    #[test]
    fn chinese_is_twice_as_wide() {
        assert_eq!(needed("案号"), 2 * 14 + 12);
        assert_eq!(needed("ab\n案号案号"), 4 * 14 + 12);
        assert_eq!(lines("案号案号", 40), 2);
        assert_eq!(lines("案号\n", 200), 2);
        assert_eq!(lines("", 0), 1);
    }
}
