//! Who said what of a case: one voice a reviewer, or a pair where one marks 规范性 and another 业务性. Must not weigh them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assess::drawn::{Drawn, Task};
use crate::base::form;
use crate::check::kinds::mark;
use crate::model::case::Case;
use crate::model::heard::Verdict;
use crate::model::mark::{Given, Mark};
use crate::record::plan::{Part, Turn};
use crate::rubric::{Rubric, Scheme};

/// One reading of a case.
#[derive(Debug, Default)]
pub struct Voice<'a> {
    /// Codes, sorted; an unsigned mark has the code "".
    pub reviewers: Vec<Arc<str>>,
    /// Which mark.
    pub turn: Turn,
    /// Whether one of them leads a group.
    pub leads: bool,
    /// Marks that are valid, by criterion or red line.
    pub marks: BTreeMap<Arc<str>, &'a Mark>,
    /// Signed pages.
    pub verdicts: Vec<&'a Verdict>,
    /// Whether each of them has marked everything.
    pub complete: bool,
    /// What two who mark a part each said of the same red line in different ways.
    pub torn: Vec<Arc<str>>,
}

impl Voice<'_> {
    /// Codes in words.
    pub fn who(&self) -> String {
        let shown = |code: &Arc<str>| if code.is_empty() { "未署名".to_owned() } else { code.to_string() };
        self.reviewers.iter().map(shown).collect::<Vec<_>>().join("+")
    }

    /// The grade that all of them confirmed on complete pages.
    pub fn confirmed(&self) -> Option<&Arc<str>> {
        let first = self.verdicts.first()?.grade.as_ref()?;
        let all =
            self.verdicts.len() == self.reviewers.len() && self.verdicts.iter().all(|v| v.is_complete() && v.grade.as_ref() == Some(first));
        all.then_some(first)
    }
}

/// Whether a mark is on the scale of what it is about.
pub fn is_valid(rubric: &Rubric, mark: &Mark) -> bool {
    let word = |words: &[&str]| matches!(&mark.given, Given::Word(w) if words.contains(&&**w));
    match rubric.criterion(&mark.criterion) {
        Some(criterion) => word(&[form::NOT_APPLICABLE]) || mark::loss(&mark.given, criterion.points, levels(rubric)).is_some(),
        None => word(&[form::YES, form::NO]),
    }
}

/// The levels of a rubric; none in the points scheme.
pub fn levels(rubric: &Rubric) -> &[Arc<str>] {
    match &rubric.scheme {
        Scheme::Levels { levels } => levels,
        Scheme::Points { .. } => &[],
    }
}

/// One reviewer's part before it is joined with another's.
struct Single<'a> {
    code: Arc<str>,
    part: Part,
    turn: Turn,
    marks: BTreeMap<Arc<str>, &'a Mark>,
    verdict: Option<&'a Verdict>,
    complete: bool,
}

/// The voices of a case, 一评 first. `wanted` are the criteria that a person has to decide.
pub fn voices<'a>(rubric: &Rubric, case: &'a Case, tasks: &[Task], drawn: Option<&Drawn>, wanted: &BTreeSet<Arc<str>>) -> Vec<Voice<'a>> {
    let code = |m: &Mark| m.reviewer.clone().unwrap_or_else(|| "".into());
    let mut codes: Vec<Arc<str>> = case.marks.iter().map(code).chain(case.heard.verdicts.iter().map(|v| Arc::clone(&v.reviewer))).collect();
    codes.sort();
    codes.dedup();
    // Where cases were given out, nobody else has a say in them.
    codes.retain(|c| tasks.is_empty() || tasks.iter().any(|t| t.reviewer == *c));
    let task = |code: &str| tasks.iter().find(|t| *t.reviewer == *code);
    // Those whom the draw knows come in its order; others after them, by code.
    codes.sort_by_key(|c| (task(c).map_or((Turn::Extra, true), |t| (t.turn, false)), Arc::clone(c)));
    let known = codes.iter().filter(|c| task(c).is_some()).count();
    let mut singles: Vec<Single<'a>> = Vec::new();
    for (at, code) in codes.into_iter().enumerate() {
        let turn = match (task(&code), at) {
            (Some(task), _) => task.turn,
            (None, 0) => Turn::First,
            (None, 1) if known == 0 => Turn::Second,
            (None, _) => Turn::Extra,
        };
        let part = task(&code).map_or(Part::Whole, |t| t.part);
        let mine = || case.marks.iter().filter(|m| m.reviewer.as_deref().unwrap_or("") == &*code);
        let marks = single(mine().filter(|m| is_valid(rubric, m)));
        let valid = mine().all(|m| is_valid(rubric, m));
        let verdict = case.heard.verdicts.iter().find(|v| v.reviewer == code);
        let own = |id: &&Arc<str>| in_part(rubric, id, part);
        // A page says itself what had to be marked; a plain score sheet is whole with every criterion that people decide.
        let all = wanted.iter().filter(own).all(|id| marks.contains_key(id));
        let complete = valid && verdict.map_or(all, |v| v.is_complete() && all);
        singles.push(Single { code, part, turn, marks, verdict, complete });
    }
    join(singles, drawn)
}

