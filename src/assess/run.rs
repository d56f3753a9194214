//! A whole run: settings, rubrics, plan, offices in order, groups and what concerns several offices.
//! Must not write files: each office goes to `work` (in parallel) and then to `commit` (in order).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

use super::drawn::{self, Drawn};
use super::looking::Inspector;
use super::office::{Graded, Grader};
use super::place::Places;
use super::told::problem;
use super::turns::in_order;
use super::waive::Waivers;
use super::whole::{Came, Whole};
use super::{Names, batch, choose, mask, part, rubrics, standard, upward};
use crate::base::date::{FIRST_YEAR, LAST_YEAR};
use crate::base::mistake::{Mistake, Source};
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::check::World;
use crate::inspect::cache::Cache;
use crate::inspect::ocr::Ocr;
use crate::inspect::{Depth, words};
use crate::intake::find::{self, OfficePlan, Plan};
use crate::intake::office::{self, Asked, Claimed, OfficeIntake};
use crate::intake::own::{self, OwnWords};
use crate::intake::settings::Settings;
use crate::intake::words::{Words, plain};
use crate::model::known;
use crate::model::round::Round;
use crate::model::vocabulary::Vocabulary;
use crate::panel::gather::{self, Told};
use crate::record::part::{PartOffice, Planned};
use crate::record::v1::{Batch, ProblemRecord, Results, Tool};
use crate::reference::workdays::Calendar;
use crate::rubric::{Rubric, Rubrics};
use crate::say;

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The batch.
    pub batch: PathBuf,
    /// Rubrics asked for on the command line; empty = settings, else the shipped ones.
    pub rubrics: Vec<String>,
    /// As-of date asked for.
    pub as_of: Option<Date>,
    /// Only these offices, by name or id; empty = all.
    pub offices: Vec<String>,
    /// Threads; 0 = as many as there are cores.
    pub jobs: usize,
    /// How names are shown, when asked for.
    pub names: Option<Names>,
    /// Whether files are listed and hashed.
    pub hash: bool,
    /// How far dossiers are looked into.
    pub look: Depth,
    /// Whether scans without text are read by Tesseract.
    pub ocr: bool,
    /// The plan of a draw to select cases by; without it the one in the batch, where there is one.
    pub plan: Option<PathBuf>,
    /// Whether this run draws anew, and looks at no plan that lies in the batch.
    pub drawing: bool,
    /// Where to remember what was seen inside files; nowhere when not given.
    pub cache: Option<PathBuf>,
    /// Whether the nearest `audit.toml` at the batch or above it is used: a county's own folder is then graded as a part of the
    /// whole batch, by the same settings as the evaluators'.
    pub upward: bool,
    /// Whether what a later `merge` needs is kept, where some offices are left out.
    pub part: bool,
}

/// Why nothing was run.
#[derive(Debug)]
pub enum RunError {
    /// Rubric or settings are wrong (exit code 2).
    Mistakes(Vec<Source>, Vec<Mistake>),
    /// The batch is not a folder that can be read, or an office is not known (exit code 2).
    Usage(Text),
}

/// A run that is ready: settings and rubrics are good, the batch is planned.
#[derive(Debug)]
pub struct Prepared {
    /// Settings.
    pub settings: Settings,
    /// Rubrics, vocabulary, calendar.
    pub grader: Grader,
    /// Offices.
    pub plan: Plan,
    /// What a result says of the batch.
    pub batch: Batch,
    reading: Reading,
    /// Whether no office was left out.
    whole: bool,
    /// Offices left out, where a later `merge` must know what they take of that which offices share.
    aside: Vec<OfficePlan>,
    /// Every office of the batch.
    planned: Vec<Planned>,
    /// What a later `merge` needs, once every office was run.
    part: Option<part::Part>,
    run: Run,
}

