//! One scored case as its record: criteria, findings with fingerprints, fields and documents, all masked.
//! Must not decide outcomes or points.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builtin;
use super::mask::Mask;
use super::place::{CUT, Places, cut};
use super::signals::Told;
use crate::base::digest::sha256;
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::problem::Severity;
use crate::base::text::Text;
use crate::check::{Observation, Outcome, Target, World};
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::document::Presence;
use crate::model::mark::Given;
use crate::model::value::Value;
use crate::model::vocabulary::{FieldType, Vocabulary};
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CriterionResult, DocumentRecord, Finding, Marks, PlaceRecord, Review};
use crate::rubric::{Criterion, Remedy, Rubric, Scheme};
use crate::say;
use crate::score::{CriterionScore, RedLineState, Scored};

/// What every record of an office needs.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Vocabulary and dates.
    pub world: &'a World,
    /// Masking of this office.
    pub mask: &'a Mask,
    /// Office id, for fingerprints.
    pub office_id: &'a str,
    /// Ids and standard words.
    pub words: &'a Words,
    /// Places as recorded.
    pub places: &'a Places<'a>,
}

/// Ids and standard words of the vocabulary, shared by all records.
#[derive(Debug)]
pub struct Words {
    fields: Vec<Arc<str>>,
    /// By field, its place among the sorted ids.
    ranks: Vec<usize>,
    documents: Vec<Arc<str>>,
    /// `field:ID` and `document:ID`, as findings name what they are about.
    about_fields: Vec<Arc<str>>,
    about_documents: Vec<Arc<str>>,
    choices: Vec<Vec<Arc<str>>>,
    flags: [Arc<str>; 2],
}

impl Words {
    /// The words of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let shared = |word: &String| word.as_str().into();
        let mut sorted: Vec<&str> = vocabulary.fields().map(|(_, f)| f.id.as_str()).collect();
        sorted.sort_unstable();
        Self {
            ranks: vocabulary.fields().map(|(_, f)| sorted.partition_point(|id| *id < f.id.as_str())).collect(),
            fields: vocabulary.fields().map(|(_, f)| shared(&f.id)).collect(),
            documents: vocabulary.documents().map(|(_, d)| shared(&d.id)).collect(),
            about_fields: vocabulary.fields().map(|(_, f)| format!("field:{}", f.id).into()).collect(),
            about_documents: vocabulary.documents().map(|(_, d)| format!("document:{}", d.id).into()).collect(),
            choices: vocabulary.fields().map(|(_, f)| f.choices.iter().map(|c| shared(&c.value)).collect()).collect(),
            flags: ["否".into(), "是".into()],
        }
    }

    /// A field or document as findings name it.
    fn about(&self, target: &Target) -> Option<Arc<str>> {
        match target {
            Target::Field(f) => Some(Arc::clone(&self.about_fields[usize::from(f.0)])),
            Target::Document(d) => Some(Arc::clone(&self.about_documents[usize::from(d.0)])),
            Target::Other(_) => None,
        }
    }
}

