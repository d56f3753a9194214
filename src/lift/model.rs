//! A case as its record tells it: what each criterion loses at worst and at best, and what is left after each set of fixes.
//! Must not know other cases.

use super::rules::{Rule, Rules};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::v1::{CaseRecord, CriterionResult, Finding, is_open};
use crate::say;

/// A case.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Criteria that apply, or may, in order of the rubric.
    pub parts: Vec<Part>,
    /// Indexes of grades that red lines which apply leave at best.
    pub lids: Vec<(String, usize)>,
    /// The same for red lines that a person has not decided.
    pub open_lids: Vec<(String, usize)>,
}

/// A criterion of a case.
#[derive(Debug, Clone)]
pub struct Part {
    /// Index of its rule.
    pub rule: usize,
    /// Whether it may turn out not to apply.
    pub doubtful: bool,
    /// Whether it is a gate that what is still open may shut, whatever is fixed.
    pub may_shut: bool,
    /// What may be done: the first is to do nothing. Always sorted by what it costs.
    pub choices: Vec<Choice>,
    /// Findings that the choices fix, in order of the record: a choice of cost n fixes the first n.
    pub findings: Vec<usize>,
    /// Whether something about it is still open.
    pub open: bool,
    /// Whether nothing is to be done about it, whatever could be.
    pub fixed: bool,
    /// Levels scheme: index of the level, best and worst.
    pub level: (usize, usize),
}

/// Something to do about one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How many findings it fixes.
    pub cost: usize,
    /// What is lost then, at best and at worst.
    pub lost: (Points, Points),
    /// Whether the gate is open then.
    pub opens: bool,
}

impl Part {
    /// The choice that does nothing.
    pub fn now(&self) -> Choice {
        self.choices.first().copied().unwrap_or(Choice { cost: 0, lost: (Points::ZERO, Points::ZERO), opens: false })
    }
}

/// Whether a finding can be put right.
fn curable(finding: &Finding) -> bool {
    finding.outcome == "unmet" && matches!(&*finding.remedy, "complete" | "explain")
}

impl Model {
    /// The model of a case.
    ///
    /// # Errors
    /// What of the record does not fit the rules.
    pub fn new(rules: &Rules, case: &CaseRecord) -> Result<Self, Text> {
        if case.criteria.len() != rules.criteria.len() {
            return Err(say!("记录里没有逐项得分", "the record has no marks by criterion"));
        }
        let mut model = Self::default();
        for (at, (rule, result)) in rules.criteria.iter().zip(&case.criteria).enumerate() {
            if *result.id != *rule.id {
                return Err(say!("逐项得分与评估标准的次序不符", "the criteria are not in the order of the rubric"));
            }
            if result.outcome != "not_applicable" {
                model.parts.push(part(at, rule, result, case, rules)?);
            }
        }
        for finding in &case.findings {
            if let Some(line) = rules.lines.get(&*finding.criterion) {
                let lid = (finding.criterion.to_string(), line.grade);
                if finding.outcome == "unmet" { model.lids.push(lid) } else { model.open_lids.push(lid) }
            }
        }
        Ok(model)
    }

    /// The same case with nothing to be done about some parts.
    #[must_use]
    pub fn without(&self, left: impl Fn(&Part) -> bool) -> Self {
        let mut model = self.clone();
        for part in model.parts.iter_mut().filter(|p| left(p)) {
            part.choices.truncate(1);
            part.findings.clear();
            part.fixed = true;
        }
        model
    }

    /// The best grade that red lines leave: at best, at worst.
    pub fn lid(&self) -> (usize, usize) {
        let best = self.lids.iter().map(|l| l.1).max().unwrap_or(0);
        (best, self.open_lids.iter().map(|l| l.1).max().unwrap_or(0).max(best))
    }
}

/// Points lost, at best and at worst, if it applies.
fn lost(result: &CriterionResult, of: Points) -> Option<(Points, Points)> {
    let (low, high) = match (&result.if_applies, &result.exact) {
        (Some([low, high]), _) | (None, Some([low, high])) => (Points::of_fraction(low)?, Points::of_fraction(high)?),
        (None, None) => (result.low.points(), result.high.points()),
    };
    Some((of - high, of - low))
}

