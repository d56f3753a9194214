//! `merge RESULT… -o DIR` 合并: what it is asked and how that is read. Must not open anything.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::words::Words;

/// `merge`
#[derive(Debug, Clone)]
pub struct MergePlan {
    /// Results of some offices each.
    pub results: Vec<PathBuf>,
    /// Result folder.
    pub out: PathBuf,
    /// Whether offices may be missing.
    pub partial: bool,
}

/// The grammar.
pub(super) fn merge(word: &Words) -> Command {
    word.command(
        "merge",
        "合并",
        "把分机构评查（assess --office）的结果合并成一次评查的结果",
        "join results of assess --office into what one run would have written",
        word.t("merge <结果>... -o <合并结果> [选项]", "merge <RESULT>... -o <OUT> [OPTIONS]"),
    )
    .arg(
        Arg::new("results")
            .value_name(word.t("结果", "RESULT"))
            .required(true)
            .num_args(1..)
            .value_parser(value_parser!(PathBuf))
            .help_heading(word.t("参数", "Arguments"))
            .help(word.t("分机构评查的结果文件夹，先后不论", "result folders of some offices each, in any order")),
    )
    .arg(
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name(word.t("合并结果", "OUT"))
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(word.t("结果文件夹：不存在、空的或以前的结果", "result folder: missing, empty, or an earlier result")),
    )
    .arg(word.flag(
        "partial",
        "允许还缺一些机构；合并出来的仍要再合并",
        "offices may still be missing; what comes of it is to be merged again",
    ))
}

/// What was asked.
pub(super) fn read(sub: &ArgMatches) -> MergePlan {
    MergePlan {
        results: sub.get_many::<PathBuf>("results").into_iter().flatten().cloned().collect(),
        out: sub.get_one::<PathBuf>("out").cloned().unwrap_or_default(),
        partial: sub.get_flag("partial"),
    }
}