impl Context<'_> {
    /// The record of a case; `graded` is missing for a case that no rubric or no draw selected.
    pub fn record(&self, case: &Case, graded: Option<(&Rubric, &Scored)>, signals: &[Told]) -> CaseRecord {
        let mut findings = Findings { context: self, case, list: Vec::new(), ordinals: BTreeMap::new() };
        let mut record = CaseRecord {
            subject: "case".into(),
            office: Arc::clone(&case.office),
            case_no: self.mask.case_no(&case.case_no),
            stage: case.stage.clone(),
            scope: if case.selected { "selected" } else { "not_selected" }.into(),
            rubric: None,
            scheme: None,
            marks: None,
            grade: None,
            possible: Vec::new(),
            possible_superset: false,
            criteria: Vec::new(),
            findings: Vec::new(),
            fields: self.fields(case),
            sources: BTreeMap::new(),
            documents: self.documents(case),
            reviews: self.reviews(case),
            panel: None,
        };
        if let Some((rubric, scored)) = graded {
            self.graded(&mut record, rubric, scored);
            findings.scored(rubric, scored);
            findings.builtin(&rubric.family, signals);
        }
        record.findings = findings.list;
        record
    }

    /// The record of an office or firm itself.
    pub fn own(&self, case: &Case, rubric: &Rubric, scored: &Scored) -> CaseRecord {
        let mut record = self.record(case, None, &[]);
        self.graded(&mut record, rubric, scored);
        record.subject = rubric.about.id().to_owned();
        // The first value of a field is the one in use.
        for entry in case.entries.iter().rev() {
            record.sources.insert(Arc::clone(&self.words.fields[usize::from(entry.field.0)]), self.places.record(&entry.place, None));
        }
        let mut findings = Findings { context: self, case, list: Vec::new(), ordinals: BTreeMap::new() };
        findings.scored(rubric, scored);
        for observation in builtin::differing(case, self.world) {
            findings.told(&rubric.family, &builtin::OWN_CONFLICT, &observation);
        }
        record.findings = findings.list;
        record
    }

    /// Puts marks and criteria into a record.
    fn graded(&self, record: &mut CaseRecord, rubric: &Rubric, scored: &Scored) {
        record.rubric = Some(Arc::clone(&rubric.id));
        record.scheme = Some(if matches!(rubric.scheme, Scheme::Points { .. }) { "points" } else { "levels" }.into());
        record.marks = marks(rubric, scored);
        record.grade = scored.grade().map(|g| Arc::clone(&rubric.grades[g].title));
        record.possible = scored.possible.iter().map(|g| Arc::clone(&rubric.grades[*g].title)).collect();
        record.possible_superset = scored.superset;
        record.criteria = rubric.criteria.iter().zip(&scored.criteria).map(|(c, s)| result(rubric, c, s)).collect();
    }

    /// The record of a selected case of which no rubric can be chosen: anything is possible that one of them allows.
    pub fn undecided(&self, case: &Case, candidate: &Rubric, signals: &[Told]) -> CaseRecord {
        let mut record = self.record(case, None, &[]);
        if let Scheme::Points { total, .. } = candidate.scheme {
            record.scheme = Some("points".into());
            record.marks = Some(Marks { low: Number::new(Points::ZERO), high: Number::new(total), total: Number::new(total), exact: None });
        }
        record.possible = candidate.grades.iter().map(|g| Arc::clone(&g.title)).collect();
        record.possible_superset = true;
        let mut findings = Findings { context: self, case, list: Vec::new(), ordinals: BTreeMap::new() };
        findings.builtin(&candidate.family, signals);
        findings.told(&candidate.family, &builtin::TYPE, &builtin::untyped(case, self.world));
        record.findings = findings.list;
        record
    }

    fn fields(&self, case: &Case) -> BTreeMap<Arc<str>, Arc<str>> {
        let mut fields: Vec<(u16, Arc<str>)> = Vec::with_capacity(case.entries.len());
        for entry in &case.entries {
            let field = self.world.vocabulary.field(entry.field);
            let at = usize::from(entry.field.0);
            let shown: Arc<str> = match &entry.value {
                _ if field.personal => self.mask.value(field.kind, &entry.raw).into(),
                Ok(Value::Date(when)) => when.time.map_or_else(|| when.date.to_string(), |t| format!("{} {t}", when.date)).into(),
                Ok(Value::Choice(choice)) => Arc::clone(&self.words.choices[at][usize::from(*choice)]),
                Ok(Value::Flag(flag)) => Arc::clone(&self.words.flags[usize::from(*flag)]),
                Ok(Value::Number(n)) if field.kind == FieldType::Percent => format!("{n}%").into(),
                Ok(Value::Number(n)) => n.to_string().into(),
                _ if field.kind == FieldType::Person => entry.raw.trim().into(),
                _ if entry.raw.len() > CUT => cut(&self.mask.text(entry.raw.trim())).into(),
                _ => self.mask.shared(&entry.raw),
            };
            match fields.last_mut() {
                // Values of one field stand together.
                Some((field, all)) if *field == entry.field.0 => *all = format!("{all}、{shown}").into(),
                _ => fields.push((entry.field.0, shown)),
            }
        }
        // In the order of the ids, so that the map is built without comparing words again and again.
        fields.sort_unstable_by_key(|(field, _)| self.words.ranks[usize::from(*field)]);
        fields.into_iter().map(|(field, shown)| (Arc::clone(&self.words.fields[usize::from(field)]), shown)).collect()
    }

    fn documents(&self, case: &Case) -> Vec<DocumentRecord> {
        let kinds: BTreeSet<_> = case.documents.iter().filter_map(|d| d.kind).collect();
        let one = |kind| {
            let (state, count) = match case.presence(kind) {
                Presence::Present(n, _) => ("present", n),
                Presence::Absent(_) => ("absent", 0),
                Presence::Declined(_) => ("declined", 0),
                Presence::Contradicted(_) => ("contradicted", 0),
                Presence::Unnamed(_) | Presence::Unknown => ("unknown", 0),
            };
            DocumentRecord { id: Arc::clone(&self.words.documents[usize::from(kind.0)]), state: state.into(), count }
        };
        kinds.into_iter().map(one).collect()
    }

    fn reviews(&self, case: &Case) -> Vec<Review> {
        let one = |mark: &crate::model::mark::Mark| Review {
            criterion: Arc::clone(&mark.criterion),
            given: match &mark.given {
                Given::Word(word) => self.mask.shared(word),
                given => given.shown(),
            },
            reviewer: mark.reviewer.clone(),
            reason: mark.reason.as_ref().map(|r| self.mask.shared(r)),
            situation: mark.situation.as_ref().map(|s| self.mask.shared(s)),
            pages: mark.pages.as_ref().map(|p| self.mask.shared(p)),
            place: self.place(&mark.seen()),
        };
        case.marks.iter().map(one).collect()
    }

    /// A place as recorded, masked.
    pub fn place(&self, seen: &Seen) -> PlaceRecord {
        self.places.record(&seen.place, seen.raw.as_ref())
    }
}

