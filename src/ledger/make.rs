//! The ledger put together: edits of people, then results in order of their as-of dates, then states, due dates and counts.
//! Must not read or write files; results are never changed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::column as c;
use super::history::{Head, Look, news};
use super::merge::{Merged, merge};
use super::rules::Rules;
use super::state::{Decided, Facts, Ground, State, Verdict, decide};
use super::told;
use super::version::Version;
use crate::base::text::Text;
use crate::record::ledger::{Ledger, LedgerColumn, LedgerCount, LedgerResult, LedgerRow, LedgerValue};
use crate::record::v1::{CaseRecord, Results, Tool};
use crate::say;

/// What a row was before this run.
#[derive(Debug, Clone, Default)]
struct Before {
    state: String,
    seen: String,
    issued: Option<LedgerValue>,
    due: Option<LedgerValue>,
}

/// A ledger in the making.
#[derive(Debug)]
pub struct Build {
    merged: Merged,
    before: BTreeMap<String, Before>,
    results: Vec<LedgerResult>,
    ledger: Ledger,
}

impl Build {
    /// Begins with what people did. The first version is the ledger itself where `main_is_file`, else the first edited file.
    pub fn new(versions: &[Version], main_is_file: bool) -> Self {
        let mut merged = merge(versions, main_is_file);
        merged.said.splice(0..0, versions.iter().flat_map(|v| v.said.iter().cloned()));
        if merged.columns.is_empty() {
            let column = |id: &str| LedgerColumn { id: id.to_owned(), title: id.to_owned(), whose: super::whose(id).to_owned() };
            merged.columns = super::COLUMNS.iter().map(|(id, _)| column(id)).collect();
        }
        let mut before = BTreeMap::new();
        for row in versions.iter().flat_map(|v| &v.base.rows).filter(|r| !r.key.is_empty()) {
            before.entry(row.key.clone()).or_insert_with(|| Before {
                state: row.state.clone(),
                seen: row.seen.clone(),
                issued: row.cells.get(c::ISSUED).cloned(),
                due: row.cells.get(c::DUE).cloned(),
            });
        }
        let base = versions.first().map(|v| &v.base);
        let mut results: Vec<LedgerResult> = versions.iter().flat_map(|v| &v.base.results).cloned().collect();
        results.sort();
        results.dedup();
        let ledger = base.map(|b| Ledger { rows: Vec::new(), columns: Vec::new(), ..b.clone() }).unwrap_or_default();
        Self { merged, before, results, ledger }
    }

    /// Looks at a result; those of one office come in order of their as-of dates. Whether there was anything new in it.
    ///
    /// # Errors
    /// It does not fit the ones that were looked at, or a case cannot be read.
    pub fn look(
        &mut self,
        head: &Head<'_>,
        (rules, only): (&Rules, &[String]),
        cases: impl FnOnce() -> Result<Box<dyn Iterator<Item = Result<CaseRecord, Text>>>, Text>,
    ) -> Result<bool, Text> {
        let offices = news(head, &self.results, only)?;
        if offices.is_empty() {
            return Ok(false);
        }
        let as_of = &head.results.batch.as_of;
        let seen = offices.iter().map(|office| LedgerResult { office: office.clone(), as_of: as_of.clone(), code: head.code.to_owned() });
        self.results.extend(seen);
        let mut look = Look::begin(head, offices, rules, &self.merged.rows);
        for case in cases()? {
            look.case(&case?, &mut self.merged.rows);
        }
        look.finish(&mut self.merged.rows);
        let batch = &head.results.batch;
        self.ledger.title.clone_from(&batch.title);
        self.ledger.made_by.clone_from(&batch.made_by);
        self.ledger.standard = standard(head.results);
        Ok(true)
    }

