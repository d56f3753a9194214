//! The settings of a batch (`audit.toml`): read with spans, all mistakes at once.
//! Must not guess: what is not declared is left to the rules of [`find`](super::find).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::base::mistake::Spot;
use crate::model::document::Evidence;
use crate::model::inside::Bounds;

/// Which date brings a case into the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Event {
    /// 结案
    #[default]
    Closed,
    /// 归档
    Filed,
}

impl Event {
    /// The word in settings and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Filed => "filed",
        }
    }
}

/// `[scope]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScopeSettings {
    /// Event that counts.
    pub event: Event,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Case types by standard word, empty = all.
    pub case_types: Vec<String>,
    /// States that are in scope, empty = all but refused, ended and open.
    pub states: Vec<String>,
}

/// One `[[office]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeSettings {
    /// Stable id; the name when not declared.
    pub id: String,
    /// Name.
    pub name: String,
    /// Folder relative to the settings file, with `/`; when absent, the folder named like the office.
    pub folder: Option<String>,
    /// Other spellings in registers and folder names.
    pub aliases: Vec<String>,
    /// City or province above.
    pub parent: Option<String>,
}

/// One `[[register]]`: a register that corrects others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterSettings {
    /// Path relative to the settings file, with `/`.
    pub path: String,
    /// Paths of the registers whose rows it replaces.
    pub supersedes: Vec<String>,
}

/// `[adopted]`: who made the rubrics the official standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedSettings {
    /// 发布机关
    pub body: String,
    /// 文号
    pub document_no: String,
    /// 确认人
    pub confirmed_by: String,
    /// 确认日期
    pub date: Date,
}

/// `[limits]`: what a file may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file on disk.
    pub max_bytes: u64,
    /// Bytes of one workbook once unpacked.
    pub max_unpacked: u64,
    /// Filled cells of one file.
    pub max_cells: u64,
    /// Entries of one archive of dossiers.
    pub max_entries: u64,
    /// What looking into one paper may cost.
    pub bounds: Bounds,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 256 << 20, max_unpacked: 1 << 30, max_cells: 20_000_000, max_entries: 100_000, bounds: Bounds::default() }
    }
}

/// `[objection]`: how long an office or a lawyer may object, from the day of service (送达日) on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ObjectionSettings {
    /// So many days; none = no limit is known, and none is checked.
    pub length: Option<u32>,
    /// Whether these are working days.
    pub workdays: bool,
}

/// A rubric asked for, with its place so that a missing file can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricRef {
    /// Id of a shipped rubric, or a path relative to the settings.
    pub name: String,
    /// Where it is named.
    pub at: Spot,
}

/// Everything `audit.toml` can say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The file, when there is one.
    pub path: Option<PathBuf>,
    /// SHA-256 of the file in hex.
    pub sha256: Option<String>,
    /// Title of the batch.
    pub title: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// 截止日
    pub as_of: Option<Date>,
    /// Stage, `初评` when not said.
    pub stage: String,
    /// 制表单位
    pub made_by: Option<String>,
    /// Scope.
    pub scope: ScopeSettings,
    /// Offices, in order of declaration.
    pub offices: Vec<OfficeSettings>,
    /// Column header as written → field id, with the place of the id (checked against the vocabulary by [`check_columns`]).
    pub columns: BTreeMap<String, (String, Spot)>,
    /// Corrected registers.
    pub registers: Vec<RegisterSettings>,
    /// Rubrics.
    pub rubrics: Vec<RubricRef>,
    /// Evidence of cases that say nothing themselves.
    pub evidence: Option<Evidence>,
    /// Days off besides the embedded table.
    pub off: Vec<Date>,
    /// Make-up working days besides the embedded table.
    pub work: Vec<Date>,
    /// Who adopted the standard.
    pub adopted: Option<AdoptedSettings>,
    /// Limits.
    pub limits: Limits,
    /// Objections.
    pub objection: ObjectionSettings,
    /// What is not deducted because somebody approved it.
    pub waivers: Vec<super::settings_waiver::WaiverSettings>,
    /// `names = "full"`: personal names are shown in internal outputs.
    pub full_names: Option<bool>,
}

impl Settings {
    /// What holds when nothing is declared.
    pub fn undeclared() -> Self {
        Self { stage: "初评".to_owned(), ..Self::default() }
    }

    /// Folder of the settings file: office folders and rubric paths are relative to it.
    pub fn folder(&self) -> Option<&Path> {
        self.path.as_deref()?.parent()
    }

    /// First and last day of the scope: each as declared, else of the year, else open.
    pub fn period(&self) -> (Option<Date>, Option<Date>) {
        let year = |month, day| self.year.and_then(|y| Date::new(y, month, day).ok());
        (self.scope.from.or_else(|| year(1, 1)), self.scope.to.or_else(|| year(12, 31)))
    }
}

pub use super::settings_read::{check_columns, load};
