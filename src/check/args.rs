//! The parameters of a check, read from the criterion's table; every mistake is reported at its place.
//! Must not know points, grades or groups.

use crate::base::mistake::suggest;
use crate::base::points::Points;
use crate::base::tree::{Node, Table};
use crate::model::condition::{Bounds, Condition};
use crate::model::own::LogId;
use crate::model::value::{Value, understand};
use crate::model::vocabulary::{DocumentId, Field, FieldId, FieldType, Vocabulary};
use crate::say;

/// What a check is given to read its parameters.
#[derive(Debug)]
pub struct Args<'a> {
    /// The criterion's own table.
    pub table: &'a Table<'a>,
    /// Known fields and documents.
    pub vocabulary: &'a Vocabulary,
    /// Id of the criterion.
    pub criterion: String,
    /// Points of the criterion.
    pub points: Points,
    /// Titles of the levels, best first; empty in the points scheme.
    pub levels: Vec<String>,
    /// What the check notes of the documents it asks for.
    pub asks: Vec<Ask>,
    /// Phrases that it looks for in texts.
    pub phrases: Vec<String>,
    /// The fields that it names, for showing their values beside the criterion.
    pub reads: std::cell::RefCell<std::collections::BTreeSet<FieldId>>,
}

/// Documents of which a check asks for one or more, under a condition of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// One document, or any of several.
    pub documents: Vec<DocumentId>,
    /// Asked for only then.
    pub when: Option<Condition>,
}

impl<'a> Args<'a> {
    /// A field that must be named, of one of these types (any type when the list is empty).
    pub fn field(&self, key: &'static str, kinds: &[FieldType]) -> Option<FieldId> {
        self.noted(field_node(self.table.need(key)?, self.vocabulary, kinds))
    }

    fn noted(&self, field: Option<FieldId>) -> Option<FieldId> {
        self.reads.borrow_mut().extend(field);
        field
    }

    /// A field that may be named. `Some(None)` when absent, `None` after a mistake.
    pub fn opt_field(&self, key: &'static str, kinds: &[FieldType]) -> Option<Option<FieldId>> {
        match self.table.opt(key) {
            None => Some(None),
            Some(node) => self.noted(field_node(node, self.vocabulary, kinds)).map(Some),
        }
    }

    /// One or more fields.
    pub fn fields(&self, key: &'static str, kinds: &[FieldType]) -> Option<Vec<FieldId>> {
        self.table.need(key)?.items().iter().map(|n| self.noted(field_node(n, self.vocabulary, kinds))).collect()
    }

    /// One or more documents.
    pub fn documents(&self, key: &'static str) -> Option<Vec<DocumentId>> {
        self.table.need(key)?.items().iter().map(|n| document_node(n, self.vocabulary)).collect()
    }

    /// A list that must not be empty, each item read by `read`; every mistake in it is told.
    pub fn items<T>(&self, key: &'static str, read: impl Fn(&Node<'a>, &Self) -> Option<T>) -> Option<Vec<T>> {
        let nodes = self.table.need(key)?.items();
        let items: Vec<Option<T>> = nodes.iter().map(|n| read(n, self)).collect();
        let items: Vec<T> = items.into_iter().collect::<Option<_>>()?;
        if items.is_empty() {
            self.mistake("R005", say!("{key} 不能为空", "{key} must not be empty"));
            return None;
        }
        Some(items)
    }

    /// A condition that may be given. `Some(None)` when absent.
    pub fn condition(&self, key: &'static str) -> Option<Option<Condition>> {
        let read = condition_in(self.table, key, self.vocabulary);
        self.reads.borrow_mut().extend(read.iter().flatten().flat_map(Condition::fields));
        read
    }

    /// A log that must be named.
    pub fn log(&self, key: &'static str) -> Option<LogId> {
        let node = self.table.need(key)?;
        let id = node.text()?;
        let found = self.vocabulary.log_id(&id);
        if found.is_none() {
            let help = suggest(&id, self.vocabulary.logs().map(|(_, l)| l.id.as_str())).unwrap_or_default();
            node.sink().push_help("R007", &node.at, say!("没有台账 {id}", "no log {id}"), help);
        }
        found
    }

    /// A column of a log that must be named, of one of these types (any type when the list is empty).
    pub fn log_field(&self, key: &'static str, log: LogId, kinds: &[FieldType]) -> Option<FieldId> {
        let node = self.table.need(key)?;
        let id = node.text()?;
        let of_log = |f: &Field| f.log.as_deref().and_then(|l| self.vocabulary.log_id(l)) == Some(log);
        let found = self.vocabulary.field_id(&id).filter(|f| of_log(self.vocabulary.field(*f)));
        let Some(found) = found else {
            let help = suggest(&id, self.vocabulary.fields().filter(|(_, f)| of_log(f)).map(|(_, f)| f.id.as_str())).unwrap_or_default();
            node.sink().push_help("R007", &node.at, say!("台账没有列 {id}", "the log has no column {id}"), help);
            return None;
        };
        let kind = self.vocabulary.field(found).kind;
        if !kinds.is_empty() && !kinds.contains(&kind) {
            let word = kind.word();
            node.sink().push(
                "R010",
                &node.at,
                say!("列 {id} 的类型是 {word}，这里不能用", "the column {id} is of type {word}, which does not fit here"),
            );
            return None;
        }
        Some(found)
    }

    /// Reports a mistake of the whole criterion.
    pub fn mistake(&self, code: &'static str, message: crate::base::text::Text) {
        self.table.sink.push(code, &self.table.at, message);
    }
}

