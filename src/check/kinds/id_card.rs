//! `id_card`: identity card numbers are well formed and agree with birth date and sex. Must never show a number.

use crate::base::place::Seen;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, World, compare, quote};
use crate::model::case::Case;
use crate::model::value::{Entry, Value};
use crate::model::vocabulary::{FieldId, FieldType};
use crate::reference::identifiers::{IdCard, IdFault, Sex, id_card};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "id_card",
    title: Text::fixed("身份证号码", "identity card number"),
    about: Text::fixed(include_str!("id_card.zh.md"), include_str!("id_card.md")),
    units: &[],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let field = args.field("field", &[FieldType::IdCard, FieldType::Text]);
    let birth = args.opt_field("birth", &[FieldType::Date]);
    let sex = args.opt_field("sex", &[FieldType::Choice, FieldType::Text]);
    let (field, birth, sex) = (field?, birth?, sex?);
    Ready::case(move |case, world| look(case, world, field, birth, sex))
}

fn look(case: &Case, world: &World, field: FieldId, birth: Option<FieldId>, sex: Option<FieldId>) -> Vec<Observation> {
    if !quote::usable(case, field) {
        return vec![quote::lacking(case, world, &[field])];
    }
    let mut found = Vec::new();
    for entry in case.all(field) {
        let Ok(Value::Text(text)) = &entry.value else { continue };
        match id_card(text) {
            Err(fault) => found.push(wrong(world, entry, why(fault))),
            Ok(card) if card.birth > world.as_of => {
                found.push(wrong(world, entry, Text::fixed("中的出生日期晚于截止日", "has a date of birth after the day of the review")));
            }
            Ok(card) => disagreements(case, world, entry, card, birth, sex, &mut found),
        }
    }
    found
}

fn why(fault: IdFault) -> Text {
    match fault {
        IdFault::Length(n) => say!("有 {n} 位，应为 18 位", "has {n} characters instead of 18"),
        IdFault::OldFifteen => Text::fixed("是旧的 15 位号码，应登记 18 位号码", "is an old number of 15 digits; the one of 18 is wanted"),
        IdFault::Characters => Text::fixed("含有数字和末位 X 以外的字符", "has characters other than digits and a final X"),
        IdFault::Birth => Text::fixed("中的出生日期不合常理", "has an impossible date of birth"),
        IdFault::Checksum => Text::fixed("校验位不符，请核对是否抄错", "has a wrong check character; it may have been copied wrongly"),
    }
}

fn wrong(world: &World, entry: &Entry, why: Text) -> Observation {
    // Some rubrics may forget to mark the field as personal; the number is never shown all the same.
    let name = quote::field(world, entry.field);
    let said = Text::pair(format!("{}{}", name.zh, why.zh), Some(format!("{} {}", name.en, why.en)));
    Observation::unmet(said, vec![entry.seen()]).about(Target::Field(entry.field))
}

fn disagreements(
    case: &Case,
    world: &World,
    entry: &Entry,
    card: IdCard,
    birth: Option<FieldId>,
    sex: Option<FieldId>,
    found: &mut Vec<Observation>,
) {
    let mut compare = |field: Option<FieldId>, agrees: &dyn Fn(&Entry) -> Option<bool>| {
        let Some(field) = field else { return };
        // With several persons in one case, one of the recorded values has to fit; what is not filled cannot disagree.
        let answers = || case.all(field).iter().filter_map(agrees);
        if answers().next().is_none() || answers().any(|yes| yes) {
            return;
        }
        let (name, other) = (quote::field(world, entry.field), quote::field(world, field));
        let ((a, b), (c, d)) = ((&name.zh, &other.zh), (&name.en, &other.en));
        let said = say!("{b}与{a}所示不一致", "{d} does not agree with {c}");
        let seen: Vec<Seen> = std::iter::once(entry).chain(case.all(field)).map(Entry::seen).collect();
        found.push(Observation::unmet(said, seen).about(Target::Field(field)));
    };
    compare(birth, &|e| match e.value {
        Ok(Value::Date(w)) => Some(w.date == card.birth),
        _ => None,
    });
    compare(sex, &|e| match compare::words(world, e)?.chars().next()? {
        '男' => Some(card.sex == Sex::Male),
        '女' => Some(card.sex == Sex::Female),
        _ => None,
    });
}
