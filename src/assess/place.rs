//! Places as recorded: masked, with what was written there. Must not decide what is personal: [`Mask`] does.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::mask::Mask;
use crate::base::place::{At, Origin, Place};
use crate::record::v1::PlaceRecord;

/// Characters quoted of a very long value.
pub const CUT: usize = 500;

/// What is quoted of a very long value.
pub fn cut(raw: &str) -> &str {
    raw.char_indices().nth(CUT).map_or(raw, |(at, _)| &raw[..at])
}

/// File and sheet as shown.
type Shown = (Arc<str>, Option<Arc<str>>);

/// Makes the places of one office; files and sheets are masked once each.
#[derive(Debug)]
pub struct Places<'a> {
    /// What hides personal values.
    pub mask: &'a Mask,
    // By address; the origin is kept, so that its address stays its own.
    shown: RwLock<HashMap<usize, (Arc<Origin>, Shown)>>,
}

/// Origins remembered: those of registers; the files of dossiers, each seen a few times, need not be.
const REMEMBERED: usize = 256;

impl<'a> Places<'a> {
    /// Places masked so.
    pub fn new(mask: &'a Mask) -> Self {
        Self { mask, shown: RwLock::default() }
    }

    /// One place, with what was written there.
    pub fn record(&self, place: &Place, raw: Option<&Arc<str>>) -> PlaceRecord {
        let (file, sheet) = self.origin(&place.origin);
        PlaceRecord {
            file,
            sheet,
            cell: place.cell(),
            page: if let At::Page(n) = place.at { Some(n) } else { None },
            pointer: if let At::Pointer(p) = &place.at { Some(p.to_string()) } else { None },
            line: if let At::Line(n) = place.at { Some(n) } else { None },
            raw: raw.map(|r| if r.len() > CUT { cut(&self.mask.text(r)).into() } else { self.mask.shared(r) }),
        }
    }

    fn origin(&self, origin: &Arc<Origin>) -> Shown {
        let address = Arc::as_ptr(origin).addr();
        let known = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, shown)) = known.get(&address) {
            return shown.clone();
        }
        let full = known.len() >= REMEMBERED;
        drop(known);
        let shown: Shown = (self.mask.text(&origin.file).into(), origin.sheet.as_deref().map(|s| self.mask.text(s).into()));
        if !full {
            let mut known = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(address, (Arc::clone(origin), shown.clone()));
        }
        shown
    }
}
