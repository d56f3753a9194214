//! A template flattened to text and places, and filled in by joining strings (填充). Must not look at mark-up again.

use super::xml::{Node, Slot, escape};
use crate::paper::fact::{Fact, Facts, Row};

/// What a blank prints as within a line of words.
const BLANK: &str = "＿＿＿＿＿";

/// A step of printing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Text(String),
    Value(Slot),
    Repeat(&'static str, bool, Flat),
}

/// A tree flattened to steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flat(Vec<Step>);

impl Flat {
    /// Adds nodes at the end.
    pub fn add(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Raw(raw) => self.push(raw),
                Node::Value(slot) => self.0.push(Step::Value(*slot)),
                Node::Repeat(list, needed, inside) => {
                    let mut flat = Self::default();
                    flat.add(inside);
                    self.0.push(Step::Repeat(list, *needed, flat));
                }
                Node::Element(element) => {
                    self.push("<");
                    self.push(&element.open);
                    if element.children.is_empty() {
                        self.push("/>");
                    } else {
                        self.push(">");
                        self.add(&element.children);
                        self.push("</");
                        self.push(element.name());
                        self.push(">");
                    }
                }
            }
        }
    }

    /// Adds text as it stands.
    pub fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Step::Text(last)) => last.push_str(text),
            _ => self.0.push(Step::Text(text.to_owned())),
        }
    }

    /// The text where there is no place to fill.
    pub fn fixed(&self) -> String {
        let mut out = String::new();
        self.fill(&Facts::default(), &mut out);
        out
    }

    /// Prints with these facts.
    pub fn fill(&self, facts: &Facts, out: &mut String) {
        self.print(facts, None, out);
    }

    fn print(&self, facts: &Facts, row: Option<&Row>, out: &mut String) {
        for step in &self.0 {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Value(slot) => {
                    let fact = if slot.list.is_empty() { facts.value(slot.name) } else { row.and_then(|r| r.get(slot.name)) };
                    value(fact, slot.alone, out);
                }
                Step::Repeat(list, true, inside) if facts.rows(list).is_empty() => inside.print(facts, None, out),
                Step::Repeat(list, _, inside) => facts.rows(list).iter().for_each(|row| inside.print(facts, Some(row), out)),
            }
        }
    }

    /// Every place as it stands in the template.
    pub fn each(&self, see: &mut dyn FnMut(Slot)) {
        for step in &self.0 {
            match step {
                Step::Text(_) => {}
                Step::Value(slot) => see(*slot),
                Step::Repeat(_, _, inside) => inside.each(see),
            }
        }
    }

    /// Every place in order, those of lists once for each row, with what it holds.
    pub fn visit<'f>(&self, facts: &'f Facts, see: &mut dyn FnMut(Slot, Option<&'f Fact>)) {
        self.walk(facts, None, see);
    }

    fn walk<'f>(&self, facts: &'f Facts, row: Option<&'f Row>, see: &mut dyn FnMut(Slot, Option<&'f Fact>)) {
        for step in &self.0 {
            match step {
                Step::Text(_) => {}
                Step::Value(slot) if slot.list.is_empty() => see(*slot, facts.value(slot.name)),
                Step::Value(slot) => see(*slot, row.and_then(|r| r.get(slot.name))),
                Step::Repeat(list, _, inside) => facts.rows(list).iter().for_each(|row| inside.walk(facts, Some(row), see)),
            }
        }
    }
}

/// Prints one value inside a run of text; lines become line breaks.
fn value(fact: Option<&Fact>, alone: bool, out: &mut String) {
    let Some(fact) = fact else {
        if !alone {
            out.push_str(BLANK);
        }
        return;
    };
    for (i, line) in fact.text.split('\n').enumerate() {
        if i > 0 {
            out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">");
        }
        escape(line, out);
    }
}
