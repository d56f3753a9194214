//! Which papers each case in scope needs by its rubric, for `init`: the rows and columns of a 卷内材料登记表.
//! Must not grade, or say whether a paper is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::choose::{Choice, choose};
use super::run::{Reading, RunError};
use super::standard;
use crate::base::problem::Problem;
use crate::intake::find::{self, OfficePlan, Shared};
use crate::intake::office::{self, Asked, OfficeIntake};
use crate::intake::settings::Settings;
use crate::intake::words::{Words, plain};
use crate::model::case::Case;
use crate::model::condition::Answer;
use crate::model::known;
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};
use crate::rubric::Rubrics;
use crate::say;

/// A case in scope.
#[derive(Debug)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// Index of its rubric; `None` where its type does not tell.
    pub rubric: Option<usize>,
    /// Whether each document is asked for; what is not named here is not asked for.
    pub asked: BTreeMap<DocumentId, Answer>,
}

/// What a register came to.
#[derive(Debug)]
pub struct Papers {
    /// The settings in use.
    pub settings: Settings,
    /// Rubrics.
    pub rubrics: Rubrics,
    /// Fields and documents.
    pub vocabulary: Vocabulary,
    /// Cases in scope, office by office, sorted.
    pub cases: Vec<Listed>,
    /// How many cases were read, in scope or not.
    pub read: usize,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
}

impl Papers {
    /// A short heading where it is understood, else the title of the field.
    pub fn heading(&self, field: &str, short: &str) -> String {
        let words = Words::new(&self.vocabulary, &self.settings);
        match self.vocabulary.field_id(field) {
            Some(id) if words.field(short) != Some(id) => self.vocabulary.field(id).title.clone(),
            _ => short.to_owned(),
        }
    }
}

/// Reads a register file, or a folder of registers, with the nearest settings: those of `home`, else those above `from`.
///
/// # Errors
/// Every mistake in rubrics and settings, or a register that is not there.
pub fn papers(from: &Path, home: &Path, rubrics: &[String]) -> Result<Papers, RunError> {
    if !from.exists() {
        let path = from.display();
        return Err(RunError::Usage(say!("找不到 {path}，请核对写法和当前所在的位置", "no {path}; check its spelling and where you are")));
    }
    let whole = std::path::absolute(from).unwrap_or_else(|_| from.to_owned());
    let path = nearest(home, &whole).unwrap_or_else(|| home.join("audit.toml"));
    let base = path.parent().unwrap_or(home).to_owned();
    let (settings, rubrics, vocabulary) = standard::load(&path, rubrics, &base)?;
    let reading = Reading::new(&settings, &rubrics, &vocabulary, None);
    let read = reading.asked(&settings, &rubrics, &vocabulary, |asked| read(&whole, &base, asked));
    let (mut cases, mut problems, mut count) = (Vec::new(), Vec::new(), 0);
    // A column that is there and blank says that there was none; a column that is not there says nothing.
    let fields: BTreeSet<FieldId> = read.iter().flat_map(|o| &o.cases).flat_map(|c| &c.entries).map(|e| e.field).collect();
    for mut office in read {
        problems.append(&mut office.problems);
        count += office.cases.len();
        for (case, out) in office.cases.into_iter().zip(office.out) {
            if out.is_none() {
                cases.extend(listed(&rubrics, case, &|field| fields.contains(&field)));
            }
        }
    }
    Ok(Papers { settings, rubrics, vocabulary, cases, read: count, problems })
}

/// The settings of the new folder, else the nearest above the register, else those above the new folder.
fn nearest(home: &Path, from: &Path) -> Option<PathBuf> {
    let above = from.ancestors().map(|folder| folder.join("audit.toml"));
    std::iter::once(home.join("audit.toml")).chain(above).find(|path| path.is_file()).or_else(|| above_of(home))
}

/// The nearest settings in a folder above this one.
pub fn above_of(home: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(home).ok()?;
    whole.ancestors().skip(1).map(|folder| folder.join("audit.toml")).find(|path| path.is_file())
}

