//! `holds`: a condition of the rubric holds. Must not add a meaning of its own.

use crate::base::text::Text;
use crate::check::args::{Args, Ask};
use crate::check::{Kind, Observation, Ready, Target, World, quote};
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::model::document::Presence;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "holds",
    title: Text::fixed("条件成立", "condition holds"),
    about: Text::fixed(include_str!("holds.zh.md"), include_str!("holds.md")),
    units: &[],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let condition = args.condition("is");
    let said = args.table.need_text("said");
    let said_en = args.table.text("said_en");
    let Some(condition) = condition? else {
        args.mistake("R002", say!("这里缺少 is", "is is missing here"));
        return None;
    };
    args.asks.extend(condition.documents().into_iter().map(|d| Ask { documents: vec![d], when: None }));
    let said = Text::pair(said?, said_en);
    Ready::case(move |case, world| look(case, world, &condition, &said))
}

fn look(case: &Case, world: &World, condition: &Condition, said: &Text) -> Vec<Observation> {
    match condition.ask(case) {
        Answer::Yes => Vec::new(),
        Answer::No => vec![broken(case, condition, said)],
        Answer::Unknown => {
            let lead = Text::fixed("条件是否成立不能确定", "whether the condition holds cannot be told");
            vec![quote::undecided(case, world, condition, lead)]
        }
    }
}

fn broken(case: &Case, condition: &Condition, said: &Text) -> Observation {
    let (fields, documents) = (condition.fields(), condition.documents());
    let mut seen: Vec<_> = fields.iter().flat_map(|f| case.all(*f)).map(|e| e.seen()).collect();
    for document in &documents {
        match case.presence(*document) {
            Presence::Present(_, s) | Presence::Absent(s) | Presence::Declined(s) | Presence::Contradicted(s) => seen.extend(s),
            Presence::Unnamed(_) | Presence::Unknown => {}
        }
    }
    if seen.is_empty() {
        seen.push(case.home_seen());
    }
    let target = fields.first().map(|f| Target::Field(*f)).or(documents.first().map(|d| Target::Document(*d)));
    Observation::unmet(said.clone(), seen).about(target.unwrap_or_else(|| Target::Other("holds".to_owned())))
}