/// What reading needs of the rubrics, made once.
#[derive(Debug)]
pub(super) struct Reading {
    words: Words,
    own: Option<OwnWords>,
    marks: BTreeSet<String>,
    criteria: BTreeSet<String>,
    rubrics: BTreeMap<String, String>,
    /// What returned score sheets are checked against.
    round: Option<Round>,
    /// By case type, whether the stage is part of the identity: asked for every row.
    stages: BTreeMap<String, bool>,
}

impl Reading {
    pub(super) fn new(settings: &Settings, rubrics: &Rubrics, vocabulary: &Vocabulary, round: Option<Round>) -> Self {
        let ids = |all: bool| {
            let of = move |r: &'_ Rubric| -> Vec<String> {
                let criteria = r.criteria.iter().filter(|c| all || c.check.human).map(|c| c.id.to_string());
                criteria.chain(r.red_lines.iter().map(|l| l.id.to_string())).collect()
            };
            rubrics.all().flat_map(of).collect()
        };
        let choices = vocabulary.field_id(known::CASE_TYPE).map(|f| vocabulary.field(f).choices.as_slice()).unwrap_or_default();
        let types = choices.iter().map(|c| c.value.as_str()).chain([""]);
        let stages = types.map(|t| (t.to_owned(), choose::keeps_stages(rubrics, vocabulary, t))).collect();
        let hashes = rubrics.all().map(|r| (r.id.to_string(), r.sha256.clone())).collect();
        let own = OwnWords::new(vocabulary, settings);
        Self { words: Words::new(vocabulary, settings), own, marks: ids(false), criteria: ids(true), rubrics: hashes, round, stages }
    }

    pub(super) fn asked<T>(
        &self,
        settings: &Settings,
        rubrics: &Rubrics,
        vocabulary: &Vocabulary,
        read: impl FnOnce(&Asked<'_>) -> T,
    ) -> T {
        // A vocabulary may leave the type open to any words.
        let any = |case_type: &str| choose::keeps_stages(rubrics, vocabulary, case_type);
        let stage_files = |case_type: &str| self.stages.get(case_type).copied().unwrap_or_else(|| any(case_type));
        read(&Asked {
            settings,
            vocabulary,
            words: &self.words,
            own: self.own.as_ref(),
            marks: &self.marks,
            criteria: &self.criteria,
            rubrics: &self.rubrics,
            round: self.round.as_ref(),
            stage_files: &stage_files,
        })
    }
}

