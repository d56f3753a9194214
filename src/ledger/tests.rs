//! The state model by cases, due dates, and what is said. Must not read files.

use jiff::civil::date;

use super::column as c;
use super::make::Build;
use super::rules::{self, Rules};
use super::state::{Facts, Ground, State, Verdict, decide};
use super::version::{Line, Version};
use crate::record::ledger::{Ledger, LedgerRow, LedgerValue};

use Ground::{Met as ByResult, Statement};
use State::{Closed, Open, Returned, Review, Unknown, Working};
use Verdict::{Found, Met, Unknown as Nobody};

/// was, wanted, verdict, closed by, by statement, filled in (复核人 日期 佐证 备注) → state, closed by.
type Case = (Option<State>, Option<State>, Verdict, Option<Ground>, bool, [bool; 4], State, Option<Ground>);

const ALL: [bool; 4] = [true; 4];
const THREE: [bool; 4] = [true, true, true, false];
const NONE: [bool; 4] = [false; 4];

#[test]
fn every_step_of_the_state_model() {
    let cases: [Case; 30] = [
        // New, worked on, put right.
        (None, None, Found, None, false, NONE, Open, None),
        (Some(Open), Some(Working), Found, None, false, NONE, Working, None),
        (Some(Working), Some(Open), Found, None, false, NONE, Open, None),
        (Some(Open), Some(Open), Met, None, false, NONE, Review, None),
        (Some(Working), Some(Working), Met, None, false, NONE, Review, None),
        // Nobody sets 待复核 for what no result shows.
        (Some(Open), Some(Review), Found, None, false, ALL, Working, None),
        (Some(Open), Some(Review), Found, None, true, NONE, Working, None),
        // Put right, and there again before anybody closed it.
        (Some(Review), Some(Review), Found, None, false, NONE, Working, None),
        // Closing needs all three.
        (Some(Review), Some(Closed), Met, None, false, THREE, Closed, Some(ByResult)),
        (Some(Review), Some(Closed), Met, None, false, [false, true, true, true], Review, None),
        (Some(Review), Some(Closed), Met, None, false, [true, false, true, true], Review, None),
        (Some(Review), Some(Closed), Met, None, false, [true, true, false, true], Review, None),
        // Closed while it is still there.
        (Some(Open), Some(Closed), Found, None, false, ALL, Returned, None),
        (Some(Working), Some(Closed), Found, None, false, NONE, Returned, None),
        (Some(Returned), Some(Returned), Found, None, false, ALL, Returned, None),
        (Some(Returned), Some(Working), Found, None, false, ALL, Working, None),
        // By statement: explained, or decided by a reviewer.
        (Some(Open), Some(Closed), Found, None, true, ALL, Closed, Some(Statement)),
        (Some(Open), Some(Closed), Found, None, true, THREE, Working, None),
        (Some(Closed), Some(Closed), Found, Some(Statement), true, ALL, Closed, Some(Statement)),
        // Nobody can tell.
        (Some(Open), Some(Open), Nobody, None, false, NONE, Unknown, None),
        (Some(Unknown), Some(Closed), Nobody, None, false, THREE, Unknown, None),
        (Some(Unknown), Some(Closed), Nobody, None, false, ALL, Closed, Some(Statement)),
        (Some(Unknown), Some(Unknown), Found, None, false, NONE, Open, None),
        (Some(Unknown), Some(Unknown), Met, None, false, NONE, Review, None),
        // Closed stays closed, but not when it comes back, and not without its grounds.
        (Some(Closed), Some(Closed), Met, Some(ByResult), false, THREE, Closed, Some(ByResult)),
        (Some(Closed), Some(Closed), Nobody, Some(ByResult), false, THREE, Closed, Some(ByResult)),
        (Some(Closed), Some(Closed), Found, Some(ByResult), false, ALL, Returned, None),
        (Some(Closed), Some(Closed), Met, Some(ByResult), false, [true, true, false, true], Review, None),
        // A person sends it back.
        (Some(Closed), Some(Returned), Met, Some(ByResult), false, ALL, Returned, None),
        // A word that is no state keeps the one before.
        (Some(Working), None, Found, None, false, NONE, Working, None),
    ];
    for (at, (was, wanted, verdict, closed, by_statement, has, state, ground)) in cases.into_iter().enumerate() {
        let facts = Facts { was, wanted, verdict, news: true, closed, by_statement, has, begun: false };
        let decided = decide(&facts);
        assert_eq!((decided.state, decided.closed), (state, ground), "case {at}: {facts:?}");
        // Whoever is refused is told why.
        let refused = wanted == Some(Closed) && state != Closed;
        assert!(!refused || decided.said.is_some(), "case {at}");
    }
}

#[test]
fn sent_back_by_a_person_waits_for_a_newer_result() {
    let facts = |news| Facts {
        was: Some(Returned),
        wanted: Some(Returned),
        verdict: Met,
        news,
        closed: None,
        by_statement: false,
        has: NONE,
        begun: false,
    };
    assert_eq!(decide(&facts(false)).state, Returned);
    assert_eq!(decide(&facts(true)).state, Review);
}

#[test]
fn what_is_lacking_is_named() {
    let facts = Facts {
        was: Some(Review),
        wanted: Some(Closed),
        verdict: Met,
        news: false,
        closed: None,
        by_statement: false,
        has: [false, true, false, false],
        begun: false,
    };
    let said = decide(&facts).said.expect("a word");
    assert_eq!(said.zh, "不能销号，还缺复核人、佐证材料");
}

