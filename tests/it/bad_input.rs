//! Files made to do harm, half score sheets and targets that cannot be written. Must not repeat what `intake` tests.

use std::io::Write as _;

use serde_json::Value;

use crate::batch::Batch;
use crate::run::juanping_in;

const HEAD: &str = "案号,案件类型,受援人,结案日期\n";

fn good(number: u32) -> String {
    format!("{HEAD}东岭援民〔2024〕{number}号,民事,甲某某,2024-05-06\n")
}

/// A workbook with this sheet and these shared strings.
fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships {package}><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships {package}><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook {main} xmlns:r=\"{relations}\"><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", strings.replace("<sst", &format!("<sst {main}"))),
    ];
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// The start of a compound file, as an encrypted workbook has it, with the name of its stream.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0_u8; 4096];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024..1024 + name.len()].copy_from_slice(&name);
    bytes
}

#[test]
fn a_harmful_file_is_a_problem_and_the_others_are_graded() {
    let cell = |at: &str, text: &str| format!("<row r=\"1\"><c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let files: [(&str, Vec<u8>, &str); 8] = [
        ("远处一格.xlsx", xlsx(far, "<sst/>"), "P010"),
        ("虚报字数.xlsx", xlsx(&cell("A1", "案号"), "<sst uniqueCount=\"4000000000\" count=\"4000000000\"/>"), "P005"),
        ("超长一格.xlsx", xlsx(&cell("A1", &"长".repeat(4 << 20)), "<sst/>"), "P005"),
        ("加密.xlsx", encrypted(), "P004"),
        ("其实是文字.xlsx", "不是表格".into(), "P010"),
        ("截断.xlsx", xlsx(&cell("A1", "案号"), "<sst/>")[..300].to_vec(), "P002"),
        ("其实是网页.xls", "<html><table><tr><td>案号</td></tr></table></html>".into(), "P006"),
        ("空.csv", Vec::new(), "P003"),
    ];
    let alone = Batch::new().file("西岭县/登记表.csv", good(2)).assess();
    for (name, bytes, code) in files {
        let ran = Batch::new()
            .file("西岭县/登记表.csv", good(2))
            .file("东岭区/登记表.csv", good(1))
            .file(&format!("东岭区/{name}"), bytes)
            .assess();
        assert_eq!(ran.code, 3, "{name}: {}", ran.told);
        let problems: Vec<&Value> = ran.results["problems"].as_array().into_iter().flatten().collect();
        let told = problems.iter().find(|p| p["code"] == code).unwrap_or_else(|| panic!("{name}: no {code} in {problems:?}"));
        assert!(told["places"][0]["file"].as_str().is_some_and(|f| f.ends_with(name)), "{name}: {told}");
        assert_eq!(ran.cases.len(), 2, "{name}: the register beside it was lost");
        assert_eq!(ran.files["西岭县.xlsx"], alone.files["西岭县.xlsx"], "{name}: the other office changed");
    }
}

#[test]
fn a_score_sheet_without_its_columns_is_told_and_makes_no_cases() {
    for (head, missing) in [("案号,指标编号,打分", "得分"), ("编号,指标编号,得分", "案号")] {
        let ran = Batch::new()
            .file("东岭区/登记表.csv", good(1))
            .file("东岭区/评分.csv", format!("{head}\n东岭援民〔2024〕9号,G01,3\n"))
            .assess();
        let problems = ran.results["problems"].as_array().cloned().unwrap_or_default();
        let told = problems.iter().find(|p| p["code"] == "P040").expect("P040");
        assert!(told["message"]["zh"].as_str().is_some_and(|m| m.contains(missing)), "{told}");
        assert_eq!((ran.code, ran.cases.len()), (3, 1));
    }
}

#[test]
fn a_target_that_cannot_be_written_leaves_nothing() {
    let batch = Batch::new().file("东岭区/登记表.csv", good(1));
    let home = batch.path().parent().expect("a home").to_owned();
    std::fs::write(home.join("文件"), "原样").expect("a file");
    std::fs::create_dir(home.join("别的")).expect("a folder");
    std::fs::write(home.join("别的/重要.txt"), "原样").expect("a file");
    let before = crate::batch::files(&home);
    for (out, code) in [("文件/结果", 4), ("云岭市评查/结果", 2), ("云岭市评查", 2), ("别的", 2), ("文件", 2)] {
        let said = juanping_in(&home, &["assess", "云岭市评查", "-o", out]);
        assert_eq!((said.code, said.out.as_str()), (code, ""), "{out}: {}", said.err);
        assert!(said.err.chars().any(|c| c > '\u{3400}'), "{out}: {}", said.err);
        assert_eq!(crate::batch::files(&home), before, "{out}");
    }
}
