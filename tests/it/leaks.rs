//! Personal values appear in no byte of any masked output: workbooks unpacked, file names and properties included.

use std::io::Read as _;

use crate::batch::{Batch, Ran};

const NAME: &str = "欧阳虚构";
const OTHER: &str = "司马虚构";
const ID_NO: &str = "990101199001010018";
const PHONE: &str = "10012345678";
const ADDRESS: &str = "云岭市东岭区虚构路一号";

fn batch() -> Batch {
    let long = format!("{NAME}{}", "长".repeat(600));
    let register = format!(
        "案号,案件类型,受援人,身份证号,联系电话,住址,案情概述,承办律师,结案日期,案件状态,{NAME}的备注\n\
         东岭援民〔2024〕1号,民事,{NAME}、{OTHER},{ID_NO},{PHONE},{ADDRESS},{NAME}请求支付工资,乙某某,2024-05-06,已结,\n\
         东岭援民〔2024〕1号,民事,{OTHER},{ID_NO},{PHONE},{ADDRESS},,乙某某,2024-05-07,已结,\n\
         东岭援民〔2024〕2号,民事,{long},{ID_NO},{PHONE},{ADDRESS},,乙某某,,在办,\n\
         ,民事,{NAME},{ID_NO},{PHONE},{ADDRESS},,乙某某,2024-05-06,已结,\n"
    );
    let folder = format!("东岭区/案卷/东岭援民〔2024〕1号{NAME}");
    Batch::new()
        .file(&format!("东岭区/{NAME}登记表.csv"), register)
        .file(&format!("{folder}/01{NAME}法律援助申请表.pdf"), "%PDF-1.4")
        .file(&format!("{folder}/{NAME}.pdf"), "%PDF-1.4")
        .file(&format!("{folder}/dossier.json"), format!(r#"{{"recipient":"{NAME}","备注一":"{NAME}"}}"#))
        .file("东岭区/评分/评分.csv", format!("案号,指标编号,得分,理由\n东岭援民〔2024〕1号,F01,3,{NAME}的笔录过简\n"))
}

/// Whether a word stands in any output, with workbooks unpacked.
fn found(ran: &Ran, word: &str) -> Vec<String> {
    let mut at = Vec::new();
    for (name, bytes) in &ran.files {
        if name.contains(word) || String::from_utf8_lossy(bytes).contains(word) {
            at.push(name.clone());
        }
        if !name.ends_with(".xlsx") {
            continue;
        }
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
        for i in 0..zip.len() {
            let mut text = Vec::new();
            zip.by_index(i).expect("a part").read_to_end(&mut text).expect("it unpacks");
            if String::from_utf8_lossy(&text).contains(word) {
                at.push(format!("{name} part {i}"));
            }
        }
    }
    if ran.told.contains(word) || ran.said.contains(word) {
        at.push("terminal".to_owned());
    }
    at
}

#[test]
fn masked_outputs_hold_no_personal_value() {
    let ran = batch().assess();
    assert_eq!(ran.cases.len(), 2, "{}", ran.told);
    for word in [NAME, OTHER, ID_NO, PHONE, ADDRESS] {
        assert_eq!(found(&ran, word), Vec::<String>::new(), "{word}");
    }
    assert!(found(&ran, "欧某某").len() > 1, "names are shown as 欧某某");
    assert!(!found(&ran, "乙某某").is_empty(), "lawyers are not personal");
}

#[test]
fn full_names_are_shown_when_asked_for() {
    let ran = batch().flags(&["--names", "full"]).assess();
    assert!(found(&ran, NAME).len() > 1);
}
