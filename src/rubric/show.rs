//! `rubric show`: the merged rubric as TOML, each entry with the file and line it came from. Must not change anything.

use std::fmt::Write as _;
use std::path::Path;

use super::raw::{Raw, Sources};
use crate::base::mistake::{Mistakes, Source, Spot};
use crate::base::tree::Table;

/// The result of `extends` and `include` for each name, with origins.
pub fn show(names: &[String], base: Option<&Path>) -> String {
    let sink = Mistakes::default();
    let sources = Sources::find(names, base, &sink);
    let trees = sources.parse();
    let mut out = String::new();
    for root in &sources.roots {
        let raw = Raw::merge(&sources, &trees, *root, &sink);
        if let Some(head) = &raw.head {
            table(&mut out, "[rubric]", head, &sources.list);
        }
        if let Some(rules) = &raw.reconcile {
            table(&mut out, "[reconcile]", rules, &sources.list);
        }
        for list in ["group", "grade", "rate", "red_line", "log", "field", "document", "criterion"] {
            for (_, entry) in raw.list(list) {
                table(&mut out, &format!("[[{list}]]"), entry, &sources.list);
            }
        }
    }
    out
}

fn table(out: &mut String, header: &str, table: &Table<'_>, sources: &[Source]) {
    let _ = writeln!(out, "{header}");
    for (key, node) in table.names() {
        if key == "example" {
            continue;
        }
        let _ = writeln!(out, "{key} = {}  # {}", node.shown().replace('\n', " "), origin(&node.at, sources));
    }
    out.push('\n');
}

fn origin(at: &Spot, sources: &[Source]) -> String {
    let Some(source) = sources.get(at.source) else { return String::new() };
    let line = source.text.get(..at.start).map_or(1, |t| t.matches('\n').count() + 1);
    format!("{}:{line}", source.path)
}
