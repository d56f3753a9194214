//! A dossier scanned as one: a single big file (全卷.pdf, 第一册.pdf …), or pictures that are only numbered (001.jpg …). Page numbers of the
//! 卷内目录 then are pages of it. Must not guess where files have names of their own.

use std::collections::BTreeMap;

use super::case::Case;
use super::inside::{CaseFile, Role};
use crate::base::place::Place;

/// Such a dossier.
#[derive(Debug)]
pub struct Volume<'a> {
    parts: Vec<Part<'a>>,
}

/// A file of it.
#[derive(Debug, Clone)]
struct Part<'a> {
    file: &'a CaseFile,
    /// Page of the volume that is its first.
    from: u32,
    pages: u32,
    /// For pictures with numbers: which row of numbers it belongs to, and its number.
    numbered: Option<(usize, u32)>,
}

/// What is odd in one row of numbers.
#[derive(Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The folder, where there are rows in several.
    pub folder: Option<String>,
    /// Numbers that are lacking between the first and the last.
    pub lacking: Vec<u32>,
    /// Numbers that stand twice.
    pub twice: Vec<u32>,
    /// The files beside them.
    pub near: Vec<Place>,
    /// Whether the row begins near 1: cameras go on from whatever they took before, and leave out what was deleted.
    pub from_one: bool,
}

/// Words by which a file is called that holds a whole dossier.
const WHOLE: &[&str] = &["全卷", "整卷", "全部材料", "案卷", "卷宗", "正卷", "副卷", "合卷", "电子卷", "电子档案", "册"];
/// A row of numbers that begins later is that of a camera.
const NEAR_ONE: u32 = 10;
/// Numbers that are further apart are of different rows.
const FAR: u32 = 1_000;

impl<'a> Volume<'a> {
    /// Pages without numbers that are usual: cover, list, notes page.
    pub const UNNUMBERED: u64 = 5;

    /// The volume of a case, when its papers are scanned as one and were looked into.
    pub fn of(case: &'a Case) -> Option<Self> {
        let papers: Vec<&CaseFile> = case.files.iter().filter(|f| f.role == Role::Paper).collect();
        let unnamed: Vec<&CaseFile> = papers.iter().copied().filter(|f| f.kind.is_none()).collect();
        if unnamed.is_empty() || unnamed.iter().any(|f| f.inside.is_none()) {
            return None;
        }
        let pages = |f: &CaseFile| f.inside.as_ref().map_or(0, |i| u32::try_from(i.pages.len()).unwrap_or(u32::MAX));
        let numbers: Option<Vec<(u32, &CaseFile)>> = unnamed.iter().map(|f| Some((number(f.name())?, *f))).collect();
        // A picture that does not open is a page all the same.
        if let Some(numbers) = numbers.filter(|n| n.len() > 1 && n.iter().all(|(_, f)| pages(f) <= 1)) {
            return Some(Self::of_pictures(numbers));
        }
        let alone = papers.len() == 1;
        let whole = |f: &&CaseFile| alone || WHOLE.iter().any(|w| f.name().contains(w)) || f.name().contains('号');
        let mut parts = Vec::new();
        let mut next = 1_u32;
        for file in unnamed.into_iter().filter(whole) {
            let n = pages(file);
            parts.push(Part { file, from: next, pages: n, numbered: None });
            next = next.saturating_add(n);
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// Pictures with numbers: one row over all folders, or where numbers begin again one a folder.
    fn of_pictures(mut numbers: Vec<(u32, &'a CaseFile)>) -> Self {
        let mut owners: BTreeMap<u32, &str> = BTreeMap::new();
        let again = numbers.iter().any(|(n, f)| *owners.entry(*n).or_insert(folder(f)) != folder(f));
        let mut folders: Vec<&str> = if again { numbers.iter().map(|(_, f)| folder(f)).collect() } else { Vec::new() };
        folders.sort_unstable();
        folders.dedup();
        let row = |f: &CaseFile| folders.binary_search(&folder(f)).unwrap_or(0);
        numbers.sort_by_key(|(n, f)| (row(f), *n, &f.place));
        let mut first: BTreeMap<usize, u32> = BTreeMap::new();
        let mut part = |(number, file): (u32, &'a CaseFile)| {
            let row = row(file);
            let first = *first.entry(row).or_insert(number);
            let from = if first <= NEAR_ONE { number } else { number - first + 1 };
            Part { file, from, pages: 1, numbered: Some((row, number)) }
        };
        Self { parts: numbers.into_iter().map(&mut part).collect() }
    }

    /// Whether its numbers run on over all of its files.
    pub fn is_one_row(&self) -> bool {
        self.parts.iter().all(|p| p.numbered.is_none_or(|(row, _)| row == 0))
    }

    /// The last page there is.
    pub fn last(&self) -> u32 {
        self.parts.iter().map(|p| p.from.saturating_add(p.pages).saturating_sub(1)).max().unwrap_or(0)
    }

    /// How many pages there are.
    pub fn count(&self) -> u64 {
        self.parts.iter().map(|p| u64::from(p.pages)).sum()
    }

    /// Where a page is: several places where numbers begin again in each folder.
    pub fn places(&self, page: u32) -> Vec<Place> {
        let inside = |p: &&Part<'_>| page >= p.from && page - p.from < p.pages;
        let place = |p: &Part<'_>| if p.pages == 1 { p.file.place.clone() } else { p.file.page(page - p.from + 1) };
        self.parts.iter().filter(inside).map(place).collect()
    }

    /// Files whose pages could not all be seen.
    pub fn partial(&self) -> Option<&'a CaseFile> {
        self.files().find(|f| f.inside.as_ref().is_none_or(|i| i.is_partial()))
    }

    /// For pictures with numbers: what is odd in each row.
    pub fn gaps(&self) -> Vec<Gaps> {
        let mut rows: BTreeMap<usize, Vec<(u32, &CaseFile)>> = BTreeMap::new();
        for part in &self.parts {
            if let Some((row, number)) = part.numbered {
                rows.entry(row).or_default().push((number, part.file));
            }
        }
        let several = rows.len() > 1;
        let one = |row: Vec<(u32, &CaseFile)>| {
            let (mut lacking, mut twice, mut near) = (Vec::new(), Vec::new(), Vec::new());
            for pair in row.windows(2) {
                let [(a, before), (b, after)] = pair else { continue };
                match b - a {
                    0 => twice.push(*a),
                    1 => continue,
                    apart if apart > FAR => continue,
                    _ => lacking.extend(a + 1..*b),
                }
                near.extend([before.place.clone(), after.place.clone()]);
            }
            twice.dedup();
            near.dedup();
            let first = row.first();
            let folder = first.filter(|_| several).map(|(_, f)| folder(f).rsplit('/').next().unwrap_or_default().to_owned());
            Gaps { folder, lacking, twice, near, from_one: first.is_some_and(|(n, _)| *n <= NEAR_ONE) }
        };
        rows.into_values().map(one).collect()
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &'a CaseFile> {
        self.parts.iter().map(|p| p.file)
    }
}

/// The folder in which a file lies.
fn folder(file: &CaseFile) -> &str {
    file.place.origin.file.rsplit_once('/').map_or("", |(folder, _)| folder)
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
