//! Makes documents of the files of a dossier: which one by the name of the file or of the folders it lies in; pictures with page
//! numbers are pages of one paper. Must not open a file but a 卷内目录 that is a spreadsheet, and that not of a 密卷.

use std::collections::BTreeMap;
use std::path::Path;

use super::dossier::{Given, input};
use super::folder::FileAt;
use super::join::Drafts;
use super::naming::{self, Named};
use super::office::Asked;
use super::{archive, listing, tables};
use crate::base::place::Place;
use crate::model::document::{Document, Statement};
use crate::model::inside::{CaseFile, Role};
use crate::model::vocabulary::DocumentId;
use crate::reference::identifiers::canonical_case_no;

/// Gives files to a case; `dossier` is the path of the folder or archive they come from, empty for a single file.
pub fn attach(batch: &Path, case: u32, dossier: &str, files: &[&FileAt], drafts: &mut Drafts<'_>, asked: &Asked<'_>, given: &mut Given) {
    let secret = drafts.draft(case).is_some_and(|d| d.secret);
    let number = drafts.draft(case).map(|d| d.case_no.clone()).unwrap_or_default();
    let mut papers: BTreeMap<(String, String), Document> = BTreeMap::new();
    let (mut lines, mut lists, mut own) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        given.files.push(input(file, Some(case), secret));
        if secret {
            continue;
        }
        if let Some(role) = aside(file.name()) {
            own.push(case_file(file, None, role));
            continue;
        }
        if archive::is_archive(file.name()) && file.packed.is_none() {
            given.problems.push(archive::unknown(&file.path));
            drafts.draft_mut(case).into_iter().for_each(|d| d.partial = true);
            own.push(case_file(file, None, Role::Paper));
            continue;
        }
        let list = listing::is_called(file.name());
        if list && tables::is_promised(file.name()) {
            let read = archive::content(batch, file, &asked.settings.limits).and_then(|bytes| listing::read(bytes, &file.path, asked));
            match read {
                Ok(mut read) => {
                    lines.append(&mut read.lines);
                    given.problems.append(&mut read.problems);
                }
                Err(problem) => given.problems.push(problem),
            }
        }
        let (folder, mut named) = name(file, dossier, &number, asked);
        if list {
            named.kind = named.kind.or_else(|| asked.words.document("卷内文件目录"));
            lists.push(file.path.clone());
        }
        let role = if list && tables::is_promised(file.name()) { Role::List } else { Role::Paper };
        own.push(case_file(file, named.kind, role));
        let paper = papers.entry((folder, named.key)).or_insert_with(|| Document {
            kind: named.kind,
            title: file.name().into(),
            statement: Statement::File,
            place: Place::file(file.path.clone()),
            bytes: 0,
        });
        paper.bytes += file.bytes;
    }
    let unnamed = papers.values().filter(|p| p.kind.is_none() && !lists.contains(&p.place.origin.file));
    given.unnamed.extend(unnamed.map(|p| p.place.clone()));
    if let Some(draft) = drafts.draft_mut(case) {
        draft.documents.extend(papers.into_values());
        draft.documents.append(&mut lines);
        draft.files.append(&mut own);
    }
}

/// What a file is for that is no paper.
fn aside(name: &str) -> Option<Role> {
    let lower = name.to_lowercase();
    let listed = ["哈希", "校验", "摘要清单", "sha256", "sm3", "manifest"].iter().any(|w| lower.contains(w));
    let plain = [".txt", ".csv", ".sha256", ".sm3"].iter().any(|e| lower.ends_with(e)) || lower == "sha256sums" || lower == "sm3sums";
    match name {
        "dossier.json" => Some(Role::Record),
        _ if listed && plain => Some(Role::Manifest),
        _ => None,
    }
}

fn case_file(file: &FileAt, kind: Option<DocumentId>, role: Role) -> CaseFile {
    CaseFile { place: Place::file(file.path.clone()), bytes: file.bytes, kind, role, packed: file.packed, inside: None }
}

/// The folder a paper lies in and what its name says; `会见笔录/1.jpg` is told by its folder, `〔2024〕12号申请表.pdf` without its number.
fn name(file: &FileAt, dossier: &str, number: &str, asked: &Asked<'_>) -> (String, Named) {
    let within = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = naming::read(file.name(), asked.words);
    if named.kind.is_some() {
        return (within.to_owned(), named);
    }
    if dossier.is_empty() {
        let rest = canonical_case_no(file.name()).strip_prefix(number.trim_end_matches('号')).map(str::to_owned);
        let rest = rest.map(|r| r.trim_start_matches(['号', ' ', '_', '-']).to_owned()).unwrap_or_default();
        return (within.to_owned(), Named { kind: naming::read(&rest, asked.words).kind, key: named.key });
    }
    // From the inside out; the outer ones must be called exactly like a document, for 申请审批卷 is no 申请审批表.
    let folders = within.strip_prefix(dossier).unwrap_or("").trim_start_matches('/');
    for (i, folder) in folders.rsplit('/').filter(|f| !f.is_empty()).enumerate() {
        let exact = || asked.words.document(folder).or_else(|| asked.words.document(&naming::stem(folder)));
        let kind = if i == 0 { naming::read(folder, asked.words).kind } else { exact() };
        if kind.is_some() {
            let end = within.len() - folders.len()
                + folders.match_indices('/').map(|(at, _)| at).rev().nth(i.wrapping_sub(1)).unwrap_or(folders.len());
            return (within[..end].to_owned(), Named { kind, key: String::new() });
        }
    }
    (within.to_owned(), named)
}
