//! What is told of the files of an office: its register sheets, their unread columns, every file. Must not read them.

use std::collections::BTreeMap;

use crate::model::scope::OutReason;

/// One register sheet as read for this office.
#[derive(Debug, Clone, Default)]
pub struct RegisterInfo {
    /// Path in the batch, with `/`.
    pub path: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// SHA-256 of the file in hex.
    pub sha256: String,
    /// For each case row the index of its case in `OfficeIntake::cases`.
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
