//! The first block: the batch, its rubrics and its offices. Must not hold anything about a case, and for the public nothing of a register.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::grid::Grid;
use super::{At, Audience, Source};
use crate::record::v1::Office;

/// Keys of an office that the page does not read: `lost` stands in the sums by criterion.
const UNREAD: [&str; 3] = ["lost", "waived", "without_waivers"];

fn offices<'a>(all: impl Iterator<Item = &'a Office>) -> serde_json::Result<Vec<Value>> {
    let one = |office: &Office| {
        let mut value = serde_json::to_value(office)?;
        if let Value::Object(keys) = &mut value {
            for key in UNREAD {
                keys.remove(key);
            }
        }
        Ok(value)
    };
    all.map(one).collect()
}

/// The block.
///
/// # Errors
/// When memory would not take it.
pub fn head(source: &Source<'_>, blocks: &BTreeMap<&str, At>, grids: &BTreeMap<&str, Grid>) -> serde_json::Result<Value> {
    let Source { results, audience, .. } = source;
    let is_seen = |name: &str| !matches!(audience, Audience::Feedback(only) if *only != name);
    let word = match audience {
        Audience::Internal => "internal",
        Audience::Feedback(_) => "feedback",
        Audience::Public => "public",
    };
    let groups = if matches!(audience, Audience::Feedback(_)) { Vec::new() } else { offices(results.groups.iter())? };
    let mut keys = Map::new();
    for (key, value) in [
        ("format", json!(1)),
        ("audience", json!(word)),
        ("final", json!(source.is_final)),
        ("code", json!(source.code)),
        ("tool", serde_json::to_value(&results.tool)?),
        ("batch", serde_json::to_value(&results.batch)?),
        ("rubrics", serde_json::to_value(&results.rubrics)?),
        ("own_rubrics", serde_json::to_value(&results.own_rubrics)?),
        ("offices", Value::Array(offices(results.offices.iter().filter(|o| is_seen(&o.name)))?)),
        ("groups", Value::Array(groups)),
        ("grids", serde_json::to_value(grids)?),
        ("blocks", serde_json::to_value(blocks)?),
    ] {
        keys.insert(key.to_owned(), value);
    }
    let titles = if *audience == Audience::Public { json!({}) } else { serde_json::to_value(&results.titles)? };
    keys.insert("titles".to_owned(), titles);
    if *audience != Audience::Public {
        let problems: Vec<_> =
            results.problems.iter().filter(|p| *audience == Audience::Internal || p.office.as_deref().is_some_and(is_seen)).collect();
        keys.insert("problems".to_owned(), serde_json::to_value(problems)?);
    }
    if *audience == Audience::Internal {
        keys.insert("cross".to_owned(), serde_json::to_value(&results.cross)?);
        if let Some(panel) = &results.panel {
            let mut panel = serde_json::to_value(panel)?;
            if let Value::Object(keys) = &mut panel {
                keys.retain(|key, _| matches!(key.as_str(), "draw" | "how" | "confirmed" | "needing" | "agreement" | "objections"));
            }
            keys.insert("panel".to_owned(), panel);
        }
    }
    Ok(Value::Object(keys))
}
