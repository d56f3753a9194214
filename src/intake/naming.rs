//! Which document a file is, by its name: `01法律援助申请表.pdf`, `身份证明_2.jpg`, `3.会见笔录（第一次）.docx`.
//! Must not open the file. A name that fits two documents equally well fits none.

use super::words::{Words, plain};
use crate::model::vocabulary::DocumentId;

/// What a file name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The document, when one is meant.
    pub kind: Option<DocumentId>,
    /// Files with the same key are pages of one paper.
    pub key: String,
}

/// Extensions of pictures: one page each, so several make one paper.
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "tif", "tiff", "bmp"];
/// Extensions of papers.
const PAPERS: &[&str] =
    &["pdf", "doc", "docx", "wps", "ofd", "txt", "rtf", "xls", "xlsx", "et", "heic", "gif", "webp", "html", "htm", "csv"];

/// The name without its extension, and the extension in small letters; unknown extensions belong to the name.
pub fn split(name: &str) -> (&str, String) {
    match name.rsplit_once('.') {
        Some((stem, ext)) if !stem.is_empty() => {
            let ext = ext.to_ascii_lowercase();
            if PICTURES.contains(&ext.as_str()) || PAPERS.contains(&ext.as_str()) { (stem, ext) } else { (name, String::new()) }
        }
        _ => (name, String::new()),
    }
}

/// The title in a name: no number in front, no page or copy number behind.
pub fn stem(name: &str) -> String {
    let word = plain(name);
    let front = leading(&word);
    let rest = &word[front..];
    let back = trailing(rest);
    let title = &rest[..rest.len() - back];
    if title.is_empty() { word.clone() } else { title.to_owned() }
}

/// Reads a file name of a dossier.
pub fn read(name: &str, words: &Words) -> Named {
    let (base, ext) = split(name);
    let word = plain(base);
    let title = stem(base);
    let kind = words.document(&word).or_else(|| words.document(&title)).or_else(|| words.document_within(&title));
    // Pictures with page numbers are pages of one paper; anything else is a paper of its own.
    let key = if PICTURES.contains(&ext.as_str()) { word[..word.len() - trailing(&word)].to_owned() } else { plain(name) };
    Named { kind, key }
}

/// Bytes of `01`, `1.`, `(1)`, `第1页`, `1-2_` at the front.
fn leading(word: &str) -> usize {
    let mut rest = word;
    loop {
        let before = rest.len();
        for (open, close) in [("(", ")"), ("第", "页"), ("第", "份")] {
            if let Some(inner) = rest.strip_prefix(open) {
                let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
                if digits.len() < inner.len()
                    && let Some(after) = digits.strip_prefix(close)
                {
                    rest = after;
                }
            }
        }
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '、' | ',' | ':' | '—' | '#' | '~'));
        if rest.len() == before {
            return word.len() - rest.len();
        }
    }
}

/// Bytes of `_1`, `-2`, `(2)`, `第3页`, `p3`, `副本` at the end.
fn trailing(word: &str) -> usize {
    let mut rest = word;
    loop {
        let before = rest.len();
        let digits = |s: &str| s.len() - s.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        for (open, close) in [("(", ")"), ("第", "页"), ("_", ""), ("-", ""), (".", ""), ("p", ""), ("page", "")] {
            if let Some(inner) = rest.strip_suffix(close) {
                let n = digits(inner);
                if n > 0
                    && let Some(head) = inner[..inner.len() - n].strip_suffix(open)
                    && !head.is_empty()
                {
                    rest = head;
                }
            }
        }
        for copy in ["-副本", "副本", "(复印件)", "复印件", "扫描件", "(扫描件)"] {
            rest = rest.strip_suffix(copy).filter(|r| !r.is_empty()).unwrap_or(rest);
        }
        let trimmed = rest.trim_end_matches(['_', '-', '.', ' ']);
        if !trimmed.is_empty() {
            rest = trimmed;
        }
        if rest.len() == before {
            return word.len() - rest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_front_and_behind_are_not_the_title() {
        for name in [
            "01法律援助申请表",
            "1.法律援助申请表",
            "（1）法律援助申请表",
            "第1页 法律援助申请表",
            "法律援助申请表_1",
            "法律援助申请表(2)",
            "03-法律援助申请表-2",
            "法律援助申请表 第12页",
            "法律援助申请表",
        ] {
            assert_eq!(stem(name), "法律援助申请表", "{name}");
        }
        assert_eq!(stem("12"), "12");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn pictures_are_pages_and_papers_are_not() {
        assert_eq!(split("身份证明_1.JPG"), ("身份证明_1", "jpg".to_owned()));
        assert_eq!(split("东岭〔2024〕1号.判决"), ("东岭〔2024〕1号.判决", String::new()));
    }
}
