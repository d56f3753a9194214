//! The table of contents that a PDF holds, and the archive format that it says to be. Must not read pages.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream, String as Bytestring};

use super::strings::text_of;

/// The most entries.
const ENTRIES: usize = 2000;

/// The most names of places.
const NAMES: usize = 20_000;

fn root(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// Titles and pages from 1, in order; what leads to no page is left out.
pub fn outline(pdf: &Pdf) -> Vec<(String, u32)> {
    let Some(root) = root(pdf) else { return Vec::new() };
    let Some(first) = root.get::<Dict<'_>>("Outlines").and_then(|o| o.get::<Dict<'_>>("First")) else { return Vec::new() };
    let ids = pdf.pages().iter().zip(1..).filter_map(|(p, n)| Some((p.raw().obj_id()?.obj_number, n)));
    let places = Places { pages: ids.collect(), names: names(&root) };
    let (mut found, mut met, mut rest) = (Vec::new(), BTreeSet::new(), vec![first]);
    while let Some(entry) = rest.pop() {
        if found.len() >= ENTRIES || rest.len() >= ENTRIES || entry.obj_id().is_some_and(|id| !met.insert(id)) || met.len() > 2 * ENTRIES {
            continue;
        }
        let title = entry.get::<Bytestring<'_>>("Title").map(|t| text_of(t.as_bytes()));
        let goes = entry.get::<Object<'_>>("Dest").or_else(|| entry.get::<Dict<'_>>("A")?.get::<Object<'_>>("D"));
        if let (Some(title), Some(page)) = (title, goes.and_then(|g| places.page(&g, 4))) {
            found.push((title.trim().chars().take(200).collect(), page));
        }
        rest.extend(entry.get::<Dict<'_>>("Next"));
        rest.extend(entry.get::<Dict<'_>>("First"));
    }
    found
}

struct Places<'a> {
    pages: BTreeMap<u32, u32>,
    names: BTreeMap<Vec<u8>, Object<'a>>,
}

impl Places<'_> {
    fn page(&self, place: &Object<'_>, depth: u8) -> Option<u32> {
        match place {
            _ if depth == 0 => None,
            Object::Array(array) => match array.raw_iter().next()? {
                MaybeRef::Ref(r) => self.pages.get(&r.obj_number).copied(),
                MaybeRef::NotRef(Object::Number(n)) => u32::try_from(n.as_i64()).ok()?.checked_add(1),
                MaybeRef::NotRef(_) => None,
            },
            Object::Dict(dict) => self.page(&dict.get::<Object<'_>>("D")?, depth - 1),
            Object::String(name) => self.page(self.names.get(name.as_bytes())?, depth - 1),
            Object::Name(name) => self.page(self.names.get(name.as_ref())?, depth - 1),
            _ => None,
        }
    }
}

/// Places by name, of the old kind and the new.
fn names<'a>(root: &Dict<'a>) -> BTreeMap<Vec<u8>, Object<'a>> {
    let mut all = BTreeMap::new();
    if let Some(old) = root.get::<Dict<'_>>("Dests") {
        let keys: Vec<Name<'_>> = old.keys().take(NAMES).collect();
        all.extend(keys.into_iter().filter_map(|k| Some((k.as_ref().to_vec(), old.get::<Object<'_>>(k.as_ref())?))));
    }
    let Some(tree) = root.get::<Dict<'_>>("Names").and_then(|n| n.get::<Dict<'_>>("Dests")) else { return all };
    let (mut rest, mut steps) = (vec![tree], 0);
    while let Some(node) = rest.pop() {
        steps += 1;
        if steps > NAMES || all.len() > NAMES {
            break;
        }
        let pairs: Vec<Object<'_>> = node.get::<Array<'_>>("Names").into_iter().flat_map(|a| a.iter::<Object<'_>>()).take(NAMES).collect();
        for pair in pairs.chunks_exact(2) {
            if let [Object::String(key), place] = pair {
                all.insert(key.as_bytes().to_vec(), place.clone());
            }
        }
        rest.extend(node.get::<Array<'_>>("Kids").into_iter().flat_map(|a| a.iter::<Dict<'_>>()).take(NAMES));
    }
    all
}

/// `PDF/A-1b`, where its description says so.
pub fn claims(pdf: &Pdf) -> Option<String> {
    let stream = root(pdf)?.get::<Stream<'_>>("Metadata")?;
    let data = stream.decoded_data().ok()?;
    let text = String::from_utf8_lossy(data.get(..data.len().min(1 << 20))?);
    let part = after(&text, "pdfaid:part")?;
    let level = after(&text, "pdfaid:conformance").unwrap_or_default().to_ascii_lowercase();
    Some(format!("PDF/A-{part}{level}"))
}

/// The letter or number after a name, as an attribute or as an element.
fn after(text: &str, name: &str) -> Option<String> {
    let rest = text.get(text.find(name)? + name.len()..)?.trim_start();
    let rest = rest.strip_prefix('>').or_else(|| rest.strip_prefix('=').map(|r| r.trim_start().trim_start_matches(['"', '\''])))?;
    let value: String = rest.trim_start().chars().take(4).take_while(char::is_ascii_alphanumeric).collect();
    (!value.is_empty() && value.len() < 3).then_some(value)
}
