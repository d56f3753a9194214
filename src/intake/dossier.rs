//! Gives the files of dossiers to their cases: which case by the name of the folder, which document by the name of the file.
//! Must not open a file but `dossier.json`, and that not where the register says 密卷.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::folder::{FileAt, Folder, dossier_of};
use super::join::Drafts;
use super::json::{self, Told};
use super::naming::{self, Named};
use super::office::{Asked, InputFile};
use super::register::bytes_of;
use super::rows::Record;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::model::document::{Document, Evidence, Statement};
use crate::say;

/// What became of the dossiers of one folder.
#[derive(Debug, Default)]
pub struct Given {
    /// Every file that lies in a dossier or belongs to a case.
    pub files: Vec<InputFile>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Files in dossiers whose names tell no document.
    pub unnamed: Vec<Place>,
    /// Files that belong to no case.
    pub strays: Vec<Place>,
    /// Dossiers of no registered case.
    pub unknown: Vec<Place>,
    /// Cases that only a dossier tells of.
    pub dossier_only: u64,
    /// Dossiers (by folder or file) that found their case.
    pub claimed: BTreeSet<String>,
}

/// Whose dossiers these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// Of this office: what matches no case is said.
    Own,
    /// Perhaps of others: what matches no case here is left to them.
    Shared,
}

/// Gives out the files of a folder that were not read as tables (`left`).
pub fn give(batch: &Path, folder: &Folder, left: &[&FileAt], whose: Ownership, drafts: &mut Drafts<'_>, asked: &Asked<'_>) -> Given {
    let mut given = Given::default();
    let mut dossiers: BTreeMap<&str, Vec<&FileAt>> = BTreeMap::new();
    let mut loose: Vec<&FileAt> = Vec::new();
    for file in left {
        let named = |path: &str| drafts.number_at_start(path.rsplit('/').next().unwrap_or(path)).is_some();
        match dossier_of(&file.path, |f| folder.dossiers.contains(f) || named(f)) {
            Some(path) => dossiers.entry(path).or_default().push(file),
            None => loose.push(file),
        }
    }
    for (path, files) in dossiers {
        one(batch, path, &files, whose, drafts, asked, &mut given);
    }
    let mut nameless: BTreeMap<&str, Vec<&FileAt>> = BTreeMap::new();
    for file in loose {
        if file.name().to_ascii_lowercase().ends_with(".json") {
            single_json(batch, file, whose, drafts, asked, &mut given);
            continue;
        }
        let (stem, _) = naming::split(file.name());
        let found = drafts.number_at_start(stem).and_then(|no| drafts.pick(&no, &file.path));
        let papers = dossier_of(&file.path, |f| folder.papers.contains(f));
        match (found, papers) {
            (Some(case), _) => {
                given.claimed.insert(file.path.clone());
                attach(case, "", &[file], drafts, asked, &mut given);
            }
            (None, Some(path)) => nameless.entry(path).or_default().push(file),
            (None, None) => {
                given.files.push(input(file, None, false));
                given.strays.push(Place::file(file.path.clone()));
            }
        }
    }
    for (path, files) in nameless {
        given.unknown.push(Place::file(path));
        given.files.extend(files.iter().map(|f| input(f, None, false)));
    }
    given
}

fn input(file: &FileAt, case: Option<u32>, secret: bool) -> InputFile {
    InputFile { path: file.path.clone(), bytes: file.bytes, case, secret, sha256: None }
}

