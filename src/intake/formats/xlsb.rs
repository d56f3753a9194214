//! Binary workbooks (xlsb), record by record. Must not look at formulas: their last value stands beside them.
//!
//! Why own code: calamine reaches beyond short records and string tables, which ends the run of an office, and says nothing of merges
//! and hidden rows.

use std::io::{BufRead, Cursor};

use super::super::held::{Held, Keep, Room};
use super::super::layout::{LAST_ROW, Layout, Merge};
use super::super::package::{self, Zip};
use super::super::preflight::Refusal;
use super::super::row::Kind;
use super::number_format::{self, Format};
use super::xls::{error, rk};
use super::xlsb_parts::{self, Records, Shared, damaged, text_at, u32_at};
use crate::say;

/// The sheets of a workbook that passed the pre-flight.
///
/// # Errors
/// Its structure is damaged.
pub fn read(bytes: &[u8], room: &Room) -> Result<Vec<Held>, Refusal> {
    let mut zip = Zip::new(Cursor::new(bytes)).map_err(|e| package::damaged(&e))?;
    let mut shared = xlsb_parts::read(&mut zip)?;
    let mut held = Vec::new();
    for sheet in std::mem::take(&mut shared.sheets) {
        let layout = Layout { hidden: sheet.hidden, ..Layout::default() };
        // Merges stand behind the cells, so a sheet is walked twice.
        let (layout, whole) = match package::open_part(&mut zip, &sheet.part) {
            Some(part) => merges(part, layout),
            None => (layout, Ok(())),
        };
        let mut keep = Keep::new(room, shared.from_1904, layout);
        let end = match package::open_part(&mut zip, &sheet.part) {
            Some(part) => cells(part, &shared, &mut keep),
            None => Err(("P002", say!("找不到这个工作表的内容", "the sheet's content is missing"))),
        };
        held.push(keep.done(sheet.name, end.and(whole)));
    }
    Ok(held)
}

/// The layout, and whether the part could be read to its end.
fn merges(part: impl BufRead, mut layout: Layout) -> (Layout, Result<(), Refusal>) {
    let mut records = Records::new(part);
    loop {
        let kind = match records.record() {
            Ok(Some(kind)) => kind,
            Ok(None) => return (layout, Err(incomplete())),
            Err(why) => return (layout, Err(why)),
        };
        let at = |i: usize| u32_at(&records.data, i);
        match kind {
            0x0082 => return (layout, Ok(())),
            0x0000 => layout.hidden_rows += u32::from(records.data.get(11).is_some_and(|b| b & 0x10 != 0)),
            0x00B0 => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(4), at(8), at(12))
                    && let (Ok(left), Ok(right)) = (u16::try_from(left), u16::try_from(right))
                {
                    layout.merge(Merge { top, left, bottom, right });
                }
            }
            _ => {}
        }
    }
}

fn cells(part: impl BufRead, shared: &Shared, keep: &mut Keep<'_>) -> Result<(), Refusal> {
    let mut records = Records::new(part);
    while let Some(kind) = records.record()? {
        match kind {
            0x0000 => {
                let row = u32_at(&records.data, 0).filter(|r| *r <= LAST_ROW).ok_or_else(damaged)?;
                keep.next(row)?;
            }
            0x0002..=0x000B | 0x003E => {
                let row = keep.row().number + 1;
                let said = || ("P002", say!("第 {row} 行有一格已损坏", "a cell in row {row} is damaged"));
                cell(kind, &records.data, shared, keep).ok_or_else(said)?;
            }
            // The end of the cells: what comes after is layout and settings.
            0x0092 => return Ok(()),
            _ => {}
        }
    }
    Err(incomplete())
}

fn incomplete() -> Refusal {
    ("P002", say!("工作表没有结尾，可能不完整", "the sheet has no end and may be incomplete"))
}

fn cell(kind: u16, data: &[u8], shared: &Shared, keep: &mut Keep<'_>) -> Option<()> {
    let col = u16::try_from(u32_at(data, 0)?).ok()?;
    let style = u32_at(data, 4)? & 0x00FF_FFFF;
    let format = usize::try_from(style).ok().and_then(|s| shared.styles.get(s)).copied().unwrap_or(Format::Number);
    let row = keep.row();
    match kind {
        0x0002 => number_format::push(row, col, rk(data.get(8..12)?), format, shared.from_1904),
        0x0003 | 0x000B => row.push(col, Kind::Error, error(*data.get(8)?)),
        0x0004 | 0x000A => row.push(col, Kind::Text, if *data.get(8)? == 0 { "FALSE" } else { "TRUE" }),
        0x0005 | 0x0009 => {
            let number = f64::from_le_bytes(data.get(8..16)?.try_into().ok()?);
            number_format::push(row, col, number, format, shared.from_1904);
        }
        0x0006 | 0x0008 => row.push(col, Kind::Text, &text_at(data, 8)?.0),
        0x003E => row.push(col, Kind::Text, &text_at(data, 9)?.0),
        _ => row.push(col, Kind::Text, shared.strings.get(usize::try_from(u32_at(data, 8)?).ok()?)?),
    }
    Some(())
}
