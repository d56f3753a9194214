//! The first block: the batch, its rubrics and its offices. Must not hold anything about a case, and for the public nothing of a register.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value, json};

use super::public::Public;
use super::{Seen, Source, feedback, grid};
use crate::record::v1::{Office, ProblemRecord};
use crate::report::audience::Audience;
use crate::report::cells::LEAST;
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

/// What was seen of offices, by id.
fn by<'a, T>(seen: &BTreeMap<&'a str, &'a Seen>, one: impl Fn(&'a Seen) -> Option<T>) -> BTreeMap<&'a str, T> {
    seen.iter().filter_map(|(id, s)| Some((*id, one(s)?))).collect()
}

/// What is told of the batch: those outside get what stands on every paper, without the names of reviewers.
fn batch(source: &Source<'_>) -> io::Result<Value> {
    let Source { results, audience, .. } = *source;
    let mut batch = serde_json::to_value(&results.batch)?;
    if audience != Audience::Internal
        && let Value::Object(keys) = &mut batch
    {
        const TOLD: [&str; 8] = ["title", "year", "as_of", "stage", "scope", "adopted", "made_by", "rounding"];
        keys.retain(|key, _| TOLD.contains(&key.as_str()));
        let reviewers = Reviewers::of(results, &[]);
        if results.batch.made_by.as_deref().is_some_and(|by| reviewers.is_in(by)) {
            keys.insert("made_by".to_owned(), Value::Null);
        }
        keys.insert("title".to_owned(), json!(reviewers.hush_own(&results.batch.title)));
    }
    Ok(batch)
}

/// The block.
///
/// # Errors
/// When memory would not take it.
pub fn head(source: &Source<'_>, seen: &BTreeMap<&str, &Seen>) -> io::Result<Value> {
    let Source { results, audience, .. } = *source;
    let mut keys = Map::new();
    for (key, value) in [
        ("format", json!(1)),
        ("audience", json!(audience.word())),
        ("final", json!(source.is_final())),
        ("sealed", source.seal.map_or(Value::Null, |s| json!({ "stage": s.stage, "on": s.on }))),
        ("code", json!(source.code)),
        ("tool", serde_json::to_value(&results.tool)?),
        ("batch", batch(source)?),
        ("rubrics", serde_json::to_value(&results.rubrics)?),
        ("own_rubrics", serde_json::to_value(&results.own_rubrics)?),
        ("blocks", serde_json::to_value(by(seen, |s| s.at))?),
    ] {
        keys.insert(key.to_owned(), value);
    }
    if audience == Audience::Public {
        let Public { offices: shown, withheld, groups } = Public::of(results);
        // Of one office a criterion may be about a single case.
        let total = grid::wide(grid::sum(seen.values().map(|s| &s.grid)), results, LEAST);
        let grids = total.filter(|_| !groups.is_empty()).map(|total| ("total", total));
        keys.insert("grids".to_owned(), serde_json::to_value(BTreeMap::from_iter(grids))?);
        let mut shown = offices(shown.iter())?;
        for office in &mut shown {
            // A median is the mark of a case; what is late or lacking is told of all together, as in the circular.
            for key in ["median", "filing"] {
                office[key] = Value::Null;
            }
        }
        keys.insert("offices".to_owned(), Value::Array(shown));
        keys.insert("groups".to_owned(), Value::Array(offices(groups.iter())?));
        let one = |o: &Office| json!({ "id": o.id, "name": o.name, "selected": o.selected });
        keys.insert("withheld".to_owned(), Value::Array(withheld.iter().map(one).collect()));
    } else {
        let groups = if audience == Audience::Feedback { Vec::new() } else { offices(results.groups.iter())? };
        keys.insert("grids".to_owned(), serde_json::to_value(by(seen, |s| Some(&s.grid)))?);
        keys.insert("undecided".to_owned(), serde_json::to_value(by(seen, |s| Some(s.undecided)))?);
        keys.insert("offices".to_owned(), Value::Array(offices(results.offices.iter().filter(|o| source.has(&o.name)))?));
        keys.insert("groups".to_owned(), Value::Array(groups));
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
