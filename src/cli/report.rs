//! `report` 报告: results in another form, or the JSON Schema of a result file. Must not act on it.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::plan::Plan;
use super::words::Words;
use crate::record::SCHEMAS;

/// `report RESULT --format FORM -o DIR`
#[derive(Debug, Clone, Default)]
pub struct ReportPlan {
    /// Result folder.
    pub result: PathBuf,
    /// `csv`, `json` or `parquet`.
    pub format: String,
    /// Folder to write.
    pub out: PathBuf,
}

/// The forms that results can be rendered in.
const FORMS: &[&str] = &["csv", "json", "parquet"];

/// The grammar.
pub fn report(word: &Words) -> Command {
    let path = |id: &'static str, name| Arg::new(id).value_name(name).value_parser(value_parser!(PathBuf));
    word.command(
        "report",
        "报告",
        "把结果导出为 CSV、JSON、Parquet，或打印结果文件的 JSON Schema",
        "export a result as CSV, JSON or Parquet, or print the JSON Schema of a result file",
        word.t(
            "report <结果> --format <格式> -o <文件夹>\n      juanping report --schema <文件>",
            "report <RESULT> --format <FORM> -o <DIR>\n       juanping report --schema <FILE>",
        ),
    )
    .arg(
        path("result", word.t("结果", "RESULT"))
            .required_unless_present("schema")
            .help_heading(word.t("参数", "Arguments"))
            .help(word.t("assess 的结果文件夹", "result folder of assess")),
    )
    .arg(
        word.choice(
            "format",
            FORMS,
            "格式：csv（用 Excel 打开）、json（一个文件）、parquet（数据分析）",
            "csv (for Excel), json (one document) or parquet (for analysis)",
        )
        .required_unless_present("schema"),
    )
    .arg(
        path("out", word.t("文件夹", "DIR"))
            .short('o')
            .long("out")
            .required_unless_present("schema")
            .help(word.t("写到哪个文件夹：不存在、空的或以前的导出", "folder to write: missing, empty, or an earlier export")),
    )
    .arg(word.choice("schema", SCHEMAS, "哪一种结果文件", "which result file").conflicts_with_all(["result", "format", "out"]))
}

/// Its plan.
pub(super) fn read(sub: &ArgMatches) -> Plan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned().unwrap_or_default();
    match sub.get_one::<String>("schema") {
        Some(name) => Plan::Schema { name: name.clone() },
        None => Plan::Report(ReportPlan {
            result: path("result"),
            format: sub.get_one::<String>("format").cloned().unwrap_or_default(),
            out: path("out"),
        }),
    }
}
