//! OpenDocument spreadsheets (ods, and the flat fods), event by event. Must not look at formulas: their last value stands beside them.
//!
//! Why own code: calamine expands what a file says is repeated into a whole grid, so that a small file can fill the memory, and it says
//! nothing of merges, hidden rows and errors.

use std::collections::BTreeSet;
use std::io::{BufRead, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::held::{Held, Keep, Room};
use super::super::layout::{LAST_COL, LAST_ROW, Layout, Merge, too_wide};
use super::super::package::{self, Zip, attribute};
use super::super::preflight::Refusal;
use super::super::row::{Kind, written};
use super::broken;
use super::xml2003::{entity, moment};
use crate::say;

/// The sheets of a workbook that passed the pre-flight.
///
/// # Errors
/// Its structure is damaged.
pub fn read(bytes: &[u8], room: &Room) -> Result<Vec<Held>, Refusal> {
    let mut zip = Zip::new(Cursor::new(bytes)).map_err(|e| package::damaged(&e))?;
    let Some(part) = package::open_part(&mut zip, "content.xml") else {
        return Err(("P002", say!("找不到表格内容", "the content is missing")));
    };
    sheets(part, room)
}

/// The sheets of a flat file, or of the content of an archive.
///
/// # Errors
/// Nothing could be read.
pub fn sheets(from: impl BufRead, room: &Room) -> Result<Vec<Held>, Refusal> {
    let mut xml = Xml { reader: Reader::from_reader(from), buffer: Vec::new(), hidden: BTreeSet::new(), style: None };
    xml.reader.config_mut().check_end_names = false;
    let mut held = Vec::new();
    loop {
        xml.buffer.clear();
        let event = xml.reader.read_event_into(&mut xml.buffer);
        match event {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "table" => {
                    let name = attribute(&tag, "name").unwrap_or_default();
                    let hidden = attribute(&tag, "style-name").is_some_and(|s| xml.hidden.contains(&s));
                    let mut keep = Keep::new(room, false, Layout { hidden, ..Layout::default() });
                    let end = xml.table(&mut keep);
                    let stop = end.is_err();
                    held.push(keep.done(name, end));
                    if stop {
                        return Ok(held);
                    }
                }
                "style" => xml.style = attribute(&tag, "name"),
                "table-properties" if is_hidden(&tag) => xml.hidden.extend(xml.style.clone()),
                "tracked-changes" => {
                    let name = tag.name().as_ref().to_owned();
                    let _ = xml.skip(&name);
                }
                _ => {}
            },
            Ok(Event::Empty(tag)) if tag.local_name().as_ref() == "table-properties" && is_hidden(&tag) => {
                xml.hidden.extend(xml.style.clone());
            }
            Ok(Event::Eof) => return Ok(held),
            Ok(_) => {}
            Err(e) if held.is_empty() => return Err(broken(&e, 0)),
            // A sheet that could not be read to its end has said so.
            Err(_) => return Ok(held),
        }
    }
}

struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// Styles of hidden sheets.
    hidden: BTreeSet<String>,
    style: Option<String>,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    repeated: u32,
    columns: u32,
    rows: u32,
    text: String,
    paragraphs: u32,
}

fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|v| v.trim().parse::<u64>().ok()).map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX)).max(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "display").is_some_and(|d| d == "false")
}

