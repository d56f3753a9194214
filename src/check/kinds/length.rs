//! `length`: a paper is as long as it must be. Must not judge what it says.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "length",
    title: Text::fixed("篇幅", "length of a text"),
    about: Text::fixed(include_str!("length.zh.md"), include_str!("length.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = args.documents("documents");
    let least = args.table.need("least").and_then(crate::base::tree::Node::count);
    let (documents, least) = (documents?, least?);
    Ready::papers(move |case, world| {
        let papers: Vec<Looked<'_>> = files::looked(case, &documents).collect();
        look(case, world, &papers, least)
    })
}

fn look(case: &Case, world: &World, papers: &[Looked<'_>], least: u32) -> Vec<Observation> {
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    if papers.iter().all(|p| p.text().is_none()) {
        return vec![files::no_text(case)];
    }
    // Several papers of one kind are one text in parts.
    let chars: u64 = papers.iter().filter_map(Looked::text).map(|r| u64::from(r.chars)).sum();
    if chars >= u64::from(least) {
        return Vec::new();
    }
    let read: Vec<&Looked<'_>> = papers.iter().filter(|p| p.text().is_some()).collect();
    let Some(paper) = read.first() else { return Vec::new() };
    let (zh, en): (Vec<_>, Vec<_>) = read.iter().map(|p| (p.name(), p.name())).unzip();
    let (zh, en) = (zh.join("、"), en.join(", "));
    let said = say!("{zh} 只有 {chars} 字，应不少于 {least} 字", "{en}: {chars} characters, at least {least} are asked for");
    // A page without text, or one that was not reached, may hold the rest.
    let open = papers.iter().any(|p| p.text().is_none() || p.is_scan(&[]) || p.inside.is_partial());
    if open {
        let (zh, en) = (&said.zh, &said.en);
        let said = say!("{zh}；另有扫描的或没有读到的内容，须对照原件", "{en}; there are scans or parts that were not read as well");
        return vec![paper.unclear(world, said, &[])];
    }
    vec![paper.by_text(world, said, &[])]
}
