//! `blank_pages`: no page of a paper is blank. Must not take a page that was not looked at for a blank one.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "blank_pages",
    title: Text::fixed("空白页", "blank pages"),
    about: Text::fixed(include_str!("blank_pages.zh.md"), include_str!("blank_pages.md")),
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
    let mut found = Vec::new();
    for paper in files::looked(case, &[]) {
        let of = |wanted: Option<bool>| {
            (1_u32..)
                .zip(&paper.inside.pages)
                .filter(|(_, p)| p.blank == wanted && (wanted.is_some() || p.scan.is_some()))
                .map(|(n, _)| n)
                .collect::<Vec<u32>>()
        };
        let (blank, unseen) = (of(Some(true)), of(None));
        let name = paper.name();
        if !blank.is_empty() {
            let at = files::ranges(&blank);
            let (zh, en) = (&at.zh, &at.en);
            found.push(paper.unmet(world, say!("{name} 第 {zh} 页是空白页", "{name} page {en} is blank"), &blank));
        }
        if !unseen.is_empty() {
            let at = files::ranges(&unseen);
            let (zh, en) = (&at.zh, &at.en);
            found.push(paper.unclear(
                world,
                say!("{name} 第 {zh} 页没有看图像", "the picture of {name} page {en} was not looked at"),
                &unseen,
            ));
        }
    }
    found
}
