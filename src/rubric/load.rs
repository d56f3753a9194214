//! From sources to [`Rubrics`]: everything is read, every mistake is kept, and only a set without errors is given out.
//! Must not stop at the first mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::raw::{Raw, Sources};
use super::{Counting, Group, RedLine, Rubric, Rubrics, Scheme, criterion, grades, lint, own, reconcile};
use crate::base::digest::hex;
use crate::base::mistake::{Mistake, Mistakes, Source, Spot};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::{Node, Table};
use crate::check::args::{condition, field_node};
use crate::model::known;
use crate::model::own::Subject;
use crate::model::value::Source as From;
use crate::model::vocabulary::{Choice, DocumentKind, Field, FieldType, Vocabulary};
use crate::say;

/// What loading gives: rubrics if there is no error, and in any case the sources and all mistakes and lints.
#[derive(Debug)]
pub struct Loaded {
    /// The rubrics, when nothing is wrong.
    pub rubrics: Option<Rubrics>,
    /// Texts that the mistakes point into.
    pub sources: Vec<Source>,
    /// Errors and lints, by place.
    pub mistakes: Vec<Mistake>,
}

/// Loads rubrics by shipped id or by path (relative to `base`).
pub fn load(names: &[String], base: Option<&Path>) -> Loaded {
    let sink = Mistakes::default();
    let sources = Sources::find(names, base, &sink);
    let rubrics = read(&sources, &sink);
    let good = !sink.any_error();
    Loaded { rubrics: rubrics.filter(|_| good), sources: sources.list, mistakes: sink.into_sorted() }
}

fn read(sources: &Sources, sink: &Mistakes) -> Option<Rubrics> {
    let trees = sources.parse();
    let raws: Vec<Raw<'_>> = sources.roots.iter().map(|root| Raw::merge(sources, &trees, *root, sink)).collect();
    let vocabulary = vocabulary(&raws, sink);
    let list = raws.iter().filter_map(|raw| rubric(raw, sources, &vocabulary, sink));
    let mut list: Vec<Rubric> = list.collect();
    list.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some(twice) = list.windows(2).find(|w| w[0].id == w[1].id) {
        let id = &twice[0].id;
        sink.push("R006", &Spot::new(0, 0..0), say!("两个标准都叫 {id}", "two rubrics are called {id}"));
    }
    let (list, own) = list.into_iter().partition(|r| r.about == Subject::Case);
    Some(Rubrics { vocabulary, list, own })
}

