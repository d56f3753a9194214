//! JSON Schemas of what is written. Must not describe anything by hand: they come from the frozen records.

use schemars::schema_for;

use crate::record::{certificate, diff, gap, ledger, lift, nominate, part, rank, seal, v1, verified};

/// The schema with one of these [`NAMES`]; nothing for any other name.
pub fn schema(name: &str) -> Option<String> {
    let schema = match name {
        "results" => schema_for!(v1::Results),
        "cases" => schema_for!(v1::CaseRecord),
        "out-of-scope" => schema_for!(v1::OutRecord),
        "inputs" => schema_for!(v1::InputRecord),
        "check" => schema_for!(v1::Check),
        "manifest" => schema_for!(seal::Manifest),
        "seal" => schema_for!(seal::Seal),
        "verify" => schema_for!(verified::Verified),
        "certificate" => schema_for!(certificate::Certificate),
        "part-head" => schema_for!(part::PartHead),
        "part-office" => schema_for!(part::PartOffice),
        "gap" => schema_for!(gap::Gap),
        "nominate" => schema_for!(nominate::Nomination),
        "what-if" => schema_for!(lift::WhatIf),
        "ledger" => schema_for!(ledger::Ledger),
        "diff" => schema_for!(diff::Diff),
        "rank" => schema_for!(rank::Ranking),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok().map(|text| text + "\n")
}

/// The names that [`schema`] knows.
pub use crate::record::SCHEMAS as NAMES;

#[cfg(test)]
mod tests {
    use super::{NAMES, schema};

    #[test]
    fn every_name_has_a_schema_that_names_its_fields() {
        for name in NAMES {
            let text = schema(name).unwrap_or_default();
            assert!(text.contains("$schema") && text.contains("properties"), "{name}: {text}");
        }
        assert_eq!(schema("nothing"), None);
    }

    #[test]
    fn a_round_of_review_fits_the_schemas() {
        let (results, cases) = crate::report::testing::reviewed(1, 12);
        // Every key that is written, at any depth, is described.
        fn keys(value: &serde_json::Value, all: &mut std::collections::BTreeSet<String>) {
            match value {
                serde_json::Value::Object(map) => map.iter().for_each(|(key, inner)| {
                    all.insert(key.clone());
                    keys(inner, all);
                }),
                serde_json::Value::Array(list) => list.iter().for_each(|inner| keys(inner, all)),
                _ => {}
            }
        }
        let mut panel = serde_json::to_value(results.panel.as_ref().expect("a panel")).expect("JSON");
        // Maps are keyed by grades, ways and codes.
        panel["how"].take();
        panel["reviewers"].as_array_mut().expect("reviewers").iter_mut().for_each(|r| drop(r["grades"].take()));
        ["by_criterion", "by_reviewer"].iter().for_each(|key| drop(panel["objections"][*key].take()));
        let case = serde_json::to_value(cases[0].iter().map(|c| &c.panel).collect::<Vec<_>>()).expect("JSON");
        for (name, written) in [("results", panel), ("cases", case)] {
            let (text, mut all) = (schema(name).unwrap_or_default(), std::collections::BTreeSet::new());
            keys(&written, &mut all);
            let missing: Vec<_> = all.iter().filter(|key| !text.contains(&format!("\"{key}\":"))).collect();
            assert!(missing.is_empty() && all.len() > 10, "{name}: {missing:?}");
        }
    }
}
