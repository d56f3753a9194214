//! How the end of a PDF looks, before any library sees it: whether it is all there, whether its table of objects lies where it says, whether
//! it is encrypted. Must not open objects.

use memchr::memmem;

/// What the bytes alone tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// It stops before its end mark.
    pub cut: bool,
    /// Its table of objects is not where it should be, or there is rubbish before or after.
    pub bent: bool,
    /// Its trailer names an encryption.
    pub encrypted: bool,
}

/// A reader that follows the standard asks for the end mark within so many last bytes.
const TAIL: usize = 1024;

/// Objects of a table that are looked up.
const SAMPLE: usize = 4096;

/// Looks at it.
pub fn ends(bytes: &[u8]) -> Ends {
    let last = memmem::rfind(bytes, b"%%EOF");
    // Objects after the last end mark belong to a later part that was not finished, or to a file of which only the first part is there.
    let after = last.map_or(bytes, |at| bytes.get(at + 5..).unwrap_or_default());
    let unfinished = memmem::find(after, b" obj").is_some() || memmem::find(after, b"endobj").is_some();
    let far = last.is_none_or(|at| bytes.len() - at > TAIL + 5);
    let table = start_of_table(bytes);
    let sound = table.is_some_and(|at| is_table(bytes, at));
    let region = if sound { table.unwrap_or(0) } else { 0 };
    Ends {
        cut: last.is_none() || unfinished,
        bent: far || !sound || !bytes.starts_with(b"%PDF-"),
        encrypted: is_encrypted(bytes.get(region..).unwrap_or_default()),
    }
}

fn start_of_table(bytes: &[u8]) -> Option<usize> {
    let at = memmem::rfind(bytes, b"startxref")?;
    number(bytes.get(at + 9..)?.trim_ascii_start()).map(|(n, _)| n)
}

/// A number at the head of bytes, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let digits = bytes.iter().take(12).take_while(|b| b.is_ascii_digit()).count();
    let (head, rest) = bytes.split_at_checked(digits)?;
    Some((std::str::from_utf8(head).ok()?.parse().ok()?, rest))
}

/// Whether `12 0 obj` stands at the head.
fn heads_object(bytes: &[u8]) -> Option<usize> {
    let (id, rest) = number(bytes)?;
    let (_, rest) = number(rest.strip_prefix(b" ").unwrap_or(rest).trim_ascii_start())?;
    rest.trim_ascii_start().starts_with(b"obj").then_some(id)
}

fn is_table(bytes: &[u8], at: usize) -> bool {
    let Some(here) = bytes.get(at..).filter(|b| !b.is_empty()) else { return false };
    let here = here.get(..here.len().min(64 + SAMPLE * 20)).unwrap_or(here).trim_ascii_start();
    let Some(rows) = here.strip_prefix(b"xref") else { return heads_object(here).is_some() };
    rows_hold(bytes, rows)
}

/// Whether rows of a table lead to the objects that they name.
fn rows_hold(bytes: &[u8], rows: &[u8]) -> bool {
    let Some((first, rest)) = number(rows.trim_ascii_start()) else { return false };
    let Some((count, rest)) = number(rest.trim_ascii_start()) else { return false };
    let rest = rest.trim_ascii_start();
    rest.as_chunks::<20>().0.iter().take(count).enumerate().all(|(i, row)| {
        if row.get(17) != Some(&b'n') {
            return row.get(17) == Some(&b'f');
        }
        let offset = number(row).map(|(n, _)| n);
        let object = offset.and_then(|o| bytes.get(o..o.saturating_add(40).min(bytes.len()))).map(<[u8]>::trim_ascii_start);
        object.and_then(heads_object) == Some(first.saturating_add(i))
    })
}

fn is_encrypted(region: &[u8]) -> bool {
    memmem::find_iter(region, b"/Encrypt").any(|at| {
        let rest = region.get(at + 8..).unwrap_or_default();
        let value = rest.trim_ascii_start();
        value.starts_with(b"<<") || (rest.len() != value.len() && value.first().is_some_and(u8::is_ascii_digit))
    })
}
