//! `verify` 核验 and `finalize` 定稿: what they are asked and how that is read. Must not open anything.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use jiff::civil::Date;

use super::words::Words;
use crate::assess::Names;

/// `verify`
#[derive(Debug, Clone)]
pub struct VerifyPlan {
    /// A result folder, or a self-check certificate.
    pub result: PathBuf,
    /// The batch or folder it is compared with.
    pub batch: Option<PathBuf>,
    /// Rubrics it was assessed by.
    pub rubrics: Vec<String>,
    /// Plan of the draw.
    pub plan: Option<PathBuf>,
    /// How names were shown.
    pub names: Option<Names>,
    /// Whether what is printed is JSON.
    pub json: bool,
}

/// `finalize`
#[derive(Debug, Clone)]
pub struct FinalizePlan {
    /// The result.
    pub result: PathBuf,
    /// Stage.
    pub stage: String,
    /// Who seals it.
    pub by: String,
    /// When.
    pub on: Option<Date>,
    /// Whether cases may still be open.
    pub with_open: bool,
    /// A sealed result of an earlier stage in another folder.
    pub follows: Option<PathBuf>,
    /// A final result that this one corrects.
    pub corrects: Option<PathBuf>,
    /// Why.
    pub reason: Option<String>,
}

/// The stages, as they are written.
const STAGES: &[&str] = &["自查", "初评", "反馈", "复核", "定稿"];

/// The grammar of `verify`.
pub(super) fn verify(word: &Words) -> Command {
    word.command(
        "verify",
        "核验",
        "核验结果是否完好；写了批次，就用它重新评查并逐个文件比较",
        "whether results are whole; with a batch, assess it again and compare file by file",
        word.t("verify <结果或自查凭证> [批次] [选项]", "verify <RESULT|CERTIFICATE> [BATCH] [OPTIONS]"),
    )
    .arg(word.path("result", "结果", "RESULT", "结果文件夹，或 自查凭证.json", "result folder, or a self-check certificate"))
    .arg(
        word.path(
            "batch",
            "批次",
            "BATCH",
            "评查的批次文件夹，或自查的文件夹",
            "the batch that was assessed, or the folder that was checked",
        )
        .required(false),
    )
    .arg(word.many("rubric", "标准", "RUBRIC", "评查时指定的评估标准，可多次", "rubrics that were asked for, repeatable"))
    .arg(
        path_option("plan")
            .value_name(word.t("方案", "PLAN"))
            .help(word.t("评查时用 --plan 指定的 抽卷方案.json", "the plan of a draw that was given by --plan")),
    )
    .arg(word.choice("names", &["masked", "full"], "评查时的 --names：masked full", "the --names it was assessed with: masked full"))
    .arg(word.human_or_json())
}

/// The grammar of `finalize`.
pub(super) fn finalize(word: &Words) -> Command {
    word.command(
        "finalize",
        "定稿",
        "封存一个阶段的结果；定稿以后的改动是更正",
        "seal the result of a stage; a change after the last is a correction",
        word.t("finalize <结果> --by <封存人> --on <日期> [选项]", "finalize <RESULT> --by NAME --on DATE [OPTIONS]"),
    )
    .arg(word.path("result", "结果", "RESULT", "assess 或 merge 的结果文件夹", "result folder of assess or merge"))
    .arg(word.choice("stage", STAGES, "阶段：自查 初评 反馈 复核 定稿（默认）", "stage: 自查 初评 反馈 复核 定稿 (default)"))
    .arg(Arg::new("by").long("by").required(true).value_name(word.t("封存人", "NAME")).help(word.t("谁封存", "who seals it")))
    .arg(word.date("on", "封存日期，例如 2025-03-01；程序不看时钟", "day, such as 2025-03-01; no clock is read").required(true))
    .arg(word.flag(
        "with-open",
        "定稿时允许还有等次未定或未经确认的案件，会记入 seal.json",
        "allow undecided or unconfirmed cases at the last stage; seal.json says so",
    ))
    .arg(
        path_option("follows").value_name(word.t("前一阶段", "OLD")).conflicts_with("corrects").help(
            word.t("前一阶段封存的结果在另一个文件夹时写它", "the sealed result of the stage before, where it lies in another folder"),
        ),
    )
    .arg(
        path_option("corrects")
            .value_name(word.t("旧结果", "OLD"))
            .requires("reason")
            .help(word.t("这份结果更正哪一份已定稿的结果", "the final result that this one corrects")),
    )
    .arg(
        Arg::new("reason")
            .long("reason")
            .requires("corrects")
            .value_name(word.t("理由", "TEXT"))
            .help(word.t("更正的理由", "why it is corrected")),
    )
}

fn path_option(id: &'static str) -> Arg {
    Arg::new(id).long(id).value_parser(value_parser!(PathBuf))
}

/// What `verify` was asked.
pub(super) fn read_verify(sub: &ArgMatches) -> VerifyPlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let word = |id: &str| sub.get_one::<String>(id).map(String::as_str);
    VerifyPlan {
        result: path("result").unwrap_or_default(),
        batch: path("batch"),
        rubrics: sub.get_many::<String>("rubric").into_iter().flatten().cloned().collect(),
        plan: path("plan"),
        names: word("names").map(|n| if n == "full" { Names::Full } else { Names::Masked }),
        json: word("format") == Some("json"),
    }
}

/// What `finalize` was asked.
pub(super) fn read_finalize(sub: &ArgMatches) -> FinalizePlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let word = |id: &str| sub.get_one::<String>(id).cloned();
    FinalizePlan {
        result: path("result").unwrap_or_default(),
        stage: word("stage").unwrap_or_else(|| "定稿".to_owned()),
        by: word("by").unwrap_or_default(),
        on: sub.get_one::<Date>("on").copied(),
        with_open: sub.get_flag("with-open"),
        follows: path("follows"),
        corrects: path("corrects"),
        reason: word("reason"),
    }
}
