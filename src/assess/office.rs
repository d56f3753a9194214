//! One office from what was read of it to its record, its cases' records and its counts.
//! Must not know any other office.

mod count;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::choose::{Choice, choose};
use super::drawn::{self, Drawn, Lot};
use super::facts::{Facts, Period};
use super::forms;
use super::head::{Head, summary};
use super::heard;
use super::looking::Inspector;
use super::mask::{Mask, Names};
use super::own::OwnGraded;
use super::place::Places;
use super::signals::{self, Told};
use super::told::{failures, problem, registers};
use super::waive::{Used, Waived, Waivers};
use super::{ask, filing, hash, subject};
use crate::base::place::Place;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::check::World;
use crate::intake::office::{Claimed, InputFile, OfficeIntake};
use crate::intake::settings::ObjectionSettings;
use crate::model::case::Case;
use crate::model::heard::Heard;
use crate::model::inside::CaseFile;
use crate::model::known;
use crate::model::scope::OutReason;
use crate::model::vocabulary::FieldId;
use crate::panel::gather::{Gathered, Scales};
use crate::record::v1::{CaseRecord, Filing, InputRecord, Office, OutRecord, PlaceRecord, ProblemRecord, Register};
use crate::rubric::{Rubrics, Scheme};
use crate::say;
use crate::score::Scored;
use crate::stats::tally::{Names as TallyNames, Tally};

/// What every office is graded against.
#[derive(Debug)]
pub struct Grader {
    /// Rubrics.
    pub rubrics: Rubrics,
    /// As-of date, calendar and vocabulary.
    pub world: World,
    /// How names are shown.
    pub names: Names,
    /// Whether files are listed and hashed.
    pub hash: bool,
    /// Whether the cases of one office go side by side: where offices alone would leave cores idle. Otherwise an office stays on
    /// its thread, so that the memory of cases done with serves the next.
    pub within: bool,
    /// Names of rates and grades.
    pub tally_names: TallyNames,
    /// The draw that cases are selected by.
    pub drawn: Option<Drawn>,
    /// Whether the machine grades alone: what people marked already is left aside, as a new score sheet must not show it.
    pub alone: bool,
    /// Grades as a panel compares them.
    pub scales: Scales,
    /// Of which days cases count in figures of offices.
    pub period: Period,
    /// Limits for objections.
    pub objection: ObjectionSettings,
    /// What is not deducted.
    pub waivers: Waivers,
    words: subject::Words,
    inspector: Inspector,
}

/// What an office came to.
#[derive(Debug)]
pub struct Graded {
    /// Its record.
    pub office: Office,
    /// Its cases, by case number and stage.
    pub cases: Vec<CaseRecord>,
    /// Lines about the office itself, which stand before those of its cases.
    pub own: Vec<CaseRecord>,
    /// Cases out of scope.
    pub out: Vec<OutRecord>,
    /// Files.
    pub inputs: Vec<InputRecord>,
    /// Register sheets.
    pub registers: Vec<Register>,
    /// Problems.
    pub problems: Vec<ProblemRecord>,
    /// Counts, for pooling.
    pub tally: Tally,
    /// What is told of reviewers, for pooling.
    pub gathered: Gathered,
    /// Drawn cases that were not graded.
    pub missing: u64,
    /// Whether something could not be read (exit code 3).
    pub unread: bool,
    /// Case numbers with their places, for looking across offices.
    pub keys: Vec<(String, PlaceRecord)>,
    /// System and temporary files skipped.
    pub junk: u64,
    /// Scanned pages with their places, for looking across offices.
    pub scans: Vec<(u64, PlaceRecord)>,
    /// What it took of what offices share.
    pub claimed: Claimed,
    /// Its personal values, for what is told of the batch as a whole.
    pub mask: Mask,
}

/// Cases graded at once.
const AT_ONCE: usize = 512;

/// A case in scope with what it was graded by.
struct One {
    record: CaseRecord,
    rubric: usize,
    scored: Scored,
    marks: Option<(Points, Points)>,
    filing: Filing,
    failed: Vec<Problem>,
    /// Its stratum, and whether rates are estimated from it.
    lot: Option<(Arc<str>, bool)>,
    /// As it would be without waivers.
    without: Option<Scored>,
    /// What was waived.
    used: Vec<(usize, Points)>,
}

