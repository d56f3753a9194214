//! Looks into the archive of a workbook (xlsx, xlsb, ods) before any reader does: which of them it is, whether its parts are what they
//! claim, and how the sheets of an xlsx are laid out. Must not read cells.
//!
//! Why so careful: an xlsx of 2 kB can make a reader reserve terabytes (`uniqueCount`) and abort the whole process, which nothing
//! can catch; one of 1 MB can hold a string of 1 GB.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};

use super::layout::{Layout, Merge};
use super::preflight::{Format, Refusal};
use super::settings::Limits;
use crate::say;

/// Longest run of text inside a workbook.
const MAX_RUN: usize = 1 << 20;
/// Most entries of a workbook's archive.
const MAX_ENTRIES: usize = 20_000;
/// An entry may be this many times its packed size once it is large.
const MAX_RATIO: u64 = 500;

/// The archive of a workbook.
pub type Zip<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// A sheet of an xlsx or xlsb as its workbook names it.
pub struct Listed {
    /// Name.
    pub name: String,
    /// Part in lower case.
    pub part: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// What a damaged archive is called.
pub fn damaged(e: &dyn std::fmt::Display) -> Refusal {
    ("P002", say!("文件不完整或已损坏（多半没有传完）", "archive is damaged: {e}"))
}

/// The name of a part, however it is written.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('\\', "/").trim_start_matches('/').to_owned()
}

/// Tells the format and checks every part; for an xlsx with the layout of each sheet by its name.
///
/// # Errors
/// It must not be read.
pub fn look(bytes: &[u8], limits: &Limits) -> Result<(Format, BTreeMap<String, Layout>), Refusal> {
    let mut zip = Zip::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if zip.len() > MAX_ENTRIES {
        return Err(("P005", say!("内含 {} 个部件", "{} parts inside", zip.len())));
    }
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|n| plain(&n)).collect();
    let has = |end: &str| names.iter().any(|n| n.ends_with(end));
    let format = if has("workbook.bin") {
        Format::Xlsb
    } else if has("workbook.xml") {
        Format::Xlsx
    } else if has("word/document.xml") || has("ppt/presentation.xml") {
        return Err(("P061", say!("Word 或演示文档", "a Word or presentation document")));
    } else if has("content.xml") {
        Format::Ods
    } else {
        return Err(("P006", say!("压缩包，不是电子表格", "an archive, not a spreadsheet")));
    };
    let (mut total, mut layouts) = (0_u64, BTreeMap::new());
    let mut buffer = vec![0_u8; 64 << 10];
    for i in 0..zip.len() {
        if zip.by_index_raw(i).map_err(|e| damaged(&e))?.encrypted() {
            return Err(("P004", say!("工作簿设有密码", "the workbook needs a password")));
        }
        let mut entry = zip.by_index(i).map_err(|e| damaged(&e))?;
        let name = entry.name().map(|n| plain(&n)).unwrap_or_default();
        let binary = format == Format::Xlsb && name.ends_with(".bin");
        if !(name.ends_with(".xml") || name.ends_with(".rels") || binary) {
            continue;
        }
        let packed = entry.compressed_size().max(1);
        let mut scan = Scan { layout: (format == Format::Xlsx && name.contains("worksheets/")).then(Layouts::default), ..Scan::default() };
        loop {
            let n = entry.read(&mut buffer).map_err(|e| damaged(&e))?;
            if n == 0 {
                break;
            }
            total += n as u64;
            scan.take(&buffer[..n]);
            let most = limits.max_unpacked;
            if total > most {
                return Err((
                    "P005",
                    say!("解压后超过 {most} 字节（max_unpacked）", "more than {most} bytes when unpacked (max_unpacked)"),
                ));
            }
            if scan.size > 100 << 20 && scan.size / packed > MAX_RATIO {
                return Err(("P005", say!("解压后超过 {total} 字节仍未结束", "still not at its end after unpacking {total} bytes")));
            }
            if scan.longest > MAX_RUN && !binary {
                return Err(("P005", say!("有一处文字超过 {MAX_RUN} 字节", "one text is longer than {MAX_RUN} bytes")));
            }
        }
        if scan.declared > scan.size / 5 + 16 && !binary {
            let (n, size) = (scan.declared, scan.size);
            return Err(("P005", say!("自称有 {n} 条文字，实际只有 {size} 字节", "claims {n} strings in {size} bytes")));
        }
        if format == Format::Ods && name == "meta-inf/manifest.xml" && scan.encrypted {
            return Err(("P004", say!("工作簿设有打开密码", "the workbook needs a password")));
        }
        if let Some(found) = scan.layout {
            if found.wild {
                return Err(("P002", say!("有一格的位置超出表格的范围", "a cell is named beyond the end of any sheet")));
            }
            layouts.insert(name, found.layout);
        }
    }
    if format != Format::Xlsx {
        return Ok((format, BTreeMap::new()));
    }
    let listed = sheets_of_xlsx(&mut zip).unwrap_or_default();
    let named = |l: Listed| {
        let layout = layouts.remove(&l.part).unwrap_or_default();
        (l.name, Layout { hidden: l.hidden, ..layout })
    };
    Ok((format, listed.into_iter().map(named).collect()))
}

