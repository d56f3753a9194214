//! Score sheets that come back, whatever became of them on the way: each kind of damage makes exactly its problem, and the marks that can be
//! used remain. Must not test what several marks come to.

mod book;
mod status;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use juanping::base::problem::Problem;
use juanping::intake::office::{self, Asked, OfficeIntake};
use juanping::intake::words::Words;
use juanping::intake::{find, settings};
use juanping::model::case::Case;
use juanping::model::round::Round;
use juanping::rubric::load;
use proptest::prelude::*;

use self::book::{Book, FRAME, RUBRIC, V, grid, pages, t};

const SETTINGS: &str = "year = 2024\n[[office]]\nid = \"1\"\nname = \"东岭区\"\n[[office]]\nid = \"2\"\nname = \"西岭县\"\n";

/// What was read of a batch.
struct Seen {
    problems: Vec<Problem>,
    offices: Vec<OfficeIntake>,
}

impl Seen {
    fn codes(&self) -> Vec<&str> {
        self.problems.iter().map(|p| p.code).collect()
    }

    fn told(&self) -> String {
        self.problems.iter().map(|p| format!("{} {}\n", p.code, p.message.zh)).collect()
    }

    fn case(&self, no: &str) -> &Case {
        self.offices.iter().flat_map(|o| &o.cases).find(|c| c.case_no == no).unwrap_or_else(|| panic!("no case {no}"))
    }

    /// The marks of a case in short: `F01=扣 2`.
    fn marks(&self, no: &str) -> String {
        let mut all: Vec<String> = self.case(no).marks.iter().map(|m| format!("{}={}", m.criterion, m.given.shown())).collect();
        all.sort();
        all.join(" ")
    }