impl Run {
    /// Reads settings and rubrics and plans the batch.
    ///
    /// # Errors
    /// Every mistake in rubrics and settings, or a batch that is not there.
    pub fn prepare(mut self) -> Result<Prepared, RunError> {
        if !self.batch.is_dir() {
            let path = self.batch.display();
            return Err(RunError::Usage(if self.batch.is_file() {
                say!(
                    "{path} 是一个文件；请写放登记表和案卷的文件夹，而不是其中的登记表",
                    "{path} is a file; give the folder that holds the registers and dossiers"
                )
            } else {
                say!("找不到文件夹 {path}，请核对写法和当前所在的位置", "no folder {path}; check its spelling and where you are")
            }));
        }
        let above = if self.upward { upward::climb(&mut self.batch) } else { None };
        let (settings, rubrics, vocabulary) = standard::load(&self.batch.join("audit.toml"), &self.rubrics, &self.batch)?;
        let drawn = self.drawn()?;
        let round = drawn.as_ref().map(Drawn::round);
        let reading = Reading::new(&settings, &rubrics, &vocabulary, round);
        let mut plan = reading.asked(&settings, &rubrics, &vocabulary, |asked| find::plan(&self.batch, asked));
        let planned = plan.offices.iter().map(|o| Planned { id: o.id.clone(), name: o.name.clone() }).collect();
        let aside = self.keep_asked(&mut plan)?;
        if let Some(above) = &above {
            upward::keep(above, &mut plan)?;
        }
        let mut calendar = Calendar::embedded();
        settings.off.iter().for_each(|d| calendar.add(*d, true));
        settings.work.iter().for_each(|d| calendar.add(*d, false));
        let (from, to) = settings.period();
        let (as_of, declared) = match self.as_of.or(settings.as_of).or(to) {
            Some(day) => (day, true),
            None => (last_known(&calendar), false),
        };
        if !declared {
            let said = say!(
                "没有 audit.toml，或其中没有写 year、as_of；截止日按节假日数据的末日 {as_of} 计，不限年度",
                "no audit.toml, or neither year nor as_of in it; the last day with holiday data, {as_of}, is the as-of date, and no year is set"
            );
            plan.problems.push(Problem::new("P071", said, Place::file("audit.toml")));
        }
        if rubrics.own.is_empty() && self.batch.join(own::FILE).is_file() {
            let said = say!(
                "有 {0}，但所用的标准都不是机构的标准，没有使用",
                "{0} is there, but no rubric is about offices; it was not used",
                own::FILE
            );
            plan.problems.push(Problem::new("P036", said, Place::file(own::FILE)));
        }
        if !self.upward {
            plan.problems.extend(settings_above(&self.batch));
        }
        let mut batch = batch::record(&settings, as_of, from, to, plan.junk);
        batch.look = self.look.id().to_owned();
        batch.ocr = self.ocr;
        let names = self.names.unwrap_or(if settings.full_names == Some(true) { Names::Full } else { Names::Masked });
        let inspector = self.inspector(&settings, &rubrics, &vocabulary)?;
        let within = plan.offices.len() < self.threads();
        let mut grader = Grader::new(
            rubrics,
            World { as_of, period: World::period(as_of, from, to), calendar, vocabulary },
            inspector,
            names,
            self.hash,
            within,
        );
        if names == Names::Full {
            "full".clone_into(&mut batch.names);
        }
        grader.drawn = drawn;
        grader.alone = self.drawing;
        grader.period = (from, to);
        grader.objection = settings.objection;
        grader.waivers = Waivers::new(&settings, &grader.world.vocabulary);
        if grader.drawn.is_some() {
            batch.scope.selection = "plan".to_owned();
        }
        let whole = self.offices.is_empty() && above.is_none();
        let aside = if self.part { aside } else { Vec::new() };
        Ok(Prepared { settings, grader, plan, batch, reading, whole, aside, planned, part: None, run: self })
    }

    /// The draw to go by.
    fn drawn(&self) -> Result<Option<Drawn>, RunError> {
        let beside = self.batch.join(crate::record::plan::FILE);
        let path = match &self.plan {
            Some(path) => path,
            None if beside.is_file() && !self.drawing => &beside,
            None => return Ok(None),
        };
        let mut drawn = Drawn::new(drawn::open(path).map_err(RunError::Usage)?);
        drawn.sha256 = super::hash::file(&drawn::file(path));
        Ok(Some(drawn))
    }

    fn inspector(&self, settings: &Settings, rubrics: &Rubrics, vocabulary: &Vocabulary) -> Result<Inspector, RunError> {
        let phrases: BTreeSet<&String> = rubrics.list.iter().flat_map(|r| &r.criteria).flat_map(|c| &c.phrases).collect();
        let ocr = if self.ocr { Some(Ocr::find().map_err(RunError::Usage)?) } else { None };
        Ok(Inspector {
            depth: self.look,
            ocr,
            cache: self.cache.as_deref().and_then(Cache::open),
            limits: settings.limits,
            words: words::Words::new(vocabulary),
            phrases: phrases.into_iter().cloned().collect(),
        })
    }

    fn threads(&self) -> usize {
        if self.jobs == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { self.jobs }
    }

