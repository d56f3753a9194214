//! A ledger read back, whoever saved it: Excel, WPS, LibreOffice or a script. Must not take a file for a ledger that lacks what the
//! program wrote into it, since edits could not be told from what stood there before.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use super::column as c;
use super::version::{Line, Version};
use super::{BASE_SHEET, CONFLICT_SHEET, SHEET, SUMMARY_SHEET, whose};
use crate::base::date;
use crate::base::text::Text;
use crate::intake::notes;
use crate::intake::register::{Register, bytes_of};
use crate::intake::row::{Cell, Kind, Row};
use crate::intake::settings::Limits;
use crate::intake::sheet::serial;
use crate::record::ledger::{Ledger, LedgerColumn, LedgerValue};
use crate::say;

/// Columns of days.
const DAYS: [&str; 3] = [c::ISSUED, c::DUE, c::CHECKED];

/// Begins the line below a table; no row.
const SIGN: &str = "制表人：__";

/// Reads a ledger; `shown` is its name in messages.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn read(path: &Path, shown: &str) -> Result<Version, Text> {
    let limits = Limits::default();
    let bytes = bytes_of(path, shown, limits.max_bytes).map_err(|p| p.message)?;
    let mut register = Register::read(bytes.clone(), shown, &limits).map_err(|p| p.message)?;
    let notes = notes::of(&bytes, SHEET);
    drop(bytes);
    let mut version = Version { file: shown.to_owned(), ..Version::default() };
    let names: Vec<String> = register.origins.iter().map(|o| o.sheet.clone().unwrap_or_default()).collect();
    let at = |name: &str| names.iter().position(|n| n == name);
    let (Some(base), Some(sheet)) = (at(BASE_SHEET), at(SHEET)) else {
        return Err(say!(
            "{shown} 不是 juanping 写的整改台账，或隐藏的“台账底稿”表被删了，分不清哪些是改过的。请在程序写的台账里改，或用 -o 指定别的文件名",
            "{shown} is no ledger of juanping, or its hidden sheet was deleted, so edits cannot be told; edit the ledger that the program wrote, \
             or give another name with -o"
        ));
    };
    version.base = base_of(&mut register, base, shown)?;
    rows_of(&mut register, sheet, &notes, &mut version)?;
    if let Some(sheet) = at(CONFLICT_SHEET) {
        let problem = register.stream(sheet, &mut |row| {
            let cells: Vec<&str> = row.cells().map(|x| x.text).collect();
            if let [key, column, ..] = cells.iter().rev().take(2).rev().copied().collect::<Vec<_>>().as_slice() {
                version.unsettled.insert(((*key).to_owned(), (*column).to_owned()));
            }
            ControlFlow::Continue(())
        });
        if let Some(problem) = problem {
            return Err(problem.message);
        }
    }
    let ours = [SHEET, SUMMARY_SHEET, CONFLICT_SHEET, BASE_SHEET];
    version.foreign = names.into_iter().filter(|n| !ours.contains(&n.as_str())).collect();
    Ok(version)
}

fn base_of(register: &mut Register, sheet: usize, shown: &str) -> Result<Ledger, Text> {
    match register.lines::<Ledger, _>(sheet) {
        Some((head, rows)) if head.format == 1 => Ok(Ledger { rows, ..head }),
        _ => Err(say!(
            "{shown} 隐藏的“台账底稿”表被改动过或不完整，分不清哪些是改过的；请用没有动过那张表的台账",
            "the hidden sheet of {shown} was changed or is not whole, so edits cannot be told; use a ledger whose hidden sheet nobody touched"
        )),
    }
}

/// The heading without blanks and line breaks.
fn plain(title: &str) -> String {
    title.chars().filter(|x| !x.is_whitespace()).collect()
}

