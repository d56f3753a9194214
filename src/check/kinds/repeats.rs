//! `repeats`: no page stands in the dossier twice. Must not compare with other dossiers, or take blank pages for repeats.

use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::Target;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
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
const SHORT: u32 = 20;

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::case(look)
}

fn look(case: &Case, _: &World) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let papers: Vec<Looked<'_>> = files::looked(case, &[]).collect();
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
        group.1.push(at.iter().map(|(_, page)| *page).collect());
    }
    groups.into_iter().map(|(files, (print, pages))| told(&papers, &files, print, pages)).collect()
}

fn told(papers: &[Looked<'_>], at: &[usize], print: u64, mut pages: Vec<Vec<u32>>) -> Observation {
    pages.sort();
    let n = pages.len();
    let column = |i: usize| pages.iter().filter_map(|p| p.get(i).copied()).collect::<Vec<u32>>();
    let one = |(i, file): (usize, &usize)| {
        let at = files::ranges(&column(i));
        let name = papers[*file].name();
        let (zh, en) = (at.zh, at.en);
        say!("{name} 第 {zh} 页", "{name} page {en}")
    };
    let parts: Vec<Text> = at.iter().enumerate().map(one).collect();
    let zh: Vec<&str> = parts.iter().map(|t| &*t.zh).collect();
    let en: Vec<&str> = parts.iter().map(|t| &*t.en).collect();
    let (zh, en) = (zh.join("与"), en.join(" and "));
    let said = say!("{zh}是同一页扫描（{n} 页）", "{en} are the same ({n} pages)");
    let seen: Vec<Seen> = pages.iter().flat_map(|p| at.iter().zip(p)).map(|(file, page)| papers[*file].file.page(*page).into()).collect();
    let amount = i64::try_from(n * (at.len() - 1)).unwrap_or(i64::MAX);
    Observation::unmet(said, seen).about(Target::Other(format!("page:{print:016x}"))).by(Points::whole(amount), Unit::Items)
}
