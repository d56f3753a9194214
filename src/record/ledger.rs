//! The ledger of what is to be put right (整改台账) as it is written: rows, edits that contradict each other, counts by office.
//! Must not hold anything but plain data; fields are only ever added.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::v1::Tool;
use crate::base::text::Text;

/// The whole ledger.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Option<Tool>,
    /// Title of the batch.
    pub title: String,
    /// 制表单位, when declared.
    pub made_by: Option<String>,
    /// The day by which overdue days are counted.
    pub as_of: String,
    /// Rubrics, as they are named below titles.
    pub standard: String,
    /// Results that were looked at, by office and as-of date.
    pub results: Vec<LedgerResult>,
    /// Columns from the left.
    pub columns: Vec<LedgerColumn>,
    /// Counts by office, then of all.
    pub summary: Vec<LedgerCount>,
    /// Edits that contradict each other and that nobody has settled.
    pub conflicts: Vec<Conflict>,
    /// Hashes of rows that people wrote into edited files and that were taken over once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<String>,
    /// What had to be said of this run.
    pub said: Vec<Text>,
    /// Rows from the top.
    pub rows: Vec<LedgerRow>,
}

/// A result that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LedgerResult {
    /// Office name.
    pub office: String,
    /// As-of date.
    pub as_of: String,
    /// Code of its manifest.
    pub code: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerColumn {
    /// Key of its cells: the heading, with a number where several have the same.
    pub id: String,
    /// Heading.
    pub title: String,
    /// `tool`: only the program writes it; `people`: a column of the ledger that people fill in; `own`: a column that people added.
    pub whose: String,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LedgerValue {
    /// A number.
    Number(f64),
    /// Words.
    Words(String),
    /// A day.
    Day {
        /// `2025-03-01`
        day: String,
    },
}

impl LedgerValue {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// A count.
    pub fn count(n: u64) -> Self {
        Self::Number(n as f64)
    }

    /// As people see it; two cells that people see alike are equal.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Words(words) => words.clone(),
            Self::Day { day } => day.clone(),
        }
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerRow {
    /// Fingerprint of its finding; empty for a row that people added.
    #[serde(default)]
    pub key: String,
    /// Office name.
    #[serde(default)]
    pub office: String,
    /// Canonical number.
    #[serde(default)]
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Criterion.
    #[serde(default)]
    pub criterion: String,
    /// Group of the criterion in its rubric.
    #[serde(default)]
    pub group: String,
    /// Outcome of the finding when it was last seen: `unmet`, or `unclear` (待核实).
    #[serde(default)]
    pub outcome: String,
    /// `complete`, `explain` or `none`.
    #[serde(default)]
    pub remedy: String,
    /// Whether a reviewer decides the criterion.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub human: bool,
    /// Rubric id of the case.
    #[serde(default)]
    pub rubric: String,
    /// SHA-256 of that rubric.
    #[serde(default)]
    pub rubric_sha256: String,
    /// Of a finding of no rubric, the registers that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<String>,
    /// Points surely lost.
    #[serde(default)]
    pub lost: Number,
    /// As-of date of the result that first told of it.
    #[serde(default)]
    pub first: String,
    /// As-of date of the newest result that its office was looked at in.
    #[serde(default)]
    pub seen: String,
    /// What that result says: `found`, `met` or `not_comparable`.
    #[serde(default)]
    pub verdict: String,
    /// Why it cannot be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// State (状态).
    #[serde(default)]
    pub state: String,
    /// How it was closed: `met`, since a result shows it; `statement`, by what people wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// As-of date of the result at which it was sent back (回头看退回).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<String>,
    /// Whether people wrote the due date, so that the rules leave it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due_by_people: bool,
    /// Working days that the rules give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Days overdue at the as-of date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<u64>,
    /// Cells by column id; blank ones are left out.
    #[serde(default)]
    pub cells: BTreeMap<String, LedgerValue>,
    /// Values by column id that were taken over from edited files once, or lost a conflict that was settled.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub taken: BTreeMap<String, BTreeSet<String>>,
    /// Notes (批注) on cells, by column id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
}

impl LedgerRow {
    /// What a cell shows, blank when there is nothing.
    pub fn shown(&self, column: &str) -> String {
        self.cells.get(column).map(LedgerValue::shown).unwrap_or_default()
    }
}

/// Counts of an office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerCount {
    /// Office name; 合计 for all.
    pub office: String,
    /// Findings.
    pub total: u64,
    /// Of these by state.
    pub states: BTreeMap<String, u64>,
    /// Past due.
    pub overdue: u64,
    /// That cannot be mended (不可补正).
    pub unmendable: u64,
}

/// One cell that two versions changed to different values: neither was taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Key of the row.
    pub key: String,
    /// 序号, for people.
    pub no: String,
    /// Case number, for people.
    pub case_no: String,
    /// Column id.
    pub column: String,
    /// What stands in the ledger.
    pub kept: Option<LedgerValue>,
    /// What each version says.
    pub versions: Vec<ConflictVersion>,
}

/// What one version says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictVersion {
    /// File name.
    pub file: String,
    /// Sheet and cell.
    pub cell: String,
    /// Value; nothing where it was cleared.
    pub value: Option<LedgerValue>,
}
