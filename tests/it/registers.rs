//! Registers as clerks keep them: every folder of `tests/data/intake/registers` is read as a batch, and cases, values, columns and
//! problems must be those written beside it, no more and no less. Must not grade.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use juanping::base::place::Place;
use juanping::intake::find;
use juanping::intake::office::{self, Asked, OfficeIntake};
use juanping::intake::settings::{self, Settings};
use juanping::intake::words::{Meaning, Words, plain};
use juanping::model::case::Case;
use juanping::model::value::{Entry, Value};
use juanping::model::vocabulary::{DocumentKind, Field, FieldType, Vocabulary};
use juanping::rubric::load;
use proptest::prelude::*;
use toml::{Table, Value as Toml};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/registers")
}

fn vocabulary() -> Vocabulary {
    let loaded = load::load(&["legal-aid-civil".into(), "legal-aid-criminal".into()], None);
    loaded.rubrics.expect("the shipped rubrics").vocabulary
}

/// Reads a batch as `assess` would.
fn read(batch: &Path, vocabulary: &Vocabulary) -> Vec<OfficeIntake> {
    let (settings, _, mut mistakes) = settings::load(&batch.join("audit.toml"));
    mistakes.extend(settings::check_columns(&settings, vocabulary));
    assert_eq!(mistakes, [], "{}", batch.display());
    let words = Words::new(vocabulary, &settings);
    let asked = Asked {
        settings: &settings,
        vocabulary,
        words: &words,
        own: None,
        marks: &BTreeSet::from(["F02".into()]),
        criteria: &BTreeSet::new(),
        rubrics: &Default::default(),
        round: None,
        stage_files: &|t| t == "刑事",
    };
    let plan = find::plan(batch, &asked);
    assert_eq!(plan.problems, [], "{}", batch.display());
    plan.offices.iter().map(|o| office::read(o, &plan.shared, &asked)).collect()
}

fn shown(place: &Place) -> String {
    let all = place.to_string();
    all.rsplit_once('/').map_or(all.clone(), |(_, name)| name.to_owned())
}

/// A value as a person would say it; what is not understood begins with `!`.
fn value(entry: &Entry, field: &Field) -> Toml {
    let said = match &entry.value {
        Err(fault) => format!("!{fault:?} {}", entry.raw),
        Ok(Value::Text(text)) => text.to_string(),
        Ok(Value::Date(when)) => when.time.map_or(when.date.to_string(), |t| format!("{} {:02}:{:02}", when.date, t.hour(), t.minute())),
        Ok(Value::Number(n)) => n.to_string(),
        Ok(Value::Flag(yes)) => return Toml::Boolean(*yes),
        Ok(Value::Choice(i)) => field.choices[usize::from(*i)].value.clone(),
        Ok(Value::Periods(all)) => format!("{all:?}"),
        Ok(Value::Days(n)) => format!("{n} 日"),
    };
    Toml::String(said)
}

fn case(case: &Case, vocabulary: &Vocabulary) -> Toml {
    let mut table = Table::new();
    let text = |s: &str| Toml::String(s.to_owned());
    table.insert("no".into(), text(&case.case_no));
    table.extend(case.stage.as_deref().map(|s| ("stage".to_owned(), text(s))));
    for (id, field) in vocabulary.fields().filter(|(_, f)| !["case_no", "row_no"].contains(&f.id.as_str())) {
        let mut all: Vec<Toml> = case.all(id).iter().map(|e| value(e, field)).collect();
        let said = if all.len() > 1 {
            Toml::Array(all)
        } else {
            let Some(one) = all.pop() else { continue };
            one
        };
        table.insert(field.id.clone(), said);
    }
    let kept = |e: &&Entry| vocabulary.field(e.field).id != "row_no";
    let differ =
        case.overruled.iter().filter(kept).map(|e| Toml::String(format!("{} {} {}", vocabulary.field(e.field).id, e.raw, shown(&e.place))));
    let differ: Vec<Toml> = differ.collect();
    if !differ.is_empty() {
        table.insert("differ".into(), Toml::Array(differ));
    }
    if !case.documents.is_empty() {
        let titles = case.documents.iter().map(|d| Toml::String(format!("{} {:?}", d.title, d.statement)));
        table.insert("documents".into(), Toml::Array(titles.collect()));
    }
    Toml::Table(table)
}

