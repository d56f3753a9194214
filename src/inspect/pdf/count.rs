//! How many pages a PDF has: one library counts, and another where the first may be wrong. Must not look at pages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_syntax::object::{Dict, Number};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

use super::ends::{Ends, ends, streams_fit};
use crate::model::inside::What;

/// A PDF that was opened as far as it can be.
pub struct Counted {
    /// The file, unless nothing can be reached.
    pub pdf: Option<Pdf>,
    /// Pages; more than can be reached where the second count found more.
    pub pages: u32,
    /// What is wrong.
    pub troubles: Vec<What>,
}

/// The most bytes that the second library is given: it holds a file about three times.
const SECOND: usize = 256 << 20;

/// The most pages that a second count is believed to have.
const BELIEVED: u32 = 100_000;

/// Opens and counts.
pub fn count(bytes: &[u8]) -> Counted {
    let ends = ends(bytes);
    // Both libraries are hardened against bad input, but neither promises never to panic; a panic is a file that cannot be opened.
    let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(Arc::new(bytes.to_vec()))));
    let pdf = match opened {
        Ok(Ok(pdf)) => Some(pdf),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            return Counted { pdf: None, pages: 0, troubles: vec![What::Locked] };
        }
        Ok(Err(_)) | Err(_) => None,
    };
    let (first, declared) = (reached(pdf.as_ref()), pdf.as_ref().and_then(declared));
    let doubtful = ends.cut || ends.bent || first == 0 || declared.is_some_and(|d| d != first);
    // Of an encrypted file the second library sees no pages, and is not asked.
    let second = if doubtful && !ends.encrypted { second(bytes) } else { None };
    // More pages than the tables of the file lead to: they are searched for.
    let found = second.is_some_and(|s| s > first).then(|| searched(bytes)).flatten();
    if let Some(found) = found.filter(|f| reached(Some(f)) > first) {
        let now = reached(Some(&found));
        return decide(Some(found), now, None, second, Ends { bent: true, ..ends }, bytes);
    }
    decide(pdf, first, declared, second, ends, bytes)
}

fn reached(pdf: Option<&Pdf>) -> u32 {
    pdf.map_or(0, |p| u32::try_from(p.pages().len()).unwrap_or(u32::MAX))
}

/// Opens it as if nothing told where its tables lie, so that the library looks for objects itself.
fn searched(bytes: &[u8]) -> Option<Pdf> {
    let mut copy = bytes.to_vec();
    let marks: Vec<usize> = memmem::find_iter(bytes, b"startxref").collect();
    marks.into_iter().filter_map(|at| copy.get_mut(at..at + 9).map(|mark| mark.fill(b' '))).for_each(drop);
    catch_unwind(AssertUnwindSafe(|| Pdf::new(Arc::new(copy)).ok())).ok().flatten()
}

fn decide(pdf: Option<Pdf>, first: u32, declared: Option<u32>, second: Option<u32>, ends: Ends, bytes: &[u8]) -> Counted {
    let best = first.max(second.unwrap_or(0).min(BELIEVED));
    if best == 0 {
        let cut = ends.cut.then_some(What::CutShort);
        return Counted { pdf: None, pages: 0, troubles: [What::Broken].into_iter().chain(cut).collect() };
    }
    let mut troubles = Vec::new();
    if ends.cut {
        troubles.push(What::CutShort);
    }
    let other = second.filter(|s| *s != first).or(declared.filter(|d| *d != best));
    if ends.bent && !ends.cut {
        // Another count that comes to the same says that no page is lost, and streams that end where they should that no byte is.
        let sure = other.is_none() && second.or(declared).is_some() && streams_fit(bytes);
        troubles.push(if sure { What::Mended } else { What::Damaged });
    }
    troubles.extend(other.map(|other| What::Counts(first, other)));
    if ends.encrypted {
        troubles.push(What::Restricted);
    }
    Counted { pdf, pages: best, troubles }
}

/// The number that the tree of pages says to hold.
fn declared(pdf: &Pdf) -> Option<u32> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let count = root.get::<Dict<'_>>("Pages")?.get::<Number>("Count")?;
    u32::try_from(count.as_i64()).ok()
}

fn second(bytes: &[u8]) -> Option<u32> {
    if bytes.len() > SECOND {
        return None;
    }
    let load = || lopdf::Document::load_mem(bytes).ok().map(|d| d.get_pages().len());
    let counted = catch_unwind(AssertUnwindSafe(load)).ok().flatten()?;
    // No pages is what it says of a file that it could not look into.
    u32::try_from(counted).ok().filter(|n| *n > 0)
}
