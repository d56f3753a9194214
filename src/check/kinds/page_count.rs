//! `page_count`: papers have as many pages as the 卷内目录 says, and scans run to its last page. Must not judge the order of the list: that is for `pages`.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::check::Target;
use crate::check::contents::{self, Line};
use crate::model::inside::{CaseFile, Page, Role};
use crate::model::vocabulary::DocumentId;
use crate::model::volume::Volume;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "page_count",
    title: Text::fixed("页数核对", "pages against the list"),
    about: Text::fixed(include_str!("page_count.zh.md"), include_str!("page_count.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::papers(look)
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    let volumes = contents::volumes(case);
    if volumes.is_empty() {
        return vec![contents::none(case)];
    }
    if volumes.iter().flatten().all(|l| written(l).is_none()) {
        let target = Target::Other("contents".to_owned());
        let said = Text::fixed("卷内目录没有写页码，页数不能核对", "the list gives no page numbers, so pages cannot be counted");
        let seen = volumes.iter().filter_map(|v| v.first()).map(|l| l.document.seen()).collect();
        return vec![Observation::absent(said, seen, vec![target.clone()]).about(target).any_number()];
    }
    let mut found: Vec<Observation> = volumes.iter().filter(|v| style(v) == Style::FirstPages).map(|v| first_pages(v)).collect();
    let mut compared = !found.is_empty();
    let listed: Vec<&Line<'_>> = volumes.iter().filter(|v| style(v) != Style::FirstPages).flatten().collect();
    let mut kinds: BTreeMap<DocumentId, Vec<&Line<'_>>> = BTreeMap::new();
    for line in &listed {
        if let Some(kind) = line.document.kind {
            kinds.entry(kind).or_default().push(line);
        }
    }
    let is_named = |f: &CaseFile| f.role == Role::Paper && f.kind.is_some();
    let doubts = Doubts {
        unnamed: case.files.iter().any(|f| f.role == Role::Paper && f.kind.is_none()),
        unscanned: listed.iter().any(|l| l.document.kind.is_none_or(|k| !case.files.iter().any(|f| is_named(f) && f.kind == Some(k)))),
        open_ended: volumes.iter().filter(|v| style(v) == Style::Single).filter_map(|v| ranged(v).last().copied()).collect(),
    };
    for (kind, lines) in &kinds {
        let own = [*kind];
        // Pages of a Word file or a plain text are made anew by whoever shows it.
        let scans: Vec<Looked<'_>> = files::looked(case, &own).filter(|p| p.inside.format.has_pages()).collect();
        let pages: Option<u64> = lines.iter().map(|l| written(l).map(|(a, b)| u64::from(b - a) + 1)).sum();
        let Some(pages) = pages.filter(|_| !scans.is_empty()) else { continue };
        compared = true;
        found.extend(paper(world, *kind, lines, &scans, pages, &doubts));
    }
    let is_split = case.files.iter().any(|f| is_named(f) && f.kind.is_some_and(|k| kinds.contains_key(&k)));
    if let Some(volume) = Volume::of(case).filter(|_| !is_split) {
        compared = true;
        found.extend(whole(case, &volume, &volumes));
    }
    if !compared {
        return files::unseen(files::looked(case, &[]), world);
    }
    found
}

/// Pages of a line, the lower first; page 0 is no page.
fn written(line: &Line<'_>) -> Option<(u32, u32)> {
    line.pages.filter(|(a, b)| *a > 0 && *b > 0).map(|(a, b)| (a.min(b), a.max(b)))
}

/// Lines with pages, in order of pages.
fn ranged<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b Line<'a>> {
    let mut ranged: Vec<&Line<'_>> = lines.iter().filter(|l| written(l).is_some()).collect();
    ranged.sort_by_key(|l| (written(l), l.position));
    ranged
}

