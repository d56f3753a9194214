//! Findings as SARIF 2.1.0, for programs that collect results of checks. Must not leave out a finding.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Result;
use super::figures::place;
use crate::record::v1::{CaseRecord, Check, Finding, PlaceRecord};

/// The log, ending with a line break.
///
/// # Errors
/// When the text cannot be put together.
pub fn log(check: &Check) -> Result<String> {
    let results = &check.results;
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    for criterion in results.rubrics.iter().flat_map(|r| &r.criteria) {
        rules.entry(&criterion.id).or_insert_with(|| {
            json!({
                "id": criterion.id,
                "shortDescription": { "text": criterion.title.zh },
                "help": { "text": format!("{}\n依据：{}", criterion.fix.zh, criterion.basis.zh) },
            })
        });
    }
    let findings = || check.cases.iter().flat_map(|c| c.findings.iter().map(move |f| (c, f)));
    for (_, finding) in findings() {
        rules.entry(&finding.criterion).or_insert_with(|| json!({ "id": finding.criterion, "help": { "text": finding.fix.zh } }));
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let states = States::of(check);
    let mut list: Vec<Value> = findings().map(|(case, finding)| result(case, finding, &index, &states)).collect();
    list.extend(states.gone(check));
    let notes: Vec<Value> = results
        .problems
        .iter()
        .map(|p| {
            json!({
                "level": if crate::base::problem::is_unread(&p.code) { "error" } else { "note" },
                "descriptor": { "id": p.code },
                "message": { "text": format!("{} {}", p.message.zh, p.advice.zh) },
                "locations": p.places.iter().map(location).collect::<Vec<_>>(),
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": results.tool.name,
                "version": results.tool.version,
                "language": "zh-CN",
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notes }],
            "columnKind": "unicodeCodePoints",
            "results": list,
        }],
    });
    Ok(serde_json::to_string_pretty(&log).map_err(std::io::Error::other)? + "\n")
}

/// `error`, `warning` or `note`; what is only open is never an error.
fn level(finding: &Finding) -> &'static str {
    match &*finding.severity {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

fn kind(finding: &Finding) -> &'static str {
    match &*finding.outcome {
        "unclear" | "failed" => "open",
        "pending" => "review",
        "waived" => "informational",
        _ => "fail",
    }
}

fn result(case: &CaseRecord, finding: &Finding, index: &BTreeMap<&str, usize>, states: &States<'_>) -> Value {
    let open = kind(finding) != "fail";
    let stage = case.stage.as_deref().map(|s| format!("（{s}）")).unwrap_or_default();
    let mut result = json!({
        "ruleId": finding.criterion,
        "ruleIndex": index.get(&*finding.criterion),
        "kind": kind(finding),
        // The format asks for no level where nothing has failed.
        "level": if open { "none" } else { level(finding) },
        "message": { "text": format!("{} {}{stage}：{}", case.office, case.case_no, finding.message.zh) },
        "locations": finding.places.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": { "juanping/v1": finding.fingerprint },
        "properties": { "lost": finding.lost, "remedy": finding.remedy, "outcome": finding.outcome },
    });
    if let Some(state) = states.state(&finding.fingerprint) {
        result["baselineState"] = json!(state);
    }
    result
}

fn location(at: &PlaceRecord) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&at.file) } } });
    if let Some(line) = at.line.or(at.page).filter(|n| *n > 0) {
        location["physicalLocation"]["region"] = json!({ "startLine": line });
    }
    if at.sheet.is_some() || at.cell.is_some() || at.pointer.is_some() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": place(at) }]);
    }
    location
}

/// A relative reference: everything that a URI does not take is percent-encoded, the slashes stay.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'~');
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// What a comparison says of each fingerprint.
struct States<'a> {
    compared: bool,
    new: BTreeSet<&'a str>,
    open: BTreeSet<&'a str>,
}

impl<'a> States<'a> {
    fn of(check: &'a Check) -> Self {
        let prints = |list: &'a [crate::record::v1::ComparedFinding]| list.iter().map(|f| f.fingerprint.as_str()).collect();
        let compared = check.compared.as_ref();
        Self {
            compared: compared.is_some(),
            new: compared.map(|c| prints(&c.new)).unwrap_or_default(),
            open: compared.map(|c| prints(&c.not_comparable)).unwrap_or_default(),
        }
    }

    fn state(&self, fingerprint: &str) -> Option<&'static str> {
        match (self.compared, self.new.contains(fingerprint), self.open.contains(fingerprint)) {
            (false, ..) | (_, _, true) => None,
            (true, true, _) => Some("new"),
            (true, false, _) => Some("unchanged"),
        }
    }

    /// What is fixed is told as absent.
    fn gone(&self, check: &Check) -> Vec<Value> {
        let fixed = check.compared.iter().flat_map(|c| &c.fixed);
        let one = |f: &crate::record::v1::ComparedFinding| {
            json!({
                "ruleId": f.criterion,
                "kind": "pass",
                "level": "none",
                "message": { "text": format!("{} {}：{}", f.case.office, f.case.case_no, f.message.zh) },
                "partialFingerprints": { "juanping/v1": f.fingerprint },
                "baselineState": "absent",
            })
        };
        fixed.map(one).collect()
    }
}
