//! Archives of dossiers (.zip): their entries as files, and the content of single small ones. Must not write to the disk, follow what an
//! entry points to, or open an archive inside an archive.
//!
//! A zip is made by anybody: names are cleaned before they are used, nothing is unpacked but what is asked for, and that only up to a
//! size. What is not used is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::folder::{FileAt, Packed, is_junk};
use super::register::bytes_of;
use super::settings::Limits;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::say;

/// What an archive holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its files, by path: `案卷.zip!/内路径`.
    pub files: Vec<FileAt>,
    /// What was not used.
    pub problems: Vec<Problem>,
    /// Where papers may lie that were not seen.
    pub unseen: Vec<String>,
    /// System and temporary files skipped.
    pub junk: u64,
}

/// Between the path of an archive and the path inside it.
pub const INSIDE: &str = "!/";
/// An entry may be this many times its packed size once it is large.
const MAX_RATIO: u64 = 500;
/// From this size on the ratio counts.
const LARGE: u64 = 100 << 20;
/// Longest path inside an archive.
const LONGEST: usize = 1 << 10;
/// Archives by name.
const ARCHIVES: &[&str] = &["zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "cab", "iso"];

/// Whether a name is that of an archive that is opened.
pub fn is_zip(name: &str) -> bool {
    ends_in(name, &["zip"])
}

/// Whether a name is that of an archive of any kind.
pub fn is_archive(name: &str) -> bool {
    ends_in(name, ARCHIVES)
}

/// That an archive is of a kind which cannot be opened.
pub fn unknown(shown: &str) -> Problem {
    let said = say!(
        "{shown} 不是 .zip，打不开；请解压后放入案卷文件夹",
        "{shown} is no .zip and cannot be opened; put what it holds into the folder"
    );
    Problem::new("P026", said, Place::file(shown))
}

fn ends_in(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ext)| extensions.contains(&ext.to_ascii_lowercase().as_str()))
}

/// Why an entry is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// `..`, `/`, `C:` or characters that no name has.
    Unsafe,
    /// A link to another place.
    Link,
    /// The same path once more.
    Twice,
    /// An archive inside.
    Nested,
    /// Far more than it is packed to.
    Bomb,
    /// Its name and size are used, its content is not.
    Locked,
}

impl Why {
    fn said(self, archive: &str, n: usize) -> (&'static str, Text) {
        match self {
            Self::Unsafe => (
                "P027",
                say!(
                    "{archive} 内有 {n} 个条目的路径指向压缩包之外或不是有效的名称，没有使用",
                    "{archive}: {n} entries whose paths lead out of the archive or are no names were not used"
                ),
            ),
            Self::Link => {
                ("P027", say!("{archive} 内有 {n} 个条目是指向别处的链接，没有使用", "{archive}: {n} entries are links and were not used"))
            }
            Self::Twice => {
                ("P027", say!("{archive} 内有重名的条目，同名的只用了一个", "{archive}: of entries with one name only one was used"))
            }
            Self::Nested => ("P027", say!("{archive} 内还有 {n} 个压缩包，没有打开", "{archive}: {n} archives inside were not opened")),
            Self::Bomb => (
                "P028",
                say!(
                    "{archive} 内有 {n} 个条目自称解压后超过压缩大小的 {MAX_RATIO} 倍，没有使用",
                    "{archive}: {n} entries claim more than {MAX_RATIO} times their packed size and were not used"
                ),
            ),
            Self::Locked => (
                "P027",
                say!(
                    "{archive} 内有 {n} 个条目加了密码，只用了名称，内容没有读取",
                    "{archive}: {n} entries are encrypted; only their names were used"
                ),
            ),
        }
    }
}

