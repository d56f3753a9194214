//! The rules of a nomination and of subsidies, read from TOML with spans, all mistakes at once. Must not look cases up.

use crate::base::mistake::Mistakes;
use crate::base::points::Points;
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::{Node, Table};
use crate::say;

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// `[nominate]`
    pub nominate: Option<NominateRules>,
    /// `[subsidy]`
    pub subsidy: Option<SubsidyRules>,
}

/// `[nominate]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NominateRules {
    /// Titles of the grades, one of which a case must have.
    pub grades: Vec<String>,
    /// At most so many an office.
    pub most: usize,
    /// Only cases whose grade a person confirmed.
    pub confirmed: bool,
    /// No unmet finding at all.
    pub all: bool,
    /// No unmet finding of these criteria.
    pub without: Vec<String>,
    /// Fields that must have this value.
    pub fields: Vec<(String, String)>,
    /// Number fields, the larger the better, first one first.
    pub prefer: Vec<String>,
    /// Field over whose values candidates are spread.
    pub spread: Option<String>,
}

/// `[subsidy]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubsidyRules {
    /// The same base for every case.
    pub base: Option<Points>,
    /// Or the field that has it.
    pub field: Option<String>,
    /// Factors by grade title, in their order.
    pub factors: Vec<(String, Points)>,
}

/// Reads the text; mistakes go to `sink`.
pub fn parse(text: &str, sink: &Mistakes) -> Rules {
    let (map, errors) = toml::de::DeTable::parse_recoverable(text);
    syntax_mistakes(&errors, 0, text).into_iter().for_each(|mistake| sink.add(mistake));
    let root = Table::root(&map, 0, sink);
    let rules = Rules {
        nominate: root.opt("nominate").and_then(Node::table).map(|t| nominate(&t)),
        subsidy: root.opt("subsidy").and_then(Node::table).map(|t| subsidy(&t)),
    };
    root.finish();
    if rules == Rules::default() && sink.count() == 0 {
        sink.push("R002", &root.at, say!("要有 [nominate] 或 [subsidy]", "there must be [nominate] or [subsidy]"));
    }
    rules
}

fn nominate(table: &Table<'_>) -> NominateRules {
    let texts = |key| table.texts(key);
    let grades = table.need("grades").map(|_| texts("grades")).unwrap_or_default();
    if grades.is_empty() && table.has("grades") {
        table.sink.push("R005", &table.at, say!("grades 至少写一个等次", "grades needs at least one grade"));
    }
    let all = table.opt("without").and_then(Node::as_text) == Some("all");
    let fields = table.opt("fields").and_then(Node::table);
    let fields = fields.iter().flat_map(|t| t.names().into_iter().filter_map(|(k, n)| Some((k.to_owned(), n.text()?)))).collect();
    let rules = NominateRules {
        grades,
        most: table.need("most").and_then(Node::count).and_then(|n| usize::try_from(n).ok()).unwrap_or_default(),
        confirmed: table.flag("confirmed", false),
        all,
        without: if all { Vec::new() } else { texts("without") },
        fields,
        prefer: texts("prefer"),
        spread: table.text("spread"),
    };
    table.finish();
    rules
}

fn subsidy(table: &Table<'_>) -> SubsidyRules {
    let (base, field) = (table.opt("base").and_then(Node::points), table.text("base_field"));
    if table.has("base") == table.has("base_field") {
        table.sink.push(
            "R005",
            &table.at,
            say!("base（金额）和 base_field（字段）写一个，也只写一个", "give either base (an amount) or base_field (a field)"),
        );
    }
    let factors = table.need("factor").and_then(Node::table);
    let factors: Vec<(String, Points)> =
        factors.iter().flat_map(|t| t.names().into_iter().filter_map(|(k, n)| Some((k.to_owned(), n.points()?)))).collect();
    if factors.iter().any(|(_, f)| *f < Points::ZERO) {
        table.sink.push("R005", &table.at, say!("系数不能小于 0", "a factor must not be below 0"));
    }
    table.finish();
    SubsidyRules { base, field, factors }
}
