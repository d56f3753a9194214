//! Disguised files, half score sheets and targets that cannot be written. Must not repeat what `intake` and `hostile` test.

use serde_json::Value;

use crate::batch::Batch;
use crate::run::juanping_in;

const HEAD: &str = "案号,案件类型,受援人,结案日期\n";

fn good(number: u32) -> String {
    format!("{HEAD}东岭援民〔2024〕{number}号,民事,甲某某,2024-05-06\n")
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
fn a_file_that_is_not_what_it_says_is_a_problem_and_the_others_are_graded() {
    let files: [(&str, Vec<u8>, &str); 4] = [
        ("加密.xlsx", encrypted(), "P004"),
        ("其实是文字.xlsx", "不是表格".into(), "P010"),
        ("其实是网页.xls", "<html><p>案号</p></html>".into(), "P006"),
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
