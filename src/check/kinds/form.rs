//! `form`: a value is written in one of the agreed forms. Must not change the value to make it fit.

use regex_lite::Regex;

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, World, quote};
use crate::model::case::Case;
use crate::model::vocabulary::FieldId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "form",
    title: Text::fixed("书写格式", "form of a value"),
    about: Text::fixed(include_str!("form.zh.md"), include_str!("form.md")),
    units: &[],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let field = args.field("field", &[]);
    let nodes = args.table.need("patterns").map(|n| n.items()).unwrap_or_default();
    let mut patterns = Vec::with_capacity(nodes.len());
    for node in &nodes {
        match Regex::new(&node.text()?) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let why = error.to_string();
                node.sink().push("R005", &node.at, say!("正则表达式有误：{why}", "not a regular expression: {why}"));
            }
        }
    }
    // Not `example`: that is where a criterion tests itself.
    let sample = args.table.text("sample");
    let field = field?;
    if patterns.is_empty() || patterns.len() < nodes.len() {
        if nodes.is_empty() {
            args.mistake("R005", say!("patterns 不能为空", "patterns must not be empty"));
        }
        return None;
    }
    if let Some(sample) = sample.as_deref().filter(|e| !patterns.iter().any(|p| p.is_match(e))) {
        args.mistake("R005", say!("sample {sample} 不符合任何一个 patterns", "the sample {sample} fits none of the patterns"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, field, &patterns, sample.as_deref()))
}

fn look(case: &Case, world: &World, field: FieldId, patterns: &[Regex], sample: Option<&str>) -> Vec<Observation> {
    if !quote::usable(case, field) {
        return vec![quote::lacking(case, world, &[field])];
    }
    let mut found = Vec::new();
    for entry in case.all(field) {
        if patterns.iter().any(|p| p.is_match(entry.raw.trim())) {
            continue;
        }
        let stated = quote::stated(world, entry);
        let (zh, en) = (&stated.zh, &stated.en);
        let said = match sample {
            Some(sample) => say!("{zh}不合规定格式，应如“{sample}”", "{en} is not in the agreed form, such as “{sample}”"),
            None => say!("{zh}不合规定格式", "{en} is not in the agreed form"),
        };
        found.push(Observation::unmet(said, vec![entry.seen()]).about(Target::Field(field)));
    }
    found
}
