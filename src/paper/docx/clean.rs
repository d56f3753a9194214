//! What a template brings along that no paper may carry (清理): who wrote it and when, changes that were tracked, comments, links to other
//! files. Must not touch what is printed.

use std::collections::BTreeMap;

use super::pack::{Parts, TYPES};
use super::xml::{Element, Node};
use crate::base::text::Text;
use crate::say;

/// Elements that are a tracked change.
const CHANGES: &[&str] = &[
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:cellIns",
    "w:cellDel",
    "w:numberingChange",
];

/// Why an element must not be in a template, if it must not.
pub fn refused(element: &Element) -> Option<Text> {
    let name = element.name();
    if CHANGES.contains(&name) {
        return Some(say!(
            "有修订痕迹，会带进每一份文书；请在 Word 或 WPS 里接受或拒绝全部修订",
            "it holds tracked changes, which every paper would carry: accept or reject them all"
        ));
    }
    if name == "w:commentReference" {
        return Some(say!("有批注，会带进每一份文书；请删去全部批注", "it holds comments, which every paper would carry: delete them"));
    }
    element.elements().find_map(refused)
}

/// Takes away the properties of the file (author, dates, thumbnail) and the template that it is attached to.
///
/// # Errors
/// When a part that names others cannot be read.
pub fn clean(parts: &mut Parts, settings: Option<&str>) -> Result<(), String> {
    let mut gone: Vec<String> = parts.keys().filter(|n| n.starts_with("docProps/") || n.starts_with("customXml/")).cloned().collect();
    change(parts, "_rels/.rels", &mut |root| {
        root.children.retain(|n| !matches!(n, Node::Element(e) if !e.attribute("Type").is_some_and(|t| t.ends_with("/officeDocument"))));
    })?;
    if let Some(settings) = settings.filter(|s| parts.contains_key(*s)) {
        change(parts, settings, &mut |root| {
            root.children
                .retain(|n| !matches!(n, Node::Element(e) if matches!(e.name(), "w:attachedTemplate" | "w:rsids" | "w:trackRevisions")));
        })?;
        let (folder, file) = settings.rsplit_once('/').unwrap_or(("", settings));
        gone.push(format!("{folder}/_rels/{file}.rels"));
    }
    gone.iter().for_each(|name| drop(parts.remove(name)));
    change(parts, TYPES, &mut |root| {
        root.children.retain(|n| {
            let named = |e: &Element| e.attribute("PartName").is_some_and(|p| gone.iter().any(|g| p.trim_start_matches('/') == g));
            !matches!(n, Node::Element(e) if named(e))
        });
    })
}

/// Drops what the document says of parts that are gone; refuses pictures that lie elsewhere.
pub fn relations(root: &mut Element, parts: &Parts, part: &dyn Fn(&str) -> String) -> Option<Text> {
    let outside = root.elements().find(|e| {
        let link = e.attribute("Type").is_some_and(|t| t.ends_with("/hyperlink"));
        e.attribute("TargetMode") == Some("External") && !link
    });
    if outside.is_some() {
        return Some(say!(
            "有链接到外部的图片或文件，打开时会去外面取；请改成嵌入的图片",
            "it links a picture or file elsewhere, which is fetched when it is opened: embed it"
        ));
    }
    root.children.retain(|n| {
        let missing =
            |e: &Element| e.attribute("TargetMode").is_none() && e.attribute("Target").is_some_and(|t| !parts.contains_key(&part(t)));
        !matches!(n, Node::Element(e) if missing(e))
    });
    None
}

fn change(parts: &mut Parts, name: &str, how: &mut dyn FnMut(&mut Element)) -> Result<(), String> {
    let (before, mut root) = super::template::read(parts, name)?;
    how(&mut root);
    parts.insert(name.to_owned(), super::template::written(&before, &root).into_bytes());
    Ok(())
}

/// The sections of a body so that papers can follow each other: there is one, it begins on a new page, and its pages count from 1.
pub fn sections(body: &mut Element) {
    if !body.elements().any(|e| e.name() == "w:sectPr") {
        let size = Element::new("w:pgSz w:w=\"11906\" w:h=\"16838\"", Vec::new());
        body.children.push(Node::Element(Element::new("w:sectPr", vec![Node::Element(size)])));
    }
    if let Some(section) = first(body) {
        section.children.retain(|n| !matches!(n, Node::Element(e) if e.name() == "w:type"));
        let numbers = section.children.iter().position(|n| matches!(n, Node::Element(e) if e.name() == "w:pgNumType"));
        let mut keys: BTreeMap<&str, String> = BTreeMap::new();
        let old = numbers.map(|at| section.children.remove(at));
        if let Some(Node::Element(old)) = &old {
            for key in ["w:fmt", "w:chapStyle", "w:chapSep"] {
                keys.extend(old.attribute(key).map(|v| (key, v.to_owned())));
            }
        }
        let rest: String = keys.iter().map(|(k, v)| format!(" {k}=\"{v}\"")).collect();
        const BEFORE: &[&str] = &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:endnotePr",
            "w:pgSz",
            "w:pgMar",
            "w:paperSrc",
            "w:pgBorders",
            "w:lnNumType",
        ];
        let at = section.children.iter().rposition(|n| matches!(n, Node::Element(e) if BEFORE.contains(&e.name()))).map_or(0, |at| at + 1);
        section.children.insert(at, Node::Element(Element::new(format!("w:pgNumType{rest} w:start=\"1\""), Vec::new())));
    }
}

/// The first section of a body.
fn first(element: &mut Element) -> Option<&mut Element> {
    for child in element.elements_mut() {
        if child.name() == "w:sectPr" {
            return Some(child);
        }
        if let Some(found) = first(child) {
            return Some(found);
        }
    }
    None
}
