//! What lies outside the folders of offices: registers with an 机构 column, score sheets and dossiers of several offices.
//! Read once, handed to each office; must not guess whose a row is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::archive;
use super::checklist::is_blank;
use super::find::OfficePlan;
use super::folder::{self, FileAt, Folder};
use super::kept::Kept;
use super::marks::Scored;
use super::office::{Asked, Claimed, InputFile};
use super::own::top::Top;
use super::register::{Register, place};
use super::returned::{Returned, council, give, workbook};
use super::rows::Rows;
use super::scores;
use super::table::Table;
use super::tables::{self, Look, Sheet};
use super::tell;
use super::ticked::{self, Ticked};
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::say;

/// A register sheet that several offices share.
#[derive(Debug)]
pub struct SharedSheet {
    /// File and sheet.
    pub origin: Arc<Origin>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Size of the file.
    pub bytes: u64,
    /// Its columns.
    pub table: Table,
    /// Its rows.
    pub rows: Kept,
    /// Rows by office id.
    pub by_office: BTreeMap<String, Vec<usize>>,
}

/// Everything that is shared.
#[derive(Debug, Default)]
pub struct Shared {
    /// Registers.
    pub sheets: Vec<SharedSheet>,
    /// Lines of score sheets.
    pub lines: Vec<Scored>,
    /// Returned score sheets, joint decisions and objections.
    pub panel: Returned,
    /// Rows of checklists.
    pub ticked: Vec<Ticked>,
    /// The files of those.
    pub files: Vec<InputFile>,
    /// Rows about several offices.
    pub own: Top,
    /// Whether there is one office only.
    pub only: bool,
    /// Files that are no tables, for their dossiers.
    pub left: Vec<FileAt>,
    /// The folder they lie in.
    pub folder: Folder,
}

/// Reads what is shared.
pub fn read(batch: &Path, folder: Folder, offices: &[OfficePlan], asked: &Asked<'_>, problems: &mut Vec<Problem>) -> Shared {
    let mut shared = Shared::default();
    for file in &folder.files {
        match tables::look_in(batch, &folder, file, asked) {
            Look::Tables(mut tables) => {
                problems.append(&mut tables.problems);
                for known in std::mem::take(&mut tables.sheets) {
                    match known.sheet {
                        Sheet::Register(table) => {
                            shared.sheets.extend(sheet(&mut tables.register, known.index, known.header, table, offices, asked, problems));
                        }
                        Sheet::Own(form) => {
                            shared.own.sheet(&mut tables.register, known.index, known.header, &form, asked, problems);
                            shared.own.file(&tables.register, &file.path);
                        }
                        Sheet::Checklist(table) => {
                            let read = ticked::rows(&mut tables.register, known.index, known.header, &table, asked, problems);
                            shared.ticked.extend(read);
                            let (path, sha256) = (file.path.clone(), Some(tables.register.sha256.clone()));
                            shared.files.push(InputFile { path, bytes: file.bytes, case: None, secret: false, sha256 });
                        }
                        Sheet::Panel(table) => {
                            let said = council::rows(&mut tables.register, known.index, known.header, &table, problems);
                            shared.panel.said.extend(said);
                        }
                        Sheet::Scores(table) => {
                            let (lines, problem) = scores::lines(&mut tables.register, known.index, known.header, &table);
                            shared.lines.extend(lines);
                            problems.extend(problem);
                        }
                    }
                }
            }
            Look::Returned(sheet) => workbook::read(*sheet, asked, &mut shared.panel, problems),
            Look::Stray => {
                // Of one that is nobody's by name, each office takes its dossiers; what is wrong with it is told here, once.
                if archive::is_zip(file.name()) && !file.path.split('/').any(folder::looks_like_number) {
                    match archive::list(&batch.join(&file.path), &file.path, &asked.settings.limits) {
                        Ok(listing) => problems.extend(listing.problems),
                        Err(problem) => problems.push(problem),
                    }
                }
                shared.left.push(file.clone());
            }
            Look::Refused(problem) => problems.push(problem),
        }
    }
    problems.extend(shared.panel.unchecked());
    shared.folder = folder;
    shared
}

