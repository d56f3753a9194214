//! The files of a dossier as they were looked into, and the words in which checks speak of them. Must not judge them.

use std::collections::BTreeSet;

use super::{Observation, Outcome, Target, World};
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::inside::{CaseFile, Inside, Page, Reading, Role, Scan, Source, What};
use crate::model::vocabulary::DocumentId;
use crate::say;

/// A paper that was looked into.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The file.
    pub file: &'a CaseFile,
    /// What was seen.
    pub inside: &'a Inside,
    /// Whether another file of the dossier has the same name.
    twin: bool,
}

/// The papers that were looked into, in order of path; of these kinds where some are named.
pub fn looked<'a>(case: &'a Case, kinds: &'a [DocumentId]) -> impl Iterator<Item = Looked<'a>> {
    let wanted = |f: &CaseFile| kinds.is_empty() || f.kind.is_some_and(|k| kinds.contains(&k));
    let papers = case.files.iter().filter(move |f| f.role == Role::Paper && wanted(f));
    let twins = twins(case);
    papers.filter_map(move |file| file.inside.as_deref().map(|inside| Looked { file, inside, twin: twins.contains(file.name()) }))
}

/// Names that more than one file has: `001.jpg` in several folders.
pub fn twins(case: &Case) -> BTreeSet<&str> {
    let mut once = BTreeSet::new();
    case.files.iter().map(CaseFile::name).filter(|name| !once.insert(*name)).collect()
}

/// What a file is called: its name, with its folder where another has the same name.
pub fn called(file: &CaseFile, twin: bool) -> &str {
    let (path, name) = (file.place.origin.file.as_str(), file.name());
    let above = path.get(..path.len() - name.len()).map(|p| p.trim_end_matches('/')).filter(|p| twin && !p.is_empty());
    above.map_or(name, |above| path.get(above.rfind('/').map_or(0, |at| at + 1)..).unwrap_or(name))
}

/// What is to be said where there is nothing to look at: of a 密卷, of a case without files, of files that nobody opened.
pub(super) fn nothing(case: &Case) -> Option<Vec<Observation>> {
    let target = Target::Other("files".to_owned());
    if case.secret {
        let said = Text::fixed("密卷的材料没有打开", "the papers of a secret dossier were not opened");
        return Some(vec![Observation::unclear(said, vec![case.home_seen()], vec![target.clone()]).about(target)]);
    }
    if !case.files.iter().any(|f| f.role == Role::Paper) {
        return Some(vec![Observation::not_applicable()]);
    }
    if looked(case, &[]).next().is_some() {
        return None;
    }
    let said = Text::fixed("只按文件名核对，没有打开案卷材料", "files were known by their names only and not opened");
    let seen = vec![case.dossier_seen()];
    Some(vec![Observation::absent(said, seen, vec![target.clone()]).about(target)])
}

/// What is said where no paper has text that can be read.
pub fn no_text(case: &Case) -> Observation {
    let said = Text::fixed(
        "材料里没有读到文字（扫描件可加 --ocr 识别），由人核对",
        "no text could be read in any paper (scans can be read with --ocr); a person has to look",
    );
    let target = Target::Other("text".to_owned());
    let seen = vec![case.dossier_seen()];
    Observation::absent(said, seen, vec![target.clone()]).about(target)
}