/// Looks for what could hurt, chunk by chunk.
#[derive(Default)]
struct Scan {
    size: u64,
    run: usize,
    longest: usize,
    declared: u64,
    encrypted: bool,
    tail: Vec<u8>,
    layout: Option<Layouts>,
}

const COUNT: &[u8] = b"uniqueCount";

impl Scan {
    fn take(&mut self, chunk: &[u8]) {
        // Runs over 1 MiB span many chunks, so only the first and the last bracket of each chunk matter.
        match memchr::memchr(b'<', chunk) {
            Some(first) => {
                self.longest = self.longest.max(self.run + first);
                self.run = memchr::memrchr(b'<', chunk).map_or(0, |last| chunk.len() - 1 - last);
            }
            None => {
                self.run += chunk.len();
                self.longest = self.longest.max(self.run);
            }
        }
        if self.size < 1 << 20 {
            self.tail.extend_from_slice(chunk);
            self.counts();
            self.encrypted |= memmem::find(&self.tail, b"encryption-data").is_some();
            let keep = self.tail.len().saturating_sub(128);
            self.tail.drain(..keep);
        }
        if let Some(layout) = &mut self.layout {
            layout.take(chunk);
        }
        self.size += chunk.len() as u64;
    }

    /// Reads `uniqueCount="…"` however it is spaced and quoted.
    fn counts(&mut self) {
        let mut rest = self.tail.as_slice();
        while let Some(at) = memmem::find(rest, COUNT) {
            rest = &rest[at + COUNT.len()..];
            let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'' | b'+' | b'0'));
            let digits: String = digits.take_while(|b| b.is_ascii_digit()).take(20).map(|b| char::from(*b)).collect();
            self.declared = self.declared.max(if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) });
        }
    }
}

/// Finds merges and hidden rows in the text of a sheet. Only the few tags that say them are parsed: a whole parse would cost as much
/// as reading the cells does.
struct Layouts {
    layout: Layout,
    /// A cell is named as none can be.
    wild: bool,
    /// What is left of the last tag.
    text: Vec<u8>,
    merge: memmem::Finder<'static>,
    hidden: memmem::Finder<'static>,
    formula: memmem::Finder<'static>,
    /// The text so far ends with a formula, and whether its cell says that its result is words.
    pending: Option<bool>,
}

impl Default for Layouts {
    fn default() -> Self {
        let (merge, hidden) = (memmem::Finder::new(b"mergeCell "), memmem::Finder::new(b"hidden"));
        let formula = memmem::Finder::new(b"</f>");
        Self { layout: Layout::default(), wild: false, text: Vec::new(), merge, hidden, formula, pending: None }
    }
}

