//! Who has handed in what, from a plan and the pages that came back: by reviewer and group, which cases lack marks and of whom, who is late
//! as of a day that is given. Must not read files, nor know the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::record::plan::{Back, CaseKey, Counts, Group, Missing, Person, Plan, Reviewer, Short, Status, Task};

/// How far a page is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing.
    Blank,
    /// Something, but not all, or it is not signed.
    Half,
    /// Everything, and signed.
    Done,
}

/// A page that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Code of the reviewer.
    pub reviewer: Arc<str>,
    /// The case.
    pub case: CaseKey,
    /// How far.
    pub state: State,
    /// What is still blank: ids, or labels of the signature.
    pub blank: Vec<String>,
}

/// Codes of what a reviewer has to mend.
const TO_MEND: [&str; 5] = ["P080", "P082", "P083", "P041", "P085"];

/// Where the round stands. `sent` says whose each file is; `told` what was not used, with the file of each.
pub fn status(plan: &Plan, pages: &[Page], sent: &[(String, Option<Arc<str>>)], told: Vec<Back>, as_of: Option<Date>) -> Status {
    let mut states: BTreeMap<(&str, &CaseKey), State> = BTreeMap::new();
    for page in pages {
        let state = states.entry((&page.reviewer, &page.case)).or_insert(page.state);
        *state = (*state).max(page.state);
    }
    let state = |task: &Task| states.get(&(&*task.reviewer, &task.case)).copied().unwrap_or(State::Blank);
    let whose: BTreeMap<&str, &str> = sent.iter().filter_map(|(file, who)| Some((file.as_str(), who.as_deref()?))).collect();
    let rules = plan.rules.allocation.as_ref();
    let reviewers: &[Reviewer] = rules.map(|r| r.reviewers.as_slice()).unwrap_or_default();
    let (mut to_mend, mut others): (BTreeMap<&str, Vec<Back>>, Vec<Back>) = (BTreeMap::new(), Vec::new());
    for back in told {
        let code = whose.get(back.file.as_str()).copied().filter(|code| reviewers.iter().any(|r| &*r.code == *code));
        match code.filter(|_| TO_MEND.contains(&back.code.as_str())) {
            Some(code) => to_mend.entry(code).or_default().push(back),
            None => others.push(back),
        }
    }
    let tasks = plan.allocation.as_ref().map(|a| a.tasks.as_slice()).unwrap_or_default();
    let person = |reviewer: &Reviewer| {
        let own: Vec<&Task> = tasks.iter().filter(|t| t.reviewer == reviewer.code).collect();
        let count = |wanted: State| u64::try_from(own.iter().filter(|t| state(t) == wanted).count()).unwrap_or(u64::MAX);
        let due = reviewer.due.clone().or_else(|| rules.and_then(|r| r.due.clone()));
        let (half, none) = (count(State::Half), count(State::Blank));
        let passed = due.as_deref().and_then(|d| d.parse::<Date>().ok()).zip(as_of).map(|(due, day)| day > due);
        let back = to_mend.get(&*reviewer.code).cloned().unwrap_or_default();
        let files: BTreeSet<&str> = back.iter().map(|b| b.file.as_str()).collect();
        let counts = Counts {
            given: u64::try_from(own.len()).unwrap_or(u64::MAX),
            done: count(State::Done),
            half,
            none,
            back: u64::try_from(files.len()).unwrap_or(u64::MAX),
            late: passed.map(|passed| if passed { half + none } else { 0 }),
        };
        Person { code: reviewer.code.clone(), name: reviewer.name.clone(), group: reviewer.group.clone(), due, counts, back }
    };
    let people: Vec<Person> = reviewers.iter().map(person).collect();
    let mut groups: BTreeMap<(bool, Option<String>), Counts> = BTreeMap::new();
    for person in people.iter().filter(|_| people.iter().any(|p| p.group.is_some())) {
        let counts = groups.entry((person.group.is_none(), person.group.clone())).or_default();
        *counts = sum(*counts, person.counts);
    }
    let mut short: BTreeMap<&CaseKey, Vec<Missing>> = BTreeMap::new();
    for task in tasks.iter().filter(|t| state(t) != State::Done) {
        let half = state(task) == State::Half;
        let page = pages.iter().find(|p| p.reviewer == task.reviewer && p.case == task.case && half);
        let blank = page.map(|p| p.blank.clone()).unwrap_or_default();
        let missing = Missing { reviewer: task.reviewer.clone(), part: task.part, half, blank };
        short.entry(&task.case).or_default().push(missing);
    }
    let lacking =
        |(case, of): (&CaseKey, Vec<Missing>)| Short { case: case.clone(), office_name: plan.office(&case.office).to_owned(), of };
    Status {
        title: plan.batch.title.clone(),
        as_of: as_of.map(|d| d.to_string()),
        total: people.iter().fold(Counts::default(), |all, p| sum(all, p.counts)),
        groups: groups.into_iter().map(|((_, name), counts)| Group { name, counts }).collect(),
        short: short.into_iter().map(lacking).collect(),
        reviewers: people,
        others,
    }
}

