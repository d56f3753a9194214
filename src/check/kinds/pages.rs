//! `pages`: the page numbers of the 卷内目录 run without hole, overlap or step back. Must not look at the papers themselves.

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::contents::{self, Line};
use crate::check::{Kind, Observation, Ready, Target, Unit, World};
use crate::model::case::Case;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "pages",
    title: Text::fixed("目录页码", "page numbers"),
    about: Text::fixed(include_str!("pages.zh.md"), include_str!("pages.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::case(look)
}

fn look(case: &Case, _: &World) -> Vec<Observation> {
    let volumes = contents::volumes(case);
    if volumes.is_empty() {
        return vec![contents::none(case)];
    }
    let (mut found, mut last) = (Vec::new(), 0);
    for (i, volume) in volumes.iter().enumerate() {
        let name = if volumes.len() > 1 { Volume(Some(i + 1)) } else { Volume(None) };
        last = one(name, volume, last, &mut found);
    }
    found
}

/// How a volume is named: not at all when it is the only one.
#[derive(Clone, Copy)]
struct Volume(Option<usize>);

impl Volume {
    fn says(self, text: Text) -> Text {
        match self.0 {
            Some(n) => Text::pair(format!("第 {n} 册：{}", text.zh), Some(format!("volume {n}: {}", text.en))),
            None => text,
        }
    }
}

/// A line with its pages put the right way round.
struct Ranged<'a> {
    line: &'a Line<'a>,
    from: u32,
    to: u32,
}

/// Looks at one volume; `before` is the last page of the one before it. Gives the last page of this one.
fn one(name: Volume, lines: &[Line<'_>], before: u32, found: &mut Vec<Observation>) -> u32 {
    let mut ranged: Vec<Ranged<'_>> = Vec::with_capacity(lines.len());
    let mut blank: Vec<&Line<'_>> = Vec::new();
    for line in lines {
        // Page 0 is no page: it counts as not written.
        match line.pages.filter(|(a, b)| *a > 0 && *b > 0) {
            None => blank.push(line),
            Some((a, b)) => {
                if a > b {
                    let title = &line.document.title;
                    let said = say!("《{title}》起止页写反：{a}-{b}", "the page range of 《{title}》 is reversed: {a}-{b}");
                    found.push(fault(name, said, line.target(), vec![line.document.seen()]));
                }
                ranged.push(Ranged { line, from: a.min(b), to: a.max(b) });
            }
        }
    }
    for pair in ranged.windows(2) {
        let [a, b] = pair else { continue };
        if b.from < a.from {
            let (first, second) = (shown(a), shown(b));
            let said = say!("{second}排在{first}之后，页码倒退", "{second} stands after {first}: the pages step back");
            found.push(fault(name, said, b.line.target(), vec![a.line.document.seen(), b.line.document.seen()]));
        }
    }
    ranged.sort_by_key(|r| (r.from, r.to, r.line.position));
    let holes = walk(name, &ranged, before, found);
    unsure(name, lines, &ranged, &blank, holes, found);
    ranged.iter().map(|r| r.to).max().unwrap_or(before)
}

/// A hole: from and to, and where it was seen.
struct Hole {
    pages: (u32, u32),
    target: Target,
    seen: Vec<Seen>,
}

/// Goes through the ranges in order of pages; tells overlaps and gives the holes.
fn walk(name: Volume, ranged: &[Ranged<'_>], before: u32, found: &mut Vec<Observation>) -> Vec<Hole> {
    let mut holes = Vec::new();
    // A later volume goes on where the one before it ended, or begins again with page 1.
    let mut reached = if ranged.first().is_some_and(|r| r.from > before) { before } else { 0 };
    let mut widest: Option<&Ranged<'_>> = None;
    for next in ranged {
        if next.from > reached.saturating_add(1) {
            let seen = widest.into_iter().chain([next]).map(|r| r.line.document.seen()).collect();
            holes.push(Hole { pages: (reached + 1, next.from - 1), target: next.line.target(), seen });
        } else if let Some(earlier) = widest
            && next.from <= reached
        {
            let (a, b) = (shown(earlier), shown(next));
            let said = say!("{a}与{b}页码重叠", "the pages of {a} and {b} overlap");
            found.push(fault(name, said, next.line.target(), vec![earlier.line.document.seen(), next.line.document.seen()]));
        }
        if next.to > reached || widest.is_none() {
            reached = reached.max(next.to);
            widest = Some(next);
        }
    }
    holes
}

/// Holes are only sure when every line has its pages, first and last.
fn unsure(name: Volume, lines: &[Line<'_>], ranged: &[Ranged<'_>], blank: &[&Line<'_>], holes: Vec<Hole>, found: &mut Vec<Observation>) {
    let target = || Target::Other("contents".to_owned());
    if !blank.is_empty() {
        let titles: Vec<String> = blank.iter().map(|l| format!("《{}》", l.document.title)).collect();
        let (zh, en, n) = (titles.join("、"), titles.join(", "), blank.len());
        let said = say!(
            "卷内目录有 {n} 行没有页码：{zh}，请对照案卷填写起止页",
            "lines without page numbers ({n}): {en}; write first and last page"
        );
        let seen = blank.iter().map(|l| l.document.seen()).collect();
        let absent = blank.len() == lines.len();
        let observation = Observation { absent, ..Observation::unclear(name.says(said), seen, vec![target()]) };
        found.push(observation.about(target()).any_number());
        return;
    }
    // Many lists give only the page on which a paper begins; the last one then shows where the volume ends.
    let in_order = ranged.split_last().map_or(&[][..], |(_, rest)| rest);
    if !holes.is_empty() && !in_order.is_empty() && in_order.iter().all(|r| r.from == r.to) {
        let said = say!(
            "卷内目录只写了每份材料的一个页码，不能判断是否缺页，请写明起止页",
            "the list gives a single page for each paper, so holes cannot be told; write first and last page"
        );
        let seen = holes.into_iter().flat_map(|h| h.seen).collect();
        let observation = Observation::unclear(name.says(said), seen, vec![target()]);
        found.push(observation.about(target()).any_number());
        return;
    }
    for Hole { pages: (from, to), target, seen } in holes {
        let pages = range(from, to);
        let said = say!("卷内目录缺第 {pages} 页", "the list skips page {pages}");
        found.push(fault(name, said, target, seen));
    }
}

fn fault(name: Volume, said: Text, target: Target, mut seen: Vec<Seen>) -> Observation {
    seen.dedup();
    Observation::unmet(name.says(said), seen).about(target).by(Points::whole(1), Unit::Items)
}

fn range(from: u32, to: u32) -> String {
    if from == to { from.to_string() } else { format!("{from}-{to}") }
}

/// `《身份证明》（3-4）`
fn shown(ranged: &Ranged<'_>) -> String {
    format!("《{}》（{}）", ranged.line.document.title, range(ranged.from, ranged.to))
}