impl Layouts {
    fn take(&mut self, chunk: &[u8]) {
        self.text.extend_from_slice(chunk);
        let Some(end) = memchr::memrchr(b'>', &self.text).map(|at| at + 1) else {
            // Runs without a bracket are refused when they are long; this only bounds the copy.
            let drop = self.text.len().saturating_sub(MAX_RUN);
            self.text.drain(..drop);
            return;
        };
        let whole = &self.text[..end];
        let pending = self.pending.take().filter(|words| is_unstored(whole, *words));
        self.layout.unstored = self.layout.unstored.saturating_add(u32::from(pending.is_some()));
        for at in self.formula.find_iter(whole) {
            let (before, after) = (&whole[..at], &whole[at + b"</f>".len()..]);
            let words = tag(before, memmem::rfind(before, b"<c ").map_or(0, |c| c + 1))
                .is_some_and(|c| attribute(&c, "t").as_deref() == Some("str"));
            if after.is_empty() {
                self.pending = Some(words);
            } else if is_unstored(after, words) {
                self.layout.unstored = self.layout.unstored.saturating_add(1);
            }
        }
        self.wild = self.wild || has_wild_reference(whole);
        for at in self.merge.find_iter(whole) {
            if let Some(tag) = tag(whole, at).filter(|t| t.local_name().as_ref() == "mergeCell")
                && let Some(merge) = attribute(&tag, "ref").as_deref().and_then(area)
            {
                self.layout.merge(merge);
            }
        }
        for at in self.hidden.find_iter(whole) {
            if let Some(tag) = tag(whole, at).filter(|t| t.local_name().as_ref() == "row")
                && attribute(&tag, "hidden").is_some_and(|v| v == "1" || v == "true")
            {
                self.layout.hidden_rows = self.layout.hidden_rows.saturating_add(1);
            }
        }
        self.text.drain(..end);
    }
}

/// Whether what stands behind a formula is no result; empty words are one.
fn is_unstored(after: &[u8], words: bool) -> bool {
    let empty: [&[u8]; 3] = [b"<v></v>", b"<v/>", b"<v />"];
    after.starts_with(b"</c>") || (!words && empty.iter().any(|e| after.starts_with(e)))
}

/// Whether a tag names a cell by seven letters or ten digits: the reader of cells counts them without a bound and panics. Text that is
/// as long has no quote before it or stands in no tag. Such a run covers every seventh byte, so no other is looked at.
fn has_wild_reference(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        if !byte.is_ascii_alphanumeric() {
            at += 7;
            continue;
        }
        let from = text[..at].iter().rposition(|b| !b.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
        let to = text[at..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(text.len(), |i| at + i);
        let run = &text[from..to];
        let letters = run.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let digits = run[letters..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (letters > 6 || digits > 9) && is_reference(&text[..from]) && tag(text, from).is_some() {
            return true;
        }
        at = to + 1;
    }
    false
}

/// Whether what comes next is the value of an attribute that names cells.
fn is_reference(before: &[u8]) -> bool {
    let Some(equals) = memchr::memrchr(b'=', before) else { return false };
    let inside = match before[equals + 1..].trim_ascii_start() {
        [quote, value @ ..] => matches!(quote, b'"' | b'\'') && !value.contains(quote),
        [] => false,
    };
    let name = before[..equals].trim_ascii_end();
    let start = name.iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
    inside && matches!(&name[start..], b"r" | b"ref")
}

/// The start tag around a position, if it stands in one.
fn tag(text: &[u8], at: usize) -> Option<BytesStart<'_>> {
    let from = memchr::memrchr(b'<', &text[..at])? + 1;
    let to = at + memchr::memchr(b'>', &text[at..])?;
    let inside = std::str::from_utf8(text.get(from..to)?).ok()?.trim_end_matches('/');
    let name = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
    (name > 0 && !inside.contains('>')).then(|| BytesStart::from_content(inside, name))
}

/// An attribute by its name without prefix, with entities resolved.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name)?;
    Some(match quick_xml::escape::unescape(&found.value) {
        Ok(text) => text.into_owned(),
        Err(_) => found.value.to_string(),
    })
}

