//! The draw (抽卷方案) that a run goes by: which cases are selected, who marks them, what returned sheets are checked against.
//! Must not draw.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::mask::Mask;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::intake::office::OfficeIntake;
use crate::model::round::Round;
use crate::panel::draw::populations;
use crate::record::plan::{CaseKey, FILE, Part, Plan, Reviewer, Turn};
use crate::say;

/// A drawn case.
#[derive(Debug, Clone)]
pub struct Lot {
    /// Whether rates are estimated from it.
    pub estimate: bool,
    /// Its stratum.
    pub stratum: Arc<str>,
    /// Who marks it.
    pub tasks: Vec<Task>,
}

/// A mark to be given.
#[derive(Debug, Clone)]
pub struct Task {
    /// Code.
    pub reviewer: Arc<str>,
    /// Part.
    pub part: Part,
    /// Which mark.
    pub turn: Turn,
}

/// A draw, ready to be asked.
#[derive(Debug)]
pub struct Drawn {
    /// Cases.
    lots: BTreeMap<CaseKey, Lot>,
    /// Reviewers by code.
    pub reviewers: BTreeMap<Arc<str>, Reviewer>,
    /// By office id and stratum, how many cases were there to draw from; nothing where cases were not drawn at random.
    populations: BTreeMap<(Arc<str>, Arc<str>), u64>,
    /// The whole plan.
    pub plan: Plan,
    /// SHA-256 of its file, where it came from one.
    pub sha256: Option<String>,
}

/// Reads a plan from its file, or from the folder that `draw` wrote.
///
/// # Errors
/// Why it is no plan.
pub fn open(path: &Path) -> Result<Plan, Text> {
    let shown = path.display();
    let bytes = std::fs::read(file(path)).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => {
            say!("没有找到 {shown}，或其中没有 抽卷方案.json；请核对写法", "no {shown}, or no plan of a draw in it; check its spelling")
        }
        _ => say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"),
    })?;
    let plan: Plan = serde_json::from_slice(&bytes)
        .map_err(|e| say!("{shown} 不是完整的抽卷方案（应为抽卷时写出的 抽卷方案.json）", "{shown} is no whole plan of a draw: {e}"))?;
    if plan.format != 1 {
        let format = plan.format;
        return Err(say!("{shown} 是第 {format} 版格式，本程序不认识", "{shown} has format {format}, which this program does not know"));
    }
    Ok(plan)
}

/// The file of a plan, which may stand in the folder that `draw` wrote.
pub fn file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(FILE) } else { path.to_owned() }
}

impl Drawn {
    /// What a plan says of cases and reviewers.
    pub fn new(plan: Plan) -> Self {
        let lot = |d: &crate::record::plan::Drawn| {
            (d.case.clone(), Lot { estimate: d.estimate, stratum: Arc::clone(&d.stratum), tasks: Vec::new() })
        };
        let mut lots: BTreeMap<CaseKey, Lot> = plan.drawn.iter().map(lot).collect();
        for task in plan.allocation.iter().flat_map(|a| &a.tasks) {
            if let Some(lot) = lots.get_mut(&task.case) {
                lot.tasks.push(Task { reviewer: Arc::clone(&task.reviewer), part: task.part, turn: task.turn });
            }
        }
        for lot in lots.values_mut() {
            lot.tasks.sort_by(|a, b| (a.turn, a.part, &a.reviewer).cmp(&(b.turn, b.part, &b.reviewer)));
        }
        let reviewers = plan.rules.allocation.iter().flat_map(|a| &a.reviewers);
        Self {
            lots,
            reviewers: reviewers.map(|r| (Arc::clone(&r.code), r.clone())).collect(),
            populations: populations(&plan),
            plan,
            sha256: None,
        }
    }

    /// The strata of an office with the cases there were to draw from. Where nothing was drawn at random there is one that nothing is
    /// estimated from, so that no interval pretends otherwise.
    pub fn strata<'a>(&'a self, office: &'a str, in_scope: u64) -> Vec<(&'a str, u64)> {
        if self.populations.is_empty() {
            return vec![("指定", in_scope)];
        }
        self.populations.iter().filter(|((o, _), _)| **o == *office).map(|((_, name), n)| (&**name, *n)).collect()
    }

    /// A case of the draw.
    pub fn lot(&self, office: &str, case_no: &str, stage: Option<&str>) -> Option<&Lot> {
        self.lots.get(&CaseKey { office: office.into(), case_no: case_no.into(), stage: stage.map(Arc::from) })
    }

    /// The drawn cases of an office.
    pub fn of<'a>(&'a self, office: &'a str) -> impl Iterator<Item = &'a CaseKey> {
        self.lots.keys().filter(move |k| *k.office == *office)
    }

    /// Drawn cases of an office that are not there, or not in scope: they were not graded, and a rate without them is not that of the draw.
    pub fn gone(&self, read: &OfficeIntake, mask: &Mask) -> Vec<String> {
        let here: BTreeSet<(Arc<str>, Option<&str>)> =
            read.cases.iter().filter(|c| c.selected).map(|c| (mask.case_no(&c.case_no).into(), c.stage.as_deref())).collect();
        self.of(&read.id).filter(|key| !here.contains(&(Arc::clone(&key.case_no), key.stage.as_deref()))).map(ToString::to_string).collect()
    }

    /// What returned sheets are checked against.
    pub fn round(&self) -> Round {
        let mut round =
            Round { frame: self.plan.frame_sha256.clone(), reviewers: self.reviewers.keys().cloned().collect(), ..Round::default() };
        for (key, lot) in &self.lots {
            for task in &lot.tasks {
                let case = (Arc::clone(&key.office), Arc::clone(&key.case_no), key.stage.clone());
                round.tasks.entry(Arc::clone(&task.reviewer)).or_default().insert(case);
            }
        }
        round
    }
}

/// What is told of them.
pub fn tell_gone(missing: &[String]) -> Option<Problem> {
    let (n, list) = (missing.len(), missing.join("、"));
    let said = say!(
        "抽中的 {n} 件案件不在登记表内，或已不在评查范围，没有评分：{list}",
        "{n} drawn cases are in no register or no longer in scope and were not graded: {list}"
    );
    (n > 0).then(|| Problem::new("P086", said, Place::file(crate::record::plan::FILE)))
}
