//! Reads one office: its registers, dossiers and score sheets become cases.
//! Must not know other offices.

use std::collections::{BTreeMap, BTreeSet};

use super::find::OfficePlan;
use super::settings::Settings;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::model::case::Case;
use crate::model::scope::OutReason;
use crate::model::vocabulary::Vocabulary;

/// What the rubrics of the run need to be read.
pub struct Asked<'a> {
    /// Ids of criteria and red lines that a person decides.
    pub marks: &'a BTreeSet<String>,
    /// Whether the stage is part of the identity of cases of this type (standard word of `case_type`, empty when unclear).
    pub stage_files: &'a (dyn Fn(&str) -> bool + Sync),
}

/// One office as read.
#[derive(Debug, Default)]
pub struct OfficeIntake {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above.
    pub parent: Option<String>,
    /// All cases, in scope and out, sorted by case number and stage. `selected` holds what the register says, see `drawn`.
    pub cases: Vec<Case>,
    /// For each case why it is out of scope by settings; `None` = in scope.
    pub out: Vec<Option<OutReason>>,
    /// How many cases a register column says are selected. When no case of the whole run is, all are.
    pub drawn: u64,
    /// Register sheets, by path and sheet.
    pub registers: Vec<RegisterInfo>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
    /// Every file of the office: registers, score sheets, dossier files; sorted by path.
    pub files: Vec<InputFile>,
    /// Register rows that are cases.
    pub rows: u64,
    /// Rows that joined another row of the same case.
    pub joined: u64,
    /// Cases that come from a dossier alone: `rows + dossier_only = cases + joined`.
    pub dossier_only: u64,
    /// Marks of sheets shared with other offices whose case this office does not have; unknown (P042) when no office has it.
    pub unmatched_marks: Vec<Place>,
}

/// One register sheet as read for this office.
#[derive(Debug, Clone, Default)]
pub struct RegisterInfo {
    /// Path in the batch, with `/`.
    pub path: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// SHA-256 of the file in hex.
    pub sha256: String,
    /// For each case row the index of its case in [`OfficeIntake::cases`].
    pub rows: Vec<u32>,
    /// Columns that no field claims.
    pub unclaimed: Vec<Unclaimed>,
}

impl RegisterInfo {
    /// Rows in scope, and rows out of scope by reason, when `out` says so of each case.
    pub fn count(&self, out: &[Option<OutReason>]) -> (u64, BTreeMap<OutReason, u64>) {
        let (mut inside, mut by_reason) = (0, BTreeMap::new());
        for row in &self.rows {
            match usize::try_from(*row).ok().and_then(|i| out.get(i)).copied().flatten() {
                Some(reason) => *by_reason.entry(reason).or_default() += 1,
                None => inside += 1,
            }
        }
        (inside, by_reason)
    }
}

/// A column nobody read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclaimed {
    /// Header as written.
    pub header: String,
    /// Letters of the column.
    pub column: String,
    /// Title of the closest field, when one is near.
    pub closest: Option<String>,
}

/// A file of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path in the batch, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// Index of the case it belongs to.
    pub case: Option<u32>,
    /// Belongs to a 密卷: must not be opened or hashed.
    pub secret: bool,
    /// SHA-256 in hex where it was read anyway (registers).
    pub sha256: Option<String>,
}

/// Reads one office.
pub fn read(plan: &OfficePlan, settings: &Settings, vocabulary: &Vocabulary, asked: &Asked<'_>) -> OfficeIntake {
    let _ = (settings, vocabulary, asked);
    OfficeIntake { id: plan.id.clone(), name: plan.name.clone(), parent: plan.parent.clone(), ..OfficeIntake::default() }
}
