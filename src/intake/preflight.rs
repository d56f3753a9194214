//! Looks at a file's bytes before any reader does: what it really is, and whether it is safe to open.
//! Content decides, never the extension. Must not interpret cells.
//!
//! Why so careful: an xlsx of 2 kB can make a reader reserve terabytes (`uniqueCount`) and abort the whole process, which nothing
//! can catch; one of 1 MB can hold a string of 1 GB.

use std::io::{Cursor, Read};

use super::settings::Limits;
use crate::base::text::Text;
use crate::say;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// xlsx or xlsm.
    Xlsx,
    /// Text with separators.
    Delimited,
}

/// Why a file is not read: a problem code and the facts.
pub type Refusal = (&'static str, Text);

/// Longest run of text inside a workbook.
const MAX_RUN: usize = 1 << 20;
/// Most entries of a workbook's archive.
const MAX_ENTRIES: usize = 20_000;
/// An entry may be this many times its packed size once it is large.
const MAX_RATIO: u64 = 500;

/// Tells the format, or why the file must not be read.
///
/// # Errors
/// A problem code with the facts.
pub fn recognise(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    if bytes.iter().all(|b| b.is_ascii_whitespace()) {
        return Err(("P003", say!("文件没有内容（{} 字节）", "file has no content ({} bytes)", bytes.len())));
    }
    if bytes.starts_with(b"PK") {
        return workbook(bytes, limits).map(|()| Format::Xlsx);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if bytes.windows(name.len()).any(|w| w == name) {
            ("P004", say!("工作簿设有打开密码", "the workbook needs a password"))
        } else {
            ("P006", say!("旧版 Excel（.xls）或 WPS 格式", "old Excel (.xls) or WPS format"))
        });
    }
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Err(("P006", say!("UTF-16 文本", "UTF-16 text")));
    }
    let start = String::from_utf8_lossy(head).trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    if start.starts_with('<') {
        return Err(("P006", say!("网页或 XML 表格", "HTML or XML table")));
    }
    if start.starts_with("%pdf") || head.contains(&0) {
        return Err(("P002", say!("内容不是电子表格", "content is not a spreadsheet")));
    }
    Ok(Format::Delimited)
}

/// Checks the archive of a workbook.
fn workbook(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let damaged = |e: &dyn std::fmt::Display| ("P002", say!("压缩结构已损坏：{e}", "archive is damaged: {e}"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if zip.len() > MAX_ENTRIES {
        return Err(("P005", say!("内含 {} 个部件", "{} parts inside", zip.len())));
    }
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|n| n.to_ascii_lowercase().replace('\\', "/")).collect();
    if names.iter().any(|n| n.ends_with("workbook.bin")) {
        return Err(("P006", say!("Excel 二进制工作簿（.xlsb）", "binary Excel workbook (.xlsb)")));
    }
    if !names.iter().any(|n| n.ends_with("workbook.xml")) {
        let ods = names.iter().any(|n| n == "content.xml");
        return Err(if ods {
            ("P006", say!("OpenDocument 表格（.ods）", "OpenDocument sheet (.ods)"))
        } else {
            ("P006", say!("压缩包，不是电子表格", "an archive, not a spreadsheet"))
        });
    }
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 64 << 10];
    for i in 0..zip.len() {
        let entry = zip.by_index(i).map_err(|e| damaged(&e))?;
        if entry.encrypted() {
            return Err(("P004", say!("工作簿设有密码", "the workbook needs a password")));
        }
        let name = entry.name().map(|n| n.to_ascii_lowercase()).unwrap_or_default();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let packed = entry.compressed_size().max(1);
        let mut scan = Scan::default();
        let mut entry = entry;
        loop {
            let n = entry.read(&mut buffer).map_err(|e| damaged(&e))?;
            if n == 0 {
                break;
            }
            total += n as u64;
            scan.take(&buffer[..n]);
            if total > limits.max_unpacked || (scan.size > 100 << 20 && scan.size / packed > MAX_RATIO) {
                return Err(("P005", say!("解压后超过 {} 字节仍未结束", "still not at its end after unpacking {} bytes", total)));
            }
            if scan.longest > MAX_RUN {
                return Err(("P005", say!("有一处文字超过 {MAX_RUN} 字节", "one text is longer than {MAX_RUN} bytes")));
            }
        }
        if scan.declared > scan.size / 5 + 16 {
            let (n, size) = (scan.declared, scan.size);
            return Err(("P005", say!("自称有 {n} 条文字，实际只有 {size} 字节", "claims {n} strings in {size} bytes")));
        }
    }
    Ok(())
}

/// Looks for what could hurt, chunk by chunk.
#[derive(Default)]
struct Scan {
    size: u64,
    run: usize,
    longest: usize,
    declared: u64,
    tail: Vec<u8>,
}

const COUNT: &[u8] = b"uniqueCount";

impl Scan {
    fn take(&mut self, chunk: &[u8]) {
        // Runs over 1 MiB span many chunks, so only the first and the last bracket of each chunk matter.
        match chunk.iter().position(|b| *b == b'<') {
            Some(first) => {
                self.longest = self.longest.max(self.run + first);
                self.run = chunk.iter().rev().position(|b| *b == b'<').unwrap_or(0);
            }
            None => {
                self.run += chunk.len();
                self.longest = self.longest.max(self.run);
            }
        }
        if self.size < 1 << 20 {
            self.tail.extend_from_slice(chunk);
            self.counts();
            let keep = self.tail.len().saturating_sub(128);
            self.tail.drain(..keep);
        }
        self.size += chunk.len() as u64;
    }

    /// Reads `uniqueCount="…"` however it is spaced and quoted.
    fn counts(&mut self) {
        let mut rest = self.tail.as_slice();
        while let Some(at) = rest.windows(COUNT.len()).position(|w| w == COUNT) {
            rest = &rest[at + COUNT.len()..];
            let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'' | b'+' | b'0'));
            let digits: String = digits.take_while(|b| b.is_ascii_digit()).take(20).map(|b| char::from(*b)).collect();
            self.declared = self.declared.max(if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) });
        }
    }
}
