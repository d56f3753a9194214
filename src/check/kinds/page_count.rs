//! `page_count`: papers have as many pages as the 卷内目录 says, and scans run to its last page. Must not judge the order of the list: that is for `pages`.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::check::Target;
use crate::check::contents::{self, Line};
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
    Ready::case(look)
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let volumes = contents::volumes(case);
    if volumes.is_empty() {
        return vec![contents::none(case)];
    }
    let lines: Vec<&Line<'_>> = volumes.iter().flatten().collect();
    // A list that gives only first pages tells no number of pages; `pages` says so.
    let ranged: Vec<&&Line<'_>> = lines.iter().filter(|l| l.pages.is_some()).collect();
    if ranged.len() > 2 && ranged.iter().all(|l| l.pages.is_some_and(|(a, b)| a == b)) && has_holes(&ranged) {
        let target = Target::Other("contents".to_owned());
        let said = Text::fixed("卷内目录没有写起止页，页数不能核对", "the list gives no first and last pages, so pages cannot be counted");
        let seen = ranged.first().map(|l| l.document.seen()).into_iter().collect();
        return vec![Observation::unclear(said, seen, vec![target.clone()]).about(target)];
    }
    let mut found = papers(case, world, &lines);
    found.extend(Volume::of(case).and_then(|volume| whole(&volume, &volumes)));
    found
}

fn has_holes(lines: &[&&Line<'_>]) -> bool {
    let mut pages: Vec<u32> = lines.iter().filter_map(|l| l.pages).map(|(a, _)| a).collect();
    pages.sort_unstable();
    pages.windows(2).any(|w| w[1].saturating_sub(w[0]) > 1)
}

/// Papers with files of their own.
fn papers(case: &Case, world: &World, lines: &[&Line<'_>]) -> Vec<Observation> {
    let mut kinds: BTreeMap<DocumentId, Vec<&Line<'_>>> = BTreeMap::new();
    for line in lines {
        if let Some(kind) = line.document.kind {
            kinds.entry(kind).or_default().push(line);
        }
    }
    let mut found = Vec::new();
    for (kind, lines) in kinds {
        let listed: Option<u64> = lines.iter().map(|l| l.pages.map(|(a, b)| u64::from(a.abs_diff(b)) + 1)).sum();
        let own = [kind];
        let scans: Vec<_> = files::looked(case, &own).collect();
        let Some(listed) = listed.filter(|_| !scans.is_empty()) else { continue };
        let title = &world.vocabulary.document(kind).title;
        let id = &world.vocabulary.document(kind).id;
        if let Some(partial) = scans.iter().find(|p| p.inside.is_partial()) {
            let name = partial.name();
            let said = say!(
                "{name} 没有看到全部内容，《{title}》的页数不能核对",
                "not all of {name} could be looked at, so the pages of {id} cannot be counted"
            );
            found.push(partial.unclear(world, said, &[]));
            continue;
        }
        let had: u64 = scans.iter().map(|p| p.inside.pages.len() as u64).sum();
        if had == listed {
            continue;
        }
        let said = say!("《{title}》目录 {listed} 页，扫描件 {had} 页", "{id}: the list says {listed} pages, the scans have {had}");
        let seen: Vec<Seen> = lines.iter().map(|l| l.document.seen()).chain(scans.iter().map(files::Looked::seen)).collect();
        let apart = i64::try_from(had.abs_diff(listed)).unwrap_or(i64::MAX);
        found.push(Observation::unmet(said, seen).about(Target::Document(kind)).by(Points::whole(apart), Unit::Items));
    }
    found
}

/// All papers in one file, or in numbered pictures.
fn whole(volume: &Volume<'_>, lists: &[Vec<Line<'_>>]) -> Option<Observation> {
    let last = |list: &Vec<Line<'_>>| list.iter().filter_map(|l| l.pages).map(|(a, b)| a.max(b)).max().unwrap_or(0);
    // Lists of several volumes begin again with page 1, or go on.
    let lasts: Vec<u64> = lists.iter().map(last).map(u64::from).collect();
    let goes_on = lists.iter().skip(1).all(|l| l.iter().filter_map(|l| l.pages).map(|(a, b)| a.min(b)).min() > Some(1));
    let listed = if goes_on { lasts.into_iter().max()? } else { lasts.into_iter().sum() };
    let had = if lists.len() == 1 { u64::from(volume.last()).max(volume.count()) } else { volume.count() };
    let target = Target::Other("volume".to_owned());
    if let Some(file) = volume.partial() {
        let name = file.name().to_owned();
        let said = say!("“{name}”没有看到全部内容，页数不能核对", "not all of {name:?} could be looked at, so pages cannot be counted");
        return Some(Observation::unclear(said, vec![file.place.clone().into()], vec![target.clone()]).about(target));
    }
    let seen = || {
        let line = lists.iter().flatten().max_by_key(|l| l.pages.map(|(a, b)| a.max(b))).map(|l| l.document.seen());
        line.into_iter().chain(volume.files().last().map(|f| f.place.clone().into())).collect::<Vec<Seen>>()
    };
    if had < listed {
        let short = listed - had;
        let said = say!(
            "卷内目录到第 {listed} 页，扫描件只有 {had} 页，少 {short} 页",
            "the list runs to page {listed}, the scans have {had}: {short} short"
        );
        let apart = i64::try_from(short).unwrap_or(i64::MAX);
        return Some(Observation::unmet(said, seen()).about(target).by(Points::whole(apart), Unit::Items));
    }
    // 封面, 卷内目录 and 备考表 have no page numbers.
    (had > listed + UNNUMBERED).then(|| {
        let more = had - listed;
        let said = say!(
            "扫描件 {had} 页，比卷内目录多 {more} 页；封面、目录、备考表不编页，其余须核对是否漏登目录",
            "the scans have {had} pages, {more} more than the list; check whether it leaves something out"
        );
        Observation::unclear(said, seen(), vec![target.clone()]).about(target)
    })
}

/// Pages without numbers that are usual: cover, list, notes page.
const UNNUMBERED: u64 = 5;