/// One vocabulary for all rubrics of the run; differing definitions are a mistake.
fn vocabulary(raws: &[Raw<'_>], sink: &Mistakes) -> Vocabulary {
    let mut fields: Vec<(Field, Spot)> = Vec::new();
    let mut documents: Vec<(DocumentKind, Spot)> = Vec::new();
    for raw in raws {
        for (id, table) in raw.list("field") {
            let Some(field) = field(id, table) else { continue };
            add(&mut fields, field, &table.at, |f| &f.id, sink);
        }
        for (id, table) in raw.list("document") {
            let Some(document) = document(id, table) else { continue };
            add(&mut documents, document, &table.at, |d| &d.id, sink);
        }
        for id in known::ALL {
            if !raw.list("field").iter().any(|(f, _)| f == id) {
                let at = raw.head.as_ref().map_or(Spot::new(raw.root, 0..0), |h| h.at.clone());
                let help = say!("加上 include = [\"parts/vocabulary.toml\"]", "add include = [\"parts/vocabulary.toml\"]");
                sink.push_help("R002", &at, say!("缺少程序必需的字段 {id}", "the field {id}, which the program needs, is missing"), help);
            }
        }
    }
    let (words, in_examples) = (["all", "any", "not"], ["documents", "absent", "others", "as_of", "score", "level", "decision"]);
    let taken = |id: &str, at: &Spot| {
        sink.push("R005", at, say!("{id} 在条件和示例中另有用途，不能作编号", "{id} has a meaning of its own in conditions and examples"));
    };
    for (field, at) in fields.iter().filter(|(f, _)| words.contains(&f.id.as_str()) || in_examples.contains(&f.id.as_str())) {
        taken(&field.id, at);
    }
    for (document, at) in documents.iter().filter(|(d, _)| words.contains(&d.id.as_str())) {
        taken(&document.id, at);
    }
    for (document, at) in &documents {
        if let Some((_, other)) = fields.iter().find(|(f, _)| f.id == document.id) {
            let id = &document.id;
            sink.add(Mistake {
                code: "R006",
                at: at.clone(),
                message: say!("{id} 已是一个字段的编号", "{id} is already the id of a field"),
                help: None,
                also: vec![(other.clone(), say!("字段在这里", "the field is here"))],
            });
        }
    }
    let names = |title: &str, aliases: &[String]| aliases.iter().map(String::as_str).chain([title]).map(squeeze).collect::<Vec<_>>();
    // What stands in a case register, in a table about offices and in each log is read apart from the rest.
    let spaces: BTreeSet<(bool, Option<&str>)> = fields.iter().map(|(f, _)| space(f)).collect();
    for here in spaces {
        clashes(fields.iter().filter(|(f, _)| space(f) == here).map(|(f, at)| (f.id.as_str(), names(&f.title, &f.aliases), at)), sink);
    }
    for own in [false, true] {
        let here = documents.iter().filter(|(d, _)| (d.about != Subject::Case) == own);
        clashes(here.map(|(d, at)| (d.id.as_str(), names(&d.title, &d.aliases), at)), sink);
    }
    let places: BTreeMap<String, Spot> = fields.iter().map(|(f, at)| (f.id.clone(), at.clone())).collect();
    let made = Vocabulary::new(fields.into_iter().map(|(f, _)| f).collect(), documents.into_iter().map(|(d, _)| d).collect());
    let made = made.with_logs(own::logs(raws, sink));
    own::check(&made, &places, sink);
    made
}

/// Where a field is read: in case registers, in tables about offices, or in a log.
fn space(field: &Field) -> (bool, Option<&str>) {
    (field.about != Subject::Case, field.log.as_deref())
}

pub(super) fn add<T: PartialEq>(all: &mut Vec<(T, Spot)>, new: T, at: &Spot, id: impl Fn(&T) -> &String, sink: &Mistakes) {
    match all.iter().find(|(old, _)| id(old) == id(&new)) {
        None => all.push((new, at.clone())),
        Some((old, _)) if *old == new => {}
        Some((old, old_at)) => {
            let name = id(old);
            sink.add(Mistake {
                code: "R016",
                at: at.clone(),
                message: say!(
                    "{name} 的定义与另一处不一致；同时使用的标准须共用词汇",
                    "{name} is defined otherwise elsewhere; rubrics of one run share their words"
                ),
                help: None,
                also: vec![(old_at.clone(), say!("另一处定义", "the other definition"))],
            });
        }
    }
}

/// A title as it is compared: without spaces.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn clashes<'a>(all: impl Iterator<Item = (&'a str, Vec<String>, &'a Spot)>, sink: &Mistakes) {
    let mut owners: BTreeMap<String, (&str, &Spot)> = BTreeMap::new();
    for (id, names, at) in all {
        for name in names {
            match owners.get(&name) {
                Some((owner, other)) if *owner != id => sink.add(Mistake {
                    code: "R024",
                    at: at.clone(),
                    message: say!("“{name}”同时是 {owner} 和 {id} 的名称", "{name:?} names both {owner} and {id}"),
                    help: None,
                    also: vec![((*other).clone(), say!("另一处", "the other one"))],
                }),
                Some(_) => {}
                None => drop(owners.insert(name, (id, at))),
            }
        }
    }
}

const FIELD_TYPES: &[(&str, FieldType)] = &[
    (FieldType::Text.word(), FieldType::Text),
    (FieldType::Date.word(), FieldType::Date),
    (FieldType::Number.word(), FieldType::Number),
    (FieldType::Percent.word(), FieldType::Percent),
    (FieldType::Flag.word(), FieldType::Flag),
    (FieldType::Choice.word(), FieldType::Choice),
    (FieldType::Person.word(), FieldType::Person),
    (FieldType::IdCard.word(), FieldType::IdCard),
    (FieldType::Periods.word(), FieldType::Periods),
    (FieldType::Contents.word(), FieldType::Contents),
];

