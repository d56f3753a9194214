//! Text with separators: csv and tsv in UTF-8 (with or without BOM) or GB18030. Places are lines.
//! Must not guess an encoding from statistics.

use std::ops::ControlFlow;

use super::preflight::Refusal;
use super::row::{Kind, Row};
use crate::say;

/// Decodes strictly: UTF-8, else GB18030. The second value is true when it had to be the latter.
///
/// # Errors
/// The bytes are neither.
pub fn decode(bytes: Vec<u8>) -> Result<(String, bool), Refusal> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, false)),
        Err(e) => e.into_bytes(),
    };
    let marked = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let decoded = (!marked).then(|| encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes)).flatten();
    // Bytes that are valid GB18030 by accident decode to private-use or control characters.
    decoded
        .filter(|t| !t.chars().any(|c| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}')))
        .map(|t| (t.into_owned(), true))
        .ok_or(("P007", say!("既不是 UTF-8，也不是 GB18030（GBK）", "neither UTF-8 nor GB18030 (GBK)")))
}

/// Hands every row to `sink`, until it breaks off.
///
/// # Errors
/// Too many cells; rows before that were handed over.
pub fn stream(text: &str, cells: &mut u64, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(text)).from_reader(text.as_bytes());
    let (mut record, mut row) = (csv::StringRecord::new(), Row::default());
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => return Err(("P002", say!("第 {} 行之后读不下去：{e}", "cannot be read after line {}: {e}", row.number))),
        }
        row.start(record.position().and_then(|p| u32::try_from(p.line()).ok()).unwrap_or(u32::MAX));
        for (col, field) in record.iter().enumerate() {
            let Ok(col) = u16::try_from(col) else { break };
            let error = field.starts_with('#') && ERRORS.contains(&field.trim());
            row.push(col, if error { Kind::Error } else { Kind::Text }, field);
            *cells = cells.saturating_sub(1);
        }
        if *cells == 0 {
            return Err(("P005", say!("单元格过多，读到第 {} 行为止", "too many cells; read up to line {}", row.number)));
        }
        if !row.is_blank() && sink(&row).is_break() {
            return Ok(());
        }
    }
}

const ERRORS: &[&str] = &["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];

/// The separator that the first lines have most of.
fn separator(text: &str) -> u8 {
    let count = |c: char| text.lines().take(10).map(|l| l.matches(c).count()).sum::<usize>();
    let (comma, tab, semicolon) = (count(','), count('\t'), count(';'));
    if tab > comma && tab >= semicolon {
        b'\t'
    } else if semicolon > comma {
        b';'
    } else {
        b','
    }
}
