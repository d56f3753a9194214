//! The figures of `results.json` counted again from `cases.jsonl`. Must not trust what it counts again.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::assess::head::{Head, summary};
use crate::assess::whole::groups;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::v1::{CaseRecord, Office, Results};
use crate::record::verified::Fault;
use crate::saved::Saved;
use crate::say;
use crate::stats::tally::{Counted, Names, Tally};

/// What is counted again, by its key, with its names.
const WHAT: &[(&str, &str, &str)] = &[
    ("in_scope", "范围内件数", "cases in scope"),
    ("out_of_scope", "范围外件数", "cases out of scope"),
    ("selected", "评查件数", "selected cases"),
    ("final", "等次已定件数", "decided cases"),
    ("undecided", "等次未定件数", "undecided cases"),
    ("grades", "各等次件数", "cases by grade"),
    ("rates", "优秀率、优良率、合格率", "rates"),
    ("mean", "平均分", "mean"),
    ("mean_exact", "平均分（分数）", "exact mean"),
    ("median", "中位分", "median"),
    ("by", "按类型和群体的件数", "cases by type and group"),
];

/// What one office comes to, counted again.
#[derive(Debug, Default)]
struct Again {
    tally: Tally,
    in_scope: u64,
    out: BTreeMap<String, u64>,
}

/// Every figure that is not what the cases come to.
///
/// # Errors
/// When cases cannot be read.
pub fn figures(saved: &Saved) -> Result<Vec<Fault>, Text> {
    let results = &saved.results;
    // Results of an early version do not say which grades a rate counts.
    if results.rubrics.iter().any(|r| r.rates.is_empty()) {
        return Ok(Vec::new());
    }
    let names = Names::told(&results.rubrics);
    let mut again: BTreeMap<Arc<str>, Again> = BTreeMap::new();
    for case in saved.cases()? {
        let case = case?;
        if case.subject == "case" {
            let of = again.entry(Arc::clone(&case.office)).or_default();
            of.in_scope += 1;
            add(&mut of.tally, &names, results, &case);
        }
    }
    for case in saved.out_of_scope()? {
        let case = case?;
        *again.entry(Arc::clone(&case.office)).or_default().out.entry(case.reason).or_default() += 1;
    }
    let (mut faults, mut tallies) = (Vec::new(), Vec::new());
    for office in &results.offices {
        let counted = again.remove(office.name.as_str()).unwrap_or_default();
        let head = Head { in_scope: counted.in_scope, out_of_scope: counted.out, ..Head::default() };
        faults.extend(differences(office, &summary(head, &counted.tally, &names), results));
        tallies.push(counted.tally);
    }
    for name in again.keys() {
        let said = say!("{name} 有案件，results.json 中没有这个机构", "{name} has cases, and results.json no such office");
        faults.push(Fault::new("figure", name.to_string(), said));
    }
    let pooled = groups(&results.offices, &tallies, &names);
    for group in &results.groups {
        match pooled.iter().find(|g| g.id == group.id) {
            Some(own) => faults.extend(differences(group, own, results)),
            None => faults.push(Fault::new("figure", &group.name, nobody(&group.name))),
        }
    }
    faults.extend(pooled.iter().filter(|own| !results.groups.iter().any(|g| g.id == own.id)).map(|own| {
        let name = &own.name;
        Fault::new("figure", name, say!("results.json 中没有“{name}”的合计", "results.json has no total of {name:?}"))
    }));
    Ok(faults)
}

fn nobody(name: &str) -> Text {
    say!("“{name}”的合计不属于任何机构", "the total of {name:?} is of no office")
}

/// Adds a case as it was counted.
fn add(tally: &mut Tally, names: &Names, results: &Results, case: &CaseRecord) {
    let rubric = case.rubric.as_deref().and_then(|id| results.rubrics.iter().position(|r| r.id == id));
    let Some((at, rubric)) = rubric.and_then(|at| Some((at, results.rubrics.get(at)?))).filter(|_| case.scope == "selected") else {
        return;
    };
    let possible: Vec<usize> = case.possible.iter().filter_map(|g| rubric.grades.iter().position(|r| r.title == **g)).collect();
    let marks = case.marks.as_ref().and_then(|m| match &m.exact {
        Some([low, high]) => Some((Points::of_fraction(low)?, Points::of_fraction(high)?)),
        None => Some((m.low.points(), m.high.points())),
    });
    let field = |id: &str| case.fields.get(id).map(|v| &**v);
    let groups: Vec<&str> = field("recipient_group").map(|g| g.split('、').collect()).unwrap_or_default();
    let case_type = field("case_type");
    tally.add(names, &Counted { rubric: at, possible: &possible, marks, lost: &[], case_type, groups: &groups, drawn: None });
}

/// What an office's record says that its cases do not.
fn differences(office: &Office, counted: &Office, results: &Results) -> Vec<Fault> {
    let (said, own) = (told(office, results), told(counted, results));
    let differs = |(key, ..): &&(&str, &str, &str)| said[*key] != own[*key];
    let fault = |(key, zh, en): &(&str, &str, &str)| {
        let (name, a, b) = (&office.name, short(&said[*key]), short(&own[*key]));
        let said = say!(
            "{name} 的{zh}：results.json 为 {a}，按 cases.jsonl 计数为 {b}",
            "{en} of {name}: {a} in results.json, {b} counted from cases.jsonl"
        );
        Fault::new("figure", "results.json", said)
    };
    let rows = office.rows + office.dossier_only != office.in_scope + office.out_of_scope.values().sum::<u64>() + office.joined;
    let rows = rows.then(|| {
        let name = &office.name;
        let said = say!("{name} 的登记行数与件数对不上", "rows and cases of {name} do not add up");
        Fault::new("figure", "results.json", said)
    });
    WHAT.iter().filter(differs).map(fault).chain(rows).collect()
}

/// What is compared of an office.
fn told(office: &Office, results: &Results) -> Value {
    let mut value = serde_json::to_value(office).unwrap_or_default();
    // The intervals of a draw need its strata, which no case tells of.
    if results.batch.scope.selection == "plan" {
        value["rates"].as_array_mut().into_iter().flatten().for_each(|rate| drop(rate["ci95"].take()));
    }
    value
}

fn short(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(short).collect::<Vec<_>>().join(" "),
        Value::Object(map) if map.contains_key("k_low") && map.contains_key("name") => {
            let at = |key: &str| short(&map[key]);
            format!("{} {}～{}/{}", at("name"), at("k_low"), at("k_high"), at("n"))
        }
        Value::Object(map) => map.iter().map(|(key, value)| format!("{key} {}", short(value))).collect::<Vec<_>>().join("，"),
        other => other.to_string(),
    }
}
