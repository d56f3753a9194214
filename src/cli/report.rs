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
    /// `csv`, `json`, `parquet`, `docx` or `html`.
    pub format: String,
    /// What is asked of papers.
    pub papers: PapersPlan,
    /// Folder to write.
    pub out: PathBuf,
}

/// What is asked of papers (文书).
#[derive(Debug, Clone, Default)]
pub struct PapersPlan {
    /// Forms by id or title; empty = all that the source and the audience allow.
    pub forms: Vec<String>,
    /// `internal`, `feedback` or `public`.
    pub audience: Option<String>,
    /// A template instead of the layout that is built in.
    pub template: Option<PathBuf>,
    /// Where to write the layout that is built in.
    pub export: Option<PathBuf>,
    /// The plan of the draw.
    pub plan: Option<PathBuf>,
    /// The ledger.
    pub ledger: Option<PathBuf>,
    /// Offices; empty = all.
    pub offices: Vec<String>,
    /// Values that people give, `NAME=VALUE`.
    pub set: Vec<String>,
}

/// The forms that results can be rendered in.
const FORMS: &[&str] = &["csv", "json", "parquet", "docx", "html"];

/// The grammar.
pub fn report(word: &Words) -> Command {
    let path = |id: &'static str, name| Arg::new(id).value_name(name).value_parser(value_parser!(PathBuf));
    let file = |id: &'static str, zh, en| path(id, word.t("文件", "FILE")).long(id).help(word.t(zh, en));
    word.command(
        "report",
        "报告",
        "把结果导出为 CSV、JSON、Parquet，制作评估表、反馈书、通报等文书（Word），或打印结果文件的 JSON Schema",
        "export a result as CSV, JSON or Parquet, make papers to sign (Word), or print the JSON Schema of a result file",
        word.t(
            "report <结果> --format <格式> -o <文件夹>\n      juanping report --form <文书> --export-template <样式.docx>\n      juanping report --schema <文件>",
            "report <RESULT> --format <FORMAT> -o <DIR>\n       juanping report --form <FORM> --export-template <FILE.docx>\n       juanping report --schema <FILE>",
        ),
    )
    .arg(
        path("result", word.t("结果", "RESULT"))
            .required_unless_present_any(["schema", "export-template"])
            .help_heading(word.t("参数", "Arguments"))
            .help(word.t("assess 的结果文件夹；文书也可以用 draw 的结果", "result folder of assess; papers also of draw")),
    )
    .arg(
        word.choice(
            "format",
            FORMS,
            "格式：csv（用 Excel 打开）、json（一个文件）、parquet（数据分析）、docx（文书）、html（网页报告）",
            "csv (for Excel), json (one document), parquet (for analysis), docx (papers to sign) or html (a page)",
        )
        .required_unless_present_any(["schema", "export-template"]),
    )
    .arg(
        path("out", word.t("文件夹", "DIR"))
            .short('o')
            .long("out")
            .required_unless_present_any(["schema", "export-template"])
            .help(word.t("写到哪个文件夹：不存在、空的或以前的导出", "folder to write: missing, empty, or an earlier export")),
    )
    .arg(word.many("form", "文书", "FORM", "哪些文书，名称如 案件质量评估表，可多次（默认全部）", "which forms, repeatable (default: all)"))
    .arg(word.choice(
        "audience",
        &["internal", "feedback", "public"],
        "只做可以给谁的文书：internal 内部（默认）、feedback 反馈给被评机构、public 公开",
        "only papers for: internal (default), feedback (the office concerned) or public",
    ))
    .arg(word.many("office", "机构", "NAME", "只做这些机构的，可多次", "only these offices, repeatable"))
    .arg(file("template", "用本单位的 Word 模板，配一个 --form", "a Word template of your own, with one --form"))
    .arg(file("export-template", "把内置样式存成 Word 模板，改好后用 --template 交回", "write the built-in layout as a template to change"))
    .arg(file("plan", "抽卷方案.json：调卷清单、分卷表、承诺书要用", "plan of the draw, for lists of files and reviewers"))
    .arg(file("ledger", "整改台账.xlsx：整改通知书用其中的措施和期限", "the ledger, for measures and due dates"))
    .arg(word.many("set", "名称=内容", "NAME=VALUE", "填写 联系人、联系电话、整改期限 等，可多次", "a value that people give, such as 联系人, repeatable"))
    .arg(word.choice("schema", SCHEMAS, "哪一种结果文件", "which result file").conflicts_with_all(["result", "format", "out", "export-template"]))
}

/// Its plan.
pub(super) fn read(sub: &ArgMatches) -> Plan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned().unwrap_or_default();
    match sub.get_one::<String>("schema") {
        Some(name) => Plan::Schema { name: name.clone() },
        None => Plan::Report(ReportPlan {
            result: path("result"),
            format: sub.get_one::<String>("format").cloned().unwrap_or_default(),
            papers: papers(sub),
            out: path("out"),
        }),
    }
}

fn papers(sub: &ArgMatches) -> PapersPlan {
    let file = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let words = |id: &str| sub.get_many::<String>(id).into_iter().flatten().cloned().collect();
    PapersPlan {
        forms: words("form"),
        audience: sub.get_one::<String>("audience").cloned(),
        template: file("template"),
        export: file("export-template"),
        plan: file("plan"),
        ledger: file("ledger"),
        offices: words("office"),
        set: words("set"),
    }
}
