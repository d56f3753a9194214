//! Personal values appear in no byte of any masked output: workbooks unpacked, file names and properties included.

use std::io::Read as _;

use crate::batch::{Batch, Ran};

/// What must not be seen.
pub const PLANTED: [&str; 5] = [NAME, OTHER, ID_NO, PHONE, ADDRESS];
const NAME: &str = "欧阳虚构";
const OTHER: &str = "司马虚构";
const ID_NO: &str = "990101199001010018";
const PHONE: &str = "10012345678";
const ADDRESS: &str = "云岭市东岭区虚构路一号";

/// A batch with these values in every place where they can stand.
pub fn batch() -> Batch {
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
pub fn found(ran: &Ran, word: &str) -> Vec<String> {
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
    for word in PLANTED {
        assert_eq!(found(&ran, word), Vec::<String>::new(), "{word}");
    }
    assert!(found(&ran, "欧某某").len() > 1, "names are shown as 欧某某");
    assert!(!found(&ran, "乙某某").is_empty(), "lawyers are not personal");
}

#[test]
fn names_and_numbers_are_hidden_however_they_are_written() {
    let head = "机构,案号,案件类型,受援人,身份证号,联系电话,住址,出生日期,承办律师,结案日期,案件状态";
    let one = "东岭区,东岭援民〔2024〕1号,民事,欧阳虚构（未成年）,99010119900101001x,100-1234-5678,虚构路一号,1990年1月1日,乙某某,2024-05-06,已结";
    let two =
        "东岭区,东岭援民〔2024〕2号司马虚构,民事,司马虚构等3人,990101 19900101 0018,10022223333、10033334444,,,乙某某,2024-05-06,已结";
    let three = "西岭县,西岭援民〔2024〕1号,民事,诸葛虚构,,,,,乙某某,2024-05-06,已结";
    let told = r#"{"recipient":{"姓名":"夏侯虚构"},"phone":["10055556666","10077778888"],"documents":[{"name":"夏侯虚构"}]}"#;
    let dossier = "案卷/东岭援民〔2024〕1号欧阳虚构";
    let ran = Batch::new()
        .file("全市登记表.csv", format!("{head}\n{one}\n{two}\n{three}\n"))
        .file(&format!("{dossier}/申请表欧阳虚构10012345678.pdf"), "%PDF-1.4")
        .file(&format!("{dossier}/99010119900101001X.pdf"), "%PDF-1.4")
        .file(&format!("{dossier}/dossier.json"), told)
        .file("诸葛虚构的申请.pdf", "%PDF-1.4")
        .file("案卷/某案990101199001010018/10033334444.pdf", "%PDF-1.4")
        .file("评分.csv", "案号,指标编号,得分,理由\n东岭援民〔2024〕1号,F01,3,司马虚构另案\n")
        .assess();
    let words = [
        "欧阳虚构",
        "司马虚构",
        "诸葛虚构",
        "夏侯虚构",
        "99010119900101001x",
        "99010119900101001X",
        "990101199001010018",
        "10012345678",
        "100-1234-5678",
        "10022223333",
        "10033334444",
        "10055556666",
        "10077778888",
        "虚构路一号",
    ];
    for word in words {
        assert_eq!(found(&ran, word), Vec::<String>::new(), "{word}");
    }
    assert_eq!(ran.cases.len(), 3, "{}", ran.told);
}

#[test]
fn full_names_are_shown_when_asked_for() {
    let ran = batch().flags(&["--names", "full"]).assess();
    assert!(found(&ran, NAME).len() > 1);
}

#[test]
fn numbers_and_names_of_nobody_registered_are_hidden_too() {
    let words = ["511322199003071234", "11010119900307013X", "13800138000", "司马光明"];
    for register in ["案号,案件类型,受援人,承办律师,结案日期\n东岭援民〔2024〕1号,民事,欧阳虚构,乙某某,2024-05-06\n", "\u{1}坏了"]
    {
        let mut batch = Batch::new().file("东岭区/登记表.csv", register);
        for path in [
            "511322199003071234.jpg",
            "东岭区/11010119900307013X正面.jpg",
            "东岭区/案卷/东岭援民〔2024〕1号/13800138000.pdf",
            "东岭区/案卷/东岭援民〔2024〕9号 司马光明离婚/01法律援助申请表.pdf",
            "案卷/西岭援民〔2024〕9号司马光明/01法律援助申请表.pdf",
            "案卷/〔2024〕8号司马光明.zip",
        ] {
            batch = batch.file(path, "%PDF-1.4");
        }
        let ran = batch.assess();
        for word in words {
            assert_eq!(found(&ran, word), Vec::<String>::new(), "{word}");
        }
        assert!(!found(&ran, "〔2024〕9号…").is_empty(), "{}", ran.told);
        let full = batch.flags(&["--names", "full"]).assess();
        assert!(words.iter().all(|word| !found(&full, word).is_empty()), "{}", full.told);
    }
}
