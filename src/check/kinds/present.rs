//! `present`: the papers that a dossier must have are there. Must not take the silence of a register for absence.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::place::{Place, Seen};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::{Args, Ask, condition_in, document_node};
use crate::check::{Kind, Observation, Outcome, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::model::document::{Evidence, Presence, Statement, Tick};
use crate::model::vocabulary::DocumentId;
use crate::model::volume::Volume;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "present",
    title: Text::fixed("材料齐全", "papers on file"),
    about: Text::fixed(include_str!("present.zh.md"), include_str!("present.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// One paper, or any one of several.
struct Item {
    kinds: Vec<DocumentId>,
    when: Option<Condition>,
    at_least: u32,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let items = args.items("documents", item)?;
    args.asks.extend(items.iter().map(|i| Ask { documents: i.kinds.clone(), when: i.when.clone() }));
    Ready::case(move |case, world| look(case, world, &items))
}

fn item(node: &Node<'_>, args: &Args<'_>) -> Option<Item> {
    let Some(table) = node.as_table() else {
        return document_node(node, args.vocabulary).map(|kind| Item { kinds: vec![kind], when: None, at_least: 1 });
    };
    let nodes = match table.opt("any") {
        Some(any) => any.items(),
        None => vec![table.need("document")?.clone()],
    };
    let kinds: Vec<Option<DocumentId>> = nodes.iter().map(|n| document_node(n, args.vocabulary)).collect();
    let when = condition_in(&table, "when", args.vocabulary);
    let at_least = table.opt("at_least").map_or(Some(1), Node::count);
    table.finish();
    let (kinds, at_least) = (kinds.into_iter().collect::<Option<Vec<_>>>()?, at_least?);
    if kinds.is_empty() || at_least == 0 {
        node.sink().push("R005", &node.at, say!("要有材料，at_least 至少为 1", "name a document, and at_least is 1 or more"));
        return None;
    }
    Some(Item { kinds, when: when?, at_least })
}

fn look(case: &Case, world: &World, items: &[Item]) -> Vec<Observation> {
    let (mut found, mut applied) = (Vec::new(), false);
    for item in items {
        let answer = item.when.as_ref().map_or(Answer::Yes, |c| c.ask(case));
        applied |= answer != Answer::No;
        if answer == Answer::No {
            continue;
        }
        let Some(missing) = judge(case, world, item) else { continue };
        let observation = match (answer, &item.when) {
            (Answer::Unknown, Some(condition)) => {
                let name = names(world, &item.kinds);
                let (zh, en) = (&name.zh, &name.en);
                let said = say!("本案是否应有{zh}不能确定", "whether {en} is asked for here cannot be told");
                // `missing` is about the paper, not about what decides whether it is asked for.
                Observation { absent: false, ..quote::undecided(case, world, condition, said) }
            }
            _ => missing,
        };
        // With several kinds the first names them all: a rubric lists the usual one first.
        let target = item.kinds.first().map_or_else(|| Target::Other(String::new()), |kind| Target::Document(*kind));
        found.push(observation.about(target).by(Points::whole(1), Unit::Items));
    }
    if applied { found } else { vec![Observation::not_applicable()] }
}

/// What all is known about the kinds of one item.
#[derive(Default)]
struct Known {
    count: u32,
    there: Vec<Seen>,
    absent: Vec<Seen>,
    declined: Vec<Seen>,
    contradicted: Vec<(DocumentId, Vec<Seen>)>,
    unknown: Vec<DocumentId>,
    unnamed: Vec<DocumentId>,
    files: Vec<Seen>,
}

fn known(case: &Case, kinds: &[DocumentId]) -> Known {
    let mut known = Known::default();
    let mut told = HashSet::new();
    for kind in kinds {
        match case.presence(*kind) {
            Presence::Present(n, seen) => {
                known.count = known.count.saturating_add(n);
                known.there.extend(seen);
            }
            Presence::Absent(seen) => add(&mut known.absent, seen, &mut told),
            Presence::Declined(seen) => add(&mut known.declined, seen, &mut told),
            Presence::Contradicted(seen) => known.contradicted.push((*kind, seen)),
            Presence::Unknown => known.unknown.push(*kind),
            Presence::Unnamed(seen) => {
                known.unnamed.push(*kind);
                add(&mut known.files, seen, &mut told);
            }
        }
    }
    known
}

/// Places of what is not there are often the same list, named once.
fn add(all: &mut Vec<Seen>, more: Vec<Seen>, told: &mut HashSet<(Place, Option<Arc<str>>)>) {
    all.extend(more.into_iter().filter(|seen| told.insert((seen.place.clone(), seen.raw.clone()))));
}

/// `None` when enough of them are there.
fn judge(case: &Case, world: &World, item: &Item) -> Option<Observation> {
    let Known { count, mut there, mut absent, declined, contradicted, unknown, unnamed, files } = known(case, &item.kinds);
    if count >= item.at_least {
        return None;
    }
    let (name, wanted) = (names(world, &item.kinds), item.at_least);
    let (zh, en) = (&name.zh, &name.en);
    let lacks = |kinds: &[DocumentId]| kinds.iter().map(|k| Target::Document(*k)).collect::<Vec<_>>();
    if !contradicted.is_empty() {
        let kinds: Vec<DocumentId> = contradicted.iter().map(|(kind, _)| *kind).collect();
        let all = quote::sentences(kinds.iter().map(|kind| {
            let name = quote::document(world, *kind);
            let (zh, en) = (&name.zh, &name.en);
            let told = who(case, *kind);
            let (who_zh, who_en) = (&told.zh, &told.en);
            say!("{zh}有无说法不一（{who_zh}）", "the records of {en} disagree ({who_en})")
        }));
        let (zh, en) = (&all.zh, &all.en);
        let said = say!("{zh}，看原卷后改错的一处", "{en}; look at the dossier and correct what is wrong");
        let seen = contradicted.into_iter().flat_map(|(_, seen)| seen).collect();
        return Some(Observation::unclear(said, seen, lacks(&kinds)));
    }
    if !declined.is_empty() && count == 0 {
        let said = say!(
            "{zh}在材料清单中勾为“不适用”，而本项要求有此材料，请核对本案是否确不需要",
            "{en} is ticked as not applicable although it is asked for here; a person has to look"
        );
        return Some(Observation::unclear(said, declined, lacks(&item.kinds)));
    }
    if !unnamed.is_empty() {
        let n = files.len();
        let names = first_names(&files);
        // A few numbered pictures beside papers with names are no volume.
        let said = match Volume::of(case).filter(|v| v.count() > Volume::UNNUMBERED) {
            Some(_) => say!(
                "没有看到{zh}；材料合在一起扫描（{names}），卷内目录没有说明每一页是什么，请翻看：有的，在卷内目录写上题名和页码；没有的，在材料清单中填“无”",
                "{en} was not seen; papers are scanned as one ({names}) and the list does not say what each page is; a person has to look"
            ),
            None => say!(
                "没有看到{zh}，但卷内有 {n} 个文件没有认出（{names}），先看是不是它：是的，请按材料名称改名；不是的，在材料清单中填“无”",
                "{en} was not seen, but {n} files or lines of the dossier are not recognised ({names}); see whether one of them is it"
            ),
        };
        let said = if count > 0 { quote::sentences([said, short(count, wanted)]) } else { said };
        there.extend(files);
        return Some(Observation::unclear(said, there, lacks(&unnamed)));
    }
    if !unknown.is_empty() {
        let said = say!(
            "没有材料能说明卷内有无{zh}，请对照案卷在材料清单中勾选“有”或“无”",
            "nothing tells whether {en} is in the dossier; tick 有 or 无 in the checklist after a look at the dossier"
        );
        let said = if count > 0 { quote::sentences([said, short(count, wanted)]) } else { said };
        there.push(case.home_seen());
        let observation = Observation::unclear(said, there, lacks(&unknown));
        return Some(Observation { absent: count == 0, ..observation });
    }
    if count == 0 {
        return Some(Observation::unmet(say!("卷内没有{zh}", "{en} is not in the dossier"), absent));
    }
    there.append(&mut absent);
    if only_ticked(case, &item.kinds) {
        let said = say!(
            "要求有{zh} {wanted} 份，材料清单只勾“有”，没有写份数，请填写份数",
            "{wanted} of {en} are asked for; the checklist only says 有, write how many there are"
        );
        return Some(Observation::unclear(said, there, lacks(&item.kinds)));
    }
    let said = say!("卷内{zh}只有 {count} 份，应有 {wanted} 份", "only {count} of {en} in the dossier, {wanted} are asked for");
    Some(Observation::new(Outcome::Unmet, said, there))
}

/// Who says what of a document: `登记表：有；材料清单.xlsx：无；扫描件：没有`.
fn who(case: &Case, kind: DocumentId) -> Text {
    let mut told: Vec<Text> = Vec::new();
    let mut scanned = false;
    for document in case.documents.iter().filter(|d| d.kind == Some(kind)) {
        let file = &document.place.origin.file;
        let name = file.rsplit('/').next().unwrap_or(file);
        let by = if document.place.origin == case.home.origin && !name.ends_with(".json") {
            say!("登记表", "register")
        } else {
            say!("{name}", "{name}")
        };
        let (zh, en) = (&by.zh, &by.en);
        let one = match document.statement {
            Statement::File => {
                scanned = true;
                say!("扫描件：有", "scans: there")
            }
            Statement::Line { .. } => say!("{zh}的卷内目录：有", "list of contents in {en}: there"),
            Statement::Tick(Tick::Present(_)) => say!("{zh}：有", "{en}: there"),
            Statement::Tick(Tick::Absent) => say!("{zh}：无", "{en}: not there"),
            Statement::Tick(Tick::NotApplicable) => say!("{zh}：不适用", "{en}: not applicable"),
        };
        if !told.contains(&one) {
            told.push(one);
        }
    }
    if case.evidence == Some(Evidence::Scanned) && !scanned {
        told.push(say!("扫描件：没有找到", "scans: not found"));
    }
    quote::sentences(told)
}

/// The names of the first few files or lines.
fn first_names(files: &[Seen]) -> String {
    let names: Vec<&str> = files.iter().take(3).filter_map(|seen| seen.raw.as_deref()).collect();
    let more = if files.len() > names.len() { "、…" } else { "" };
    format!("{}{more}", names.join("、"))
}

fn short(count: u32, wanted: u32) -> Text {
    say!("已见 {count} 份，应有 {wanted} 份", "{count} seen, {wanted} asked for")
}

/// Whether of one of the kinds nothing but a bare tick 有 is known: that is one or more.
fn only_ticked(case: &Case, kinds: &[DocumentId]) -> bool {
    let told =
        |kind: &DocumentId, wanted: fn(&Statement) -> bool| case.documents.iter().any(|d| d.kind == Some(*kind) && wanted(&d.statement));
    let counted = |s: &Statement| matches!(s, Statement::File | Statement::Line { .. } | Statement::Tick(Tick::Present(2..)));
    kinds.iter().any(|k| told(k, |s| matches!(s, Statement::Tick(Tick::Present(1)))) && !told(k, counted))
}

fn names(world: &World, kinds: &[DocumentId]) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = kinds.iter().map(|k| quote::document(world, *k)).map(|t| (t.zh, t.en)).unzip();
    Text::pair(zh.join("或"), Some(en.join(" or ")))
}
