//! Workbooks read as fast as calamine can and written as fast as rust_xlsxwriter can. Must not use anything of juanping.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader as _, Xlsx, open_workbook};

/// Reads every cell of every sheet and counts the filled ones.
pub fn read(paths: &[PathBuf]) -> usize {
    let mut cells = 0;
    for path in paths {
        let mut book: Xlsx<BufReader<File>> = open_workbook(path).expect("a workbook");
        for sheet in book.sheet_names() {
            let mut reader = book.worksheet_cells_reader(&sheet).expect("a sheet");
            while let Some(cell) = reader.next_cell().expect("a cell") {
                cells += usize::from(!matches!(std::hint::black_box(cell.get_value()), DataRef::Empty));
            }
        }
    }
    cells
}

/// A filled cell.
enum Cell {
    Number(f64),
    /// Index of its text.
    Text(u32),
}

/// A sheet: its cells row by row.
type Sheet = Vec<(u32, u16, Cell)>;

/// A workbook that was written, kept so that it can be written again.
pub struct Book {
    sheets: Vec<Sheet>,
    texts: Vec<String>,
}

impl Book {
    /// How many cells it has.
    pub fn cells(&self) -> usize {
        self.sheets.iter().map(Vec::len).sum()
    }
}

/// Reads workbooks to be written again.
pub fn recall(paths: &[PathBuf]) -> Vec<Book> {
    paths.iter().map(|p| book(p)).collect()
}

fn book(path: &Path) -> Book {
    let mut source: Xlsx<BufReader<File>> = open_workbook(path).expect("a workbook");
    let (mut sheets, mut texts, mut known) = (Vec::new(), Vec::new(), HashMap::new());
    for name in source.sheet_names() {
        let mut reader = source.worksheet_cells_reader(&name).expect("a sheet");
        let mut sheet = Sheet::new();
        while let Some(cell) = reader.next_cell().expect("a cell") {
            let (row, col) = cell.get_position();
            let mut text = |text: String| {
                Cell::Text(*known.entry(text).or_insert_with_key(|text: &String| {
                    texts.push(text.clone());
                    u32::try_from(texts.len() - 1).expect("few texts")
                }))
            };
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Float(n) => Cell::Number(*n),
                #[expect(clippy::cast_precision_loss, reason = "cells hold doubles")]
                DataRef::Int(n) => Cell::Number(*n as f64),
                DataRef::DateTime(day) => Cell::Number(day.as_f64()),
                DataRef::SharedString(s) => text((*s).to_owned()),
                DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(s.clone()),
                DataRef::Bool(b) => Cell::Number(f64::from(u8::from(*b))),
                DataRef::Error(e) => text(e.to_string()),
            };
            sheet.push((row, u16::try_from(col).expect("a column"), value));
        }
        sheets.push(sheet);
    }
    Book { sheets, texts }
}

/// Writes the same cells again, without formats, in the writer's fastest mode.
pub fn write(books: &[Book], folder: &Path) {
    for (i, book) in books.iter().enumerate() {
        let mut target = rust_xlsxwriter::Workbook::new();
        for sheet in &book.sheets {
            let page = target.add_worksheet_with_constant_memory().expect("a temporary file");
            for (row, col, cell) in sheet {
                match cell {
                    Cell::Number(n) => page.write_number(*row, *col, *n),
                    Cell::Text(t) => page.write_string(*row, *col, &book.texts[usize::try_from(*t).expect("an index")]),
                }
                .expect("a cell");
            }
        }
        target.save(folder.join(format!("{i}.xlsx"))).expect("a workbook");
    }
}
