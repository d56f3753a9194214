//! A check as JUnit XML: a suite an office, a test a criterion of a case. Must not count what is open as passed.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Result;
use super::figures::place;
use crate::record::v1::{CaseRecord, Check, CriterionResult};

/// The document.
///
/// # Errors
/// When the text cannot be put together.
pub fn suites(check: &Check) -> Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new("testsuites").with_attributes([("name", "juanping check")])))?;
    for office in &check.results.offices {
        let cases: Vec<&CaseRecord> = check.cases.iter().filter(|c| *c.office == *office.name).collect();
        let count = |wanted: fn(&str) -> bool| cases.iter().flat_map(|c| &c.criteria).filter(|c| wanted(&c.outcome)).count().to_string();
        let [tests, failures, errors, skipped] =
            [count(|_| true), count(|o| o == "unmet"), count(|o| o == "failed"), count(|o| !matches!(o, "met" | "unmet" | "failed"))];
        let suite = BytesStart::new("testsuite").with_attributes([
            ("name", clean(&office.name).as_str()),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
            ("skipped", &skipped),
        ]);
        xml.write_event(Event::Start(suite))?;
        for case in cases {
            for criterion in &case.criteria {
                test(&mut xml, case, criterion)?;
            }
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn test(xml: &mut Writer<Vec<u8>>, case: &CaseRecord, criterion: &CriterionResult) -> Result<()> {
    let stage = case.stage.as_deref().map(|s| format!("（{s}）")).unwrap_or_default();
    let class = clean(&format!("{}.{}{stage}", case.office, case.case_no));
    let start = BytesStart::new("testcase").with_attributes([("classname", class.as_str()), ("name", &criterion.id)]);
    let what = match &*criterion.outcome {
        "met" => {
            xml.write_event(Event::Empty(start))?;
            return Ok(());
        }
        "unmet" => "failure",
        "failed" => "error",
        _ => "skipped",
    };
    let findings = || case.findings.iter().filter(|f| f.criterion == criterion.id);
    let first = findings().next().map(|f| clean(&f.message.zh));
    let said = first.unwrap_or_else(|| super::words::outcome(&criterion.outcome).to_owned());
    let all: Vec<String> = findings()
        .map(|f| format!("{}\n{}\n{}", f.message.zh, f.fix.zh, f.places.iter().map(place).collect::<Vec<_>>().join("\n")))
        .collect();
    xml.write_event(Event::Start(start))?;
    let inner = BytesStart::new(what).with_attributes([("message", said.as_str())]);
    xml.write_event(Event::Start(inner))?;
    xml.write_event(Event::Text(BytesText::new(&clean(&all.join("\n\n")))))?;
    xml.write_event(Event::End(BytesEnd::new(what)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    Ok(())
}

/// Without characters that XML does not take.
fn clean(text: &str) -> String {
    let taken = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().map(|c| if taken(c) { c } else { '\u{FFFD}' }).collect()
}
