//! A 卷内目录 written in one cell: `法律援助申请表 1-2；身份证明 3`. Must not judge its order or its pages.

use super::words::{Words, plain};
use crate::base::place::Place;
use crate::model::document::{Document, Statement};

/// The lines of a table of contents, each at the place of the cell.
pub fn lines(text: &str, place: &Place, words: &Words) -> Vec<Document> {
    let strong = |c: char| matches!(c, '；' | ';' | '\n' | '\r');
    let weak = |c: char| matches!(c, '，' | ',' | '、');
    let pieces: Vec<&str> = if text.contains(strong) { text.split(strong).collect() } else { text.split(weak).collect() };
    let titled = pieces.into_iter().map(str::trim).filter(|p| !p.is_empty());
    titled.zip(0_u32..).map(|(piece, position)| line(piece, position, place.clone(), words)).collect()
}

fn line(piece: &str, position: u32, place: Place, words: &Words) -> Document {
    let (title, pages) = split(piece);
    let kind = words.document(title).or_else(|| words.document(&super::naming::stem(title)));
    Document { kind, title: title.into(), statement: Statement::Line { position, pages }, place, bytes: 0 }
}

/// The title, and the pages written after it.
fn split(piece: &str) -> (&str, Option<(u32, u32)>) {
    let paging = |c: char| {
        c.is_numeric()
            || matches!(c, '-' | '－' | '—' | '–' | '~' | '～' | '至' | '到' | '第' | '页' | ' ' | '\u{3000}' | ':' | '：' | 'P' | 'p')
    };
    let title = piece.trim_end_matches(['）', ')', '〕', ']']).trim_end_matches(paging).trim_end_matches(['（', '(', '〔', '[']);
    let tail = plain(&piece[title.len()..]);
    let tail = tail.trim_matches(|c: char| matches!(c, '(' | ')' | ':' | 'p'));
    let one = || tail.trim_start_matches('第').trim_end_matches('页').parse().ok().map(|n| (n, n));
    match super::checklist::pages(tail).or_else(one) {
        Some(pages) if !title.trim().is_empty() => (title.trim(), Some(pages)),
        _ => (piece, None),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn pages_stand_after_the_title() {
        assert_eq!(split("法律援助申请表 1-2"), ("法律援助申请表", Some((1, 2))));
        assert_eq!(split("身份证明3"), ("身份证明", Some((3, 3))));
        assert_eq!(split("代理词（第10至12页）"), ("代理词", Some((10, 12))));
        assert_eq!(split("会见笔录"), ("会见笔录", None));
        assert_eq!(split("会见（谈话）笔录 ５－６"), ("会见（谈话）笔录", Some((5, 6))));
        assert_eq!(split("12"), ("12", None));
    }
}
