//! Makes the papers that were asked for (制作文书): office by office, so that memory follows the largest one, each as a file of its own and
//! all of a form in print files. Must not open results or templates; it is given them, and a writer.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::docx::Template;
use super::fact::Facts;
use super::form::{Beside, Form, Maker, Paper};
use super::setting::Setting;
use crate::base::digest::sha256;
use crate::record::plan::Plan;
use crate::record::v1::{CaseRecord, Office, Results, Tool};
use crate::report::audience::Audience;
use crate::report::file_name;
use crate::report::target::{PAPER_LIST, PAPERS};
use crate::report::write::{Output, WriteError};

/// Papers in one print file: more of them make Word slow.
const VOLUME: usize = 1_000;
/// Papers printed at once, and bytes that these may take together.
const CHUNK: usize = 256;
const CHUNK_BYTES: usize = 64 << 20;

/// A form with the template that it is printed by.
pub struct Job<'a> {
    /// The form.
    pub form: &'static Form,
    /// Its template.
    pub template: Template,
    /// What its papers are made from.
    pub setting: &'a Setting<'a>,
}

/// Papers of one form as they are made.
struct Running<'a> {
    job: &'a Job<'a>,
    /// Papers that no print file has yet.
    waiting: Vec<Facts>,
    volumes: usize,
    count: u64,
    taken: BTreeSet<String>,
    beside: Option<Box<dyn Beside>>,
    /// Papers of a form that has files beside it; such forms have few.
    kept: Vec<Facts>,
}

/// Makes papers and writes them.
pub struct Press<'a> {
    output: &'a Output,
    setting: &'a Setting<'a>,
    audience: Audience,
    running: Vec<Running<'a>>,
    pool: rayon::ThreadPool,
    rooms: BTreeSet<String>,
    files: BTreeMap<String, String>,
}

/// How many papers of a form there are.
#[derive(Debug, Clone, Serialize)]
pub struct Made {
    /// Id of the form.
    pub form: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Whom it is for.
    pub audience: &'static str,
    /// Papers.
    pub papers: u64,
}

/// `文书清单.json`
#[derive(Debug, Serialize)]
struct List<'a> {
    format: u32,
    tool: Tool,
    papers: bool,
    draft: bool,
    /// Digits of the code of what they were made from.
    code: &'a str,
    forms: &'a [Made],
    /// Offices that papers were asked for; empty = all.
    offices: &'a [String],
    /// Ids of those that are made from the plan of a draw, of which there is no final version.
    plan_forms: Vec<&'static str>,
    /// Every file with its SHA-256.
    files: &'a BTreeMap<String, String>,
}

