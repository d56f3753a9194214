//! One case: its recorded marks computed anew, then the fewest fixes to the next grade. Must not say anything of a case whose marks do not
//! come out as recorded.

use std::collections::BTreeMap;

use super::fewest::{Found, fewest, taken};
use super::marks::{Side, Way, spread, ways};
use super::model::{Choice, Model, Part};
use super::rules::Rules;
use super::{levels, marks};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::lift::{LiftCase, LiftFix, LiftSet};
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, Finding, Marks, Results};
use crate::say;

/// What a case comes to with some choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    marks: Option<(Points, Points)>,
    best: usize,
    worst: usize,
}

/// A case with all that is needed to look at it.
struct Look<'a> {
    rules: &'a Rules,
    case: &'a CaseRecord,
    model: Model,
    /// The same, with nothing to be done about what reviewers took off or what can only be explained.
    own: Model,
    ways: Vec<Way>,
}

/// What is to be done: choices of the parts by index, or parts to raise in the levels scheme.
type Set = Vec<usize>;

/// The rules of every rubric of a result, for one case after another. Threads may share it.
#[derive(Debug)]
pub struct Lifts<'a>(BTreeMap<&'a str, Result<Rules, Text>>);

impl<'a> Lifts<'a> {
    /// Of a result; its offices need not be known yet.
    pub fn new(results: &'a Results) -> Self {
        Self(results.rubrics.iter().map(|r| (r.id.as_str(), Rules::new(r))).collect())
    }

    /// The rules of a case's rubric.
    pub fn rules(&self, case: &CaseRecord) -> Option<&Result<Rules, Text>> {
        case.rubric.as_deref().and_then(|id| self.0.get(id))
    }

    /// What would lift a case that is graded; nothing for any other, and for one that is at the best grade.
    pub fn lift(&self, case: &CaseRecord) -> Option<LiftCase> {
        if case.is_selected() { lift(self.rules(case), case) } else { None }
    }
}

/// What would lift a case; nothing for one that is at the best grade. `rules` are those of its rubric.
pub fn lift(rules: Option<&Result<Rules, Text>>, case: &CaseRecord) -> Option<LiftCase> {
    let mut lifted = LiftCase {
        case_no: case.case_no.clone(),
        stage: case.stage.clone(),
        rubric: case.rubric.as_deref().map(ToOwned::to_owned),
        marks: case.marks.clone(),
        possible: case.possible.iter().map(ToString::to_string).collect(),
        target: None,
        unknown: None,
        first: Vec::new(),
        sure: None,
        agreed: None,
        hoped: None,
        rate: None,
        climbed: None,
        all: None,
    };
    let rules = match rules {
        Some(Ok(rules)) => rules,
        Some(Err(why)) => {
            lifted.unknown = Some(why.clone());
            return Some(lifted);
        }
        None => {
            lifted.unknown = Some(say!("没有能适用的评估标准，先核实案件类型", "no rubric applies; settle the type of the case first"));
            return Some(lifted);
        }
    };
    // The best grade needs no marks to be known by.
    if case.possible.len() == 1 && case.possible.first().map(|g| &**g) == rules.grades.first().map(String::as_str) {
        return None;
    }
    match Look::new(rules, case) {
        Ok((look, now)) => look.tell(now, &mut lifted),
        Err(why) => lifted.unknown = Some(why),
    }
    Some(lifted)
}

/// Whether what is done about a criterion counts only if those who review accept it: they took the points off, or it can only be explained.
fn takes_consent(rules: &Rules, case: &CaseRecord, part: &Part) -> bool {
    let rule = &rules.criteria[part.rule];
    let is_explained = |f: &Finding| f.remedy == "explain";
    let explained =
        if rules.levels.is_empty() { part.findings.iter().filter_map(|i| case.findings.get(*i)).any(is_explained) } else { rule.explained };
    rule.human || explained
}

