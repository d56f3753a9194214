//! What people did to the ledger, taken over (three-way merge): no edit is lost, and none wins over another in silence.
//! Must not decide states.
//!
//! An edit is a cell that differs from what the program wrote into the same file. Edits of different cells go together; different
//! edits of one cell are a conflict: what the program wrote last stays, and both are listed until somebody settles it, by writing the
//! right value into the ledger or by deleting the line of 冲突.

use std::collections::{BTreeMap, BTreeSet};

use super::column as c;
use super::people::{Hand, paired};
use super::version::{Line, Version};
use super::whose;
use crate::base::text::Text;
use crate::record::ledger::{Conflict, ConflictVersion, LedgerColumn, LedgerRow, LedgerValue};
use crate::say;

/// The ledger with everything that people did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// Columns from the left.
    pub columns: Vec<LedgerColumn>,
    /// Rows from the top; tool columns as they were written last.
    pub rows: Vec<LedgerRow>,
    /// Conflicts that are not settled.
    pub conflicts: Vec<Conflict>,
    /// Hashes of rows that were taken over from edited files.
    pub taken: BTreeSet<String>,
    /// What has to be said.
    pub said: Vec<Text>,
}

/// An edit of one cell.
#[derive(Debug, Clone)]
struct Edit {
    /// Index of the version.
    version: usize,
    cell: String,
    value: Option<LedgerValue>,
    /// What the program had written in that version.
    before: Option<LedgerValue>,
    /// Whether that version was made before this value was taken over once.
    late: bool,
}

fn alike(a: Option<&LedgerValue>, b: Option<&LedgerValue>) -> bool {
    let shown = |v: Option<&LedgerValue>| v.map(LedgerValue::shown).unwrap_or_default();
    shown(a) == shown(b)
}

/// Takes over what people did. The first version is the ledger itself (`main`), or the first edited file where there is none.
pub fn merge(versions: &[Version], main_is_file: bool) -> Merged {
    let Some(main) = versions.first() else { return Merged::default() };
    let mut base: BTreeMap<&str, &LedgerRow> = BTreeMap::new();
    for row in versions.iter().flat_map(|v| &v.base.rows).filter(|r| !r.key.is_empty()) {
        base.entry(&row.key).or_insert(row);
    }
    let mut merged = Merged { taken: main.base.taken.iter().cloned().collect(), ..Merged::default() };
    let (mut edits, mut hands, mut notes) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let mut order: Vec<Placed> = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let (pairs, rest) = paired(version, &base, &mut merged.said);
        if at == 0 {
            let mut all: BTreeMap<usize, Placed> = pairs.iter().map(|(line, key)| (*line, Placed::Key(key.clone()))).collect();
            all.extend(rest.iter().map(|hand| (hand.line, Placed::Hand(hand.clone()))));
            order = all.into_values().collect();
            let kept: BTreeSet<&str> = pairs.iter().map(|(_, key)| key.as_str()).collect();
            let gone: Vec<&str> = main.base.rows.iter().map(|r| r.key.as_str()).filter(|k| !k.is_empty() && !kept.contains(k)).collect();
            if !gone.is_empty() && main_is_file {
                let (file, n) = (&main.file, gone.len());
                let numbers: Vec<String> = gone.iter().take(5).filter_map(|k| base.get(k)).map(|r| r.shown(c::NO)).collect();
                let (zh, en) = (numbers.join("、"), numbers.join(", "));
                merged.said.push(say!(
                    "{file} 里删去的 {n} 行已放回末尾（序号 {zh}）：台账的行不能删除，改好的请销号",
                    "{n} rows deleted from {file} were put back at the end (no. {en}): rows are closed, not deleted"
                ));
            }
        } else {
            hands.extend(rest.into_iter().map(|hand| (at, hand)));
        }
        let own: BTreeMap<&str, &LedgerRow> = version.base.rows.iter().map(|r| (r.key.as_str(), r)).collect();
        for (line, key) in &pairs {
            let (Some(line), Some(latest)) = (version.lines.get(*line), base.get(key.as_str())) else { continue };
            let own = own.get(key.as_str()).unwrap_or(latest);
            collect((at, version), line, (latest, own), &mut edits, &mut merged.said);
            for (column, note) in &line.notes {
                notes.entry((key.clone(), column.clone())).or_insert_with(|| note.clone());
            }
        }
    }
    let mut rows: BTreeMap<String, LedgerRow> = base.iter().map(|(k, r)| ((*k).to_owned(), (*r).clone())).collect();
    rows.values_mut().for_each(|row| row.notes.clear());
    for ((key, column), note) in notes {
        rows.get_mut(&key).map(|row| row.notes.insert(column, note));
    }
    let stored = |key: &str, column: &str| {
        let listed = !main_is_file || main.unsettled.contains(&(key.to_owned(), column.to_owned()));
        main.base.conflicts.iter().find(|x| x.key == key && x.column == column).map(|x| (x, listed))
    };
    for conflict in &main.base.conflicts {
        edits.entry((conflict.key.clone(), conflict.column.clone())).or_default();
    }
    for ((key, column), list) in edits {
        let Some(row) = rows.get_mut(&key) else { continue };
        settle(versions, main_is_file, row, &column, list, stored(&key, &column), &mut merged.conflicts);
    }
    columns(versions, &mut merged, &rows);
    let kept: BTreeSet<String> = merged.columns.iter().map(|x| x.id.clone()).collect();
    rows.values_mut().for_each(|row| row.cells.retain(|id, _| kept.contains(id)));
    for placed in order {
        match placed {
            Placed::Key(key) => merged.rows.extend(rows.remove(&key)),
            Placed::Hand(hand) => merged.rows.push(hand.row()),
        }
    }
    // What was deleted, or comes from an edited file alone, in the order in which the program wrote it.
    let rest = versions.iter().flat_map(|v| &v.base.rows).map(|r| r.key.as_str());
    for key in rest {
        merged.rows.extend(rows.remove(key));
    }
    for (at, hand) in hands {
        let (row, hash) = (hand.row(), hand.hash());
        let there = merged.taken.contains(&hash) || merged.rows.iter().any(|r| r.key.is_empty() && r.cells == row.cells);
        if !there {
            let file = versions.get(at).map_or("", |v| v.file.as_str());
            merged.said.push(say!("从 {file} 添加了手工登记的一行", "a row written by hand was taken over from {file}"));
            merged.rows.push(row);
            merged.taken.insert(hash);
        }
    }
    merged
}