fn listed(rubrics: &Rubrics, case: Case, recorded: &dyn Fn(FieldId) -> bool) -> Option<Listed> {
    let rubric = match choose(rubrics, &case) {
        Choice::Rubric(rubric) => Some(rubric),
        Choice::Unclear(_) => None,
        Choice::None | Choice::Two(..) => return None,
    };
    let mut asked = BTreeMap::new();
    let mut add = |(document, answer): (DocumentId, Answer)| {
        let slot = asked.entry(document).or_insert(answer);
        *slot = answer.max(*slot);
    };
    match rubric {
        Some(rubric) => rubrics.list[rubric].criteria.iter().flat_map(|c| c.asked(&case, recorded)).for_each(&mut add),
        // Of an unclear type any rubric may be asked, and none for certain.
        None => {
            let all = rubrics.list.iter().flat_map(|r| &r.criteria).flat_map(|c| c.asked(&case, recorded));
            all.for_each(|(document, answer)| add((document, answer.min(Answer::Unknown))));
        }
    }
    Some(Listed { case, rubric, asked })
}

/// The cases of a file or folder, office by office.
fn read(from: &Path, base: &Path, asked: &Asked<'_>) -> Vec<OfficeIntake> {
    if from.is_dir() {
        return folder(from, base, asked);
    }
    let (Some(batch), Some(name)) = (from.parent(), from.file_name().and_then(|n| n.to_str())) else { return Vec::new() };
    let plan = OfficePlan { batch: batch.to_owned(), ..OfficePlan::default() };
    let whole = office::read_file(&plan, name, asked);
    let field = asked.vocabulary.field_id(known::OFFICE);
    // Rows of two offices with one number have been joined here, so the names that were not used count too.
    let entries = whole.cases.iter().flat_map(|c| c.entries.iter().chain(&c.overruled));
    let names: BTreeSet<String> = entries.filter(|e| Some(e.field) == field).map(|e| plain(&e.raw)).filter(|n| !n.is_empty()).collect();
    if names.len() < 2 {
        return vec![whole];
    }
    // Two offices may use one number: each is read for itself, and what names no office stands with the first.
    let mut seen = BTreeSet::new();
    let one = |name: String| {
        let plan = OfficePlan { names: BTreeSet::from([name.clone()]), ..plan.clone() };
        let mut office = office::read_file(&plan, from.file_name().and_then(|n| n.to_str()).unwrap_or_default(), asked);
        let fresh: Vec<bool> = office.cases.iter().map(|c| seen.insert(c.home.clone())).collect();
        let mut keep = fresh.iter();
        office.cases.retain(|_| keep.next().copied().unwrap_or(true));
        let mut keep = fresh.iter();
        office.out.retain(|_| keep.next().copied().unwrap_or(true));
        office.problems.clear();
        office
    };
    let mut offices: Vec<OfficeIntake> = names.into_iter().map(one).collect();
    if let Some(first) = offices.first_mut() {
        first.problems = whole.problems;
    }
    offices
}

/// A folder: the offices of the batch that lie in it, else offices as they are found.
fn folder(from: &Path, base: &Path, asked: &Asked<'_>) -> Vec<OfficeIntake> {
    let base = std::path::absolute(base).unwrap_or_else(|_| base.to_owned());
    let within = from.strip_prefix(&base).ok().and_then(|p| {
        let parts: Option<Vec<&str>> = p.components().map(|c| if let Component::Normal(n) = c { n.to_str() } else { None }).collect();
        parts.map(|p| p.join("/"))
    });
    if let (Some(_), Some(within)) = (&asked.settings.path, within) {
        let mut plan = find::plan(&base, asked);
        let inside = |folder: &String| {
            let below = |a: &str, b: &str| b.is_empty() || a == b || a.strip_prefix(b).is_some_and(|rest| rest.starts_with('/'));
            below(folder, &within) || below(&within, folder)
        };
        if !within.is_empty() {
            plan.offices.retain(|o| o.folders.iter().any(inside));
        }
        if !plan.offices.is_empty() {
            return every(&plan.offices, &plan.shared, plan.problems, asked);
        }
    }
    let alone = Settings { offices: Vec::new(), ..asked.settings.clone() };
    let asked = Asked { settings: &alone, ..*asked };
    let plan = find::plan(from, &asked);
    every(&plan.offices, &plan.shared, plan.problems, &asked)
}

fn every(offices: &[OfficePlan], shared: &Shared, problems: Vec<Problem>, asked: &Asked<'_>) -> Vec<OfficeIntake> {
    let told = OfficeIntake { problems, ..OfficeIntake::default() };
    std::iter::once(told).chain(offices.iter().map(|o| office::read(o, shared, asked))).collect()
}