fn told(offices: &[OfficeIntake], vocabulary: &Vocabulary) -> Table {
    let mut all = Table::new();
    let mut problems = Vec::new();
    for problem in offices.iter().flat_map(|o| &o.problems).filter(|p| p.code != "P032") {
        let places: Vec<String> = problem.places.iter().map(shown).collect();
        problems.push(Toml::String(format!("{} {}", problem.code, places.join(" "))));
    }
    problems.sort_by_key(ToString::to_string);
    let unclaimed = offices.iter().flat_map(|o| &o.registers).flat_map(|r| &r.unclaimed);
    let unclaimed = unclaimed.map(|u| {
        let near = u.closest.as_deref().map_or_else(String::new, |c| format!(" → {c}"));
        Toml::String(format!("{} {}{near}", u.column, u.header.replace('\n', "⏎")))
    });
    all.insert("problems".into(), Toml::Array(problems));
    let unclaimed: Vec<Toml> = unclaimed.collect();
    if !unclaimed.is_empty() {
        all.insert("unclaimed".into(), Toml::Array(unclaimed));
    }
    let cases = offices.iter().flat_map(|o| &o.cases).map(|c| case(c, vocabulary));
    all.insert("case".into(), Toml::Array(cases.collect()));
    all
}

#[test]
fn every_register_is_read_as_written_beside_it() {
    let vocabulary = vocabulary();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("the folder").map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 12, "{folders:?}");
    let mut wrong = Vec::new();
    for batch in folders {
        let beside = batch.with_extension("toml");
        let expected: Table = std::fs::read_to_string(&beside).unwrap_or_default().parse().expect("TOML");
        let seen = told(&read(&batch, &vocabulary), &vocabulary);
        if seen != expected {
            wrong.push(format!(
                "## {}\n{}",
                beside.file_name().expect("a name").to_string_lossy(),
                toml::to_string_pretty(&seen).expect("TOML")
            ));
        }
    }
    assert!(wrong.is_empty(), "read otherwise than written:\n{}", wrong.join("\n"));
}

#[test]
fn no_shipped_word_stands_for_two() {
    let vocabulary = vocabulary();
    let words = Words::new(&vocabulary, &Settings::undeclared());
    let fields = vocabulary.fields().flat_map(|(_, f)| std::iter::once(&f.title).chain(&f.aliases));
    let documents = vocabulary.documents().flat_map(|(_, d)| std::iter::once(&d.title).chain(&d.aliases));
    let twice: Vec<&String> = fields.chain(documents).filter(|w| matches!(words.meaning(&plain(w)), Meaning::Two(..))).collect();
    assert_eq!(twice, Vec::<&String>::new());
}

fn field(id: &str, title: &str, aliases: &[&str]) -> Field {
    Field {
        id: id.into(),
        title: title.into(),
        kind: FieldType::Text,
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        personal: false,
        many: false,
        choices: Vec::new(),
        prefer: Vec::new(),
        about: Default::default(),
        log: None,
        derive: None,
    }
}

#[test]
fn a_header_that_two_claim_is_used_by_neither_until_the_settings_say() {
    let document = DocumentKind {
        id: "report".into(),
        title: "结案报告".into(),
        aliases: vec!["办案小结".into()],
        order: 1,
        about: Default::default(),
    };
    let vocabulary = Vocabulary::new(
        vec![field("case_no", "案号", &[]), field("course", "办案经过", &["办案小结"]), field("office", "机构", &[])],
        vec![document],
    );
    let home = tempfile::tempdir().expect("a folder");
    let batch = home.path().join("云岭市评查");
    std::fs::create_dir(&batch).expect("a folder");
    std::fs::write(batch.join("登记表.csv"), "案号,办案小结\n东岭援民〔2024〕1号,有\n").expect("a file");
    let seen = told(&read(&batch, &vocabulary), &vocabulary);
    assert_eq!(seen["problems"].to_string(), r#"["P012 登记表.csv", "P019 登记表.csv"]"#, "{seen}");
    assert!(seen["case"][0].get("course").is_none() && seen["case"][0].get("documents").is_none(), "{seen}");
    for (id, key) in [("course", "course"), ("report", "documents")] {
        std::fs::write(batch.join("audit.toml"), format!("[columns]\n\"办案 小结\" = \"{id}\"\n")).expect("a file");
        let seen = told(&read(&batch, &vocabulary), &vocabulary);
        assert_eq!((seen["problems"].to_string().as_str(), seen["case"][0].get(key).is_some()), ("[]", true), "{seen}");
    }
}

#[test]
fn slips_in_columns_are_told_with_their_lines() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("audit.toml");
    let text = "[columns]\n\"结案 日期\" = \"closed_on\"\n\"结案日期\" = \"filed_on\"\n\"备注\" = \"-\"\n\"经办\" = \"lawer\"\n\"归 档\" = \"filed_on\"\n\"归档\" = \"filed_on\"\n";
    std::fs::write(&path, text).expect("a file");
    let (settings, _, mistakes) = settings::load(&path);
    assert_eq!(mistakes, []);
    let told = settings::check_columns(&settings, &vocabulary());
    let lines: Vec<(&str, usize)> = told.iter().map(|m| (m.code, text[..m.at.start].lines().count())).collect();
    assert_eq!(lines, [("S001", 3), ("S001", 5)], "{told:?}");
    assert!(told[1].help.as_ref().is_some_and(|h| h.zh.contains("lawyer")), "{told:?}");
}

