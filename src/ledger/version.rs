//! A ledger file as it was read: what stands in it now, and what the program had written. Must not decide which value is right.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::place::column_letters;
use crate::base::text::Text;
use crate::record::ledger::{Ledger, LedgerColumn, LedgerValue};

/// One version of a ledger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Version {
    /// File name.
    pub file: String,
    /// Columns from the left.
    pub columns: Vec<LedgerColumn>,
    /// Where each stands.
    pub at: Vec<u16>,
    /// Rows from the top.
    pub lines: Vec<Line>,
    /// What the program wrote into this file.
    pub base: Ledger,
    /// Rows of 冲突 that are still listed: key and column.
    pub unsettled: BTreeSet<(String, String)>,
    /// Sheets that the program did not write.
    pub foreign: Vec<String>,
    /// What has to be said of the file.
    pub said: Vec<Text>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Key as it stands there; blank for a row that people added.
    pub key: String,
    /// Zero-based row of the sheet.
    pub row: u32,
    /// Cells by column id; blank ones are left out.
    pub cells: BTreeMap<String, LedgerValue>,
    /// Notes by column id.
    pub notes: BTreeMap<String, String>,
}

impl Line {
    /// What a cell shows, blank when there is nothing.
    pub fn shown(&self, column: &str) -> String {
        self.cells.get(column).map(LedgerValue::shown).unwrap_or_default()
    }
}

impl Version {
    /// Where a cell is, as people name it.
    pub fn place(&self, line: &Line, column: &str) -> String {
        let at = self.columns.iter().position(|c| c.id == column).and_then(|i| self.at.get(i));
        at.map_or_else(String::new, |col| format!("{}{}", column_letters(*col), line.row + 1))
    }

    /// Whether it has a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c.id == column)
    }
}
