//! `says`: the text of a paper has the parts that it must have. Must not judge how well they are written.

use crate::base::text::Text;
use crate::check::Target;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::inside::Source;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "says",
    title: Text::fixed("写明要素", "required parts of a text"),
    about: Text::fixed(include_str!("says.zh.md"), include_str!("says.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// A part, and the phrases of which one shows that it is there.
#[derive(Debug)]
struct Part {
    title: String,
    any: Vec<String>,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = args.documents("documents")?;
    let parts = args.items("parts", |node, _| {
        let table = node.table()?;
        let (title, any) = (table.need_text("title"), table.texts("any"));
        table.finish();
        if any.is_empty() {
            table.sink.push("R005", &table.at, say!("any 不能为空", "any must not be empty"));
            return None;
        }
        let any = any.iter().map(|p| p.chars().filter(|c| !c.is_whitespace()).collect()).collect();
        Some(Part { title: title?, any })
    })?;
    args.phrases.extend(parts.iter().flat_map(|p| p.any.iter().cloned()));
    Ready::case(move |case, world| {
        if let Some(said) = files::nothing(case) {
            return said;
        }
        let papers: Vec<Looked<'_>> = files::looked(case, &documents).collect();
        look(case, world, &papers, &parts)
    })
}

fn look(case: &Case, world: &World, papers: &[Looked<'_>], parts: &[Part]) -> Vec<Observation> {
    let Some(first) = papers.first() else { return vec![Observation::not_applicable()] };
    let read: Vec<&Looked<'_>> = papers.iter().filter(|p| p.text().is_some()).collect();
    if read.is_empty() {
        return vec![files::no_text(case)];
    }
    let mut found = Vec::new();
    for part in parts {
        let says = |p: &&&Looked<'_>| p.text().is_some_and(|r| part.any.iter().any(|phrase| r.says(phrase).is_some()));
        if read.iter().any(|p| says(&p)) {
            continue;
        }
        let (title, names) = (&part.title, read.iter().map(|p| p.name()).collect::<Vec<_>>());
        let (zh, en) = (names.join("、"), names.join(", "));
        let seen = read.iter().map(|p| p.seen()).collect();
        let target = Target::Other(format!("part:{title}"));
        let by_ocr = read.iter().any(|p| p.text().is_some_and(|r| r.source == Source::Ocr));
        // What is not in the text may be on a page that has none.
        let observation = if by_ocr || read.len() < papers.len() || papers.iter().any(|p| has_scans(p)) {
            let said = say!(
                "{zh} 可读的文字里没有“{title}”，另有识别的或没有文字的页，须对照原件",
                "{title:?} is not in what can be read of {en}; pages without text, or read by OCR, may have it"
            );
            Observation::unclear(said, seen, vec![target.clone()])
        } else {
            Observation::unmet(say!("{zh} 没有写“{title}”", "{en} says nothing of {title:?}"), seen)
                .by(crate::base::points::Points::whole(1), Unit::Items)
        };
        found.push(observation.about(target));
    }
    found.extend(files::unseen(std::iter::once(*first), world));
    found
}

/// Whether some of its pages have no text.
fn has_scans(paper: &Looked<'_>) -> bool {
    paper.inside.pages.iter().any(|p| p.chars == 0 && p.scan.is_some() && p.blank != Some(true))
}
