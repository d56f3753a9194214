//! The reviewers of a result (评估专家), to be left out of what an office is told. Must not decide who is told what.

use std::collections::BTreeSet;

use super::hush::{Hushed, hush};
use crate::record::v1::{CaseRecord, Results, Review};

/// Codes and names of reviewers, and of the others in the cases.
#[derive(Debug, Clone, Default)]
pub struct Reviewers {
    known: Vec<String>,
    /// Names of others in the cases, which may hold that of a reviewer.
    persons: Vec<String>,
}

impl Reviewers {
    /// Those of a result and of these cases.
    pub fn of(results: &Results, cases: &[CaseRecord]) -> Self {
        let mut all = BTreeSet::new();
        for reviewer in results.panel.iter().flat_map(|p| &p.reviewers) {
            all.extend([reviewer.code.to_string(), reviewer.name.clone()]);
        }
        for case in cases {
            all.extend(case.reviews.iter().filter_map(|r| r.reviewer.as_deref()).map(ToOwned::to_owned));
            if let Some(panel) = &case.panel {
                let opinions = panel.opinions.iter().flat_map(|o| &o.reviewers);
                let objections = panel.objections.iter().flat_map(|o| o.reviewers.iter().chain(&o.deciders));
                let confirmed = panel.confirmed.iter().flat_map(|c| &c.by);
                let remarks = panel.remarks.iter().map(|r| &r.reviewer);
                all.extend(opinions.chain(objections).chain(confirmed).chain(remarks).map(|r| r.to_string()));
            }
        }
        Self { known: all.into_iter().filter(|r| !r.is_empty()).collect(), persons: persons(cases) }
    }

    /// These and others that are named somewhere.
    #[must_use]
    pub fn with(&self, names: impl Iterator<Item = String>) -> Self {
        let names = names.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
        Self { known: self.known.iter().cloned().chain(names).collect(), ..self.clone() }
    }

    /// What people wrote, without reviewers; nothing where something is left that may be the code of one.
    pub fn hush(&self, words: &str) -> String {
        let Hushed { words, doubtful } = hush(words, &self.known, &self.persons);
        if doubtful { String::new() } else { words }
    }

    /// What the program wrote, without reviewers: digits of its own are no codes.
    pub fn hush_own(&self, words: &str) -> String {
        hush(words, &self.known, &self.persons).words
    }

    /// Whether words name a reviewer, or may.
    pub fn is_in(&self, text: &str) -> bool {
        let Hushed { words, doubtful } = hush(text, &self.known, &self.persons);
        doubtful || words != text
    }
}

/// The reviews behind a finding of a criterion: of those whose marks stand, where that can be told.
pub fn standing<'a>(case: &'a CaseRecord, criterion: &str) -> Vec<&'a Review> {
    let all = case.reviews.iter().filter(|r| *r.criterion == *criterion);
    let standing: Vec<&str> = match &case.panel {
        Some(panel) => {
            let opinions = panel.opinions.iter().filter(|o| match panel.how.as_str() {
                "majority" => o.grade.is_some() && o.grade == case.grade,
                "median" | "senior" => case.marks.as_ref().is_some_and(|m| o.low == Some(m.low) && o.high == Some(m.high)),
                _ => true,
            });
            opinions.flat_map(|o| &o.reviewers).map(|r| &**r).collect()
        }
        None => Vec::new(),
    };
    let is_theirs = |r: &&Review| standing.is_empty() || r.reviewer.as_deref().is_none_or(|r| standing.contains(&r));
    all.filter(is_theirs).collect()
}

/// Situation and reason of a mark, as one.
pub fn reason(review: &Review) -> String {
    let parts = [review.situation.as_deref(), review.reason.as_deref()].into_iter().flatten().filter(|w| !w.is_empty());
    parts.collect::<Vec<_>>().join("：")
}

/// Names and other single words in the fields of cases: those of the parties, the lawyers and whoever else the registers name.
fn persons(cases: &[CaseRecord]) -> Vec<String> {
    let is_word = |w: &&str| (2..=12).contains(&w.chars().count()) && w.chars().all(|c| c == '·' || (c.is_alphabetic() && !c.is_ascii()));
    let values = cases.iter().flat_map(|c| c.fields.values());
    let words = values.flat_map(|v| v.split(|c: char| c.is_whitespace() || "、，,；;/（）()".contains(c)));
    words.filter(is_word).map(ToOwned::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::Reviewers;

    #[test]
    fn reviewers_give_way_and_nothing_else() {
        let known = ["虚构专家二", "Z01", "Z02", "Z05"].map(ToOwned::to_owned).to_vec();
        let reviewers = Reviewers { known, ..Reviewers::default() };
        for (words, said) in [
            ("集体合议（Z02、Z05）：扣 2", "集体合议：扣 2"),
            ("Z01 不同意 AZ01 的意见", "评估专家 不同意 AZ01 的意见"),
            ("虚构专家二认为过简，Z01、Z02 均扣分", "评估专家认为过简，评估专家 均扣分"),
            ("2024-01-02 指派", "2024-01-02 指派"),
        ] {
            assert_eq!(reviewers.hush(words), said);
            assert_eq!(reviewers.is_in(words), words != said, "{words}");
        }
    }
}
