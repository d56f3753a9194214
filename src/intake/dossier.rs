//! Gives the files of dossiers to their cases: which case by the name of the folder, which document by the name of the file.
//! Must not open a file but `dossier.json` and archives of dossiers, and those not where the register says 密卷.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::archive::{self, is_zip};
use super::attach::attach;
use super::folder::{self, FileAt, Folder, dossier_of};
use super::join::Drafts;
use super::json::{self, Told};
use super::naming;
use super::office::{Asked, InputFile};
use super::rows::Record;
use super::tables;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::model::document::Evidence;
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
    /// System and temporary files in archives.
    pub junk: u64,
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
    let unpacked = unpack(batch, left, whose, drafts, asked, &mut given);
    let all: Vec<&FileAt> = left.iter().copied().filter(|f| !unpacked.opened.contains(&f.path)).chain(&unpacked.files).collect();
    // Each folder is looked at once, however many files it holds.
    let mut numbers: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for folder in all.iter().flat_map(|f| folders(&f.path)) {
        numbers.entry(folder).or_insert_with(|| number(called(folder), drafts));
    }
    let dossier = |f: &str| folder.dossiers.contains(f) || unpacked.dossiers.contains(f);
    let looks = |f: &str| numbers.get(f).is_some_and(Option::is_some) || (dossier(f) && !is_range(called(f)));
    let mut dossiers: BTreeMap<&str, Vec<&FileAt>> = BTreeMap::new();
    let mut loose: Vec<&FileAt> = Vec::new();
    for file in &all {
        match owner(&file.path, &looks, &numbers) {
            Some(path) => dossiers.entry(path).or_default().push(file),
            None => loose.push(file),
        }
    }
    secrets_first(batch, &dossiers, drafts, asked);
    for (path, files) in dossiers {
        one(batch, path, &files, whose, drafts, asked, &mut given);
    }
    let mut nameless: BTreeMap<&str, Vec<&FileAt>> = BTreeMap::new();
    for file in loose {
        if json::is_called(file.name()) {
            single_json(batch, file, whose, drafts, asked, &mut given);
            continue;
        }
        let (stem, _) = naming::split(file.name());
        let found = number(stem, drafts).and_then(|no| drafts.pick(&no, &file.path));
        let papers = dossier_of(&file.path, |f| folder.papers.contains(f) || unpacked.papers.contains(f));
        match (found, papers) {
            (Some(case), _) => {
                given.claimed.insert(file.path.clone());
                attach(batch, case, "", &[file], drafts, asked, &mut given);
            }
            (None, Some(path)) => nameless.entry(path).or_default().push(file),
            (None, None) => {
                let secret = file.path.split('/').any(|name| drafts.is_secret_name(name));
                given.files.push(input(file, None, secret));
                if file.packed.is_some() && tables::is_promised(file.name()) {
                    let path = &file.path;
                    let said = say!(
                        "{path} 在压缩包里，没有作登记表读取；请解压",
                        "{path} lies in an archive and was not read as a register; unpack it"
                    );
                    given.problems.push(Problem::new("P027", said, Place::file(path.as_str())));
                } else {
                    given.strays.push(Place::file(file.path.clone()));
                }
            }
        }
    }
    for (path, files) in nameless {
        given.unknown.push(Place::file(shown(path)));
        let secret = |f: &FileAt| f.path.split('/').any(|name| drafts.is_secret_name(name));
        given.files.extend(files.iter().map(|f| input(f, None, secret(f))));
    }
    for archive in &unpacked.opened {
        if given.claimed.iter().any(|c| c.strip_prefix(archive.as_str()).is_some_and(|rest| rest.starts_with('!'))) {
            given.claimed.insert(archive.clone());
        }
    }
    // Papers that could not be looked at may be there all the same.
    let unread = folder.problems.iter().flat_map(|p| &p.places).map(|p| p.origin.file.as_str());
    let unseen: Vec<&str> = unread.chain(unpacked.unseen.iter().map(String::as_str)).collect();
    drafts.mark_partial(&unseen);
    given
}

/// Archives of other kinds than .zip that are named like a case: its papers may be in them.
pub fn unread(paths: &[String], drafts: &mut Drafts<'_>) {
    for path in paths.iter().filter(|p| archive::is_archive(p)) {
        let case = number(path.rsplit('/').next().unwrap_or(path), drafts).and_then(|no| drafts.pick(&no, path));
        if let Some(draft) = case.and_then(|case| drafts.draft_mut(case)) {
            draft.partial = true;
            draft.dossier.get_or_insert_with(|| Place::file(path.as_str()));
        }
    }
}

/// The path of a folder or archive as people know it.
fn shown(path: &str) -> &str {
    path.strip_suffix('!').filter(|p| is_zip(p)).unwrap_or(path)
}

/// The name of a folder or archive, without the ending of an archive.
fn called(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix('!').and_then(|n| n.rsplit_once('.')).map_or(name, |(stem, _)| stem)
}