fn rows_of(register: &mut Register, sheet: usize, notes: &BTreeMap<(u32, u16), String>, version: &mut Version) -> Result<(), Text> {
    let mut bad = Vec::new();
    let mut widest = 0;
    let problem = register.stream(sheet, &mut |row| {
        if version.columns.is_empty() {
            let known = row.cells().filter(|x| x.merged.is_none() && whose(&plain(x.text)) != "own").count();
            if known >= 6 {
                head(row, version);
            }
            return ControlFlow::Continue(());
        }
        let mut line = Line { row: row.number, ..Line::default() };
        // A cell merged over several rows stands for each of them.
        for cell in row.cells().filter(|x| x.merged.is_none_or(|(_, col)| col == x.col)) {
            widest = cell.col.max(widest);
            let Some(at) = version.at.iter().position(|col| *col == cell.col) else {
                // A column without a heading is still somebody's.
                let id = own_id(version, "");
                version.columns.push(LedgerColumn { id: id.clone(), title: String::new(), whose: "own".to_owned() });
                version.at.push(cell.col);
                line.cells.insert(id, value(&cell, row.from_1904, false));
                continue;
            };
            let Some(column) = version.columns.get(at) else { continue };
            let day = DAYS.contains(&column.id.as_str());
            let value = value(&cell, row.from_1904, day);
            if day && !matches!(value, LedgerValue::Day { .. }) {
                bad.push((row.number, cell.col, column.title.clone(), cell.text.to_owned()));
            }
            line.cells.insert(column.id.clone(), value);
        }
        let first = row.cells().next().map_or("", |x| x.text);
        if line.cells.is_empty() || first.starts_with(SIGN) || (line.cells.len() == 1 && first == "（无）") {
            return ControlFlow::Continue(());
        }
        line.key = line.shown(c::KEY);
        version.lines.push(line);
        ControlFlow::Continue(())
    });
    if let Some(problem) = problem {
        return Err(problem.message);
    }
    let file = version.file.clone();
    if version.columns.is_empty() {
        return Err(say!("{file} 的“整改台账”表里找不到表头", "the sheet of {file} has no heading any more"));
    }
    in_order(version);
    for line in &mut version.lines {
        for (at, column) in version.at.iter().zip(&version.columns) {
            if let Some(note) = notes.get(&(line.row, *at)) {
                line.notes.insert(column.id.clone(), note.clone());
            }
        }
    }
    for (row, col, title, text) in bad {
        let cell = format!("{}{}", crate::base::place::column_letters(col), row + 1);
        version.said.push(say!(
            "{file} 的 {cell}（{title}）“{text}”不是日期，照原样保留；请写成 2025-03-01 的样子",
            "{file} {cell} ({title}): {text:?} is no date and was kept as it is; write it as 2025-03-01"
        ));
    }
    Ok(())
}

fn own_id(version: &Version, title: &str) -> String {
    let name = if title.is_empty() { "（无标题）" } else { title };
    let free = |id: &String| !version.has(id);
    std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name} ({n})"))).find(free).unwrap_or_default()
}

fn head(row: &Row, version: &mut Version) {
    for cell in row.cells() {
        let plain = plain(cell.text);
        let known = whose(&plain) != "own" && !version.has(&plain);
        let id = if known { plain } else { own_id(version, cell.text) };
        let whose = whose(&id).to_owned();
        let title = if known { id.clone() } else { cell.text.to_owned() };
        version.columns.push(LedgerColumn { id, title, whose });
        version.at.push(cell.col);
    }
}

/// Columns from the left, also those that were only found by a cell.
fn in_order(version: &mut Version) {
    let mut pairs: Vec<(u16, LedgerColumn)> = version.at.drain(..).zip(version.columns.drain(..)).collect();
    pairs.sort_by_key(|(at, _)| *at);
    (version.at, version.columns) = pairs.into_iter().unzip();
}

fn value(cell: &Cell<'_>, from_1904: bool, day: bool) -> LedgerValue {
    let text = cell.text.replace("\r\n", "\n");
    let of = |d: jiff::civil::Date| LedgerValue::Day { day: d.to_string() };
    match cell.kind {
        Kind::Date(Ok(when)) if day || when.time.is_none() => of(when.date),
        Kind::Number(n) if day => serial(n, from_1904).map_or(LedgerValue::Words(text), |w| of(w.date)),
        Kind::Number(n) if n.is_finite() => LedgerValue::Number(n),
        Kind::Text if day => date::read(&text).map_or(LedgerValue::Words(text), |w| of(w.date)),
        _ => LedgerValue::Words(text),
    }
}
