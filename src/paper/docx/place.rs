//! Placeholders of a template (占位符): `{{案号}}` becomes a place for a value, and a table row or paragraph that names a list repeats.
//! Must not know any form: it is told which names there are, and every name that is not among them is a mistake with its place.
//!
//! Word cuts words into runs as it likes, so a placeholder is looked for in the text of a whole paragraph; it takes the looks of the run
//! in which it begins. Braces may be full-width, as a Chinese keyboard types them.

use std::collections::BTreeSet;

use super::xml::{Element, Node, Slot, characters, escape};
use crate::base::mistake::nearest;
use crate::base::text::Text;
use crate::say;

/// What is wrong in a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Such as `正文第 3 段`.
    pub place: Text,
    /// In words.
    pub said: Text,
}

/// Finds the placeholders of one part.
pub struct Finder<'a> {
    /// Every name that may be used in this part; those of lists as `list.name`.
    pub names: &'a [&'static str],
    /// What the part is called: 正文, 页眉.
    pub part: Text,
    /// Whether lists may be named.
    pub lists: bool,
    /// What is wrong so far.
    pub wrong: Vec<Wrong>,
    paragraph: usize,
    table: usize,
    row: usize,
    cell: usize,
    deep: usize,
}

impl<'a> Finder<'a> {
    /// For one part.
    pub fn new(names: &'a [&'static str], part: Text, lists: bool) -> Self {
        Self { names, part, lists, wrong: Vec::new(), paragraph: 0, table: 0, row: 0, cell: 0, deep: 0 }
    }

    /// Turns placeholders below an element into places and repeats; the lists that what stands here is to be repeated for.
    pub fn look(&mut self, element: &mut Element) -> BTreeSet<&'static str> {
        let mut lists = BTreeSet::new();
        let kind = element.name().to_owned();
        match kind.as_str() {
            "w:p" => {
                if self.deep == 0 {
                    self.paragraph += 1;
                }
                lists.extend(self.paragraph(element));
            }
            "w:tbl" => {
                self.table += 1;
                self.deep += 1;
                let row = std::mem::take(&mut self.row);
                lists.extend(self.children(element));
                self.row = row;
                self.deep -= 1;
            }
            "w:tr" => {
                self.row += 1;
                self.cell = 0;
                lists.extend(self.children(element));
            }
            "w:tc" => {
                self.cell += 1;
                lists.extend(self.children(element));
            }
            _ => lists.extend(self.children(element)),
        }
        lists
    }

    /// Looks into every child, and wraps those that repeat: rows of tables, and paragraphs outside of them.
    fn children(&mut self, element: &mut Element) -> BTreeSet<&'static str> {
        let mut up = BTreeSet::new();
        let mut wrapped = Vec::new();
        for (at, node) in element.children.iter_mut().enumerate() {
            let Node::Element(child) = node else { continue };
            let kind = child.name().to_owned();
            let lists = self.look(child);
            let here = kind == "w:tr" || (kind == "w:p" && self.deep == 0);
            if !here {
                up.extend(lists);
                continue;
            }
            let mut lists = lists.into_iter();
            let (Some(list), more) = (lists.next(), lists.next()) else { continue };
            if let Some(other) = more {
                self.say(say!(
                    "同一行里用了“{list}”和“{other}”两个列表，不知道按哪个重复；一行只用一个列表",
                    "one row names two lists, “{list}” and “{other}”: use one list a row"
                ));
            }
            if kind == "w:p" && child.child("w:pPr").is_some_and(|p| p.child("w:sectPr").is_some()) {
                self.say(say!(
                    "这一段要按“{list}”重复，后面却是分节符，会重复出许多页；请把分节符移到另一段",
                    "this paragraph repeats for “{list}” and ends in a section break, which would repeat as well: move the break to another one"
                ));
            }
            wrapped.push((at, list));
        }
        let needed = !element.children.iter().enumerate().any(|(at, n)| {
            let fixed = matches!(n, Node::Element(e) if matches!(e.name(), "w:tr" | "w:p" | "w:tbl"));
            fixed && !wrapped.iter().any(|(w, _)| *w == at)
        });
        for (i, (at, list)) in wrapped.into_iter().enumerate() {
            if let Some(node) = element.children.get_mut(at) {
                let inside = std::mem::replace(node, Node::Raw(String::new()));
                *node = Node::Repeat(list, needed && i == 0, vec![inside]);
            }
        }
        up
    }

    fn paragraph(&mut self, paragraph: &mut Element) -> BTreeSet<&'static str> {
        // Paragraphs inside of this one, as in a text box, are looked at by themselves.
        let mut lists = BTreeSet::new();
        for child in paragraph.elements_mut() {
            lists.extend(self.inside(child));
        }
        let mut texts = Vec::new();
        collect(paragraph, &mut texts);
        let (tokens, whole) = self.tokens(&texts);
        if tokens.is_empty() {
            return lists;
        }
        // In a cell of its own a blank needs no line; between paragraphs it would not be seen.
        let alone = self.deep > 0 && matches!(tokens.as_slice(), [one] if whole.trim().len() == one.end - one.start);
        let mut starts = 0;
        let mut parts = texts.iter().map(|text| {
            let (from, to) = (starts, starts + text.len());
            starts = to;
            cut(&whole, from, to, &tokens, alone)
        });
        place(paragraph, &mut parts);
        lists.extend(tokens.iter().map(|t| t.slot.list).filter(|l| !l.is_empty()));
        lists
    }

    fn inside(&mut self, element: &mut Element) -> BTreeSet<&'static str> {
        let raw = element.children.iter().any(|n| matches!(n, Node::Raw(raw) if raw.contains("{{") || raw.contains("｛｛")));
        if raw && element.name() != "w:t" {
            self.say(say!(
                "有占位符写在域代码或图形里，不能填写；请放进正文的文字",
                "a placeholder stands in a field code or drawing, where it cannot be filled in: put it into plain text"
            ));
        }
        if element.name() == "w:txbxContent" {
            self.children(element)
        } else {
            let mut lists = BTreeSet::new();
            for child in element.elements_mut() {
                lists.extend(self.inside(child));
            }
            lists
        }
    }

    /// Every placeholder of a paragraph whose text is cut into `texts`, and the text as one.
    fn tokens(&mut self, texts: &[String]) -> (Vec<Token>, String) {
        let whole = texts.concat();
        let mut tokens = Vec::new();
        let mut from = 0;
        while let Some(start) = first(&whole, from, ["{{", "｛｛"]) {
            let inner = start + if whole.get(start..).is_some_and(|w| w.starts_with('{')) { 2 } else { 6 };
            let Some(close) = first(&whole, inner, ["}}", "｝｝"]) else {
                let said = whole.get(start..).unwrap_or_default().chars().take(20).collect::<String>();
                self.say(say!("“{said}”有 {{{{ 没有 }}}}；请补上", "“{said}” opens {{{{ and never closes it"));
                break;
            };
            let end = close + if whole.get(close..).is_some_and(|w| w.starts_with('}')) { 2 } else { 6 };
            let written = whole.get(inner..close).unwrap_or_default();
            if let Some(slot) = self.slot(written) {
                tokens.push(Token { start, end, slot });
            }
            from = end;
        }
        (tokens, whole)
    }

    fn slot(&mut self, written: &str) -> Option<Slot> {
        let name = written.split_whitespace().collect::<String>().replace('．', ".");
        let Some(known) = self.names.iter().find(|n| **n == name) else {
            let near = nearest(&name, self.names.iter().copied());
            self.say(match near {
                Some(near) => {
                    say!("不认识 {{{{{name}}}}}；是不是想写 {{{{{near}}}}}？", "unknown {{{{{name}}}}}; did you mean {{{{{near}}}}}?")
                }
                None => say!(
                    "不认识 {{{{{name}}}}}；这种文书能用的占位符见 --export-template 导出的样式",
                    "unknown {{{{{name}}}}}; see what --export-template writes for the placeholders of this form"
                ),
            });
            return None;
        };
        let (list, name) = known.split_once('.').unwrap_or(("", known));
        if !list.is_empty() && !self.lists {
            self.say(say!(
                "{{{{{known}}}}} 是列表里的一项，页眉页脚里不能用；请放进正文的表格行",
                "{{{{{known}}}}} belongs to a list and cannot stand in a header or footer; put it into a table row of the text"
            ));
            return None;
        }
        Some(Slot { list, name, alone: false })
    }

    fn say(&mut self, said: Text) {
        let (part, table, row, cell, paragraph) = (&self.part, self.table, self.row, self.cell, self.paragraph);
        let (zh, en) = (&part.zh, &part.en);
        let place = if self.deep > 0 {
            say!("{zh}第 {table} 个表格第 {row} 行第 {cell} 格", "{en}, table {table}, row {row}, cell {cell}")
        } else {
            say!("{zh}第 {paragraph} 段", "{en}, paragraph {paragraph}")
        };
        self.wrong.push(Wrong { place, said });
    }
}