/// Whether a name is that of several cases: `〔2024〕1号至50号`, `〔2024〕1-50号`. A second volume is written `12号-2` or `12号（2）`.
fn is_range(name: &str) -> bool {
    let name = super::words::plain(name);
    let Some((_, rest)) = name.split_once(')') else { return false };
    let digits = |s: &str| s.trim_start_matches('第').trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    let after = digits(rest);
    let after = after.trim_start_matches('号');
    let Some(second) = after.strip_prefix(['至', '到', '-', '－', '~', '～', '—', '–', '、', ',']) else { return false };
    let second = second.trim_start_matches(['-', '—', '第']);
    let end = digits(second);
    end.len() < second.len() && end.starts_with('号')
}

/// The number of the one case that a name begins with.
fn number(name: &str, drafts: &Drafts<'_>) -> Option<String> {
    drafts.number_at_start(name).filter(|_| !is_range(name))
}

/// What the archives among some files hold.
#[derive(Default)]
struct Unpacked {
    files: Vec<FileAt>,
    /// Archives that were opened, or tried.
    opened: BTreeSet<String>,
    /// Folders in them that are dossiers by their look, and archives that are.
    dossiers: BTreeSet<String>,
    /// Archives with papers in no such folder.
    papers: BTreeSet<String>,
    /// Archives and files in them that were not seen.
    unseen: Vec<String>,
}

/// Opens the archives that may be for this office; never one of a 密卷.
fn unpack(batch: &Path, left: &[&FileAt], whose: Ownership, drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) -> Unpacked {
    let mut all = Unpacked::default();
    for file in left.iter().filter(|f| is_zip(f.name())) {
        let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
        let mut names = file.path.split('/').rev().skip(1).chain([stem]).filter(|name| !is_range(name));
        if names.any(|name| drafts.is_secret_name(name)) {
            continue;
        }
        let known = number(stem, drafts).is_some();
        let of = number(stem, drafts).and_then(|no| drafts.pick(&no, &file.path));
        if whose == Ownership::Shared && !known && folder::looks_like_number(stem) {
            continue;
        }
        all.opened.insert(file.path.clone());
        let top = format!("{}!", file.path);
        let listing = match archive::list(&batch.join(&file.path), &file.path, &asked.settings.limits) {
            Ok(listing) => listing,
            Err(problem) => {
                if whose == Ownership::Own || known {
                    given.problems.push(problem);
                    given.claimed.insert(file.path.clone());
                }
                // Whose it is can be told by its name, or by the folder it lies in.
                if let Some(draft) = of.and_then(|case| drafts.draft_mut(case)) {
                    draft.partial = true;
                    draft.dossier.get_or_insert_with(|| Place::file(file.path.clone()));
                }
                given.files.push(input(file, of, false));
                all.unseen.push(file.path.clone());
                continue;
            }
        };
        let secret = listing.files.iter().flat_map(|f| f.path[file.path.len()..].split('/')).any(|name| drafts.is_secret_name(name));
        given.files.push(input(file, of, secret));
        given.junk += listing.junk;
        if whose == Ownership::Own || known {
            given.problems.extend(listing.problems);
        }
        all.unseen.extend(listing.unseen);
        if folder::looks_like_number(stem) {
            all.dossiers.insert(top.clone());
        }
        for entry in &listing.files {
            let folders = entry.path[top.len()..].match_indices('/').skip(1).map(|(at, _)| &entry.path[..top.len() + at]);
            all.dossiers.extend(folders.filter(|f| folder::looks_like_number(called(f))).map(str::to_owned));
            let parent = entry.path.rsplit_once('/').map_or("", |(parent, _)| parent);
            if entry.name() == "dossier.json" {
                all.dossiers.insert(parent.to_owned());
            } else if !tables::is_promised(entry.name()) && !json::is_called(entry.name()) {
                all.papers.insert(parent.to_owned());
            }
        }
        all.files.extend(listing.files);
    }
    all
}

/// The folders and archives that a file lies in, from the outside in.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The dossier that a file lies in: the outermost folder that is one, but a folder of another registered number inside it, as in
/// 〔2024〕1号起/〔2024〕2号, is that case's.
fn owner<'p>(path: &'p str, looks: &dyn Fn(&str) -> bool, numbers: &BTreeMap<&str, Option<String>>) -> Option<&'p str> {
    let number = |folder: &str| numbers.get(folder).and_then(Option::as_ref);
    let outer = dossier_of(path, looks)?;
    let other = |folder: &&str| number(folder).is_some() && number(folder) != number(outer);
    Some(folders(path).filter(other).last().unwrap_or(outer))
}

/// A file as it is listed.
pub fn input(file: &FileAt, case: Option<u32>, secret: bool) -> InputFile {
    InputFile { path: file.path.clone(), bytes: file.bytes, case, secret, sha256: None }
}

