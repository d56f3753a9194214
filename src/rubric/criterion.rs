//! One criterion from its table: its check with parameters, its deduction, its basis. Must not ask the check anything.

use std::sync::Arc;

use super::given;
use super::{Archive, Criterion, Deduct, Group, Missing, Property, Remedy};
use crate::base::mistake::{Mistakes, suggest};
use crate::base::points::Points;
use crate::base::problem::Severity;
use crate::base::text::Text;
use crate::base::tree::{Node, Table};
use crate::check::args::{Args, condition};
use crate::check::{KINDS, Kind, Unit};
use crate::model::vocabulary::Vocabulary;
use crate::say;

/// What criteria are read against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Fields and documents.
    pub vocabulary: &'a Vocabulary,
    /// Groups of the rubric.
    pub groups: &'a [Group],
    /// Levels, best first; empty in the points scheme.
    pub levels: &'a [Arc<str>],
    /// Where mistakes go.
    pub sink: &'a Mistakes,
}

/// Reads a criterion; `None` after mistakes.
pub fn read(id: &str, table: &Table<'_>, context: &Context<'_>) -> Option<Criterion> {
    let Context { vocabulary, groups, levels, sink } = *context;
    let _ = table.opt("id");
    let group = table.need("group").and_then(|n| group(n, groups));
    let kind = table.word("kind", &[("regularity", "regularity"), ("substance", "substance")]).unwrap_or("regularity");
    let title = table.need_text("title");
    let title_en = table.text("title_en");
    let points = if levels.is_empty() { table.need("points").and_then(positive) } else { Some(Points::ZERO) };
    let when = table.opt("when").map(|n| condition(n, vocabulary));
    let missing = table
        .word("missing", &[("unclear", Missing::Unclear), ("unmet", Missing::Unmet), ("not_applicable", Missing::NotApplicable)])
        .unwrap_or(Missing::Unclear);
    let severities = [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];
    let severity = table.word("severity", &severities).unwrap_or(Severity::Error);
    let archive = table.opt("archive").and_then(archive);
    let source = table.word("source", &super::source::Source::WORDS);
    let (bonus, gate) = (table.flag("bonus", false), table.flag("gate", false));
    if bonus && gate {
        let at = table.opt("gate").map_or(&table.at, |n| &n.at);
        sink.push("R005", at, say!("加分项不能同时是一票否决项", "a bonus cannot be a gate"));
    }
    let (basis, verified) = basis(table);
    let remedies = [("complete", Remedy::Complete), ("explain", Remedy::Explain), ("none", Remedy::None)];
    let remedy = table.need("remedy").and_then(|n| n.word(&remedies));
    let fix = table.need_text("fix");
    let fix_en = table.text("fix_en");
    let check = table.need("check").and_then(kind_node);
    let deduct_node = table.opt("deduct").cloned();
    let example_tables = table.tables("example");
    let args = Args {
        table,
        vocabulary,
        criterion: id.to_owned(),
        points: points.unwrap_or(Points::ZERO),
        levels: levels.iter().map(|l| l.to_string()).collect(),
        asks: Vec::new(),
        phrases: Vec::new(),
        reads: std::cell::RefCell::default(),
    };
    let before = sink.count();
    let mut args = args;
    let ready = check.and_then(|k| (k.ready)(&mut args));
    if check.is_some() && ready.is_none() && sink.count() == before {
        table.sink.push("R005", &table.at, say!("检查方法的参数有误", "the parameters of the check are wrong"));
    }
    if ready.is_some() {
        table.finish();
    }
    let points = points?;
    let human = check.is_some_and(|k| k.human);
    let deduct = match &deduct_node {
        None if human => Some(Deduct::PerUnit { unit: Unit::Points, points: Points::whole(1), most: points }),
        None => Some(Deduct::All),
        Some(node) => deduct(node, points, check),
    };
    let reader = given::Reader { vocabulary, criterion: id };
    let examples = example_tables.iter().filter_map(|t| reader.example(t)).collect();
    let when = match when {
        None => None,
        Some(read) => Some(read?),
    };
    Some(Criterion {
        id: id.into(),
        group: group?,
        kind,
        title: Text::pair(title?, title_en),
        points,
        bonus,
        gate,
        when,
        check: check?,
        ready: ready?,
        asks: args.asks,
        phrases: args.phrases,
        reads: args.reads.into_inner().into_iter().collect(),
        archive,
        source,
        missing,
        severity,
        deduct: deduct?,
        basis: Arc::new(basis),
        verified,
        remedy: remedy?,
        fix: Arc::new(Text::pair(fix?, fix_en)),
        examples,
        at: table.at.clone(),
    })
}

/// Points as a rubric writes them: what they are bounded to, no sum can leave.
pub fn positive(node: &Node<'_>) -> Option<Points> {
    let points = node.points()?;
    let fits = points >= Points::ZERO && points <= Points::whole(10_000) && points.is_shown_exactly();
    if !fits {
        node.sink().push(
            "R005",
            &node.at,
            say!("分值须在 0 到 10000 之间，最多两位小数", "points lie from 0 to 10000 with at most two decimals"),
        );
    }
    fits.then_some(points)
}

fn archive(node: &Node<'_>) -> Option<Archive> {
    let table = node.table()?;
    let (property, item) = (table.need("property").and_then(|n| n.word(&Property::WORDS)), table.need_text("item"));
    table.finish();
    Some(Archive { property: property?, item: item? })
}

