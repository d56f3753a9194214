//! Workbooks made to hurt: none may end the run, and the other offices are graded as if they were not there.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::batch::{Batch, Ran};

/// A workbook of one sheet from its raw parts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    workbook_with(sheet, strings, "")
}

fn workbook_with(sheet: &str, strings: &str, properties: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("it is written");
    };
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    part(
        "[Content_Types].xml",
        &format!(
            r#"{head}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#
        ),
    );
    part(
        "_rels/.rels",
        &format!(
            r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/workbook.xml",
        &format!(
            r#"{head}<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets><sheet name="登记表" sheetId="1" r:id="r1"/></sheets></workbook>"#
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
        ),
    );
    part("xl/worksheets/sheet1.xml", &format!(r#"{head}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>"#));
    part("xl/sharedStrings.xml", &format!(r#"{head}<sst xmlns="{main}" {strings}></sst>"#));
    zip.finish().expect("a zip").into_inner()
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn rows() -> String {
    let head: Vec<String> = [("A1", "案号"), ("B1", "案件类型"), ("C1", "结案日期")].iter().map(|(at, t)| cell(at, t)).collect();
    let first: Vec<String> =
        [("A2", "东岭援民〔2024〕1号"), ("B2", "民事"), ("C2", "2024-05-06")].iter().map(|(at, t)| cell(at, t)).collect();
    format!(r#"<row r="1">{}</row><row r="2">{}</row>"#, head.concat(), first.concat())
}

fn beside(bytes: Vec<u8>) -> Ran {
    let other = "案号,案件类型,结案日期\n西岭援民〔2024〕1号,民事,2024-05-06\n";
    let ran = Batch::new()
        .file("东岭区/登记表.xlsx", bytes)
        .file("东岭区/补登.csv", other.replace('西', "东"))
        .file("西岭县/登记表.csv", other)
        .assess();
    assert_eq!(ran.office("西岭县")["in_scope"], 1, "{}", ran.told);
    ran
}

#[test]
fn the_plain_workbook_is_read() {
    let ran = beside(workbook(&rows(), r#"count="0" uniqueCount="0""#));
    assert_eq!((ran.code, &ran.office("东岭区")["rows"]), (0, &serde_json::json!(2)), "{:?}", ran.results["problems"]);
    assert_eq!(ran.cases[0]["findings"][0]["places"][0]["sheet"], "登记表");
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let far = format!(r#"{}<row r="1048576">{}</row>"#, rows(), cell("XFD1048576", "远"));
    let ran = beside(workbook(&far, r#"count="0" uniqueCount="0""#));
    assert_eq!((ran.code, &ran.office("东岭区")["rows"]), (0, &serde_json::json!(2)), "{:?}", ran.results["problems"]);
}

#[test]
fn a_false_count_of_strings_is_refused() {
    for count in ["4000000000", "18446744073709551615", "99999999999999999999999999"] {
        let ran = beside(workbook(&rows(), &format!(r#"count="1" uniqueCount="{count}""#)));
        assert_eq!((ran.code, ran.problems().contains(&"P005")), (3, true), "{count}: {:?}", ran.results["problems"]);
    }
}

#[test]
fn a_text_without_end_is_refused() {
    let long = format!(r#"{}<row r="3">{}</row>"#, rows(), cell("A3", &"长".repeat(20 << 20)));
    let ran = beside(workbook(&long, r#"count="0" uniqueCount="0""#));
    assert_eq!((ran.code, ran.problems().contains(&"P005")), (3, true), "{:?}", ran.results["problems"]);
}

#[test]
fn cut_files_are_problems() {
    let whole = workbook(&rows(), r#"count="0" uniqueCount="0""#);
    for keep in [1, 4, 30, 200, whole.len() / 2, whole.len() - 30] {
        let ran = beside(whole[..keep].to_vec());
        assert_eq!(ran.code, 3, "{keep} bytes: {:?}", ran.results["problems"]);
        assert_eq!(ran.office("东岭区")["rows"], 1, "the other register of the office counts");
    }
}

#[test]
fn broken_markup_in_the_middle_is_said_and_keeps_what_came_before() {
    let broken = format!("{}<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>东岭援民〔2024〕3号</wrong>", rows());
    let ran = beside(workbook(&broken, r#"count="0" uniqueCount="0""#));
    assert_eq!((ran.code, ran.problems().contains(&"P002")), (3, true), "{:?}", ran.results["problems"]);
}

#[test]
fn a_formula_without_a_stored_result_is_told() {
    let formula = |at: &str, result: &str, kind: &str| format!("<c r=\"{at}\"{kind}><f>A1&amp;\"号\"</f>{result}</c>");
    let stored = [formula("D3", "<v>3</v>", ""), formula("E3", "<v></v>", " t=\"str\"")].concat();
    let lacking = [formula("F3", "<v></v>", ""), formula("G3", "<v/>", ""), formula("H3", "", ""), formula("I3", "<v />", "")].concat();
    for (cells, expected) in [(stored.clone(), None), (lacking.clone(), Some(4)), (stored + &lacking, Some(4))] {
        // Long enough that formulas fall on the ends of chunks.
        for filler in 0..3 {
            let pad = format!("<row r=\"9\"><c r=\"A9\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(65_000 + filler * 97));
            let sheet = rows() + &format!("<row r=\"3\">{cells}</row>{pad}<row r=\"10\">{cells}</row>");
            let ran = beside(workbook(&sheet, ""));
            let told = ran.results["problems"].as_array().into_iter().flatten().find(|p| p["code"] == "P046");
            let said = told.map(|p| p["message"]["zh"].to_string());
            let twice = expected.map(|n: u32| format!(" {} 个公式格", n * 2));
            assert_eq!(said.is_some(), twice.is_some(), "{said:?}");
            assert!(twice.is_none_or(|n| said.is_some_and(|s| s.contains(&n))), "{cells}");
        }
    }
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    // A number of its own, for the file beside it has the other.
    let sheet = rows().replace("〔2024〕1号", "〔2024〕5号").replace(&cell("C2", "2024-05-06"), "<c r=\"C2\"><v>43956</v></c>");
    assert!(sheet.contains("43956") && sheet.contains("5号"));
    let closed = |properties: &str| {
        let ran = beside(workbook_with(&sheet, "", properties));
        let case = ran.cases.iter().find(|c| c["case_no"] == "东岭援民〔2024〕5号")?;
        case["fields"]["closed_on"].as_str().map(str::to_owned)
    };
    assert_eq!(closed("<workbookPr date1904=\"1\"/>").as_deref(), Some("2024-05-06"));
    assert_eq!(closed(""), None, "counted from 1900 it is a day of 2020, which is not in scope");
}
