//! HTML tables that web systems and Excel write as `.xls`: each table is a sheet, one inside another too. Must not run or fetch anything.
//!
//! The tokenizer is html5gum: it follows the standard, so that markup as browsers take it (unclosed cells, bare attributes,
//! `<![if …]>`) is read as browsers read it, in one pass, without a tree, at the speed that `benches/registers` prints.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::super::held::{Held, Keep, Room};
use super::super::layout::{LAST_COL, LAST_ROW, Layout, Merge, too_wide};
use super::super::preflight::Refusal;
use super::super::row::written;
use crate::say;

/// Tables of one file.
const MAX_TABLES: usize = 2000;
/// Tables inside one another.
const MAX_DEPTH: usize = 50;

/// The tables of a text.
pub fn read(text: &str, room: &Room) -> Vec<Held> {
    let mut page = Page { room, open: Vec::new(), done: Vec::new(), names: 0, tag: Tag::default(), failed: None };
    {
        let page = &mut page;
        let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| page.event(event).err());
        let mut tokenizer = Tokenizer::new_with_emitter(text, emitter);
        // Anything that is given back is the reason to stop.
        let _ = tokenizer.next();
    }
    while !page.open.is_empty() {
        page.close();
    }
    if let Some(why) = page.failed.take() {
        let number = page.names;
        page.done.push((number, Keep::new(room, false, Layout::default()).done(format!("表{number}"), Err(why))));
    }
    page.done.sort_by_key(|(number, _)| *number);
    page.done.into_iter().map(|(_, sheet)| sheet).filter(|sheet| !sheet.is_empty()).collect()
}

/// The tag that is being read.
#[derive(Default)]
struct Tag {
    name: Name,
    attribute: Attribute,
    colspan: u32,
    rowspan: u32,
    hidden: bool,
    number: Option<f64>,
    numeric: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Name {
    Table,
    Row,
    Cell,
    Break,
    Block,
    /// Nothing inside is shown.
    Dark,
    #[default]
    Other,
}

#[derive(Default, Clone, Copy)]
enum Attribute {
    Colspan,
    Rowspan,
    Style,
    Number,
    #[default]
    Other,
}

fn name(tag: &[u8]) -> Name {
    match tag {
        b"table" => Name::Table,
        b"tr" => Name::Row,
        b"td" | b"th" => Name::Cell,
        b"br" => Name::Break,
        b"p" | b"div" | b"li" => Name::Block,
        b"script" | b"style" | b"title" | b"template" | b"noscript" | b"select" => Name::Dark,
        _ => Name::Other,
    }
}

/// A table that is open.
struct Table<'a> {
    number: usize,
    keep: Keep<'a>,
    /// The next row.
    next: u32,
    /// First column that is free.
    col: u32,
    in_row: bool,
    cell: bool,
    /// Until which row a column is taken by a cell above.
    taken: Vec<u32>,
    text: String,
    colspan: u32,
    rowspan: u32,
    value: Option<f64>,
    numeric: bool,
    dark: u32,
}

struct Page<'a> {
    room: &'a Room,
    open: Vec<Table<'a>>,
    done: Vec<(usize, Held)>,
    names: usize,
    tag: Tag,
    failed: Option<Refusal>,
}

