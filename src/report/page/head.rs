//! The first block: the batch, its rubrics and its offices. Must not hold anything about a case, and for the public nothing of a register.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value, json};

use super::grid::Grid;
use super::{At, Source, feedback};
use crate::record::v1::{Office, ProblemRecord};
use crate::report::audience::Audience;
use crate::report::reviewers::Reviewers;

/// Keys of an office that the page does not read: `lost` stands in the sums by criterion.
const UNREAD: [&str; 3] = ["lost", "waived", "without_waivers"];

fn offices<'a>(all: impl Iterator<Item = &'a Office>) -> io::Result<Vec<Value>> {
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
pub fn head(source: &Source<'_>, blocks: &BTreeMap<&str, At>, grids: &BTreeMap<&str, &Grid>) -> io::Result<Value> {
    let Source { results, audience, .. } = *source;
    let groups = if audience == Audience::Feedback { Vec::new() } else { offices(results.groups.iter())? };
    let mut keys = Map::new();
    for (key, value) in [
        ("format", json!(1)),
        ("audience", json!(audience.word())),
        ("final", json!(source.is_final)),
        ("code", json!(source.code)),
        ("tool", serde_json::to_value(&results.tool)?),
        ("batch", serde_json::to_value(&results.batch)?),
        ("rubrics", serde_json::to_value(&results.rubrics)?),
        ("own_rubrics", serde_json::to_value(&results.own_rubrics)?),
        ("offices", Value::Array(offices(results.offices.iter().filter(|o| source.has(&o.name)))?)),
        ("groups", Value::Array(groups)),
        ("grids", serde_json::to_value(grids)?),
        ("blocks", serde_json::to_value(blocks)?),
    ] {
        keys.insert(key.to_owned(), value);
    }
    let titles = if audience == Audience::Public { json!({}) } else { serde_json::to_value(&results.titles)? };
    keys.insert("titles".to_owned(), titles);
    if audience != Audience::Public {
        let reviewers = Reviewers::of(results, &[]);
        let of_office = |p: &&ProblemRecord| source.only.is_none() || p.office.as_deref().is_some_and(|o| source.has(o));
        let told = |p: &ProblemRecord| if source.only.is_none() { Some(p.clone()) } else { feedback::problem(&reviewers, p) };
        let problems: Vec<_> = results.problems.iter().filter(of_office).filter_map(told).collect();
        keys.insert("problems".to_owned(), serde_json::to_value(problems)?);
    }
    if audience == Audience::Internal {
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
