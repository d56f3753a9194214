//! OFD (GB/T 33190-2016): pages, paper, text, pictures, stamps. Must not keep text, nor check a signature: whether one is valid is not told.

mod content;
mod document;
mod lines;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::parts::Parts;
use super::{Look, Opened, image};
use crate::base::digest;
use crate::model::format::Format;
use crate::model::inside::{Limit, Page, Scan, Trouble, What};
use content::{Content, Image};
use document::Document;

/// Opens it.
pub fn open(bytes: &[u8], look: &Look<'_>) -> Opened {
    read(bytes, look).unwrap_or_else(Opened::failed)
}

fn read(bytes: &[u8], look: &Look<'_>) -> Result<Opened, What> {
    let mut parts = Parts::open(bytes, &look.bounds)?;
    let Some(list) = parts.xml("OFD.xml")? else { return Err(What::Broken) };
    let bodies = document::bodies(&list);
    let mut file = File { parts, look, left: look.bounds.objects, pictures: BTreeMap::new(), opened: Opened::default() };
    let mut read = 0;
    for body in &bodies {
        match file.parts.xml(&body.root) {
            Ok(Some(xml)) => {
                read += 1;
                if !file.document(&xml, body) {
                    break;
                }
            }
            Ok(None) => file.trouble(What::Damaged, None),
            Err(what) => file.trouble(what, None),
        }
    }
    if read == 0 || (file.opened.pages.is_empty() && file.opened.troubles.is_empty()) {
        return Err(file.opened.troubles.into_iter().map(|t| t.what).find(|w| *w != What::Damaged).unwrap_or(What::Broken));
    }
    Ok(file.opened)
}

/// A file that is being read.
struct File<'a> {
    parts: Parts<'a>,
    look: &'a Look<'a>,
    /// Objects that may still come.
    left: u32,
    /// Pictures that make a page, by part: what was seen of each.
    pictures: BTreeMap<String, Option<Seen>>,
    opened: Opened,
}

/// What was seen of a picture.
#[derive(Debug, Clone)]
struct Seen {
    scan: Scan,
    blank: Option<bool>,
    text: String,
    by_ocr: bool,
}

/// What belongs to one document.
struct Parted {
    document: Document,
    resources: BTreeMap<String, String>,
    templates: BTreeMap<String, Content>,
    marked: BTreeSet<String>,
}

