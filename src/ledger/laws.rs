//! Laws of the merge, for any edits of three people: none is lost, none wins in silence, rows stay where people put them, and a second
//! run changes nothing. Must not know how a ledger is stored.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::column as c;
use super::merge::{Merged, merge};
use super::tests::{ledger, row, version};
use super::version::Version;
use crate::record::ledger::{Ledger, LedgerColumn, LedgerValue};

const COLUMNS: [&str; 4] = [c::DONE, c::CHECKER, c::REMARK, "区内编号"];

/// Row, column and value of an edit.
type Edit = (usize, usize, u8);

fn base(rows: usize) -> Ledger {
    let mut base = ledger((0..rows).map(|n| row(&format!("k{n}"), n as u64 + 1)).collect());
    base.columns.insert(2, LedgerColumn { id: "区内编号".to_owned(), title: "区内编号".to_owned(), whose: "own".to_owned() });
    for (n, row) in base.rows.iter_mut().enumerate() {
        row.cells.insert(c::DONE.to_owned(), LedgerValue::words(format!("原{n}")));
    }
    base
}

fn edited(file: &str, base: &Ledger, edits: &[Edit]) -> Version {
    let mut version = version(file, base);
    for (row, column, value) in edits {
        let at = row % version.lines.len();
        let column = COLUMNS[column % COLUMNS.len()].to_owned();
        match value {
            0 => drop(version.lines[at].cells.remove(&column)),
            n => drop(version.lines[at].cells.insert(column, LedgerValue::words(format!("值{n}")))),
        }
    }
    version
}

fn shown(value: Option<&LedgerValue>) -> String {
    value.map(LedgerValue::shown).unwrap_or_default()
}

/// What each version says of each cell that it changed.
fn edits_of(versions: &[Version]) -> BTreeMap<(String, String), Vec<String>> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for version in versions {
        for (line, was) in version.lines.iter().filter_map(|l| version.base.rows.iter().find(|r| r.key == l.key).map(|r| (l, r))) {
            for column in COLUMNS {
                let now = line.shown(column);
                if now != was.shown(column) {
                    all.entry((line.key.clone(), column.to_owned())).or_default().push(now);
                }
            }
        }
    }
    all
}

/// The ledger as it is written after a merge.
fn written(merged: &Merged, before: &Ledger) -> Ledger {
    Ledger {
        rows: merged.rows.clone(),
        columns: merged.columns.clone(),
        conflicts: merged.conflicts.clone(),
        taken: merged.taken.iter().cloned().collect(),
        ..before.clone()
    }
}

fn some_edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((0_usize..4, 0_usize..4, 0_u8..3), 0..6)
}

proptest! {
    #[test]
    fn no_edit_is_lost_and_none_wins_in_silence(rows in 1_usize..5, a in some_edits(), b in some_edits(), d in some_edits()) {
        let base = base(rows);
        let versions = [edited("台账.xlsx", &base, &a), edited("甲.xlsx", &base, &b), edited("乙.xlsx", &base, &d)];
        let merged = merge(&versions, true);
        for ((key, column), values) in edits_of(&versions) {
            let row = merged.rows.iter().find(|r| r.key == key).expect("the row");
            let conflict = merged.conflicts.iter().find(|x| x.key == key && x.column == column);
            let mut different = values.clone();
            different.sort();
            different.dedup();
            if different.len() == 1 {
                prop_assert!(conflict.is_none());
                prop_assert_eq!(row.shown(&column), different.remove(0));
            } else {
                let conflict = conflict.expect("a conflict");
                let mut told: Vec<String> = conflict.versions.iter().map(|v| shown(v.value.as_ref())).collect();
                told.sort();
                prop_assert_eq!(told, different);
                let was = base.rows.iter().find(|r| r.key == key).expect("the row");
                prop_assert_eq!(row.shown(&column), was.shown(&column));
            }
        }
        // What nobody touched stays as it was.
        for row in &merged.rows {
            let was = base.rows.iter().find(|r| r.key == row.key).expect("the row");
            for column in COLUMNS.iter().filter(|x| !edits_of(&versions).contains_key(&(row.key.clone(), (**x).to_owned()))) {
                prop_assert_eq!(row.shown(column), was.shown(column));
            }
        }
    }

    #[test]
    fn a_second_run_changes_nothing(rows in 1_usize..5, a in some_edits(), b in some_edits(), d in some_edits()) {
        let base = base(rows);
        let others = [edited("甲.xlsx", &base, &b), edited("乙.xlsx", &base, &d)];
        let first = merge(&[edited("台账.xlsx", &base, &a), others[0].clone(), others[1].clone()], true);
        let once = written(&first, &base);
        let second = merge(&[version("台账.xlsx", &once), others[0].clone(), others[1].clone()], true);
        let twice = written(&second, &once);
        let third = written(&merge(&[version("台账.xlsx", &twice), others[0].clone(), others[1].clone()], true), &twice);
        let plain = |l: &Ledger| l.rows.iter().map(|r| (r.key.clone(), r.cells.clone())).collect::<Vec<_>>();
        prop_assert_eq!(plain(&once), plain(&twice));
        prop_assert_eq!(&once.conflicts, &twice.conflicts);
        prop_assert_eq!(twice, third);
    }

    #[test]
    fn rows_and_columns_stay_where_people_put_them(rows in 1_usize..6, turn in 0_usize..6, a in some_edits(), shift in 0_usize..8) {
        let base = base(rows);
        let mut main = edited("台账.xlsx", &base, &a);
        main.lines.rotate_left(turn % rows);
        let n = main.columns.len();
        main.columns.rotate_left(shift % n);
        let merged = merge(std::slice::from_ref(&main), true);
        let order: Vec<&str> = merged.rows.iter().map(|r| r.key.as_str()).collect();
        let wanted: Vec<&str> = main.lines.iter().map(|l| l.key.as_str()).collect();
        prop_assert_eq!(order, wanted);
        prop_assert_eq!(&merged.columns, &main.columns);
    }

    #[test]
    fn a_settled_conflict_stays_settled(rows in 1_usize..3, choice in 1_u8..4) {
        let base = base(rows);
        let others = [edited("甲.xlsx", &base, &[(0, 0, 1)]), edited("乙.xlsx", &base, &[(0, 0, 2)])];
        let with = |main: Version| merge(&[main, others[0].clone(), others[1].clone()], true);
        let once = written(&with(version("台账.xlsx", &base)), &base);
        prop_assert_eq!(once.conflicts.len(), 1);
        // 1 and 2 take a side, 3 keeps what stands by deleting the line of the sheet of conflicts.
        let mut settled = version("台账.xlsx", &once);
        match choice {
            3 => settled.unsettled.clear(),
            n => drop(settled.lines[0].cells.insert(c::DONE.to_owned(), LedgerValue::words(format!("值{n}")))),
        }
        let twice = written(&with(settled), &once);
        let wanted = if choice == 3 { "原0".to_owned() } else { format!("值{choice}") };
        prop_assert_eq!((twice.conflicts.len(), twice.rows[0].shown(c::DONE)), (0, wanted.clone()));
        let third = with(version("台账.xlsx", &twice));
        prop_assert_eq!((third.conflicts.len(), third.rows[0].shown(c::DONE)), (0, wanted));
    }
}
