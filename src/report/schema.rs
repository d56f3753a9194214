//! JSON Schemas of what is written. Must not describe anything by hand: they come from the frozen records.

use schemars::schema_for;

use crate::record::v1;

/// The schema called `results`, `cases`, `out-of-scope`, `inputs` or `check`; nothing for any other name.
pub fn schema(name: &str) -> Option<String> {
    let schema = match name {
        "results" => schema_for!(v1::Results),
        "cases" => schema_for!(v1::CaseRecord),
        "out-of-scope" => schema_for!(v1::OutRecord),
        "inputs" => schema_for!(v1::InputRecord),
        "check" => schema_for!(v1::Check),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok().map(|text| text + "\n")
}

/// The names that [`schema`] knows.
pub const NAMES: &[&str] = &["results", "cases", "out-of-scope", "inputs", "check"];

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
}