/// One mark a criterion; a reviewer's own marks that differ are none.
fn single<'a>(marks: impl Iterator<Item = &'a Mark>) -> BTreeMap<Arc<str>, &'a Mark> {
    let (mut all, mut torn): (BTreeMap<Arc<str>, &Mark>, BTreeSet<Arc<str>>) = (BTreeMap::new(), BTreeSet::new());
    for mark in marks {
        match all.get(&mark.criterion) {
            Some(other) if other.given != mark.given => drop(torn.insert(Arc::clone(&mark.criterion))),
            Some(_) => {}
            None => drop(all.insert(Arc::clone(&mark.criterion), mark)),
        }
    }
    all.retain(|id, _| !torn.contains(id));
    all
}

fn in_part(rubric: &Rubric, id: &str, part: Part) -> bool {
    let kind = rubric.criterion(id).map(|c| c.kind);
    match (part, kind) {
        (Part::Whole, _) | (_, None) => true,
        (Part::Regularity, Some(kind)) => kind == "regularity",
        (Part::Substance, Some(kind)) => kind == "substance",
    }
}

/// Joins those who each marked a part: the first 规范性 with the first 业务性 of a turn, and so on.
fn join<'a>(singles: Vec<Single<'a>>, drawn: Option<&Drawn>) -> Vec<Voice<'a>> {
    let mut nth: BTreeMap<(Turn, Part), usize> = BTreeMap::new();
    let mut voices: BTreeMap<(Turn, usize, bool), Voice<'a>> = BTreeMap::new();
    let mut parts: BTreeMap<(Turn, usize, bool), BTreeSet<Part>> = BTreeMap::new();
    for one in singles {
        let n = nth.entry((one.turn, one.part)).or_default();
        let key = (one.turn, *n, one.part == Part::Whole);
        *n += 1;
        let leads = drawn.and_then(|d| d.reviewers.get(&one.code)).is_some_and(|r| r.leader);
        let voice = voices.entry(key).or_insert_with(|| Voice { turn: one.turn, complete: true, ..Voice::default() });
        voice.reviewers.push(one.code);
        voice.leads |= leads;
        voice.complete &= one.complete;
        for (id, mark) in one.marks {
            match voice.marks.get(&id) {
                Some(other) if other.given != mark.given => voice.torn.push(id),
                _ => drop(voice.marks.insert(id, mark)),
            }
        }
        voice.verdicts.extend(one.verdict);
        parts.entry(key).or_default().insert(one.part);
    }
    for (key, voice) in &mut voices {
        voice.reviewers.sort();
        // Half of a pair is not a whole reading.
        voice.complete &= key.2 || parts.get(key).is_some_and(|p| p.len() == 2);
        // Neither of two who differ goes before the other.
        voice.complete &= voice.torn.is_empty();
        for id in &voice.torn {
            voice.marks.remove(id);
        }
    }
    voices.into_values().collect()
}

/// How many readings the draw asked for.
pub fn expected(tasks: &[Task]) -> usize {
    let count = |part: Part| tasks.iter().filter(|t| t.part == part).count();
    count(Part::Whole) + count(Part::Regularity).max(count(Part::Substance))
}
