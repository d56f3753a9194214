//! What stands on the page of a case: its items, which of them must be marked, and what the machine found of each. Must not lay
//! anything out, nor let a reviewer see what others marked.

use std::collections::BTreeSet;

use super::Input;
use super::filled::Filled;
use crate::base::points::Points;
use crate::record::number::Number;
use crate::record::plan::{CaseKey, Part};
use crate::record::v1::{CaseRecord, CriterionRecord, CriterionResult, Finding, RedLineRecord, RubricRecord};
use crate::report::words;

/// What a reviewer does with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Marks it.
    Must,
    /// May overrule the machine.
    May,
    /// Nothing: it does not apply.
    Off,
}

/// A criterion.
#[derive(Debug)]
pub struct Item<'a> {
    /// Id.
    pub id: &'a String,
    /// Title.
    pub title: &'a str,
    /// Group.
    pub group: &'a str,
    /// Points.
    pub points: Option<Number>,
    /// Whether people decide it.
    pub human: bool,
    /// What it surely loses by machine.
    pub lost: Points,
    /// What to do.
    pub state: State,
    /// What the machine found, whole.
    pub fact: String,
    /// Where, by its findings.
    pub places: String,
}

/// A red line.
#[derive(Debug)]
pub struct Line<'a> {
    /// Id.
    pub id: &'a String,
    /// Title.
    pub title: String,
    /// What to do.
    pub state: State,
    /// What the machine says of it.
    pub fact: String,
}

/// The page of a case.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// Name: `001`.
    pub name: String,
    /// The case.
    pub key: &'a CaseKey,
    /// Name of its office.
    pub office: &'a str,
    /// What of it is marked.
    pub part: Part,
    /// Its rubric; none where the type of the case is not clear.
    pub rubric: Option<&'a RubricRecord>,
    /// Levels, where the rubric works by them.
    pub levels: &'a [String],
    /// As graded by machine.
    pub case: Option<&'a CaseRecord>,
    /// Criteria.
    pub items: Vec<Item<'a>>,
    /// Red lines.
    pub lines: Vec<Line<'a>>,
    /// What is filled in.
    pub filled: Filled,
}

impl<'a> Sheet<'a> {
    /// The n-th page of a workbook.
    pub fn new(input: &Input<'a>, n: u32, key: &'a CaseKey, part: Part) -> Self {
        let case = input.cases.get(key);
        let rubric = case.and_then(|c| c.rubric.as_deref()).and_then(|id| input.context.rubrics.iter().find(|r| r.id == id));
        let levels = rubric.filter(|r| r.total.is_none()).and_then(|r| input.levels.get(&r.id)).map(Vec::as_slice).unwrap_or_default();
        let mut sheet = Self {
            name: format!("{n:03}"),
            key,
            office: input.plan.office(&key.office),
            part,
            rubric,
            levels,
            case,
            items: Vec::new(),
            lines: Vec::new(),
            filled: Filled::default(),
        };
        if let (Some(case), Some(rubric)) = (case, rubric) {
            // Marks that stand in the batch already must not be seen, nor what they made of an outcome.
            let marked: BTreeSet<&str> = case.reviews.iter().map(|r| &*r.criterion).collect();
            // What the machine looks at without points (四性检测) can take nothing off.
            let counts = |c: &&CriterionRecord| c.human || c.points.is_none_or(|p| !p.points().is_zero());
            let mine = rubric.criteria.iter().filter(|c| is_of(part, &c.kind)).filter(counts);
            sheet.items = mine.map(|c| item(c, case, marked.contains(c.id.as_str()))).collect();
            sheet.lines = rubric.red_lines.iter().map(|l| line(l, case, marked.contains(l.id.as_str()))).collect();
        }
        sheet
    }

    /// Whether levels are given rather than points.
    pub fn by_levels(&self) -> bool {
        self.rubric.is_some_and(|r| r.total.is_none())
    }