fn group(node: &Node<'_>, groups: &[Group]) -> Option<usize> {
    let word = node.text()?;
    let found = groups.iter().position(|g| g.title == word);
    if found.is_none() {
        let help = suggest(&word, groups.iter().map(|g| g.title.as_str())).unwrap_or_default();
        node.sink().push_help("R022", &node.at, say!("没有指标组“{word}”", "no group {word:?}"), help);
    }
    found
}

fn kind_node(node: &Node<'_>) -> Option<&'static Kind> {
    let word = node.text()?;
    let found = crate::check::kind(&word);
    if found.is_none() {
        let help = suggest(&word, KINDS.iter().map(|k| k.name)).unwrap_or_default();
        node.sink().push_help("R009", &node.at, say!("没有检查方法 {word}", "no check {word}"), help);
    }
    found
}

/// 依据 in words, and whether every one is verified.
pub fn basis(table: &Table<'_>) -> (Text, bool) {
    let list = table.need("basis").map(Node::items).unwrap_or_default();
    if list.is_empty() && table.has("basis") {
        table.sink.push("R002", &table.at, say!("依据不能为空", "there must be a basis"));
    }
    let (mut zh, mut en, mut all) = (Vec::new(), Vec::new(), true);
    for entry in list.iter().filter_map(Node::table) {
        let (law, article) = (entry.need_text("law"), entry.text("article").unwrap_or_default());
        let verified = entry.need("verified").and_then(Node::flag).unwrap_or(false);
        let note = entry.text("note").map(|n| format!("（{n}）")).unwrap_or_default();
        entry.finish();
        let law = law.unwrap_or_default();
        all &= verified;
        zh.push(format!("《{law}》{article}{note}{}", if verified { "" } else { "〔依据待核〕" }));
        en.push(format!("{law} {article}{}", if verified { "" } else { " [basis not verified]" }));
    }
    (Text::pair(zh.join("；"), Some(en.join("; "))), all)
}

const UNITS: &[(&str, Option<Unit>)] = &[
    ("observation", None),
    ("day", Some(Unit::Days)),
    ("workday", Some(Unit::Workdays)),
    ("month", Some(Unit::Months)),
    ("hour", Some(Unit::Hours)),
    ("item", Some(Unit::Items)),
    ("percent", Some(Unit::Percent)),
    ("point", Some(Unit::Points)),
];

/// A deduction by an amount that the check never gives would take everything off at once.
fn unit_of_check(node: &Node<'_>, unit: Unit, check: Option<&Kind>) {
    let Some(check) = check.filter(|k| !k.units.iter().any(|u| unit.counts(*u))) else { return };
    let name = check.name;
    let words = UNITS.iter().filter(|(_, u)| u.is_some_and(|u| check.units.contains(&u))).map(|(word, _)| *word);
    let help = if check.units.is_empty() {
        say!("写 \"observation\" 或 \"all\"", "write \"observation\" or \"all\"")
    } else {
        suggest("", words).unwrap_or_default()
    };
    node.sink().push_help("R018", &node.at, say!("检查方法 {name} 不按这个单位计量", "the check {name} does not count in this unit"), help);
}

fn deduct(node: &Node<'_>, of: Points, check: Option<&Kind>) -> Option<Deduct> {
    if let Some(word) = node.as_text() {
        if word == "all" {
            return Some(Deduct::All);
        }
        node.sink().push(
            "R018",
            &node.at,
            say!("扣分写 \"all\" 或表 {{ per = …, points = … }}", "write \"all\" or a table {{ per = …, points = … }}"),
        );
        return None;
    }
    let table = node.table()?;
    if table.has("steps") {
        let steps: Vec<(Points, Points)> = table.tables("steps").iter().filter_map(step).collect();
        table.finish();
        if let Some(check) = check.filter(|k| k.units.is_empty()) {
            let name = check.name;
            node.sink().push(
                "R018",
                &node.at,
                say!("检查方法 {name} 没有数量，不能分档扣分", "the check {name} gives no amount to go by steps"),
            );
        }
        if steps.is_empty() || !steps.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1) {
            node.sink().push("R018", &node.at, say!("steps 须按 over 从小到大、扣分不减", "steps go up by over, and lose never falls"));
            return None;
        }
        if let Some((_, lose)) = steps.iter().find(|(_, lose)| *lose > of) {
            node.sink().push("L004", &node.at, say!("扣 {lose} 分大于该项 {of} 分", "losing {lose} is more than its {of} points"));
        }
        return Some(Deduct::Steps(steps));
    }
    let unit = table.need("per").and_then(|n| n.word(UNITS));
    let points = table.need("points").and_then(positive);
    let most = table.opt("most").map(positive);
    table.finish();
    let (unit, points) = (unit?, points?);
    let most = match most {
        None => of,
        Some(most) => most?,
    };
    if most > of || points > of {
        node.sink().push("L004", &node.at, say!("扣分大于该项 {of} 分", "the deduction is more than its {of} points"));
    }
    if let (Some(unit), Some(per)) = (unit, table.opt("per")) {
        unit_of_check(per, unit, check);
    }
    Some(match unit {
        None => Deduct::PerObservation { points, most },
        Some(unit) => Deduct::PerUnit { unit, points, most },
    })
}

fn step(table: &Table<'_>) -> Option<(Points, Points)> {
    let (over, lose) = (table.need("over").and_then(Node::points), table.need("lose").and_then(positive));
    table.finish();
    Some((over?, lose?))
}
