//! XML of a Word file as a tree that is written back byte for byte where nothing was changed (文档结构).
//! Must not resolve entities, and must not follow a file down without end.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Deepest nesting; the deepest of real files is below 60.
const DEEPEST: usize = 200;

/// A piece of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Anything else, as it stands: text with its escapes, comments.
    Raw(String),
    /// The place of a value; with what is printed where it is not known.
    Value(Slot),
    /// Printed once for each row of a list; `true`: once with blanks where the list has none, since something must stand there.
    Repeat(&'static str, bool, Vec<Node>),
}

/// The place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// List whose row has it; empty for a value of the paper itself.
    pub list: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it stands alone in a paragraph of a table, so that a blank needs no line to write on.
    pub alone: bool,
}

/// An element with its children.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// What stands between `<` and `>`, without the slash of an empty one.
    pub open: String,
    /// Inside.
    pub children: Vec<Node>,
}

impl Element {
    /// An element of this name and attributes.
    pub fn new(open: impl Into<String>, children: Vec<Node>) -> Self {
        Self { open: open.into(), children }
    }

    /// Its name with its prefix.
    pub fn name(&self) -> &str {
        self.open.split([' ', '\t', '\r', '\n']).next().unwrap_or_default()
    }

    /// An attribute as it is written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut rest = self.open.get(self.name().len()..)?;
        loop {
            rest = rest.trim_start();
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            if key.trim() == name {
                return Some(value);
            }
            rest = next;
        }
    }

    /// The first child element of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|e| e.name() == name)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    /// The child elements, to be changed.
    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }
}

/// The whole of an XML part: what stands before the root, the root, and nothing else.
///
/// # Errors
/// Why it is no XML that can be taken.
pub fn parse(text: &str) -> Result<(String, Element), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut before = String::new();
    let mut open: Vec<Element> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|e| e.to_string())?;
        let raw = match &event {
            Event::Start(start) => {
                open.push(Element::new(start.to_string(), Vec::new()));
                if open.len() > DEEPEST {
                    return Err("nested too deeply".to_owned());
                }
                continue;
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err("an end without a beginning".to_owned()) };
                let Some(above) = open.last_mut() else { return Ok((before, done)) };
                above.children.push(Node::Element(done));
                continue;
            }
            Event::Empty(empty) => {
                let element = Element::new(empty.trim_end(), Vec::new());
                let Some(above) = open.last_mut() else { return Ok((before, element)) };
                above.children.push(Node::Element(element));
                continue;
            }
            Event::Text(t) => t.to_string(),
            Event::GeneralRef(r) => format!("&{};", &**r),
            Event::CData(c) => format!("<![CDATA[{}]]>", &**c),
            Event::Comment(c) => format!("<!--{}-->", &**c),
            Event::PI(p) => format!("<?{}?>", &**p),
            Event::Decl(d) => format!("<?{}?>", &**d),
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Eof => return Err("no end".to_owned()),
        };
        match open.last_mut() {
            Some(above) => match above.children.last_mut() {
                Some(Node::Raw(last)) => last.push_str(&raw),
                _ => above.children.push(Node::Raw(raw)),
            },
            None => before.push_str(&raw),
        }
    }
}

/// The characters of raw text, its escapes resolved; what cannot be resolved stays as it stands.
pub fn characters(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

/// Words as text of XML: mark-up escaped, characters that XML cannot hold left out.
pub fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, escape, parse};

    fn written(text: &str) -> String {
        let (before, root) = parse(text).expect("xml");
        super::super::template::written(&before, &root)
    }

    #[test]
    fn what_is_not_changed_is_written_back_as_it_was() {
        for text in [
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:a x=\"1\" y='2 &gt; 1'><w:b/>t &amp; &#x4e2d;<!--c--><w:c>d</w:c></w:a>",
            "<a><b> </b><![CDATA[<x>]]></a>",
        ] {
            assert_eq!(written(text), text);
        }
        assert_eq!(written("<a><b></b></a>"), "<a><b/></a>");
    }

    #[test]
    fn broken_or_hostile_xml_is_refused() {
        for text in ["", "<a>", "<a></b>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a/>", "text", &"<a>".repeat(5000)] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn attributes_are_found_by_their_name() {
        let element = Element::new("w:x w:type = \"first\" r:id='rId7'", Vec::new());
        assert_eq!(
            (element.name(), element.attribute("w:type"), element.attribute("r:id"), element.attribute("id")),
            ("w:x", Some("first"), Some("rId7"), None)
        );
    }

    #[test]
    fn words_never_become_mark_up() {
        let mut out = String::new();
        escape("<w:t>&\u{0}\u{b}\u{ffff}“引号\"'", &mut out);
        assert_eq!(out, "&lt;w:t&gt;&amp;“引号\"'");
    }
}