    /// Decides every row. `as_of` is the day asked for, else that of the newest result.
    pub fn finish(self, rules: &Rules, as_of: Option<Date>) -> Ledger {
        let Self { merged, before, mut results, ledger } = self;
        results.sort();
        let newest = results.iter().map(|r| r.as_of.clone()).max();
        let day = as_of.map(|d| d.to_string()).or(newest).unwrap_or_else(|| ledger.as_of.clone());
        let Merged { columns, mut rows, conflicts, taken, mut said } = merged;
        let mut last = rows.iter().filter_map(|r| r.shown(c::NO).parse::<u64>().ok()).max().unwrap_or(0);
        let mut lacking = told::Lacking::default();
        for row in rows.iter_mut().filter(|r| !r.key.is_empty()) {
            if !row.cells.contains_key(c::NO) {
                last += 1;
                row.cells.insert(c::NO.to_owned(), LedgerValue::count(last));
            }
            let was = before.get(&row.key);
            let decided = settle(row, was, &mut said);
            due(row, was, rules, (as_of, before.is_empty()), &mut lacking);
            row.overdue = overdue(row, &day);
            match row.overdue {
                Some(days) => drop(row.cells.insert(c::OVERDUE.to_owned(), LedgerValue::count(days))),
                None => drop(row.cells.remove(c::OVERDUE)),
            }
            row.cells.insert(c::PROGRAM.to_owned(), LedgerValue::words(told::program(row, &decided)));
            row.cells.insert(c::STATE.to_owned(), LedgerValue::words(row.state.clone()));
        }
        said.extend(lacking.told());
        let by_hand = rows.iter().filter(|r| r.key.is_empty()).count();
        if by_hand > 0 {
            said.push(say!(
                "有 {by_hand} 行是手工登记的，照原样保留，不核对、不计入汇总",
                "{by_hand} rows were written by hand: kept as they are, neither checked nor counted"
            ));
        }
        if !conflicts.is_empty() {
            let n = conflicts.len();
            said.push(say!(
                "有 {n} 处两人改得不一样，没有采用，列在“冲突”表：请在台账里写下定下来的值，或删去该表中的那一行（保留原值）",
                "{n} cells were edited in two ways; neither was taken, see the sheet of conflicts: write the right value into the ledger, or \
                 delete the line there to keep what stands"
            ));
        }
        let summary = summary(&rows);
        let taken = taken.into_iter().collect();
        Ledger { format: 1, tool: Some(Tool::this()), as_of: day, results, columns, summary, conflicts, taken, said, rows, ..ledger }
    }
}

/// Titles and versions of the rubrics, and their standing.
fn standard(results: &Results) -> String {
    let title = |t: &str| t.split("〔参考样式").next().unwrap_or(t).to_owned();
    let rubrics: Vec<String> = results.rubrics.iter().map(|r| format!("{} {}", title(&r.title), r.version)).collect();
    let standing = match &results.batch.adopted {
        Some(a) => format!("{}采用（{}）", a.body, a.document_no),
        None => "参考样式，非官方标准".to_owned(),
    };
    format!("{}（{standing}）", rubrics.join("；"))
}

/// The state of a row, with what it depends on.
fn settle(row: &mut LedgerRow, before: Option<&Before>, said: &mut Vec<Text>) -> Decided {
    let written = row.shown(c::STATE);
    let wanted = State::of(&written);
    if wanted.is_none() && !written.is_empty() {
        let (no, known) = (row.shown(c::NO), State::ALL.map(State::word).join("、"));
        said.push(say!(
            "序号 {no}：状态“{written}”不认识，保留原状态；可用：{known}",
            "no. {no}: {written:?} is no state and was not taken"
        ));
    }
    let has = |column: &str| !row.shown(column).is_empty();
    let checked = matches!(row.cells.get(c::CHECKED), Some(LedgerValue::Day { .. }));
    let facts = Facts {
        was: before.and_then(|b| State::of(&b.state)),
        wanted,
        verdict: Verdict::of(&row.verdict),
        news: before.is_none_or(|b| b.seen != row.seen),
        closed: row.closed.as_deref().and_then(Ground::of),
        by_statement: row.human || row.remedy != "complete",
        has: [has(c::CHECKER), checked, has(c::EVIDENCE), has(c::REMARK)],
        begun: has(c::DONE),
    };
    let decided = decide(&facts);
    row.state = decided.state.word().to_owned();
    row.closed = decided.closed.map(|g| g.id().to_owned());
    if decided.state == State::Returned && row.returned.is_none() {
        row.returned = Some(row.seen.clone());
    }
    decided
}

