//! The frozen form of a draw (抽卷方案.json, format 1): the frame, the rules and the seed, and all that follows from them, so that
//! anybody can draw again from this file alone. Must not draw.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

mod allocation;
mod rules;
mod status;

pub use allocation::{Allocation, AllocationRules, Connected, Part, Reviewer, Swap, Task, Turn};
pub use rules::{Dimension, Method, Minimum, Named, Quota, Rules, Size};
pub use status::{Back, Counts, Group, Missing, Person, Short, Status};

use super::v1::Tool;
use crate::base::text::Text;

/// Name of the file.
pub const FILE: &str = "抽卷方案.json";

/// A whole draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Always 1.
    pub format: u32,
    /// Program and version.
    pub tool: Maker,
    /// What is drawn from.
    pub batch: Source,
    /// Seed, as published.
    pub seed: u64,
    /// How is drawn.
    pub rules: Rules,
    /// SHA-256 of the frame's lines, in hex.
    pub frame_sha256: String,
    /// Sizes, and why they are so.
    pub size: Vec<Sized>,
    /// Strata.
    pub strata: Vec<Stratum>,
    /// Steps by which designated numbers were found.
    pub steps: Vec<Step>,
    /// Drawn cases in order of the frame.
    pub drawn: Vec<Drawn>,
    /// Reserves, stratum by stratum, in the order in which they come up.
    pub reserves: Vec<Reserve>,
    /// Which reserve took the place of which case.
    pub substitutions: Vec<Substitution>,
    /// Who marks what, where there are reviewers.
    pub allocation: Option<Allocation>,
    /// Offices of the frame, by id.
    pub offices: Vec<FrameOffice>,
    /// The frame, sorted by office id, case number and stage.
    pub frame: Vec<FrameCase>,
}

/// Program and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maker {
    /// `juanping`
    pub name: String,
    /// Version.
    pub version: String,
}

impl From<Tool> for Maker {
    fn from(tool: Tool) -> Self {
        Self { name: tool.name, version: tool.version }
    }
}

/// The batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Year, when declared.
    pub year: Option<i16>,
    /// 截止日
    pub as_of: String,
    /// 初评 and so on.
    pub stage: String,
    /// 制表单位
    pub made_by: Option<String>,
    /// Scope in words.
    pub scope: Text,
}

/// The identity of a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CaseKey {
    /// Office id.
    pub office: Arc<str>,
    /// Canonical number.
    pub case_no: Arc<str>,
    /// Stage, where it is part of the identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Arc<str>>,
}

/// Number and stage, as they are told.
impl fmt::Display for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stage {
            Some(stage) => write!(f, "{} {stage}", self.case_no),
            None => f.write_str(&self.case_no),
        }
    }
}

/// How many are drawn from what, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sized {
    /// Office id; none = the whole frame.
    pub office: Option<Arc<str>>,
    /// Cases to draw from.
    pub population: u64,
    /// Cases to draw.
    pub drawn: u64,
    /// Why so many.
    pub why: Text,
}

/// A stratum (层).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Name: the values, divided by ` / `.
    pub name: Arc<str>,
    /// Cases in the frame.
    pub population: u64,
    /// Least number.
    pub minimum: u64,
    /// Cases drawn, without additions.
    pub drawn: u64,
    /// How many were wanted and are not there.
    pub short: u64,
    /// Whether these were drawn at random, so that rates may be estimated.
    pub random: bool,
}

/// How a designated number was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Office id.
    pub office: Arc<str>,
    /// Type.
    pub case_type: Arc<str>,
    /// Which number was asked for.
    pub number: u32,
    /// Numbers passed over, each with the reason.
    pub passed: Vec<Passed>,
    /// Number taken; none when the list ended.
    pub taken: Option<Arc<str>>,
}

/// A number passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Case number.
    pub case_no: Arc<str>,
    /// Why: 在办 and so on, or 已抽中.
    pub why: String,
}

