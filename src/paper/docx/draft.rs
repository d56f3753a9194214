//! 草稿 on every page of a template that does not say so itself (草稿标记). Must not change the text of a template.
//!
//! Word prints the header of a page from the section's reference for that kind of page (default, first, even) or from the section before;
//! where there is none, one is made.

use std::collections::BTreeMap;

use super::pack::Parts;
use super::xml::{Element, Node, parse};

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What the name of the header that is made begins with, beside the document.
const FILE: &str = "header-draft";
/// What its relation begins with.
const ID: &str = "rIdJuanpingDraft";

/// The line 草稿.
const LINE: &str = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"黑体\" w:hAnsi=\"黑体\" w:eastAsia=\"黑体\"/>\
                    <w:b/><w:color w:val=\"C00000\"/><w:sz w:val=\"28\"/></w:rPr><w:t>草　稿</w:t></w:r></w:p>";

/// What there is to mark.
pub struct Places<'a> {
    /// The document.
    pub document: &'a mut Element,
    /// Its folder in the file, with a slash.
    pub folder: &'a str,
    /// Its relations by id: type and part.
    pub relations: &'a mut BTreeMap<String, (String, String)>,
    /// Whether even pages have headers of their own.
    pub even: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Marked {
    /// The headers that must carry the line, by part.
    pub headers: Vec<String>,
    /// The entry of the header that was made, for the relations of the document.
    pub relation: Option<String>,
}

/// Marks every header that prints, and makes those that are missing.
///
/// # Errors
/// When the list of types cannot be read.
pub fn mark(places: Places<'_>, parts: &mut Parts) -> Result<Marked, String> {
    let number = (0..).find(|n: &u32| {
        let taken = places.relations.contains_key(&format!("{ID}{n}"));
        !taken && !parts.contains_key(&format!("{}{FILE}{n}.xml", places.folder))
    });
    let number = number.unwrap_or_default();
    let (id_made, file) = (format!("{ID}{number}"), format!("{FILE}{number}.xml"));
    let mut headers = Vec::new();
    let mut made = false;
    let mut now: BTreeMap<&'static str, String> = BTreeMap::new();
    let Some(body) = places.document.elements_mut().find(|e| e.name() == "w:body") else { return Ok(Marked::default()) };
    sections(body, &mut |section| {
        for kind in ["default", "first", "even"] {
            let own =
                section.elements().filter(|e| e.name() == "w:headerReference").find(|e| e.attribute("w:type").unwrap_or("default") == kind);
            if let Some(id) = own.and_then(|e| e.attribute("r:id")) {
                now.insert(kind, id.to_owned());
            }
            let on = |name: &str| section.child(name).is_some_and(|e| !matches!(e.attribute("w:val"), Some("0" | "false" | "off")));
            let prints = match kind {
                "first" => on("w:titlePg"),
                "even" => places.even,
                _ => true,
            };
            if prints && !now.contains_key(kind) {
                let open = format!("w:headerReference w:type=\"{kind}\" r:id=\"{id_made}\" xmlns:r=\"{RELATION}\"");
                section.children.insert(0, Node::Element(Element::new(open, Vec::new())));
                now.insert(kind, id_made.clone());
                made = true;
            }
            if let Some(id) = now.get(kind).filter(|_| prints).filter(|id| **id != id_made)
                && let Some((_, part)) = places.relations.get(id)
                && !headers.contains(part)
            {
                headers.push(part.clone());
            }
        }
    });
    if made {
        let part = format!("{}{file}", places.folder);
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:hdr xmlns:w=\"{MAIN}\">{LINE}</w:hdr>");
        parts.insert(part.clone(), text.into_bytes());
        add(parts, super::pack::TYPES, &format!("Override PartName=\"/{part}\" ContentType=\"{TYPE}\""))?;
        places.relations.insert(id_made.clone(), (format!("{RELATION}/header"), part));
    }
    let relation = made.then(|| format!("Relationship Id=\"{id_made}\" Type=\"{RELATION}/header\" Target=\"{file}\""));
    Ok(Marked { headers, relation })
}

/// Puts the line into a header that does not say it itself.
pub fn line(header: &mut Element) {
    if let Ok((_, line)) = parse(LINE) {
        header.children.insert(0, Node::Element(line));
    }
}

/// Adds an empty element at the end of a part.
///
/// # Errors
/// When the part cannot be read.
pub fn add(parts: &mut Parts, part: &str, open: &str) -> Result<(), String> {
    let old = parts.get(part).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
    let (before, mut root) = parse(old.trim_start_matches('\u{feff}'))?;
    root.children.push(Node::Element(Element::new(open, Vec::new())));
    parts.insert(part.to_owned(), super::template::written(&before, &root).into_bytes());
    Ok(())
}

/// Every section of a body in order: those that end with a paragraph, and the last.
fn sections(element: &mut Element, see: &mut impl FnMut(&mut Element)) {
    for child in element.elements_mut() {
        match child.name() {
            "w:sectPr" => see(child),
            "w:sectPrChange" => {}
            _ => sections(child, see),
        }
    }
}
