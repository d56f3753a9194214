//! Flat tables: typed columns and the values in them. Must not know what a table is about, nor in which form it is written.

use crate::base::text::Text;
use crate::record::number::Number;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, the same in every form.
    pub name: &'static str,
    /// Type; every column may be null.
    pub kind: Type,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// UTF-8.
    Text,
    /// Points with two decimals, exact: `decimal(18,2)`.
    Points,
    /// A whole number.
    Count,
    /// True or false.
    Flag,
}

/// A column of this type.
pub const fn column(name: &'static str, kind: Type) -> Column {
    Column { name, kind }
}

/// A value; none is null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// UTF-8.
    Text(Option<String>),
    /// Points.
    Points(Option<Number>),
    /// A whole number.
    Count(Option<u64>),
    /// True or false.
    Flag(Option<bool>),
}

impl Value {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(Some(words.into()))
    }

    /// Words, or null.
    pub fn maybe(words: Option<&str>) -> Self {
        Self::Text(words.map(ToOwned::to_owned))
    }

    /// Both languages of a message.
    pub fn both(text: &Text) -> [Self; 2] {
        [Self::text(&*text.zh), Self::text(&*text.en)]
    }
}
