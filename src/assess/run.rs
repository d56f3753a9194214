//! A whole run: settings, rubrics, plan, offices in order, groups and what concerns several offices.
//! Must not write files: each office goes to `work` (in parallel) and then to `commit` (in order).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

use super::cross::Keys;
use super::drawn::{self, Drawn};
use super::head::{Head, summary};
use super::looking::Inspector;
use super::office::{Graded, Grader};
use super::place::Places;
use super::told::problem;
use super::turns::in_order;
use super::{Names, choose, mask, rubrics, standard, upward};
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
use crate::intake::settings::{self, Settings};
use crate::intake::words::{Words, plain};
use crate::model::known;
use crate::model::round::Round;
use crate::model::vocabulary::Vocabulary;
use crate::panel::gather::{self, Gathered};
use crate::record::v1::{Adopted, Batch, Office, ProblemRecord, Register, Results, Scope, Tool};
use crate::reference::workdays::Calendar;
use crate::rubric::{Rubric, Rubrics};
use crate::say;
use crate::stats::tally::Tally;

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
        self.keep_asked(&mut plan)?;
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
        let mut batch = batch_record(&settings, as_of, from, to, plan.junk);
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
        grader.drawn = drawn;
        grader.alone = self.drawing;
        grader.period = (from, to);
        grader.objection = settings.objection;
        if grader.drawn.is_some() {
            batch.scope.selection = "plan".to_owned();
        }
        let whole = self.offices.is_empty() && above.is_none();
        Ok(Prepared { settings, grader, plan, batch, reading, whole, run: self })
    }

    /// The draw to go by.
    fn drawn(&self) -> Result<Option<Drawn>, RunError> {
        let beside = self.batch.join(crate::record::plan::FILE);
        let path = match &self.plan {
            Some(path) => path,
            None if beside.is_file() && !self.drawing => &beside,
            None => return Ok(None),
        };
        drawn::open(path).map(|plan| Some(Drawn::new(plan))).map_err(RunError::Usage)
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

    fn keep_asked(&self, plan: &mut Plan) -> Result<(), RunError> {
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
        if !self.offices.is_empty() {
            plan.offices.retain(|o| self.offices.iter().any(|wanted| is(o, wanted)));
        }
        Ok(())
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

fn batch_record(settings: &Settings, as_of: Date, from: Option<Date>, to: Option<Date>, junk: u64) -> Batch {
    let event = settings.scope.event;
    let (zh, en) = match event {
        settings::Event::Closed => ("结案", "closed"),
        settings::Event::Filed => ("归档", "filed"),
    };
    let day = |d: Option<Date>| d.map_or_else(String::new, |d| d.to_string());
    let (f, t) = (day(from), day(to));
    let said = if from.is_none() && to.is_none() {
        say!("全部已{zh}案件", "all cases {en}")
    } else {
        say!("{f} 至 {t} {zh}的案件", "cases {en} from {f} to {t}")
    };
    Batch {
        title: settings.title.clone().unwrap_or_else(|| "法律援助案件质量评查".to_owned()),
        year: settings.year,
        as_of: as_of.to_string(),
        stage: settings.stage.clone(),
        scope: Scope {
            event: event.id().to_owned(),
            from: from.map(|d| d.to_string()),
            to: to.map(|d| d.to_string()),
            case_types: settings.scope.case_types.clone(),
            said,
            selection: "all".to_owned(),
        },
        adopted: settings.adopted.as_ref().map(|a| Adopted {
            body: a.body.clone(),
            document_no: a.document_no.clone(),
            confirmed_by: a.confirmed_by.clone(),
            date: a.date.to_string(),
        }),
        made_by: settings.made_by.clone(),
        settings_sha256: settings.sha256.clone(),
        junk,
        look: String::new(),
        ocr: false,
        rounding: Text::fixed(
            "显示时四舍五入到两位小数，等次按未舍入的数确定",
            "shown rounded half away from zero to two decimals; grades are decided before rounding",
        ),
    }
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
        let mut results = self.results();
        let mut unread = self.plan.problems.iter().any(Problem::is_unread);
        let (mut tallies, mut cross, mut claimed) = (Vec::new(), Keys::default(), Vec::<Claimed>::new());
        let (mut gathered, mut missing) = (Gathered::default(), 0);
        // What is told of the batch may name persons of any office; masks are kept only where files of no office remain.
        let (batch_problems, mut masks) = (results.problems.len(), Vec::new());
        let shared = !(self.plan.shared.left.is_empty() && self.plan.shared.lines.is_empty() && self.plan.shared.panel.is_empty());
        let plans = std::mem::take(&mut self.plan.offices);
        let this = &*self;
        in_order(
            &plans,
            self.run.threads(),
            |plan| {
                let mut graded = this.office(plan);
                if batch_problems == 0 && !shared {
                    graded.mask = mask::Mask::default();
                }
                work(&this.batch, &mut graded).map(|made| (graded, made))
            },
            |(mut graded, made)| {
                unread |= graded.unread;
                results.batch.junk += graded.junk;
                claimed.push(std::mem::take(&mut graded.claimed));
                let mask = std::mem::take(&mut graded.mask);
                results.problems.iter_mut().take(batch_problems).for_each(|p| mask.problem(p));
                masks.extend(shared.then_some(mask));
                results.registers.append(&mut graded.registers);
                results.problems.append(&mut graded.problems);
                cross.add(&graded.office.name, std::mem::take(&mut graded.keys), std::mem::take(&mut graded.scans));
                results.offices.push(graded.office.clone());
                tallies.push(std::mem::take(&mut graded.tally));
                gathered.pool(std::mem::take(&mut graded.gathered));
                missing += graded.missing;
                commit(graded, made)
            },
        )?;
        // With some offices left out, what they would have taken is not missing.
        if self.whole {
            let mask = mask::Mask::forms(self.grader.names);
            let places = Places::new(&mask);
            let mut unclaimed: Vec<_> = self.plan.shared.unclaimed(&claimed).iter().map(|p| problem(p, None, &mask, &places)).collect();
            unclaimed.iter_mut().for_each(|p| masks.iter().for_each(|mask| mask.problem(p)));
            results.problems.append(&mut unclaimed);
        }
        results.registers = merged(std::mem::take(&mut results.registers));
        results.groups = groups(&results.offices, &tallies, &self.grader.tally_names);
        results.cross = cross.found();
        let plan = self.grader.drawn.as_ref().map(|d| &d.plan);
        results.panel = gathered.panel(&self.grader.scales, &gather::Round { plan, missing });
        if self.grader.drawn.is_none() && results.offices.iter().any(|o| o.selected != o.in_scope) {
            results.batch.scope.selection = "register".to_owned();
        }
        Ok((results, unread))
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

    fn results(&self) -> Results {
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
            panel: None,
        }
    }
}

/// Register sheets by path and sheet; the counts of one that several offices share are added up.
fn merged(registers: Vec<Register>) -> Vec<Register> {
    let mut all: BTreeMap<(String, Option<String>, String), Register> = BTreeMap::new();
    for register in registers {
        match all.entry((register.path.clone(), register.sheet.clone(), register.sha256.clone())) {
            std::collections::btree_map::Entry::Vacant(slot) => drop(slot.insert(register)),
            std::collections::btree_map::Entry::Occupied(mut slot) => {
                let sum = slot.get_mut();
                sum.rows += register.rows;
                sum.in_scope += register.in_scope;
                for (reason, n) in register.out_of_scope {
                    *sum.out_of_scope.entry(reason).or_default() += n;
                }
            }
        }
    }
    all.into_values().collect()
}

/// Pools the offices that share a parent, and all of them.
fn groups(offices: &[Office], tallies: &[Tally], names: &crate::stats::tally::Names) -> Vec<Office> {
    let mut pools: BTreeMap<(bool, String), (Head, Tally)> = BTreeMap::new();
    for (office, tally) in offices.iter().zip(tallies) {
        let whole = (false, "全部机构".to_owned());
        for key in office.parent.iter().map(|p| (true, p.clone())).chain([whole]) {
            let slot = pools.entry(key.clone()).or_insert_with(|| {
                let id = if key.0 { key.1.clone() } else { "all".to_owned() };
                (Head { id, name: key.1.clone(), ..Head::default() }, Tally::default())
            });
            slot.0.rows += office.rows;
            slot.0.joined += office.joined;
            slot.0.dossier_only += office.dossier_only;
            slot.0.in_scope += office.in_scope;
            for (reason, n) in &office.out_of_scope {
                *slot.0.out_of_scope.entry(reason.clone()).or_default() += n;
            }
            slot.1.pool(tally);
        }
    }
    // Where one city has all offices, the whole is that city.
    let cities = pools.keys().filter(|(below, _)| *below).count();
    if cities == 1 && offices.iter().all(|o| o.parent.is_some()) {
        pools.retain(|(below, _), _| *below);
    }
    pools.into_values().map(|(head, tally)| summary(head, &tally, names)).collect()
}
