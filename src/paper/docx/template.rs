//! A template (模板): opened and checked once, then printed as one paper or as many in one file.
//! Must not print anything while a placeholder is not known.

use std::collections::BTreeMap;

use super::pack::{self, Parts};
use super::place::{Finder, Wrong};
use super::render::Flat;
use super::xml::{Element, Node, parse};
use super::{clean, draft};
use crate::base::text::Text;
use crate::paper::fact::{Fact, Facts};
use crate::say;

/// Name that says 草稿, or nothing.
const STATE: &str = "状态";

/// The names that a template may use.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// All; those of lists as `list.name`.
    pub all: Vec<&'static str>,
    /// Those that are the same for a whole batch: headers and footers may use them.
    pub common: Vec<&'static str>,
}

/// A template that can be printed.
#[derive(Debug)]
pub struct Template {
    /// All parts but the document: of one paper, and of a print file.
    base: [Vec<u8>; 2],
    part: String,
    head: String,
    /// The body, without the last section.
    body: Flat,
    /// The body with the end of its section in its last paragraph, for all papers of one file but the last.
    joined: Flat,
    /// The last section, and the end.
    tail: Flat,
}

impl Template {
    /// Opens a file; `common` fills headers and footers, `draft` puts 草稿 where the template does not say it.
    ///
    /// # Errors
    /// All that is wrong, with its place.
    pub fn open(bytes: &[u8], known: &Known, common: &Facts, draft: bool) -> Result<Self, Vec<Wrong>> {
        let whole = |said: Text| vec![Wrong { place: Text::EMPTY, said }];
        Self::new(pack::open(bytes).map_err(whole)?, known, common, draft)
    }