const COLUMNS: &str = "序号,案号,案件类型,受援人,承办人,结案日期";
const HEAD: &str = "云岭市东岭区案件登记表（虚构）,,,,,\n序号,案号,案件类型,受援人,承办人,结案日期\n";

fn line(n: usize) -> String {
    format!("{n},东岭援民〔2024〕{n}号,民事,虚构甲{n},虚构律师乙,2024-05-{:02}", n % 28 + 1)
}

/// Numbers and values of the cases, without their places.
fn cases_of(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let home = tempfile::tempdir().expect("a folder");
    let batch = home.path().join("云岭市评查");
    std::fs::create_dir(&batch).expect("a folder");
    std::fs::write(batch.join("登记表.csv"), text).expect("a file");
    let offices = read(&batch, vocabulary);
    offices.iter().flat_map(|o| &o.cases).map(|c| case(c, vocabulary).to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_printed_between_the_rows_changes_no_case(between in prop::collection::vec((0_usize..13, 0_usize..9), 0..8)) {
        let vocabulary = vocabulary();
        let printed =
            ["云岭市东岭区案件登记表（虚构）,,,,,", COLUMNS, ",,,,,", "合计,,,,,12", "本页小计,4,,,,", ",,,,,", "第 3 页 共 9 页,,,,,", "制表人：虚构丙,,,审核：虚构丁,,2024-12-31", "一、民事案件,,,,,"];
        let mut rows: Vec<String> = (1..=12).map(line).collect();
        let whole = cases_of(&format!("{HEAD}{}\n", rows.join("\n")), &vocabulary);
        prop_assert_eq!(whole.len(), 12);
        for (at, which) in between {
            rows.insert(at, printed[which].to_owned());
        }
        prop_assert_eq!(cases_of(&format!("{HEAD}{}\n", rows.join("\n")), &vocabulary), whole);
    }

    #[test]
    fn the_order_of_rows_changes_no_case(order in Just((1..=12_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let vocabulary = vocabulary();
        let rows = |order: &[usize]| order.iter().map(|n| line(*n)).collect::<Vec<_>>().join("\n");
        let sorted: Vec<usize> = (1..=12).collect();
        prop_assert_eq!(cases_of(&format!("{HEAD}{}\n", rows(&order)), &vocabulary), cases_of(&format!("{HEAD}{}\n", rows(&sorted)), &vocabulary));
    }

    #[test]
    fn whatever_stands_in_the_cells_every_numbered_row_is_a_case(
        cells in prop::collection::vec(("\\PC{0,12}", "[0-9年月日.:/〇一二十～至 -]{0,12}", "[甲乙、，;/等3人]{0,8}"), 1..6),
    ) {
        let vocabulary = vocabulary();
        let quoted = |s: &str| format!("\"{}\"", s.replace('"', "\"\""));
        let rows: Vec<String> = cells.iter().enumerate().map(|(n, (any, date, people))| {
            format!("{n},东岭援民〔2024〕{}号,{},{},{},{}", n + 1, quoted(any), quoted(people), quoted(people), quoted(date))
        }).collect();
        prop_assert_eq!(cases_of(&format!("{HEAD}{}\n", rows.join("\n")), &vocabulary).len(), cells.len());
    }

    #[test]
    fn any_table_is_read_without_a_panic(text in "([,\n\"]|案号|姓名|合计|受援人|结案日期|2024|第1页|\\PC){0,60}") {
        let vocabulary = vocabulary();
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("登记表.csv"), text).expect("a file");
        let settings = Settings::undeclared();
        let words = Words::new(&vocabulary, &settings);
        let asked = Asked { settings: &settings, vocabulary: &vocabulary, words: &words, own: None, marks: &BTreeSet::new(), criteria: &BTreeSet::new(), rubrics: &Default::default(), round: None, stage_files: &|_| false };
        let plan = find::plan(home.path(), &asked);
        for office in &plan.offices {
            office::read(office, &plan.shared, &asked);
        }
    }
}
