//! `says`: the text of a paper has the parts that it must have. Must not judge how well they are written.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::Target;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Ready, Unit};
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
    Ready::papers(move |case, _| {
        let papers: Vec<Looked<'_>> = files::looked(case, &documents).collect();
        look(case, &papers, &parts)
    })
}

fn look(case: &Case, papers: &[Looked<'_>], parts: &[Part]) -> Vec<Observation> {
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    let read: Vec<&Looked<'_>> = papers.iter().filter(|p| p.text().is_some()).collect();
    if read.is_empty() {
        return vec![files::no_text(case)];
    }
    // What is not in the text may stand on a page that has none, in a part that was not reached, or may have been misread.
    let open = papers.iter().any(|p| p.text().is_none_or(|r| r.source == Source::Ocr) || p.is_scan(&[]) || p.inside.is_partial());
    let says = |part: &Part| read.iter().filter_map(|p| p.text()).any(|r| part.any.iter().any(|phrase| r.says(phrase).is_some()));
    let one = |part: &Part| {
        let title = &part.title;
        let (zh, en): (Vec<_>, Vec<_>) = read.iter().map(|p| (p.name(), p.name())).unzip();
        let (zh, en) = (zh.join("、"), en.join(", "));
        let seen = read.iter().map(|p| p.seen()).collect();
        let target = Target::Other(format!("part:{title}"));
        let observation = if open {
            let said = say!(
                "{zh} 可读的文字里没有“{title}”，但有扫描的或没有读到的内容，须对照原件",
                "“{title}” is not in what can be read of {en}, but there are scans or parts that were not read"
            );
            Observation::unclear(said, seen, vec![target.clone()])
        } else {
            Observation::unmet(say!("{zh} 没有写“{title}”", "there is nothing of “{title}” in {en}"), seen)
        };
        observation.about(target).by(Points::whole(1), Unit::Items)
    };
    parts.iter().filter(|p| !says(p)).map(one).collect()
}