/// One dossier folder.
fn one(batch: &Path, path: &str, files: &[&FileAt], whose: Ownership, drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let words = stage_words(path, files);
    let by_name = drafts.number_at_start(name).and_then(|no| drafts.pick(&no, &words));
    let told_in = format!("{path}/dossier.json");
    let secret = by_name.and_then(|i| drafts.draft(i)).is_some_and(|d| d.secret);
    let before = given.problems.len();
    let told = files.iter().find(|f| f.path == told_in).filter(|_| !secret).and_then(|f| tell(batch, f, asked, given));
    let named = by_name.and_then(|i| drafts.draft(i)).map(|d| d.case_no.clone());
    if let (Some(told), Some(named)) = (told.as_ref().and_then(|t| t.case_no.as_ref()), &named)
        && told != named
    {
        let said = say!(
            "{path} 的文件夹名是 {named}，其中的 dossier.json 写的是 {told}，没有归入任何案件",
            "the folder {path} is named {named} but its dossier.json says {told}; it was given to no case"
        );
        given.problems.truncate(before);
        given.problems.push(Problem::new("P023", said, Place::file(path)));
        given.claimed.insert(path.to_owned());
        given.files.extend(files.iter().map(|f| input(f, None, false)));
        return;
    }
    let case = match told {
        Some(mut told) => {
            told.case_no = told.case_no.or(named);
            if told.case_no.is_none() && super::folder::looks_like_number(name) {
                told.case_no = Some(crate::reference::identifiers::canonical_case_no(name));
            }
            take(told, by_name, whose, drafts, given)
        }
        None => by_name,
    };
    let Some(case) = case else {
        // What is wrong with another office's dossier is not this one's to tell.
        if whose == Ownership::Shared {
            given.problems.truncate(before);
        }
        if whose == Ownership::Own {
            let several = drafts.number_at_start(name).is_some();
            if several {
                let said = say!(
                    "{path} 的案号有几个阶段的案卷，文件夹名没有写明是哪个阶段",
                    "{path}: this number has several stages, and the folder does not say which"
                );
                given.problems.push(Problem::new("P023", said, Place::file(path)));
            } else {
                given.unknown.push(Place::file(path));
            }
            given.files.extend(files.iter().map(|f| input(f, None, false)));
        }
        return;
    };
    given.claimed.insert(path.to_owned());
    if let Some(draft) = drafts.draft_mut(case) {
        draft.dossier.get_or_insert_with(|| Place::file(path));
    }
    attach(case, path, files, drafts, asked, given);
}

/// Everything in a path that may name a stage.
fn stage_words(path: &str, files: &[&FileAt]) -> String {
    let within = files.iter().filter_map(|f| f.path.strip_prefix(path)?.trim_start_matches('/').split_once('/')).map(|(folder, _)| folder);
    let folders: BTreeSet<&str> = within.collect();
    let only = if folders.len() == 1 { folders.into_iter().next().unwrap_or_default() } else { "" };
    format!("{path} {only}")
}

/// A `.json` outside any dossier: a case of its own.
fn single_json(batch: &Path, file: &FileAt, whose: Ownership, drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) {
    let before = given.problems.len();
    let told = match bytes_of(&batch.join(&file.path), &file.path, asked.settings.limits.max_bytes)
        .and_then(|b| json::read(&b, &file.path, asked))
    {
        Ok(told) => told,
        Err(problem) => {
            given.problems.push(problem);
            given.files.push(input(file, None, false));
            return;
        }
    };
    let (stem, _) = file.name().rsplit_once('.').unwrap_or((file.name(), ""));
    let alone = told.len() == 1;
    let mut case = None;
    for mut one in told {
        given.problems.append(&mut one.problems);
        if one.case_no.is_none() && alone && super::folder::looks_like_number(stem) {
            one.case_no = Some(crate::reference::identifiers::canonical_case_no(stem));
        }
        let place = one.place.clone();
        match take(one, None, whose, drafts, given) {
            Some(index) => {
                given.claimed.insert(file.path.clone());
                case = Some(index).filter(|_| alone);
                if let Some(draft) = drafts.draft_mut(index) {
                    draft.dossier = draft.dossier.take().or(place);
                }
            }
            None if whose == Ownership::Own => given.unknown.extend(place),
            None => {}
        }
    }
    if whose == Ownership::Shared && !given.claimed.contains(&file.path) {
        given.problems.truncate(before);
    }
    let secret = case.and_then(|i| drafts.draft(i)).is_some_and(|d| d.secret);
    given.files.push(input(file, case, secret));
}

