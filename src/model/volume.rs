//! A dossier scanned as one: a single big file (全卷.pdf, 第一册.pdf …), or pictures that are only numbered (001.jpg …). Page numbers of the
//! 卷内目录 then are pages of it. Must not guess where files have names of their own.

use super::case::Case;
use super::inside::{CaseFile, Role};
use crate::base::place::Place;

/// Such a dossier.
#[derive(Debug)]
pub struct Volume<'a> {
    /// Files in order, each with the number of its first page and how many it has.
    parts: Vec<(&'a CaseFile, u32, u32)>,
}

/// Words by which a file is called that holds a whole dossier.
const WHOLE: &[&str] = &["全卷", "整卷", "全部材料", "案卷", "卷宗", "正卷", "副卷", "合卷", "电子卷", "电子档案", "册"];

impl<'a> Volume<'a> {
    /// The volume of a case, when its papers are scanned as one and were looked into.
    pub fn of(case: &'a Case) -> Option<Self> {
        let papers: Vec<&CaseFile> = case.files.iter().filter(|f| f.role == Role::Paper).collect();
        let unnamed: Vec<&CaseFile> = papers.iter().copied().filter(|f| f.kind.is_none()).collect();
        if unnamed.is_empty() || unnamed.iter().any(|f| f.inside.is_none()) {
            return None;
        }
        let pages = |f: &CaseFile| f.inside.as_ref().map_or(0, |i| u32::try_from(i.pages.len()).unwrap_or(u32::MAX));
        let numbers: Option<Vec<(u32, &CaseFile)>> = unnamed.iter().map(|f| Some((number(f.name())?, *f))).collect();
        if let Some(mut numbers) = numbers.filter(|n| n.len() > 1 && n.iter().all(|(_, f)| pages(f) == 1)) {
            numbers.sort_by_key(|(n, f)| (*n, &f.place));
            return Some(Self { parts: numbers.into_iter().map(|(n, f)| (f, n, 1)).collect() });
        }
        let alone = papers.len() == 1;
        let whole = |f: &&CaseFile| alone || WHOLE.iter().any(|w| f.name().contains(w)) || f.name().contains('号');
        let mut parts = Vec::new();
        let mut next = 1_u32;
        for file in unnamed.into_iter().filter(whole) {
            let n = pages(file);
            parts.push((file, next, n));
            next = next.saturating_add(n);
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// The last page there is.
    pub fn last(&self) -> u32 {
        self.parts.iter().map(|(_, from, n)| from.saturating_add(*n).saturating_sub(1)).max().unwrap_or(0)
    }

    /// How many pages there are.
    pub fn count(&self) -> u64 {
        self.parts.iter().map(|(.., n)| u64::from(*n)).sum()
    }

    /// Where a page is.
    pub fn place(&self, page: u32) -> Option<Place> {
        let inside = |(_, from, n): &&(&CaseFile, u32, u32)| page >= *from && page - from < *n;
        self.parts.iter().find(inside).map(|(f, from, n)| if *n == 1 { f.place.clone() } else { f.page(page - from + 1) })
    }

    /// Files whose pages could not all be seen.
    pub fn partial(&self) -> Option<&'a CaseFile> {
        self.parts.iter().map(|(f, ..)| *f).find(|f| f.inside.as_ref().is_none_or(|i| i.is_partial()))
    }

    /// For pictures with numbers: numbers that are lacking between the first and the last, and numbers that stand twice.
    pub fn gaps(&self) -> (Vec<u32>, Vec<u32>) {
        let (mut lacking, mut twice) = (Vec::new(), Vec::new());
        let mut last: Option<u32> = None;
        for (_, from, _) in self.parts.iter().filter(|(.., n)| *n == 1) {
            match last {
                Some(last) if last == *from => twice.push(*from),
                // A number far off is a name of another kind, such as a day.
                Some(last) if from - last <= 1_000 => lacking.extend(last + 1..*from),
                _ => {}
            }
            last = Some(*from);
        }
        twice.dedup();
        (lacking, twice)
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &'a CaseFile> {
        self.parts.iter().map(|(f, ..)| *f)
    }
}

/// The number of a file that is named by nothing else: `001.jpg`, `p12.png`, `扫描_3.jpg`, `IMG_0004.jpg`.
fn number(name: &str) -> Option<u32> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    let mut rest = lower.as_str();
    for word in ["img", "image", "scan", "page", "p", "扫描件", "扫描", "图", "第"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let digits = rest.trim_start_matches(['_', '-', ' ', '.']).trim_end_matches(['页', '张', ' ']);
    (digits.len() <= 6 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn files_that_are_only_numbered() {
        for (name, wanted) in [
            ("001.jpg", Some(1)),
            ("p12.png", Some(12)),
            ("IMG_0004.JPG", Some(4)),
            ("扫描_3.jpg", Some(3)),
            ("第12页.tif", Some(12)),
            ("20240305123000.jpg", None),
            ("申请表1.jpg", None),
            ("01申请表.jpg", None),
            (".jpg", None),
        ] {
            assert_eq!(number(name), wanted, "{name}");
        }
    }
}
