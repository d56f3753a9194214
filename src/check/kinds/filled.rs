//! `filled`: fields have a value that is understood. Must not judge whether it is right.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::{Args, condition_in, field_node};
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::model::vocabulary::FieldId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "filled",
    title: Text::fixed("填写齐全", "fields filled"),
    about: Text::fixed(include_str!("filled.zh.md"), include_str!("filled.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

struct Item {
    field: FieldId,
    when: Option<Condition>,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let items = args.items("fields", item)?;
    Ready::case(move |case, world| look(case, world, &items))
}

fn item(node: &Node<'_>, args: &Args<'_>) -> Option<Item> {
    let Some(table) = node.as_table() else {
        return field_node(node, args.vocabulary, &[]).map(|field| Item { field, when: None });
    };
    let field = table.need("field").and_then(|n| field_node(n, args.vocabulary, &[]));
    let when = condition_in(&table, "when", args.vocabulary);
    table.finish();
    Some(Item { field: field?, when: when? })
}

fn look(case: &Case, world: &World, items: &[Item]) -> Vec<Observation> {
    let (mut found, mut applied) = (Vec::new(), false);
    for Item { field, when } in items {
        let answer = when.as_ref().map_or(Answer::Yes, |c| c.ask(case));
        applied |= answer != Answer::No;
        if answer == Answer::No || quote::usable(case, *field) {
            continue;
        }
        let observation = match (answer, when) {
            (Answer::Unknown, Some(condition)) => {
                let name = quote::field(world, *field);
                let (zh, en) = (&name.zh, &name.en);
                let said = say!("{zh}是否应当填写不能确定", "whether {en} has to be filled cannot be told");
                // `missing` is about the field, not about what decides whether it has to be filled.
                Observation { absent: false, ..quote::undecided(case, world, condition, said) }
            }
            _ if case.entry(*field).is_some() => quote::lacking(case, world, &[*field]),
            _ => {
                let (said, seen, _) = quote::unusable(case, world, *field);
                Observation::unmet(said, vec![seen])
            }
        };
        found.push(observation.about(Target::Field(*field)).by(Points::whole(1), Unit::Items));
    }
    if applied { found } else { vec![Observation::not_applicable()] }
}