/// Late pages of those for whom it is known; none while it is known of nobody.
fn sum(a: Counts, b: Counts) -> Counts {
    let late = match (a.late, b.late) {
        (Some(a), Some(b)) => Some(a + b),
        (one, other) => one.or(other),
    };
    Counts { given: a.given + b.given, done: a.done + b.done, half: a.half + b.half, none: a.none + b.none, back: a.back + b.back, late }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Text;
    use crate::panel::draw::testing;
    use crate::record::plan::{Allocation, AllocationRules, Connected, Maker, Method, Part, Source, Turn};

    fn case(no: &str) -> CaseKey {
        CaseKey { office: "1".into(), case_no: no.into(), stage: None }
    }

    /// Z01 marks a, b, c; Z02 marks a; Z03 is due later than the rest and marks b.
    fn plan() -> Plan {
        let reviewer = |code: &str, group: Option<&str>, due: Option<&str>| Reviewer {
            code: code.into(),
            name: format!("虚构专家{code}"),
            office: None,
            case_types: Vec::new(),
            group: group.map(str::to_owned),
            leader: false,
            wishes: Vec::new(),
            capacity: None,
            role: Part::Whole,
            due: due.map(str::to_owned),
        };
        let task = |(reviewer, no): (&str, &str)| Task {
            reviewer: reviewer.into(),
            case: case(no),
            part: Part::Whole,
            turn: Turn::First,
            blind: false,
        };
        let maker = Maker { name: "juanping".to_owned(), version: "0".to_owned() };
        let batch = Source {
            title: "评查（虚构）".to_owned(),
            year: Some(2024),
            as_of: "2024-12-31".to_owned(),
            stage: String::new(),
            made_by: None,
            scope: Text::EMPTY,
        };
        let rules = testing::rules(Method::All);
        let mut plan = crate::panel::plan::plan(maker, batch, (rules, 1), Vec::new(), testing::frame(&[3])).expect("drawn");
        plan.rules.allocation = Some(AllocationRules {
            reviewers: vec![
                reviewer("Z01", Some("一组"), None),
                reviewer("Z02", Some("一组"), None),
                reviewer("Z03", None, Some("2025-04-30")),
            ],
            second: "10".to_owned(),
            blind: true,
            connected: Connected::Off,
            extra: Vec::new(),
            due: Some("2025-03-20".to_owned()),
        });
        let tasks = [("Z01", "a"), ("Z01", "b"), ("Z01", "c"), ("Z02", "a"), ("Z03", "b")].map(task).to_vec();
        plan.allocation = Some(Allocation { tasks, swaps: Vec::new() });
        plan
    }

    fn page(reviewer: &str, no: &str, state: State) -> Page {
        Page { reviewer: reviewer.into(), case: case(no), state, blank: Vec::new() }
    }

    fn counts(c: Counts) -> (u64, u64, u64, u64, u64, Option<u64>) {
        (c.given, c.done, c.half, c.none, c.back, c.late)
    }

    #[test]
    fn counts_by_reviewer_and_group() {
        let pages = [page("Z01", "a", State::Done), page("Z01", "b", State::Half), page("Z02", "a", State::Done)];
        let back = |file: &str, code: &str| Back { file: file.to_owned(), code: code.to_owned(), said: Text::EMPTY };
        let told = vec![back("1.xlsx", "P082"), back("1.xlsx", "P082"), back("9.xlsx", "P080"), back("1.xlsx", "P081")];
        let sent = [("1.xlsx".to_owned(), Some("Z01".into())), ("9.xlsx".to_owned(), Some("Z77".into()))];
        let seen = status(&plan(), &pages, &sent, told, Some(jiff::civil::date(2025, 3, 21)));
        let of: Vec<_> = seen.reviewers.iter().map(|p| counts(p.counts)).collect();
        assert_eq!(of, [(3, 1, 1, 1, 1, Some(2)), (1, 1, 0, 0, 0, Some(0)), (1, 0, 0, 1, 0, Some(0))]);
        assert_eq!(counts(seen.total), (5, 2, 1, 2, 1, Some(2)));
        let groups: Vec<_> = seen.groups.iter().map(|g| (g.name.as_deref(), g.counts.given)).collect();
        assert_eq!(groups, [(Some("一组"), 4), (None, 1)]);
        let short: Vec<String> = seen
            .short
            .iter()
            .map(|s| format!("{} {}", s.case.case_no, s.of.iter().map(|m| &*m.reviewer).collect::<Vec<_>>().join(",")))
            .collect();
        assert_eq!(short, ["b Z01,Z03", "c Z01"]);
        assert_eq!(seen.others.iter().map(|b| b.code.as_str()).collect::<Vec<_>>(), ["P080", "P081"], "nobody's, and nothing to mend");
    }

    #[test]
    fn nobody_is_late_without_a_day() {
        let late =
            |plan: &Plan, as_of| status(plan, &[], &[], Vec::new(), as_of).reviewers.iter().map(|p| p.counts.late).collect::<Vec<_>>();
        let day = |d| Some(jiff::civil::date(2025, 3, d));
        assert_eq!(late(&plan(), None), [None, None, None]);
        assert_eq!(late(&plan(), day(20)), [Some(0), Some(0), Some(0)], "the last day is in time");
        let mut open = plan();
        if let Some(rules) = &mut open.rules.allocation {
            rules.due = None;
        }
        assert_eq!(late(&open, day(31)), [None, None, Some(0)]);
    }
}