/// A row as the program wrote it.
pub(super) fn row(key: &str, no: u64) -> LedgerRow {
    let mut row = LedgerRow {
        key: key.to_owned(),
        office: "东岭区".to_owned(),
        case_no: format!("东岭援民〔2024〕{no}号"),
        remedy: "complete".to_owned(),
        verdict: "found".to_owned(),
        first: "2024-12-31".to_owned(),
        seen: "2024-12-31".to_owned(),
        state: Open.word().to_owned(),
        ..LedgerRow::default()
    };
    row.cells.insert(c::NO.to_owned(), LedgerValue::count(no));
    row.cells.insert(c::STATE.to_owned(), LedgerValue::words(Open.word()));
    row.cells.insert(c::KEY.to_owned(), LedgerValue::words(key));
    row.cells.insert(c::CASE_NO.to_owned(), LedgerValue::words(row.case_no.clone()));
    row
}

/// The file as it is read back when nobody touched it.
pub(super) fn version(file: &str, ledger: &Ledger) -> Version {
    let line = |(at, row): (usize, &LedgerRow)| Line {
        key: row.key.clone(),
        row: u32::try_from(at + 4).expect("small"),
        cells: row.cells.clone(),
        notes: row.notes.clone(),
    };
    Version {
        file: file.to_owned(),
        columns: ledger.columns.clone(),
        at: (0..u16::try_from(ledger.columns.len()).expect("small")).collect(),
        lines: ledger.rows.iter().enumerate().map(line).collect(),
        base: ledger.clone(),
        unsettled: ledger.conflicts.iter().map(|x| (x.key.clone(), x.column.clone())).collect(),
        ..Version::default()
    }
}

/// The ledger of these rows.
pub(super) fn ledger(rows: Vec<LedgerRow>) -> Ledger {
    let empty = Build::new(&[], false).finish(&Rules::default(), None);
    Ledger { rows, as_of: "2024-12-31".to_owned(), ..empty }
}

#[test]
fn due_dates_count_working_days_and_say_what_they_lack() {
    let due = |text: &str, as_of| {
        let (rules, mistakes) = rules::parse(text);
        assert_eq!(mistakes, Vec::new(), "{text}");
        let base = ledger(vec![row("a", 1)]);
        let mut v = version("台账.xlsx", &base);
        if let Some(line) = v.lines.first_mut().filter(|_| text.contains("issued")) {
            let day = rules.issued.expect("a day").to_string();
            line.cells.insert(c::ISSUED.to_owned(), LedgerValue::Day { day });
        }
        let made = Build::new(&[v], true).finish(&rules, as_of);
        let said: String = made.said.iter().map(|s| s.zh.to_string()).collect();
        (made.rows[0].shown(c::DUE), made.rows[0].overdue, said)
    };
    // 2025-01-28 to 02-04 was 春节, 2025-01-26 a working Sunday: notice of the State Council for 2025.
    let (day, overdue, _) = due("issued = 2025-01-24\ndays = 5\n", Some(date(2025, 2, 8)));
    assert_eq!((day.as_str(), overdue), ("2025-02-07", Some(1)));
    assert!(due("issued = 2025-01-24\n", None).2.contains("没有完成时限"));
    assert!(due("days = 5\n", None).2.contains("没有下发日"));
    assert!(due("issued = 2026-12-30\ndays = 5\n", None).2.contains("没有 2027 年的节假日数据"));
}

#[test]
fn deleted_rows_come_back_and_tool_columns_are_put_back() {
    let mut first = row("a", 1);
    first.cells.insert(c::FOUND.to_owned(), LedgerValue::words("缺法律援助申请表"));
    let base = ledger(vec![first, row("b", 2)]);
    let mut v = version("台账.xlsx", &base);
    v.lines.pop();
    v.lines[0].cells.insert(c::FOUND.to_owned(), LedgerValue::words("没有问题"));
    let mut copy = v.lines[0].clone();
    copy.cells.insert(c::DONE.to_owned(), LedgerValue::words("另一份"));
    v.lines.push(copy);
    let made = Build::new(&[v], true).finish(&Rules::default(), None);
    let keys: Vec<&str> = made.rows.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["a", "", "b"]);
    assert_eq!(made.rows[0].shown(c::FOUND), "缺法律援助申请表");
    assert_eq!(made.rows[1].shown(c::DONE), "另一份");
    let said: Vec<&str> = made.said.iter().map(|s| &*s.zh).collect();
    for words in ["删去的 1 行已放回末尾", "F5（问题）由程序填写", "编号重复", "手工登记"] {
        assert!(said.iter().any(|s| s.contains(words)), "{words}: {said:?}");
    }
}

#[test]
fn rules_tell_their_mistakes() {
    for (text, words) in [
        ("days = 0\n", "大于 0 个工作日"),
        ("severity = [\"fatal\"]\n", "不认识 fatal"),
        ("issued = \"明天\"\n", "日期"),
        ("[[group]]\nwho = \"张主任\"\n", "who"),
    ] {
        let (_, mistakes) = rules::parse(text);
        assert!(mistakes.iter().any(|m| m.code == "S020" && m.message.zh.contains(words)), "{text}: {mistakes:?}");
    }
}
