//! PDF: pages, their sizes and pictures, text, encryption, table of contents. Must not keep text or draw pages.
//!
//! `count` opens the file and says how many pages it has, `sheet` looks at one; `weigh` stands before both, since the libraries unpack
//! without a limit.

mod annotations;
mod count;
mod ends;
mod font;
mod glyph_names;
mod lines;
mod matrix;
mod meant;
mod outline;
mod paper;
mod picture;
mod pixels;
mod seen;
mod sheet;
mod strings;
mod walk;
mod weigh;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Look, Opened};
use crate::model::inside::{Limit, Page, Trouble, What};
use sheet::{Sheet, sheet};
use walk::{Budget, Fonts};

/// Steps of drawing that a file may have for each object that it may have.
const STEPS: u64 = 64;

/// Opens it.
pub fn open(bytes: &[u8], look: &Look<'_>) -> Opened {
    if let Err(what) = weigh::weigh(bytes, &look.bounds) {
        return Opened::failed(what);
    }
    let counted = count::count(bytes);
    let mut opened = Opened { troubles: counted.troubles.into_iter().map(Trouble::from).collect(), ..Opened::default() };
    let most = look.bounds.pages;
    if counted.pages > most {
        opened.troubles.push(What::Limit(Limit::Pages, counted.pages.into(), most.into()).into());
    }
    let pages = counted.pages.min(most);
    if let Some(pdf) = &counted.pdf {
        let (mut budget, mut fonts) =
            (Budget { steps: u64::from(look.bounds.objects) * STEPS, depth: look.bounds.depth.min(12) }, Fonts::new());
        for (leaf, number) in pdf.pages().iter().zip(1..=pages) {
            // Decoders and parsers of fonts that are not ours may panic on a bent page; the others are still looked at.
            let seen = catch_unwind(AssertUnwindSafe(|| sheet(leaf, number, look, &mut budget, &mut fonts)));
            let seen =
                seen.unwrap_or_else(|_| Sheet { troubles: vec![Trouble { what: What::Damaged, page: Some(number) }], ..Sheet::default() });
            opened.by_ocr |= seen.by_ocr;
            opened.troubles.extend(seen.troubles);
            opened.pages.push(seen.page);
            opened.text.push(seen.text);
        }
        let rest = catch_unwind(AssertUnwindSafe(|| (outline::outline(pdf), outline::claims(pdf))));
        (opened.outline, opened.claims) = rest.unwrap_or_default();
    }
    // Pages that another way of counting found, and nobody could look at.
    opened.pages.resize_with(pages as usize, Page::default);
    opened.text.resize_with(pages as usize, String::new);
    opened
}
