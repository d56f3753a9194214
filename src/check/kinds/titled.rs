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
    Ready::case(move |case, world| look(case, world, &pairs))
}

fn look(case: &Case, world: &World, pairs: &[(DocumentId, Vec<DocumentId>)]) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let (mut found, mut any, mut read) = (Vec::new(), false, false);
    for (document, others) in pairs {
        for paper in files::looked(case, std::slice::from_ref(document)) {
            any = true;
            let Some(text) = paper.text() else { continue };
            read = true;
            let Some((titled, page)) = &text.titled else { continue };
            let Some(other) = others.iter().find(|o| world.vocabulary.document(**o).id == *titled) else { continue };
            let (name, is, own) = (paper.name(), &world.vocabulary.document(*other).title, &world.vocabulary.document(*document).title);
            let said = say!("{name} 应是《{own}》，内容却是《{is}》", "{name} should be {own} but is headed {is}");
            found.push(paper.by_text(world, said, &[*page]));
        }
    }
    match (any, read) {
        (false, _) => vec![Observation::not_applicable()],
        (true, false) => vec![files::no_text(case)],
        (true, true) => found,
    }
}
