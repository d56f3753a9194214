//! TOML with spans, read key by key. Every wrong type, missing or unknown key becomes a mistake at its place and reading goes on.
//! Must not know what the keys mean.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Mistakes, Spot, suggest};
use super::points::Points;
use crate::say;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    value: &'a DeValue<'a>,
    /// Where the value stands.
    pub at: Spot,
    /// Where its key stands (the value itself inside a list).
    pub key_at: Spot,
    sink: &'a Mistakes,
}

/// A table whose keys are taken one by one; [`Table::finish`] reports those nobody took.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    entries: BTreeMap<&'a str, Node<'a>>,
    /// Where the table begins.
    pub at: Spot,
    /// Where mistakes go.
    pub sink: &'a Mistakes,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    /// The root table of a parsed source.
    pub fn root(map: &'a Spanned<DeTable<'a>>, source: usize, sink: &'a Mistakes) -> Self {
        Self::new(map.get_ref(), Spot::new(source, map.span()), sink)
    }

    fn new(map: &'a DeTable<'a>, at: Spot, sink: &'a Mistakes) -> Self {
        let entries = map.iter().map(|(key, value)| {
            let key_at = Spot::new(at.source, key.span());
            let node = Node { value: value.get_ref(), at: Spot::new(at.source, value.span()), key_at, sink };
            (key.get_ref().as_ref(), node)
        });
        Self { entries: entries.collect(), at, sink, asked: RefCell::default() }
    }

    /// Puts `other`'s entries over this table's: how a child rubric changes single entries.
    pub fn overlay(&mut self, other: &Self) {
        for (key, node) in &other.entries {
            self.entries.insert(key, node.clone());
        }
        self.at = other.at.clone();
    }

    /// A value that may be left out.
    pub fn opt(&self, key: &'static str) -> Option<&Node<'a>> {
        self.asked.borrow_mut().insert(key);
        self.entries.get(key)
    }

    /// A value that must be there.
    pub fn need(&self, key: &'static str) -> Option<&Node<'a>> {
        let node = self.opt(key);
        if node.is_none() {
            self.sink.push("R002", &self.at, say!("这里缺少 {key}", "{key} is missing here"));
        }
        node
    }

    /// All keys in order of the text, for tables whose keys are names (conditions, examples).
    pub fn names(&self) -> Vec<(&'a str, &Node<'a>)> {
        let mut all: Vec<_> = self.entries.iter().map(|(k, n)| (*k, n)).collect();
        all.sort_by(|a, b| a.1.key_at.cmp(&b.1.key_at));
        all
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, node) in &self.entries {
            if !asked.contains(key) {
                let mut missing = crate::base::mistake::Mistake {
                    code: "R004",
                    at: node.key_at.clone(),
                    message: say!("不认识的键 {key}", "unknown key {key}"),
                    help: None,
                    also: Vec::new(),
                };
                missing.help = suggest(key, asked.iter().copied());
                self.sink.add(missing);
            }
        }
    }

    /// Text under a key.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.opt(key)?.text()
    }

    /// Text that must be there and not be blank.
    pub fn need_text(&self, key: &'static str) -> Option<String> {
        let node = self.need(key)?;
        let text = node.text()?;
        if text.trim().is_empty() {
            self.sink.push("R005", &node.at, say!("{key} 不能为空", "{key} must not be blank"));
            return None;
        }
        Some(text)
    }

    /// A list of texts; one text counts as a list of one; absent is an empty list.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.opt(key).map(|n| n.items().iter().filter_map(Node::text).collect()).unwrap_or_default()
    }

    /// Yes or no, with what it is when absent.
    pub fn flag(&self, key: &'static str, absent: bool) -> bool {
        self.opt(key).and_then(Node::flag).unwrap_or(absent)
    }

    /// The tables of `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        self.opt(key).map(|n| n.items().iter().filter_map(Node::table).collect()).unwrap_or_default()
    }

    /// One of a few words, with its value.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        self.opt(key)?.word(words)
    }
}

impl<'a> Node<'a> {
    fn wrong<T>(&self, zh: &str, en: &str) -> Option<T> {
        self.sink.push("R003", &self.at, say!("这里应当是{zh}", "{en} expected here"));
        None
    }

