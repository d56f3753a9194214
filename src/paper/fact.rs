//! What one paper says (文书要素): values by name, and lists of rows. Must not lay out, and must not guess: what is not known is not put
//! in, and prints as a blank to fill.

use std::collections::BTreeMap;

/// A value as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// Words, without mark-up. Empty words print nothing at all; a blank to fill is a fact that was not put in.
    pub text: String,
    /// Where a figure comes from, such as `results.json /offices/3/rates/1`; empty for what is no figure.
    pub source: String,
}

/// Values by name.
pub type Row = BTreeMap<&'static str, Fact>;

/// All that one paper says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    values: Row,
    lists: BTreeMap<&'static str, Vec<Row>>,
}

impl Facts {
    /// Says words; empty words are not known, and print as a blank to fill.
    pub fn put(&mut self, name: &'static str, text: impl Into<String>) -> &mut Self {
        put(&mut self.values, name, text);
        self
    }

    /// Says words that may be none: then nothing is printed.
    pub fn say(&mut self, name: &'static str, text: impl Into<String>) -> &mut Self {
        self.values.insert(name, Fact { text: text.into(), source: String::new() });
        self
    }

    /// Says a figure and where it comes from.
    pub fn figure(&mut self, name: &'static str, text: impl Into<String>, source: impl Into<String>) -> &mut Self {
        self.values.insert(name, Fact { text: text.into(), source: source.into() });
        self
    }

    /// Says the rows of a list.
    pub fn list(&mut self, name: &'static str, rows: Vec<Row>) -> &mut Self {
        self.lists.insert(name, rows);
        self
    }

    /// Takes over all that others say and this does not.
    pub fn and(&mut self, others: &Self) -> &mut Self {
        for (name, fact) in &others.values {
            self.values.entry(name).or_insert_with(|| fact.clone());
        }
        for (name, rows) in &others.lists {
            self.lists.entry(name).or_insert_with(|| rows.clone());
        }
        self
    }

    /// A value.
    pub fn value(&self, name: &str) -> Option<&Fact> {
        self.values.get(name)
    }

    /// The rows of a list.
    pub fn rows(&self, list: &str) -> &[Row] {
        self.lists.get(list).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every name that is said, those of lists as `list.name`.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let inside = self.lists.iter().flat_map(|(list, rows)| rows.iter().flat_map(move |r| r.keys().map(move |k| format!("{list}.{k}"))));
        self.values.keys().map(|n| (*n).to_owned()).chain(inside)
    }
}

/// Puts words into a row; empty words are not known.
pub fn put(row: &mut Row, name: &'static str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        row.insert(name, Fact { text, source: String::new() });
    }
}

/// A row of words.
pub fn row<const N: usize>(pairs: [(&'static str, String); N]) -> Row {
    let mut row = Row::new();
    for (name, text) in pairs {
        put(&mut row, name, text);
    }
    row
}

/// A row of figures, all from one place.
pub fn figures<const N: usize>(source: &str, pairs: [(&'static str, String); N]) -> Row {
    pairs.into_iter().map(|(name, text)| (name, Fact { text, source: source.to_owned() })).collect()
}
