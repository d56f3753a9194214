//! `init`: the settings template, and the 卷内材料登记表 that is filled in by hand and read back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};

use crate::batch::{Batch, Ran};
use crate::run::juanping;

fn data(name: &str) -> Vec<u8> {
    fs::read(path(name)).expect("a fixture")
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/filled").join(name)
}

/// The rows of a form from its heading on, and the heading without the criteria.
fn rows(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<String>>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["卷内材料登记表", "填写说明"]);
    let range = book.worksheet_range("卷内材料登记表").expect("the sheet");
    let text = |cell: &Data| if let Data::DateTime(d) = cell { format!("{:?}", d.as_datetime_parts()) } else { cell.to_string() };
    let mut all = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>()).skip_while(|r| r[0] != "序号");
    let head = all.next().expect("a heading").iter().map(|t| t.split('\n').next().unwrap_or_default().to_owned()).collect();
    (head, all.take_while(|r| !r[0].is_empty()).collect())
}

trait Parts {
    fn as_datetime_parts(&self) -> (u16, u8, u8);
}

impl Parts for calamine::ExcelDateTime {
    fn as_datetime_parts(&self) -> (u16, u8, u8) {
        let (y, m, d, ..) = self.to_ymd_hms_milli();
        (y, m, d)
    }
}