impl<'a> Looked<'a> {
    /// Its text, where it can be used.
    pub fn text(&self) -> Option<&'a Reading> {
        self.inside.reading.as_ref().filter(|r| r.usable)
    }

    /// What an observation about this file is about: a stable word by the kind of paper, never by the name of the file.
    pub fn target(&self, world: &World) -> Target {
        let kind = self.file.kind.map_or("unnamed", |k| world.vocabulary.document(k).id.as_str());
        Target::Other(format!("file:{kind}"))
    }

    /// `“05起诉书.pdf”`, `“第二册/001.jpg”`
    pub fn name(&self) -> String {
        format!("“{}”", called(self.file, self.twin))
    }

    /// `“05起诉书.pdf” 第 3-5、9 页`; the name alone where the file has one page, or no pages are meant.
    pub fn at(&self, pages: &[u32]) -> Text {
        let name = self.name();
        if pages.is_empty() || self.inside.pages.len() == 1 {
            return Text::pair(name.clone(), Some(name));
        }
        let Text { zh, en } = ranges(pages);
        let word = if pages.len() == 1 { "page" } else { "pages" };
        say!("{name} 第 {zh} 页", "{name} {word} {en}")
    }

    /// Numbers of its pages of which this holds.
    pub fn pages_that(&self, holds: impl Fn(&Page) -> bool) -> Vec<u32> {
        (1_u32..).zip(&self.inside.pages).filter(|(_, p)| holds(p)).map(|(n, _)| n).collect()
    }

    /// Numbers of its scanned pages of which this holds; blank ones show nothing and are left out.
    pub fn scans_that(&self, holds: impl Fn(&Scan, &Page) -> bool) -> Vec<u32> {
        self.pages_that(|p| p.blank != Some(true) && p.scan.as_ref().is_some_and(|s| holds(s, p)))
    }

    /// Whether one of these pages is a scan (of all pages where none is named): its text, if any, was read from a picture.
    pub fn is_scan(&self, pages: &[u32]) -> bool {
        let scanned = self.pages_that(|p| p.scan.is_some());
        if pages.is_empty() { !scanned.is_empty() } else { scanned.iter().any(|p| pages.contains(p)) }
    }

    /// The file as a whole.
    pub fn seen(&self) -> Seen {
        self.file.place.clone().into()
    }

    /// Places of these pages.
    pub fn pages(&self, pages: &[u32]) -> Vec<Seen> {
        pages.iter().map(|p| self.file.page(*p).into()).collect()
    }

    /// Not met on these pages; the magnitude is how many they are.
    pub fn unmet(&self, world: &World, said: Text, pages: &[u32]) -> Observation {
        let n = i64::try_from(pages.len().max(1)).unwrap_or(i64::MAX);
        let seen = if pages.is_empty() { vec![self.seen()] } else { self.pages(pages) };
        Observation::unmet(said, seen).about(self.target(world)).by(Points::whole(n), super::Unit::Items)
    }

    /// Cannot be told on these pages.
    pub fn unclear(&self, world: &World, said: Text, pages: &[u32]) -> Observation {
        let lacks = vec![self.target(world)];
        Observation { lacks, ..Observation { outcome: Outcome::Unclear, ..self.unmet(world, said, pages) } }
    }

    /// What a text shows is sure, unless it was read from a picture: by OCR here, or by the scanner.
    pub fn by_text(&self, world: &World, said: Text, pages: &[u32]) -> Observation {
        if self.text().is_some_and(|r| r.source == Source::Ocr) || self.is_scan(pages) {
            let (zh, en) = (&said.zh, &said.en);
            let said = say!("{zh}（按扫描件识别的文字，须对照原件）", "{en} (by text read from a scan; compare with the paper)");
            return self.unclear(world, said, pages);
        }
        self.unmet(world, said, pages)
    }
}

/// Names of papers in a row, with their places.
fn named(papers: &[Looked<'_>]) -> (String, String, Vec<Seen>) {
    let names: Vec<String> = papers.iter().map(Looked::name).collect();
    (names.join("、"), names.join(", "), papers.iter().map(Looked::seen).collect())
}

/// What is said where none of these papers shows what is asked for: that some could not be opened, or that it does not apply.
pub fn unseen<'a>(papers: impl Iterator<Item = Looked<'a>>, world: &World) -> Vec<Observation> {
    let hidden: Vec<Looked<'_>> = papers.filter(|p| p.inside.is_partial()).collect();
    if hidden.is_empty() {
        return vec![Observation::not_applicable()];
    }
    let (zh, en, seen) = named(&hidden);
    let said = say!("{zh} 打不开或没有看完，不能核对", "{en} could not be looked at as a whole, so this cannot be told");
    let lacks = hidden.iter().map(|p| p.target(world)).collect();
    vec![Observation::unclear(said, seen, lacks).about(Target::Other("unseen".to_owned()))]
}

/// What says that something was looked at and is in order, where others could not be read.
pub fn in_order() -> Observation {
    Observation::new(Outcome::Met, Text::EMPTY, Vec::new())
}

