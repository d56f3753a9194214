//! What results say of the findings: new rows, and what became of those that are there. Must not decide states.

use std::collections::{BTreeMap, BTreeSet};

use super::column as c;
use super::rules::Rules;
use super::state::Verdict;
use crate::base::text::Text;
use crate::compare::{Again, Earlier, again};
use crate::record::ledger::{LedgerResult, LedgerRow, LedgerValue};
use crate::record::v1::{CaseRecord, CriterionRecord, Finding, Results};
use crate::say;

/// What a result is, besides its content.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// As the user wrote its path.
    pub path: String,
    /// `results.json`
    pub results: &'a Results,
    /// Code of its manifest.
    pub code: &'a str,
}

/// Whose cases of a result are new to the ledger: offices by name, those of `only` alone unless it is empty.
///
/// # Errors
/// Two results of one office have the same as-of date, or one comes too late.
pub fn news(head: &Head<'_>, seen: &[LedgerResult], only: &[String]) -> Result<BTreeSet<String>, Text> {
    let (as_of, path) = (&head.results.batch.as_of, &head.path);
    let mut new = BTreeSet::new();
    for office in &head.results.offices {
        if !only.is_empty() && !only.iter().any(|o| *o == office.name || *o == office.id) {
            continue;
        }
        let of_office: Vec<&LedgerResult> = seen.iter().filter(|r| r.office == office.name).collect();
        if of_office.iter().any(|r| r.as_of == *as_of && r.code == head.code) {
            continue;
        }
        let name = &office.name;
        if of_office.iter().any(|r| r.as_of == *as_of) {
            return Err(say!(
                "{path} 与另一份结果的截止日都是 {as_of}，同一机构（{name}）不能分先后。复查请用 --as-of 写复查的日子重新评查",
                "{path} and another result have the as-of date {as_of}, so nobody can tell which of {name} is later; assess again with the day of \
                 the re-check as --as-of"
            ));
        }
        if let Some(later) = of_office.iter().find(|r| r.as_of > *as_of) {
            let newest = &later.as_of;
            return Err(say!(
                "{path}（截止日 {as_of}）早于台账已看过的 {name} 的结果（{newest}），不能补看。请按先后一次给齐，或另建台账",
                "{path} (as of {as_of}) is earlier than what the ledger has seen of {name} ({newest}); give all results at once, or begin a \
                 new ledger"
            ));
        }
        new.insert(office.name.clone());
    }
    Ok(new)
}

/// A result being looked at, case by case.
pub struct Look<'a> {
    head: &'a Head<'a>,
    offices: BTreeSet<String>,
    rules: &'a Rules,
    criteria: BTreeMap<(&'a str, &'a str), &'a CriterionRecord>,
    hashes: BTreeMap<&'a str, &'a str>,
    titles: &'a BTreeMap<String, String>,
    registers: BTreeSet<&'a str>,
    by_case: BTreeMap<[String; 3], Vec<usize>>,
    keys: BTreeSet<String>,
}

/// What tells lines of a result apart: the case, and of an office itself the rubric.
fn identity(office: &str, case_no: &str, stage: Option<&str>, rubric: &str) -> [String; 3] {
    let last = if case_no.is_empty() { rubric } else { stage.unwrap_or_default() };
    [office, case_no, last].map(ToOwned::to_owned)
}