/// Lists an archive; `shown` is its path in the batch.
///
/// # Errors
/// It cannot be opened, is damaged, or has too many entries.
pub fn list(path: &Path, shown: &str, limits: &Limits) -> Result<Listing, Problem> {
    let zip = open(path, shown, limits)?;
    let (mut listing, mut left): (Listing, BTreeMap<Why, Vec<Place>>) = (Listing::default(), BTreeMap::new());
    let mut names = BTreeSet::new();
    let damaged = |e: zip::result::ZipError| damaged(shown, &e);
    let mut workbook = (false, false);
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(damaged)?;
        let written = decode(entry.name_raw());
        let is_folder = entry.is_dir() || written.ends_with(['/', '\\']);
        workbook.0 |= written == "[Content_Types].xml";
        workbook.1 |= written.starts_with("xl/");
        let Some(name) = safe(&written) else {
            let visible: String = written.chars().take(LONGEST).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
            left.entry(Why::Unsafe).or_default().push(Place::file(format!("{shown}{INSIDE}{visible}")));
            continue;
        };
        if is_folder {
            continue;
        }
        if name.split('/').any(is_junk) {
            listing.junk += 1;
            continue;
        }
        let full = format!("{shown}{INSIDE}{name}");
        let place = || Place::file(full.clone());
        let (size, packed) = (entry.size(), entry.compressed_size());
        let why = if entry.is_symlink() {
            Some(Why::Link)
        } else if ends_in(&name, ARCHIVES) {
            Some(Why::Nested)
        } else if size > LARGE && size / packed.max(1) > MAX_RATIO {
            Some(Why::Bomb)
        } else if !names.insert(name.clone()) {
            Some(Why::Twice)
        } else {
            None
        };
        if let Some(why) = why {
            left.entry(why).or_default().push(place());
            continue;
        }
        if entry.encrypted() {
            left.entry(Why::Locked).or_default().push(place());
        }
        listing.files.push(FileAt {
            path: full,
            bytes: size,
            packed: Some(Packed { archive: shown.len(), index, locked: entry.encrypted() }),
        });
    }
    if workbook == (true, true) {
        let said = say!(
            "{shown} 其实是 Excel 工作簿，扩展名应为 .xlsx，没有读取",
            "{shown} is an Excel workbook; its extension should be .xlsx. It was not read"
        );
        return Err(Problem::new("P026", said, Place::file(shown)));
    }
    if zip.has_duplicate_names() {
        left.entry(Why::Twice).or_default().push(Place::file(shown));
    }
    for (why, places) in left {
        if why != Why::Locked {
            listing.unseen.extend(places.iter().map(|p| p.origin.file.clone()));
        }
        let (code, said) = why.said(shown, places.len());
        listing.problems.extend(Problem::several(code, said, places));
    }
    listing.files.sort();
    Ok(listing)
}

/// The content of a file of the batch, packed or not.
///
/// # Errors
/// It cannot be read, is encrypted or too large.
pub fn content(batch: &Path, file: &FileAt, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let Some(packed) = file.packed else { return bytes_of(&batch.join(&file.path), &file.path, limits.max_bytes) };
    let (archive, shown) = (&file.path[..packed.archive], file.path.as_str());
    let place = || Place::file(shown);
    if packed.locked {
        return Err(Problem::new(
            "P027",
            say!("{shown} 加了密码，内容没有读取", "{shown} is encrypted; its content was not read"),
            place(),
        ));
    }
    let most = limits.max_bytes;
    let large = || {
        let said = say!("{shown} 解压后超过 {most} 字节，没有读取", "{shown} is more than {most} bytes unpacked and was not read");
        Problem::new("P028", said, place())
    };
    if file.bytes > most {
        return Err(large());
    }
    let mut zip = open(&batch.join(archive), archive, limits)?;
    let entry = zip.by_index(packed.index).map_err(|e| damaged(shown, &e))?;
    let mut bytes = Vec::new();
    // What an entry says of its size need not be true.
    entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| damaged(shown, &e))?;
    if bytes.len() as u64 > most { Err(large()) } else { Ok(bytes) }
}