impl File<'_> {
    fn trouble(&mut self, what: What, page: Option<u32>) {
        self.opened.troubles.push(Trouble { what, page });
    }

    /// A part that need not be there.
    fn part(&mut self, name: &str) -> Option<String> {
        match self.parts.xml(name) {
            Ok(found) => {
                if found.is_none() {
                    self.trouble(What::Damaged, None);
                }
                found
            }
            Err(what) => {
                self.trouble(what, None);
                None
            }
        }
    }

    /// Reads a document behind those before; `false` when there is no room for more.
    fn document(&mut self, xml: &str, body: &document::Body) -> bool {
        let document = document::read(xml, &body.root, self.look.bounds.pages);
        if document.damaged {
            self.trouble(What::Damaged, None);
        }
        let mut now = Parted { resources: BTreeMap::new(), templates: BTreeMap::new(), marked: BTreeSet::new(), document };
        for list in now.document.resources.clone() {
            if let Some(xml) = self.part(&list) {
                document::resources(&xml, &list, &mut now.resources);
            }
        }
        let notes = now.document.annotations.clone();
        let lists = body.signatures.iter().filter_map(|s| Some((self.part(s)?, s.clone()))).collect::<Vec<_>>();
        let stamps = lists.iter().flat_map(|(xml, s)| document::signatures(xml, s)).collect::<Vec<_>>();
        for list in stamps.iter().chain(&notes) {
            if let Some(xml) = self.part(list) {
                now.marked.extend(document::marked(&xml));
            }
        }
        let first = u32::try_from(self.opened.pages.len()).unwrap_or(u32::MAX);
        let most = self.look.bounds.pages;
        let mut room = true;
        for (id, location) in now.document.pages.clone() {
            if self.opened.pages.len() >= most as usize || !room {
                let had = u64::from(first) + now.document.pages.len() as u64;
                if room {
                    self.trouble(What::Limit(Limit::Pages, had, u64::from(most)), None);
                }
                room = false;
                break;
            }
            room = self.page(&mut now, &id, location.as_deref());
        }
        let place = |id: &String| now.document.pages.iter().position(|(p, _)| p == id).and_then(|i| u32::try_from(i).ok());
        let outline = now.document.outline.iter().take(1_000).filter_map(|(title, id)| Some((title.clone(), first + place(id)? + 1)));
        self.opened.outline.extend(outline);
        room
    }

    /// Reads a page; `false` when the objects are used up.
    fn page(&mut self, now: &mut Parted, id: &str, location: Option<&str>) -> bool {
        let number = u32::try_from(self.opened.pages.len() + 1).ok();
        let content = match location.map(|l| self.parts.xml(l)) {
            Some(Ok(Some(xml))) => content::read(&xml, &mut self.left),
            Some(Err(what)) => {
                self.trouble(what, number);
                Content::default()
            }
            _ => Content { damaged: true, ..Content::default() },
        };
        if content.damaged && self.left > 0 {
            self.trouble(What::Damaged, number);
        }
        for list in &content.resources {
            let list = location.and_then(|l| super::parts::beside(l, list));
            if let Some((xml, list)) = list.and_then(|l| Some((self.part(&l)?, l))) {
                document::resources(&xml, &list, &mut now.resources);
            }
        }
        let mut pieces = content.pieces;
        let mut images = content.images;
        let mut paths = content.paths;
        for template in content.templates.iter().take(16) {
            self.template(now, template);
            if let Some(below) = now.templates.get(template) {
                let count = u32::try_from(below.pieces.len() + below.images.len()).unwrap_or(u32::MAX);
                self.left = self.left.saturating_sub(count);
                pieces.extend(below.pieces.iter().cloned());
                images.extend(below.images.iter().cloned());
                paths = paths.saturating_add(below.paths);
            }
        }
        let paper = content.paper.or(now.document.paper);
        let mut text = lines::text(&pieces);
        let mut page = Page { marks: !images.is_empty() || now.marked.contains(id), ..Page::default() };
        page.paper = paper.map(|p| [p[2], p[3]].map(tenths)).filter(|p| p.iter().all(|n| (1..=1_000_000).contains(n)));
        page.print = self.print(&text, &images, now, paths);
        let nothing = text.trim().is_empty() && images.is_empty() && paths == 0 && !page.marks;
        page.blank = (!content.damaged).then_some(nothing);
        if let Some(image) = paper.and_then(|p| images.iter().find(|i| covers(i.area, p)))
            && let Some(seen) = self.picture(now, image)
        {
            if text.trim().is_empty() {
                text = seen.text;
                self.opened.by_ocr |= seen.by_ocr;
                page.blank = seen.blank;
            }
            let side = |n: usize| {
                seen.scan.pixels.get(n).map(|p| (f64::from(*p) / (image.area[n + 2] / 25.4)).round().clamp(1.0, 100_000.0) as u32)
            };
            page.scan = Some(Scan { dpi: side(0).zip(side(1)).map(|(x, y)| [x, y]), ..seen.scan });
        }
        self.opened.pages.push(page);
        self.opened.text.push(text);
        if self.left == 0 {
            let most = u64::from(self.look.bounds.objects);
            self.trouble(What::Limit(Limit::Objects, most.saturating_add(1), most), None);
        }
        self.left > 0
    }

    fn template(&mut self, now: &mut Parted, id: &str) {
        if now.templates.contains_key(id) {
            return;
        }
        let found = now.document.templates.get(id).cloned().and_then(|location| self.part(&location));
        let content = found.map(|xml| content::read(&xml, &mut self.left)).unwrap_or_default();
        now.templates.insert(id.to_owned(), content);
    }

    /// What makes the page, without its places: equal for equal pages.
    fn print(&mut self, text: &str, images: &[Image], now: &Parted, paths: u32) -> Option<u64> {
        if text.trim().is_empty() && images.is_empty() {
            return None;
        }
        let mut hash = Sha256::new();
        hash.update(text);
        hash.update(paths.to_le_bytes());
        for image in images {
            let mark = now.resources.get(&image.resource).and_then(|part| self.parts.mark(part));
            let (sum, size) = mark?;
            hash.update(sum.to_le_bytes());
            hash.update(size.to_le_bytes());
        }
        Some(digest::first(hash))
    }

    /// Looks into a picture that makes a page.
    fn picture(&mut self, now: &Parted, image: &Image) -> Option<Seen> {
        let part = now.resources.get(&image.resource)?;
        if let Some(seen) = self.pictures.get(part) {
            return seen.clone();
        }
        let bytes = match self.parts.read(part) {
            Ok(bytes) => bytes,
            Err(what) => {
                let number = u32::try_from(self.opened.pages.len() + 1).ok();
                self.trouble(what, number);
                None
            }
        };
        let seen = bytes.and_then(|bytes| {
            let format = Format::sniff(bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default());
            let is_image = matches!(format, Format::Jpeg | Format::Png | Format::Tiff | Format::Bmp | Format::Webp);
            let mut opened = if is_image { image::open(&bytes, format, self.look) } else { return None };
            let page = opened.pages.drain(..).next()?;
            let text = opened.text.drain(..).next().unwrap_or_default();
            Some(Seen { scan: page.scan?, blank: page.blank, text, by_ocr: opened.by_ocr })
        });
        self.pictures.insert(part.clone(), seen.clone());
        seen
    }
}

/// Tenths of a millimetre.
fn tenths(mm: f64) -> u32 {
    (mm * 10.0).round().clamp(0.0, 10_000_000.0) as u32
}

/// Whether a picture makes the page: it covers nine tenths of it.
fn covers(area: [f64; 4], paper: [f64; 4]) -> bool {
    let [_, _, w, h] = area;
    let whole = paper[2] * paper[3];
    w > 0.0 && h > 0.0 && whole > 0.0 && w.min(paper[2] * 1.05) * h.min(paper[3] * 1.05) >= whole * 0.9
}

#[cfg(test)]
mod tests;