impl<'a> Look<'a> {
    /// Begins with the rows that are there.
    pub fn begin(head: &'a Head<'a>, offices: BTreeSet<String>, rules: &'a Rules, rows: &[LedgerRow]) -> Self {
        let mut by_case: BTreeMap<[String; 3], Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, r)| !r.key.is_empty() && offices.contains(&r.office)) {
            by_case.entry(identity(&row.office, &row.case_no, row.stage.as_deref(), &row.rubric)).or_default().push(at);
        }
        let rubrics = || head.results.every_rubric();
        Self {
            criteria: rubrics().flat_map(|r| r.criteria.iter().map(|x| ((r.id.as_str(), x.id.as_str()), x))).collect(),
            hashes: rubrics().map(|r| (r.id.as_str(), r.sha256.as_str())).collect(),
            titles: &head.results.titles,
            registers: head.results.registers.iter().map(|r| r.path.as_str()).collect(),
            keys: rows.iter().map(|r| r.key.clone()).collect(),
            head,
            offices,
            rules,
            by_case,
        }
    }

    /// Looks at a case: what became of its rows, and rows for what is new.
    pub fn case(&mut self, case: &CaseRecord, rows: &mut Vec<LedgerRow>) {
        if !self.offices.contains(&*case.office) {
            return;
        }
        let rubric = case.rubric.as_deref().unwrap_or_default();
        let identity = identity(&case.office, &case.case_no, case.stage.as_deref(), rubric);
        for at in self.by_case.remove(&identity).unwrap_or_default() {
            if let Some(row) = rows.get_mut(at) {
                self.again(case, row);
            }
        }
        if case.scope != "selected" {
            return;
        }
        for finding in &case.findings {
            let wanted =
                self.rules.severity.iter().any(|s| *s == finding.severity) && self.rules.outcomes.iter().any(|o| *o == finding.outcome);
            let criterion = self.criterion(case, finding);
            let group = criterion.map_or("", |x| x.group.as_str());
            if wanted && self.rules.wants(&finding.criterion, group, &case.office) && self.keys.insert(finding.fingerprint.clone()) {
                rows.push(self.fresh(case, finding));
            }
        }
    }

    /// Says of rows whose case did not come that it was not looked at.
    pub fn finish(self, rows: &mut [LedgerRow]) {
        for at in self.by_case.into_values().flatten() {
            if let Some(row) = rows.get_mut(at) {
                row.seen.clone_from(&self.head.results.batch.as_of);
                row.verdict = Verdict::Unknown.id().to_owned();
                row.reason = Some(say!("本次没有评查这一案", "the case was not looked at this time"));
            }
        }
    }

    fn criterion(&self, case: &CaseRecord, finding: &Finding) -> Option<&'a CriterionRecord> {
        self.criteria.get(&(case.rubric.as_deref()?, &*finding.criterion)).copied()
    }

    fn again(&self, case: &CaseRecord, row: &mut LedgerRow) {
        let earlier = Earlier {
            criterion: &row.criterion,
            fingerprint: &row.key,
            outcome: &row.outcome,
            rubric: (&row.rubric, &row.rubric_sha256),
            registers: &row.registers,
        };
        let (verdict, reason) = match again(&earlier, case, self.head.results) {
            Again::Found => (Verdict::Found, None),
            Again::Met => (Verdict::Met, None),
            Again::Open(reason) => (Verdict::Unknown, Some(reason)),
        };
        row.seen.clone_from(&self.head.results.batch.as_of);
        row.verdict = verdict.id().to_owned();
        row.reason = reason;
        let found = case.findings.iter().find(|f| f.fingerprint == row.key).filter(|_| verdict == Verdict::Found);
        if let Some(finding) = found {
            self.tell(case, finding, row);
        }
    }

    fn fresh(&self, case: &CaseRecord, finding: &Finding) -> LedgerRow {
        let as_of = &self.head.results.batch.as_of;
        let mut row = LedgerRow {
            key: finding.fingerprint.clone(),
            office: case.office.to_string(),
            case_no: case.case_no.clone(),
            stage: case.stage.clone(),
            criterion: finding.criterion.to_string(),
            first: as_of.clone(),
            seen: as_of.clone(),
            verdict: Verdict::Found.id().to_owned(),
            ..LedgerRow::default()
        };
        self.tell(case, finding, &mut row);
        let group = self.criterion(case, finding).map_or("", |x| x.group.as_str());
        let rule = self.rules.group(&finding.criterion, group, &case.office);
        let field = |id: &str| case.fields.get(id).map(ToString::to_string);
        let person = rule.and_then(|g| g.person.clone()).or_else(|| field("lawyer")).unwrap_or_default();
        let unit = rule.and_then(|g| g.unit.clone()).or_else(|| field("firm")).unwrap_or_else(|| row.office.clone());
        for (column, words) in [(c::PERSON, person), (c::UNIT, unit)] {
            if !words.is_empty() {
                row.cells.insert(column.to_owned(), LedgerValue::words(words));
            }
        }
        row
    }

    /// What a finding says now, in the cells of the program.
    fn tell(&self, case: &CaseRecord, finding: &Finding, row: &mut LedgerRow) {
        let criterion = self.criterion(case, finding);
        row.group = criterion.map_or_else(String::new, |x| x.group.clone());
        row.outcome = finding.outcome.to_string();
        row.remedy = finding.remedy.to_string();
        row.lost = finding.lost[0];
        row.human = criterion.is_some_and(|x| x.human);
        row.rubric = case.rubric.as_deref().unwrap_or_default().to_owned();
        row.rubric_sha256 = self.hashes.get(row.rubric.as_str()).copied().unwrap_or_default().to_owned();
        let files: BTreeSet<&str> = finding.places.iter().map(|p| &*p.file).filter(|f| self.registers.contains(f)).collect();
        row.registers = files.into_iter().filter(|_| criterion.is_none()).map(str::to_owned).collect();
        let lines = self.head.results.rubrics.iter().flat_map(|r| &r.red_lines);
        let title = match criterion {
            Some(x) => x.title.zh.to_string(),
            None => {
                let builtin = self.titles.get(&format!("builtin:{}", finding.criterion)).cloned();
                let line = || lines.clone().find(|l| *l.id == *finding.criterion).map(|l| l.title.zh.to_string());
                builtin.or_else(line).unwrap_or_default()
            }
        };
        let open = if row.outcome == "unclear" { "【待核实】" } else { "" };
        let (remedy, asked) = match row.remedy.as_str() {
            "none" => ("不可补正", "此项不可补正：如实书面说明原因，举一反三，完善今后的办理流程".to_owned()),
            "explain" => ("可说明", finding.fix.zh.to_string()),
            _ => ("可补正", finding.fix.zh.to_string()),
        };
        let id = &finding.criterion;
        let cells = [
            (c::OFFICE, row.office.clone()),
            (c::CASE_NO, row.case_no.clone()),
            (c::STAGE, row.stage.clone().unwrap_or_default()),
            (c::CRITERION, if title.is_empty() { id.to_string() } else { format!("{id} {title}") }),
            (c::FOUND, format!("{open}{}", finding.message.zh)),
            (c::BASIS, finding.basis.zh.to_string()),
            (c::REMEDY, remedy.to_owned()),
            (c::ASKED, asked),
            (c::KEY, row.key.clone()),
        ];
        for (column, words) in cells {
            // Cells are read back without blanks at their ends.
            let words = words.trim().replace("\r\n", "\n");
            if words.is_empty() {
                row.cells.remove(column);
            } else {
                row.cells.insert(column.to_owned(), LedgerValue::words(words));
            }
        }
        row.cells.remove(c::LOST);
        if row.lost.hundredths() != 0 {
            row.cells.insert(c::LOST.to_owned(), LedgerValue::Number(row.lost.shown()));
        }
    }
}
