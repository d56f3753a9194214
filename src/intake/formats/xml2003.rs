//! XML Spreadsheet 2003: the tables that national systems and WPS write as `.xls`. Must not look at formulas.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::held::{Held, Keep, Room};
use super::super::layout::{LAST_COL, LAST_ROW, Layout, Merge, too_wide};
use super::super::package::attribute;
use super::super::preflight::Refusal;
use super::super::row::Kind;
use super::broken;

/// Adds what an entity stands for.
pub fn entity(name: &BytesRef<'_>, to: &mut String) {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        to.push(c);
    } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(name) {
        to.push_str(text);
    } else {
        to.push('&');
        to.push_str(name);
        to.push(';');
    }
}

/// A day and a time of day.
pub type Moment = ((u16, u8, u8), (u8, u8, u8));

/// `2024-03-05T08:30:00.000`, or the day alone.
pub fn moment(text: &str) -> Option<Moment> {
    let (date, time) = text.trim().split_once('T').unwrap_or((text.trim(), "00:00:00"));
    let mut parts = date.splitn(3, '-');
    let date = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let mut parts = time.splitn(3, ':').map(|p| p.split(['.', ',', 'Z']).next().unwrap_or(""));
    let mut next = || parts.next().map_or(Some(0), |p| p.parse().ok());
    Some((date, (next()?, next()?, next()?)))
}

/// The sheets of a text that passed the pre-flight.
///
/// # Errors
/// It is no such XML at all.
pub fn read(text: &str, room: &Room) -> Result<Vec<Held>, Refusal> {
    let from_1904 = text.contains(":Date1904") || text.contains("<Date1904");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut held: Vec<Held> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "Worksheet" => {
                let name = attribute(&tag, "Name").unwrap_or_default();
                let mut keep = Keep::new(room, from_1904, Layout::default());
                let (end, hidden) = worksheet(&mut reader, &mut keep);
                let stop = end.is_err();
                let mut sheet = keep.done(name, end);
                sheet.layout.hidden = hidden;
                held.push(sheet);
                if stop {
                    return Ok(held);
                }
            }
            Ok(Event::Eof) => return Ok(held),
            Ok(_) => {}
            Err(e) if held.is_empty() => return Err(broken(&e, 0)),
            Err(_) => return Ok(held),
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    text: String,
    inside: bool,
    comment: bool,
    right: u32,
    down: u32,
}

fn count(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse::<u64>().ok().map(|n| u32::try_from(n).unwrap_or(u32::MAX))
}

fn worksheet(reader: &mut Reader<&[u8]>, keep: &mut Keep<'_>) -> (Result<(), Refusal>, bool) {
    let mut hidden = false;
    let end = rows(reader, keep, &mut hidden);
    (end, hidden)
}

fn rows(reader: &mut Reader<&[u8]>, keep: &mut Keep<'_>, hidden: &mut bool) -> Result<(), Refusal> {
    let (mut next_row, mut row, mut next_col) = (0_u32, 0_u32, 0_u32);
    let (mut cell, mut visible) = (None::<Cell>, false);
    loop {
        let event = reader.read_event().map_err(|e| broken(&e, row))?;
        let (tag, empty) = match event {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "Worksheet" => return keep.next(row),
                    "Cell" => put(cell.take(), next_col, row, keep)?,
                    "Data" => cell.iter_mut().for_each(|c| c.inside = false),
                    "Comment" => cell.iter_mut().for_each(|c| c.comment = false),
                    "Visible" => visible = false,
                    _ => {}
                }
                continue;
            }
            Event::Text(text) => {
                *hidden |= visible && text.contains("Hidden");
                cell.iter_mut().filter(|c| c.inside).for_each(|c| c.text.push_str(&text));
                continue;
            }
            Event::CData(text) => {
                cell.iter_mut().filter(|c| c.inside).for_each(|c| c.text.push_str(&text));
                continue;
            }
            Event::GeneralRef(name) => {
                cell.iter_mut().filter(|c| c.inside).for_each(|c| entity(&name, &mut c.text));
                continue;
            }
            Event::Eof => return Err(broken(&"EOF", row)),
            _ => continue,
        };
        match tag.local_name().as_ref() {
            "Row" => {
                row = count(&tag, "Index").map_or(next_row, |n| n.saturating_sub(1));
                if row > LAST_ROW {
                    return Err(broken(&"Index", next_row));
                }
                let span = count(&tag, "Span").unwrap_or(0);
                next_row = row.saturating_add(1).saturating_add(span);
                if attribute(&tag, "Hidden").is_some_and(|h| h == "1") {
                    keep.hide(span.saturating_add(1));
                }
                keep.next(row)?;
                next_col = 0;
            }
            "Cell" => {
                let right = count(&tag, "MergeAcross").unwrap_or(0);
                let from = count(&tag, "Index").map_or(next_col, |n| n.saturating_sub(1));
                let new = Cell { right, down: count(&tag, "MergeDown").unwrap_or(0), ..Cell::default() };
                next_col = from.saturating_add(right).saturating_add(1);
                if !empty {
                    cell = Some(new);
                }
            }
            "Comment" if !empty => cell.iter_mut().for_each(|c| c.comment = true),
            "Data" if !empty => {
                for cell in cell.iter_mut().filter(|c| !c.comment) {
                    cell.kind = attribute(&tag, "Type").unwrap_or_default();
                    cell.inside = true;
                }
            }
            "Visible" => visible = !empty,
            _ => {}
        }
    }
}

fn put(cell: Option<Cell>, next: u32, row: u32, keep: &mut Keep<'_>) -> Result<(), Refusal> {
    let Some(cell) = cell.filter(|c| !c.text.trim().is_empty()) else { return Ok(()) };
    let left = next.saturating_sub(cell.right).saturating_sub(1);
    let left = u16::try_from(left).ok().filter(|c| *c <= LAST_COL).ok_or_else(|| too_wide(row))?;
    let own = keep.row();
    let text = cell.text.trim();
    match cell.kind.as_str() {
        "Number" => match text.parse::<f64>() {
            Ok(n) => own.push_number(left, n),
            Err(_) => own.push(left, Kind::Text, text),
        },
        "DateTime" => match moment(text) {
            Some((date, time)) => own.push_date(left, date, time),
            None => own.push(left, Kind::Text, text),
        },
        "Boolean" => own.push(left, Kind::Text, if text == "0" { "FALSE" } else { "TRUE" }),
        "Error" => own.push(left, Kind::Error, text),
        _ => own.push(left, Kind::Text, text),
    }
    if cell.right > 0 || cell.down > 0 {
        let right = left.saturating_add(u16::try_from(cell.right).unwrap_or(u16::MAX)).min(LAST_COL);
        keep.merge(Merge { top: row, left, bottom: row.saturating_add(cell.down).min(LAST_ROW), right });
    }
    keep.spend(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        assert_eq!(moment("2024-03-05T08:30:01.000"), Some(((2024, 3, 5), (8, 30, 1))));
        assert_eq!(moment("2024-03-05"), Some(((2024, 3, 5), (0, 0, 0))));
        assert_eq!((moment("昨天"), moment("2024-03"), moment("T")), (None, None, None));
    }
}