    /// Takes the offices that were not asked for out of a plan, and gives them back.
    fn keep_asked(&self, plan: &mut Plan) -> Result<Vec<OfficePlan>, RunError> {
        let is = |o: &OfficePlan, wanted: &String| o.name == *wanted || o.id == *wanted || o.names.contains(&plain(wanted));
        for wanted in &self.offices {
            if !plan.offices.iter().any(|o| is(o, wanted)) {
                let known: Vec<&str> = plan.offices.iter().map(|o| o.name.as_str()).collect();
                let (zh, en) = (known.join("、"), known.join(", "));
                return Err(RunError::Usage(say!(
                    "没有机构“{wanted}”，请写下列名称中的一个：{zh}",
                    "no office {wanted:?}; give one of: {en}"
                )));
            }
        }
        let all = std::mem::take(&mut plan.offices);
        let asked = |o: &OfficePlan| self.offices.is_empty() || self.offices.iter().any(|wanted| is(o, wanted));
        let (kept, aside) = all.into_iter().partition(asked);
        plan.offices = kept;
        Ok(aside)
    }
}

/// Settings in a folder above a batch that has none of its own: probably meant, never used in silence.
fn settings_above(batch: &Path) -> Option<Problem> {
    let full = std::fs::canonicalize(batch).ok()?;
    if full.join("audit.toml").exists() {
        return None;
    }
    let above = full.ancestors().skip(1).position(|folder| folder.join("audit.toml").is_file())? + 1;
    let said = say!("往上 {above} 级的文件夹有 audit.toml，没有使用", "there is an audit.toml {above} folders up; it was not used");
    Some(Problem::new("P072", said, Place::file("audit.toml")))
}

/// The last day of the last year that the calendar knows.
fn last_known(calendar: &Calendar) -> Date {
    let year = (FIRST_YEAR..=LAST_YEAR).rev().find(|y| calendar.covers(*y)).unwrap_or(LAST_YEAR);
    date(year, 12, 31)
}

impl Prepared {
    /// The batch that is read: the one asked for, or the one above it whose settings are used.
    pub fn folder(&self) -> &Path {
        &self.run.batch
    }

    /// Runs every office: `work` side by side, `commit` one after the other in the order of the plan. Stops at the first error.
    ///
    /// # Errors
    /// The first error of `work` or `commit`.
    pub fn each<T: Send, E: Send>(
        &mut self,
        work: impl Fn(&Batch, &mut Graded) -> Result<T, E> + Sync,
        mut commit: impl FnMut(Graded, T) -> Result<(), E>,
    ) -> Result<(Results, bool), E> {
        let mut results = self.bare();
        let mut unread = self.plan.problems.iter().any(Problem::is_unread);
        let (mut whole, mut claimed, mut parts) = (Whole::default(), Vec::<Claimed>::new(), Vec::<PartOffice>::new());
        // What is told of the batch may name persons of any office; masks are kept only where files of no office remain.
        let (batch_problems, mut masks) = (results.problems.len(), Vec::new());
        let shared = !(self.plan.shared.left.is_empty() && self.plan.shared.lines.is_empty() && self.plan.shared.panel.is_empty());
        let plans = std::mem::take(&mut self.plan.offices);
        // An office left out is read, and not graded, where what is told of the batch depends on it.
        let aside = if batch_problems > 0 || shared { std::mem::take(&mut self.aside) } else { Vec::new() };
        let mut turns: Vec<(&OfficePlan, bool)> = plans.iter().map(|o| (o, true)).chain(aside.iter().map(|o| (o, false))).collect();
        turns.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let this = &*self;
        in_order(
            &turns,
            self.run.threads(),
            |(plan, own)| {
                if !own {
                    return Ok(part::Turn::Aside(this.aside(plan)));
                }
                let mut graded = this.office(plan);
                if batch_problems == 0 && !shared {
                    graded.mask = mask::Mask::default();
                }
                work(&this.batch, &mut graded).map(|made| part::Turn::Own(Box::new(graded), made))
            },
            |turn| {
                let (graded, (claims, mask)) = match turn {
                    part::Turn::Aside(seen) => (None, seen),
                    part::Turn::Own(mut graded, made) => {
                        let seen = (std::mem::take(&mut graded.claimed), std::mem::take(&mut graded.mask));
                        (Some((graded, made)), seen)
                    }
                };
                claimed.push(claims);
                results.problems.iter_mut().take(batch_problems).for_each(|p| mask.problem(p));
                masks.extend(shared.then_some(mask));
                let Some((mut graded, made)) = graded else { return Ok(()) };
                unread |= graded.unread;
                parts.extend((this.run.part && !this.whole).then(|| part::office(&graded)));
                whole.add(Came {
                    office: graded.office.clone(),
                    problems: std::mem::take(&mut graded.problems),
                    registers: std::mem::take(&mut graded.registers),
                    tally: std::mem::take(&mut graded.tally),
                    keys: std::mem::take(&mut graded.keys),
                    scans: std::mem::take(&mut graded.scans),
                    gathered: std::mem::take(&mut graded.gathered),
                    missing: graded.missing,
                    junk: graded.junk,
                });
                commit(*graded, made)
            },
        )?;
        // With some offices left out, what they would have taken is not missing.
        let mut unclaimed = Vec::new();
        if self.whole || self.run.part {
            let mask = mask::Mask::forms(self.grader.names);
            let places = Places::new(&mask);
            unclaimed = self.plan.shared.unclaimed(&claimed).iter().map(|p| problem(p, None, &mask, &places)).collect();
            unclaimed.iter_mut().for_each(|p| masks.iter().for_each(|mask| mask.problem(p)));
        }
        if self.run.part && !self.whole {
            let head = part::head(&results, &self.grader, self.planned.clone(), unclaimed.clone());
            self.part = Some(part::Part { head, offices: parts });
        }
        let plan = self.grader.drawn.as_ref().map(|d| &d.plan);
        whole.tell(&mut results, &self.grader.tally_names, &self.grader.scales, |missing| Told::new(&gather::Round { plan, missing }));
        if let Some(draw) = results.panel.as_mut().and_then(|p| p.draw.as_mut()) {
            draw.sha256 = self.grader.drawn.as_ref().and_then(|d| d.sha256.clone());
        }
        if self.whole {
            results.problems.append(&mut unclaimed);
        }
        Ok((results, unread))
    }