/// Why a case is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// At random.
    Random,
    /// By its number.
    Number,
    /// Every case is.
    All,
    /// On purpose; kept out of estimates.
    Addition,
    /// In the place of another.
    Substitute,
}

/// A drawn case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Type.
    pub case_type: Arc<str>,
    /// Stratum.
    pub stratum: Arc<str>,
    /// Why.
    pub why: Why,
    /// Whether rates are estimated from it.
    pub estimate: bool,
    /// The reason of an addition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Type.
    pub case_type: Arc<str>,
    /// Stratum.
    pub stratum: Arc<str>,
    /// From 1 in its stratum.
    pub order: u64,
    /// Whether it took the place of a drawn case.
    pub used: bool,
}

/// A case replaced by a reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The case that goes.
    pub out: CaseKey,
    /// The case that comes.
    pub into: CaseKey,
    /// Stratum of both.
    pub stratum: Arc<str>,
    /// Order of the reserve.
    pub order: u64,
    /// Why.
    pub reason: String,
}

/// An office of the frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameOffice {
    /// Id.
    pub id: Arc<str>,
    /// Name.
    pub name: Arc<str>,
}

/// A case of the frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameCase {
    /// The case.
    #[serde(flatten)]
    pub case: CaseKey,
    /// Type, empty when it is not told.
    pub case_type: Arc<str>,
    /// Lawyers.
    pub lawyers: Vec<Arc<str>>,
    /// Groups of recipients.
    pub groups: Vec<Arc<str>>,
    /// Why it is not in scope (在办 and so on); such cases are listed only where numbers are designated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out: Option<Arc<str>>,
}

impl Plan {
    /// The name of an office.
    pub fn office(&self, id: &str) -> &str {
        self.offices.binary_search_by(|o| (*o.id).cmp(id)).ok().and_then(|i| self.offices.get(i)).map_or("", |o| &o.name)
    }

    /// Writes the file: a line a record, so that two plans can be compared line by line.
    ///
    /// # Errors
    /// When `into` does not take it.
    pub fn write(&self, into: &mut impl Write) -> io::Result<()> {
        write!(into, "{{\n\"format\": {},\n", self.format)?;
        line(into, "tool", &self.tool)?;
        line(into, "batch", &self.batch)?;
        line(into, "seed", &self.seed)?;
        line(into, "rules", &self.rules)?;
        line(into, "frame_sha256", &self.frame_sha256)?;
        list(into, "size", &self.size)?;
        list(into, "strata", &self.strata)?;
        list(into, "steps", &self.steps)?;
        list(into, "drawn", &self.drawn)?;
        list(into, "reserves", &self.reserves)?;
        list(into, "substitutions", &self.substitutions)?;
        match &self.allocation {
            None => writeln!(into, "\"allocation\": null,")?,
            Some(allocation) => {
                writeln!(into, "\"allocation\": {{")?;
                list(into, "tasks", &allocation.tasks)?;
                records(into, "swaps", &allocation.swaps)?;
                writeln!(into, "\n}},")?;
            }
        }
        list(into, "offices", &self.offices)?;
        records(into, "frame", &self.frame)?;
        into.write_all(b"\n}\n")
    }
}

fn line<T: Serialize>(into: &mut impl Write, key: &str, value: &T) -> io::Result<()> {
    write!(into, "\"{key}\": ")?;
    serde_json::to_writer(&mut *into, value)?;
    into.write_all(b",\n")
}

fn list<T: Serialize>(into: &mut impl Write, key: &str, all: &[T]) -> io::Result<()> {
    records(into, key, all)?;
    into.write_all(b",\n")
}

fn records<T: Serialize>(into: &mut impl Write, key: &str, all: &[T]) -> io::Result<()> {
    write!(into, "\"{key}\": [")?;
    for (i, one) in all.iter().enumerate() {
        into.write_all(if i == 0 { b"\n  " } else { b",\n  " })?;
        serde_json::to_writer(&mut *into, one)?;
    }
    into.write_all(if all.is_empty() { b"]" } else { b"\n]" })
}
