//! `results.json`: the whole, and what is said of the batch and the scope.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::{ProblemRecord, Register};
use super::office::{Cross, Office};
use super::panel::Panel;
use super::rubric::RubricRecord;
use crate::base::text::Text;

/// The whole of `results.json`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Results {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// What was looked at.
    pub batch: Batch,
    /// Every rubric about cases of the run, by id.
    pub rubrics: Vec<RubricRecord>,
    /// Those about offices or firms, by id.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub own_rubrics: Vec<RubricRecord>,
    /// Every register sheet read, by path and sheet.
    pub registers: Vec<Register>,
    /// What could not be read or used.
    pub problems: Vec<ProblemRecord>,
    /// Every office, by id.
    pub offices: Vec<Office>,
    /// Cities and the province, from pooled cases.
    pub groups: Vec<Office>,
    /// What concerns several offices; never changes marks.
    pub cross: Vec<Cross>,
    /// Titles of the documents and fields that findings are about, by `document:ID` and `field:ID`; of built-in criteria by `builtin:ID`.
    #[serde(default)]
    pub titles: BTreeMap<String, String>,
    /// Waivers (经批准不扣分) of the settings, and how far each was used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<super::waiver::WaiverRecord>,
    /// The panel of reviewers, where there was a round of review; reported, never applied.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub panel: Option<Panel>,
}

/// Program and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `juanping`
    pub name: String,
    /// Version.
    pub version: String,
}

impl Results {
    /// Every rubric of the run: about cases, then about offices or firms.
    pub fn every_rubric(&self) -> impl Iterator<Item = &RubricRecord> {
        self.rubrics.iter().chain(&self.own_rubrics)
    }

    /// The rubric about cases with an id.
    pub fn rubric(&self, id: &str) -> Option<&RubricRecord> {
        self.rubrics.iter().find(|r| r.id == id)
    }
}

impl Batch {
    /// Whether names and numbers of persons are not masked.
    pub fn has_full_names(&self) -> bool {
        self.names == "full"
    }
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: "juanping".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// The batch (本次评查).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Title.
    pub title: String,
    /// Year, when declared or told by the scope.
    pub year: Option<i16>,
    /// 截止日, `2024-12-31`.
    pub as_of: String,
    /// 初评 and so on.
    pub stage: String,
    /// Scope.
    pub scope: Scope,
    /// Standing of the standard: who adopted it, or nothing while it is only a sample.
    pub adopted: Option<Adopted>,
    /// Unit that makes the tables (制表单位), when declared.
    pub made_by: Option<String>,
    /// SHA-256 of the settings, when there are any.
    pub settings_sha256: Option<String>,
    /// System files that were skipped.
    pub junk: u64,
    /// How far dossiers were looked into: `names`, `headers` or `pixels`.
    #[serde(default)]
    pub look: String,
    /// Whether scans without text were read by OCR.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
    /// `full` where names and numbers of persons are not masked (`--names full`): such results make internal papers alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub names: String,
    /// Limit for objections (申诉期限) in words, where the settings set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Text>,
    /// How points are rounded where they are shown.
    pub rounding: Text,
}

/// What is graded.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// `closed` or `filed`.
    pub event: String,
    /// First day, `null` = open.
    pub from: Option<String>,
    /// Last day, `null` = open.
    pub to: Option<String>,
    /// Case types, empty = all.
    pub case_types: Vec<String>,
    /// In words.
    pub said: Text,
    /// `all` (全部评查) or how cases were selected.
    pub selection: String,
}

/// `[adopted]` of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Adopted {
    /// 发布机关
    pub body: String,
    /// 文号
    pub document_no: String,
    /// 确认人
    pub confirmed_by: String,
    /// 确认日期
    pub date: String,
}