impl<R: BufRead> Xml<R> {
    /// Passes everything up to the end of an element that has begun.
    fn skip(&mut self, name: &str) -> Result<(), quick_xml::Error> {
        let mut depth = 1_u32;
        while depth > 0 {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer)? {
                Event::Start(tag) if tag.name().as_ref() == name => depth += 1,
                Event::End(tag) if tag.name().as_ref() == name => depth -= 1,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, keep: &mut Keep<'_>) -> Result<(), Refusal> {
        let (mut row, mut repeated, mut col, mut cell) = (0_u32, 1_u32, 0_u32, None::<Cell>);
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|e| broken(&e, row))?;
            let (tag, empty) = match event {
                Event::Start(tag) => (tag, false),
                Event::Empty(tag) => (tag, true),
                Event::End(tag) => {
                    match tag.local_name().as_ref() {
                        "table" => return Ok(()),
                        "table-row" => {
                            repeat(keep, row, repeated)?;
                            row = row.saturating_add(repeated);
                        }
                        "table-cell" | "covered-table-cell" => put(cell.take(), &mut col, row, keep)?,
                        _ => {}
                    }
                    continue;
                }
                Event::Text(text) => {
                    if let Some(cell) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                        cell.text.push_str(&text);
                    }
                    continue;
                }
                Event::CData(text) => {
                    if let Some(cell) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                        cell.text.push_str(&text);
                    }
                    continue;
                }
                Event::GeneralRef(name) => {
                    if let Some(cell) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                        entity(&name, &mut cell.text);
                    }
                    continue;
                }
                Event::Eof => return Err(broken(&"EOF", row)),
                _ => continue,
            };
            match tag.local_name().as_ref() {
                "table-row" => {
                    repeated = number(&tag, "number-rows-repeated");
                    if attribute(&tag, "visibility").is_some_and(|v| v != "visible") {
                        // LibreOffice hides the rest of a sheet to its last row.
                        keep.hide(if repeated > 100_000 { 0 } else { repeated });
                    }
                    keep.next(row)?;
                    if row > LAST_ROW {
                        return Err(broken(&"rows", row));
                    }
                    if empty {
                        row = row.saturating_add(repeated);
                    }
                    col = 0;
                }
                "table-cell" | "covered-table-cell" => {
                    let value = ["value", "date-value", "boolean-value", "string-value", "time-value"];
                    let office = |t: &BytesStart<'_>| attribute(t, "value-type").unwrap_or_default();
                    let new = Cell {
                        kind: office(&tag),
                        value: value.iter().find_map(|v| attribute(&tag, v)).unwrap_or_default(),
                        repeated: number(&tag, "number-columns-repeated"),
                        columns: number(&tag, "number-columns-spanned"),
                        rows: number(&tag, "number-rows-spanned"),
                        ..Cell::default()
                    };
                    if empty { put(Some(new), &mut col, row, keep)? } else { cell = Some(new) }
                }
                "p" => {
                    if let Some(cell) = &mut cell {
                        if cell.paragraphs > 0 {
                            cell.text.push('\n');
                        }
                        cell.paragraphs += 1;
                    }
                }
                "s" => cell.iter_mut().for_each(|c| c.text.extend(std::iter::repeat_n(' ', number(&tag, "c").min(1000) as usize))),
                "tab" => cell.iter_mut().for_each(|c| c.text.push('\t')),
                "line-break" => cell.iter_mut().for_each(|c| c.text.push('\n')),
                "annotation" | "shapes" | "frame" | "custom-shape" | "table" if !empty => {
                    let name = tag.name().as_ref().to_owned();
                    self.skip(&name).map_err(|e| broken(&e, row))?;
                }
                _ => {}
            }
        }
    }
}

/// The row is whole; a file may say that it stands there several times.
fn repeat(keep: &mut Keep<'_>, row: u32, repeated: u32) -> Result<(), Refusal> {
    if repeated < 2 || keep.row().is_empty() {
        return keep.next(row.saturating_add(repeated));
    }
    let one = keep.row().clone();
    for n in 1..repeated {
        if row.saturating_add(n) > LAST_ROW {
            break;
        }
        keep.next(row + n)?;
        for cell in one.cells() {
            keep.row().put(cell.col, cell.kind, cell.text, None);
        }
    }
    keep.next(row.saturating_add(repeated))
}

fn put(cell: Option<Cell>, col: &mut u32, row: u32, keep: &mut Keep<'_>) -> Result<(), Refusal> {
    let Some(cell) = cell else { return Ok(()) };
    let from = *col;
    *col = col.saturating_add(cell.repeated);
    let blank = cell.text.trim().is_empty() && cell.value.is_empty();
    if blank {
        return Ok(());
    }
    if from > u32::from(LAST_COL) {
        return Err(too_wide(row));
    }
    let times = cell.repeated.min(u32::from(LAST_COL) + 1 - from);
    keep.spend(u64::from(times))?;
    let left = u16::try_from(from).unwrap_or(LAST_COL);
    for at in (left..=LAST_COL).take(times as usize) {
        let own = keep.row();
        match cell.kind.as_str() {
            "float" | "percentage" | "currency" if written(&cell.text) == Kind::Text => match cell.value.trim().parse::<f64>() {
                Ok(n) => own.push_number(at, n),
                Err(_) => own.push(at, Kind::Text, &cell.text),
            },
            "date" => match moment(&cell.value) {
                Some((date, time)) => own.push_date(at, date, time),
                None => own.push(at, Kind::Text, if cell.text.is_empty() { &cell.value } else { &cell.text }),
            },
            "boolean" => own.push(at, Kind::Text, if cell.value == "true" { "TRUE" } else { "FALSE" }),
            _ => {
                let text = if cell.paragraphs == 0 { &cell.value } else { &cell.text };
                own.push(at, written(text), text);
            }
        }
    }
    if cell.columns > 1 || cell.rows > 1 {
        let right = left.saturating_add(u16::try_from(cell.columns - 1).unwrap_or(u16::MAX));
        let bottom = row.saturating_add(cell.rows - 1);
        keep.merge(Merge { top: row, left, bottom: bottom.min(LAST_ROW), right: right.min(LAST_COL) });
    }
    Ok(())
}
