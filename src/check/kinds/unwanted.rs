//! `unwanted`: nothing lies in the dossier that must not be filed, by the words in its name: stubs, blank forms. Must not open files.

use std::collections::BTreeMap;

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::Target;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Unit};
use crate::model::case::Case;
use crate::model::document::{Document, Statement};
use crate::model::format::Format;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "unwanted",
    title: Text::fixed("不应入卷", "not to be filed"),
    about: Text::fixed(include_str!("unwanted.zh.md"), include_str!("unwanted.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let words = args.items("words", |node, _| node.text())?;
    let except = args.table.texts("except");
    Ready::case(move |case, _| look(case, &words, &except))
}

fn look(case: &Case, words: &[String], except: &[String]) -> Vec<Observation> {
    if case.documents.is_empty() {
        return vec![Observation::not_applicable()];
    }
    let named = |d: &&Document| !matches!(d.statement, Statement::Tick(_));
    // A paper that stands in the list and lies there as a file is told once.
    let mut found: BTreeMap<(&str, &str), Vec<&Document>> = BTreeMap::new();
    for document in case.documents.iter().filter(named) {
        let title = &*document.title;
        if except.iter().any(|e| title.contains(e.as_str())) {
            continue;
        }
        if let Some(word) = words.iter().find(|w| title.contains(w.as_str())) {
            found.entry((bare(title), word)).or_default().push(document);
        }
    }
    let told = |((title, word), documents): ((&str, &str), Vec<&Document>)| {
        let said = say!("《{title}》名称含“{word}”，不应归入案卷", "“{title}” has “{word}” in its name and is not to be filed");
        let seen = documents.into_iter().map(Document::seen).collect();
        Observation::unmet(said, seen).about(Target::Other(format!("unwanted:{word}"))).by(Points::whole(1), Unit::Items)
    };
    found.into_iter().map(told).collect()
}

/// A title without folder, ending and the number before it.
fn bare(title: &str) -> &str {
    let name = title.rsplit('/').next().unwrap_or(title);
    let name = if Format::ending(name).is_some() { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name };
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '、' | ' '));
    if bare.is_empty() { name } else { bare }
}