    /// The verdicts of a case in short: who, how many of how many are blank, the grade, whether it is signed.
    fn verdicts(&self, no: &str) -> String {
        let one = |v: &juanping::model::heard::Verdict| {
            let (blank, grade) = (v.blank.join(","), v.grade.as_deref().unwrap_or("-"));
            format!(
                "{} {}[{blank}] {grade} {}",
                v.reviewer,
                v.wanted,
                if v.is_signed() {
                    "signed"
                } else if v.begun {
                    "begun"
                } else {
                    "blank"
                }
            )
        };
        self.case(no).heard.verdicts.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn round(tasks: &[(&str, &str)]) -> Round {
    let mut round = Round { frame: FRAME.to_owned(), reviewers: ["Z01", "Z02"].map(Arc::from).into(), tasks: BTreeMap::new() };
    for (reviewer, no) in tasks {
        let task = ("1".into(), format!("东岭援民〔2024〕{no}号").as_str().into(), None);
        round.tasks.entry((*reviewer).into()).or_default().insert(task);
    }
    round
}

fn usual() -> Round {
    round(&[("Z01", "1"), ("Z01", "2"), ("Z02", "1")])
}

/// Reads a batch of two offices with these files beside the registers.
fn read(files: &[(&str, Vec<u8>)], round: Option<&Round>) -> Seen {
    let room = tempfile::tempdir().expect("a folder");
    let put = |path: &str, bytes: &[u8]| {
        let full = room.path().join(path);
        std::fs::create_dir_all(full.parent().expect("a parent")).expect("a folder");
        std::fs::write(full, bytes).expect("a file");
    };
    put("audit.toml", SETTINGS.as_bytes());
    for (office, n) in [("东岭", 3), ("西岭", 1)] {
        let rows: String = (1..=n).map(|n| format!("{office}援民〔2024〕{n}号,民事,2024-05-06,有\n")).collect();
        let folder = if office == "东岭" { "东岭区" } else { "西岭县" };
        put(&format!("{folder}/登记表.csv"), format!("案号,案件类型,结案日期,结案报告\n{rows}").as_bytes());
    }
    files.iter().for_each(|(path, bytes)| put(path, bytes));
    let mut rubrics = load::load(&["legal-aid-civil".to_owned()], None).rubrics.expect("the shipped rubric");
    let vocabulary = std::mem::take(&mut rubrics.vocabulary);
    let (settings, _, mistakes) = settings::load(&room.path().join("audit.toml"));
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let ids = |human: bool| -> BTreeSet<String> {
        let rubric = &rubrics.list[0];
        let criteria = rubric.criteria.iter().filter(|c| !human || c.check.human).map(|c| c.id.to_string());
        criteria.chain(rubric.red_lines.iter().map(|l| l.id.to_string())).collect()
    };
    let asked = Asked {
        settings: &settings,
        vocabulary: &vocabulary,
        words: &Words::new(&vocabulary, &settings),
        own: None,
        marks: &ids(true),
        criteria: &ids(false),
        rubrics: &BTreeMap::from([("legal-aid-civil".to_owned(), RUBRIC.to_owned())]),
        round,
        stage_files: &|_| false,
    };
    let plan = find::plan(room.path(), &asked);
    let mut offices: Vec<OfficeIntake> = plan.offices.iter().map(|o| office::read(o, &plan.shared, &asked)).collect();
    let claimed: Vec<_> = offices.iter().map(|o| o.claimed.clone()).collect();
    let mut problems = plan.problems.clone();
    problems.extend(offices.iter_mut().flat_map(|o| std::mem::take(&mut o.problems)));
    problems.extend(plan.shared.unclaimed(&claimed));
    Seen { problems, offices }
}

fn sheet(book: &Book) -> Seen {
    read(&[("评分/Z01.xlsx", book.bytes())], Some(&usual()))
}

const ONE: &str = "东岭援民〔2024〕1号";
const TWO: &str = "东岭援民〔2024〕2号";
const MARKS_1: &str = "F01=扣 2 F02=扣 0 F03=不适用 V01=不成立";
const MARKS_2: &str = "F01=扣 0 F02=扣 0.5 K01=扣 1";
const VERDICT_1: &str = "Z01 4[] 良好 signed";
const VERDICT_2: &str = "Z01 4[F03,V01] - begun";

#[test]
fn a_good_sheet_gives_its_marks_and_no_problem() {
    for book in [pages(), grid()] {
        let seen = sheet(&book);
        assert_eq!(seen.codes(), Vec::<&str>::new(), "{}", seen.told());
        assert_eq!((seen.marks(ONE).as_str(), seen.marks(TWO).as_str()), (MARKS_1, MARKS_2));
        assert_eq!((seen.verdicts(ONE).as_str(), seen.verdicts(TWO).as_str()), (VERDICT_1, VERDICT_2));
        let mark = &seen.case(ONE).marks[0];
        let told = [&mark.reviewer, &mark.situation, &mark.reason, &mark.pages].map(|w| w.as_deref().unwrap_or_default().to_owned());
        assert_eq!(told, ["Z01", "材料不全", "没有问清事实", "3-5"]);
        let verdict = &seen.case(ONE).heard.verdicts[0];
        let told = [&verdict.good, &verdict.lacking, &verdict.advice].map(|w| w.as_deref());
        assert_eq!((told, verdict.on.map(|d| d.to_string())), ([Some("调解及时"), None, Some("改进笔录")], Some("2025-03-05".to_owned())));
        assert!(verdict.place.cell().is_some(), "the grade has a cell");
    }
    let mark = sheet(&pages()).case(ONE).marks[0].clone();
    assert_eq!((mark.place.to_string().as_str(), &*mark.raw), ("评分/Z01.xlsx 001!E4", "2"));
}

/// The files of `tests/data/returned`, made by other programs.
#[test]
fn whatever_program_saved_it() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/returned");
    for name in [
        "pages-openpyxl.xlsx",
        "pages-libreoffice.xlsx",
        "pages-libreoffice.ods",
        "pages-libreoffice.xls",
        "grid-openpyxl.xlsx",
        "grid-libreoffice.ods",
    ] {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        let path = format!("评分/{name}");
        let seen = read(&[(path.as_str(), bytes)], Some(&usual()));
        assert_eq!(seen.codes(), Vec::<&str>::new(), "{name}: {}", seen.told());
        assert_eq!((seen.marks(ONE).as_str(), seen.marks(TWO).as_str()), (MARKS_1, MARKS_2), "{name}");
        assert_eq!((seen.verdicts(ONE).as_str(), seen.verdicts(TWO).as_str()), (VERDICT_1, VERDICT_2), "{name}");
    }
}

/// What is done to a sheet, what is told, and which marks of the first case remain (`-`: none).
type Damage = (&'static str, fn(&mut Book), &'static [&'static str], &'static str);

const NONE: &str = "";

#[test]
fn each_damage_makes_its_problem_and_no_other() {
    let damages: &[Damage] = &[
        ("another format", |b| b.set("标识", "B2", t("9")), &["P080"], NONE),
        ("another batch", |b| b.set("标识", "B4", t("eeee")), &["P080"], NONE),
        ("unknown reviewer", |b| b.set("标识", "B5", t("Z09")), &["P080"], NONE),
        ("no reviewer", |b| b.set("标识", "B5", V::No), &["P080"], NONE),
        ("another rubric", |b| b.set("标识", "B7", t("peer-levels")), &["P080"], NONE),
        ("another version of the rubric", |b| b.set("标识", "D7", t("bbbb")), &["P080"], NONE),
        ("unknown layout", |b| b.set("标识", "B6", t("list")), &["P080"], NONE),
        ("identity deleted", |b| b.0.retain(|(n, _)| n != "标识"), &["P080"], NONE),
        ("calibration", |b| b.set("标识", "B1", t("juanping-calibration")), &["P088"], NONE),
        ("a page deleted", |b| b.0.retain(|(n, _)| n != "002"), &["P081"], MARKS_1),
        ("a page added", |b| b.0.push(("003".to_owned(), b.sheet("002").clone())), &["P081"], MARKS_1),
        ("a page renamed", |b| b.0[1].0 = "一号案".to_owned(), &[], MARKS_1),
        (
            "pages swapped by name",
            |b| {
                b.0[1].0 = "002".to_owned();
                b.0[2].0 = "001".to_owned()
            },
            &[],
            MARKS_1,
        ),
        ("case number changed", |b| b.set("001", "B2", t("东岭援民〔2024〕9号")), &["P081", "P081"], NONE),
        ("a row deleted", |b| drop(b.bend("001").remove(3)), &["P081"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("a row of the machine deleted", |b| drop(b.bend("001").remove(7)), &["P081"], MARKS_1),
        (
            "a row doubled",
            |b| {
                let row = b.sheet("001")[3].clone();
                b.bend("001").insert(4, row)
            },
            &["P081"],
            "F02=扣 0 F03=不适用 V01=不成立",
        ),
        ("an unknown id", |b| b.set("001", "A8", t("K99")), &["P081"], MARKS_1),
        (
            "an unknown id filled in",
            |b| {
                b.set("001", "A8", t("K99"));
                b.set("001", "E8", V::N(1.0))
            },
            &["P081", "P081"],
            MARKS_1,
        ),
        (
            "blank rows",
            |b| {
                b.bend("001").insert(4, Vec::new());
                b.bend("001").insert(2, Vec::new())
            },
            &[],
            MARKS_1,
        ),
        ("sorted rows", |b| b.bend("001")[3..8].reverse(), &[], MARKS_1),
        ("a column moved", |b| b.bend("001")[2..8].iter_mut().for_each(|r| r.swap(4, 8)), &[], MARKS_1),
        ("words for a number", |b| b.set("001", "E4", t("两分")), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("a number as text", |b| b.set("001", "E4", t("２分")), &[], MARKS_1),
        ("a negative number", |b| b.set("001", "E4", V::N(-2.0)), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("a day for a number", |b| b.set("001", "E4", V::Day(2)), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("a formula error", |b| b.set("001", "E4", V::F("#REF!".to_owned())), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("an error as reason", |b| b.set("001", "H4", V::F("#N/A".to_owned())), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("no reason", |b| b.set("001", "H4", V::No), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("a dash for a reason", |b| b.set("001", "H4", t("——")), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("不适用 without reason", |b| b.set("001", "H6", V::No), &["P082"], "F01=扣 2 F02=扣 0 V01=不成立"),
        (
            "an entry beside the machine's without a reason is left to assess",
            |b| b.set("001", "E7", V::N(0.0)),
            &[],
            "F01=扣 2 F02=扣 0 F03=不适用 K01=扣 0 V01=不成立",
        ),
        (
            "override with reason",
            |b| {
                b.set("001", "E7", V::N(0.0));
                b.set("001", "H7", t("经核对相符"))
            },
            &[],
            "F01=扣 2 F02=扣 0 F03=不适用 K01=扣 0 V01=不成立",
        ),
        ("decision without reason", |b| b.set("001", "H12", V::No), &["P082"], "F01=扣 2 F02=扣 0 F03=不适用"),
        ("unknown decision", |b| b.set("001", "E12", t("待定")), &["P082"], "F01=扣 2 F02=扣 0 F03=不适用"),
        ("above the points is left to the check", |b| b.set("001", "E4", V::N(99.0)), &[], "F01=扣 99 F02=扣 0 F03=不适用 V01=不成立"),
        ("unknown grade is left to assess", |b| b.set("001", "C16", t("特优")), &[], MARKS_1),
        ("another's signature", |b| b.set("001", "E16", t("Z02")), &["P082"], MARKS_1),
        ("no day", |b| b.set("001", "H16", t("上周五")), &["P082"], MARKS_1),
        ("the points changed", |b| b.set("001", "C4", V::N(50.0)), &[], MARKS_1),
    ];
    for (name, damage, codes, marks) in damages {
        let mut book = pages();
        damage(&mut book);
        let seen = sheet(&book);
        assert_eq!(seen.codes(), *codes, "{name}: {}", seen.told());
        assert_eq!(seen.marks(ONE), *marks, "{name}");
        let refused = *codes == ["P080"] || *codes == ["P088"];
        assert_eq!(seen.problems.iter().any(Problem::is_unread), *codes == ["P080"], "{name}");
        if refused {
            assert_eq!((seen.marks(TWO).as_str(), seen.verdicts(ONE).as_str()), ("", ""), "{name}");
        }
    }
}

#[test]
fn a_cell_is_named_with_what_is_written_and_what_is_wanted() {
    let mut book = pages();
    book.set("001", "E4", t("两分"));
    let told = sheet(&book).told();
    for words in ["评分/Z01.xlsx 001!E4", "两分", "0 表示不扣", "F01"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let verdict = sheet(&book).verdicts(ONE);
    assert_eq!(verdict, "Z01 4[F01] 良好 signed", "half filled, never zero");
}

#[test]
fn grids_bear_the_same() {
    let damages: &[Damage] = &[
        ("sorted", |b| b.bend("评分总表")[1..].reverse(), &[], MARKS_1),
        (
            "sheets renamed",
            |b| {
                b.0[0].0 = "表一".to_owned();
                b.0[1].0 = "表二".to_owned()
            },
            &[],
            MARKS_1,
        ),
        ("names became numbers", |b| b.bend("评分总表")[1..7].iter_mut().for_each(|r| r[0] = V::N(1.0)), &[], MARKS_1),
        (
            "one column sorted apart",
            |b| {
                let rows = b.bend("评分总表");
                rows[1][1] = t(TWO)
            },
            &["P081", "P081"],
            "F02=扣 0 F03=不适用 V01=不成立",
        ),
        ("a row of another page", |b| b.bend("评分总表")[1][0] = t("009"), &["P081", "P081"], "F02=扣 0 F03=不适用 V01=不成立"),
        ("both marks filled", |b| b.set("评分总表", "J2", t("成立")), &["P082"], "F02=扣 0 F03=不适用 V01=不成立"),
    ];
    for (name, damage, codes, marks) in damages {
        let mut book = grid();
        damage(&mut book);
        let seen = sheet(&book);
        assert_eq!((seen.codes().as_slice(), seen.marks(ONE).as_str()), (*codes, *marks), "{name}: {}", seen.told());
    }
}

#[test]
fn versions_of_one_sheet_are_laid_over_each_other() {
    type Case = (&'static str, fn(&mut Book), &'static [&'static str], &'static str, &'static str);
    let cases: &[Case] = &[
        ("equal", |_| {}, &[], MARKS_1, VERDICT_1),
        ("one is blank", |b| ["E4", "H4", "C16", "E16", "H16"].iter().for_each(|c| b.set("001", c, V::No)), &[], MARKS_1, VERDICT_1),
        ("the reason is in the other", |b| b.set("001", "H4", V::No), &[], MARKS_1, VERDICT_1),
        (
            "written otherwise",
            |b| {
                b.set("001", "E4", t("2.0分"));
                b.set("001", "H16", t("2025年3月5日"))
            },
            &[],
            MARKS_1,
            VERDICT_1,
        ),
        ("another mark", |b| b.set("001", "E4", V::N(1.0)), &["P083"], "F02=扣 0 F03=不适用 V01=不成立", "Z01 4[F01] 良好 signed"),
        ("another reason", |b| b.set("001", "H4", t("另有理由")), &["P083"], "F02=扣 0 F03=不适用 V01=不成立", "Z01 4[F01] 良好 signed"),
        ("another grade", |b| b.set("001", "C16", t("合格")), &["P083"], MARKS_1, "Z01 4[] - begun"),
        ("another day", |b| b.set("001", "H16", V::Day(6)), &["P083"], MARKS_1, "Z01 4[] 良好 begun"),
    ];
    for (name, change, codes, marks, verdict) in cases {
        let mut other = pages();
        change(&mut other);
        for names in [["评分/a.xlsx", "评分/b.xlsx"], ["评分/b.xlsx", "评分/a.xlsx"], ["评分/a.xlsx", "东岭区/评分/a.xlsx"]]
        {
            let seen = read(&[(names[0], pages().bytes()), (names[1], other.bytes())], Some(&usual()));
            assert_eq!((seen.codes().as_slice(), seen.marks(ONE).as_str()), (*codes, *marks), "{name}: {}", seen.told());
            assert_eq!((seen.verdicts(ONE).as_str(), seen.marks(TWO).as_str()), (*verdict, MARKS_2), "{name}");
            for problem in &seen.problems {
                assert_eq!(problem.places.len(), 2, "{name}: both cells");
            }
        }
    }
}

#[test]
fn two_reviewers_may_differ_but_one_may_not_say_two_things() {
    let mut other = pages();
    other.set("标识", "B5", t("Z02"));
    other.set("001", "E4", V::N(1.0));
    other.set("001", "E16", t("Z02"));
    let seen = read(&[("评分/Z01.xlsx", pages().bytes()), ("评分/Z02.xlsx", other.bytes())], Some(&usual()));
    assert_eq!(seen.codes(), ["P081"], "Z02 was not given the second case: {}", seen.told());
    assert_eq!(seen.case(ONE).marks.iter().filter(|m| &*m.criterion == "F01").count(), 2);
    assert_eq!(seen.verdicts(ONE), "Z01 4[] 良好 signed; Z02 4[] 良好 signed");
    let lines = format!("案号,指标编号,得分,评估专家\n{ONE},F01,1,Z01\n{ONE},F02,1,Z03\n");
    let seen = read(&[("评分/Z01.xlsx", pages().bytes()), ("评分/补.csv", lines.into_bytes())], Some(&usual()));
    assert_eq!(seen.codes(), ["P043"], "Z01 says two things of F01, Z03 may: {}", seen.told());
}

#[test]
fn a_page_goes_to_its_office_or_is_told_once() {
    let elsewhere = |office: &str, no: &str| {
        let mut book = pages();
        book.set("标识", "C9", t(office));
        book.set("标识", "D9", t(no));
        book.set("002", "B2", t(no));
        book
    };
    let (own, gone) = (elsewhere("2", "西岭援民〔2024〕1号"), elsewhere("1", "东岭援民〔2024〕99号"));
    let seen = read(&[("评分/Z01.xlsx", own.bytes())], None);
    assert_eq!((seen.codes(), seen.marks("西岭援民〔2024〕1号").as_str()), (vec!["P087"], MARKS_2), "{}", seen.told());
    let seen = read(&[("东岭区/评分/Z01.xlsx", own.bytes())], None);
    assert_eq!((seen.codes(), seen.marks(ONE).as_str()), (vec!["P087", "P042"], MARKS_1), "{}", seen.told());
    assert_eq!(seen.marks("西岭援民〔2024〕1号"), "");
    for path in ["评分/Z01.xlsx", "东岭区/评分/Z01.xlsx"] {
        let seen = read(&[(path, gone.bytes())], None);
        assert_eq!(seen.codes().iter().filter(|c| **c == "P042").count(), 1, "{}", seen.told());
        assert_eq!(seen.marks(ONE), MARKS_1);
    }
}

#[test]
fn a_sheet_that_nobody_touched_is_blank_and_no_problem() {
    let mut book = pages();
    for row in [4, 5, 6, 7, 12] {
        ["E", "G", "H", "I"].iter().for_each(|c| book.set("001", &format!("{c}{row}"), V::No));
    }
    ["B13", "B15", "C16", "E16", "H16"].iter().for_each(|c| book.set("001", c, V::No));
    let seen = sheet(&book);
    assert_eq!((seen.codes(), seen.marks(ONE).as_str()), (vec![], ""), "{}", seen.told());
    assert_eq!(seen.verdicts(ONE), "Z01 4[F01,F02,F03,V01] - blank");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn shuffled_rows_give_equal_marks(keys in proptest::collection::vec(any::<u32>(), 12), in_grid in any::<bool>()) {
        let mut book = if in_grid { grid() } else { pages() };
        let rows = if in_grid { &mut book.bend("评分总表")[1..] } else { &mut book.bend("001")[3..8] };
        let mut order: Vec<(u32, Vec<V>)> = keys.iter().copied().zip(rows.iter().cloned()).collect();
        order.sort_by_key(|(key, _)| *key);
        rows.iter_mut().zip(order).for_each(|(row, (_, new))| *row = new);
        let seen = sheet(&book);
        prop_assert_eq!(seen.codes(), Vec::<&str>::new());
        prop_assert_eq!((seen.marks(ONE), seen.marks(TWO)), (MARKS_1.to_owned(), MARKS_2.to_owned()));
    }

    #[test]
    fn no_cells_and_no_bytes_make_it_panic(
        cells in proptest::collection::vec((0_usize..4, 0_usize..16, 0_usize..10, "\\PC{0,12}|编号|扣分|评定等次|F01|001|-1|#REF!"), 1..12),
        cut in 0_usize..9_000,
        byte in any::<u8>(),
    ) {
        let mut book = pages();
        for (sheet, row, col, text) in cells {
            let name = book.0[sheet].0.clone();
            let cell = format!("{}{}", char::from(b'A' + u8::try_from(col).unwrap_or(0)), row + 1);
            book.set(&name, &cell, V::T(text));
        }
        let mut bytes = book.bytes();
        sheet(&book);
        let at = cut % bytes.len();
        bytes[at] = byte;
        read(&[("评分/a.xlsx", bytes.clone())], Some(&usual()));
        bytes.truncate(at);
        read(&[("评分/a.xlsx", bytes)], None);
    }
}

#[test]
fn a_case_whose_type_is_not_clear_spoils_no_other() {
    let mut book = pages();
    let identity = book.0.iter_mut().find(|(name, _)| name == "标识").expect("an identity");
    for row in identity.1.iter_mut().filter(|row| row[0] == t("page") && row[1] == t("002")) {
        row[5..].fill(V::No);
    }
    let seen = sheet(&book);
    assert!(!seen.codes().contains(&"P080"), "{}", seen.told());
    assert_eq!((seen.marks(ONE).as_str(), seen.marks(TWO).as_str()), (MARKS_1, ""));
}