impl Grader {
    /// Gets ready for a run.
    pub fn new(rubrics: Rubrics, world: World, inspector: Inspector, names: Names, hash: bool, within: bool) -> Self {
        let tally_names = TallyNames::new(&rubrics);
        let words = subject::Words::new(&world.vocabulary);
        let (drawn, objection) = (None, ObjectionSettings::default());
        let scales = super::rubrics::scales(&super::rubrics::records(&rubrics, false));
        let (alone, period, waivers) = (false, Period::default(), Waivers::default());
        Self { rubrics, world, names, hash, within, tally_names, drawn, alone, scales, period, objection, waivers, words, inspector }
    }

    fn field(&self, id: &str) -> Option<FieldId> {
        self.world.vocabulary.field_id(id)
    }

    /// Grades an office.
    pub fn office(&self, mut read: OfficeIntake, batch: &Path) -> Graded {
        let mask = Mask::of(&read.cases, &read.own, &self.world.vocabulary, self.names);
        if self.alone {
            read.cases.iter_mut().for_each(|c| (c.marks, c.heard) = (Vec::new(), Heard::default()));
        }
        let drawn = self.drawn.is_some() || read.drawn > 0;
        let mut problems = std::mem::take(&mut read.problems);
        let chosen = self.scope(&mut read);
        for (case, out) in read.cases.iter_mut().zip(&read.out) {
            let selected = match &self.drawn {
                Some(drawn) => drawn.lot(&read.id, &mask.case_no(&case.case_no), case.stage.as_deref()).is_some(),
                None => !drawn || case.selected,
            };
            case.selected = out.is_none() && selected;
        }
        let gone = self.drawn.as_ref().map(|drawn| drawn.gone(&read, &mask)).unwrap_or_default();
        problems.extend(drawn::tell_gone(&gone));
        problems.extend(self.unchosen(&read, &chosen));
        if drawn && self.drawn.is_none() && !read.cases.iter().any(|c| c.selected) {
            let places = read.cases.iter().zip(&read.out).filter(|(_, out)| out.is_none()).map(|(c, _)| c.home.clone()).collect::<Vec<_>>();
            let n = places.len();
            let said = say!("范围内 {n} 件案件没有一件抽中，没有评分", "none of the {n} cases in scope is drawn; none was graded");
            problems.extend(Problem::several("P018", said, places));
        }
        self.look(&mut read, batch);
        let missing = u64::try_from(gone.len()).unwrap_or(u64::MAX);
        let places = Places::new(&mask);
        let context = subject::Context { world: &self.world, mask: &mask, office_id: &read.id, words: &self.words, places: &places };
        let out = self.out(&read, &mask, &places);
        let keys = self.keys(&read, &places);
        let scans = scans(&read, &places);
        let registers = registers(&read, &mask);
        let files = std::mem::take(&mut read.files);
        let inputs = if self.hash { self.inputs(files, &read, batch, &mask) } else { Vec::new() };
        let (mut tally, mut gathered) = (Tally::default(), Gathered::default());
        let in_scope = u64::try_from(read.out.iter().filter(|o| o.is_none()).count()).unwrap_or(u64::MAX);
        for (name, n) in self.drawn.iter().flat_map(|drawn| drawn.strata(&read.id, in_scope)) {
            tally.stratum(name, n);
        }
        let mut facts = Facts::of(&read, &self.world.vocabulary, self.period);
        let mut cases = Vec::with_capacity(read.cases.len());
        let mut used = Used::default();
        self.grade(std::mem::take(&mut read.cases), &chosen, &context, |one| {
            tally.filing.pool(&one.filing);
            if one.record.scope == "selected" {
                self.count(&mut tally, &one);
                used.add(&one.used);
            }
            gathered.add(&self.scales, &one.record);
            problems.extend(one.failed);
            cases.push(one.record);
        });
        facts.graded(&tally, &self.tally_names, in_scope);
        let own = if self.alone { OwnGraded::default() } else { self.own(&read.own, facts, &read.name, &context) };
        problems.extend(own.problems);
        let unread = problems.iter().any(Problem::is_unread);
        let problems = problems.iter().map(|p| problem(p, Some(&read.name), &mask, &places)).collect();
        let office = Office { own: own.own, waived: used.told(), ..self.record(&read, &tally, cases.len(), &out) };
        Graded {
            office,
            cases,
            own: own.records,
            out,
            inputs,
            registers,
            problems,
            tally,
            gathered,
            missing,
            unread,
            keys,
            scans,
            junk: read.junk,
            claimed: read.claimed,
            mask,
        }
    }