fn field(id: &str, table: &Table<'_>) -> Option<Field> {
    let _ = table.opt("id");
    let title = table.need_text("title");
    let kind = table.need("type").and_then(|n| n.word(FIELD_TYPES));
    let choices: Vec<Choice> = table.opt("choices").map(Node::items).unwrap_or_default().iter().filter_map(choice).collect();
    let prefer = table.opt("prefer").map(Node::items).unwrap_or_default();
    let sources = [("register", From::Register), ("dossier", From::Dossier), ("sheet", From::Sheet)];
    let prefer = prefer.iter().filter_map(|n| n.word(&sources)).collect();
    let aliases = table.texts("aliases");
    let (personal, many) = (table.flag("personal", false), table.flag("many", false));
    let (about, log, derive) = own::of_field(table);
    table.finish();
    if kind == Some(FieldType::Choice) && choices.is_empty() {
        table.sink.push("R002", &table.at, say!("选项字段 {id} 缺少 choices", "the choice field {id} needs choices"));
    }
    Some(Field { id: id.to_owned(), title: title?, kind: kind?, aliases, personal, many, choices, prefer, about, log, derive })
}

fn choice(node: &Node<'_>) -> Option<Choice> {
    if let Some(value) = node.as_text() {
        return Some(Choice { value: value.to_owned(), aliases: Vec::new() });
    }
    let table = node.table()?;
    let (value, aliases) = (table.need_text("value"), table.texts("aliases"));
    table.finish();
    Some(Choice { value: value?, aliases })
}

fn document(id: &str, table: &Table<'_>) -> Option<DocumentKind> {
    let _ = table.opt("id");
    let (title, aliases) = (table.need_text("title"), table.texts("aliases"));
    let order = table.need("order").and_then(Node::count);
    let about = table.word("about", &Subject::WORDS).unwrap_or_default();
    table.finish();
    Some(DocumentKind { id: id.to_owned(), title: title?, aliases, order: i64::from(order?), about })
}

fn rubric(raw: &Raw<'_>, sources: &Sources, vocabulary: &Vocabulary, sink: &Mistakes) -> Option<Rubric> {
    let Some(head) = &raw.head else {
        sink.push("R002", &Spot::new(raw.root, 0..0), say!("缺少 [rubric]", "[rubric] is missing"));
        return None;
    };
    let (id, version, title) = (head.need_text("id"), head.need_text("version"), head.need_text("title"));
    if let Some(id) = &id
        && !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    {
        sink.push("R005", &head.at, say!("id 只能用英文字母、数字和 -", "an id has only ascii letters, digits and -"));
    }
    let about = head.word("about", &Subject::WORDS).unwrap_or_default();
    let applies = head.opt("applies").and_then(|n| condition(n, vocabulary));
    let in_force = head.opt("in_force").and_then(|n| in_force(n, vocabulary));
    let stage_files = head.flag("stage_files", false);
    let scheme = scheme(head);
    let counting =
        head.word("counting", &[("cumulative", Counting::Cumulative), ("exclusive", Counting::Exclusive)]).unwrap_or(Counting::Cumulative);
    let groups: Vec<Group> = raw.list("group").iter().map(|(title, table)| group(title, table)).collect();
    let levels: Vec<Arc<str>> = match &scheme {
        Some(Scheme::Levels { levels }) => levels.clone(),
        _ => Vec::new(),
    };
    let grades = grades::grades(raw, scheme.as_ref(), sink);
    let rates = grades::rates(raw, head, &grades, counting);
    let context = criterion::Context { vocabulary, groups: &groups, levels: &levels, sink };
    let criteria: Vec<_> = raw.list("criterion").iter().filter_map(|(id, table)| criterion::read(id, table, &context)).collect();
    let red_lines = raw.list("red_line").iter().filter_map(|(id, table)| red_line(id, table, vocabulary, &grades)).collect();
    let filing = head.opt("filing").and_then(|node| {
        let wanted = node.text()?;
        let found = criteria.iter().position(|c| *c.id == *wanted);
        if found.is_none() {
            sink.push("R005", &node.at, say!("没有指标 {wanted}", "no criterion {wanted}"));
        }
        found
    });
    let reconcile = raw.reconcile.as_ref().map(|t| reconcile::read(t, scheme.as_ref()));
    head.finish();
    if criteria.is_empty() && raw.list("criterion").is_empty() {
        sink.push("R002", &head.at, say!("没有任何指标", "there is no criterion"));
    }
    let rubric = Rubric {
        family: family(raw, sources).unwrap_or_else(|| id.clone().unwrap_or_default()),
        id: id?.into(),
        about,
        version: version?,
        title: title?,
        applies,
        in_force,
        stage_files,
        scheme: scheme?,
        grades,
        rates,
        counting,
        groups,
        criteria,
        red_lines,
        reconcile,
        filing,
        sha256: hash(raw, sources),
    };
    lint::lint(&rubric, raw, &head.at, sink);
    Some(rubric)
}

