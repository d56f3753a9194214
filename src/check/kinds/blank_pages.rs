//! `blank_pages`: no page of a paper is blank. Must not take a page that was not looked at for a blank one.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
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
    Ready::papers(look)
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, &[]).collect();
    if papers.iter().all(|p| p.inside.pages.is_empty()) {
        return files::unseen(papers.into_iter(), world);
    }
    let mut found = Vec::new();
    for paper in &papers {
        let blank = paper.pages_that(|p| p.blank == Some(true));
        if !blank.is_empty() {
            let Text { zh, en } = paper.at(&blank);
            let is = if blank.len() == 1 { "is" } else { "are" };
            found.push(paper.unmet(world, say!("{zh}是空白页", "{en} {is} blank"), &blank));
        }
    }
    found.extend(files::unlooked(case, world, &papers, |page| page.blank.is_none()));
    found
}