/// What stands in a row of the ledger.
enum Placed {
    /// A finding.
    Key(String),
    /// What people wrote.
    Hand(Hand),
}

type Edits = BTreeMap<(String, String), Vec<Edit>>;

/// The edits of one row of one version, and what it says of cells that only the program writes.
fn collect(
    (at, version): (usize, &Version),
    line: &Line,
    (latest, own): (&LedgerRow, &LedgerRow),
    edits: &mut Edits,
    said: &mut Vec<Text>,
) {
    for column in &version.columns {
        let (now, before) = (line.cells.get(&column.id), own.cells.get(&column.id));
        if alike(now, before) || column.id == c::KEY {
            continue;
        }
        let cell = version.place(line, &column.id);
        if whose(&column.id) == "tool" {
            let (file, title) = (&version.file, &column.title);
            said.push(say!(
                "{file} 的 {cell}（{title}）由程序填写，改动没有采用；有不同意见请写在备注",
                "{file} {cell} ({title}) is filled in by the program; the change was put back, write remarks in their own column"
            ));
            continue;
        }
        let shown = now.map(LedgerValue::shown).unwrap_or_default();
        let had = |row: &LedgerRow| row.taken.get(&column.id).is_some_and(|all| all.contains(&shown));
        let edit = Edit { version: at, cell, value: now.cloned(), before: before.cloned(), late: had(latest) && !had(own) };
        edits.entry((latest.key.clone(), column.id.clone())).or_default().push(edit);
    }
}