/// What the pages of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// First and last page of each paper.
    Ranges,
    /// The first page of each paper alone.
    FirstPages,
    /// One page for each paper, without holes: papers of one page, but for the last, of which nobody knows.
    Single,
}

fn style(lines: &[Line<'_>]) -> Style {
    let pages: Vec<(u32, u32)> = ranged(lines).into_iter().filter_map(written).collect();
    let Some((last, rest)) = pages.split_last() else { return Style::Ranges };
    if rest.iter().any(|(a, b)| a != b) {
        return Style::Ranges;
    }
    if pages.windows(2).any(|w| w[1].0 - w[0].0 > 1) {
        return Style::FirstPages;
    }
    if last.0 == last.1 { Style::Single } else { Style::Ranges }
}

fn first_pages(lines: &[Line<'_>]) -> Observation {
    let target = Target::Other("contents".to_owned());
    let said = Text::fixed(
        "卷内目录只写了每份材料的一个页码，页数不能核对",
        "the list gives a single page for each paper, so pages cannot be counted",
    );
    let seen = lines.first().map(|l| l.document.seen()).into_iter().collect();
    Observation::unclear(said, seen, vec![target.clone()]).about(target).any_number()
}

/// Why a difference may be none.
#[derive(Debug)]
struct Doubts<'a, 'b> {
    /// Files that no document claims may hold what is lacking.
    unnamed: bool,
    /// Papers of the list without files of their own may be what there is too much.
    unscanned: bool,
    /// Lines of which only the first page may be written.
    open_ended: Vec<&'b Line<'a>>,
}

/// A paper with files of its own.
fn paper(
    world: &World,
    kind: DocumentId,
    lines: &[&Line<'_>],
    scans: &[Looked<'_>],
    listed: u64,
    doubts: &Doubts<'_, '_>,
) -> Option<Observation> {
    let (title, id) = (&world.vocabulary.document(kind).title, &world.vocabulary.document(kind).id);
    if let Some(partial) = scans.iter().find(|p| p.inside.is_partial()) {
        let name = partial.name();
        let said = say!(
            "{name} 打不开或没有看完，《{title}》的页数不能核对",
            "{name} could not be looked at as a whole, so the pages of {id} cannot be counted"
        );
        return Some(partial.unclear(world, said, &[]));
    }
    let count = |counts: &dyn Fn(&Page) -> bool| scans.iter().map(|p| p.pages_that(counts).len() as u64).sum::<u64>();
    let (all, inked) = (count(&|_| true), count(&|p| p.blank != Some(true)));
    // Blank backs may be scanned without having a page number.
    if inked <= listed && listed <= all {
        return None;
    }
    let seen: Vec<Seen> = lines.iter().map(|l| l.document.seen()).chain(scans.iter().map(Looked::seen)).collect();
    let (had, apart) = (if inked > listed { inked } else { all }, if inked > listed { inked - listed } else { listed - all });
    let target = Target::Document(kind);
    let amount = Points::whole(i64::try_from(apart).unwrap_or(i64::MAX));
    let is_last = lines.iter().any(|l| doubts.open_ended.iter().any(|o| std::ptr::eq(o.document, l.document)));
    let (sure, zh, en) = match had > listed {
        true if is_last => (false, "；目录可能只写了起页", "; the list may give its first page alone"),
        true if doubts.unscanned => (false, "；可能与目录中的其他材料扫描在一起", "; another paper of the list may be in the same file"),
        false if doubts.unnamed => (false, "；其余的可能在名称没有认出的文件里", "; the rest may be in a file whose name says nothing"),
        _ => (true, "", ""),
    };
    let (more_zh, more_en) = if had > listed { ("多", "more") } else { ("少", "less") };
    let said = say!(
        "《{title}》目录写 {listed} 页，扫描件 {had} 页，{more_zh} {apart} 页{zh}",
        "{id}: {listed} pages by the list, {had} by the scans, {apart} {more_en}{en}"
    );
    let found = if sure { Observation::unmet(said, seen) } else { Observation::unclear(said, seen, vec![target.clone()]) };
    Some(found.about(target).by(amount, Unit::Items))
}

/// All papers in one file, or in numbered pictures.
fn whole(case: &Case, volume: &Volume<'_>, lists: &[Vec<Line<'_>>]) -> Option<Observation> {
    let target = Target::Other("volume".to_owned());
    if let Some(file) = volume.partial() {
        let name = file.name();
        let said = say!("“{name}”打不开或没有看完，页数不能核对", "“{name}” could not be looked at as a whole, so pages cannot be counted");
        return Some(Observation::unclear(said, vec![file.place.clone().into()], vec![target.clone()]).about(target));
    }
    // Lists of several volumes begin again with page 1, or go on.
    let ends = |list: &Vec<Line<'_>>| ranged(list).into_iter().filter_map(written).collect::<Vec<_>>();
    let lasts: Vec<u64> = lists.iter().map(|l| ends(l).into_iter().map(|(_, b)| u64::from(b)).max().unwrap_or(0)).collect();
    let goes_on = lists.iter().skip(1).all(|l| ends(l).first().is_some_and(|(a, _)| *a > 1));
    let listed = if goes_on { lasts.into_iter().max()? } else { lasts.into_iter().sum() };
    if listed == 0 {
        return None;
    }
    let seen = || {
        let line = lists.iter().flatten().max_by_key(|l| written(l).map(|(_, b)| b)).map(|l| l.document.seen());
        line.into_iter().chain(volume.files().last().map(|f| f.place.clone().into())).collect::<Vec<Seen>>()
    };
    // A paper beside the volume, such as a cover of its own, counts for it where the list may name it: by a title that nobody knows.
    let strange = lists.iter().flatten().any(|l| l.document.kind.is_none());
    let beside = files::looked(case, &[]).filter(|p| strange || p.file.kind.is_none());
    let all: u64 = beside.map(|p| p.inside.pages.len() as u64).sum();
    let had = if lists.len() == 1 && volume.is_one_row() { all.max(u64::from(volume.last())) } else { all };
    if had < listed {
        let short = listed - had;
        let said = match lists.len() {
            n if n > 1 && !goes_on => say!(
                "{n} 册卷内目录共 {listed} 页，扫描件只有 {had} 页，少 {short} 页",
                "the lists of {n} volumes have {listed} pages, the scans have {had}: {short} short"
            ),
            // Holes between numbers are told by `continuous`.
            _ if volume.last() == u32::try_from(had).unwrap_or(u32::MAX) && volume.count() < had => say!(
                "卷内目录到第 {listed} 页，扫描件的编号只到 {had}，少 {short} 页",
                "the list runs to page {listed}, the numbers of scans to {had}: {short} short"
            ),
            _ => say!(
                "卷内目录到第 {listed} 页，扫描件只有 {had} 页，少 {short} 页",
                "the list runs to page {listed}, the scans have {had}: {short} short"
            ),
        };
        let apart = i64::try_from(short).unwrap_or(i64::MAX);
        return Some(Observation::unmet(said, seen()).about(target).by(Points::whole(apart), Unit::Items));
    }
    let inked: u64 =
        volume.files().filter_map(|f| f.inside.as_ref()).flat_map(|i| &i.pages).filter(|p| p.blank != Some(true)).count() as u64;
    let open_ended = lists.iter().any(|l| style(l) != Style::Ranges);
    (inked > listed + Volume::UNNUMBERED && !open_ended).then(|| {
        let more = inked - listed;
        let said = say!(
            "扫描件 {inked} 页，比卷内目录多 {more} 页；除不编页的封面、目录、备考表外，须核对目录有无漏登",
            "the scans have {inked} pages, {more} more than the list; check whether it leaves something out"
        );
        Observation::unclear(said, seen(), vec![target.clone()]).about(target)
    })
}
