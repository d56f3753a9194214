//! Waivers (经批准不扣分): what would be unmet is not deducted, and everything of it stays to be seen. Must not waive a red line, and never
//! hides a finding: each says who approved it, why, and what it would have cost.
//!
//! A waiver holds for a case whose day (结案日, or 归档日 where the scope goes by it) lies in its period, the last day included. A case
//! without that day has no waiver. What is only unclear loses nothing either way, so it is waived as well and does not widen the marks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::mistake::{Mistake, Mistakes, suggest};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::{Observation, Outcome};
use crate::intake::settings::{Event, Settings};
use crate::intake::settings_waiver::WaiverSettings;
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::known;
use crate::model::value::Value;
use crate::model::vocabulary::{FieldId, Vocabulary};
use crate::record::number::Number;
use crate::record::v1::{self as record, Office, WaiverRecord};
use crate::reference::identifiers::canonical_case_no;
use crate::rubric::{Rubric, Rubrics};
use crate::say;
use crate::score::{Asked, RedLineState, Scored, score};

/// The waivers of a run.
#[derive(Debug, Default)]
pub struct Waivers {
    list: Vec<Waiver>,
    day: Option<FieldId>,
    case_type: Option<FieldId>,
}

/// One of them, ready to be asked.
#[derive(Debug)]
struct Waiver {
    settings: WaiverSettings,
    /// Ids of offices.
    offices: Vec<String>,
    /// Canonical numbers.
    cases: Vec<String>,
}

/// A case scored, and what waivers did to it.
#[derive(Debug)]
pub struct Waived {
    /// As it counts.
    pub scored: Scored,
    /// As it would be without waivers, where they changed anything.
    pub without: Option<Scored>,
    /// Each criterion that was waived: which waiver, and the points that it would surely have lost.
    pub used: Vec<(usize, Points)>,
}

impl Waivers {
    /// Gets ready.
    pub fn new(settings: &Settings, vocabulary: &Vocabulary) -> Self {
        let one = |w: &WaiverSettings| Waiver {
            offices: w.offices.iter().map(|o| settings.office_of(o).to_owned()).collect(),
            cases: w.cases.iter().map(|n| canonical_case_no(n)).collect(),
            settings: w.clone(),
        };
        let day = match settings.scope.event {
            Event::Closed => known::CLOSED_ON,
            Event::Filed => known::FILED_ON,
        };
        Self {
            list: settings.waivers.iter().map(one).collect(),
            day: vocabulary.field_id(day),
            case_type: vocabulary.field_id(known::CASE_TYPE),
        }
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// Scores a case with what is waived in it.
    pub fn score(
        &self,
        rubric: &Rubric,
        asked: Vec<Asked>,
        red_lines: Vec<RedLineState>,
        (office, vocabulary, case): (&str, &Vocabulary, &Case),
    ) -> Waived {
        let holding: Vec<usize> = (0..self.list.len()).filter(|i| self.holds(*i, office, vocabulary, case)).collect();
        if holding.is_empty() {
            return Waived { scored: score(rubric, asked, red_lines), without: None, used: Vec::new() };
        }
        let plain = score(rubric, asked.clone(), red_lines.clone());
        let (mut waived, mut used) = (asked, Vec::new());
        for ((criterion, seen), asked) in rubric.criteria.iter().zip(&plain.criteria).zip(&mut waived) {
            let group = rubric.groups.get(criterion.group).map_or("", |g| &g.title);
            let names = |i: &&usize| self.list.get(**i).is_some_and(|w| names(&w.settings, &criterion.id, group));
            let Some(at) = holding.iter().find(names) else { continue };
            // A gate is a veto, and a bonus is no deduction: neither can be waived, also not with its group.
            if criterion.gate || criterion.bonus {
                continue;
            }
            if !matches!(seen.outcome, Outcome::Unmet | Outcome::Unclear) || seen.applies == Answer::No {
                continue;
            }
            let Some(waiver) = self.list.get(*at) else { continue };
            // What a missing record means is decided by then, so it is taken from what was scored.
            let n = asked.observations.len();
            asked.observations = seen.observations.iter().take(n).map(|(o, lost)| spared(o, *lost, &waiver.settings)).collect();
            used.push((*at, seen.lost.0));
        }
        if used.is_empty() {
            return Waived { scored: plain, without: None, used };
        }
        Waived { scored: score(rubric, waived, red_lines), without: Some(plain), used }
    }

    /// Whether a waiver holds for a case.
    fn holds(&self, at: usize, office: &str, vocabulary: &Vocabulary, case: &Case) -> bool {
        let Some(waiver) = self.list.get(at) else { return false };
        let within = |all: &[String], one: &str| all.is_empty() || all.iter().any(|x| x == one);
        let day: Option<Date> = self.day.and_then(|f| case.date(f));
        let of_type = || {
            let field = self.case_type?;
            match case.value(field)? {
                Value::Choice(choice) => vocabulary.field(field).choices.get(usize::from(*choice)).map(|c| c.value.clone()),
                _ => case.entry(field).map(|e| e.raw.trim().to_owned()),
            }
        };
        day.is_some_and(|d| (waiver.settings.from..=waiver.settings.to).contains(&d))
            && (within(&waiver.offices, office) || within(&waiver.offices, &case.office))
            && within(&waiver.cases, &case.case_no)
            && (waiver.settings.case_types.is_empty() || of_type().is_some_and(|t| waiver.settings.case_types.contains(&t)))
    }

    /// What the results say of the waivers; how far they were used follows from the offices, by [`pooled`].
    pub fn records(&self, as_of: Date) -> Vec<WaiverRecord> {
        let one = |waiver: &Waiver| {
            let w = &waiver.settings;
            WaiverRecord {
                criteria: w.criteria.iter().map(|(name, _)| name.clone()).collect(),
                reason: w.reason.clone(),
                approver: w.approver.clone(),
                from: w.from.to_string(),
                to: w.to.to_string(),
                offices: w.offices.clone(),
                cases: w.cases.clone(),
                case_types: w.case_types.clone(),
                used: 0,
                points: Number::default(),
                expired: w.to < as_of,
            }
        };
        self.list.iter().map(one).collect()
    }
}

/// Adds up what the offices used of each waiver.
pub fn pooled(waivers: &mut [WaiverRecord], offices: &[Office]) {
    for (at, waiver) in waivers.iter_mut().enumerate() {
        let of = |o: &'_ Office| o.waived.iter().find(|u| usize::try_from(u.waiver).is_ok_and(|n| n == at + 1)).cloned();
        let used: Vec<_> = offices.iter().filter_map(of).collect();
        waiver.used = used.iter().map(|u| u.cases).sum();
        let hundredths = used.iter().map(|u| u.points.hundredths()).sum();
        waiver.points = Number::new(Points::ratio(hundredths, 100).unwrap_or_default());
    }
}

/// What an office uses of the waivers.
#[derive(Debug, Default)]
pub struct Used(BTreeMap<usize, (u64, Points)>);

impl Used {
    /// Adds a selected case.
    pub fn add(&mut self, used: &[(usize, Points)]) {
        let waivers: BTreeSet<usize> = used.iter().map(|(at, _)| *at).collect();
        for at in waivers {
            let slot = self.0.entry(at).or_default();
            slot.0 += 1;
            slot.1 += used.iter().filter(|(i, _)| *i == at).map(|(_, points)| *points).sum();
        }
    }

