//! DOCX: the text of a Word document in reading order. Must not keep text, nor take for text what was deleted, hidden or only shows
//! where to type.

mod flow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::parts::{Parts, attribute, beside};
use super::plain::page_of;
use super::{Look, Opened};
use crate::model::inside::{Limit, Page, Trouble, What};

/// Opens it.
pub fn open(bytes: &[u8], look: &Look<'_>) -> Opened {
    read(bytes, look).unwrap_or_else(Opened::failed)
}

fn read(bytes: &[u8], look: &Look<'_>) -> Result<Opened, What> {
    let mut parts = Parts::open(bytes, &look.bounds)?;
    let main = main_part(&mut parts);
    let Some(xml) = parts.xml(&main)? else { return Err(What::Broken) };
    let mut troubles: Vec<Trouble> = Vec::new();
    let body = flow::read(&xml, look.bounds.depth);
    if body.lines.is_empty() && body.trouble.is_some() {
        return Err(body.trouble.unwrap_or(What::Broken));
    }
    troubles.extend(body.trouble.map(Into::into));
    let mut lines = body.lines;
    // What stands above and below every page comes last: first it would stand between a paper's head and its title.
    let folder = main.rsplit_once('/').map_or("", |(f, _)| f).to_ascii_lowercase();
    let around =
        |n: &str, kind: &str| n.strip_prefix(&folder).is_some_and(|n| n.trim_start_matches('/').starts_with(kind)) && n.ends_with(".xml");
    for kind in ["header", "footer"] {
        let names: Vec<String> = parts.names().filter(|n| around(n, kind)).map(str::to_owned).collect();
        for name in names {
            match parts.xml(&name) {
                Ok(Some(xml)) => lines.extend(flow::read(&xml, look.bounds.depth).lines.into_iter().filter(|l| !l.trim().is_empty())),
                Ok(None) => {}
                Err(what) => troubles.push(what.into()),
            }
        }
    }
    let text = lines.join("\n");
    // Where pages end is decided by the program that shows them. Word notes how many it made, so that many are given, and as nobody
    // knows which line stands on which, all text stands on the first.
    let (most, told) = (look.bounds.pages, pages(&mut parts));
    let count = told.clamp(1, most.max(1));
    if told > most {
        troubles.push(What::Limit(Limit::Pages, u64::from(told), u64::from(most)).into());
    }
    let mut first = Page { paper: body.paper, ..page_of(&text, body.marks) };
    let others = Page { paper: body.paper, ..Page::default() };
    if count > 1 && first.blank == Some(true) {
        first.blank = None;
    }
    let pages = std::iter::once(first).chain(std::iter::repeat_n(others, count as usize - 1)).collect();
    let text = std::iter::once(text).chain(std::iter::repeat_n(String::new(), count as usize - 1)).collect();
    Ok(Opened { troubles, pages, text, ..Opened::default() })
}

/// The part that holds the document, by the list of relations, else by its usual name.
fn main_part(parts: &mut Parts<'_>) -> String {
    let usual = "word/document.xml".to_owned();
    let Ok(Some(xml)) = parts.xml("_rels/.rels") else { return usual };
    let mut reader = Reader::from_str(&xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) if attribute(&tag, "Type").is_some_and(|t| t.ends_with("/officeDocument")) => {
                return attribute(&tag, "Target").and_then(|t| beside("", &t)).unwrap_or(usual);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    usual
}

/// How many pages the program that wrote it counted.
fn pages(parts: &mut Parts<'_>) -> u32 {
    let Ok(Some(xml)) = parts.xml("docProps/app.xml") else { return 1 };
    let told = xml.split_once("<Pages>").and_then(|(_, rest)| rest.split_once('<')).map(|(n, _)| n.trim());
    told.and_then(|n| n.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests;