    /// Chooses the rubric of each case; a case that settings leave in scope is out of it where no one rubric applies.
    pub fn scope(&self, read: &mut OfficeIntake) -> Vec<Choice> {
        let one = |(case, out): (&Case, &mut Option<OutReason>)| {
            let choice = if out.is_some() { Choice::None } else { choose(&self.rubrics, case) };
            if matches!(choice, Choice::None | Choice::Two(..)) {
                out.get_or_insert(OutReason::NoRubric);
            }
            choice
        };
        read.cases.iter().zip(&mut read.out).map(one).collect()
    }

    /// Has the files of all cases that are graded looked into.
    fn look(&self, read: &mut OfficeIntake, batch: &Path) {
        let selected: Vec<&mut Case> = read.cases.iter_mut().filter(|c| c.selected).collect();
        self.side_by_side(selected, |case| {
            self.inspector.case(batch, case, self.hash, &self.world);
            Some(())
        });
    }

    /// Cases in scope that have no rubric, told once for each reason.
    pub(super) fn unchosen(&self, read: &OfficeIntake, chosen: &[Choice]) -> Vec<Problem> {
        let (mut unclear, mut none, mut two) = (Vec::new(), Vec::new(), BTreeMap::<(usize, usize), Vec<Place>>::new());
        for ((case, out), choice) in read.cases.iter().zip(&read.out).zip(chosen) {
            match choice {
                Choice::Unclear(_) => unclear.push(case.home.clone()),
                Choice::None if *out == Some(OutReason::NoRubric) => none.push(case.home.clone()),
                Choice::Two(a, b) => two.entry((*a, *b)).or_default().push(case.home.clone()),
                Choice::Rubric(_) | Choice::None => {}
            }
        }
        let (n, m) = (unclear.len(), none.len());
        let unclear = Problem::several("P050", say!("有 {n} 件案件类型不明，等次未定", "{n} cases of unclear type are undecided"), unclear);
        let none = Problem::several(
            "P051",
            say!("有 {m} 件案件没有适用的评估标准，没有评分", "no rubric applies to {m} cases; they were not graded"),
            none,
        );
        let two = two.into_iter().filter_map(|((a, b), places)| {
            let (n, a, b) = (places.len(), &self.rubrics.list[a].id, &self.rubrics.list[b].id);
            let said = say!("有 {n} 件案件同时适用 {a} 与 {b}，没有评分", "both {a} and {b} apply to {n} cases; they were not graded");
            Problem::several("P052", said, places)
        });
        unclear.into_iter().chain(none).chain(two).collect()
    }

