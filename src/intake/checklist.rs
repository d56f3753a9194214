//! What a checklist cell (有, 无, √, ×, 3份, 1-2) says of a document. Must not decide what follows from it.

use crate::model::document::Tick;

/// Reads a cell; `None` when it cannot be understood.
pub fn tick(text: &str) -> Option<Tick> {
    let word = super::words::plain(text);
    if text.contains(['?', '？']) {
        return None;
    }
    let whole = word.trim_end_matches(['。', '.', ',', ';', '!']);
    let word = without_remark(whole);
    let said = match word {
        "有" | "有的" | "是的" | "v" | "在卷" | "已入卷" | "已附" | "复印件" | "原件" | "√" | "✓" | "✔" | "☑" | "是" | "已" | "已有"
        | "齐" | "齐全" | "具备" | "y" | "yes" | "true" => Some(Tick::Present(1)),
        "无" | "×" | "✗" | "✘" | "x" | "否" | "未" | "没有" | "缺" | "缺失" | "n" | "no" | "false" => Some(Tick::Absent),
        "不适用" | "/" | "无需" | "不需要" | "不涉及" | "n/a" => Some(Tick::NotApplicable),
        _ => count(word),
    };
    // 无(复印件): perhaps the original is there.
    said.filter(|said| word == whole || matches!(said, Tick::Present(_)))
}

/// `有(复印件)`, `2份(原件)` and `有复印件` without what kind of copy it is; any other remark may say that something is wrong with it.
fn without_remark(word: &str) -> &str {
    const KINDS: [&str; 8] = ["复印件", "原件", "扫描件", "副本", "电子版", "电子件", "复印", "扫描"];
    let inner = word.strip_suffix(')').and_then(|w| w.rsplit_once('('));
    match inner {
        Some((head, kind)) if !head.is_empty() && KINDS.contains(&kind) => head,
        Some(_) => word,
        None => word.strip_prefix('有').filter(|kind| KINDS.contains(kind)).map_or(word, |_| "有"),
    }
}

/// `3`, `3份`, `两份`, `2页`, `1-2`, `第1-2页`, `第3页`, `P3`, `3、5`.
fn count(word: &str) -> Option<Tick> {
    let word = word.strip_prefix("有").unwrap_or(word);
    if let Some(range) = pages(word) {
        return (range.0 <= range.1).then_some(Tick::Present(1));
    }
    if let Some(page) = word.strip_prefix('第').and_then(|w| w.strip_suffix('页')).or_else(|| word.strip_prefix('p'))
        && let Ok(page) = page.parse::<u32>()
    {
        return (1..=9999).contains(&page).then_some(Tick::Present(1));
    }
    if is_list_of_pages(word) {
        return Some(Tick::Present(1));
    }
    let digits = word.trim_end_matches(['份', '件', '张', '页', '个', '次']);
    // 一 alone may be a dash.
    let written = || (digits.len() < word.len()).then(|| chinese(digits)).flatten();
    let number: u32 = digits.parse().ok().or_else(written).filter(|n| *n <= 9999)?;
    let sheets = word.ends_with(['页', '张']);
    Some(match number {
        0 => Tick::Absent,
        _ if sheets => Tick::Present(1),
        n => Tick::Present(n),
    })
}

/// `3、5`, `3-4、8`, `第3、5页`: pages that follow each other.
fn is_list_of_pages(word: &str) -> bool {
    let word = word.trim_start_matches(['第', 'p']).trim_end_matches('页');
    let one = |part: &str| pages(part).or_else(|| part.parse().ok().map(|n| (n, n)));
    let all: Option<Vec<(u32, u32)>> = word.split('、').map(|part| one(part.trim()).filter(|(from, to)| 0 < *from && from <= to)).collect();
    all.is_some_and(|all| all.len() > 1 && all.windows(2).all(|two| two[0].1 < two[1].0))
}

/// 一 to 十九, and 两.
fn chinese(word: &str) -> Option<u32> {
    let digit = |word: &str| match word {
        "两" => Some(2),
        _ => ["一", "二", "三", "四", "五", "六", "七", "八", "九"].iter().zip(1..).find(|(c, _)| **c == word).map(|(_, n)| n),
    };
    match word.strip_prefix('十') {
        Some("") => Some(10),
        Some(rest) => digit(rest).map(|n| 10 + n),
        None => digit(word),
    }
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
            ("有。", Some(Tick::Present(1))),
            ("无；", Some(Tick::Absent)),
            ("有（复印件）", Some(Tick::Present(1))),
            ("有复印件", Some(Tick::Present(1))),
            ("2份（原件）", Some(Tick::Present(2))),
            ("两份", Some(Tick::Present(2))),
            ("三份", Some(Tick::Present(3))),
            ("十二份", Some(Tick::Present(12))),
            ("有三份", Some(Tick::Present(3))),
            ("两页", Some(Tick::Present(1))),
            ("第3页", Some(Tick::Present(1))),
            ("P3", Some(Tick::Present(1))),
            ("3、5", Some(Tick::Present(1))),
            ("第3-4、8页", Some(Tick::Present(1))),
            ("V", Some(Tick::Present(1))),
            ("是的", Some(Tick::Present(1))),
            // What may mean two things is not guessed.
            ("有（缺页）", None),
            ("有（未签字）", None),
            ("无（复印件）", None),
            ("有？", None),
            ("5、3", None),
            ("一", None),
            ("○", None),
            ("〇", None),
            ("第0页", None),
            ("。", None),
            ("p", None),
            ("有 无", None),
        ] {
            assert_eq!(tick(text), said, "{text}");
        }
    }
}