fn sheet(
    register: &mut Register,
    index: usize,
    header: u32,
    table: Table,
    offices: &[OfficePlan],
    asked: &Asked<'_>,
    problems: &mut Vec<Problem>,
) -> Option<SharedSheet> {
    let origin = Arc::clone(&register.origins[index]);
    let Some(column) = table.office else {
        let place = Place::at(&origin, At::Whole);
        let said = say!(
            "{place} 不在任何机构的文件夹内，也没有机构列，其中的案件没有计入",
            "{place} lies in no office's folder and has no office column; its cases were not counted"
        );
        problems.push(Problem::new("P030", said, place));
        return None;
    };
    let (mut rows, mut by_office, mut unknown) =
        (Kept::default(), BTreeMap::<String, Vec<usize>>::new(), BTreeMap::<String, Vec<Place>>::new());
    let mut looked = Rows::new(asked.vocabulary, asked.words, &table, &origin);
    let problem = register.stream(index, &mut |row| {
        if row.number <= header || looked.set_aside(row) {
            return ControlFlow::Continue(());
        }
        let name = row.text_at(column);
        let owner = if is_blank(name) { None } else { offices.iter().find(|o| o.is_named(name)) };
        match owner {
            Some(office) => {
                by_office.entry(office.id.clone()).or_default().push(rows.len());
                if !rows.push(row) {
                    return ControlFlow::Break(());
                }
            }
            None => unknown.entry(name.to_owned()).or_default().push(place(&origin, row.number, column)),
        }
        ControlFlow::Continue(())
    });
    problems.extend(problem);
    problems.extend(tell::rows(&origin, &looked.aside));
    problems.extend(tell::not_cases(looked.aside.not_cases));
    problems.extend(tell::columns(&origin, &table, asked.vocabulary));
    problems.extend(tell::unknown_offices(unknown));
    Some(SharedSheet { origin, sha256: register.sha256.clone(), bytes: register.bytes, table, rows, by_office })
}

impl Shared {
    /// What no office took: lines of score sheets, dossiers and other files.
    pub fn unclaimed(&self, claimed: &[Claimed]) -> Vec<Problem> {
        let taken = |i: usize| claimed.iter().any(|c| c.lines.contains(&i));
        let mut problems: Vec<Problem> = self.lines.iter().enumerate().filter(|(i, _)| !taken(*i)).map(|(_, l)| tell::no_case(l)).collect();
        let nobody = |(i, _): &(usize, _)| !claimed.iter().any(|c| c.pages.contains(i));
        problems.extend(self.panel.pages.iter().enumerate().filter(nobody).map(|(_, p)| give::no_case(p)));
        let owners = |i: usize| claimed.iter().filter(|c| c.said.contains(&i)).count();
        problems.extend(self.panel.said.iter().enumerate().filter(|(i, _)| owners(*i) == 0).map(|(_, row)| council::no_case(row)));
        let several = self.panel.said.iter().enumerate().filter(|(i, _)| owners(*i) > 1).map(|(_, row)| row.place.clone());
        problems.extend(give::twice(several.collect()));
        let ticked = |i: usize| claimed.iter().any(|c| c.ticked.contains(&i));
        let left = self.ticked.iter().enumerate().filter(|(i, _)| !ticked(*i)).map(|(_, t)| t.record.home.clone());
        problems.extend(ticked::unknown(left.collect()));
        let (mut unknown, mut strays) = (BTreeSet::new(), Vec::new());
        for file in &self.left {
            let path = file.path.as_str();
            let inside = |c: &Claimed| c.dossiers.contains(path) || path.match_indices('/').any(|(at, _)| c.dossiers.contains(&path[..at]));
            if claimed.iter().any(inside) {
                continue;
            }
            let looks = |f: &str| self.folder.dossiers.contains(f) || self.folder.papers.contains(f);
            match folder::dossier_of(path, looks) {
                Some(dossier) => drop(unknown.insert(dossier.to_owned())),
                None if archive::is_zip(path) => drop(unknown.insert(path.to_owned())),
                None => strays.push(Place::file(path)),
            }
        }
        problems.extend(tell::unknown_dossiers(unknown.into_iter().map(Place::file).collect()));
        problems.extend(tell::strays(strays));
        problems
    }
}
