//! `diff OLD NEW` 对比: its grammar and its plan. Must not read files.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::words::Words;

/// `diff`
#[derive(Debug, Clone, Default)]
pub struct DiffPlan {
    /// The older result.
    pub old: PathBuf,
    /// The newer one.
    pub new: PathBuf,
    /// Workbook to write.
    pub out: Option<PathBuf>,
    /// Whether what is printed is JSON.
    pub json: bool,
    /// Whether new findings give exit code 1.
    pub fail_on_new: bool,
}

/// The grammar.
pub fn diff(word: &Words) -> Command {
    let result = |id, zh, en, help| Arg::new(id).value_name(word.t(zh, en)).required(true).value_parser(value_parser!(PathBuf)).help(help);
    word.command(
        "diff",
        "对比",
        "两次结果对比：改正的、新增的、仍有的、不能比的，各机构的率为什么变",
        "two results side by side: fixed, new, still there, not comparable, and why each rate moved",
        word.t("diff <上次> <本次> [选项]", "diff <OLD> <NEW> [OPTIONS]"),
    )
    .arg(result("old", "上次", "OLD", word.t("结果文件夹或 自查结果.xlsx", "a result folder, or the workbook of a self-check")))
    .arg(result("new", "本次", "NEW", word.t("结果文件夹或 自查结果.xlsx", "a result folder, or the workbook of a self-check")))
    .arg(
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name(word.t("对比.xlsx", "FILE.xlsx"))
            .value_parser(value_parser!(PathBuf))
            .help(word.t("写出工作簿", "workbook to write")),
    )
    .arg(word.choice("format", &["human", "json"], "屏幕输出：human（默认）json", "what is printed: human (default) or json"))
    .arg(word.choice("fail-on", &["new"], "有新问题时退出码为 1", "exit 1 when there are new findings"))
}

/// The plan of its matches.
pub fn plan(sub: &ArgMatches) -> DiffPlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    DiffPlan {
        old: path("old").unwrap_or_default(),
        new: path("new").unwrap_or_default(),
        out: path("out"),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
        fail_on_new: sub.get_one::<String>("fail-on").is_some(),
    }
}