#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    slot: Slot,
}

/// Where the first of two words stands at or after `from`.
fn first(text: &str, from: usize, words: [&str; 2]) -> Option<usize> {
    let rest = text.get(from..)?;
    words.iter().filter_map(|w| rest.find(w)).min().map(|at| from + at)
}

/// The texts of a paragraph in order, without those of paragraphs inside of it.
fn collect(element: &Element, texts: &mut Vec<String>) {
    for child in element.elements().filter(|c| c.name() != "w:p") {
        if child.name() == "w:t" {
            let raw = child.children.iter().filter_map(|n| if let Node::Raw(raw) = n { Some(raw.as_str()) } else { None });
            texts.push(characters(&raw.collect::<String>()));
        } else {
            collect(child, texts);
        }
    }
}

/// Puts the new content into the texts, in the same order.
fn place(element: &mut Element, parts: &mut impl Iterator<Item = Vec<Node>>) {
    for child in element.elements_mut().filter(|c| c.name() != "w:p") {
        if child.name() == "w:t" {
            child.children = parts.next().unwrap_or_default();
            "w:t xml:space=\"preserve\"".clone_into(&mut child.open);
        } else {
            place(child, parts);
        }
    }
}

/// What is left of the text between two offsets: the words outside of placeholders, and a place where one begins.
fn cut(whole: &str, from: usize, to: usize, tokens: &[Token], alone: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = from;
    let words = |a: usize, b: usize, nodes: &mut Vec<Node>| {
        let mut raw = String::new();
        escape(whole.get(a..b).unwrap_or_default(), &mut raw);
        if !raw.is_empty() {
            nodes.push(Node::Raw(raw));
        }
    };
    for token in tokens.iter().filter(|t| t.start < to && t.end > from) {
        if token.start >= at {
            words(at, token.start, &mut nodes);
            nodes.push(Node::Value(Slot { alone, ..token.slot }));
        }
        at = token.end.min(to);
    }
    words(at, to, &mut nodes);
    nodes
}