/// Reads a `dossier.json`.
fn tell(batch: &Path, file: &FileAt, asked: &Asked<'_>, given: &mut Given) -> Option<Told> {
    let read =
        bytes_of(&batch.join(&file.path), &file.path, asked.settings.limits.max_bytes).and_then(|b| json::read(&b, &file.path, asked));
    let told = match read {
        Ok(told) => told,
        Err(problem) => {
            given.problems.push(problem);
            return None;
        }
    };
    let path = &file.path;
    let Ok([mut told]) = <[Told; 1]>::try_from(told) else {
        given.problems.push(Problem::new("P008", say!("{path} 应只有一个案件", "{path} must hold one case"), Place::file(path.clone())));
        return None;
    };
    given.problems.append(&mut told.problems);
    Some(told)
}

/// Joins what a JSON says to its case, or makes one of it.
fn take(told: Told, by_name: Option<u32>, whose: Ownership, drafts: &mut Drafts<'_>, given: &mut Given) -> Option<u32> {
    let evidence = told.evidence;
    let (case_no, home) = (told.case_no?, told.place?);
    let record =
        Record { case_no, numberless: false, merged: false, entries: told.entries, documents: told.documents, marks: Vec::new(), home };
    // A dossier need not name its stage: its folder may, or there is only one case it can belong to.
    let fitting = drafts.fitting(&record);
    let index = match (fitting.as_slice(), by_name.filter(|i| fitting.contains(i))) {
        (_, Some(index)) => index,
        ([one], None) => *one,
        ([], None) if whose == Ownership::Shared => return None,
        ([], None) => {
            given.dossier_only += 1;
            let index = drafts.add(record).0;
            mark(drafts, index, evidence);
            return Some(index);
        }
        _ => {
            let (place, no) = (record.home, record.case_no);
            let said = say!("{no} 有几个阶段的案卷，这里没有写明是哪个阶段", "{no} has several stages, and this does not say which");
            given.problems.push(Problem::new("P023", said, place));
            return None;
        }
    };
    drafts.extend(index, record);
    mark(drafts, index, evidence);
    Some(index)
}

fn mark(drafts: &mut Drafts<'_>, index: u32, evidence: Option<Evidence>) {
    if let Some(draft) = drafts.draft_mut(index) {
        draft.evidence = draft.evidence.or(evidence);
    }
}

/// Makes documents of files: pictures with page numbers are pages of one paper.
fn attach(case: u32, dossier: &str, files: &[&FileAt], drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) {
    let secret = drafts.draft(case).is_some_and(|d| d.secret);
    let number = drafts.draft(case).map(|d| d.case_no.clone()).unwrap_or_default();
    let mut papers: BTreeMap<(String, String), Document> = BTreeMap::new();
    for file in files {
        given.files.push(input(file, Some(case), secret));
        if file.name() == "dossier.json" || secret {
            continue;
        }
        let (folder, named) = name(file, dossier, &number, asked);
        let paper = papers.entry((folder, named.key)).or_insert_with(|| Document {
            kind: named.kind,
            title: file.name().into(),
            statement: Statement::File,
            place: Place::file(file.path.clone()),
            bytes: 0,
        });
        paper.bytes += file.bytes;
    }
    given.unnamed.extend(papers.values().filter(|p| p.kind.is_none()).map(|p| p.place.clone()));
    if let Some(draft) = drafts.draft_mut(case) {
        draft.documents.extend(papers.into_values());
    }
}

/// The folder a paper lies in and what its name says; `会见笔录/1.jpg` is told by its folder, `〔2024〕12号申请表.pdf` without its number.
fn name(file: &FileAt, dossier: &str, number: &str, asked: &Asked<'_>) -> (String, Named) {
    let within = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = naming::read(file.name(), asked.words);
    if named.kind.is_some() {
        return (within.to_owned(), named);
    }
    if dossier.is_empty() {
        let rest =
            crate::reference::identifiers::canonical_case_no(file.name()).strip_prefix(number.trim_end_matches('号')).map(str::to_owned);
        let rest = rest.map(|r| r.trim_start_matches(['号', ' ', '_', '-']).to_owned()).unwrap_or_default();
        return (within.to_owned(), Named { kind: naming::read(&rest, asked.words).kind, key: named.key });
    }
    let folder = within.strip_prefix(dossier).unwrap_or("").rsplit('/').next().unwrap_or("");
    match naming::read(folder, asked.words).kind {
        Some(kind) => (within.to_owned(), Named { kind: Some(kind), key: String::new() }),
        None => (within.to_owned(), named),
    }
}