/// That some of these papers have no text that can be read, beside others that have.
pub fn unread(papers: &[Looked<'_>]) -> Option<Observation> {
    let dumb: Vec<Looked<'_>> = papers.iter().filter(|p| p.text().is_none()).copied().collect();
    if dumb.is_empty() {
        return None;
    }
    let (zh, en, seen) = named(&dumb);
    let said = say!(
        "{zh} 没有读到文字（扫描件可加 --ocr 识别），由人核对",
        "no text could be read in {en} (scans can be read with --ocr); a person has to look"
    );
    let target = Target::Other("text".to_owned());
    Some(Observation::absent(said, seen, vec![target.clone()]).about(target))
}

/// What is said of pages whose pixels were not looked at: one thing for the whole case where it is so of all scans, nothing where there are none.
pub fn unlooked(case: &Case, world: &World, papers: &[Looked<'_>], is_dark: impl Fn(&Page) -> bool) -> Vec<Observation> {
    let dark = |p: &Looked<'_>| p.pages_that(|page| page.scan.is_some() && is_dark(page));
    if papers.iter().all(|p| dark(p).is_empty()) {
        return Vec::new();
    }
    if papers.iter().all(|p| dark(p).len() == p.pages_that(|page| page.scan.is_some()).len()) {
        let said = Text::fixed(
            "扫描页的图像都没有查看（只看了文件头，或者压缩方式不支持），由人核对",
            "no scanned page was looked at (only heads of files were read, or the compression is not supported); a person has to look",
        );
        let target = Target::Other("pixels".to_owned());
        let seen = vec![case.dossier_seen()];
        return vec![Observation::absent(said, seen, vec![target.clone()]).about(target)];
    }
    let one = |paper: &Looked<'_>| {
        let pages = dark(paper);
        let Text { zh, en } = paper.at(&pages);
        let said = say!("{zh}的图像没有查看，由人核对", "the picture of {en} was not looked at; a person has to look");
        (!pages.is_empty()).then(|| paper.unclear(world, said, &pages))
    };
    papers.iter().filter_map(one).collect()
}

/// `1-5、9`
pub fn ranges(pages: &[u32]) -> Text {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match parts.last_mut() {
            Some((_, to)) if to.checked_add(1) == Some(*page) => *to = *page,
            _ => parts.push((*page, *page)),
        }
    }
    let shown: Vec<String> = parts.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect();
    Text::pair(shown.join("、"), Some(shown.join(", ")))
}

/// In words, what is wrong with a file.
pub fn trouble(what: &What) -> Text {
    use crate::model::inside::Limit;
    match what {
        What::Empty => Text::fixed("是空文件（0 字节）", "is empty (0 bytes)"),
        What::Locked => Text::fixed("加了密码，打不开", "needs a password"),
        What::Broken => Text::fixed("已损坏，打不开", "is broken and cannot be opened"),
        What::CutShort => Text::fixed("不完整，尾部缺失", "is cut short"),
        What::Damaged => Text::fixed("结构损坏，只能看到一部分", "is damaged; only what can be reached was looked at"),
        What::Mended => Text::fixed("结构有损坏，各页仍都看到了", "is damaged, but all of its pages were found"),
        What::Counts(a, b) => say!("页数说法不一：{a} 页或 {b} 页", "has {a} pages by one count and {b} by another"),
        What::Unknown => {
            Text::fixed("的格式本程序不能查看，须用相应软件打开看", "is of a format that is not looked into; open it with its program")
        }
        What::Unread => Text::fixed("读不出来", "could not be read from the disk"),
        What::Restricted => Text::fixed("加了权限密码，限制复制或修改", "carries an owner's password that restricts its use"),
        What::Limit(limit, had, most) => {
            let (zh, en) = match limit {
                Limit::Bytes => ("字节数", "bytes"),
                Limit::Unpacked => ("解压后的字节数", "bytes unpacked"),
                Limit::Part => ("其中一部分的字节数", "bytes in one part of it"),
                Limit::Pages => ("页数", "pages"),
                Limit::Objects => ("内部对象数", "objects"),
                Limit::Depth => ("嵌套层数", "nesting"),
                Limit::Pixels => ("图像的像素数", "pixels"),
                Limit::Scans => ("图像的扫描遍数", "passes over a picture"),
                Limit::Seconds => ("识别文字的秒数", "seconds of OCR"),
            };
            let key = match limit {
                Limit::Bytes => "（audit.toml 的 max_document）",
                Limit::Pages => "（audit.toml 的 max_pages）",
                Limit::Pixels => "（audit.toml 的 max_pixels）",
                Limit::Seconds => "（audit.toml 的 max_ocr_seconds）",
                Limit::Unpacked => "（audit.toml 的 max_unpacked）",
                Limit::Part | Limit::Objects | Limit::Depth | Limit::Scans => "",
            };
            say!("{zh} {had} 超过上限 {most}{key}，没有看完", "has {had} {en}, over the limit of {most}; it was not looked at as a whole")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn pages_in_a_row_are_a_range() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]).zh, "1-3、5、7-8");
        assert_eq!(ranges(&[]).zh, "");
        assert_eq!(ranges(&[u32::MAX, 1]).zh, format!("{}、1", u32::MAX));
    }
}
