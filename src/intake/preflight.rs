//! Looks at a file's bytes before any reader does: what it really is, and whether it is safe to open.
//! Content decides, never the extension. Must not interpret cells.

use std::collections::BTreeMap;

use super::formats::ole::{self, Ole};
use super::layout::Layout;
use super::settings::Limits;
use super::{encoding, package};
use crate::base::text::Text;
use crate::say;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// xlsx or xlsm.
    Xlsx,
    /// Old Excel, or WPS.
    Xls,
    /// Binary workbook.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// OpenDocument in one XML text.
    FlatOds,
    /// HTML with tables.
    Html,
    /// XML Spreadsheet 2003.
    Xml2003,
    /// Text with separators.
    Delimited,
}

/// Why a file is not read: a problem code and the facts.
pub type Refusal = (&'static str, Text);

/// Tells the format, or why the file must not be read; for an xlsx with the layout of each sheet by its name.
///
/// # Errors
/// A problem code with the facts.
pub fn recognise(bytes: &[u8], limits: &Limits) -> Result<(Format, BTreeMap<String, Layout>), Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(("P003", say!("文件没有内容（{} 字节）", "file has no content ({} bytes)", bytes.len())));
    }
    if bytes.starts_with(b"PK") {
        return package::look(bytes, limits);
    }
    let format = if bytes.starts_with(&ole::MAGIC[..4]) { compound(bytes)? } else { text(bytes)? };
    Ok((format, BTreeMap::new()))
}

/// Which of the old formats of Office it is.
fn compound(bytes: &[u8]) -> Result<Format, Refusal> {
    let locked = || ("P004", say!("工作簿设有打开密码", "the workbook needs a password"));
    let ole = Ole::open(bytes).map_err(|why| {
        // One that is cut cannot be read either, but the password is what its owner can mend.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(bytes, &name).is_some() { locked() } else { why }
    })?;
    if ole.has("EncryptedPackage") {
        return Err(locked());
    }
    if ole.has("Workbook") || ole.has("Book") {
        return Ok(Format::Xls);
    }
    if ole.has("WordDocument") {
        return Err(("P061", say!("Word 或 WPS 文字文档（.doc、.wps）", "a Word or WPS document (.doc, .wps)")));
    }
    Err(("P006", say!("旧版 Office 文件，里面没有表格", "an old Office file without a table")))
}

const ARCHIVES: &[(&[u8], &str)] =
    &[(b"Rar!\x1A\x07", "RAR"), (b"7z\xBC\xAF\x27\x1C", "7z"), (b"\x1F\x8B", "gzip"), (b"BZh", "bzip2"), (b"\xFD7zXZ\0", "xz")];

/// Which kind of text it is.
fn text(bytes: &[u8]) -> Result<Format, Refusal> {
    if let Some((_, name)) = ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(("P060", say!("{name} 压缩包", "a {name} archive")));
    }
    // Excel before 5.0 wrote its records without a container, and so do some programs still.
    if bytes.len() > 4 && bytes[0] == 0x09 && matches!(bytes[1], 0 | 2 | 4 | 8) && matches!(bytes[2], 4..=16) && bytes[3] == 0 {
        return Err(("P006", say!("很旧的 Excel 格式（4.0 或更早）", "a very old Excel format (4.0 or before)")));
    }
    let head = &bytes[..bytes.len().min(4096)];
    let wide = match head {
        [0xFF, 0xFE, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => Some(encoding_rs::UTF_16BE),
        _ => encoding::unmarked(bytes),
    };
    if wide.is_none() && head.contains(&0) {
        return Err(("P002", say!("内容不是电子表格", "content is not a spreadsheet")));
    }
    let start = wide.map_or_else(|| String::from_utf8_lossy(head).into_owned(), |e| e.decode(head).0.into_owned());
    let start = start.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    if start.starts_with("%pdf") {
        return Err(("P002", say!("内容不是电子表格", "content is not a spreadsheet")));
    }
    if start.starts_with("mime-version:") {
        return Err(("P006", say!("单个文件网页（.mht）", "a web page in one file (.mht)")));
    }
    if !start.starts_with('<') {
        return Ok(Format::Delimited);
    }
    let has = |words: &[&str]| words.iter().any(|w| start.contains(w));
    if has(&["word.document", "office:word\"", "wordprocessingml"]) && !has(&["office:excel", "office:spreadsheet"]) && !has(&["<html"]) {
        return Err(("P061", say!("Word 的 XML 文档", "a Word document in XML")));
    }
    if has(&["opendocument:xmlns:office"]) {
        return Ok(Format::FlatOds);
    }
    if has(&["office:spreadsheet", "progid=\"excel.sheet"]) && !has(&["<html"]) {
        return Ok(Format::Xml2003);
    }
    if has(&["<html", "<!doctype html", "<table", "<tr", "<head", "<meta", "<body", "<div", "<style"]) {
        return Ok(Format::Html);
    }
    Err(("P006", say!("XML 文件，不是表格", "an XML file that is no table")))
}