    /// Where mistakes about this value go.
    pub fn sink(&self) -> &'a Mistakes {
        self.sink
    }

    /// Text.
    pub fn text(&self) -> Option<String> {
        self.value.as_str().map(str::to_owned).or_else(|| self.wrong("文字（用英文双引号括起来）", "text"))
    }

    /// Text without complaint, when the value is one.
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// Yes or no without complaint.
    pub fn as_flag(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// Yes or no.
    pub fn flag(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong(" true 或 false", "true or false"))
    }

    /// A number, exactly as written, without complaint.
    pub fn as_points(&self) -> Option<Points> {
        match self.value {
            DeValue::Integer(n) => Points::parse(&n.to_string()),
            DeValue::Float(n) => Points::parse(n.as_str()),
            _ => None,
        }
    }

    /// A number, exactly as written.
    pub fn points(&self) -> Option<Points> {
        self.as_points().or_else(|| self.wrong("数字（整数九位、小数六位以内）", "a number (up to nine and six digits)"))
    }

    /// A whole number from 0.
    pub fn count(&self) -> Option<u32> {
        let n = self.as_points().filter(|p| p.0.is_integer()).and_then(|p| u32::try_from(p.0.to_integer()).ok());
        n.or_else(|| self.wrong("不小于 0 的整数", "a whole number from 0"))
    }

    /// A whole number from 0 that may be large, such as a size in bytes.
    pub fn size(&self) -> Option<u64> {
        let n = match self.value {
            DeValue::Integer(n) => n.to_string().parse().ok(),
            _ => None,
        };
        n.or_else(|| self.wrong("不小于 0 的整数", "a whole number from 0"))
    }

    /// A day, as text `"2024-03-05"` or as a TOML date.
    pub fn date(&self) -> Option<Date> {
        let text = match self.value {
            DeValue::String(s) => s.to_string(),
            DeValue::Datetime(d) => d.to_string(),
            _ => return self.wrong("日期，例如 2024-03-05", "a date such as 2024-03-05"),
        };
        super::date::read(&text).ok().map(|w| w.date).or_else(|| self.wrong("日期，例如 2024-03-05", "a date such as 2024-03-05"))
    }

    /// A table without complaint.
    pub fn as_table(&self) -> Option<Table<'a>> {
        self.value.as_table().map(|t| Table::new(t, self.at.clone(), self.sink))
    }

    /// A table.
    pub fn table(&self) -> Option<Table<'a>> {
        self.as_table().or_else(|| self.wrong("表 { … }", "a table"))
    }

    /// Whether the value is a list.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// The items of a list; any other value is a list of one.
    pub fn items(&self) -> Vec<Node<'a>> {
        match self.value {
            DeValue::Array(items) => {
                let node = |v: &'a Spanned<DeValue<'a>>| {
                    let at = Spot::new(self.at.source, v.span());
                    Node { value: v.get_ref(), key_at: at.clone(), at, sink: self.sink }
                };
                items.iter().map(node).collect()
            }
            _ => vec![self.clone()],
        }
    }

    /// One of a few words, with its value.
    pub fn word<T: Copy>(&self, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(w, _)| *w == text).map(|(_, v)| *v);
        if found.is_none() {
            let help = suggest(&text, words.iter().map(|(w, _)| *w)).unwrap_or_default();
            self.sink.push_help("R005", &self.at, say!("不认识 {text}", "{text} is not known here"), help);
        }
        found
    }

    /// The value as it would be written in TOML, for `rubric show`.
    pub fn shown(&self) -> String {
        shown(self.value)
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(s) => format!("{s:?}"),
        DeValue::Integer(n) => n.to_string(),
        DeValue::Float(n) => n.to_string(),
        DeValue::Boolean(b) => b.to_string(),
        DeValue::Datetime(d) => d.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|v| shown(v.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(k, _)| k.span().start);
            let entries: Vec<String> = entries.iter().map(|(k, v)| format!("{} = {}", k.get_ref(), shown(v.get_ref()))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
