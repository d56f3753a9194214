//! What was read: registers, problems, places, cases out of scope and files.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::text::Text;

/// A register sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Register {
    /// Path in the batch.
    pub path: String,
    /// Sheet, when a workbook.
    pub sheet: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Case rows.
    pub rows: u64,
    /// Of these in scope.
    pub in_scope: u64,
    /// Of these out of scope, by reason.
    pub out_of_scope: BTreeMap<String, u64>,
    /// Columns that no field claims, with the closest field.
    pub unclaimed_columns: Vec<UnclaimedColumn>,
}

/// A column nobody read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnclaimedColumn {
    /// Header as written.
    pub header: String,
    /// Letters of the column.
    pub column: String,
    /// Title of the closest field, when one is near.
    pub closest: Option<String>,
}

/// A problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemRecord {
    /// `P…`
    pub code: String,
    /// What was met.
    pub message: Text,
    /// What to do.
    pub advice: Text,
    /// Office name, when it belongs to one.
    pub office: Option<String>,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRecord {
    /// Path in the batch.
    pub file: Arc<str>,
    /// Sheet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<Arc<str>>,
    /// `C12`
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<String>,
    /// Page from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pointer: Option<String>,
    /// Line from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// As written, masked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<Arc<str>>,
}

/// One line of `out-of-scope.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OutRecord {
    /// Office name.
    pub office: Arc<str>,
    /// Canonical case number.
    pub case_no: String,
    /// 在办 and so on.
    pub reason: String,
    /// In words, with reminders of coming limits for open cases.
    pub message: Text,
    /// Where.
    pub places: Vec<PlaceRecord>,
}

/// One line of `inputs.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct InputRecord {
    /// Office name.
    pub office: Arc<str>,
    /// Case number, when it lies in a dossier.
    pub case_no: Option<String>,
    /// Path in the batch, masked.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: Option<String>,
}