impl Page<'_> {
    fn event(&mut self, event: CallbackEvent<'_>) -> Result<(), ()> {
        match event {
            CallbackEvent::OpenStartTag { name: tag } => self.tag = Tag { name: name(tag), colspan: 1, rowspan: 1, ..Tag::default() },
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => return self.start().map_err(|why| self.failed = Some(why)),
            CallbackEvent::EndTag { name: tag } => return self.end(name(tag)).map_err(|why| self.failed = Some(why)),
            CallbackEvent::String { value } => {
                if let Some(table) = self.open.last_mut().filter(|t| t.cell && t.dark == 0) {
                    add(&mut table.text, value);
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        Ok(())
    }

    fn attribute(&mut self, name: &[u8]) {
        self.tag.attribute = match name {
            b"colspan" => Attribute::Colspan,
            b"rowspan" => Attribute::Rowspan,
            b"style" => Attribute::Style,
            b"x:num" => {
                self.tag.numeric = true;
                Attribute::Number
            }
            b"hidden" => {
                self.tag.hidden = true;
                Attribute::Other
            }
            _ => Attribute::Other,
        };
    }

    fn value(&mut self, value: &[u8]) {
        let text = || std::str::from_utf8(value).unwrap_or_default().trim();
        let span = || text().parse::<u64>().map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX)).max(1);
        match self.tag.attribute {
            Attribute::Colspan => self.tag.colspan = span(),
            Attribute::Rowspan => self.tag.rowspan = span(),
            // Most styles have nothing to say here.
            Attribute::Style if !value.windows(4).any(|w| w.eq_ignore_ascii_case(b"none")) => {}
            Attribute::Style => {
                let style: String = text().chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                self.tag.hidden |= style.contains("display:none");
            }
            Attribute::Number => self.tag.number = text().parse().ok(),
            Attribute::Other => {}
        }
    }

    fn start(&mut self) -> Result<(), Refusal> {
        let tag = std::mem::take(&mut self.tag);
        if tag.name == Name::Table && self.open.len() < MAX_DEPTH {
            self.names += 1;
            if self.names > MAX_TABLES {
                return Err(("P005", say!("一个文件里有 {MAX_TABLES} 个以上的表", "more than {MAX_TABLES} tables in one file")));
            }
            self.open.push(Table {
                number: self.names,
                keep: Keep::new(self.room, false, Layout::default()),
                next: 0,
                col: 0,
                in_row: false,
                cell: false,
                taken: Vec::new(),
                text: String::new(),
                colspan: 1,
                rowspan: 1,
                value: None,
                numeric: false,
                dark: 0,
            });
            return Ok(());
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        match tag.name {
            Name::Row => {
                table.end_row()?;
                table.start_row();
                table.keep.hide(u32::from(tag.hidden));
            }
            Name::Cell => {
                table.end_cell()?;
                if !table.in_row {
                    table.start_row();
                }
                table.cell = true;
                (table.colspan, table.rowspan) = (tag.colspan, tag.rowspan);
                (table.value, table.numeric) = (tag.number, tag.numeric);
            }
            Name::Break if table.cell => table.text.push('\n'),
            Name::Block if table.cell && !table.text.trim().is_empty() => table.text.push('\n'),
            Name::Dark => table.dark += 1,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: Name) -> Result<(), Refusal> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        match name {
            Name::Table => {
                table.end_row()?;
                self.close();
            }
            Name::Row => table.end_row()?,
            Name::Cell => table.end_cell()?,
            Name::Block if table.cell && !table.text.trim().is_empty() => table.text.push('\n'),
            Name::Dark => table.dark = table.dark.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// The innermost table is over.
    fn close(&mut self) {
        let Some(mut table) = self.open.pop() else { return };
        let end = match self.failed.take() {
            Some(why) => Err(why),
            None => table.end_row(),
        };
        let number = table.number;
        self.done.push((number, table.keep.done(format!("表{number}"), end)));
    }
}

impl Table<'_> {
    fn start_row(&mut self) {
        (self.in_row, self.col) = (true, 0);
        self.keep.row().start(self.next);
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if std::mem::take(&mut self.in_row) {
            self.next = self.next.saturating_add(1);
            self.keep.next(self.next)?;
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        if !std::mem::take(&mut self.cell) {
            return Ok(());
        }
        self.dark = 0;
        let row = self.next;
        let from = self.col;
        while self.taken.get(self.col as usize).is_some_and(|until| *until > row) {
            self.col += 1;
        }
        if self.col > from {
            self.keep.spend((self.col - from).into())?;
        }
        let left = u16::try_from(self.col).ok().filter(|c| *c <= LAST_COL).ok_or_else(|| too_wide(row))?;
        let text = self.text.trim();
        let own = self.keep.row();
        match self.value {
            _ if !self.numeric => own.push(left, written(text), text),
            value => match shown(text).map(|n| value.unwrap_or(n)) {
                Some(n) => own.push_number(left, n),
                None => own.push(left, written(text), text),
            },
        }
        let blank = text.is_empty();
        self.text.clear();
        let right = u32::from(left).saturating_add(self.colspan - 1).min(u32::from(LAST_COL));
        let bottom = row.saturating_add(self.rowspan - 1).min(LAST_ROW);
        self.col = right + 1;
        if self.colspan > 1 || self.rowspan > 1 {
            let width = right - u32::from(left) + 1;
            self.keep.spend(width.into())?;
            if self.rowspan > 1 {
                if self.taken.len() <= right as usize {
                    self.taken.resize(right as usize + 1, 0);
                }
                self.taken[usize::from(left)..=right as usize].fill(bottom + 1);
            }
            if !blank {
                self.keep.merge(Merge { top: row, left, bottom, right: u16::try_from(right).unwrap_or(LAST_COL) });
            }
        }
        Ok(())
    }
}

/// The number that people see, if they see one.
fn shown(text: &str) -> Option<f64> {
    if text.contains(',') { text.replace(',', "").parse().ok() } else { text.parse().ok() }
}

/// Adds text as a browser shows it: any run of blanks is one space.
fn add(to: &mut String, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let blank = |b: &u8| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | 0x0C);
    if bytes.iter().any(blank) {
        for c in text.chars() {
            if !u8::try_from(c).is_ok_and(|b| blank(&b)) {
                to.push(c);
            } else if !to.as_bytes().last().is_some_and(blank) {
                to.push(' ');
            }
        }
    } else {
        to.push_str(text);
    }
}
