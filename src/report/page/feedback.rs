//! What an office is told of its own cases and problems (反馈): without reviewers, their codes and their score sheets.
//! Must not change marks, grades or what is unclear.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::undecided::RedLines;
use crate::base::text::Text;
use crate::record::v1::{CasePanel, CaseRecord, Finding, ObjectionRecord, PlaceRecord, ProblemRecord, Results, RubricRecord, is_open};
use crate::report::hush::SOMEBODY;
use crate::report::reviewers::{Reviewers, reason, standing};
use crate::say;

/// The cases of an office as it is told of them.
pub fn cases(results: &Results, all: &[CaseRecord]) -> Vec<CaseRecord> {
    let reviewers = Reviewers::of(results, all);
    let marked = |r: &'_ RubricRecord| r.criteria.iter().filter(|c| c.human).map(|c| c.id.clone()).collect();
    let judged = results.rubrics.iter().map(|r| (r.id.as_str(), marked(r))).collect();
    let office = Office { reviewers, judged, lines: RedLines::new(results) };
    all.iter().map(|case| office.told(case)).collect()
}

/// Problems of score sheets and of how marks are settled: they are for those who organise the review.
const OF_REVIEW: std::ops::RangeInclusive<&str> = "P080"..="P089";

/// A problem as the office is told of it; nothing where it is about reviewers.
pub fn problem(reviewers: &Reviewers, problem: &ProblemRecord) -> Option<ProblemRecord> {
    let words = [&problem.message, &problem.advice].into_iter().flat_map(|t| [&t.zh, &t.en]);
    if OF_REVIEW.contains(&problem.code.as_str()) || words.into_iter().any(|w| reviewers.hush_own(w) != **w) {
        return None;
    }
    let mut problem = problem.clone();
    problem.places.retain(|p| !reviewers.is_in(&p.file));
    Some(problem)
}

/// An office that is told of its cases.
struct Office<'a> {
    reviewers: Reviewers,
    /// Criteria that people mark, by rubric.
    judged: BTreeMap<&'a str, BTreeSet<String>>,
    lines: RedLines<'a>,
}

impl Office<'_> {
    fn told(&self, case: &CaseRecord) -> CaseRecord {
        let sheets = sheets(case);
        let mut told = case.clone();
        told.reviews.clear();
        for finding in &mut told.findings {
            finding.message = self.message(case, finding);
            finding.places.retain(|p| !sheets.contains(&p.file));
        }
        if let Some(panel) = &mut told.panel {
            **panel = anonymous(&self.reviewers, panel);
        }
        told
    }

    /// The message of a finding. Of what reviewers marked: the mark that holds, what a council or an objection decided, and the reasons of
    /// those whose marks stand; not who gave what. While it is not decided, only that.
    fn message(&self, case: &CaseRecord, finding: &Finding) -> Text {
        let is_marked = case.reviews.iter().any(|r| r.criterion == finding.criterion);
        let judged = case.rubric.as_deref().and_then(|r| self.judged.get(r));
        let is_line = self.lines.is_line(case, finding);
        let is_judged = is_marked || is_line || judged.is_some_and(|j| j.contains(&*finding.criterion));
        let hushed = |words: &str| self.reviewers.hush_own(words);
        if !is_judged {
            return both(&finding.message, hushed);
        }
        if is_open(&finding.outcome) {
            // What anybody thinks of it is not told before it is decided.
            return if is_line {
                say!("红线待专人认定", "a red line that awaits a person")
            } else {
                say!("待评估专家评定", "to be decided by reviewers")
            };
        }
        let whole = both(&finding.message, |words| hushed(words.split(['；', ';']).next().unwrap_or(words)));
        let mut said: Vec<String> = finding.message.zh.split('；').skip(1).filter_map(|part| decided(&self.reviewers, part)).collect();
        if said.is_empty() {
            said.extend(standing(case, &finding.criterion).into_iter().map(|review| {
                let (why, pages) = (self.reviewers.hush(&reason(review)), review.pages.as_deref().map(|p| format!("，卷内第 {p} 页")));
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
}

/// What a council or an objection decided, without who decided: they are named in brackets, also those whom no list knows.
fn decided(reviewers: &Reviewers, part: &str) -> Option<String> {
    let named = |who: &str| reviewers.with(who.split(['、', '，', ',']).map(ToOwned::to_owned));
    if let Some(rest) = part.strip_prefix("集体合议（") {
        let (who, how) = rest.split_once('）')?;
        return Some(format!("集体合议{}", named(who).hush(how)));
    }
    let rest = part.strip_prefix("申诉后由")?;
    let (change, why) = rest.split_once('（')?;
    let (who, why) = why.split_once(" 决定")?;
    Some(format!("申诉后由{change}{}", named(who).hush(why.strip_suffix('）').unwrap_or(why))))
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
    panel.overridden.clear();
    // How it was settled is told by `how`; these words name those who are still to do something.
    panel.why = Text::EMPTY;
    if let Some(confirmed) = &mut panel.confirmed {
        confirmed.by.clear();
        confirmed.places.clear();
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
