//! `upright`: scanned pages stand straight: their lines are not skewed and do not run from top to bottom. Must not turn them.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::inside::{Page, Scan};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "upright",
    title: Text::fixed("不歪斜不横倒", "upright"),
    about: Text::fixed(include_str!("upright.zh.md"), include_str!("upright.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let most = args.table.need("most")?.points()?;
    Ready::papers(move |case, world| look(case, world, most))
}

fn look(case: &Case, world: &World, most: Points) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, &[]).collect();
    if papers.iter().all(|p| p.scans_that(|_, _| true).is_empty()) {
        return files::unseen(papers.into_iter(), world);
    }
    let limit = most * Points::whole(100);
    let skew = |scan: &Scan| scan.looks.as_ref().and_then(|l| l.skew).map_or(0, i16::unsigned_abs);
    let mut found = Vec::new();
    for paper in &papers {
        let skewed = paper.scans_that(|scan, _| Points::whole(i64::from(skew(scan))) > limit);
        if !skewed.is_empty() {
            let worst = paper.inside.pages.iter().filter_map(|p| p.scan.as_ref()).map(skew).max().unwrap_or(0);
            let (Text { zh, en }, degrees) = (paper.at(&skewed), degrees(worst));
            let (up_to_zh, up_to_en, is) = if skewed.len() == 1 { ("约", "", "is") } else { ("最多约", "up to ", "are") };
            let said =
                say!("{zh}歪斜{up_to_zh} {degrees} 度，超过 {most} 度", "{en} {is} skewed by {up_to_en}{degrees} degrees, over {most}");
            found.push(paper.unmet(world, said, &skewed));
        }
        // A tag may turn the page when it is shown.
        let lying = paper.scans_that(|scan, page| {
            scan.looks.as_ref().and_then(|l| l.sideways).is_some_and(|sideways| sideways != (page.turned % 2 == 1))
        });
        if !lying.is_empty() {
            let Text { zh, en } = paper.at(&lying);
            let lies = if lying.len() == 1 { "lies on its side" } else { "lie on their sides" };
            found.push(paper.unmet(world, say!("{zh}横放（文字转了九十度）", "{en} {lies}"), &lying));
        }
    }
    let dark = |page: &Page| page.blank != Some(true) && page.scan.as_ref().is_some_and(|s| s.looks.is_none());
    found.extend(files::unlooked(case, world, &papers, dark));
    found
}

/// `3.05`, `4.5`
fn degrees(hundredths: u16) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