/// 下发日 and 完成时限.
fn due(row: &mut LedgerRow, before: Option<&Before>, rules: &Rules, (as_of, first): (Option<Date>, bool), lacking: &mut told::Lacking) {
    let shown = |v: Option<&LedgerValue>| v.map(LedgerValue::shown).unwrap_or_default();
    if before.is_none() && !row.cells.contains_key(c::ISSUED) {
        // What only a later result found was not handed out with the first list.
        let issued = rules.issued.filter(|d| first || d.to_string() >= row.first).or(as_of);
        issued.map(|d| row.cells.insert(c::ISSUED.to_owned(), LedgerValue::Day { day: d.to_string() }));
    }
    if let Some(before) = before
        && shown(before.due.as_ref()) != row.shown(c::DUE)
    {
        row.due_by_people = row.cells.contains_key(c::DUE);
    }
    let rule = rules.groups.iter().find(|g| g.days.is_some() && told::names(g, row)).and_then(|g| g.days).or(rules.days);
    row.days = rule.or(row.days);
    if row.due_by_people {
        return;
    }
    let issued = match row.cells.get(c::ISSUED) {
        Some(LedgerValue::Day { day }) => day.parse::<Date>().ok(),
        _ => None,
    };
    let same = before.is_some_and(|b| shown(b.issued.as_ref()) == row.shown(c::ISSUED)) && rule.is_none();
    if same && row.cells.contains_key(c::DUE) {
        return;
    }
    row.cells.remove(c::DUE);
    match (issued, row.days) {
        (Some(issued), Some(days)) => match rules.calendar.add_workdays(issued, days) {
            Ok(due) => drop(row.cells.insert(c::DUE.to_owned(), LedgerValue::Day { day: due.to_string() })),
            Err(year) => *lacking.years.entry(year).or_default() += 1,
        },
        (_, None) => lacking.days += 1,
        (None, Some(_)) => lacking.issued += 1,
    }
}

/// Days after the due date, while the finding is not put right.
fn overdue(row: &LedgerRow, day: &str) -> Option<u64> {
    let open = !matches!(State::of(&row.state), Some(State::Closed | State::Review)) || row.verdict == Verdict::Found.id();
    let open = open && row.state != State::Closed.word();
    let Some(LedgerValue::Day { day: due }) = row.cells.get(c::DUE).filter(|_| open) else { return None };
    let (due, day) = (due.parse::<Date>().ok()?, day.parse::<Date>().ok()?);
    u64::try_from(day.since(due).ok()?.get_days()).ok().filter(|days| *days > 0)
}

/// Counts by office, then of all.
fn summary(rows: &[LedgerRow]) -> Vec<LedgerCount> {
    let mut all: BTreeMap<&str, LedgerCount> = BTreeMap::new();
    let mut total = LedgerCount { office: "合计".to_owned(), ..LedgerCount::default() };
    for row in rows.iter().filter(|r| !r.key.is_empty()) {
        let office = all.entry(&row.office).or_insert_with(|| LedgerCount { office: row.office.clone(), ..LedgerCount::default() });
        for count in [office, &mut total] {
            count.total += 1;
            *count.states.entry(row.state.clone()).or_default() += 1;
            count.overdue += u64::from(row.overdue.is_some());
            count.unmendable += u64::from(row.remedy == "none");
        }
    }
    all.into_values().chain([total]).collect()
}