/// The id of the rubric that the `extends` chain ends in, so that a county's variant keeps its fingerprints.
fn family(raw: &Raw<'_>, sources: &Sources) -> Option<String> {
    let quiet = Mistakes::default();
    let trees = sources.parse();
    raw.sources.iter().find_map(|index| {
        let root = Table::root(trees.get(*index)?, *index, &quiet);
        root.opt("rubric")?.as_table()?.opt("id")?.as_text().map(str::to_owned)
    })
}

fn hash(raw: &Raw<'_>, sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for index in &raw.sources {
        if let Some(source) = sources.list.get(*index) {
            hasher.update(source.text.replace("\r\n", "\n").as_bytes());
            hasher.update([0]);
        }
    }
    hex(&hasher.finalize())
}

fn in_force(
    node: &Node<'_>,
    vocabulary: &Vocabulary,
) -> Option<(crate::model::vocabulary::FieldId, Option<jiff::civil::Date>, Option<jiff::civil::Date>)> {
    let table = node.table()?;
    let by = table.need("by").and_then(|n| field_node(n, vocabulary, &[FieldType::Date]));
    let (from, until) = (table.opt("from").map(Node::date), table.opt("until").map(Node::date));
    table.finish();
    let (from, until) = (flatten(from)?, flatten(until)?);
    if let (Some(f), Some(u)) = (from, until)
        && f > u
    {
        table.sink.push("R005", &table.at, say!("from 晚于 until", "from is after until"));
    }
    Some((by?, from, until))
}

/// `Some(None)` when absent, `None` after a mistake.
#[expect(clippy::option_option, reason = "absent and mistaken are different things")]
fn flatten<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(found) => Some(found),
    }
}

fn scheme(head: &Table<'_>) -> Option<Scheme> {
    let points = head.need("scheme")?.word(&[("points", true), ("levels", false)])?;
    if !points {
        let levels: Vec<Arc<str>> = head.texts("levels").into_iter().map(Into::into).collect();
        if levels.len() < 2 {
            head.sink.push("R002", &head.at, say!("levels 至少要两级", "levels needs at least two entries"));
            return None;
        }
        return Some(Scheme::Levels { levels });
    }
    let total = head.need("total").and_then(criterion::positive);
    let rescale = head.word("not_applicable", &[("rescale", true), ("full", false)]).unwrap_or(true);
    let bonus_most = head.opt("bonus_most").and_then(criterion::positive).unwrap_or(Points::ZERO);
    let total = total?;
    if total <= Points::ZERO {
        head.sink.push("R005", &head.at, say!("total 须大于 0", "total must be above 0"));
        return None;
    }
    Some(Scheme::Points { total, rescale, bonus_most })
}

fn group(title: &str, table: &Table<'_>) -> Group {
    let _ = table.opt("title");
    let most = table.opt("most").and_then(criterion::positive);
    table.finish();
    Group { title: title.to_owned(), most }
}

fn red_line(id: &str, table: &Table<'_>, vocabulary: &Vocabulary, grades: &[super::Grade]) -> Option<RedLine> {
    let _ = table.opt("id");
    let title = table.need_text("title");
    let title_en = table.text("title_en");
    let when = table.need("when").and_then(|n| condition(n, vocabulary));
    let grade = table.need("grade").and_then(|n| grades::grade_node(n, grades));
    let human = table.flag("human", true);
    let (basis, _) = criterion::basis(table);
    let fix = table.text("fix").unwrap_or_default();
    let fix = Arc::new(Text::pair(fix, table.text("fix_en")));
    table.finish();
    Some(RedLine { id: id.into(), title: Text::pair(title?, title_en), when: when?, grade: grade?, human, basis: Arc::new(basis), fix })
}