fn marks(rubric: &Rubric, scored: &Scored) -> Option<Marks> {
    let Scheme::Points { total, .. } = rubric.scheme else { return None };
    let (low, high) = scored.marks?;
    let exact = !(low.is_shown_exactly() && high.is_shown_exactly());
    Some(Marks {
        low: Number::new(low),
        high: Number::new(high),
        total: Number::new(total),
        exact: exact.then(|| [low.fraction(), high.fraction()]),
    })
}

fn result(rubric: &Rubric, criterion: &Criterion, score: &CriterionScore) -> CriterionResult {
    let of = if score.outcome == Outcome::NotApplicable { Points::ZERO } else { criterion.points };
    let (low, high) = (of - score.lost.1.min(of), of - score.lost.0.min(of));
    let level = match (&rubric.scheme, score.level) {
        (Scheme::Levels { levels }, Some(level)) => levels.get(level).cloned(),
        _ => None,
    };
    CriterionResult {
        id: Arc::clone(&criterion.id),
        outcome: score.outcome.id().into(),
        of: Number::new(of),
        low: Number::new(low),
        high: Number::new(high),
        level,
        because: score.because.map(|i| Arc::clone(&rubric.criteria[i].id)),
    }
}

/// What a finding takes over from its criterion.
struct Rule<'a> {
    family: &'a str,
    id: &'a Arc<str>,
    fix: &'a Arc<Text>,
    remedy: Remedy,
    basis: &'a Arc<Text>,
}

/// Collects the findings of one case.
struct Findings<'a> {
    context: &'a Context<'a>,
    case: &'a Case,
    list: Vec<Finding>,
    ordinals: BTreeMap<String, u32>,
}

