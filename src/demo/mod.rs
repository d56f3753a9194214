//! A synthetic batch of an invented city, with planted defects that are listed in `planted.json`.
//! Must hold no real person, place or number, and must not read a rubric: what the rubrics see is said in the table of defects
//! and compared by tests.
//!
//! [`office`] says how each office keeps its records, [`cast`] makes its cases ([`shape`] → [`timeline`] → [`story`], then
//! [`defects`] and [`marks`]), [`mod@column`] and [`book`] write the register, [`dossier`] the papers in the
//! words of [`text`].

pub mod book;
pub mod cast;
pub mod changes;
pub mod column;
pub mod defect;
pub mod defects;
pub mod dossier;
pub mod draw;
pub mod firms;
pub mod flaw;
pub mod flaws;
pub mod indicators;
pub mod jpeg;
pub mod lock;
pub mod marks;
pub mod office;
pub mod opinions;
pub mod packed;
pub mod paper;
pub mod pdf;
pub mod person;
pub mod planted;
pub mod register;
pub mod reviewers;
pub mod scan;
pub mod shape;
pub mod slips;
pub mod story;
pub mod text;
pub mod timeline;
pub mod twins;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::base::text::Text;
use crate::reference::workdays::Calendar;
use crate::say;
use office::{Office, Store};
use planted::Planted;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Offices.
    pub offices: u32,
    /// Cases in scope over all offices.
    pub cases: u32,
    /// Seed.
    pub seed: u64,
    /// Dossiers as files too.
    pub files: bool,
    /// For a round of review: nothing is marked yet, and there are reviewers to draw cases for.
    pub round: bool,
    /// 指标.xlsx too.
    pub indicators: bool,
    /// The same batch later: papers that were lost are found and in their dossiers. What is late stays late.
    pub mended: bool,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Cases in scope.
    pub cases: u32,
    /// Entries of `planted.json`.
    pub planted: usize,
}

/// Most offices: ids have six digits.
pub const MOST_OFFICES: u32 = 1000;
/// Most cases: a register is one sheet at most.
pub const MOST_CASES: u32 = 900_000;

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder, or a number, is not one that can be used (exit code 2).
    #[error("{}", .0.en)]
    Refused(Text),
    /// The disk will not take it (exit code 4).
    #[error("could not write {}: {source}", path.display())]
    Unwritten {
        /// What was being written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl DemoError {
    /// In words.
    pub fn said(&self) -> Text {
        match self {
            Self::Refused(text) => text.clone(),
            Self::Unwritten { path, source } => {
                let path = path.display();
                say!("无法写入 {path}：{source}", "could not write {path}: {source}")
            }
        }
    }
}

impl DemoError {
    /// What a person asked for is named, not the place beside it.
    fn shown_in(self, batch: &Path, folder: &Path) -> Self {
        match self {
            Self::Unwritten { path, source } => {
                let path = path.strip_prefix(batch).map_or_else(|_| path.clone(), |inside| folder.join(inside));
                Self::Unwritten { path, source }
            }
            refused => refused,
        }
    }
}

fn unwritten(path: &Path) -> impl FnOnce(io::Error) -> DemoError + '_ {
    |source| DemoError::Unwritten { path: path.to_owned(), source }
}

/// Makes a batch in a folder that is missing or empty. A run cut short leaves nothing in its place.
///
/// # Errors
/// When the folder holds something, a number is too large, or the disk will not take it.
pub fn make(folder: &Path, ask: &Ask) -> Result<Made, DemoError> {
    refuse(folder, ask)?;
    placed(folder, |batch| fill(batch, ask))
}

/// Has a batch made beside its place, and puts it there when it is whole.
fn placed(folder: &Path, fill: impl FnOnce(&Path) -> Result<Made, DemoError>) -> Result<Made, DemoError> {
    let parent = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(unwritten(parent))?;
    let beside = tempfile::Builder::new().prefix(".juanping-demo-").tempdir_in(parent).map_err(unwritten(parent))?;
    // A folder inside, because the outer one is closed to everybody else.
    let batch = beside.path().join("batch");
    let made = fill(&batch).map_err(|e| e.shown_in(&batch, folder))?;
    if folder.exists() {
        fs::remove_dir(folder).map_err(unwritten(folder))?;
    }
    fs::rename(&batch, folder).map_err(unwritten(folder))?;
    Ok(made)
}

