//! Asks every criterion and red line of a case. A check that panics becomes an observation; the batch goes on.
//! The only place where a check may fail. Must not score.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::base::form;
use crate::base::place::Seen;
use crate::check::{Observation, Outcome, Ready, Target, World};
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::document::Presence;
use crate::model::mark::Given;
use crate::model::vocabulary::DocumentId;
use crate::rubric::{Criterion, Rubric};
use crate::say;
use crate::score::{Asked, RedLineState};

/// What the office checks of one rubric saw: by criterion and index of the case.
pub type OfficeSeen = HashMap<(usize, usize), Vec<Observation>>;

/// Runs the checks that compare the cases of one office.
pub fn office(rubric: &Rubric, cases: &[&Case], world: &World) -> OfficeSeen {
    let mut seen = OfficeSeen::new();
    for (i, criterion) in rubric.criteria.iter().enumerate() {
        let Ready::Office(check) = &criterion.ready else { continue };
        match catch_unwind(AssertUnwindSafe(|| check(cases, world))) {
            Ok(found) => found.into_iter().for_each(|(case, o)| seen.entry((i, case)).or_default().push(o)),
            Err(_) => (0..cases.len()).for_each(|case| seen.entry((i, case)).or_default().push(failed(criterion, cases[case]))),
        }
    }
    seen
}

/// Asks one case; `index` is its place among the cases given to [`office`].
pub fn case(rubric: &Rubric, case: &Case, index: usize, office: &OfficeSeen, world: &World) -> Vec<Asked> {
    let ask = |(i, criterion): (usize, &Criterion)| {
        let applies = criterion.when.as_ref().map_or(Answer::Yes, |c| c.ask(case));
        if applies == Answer::No {
            return Asked { applies, observations: Vec::new(), doubt: None, marked: false };
        }
        let mut observations = match &criterion.ready {
            Ready::Case(check) => catch_unwind(AssertUnwindSafe(|| check(case, world))).unwrap_or_else(|_| vec![failed(criterion, case)]),
            Ready::Office(_) => office.get(&(i, index)).cloned().unwrap_or_default(),
        };
        if case.secret {
            observations.iter_mut().for_each(for_the_reviewer);
        }
        let doubt = (applies == Answer::Unknown).then(|| unknown(criterion, case, world));
        Asked { applies, observations, doubt, marked: false }
    };
    rubric.criteria.iter().enumerate().map(ask).collect()
}

/// Limits that run in an open case: those whose first day is recorded and whose end is not. Never marks.
pub fn running(rubric: &Rubric, case: &Case, world: &World) -> Vec<Observation> {
    let limits = rubric.criteria.iter().filter(|c| c.check.name == "within");
    let applying = limits.filter(|c| c.when.as_ref().is_none_or(|w| w.ask(case) == Answer::Yes));
    let mut running: Vec<Observation> = Vec::new();
    for criterion in applying {
        let Ready::Case(check) = &criterion.ready else { continue };
        // What fails here is told when the case is graded.
        let seen = catch_unwind(AssertUnwindSafe(|| check(case, world))).unwrap_or_default();
        let begun = |o: &Observation| o.outcome == Outcome::Unclear && o.seen.iter().any(|s| s.raw.is_some());
        running.extend(seen.into_iter().filter(begun));
    }
    running
}

/// A 密卷 is never opened: what only its papers can tell is for a person to see.
fn for_the_reviewer(observation: &mut Observation) {
    let papers = observation.lacks.iter().any(|l| !matches!(l, Target::Field(_)));
    if observation.outcome == Outcome::Unclear && papers {
        observation.outcome = Outcome::Pending;
        observation.absent = false;
        let (zh, en) = (&observation.said.zh, &observation.said.en);
        observation.said = say!(
            "密卷不由程序打开，由评估专家核查（{zh}）",
            "a secret dossier is not opened by the program; a reviewer looks at it ({en})"
        );
    }
}

fn failed(criterion: &Criterion, case: &Case) -> Observation {
    let id = &criterion.id;
    let said = say!("程序检查 {id} 时出错，本项未能核查", "the program failed while checking {id}; it was not checked");
    Observation::new(Outcome::Failed, said, vec![case.home_seen()])
}

/// Not known whether the criterion applies.
fn unknown(criterion: &Criterion, case: &Case, world: &World) -> Observation {
    let (fields, documents) = criterion.when.as_ref().map(|c| (c.fields(), c.documents())).unwrap_or_default();
    let fields: Vec<_> = fields.into_iter().filter(|f| case.value(*f).is_none()).collect();
    let unsure = |d: &DocumentId| matches!(case.presence(*d), Presence::Contradicted(_) | Presence::Unnamed(_) | Presence::Unknown);
    let documents: Vec<_> = documents.into_iter().filter(unsure).collect();
    let mut titles: Vec<&str> = fields.iter().map(|f| world.vocabulary.field(*f).title.as_str()).collect();
    titles.extend(documents.iter().map(|d| world.vocabulary.document(*d).title.as_str()));
    let (zh, en) = (titles.join("、"), titles.join(", "));
    let mut seen: Vec<Seen> = fields.iter().filter_map(|f| case.entry(*f)).map(|e| e.seen()).collect();
    let said = if titles.is_empty() {
        say!("不能确定本项是否适用", "it cannot be told whether this applies")
    } else {
        say!("缺“{zh}”，不能确定本项是否适用", "it cannot be told whether this applies: {en} is lacking")
    };
    if seen.is_empty() {
        seen.push(case.home_seen());
    }
    let lacks = fields.into_iter().map(Target::Field).chain(documents.into_iter().map(Target::Document));
    Observation::unclear(said, seen, lacks.collect())
}

/// The state of every red line, from its condition and what a person decided.
pub fn red_lines(rubric: &Rubric, case: &Case) -> Vec<RedLineState> {
    red_lines_of(rubric, case, &|id| case.marks.iter().filter(|m| *m.criterion == *id).filter_map(|m| decision(&m.given)).collect())
}

/// The same, where `decided` says what persons decided of a red line.
pub fn red_lines_of(rubric: &Rubric, case: &Case, decided: &dyn Fn(&str) -> Vec<bool>) -> Vec<RedLineState> {
    let state = |line: &crate::rubric::RedLine| {
        let mut decided = decided(&line.id);
        decided.dedup();
        match (decided.as_slice(), line.when.ask(case), line.human) {
            ([true], ..) => RedLineState::Applies,
            ([false], ..) => RedLineState::Clear,
            (_, Answer::Yes, false) => RedLineState::Applies,
            (_, Answer::Yes, true) | (_, Answer::Unknown, false) => RedLineState::Open,
            // Two people who disagree leave it open.
            ([_, _, ..], ..) => RedLineState::Open,
            (_, Answer::No, _) | (_, Answer::Unknown, true) => RedLineState::Clear,
        }
    };
    rubric.red_lines.iter().map(state).collect()
}

/// 成立 or 不成立.
pub fn decision(given: &Given) -> Option<bool> {
    match given {
        Given::Word(word) if &**word == form::YES => Some(true),
        Given::Word(word) if &**word == form::NO => Some(false),
        _ => None,
    }
}