    /// What an office that is left out takes of that which offices share, and its personal values.
    fn aside(&self, plan: &OfficePlan) -> (Claimed, mask::Mask) {
        let read = self.read(plan);
        let mask = mask::Mask::new(&read.cases, &self.grader.world.vocabulary, self.grader.names);
        (read.claimed, mask)
    }

    /// What a later `merge` needs, after [`each`](Self::each); nothing of a whole run.
    pub fn part(&mut self) -> Option<part::Part> {
        self.part.take()
    }

    fn office(&self, plan: &OfficePlan) -> Graded {
        self.grader.office(self.read(plan), &self.run.batch)
    }

    /// Reads an office.
    pub(super) fn read(&self, plan: &OfficePlan) -> OfficeIntake {
        let grader = &self.grader;
        let read = |asked: &Asked<'_>| office::read(plan, &self.plan.shared, asked);
        self.reading.asked(&self.settings, &grader.rubrics, &grader.world.vocabulary, read)
    }

    /// Whether no office was left out.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many threads there are.
    pub(super) fn threads(&self) -> usize {
        self.run.threads()
    }

    /// What is told of the batch before any office was run: rubrics, titles, problems.
    pub fn bare(&self) -> Results {
        let mask = mask::Mask::forms(self.grader.names);
        let places = Places::new(&mask);
        let problems: Vec<ProblemRecord> = self.plan.problems.iter().map(|p| problem(p, None, &mask, &places)).collect();
        Results {
            format: 1,
            tool: Tool::this(),
            batch: self.batch.clone(),
            rubrics: rubrics::records(&self.grader.rubrics, self.batch.adopted.is_some()),
            own_rubrics: rubrics::own(&self.grader.rubrics, &self.grader.world.vocabulary, self.batch.adopted.is_some()),
            registers: Vec::new(),
            problems,
            offices: Vec::new(),
            groups: Vec::new(),
            cross: Vec::new(),
            titles: rubrics::titles(&self.grader.world.vocabulary),
            waivers: self.grader.waivers.records(self.grader.world.as_of),
            panel: None,
        }
    }
}