    /// A field of the case, as recorded.
    pub fn field(&self, id: &str) -> &'a str {
        self.case.and_then(|c| c.fields.get(id)).map_or("", |v| &**v)
    }

    /// Its stage: of its identity, else as the register has it.
    pub fn stage(&self) -> &'a str {
        self.key.stage.as_deref().unwrap_or_else(|| self.field("stage"))
    }
}

fn is_of(part: Part, kind: &str) -> bool {
    match part {
        Part::Whole => true,
        Part::Regularity => kind == "regularity",
        Part::Substance => kind == "substance",
    }
}

fn item<'a>(criterion: &'a CriterionRecord, case: &'a CaseRecord, marked: bool) -> Item<'a> {
    let result = case.criteria.iter().find(|r| *r.id == *criterion.id);
    let outcome = result.map_or("pending", |r| &*r.outcome);
    let state = match outcome {
        _ if marked && criterion.human => State::Must,
        "not_applicable" if !marked => State::Off,
        _ if criterion.human => State::Must,
        "unclear" | "pending" | "failed" if !marked => State::Must,
        _ => State::May,
    };
    let lost = result.map_or(Points::ZERO, |r| r.of.points() - r.high.points());
    let found = || case.findings.iter().filter(|f| *f.criterion == *criterion.id);
    let (fact, places) = match result {
        _ if state == State::Must && criterion.human => ("由评估专家评".to_owned(), String::new()),
        _ if marked => ("另有评分，未列".to_owned(), String::new()),
        Some(result) => (fact(result, found()), places(found())),
        None => (String::new(), String::new()),
    };
    Item {
        id: &criterion.id,
        title: &criterion.title.zh,
        group: &criterion.group,
        points: criterion.points,
        human: criterion.human,
        lost,
        state,
        fact,
        places,
    }
}

/// The outcome, the points and what was found.
fn fact<'a>(result: &CriterionResult, findings: impl Iterator<Item = &'a Finding>) -> String {
    let outcome = words::outcome(&result.outcome);
    let (least, most) = (result.of.points() - result.high.points(), result.of.points() - result.low.points());
    let lost = match &*result.outcome {
        "unmet" if most.is_zero() => String::new(),
        "unmet" if least == most => format!("，扣 {most}"),
        "unmet" => format!("，扣 {least}–{most}"),
        _ => String::new(),
    };
    let level = result.level.as_deref().map_or_else(String::new, |l| format!("，{l}"));
    let said: Vec<&str> = findings.map(|f| &*f.message.zh).collect();
    let why = match (&result.because, said.is_empty()) {
        (Some(id), true) => format!("：原因见 {id}"),
        (None, true) => String::new(),
        (_, false) => format!("：{}", said.join("；")),
    };
    format!("{outcome}{lost}{level}{why}")
}

/// Files and pages, each once.
fn places<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut all: Vec<String> = Vec::new();
    for place in findings.flat_map(|f| &f.places) {
        let file = place.file.rsplit('/').next().unwrap_or_default();
        let at = match (place.page, &place.cell) {
            (Some(page), _) => format!(" 第 {page} 页"),
            (None, Some(cell)) => format!(" {}!{cell}", place.sheet.as_deref().unwrap_or_default()),
            (None, None) => String::new(),
        };
        let said = format!("{file}{at}");
        if !said.is_empty() && !all.contains(&said) {
            all.push(said);
        }
    }
    all.join("；")
}

fn line<'a>(line: &'a RedLineRecord, case: &'a CaseRecord, marked: bool) -> Line<'a> {
    let found = case.findings.iter().find(|f| *f.criterion == *line.id);
    let (state, fact) = match found {
        _ if marked => (State::Must, "须由评估专家决定".to_owned()),
        Some(f) if f.outcome == "pending" => (State::Must, "机检提示：可能适用，请决定".to_owned()),
        Some(f) => (State::May, f.message.zh.to_string()),
        None => (State::May, "没有提示".to_owned()),
    };
    Line { id: &line.id, title: format!("{}（最高评为“{}”）", line.title.zh, line.grade), state, fact }
}