fn damaged(shown: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        "P026",
        say!("{shown} 打不开，压缩包已损坏或不完整：{error}", "{shown} is damaged or cut short: {error}"),
        Place::file(shown),
    )
}

fn open(path: &Path, shown: &str, limits: &Limits) -> Result<ZipArchive<BufReader<File>>, Problem> {
    let closed = |e: std::io::Error| Problem::new("P026", say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"), Place::file(shown));
    let mut file = File::open(path).map_err(closed)?;
    let (entries, most) = (claimed(&mut file).map_err(closed)?, limits.max_entries);
    if entries > most {
        let said = say!(
            "{shown} 自称有 {entries} 个条目，上限 {most}（audit.toml 的 max_entries），没有读取",
            "{shown} claims {entries} entries, the limit is {most} (max_entries in audit.toml); it was not read"
        );
        return Err(Problem::new("P028", said, Place::file(shown)));
    }
    let zip = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(shown, &e))?;
    Ok(zip)
}

/// The largest number of entries that any record at the end of the file claims: the reader may use any of them.
fn claimed(file: &mut File) -> std::io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    // A record of 22 bytes and a remark of up to 64 kB, and before it the 20 bytes that lead to a 64-bit record of 56.
    let start = length.saturating_sub(22 + (1 << 16) + 20 + 56);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(length - start).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let number = |at: usize, n: usize| tail.get(at..at + n).map_or(0, |b| b.iter().rev().fold(0_u64, |sum, b| sum << 8 | u64::from(*b)));
    let found = |mark: &'static [u8; 4]| tail.windows(4).enumerate().filter(move |(_, w)| w == mark).map(|(at, _)| at);
    let short = found(b"PK\x05\x06").map(|at| number(at + 10, 2)).filter(|n| *n < 0xFFFF);
    Ok(short.chain(found(b"PK\x06\x06").map(|at| number(at + 32, 8))).max().unwrap_or(0))
}

/// The name as written: UTF-8, or GB18030 as Chinese Windows writes it without saying so.
fn decode(raw: &[u8]) -> String {
    let gb = || encoding_rs::GB18030.decode_without_bom_handling(raw);
    match std::str::from_utf8(raw) {
        // Two bytes of GB18030 may pass for one letter of UTF-8, never for a Chinese character, which has three.
        Ok(text) if text.is_ascii() || text.chars().any(|c| c >= '\u{800}') || gb().1 => text.to_owned(),
        _ => gb().0.into_owned(),
    }
}

/// The path with `/` between its parts; `None` when it leads out of the archive or has what no name has.
fn safe(written: &str) -> Option<String> {
    if written.is_empty() || written.len() > LONGEST || written.starts_with(['/', '\\']) || written.chars().any(char::is_control) {
        return None;
    }
    let mut parts = Vec::new();
    for part in written.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => return None,
            // A drive, or a second stream of a file.
            _ if part.contains(':') => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{decode, safe};

    #[test]
    fn names_in_any_spelling() {
        assert_eq!(decode("申请表.pdf".as_bytes()), "申请表.pdf");
        assert_eq!(decode(&encoding_rs::GB18030.encode("〔2024〕12号/申请表.pdf").0), "〔2024〕12号/申请表.pdf");
        // Valid UTF-8 by accident: these two bytes are one Latin letter there.
        assert_eq!(decode(&encoding_rs::GB18030.encode("同意.pdf").0), "同意.pdf");
        assert_eq!(decode(b"a.pdf"), "a.pdf");
    }

    #[test]
    fn names_that_lead_out_are_none() {
        for name in ["../a", "a/../../b", "/etc/passwd", "\\a", "C:\\a", "c:a", "a/b:c", "", ".", "a\0b", "..\\a", &"x".repeat(2000)] {
            assert_eq!(safe(name), None, "{name:?}");
        }
        assert_eq!(safe("a\\b/./c.pdf").as_deref(), Some("a/b/c.pdf"));
        assert_eq!(safe("甲..乙/…").as_deref(), Some("甲..乙/…"));
    }
}