    /// The same of parts.
    ///
    /// # Errors
    /// All that is wrong, with its place.
    pub fn new(mut parts: Parts, known: &Known, common: &Facts, draft: bool) -> Result<Self, Vec<Wrong>> {
        let broken = |_: String| vec![Wrong { place: Text::EMPTY, said: unlike() }];
        if parts.keys().any(|n| n.ends_with("vbaProject.bin")) {
            let said = say!("里面有宏；请另存为不带宏的 .docx", "it holds macros; save it as a docx without them");
            return Err(vec![Wrong { place: Text::EMPTY, said }]);
        }
        let part = main(&parts).map_err(broken)?;
        let (folder, file) = part.rsplit_once('/').map_or(("", part.as_str()), |(f, n)| (f, n));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let related = format!("{folder}_rels/{file}.rels");
        if !parts.contains_key(&related) {
            parts.insert(related.clone(), NO_RELATIONS.as_bytes().to_vec());
        }
        let settings = relations(&parts, &related, &folder).map_err(broken)?.into_values().find(|(kind, _)| kind.ends_with("/settings"));
        clean::clean(&mut parts, settings.as_ref().map(|(_, part)| part.as_str())).map_err(broken)?;
        let (head, mut links) = read(&parts, &related).map_err(broken)?;
        if let Some(said) = clean::relations(&mut links, &parts, &|target| resolved(&folder, target)) {
            return Err(vec![Wrong { place: Text::EMPTY, said }]);
        }
        parts.insert(related.clone(), written(&head, &links).into_bytes());
        let (before, mut document) = read(&parts, &part).map_err(broken)?;
        let Some(body) = document.elements_mut().find(|e| e.name() == "w:body") else { return Err(broken(String::new())) };
        clean::sections(body);
        if document.name() != "w:document" {
            return Err(broken(String::new()));
        }
        let mut relations = relations(&parts, &related, &folder).map_err(broken)?;
        let even =
            settings.is_some_and(|(_, settings)| read(&parts, &settings).is_ok_and(|(_, s)| s.child("w:evenAndOddHeaders").is_some()));
        let mut marked = draft::Marked::default();
        if draft {
            let places = draft::Places { document: &mut document, folder: &folder, relations: &mut relations, even };
            marked = draft::mark(places, &mut parts).map_err(broken)?;
            if let Some(relation) = &marked.relation {
                draft::add(&mut parts, &related, relation).map_err(broken)?;
            }
        }
        let mut wrong: Vec<Wrong> = Vec::new();
        wrong.extend(clean::refused(&document).map(|said| Wrong { place: say!("正文", "text"), said }));
        let mut finder = Finder::new(&known.all, say!("正文", "text"), true);
        finder.look(&mut document);
        wrong.append(&mut finder.wrong);
        let mut joined = Parts::new();
        for (kind, name) in edges(&relations) {
            let (before, mut root) = read(&parts, &name).map_err(broken)?;
            wrong.extend(clean::refused(&root).map(|said| Wrong { place: kind.clone(), said }));
            let mut finder = Finder::new(&known.common, kind, false);
            finder.look(&mut root);
            wrong.append(&mut finder.wrong);
            if marked.headers.contains(&name) && !says(&root, common) {
                draft::line(&mut root);
            }
            let print = |root: &Element| {
                let (mut flat, mut text) = (Flat::default(), String::new());
                flat.push(&before);
                flat.add(&[Node::Element(root.clone())]);
                flat.fill(common, &mut text);
                text.into_bytes()
            };
            parts.insert(name.clone(), print(&root));
            without_pages(&mut root);
            joined.insert(name, print(&root));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        as_document(&mut parts);
        parts.remove(&part);
        let base = |parts: &Parts| pack::base(parts).map_err(|e| broken(e.to_string()));
        let single = base(&parts)?;
        parts.append(&mut joined);
        let made = Self::split(before, document, [single, base(&parts)?], part);
        if made.is_bare() {
            let said = say!(
                "里面没有任何占位符，写出来的每一份都会一样；请用 {{{{案号}}}} 这样的写法标出要填的地方",
                "it has no placeholder, so that all papers would be the same: mark what is to be filled in as {{{{案号}}}}"
            );
            return Err(vec![Wrong { place: Text::EMPTY, said }]);
        }
        Ok(made)
    }

    fn split(before: String, mut document: Element, base: [Vec<u8>; 2], part: String) -> Self {
        let at = document.children.iter().position(|n| matches!(n, Node::Element(e) if e.name() == "w:body")).unwrap_or(0);
        let after = document.children.split_off(at);
        let mut head = Flat::default();
        head.push(&format!("{before}<{}>", document.open));
        head.add(&document.children);
        let mut after = after.into_iter();
        // The body was looked for before; without one there would be nothing to print.
        let mut body = match after.next() {
            Some(Node::Element(body)) => body,
            _ => Element::default(),
        };
        head.push(&format!("<{}>", body.open));
        let is_section = |n: &Node| matches!(n, Node::Element(e) if e.name() == "w:sectPr");
        let section = body.children.iter().rposition(is_section).map(|at| body.children.remove(at));
        let mut flat = Flat::default();
        flat.add(&body.children);
        let mut joined = Flat::default();
        joined.add(&closed(body.children, section.clone()));
        let mut tail = Flat::default();
        tail.add(section.as_slice());
        tail.push("</w:body>");
        tail.add(&after.collect::<Vec<_>>());
        tail.push("</w:document>");
        Self { base, part, head: head.fixed(), body: flat, joined, tail }
    }

    fn is_bare(&self) -> bool {
        let mut any = false;
        self.body.each(&mut |_| any = true);
        !any
    }

    /// One file that holds these papers, each beginning on a page of its own.
    ///
    /// # Errors
    /// When the archive cannot be put together.
    pub fn print(&self, papers: &[&Facts]) -> std::io::Result<Vec<u8>> {
        let mut text = self.head.clone();
        for (i, facts) in papers.iter().enumerate() {
            let last = i + 1 == papers.len();
            (if last { &self.body } else { &self.joined }).fill(facts, &mut text);
        }
        self.tail.fill(papers.last().copied().unwrap_or(&Facts::default()), &mut text);
        let [single, joined] = &self.base;
        Ok(pack::with(if papers.len() > 1 { joined } else { single }, &self.part, text.as_bytes())?)
    }

    /// Bytes of the parts that every paper carries.
    pub fn size(&self) -> usize {
        self.base[0].len()
    }

    /// Every value that a paper of these facts prints, in order: its name and what it is.
    pub fn visit<'f>(&self, facts: &'f Facts, see: &mut dyn FnMut(String, Option<&'f Fact>)) {
        self.body.visit(facts, &mut |slot, fact| {
            let name = if slot.list.is_empty() { slot.name.to_owned() } else { format!("{}.{}", slot.list, slot.name) };
            see(name, fact);
        });
    }
}

/// The tag of what headers say of the number of all pages: a print file leaves it out.
pub const PAGES: &str = "juanping-pages";

/// Takes away what a header says of the number of all pages.
fn without_pages(element: &mut Element) {
    element.children.retain(|n| {
        let tag = |e: &Element| e.child("w:sdtPr").and_then(|p| p.child("w:tag")).is_some_and(|t| t.attribute("w:val") == Some(PAGES));
        !matches!(n, Node::Element(e) if e.name() == "w:sdt" && tag(e))
    });
    element.elements_mut().for_each(without_pages);
}

/// Whether a header says 草稿 itself.
fn says(root: &Element, common: &Facts) -> bool {
    let (mut flat, mut says) = (Flat::default(), false);
    flat.add(&[Node::Element(root.clone())]);
    flat.visit(common, &mut |slot, _| says |= slot.name == STATE);
    says
}

/// The part that a relation of a part in `folder` names.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.trim_end_matches('/').split('/').filter(|p| !p.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
                            <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";

/// The body of a paper that another follows: its last paragraph ends the section, or one as small as can be that is added.
fn closed(mut body: Vec<Node>, section: Option<Node>) -> Vec<Node> {
    let Some(section) = section else { return body };
    let is_free = |e: &Element| e.name() == "w:p" && e.child("w:pPr").and_then(|p| p.child("w:sectPr")).is_none();
    if let Some(Node::Element(last)) = body.last_mut()
        && is_free(last)
    {
        if last.child("w:pPr").is_none() {
            last.children.insert(0, Node::Element(Element::new("w:pPr", Vec::new())));
        }
        if let Some(properties) = last.elements_mut().find(|e| e.name() == "w:pPr") {
            // What may follow a section in the properties of a paragraph is only the mark of a change.
            let change = properties.children.iter().position(|n| matches!(n, Node::Element(e) if e.name() == "w:pPrChange"));
            properties.children.insert(change.unwrap_or(properties.children.len()), section);
        }
        return body;
    }
    let tiny = "w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"";
    let properties = Element::new("w:pPr", vec![Node::Element(Element::new(tiny, Vec::new())), section]);
    body.push(Node::Element(Element::new("w:p", vec![Node::Element(properties)])));
    body
}

fn unlike() -> Text {
    say!(
        "不是 Word 或 WPS 存的 docx，或者损坏了；请用 Word 或 WPS 打开，另存为 .docx",
        "no docx as Word or WPS save it, or a broken one; open it there and save it as .docx again"
    )
}

/// A part as a tree: what stands before the root, and the root.
pub fn read(parts: &Parts, name: &str) -> Result<(String, Element), String> {
    let bytes = parts.get(name).ok_or_else(|| format!("no {name}"))?;
    parse(std::str::from_utf8(bytes).map_err(|e| e.to_string())?.trim_start_matches('\u{feff}'))
}

/// An element as text.
pub fn written(before: &str, root: &Element) -> String {
    let mut flat = Flat::default();
    flat.push(before);
    flat.add(&[Node::Element(root.clone())]);
    flat.fixed()
}

/// The relations of a part, by id: type and part.
fn relations(parts: &Parts, name: &str, folder: &str) -> Result<BTreeMap<String, (String, String)>, String> {
    if !parts.contains_key(name) {
        return Ok(BTreeMap::new());
    }
    let (_, root) = read(parts, name)?;
    let one = |e: &Element| {
        let (id, kind, target) = (e.attribute("Id")?, e.attribute("Type")?, e.attribute("Target")?);
        Some((id.to_owned(), (kind.to_owned(), resolved(folder, target))))
    };
    Ok(root.elements().filter(|e| e.attribute("TargetMode") != Some("External")).filter_map(one).collect())
}

/// The part that is the document.
fn main(parts: &Parts) -> Result<String, String> {
    let all = relations(parts, "_rels/.rels", "")?;
    all.into_values().find(|(kind, _)| kind.ends_with("/officeDocument")).map(|(_, part)| part).ok_or_else(|| "no document".to_owned())
}

/// Headers, footers and notes, each once, with what they are called.
fn edges(relations: &BTreeMap<String, (String, String)>) -> Vec<(Text, String)> {
    let kinds = [
        ("/header", Text::fixed("页眉", "header")),
        ("/footer", Text::fixed("页脚", "footer")),
        ("/footnotes", Text::fixed("脚注", "footnotes")),
        ("/endnotes", Text::fixed("尾注", "endnotes")),
    ];
    let mut all: Vec<(Text, String)> = Vec::new();
    for (kind, part) in relations.values() {
        if let Some((_, called)) = kinds.iter().find(|(end, _)| kind.ends_with(end))
            && !all.iter().any(|(_, p)| p == part)
        {
            all.push((called.clone(), part.clone()));
        }
    }
    all
}

/// A Word template (dotx) becomes a document.
fn as_document(parts: &mut Parts) {
    if let Some(types) = parts.get_mut(pack::TYPES) {
        let text = String::from_utf8_lossy(types).replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
        *types = text.into_bytes();
    }
}
