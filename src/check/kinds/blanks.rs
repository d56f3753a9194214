//! `blanks`: blanks of a paper are filled in: dates, signatures, numbers, and forms as a whole. Must not take a signature by hand for a missing one.

use std::collections::BTreeSet;

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::document::Evidence;
use crate::model::inside::{BlankKind, Reading};
use crate::model::vocabulary::DocumentId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "blanks",
    title: Text::fixed("空白未填", "blanks left open"),
    about: Text::fixed(include_str!("blanks.zh.md"), include_str!("blanks.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// Labels from which on a paper is a form.
const FORM: u32 = 4;

#[derive(Debug)]
struct Wanted {
    documents: Vec<DocumentId>,
    what: Vec<BlankKind>,
    /// Percent of labels with nothing after them from which on the form counts as not filled in.
    form: Option<u32>,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = if args.table.has("documents") { args.documents("documents")? } else { Vec::new() };
    let words = [("date", BlankKind::Date), ("signature", BlankKind::Signature), ("number", BlankKind::Number)];
    let nodes = args.table.opt("what").map(crate::base::tree::Node::items).unwrap_or_default();
    let what = nodes.iter().map(|n| n.word(&words)).collect::<Option<Vec<BlankKind>>>()?;
    let form = args.table.opt("form").map(|n| n.count().filter(|p| (1..=100).contains(p)));
    if form == Some(None) || (what.is_empty() && form.is_none()) {
        args.mistake(
            "R005",
            say!(
                "what 写 date、signature、number，form 写 1 到 100 的百分比",
                "what: date, signature, number; form: percent from 1 to 100"
            ),
        );
        return None;
    }
    let wanted = Wanted { documents, what, form: form.flatten() };
    Ready::papers(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, &wanted.documents).collect();
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    if papers.iter().all(|p| p.text().is_none()) {
        return vec![files::no_text(case)];
    }
    let read = papers.iter().filter_map(|p| p.text().map(|t| (p, t)));
    let mut found: Vec<Observation> = read.flat_map(|(paper, text)| one(case, paper, text, world, wanted)).collect();
    found.push(files::in_order());
    found.extend(files::unread(&papers));
    found
}

fn one(case: &Case, paper: &Looked<'_>, text: &Reading, world: &World, wanted: &Wanted) -> Vec<Observation> {
    let (name, (labels, empty)) = (paper.name(), text.labels);
    if let Some(form) = wanted.form.filter(|_| labels >= FORM)
        && u64::from(empty) * 100 >= u64::from(labels) * u64::from(form)
    {
        let said = say!(
            "{name} 基本没有填写：{labels} 个栏目空着 {empty} 个",
            "{name} is hardly filled in: {empty} of {labels} entries are blank"
        );
        return vec![by_hand(case, paper, world, said, &[])];
    }
    let mut found = Vec::new();
    for what in &wanted.what {
        let pages: BTreeSet<u32> = text.blanks.iter().filter(|b| b.what == *what).map(|b| b.page).collect();
        let pages: Vec<u32> = pages.into_iter().collect();
        if pages.is_empty() {
            continue;
        }
        let Text { zh, en } = paper.at(&pages);
        let said = match what {
            BlankKind::Date => say!("{zh}有日期空着（年 月 日）", "{en}: a date is left blank"),
            BlankKind::Signature => say!("{zh}有签名处空着", "{en}: a signature is left blank"),
            BlankKind::Number => say!("{zh}有编号空着", "{en}: a number is left blank"),
        };
        found.push(by_hand(case, paper, world, said, &pages));
    }
    found
}

/// Where a page has more than text, somebody may have written by hand; and a file that was printed and signed stays as it was.
fn by_hand(case: &Case, paper: &Looked<'_>, world: &World, said: Text, pages: &[u32]) -> Observation {
    let marked = paper.pages_that(|p| p.marks || p.scan.is_some());
    let any = if pages.is_empty() { !marked.is_empty() } else { pages.iter().any(|p| marked.contains(p)) };
    let (zh, en) = (&said.zh, &said.en);
    if any {
        let said = say!("{zh}；页上有图像，可能是手写的，须对照原件", "{en}; there are pictures, which may be writing by hand");
        return paper.unclear(world, said, pages);
    }
    // Another file of the kind that has no text may be the paper itself, signed and scanned.
    let scanned = files::looked(case, &[]).any(|p| p.file.kind == paper.file.kind && (p.text().is_none() || p.is_scan(&[])));
    let draft = !paper.inside.format.has_pages() && case.evidence != Some(Evidence::Scanned);
    if scanned || draft || case.evidence == Some(Evidence::Paper) {
        let said =
            say!("{zh}；可能是打印签署前的电子稿，须对照签署的原件", "{en}; it may be a draft of a paper that was signed once printed");
        return paper.unclear(world, said, pages);
    }
    paper.by_text(world, said, pages)
}
