//! What each command was asked to do, complete and typed. Must not parse arguments or act on them.

use std::path::PathBuf;

use jiff::civil::Date;

use super::gap::GapPlan;
use super::nominate::NominatePlan;
use super::report::ReportPlan;
use super::what_if::WhatIfPlan;
use crate::assess::{Depth, Names};
use crate::base::problem::Severity;
use crate::panel::settings::{Sizing, Way};

/// What was asked for, complete and typed.
#[derive(Debug, Clone)]
pub enum Plan {
    /// No arguments on a terminal: a numbered menu.
    Menu,
    /// A file or folder dragged on the program.
    Dropped {
        /// What was dragged.
        path: PathBuf,
    },
    /// `check`
    Check(CheckPlan),
    /// `assess`
    Assess(AssessPlan),
    /// `draw`
    Draw(DrawPlan),
    /// `rank`
    Rank(super::rank::RankPlan),
    /// `merge`
    Merge(super::merge::MergePlan),
    /// `verify`
    Verify(super::seal::VerifyPlan),
    /// `finalize`
    Finalize(super::seal::FinalizePlan),
    /// `diff`
    Diff(super::diff::DiffPlan),
    /// `ledger`
    Ledger(super::ledger::LedgerPlan),
    /// `rubric list`
    RubricList,
    /// `rubric show|check|test`
    Rubric {
        /// `show`, `check` or `test`.
        action: RubricAction,
        /// Ids or paths; empty = all shipped.
        rubrics: Vec<String>,
    },
    /// `rubric export`
    RubricExport {
        /// Folder.
        folder: PathBuf,
    },
    /// `explain`
    Explain {
        /// Code, criterion, check, field or document; none = everything there is.
        code: Option<String>,
        /// Rubrics to look in.
        rubrics: Vec<String>,
    },
    /// `demo`
    Demo(DemoPlan),
    /// `init`
    Init(InitPlan),
    /// `nominate`
    Nominate(NominatePlan),
    /// `gap`
    Gap(GapPlan),
    /// `what-if`
    WhatIf(WhatIfPlan),
    /// `report --format`
    Report(ReportPlan),
    /// `report --schema`
    Schema {
        /// `results` or `cases`.
        name: String,
    },
    /// `completions`
    Completions {
        /// Shell.
        shell: clap_complete::Shell,
    },
    /// `man`
    Man,
    /// Help or version, already made.
    Say(String),
}

/// What to do with rubrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RubricAction {
    /// Print the merged result.
    Show,
    /// Show mistakes and lints.
    Check,
    /// Run the examples.
    Test,
}

/// `demo`
#[derive(Debug, Clone)]
pub struct DemoPlan {
    /// Folder to make, or the batch whose score sheets are filled in.
    pub folder: PathBuf,
    /// Offices.
    pub offices: u32,
    /// Cases in scope, over all offices.
    pub cases: u32,
    /// Seed.
    pub seed: u64,
    /// Whether dossier files are made.
    pub files: bool,
    /// Whether nothing is marked yet, for a round of review.
    pub round: bool,
    /// Whether there are indicators of offices.
    pub indicators: bool,
    /// Whether papers that were not there are found by now.
    pub mended: bool,
    /// Law firms instead, so many.
    pub firms: Option<u32>,
    /// A draw whose score sheets, or a ledger whose rows, are filled in instead.
    pub fill: Option<PathBuf>,
}

/// What is asked for wherever cases are graded.
#[derive(Debug, Clone, Default)]
pub struct Grading {
    /// Rubrics.
    pub rubrics: Vec<String>,
    /// Offices.
    pub offices: Vec<String>,
    /// As-of date.
    pub as_of: Option<Date>,
    /// Names.
    pub names: Option<Names>,
    /// Exit 1 from this severity on.
    pub fail_on: Option<Severity>,
    /// How far dossiers are looked into.
    pub look: Depth,
    /// Whether scans are read by OCR.
    pub ocr: bool,
    /// Whether what was seen inside files is not remembered.
    pub no_cache: bool,
}

impl Grading {
    /// For a person who looks at a window: the exit code tells of findings as everywhere.
    pub fn for_a_person() -> Self {
        Self { fail_on: Some(Severity::Error), ..Self::default() }
    }
}

/// `assess`
#[derive(Debug, Clone)]
pub struct AssessPlan {
    /// Batch.
    pub batch: PathBuf,
    /// Result folder.
    pub out: PathBuf,
    /// A plan to select cases by.
    pub plan: Option<PathBuf>,
    /// Whether the offices are only listed.
    pub list: bool,
    /// How.
    pub grading: Grading,
}

/// `draw`
#[derive(Debug, Clone)]
pub struct DrawPlan {
    /// Batch; none = only draw again.
    pub batch: Option<PathBuf>,
    /// Result folder; none = only draw again.
    pub out: Option<PathBuf>,
    /// A plan to draw again.
    pub repeat: Option<PathBuf>,
    /// A result whose cases that need more marks get them.
    pub extra: Option<PathBuf>,
    /// A plan whose score sheets are looked for in the batch.
    pub status: Option<PathBuf>,
    /// Whether what is printed is JSON.
    pub json: bool,
    /// Method.
    pub method: Option<Way>,
    /// Size of a random draw.
    pub size: Option<Sizing>,
    /// Seed.
    pub seed: Option<u64>,
    /// Whether score sheets are made.
    pub sheets: bool,
    /// What is in scope, and how the drawn cases are graded by machine.
    pub grading: Grading,
}

/// What `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CheckFormat {
    /// Ten lines.
    #[default]
    Human,
    /// One document.
    Json,
    /// A finding a row.
    Csv,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
}

/// `check`
#[derive(Debug, Clone, Default)]
pub struct CheckPlan {
    /// The office's folder.
    pub folder: PathBuf,
    /// Folder or workbook to write; none = the current folder.
    pub out: Option<PathBuf>,
    /// Whether the workbook goes beside the batch when `out` does not say where.
    pub beside: bool,
    /// What is printed.
    pub format: CheckFormat,
    /// An earlier result.
    pub baseline: Option<PathBuf>,
    /// Where the certificate (自查凭证) goes; none = beside the workbook, where `out` is a folder.
    pub certificate: Option<PathBuf>,
    /// How.
    pub grading: Grading,
}

/// `init`
#[derive(Debug, Clone)]
pub struct InitPlan {
    /// Folder that the templates go to.
    pub folder: PathBuf,
    /// Register file or folder of registers.
    pub from: Option<PathBuf>,
    /// Rubrics.
    pub rubrics: Vec<String>,
}
