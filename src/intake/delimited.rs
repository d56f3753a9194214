//! Text with separators: csv and tsv. Places are lines. Must not know how the text was encoded.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::ControlFlow;

use super::layout::too_wide;
use super::preflight::Refusal;
use super::row::{Row, written};
use crate::say;

/// Hands every row to `sink`, until it breaks off.
///
/// # Errors
/// Too many cells; rows before that were handed over.
pub fn stream(text: &str, cells: &Cell<u64>, most: u64, sink: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    // Lines that end in a carriage return alone, as old programs write them.
    let text = if text.contains('\n') { Cow::Borrowed(text) } else { Cow::Owned(text.replace('\r', "\n")) };
    let text = text.as_ref();
    let (mut at, mut line, mut wraps, mut several) = (0, 1_u32, false, None);
    let by = separator(text);
    let marks = text.contains('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(by).from_reader(text.as_bytes());
    let (mut record, mut row) = (csv::StringRecord::new(), Row::default());
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) if several.is_some() => {
                let line = several.unwrap_or(line);
                return Err((
                    "P002",
                    say!(
                        "第 {line} 行的一格里有几整行，引号可能没有成对，请在表格软件中核对",
                        "a cell in line {line} holds whole rows; a quote may not be closed, look at it in a spreadsheet program"
                    ),
                ));
            }
            Ok(false) if wraps && !text.get(at..).unwrap_or_default().matches('"').count().is_multiple_of(2) => {
                return Err((
                    "P002",
                    say!(
                        "第 {line} 行的引号没有成对，其后的各行并进了一格",
                        "a quote in line {line} is never closed; the lines after it became one cell"
                    ),
                ));
            }
            Ok(false) => return Ok(()),
            Err(e) => {
                return Err(("P002", say!("第 {} 行之后读不下去，文件不完整或已损坏", "cannot be read after line {}: {e}", row.number)));
            }
        }
        // The reader counts blank lines before a record to it.
        let from = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(at).clamp(at, text.len());
        let from = from + text.as_bytes()[from..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = memchr::memchr_iter(b'\n', &text.as_bytes()[at..from]).count();
        line = line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        at = from;
        row.start(line);
        wraps = memchr::memchr(b'\n', record.as_slice().as_bytes()).is_some();
        if wraps && several.is_none() && holds_rows(&record, by) {
            several = Some(line);
        }
        for (col, field) in record.iter().enumerate() {
            let Ok(col) = u16::try_from(col) else { return Err(too_wide(line.saturating_sub(1))) };
            // Two files that were joined leave a mark of their encoding in the middle.
            if marks && field.contains('\u{FEFF}') {
                row.push(col, written(field), &field.replace('\u{FEFF}', ""));
            } else {
                row.push(col, written(field), field);
            }
        }
        cells.set(cells.get().saturating_sub(record.len() as u64));
        if cells.get() == 0 {
            let n = row.number;
            return Err((
                "P005",
                say!(
                    "单元格过多（上限 max_cells = {most}），读到第 {n} 行为止",
                    "too many cells (the limit is max_cells = {most}); read up to line {n}"
                ),
            ));
        }
        if let Some(why) = row.fault() {
            return Err(why);
        }
        if !row.is_blank() && sink(&row).is_break() {
            return Ok(());
        }
    }
}

/// Whether a cell holds the end of one row and the beginning of another: two quotes that belong to different rows make one. It has
/// as many separators as a row, and a line inside begins with something numbered.
fn holds_rows(record: &csv::StringRecord, by: u8) -> bool {
    let columns = record.len();
    let numbered = |line: &str| line.split(char::from(by)).next().is_some_and(|first| first.contains(|c: char| c.is_ascii_digit()));
    let rows = |field: &str| {
        field.contains('\n')
            && field.bytes().filter(|b| *b == by).count() + 1 >= columns
            && field.lines().skip(1).any(|line| line.as_bytes().contains(&by) && numbered(line))
    };
    columns > 2 && record.iter().any(rows)
}

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
