//! `nominate RESULT` 推荐: its plan, its grammar, its reading. Must not act on it.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::words::Words;

/// `nominate`
#[derive(Debug, Clone, Default)]
pub struct NominatePlan {
    /// Result folder.
    pub result: PathBuf,
    /// File with the rules.
    pub rules: PathBuf,
    /// Offices by name or id; none = all.
    pub offices: Vec<String>,
    /// Whether JSON is printed.
    pub json: bool,
    /// Workbook to write.
    pub out: Option<PathBuf>,
}

/// The grammar.
pub fn nominate(word: &Words) -> Command {
    word.command(
        "nominate",
        "推荐",
        "按所给规则列出典型案例候选，并按等次计算差别补贴",
        "candidates for typical cases by given rules, and subsidies by grade",
        word.t("nominate <结果> --rules <规则.toml> [选项]", "nominate <RESULT> --rules <FILE> [OPTIONS]"),
    )
    .arg(word.path("result", "结果", "RESULT", "assess 的结果文件夹", "result folder of assess"))
    .arg(
        Arg::new("rules")
            .long("rules")
            .value_name(word.t("规则", "FILE"))
            .value_parser(value_parser!(PathBuf))
            .required(true)
            .help(word.t("规则文件：[nominate] 典型案例，[subsidy] 差别补贴", "file with the rules: [nominate], [subsidy]")),
    )
    .arg(word.many("office", "机构", "NAME", "只看这些机构，可多次", "only these offices, repeatable"))
    .arg(word.human_or_json())
    .arg(word.also_workbook())
}

/// Its plan.
pub(super) fn read(sub: &ArgMatches) -> NominatePlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    NominatePlan {
        result: path("result").unwrap_or_default(),
        rules: path("rules").unwrap_or_default(),
        offices: sub.get_many::<String>("office").into_iter().flatten().cloned().collect(),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
        out: path("out"),
    }
}
