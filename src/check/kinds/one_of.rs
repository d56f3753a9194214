//! `one_of`: at least so many of some papers and fields are there. Must not ask which.

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::{Args, Ask};
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::document::Presence;
use crate::model::vocabulary::{DocumentId, FieldId};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "one_of",
    title: Text::fixed("有其一即可", "one of several"),
    about: Text::fixed(include_str!("one_of.zh.md"), include_str!("one_of.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

struct Wanted {
    documents: Vec<DocumentId>,
    fields: Vec<FieldId>,
    at_least: usize,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = if args.table.has("documents") { args.documents("documents") } else { Some(Vec::new()) };
    let fields = if args.table.has("fields") { args.fields("fields", &[]) } else { Some(Vec::new()) };
    let at_least = args.table.opt("at_least").map_or(Some(1), Node::count);
    let (documents, fields, at_least) = (documents?, fields?, usize::try_from(at_least?).ok()?);
    if at_least == 0 || documents.len() + fields.len() < at_least {
        args.mistake(
            "R005",
            say!("documents 和 fields 合计不能少于 at_least", "documents and fields together must not be fewer than at_least"),
        );
        return None;
    }
    if !documents.is_empty() {
        args.asks.push(Ask { documents: documents.clone(), when: None });
    }
    let wanted = Wanted { documents, fields, at_least };
    Ready::case(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    let (mut sure, mut absent) = (0, true);
    let (mut seen, mut lacks, mut open) = (Vec::<Seen>::new(), Vec::new(), Vec::new());
    for id in &wanted.documents {
        let (places, nothing) = match case.presence(*id) {
            Presence::Present(..) => {
                sure += 1;
                continue;
            }
            Presence::Absent(places) => {
                seen.extend(places);
                continue;
            }
            Presence::Declined(places) | Presence::Contradicted(places) | Presence::Unnamed(places) => (places, false),
            Presence::Unknown => (Vec::new(), true),
        };
        absent &= nothing;
        seen.extend(places);
        lacks.push(Target::Document(*id));
        open.push(quote::document(world, *id));
    }
    for id in &wanted.fields {
        match case.entry(*id) {
            Some(_) if quote::usable(case, *id) => sure += 1,
            None => {}
            Some(entry) => {
                absent = false;
                seen.push(entry.seen());
                lacks.push(Target::Field(*id));
                open.push(quote::field(world, *id));
            }
        }
    }
    if sure >= wanted.at_least {
        return Vec::new();
    }
    seen.dedup();
    if seen.is_empty() {
        seen.push(case.home_seen());
    }
    let all = quote::list(
        wanted.documents.iter().map(|d| quote::document(world, *d)).chain(wanted.fields.iter().map(|f| quote::field(world, *f))),
    );
    let ((zh, en), n) = ((&all.zh, &all.en), wanted.at_least);
    let need = say!("{zh}至少应有 {n} 项，现有 {sure} 项", "at least {n} of {en} asked for, {sure} found");
    let target = match (wanted.documents.first(), wanted.fields.first()) {
        (Some(id), _) => Target::Document(*id),
        (None, Some(id)) => Target::Field(*id),
        (None, None) => Target::Other("one_of".to_owned()),
    };
    let observation = if sure + open.len() < wanted.at_least {
        Observation::unmet(need, seen)
    } else {
        let open = quote::list(open);
        let (zh, en) = (&open.zh, &open.en);
        let said = say!(
            "{zh}有无不能确定，请对照案卷核对材料清单和登记",
            "whether {en} is there cannot be told; check checklist and register against the dossier"
        );
        Observation { absent, ..Observation::unclear(quote::sentences([need, said]), seen, lacks) }
    };
    vec![observation.about(target).by(Points::whole(1), Unit::Items)]
}