impl Findings<'_> {
    fn scored(&mut self, rubric: &Rubric, scored: &Scored) {
        for (criterion, score) in rubric.criteria.iter().zip(&scored.criteria) {
            self.criterion(rubric, criterion, score);
        }
        for (line, state) in rubric.red_lines.iter().zip(&scored.red_lines) {
            self.red_line(rubric, line, *state);
        }
    }

    fn criterion(&mut self, rubric: &Rubric, criterion: &Criterion, score: &CriterionScore) {
        if score.because.is_some() && score.outcome == Outcome::Unclear {
            return;
        }
        let rule =
            Rule { family: &rubric.family, id: &criterion.id, fix: &criterion.fix, remedy: criterion.remedy, basis: &criterion.basis };
        let unknown = score.applies == Answer::Unknown;
        for (observation, lost) in &score.observations {
            let outcome = match observation.outcome {
                Outcome::Unmet if unknown => Outcome::Unclear,
                Outcome::Unmet | Outcome::Unclear | Outcome::Pending | Outcome::Failed => observation.outcome,
                Outcome::Met | Outcome::NotApplicable | Outcome::Waived => continue,
            };
            let severity = match outcome {
                Outcome::Unmet => criterion.severity,
                Outcome::Failed => Severity::Error,
                Outcome::Pending => Severity::Info,
                _ => Severity::Warning,
            };
            self.push(&rule, outcome, severity, observation, *lost);
        }
    }

    fn red_line(&mut self, rubric: &Rubric, line: &crate::rubric::RedLine, state: RedLineState) {
        let (zh, en) = (&line.title.zh, &line.title.en);
        let (outcome, said) = match state {
            RedLineState::Clear => return,
            RedLineState::Open => {
                (Outcome::Pending, say!("拟适用红线“{zh}”，须由专人决定成立或不成立", "red line proposed, a person must decide: {en}"))
            }
            RedLineState::Applies => (Outcome::Unmet, say!("适用红线“{zh}”", "red line applies: {en}")),
        };
        let fields = line.when.fields();
        let mut seen: Vec<Seen> = fields.iter().filter_map(|f| self.case.entry(*f)).map(|e| e.seen()).collect();
        seen.extend(self.case.marks.iter().filter(|m| *m.criterion == *line.id).map(|m| m.seen()));
        if seen.is_empty() {
            seen.push(self.case.home_seen());
        }
        let observation = Observation::new(outcome, said, seen);
        let rule = Rule { family: &rubric.family, id: &line.id, fix: &line.fix, remedy: Remedy::Explain, basis: &line.basis };
        self.push(&rule, outcome, Severity::Error, &observation, (Points::ZERO, Points::ZERO));
    }

    fn builtin(&mut self, family: &str, signals: &[Told]) {
        for (criterion, observation) in builtin::look(self.case, self.context.world).iter().chain(signals) {
            self.told(family, criterion, observation);
        }
    }

    fn told(&mut self, family: &str, criterion: &builtin::Builtin, observation: &Observation) {
        let (id, fix, basis) = (criterion.id.into(), Arc::new(criterion.fix.clone()), Arc::new(criterion.basis.clone()));
        let rule = Rule { family, id: &id, fix: &fix, remedy: Remedy::Explain, basis: &basis };
        let severity = if observation.outcome == Outcome::Pending { Severity::Info } else { Severity::Warning };
        self.push(&rule, observation.outcome, severity, observation, (Points::ZERO, Points::ZERO));
    }

    fn push(&mut self, rule: &Rule<'_>, outcome: Outcome, severity: Severity, observation: &Observation, lost: (Points, Points)) {
        let words = self.context.words;
        let target = match observation.target.as_ref() {
            Some(Target::Other(word)) => format!("other:{word}").into(),
            target => target.and_then(|t| words.about(t)).unwrap_or_else(|| "".into()),
        };
        // What is open is about what is lacking to decide it.
        let lacking = observation.lacks.first().filter(|_| observation.is_open());
        let about = lacking.or(observation.target.as_ref()).and_then(|t| words.about(t));
        let stage = self.case.stage.as_deref().unwrap_or("");
        let key = [rule.family, rule.id, self.context.office_id, &self.case.case_no, stage, &target].join("\u{1f}");
        let ordinal = self.ordinals.entry(key.clone()).or_default();
        *ordinal += 1;
        let mut fingerprint = sha256(format!("{key}\u{1f}{ordinal}").as_bytes());
        fingerprint.truncate(16);
        let number = self.list.iter().filter(|f| f.criterion == *rule.id).count() + 1;
        let mask = self.context.mask;
        self.list.push(Finding {
            id: format!("{}-{number}", rule.id),
            criterion: Arc::clone(rule.id),
            outcome: outcome.id().into(),
            severity: severity.id().into(),
            lost: [Number::new(lost.0), Number::new(lost.1)],
            message: observation.said.map(|t| mask.text(t)),
            fix: Arc::clone(rule.fix),
            remedy: rule.remedy.id().into(),
            basis: Arc::clone(rule.basis),
            because: None,
            about,
            places: observation.seen.iter().map(|s| self.context.place(s)).collect(),
            fingerprint,
        });
    }
}
