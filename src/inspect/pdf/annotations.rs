//! What is put on top of a page: stamps, ink, signatures, and what was filled into fields. Must not change what lies below.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect, Stream, String as Bytestring};
use hayro_syntax::page::Page as Leaf;
use sha2::{Digest as _, Sha256};

use super::lines::Glyph;
use super::matrix::{Matrix, sane};
use super::strings::text_of;
use super::walk::{Budget, Fonts, Walk};

/// What they add.
#[derive(Debug, Default)]
pub struct Notes {
    /// Their text.
    pub glyphs: Vec<Glyph>,
    /// One of them may be a seal or a signature.
    pub marks: bool,
    /// One of them is shown.
    pub shown: bool,
}

/// The most of one page.
const MOST: usize = 2000;

/// Kinds that are no seal or signature.
const PLAIN: &[&[u8]] =
    &[b"Link", b"Popup", b"Text", b"FreeText", b"Highlight", b"Underline", b"StrikeOut", b"Squiggly", b"Widget", b"Redact"];

/// Those of a page; what they look like goes into its print.
pub fn of(leaf: &Leaf<'_>, start: Matrix, budget: &mut Budget, fonts: &mut Fonts, hash: &mut Sha256) -> Notes {
    let mut notes = Notes::default();
    let Some(array) = leaf.raw().get::<Array<'_>>("Annots") else { return notes };
    for dict in array.iter::<Object<'_>>().take(MOST).filter_map(Object::into_dict) {
        // Hidden, or not to be seen.
        let hidden = dict.get::<Number>("F").is_some_and(|f| f.as_i64() & 0b10_0010 != 0);
        if !hidden {
            add(&mut notes, &dict, start, budget, fonts);
            hash.update(dict.get::<Dict<'_>>("AP").and_then(|ap| ap.get::<Stream<'_>>("N")).map(|s| s.raw_data()).unwrap_or_default());
        }
    }
    notes
}

/// A value of a field, which may stand with a field above it.
fn inherited<'a>(dict: &Dict<'a>, key: &str) -> Option<Object<'a>> {
    let mut here = dict.clone();
    for _ in 0..8 {
        if let Some(value) = here.get::<Object<'_>>(key) {
            return Some(value);
        }
        here = here.get::<Dict<'_>>("Parent")?;
    }
    None
}

fn add(notes: &mut Notes, dict: &Dict<'_>, start: Matrix, budget: &mut Budget, fonts: &mut Fonts) {
    let kind = dict.get::<Name<'_>>("Subtype");
    let looks = dict.get::<Dict<'_>>("AP").and_then(|ap| ap.get::<Stream<'_>>("N"));
    let field = inherited(dict, "FT").and_then(Object::into_name);
    let plain = kind.as_deref().is_none_or(|k| PLAIN.contains(&k));
    let signed = field.as_deref() == Some(b"Sig") && (looks.is_some() || inherited(dict, "V").is_some());
    notes.marks |= signed || (looks.is_some() && !plain);
    let Some(place) = dict.get::<Rect>("Rect") else { return };
    let (left, below) = (sane(place.x0.min(place.x1)), sane(place.y0.min(place.y1)));
    let before = notes.glyphs.len();
    if let Some(looks) = &looks {
        let inner = looks.dict().get::<Rect>("BBox").unwrap_or(Rect::ZERO);
        let moved = Matrix::SAME.moved(left - sane(inner.x0), below - sane(inner.y0)).then(start);
        let mut any = false;
        let drawn = Walk::alone(looks, moved, budget, fonts, &mut |_, _, _| any = true);
        notes.shown |= any || drawn.painted;
        notes.glyphs.extend(drawn.glyphs);
    }
    if notes.glyphs.len() == before
        && field.as_deref() == Some(b"Tx")
        && let Some(value) = inherited(dict, "V").and_then(Object::into_string)
    {
        notes.glyphs.extend(filled(&value, [left, below], place.height().abs(), start));
    }
    notes.shown |= notes.glyphs.len() > before;
}

/// What was filled in, where the program that did it drew nothing.
fn filled(value: &Bytestring<'_>, [left, below]: [f64; 2], height: f64, start: Matrix) -> Vec<Glyph> {
    let text = text_of(value.as_bytes());
    let size = sane(height).clamp(4.0, 12.0);
    let rows = text.split(['\r', '\n']).filter(|r| !r.trim().is_empty()).take(200);
    let put = |(row, line): (usize, &str)| {
        let (x, y) = start.point(left, below + sane(height) - size * (row as f64 + 1.0));
        let chars: Vec<char> = line.chars().take(10_000).collect();
        chars.into_iter().enumerate().map(move |(i, char)| Glyph { char, way: 0, x: x + i as f64 * size, y, advance: size, size })
    };
    rows.enumerate().flat_map(put).collect()
}
