//! Characters on a page become lines in reading order. Must not know fonts.

use std::cmp::Ordering;

/// One character where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// What it says.
    pub char: char,
    /// Which way its line runs, quarter turns anticlockwise from left to right.
    pub way: u8,
    /// Along its line.
    pub x: f64,
    /// Across its line, up is more.
    pub y: f64,
    /// How far the next one is.
    pub advance: f64,
    /// Size of the font.
    pub size: f64,
}

/// The most spaces that a gap becomes.
const WIDEST: f64 = 40.0;

/// The text, lines end in `\n`.
pub fn lines(mut glyphs: Vec<Glyph>) -> String {
    // What runs from left to right comes first, then what is turned.
    glyphs.sort_by(|a, b| a.way.cmp(&b.way).then(b.y.total_cmp(&a.y)));
    let mut text = String::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let mut size = first.size;
        let same = |g: &Glyph| {
            let near = g.way == first.way && first.y - g.y <= 0.4 * size.min(g.size).max(0.35 * size.max(g.size));
            size = size.max(g.size);
            near
        };
        let count = rest.iter().map(same).take_while(|s| *s).count().max(1);
        let (line, others) = rest.split_at_mut(count);
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        push(&mut text, line);
        rest = others;
    }
    text
}

fn push(text: &mut String, line: &[Glyph]) {
    let start = text.len();
    let mut last: Option<&Glyph> = None;
    for glyph in line {
        if let Some(before) = last {
            // Drawn twice to look bold.
            if before.char == glyph.char && (glyph.x - before.x).abs() < 0.15 * glyph.size && glyph.char != '\u{fffd}' {
                continue;
            }
            let size = before.size.min(glyph.size);
            let gap = glyph.x - before.x - before.advance;
            let least = if is_wide(before.char) && is_wide(glyph.char) { 0.5 } else { 0.25 };
            if gap.partial_cmp(&(least * size)) == Some(Ordering::Greater) && !glyph.char.is_whitespace() {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 40")]
                let spaces = (gap / (0.5 * size).max(0.01)).round().clamp(1.0, WIDEST) as usize;
                text.extend(std::iter::repeat_n(' ', spaces));
            }
        }
        text.push(glyph.char);
        last = Some(glyph);
    }
    let kept = text.get(start..).map_or(0, |line| line.trim_end().len());
    text.truncate(start + kept);
    if kept > 0 {
        text.push('\n');
    }
}

/// Whether it fills a square: ideographs and their punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
}
