//! A result against what the same inputs come to now: which input, rubric or setting changed, and which files differ.
//! Must not assess: both folders are written already.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::base::text::Text;
use crate::record::plan::FILE;
use crate::record::v1::{InputRecord, Results};
use crate::record::verified::Fault;
use crate::saved::Saved;
use crate::say;

/// Every way in which `saved` is not what was assessed again into the folder `fresh`.
///
/// # Errors
/// When the fresh result cannot be read.
pub fn again(saved: &Saved, fresh: &Path) -> Result<Vec<Fault>, Text> {
    let fresh = Saved::open(fresh)?;
    let (old, new) = (&saved.results, &fresh.results);
    let mut faults = settings(old, new);
    faults.extend(rubrics(old, new));
    let register = |r: &Results| r.registers.iter().map(|r| (r.path.clone(), Some(r.sha256.clone()))).collect();
    inputs(&register(old), &register(new), &mut faults);
    // Only what differs is looked into: the lists of two equal results are long.
    if hash(saved, "inputs.jsonl") != hash(&fresh, "inputs.jsonl") {
        inputs(&listed(saved)?, &listed(&fresh)?, &mut faults);
    }
    for file in &saved.manifest.files {
        let name = &file.path;
        match hash(&fresh, name) {
            Some(hash) if hash == file.sha256 => {}
            Some(_) => {
                let (zh, en) = detail(saved, &fresh, name);
                let said = say!("重新评查得到的 {name} 不同{zh}", "{name} assessed again is different{en}");
                faults.push(Fault::new("again", name, said));
            }
            None => faults.push(Fault::new("again", name, say!("重新评查没有写出 {name}", "assessing again writes no {name}"))),
        }
    }
    for file in fresh.manifest.files.iter().filter(|f| hash(saved, &f.path).is_none()) {
        let name = &file.path;
        faults.push(Fault::new("again", name, say!("重新评查多写出 {name}", "assessing again also writes {name}")));
    }
    Ok(faults)
}

fn hash<'a>(saved: &'a Saved, name: &str) -> Option<&'a str> {
    saved.manifest.files.iter().find(|f| f.path == name).map(|f| f.sha256.as_str())
}

fn settings(old: &Results, new: &Results) -> Vec<Fault> {
    let mut faults = Vec::new();
    if old.tool != new.tool {
        let (a, b) = (&old.tool.version, &new.tool.version);
        let said = say!("结果由 {a} 版写成，现在用的是 {b} 版", "the result was written by version {a}, this is version {b}");
        faults.push(Fault::new("tool", "juanping", said));
    }
    if old.batch.settings_sha256 != new.batch.settings_sha256 {
        let said = say!("audit.toml 在评查以后被改动过", "audit.toml was changed since the batch was assessed");
        faults.push(Fault::new("settings", "audit.toml", said));
    }
    let draw = |r: &Results| r.panel.as_ref().and_then(|p| p.draw.clone()).map(|d| (d.frame_sha256, d.seed, d.drawn, d.tasks, d.sha256));
    if draw(old) != draw(new) {
        let said = say!("{FILE} 在评查以后被改动过，或不是同一份", "{FILE} was changed, or is another one");
        faults.push(Fault::new("plan", FILE, said));
    }
    faults
}

fn rubrics(old: &Results, new: &Results) -> Vec<Fault> {
    let of = |r: &Results| -> BTreeMap<String, String> { r.every_rubric().map(|r| (r.id.clone(), r.sha256.clone())).collect() };
    let (before, now) = (of(old), of(new));
    let mut faults = Vec::new();
    for (id, hash) in &before {
        let said = match now.get(id) {
            None => say!("评估标准 {id} 现在没有用到", "rubric {id} is not used now"),
            Some(other) if other != hash => say!("评估标准 {id} 的内容被改动过", "the text of rubric {id} was changed"),
            Some(_) => continue,
        };
        faults.push(Fault::new("rubric", id, said));
    }
    for id in now.keys().filter(|id| !before.contains_key(*id)) {
        faults.push(Fault::new("rubric", id, say!("多用了评估标准 {id}", "rubric {id} is used besides")));
    }
    faults
}

/// Files with their hashes.
type Files = BTreeMap<String, Option<String>>;

fn listed(saved: &Saved) -> Result<Files, Text> {
    saved.inputs()?.map(|line| line.map(|InputRecord { path, sha256, .. }| (path, sha256))).collect()
}

fn inputs(before: &Files, now: &Files, faults: &mut Vec<Fault>) {
    let known: Vec<String> = faults.iter().filter(|f| f.what == "input").map(|f| f.name.clone()).collect();
    let mut push = |path: &String, said: Text| {
        if !known.contains(path) {
            faults.push(Fault::new("input", path, said));
        }
    };
    for (path, hash) in before {
        match now.get(path) {
            None => push(path, say!("输入文件 {path} 不见了", "input {path} is gone")),
            Some(other) if other != hash => push(path, say!("输入文件 {path} 被改动过", "input {path} was changed")),
            Some(_) => {}
        }
    }
    for path in now.keys().filter(|path| !before.contains_key(*path)) {
        push(path, say!("输入文件 {path} 是新的", "input {path} is new"));
    }
}

/// Where two files of the same name first differ.
fn detail(old: &Saved, new: &Saved, name: &str) -> (String, String) {
    let none = (String::new(), String::new());
    match name {
        "cases.jsonl" => {
            let (Ok(a), Ok(b)) = (old.cases(), new.cases()) else { return none };
            let plain = |case: Result<crate::record::v1::CaseRecord, Text>| case.ok().and_then(|c| serde_json::to_value(c).ok());
            let differing: Option<Value> = a.map(plain).zip(b.map(plain)).find(|(a, b)| a != b).and_then(|(a, _)| a);
            let Some(case) = differing else { return none };
            let shown = format!("{} {}", case["office"].as_str().unwrap_or_default(), case["case_no"].as_str().unwrap_or_default());
            (format!("：首先是 {shown}"), format!(": first {shown}"))
        }
        "results.json" => {
            let value = |s: &Saved| serde_json::to_value(&s.results).unwrap_or_default();
            pointer(&value(old), &value(new), String::new()).map_or(none, |at| (format!("：首先在 {at}"), format!(": first at {at}")))
        }
        _ => none,
    }
}

/// The first place where two values differ, as a JSON pointer.
fn pointer(a: &Value, b: &Value, at: String) -> Option<String> {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) if x.len() == y.len() => {
            x.iter().find_map(|(key, value)| pointer(value, y.get(key).unwrap_or(&Value::Null), format!("{at}/{key}")))
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            x.iter().zip(y).enumerate().find_map(|(i, (one, two))| pointer(one, two, format!("{at}/{i}")))
        }
        _ => (a != b).then_some(at),
    }
}