/// What becomes of the edits of one cell.
fn settle(
    versions: &[Version],
    main_is_file: bool,
    row: &mut LedgerRow,
    column: &str,
    list: Vec<Edit>,
    stored: Option<(&Conflict, bool)>,
    conflicts: &mut Vec<Conflict>,
) {
    let kept = row.cells.get(column).cloned();
    let is_main = |e: &Edit| main_is_file && e.version == 0;
    let version = |e: &Edit| ConflictVersion {
        file: versions.get(e.version).map(|v| v.file.clone()).unwrap_or_default(),
        cell: e.cell.clone(),
        value: e.value.clone(),
    };
    // An edit that was taken over once, or that says what stands there already, says nothing new.
    let list: Vec<Edit> = list.into_iter().filter(|e| !e.late && !alike(e.value.as_ref(), kept.as_ref())).collect();
    let mut known: Vec<ConflictVersion> = Vec::new();
    if let Some((conflict, listed)) = stored {
        let decided = list.iter().any(is_main) || !listed;
        if decided {
            let taken = row.taken.entry(column.to_owned()).or_default();
            taken.extend(conflict.versions.iter().map(|v| v.value.as_ref().map(LedgerValue::shown).unwrap_or_default()));
        } else {
            known.clone_from(&conflict.versions);
        }
    }
    let settled = row.taken.get(column).cloned().unwrap_or_default();
    let fresh = |e: &Edit| is_main(e) || stored.is_none() || !known.is_empty() || !settled.contains(&shown(e.value.as_ref()));
    let list: Vec<Edit> = list.into_iter().filter(fresh).collect();
    // The program moves states on its own, so an older one is no edit of somebody else's.
    let stale = |e: &Edit| column != c::STATE && !alike(e.before.as_ref(), kept.as_ref());
    let mut says = known.clone();
    for edit in &list {
        let new = version(edit);
        if !says.iter().any(|v| alike(v.value.as_ref(), new.value.as_ref())) {
            says.push(new);
        }
    }
    let behind = list.iter().any(stale);
    if says.len() > 1 || behind || !known.is_empty() {
        if behind && known.is_empty() && says.len() == 1 {
            let main = versions.first().map(|v| v.file.clone()).unwrap_or_default();
            says.insert(0, ConflictVersion { file: main, cell: String::new(), value: kept.clone() });
        }
        let (no, case_no) = (row.shown(c::NO), row.case_no.clone());
        conflicts.push(Conflict { key: row.key.clone(), no, case_no, column: column.to_owned(), kept, versions: says });
        return;
    }
    let Some(edit) = list.first() else { return };
    if list.iter().any(|e| !is_main(e)) {
        row.taken.entry(column.to_owned()).or_default().insert(shown(edit.value.as_ref()));
    }
    match &edit.value {
        Some(value) => drop(row.cells.insert(column.to_owned(), value.clone())),
        None => drop(row.cells.remove(column)),
    }
}

fn shown(value: Option<&LedgerValue>) -> String {
    value.map(LedgerValue::shown).unwrap_or_default()
}

/// Columns as the ledger has them, then what is lacking, then what edited files added.
fn columns(versions: &[Version], merged: &mut Merged, rows: &BTreeMap<String, LedgerRow>) {
    let Some(main) = versions.first() else { return };
    merged.columns.clone_from(&main.columns);
    for (title, _) in super::COLUMNS {
        if !main.has(title) {
            let file = &main.file;
            if title != c::KEY {
                merged.said.push(say!("{file} 里没有“{title}”一列，已放回", "{file} lacks the column {title:?}, which was put back"));
            }
            merged.columns.push(LedgerColumn { id: title.to_owned(), title: title.to_owned(), whose: whose(title).to_owned() });
        }
    }
    let base: BTreeMap<&str, &LedgerRow> = main.base.rows.iter().map(|r| (r.key.as_str(), r)).collect();
    for version in versions.iter().skip(1) {
        for column in version.columns.iter().filter(|x| x.whose == "own") {
            let new = !merged.columns.iter().any(|x| x.id == column.id);
            // A column that was deleted from the ledger comes back only with something new in it.
            let known = main.base.columns.iter().any(|x| x.id == column.id);
            let used = rows.values().any(|r| {
                let was = base.get(r.key.as_str()).and_then(|b| b.cells.get(&column.id));
                r.cells.contains_key(&column.id) && (!known || !alike(was, r.cells.get(&column.id)))
            });
            if new && (used || !known) {
                merged.columns.push(column.clone());
            }
        }
    }
}