/// `B2:C4`.
fn area(text: &str) -> Option<Merge> {
    let corner = |text: &str| {
        let text = text.replace('$', "");
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        let col = letters.bytes().try_fold(0_u32, |n, b| {
            b.is_ascii_alphabetic().then(|| n.saturating_mul(26).saturating_add(u32::from(b.to_ascii_uppercase() - b'A') + 1))
        })?;
        Some((digits.parse::<u32>().ok()?.checked_sub(1)?, u16::try_from(col.checked_sub(1)?).ok()?))
    };
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (corner(from)?, corner(to)?);
    Some(Merge { top, left, bottom, right })
}

/// A part of an archive by its name in lower case.
pub fn open_part(zip: &mut Zip<'_>, name: &str) -> Option<impl BufRead> {
    let index = (0..zip.len()).find(|i| zip.by_index_raw(*i).is_ok_and(|e| e.name().is_ok_and(|n| plain(&n) == name)))?;
    zip.by_index(index).ok().map(|e| BufReader::with_capacity(1 << 16, e))
}

/// Calls back with every start tag of a part.
fn tags(zip: &mut Zip<'_>, name: &str, mut each: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let mut reader = quick_xml::Reader::from_reader(open_part(zip, name)?);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) | Event::Empty(tag) => each(&tag),
            Event::Eof => return Some(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// Target by id of a workbook's relations.
pub fn relations(zip: &mut Zip<'_>, name: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let _ = tags(zip, name, |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let target = plain(&target);
            all.insert(id, if target.starts_with("xl/") { target } else { format!("xl/{}", target.trim_start_matches("./")) });
        }
    });
    all
}

/// The sheets of an xlsx in order.
pub(super) fn sheets_of_xlsx(zip: &mut Zip<'_>) -> Option<Vec<Listed>> {
    let relations = relations(zip, "xl/_rels/workbook.xml.rels");
    let mut all = Vec::new();
    tags(zip, "xl/workbook.xml", |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
        {
            let hidden = attribute(tag, "state").is_some_and(|s| s != "visible");
            all.push(Listed { name, part: relations.get(&id).cloned().unwrap_or_default(), hidden });
        }
    })?;
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_found_however_a_sheet_is_cut_into_chunks() {
        let text = r#"<x:worksheet><cols><col hidden="1"/></cols><sheetData><row r="1"><c><is><t>hidden="1" mergeCell ref="A1:B9"</t></is></c></row><row r="2" hidden='1'/><row r="3" hidden="0"/><x:row hidden="true" r="4"></x:row></sheetData><x:mergeCells><x:mergeCell ref="A1:C1"/><x:mergeCell ref="$B$2:$B$4"></x:mergeCell><mergeCell ref="A1:A1"/></x:mergeCells></x:worksheet>"#;
        for size in [1, 2, 7, 64, 1000] {
            let mut found = Layouts::default();
            text.as_bytes().chunks(size).for_each(|c| found.take(c));
            assert!(!found.wild);
            let want = [Merge { top: 0, left: 0, bottom: 0, right: 2 }, Merge { top: 1, left: 1, bottom: 3, right: 1 }];
            assert_eq!((found.layout.merges.as_slice(), found.layout.hidden_rows), (want.as_slice(), 2), "chunks of {size}");
        }
    }

    #[test]
    fn cells_beyond_any_sheet_are_found_in_tags_alone() {
        let wild = [
            r#"<c r="A4294967297"/>"#,
            "<c r = 'AAAAAAAA1'>",
            r#"<c r="inlineStr">"#,
            r#"<row r="99999999999">"#,
            r#"<mergeCell ref="A1:B99999999999"/>"#,
        ];
        let tame = [
            r#"<c><v>990101198001010012</v></c>"#,
            r#"<t>="990101198001010012"</t>"#,
            r#"<c t="inlineStr"/>"#,
            r#"<w xmlns:r="http://schemas.openxmlformats.org/">"#,
            r#"<x uid="{0-000000000000}" ht="1.40000000000000001"/>"#,
        ];
        assert!(wild.iter().all(|t| has_wild_reference(t.as_bytes())));
        assert!(!tame.iter().any(|t| has_wild_reference(t.as_bytes())));
    }
}
