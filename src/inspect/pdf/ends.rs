//! How the end of a PDF looks, before any library sees it: whether it is all there, whether its table of objects lies where it says, whether
//! it is encrypted. Must not open objects.

use memchr::memmem;

/// What the bytes alone tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// It stops before its end mark.
    pub cut: bool,
    /// Its table of objects is not where it should be, or there is more before or after it than readers allow.
    pub bent: bool,
    /// Its trailer names an encryption.
    pub encrypted: bool,
}

/// A reader that follows the standard asks for the end mark within so many last bytes.
const TAIL: usize = 1024;

/// And it takes the file to begin with its head mark, which may stand anywhere within so many first bytes: a byte order mark or the head of
/// a download may come before it.
const FRONT: usize = 1024;

/// How far before a stream its dictionary is looked for.
const DICTIONARY: usize = 4096;

/// Objects of a table that are looked up.
const SAMPLE: usize = 4096;

/// Looks at it.
pub fn ends(bytes: &[u8]) -> Ends {
    let front = memmem::find(bytes.get(..FRONT).unwrap_or(bytes), b"%PDF-");
    let own = bytes.get(front.unwrap_or(0)..).unwrap_or_default();
    // Zeros and blank lines at the end are what a copy to whole blocks leaves, and harm nobody.
    let used = bytes.iter().rposition(|b| *b != 0 && !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    let last = memmem::rfind(bytes, b"%%EOF");
    // Objects after the last end mark belong to a later part that was not finished, or to a file of which only the first part is there.
    let after = last.map_or(bytes, |at| bytes.get(at + 5..).unwrap_or_default());
    let unfinished = memmem::find(after, b" obj").is_some() || memmem::find(after, b"endobj").is_some();
    let far = last.is_none_or(|at| used.saturating_sub(at) > TAIL + 5);
    let table = start_of_table(bytes);
    // Places are counted from the head mark, or from the first byte where what stands before was there when the file was made.
    let sound = table.is_some_and(|at| is_table(own, at) || is_table(bytes, at));
    let region = if sound { table.unwrap_or(0) } else { 0 };
    Ends {
        cut: last.is_none() || unfinished,
        bent: far || !sound || front.is_none(),
        encrypted: is_encrypted(bytes.get(region..).unwrap_or_default()),
    }
}

/// Whether every stream that says how long it is ends there. It does not where bytes were lost or added, as by a transfer as text.
pub fn streams_fit(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"stream").all(|at| {
        let (before, after) = (bytes.get(..at).unwrap_or_default(), bytes.get(at + 6..).unwrap_or_default());
        let Some(data) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) else { return true };
        let near = before.get(before.len().saturating_sub(DICTIONARY)..).unwrap_or_default().trim_ascii_end();
        let dict = memmem::rfind(near, b"obj").and_then(|o| near.get(o..)).filter(|d| d.ends_with(b">>")).unwrap_or_default();
        length(dict)
            .is_none_or(|n| data.get(n..).is_some_and(|rest| rest.get(..32).unwrap_or(rest).trim_ascii_start().starts_with(b"endstream")))
    })
}

/// The length that a dictionary gives itself; not one that stands in another object.
fn length(dict: &[u8]) -> Option<usize> {
    let given = |at: usize| {
        let rest = dict.get(at + 7..)?;
        let (n, rest) = number(rest.strip_prefix(b" ")?.trim_ascii_start())?;
        let rest = rest.trim_ascii_start();
        (!rest.first().is_some_and(u8::is_ascii_digit)).then_some(n)
    };
    memmem::find_iter(dict, b"/Length").find_map(given)
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
