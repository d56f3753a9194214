//! What a county clerk met: words in `audit.toml`, headers and numbers as counties write them. Cases as data.
//! Must not look at how reports are laid out.

use juanping::intake::settings::Settings;
use juanping::intake::words::{Claim, Meaning, Words, plain};
use juanping::model::vocabulary::FieldType;

use crate::batch::{Batch, Ran};
use crate::run::juanping;

fn said(ran: &Ran, code: &str) -> String {
    let list = ran.results["problems"].as_array().into_iter().flatten().filter(|p| p["code"] == code);
    list.filter_map(|p| p["message"]["zh"].as_str()).collect::<Vec<_>>().join("\n")
}

const HEAD: &str = "案号,案件类型,受援人,承办律师,结案日期,案件状态";

fn closed(n: u32) -> String {
    format!("东岭援民〔2024〕{n}号,民事,虚构甲{n},虚构律师乙,2024-05-06,已结")
}

#[test]
fn columns_take_titles_aliases_and_ids() {
    let book = format!("{HEAD},领导点头那天\n{},2024-03-01\n", closed(1));
    for (word, ok) in [("决定日期", true), ("审批 时间", true), ("decided_on", true), ("-", true), ("决定日其", false), ("不存在", false)]
    {
        let settings = format!("year = 2024\n[columns]\n\"领导点头那天\" = \"{word}\"\n");
        let ran = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", &book).assess();
        assert_eq!((ran.code != 2, ran.told.contains("S001")), (ok, !ok), "{word}: {}", ran.told);
        assert!(ok || word == "不存在" || ran.told.contains("决定日期"), "{word}: {}", ran.told);
        assert!(!ok || word == "-" || said(&ran, "P012").is_empty(), "{word}");
    }
}

#[test]
fn the_line_that_is_advised_can_be_copied() {
    let book = format!("{HEAD},\"批准\n决定日期\"\n{},2024-03-01\n", closed(1));
    let ran = Batch::new().file("东岭区/登记表.csv", &book).assess();
    let told = said(&ran, "P012");
    let line = told.lines().find(|l| l.starts_with('"')).unwrap_or_else(|| panic!("no line: {told}"));
    let settings = format!("year = 2024\n[columns]\n{line}\n");
    let ran = Batch::bare().file("audit.toml", settings).file("东岭区/登记表.csv", &book).assess();
    assert_eq!((ran.code, said(&ran, "P012").as_str()), (0, ""), "{line} {}", ran.told);
}

#[test]
fn titles_and_aliases_are_explained_and_every_mistake_says_what_to_do() {
    for word in ["决定日期", "审批时间", "指派函", "decided_on", "S001"] {
        let said = juanping(&["explain", word]);
        assert_eq!(said.code, 0, "{word} {said:?}");
    }
    for code in ["S001", "S002", "S003", "S004", "R001", "L001"] {
        let said = juanping(&["explain", code]);
        assert!(said.out.lines().nth(1).is_some_and(|l| l.chars().count() > 10), "{code} {said:?}");
    }
}

#[test]
fn a_number_that_says_ditto_or_a_range_is_told() {
    for ditto in ["同上", "〃", "同前", "\"\"\"\"", "“同上”"] {
        let two = closed(2).replacen("东岭援民〔2024〕2号", ditto, 1);
        let ran = Batch::new().file("东岭区/登记表.csv", format!("{HEAD}\n{}\n{two}\n{two}\n", closed(1))).assess();
        assert!(said(&ran, "P011").contains("有 2 行的案号写作“同上”"), "{ditto}: {}", said(&ran, "P011"));
        let alone = ran.case("东岭援民〔2024〕1号").to_string();
        assert!(!alone.contains("登记表.csv:3") && ran.cases.len() >= 2, "{ditto}: {alone}");
        ran.adds_up();
    }
    for (number, told) in
        [("12-14号", true), ("12号至14号", true), ("12、13号", true), ("12-1号", false), ("12号", false), ("12号（2）", false)]
    {
        let one = closed(2).replacen("2号", number, 1);
        let ran = Batch::new().file("东岭区/登记表.csv", format!("{HEAD}\n{one}\n")).assess();
        assert_eq!(!said(&ran, "P067").is_empty(), told, "{number}");
    }
}

#[test]
fn a_paper_and_its_number_are_told_apart_by_the_cells() {
    for (cell, number, disputed) in
        [("990101199001010018", true, false), ("5.11322E+17", true, false), ("有", false, false), ("", false, false), ("已核", false, true)]
    {
        let book = format!("{HEAD},身份证\n{},{cell}\n", closed(1));
        let ran = Batch::new().file("东岭区/登记表.csv", book).assess();
        assert_eq!((said(&ran, "P019").contains("身份证"), said(&ran, "P016").as_str()), (disputed, ""), "{cell}");
        let without = ran.case("东岭援民〔2024〕1号").to_string().contains("没有登记身份证号");
        assert!(!(number && without), "{cell}");
    }
}

#[test]
fn a_cell_not_understood_is_named_with_its_column() {
    let ran = Batch::new().file("东岭区/登记表.csv", format!("{HEAD},结案报告\n{},待补\n", closed(1))).assess();
    let told = said(&ran, "P016");
    assert!(told.contains("G 列“结案报告”") && told.contains("“待补”"), "{told}");
}

#[test]
fn words_of_counties_are_known() {
    for (header, known) in [
        ("承办人 单位", true),
        ("承办律师单位", true),
        ("签订协议时间", true),
        ("签约时间", true),
        ("阅卷日", true),
        ("归档 时间（年月日）", true),
        ("受援人住址", true),
        ("打印时间", false),
        ("工作日", false),
    ] {
        let ran = Batch::new().file("东岭区/登记表.csv", format!("{HEAD},{header}\n{},甲\n", closed(1))).assess();
        assert_eq!(!said(&ran, "P012").contains("没有认出"), known, "{header}: {}", said(&ran, "P012"));
    }
}

#[test]
fn damage_is_told_without_the_words_of_programs() {
    let ran = Batch::new().file("东岭区/登记表.xlsx", "PK\u{3}\u{4}坏了").assess();
    let told = said(&ran, "P002");
    assert!(told.contains("多半没有传完") && !told.contains("EOCD"), "{told}");
}

#[test]
fn dates_of_the_shipped_words_stay_apart_without_their_endings() {
    let shipped = juanping::rubric::load::load(&["legal-aid-civil".to_owned(), "legal-aid-criminal".to_owned()], None);
    let vocabulary = shipped.rubrics.expect("the shipped rubrics").vocabulary;
    let words = Words::new(&vocabulary, &Settings::undeclared());
    for (id, field) in vocabulary.fields().filter(|(_, f)| f.kind == FieldType::Date) {
        for word in std::iter::once(&field.title).chain(&field.aliases) {
            let about = ["日期", "时间"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            for end in ["日期", "时间", "日"].iter().filter(|_| about != word) {
                let header = format!("{about}{end}");
                assert_eq!(words.meaning(&plain(&header)), Meaning::One(Claim::Field(id)), "{header}");
            }
        }
    }
}