/// The field a node names.
pub fn field_node(node: &Node<'_>, vocabulary: &Vocabulary, kinds: &[FieldType]) -> Option<FieldId> {
    let id = node.text()?;
    let sink = node.sink();
    let Some(found) = vocabulary.field_id(&id) else {
        let help = suggest(&id, vocabulary.fields().map(|(_, f)| f.id.as_str())).unwrap_or_default();
        sink.push_help("R007", &node.at, say!("没有字段 {id}", "no field {id}"), help);
        return None;
    };
    let field = vocabulary.field(found);
    if let Some(log) = &field.log {
        sink.push(
            "R010",
            &node.at,
            say!("字段 {id} 是台账 {log} 的列，这里不能用", "field {id} is a column of the log {log}, which does not fit here"),
        );
        return None;
    }
    if !kinds.is_empty() && !kinds.contains(&field.kind) {
        let (title, kind) = (&field.title, field.kind.word());
        sink.push(
            "R010",
            &node.at,
            say!("字段 {id}（{title}）的类型是 {kind}，这里不能用", "field {id} is of type {kind}, which does not fit here"),
        );
        return None;
    }
    Some(found)
}

/// The document a node names.
pub fn document_node(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<DocumentId> {
    let id = node.text()?;
    let found = vocabulary.document_id(&id);
    if found.is_none() {
        let help = suggest(&id, vocabulary.documents().map(|(_, d)| d.id.as_str())).unwrap_or_default();
        node.sink().push_help("R008", &node.at, say!("没有材料 {id}", "no document {id}"), help);
    }
    found
}

/// A condition table: `{ field = value }`, `{ field = [values] }`, `{ amount = { over = 1000 } }`, `{ field = { filled = true } }`,
/// `{ document_id = { present = true } }`, `{ all = […] }`, `{ any = […] }`, `{ not = {…} }`. Several keys must all hold.
pub fn condition(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    let table = node.table()?;
    let names = table.names();
    if names.is_empty() {
        node.sink().push("R012", &node.at, say!("条件是空的", "the condition is empty"));
        return None;
    }
    let parts: Option<Vec<Condition>> =
        names.iter().map(|(key, value)| part(key, value, vocabulary)).collect::<Vec<_>>().into_iter().collect();
    let mut parts = parts?;
    if parts.len() == 1 { parts.pop() } else { Some(Condition::All(parts)) }
}

/// A condition that a table may have under a key. `Some(None)` when absent.
pub fn condition_in(table: &Table<'_>, key: &'static str, vocabulary: &Vocabulary) -> Option<Option<Condition>> {
    table.opt(key).map_or(Some(None), |node| condition(node, vocabulary).map(Some))
}

fn part(key: &str, node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    let several = || {
        if node.items().is_empty() {
            node.sink().push("R012", &node.at, say!("{key} 里没有条件", "there is no condition in {key}"));
            return None;
        }
        node.items().iter().map(|n| condition(n, vocabulary)).collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()
    };
    match key {
        "all" => return several().map(Condition::All),
        "any" => return several().map(Condition::Any),
        "not" => return condition(node, vocabulary).map(|c| Condition::Not(Box::new(c))),
        _ => {}
    }
    if let Some(id) = vocabulary.field_id(key) {
        let field = vocabulary.field(id);
        if let Some(log) = &field.log {
            node.sink().push(
                "R010",
                &node.key_at,
                say!("{key} 是台账 {log} 的列，不能作条件", "{key} is a column of the log {log}, which is no condition"),
            );
            return None;
        }
        return about_field(id, field, node);
    }
    if let Some(id) = vocabulary.document_id(key) {
        let table = node.table()?;
        let present = table.need("present").and_then(Node::flag);
        table.finish();
        return present.map(|p| Condition::Document(id, p));
    }
    let known = vocabulary.fields().map(|(_, f)| f.id.as_str()).chain(vocabulary.documents().map(|(_, d)| d.id.as_str()));
    let help = suggest(key, known).unwrap_or_default();
    node.sink().push_help("R007", &node.key_at, say!("没有字段或材料 {key}", "no field or document {key}"), help);
    None
}

fn about_field(id: FieldId, field: &Field, node: &Node<'_>) -> Option<Condition> {
    let Some(table) = node.as_table() else {
        let values: Vec<Option<Value>> = node.items().iter().map(|n| value_node(n, field)).collect();
        if values.is_empty() {
            node.sink().push("R012", &node.at, say!("没有列出任何值", "no value is listed"));
            return None;
        }
        return values.into_iter().collect::<Option<Vec<_>>>().map(|v| Condition::Is(id, v));
    };
    let filled = table.opt("filled").map(Node::flag);
    let made = match (filled, field.kind) {
        (Some(wanted), _) => wanted.map(|w| Condition::Filled(id, w)),
        (None, FieldType::Number | FieldType::Percent) => bounds(&table, Node::points).map(|b| Condition::Number(id, b)),
        (None, FieldType::Date) => bounds(&table, Node::date).map(|b| Condition::Date(id, b)),
        (None, _) => {
            let name = &field.id;
            node.sink().push(
                "R012",
                &node.at,
                say!(
                    "字段 {name} 只能写值、值的列表或 {{ filled = true }}",
                    "field {name} takes a value, a list of values or {{ filled = true }}"
                ),
            );
            None
        }
    };
    if made.is_some() {
        table.finish();
    }
    made
}

fn bounds<'a, T: Ord + Copy>(table: &Table<'a>, read: impl Fn(&Node<'a>) -> Option<T>) -> Option<Bounds<T>> {
    let end = |open: &'static str, closed: &'static str| match (table.opt(open), table.opt(closed)) {
        (Some(_), Some(twice)) => {
            table.sink.push("R012", &twice.key_at, say!("{open} 与 {closed} 只能写一个", "give either {open} or {closed}"));
            None
        }
        (Some(node), _) => read(node).map(|x| Some((x, false))),
        (None, Some(node)) => read(node).map(|x| Some((x, true))),
        (None, None) => Some(None),
    };
    let (low, high) = (end("over", "from")?, end("under", "to")?);
    let empty = match (low, high) {
        (None, None) => true,
        (Some((l, lc)), Some((h, hc))) => l > h || (l == h && !(lc && hc)),
        _ => false,
    };
    if empty {
        table.sink.push(
            "R012",
            &table.at,
            say!("范围是空的：用 over/from 与 under/to 写出上下限", "the range is empty: give over/from and under/to"),
        );
        return None;
    }
    Some(Bounds { low, high })
}

/// A value of a field as a rubric writes it; a value the field can never have is a mistake.
pub fn value_node(node: &Node<'_>, field: &Field) -> Option<Value> {
    let name = &field.id;
    let made = match field.kind {
        FieldType::Flag if node.as_flag().is_some() => node.as_flag().map(Value::Flag),
        FieldType::Number | FieldType::Percent => node.points().map(Value::Number),
        _ => {
            let text = node.text()?;
            understand(field, &text).ok()
        }
    };
    if made.is_none() && (node.as_text().is_some() || node.as_flag().is_some()) {
        let text = node.shown();
        let help = suggest(node.as_text().unwrap_or_default(), field.choices.iter().map(|c| c.value.as_str())).unwrap_or_default();
        node.sink().push_help("R011", &node.at, say!("字段 {name} 不会有值 {text}", "field {name} can never be {text}"), help);
    }
    made
}
