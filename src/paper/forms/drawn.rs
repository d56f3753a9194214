//! What forms say of a plan of a draw (抽卷方案): reviewers, turns, drawn cases by key. Must not draw or give out cases.

use std::collections::BTreeMap;

use crate::record::plan::{Allocation, CaseKey, Drawn, FrameCase, Part, Plan, Reviewer, Task, Turn};

/// A plan by its keys.
pub struct Keys<'a> {
    plan: &'a Plan,
    drawn: BTreeMap<&'a CaseKey, &'a Drawn>,
    frame: BTreeMap<&'a CaseKey, &'a FrameCase>,
}

impl<'a> Keys<'a> {
    /// Of this plan; of the frame only cases that are drawn or given out are kept.
    pub fn new(plan: &'a Plan) -> Self {
        let drawn: BTreeMap<_, _> = plan.drawn.iter().map(|d| (&d.case, d)).collect();
        let frame = plan.frame.iter().filter(|f| drawn.contains_key(&f.case)).map(|f| (&f.case, f)).collect();
        Self { plan, drawn, frame }
    }

    /// The type of a drawn case.
    pub fn case_type(&self, case: &CaseKey) -> String {
        self.drawn.get(case).map_or_else(String::new, |d| d.case_type.to_string())
    }

    /// The lawyers of a drawn case.
    pub fn lawyers(&self, case: &CaseKey) -> String {
        self.frame.get(case).map_or_else(String::new, |f| f.lawyers.join("、"))
    }

    /// The name of the office of a case.
    pub fn office(&self, case: &CaseKey) -> String {
        self.plan.office(&case.office).to_owned()
    }
}

/// The reviewers to whom cases may be given; none where there is no allocation.
pub fn reviewers(plan: &Plan) -> &[Reviewer] {
    plan.rules.allocation.as_ref().map(|a| a.reviewers.as_slice()).unwrap_or_default()
}

/// What a reviewer marks.
pub fn tasks<'a>(plan: &'a Plan, reviewer: &Reviewer) -> &'a [Task] {
    plan.allocation.as_ref().map(|a: &Allocation| a.of(&reviewer.code)).unwrap_or_default()
}

/// The day by which the sheet of a reviewer is due.
pub fn due(plan: &Plan, reviewer: &Reviewer) -> String {
    let all = plan.rules.allocation.as_ref().and_then(|a| a.due.clone());
    reviewer.due.clone().or(all).unwrap_or_default()
}

/// The group of a reviewer, and whether this one leads it.
pub fn group(reviewer: &Reviewer) -> String {
    match (&reviewer.group, reviewer.leader) {
        (Some(group), true) => format!("{group}（组长）"),
        (Some(group), false) => group.clone(),
        (None, true) => "组长".to_owned(),
        (None, false) => "—".to_owned(),
    }
}

/// The home office of a reviewer.
pub fn home(plan: &Plan, reviewer: &Reviewer) -> String {
    let known = reviewer.office.as_deref().map(|id| (id, plan.office(id)));
    match known {
        Some((id, "")) => id.to_owned(),
        Some((_, name)) => name.to_owned(),
        None => "—".to_owned(),
    }
}

/// Which mark, in Chinese.
pub fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::First => "一评",
        Turn::Second => "二评",
        Turn::Extra => "加评",
    }
}

/// What is marked, in Chinese.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Whole => "全部指标",
        Part::Regularity => "规范性",
        Part::Substance => "业务性",
    }
}
