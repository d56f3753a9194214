//! What a rubric says of offices and firms: whom a word is about, logs, and facts derived from the office's own cases.
//! Must not look at an office.

use std::collections::BTreeMap;

use super::raw::Raw;
use crate::base::mistake::{Mistakes, Spot, suggest};
use crate::base::tree::{Node, Table};
use crate::model::known;
use crate::model::own::{Derive, Log, Subject};
use crate::model::vocabulary::{Field, FieldType, Vocabulary};
use crate::say;

/// Whom a field is about, the log it stands in, and how its value follows from cases.
pub(super) fn of_field(table: &Table<'_>) -> (Subject, Option<String>, Option<Derive>) {
    let (log, derive) = (table.text("log"), table.opt("derive").and_then(derive));
    let usual = if log.is_some() || derive.is_some() { Subject::Office } else { Subject::Case };
    let about = table.word("about", &Subject::WORDS).unwrap_or(usual);
    if (log.is_some() || derive.is_some()) && about == Subject::Case {
        table.sink.push(
            "R005",
            &table.at,
            say!("有 log 或 derive 的字段不能是案件的字段", "a field with log or derive cannot be about cases"),
        );
    }
    (about, log, derive)
}

/// `{ count = "cases", by = "decided_on", groups = […] }`, `{ count = "selected" }`, `{ grade = "优秀" }`, `{ rate = "headline" }`,
/// `{ median = ["applied_on", "decided_on"], groups = […], others = true }`.
fn derive(node: &Node<'_>) -> Option<Derive> {
    let table = node.table()?;
    let groups = table.texts("groups");
    let made = if let Some(median) = table.opt("median") {
        let ends: Vec<String> = median.items().iter().filter_map(Node::text).collect();
        let others = table.flag("others", false);
        match ends.as_slice() {
            [from, to] => Some(Derive::Median { from: from.clone(), to: to.clone(), groups, others }),
            _ => {
                table.sink.push("R005", &median.at, say!("median 写起、止两个日期字段", "median takes two date fields"));
                None
            }
        }
    } else if let Some(grade) = table.text("grade") {
        Some(Derive::Grade(grade))
    } else if table.opt("rate").is_some() {
        table.word("rate", &[("headline", ())]).map(|()| Derive::Headline)
    } else {
        let counted = table.need("count").and_then(|n| n.word(&[("cases", true), ("selected", false)]));
        let by = table.text("by");
        counted.map(|cases| if cases { Derive::Cases { by, groups } } else { Derive::Selected })
    };
    table.finish();
    made
}

/// The logs of all rubrics of a run, each once.
pub(super) fn logs(raws: &[Raw<'_>], sink: &Mistakes) -> Vec<Log> {
    let mut logs: Vec<(Log, Spot)> = Vec::new();
    for (id, table) in raws.iter().flat_map(|raw| raw.list("log")) {
        let _ = table.opt("id");
        let (title, aliases) = (table.need_text("title"), table.texts("aliases"));
        table.finish();
        let Some(title) = title else { continue };
        super::load::add(&mut logs, Log { id: id.clone(), title, aliases }, &table.at, |l| &l.id, sink);
    }
    logs.into_iter().map(|(log, _)| log).collect()
}

/// What fields about offices refer to has to be there, and no log may have the id of a field.
pub(super) fn check(vocabulary: &Vocabulary, places: &BTreeMap<String, Spot>, sink: &Mistakes) {
    for (_, field) in vocabulary.fields() {
        let Some(at) = places.get(&field.id) else { continue };
        if let Some(log) = field.log.as_ref().filter(|l| vocabulary.log_id(l).is_none()) {
            let help = suggest(log, vocabulary.logs().map(|(_, l)| l.id.as_str())).unwrap_or_default();
            sink.push_help("R007", at, say!("没有台账 {log}", "no log {log}"), help);
        }
        match &field.derive {
            Some(Derive::Cases { by, groups }) => {
                by.iter().for_each(|f| day(vocabulary, f, at, sink));
                known_groups(vocabulary, groups, at, sink);
            }
            Some(Derive::Median { from, to, groups, .. }) => {
                [from, to].into_iter().for_each(|f| day(vocabulary, f, at, sink));
                known_groups(vocabulary, groups, at, sink);
            }
            _ => {}
        }
    }
    for (_, log) in vocabulary.logs().filter(|(_, l)| vocabulary.field_id(&l.id).is_some() || vocabulary.document_id(&l.id).is_some()) {
        let (id, at) = (&log.id, places.get(&log.id).cloned().unwrap_or(Spot::new(0, 0..0)));
        sink.push("R006", &at, say!("{id} 已是字段或材料的编号", "{id} is already the id of a field or document"));
    }
}

fn day(vocabulary: &Vocabulary, id: &str, at: &Spot, sink: &Mistakes) {
    let found = vocabulary.field_id(id).map(|f| vocabulary.field(f));
    if !found.is_some_and(|f| f.kind == FieldType::Date && f.about == Subject::Case) {
        sink.push("R010", at, say!("{id} 不是案件的日期字段", "{id} is no date field of cases"));
    }
}

fn known_groups(vocabulary: &Vocabulary, groups: &[String], at: &Spot, sink: &Mistakes) {
    let field: Option<&Field> = vocabulary.field_id(known::RECIPIENT_GROUP).map(|f| vocabulary.field(f));
    let choices = || field.into_iter().flat_map(|f| &f.choices).map(|c| c.value.as_str());
    for group in groups.iter().filter(|g| !choices().any(|c| c == g.as_str())) {
        let help = suggest(group, choices()).unwrap_or_default();
        sink.push_help("R011", at, say!("受援人类别中没有“{group}”", "no recipient group {group:?}"), help);
    }
}
