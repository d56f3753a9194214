//! `repeats`: no page stands in the dossier twice. Must not compare with other dossiers, or take blank pages for repeats.

use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Outcome, Ready, Target, Unit, World};
use crate::model::case::Case;
use crate::model::inside::CaseFile;
use crate::model::volume::Volume;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "repeats",
    title: Text::fixed("重复扫描", "pages scanned twice"),
    about: Text::fixed(include_str!("repeats.zh.md"), include_str!("repeats.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// Text that is too short to tell two pages apart: a heading, a page number.
const SHORT: u32 = 50;

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::papers(look)
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, &[]).collect();
    if papers.iter().all(|p| p.inside.pages.is_empty()) {
        return files::unseen(papers.into_iter(), world);
    }
    // The whole dossier in one file beside its parts is a copy made for reading, not a page scanned twice.
    let whole: Vec<&CaseFile> = Volume::of(case).iter().flat_map(Volume::files).collect();
    let (wholes, parts): (Vec<_>, Vec<_>) = papers.iter().partition(|p| whole.iter().any(|f| std::ptr::eq(*f, p.file)));
    [wholes, parts].iter().flat_map(|papers| among(papers)).collect()
}

fn among(papers: &[&Looked<'_>]) -> Vec<Observation> {
    let mut prints: BTreeMap<u64, Vec<(usize, u32)>> = BTreeMap::new();
    for (i, paper) in papers.iter().enumerate() {
        for (number, page) in (1_u32..).zip(&paper.inside.pages) {
            let tells = page.blank != Some(true) && (page.scan.is_some() || page.chars >= SHORT);
            if let Some(print) = page.print.filter(|_| tells) {
                prints.entry(print).or_default().push((i, number));
            }
        }
    }
    // Pages that stand in the same files are told together: a whole file that is there twice is one finding.
    let mut groups: BTreeMap<Vec<usize>, (u64, Vec<Vec<u32>>)> = BTreeMap::new();
    for (print, at) in prints.into_iter().filter(|(_, at)| at.len() > 1) {
        let group = groups.entry(at.iter().map(|(file, _)| *file).collect()).or_insert((print, Vec::new()));
        group.0 = group.0.min(print);
        group.1.push(at.iter().map(|(_, page)| *page).collect());
    }
    groups.into_iter().map(|(files, (print, pages))| told(papers, &files, print, pages)).collect()
}

fn told(papers: &[&Looked<'_>], at: &[usize], print: u64, mut pages: Vec<Vec<u32>>) -> Observation {
    pages.sort();
    let n = pages.len();
    let columns: Vec<Vec<u32>> = (0..at.len()).map(|i| pages.iter().filter_map(|p| p.get(i).copied()).collect()).collect();
    let whole = at.iter().zip(&columns).all(|(file, column)| papers[*file].inside.pages.len() == column.len());
    let mut named = None;
    let part = |(file, column): (&usize, &Vec<u32>)| {
        let again = named.replace(*file) == Some(*file);
        let word = if column.len() == 1 { "page" } else { "pages" };
        let Text { zh, en } = if again { files::ranges(column) } else { papers[*file].at(if whole { &[] } else { column }) };
        if again { say!("第 {zh} 页", "{word} {en}") } else { Text::pair(zh, Some(en.into_owned())) }
    };
    let (zh, en): (Vec<_>, Vec<_>) = at.iter().zip(&columns).map(part).map(|t| (t.zh, t.en)).unzip();
    let (zh, en) = (zh.join("与"), en.join(" and "));
    let said = match (whole, n) {
        (_, 1) => say!("{zh}是同一页", "{en} are the same page"),
        (true, _) => say!("{zh}逐页相同，共 {n} 页", "{en} are the same, page by page ({n} pages)"),
        (false, _) => say!("{zh}依次相同，各 {n} 页", "{en} are the same, one after the other ({n} pages each)"),
    };
    let places = pages.iter().flat_map(|p| at.iter().zip(p));
    let seen: Vec<Seen> = places.map(|(file, page)| papers[*file].file.page(*page).into()).collect();
    let amount = i64::try_from(n * (at.len() - 1)).unwrap_or(i64::MAX);
    let target = Target::Other(format!("page:{print:016x}"));
    let found = Observation::unmet(said, seen).about(target.clone()).by(Points::whole(amount), Unit::Items);
    // Pages of which nobody saw whether they are blank may be blank ones.
    let sure =
        at.iter().zip(&columns).all(|(file, column)| papers[*file].pages_that(|p| p.blank.is_none()).iter().all(|p| !column.contains(p)));
    if sure {
        return found;
    }
    let (zh, en) = (&found.said.zh, &found.said.en);
    let said = say!("{zh}；没有查看图像，可能是空白页", "{en}; nobody looked whether they are blank");
    Observation { outcome: Outcome::Unclear, lacks: vec![target], said, ..found }
}
