//! `credit_code`: a unified social credit code is well formed. Must not look up whose it is.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, World, quote};
use crate::model::case::Case;
use crate::model::value::Value;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::reference::identifiers::{CreditFault, credit_code};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "credit_code",
    title: Text::fixed("统一社会信用代码", "credit code"),
    about: Text::fixed(include_str!("credit_code.zh.md"), include_str!("credit_code.md")),
    units: &[],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let field = args.field("field", &[FieldType::Text])?;
    Ready::case(move |case, world| look(case, world, field))
}

fn look(case: &Case, world: &World, field: FieldId) -> Vec<Observation> {
    if !quote::usable(case, field) {
        return vec![quote::lacking(case, world, &[field])];
    }
    let mut found = Vec::new();
    for entry in case.all(field) {
        let Ok(Value::Text(text)) = &entry.value else { continue };
        let Err(fault) = credit_code(text) else { continue };
        let why = match fault {
            CreditFault::Length(n) => say!("有 {n} 位，应为 18 位", "has {n} characters instead of 18"),
            CreditFault::Character(_) if world.vocabulary.field(field).personal => {
                Text::fixed("含有代码中不使用的字符", "has a character that codes do not use")
            }
            CreditFault::Character(c) => say!("含有代码中不使用的字符“{c}”", "has the character “{c}”, which codes do not use"),
            CreditFault::Checksum(c) => {
                say!("校验位不符（按前 17 位应为 {c}）", "has a wrong check character ({c} would follow from the first 17)")
            }
        };
        let stated = quote::stated(world, entry);
        let said = Text::pair(format!("{}{}", stated.zh, why.zh), Some(format!("{} {}", stated.en, why.en)));
        found.push(Observation::unmet(said, vec![entry.seen()]).about(Target::Field(field)));
    }
    found
}
