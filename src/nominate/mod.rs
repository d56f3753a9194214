//! Candidates for typical cases (典型案例) by rules that an organiser declares, and subsidies by grade (差别补贴) by factors that a
//! local rule sets. Must not nominate: a person does. Must not have rules or factors of its own, and must not read files.

mod settings;
mod subsidy;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::nominate::{Candidate, Candidates, Nomination};
use crate::record::v1::{CaseRecord, Office, Results, Tool};
use crate::say;

pub use settings::{NominateRules, Rules, SubsidyRules, parse};

/// Candidates with what they are put in order by.
type Ranked = (Vec<std::cmp::Reverse<Points>>, String, Option<String>, Candidate);

/// Takes cases one by one.
#[derive(Debug)]
pub struct Nominees<'a> {
    results: &'a Results,
    rules: &'a Rules,
    lines: BTreeSet<&'a str>,
    found: BTreeMap<&'a str, Vec<Ranked>>,
    subsidies: subsidy::Paid<'a>,
}

impl<'a> Nominees<'a> {
    /// Of the offices that are wanted.
    pub fn new(results: &'a Results, rules: &'a Rules, wanted: impl Fn(&Office) -> bool) -> Self {
        Self {
            results,
            rules,
            lines: results.rubrics.iter().flat_map(|r| &r.red_lines).map(|l| l.id.as_str()).collect(),
            found: results.offices.iter().filter(|o| wanted(o)).map(|o| (o.name.as_str(), Vec::new())).collect(),
            subsidies: subsidy::Paid::new(rules.subsidy.as_ref()),
        }
    }

    /// Takes in a case.
    pub fn take(&mut self, case: &CaseRecord) {
        let Some(list) = self.found.get_mut(&*case.office).filter(|_| case.subject == "case" && case.scope == "selected") else { return };
        self.subsidies.take(case);
        let Some(rules) = &self.rules.nominate else { return };
        let Some(reasons) = reasons(rules, &self.lines, case) else { return };
        let field = |id: &str| case.fields.get(id).map(|v| v.to_string());
        let mut order: Vec<_> = rules
            .prefer
            .iter()
            .map(|id| std::cmp::Reverse(field(id).and_then(|v| Points::parse(&v)).unwrap_or(Points::whole(-1))))
            .collect();
        order.push(std::cmp::Reverse(case.marks.as_ref().map_or(Points::ZERO, |m| m.low.points())));
        let candidate = Candidate {
            case_no: case.case_no.clone(),
            stage: case.stage.clone(),
            case_type: field("case_type"),
            grade: case.grade.as_deref().unwrap_or_default().to_owned(),
            marks: case.marks.as_ref().map(|m| m.low),
            reasons,
        };
        list.push((order, case.case_no.clone(), rules.spread.as_deref().and_then(field), candidate));
    }

    /// What was found, in the order of the result.
    pub fn finish(mut self, sealed: bool) -> Nomination {
        let batch = &self.results.batch;
        let nominated = self.rules.nominate.as_ref().map(|rules| {
            let offices = self.results.offices.iter();
            let one = |o: &Office| {
                let list = self.found.remove(o.name.as_str())?;
                let fit = u64::try_from(list.len()).unwrap_or(u64::MAX);
                Some(Candidates { id: o.id.clone(), office: o.name.clone(), fit, cases: chosen(list, rules.most) })
            };
            offices.filter_map(one).collect()
        });
        Nomination {
            format: 1,
            tool: Tool::this(),
            title: batch.title.clone(),
            as_of: batch.as_of.clone(),
            sealed,
            nominated,
            subsidy: self.subsidies.finish(),
        }
    }
}

/// Why a case fulfils the rules; nothing where it does not.
fn reasons(rules: &NominateRules, lines: &BTreeSet<&str>, case: &CaseRecord) -> Option<Vec<Text>> {
    let grade = case.grade.as_deref().filter(|g| rules.grades.iter().any(|wanted| wanted == g))?;
    let confirmed = case.panel.as_ref().and_then(|p| p.confirmed.as_ref());
    if rules.confirmed && confirmed.is_none() {
        return None;
    }
    let mut reasons = vec![match confirmed {
        Some(_) => say!("评定为{grade}，已由专人确认", "graded {grade}, confirmed by a person"),
        None => say!("拟定等次{grade}，只有这一种可能", "graded {grade}, and no other grade is possible"),
    }];
    // A red line that is only proposed stands in the way too.
    if case.findings.iter().any(|f| lines.contains(&*f.criterion)) {
        return None;
    }
    reasons.push(say!("没有红线", "no red line"));
    let unmet = |f: &&crate::record::v1::Finding| f.outcome == "unmet" && (rules.all || rules.without.iter().any(|id| *id == *f.criterion));
    if case.findings.iter().any(|f| unmet(&f)) {
        return None;
    }
    if rules.all {
        reasons.push(say!("没有不符合的问题", "no unmet finding"));
    } else if !rules.without.is_empty() {
        let ids = rules.without.join("、");
        reasons.push(say!("{ids} 没有不符合的问题", "no unmet finding of {ids}"));
    }
    for (id, wanted) in &rules.fields {
        let value = case.fields.get(id.as_str()).filter(|v| ***v == **wanted)?;
        reasons.push(say!("{id} 为“{value}”", "{id} is {value}"));
    }
    for id in &rules.prefer {
        if let Some(value) = case.fields.get(id.as_str()) {
            reasons.push(say!("{id}：{value}", "{id}: {value}"));
        }
    }
    Some(reasons)
}

/// At most so many: the best of each value of what they are spread over, then the second of each, and so on.
fn chosen(mut list: Vec<Ranked>, most: usize) -> Vec<Candidate> {
    list.sort_by(|a, b| (&a.0, &a.1, &a.3.stage).cmp(&(&b.0, &b.1, &b.3.stage)));
    let mut seen: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, usize, Candidate)> = Vec::new();
    for (at, (_, _, spread, candidate)) in list.into_iter().enumerate() {
        let turn = seen.entry(spread).or_default();
        turns.push((*turn, at, candidate));
        *turn += 1;
    }
    // Without anything to spread over, all stand in one row and this order is the first.
    turns.sort_by_key(|(turn, at, _)| (*turn, *at));
    turns.into_iter().take(most).map(|(_, _, candidate)| candidate).collect()
}
