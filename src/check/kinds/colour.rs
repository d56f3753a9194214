//! `colour`: papers with seals or red heads are scanned in colour. Must not look for the seal itself.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::inside::{Colour, Scan};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "colour",
    title: Text::fixed("彩色扫描", "scanned in colour"),
    about: Text::fixed(include_str!("colour.zh.md"), include_str!("colour.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = args.documents("documents")?;
    Ready::papers(move |case, world| {
        let papers: Vec<Looked<'_>> = files::looked(case, &documents).collect();
        if papers.iter().all(|p| p.scans_that(|_, _| true).is_empty()) {
            return files::unseen(papers.into_iter(), world);
        }
        papers.iter().filter_map(|paper| one(paper, world)).collect()
    })
}

fn one(paper: &Looked<'_>, world: &World) -> Option<Observation> {
    // What is stored in colour and shows none was scanned in grey and saved so, or has no seal.
    let pale = |scan: &Scan| scan.colour == Colour::Colour && scan.looks.as_ref().is_some_and(|l| !l.coloured);
    // Scanners that choose the mode page by page keep pages without colour as grey: one page in colour shows that.
    if !paper.scans_that(|scan, _| scan.colour == Colour::Colour && !pale(scan)).is_empty() {
        return None;
    }
    let of = |wanted: &[Colour]| paper.scans_that(|scan, _| wanted.contains(&scan.colour));
    let (plain, open, grey) = (of(&[Colour::Grey, Colour::Bitonal]), of(&[Colour::Unknown]), paper.scans_that(|scan, _| pale(scan)));
    if !grey.is_empty() {
        let Text { zh, en } = paper.at(&grey);
        let is = if grey.len() == 1 { "is" } else { "are" };
        let said = say!(
            "{zh}按彩色保存，但看起来没有颜色：可能是灰度扫描后另存的，也可能没有印章，由人核对",
            "{en} {is} stored in colour but without any to be seen: scanned in grey and saved so, or without a seal; a person has to look"
        );
        return Some(paper.unclear(world, said, &grey));
    }
    if open.is_empty() && !plain.is_empty() {
        let Text { zh, en } = paper.at(&plain);
        let was = if plain.len() == 1 { "was" } else { "were" };
        let said = say!("{zh}是黑白或灰度扫描，印章、红头看不出颜色", "{en} {was} scanned without colour; seals and red heads do not show");
        return Some(paper.unmet(world, said, &plain));
    }
    let Text { zh, en } = paper.at(&open);
    (!open.is_empty())
        .then(|| paper.unclear(world, say!("{zh}是不是彩色扫描看不出来，由人核对", "whether {en} is in colour cannot be told"), &open))
}
