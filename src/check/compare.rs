//! When two values count as the same: width, spaces and ways of writing a case number make no difference.
//! Must not decide which of two values is right.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::World;
use crate::model::case::Case;
use crate::model::known::CASE_NO;
use crate::model::value::{Entry, Value};
use crate::model::vocabulary::FieldId;
use crate::reference::identifiers::{canonical_case_no, is_blank, narrow};

/// Whether two understood values are the same.
pub fn same(world: &World, a: &Entry, b: &Entry) -> bool {
    match (&a.value, &b.value) {
        (Ok(Value::Date(x)), Ok(Value::Date(y))) => x.date == y.date && (x.time == y.time || x.time.is_none() || y.time.is_none()),
        (Ok(x), Ok(y)) => match (words(world, a), words(world, b)) {
            (Some(p), Some(q)) => {
                plain(p).eq(plain(q)) || (is_case_no(world, a) && is_case_no(world, b) && canonical_case_no(p) == canonical_case_no(q))
            }
            _ => x == y,
        },
        _ => false,
    }
}

/// Whether two fields hold the same values, in any order.
pub fn same_all(world: &World, case: &Case, a: FieldId, b: FieldId) -> bool {
    let (a, b) = (case.all(a), case.all(b));
    let inside = |x: &Entry, list: &[Entry]| list.iter().any(|y| same(world, x, y));
    a.iter().all(|x| inside(x, b)) && b.iter().all(|x| inside(x, a))
}

/// A key that is equal for equal values; `None` when the value is not understood.
pub fn key<'a>(world: &World, entry: &'a Entry) -> Option<Cow<'a, str>> {
    let value = entry.value.as_ref().ok()?;
    if let (Value::Text(t), true) = (value, is_case_no(world, entry)) {
        return Some(canonical_case_no(t).into());
    }
    let mut key = String::new();
    match value {
        Value::Text(t) => key.extend(plain(t)),
        Value::Date(w) => write!(key, "{}", w.date).ok()?,
        Value::Number(n) => key.push_str(&n.fraction()),
        Value::Flag(b) => write!(key, "{b}").ok()?,
        Value::Choice(n) => write!(key, "{n}").ok()?,
        Value::Days(n) => write!(key, "{n}").ok()?,
        Value::Periods(list) => write!(key, "{list:?}").ok()?,
    }
    Some(key.into())
}

/// The words of a text or of a choice.
pub fn words<'a>(world: &'a World, entry: &'a Entry) -> Option<&'a str> {
    match entry.value.as_ref().ok()? {
        Value::Text(t) => Some(t),
        Value::Choice(n) => world.vocabulary.field(entry.field).choices.get(usize::from(*n)).map(|c| c.value.as_str()),
        _ => None,
    }
}

fn is_case_no(world: &World, entry: &Entry) -> bool {
    world.vocabulary.field(entry.field).id == CASE_NO
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_blank(*c)).map(|c| narrow(c).to_ascii_uppercase())
}
