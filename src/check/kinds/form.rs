//! `form`: a value is written in one of the agreed forms. Must not change the value to make it fit.

use regex_lite::Regex;

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::{Kind, Observation, Ready, Target, World, quote};
use crate::model::case::Case;
use crate::model::vocabulary::FieldId;
use crate::say;

/// The kind.
pub const KIND: Kind =
    Kind { name: "form", title: Text::fixed("书写格式", "form of a value"), about: include_str!("form.md"), human: false, ready };

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
    let example = args.table.text("example");
    let field = field?;
    if patterns.is_empty() || patterns.len() < nodes.len() {
        if nodes.is_empty() {
            args.mistake("R005", say!("patterns 不能为空", "patterns must not be empty"));
        }
        return None;
    }
    if let Some(example) = example.as_deref().filter(|e| !patterns.iter().any(|p| p.is_match(e))) {
        args.mistake("R005", say!("示例 {example} 不符合任何一个 patterns", "the example {example} fits none of the patterns"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, field, &patterns, example.as_deref()))
}

fn look(case: &Case, world: &World, field: FieldId, patterns: &[Regex], example: Option<&str>) -> Vec<Observation> {
    if !quote::usable(case, field) {
        return vec![quote::lacking(case, world, &[field])];
    }
    let mut found = Vec::new();
    for entry in case.all(field) {
        if patterns.iter().any(|p| p.is_match(entry.raw.trim())) {
            continue;
        }
        let (name, shown) = (quote::field(world, field), quote::value(world, entry));
        let (zh, en) = (format!("{}{}", name.zh, shown.zh), format!("{}{}", name.en, shown.en));
        let said = match example {
            Some(example) => say!("{zh}不合规定格式，应如“{example}”", "{en} is not in the agreed form, such as “{example}”"),
            None => say!("{zh}不合规定格式", "{en} is not in the agreed form"),
        };
        found.push(Observation::unmet(said, vec![entry.seen()]).about(Target::Field(field)));
    }
    found
}