impl<'a> Look<'a> {
    fn new(rules: &'a Rules, case: &'a CaseRecord) -> Result<(Self, State), Text> {
        let model = Model::new(rules, case)?;
        let ways = ways(&model).ok_or_else(|| {
            let most = marks::MOST_DOUBTFUL;
            say!(
                "超过 {most} 项指标是否适用还不清楚，先核实",
                "it is unclear of more than {most} criteria whether they apply; settle that first"
            )
        })?;
        let own = model.without(|part| takes_consent(rules, case, part));
        let look = Self { rules, case, model, own, ways };
        let now = look.state(&look.nothing());
        let grade = |title: Option<&std::sync::Arc<str>>| rules.grades.iter().position(|g| title.is_some_and(|t| **t == **g));
        let recorded = (grade(case.possible.first()), grade(case.possible.last()));
        let shown = case.marks.as_ref().map(|m| (m.low, m.high));
        let exact =
            case.marks.as_ref().and_then(|m| m.exact.as_ref()).map(|[low, high]| (Points::of_fraction(low), Points::of_fraction(high)));
        let fits = |state: &State| {
            let equal = match exact {
                Some(exact) => state.marks.map(|(l, h)| (Some(l), Some(h))) == Some(exact),
                None => state.marks.map(|(l, h)| (Number::new(l), Number::new(h))) == shown,
            };
            equal && (Some(state.best), Some(state.worst)) == recorded
        };
        match now {
            Some(state) if fits(&state) => Ok((look, state)),
            _ if case.panel.as_ref().is_some_and(|p| p.confirmed.is_some()) => Err(say!(
                "等次由专人确认，与逐项得分算出的不同",
                "the grade was confirmed by persons and does not follow from the marks by criterion"
            )),
            _ => Err(say!("由逐项得分算不出记录的总分和等次", "the recorded marks and grade do not follow from the marks by criterion")),
        }
    }

    fn is_levels(&self) -> bool {
        self.rules.total.is_none()
    }

    /// The set that fixes nothing.
    fn nothing(&self) -> Set {
        if self.is_levels() { Vec::new() } else { vec![0; self.model.parts.len()] }
    }

    /// The set that fixes all that can be fixed.
    fn everything(&self) -> Set {
        if self.is_levels() {
            return levels::raisable_parts(self.rules, &self.model);
        }
        self.model.parts.iter().map(|p| p.choices.len().saturating_sub(1)).collect()
    }

    fn state(&self, set: &[usize]) -> Option<State> {
        if self.is_levels() {
            let (best, worst) = levels::spread(self.rules, &self.model, &self.ways, set)?;
            return Some(State { marks: None, best, worst });
        }
        let found = spread(self.rules, &self.model, &self.ways, &taken(&self.model, set))?;
        Some(State { marks: Some((found.low, found.high)), best: found.best, worst: found.worst })
    }

    /// The fewest, with or without what reviewers would have to agree to.
    fn fewest(&self, goal: usize, side: Side, agreed: bool) -> Found {
        let model = if agreed { &self.model } else { &self.own };
        if self.is_levels() {
            let found = levels::fewest(self.rules, model, &self.ways, goal, side == Side::Worst);
            return found.map_or(Found::None, Found::Set);
        }
        fewest(self.rules, model, &self.ways, goal, side)
    }

    fn tell(&self, now: State, lifted: &mut LiftCase) {
        let Some(goal) = now.worst.checked_sub(1) else { return };
        lifted.target = self.rules.grades.get(goal).cloned();
        self.vetoes(lifted);
        let looks = [(Side::Worst, false), (Side::Worst, true), (Side::Best, true)];
        for (n, (side, agreed)) in looks.into_iter().enumerate() {
            match self.fewest(goal, side, agreed) {
                Found::Set(set) => {
                    let slot = [&mut lifted.sure, &mut lifted.agreed, &mut lifted.hoped].into_iter().nth(n);
                    slot.into_iter().for_each(|slot| *slot = self.set(&set, now));
                    break;
                }
                Found::TooMany => {
                    lifted.unknown = Some(say!("待核的部分太多，无法逐一比较", "too much is open to compare all sets of fixes"));
                    break;
                }
                Found::None => {}
            }
        }
        if lifted.unknown.is_none() && lifted.sure.is_none() && lifted.agreed.is_none() && lifted.hoped.is_none() {
            lifted.all = self.set(&self.everything(), now);
        }
        // The next grade may not count in the rate yet.
        if let Some(wanted) = self.rules.goal().filter(|wanted| *wanted < goal)
            && let Found::Set(set) = self.fewest(wanted, Side::Worst, false)
        {
            lifted.rate = self.set(&set, now);
        }
    }

