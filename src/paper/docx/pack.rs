//! The parts of a Word file: read within bounds, and put together again with the same bytes each time (打包).
//! Must not look at what is in a part.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use crate::base::text::Text;
use crate::say;

/// Most bytes of a template, packed and unpacked.
const LARGEST: u64 = 64 << 20;
/// Most parts of a template.
const MOST: usize = 2_000;
/// How an old binary or an encrypted Office file begins.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Parts by name, in order of name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// Takes a file apart.
///
/// # Errors
/// Why this is no docx, and what to do.
pub fn open(bytes: &[u8]) -> Result<Parts, Text> {
    if bytes.starts_with(COMPOUND) {
        return Err(say!(
            "是旧的 .doc 格式，或者加了密码；请在 Word 或 WPS 里去掉密码，另存为 .docx",
            "an old .doc, or protected by a password; take the password off and save it as .docx"
        ));
    }
    let no = || say!("不是 docx 文件，或者没有传完；请在 Word 或 WPS 里另存为 .docx", "no docx, or cut short; save it as .docx again");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no())?;
    let large = || say!("太大（解开后超过 64 MB）；请压缩里面的图片", "too large (over 64 MB unpacked); make its pictures smaller");
    if zip.len() > MOST {
        return Err(large());
    }
    let mut parts = Parts::new();
    let mut left = LARGEST;
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(|_| no())?;
        let name = entry.name().map_err(|_| no())?.trim_start_matches('/').to_owned();
        if entry.is_dir() {
            continue;
        }
        if name.contains('\\') || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(no());
        }
        let mut content = Vec::new();
        let read = (&mut entry).take(left + 1).read_to_end(&mut content).map_err(|_| no())?;
        left = left.checked_sub(read as u64).ok_or_else(large)?;
        parts.insert(name, content);
    }
    Ok(parts)
}

/// An archive of these parts, to which [`with`] adds what differs from paper to paper.
///
/// # Errors
/// When the archive cannot be put together.
pub fn base(parts: &Parts) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Readers expect the list of types first.
    let first = parts.iter().filter(|(name, _)| *name == TYPES);
    for (name, bytes) in first.chain(parts.iter().filter(|(name, _)| *name != TYPES)) {
        zip.start_file(name.as_str(), options())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The list of types.
pub const TYPES: &str = "[Content_Types].xml";

/// The archive with one more part.
///
/// # Errors
/// When the archive cannot be put together.
pub fn with(base: &[u8], name: &str, content: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new_append(Cursor::new(base.to_vec()))?;
    zip.start_file(name, options())?;
    zip.write_all(content)?;
    Ok(zip.finish()?.into_inner())
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(4))
        .last_modified_time(zip::DateTime::default())
}