    /// As recorded.
    pub fn told(self) -> Vec<record::Waived> {
        let one = |(at, (cases, points)): (usize, (u64, Points))| {
            let waiver = u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1);
            record::Waived { waiver, cases, points: Number::new(points) }
        };
        self.0.into_iter().map(one).collect()
    }
}

fn names(waiver: &WaiverSettings, criterion: &str, group: &str) -> bool {
    waiver.criteria.iter().any(|(name, _)| name == criterion || name == group)
}

/// An observation that is not deducted.
fn spared(observation: &Observation, lost: (Points, Points), waiver: &WaiverSettings) -> Observation {
    if !matches!(observation.outcome, Outcome::Unmet | Outcome::Unclear) {
        return observation.clone();
    }
    let (zh, en) = (&observation.said.zh, &observation.said.en);
    let (reason, approver) = (&waiver.reason, &waiver.approver);
    let (low, high) = lost;
    let cost = match (low == high, low.is_zero()) {
        (true, true) => Text::EMPTY,
        (true, false) => say!("，否则扣 {low} 分", ", else {low} points"),
        (false, _) => say!("，否则扣 {low} 到 {high} 分", ", else {low} to {high} points"),
    };
    let (cost_zh, cost_en) = (&cost.zh, &cost.en);
    let said = say!("{zh}（经批准不扣分：{reason}，{approver} 批准{cost_zh}）", "{en} (waived: {reason}, approved by {approver}{cost_en})");
    Observation { outcome: Outcome::Waived, said, ..observation.clone() }
}

/// Mistakes in waivers that only the rubrics can tell: a criterion that none has, a red line, a case type that there is not.
pub fn check(settings: &Settings, rubrics: &Rubrics) -> Vec<Mistake> {
    let sink = Mistakes::default();
    let ids: Vec<Arc<str>> = rubrics.list.iter().flat_map(|r| r.criteria.iter().map(|c| Arc::clone(&c.id))).collect();
    let groups: Vec<&str> = rubrics.list.iter().flat_map(|r| r.groups.iter().map(|g| &*g.title)).collect();
    for (name, at) in settings.waivers.iter().flat_map(|w| &w.criteria) {
        if rubrics.list.iter().any(|r| r.red_lines.iter().any(|l| *l.id == **name)) {
            sink.push("S021", at, say!("红线 {name} 不能批准不扣分", "the red line {name} cannot be waived"));
        } else if rubrics.list.iter().flat_map(|r| &r.criteria).any(|c| *c.id == **name && (c.gate || c.bonus)) {
            sink.push("S021", at, say!("{name} 是一票否决项或加分项，不能批准不扣分", "{name} is a gate or a bonus and cannot be waived"));
        } else if !ids.iter().any(|id| **id == **name) && !groups.contains(&name.as_str()) {
            let help = suggest(name, ids.iter().map(|id| &**id).chain(groups.iter().copied())).unwrap_or_default();
            sink.push_help("S021", at, say!("没有指标或指标组“{name}”", "no criterion or group {name:?}"), help);
        }
    }
    let choices = rubrics.vocabulary.field_id(known::CASE_TYPE).map(|f| rubrics.vocabulary.field(f).choices.as_slice()).unwrap_or_default();
    for waiver in &settings.waivers {
        for case_type in waiver.case_types.iter().filter(|t| !choices.is_empty() && !choices.iter().any(|c| c.value == **t)) {
            let at = waiver.criteria.first().map(|(_, at)| at.clone());
            let help = suggest(case_type, choices.iter().map(|c| c.value.as_str())).unwrap_or_default();
            if let Some(at) = at {
                sink.push_help("S021", &at, say!("没有案件类型“{case_type}”", "no case type {case_type:?}"), help);
            }
        }
    }
    sink.into_sorted()
}