    /// What no fix of the office changes.
    fn vetoes(&self, lifted: &mut LiftCase) {
        let line = |id: &str| self.rules.lines.get(id).map(|l| l.title.clone()).unwrap_or_default();
        for (id, grade) in &self.model.lids {
            let (title, grade) = (line(id), self.rules.grades.get(*grade).cloned().unwrap_or_default());
            let (zh, en) = (&title.zh, &title.en);
            lifted.first.push(say!(
                "已适用红线“{zh}”，最高只能评为{grade}，补正其他问题不能改变",
                "the red line {en} applies: no better than {grade}, whatever else is mended"
            ));
        }
        for (id, grade) in &self.model.open_lids {
            let (title, grade) = (line(id), self.rules.grades.get(*grade).cloned().unwrap_or_default());
            let (zh, en) = (&title.zh, &title.en);
            lifted.first.push(say!(
                "红线“{zh}”待专人决定，成立则最高只能评为{grade}",
                "the red line {en} awaits a person; if it holds, no better than {grade}"
            ));
        }
        let shut = |p: &&super::model::Part| self.rules.criteria[p.rule].gate && p.choices.iter().all(|c| !c.opens);
        for part in self.model.parts.iter().filter(shut) {
            let title = &self.rules.criteria[part.rule].title;
            let (zh, en) = (&title.zh, &title.en);
            lifted.first.push(say!("一票否决项“{zh}”不符合，而且不可补正", "the gate {en} is not met and cannot be mended"));
        }
        // What takes no points and is no gate moves nothing.
        let weighs =
            |at: usize| !self.rules.levels.is_empty() || self.rules.criteria[at].points > Points::ZERO || self.rules.criteria[at].gate;
        let parts = self.model.parts.iter().filter(|p| p.open && weighs(p.rule));
        let open: Vec<&str> = parts.map(|p| self.rules.criteria[p.rule].id.as_str()).collect();
        if !open.is_empty() {
            let (n, ids) = (open.len(), open.join("、"));
            lifted.first.push(say!(
                "还有 {n} 项待核或待评（{ids}），结果取决于它们",
                "{n} criteria are still open ({ids}); the outcome hangs on them"
            ));
        }
    }

    /// A set with what it comes to.
    fn set(&self, set: &[usize], now: State) -> Option<LiftSet> {
        let then = self.state(set)?;
        let title = |grade: usize| self.rules.grades.get(grade).cloned().unwrap_or_default();
        let todo = if self.is_levels() { self.raised(set) } else { self.fixed(set) };
        let fixes: usize = todo.iter().map(|t| t.findings.len().max(1)).sum();
        let total = self.rules.total.unwrap_or_default();
        Some(LiftSet {
            fixes: u64::try_from(fixes).unwrap_or(u64::MAX),
            gain: now.marks.zip(then.marks).map(|(was, is)| span(was, is)),
            marks: then.marks.map(|(low, high)| Marks {
                low: Number::new(low),
                high: Number::new(high),
                total: Number::new(total),
                exact: (!(low.is_shown_exactly() && high.is_shown_exactly())).then(|| [low.fraction(), high.fraction()]),
            }),
            grades: [title(then.worst), title(then.best)],
            todo,
        })
    }

    fn raised(&self, set: &[usize]) -> Vec<LiftFix> {
        let parts = set.iter().filter_map(|at| self.model.parts.get(*at));
        let one = |part: &super::model::Part| {
            let rule = &self.rules.criteria[part.rule];
            let findings: Vec<&Finding> = self.case.findings.iter().filter(|f| *f.criterion == *rule.id).collect();
            LiftFix {
                criterion: rule.id.clone(),
                title: rule.title.clone(),
                act: "raise".to_owned(),
                human: rule.human,
                findings: Vec::new(),
                found: findings.iter().map(|f| f.message.clone()).collect(),
                fix: findings.first().map(|f| (*f.fix).clone()).unwrap_or_default(),
                worth: [Number::default(); 2],
                level: self.rules.levels.get(part.level.1).cloned(),
            }
        };
        parts.map(one).collect()
    }

    fn fixed(&self, set: &[usize]) -> Vec<LiftFix> {
        let mut so_far: Vec<Choice> = taken(&self.model, &self.nothing());
        let mut todo = Vec::new();
        for (at, (part, choice)) in self.model.parts.iter().zip(taken(&self.model, set)).enumerate().filter(|(_, (_, c))| c.cost > 0) {
            let marks = |choices: &[Choice]| spread(self.rules, &self.model, &self.ways, choices).map(|s| (s.low, s.high));
            let before = marks(&so_far);
            so_far[at] = choice;
            let rule = &self.rules.criteria[part.rule];
            let findings: Vec<&Finding> = part.findings.iter().take(choice.cost).filter_map(|i| self.case.findings.get(*i)).collect();
            todo.push(LiftFix {
                criterion: rule.id.clone(),
                title: rule.title.clone(),
                act: findings.first().map(|f| f.remedy.to_string()).unwrap_or_default(),
                human: rule.human,
                findings: findings.iter().map(|f| f.id.clone()).collect(),
                found: findings.iter().map(|f| f.message.clone()).collect(),
                fix: findings.first().map(|f| (*f.fix).clone()).unwrap_or_default(),
                worth: before.zip(marks(&so_far)).map_or([Number::default(); 2], |(was, is)| span(was, is)),
                level: None,
            });
        }
        todo
    }
}

/// By how much marks rise, the lesser end first.
fn span(was: (Points, Points), is: (Points, Points)) -> [Number; 2] {
    let (low, high) = (is.0 - was.0, is.1 - was.1);
    [Number::new(low.min(high)), Number::new(low.max(high))]
}
