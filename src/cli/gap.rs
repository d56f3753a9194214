//! `gap SELF AUDIT` 自评与抽查: its plan, its grammar, its reading. Must not act on it.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::words::Words;

/// `gap`
#[derive(Debug, Clone, Default)]
pub struct GapPlan {
    /// Result folder of the self-assessment.
    pub own: PathBuf,
    /// Result folder of the audit.
    pub audit: PathBuf,
    /// Offices by name or id; none = all.
    pub offices: Vec<String>,
    /// Whether JSON is printed.
    pub json: bool,
    /// Workbook to write.
    pub out: Option<PathBuf>,
}

/// The grammar.
pub fn gap(word: &Words) -> Command {
    word.command(
        "gap",
        "自评与抽查",
        "自评结果与抽查结果对照：件数、均分、三项率、逐案偏差、等次变化",
        "self-assessed against audited results: counts, means, rates, deviations, changed grades",
        word.t("gap <自评结果> <抽查结果> [选项]", "gap <SELF> <AUDIT> [OPTIONS]"),
    )
    .arg(word.path("own", "自评结果", "SELF", "自评的结果文件夹", "result folder of the self-assessment"))
    .arg(word.path("audit", "抽查结果", "AUDIT", "抽查的结果文件夹", "result folder of the audit"))
    .arg(word.many("office", "机构", "NAME", "只看这些机构，可多次", "only these offices, repeatable"))
    .arg(word.human_or_json())
    .arg(word.also_workbook())
}

/// Its plan.
pub(super) fn read(sub: &ArgMatches) -> GapPlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    GapPlan {
        own: path("own").unwrap_or_default(),
        audit: path("audit").unwrap_or_default(),
        offices: sub.get_many::<String>("office").into_iter().flatten().cloned().collect(),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
        out: path("out"),
    }
}
