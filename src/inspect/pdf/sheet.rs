//! One page of a PDF: its paper, what is on it, its text. Must not know how many there are.

use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page as Leaf;
use sha2::{Digest as _, Sha256};

use super::annotations;
use super::lines::lines;
use super::matrix::Matrix;
use super::paper::Paper;
use super::seen::Seen;
use super::walk::{Budget, Fonts, Walk};
use crate::inspect::Look;
use crate::model::inside::{Limit, Page, Trouble, What};

/// What was seen of a page.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Facts.
    pub page: Page,
    /// Its text.
    pub text: String,
    /// Whether OCR read it.
    pub by_ocr: bool,
    /// What is wrong with it.
    pub troubles: Vec<Trouble>,
}

/// Looks at a page; `number` is from 1.
pub fn sheet(leaf: &Leaf<'_>, number: u32, look: &Look<'_>, budget: &mut Budget, fonts: &mut Fonts) -> Sheet {
    let paper = Paper::of(leaf);
    let mut seen = Seen::new(look, paper);
    let (content, unpacked) = content(leaf);
    let start = Matrix::turn(paper.turned);
    // Pictures are measured before the page is turned.
    let mut drawn = Walk::page(&content, leaf.resources(), start, budget, fonts, &mut |s, c, m| {
        seen.picture(s, c, m.then(Matrix::turn(4 - paper.turned)))
    });
    let whole = unpacked && !drawn.lost;
    let mut hash = Sha256::new();
    let notes = annotations::of(leaf, start, budget, fonts, &mut hash);
    drawn.glyphs.extend(notes.glyphs);
    let mut sheet = Sheet { text: lines(drawn.glyphs), ..Sheet::default() };
    let written = sheet.text.chars().any(|c| !c.is_whitespace());
    let most = u64::from(look.bounds.objects);
    let mut troubles = std::mem::take(&mut seen.troubles);
    if drawn.stopped {
        troubles.push(What::Limit(Limit::Objects, most, most));
    }
    if !whole {
        troubles.push(What::Damaged);
    }
    let scan = seen.scan();
    let bare = !written && !seen.any && !drawn.painted && !notes.shown;
    let blank = match (&scan, seen.blank) {
        _ if drawn.stopped || !whole => None,
        (Some(_), known) => known,
        // Pictures that cover the page in pieces were not put together.
        (None, _) if seen.any && !written && seen.covered >= 0.6 => None,
        (None, _) => Some(bare),
    };
    let print = if scan.is_some() {
        seen.print()
    } else {
        let hash = hash.chain_update(sheet.text.as_bytes()).chain_update(&content).finalize();
        hash.first_chunk::<8>().map(|b| u64::from_be_bytes(*b))
    };
    if !written && scan.is_some() {
        match seen.read(look) {
            Some(Ok(text)) => (sheet.text, sheet.by_ocr) = (ended(text), true),
            Some(Err(what)) => troubles.push(what),
            None => {}
        }
    }
    let turned = (paper.turned + if scan.is_some() { seen.turned() } else { 0 }) % 4;
    let marks = seen.any || drawn.curves || notes.marks;
    sheet.page = Page { paper: paper.size(), scan, turned, chars: 0, marks, print, blank };
    sheet.troubles = troubles.into_iter().map(|what| Trouble { what, page: Some(number) }).collect();
    sheet
}

fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The streams that draw it, with a space between; the flag says that all of them could be unpacked.
fn content(leaf: &Leaf<'_>) -> (Vec<u8>, bool) {
    let (mut all, mut whole) = (Vec::new(), true);
    let mut add = |stream: Option<Stream<'_>>| match stream.map(|s| s.decoded_data().map(|d| d.into_owned())) {
        Some(Ok(data)) => {
            all.extend(data);
            all.push(b' ');
        }
        _ => whole = false,
    };
    match leaf.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => add(Some(stream)),
        Some(Object::Array(array)) => pieces(&array).for_each(add),
        _ if leaf.raw().contains_key("Contents") => whole = false,
        _ => {}
    }
    (all, whole)
}

fn pieces<'a>(array: &Array<'a>) -> impl Iterator<Item = Option<Stream<'a>>> + use<'a> {
    array.iter::<Object<'a>>().take(10_000).map(Object::into_stream)
}
