//! The lists of an OFD: which documents, which pages, which resources, templates, stamps and notes. Must not read a page.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::content::area;
use crate::inspect::parts::{attribute, beside, entity};

/// One document of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Its list.
    pub root: String,
    /// Its signatures.
    pub signatures: Option<String>,
}

/// The list of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Pages in order: id and location.
    pub pages: Vec<(String, Option<String>)>,
    /// Templates by id.
    pub templates: BTreeMap<String, String>,
    /// Locations of lists of resources.
    pub resources: Vec<String>,
    /// Location of the list of notes.
    pub annotations: Option<String>,
    /// Paper of pages that have none of their own.
    pub paper: Option<[f64; 4]>,
    /// Titles of the outline with the id of their page.
    pub outline: Vec<(String, String)>,
    /// It ends before it should, or is no XML.
    pub damaged: bool,
}

/// Gives an attribute by its name.
type Attributes<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Goes through elements: `each` gets the name, attributes by name, and the text of an element without children at its end.
fn walk(xml: &str, each: &mut dyn FnMut(&str, Attributes<'_>, Option<&str>)) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut words = String::new();
    let mut depth = 0_i64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                words.clear();
                depth += 1;
                each(tag.local_name().as_ref(), &|name| attribute(&tag, name), None);
            }
            Ok(Event::Empty(tag)) => each(tag.local_name().as_ref(), &|name| attribute(&tag, name), None),
            Ok(Event::End(tag)) => {
                depth -= 1;
                each(tag.local_name().as_ref(), &|_| None, Some(words.trim()));
                words.clear();
            }
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(name)) => entity(&name, &mut words),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The documents that `OFD.xml` lists.
pub fn bodies(xml: &str) -> Vec<Body> {
    let mut bodies: Vec<Body> = Vec::new();
    let mut now = Body::default();
    walk(xml, &mut |name, _, text| match (name, text) {
        ("DocRoot", Some(text)) => now.root = text.to_owned(),
        ("Signatures", Some(text)) if !text.is_empty() => now.signatures = beside("OFD.xml", text),
        ("DocBody", Some(_)) => {
            let body = std::mem::take(&mut now);
            if let Some(root) = beside("OFD.xml", &body.root) {
                bodies.push(Body { root, ..body });
            }
        }
        _ => {}
    });
    bodies
}

/// Reads the list of a document; of pages one more than `most`, so that it can be told that there are more.
pub fn read(xml: &str, root: &str, most: u32) -> Document {
    let mut document = Document::default();
    let (mut title, mut in_pages) = (None, false);
    let whole = walk(xml, &mut |name, attribute, text| match (name, text) {
        ("Pages", ended) => in_pages = ended.is_none(),
        ("Page", None) if in_pages && document.pages.len() <= most as usize => {
            let location = attribute("BaseLoc").and_then(|l| beside(root, &l));
            document.pages.push((attribute("ID").unwrap_or_default(), location));
        }
        ("TemplatePage", None) => {
            let location = attribute("BaseLoc").and_then(|l| beside(root, &l));
            document.templates.extend(attribute("ID").zip(location));
        }
        ("PublicRes" | "DocumentRes", Some(text)) => document.resources.extend(beside(root, text)),
        ("Annotations", Some(text)) => document.annotations = beside(root, text),
        ("PhysicalBox", Some(text)) => document.paper = document.paper.or_else(|| area(text)),
        ("OutlineElem", None) => title = attribute("Title"),
        ("Dest", None) => document.outline.extend(title.take().zip(attribute("PageID")).filter(|_| document.outline.len() < 10_000)),
        _ => {}
    });
    document.damaged = !whole;
    document
}

/// Pictures by id that a list of resources gives: where each lies.
pub fn resources(xml: &str, part: &str, into: &mut BTreeMap<String, String>) {
    let (mut base, mut id) = (String::new(), None);
    walk(xml, &mut |name, attribute, text| match (name, text) {
        ("Res", None) => base = attribute("BaseLoc").unwrap_or_default(),
        ("MultiMedia", None) => id = attribute("ID"),
        ("MediaFile", Some(text)) => {
            let folder = base.trim_end_matches('/');
            let location = if folder.is_empty() || text.starts_with('/') { text.to_owned() } else { format!("{folder}/{text}") };
            into.extend(id.take().zip(beside(part, &location)));
        }
        _ => {}
    });
}

/// Locations of signatures in the list of them.
pub fn signatures(xml: &str, part: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(xml, &mut |name, attribute, text| {
        if name == "Signature" && text.is_none() && found.len() < 10_000 {
            found.extend(attribute("BaseLoc").and_then(|l| beside(part, &l)));
        }
    });
    found
}

/// Ids of pages that a signature stamps, or that a list of notes has notes for.
pub fn marked(xml: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(xml, &mut |name, attribute, text| match (name, text) {
        ("StampAnnot", None) => found.extend(attribute("PageRef")),
        ("Page", None) => found.extend(attribute("PageID")),
        _ => {}
    });
    found
}
