//! A dossier scanned as one: a single big file (全卷.pdf, 第一册.pdf …), or pictures that are only numbered (001.jpg …). Page numbers of the
//! 卷内目录 then are pages of it. Must not guess where files have names of their own.

use std::collections::{BTreeMap, BTreeSet};

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
    /// A camera numbered it, and leaves out what was deleted.
    camera: bool,
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
        let numbers: Option<Vec<(Numbered, &CaseFile)>> = unnamed.iter().map(|f| Some((number(f.name())?, *f))).collect();
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
            parts.push(Part { file, from: next, pages: n, numbered: None, camera: false });
            next = next.saturating_add(n);
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// Pictures with numbers: a row for each way of naming them, one over all folders, or where numbers begin again one a folder; where
    /// numbers jump far, what follows is a row of its own.
    fn of_pictures(mut numbers: Vec<(Numbered, &'a CaseFile)>) -> Self {
        let mut owners: BTreeMap<(&str, u32), &str> = BTreeMap::new();
        let again = numbers.iter().any(|(n, f)| *owners.entry((n.prefix, n.number)).or_insert(folder(f)) != folder(f));
        let series = |(n, f): &(Numbered, &'a CaseFile)| (if again { folder(f) } else { "" }, n.prefix);
        numbers.sort_by_key(|one| (series(one), one.0.number, &one.1.place));
        let (mut parts, mut row, mut first, mut before) = (Vec::with_capacity(numbers.len()), 0, 0, None);
        for one in &numbers {
            let (series, number) = (series(one), one.0.number);
            let goes_on = before.is_some_and(|(s, n): (_, u32)| s == series && number - n <= FAR);
            if !goes_on {
                row += usize::from(before.is_some());
                first = number;
            }
            before = Some((series, number));
            let from = if first <= NEAR_ONE { number } else { number - first + 1 };
            parts.push(Part { file: one.1, from, pages: 1, numbered: Some((row, number)), camera: one.0.camera });
        }
        Self { parts }
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
        let mut rows: BTreeMap<usize, Vec<(u32, &Part<'_>)>> = BTreeMap::new();
        for part in &self.parts {
            if let Some((row, number)) = part.numbered {
                rows.entry(row).or_default().push((number, part));
            }
        }
        let folders: BTreeSet<&str> = self.parts.iter().map(|p| folder(p.file)).collect();
        let one = |row: Vec<(u32, &Part<'_>)>| {
            let (mut lacking, mut twice, mut near) = (Vec::new(), Vec::new(), Vec::new());
            for pair in row.windows(2) {
                let [(a, before), (b, after)] = pair else { continue };
                match b - a {
                    0 => twice.push(*a),
                    1 => continue,
                    _ => lacking.extend(a + 1..*b),
                }
                near.extend([before.file.place.clone(), after.file.place.clone()]);
            }
            twice.dedup();
            near.dedup();
            let first = row.first();
            let folder = first.filter(|_| folders.len() > 1).map(|(_, p)| folder(p.file).rsplit('/').next().unwrap_or_default().to_owned());
            Gaps { folder, lacking, twice, near, from_one: first.is_some_and(|(n, p)| *n <= NEAR_ONE && !p.camera) }
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

/// A file that is named by nothing but a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbered {
    /// What stands before the number, of the known words.
    prefix: &'static str,
    number: u32,
    /// It is named as cameras do.
    camera: bool,
}

/// Words before a number that name nothing; as cameras use them.
const PREFIXES: &[(&str, bool)] = &[
    ("img", true),
    ("dsc", true),
    ("mvimg", true),
    ("photo", true),
    ("image", false),
    ("scan", false),
    ("page", false),
    ("pic", false),
    ("p", false),
    ("扫描件", false),
    ("扫描", false),
    ("图片", false),
    ("图", false),
    ("第", false),
];

/// `001.jpg`, `p12.png`, `扫描_3.jpg`, `扫描 (1).jpg`, `IMG_0004.jpg`.
fn number(name: &str) -> Option<Numbered> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    let word = PREFIXES.iter().find(|(word, _)| lower.starts_with(word));
    let (prefix, camera) = word.copied().unwrap_or_default();
    let rest = lower.get(prefix.len()..)?;
    let digits = rest.trim_start_matches(['_', '-', ' ', '.', '(', '（']).trim_end_matches(['页', '张', ' ', ')', '）']);
    let is_short = digits.len() <= 6 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_short)?;
    Some(Numbered { prefix, number, camera })
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
            ("扫描 (1).jpg", Some(1)),
            ("DSC00012.JPG", Some(12)),
            ("第12页.tif", Some(12)),
            ("20240305123000.jpg", None),
            ("申请表1.jpg", None),
            ("01申请表.jpg", None),
            (".jpg", None),
        ] {
            assert_eq!(number(name).map(|n| n.number), wanted, "{name}");
        }
    }
}
