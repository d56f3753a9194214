//! `ledger RESULT… -o FILE` 整改台账: its grammar and its plan. Must not read files.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use jiff::civil::Date;

use super::words::Words;

/// `ledger`
#[derive(Debug, Clone, Default)]
pub struct LedgerPlan {
    /// Result folders.
    pub results: Vec<PathBuf>,
    /// The ledger: read first where it is there, then replaced.
    pub out: PathBuf,
    /// Copies that people edited.
    pub edited: Vec<PathBuf>,
    /// `ledger.toml`
    pub rules: Option<PathBuf>,
    /// The day by which overdue days are counted, and on which new rows are handed out.
    pub as_of: Option<Date>,
    /// Offices.
    pub offices: Vec<String>,
    /// Whether the ledger is printed as JSON.
    pub json: bool,
}

/// The grammar.
pub fn ledger(word: &Words) -> Command {
    let path = |id: &'static str| Arg::new(id).long(id).value_parser(value_parser!(PathBuf));
    word.command(
        "ledger",
        "整改台账",
        "建立或更新整改台账：读回各人的改动，按复查结果核对、销号",
        "make or update the ledger of what is to be put right",
        word.t("ledger <结果>... -o <台账.xlsx> [选项]", "ledger <RESULT>... -o <FILE.xlsx> [OPTIONS]"),
    )
    .alias("台账")
    .arg(
        Arg::new("results")
            .value_name(word.t("结果", "RESULT"))
            .required(true)
            .num_args(1..)
            .value_parser(value_parser!(PathBuf))
            .help(word.t("assess 的结果文件夹；后来的复查前面的", "result folders of assess; later ones re-check earlier ones")),
    )
    .arg(path("out").short('o').value_name(word.t("台账.xlsx", "FILE.xlsx")).required(true).help(
        word.t("台账：已有的先读回再整个换新，里面填的都保留", "the ledger; read first where it is there, then replaced, edits kept"),
    ))
    .arg(
        path("edited")
            .value_name(word.t("台账.xlsx", "FILE.xlsx"))
            .action(ArgAction::Append)
            .help(word.t("各单位填好交回的台账，可多次", "an edited copy that came back, repeatable")),
    )
    .arg(path("rules").value_name("ledger.toml").help(
        word.t("哪些问题列入、谁负责、几个工作日内完成", "which findings become rows, who answers for them, and in how many working days"),
    ))
    .arg(word.date("as-of", "逾期算到哪一天；新问题也以这一天为下发日", "count overdue days up to this day; new rows are handed out on it"))
    .arg(word.many("office", "机构", "NAME", "只列这些机构，可多次", "only these offices, repeatable"))
    .arg(word.choice("format", &["human", "json"], "屏幕输出：human（默认）json", "what is printed: human (default) or json"))
}

/// The plan of its matches.
pub fn plan(sub: &ArgMatches) -> LedgerPlan {
    let paths = |id: &str| -> Vec<PathBuf> { sub.get_many::<PathBuf>(id).into_iter().flatten().cloned().collect() };
    LedgerPlan {
        results: paths("results"),
        out: sub.get_one::<PathBuf>("out").cloned().unwrap_or_default(),
        edited: paths("edited"),
        rules: sub.get_one::<PathBuf>("rules").cloned(),
        as_of: sub.get_one::<Date>("as-of").copied(),
        offices: sub.get_many::<String>("office").into_iter().flatten().cloned().collect(),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
    }
}