fn refuse(folder: &Path, ask: &Ask) -> Result<(), DemoError> {
    let Ask { offices, cases, .. } = *ask;
    if offices == 0 || offices > MOST_OFFICES || cases > MOST_CASES {
        return Err(DemoError::Refused(say!(
            "机构数应为 1 到 {MOST_OFFICES}，案件数不超过 {MOST_CASES}",
            "offices must be 1 to {MOST_OFFICES}, cases at most {MOST_CASES}"
        )));
    }
    empty(folder)
}

/// Refuses a folder that holds something.
fn empty(folder: &Path) -> Result<(), DemoError> {
    let shown = folder.display();
    match fs::read_dir(folder).map(Iterator::count) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(0) => Ok(()),
        Ok(_) => Err(DemoError::Refused(say!("{shown} 不是空文件夹，请换一个", "{shown} is not empty; choose another folder"))),
        Err(e) => Err(DemoError::Refused(say!("{shown} 不能用作文件夹：{e}", "{shown} cannot be used as a folder: {e}"))),
    }
}

/// Cases of each office: uneven, as in life, and together as many as asked for.
fn shares(offices: &[Office], cases: u32) -> Vec<u32> {
    let weights: Vec<u64> = offices.iter().map(|o| 8 + u64::from(o.index * 7 % 5)).collect();
    let whole: u64 = weights.iter().sum();
    let (mut before, mut given) = (0, 0);
    let mut shares = Vec::with_capacity(weights.len());
    for weight in weights {
        before += weight;
        let up_to = u32::try_from(u64::from(cases) * before / whole).unwrap_or(cases);
        shares.push(up_to - given);
        given = up_to;
    }
    shares
}

fn fill(batch: &Path, ask: &Ask) -> Result<Made, DemoError> {
    let mut offices = office::offices(ask.offices, ask.seed, ask.files);
    offices.iter_mut().for_each(|o| (o.marked, o.mended) = (!ask.round, ask.mended));
    let (calendar, mut tally, mut planted) = (Calendar::embedded(), cast::Tally::default(), Vec::new());
    fs::create_dir_all(batch).map_err(unwritten(batch))?;
    let settings = batch.join("audit.toml");
    fs::write(&settings, office::settings(&offices)).map_err(unwritten(&settings))?;
    if ask.round {
        for (name, text) in [("reviewers.toml", reviewers::settings(&offices)), ("draw.toml", reviewers::draw())] {
            let path = batch.join(name);
            fs::write(&path, text).map_err(unwritten(&path))?;
        }
    }
    for (office, cases) in offices.iter().zip(shares(&offices, ask.cases)) {
        let mut cast = cast::cast(office, cases, ask.seed, &calendar, &mut tally);
        one_office(&batch.join(&office.name), office, &mut cast)?;
        planted.append(&mut cast.planted);
    }
    if ask.indicators {
        let path = batch.join("指标.xlsx");
        planted.extend(indicators::write(&path, &offices, ask.seed).map_err(unwritten(&path))?);
    }
    let path = batch.join("planted.json");
    planted_file(&path, &planted).map_err(unwritten(&path))?;
    Ok(Made { cases: ask.cases, planted: planted.len() })
}

fn planted_file(path: &Path, planted: &[Planted]) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    planted::write(&mut file, planted)?;
    file.flush()
}

fn one_office(folder: &Path, office: &Office, cast: &mut cast::Cast) -> Result<(), DemoError> {
    fs::create_dir_all(folder).map_err(unwritten(folder))?;
    if office.store != Store::Paper {
        for story in cast.stories.iter_mut().filter(|s| !s.papers.is_empty()) {
            let dossier = folder.join("案卷").join(story.case_no());
            // What is registered of the files is known once they are there.
            let totals = dossier::write(&dossier, office, story).map_err(unwritten(&dossier))?;
            if office.totals {
                story.facts.insert("file_count", story::Cell::Number(totals.files));
                story.facts.insert("file_bytes", story::Cell::Number(totals.bytes));
            }
        }
    }
    let register = folder.join(register::file_name(office));
    register::write(&register, office, &cast.stories).map_err(unwritten(&register))?;
    if office.score_sheet && office.marked {
        let scores = folder.join("评分");
        fs::create_dir_all(&scores).map_err(unwritten(&scores))?;
        let scores = scores.join("评分表.xlsx");
        register::scores(&scores, office, &cast.stories).map_err(unwritten(&scores))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
