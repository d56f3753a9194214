//! Columns: equal values of many rows are stored once. Must not reorder rows, and must give equal bytes for equal rows.

use std::collections::HashMap;

use serde::Serialize;

/// More different values than this are not worth a character each; it keeps characters below the surrogates.
const MOST: usize = 20_000;
/// Up to so many different values a dictionary is always worth it.
const FEW: usize = 64;
/// The character that means the first value.
const FIRST: u32 = 0x30;
/// Left out, so that JSON escapes nothing.
const BACKSLASH: u32 = 0x5c;

/// A column as it stands in the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Column<T> {
    /// The different values in order of first appearance, and a character a row; no characters where there is only one.
    Indexed {
        /// Different values.
        d: Vec<T>,
        /// A character a row.
        #[serde(skip_serializing_if = "Option::is_none")]
        i: Option<String>,
    },
    /// A value a row.
    Plain {
        /// Values.
        v: Vec<T>,
    },
}

/// The character that stands for the value of this number.
fn letter(at: usize) -> char {
    let code = FIRST.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    char::from_u32(if code < BACKSLASH { code } else { code.saturating_add(1) }).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Different values, each with the number of its first appearance.
#[derive(Debug)]
struct Values<T> {
    /// The values.
    all: Vec<T>,
    // Only looked up, never walked through, so its order reaches nothing.
    numbers: HashMap<Box<[u8]>, usize>,
    /// JSON of the value that is asked about.
    json: Vec<u8>,
}

impl<T: Serialize> Values<T> {
    /// None yet.
    fn new() -> Self {
        Self { all: Vec::new(), numbers: HashMap::new(), json: Vec::new() }
    }

    /// The number of a value.
    fn number(&mut self, value: T) -> usize {
        self.json.clear();
        // Plain data is always JSON, and memory takes it.
        let _ = serde_json::to_writer(&mut self.json, &value);
        if let Some(number) = self.numbers.get(self.json.as_slice()) {
            return *number;
        }
        let number = self.all.len();
        self.numbers.insert(self.json.as_slice().into(), number);
        self.all.push(value);
        number
    }
}

/// A column of rows.
pub fn column<T: Serialize + Clone>(rows: impl Iterator<Item = T>) -> Column<T> {
    let mut values = Values::new();
    let numbers: Vec<usize> = rows.map(|row| values.number(row)).collect();
    let different = values.all.len();
    if different <= 1 {
        return Column::Indexed { d: values.all, i: None };
    }
    if different > MOST || different > FEW && different.saturating_mul(2) > numbers.len() {
        return Column::Plain { v: numbers.iter().filter_map(|n| values.all.get(*n).cloned()).collect() };
    }
    Column::Indexed { d: values.all, i: Some(numbers.into_iter().map(letter).collect()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Column, FEW, column};

    /// As the page reads it (`web/src/data/column.ts`).
    fn at<T: Clone>(column: &Column<T>, row: usize) -> Option<T> {
        match column {
            Column::Plain { v } => v.get(row).cloned(),
            Column::Indexed { d, i: None } => d.first().cloned(),
            Column::Indexed { d, i: Some(i) } => {
                let code = u32::from(i.chars().nth(row)?);
                let number = if code > 0x5c { code - 0x31 } else { code - 0x30 };
                d.get(usize::try_from(number).ok()?).cloned()
            }
        }
    }

    #[test]
    fn one_value_is_said_once_and_many_are_listed() {
        let json = |c: &Column<Option<&str>>| serde_json::to_string(c).expect("JSON");
        assert_eq!(json(&column([Some("甲"), Some("甲")].into_iter())), r#"{"d":["甲"]}"#);
        assert_eq!(json(&column([Some("甲"), None, Some("甲")].into_iter())), r#"{"d":["甲",null],"i":"010"}"#);
        assert_eq!(json(&column([].into_iter())), r#"{"d":[]}"#);
        let many: Vec<usize> = (0..=FEW).collect();
        assert_eq!(column(many.iter().copied()), Column::Plain { v: many });
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_come_back(rows in proptest::collection::vec(0..300_u16, 0..900)) {
            let column = column(rows.iter().copied());
            let json = serde_json::to_string(&column).expect("JSON");
            prop_assert!(!json.contains('\\'), "{json}");
            for (row, value) in rows.iter().enumerate() {
                prop_assert_eq!(at(&column, row), Some(*value));
            }
        }
    }
}
