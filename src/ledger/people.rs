//! Which row of a file is which: by key, else by what it says; the rest was written by hand. Must not change a value.

use std::collections::{BTreeMap, BTreeSet};

use super::column as c;
use super::version::{Line, Version};
use crate::base::digest::sha256;
use crate::base::text::Text;
use crate::record::ledger::{LedgerRow, LedgerValue};
use crate::say;

/// A row that people added.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Which line.
    pub line: usize,
    cells: BTreeMap<String, LedgerValue>,
    notes: BTreeMap<String, String>,
}

impl Hand {
    /// As a row of the ledger.
    pub fn row(&self) -> LedgerRow {
        LedgerRow { cells: self.cells.clone(), notes: self.notes.clone(), ..LedgerRow::default() }
    }

    /// The same content has the same hash.
    pub fn hash(&self) -> String {
        let mut hash = sha256(serde_json::to_string(&self.cells).unwrap_or_default().as_bytes());
        hash.truncate(16);
        hash
    }
}

fn hand(at: usize, line: &Line) -> Hand {
    let mut cells = line.cells.clone();
    cells.remove(c::KEY);
    Hand { line: at, cells, notes: line.notes.clone() }
}

/// What tells a row from others where its key is lost.
fn words(shown: impl Fn(&str) -> String) -> [String; 5] {
    [c::OFFICE, c::CASE_NO, c::STAGE, c::CRITERION, c::FOUND].map(shown)
}

/// The lines with their keys, and those written by hand.
pub fn paired(version: &Version, base: &BTreeMap<&str, &LedgerRow>, said: &mut Vec<Text>) -> (Vec<(usize, String)>, Vec<Hand>) {
    let file = &version.file;
    let mut by_words: BTreeMap<[String; 5], Option<&str>> = BTreeMap::new();
    for (key, row) in base {
        let same = by_words.entry(words(|column| row.shown(column))).or_insert(Some(key));
        if *same != Some(key) {
            *same = None;
        }
    }
    let there: BTreeSet<&str> = version.lines.iter().map(|l| l.key.as_str()).collect();
    let (mut pairs, mut hands, mut used) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, line) in version.lines.iter().enumerate() {
        let found = by_words.get(&words(|column| line.shown(column))).copied().flatten();
        let known = base.contains_key(line.key.as_str());
        let key = if known { Some(line.key.as_str()) } else { found.filter(|k| !there.contains(k) && !used.contains(k)) };
        match key {
            Some(key) if used.insert(key) => pairs.push((at, key.to_owned())),
            Some(_) => {
                let row = line.row + 1;
                said.push(say!(
                    "{file} 第 {row} 行与前面的一行编号重复（可能是复制的行），按手工登记的行保留，程序不再核对",
                    "row {row} of {file} repeats the key of a row above (copied, perhaps); it is kept as a row written by hand"
                ));
                hands.push(hand(at, line));
            }
            None => hands.push(hand(at, line)),
        }
    }
    (pairs, hands)
}
