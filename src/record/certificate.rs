//! `自查凭证.json`, the certificate of a self-check: what an inspector needs to see that the same check of the same papers was made.
//! Frozen form, format 1. Must not hold a person: hashes, case numbers and the ids of findings alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::v1::Tool;
use crate::base::digest::sha256;

/// Name of the file.
pub const CERTIFICATE: &str = "自查凭证.json";

/// A self-check, certified. It is no electronic signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Certificate {
    /// Always 1.
    pub format: u32,
    /// Always `self-check`.
    pub kind: String,
    /// Program that checked.
    pub tool: Tool,
    /// Names of the offices that were checked.
    pub offices: Vec<String>,
    /// Offices that were asked for by `--office`.
    pub only: Vec<String>,
    /// 截止日
    pub as_of: String,
    /// How far dossiers were looked into.
    pub look: String,
    /// Whether scans were read by OCR.
    pub ocr: bool,
    /// How names are shown: `masked` or `full`.
    pub names: String,
    /// SHA-256 of `audit.toml`, where there is one.
    pub settings_sha256: Option<String>,
    /// Rubrics, by id.
    pub rubrics: Vec<CertifiedRubric>,
    /// Cases in scope.
    pub cases: u64,
    /// SHA-256 over the sorted identities of these cases.
    pub frame_sha256: String,
    /// Files read.
    pub files: u64,
    /// SHA-256 over their sorted paths and hashes.
    pub inputs_sha256: String,
    /// Seed of the draw that cases were selected by, where there was one.
    pub seed: Option<u64>,
    /// SHA-256 of the frame of that draw.
    pub draw_sha256: Option<String>,
    /// Every finding, sorted.
    pub findings: Vec<CertifiedFinding>,
    /// Twelve digits over all of the above, for reading over the phone.
    pub code: String,
}

/// A rubric as it was used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct CertifiedRubric {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over all its sources.
    pub sha256: String,
}

/// A finding by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct CertifiedFinding {
    /// Office name.
    pub office: String,
    /// Canonical case number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<String>,
    /// Id within the case.
    pub id: String,
    /// Outcome word.
    pub outcome: String,
    /// Fingerprint.
    pub fingerprint: String,
}

impl Certificate {
    /// The code that this certificate should have, such as `4821-0937-1152`.
    pub fn code_of(&self) -> String {
        let bare = Self { code: String::new(), ..self.clone() };
        let hash = serde_json::to_vec(&bare).map(|bytes| sha256(&bytes)).unwrap_or_default();
        let number = hash.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default() % 1_000_000_000_000;
        let (high, middle, low) = (number / 100_000_000, number / 10_000 % 10_000, number % 10_000);
        format!("{high:04}-{middle:04}-{low:04}")
    }
}
