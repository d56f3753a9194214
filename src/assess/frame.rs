//! What cases are drawn from (抽样框): every case that `assess` would have in scope, read in the same way, its dossier not looked into.
//! Must not choose or grade.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use super::mask::Mask;
use super::place::Places;
use super::run::Prepared;
use super::told::problem;
use super::turns::in_order;
use crate::base::problem::Problem;
use crate::intake::find::OfficePlan;
use crate::intake::scope::word;
use crate::intake::words::plain;
use crate::model::case::Case;
use crate::model::known;
use crate::model::scope::OutReason;
use crate::model::value::Value;
use crate::record::plan::{CaseKey, FrameCase, FrameOffice};
use crate::record::v1::ProblemRecord;

/// The frame of a batch.
#[derive(Debug, Default)]
pub struct Survey {
    /// Offices in order of the plan.
    pub offices: Vec<FrameOffice>,
    /// Cases in scope, and out of it where these are asked for.
    pub cases: Vec<FrameCase>,
    /// What could not be read or used.
    pub problems: Vec<ProblemRecord>,
    /// Whether something could not be read (exit code 3).
    pub unread: bool,
}

impl Prepared {
    /// Reads the frame; `all` lists the cases that are out of scope too, each with its reason.
    pub fn frame(&self, all: bool) -> Survey {
        let whole = Mask::forms(self.grader.names);
        let places = Places::new(&whole);
        let mut survey = Survey {
            problems: self.plan.problems.iter().map(|p| problem(p, None, &whole, &places)).collect(),
            unread: self.plan.problems.iter().any(Problem::is_unread),
            ..Survey::default()
        };
        let Ok(()) = in_order(
            &self.plan.offices,
            self.threads(),
            |plan| Ok::<Survey, Infallible>(self.frame_of(plan, all)),
            |mut office| {
                survey.offices.append(&mut office.offices);
                survey.cases.append(&mut office.cases);
                survey.problems.append(&mut office.problems);
                survey.unread |= office.unread;
                Ok(())
            },
        );
        survey
    }

    fn frame_of(&self, plan: &OfficePlan, all: bool) -> Survey {
        let mut read = self.read(plan);
        let mask = Mask::new(&read.cases, &self.grader.world.vocabulary, self.grader.names);
        let places = Places::new(&mask);
        let chosen = self.grader.scope(&mut read);
        let mut problems = std::mem::take(&mut read.problems);
        problems.extend(self.grader.unchosen(&read, &chosen));
        let id: Arc<str> = read.id.as_str().into();
        let mut shared = Shared::default();
        let wanted = read.cases.iter().zip(&read.out).filter(|(_, out)| all || out.is_none());
        let cases = wanted.map(|(case, out)| self.frame_case(&id, case, *out, &mask, &mut shared)).collect();
        Survey {
            offices: vec![FrameOffice { id, name: read.name.as_str().into() }],
            cases,
            unread: problems.iter().any(Problem::is_unread),
            problems: problems.iter().map(|p| problem(p, Some(&read.name), &mask, &places)).collect(),
        }
    }

    fn frame_case(&self, office: &Arc<str>, case: &Case, out: Option<OutReason>, mask: &Mask, shared: &mut Shared) -> FrameCase {
        let vocabulary = &self.grader.world.vocabulary;
        let mut values = |field: &str| {
            let Some(id) = vocabulary.field_id(field) else { return Vec::new() };
            let of = |value: &Value| match value {
                Value::Choice(i) => vocabulary.field(id).choices.get(usize::from(*i)).map(|c| c.value.clone()),
                _ => None,
            };
            let words = case.all(id).iter().map(|e| e.value.as_ref().ok().and_then(of).unwrap_or_else(|| mask.text(e.raw.trim())));
            let mut words: Vec<Arc<str>> = words.filter(|w| !w.is_empty()).map(|w| shared.word(w)).collect();
            words.sort();
            words.dedup();
            words
        };
        let (lawyers, groups) = (values(known::LAWYER), values(known::RECIPIENT_GROUP));
        FrameCase {
            case: CaseKey {
                office: office.clone(),
                case_no: mask.case_no(&case.case_no).into(),
                stage: case.stage.as_deref().map(Arc::from),
            },
            case_type: shared.word(word(case, known::CASE_TYPE, vocabulary).unwrap_or_default()),
            lawyers,
            groups,
            out: out.map(|reason| shared.word(reason.id().to_owned())),
        }
    }

    /// The id of the office that goes by this name.
    pub fn office_id(&self, name: &str) -> Option<String> {
        let wanted = plain(name);
        let is = |o: &&OfficePlan| o.id == name || o.name == name || plain(&o.name) == wanted || o.names.contains(&wanted);
        self.plan.offices.iter().find(is).map(|o| o.id.clone())
    }

    /// The standard words of a field that has choices.
    pub fn choices(&self, field: &str) -> Vec<String> {
        let vocabulary = &self.grader.world.vocabulary;
        let choices = vocabulary.field_id(field).map(|f| vocabulary.field(f).choices.as_slice()).unwrap_or_default();
        choices.iter().map(|c| c.value.clone()).collect()
    }
}

/// Words that many cases share are kept once.
#[derive(Debug, Default)]
struct Shared(BTreeMap<String, Arc<str>>);

impl Shared {
    fn word(&mut self, word: String) -> Arc<str> {
        if let Some(known) = self.0.get(&word) {
            return known.clone();
        }
        let new: Arc<str> = word.as_str().into();
        self.0.insert(word, new.clone());
        new
    }
}
