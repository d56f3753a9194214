//! 指标.xlsx at the top of a batch, and other tables about several offices: whose each row is. Must not guess a name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::read::{self, OwnRow};
use super::{FILE, Form};
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::intake::checklist::is_blank;
use crate::intake::find::OfficePlan;
use crate::intake::office::{Asked, InputFile};
use crate::intake::register::Register;
use crate::intake::tables::{self, Look, Sheet};
use crate::intake::tell;
use crate::intake::words::plain;
use crate::say;

/// Rows about several offices, and the files they stand in.
#[derive(Debug, Default)]
pub struct Top {
    /// Rows, in order of reading.
    pub rows: Vec<OwnRow>,
    /// Files.
    pub files: Vec<InputFile>,
}

impl Top {
    /// Reads 指标.xlsx where it is.
    pub fn open(batch: &Path, asked: &Asked<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut top = Self::default();
        if asked.own.is_none() || !batch.join(FILE).is_file() {
            return top;
        }
        match tables::look(&batch.join(FILE), FILE, asked) {
            Look::Tables(mut found) => {
                problems.append(&mut found.problems);
                let mut any = false;
                for known in std::mem::take(&mut found.sheets) {
                    if let Sheet::Own(form) = known.sheet {
                        any = true;
                        top.sheet(&mut found.register, known.index, known.header, &form, asked, problems);
                    }
                }
                top.file(&found.register, FILE);
                if !any {
                    problems.push(unknown());
                }
            }
            Look::Refused(problem) if problem.code != "P010" => problems.push(problem),
            Look::Refused(_) | Look::Stray | Look::Returned(_) => problems.push(unknown()),
        }
        top
    }

    /// Adds the rows of a sheet.
    pub fn sheet(
        &mut self,
        register: &mut Register,
        index: usize,
        header: u32,
        form: &Form,
        asked: &Asked<'_>,
        problems: &mut Vec<Problem>,
    ) {
        self.rows.extend(read::rows(register, index, header, form, asked, problems));
    }

    /// Adds a file.
    pub fn file(&mut self, register: &Register, path: &str) {
        let (path, sha256) = (path.to_owned(), Some(register.sha256.clone()));
        self.files.push(InputFile { path, bytes: register.bytes, case: None, secret: false, sha256 });
    }

    /// The offices it names: by one spelling, as written.
    pub fn names(&self) -> BTreeMap<String, String> {
        let named = self.rows.iter().filter_map(|r| r.office.as_ref()).map(|(name, _)| name).filter(|n| !is_blank(n));
        let mut names = BTreeMap::new();
        for name in named {
            names.entry(plain(name)).or_insert_with(|| name.clone());
        }
        names
    }

    /// The rows of an office; where there is only one office, those that name none are its own.
    pub fn of<'t>(&'t self, office: &'t OfficePlan, only: bool) -> impl Iterator<Item = &'t OwnRow> {
        self.rows.iter().filter(move |row| match &row.office {
            Some((name, _)) if !is_blank(name) => office.is_marked(name),
            _ => only,
        })
    }

    /// Rows that are no office's.
    pub fn unknown(&self, offices: &[OfficePlan]) -> Vec<Problem> {
        let mut unknown: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let mut nameless: BTreeSet<Place> = BTreeSet::new();
        for row in &self.rows {
            match &row.office {
                Some((name, _)) if !is_blank(name) && offices.iter().any(|o| o.is_marked(name)) => {}
                Some((name, place)) if !is_blank(name) => unknown.entry(name.clone()).or_default().push(place.clone()),
                Some((_, place)) if offices.len() != 1 => drop(nameless.insert(place.clone())),
                None if offices.len() != 1 => drop(nameless.insert(Place::at(&row.record.home.origin, At::Whole))),
                _ => {}
            }
        }
        let n = nameless.len();
        let said = say!(
            "机构指标有 {n} 处没有写机构，没有计入；请在“机构”一列写明",
            "indicators name no office in {n} places and were not counted; name it in a column 机构"
        );
        let mut told = tell::unknown_offices(unknown);
        told.extend(Problem::several("P030", said, nameless.into_iter().collect()));
        told
    }
}

/// 指标.xlsx without any table about offices.
fn unknown() -> Problem {
    let said = say!(
        "{FILE} 里认不出机构指标：没有“机构”列，或没有一个指标的名称认得出",
        "no indicators of offices are recognised in {FILE}: there is no column 机构, or no known name of an indicator"
    );
    Problem::new("P035", said, Place::file(FILE))
}
