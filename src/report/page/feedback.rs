//! What an office is told of its own cases and problems (反馈): without reviewers, their codes and their score sheets.
//! Must not change marks, grades or what is unclear.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::undecided::is_open;
use crate::base::text::Text;
use crate::record::v1::{CasePanel, CaseRecord, Finding, ObjectionRecord, PlaceRecord, ProblemRecord, Results};
use crate::report::hush::SOMEBODY;
use crate::report::reviewers::{Reviewers, reason, standing};

/// The cases of an office as it is told of them.
pub fn cases(results: &Results, all: &[CaseRecord]) -> Vec<CaseRecord> {
    let reviewers = Reviewers::of(results, all);
    all.iter().map(|case| told(&reviewers, case)).collect()
}

/// A problem as the office is told of it; nothing where it is about a reviewer.
pub fn problem(reviewers: &Reviewers, problem: &ProblemRecord) -> Option<ProblemRecord> {
    if reviewers.hush_own(&problem.message.zh) != *problem.message.zh {
        return None;
    }
    let mut problem = problem.clone();
    problem.places.retain(|p| !reviewers.is_in(&p.file));
    Some(problem)
}

fn told(reviewers: &Reviewers, case: &CaseRecord) -> CaseRecord {
    let sheets = sheets(case);
    let mut told = case.clone();
    told.reviews.clear();
    for finding in &mut told.findings {
        finding.message = message(reviewers, case, finding);
        finding.places.retain(|p| !sheets.contains(&p.file));
    }
    if let Some(panel) = &mut told.panel {
        **panel = anonymous(reviewers, panel);
    }
    told
}

/// Files that reviewers filled in.
fn sheets(case: &CaseRecord) -> BTreeSet<Arc<str>> {
    let panel = case.panel.iter();
    let places = panel.flat_map(|p| {
        let opinions = p.opinions.iter().flat_map(|o| &o.places);
        opinions.chain(p.confirmed.iter().flat_map(|c| &c.places)).chain(p.objections.iter().map(|o| &o.place))
    });
    case.reviews.iter().map(|r| &r.place).chain(places).map(|p| Arc::clone(&p.file)).collect()
}

/// The message of a finding. Of what reviewers marked: the mark that holds, what a council or an objection decided, and the reasons of those
/// whose marks stand; not who gave what. While it is not decided, that it is to be.
fn message(reviewers: &Reviewers, case: &CaseRecord, finding: &Finding) -> Text {
    let is_marked = case.reviews.iter().any(|r| r.criterion == finding.criterion);
    if !is_marked {
        return both(&finding.message, |words| reviewers.hush_own(words));
    }
    let whole = both(&finding.message, |words| reviewers.hush_own(words.split(['；', ';']).next().unwrap_or(words)));
    if is_open(&finding.outcome) {
        return whole;
    }
    let decided = |part: &&str| part.starts_with("集体合议") || part.starts_with("申诉后由");
    let mut said: Vec<String> = finding.message.zh.split('；').skip(1).filter(decided).map(|part| reviewers.hush(part)).collect();
    if said.is_empty() {
        said.extend(standing(case, &finding.criterion).into_iter().map(|review| {
            let (why, pages) = (reviewers.hush(&reason(review)), review.pages.as_deref().map(|p| format!("，卷内第 {p} 页")));
            if why.is_empty() { why } else { why + &pages.unwrap_or_default() }
        }));
    }
    let mut known = BTreeSet::new();
    said.retain(|one| !one.is_empty() && known.insert(one.clone()));
    if said.is_empty() {
        return whole;
    }
    // What people wrote is Chinese in both.
    let why = said.join("；");
    Text::pair(format!("{}：{why}", whole.zh), Some(format!("{}: {why}", whole.en)))
}

/// Both languages; who is nobody in particular is one in English as well.
fn both(text: &Text, hushed: impl Fn(&str) -> String) -> Text {
    let en = if text.en.contains(SOMEBODY) { hushed(&text.en) } else { hushed(&text.en).replace(SOMEBODY, "a reviewer") };
    Text::pair(hushed(&text.zh), Some(en))
}

fn anonymous(reviewers: &Reviewers, panel: &CasePanel) -> CasePanel {
    let mut panel = panel.clone();
    let words = |text: &Text| both(text, |words| reviewers.hush(words));
    let one = |word: &Arc<str>| Arc::from(reviewers.hush(word));
    panel.opinions.clear();
    panel.why = both(&panel.why, |words| reviewers.hush_own(words));
    if let Some(confirmed) = &mut panel.confirmed {
        confirmed.by.clear();
        confirmed.places.clear();
    }
    for set in &mut panel.overridden {
        set.by = words(&set.by);
        set.message = both(&set.message, |words| reviewers.hush_own(words));
    }
    for o in &mut panel.objections {
        *o = ObjectionRecord {
            reason: o.reason.as_ref().map(one),
            evidence: o.evidence.as_ref().map(one),
            said: words(&o.said),
            reviewers: Vec::new(),
            deciders: Vec::new(),
            place: PlaceRecord::default(),
            ..o.clone()
        };
    }
    for remark in &mut panel.remarks {
        remark.reviewer = Arc::from("");
        remark.text = one(&remark.text);
    }
    panel.remarks.retain(|r| !r.text.is_empty());
    panel
}
