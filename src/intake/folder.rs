//! Walks one folder and sorts its files: those outside dossiers, and dossiers with all that lies in them.
//! Must not open files, follow symbolic links or know case numbers that registers give.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::WalkDir;

use super::naming;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::reference::identifiers::canonical_case_no;
use crate::say;

pub use crate::model::inside::Packed;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileAt {
    /// Path in the batch, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// Where it lies in an archive, if it does.
    pub packed: Option<Packed>,
}

impl FileAt {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// What lies in a folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// Files, sorted by path.
    pub files: Vec<FileAt>,
    /// Folders that are dossiers by their look: named like a case number, or with a `dossier.json`.
    pub dossiers: BTreeSet<String>,
    /// Folders with more papers than tables right inside: dossiers under a name that tells nothing, or papers beside a register.
    pub papers: BTreeSet<String>,
    /// System and temporary files skipped.
    pub junk: Vec<String>,
    /// Folders that could not be read, names that are no text.
    pub problems: Vec<Problem>,
}

impl Folder {
    /// What a walk of `within`, leaving out the folders in `skip`, would have given.
    pub fn part(&self, within: &str, skip: &BTreeSet<String>) -> Self {
        let below = |path: &str| within.is_empty() || path.strip_prefix(within).is_some_and(|rest| rest.starts_with('/'));
        let out = |path: &str| skip.contains(path) || path.match_indices('/').any(|(at, _)| skip.contains(&path[..at]));
        let has = |path: &str| below(path) && (skip.is_empty() || !out(path));
        // A folder that could not be opened is told where its own files are.
        let own = |p: &&Problem| p.places.first().is_some_and(|p| has(&p.origin.file) || (!within.is_empty() && p.origin.file == within));
        Self {
            files: self.files.iter().filter(|f| has(&f.path)).cloned().collect(),
            dossiers: self.dossiers.iter().filter(|f| has(f)).cloned().collect(),
            papers: self.papers.iter().filter(|f| has(f)).cloned().collect(),
            junk: self.junk.iter().filter(|f| has(f)).cloned().collect(),
            problems: self.problems.iter().filter(own).cloned().collect(),
        }
    }
}

/// Whether a file is left by the system or by a program that has a document open.
pub fn is_junk(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["~$", ".~", "._"].iter().any(|p| lower.starts_with(p))
        || matches!(lower.as_str(), "thumbs.db" | ".ds_store" | "desktop.ini" | "__macosx" | "ehthumbs.db")
        || [".tmp", ".crdownload", ".part"].iter().any(|e| lower.ends_with(e))
}

/// Files at the top of a batch that are never registers or papers.
pub fn is_reserved(path: &str) -> bool {
    matches!(path, "audit.toml" | "抽卷方案.json" | "draw.toml" | "reviewers.toml" | "planted.json" | "指标.xlsx")
}

/// Whether a name looks like a case number: a year in brackets and a number after it.
pub fn looks_like_number(name: &str) -> bool {
    let name = canonical_case_no(name);
    name.match_indices('〔').any(|(at, open)| {
        let rest = &name[at + open.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && rest[digits..].strip_prefix('〕').is_some_and(|r| r.contains(|c: char| c.is_ascii_digit()))
    })
}

/// Walks `within` (a path in the batch, empty for the batch itself), leaving out the folders in `skip`.
pub fn walk(batch: &Path, within: &str, skip: &BTreeSet<String>) -> Folder {
    let mut folder = Folder::default();
    let root = if within.is_empty() { batch.to_owned() } else { batch.join(within) };
    let mut walker = WalkDir::new(&root).follow_links(false).sort_by_file_name().into_iter();
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                folder.problems.push(unreadable(&error, batch));
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let Some(path) = relative(entry.path(), batch) else {
            let shown = entry.path().strip_prefix(batch).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            let said = say!("{shown} 的名称不是有效文字，没有读取", "the name of {shown} is not valid text; it was not read");
            folder.problems.push(Problem::new("P021", said, Place::file(shown)));
            if entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
            continue;
        };
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        if is_junk(&name) {
            if entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
            folder.junk.push(path);
            continue;
        }
        if entry.file_type().is_dir() {
            if skip.contains(&path) {
                walker.skip_current_dir();
            } else if looks_like_number(&name) {
                folder.dossiers.insert(path);
            }
            continue;
        }
        if entry.file_type().is_symlink() && !skip.contains(&path) {
            let said = say!(
                "{path} 是指向别处的链接，没有读取；请把所指的文件或文件夹复制到这里",
                "{path} is a link to another place and was not read; copy what it points to"
            );
            folder.problems.push(Problem::new("P020", said, Place::file(path)));
            continue;
        }
        if !entry.file_type().is_file() || is_reserved(&path) {
            continue;
        }
        if let Some((parent, _)) = path.rsplit_once('/').filter(|(p, _)| *p != within) {
            if name == "dossier.json" {
                folder.dossiers.insert(parent.to_owned());
            }
            if !kinds.contains_key(parent) {
                kinds.insert(parent.to_owned(), (0, 0));
            }
            if let Some((papers, tables)) = kinds.get_mut(parent) {
                let (_, ext) = naming::split(&name);
                match ext.as_str() {
                    "xlsx" | "xls" | "et" | "csv" | "html" | "htm" | "txt" | "" => *tables += 1,
                    _ => *papers += 1,
                }
            }
        }
        folder.files.push(FileAt { path, bytes: entry.metadata().map_or(0, |m| m.len()), packed: None });
    }
    let mostly_papers = kinds.into_iter().filter(|(_, (papers, tables))| papers > tables).map(|(path, _)| path);
    folder.papers.extend(mostly_papers);
    folder
}

fn relative(path: &Path, batch: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(batch).ok()?.components().map(|c| c.as_os_str().to_str()).collect();
    parts.map(|p| p.join("/"))
}

fn unreadable(error: &walkdir::Error, batch: &Path) -> Problem {
    let shown = error.path().map(|p| p.strip_prefix(batch).unwrap_or(p).to_string_lossy().replace('\\', "/")).unwrap_or_default();
    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Problem::new("P020", say!("文件夹 {shown} 读不了：{why}", "folder {shown} cannot be read: {why}"), Place::file(shown))
}

/// The outermost of these folders that a path lies in.
pub fn dossier_of(path: &str, is_dossier: impl Fn(&str) -> bool) -> Option<&str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).find(|folder| is_dossier(folder))
}