    /// Grades a few cases at a time side by side and hands them over in order: memory holds what scoring saw of those few, and no
    /// case that is done with.
    fn grade(&self, cases: Vec<Case>, chosen: &[Choice], context: &subject::Context<'_>, mut take: impl FnMut(One)) {
        // The checks that compare cases see those of one rubric, in order.
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.rubrics.list.len()];
        let mut index = vec![0; cases.len()];
        for (i, choice) in chosen.iter().enumerate() {
            if let Choice::Rubric(rubric) = choice {
                index[i] = members[*rubric].len();
                members[*rubric].push(i);
            }
        }
        let seen: Vec<ask::OfficeSeen> = self
            .rubrics
            .list
            .iter()
            .zip(&members)
            .map(|(rubric, members)| ask::office(rubric, &members.iter().map(|i| &cases[*i]).collect::<Vec<_>>(), &self.world))
            .collect();
        let signals = self.signals(&cases);
        let one = |(i, case): (usize, Case)| {
            let told = signals.get(&i).map_or(&[][..], Vec::as_slice);
            let case = &case;
            let rubric_at = match chosen[i] {
                Choice::Rubric(rubric) => rubric,
                Choice::Unclear(candidate) => return Some(self.undecided(case, candidate, context, told)),
                Choice::None | Choice::Two(..) => return None,
            };
            let rubric = &self.rubrics.list[rubric_at];
            let asked = ask::case(rubric, case, index[i], &seen[rubric_at], &self.world);
            let lot = self.lot(case, context);
            let concerned = case.selected && heard::concerns(case, lot);
            let lawyers = if concerned { self.lawyers(case) } else { Vec::new() };
            let mut heard = concerned.then(|| {
                let world = heard::World {
                    drawn: self.drawn.as_ref(),
                    lot,
                    office: context.office_id,
                    lawyers: &lawyers,
                    objection: &self.objection,
                    calendar: &self.world.calendar,
                };
                heard::settle(rubric, case, &asked, world)
            });
            let (asked, red_lines) = match &mut heard {
                Some(heard) => (std::mem::take(&mut heard.asked), std::mem::take(&mut heard.red_lines)),
                None => (asked, ask::red_lines(rubric, case)),
            };
            let who = (context.office_id, &self.world.vocabulary, case);
            let Waived { scored, without, used } = self.waivers.score(rubric, asked, red_lines, who);
            let mut record = context.record(case, case.selected.then_some((rubric, &scored)), told);
            if !case.selected {
                record.rubric = Some(Arc::clone(&rubric.id));
            }
            let mut failed = failures(case, rubric, &scored);
            if let Some(mut heard) = heard {
                let (panel, wrong) = heard::record(rubric, case, &heard, &scored, context);
                record.panel = Some(Box::new(panel));
                failed.append(&mut heard.problems);
                failed.extend(wrong);
            }
            let marks = scored.marks;
            let filing = filing::filing(rubric, case, &scored, &self.world);
            let lot = lot.map(|l| (Arc::clone(&l.stratum), l.estimate));
            Some(One { record, rubric: rubric_at, marks, filing, failed, lot, scored, without, used })
        };
        let mut rest = cases.into_iter().enumerate();
        loop {
            let some: Vec<(usize, Case)> = rest.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            let done: Vec<One> = self.side_by_side(some, one);
            done.into_iter().for_each(&mut take);
        }
    }

    /// The lawyers of a case.
    fn lawyers(&self, case: &Case) -> Vec<Arc<str>> {
        self.field(known::LAWYER).map(|f| case.all(f).iter().map(|e| e.raw.trim().into()).collect()).unwrap_or_default()
    }

    /// What the draw says of a case.
    fn lot(&self, case: &Case, context: &subject::Context<'_>) -> Option<&Lot> {
        self.drawn.as_ref()?.lot(context.office_id, &context.mask.case_no(&case.case_no), case.stage.as_deref())
    }

    /// The signals of the graded cases, by index; none where nothing was looked into.
    fn signals(&self, cases: &[Case]) -> BTreeMap<usize, Vec<Told>> {
        let looked: Vec<(usize, &Case)> = cases.iter().enumerate().filter(|(_, c)| c.files.iter().any(|f| f.inside.is_some())).collect();
        let told = signals::look(&looked.iter().map(|(_, c)| *c).collect::<Vec<_>>(), &self.world);
        looked.into_iter().map(|(i, _)| i).zip(told).filter(|(_, told)| !told.is_empty()).collect()
    }

    /// A case in scope whose rubric cannot be told: every grade is possible.
    fn undecided(&self, case: &Case, candidate: usize, context: &subject::Context<'_>, told: &[Told]) -> One {
        let rubric = &self.rubrics.list[candidate];
        let marks = match rubric.scheme {
            Scheme::Points { total, .. } => Some((Points::ZERO, total)),
            Scheme::Levels { .. } => None,
        };
        let possible = (0..rubric.grades.len()).collect();
        let scored = Scored { criteria: Vec::new(), red_lines: Vec::new(), marks, possible, superset: true };
        let lot = self.lot(case, context).map(|l| (Arc::clone(&l.stratum), l.estimate));
        let record = if case.selected { context.undecided(case, rubric, told) } else { context.record(case, None, &[]) };
        One {
            record,
            rubric: candidate,
            marks,
            filing: filing::filing(rubric, case, &scored, &self.world),
            failed: Vec::new(),
            lot,
            scored,
            without: None,
            used: Vec::new(),
        }
    }

    fn side_by_side<T: Send, R: Send>(&self, items: Vec<T>, one: impl Fn(T) -> Option<R> + Sync + Send) -> Vec<R> {
        if self.within { items.into_par_iter().filter_map(one).collect() } else { items.into_iter().filter_map(one).collect() }
    }

    fn record(&self, read: &OfficeIntake, tally: &Tally, in_scope: usize, out: &[OutRecord]) -> Office {
        let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
        for record in out {
            *reasons.entry(record.reason.clone()).or_default() += 1;
        }
        let in_scope = u64::try_from(in_scope).unwrap_or(u64::MAX);
        let head = Head {
            id: read.id.clone(),
            name: read.name.clone(),
            parent: read.parent.clone(),
            rows: read.rows,
            joined: read.joined,
            dossier_only: read.dossier_only,
            in_scope,
            out_of_scope: reasons,
        };
        summary(head, tally, &self.tally_names)
    }

    fn out(&self, read: &OfficeIntake, mask: &Mask, places: &Places<'_>) -> Vec<OutRecord> {
        let lawyer = self.field(known::LAWYER);
        let mut list = Vec::new();
        for (case, reason) in read.cases.iter().zip(&read.out) {
            let Some(reason) = reason else { continue };
            let who = lawyer.and_then(|f| case.entry(f)).map(|e| e.raw.to_string()).unwrap_or_default();
            let Text { zh, en } = reason.title();
            let mut message = if who.is_empty() { reason.title() } else { say!("{zh}（承办人 {who}）", "{en} (lawyer {who})") };
            if let (OutReason::Open, Choice::Rubric(rubric)) = (*reason, choose(&self.rubrics, case)) {
                for limit in ask::running(&self.rubrics.list[rubric], case, &self.world) {
                    let (zh, en) = (&limit.said.zh, &limit.said.en);
                    message = Text::pair(format!("{}；期限提醒：{zh}", message.zh), Some(format!("{}; limit: {en}", message.en)));
                }
            }
            list.push(OutRecord {
                office: Arc::clone(&case.office),
                case_no: places.mask.case_no(&case.case_no),
                reason: reason.id().to_owned(),
                message: message.map(|t| mask.text(t)),
                places: vec![places.record(&case.home, None)],
            });
        }
        list
    }

    fn keys(&self, read: &OfficeIntake, places: &Places<'_>) -> Vec<(String, PlaceRecord)> {
        let stage = |c: &Case| c.stage.as_deref().map(|s| format!(" {s}")).unwrap_or_default();
        read.cases.iter().map(|c| (format!("{}{}", places.mask.case_no(&c.case_no), stage(c)), places.record(&c.home, None))).collect()
    }

    fn inputs(&self, files: Vec<InputFile>, read: &OfficeIntake, batch: &Path, mask: &Mask) -> Vec<InputRecord> {
        // What was looked into was hashed on the way.
        let seen = |f: &CaseFile| Some((f.place.origin.file.clone(), f.inside.as_ref()?.sha256.clone()?));
        let hashed: HashMap<String, String> = read.cases.iter().flat_map(|c| &c.files).filter_map(seen).collect();
        let one = |file: InputFile| {
            let known = file.sha256.or_else(|| hashed.get(&file.path).cloned());
            let case = file.case.and_then(|i| usize::try_from(i).ok()).and_then(|i| read.cases.get(i));
            let wanted = !file.secret && !case.is_some_and(|c| c.secret) && known.is_none();
            Some(InputRecord {
                office: read.name.as_str().into(),
                case_no: case.map(|c| mask.case_no(&c.case_no)),
                path: if file.case.is_none() && mask.hides() { mask.text(&forms::numbers_only(&file.path)) } else { mask.text(&file.path) },
                bytes: file.bytes,
                sha256: if wanted { hash::file(&batch.join(&file.path)) } else { known },
            })
        };
        self.side_by_side(files, one)
    }
}

/// Scanned pages of the graded cases that show something.
fn scans(read: &OfficeIntake, places: &Places<'_>) -> Vec<(u64, PlaceRecord)> {
    let mut scans = Vec::new();
    for file in read.cases.iter().filter(|c| c.selected).flat_map(|c| &c.files) {
        for (number, page) in (1_u32..).zip(file.inside.iter().flat_map(|i| &i.pages)) {
            if let Some(print) = page.scan_print() {
                scans.push((print, places.record(&file.page(number), None)));
            }
        }
    }
    scans
}