fn part(at: usize, rule: &Rule, result: &CriterionResult, case: &CaseRecord, rules: &Rules) -> Result<Part, Text> {
    let id = &rule.id;
    let Some(lost) = lost(result, rule.points) else {
        return Err(say!("指标 {id} 的得分读不出来", "the marks of criterion {id} cannot be read"));
    };
    let own: Vec<(usize, &Finding)> = case.findings.iter().enumerate().filter(|(_, f)| f.criterion == result.id).collect();
    let unmet: Vec<&(usize, &Finding)> = own.iter().filter(|(_, f)| f.outcome == "unmet").collect();
    let open_findings = own.iter().filter(|(_, f)| is_open(&f.outcome)).count();
    let doubtful = result.if_applies.is_some();
    let open = open_findings > 0 || is_open(&result.outcome);
    let sure_shut = rule.gate && (!unmet.is_empty() || (doubtful && !lost.0.is_zero()));
    let mut choices = vec![Choice { cost: 0, lost, opens: !sure_shut }];
    let fixable = !doubtful && !unmet.is_empty() && unmet.iter().all(|(_, f)| curable(f));
    if fixable {
        let shares: Vec<Points> = unmet.iter().map(|(_, f)| f.lost[0].points()).collect();
        for cost in 1..=unmet.len() {
            let whole = cost == unmet.len();
            let each = by_observation(rule, lost, &shares, open_findings);
            let left = match each {
                Some(rest) => Some(rest(cost)),
                None if whole => Some((Points::ZERO, after_all(rule, lost, open))),
                None => None,
            };
            choices.extend(left.map(|lost| Choice { cost, lost, opens: whole || !sure_shut }));
        }
    }
    let last = rules.levels.len().saturating_sub(1);
    let level = match &result.level {
        Some(title) => rules.levels.iter().position(|l| **l == **title).map(|l| (l, l)),
        None => Some((0, last)),
    };
    let Some(level) = level else {
        return Err(say!("指标 {id} 的级别不在评估标准里", "the level of criterion {id} is not in the rubric"));
    };
    Ok(Part {
        rule: at,
        doubtful,
        // What may not apply is open for that alone; it shuts only if something may be lost.
        may_shut: rule.gate && if doubtful { !lost.1.is_zero() } else { open },
        choices,
        findings: if fixable { unmet.iter().map(|(i, _)| *i).collect() } else { Vec::new() },
        open,
        fixed: false,
        level,
    })
}

/// What is lost after fixing so many of the findings, where each costs the same whichever it is; nothing where the record does not bear it out.
fn by_observation(rule: &Rule, lost: (Points, Points), shares: &[Points], open: usize) -> Option<impl Fn(usize) -> (Points, Points)> {
    let deduct = rule.deduct.as_ref().filter(|d| d.per == "observation" && !d.absent_unmet)?;
    let (each, most) = (deduct.points?.points(), deduct.most.points());
    let loss = move |n: usize| (each * Points::whole(i64::try_from(n).unwrap_or(i64::MAX))).min(most);
    let sure = shares.len();
    // Each finding must have taken what the rule says; a reviewer's own deduction, or one without a known amount, did not.
    let steady = shares.iter().enumerate().all(|(n, share)| *share == loss(n + 1) - loss(n));
    let fits = steady && lost == (loss(sure), loss(sure + open));
    fits.then_some(move |cost: usize| (loss(sure - cost), loss(sure - cost + open)))
}

/// What is lost at worst when all sure findings are fixed and something is still open.
fn after_all(rule: &Rule, lost: (Points, Points), open: bool) -> Points {
    let linear = rule.deduct.as_ref().filter(|d| matches!(d.per.as_str(), "unit" | "point" | "observation"));
    match linear {
        _ if !open => Points::ZERO,
        // Below its limit a deduction by amount adds up, so what is open is the rest.
        Some(deduct) if lost.1 < deduct.most.points() => lost.1 - lost.0,
        _ => lost.1,
    }
}