/// Marks cases of several volumes of which one says 密卷, before any of them is looked at.
fn secrets_first(batch: &Path, dossiers: &BTreeMap<&str, Vec<&FileAt>>, drafts: &mut Drafts<'_>, asked: &Asked<'_>) {
    let mut volumes: BTreeMap<u32, (usize, Vec<&FileAt>)> = BTreeMap::new();
    for (path, files) in dossiers {
        let name = called(path);
        let case = drafts.number_at_start(name).and_then(|no| drafts.pick(&no, &stage_words(path, files)));
        let Some(case) = case else { continue };
        if drafts.is_secret_name(name)
            && let Some(draft) = drafts.draft_mut(case)
        {
            draft.secret = true;
        }
        let (count, telling) = volumes.entry(case).or_default();
        *count += 1;
        telling.extend(files.iter().filter(|f| f.name() == "dossier.json"));
    }
    for (case, (_, files)) in volumes.into_iter().filter(|(_, (count, _))| *count > 1) {
        let told = files.into_iter().filter_map(|f| tell(batch, f, asked, &mut Given::default()));
        let secret = told.into_iter().any(|t| drafts.is_secret(&t.entries));
        if let Some(draft) = drafts.draft_mut(case) {
            draft.secret |= secret;
        }
    }
}

/// One dossier folder or archive.
fn one(batch: &Path, path: &str, files: &[&FileAt], whose: Ownership, drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) {
    let name = called(path);
    let words = stage_words(path, files);
    let by_name = drafts.number_at_start(name).and_then(|no| drafts.pick(&no, &words));
    let secret = drafts.is_secret_name(name);
    let before = given.problems.len();
    // Volumes may each have their own.
    let telling = files.iter().filter(|f| f.name() == "dossier.json" && !secret);
    let told: Vec<Told> = telling.filter_map(|f| tell(batch, f, asked, given)).collect();
    let named = by_name.and_then(|i| drafts.draft(i)).map(|d| d.case_no.clone());
    let first = named.as_ref().or_else(|| told.iter().find_map(|t| t.case_no.as_ref())).cloned();
    if let (Some(told), Some(named)) = (told.iter().filter_map(|t| t.case_no.as_ref()).find(|no| Some(*no) != first.as_ref()), &first) {
        let said = say!(
            "{path} 应是 {named}，其中的 dossier.json 写的是 {told}，没有归入任何案件",
            "{path} should be {named} but its dossier.json says {told}; it was given to no case"
        );
        given.problems.truncate(before);
        given.problems.push(Problem::new("P023", said, Place::file(shown(path))));
        given.claimed.insert(path.to_owned());
        given.files.extend(files.iter().map(|f| input(f, None, secret)));
        return;
    }
    let mut case = by_name;
    for mut told in told {
        told.case_no = told.case_no.or_else(|| first.clone());
        if told.case_no.is_none() && folder::looks_like_number(name) {
            told.case_no = Some(crate::reference::identifiers::canonical_case_no(name));
        }
        case = take(told, case, whose, drafts, given);
        if case.is_none() {
            break;
        }
    }
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
                given.problems.push(Problem::new("P023", said, Place::file(shown(path))));
            } else {
                given.unknown.push(Place::file(shown(path)));
            }
            given.files.extend(files.iter().map(|f| input(f, None, secret)));
        }
        return;
    };
    given.claimed.insert(path.to_owned());
    if let Some(draft) = drafts.draft_mut(case) {
        draft.dossier.get_or_insert_with(|| Place::file(shown(path)));
        draft.roots.push(path.to_owned());
    }
    attach(batch, case, path, files, drafts, asked, given);
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
    let told = match archive::content(batch, file, &asked.settings.limits).and_then(|b| json::read(&b, &file.path, asked)) {
        Ok(read) => {
            given.problems.extend(read.problems);
            read.told
        }
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
    let read = archive::content(batch, file, &asked.settings.limits).and_then(|b| json::read(&b, &file.path, asked));
    let told = match read {
        Ok(read) => read.told,
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

#[cfg(test)]
mod tests {
    use super::{called, is_range};

    #[test]
    fn ranges_are_not_volumes() {
        for name in ["东岭援民〔2024〕1号至50号", "东岭援民(2024)1-50号", "〔2024〕第1号-第50号", "〔2024〕1号、2号"]
        {
            assert!(is_range(name), "{name}");
        }
        for name in
            ["东岭援民〔2024〕12号", "〔2024〕12号-2", "〔2024〕12号（2）", "〔2024〕12号-正卷", "〔2024〕12号 第二册", "2024年案卷"]
        {
            assert!(!is_range(name), "{name}");
        }
    }

    #[test]
    fn an_archive_is_called_without_its_ending() {
        assert_eq!(
            [called("a/〔2024〕1号.zip!"), called("a.zip!/案卷"), called("重要!"), called("a/b.c")],
            ["〔2024〕1号", "案卷", "重要!", "b.c"]
        );
    }
}
