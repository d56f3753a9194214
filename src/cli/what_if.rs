//! `what-if RESULT` 提升: its plan, its grammar, its reading. Must not act on it.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::words::Words;

/// `what-if`
#[derive(Debug, Clone, Default)]
pub struct WhatIfPlan {
    /// Result folder.
    pub result: PathBuf,
    /// Offices by name or id; none = all.
    pub offices: Vec<String>,
    /// Cases by number; none = all.
    pub cases: Vec<String>,
    /// Whether JSON is printed.
    pub json: bool,
    /// Workbook to write.
    pub out: Option<PathBuf>,
}

/// The grammar.
pub fn what_if(word: &Words) -> Command {
    word.command(
        "what-if",
        "提升",
        "每件案件最少补正几处能升一个等次，对机构的率和名次有何影响",
        "the fewest curable fixes that lift each case, and what they do to each office's rate and place",
        word.t("what-if <结果> [选项]", "what-if <RESULT> [OPTIONS]"),
    )
    .arg(word.path("result", "结果", "RESULT", "assess 的结果文件夹", "result folder of assess"))
    .arg(word.many("office", "机构", "NAME", "只看这些机构，可多次", "only these offices, repeatable"))
    .arg(word.many("case", "案号", "NO", "只看这些案件，可多次", "only these cases, repeatable"))
    .arg(word.human_or_json())
    .arg(word.also_workbook())
}

/// Its plan.
pub(super) fn read(sub: &ArgMatches) -> WhatIfPlan {
    let words = |id: &str| -> Vec<String> { sub.get_many::<String>(id).into_iter().flatten().cloned().collect() };
    WhatIfPlan {
        result: sub.get_one::<PathBuf>("result").cloned().unwrap_or_default(),
        offices: words("office"),
        cases: words("case"),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
        out: sub.get_one::<PathBuf>("out").cloned(),
    }
}
