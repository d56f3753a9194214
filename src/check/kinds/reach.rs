//! `reach`: a number, a share of another or its growth reaches what is asked. Must not round before it compares.

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::value::Entry;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "reach",
    title: Text::fixed("达到目标", "target reached"),
    about: Text::fixed(include_str!("reach.zh.md"), include_str!("reach.md")),
    units: &[Unit::Percent, Unit::Items],
    human: false,
    ready,
};

/// What is compared with what.
#[derive(Debug)]
struct Wanted {
    field: FieldId,
    /// In percent of this one.
    of: Option<FieldId>,
    /// Growth in percent since this one.
    since: Option<FieldId>,
    at_least: Option<Points>,
    at_most: Option<Points>,
    /// At least, or at most, what this one says.
    as_field: Option<FieldId>,
    /// More cannot be true.
    most: Option<Points>,
    rate: bool,
}

const NUMBERS: &[FieldType] = &[FieldType::Number, FieldType::Percent];

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let field = args.field("field", NUMBERS);
    let (of, since) = (args.opt_field("of", NUMBERS)?, args.opt_field("since", NUMBERS)?);
    let as_field = args.opt_field("as_field", NUMBERS)?;
    let number = |key: &'static str| args.table.opt(key).and_then(|n| n.points());
    let (at_least, at_most, most) = (number("at_least"), number("at_most"), number("most"));
    let field = field?;
    if of.is_some() && since.is_some() {
        args.mistake("R005", say!("of 与 since 只能写一个", "give either of or since"));
        return None;
    }
    if [at_least.is_some(), at_most.is_some(), as_field.is_some(), most.is_some()].iter().all(|given| !given) {
        args.mistake("R005", say!("at_least、at_most、as_field、most 至少写一项", "give one of at_least, at_most, as_field, most"));
        return None;
    }
    let rate = of.is_some() || since.is_some() || args.vocabulary.field(field).kind == FieldType::Percent;
    let wanted = Wanted { field, of, since, at_least, at_most, as_field, most, rate };
    Ready::case(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    let fields: Vec<FieldId> = [Some(wanted.field), wanted.of, wanted.since, wanted.as_field].into_iter().flatten().collect();
    if fields.iter().any(|f| !quote::usable(case, *f)) {
        return vec![quote::lacking(case, world, &fields)];
    }
    let number = |f: FieldId| case.number(f).unwrap_or_default();
    let (n, seen) = (number(wanted.field), fields.iter().flat_map(|f| case.all(*f)).map(Entry::seen).collect::<Vec<Seen>>());
    let hundred = Points::whole(100);
    let target = Target::Field(wanted.field);
    let stated = quote::list(fields.iter().filter_map(|f| case.entry(*f)).map(|e| quote::stated(world, e)));
    let (zh, en) = (&stated.zh, &stated.en);
    let value = match (wanted.of, wanted.since) {
        (Some(base), _) | (_, Some(base)) if number(base) <= Points::ZERO => {
            let said = say!("{zh}：作分母的数是 0，不能计算", "{en}: the number to divide by is 0");
            return vec![Observation::unclear(said, seen, vec![Target::Field(base)]).about(target)];
        }
        (Some(base), _) => n * hundred / number(base),
        (_, Some(base)) => (n - number(base)) * hundred / number(base),
        _ => n,
    };
    let unit = if wanted.rate { "%" } else { "" };
    let computed = wanted.of.is_some() || wanted.since.is_some();
    let (what_zh, what_en) = if computed {
        let (name_zh, name_en) = if wanted.since.is_some() { ("增长", "a growth of ") } else { ("为", "that is ") };
        (format!("，{name_zh} {value}{unit}"), format!(", {name_en}{value}{unit}"))
    } else {
        (String::new(), String::new())
    };
    if let Some(most) = wanted.most.filter(|m| value > *m) {
        let said = say!(
            "{zh}{what_zh}，超过 {most}{unit}，不可能，请核对填报的数",
            "{en}{what_en}: more than {most}{unit} is impossible; check the figures"
        );
        return vec![Observation::unclear(said, seen, vec![target.clone()]).about(target)];
    }
    let floor = wanted.at_least.or_else(|| wanted.as_field.filter(|_| wanted.at_most.is_none()).map(number));
    let short = floor.filter(|f| value < *f).map(|f| (f, f - value, "低于", "below"));
    let over = wanted.at_most.filter(|m| value > *m).map(|m| (m, value - m, "高于", "above"));
    let Some((limit, apart, zh_word, en_word)) = short.or(over) else { return Vec::new() };
    let said = say!("{zh}{what_zh}，{zh_word} {limit}{unit}", "{en}{what_en}, {en_word} {limit}{unit}");
    // A begun point counts in full, so that what is lost has the denominators of the rubric alone.
    let whole = Points(apart.0.ceil());
    vec![Observation::unmet(said, seen).about(target).by(whole, if wanted.rate { Unit::Percent } else { Unit::Items })]
}