fn made(folder: &Path, from: &str) -> Vec<u8> {
    let said = juanping(&["init", &folder.display().to_string(), "--from", from]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    fs::read(folder.join("卷内材料登记表.xlsx")).expect("the form")
}

#[test]
fn a_row_a_case_in_scope_and_a_column_a_document() {
    let room = tempfile::tempdir().expect("room");
    let from = path("登记表.csv").display().to_string();
    let bytes = made(&room.path().join("甲"), &from);
    let (head, rows) = rows(bytes.clone());
    assert_eq!(head[..6], ["序号", "案号", "类型", "阶段", "承办人", "结案日期"]);
    assert_eq!(head[head.len() - 3..], ["总页数", "卷宗形式", "备注"]);
    let cell = |n: usize, title: &str| &*rows[n][head.iter().position(|t| t == title).unwrap_or_else(|| panic!("{title}: {head:?}"))];
    let keys: Vec<(&str, &str)> = (0..rows.len()).map(|n| (cell(n, "案号"), cell(n, "阶段"))).collect();
    assert_eq!(
        keys,
        [
            ("东岭援刑〔2024〕2号", "侦查"),
            ("东岭援刑〔2024〕2号", "审判"),
            ("东岭援刑〔2024〕3号", ""),
            ("东岭援民〔2024〕第1号", "审判"),
            ("东岭援非〔2024〕4号", "非诉讼")
        ],
        "in the order of all lists, the open case not among them"
    );
    // By type, by stage, by what the register does not tell.
    for (n, title, shown) in [
        (0, "起诉书", "不适用"),
        (1, "起诉书", ""),
        (2, "起诉书", ""),
        (3, "起诉书", "不适用"),
        (0, "通知辩护（代理）公函", ""),
        (0, "法律援助申请表", "不适用"),
        (3, "法律援助申请表", ""),
        (4, "法律援助公函", "不适用"),
        (3, "法律援助公函", ""),
        (1, "辩护词", ""),
        (3, "辩护词", "不适用"),
        (0, "会见（谈话）笔录", ""),
    ] {
        assert_eq!(cell(n, title), shown, "{title} of {}", cell(n, "案号"));
    }
    let sheet = entry(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("orientation=\"landscape\""));
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("有,无,不适用"), "a list to choose from, and the heading stays");
    assert!(sheet.contains("showErrorMessage=\"0\"") || !sheet.contains("showErrorMessage"), "counts and pages may be written too");
    assert!(entry(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    let styles = entry(&bytes, "xl/styles.xml");
    assert!(styles.contains("FFD9D9D9") && styles.contains("FFFFF8DC"), "grey and light");
    let text = entry(&bytes, "xl/sharedStrings.xml") + &entry(&bytes, "xl/worksheets/sheet2.xml");
    assert!(text.contains("不得倒签、补造、替签") && text.contains("法律援助申请表"), "{text}");
    assert!(!text.contains("甲某某") && !sheet.contains("甲某某"), "recipients are not in it");
    // The same bytes anywhere.
    assert!(bytes == made(&room.path().join("乙"), &from), "equal input, equal bytes");
    // The year that all cases are of is in force in the settings; nothing else is.
    let settings = fs::read_to_string(room.path().join("甲/audit.toml")).expect("settings");
    let live: Vec<&str> = settings.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    assert_eq!(live, ["year = 2024"]);
}

fn entry(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name(name).expect("an entry"), &mut text).expect("text");
    text
}

/// Every document of every case: `number stage → id=state:count`.
fn papers(ran: &Ran) -> BTreeMap<String, String> {
    let one = |c: &serde_json::Value| {
        let list: Vec<String> = c["documents"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|d| format!("{}={}:{}", d["id"].as_str().unwrap_or_default(), d["state"].as_str().unwrap_or_default(), d["count"]))
            .collect();
        let stage = c["stage"].as_str().unwrap_or_default();
        (format!("{} {stage}", c["case_no"].as_str().unwrap_or_default()), list.join(" "))
    };
    ran.cases.iter().map(one).collect()
}

#[test]
fn filled_in_by_other_programs_it_reads_back() {
    let read = |name: &str| {
        Batch::new()
            .file("东岭区/登记表.csv", data("登记表.csv"))
            .file(&format!("东岭区/填好的{}", &name[name.rfind('.').unwrap_or(0)..]), data(name))
            .assess()
    };
    let ran = read("openpyxl.xlsx");
    let of = papers(&ran);
    for (case, wanted) in [
        (
            "东岭援民〔2024〕1号 ",
            vec![
                "application_form=present:1",
                "identity_proof=present:2",
                "interview_note=present:3",
                "agency_opinion=present:1",
                "judgment=absent:0",
                "closing_report=absent:0",
                "defence_opinion=declined:0",
            ],
        ),
        (
            "东岭援刑〔2024〕2号 侦查",
            vec![
                "interview_note=present:3",
                "defence_opinion=present:1",
                "application_form=declined:0",
                "indictment=declined:0",
                "closing_report=absent:0",
            ],
        ),
        ("东岭援刑〔2024〕2号 审判", vec!["defence_opinion=present:1", "judgment=absent:0"]),
        ("东岭援刑〔2024〕3号 ", vec!["application_form=present:1", "judgment=absent:0"]),
    ] {
        for paper in wanted {
            assert!(of.get(case).is_some_and(|p| p.split(' ').any(|p| p == paper)), "{case}: {paper} in {of:?}");
        }
    }
    let pages: Vec<&str> = ran.cases.iter().filter_map(|c| c["fields"]["total_pages"].as_str()).collect();
    assert_eq!(pages, ["40", "41", "42", "43", "44"]);
    assert!(ran.cases.iter().all(|c| c["fields"]["evidence"] == "纸质"));
    // 99号 is known to no register, and adds no case.
    assert_eq!((ran.problems(), ran.office("东岭区")["rows"].as_u64()), (vec!["P044"], Some(6)), "{}", ran.results["problems"]);
    for name in ["libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls"] {
        assert_eq!(papers(&read(name)), of, "saved by LibreOffice: {name}");
    }
    ran.adds_up();
}

#[test]
fn nothing_is_overwritten() {
    let room = tempfile::tempdir().expect("room");
    let folder = room.path().join("东岭区");
    let (shown, from) = (folder.display().to_string(), path("登记表.csv").display().to_string());
    assert_eq!(juanping(&["初始化", &shown]).code, 0);
    let settings = fs::read_to_string(folder.join("audit.toml")).expect("settings");
    assert!(!settings.lines().any(|l| l.starts_with("year")), "nothing is known yet");
    fs::write(folder.join("audit.toml"), "year = 2023\n").expect("settings");
    let said = juanping(&["生成登记表", &shown, "--from", &from]);
    assert!(said.code == 2 && said.err.contains("没有一件在评查范围内"), "the settings that are there hold: {said:?}");
    fs::write(folder.join("audit.toml"), "year = 2024\n").expect("settings");
    assert_eq!(juanping(&["init", &shown, "--from", &from]).code, 0);
    let form = fs::read(folder.join("卷内材料登记表.xlsx")).expect("the form");
    fs::write(folder.join("卷内材料登记表.xlsx"), "filled in").expect("the form");
    let said = juanping(&["init", &shown, "--from", &from]);
    assert!(said.code == 4 && said.err.contains("没有覆盖"), "{said:?}");
    assert_eq!(fs::read(folder.join("卷内材料登记表.xlsx")).expect("the form"), b"filled in");
    assert_eq!(fs::read_to_string(folder.join("audit.toml")).expect("settings"), "year = 2024\n");
    fs::remove_file(folder.join("卷内材料登记表.xlsx")).expect("moved away");
    assert!(made(&folder, &from) == form);
}

#[test]
fn what_cannot_be_read_is_said() {
    let room = tempfile::tempdir().expect("room");
    let at = |name: &str| room.path().join(name).display().to_string();
    assert_eq!(juanping(&["init", &at("a"), "--from", &at("没有的.xlsx")]).code, 2);
    assert!(!room.path().join("a").exists(), "nothing is made for a mistake");
    fs::write(room.path().join("坏.xlsx"), b"PK\x03\x04").expect("a file");
    let said = juanping(&["init", &at("a"), "--from", &at("坏.xlsx")]);
    assert!(said.code == 3 && said.err.contains("P002"), "{said:?}");
    fs::write(room.path().join("扫描.pdf"), b"%PDF-1.4").expect("a file");
    assert_eq!(juanping(&["init", &at("b"), "--from", &at("扫描.pdf")]).code, 3);
    fs::write(room.path().join("audit.toml"), "yaer = 2024\n").expect("settings");
    fs::copy(path("登记表.csv"), room.path().join("登记表.csv")).expect("a copy");
    let said = juanping(&["init", &at("d"), "--from", &at("登记表.csv")]);
    assert!(said.code == 2 && said.err.contains("S001"), "the settings above the register are: {said:?}");
    let said = juanping(&["init", &at("c"), "--from", &path("登记表.csv").display().to_string()]);
    assert!(said.code == 2 && said.err.contains("S001"), "and those above the folder, where there are no others: {said:?}");
    fs::write(room.path().join("audit.toml"), "year = 2024\n").expect("settings");
    let said = juanping(&["init", &at("e")]);
    assert!(said.code == 0 && said.out.contains("没有另写") && !room.path().join("e").exists(), "no second file hides them: {said:?}");
    assert_eq!(juanping(&["init", &at("坏.xlsx")]).code, 2, "a file is no folder");
    let said = juanping(&["init", &at("f"), "--from", &at("登记表.csv"), "--rubric", "peer-levels"]);
    assert!(said.code == 2 && said.err.contains("没有一项指标要求材料"), "a rubric of reviewers' marks alone: {said:?}");
}

#[test]
fn several_offices_have_a_column() {
    let register = |office: &str, no: &str| format!("机构,案号,案件类型,结案日期\n{office},{no},民事,2024-05-06\n");
    let batch = Batch::new()
        .file("东岭区/登记表.csv", register("东岭区", "援民〔2024〕1号"))
        .file("西岭县/登记表.csv", register("西岭县", "援民〔2024〕1号"));
    let room = tempfile::tempdir().expect("room");
    let (head, all) = rows(made(room.path(), &batch.path().display().to_string()));
    assert_eq!((head[2].as_str(), all.len()), ("机构", 2), "one number, two cases: {all:?}");
    // One county's folder, with the settings above it.
    let (head, all) = rows(made(&room.path().join("b"), &batch.path().join("西岭县").display().to_string()));
    assert_eq!((head[2].as_str(), all.len()), ("类型", 1), "{all:?}");
    // A file with the rows of both.
    let both = "机构,案号,案件类型,结案日期\n东岭区,援民〔2024〕1号,民事,2024-05-06\n西岭县,援民〔2024〕1号,民事,2024-05-06\n";
    fs::write(room.path().join("全市.csv"), both).expect("a file");
    let (_, all) = rows(made(&room.path().join("c"), &room.path().join("全市.csv").display().to_string()));
    assert_eq!(all.len(), 2, "{all:?}");
}
