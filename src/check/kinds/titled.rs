//! `titled`: a paper is the one that its file name says: another paper under its name is told. Must not name papers that have no title.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::args::document_node;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::vocabulary::DocumentId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "titled",
    title: Text::fixed("名实相符", "the paper that its name says"),
    about: Text::fixed(include_str!("titled.zh.md"), include_str!("titled.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let pairs = args.items("mistaken", |node, args| {
        let table = node.table()?;
        let document = table.need("document").and_then(|n| document_node(n, args.vocabulary));
        let other = table.need("other").map(|n| n.items().iter().map(|n| document_node(n, args.vocabulary)).collect::<Option<Vec<_>>>());
        table.finish();
        Some((document?, other??))
    })?;
    Ready::papers(move |case, world| look(case, world, &pairs))
}

fn look(case: &Case, world: &World, pairs: &[(DocumentId, Vec<DocumentId>)]) -> Vec<Observation> {
    let (mut found, mut papers) = (Vec::new(), Vec::new());
    for (document, others) in pairs {
        for paper in files::looked(case, std::slice::from_ref(document)) {
            papers.push(paper);
            let Some((titled, page)) = paper.text().and_then(|t| t.titled.as_ref()) else { continue };
            let Some(other) = others.iter().find(|o| world.vocabulary.document(**o).id == *titled) else { continue };
            let (is, own) = (world.vocabulary.document(*other), world.vocabulary.document(*document));
            // A file that is named after both papers holds both.
            if paper.file.name().contains(is.title.as_str()) {
                continue;
            }
            let (Text { zh, en }, is_zh, own_zh, is_en, own_en) = (paper.at(&[*page]), &is.title, &own.title, &is.id, &own.id);
            let said = say!("{zh}的标题是《{is_zh}》，不是《{own_zh}》", "{en} is headed {is_en}, not {own_en}");
            found.push(paper.by_text(world, said, &[*page]));
        }
    }
    if papers.is_empty() {
        return vec![Observation::not_applicable()];
    }
    if papers.iter().all(|p| p.text().is_none()) {
        return vec![files::no_text(case)];
    }
    found.push(files::in_order());
    found.extend(files::unread(&papers));
    found
}
