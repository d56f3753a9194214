//! What `verify --format json` prints. Frozen form, format 1. Must not hold anything but plain data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::v1::Tool;
use crate::base::text::Text;

/// Whether a result is whole, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// Always 1.
    pub format: u32,
    /// Program that looked.
    pub tool: Tool,
    /// The result or certificate, as given.
    pub result: String,
    /// What it was compared with, as given.
    pub batch: Option<String>,
    /// 校验码 of the manifest, or of the certificate.
    pub code: Option<String>,
    /// The sealed stage, when there is one.
    pub stage: Option<String>,
    /// Whether nothing is wrong.
    pub whole: bool,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// `file`, `seal`, `figure`, `tool`, `settings`, `rubric`, `plan`, `input`, `again`, and of certificates `frame`, `seed`, `finding`.
    pub what: String,
    /// Name of the file, of the rubric or of the office.
    pub name: String,
    /// In words.
    pub message: Text,
}

impl Fault {
    /// A fault.
    pub fn new(what: &str, name: impl Into<String>, message: Text) -> Self {
        Self { what: what.to_owned(), name: name.into(), message }
    }
}
