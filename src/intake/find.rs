//! Walks the batch once and says which office has which files (contract section 2, "Offices").
//! Must not open documents of a dossier, follow symbolic links or change anything.

use std::path::{Path, PathBuf};

use super::settings::Settings;
use crate::base::problem::Problem;
use crate::model::vocabulary::Vocabulary;

/// What a batch consists of.
#[derive(Debug, Default)]
pub struct Plan {
    /// Offices, sorted by id.
    pub offices: Vec<OfficePlan>,
    /// Problems that belong to no office.
    pub problems: Vec<Problem>,
    /// System and temporary files that were skipped.
    pub junk: u64,
}

/// One office and its files.
#[derive(Debug, Clone, Default)]
pub struct OfficePlan {
    /// Stable id: declared, or else the name.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above, when declared.
    pub parent: Option<String>,
    /// Folder of the batch, for opening files.
    pub batch: PathBuf,
    /// Problems met while planning that belong to it.
    pub problems: Vec<Problem>,
}

/// Plans a batch.
pub fn plan(batch: &Path, settings: &Settings, vocabulary: &Vocabulary) -> Plan {
    let _ = (batch, settings, vocabulary);
    Plan::default()
}