impl<'a> Press<'a> {
    /// Nothing made yet; what lies beside papers is written only where this audience may have it. Papers are printed by so many threads, 0 = one
    /// a core.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(
        output: &'a Output,
        setting: &'a Setting<'a>,
        jobs: &'a [Job<'a>],
        audience: Audience,
        threads: usize,
    ) -> Result<Self, WriteError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|e| output.failed("", std::io::Error::other(e)))?;
        let run = |job: &'a Job<'a>| Running {
            job,
            waiting: Vec::new(),
            volumes: 0,
            count: 0,
            taken: BTreeSet::new(),
            beside: job.form.beside.map(|make| make()),
            kept: Vec::new(),
        };
        Ok(Self {
            output,
            setting,
            audience,
            running: jobs.iter().map(run).collect(),
            pool,
            rooms: BTreeSet::new(),
            files: BTreeMap::new(),
        })
    }

    /// Makes what is made from the cases of an office.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn office(&mut self, results: &Results, office: &Office, cases: &[CaseRecord]) -> Result<(), WriteError> {
        for at in 0..self.running.len() {
            let Some(running) = self.running.get_mut(at) else { continue };
            if let Some(beside) = &mut running.beside {
                beside.office(results, office, cases);
            }
            if let Maker::Office(make) = running.job.form.maker {
                let papers = make(running.job.setting, results, office, cases);
                self.take(at, papers)?;
            }
        }
        Ok(())
    }

    /// Makes what is made from results as a whole.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn batch(&mut self, results: &Results) -> Result<(), WriteError> {
        for at in 0..self.running.len() {
            let Some(running) = self.running.get(at) else { continue };
            if let Maker::Batch(make) = running.job.form.maker {
                let mut papers = make(running.job.setting, results);
                if let Some(beside) = running.beside.as_ref() {
                    papers.iter_mut().for_each(|p| beside.add(results, &mut p.facts));
                }
                self.take(at, papers)?;
            }
        }
        Ok(())
    }

    /// Makes what is made from the plan of a draw.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn plan(&mut self, plan: &Plan) -> Result<(), WriteError> {
        for at in 0..self.running.len() {
            let Some(job) = self.running.get(at).map(|r| r.job) else { continue };
            if let Maker::Plan(make) = job.form.maker {
                self.take(at, make(job.setting, plan))?;
            }
        }
        Ok(())
    }

    /// Writes what is left, and the list of all files.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn finish(mut self, results: Option<&Results>, offices: &[String]) -> Result<Vec<Made>, WriteError> {
        for at in 0..self.running.len() {
            self.volume(at, true)?;
            let Some(running) = self.running.get_mut(at) else { continue };
            let (job, beside, kept) = (running.job, running.beside.take(), std::mem::take(&mut running.kept));
            let (Some(beside), Some(results)) = (beside, results) else { continue };
            let made = beside.finish(job.setting, results, &job.template, &kept);
            let made = made.map_err(|e| self.output.failed(job.form.title, std::io::Error::other(e)))?;
            let audience = self.audience;
            for (name, whom, bytes) in made.into_iter().filter(|(_, a, _)| *a >= audience) {
                // What fewer may see does not lie in the folder that is handed out.
                let apart = if whom < job.form.audience { format!("（{}）", whom.zh()) } else { String::new() };
                let path = format!("{PAPERS}/{}{apart}/{name}", job.form.title);
                self.write(path, &bytes)?;
            }
        }
        let made = |r: &Running<'_>| {
            let form = r.job.form;
            Made { form: form.id, title: form.title, audience: form.audience.zh(), papers: r.count }
        };
        let forms: Vec<Made> = self.running.iter().map(made).collect();
        let plans = self.running.iter().map(|r| r.job.form).filter(|f| matches!(f.maker, Maker::Plan(_))).map(|f| f.id).collect();
        let code = self.setting.common.value("校验码").map_or("", |f| f.text.as_str());
        let list = List {
            format: 1,
            tool: Tool::this(),
            papers: true,
            draft: self.setting.draft,
            code,
            forms: &forms,
            offices,
            plan_forms: plans,
            files: &self.files,
        };
        let text = serde_json::to_string_pretty(&list).map_err(|e| self.output.failed(PAPER_LIST, e.into()))?;
        self.output.room(PAPERS)?;
        self.output.whole(PAPER_LIST, format!("{text}\n").as_bytes())?;
        Ok(forms)
    }

    fn take(&mut self, at: usize, papers: Vec<Paper>) -> Result<(), WriteError> {
        let mut papers = papers.into_iter();
        loop {
            let size = self.running.get(at).map_or(1, |r| r.job.template.size().max(1));
            let chunk: Vec<Paper> = papers.by_ref().take((CHUNK_BYTES / size).clamp(1, CHUNK)).collect();
            let Some(running) = self.running.get_mut(at).filter(|_| !chunk.is_empty()) else { return Ok(()) };
            let (job, common) = (running.job, &running.job.setting.common);
            let (mut names, mut all) = (Vec::new(), Vec::new());
            for mut paper in chunk {
                paper.facts.and(common);
                names.push(running.name(&paper));
                all.push(paper.facts);
            }
            let print = |facts: &Facts| job.template.print(&[facts]);
            let printed: Vec<std::io::Result<Vec<u8>>> = self.pool.install(|| all.par_iter().map(print).collect());
            running.count += u64::try_from(all.len()).unwrap_or(u64::MAX);
            if running.beside.is_some() {
                running.kept.extend(all.iter().cloned());
            }
            running.waiting.append(&mut all);
            for (name, bytes) in names.into_iter().zip(printed) {
                let bytes = bytes.map_err(|e| self.output.failed(&name, e))?;
                self.write(name, &bytes)?;
            }
            self.volume(at, false)?;
        }
    }

    /// Writes print files: full ones, and at the end also what is left; a form of one paper needs none.
    fn volume(&mut self, at: usize, end: bool) -> Result<(), WriteError> {
        loop {
            let Some(running) = self.running.get_mut(at) else { return Ok(()) };
            let (n, title) = (running.waiting.len(), running.job.form.title);
            if n == 0 || (n <= VOLUME && !end) || (n == 1 && running.volumes == 0) {
                return Ok(());
            }
            let papers: Vec<Facts> = running.waiting.drain(..n.min(VOLUME)).collect();
            let only = running.volumes == 0 && running.waiting.is_empty();
            running.volumes += 1;
            let mark = if only { "合订".to_owned() } else { format!("合订第{}册", running.volumes) };
            let path = format!("{PAPERS}/{title}（{mark}）.docx");
            let bytes = running.job.template.print(&papers.iter().collect::<Vec<_>>()).map_err(|e| self.output.failed(&path, e))?;
            self.write(path, &bytes)?;
        }
    }

    fn write(&mut self, path: String, bytes: &[u8]) -> Result<(), WriteError> {
        let room = path.rsplit_once('/').map_or("", |(room, _)| room);
        if self.rooms.insert(room.to_owned()) {
            self.output.room(room)?;
        }
        self.output.whole(&path, bytes)?;
        self.files.insert(path, sha256(bytes));
        Ok(())
    }
}

impl Running<'_> {
    /// The path of a paper; one of a name that was there already gets a number.
    fn name(&mut self, paper: &Paper) -> String {
        let folder = match &paper.office {
            Some(office) => format!("{PAPERS}/{}/{}", self.job.form.title, file_name::stem(office)),
            None => format!("{PAPERS}/{}", self.job.form.title),
        };
        let numbered = (1..).map(|n: u32| if n == 1 { paper.name.clone() } else { format!("{}（{n}）", paper.name) });
        let mut paths = numbered.map(|name| format!("{folder}/{}.docx", file_name::stem(&name)));
        let path = paths.find(|p| !self.taken.contains(p)).unwrap_or_default();
        self.taken.insert(path.clone());
        path
    }
}
