//! What a checklist cell (有, 无, √, ×, 3份, 1-2) says of a document. Must not decide what follows from it.

use crate::model::document::Tick;

/// Reads a cell; `None` when it cannot be understood.
pub fn tick(text: &str) -> Option<Tick> {
    let word = super::words::plain(text);
    match word.as_str() {
        "有" | "√" | "✓" | "✔" | "☑" | "是" | "已" | "已有" | "齐" | "齐全" | "具备" | "y" | "yes" | "true" => {
            Some(Tick::Present(1))
        }
        "无" | "×" | "✗" | "✘" | "x" | "否" | "未" | "没有" | "缺" | "缺失" | "n" | "no" | "false" => Some(Tick::Absent),
        "不适用" | "/" | "无需" | "不需要" | "不涉及" | "n/a" => Some(Tick::NotApplicable),
        _ => count(&word),
    }
}

/// `3`, `3份`, `2页`, `1-2`, `第1-2页`.
fn count(word: &str) -> Option<Tick> {
    let word = word.strip_prefix("有").unwrap_or(word);
    if let Some(range) = pages(word) {
        return (range.0 <= range.1).then_some(Tick::Present(1));
    }
    let digits = word.trim_end_matches(['份', '件', '张', '页', '个', '次']);
    let number: u32 = digits.parse().ok().filter(|n| *n <= 9999)?;
    let sheets = word.ends_with(['页', '张']);
    Some(match number {
        0 => Tick::Absent,
        _ if sheets => Tick::Present(1),
        n => Tick::Present(n),
    })
}

/// A page range `3-5`, `3至5页`, `第3~5页`; one page `3` is not taken for a range here.
pub fn pages(word: &str) -> Option<(u32, u32)> {
    let word = word.trim_start_matches(['第', 'p']).trim_end_matches('页');
    let (from, to) = ["--", "-", "—", "–", "~", "～", "至", "到"].iter().find_map(|sep| word.split_once(sep))?;
    Some((from.trim().trim_end_matches('页').parse().ok()?, to.trim().trim_start_matches('第').parse().ok()?))
}

/// Whether a cell says nothing: empty or a dash. `/` counts as blank for fields, not for checklists.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(|c| matches!(c, '-' | '—' | '－' | '―' | '–' | '─') || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_of_ticking() {
        for (text, said) in [
            ("有", Some(Tick::Present(1))),
            (" √ ", Some(Tick::Present(1))),
            ("3", Some(Tick::Present(3))),
            ("3份", Some(Tick::Present(3))),
            ("12页", Some(Tick::Present(1))),
            ("第3-5页", Some(Tick::Present(1))),
            ("１－２", Some(Tick::Present(1))),
            ("无", Some(Tick::Absent)),
            ("0", Some(Tick::Absent)),
            ("×", Some(Tick::Absent)),
            ("/", Some(Tick::NotApplicable)),
            ("待补", None),
            ("5-3", None),
        ] {
            assert_eq!(tick(text), said, "{text}");
        }
    }
}
