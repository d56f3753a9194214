//! The grammar of the command line in both languages. Must not act on it, nor let the words of the parser itself be seen.

use std::path::PathBuf;

use clap::{Arg, ArgGroup, Command, value_parser};

use super::gap::gap;
use super::nominate::nominate;
use super::report::report;
use super::what_if::what_if;
use super::words::Words;
use crate::base::text::Lang;

/// The whole grammar.
pub fn grammar(lang: Lang) -> Command {
    let word = Words { lang };
    let t = |zh: &'static str, en: &'static str| word.t(zh, en);
    Command::new("juanping")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "卷评：法律援助案卷质量评查，按 TOML 评估标准逐案核查、评分、出工作簿",
            "juanping: grades legal-aid dossiers against a TOML rubric and writes workbooks",
        ))
        .help_template(t(
            "{about-with-newline}\n用法：{usage}{after-help}\n\n选项：\n{options}",
            "{about-with-newline}\nUsage: {usage}{after-help}\n\nOptions:\n{options}",
        ))
        .override_usage(t("juanping <命令> [选项]", "juanping <COMMAND> [OPTIONS]"))
        .after_help(t(AFTER_ZH, AFTER_EN))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(word.help())
        .arg(Arg::new("version").short('V').long("version").action(clap::ArgAction::Version).help(t("显示版本", "print the version")))
        .arg(word.lang_flag())
        .subcommand(check(&word))
        .subcommand(assess(&word))
        .subcommand(draw(&word))
        .subcommand(super::rank::rank(&word))
        .subcommand(super::merge::merge(&word))
        .subcommand(super::seal::finalize(&word))
        .subcommand(super::seal::verify(&word))
        .subcommand(init(&word))
        .subcommand(demo(&word))
        .subcommand(super::ledger::ledger(&word))
        .subcommand(super::diff::diff(&word))
        .subcommand(rubric(&word))
        .subcommand(explain(&word))
        .subcommand(what_if(&word))
        .subcommand(gap(&word))
        .subcommand(nominate(&word))
        .subcommand(report(&word))
        .subcommand(
            word.command("completions", "补全", "生成命令补全脚本", "make a completion script", "completions <SHELL>").arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .hide_possible_values(true)
                    .value_parser(value_parser!(clap_complete::Shell))
                    .help("bash zsh fish powershell elvish"),
            ),
        )
        .subcommand(word.command("man", "手册", "生成 man 手册页", "make a man page", "man"))
}

fn check(word: &Words) -> Command {
    word.command(
        "check",
        "自查",
        "自查一个机构：缺什么、值多少分、先办什么",
        "self-check of an office: what is missing, what it costs, what first",
        word.t("check <文件夹> [选项]", "check <DIR> [OPTIONS]"),
    )
    .arg(word.path("folder", "文件夹", "DIR", "机构的文件夹（登记表和案卷）", "the office's folder: registers and dossiers"))
    .arg(Arg::new("out").short('o').long("out").value_name(word.t("结果", "OUT")).value_parser(value_parser!(PathBuf)).help(word.t(
        "写到哪个文件夹或 .xlsx 文件（默认：当前文件夹的 自查结果.xlsx）",
        "folder or .xlsx file to write (default: 自查结果.xlsx in the current folder)",
    )))
    .arg(word.choice(
        "format",
        FORMATS,
        "屏幕输出：human json csv sarif junit；human 以外的只在写了 -o 时才写 xlsx",
        "what is printed: human json csv sarif junit; others than human write the xlsx only with -o",
    ))
    .arg(Arg::new("baseline").long("baseline").value_name(word.t("上次结果", "OLD")).value_parser(value_parser!(PathBuf)).help(word.t(
        "与上次对比：以前的 自查结果.xlsx、json 或 assess 的结果文件夹",
        "compare with an earlier 自查结果.xlsx, json or result folder of assess",
    )))
    .arg(Arg::new("certificate").long("certificate").value_name(word.t("凭证", "FILE")).value_parser(value_parser!(PathBuf)).help(word.t(
        "自查凭证写到哪个文件（-o 是文件夹时默认写在其中的 自查凭证.json）",
        "file of the certificate of this check (default: 自查凭证.json in the folder of -o)",
    )))
    .args(graded(word))
    .arg(word.choice(
        "fail-on",
        &["error", "warning", "info", "never"],
        "有这一级以上的问题时退出码为 1（默认 error；never 不因问题改变退出码）",
        "exit 1 on findings from this severity on (default error; never)",
    ))
}

/// What is asked for wherever cases are graded.
fn graded(word: &Words) -> [Arg; 7] {
    [
        word.many("rubric", "标准", "RUBRIC", "评估标准的编号或文件，可多次", "rubric id or file, repeatable"),
        word.many("office", "机构", "NAME", "只评这些机构，可多次", "only these offices, repeatable"),
        word.date("as-of", "截止日，例如 2024-12-31", "as-of date, such as 2024-12-31"),
        word.choice(
            "names",
            &["masked", "full"],
            "人名：masked 隐去（默认），full 显示（仅限内部）",
            "names: masked (default) or full (internal only)",
        ),
        word.choice(
            "look",
            &["names", "headers", "pixels"],
            "案卷看到哪一步：names 只看文件名，headers 看格式、页数和文字，pixels 连扫描图像也看（默认）",
            "how far dossiers are looked into: names only, headers (formats, pages, text), or pixels too (default)",
        ),
        word.flag(
            "ocr",
            "用 Tesseract 识别没有文字的扫描页（须另行安装，较慢）",
            "read scans without text by Tesseract (installed apart, slow)",
        ),
        word.flag("no-cache", "不用也不留下以前看过的结果，全部重新看", "neither use nor keep what earlier runs saw inside files"),
    ]
}

fn assess(word: &Words) -> Command {
    word.command(
        "assess",
        "评查",
        "评查一个批次：评分并写出工作簿和结果",
        "grade a batch: workbooks and results",
        word.t("assess <批次> -o <结果> [选项]", "assess <BATCH> -o <OUT> [OPTIONS]"),
    )
    .arg(word.path("batch", "批次", "BATCH", "批次文件夹", "batch folder"))
    .arg(
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name(word.t("结果", "OUT"))
            .required_unless_present("list-offices")
            .value_parser(value_parser!(PathBuf))
            .help(word.t("结果文件夹：不存在、空的或以前的结果", "result folder: missing, empty, or an earlier result")),
    )
    .arg(
        word.flag(
            "list-offices",
            "只列出各机构的编号和名称，供 --office 使用，不评查",
            "list ids and names of the offices for --office, and grade nothing",
        )
        .conflicts_with("out"),
    )
    .args(graded(word))
    .arg(word.choice(
        "fail-on",
        &["error", "warning", "info"],
        "有这一级以上的问题时退出码为 1",
        "exit 1 on findings from this severity on",
    ))
    .arg(Arg::new("plan").long("plan").value_name(word.t("方案", "PLAN")).value_parser(value_parser!(PathBuf)).help(word.t(
        "只评查这份 抽卷方案.json 抽中的案件；不写则用批次文件夹里的一份",
        "grade what this plan of a draw selects; without it the one in the batch, if any",
    )))
}

fn draw(word: &Words) -> Command {
    let out = Arg::new("out").short('o').long("out").value_name(word.t("结果", "OUT")).value_parser(value_parser!(PathBuf));
    let repeat = Arg::new("repeat").long("repeat").value_name(word.t("方案", "PLAN")).value_parser(value_parser!(PathBuf));
    let status = Arg::new("status").long("status").value_name(word.t("方案", "PLAN")).value_parser(value_parser!(PathBuf));
    let batch = word.path("batch", "批次", "BATCH", "批次文件夹；重抽时可不写", "batch folder; may be left out with --repeat");
    word.command(
        "draw",
        "抽卷",
        "抽取要评查的案件，分给评估专家",
        "draw the cases to review and give them to reviewers",
        word.t("draw <批次> -o <结果> [选项]", "draw <BATCH> -o <OUT> [OPTIONS]"),
    )
    .arg(batch.required(false).required_unless_present("repeat"))
    .arg(
        out.required_unless_present_any(["repeat", "status"])
            .help(word.t("结果文件夹：不存在、空的或以前的抽卷结果", "result folder: missing, empty, or an earlier draw")),
    )
    .arg(word.choice(
        "method",
        METHODS,
        "方法：random 随机，numbers 指定案号，quota 按机构和类型定额，all 应评尽评",
        "method: random, numbers (designated), quota (by office and type), all",
    ))
    .arg(word.above_zero("number", "随机抽多少件", "so many at random"))
    .arg(word.percentage("percent", "随机抽百分之几（默认 10），向上取整", "so many of a hundred (default 10), rounded up"))
    .arg(word.percentage("margin", "按允许误差定件数，例如 5 即 ±5%", "as many as this margin of error asks for, such as 5"))
    .arg(word.seed())
    .arg(repeat.help(word.t("凭 抽卷方案.json 重抽，说出有何不同", "draw again from a plan alone and say what differs")))
    .arg(
        Arg::new("extra")
            .long("extra")
            .value_name(word.t("评查结果", "RESULT"))
            .value_parser(value_parser!(PathBuf))
            .requires("batch")
            .conflicts_with_all(["status", "method", "size", "seed"])
            .help(
                word.t("给这次评查结果中需要再评的案件加评，原来的分卷不变", "one more mark for each case that this result says needs it"),
            ),
    )
    .arg(word.flag("no-sheets", "不出评分表，不打开案卷", "no score sheets, so that no dossier is opened"))
    .arg(
        status.requires("batch").conflicts_with_all(["repeat", "out", "method", "size", "seed"]).help(
            word.t("对照方案看批次里交回的评分表：谁交了、谁没交、哪些要退回", "who has handed in score sheets, checked against a plan"),
        ),
    )
    .arg(
        word.choice(
            "format",
            &["human", "json"],
            "--status 的格式：human 文字（默认），json",
            "format of --status: human (default) or json",
        )
        .requires("status"),
    )
    // Names stay masked in a draw.
    .args(graded(word).into_iter().filter(|a| a.get_id() != "names"))
    .group(ArgGroup::new("size").args(["number", "percent", "margin"]))
}

fn init(word: &Words) -> Command {
    word.command(
        "init",
        "初始化",
        "生成设置模板，并按登记表生成卷内材料登记表",
        "make a settings template, and from a register a checklist workbook",
        word.t("init <文件夹> [--from <登记表>] [选项]", "init <DIR> [--from REGISTER] [OPTIONS]"),
    )
    .alias("生成登记表")
    .arg(word.path("folder", "文件夹", "DIR", "写到哪个文件夹，已有的文件不覆盖", "folder to write to; files that are there are kept"))
    .arg(
        Arg::new("from")
            .long("from")
            .value_name(word.t("登记表", "REGISTER"))
            .value_parser(value_parser!(PathBuf))
            .help(word.t("案件登记表，或放登记表的文件夹", "a register, or a folder of registers")),
    )
    .arg(word.many("rubric", "标准", "RUBRIC", "评估标准的编号或文件，可多次", "rubric id or file, repeatable"))
}

fn demo(word: &Words) -> Command {
    word.command(
        "demo",
        "演示",
        "生成一个虚构城市的演示批次，内有已知缺陷",
        "make a synthetic batch with planted defects",
        word.t("demo <文件夹> [选项]", "demo <DIR> [OPTIONS]"),
    )
    .arg(word.path("folder", "文件夹", "DIR", "要生成的文件夹", "folder to make"))
    .arg(word.number("offices", "机构数（默认 12）", "offices (default 12)"))
    .arg(word.number("cases", "评查范围内的案件总数（默认 120）", "cases in scope over all offices (default 120)"))
    .arg(word.number("firms", "改为生成这么多家律师事务所的年度检查考核", "make so many law firms to be checked instead"))
    .arg(word.seed())
    .arg(word.flag("no-files", "只生成登记表，不生成案卷文件", "registers only, no dossier files"))
    .arg(Arg::new("fill").long("fill").value_name(word.t("抽卷或台账", "DRAW|LEDGER")).value_parser(value_parser!(PathBuf)).help(word.t(
        "由虚构的评估专家填好这次抽卷的评分表，放入演示批次；写整改台账.xlsx 的，由虚构的复核人把待复核的销号",
        "have the invented reviewers fill in the score sheets of this draw, and put them into the batch; of a ledger, have what awaits \
         its re-check struck off",
    )))
    .arg(word.flag(
        "round",
        "还没有评分，另有 reviewers.toml，用来演示抽卷和评分",
        "nothing marked yet, and reviewers: for a round of review",
    ))
    .arg(word.flag(
        "mended",
        "同一批次，原来没有入卷的材料已找到并补入，用来演示复查",
        "the same batch after lacking papers were found and added: for a re-check",
    ))
    .arg(word.flag("indicators", "另有 指标.xlsx，用来演示机构考核", "indicators of offices too (指标.xlsx)"))
}

fn rubric(word: &Words) -> Command {
    let usage = |name: &'static str| match name {
        "show" => word.t("rubric show [标准]...", "rubric show [RUBRIC]..."),
        "check" => word.t("rubric check [标准]...", "rubric check [RUBRIC]..."),
        _ => word.t("rubric test [标准]...", "rubric test [RUBRIC]..."),
    };
    let on_rubrics = |name, alias, zh, en| word.command(name, alias, zh, en, usage(name)).arg(word.rubrics());
    word.command(
        "rubric",
        "标准",
        "列出、查看、检查、测试、导出评估标准",
        "list, show, check, test and export rubrics",
        word.t("rubric <命令> [选项]", "rubric <COMMAND> [OPTIONS]"),
    )
    .subcommand_required(true)
    .subcommand(word.command("list", "列表", "列出随附的标准", "list the shipped rubrics", "rubric list"))
    .subcommand(on_rubrics("show", "查看", "显示合并后的标准和每一项的出处", "print the merged rubric with origins"))
    .subcommand(on_rubrics("check", "检查", "显示全部错误和提醒", "show every mistake and warning"))
    .subcommand(on_rubrics("test", "测试", "运行标准自带的示例", "run the examples of a rubric"))
    .subcommand(
        word.command(
            "export",
            "导出",
            "导出随附的标准，以便修改",
            "write the shipped rubrics out",
            word.t("rubric export <文件夹>", "rubric export <DIR>"),
        )
        .arg(word.path(
            "folder",
            "文件夹",
            "DIR",
            "写到哪个文件夹，已有的文件不覆盖",
            "folder to write to; files that are there are kept",
        )),
    )
}

fn explain(word: &Words) -> Command {
    word.command(
        "explain",
        "说明",
        "说明一个编号：指标、检查方法、错误、问题、字段、材料",
        "explain a code: criterion, check, mistake, problem, field, document",
        word.t("explain [编号] [选项]", "explain [CODE] [OPTIONS]"),
    )
    .arg(
        Arg::new("code")
            .value_name(word.t("编号", "CODE"))
            .help(word.t("例如 A02、within、P010、R013；不写则列出全部", "such as A02, within, P010, R013; none lists all")),
    )
    .arg(word.many("rubric", "标准", "RUBRIC", "在哪些标准中找", "rubrics to look in"))
}

/// How `draw` finds cases.
const METHODS: &[&str] = &["random", "numbers", "quota", "all"];
/// What `check` can print.
const FORMATS: &[&str] = &["human", "json", "csv", "sarif", "junit"];

const AFTER_ZH: &str = "常用命令：
  check    自查  自查一个机构：juanping check 东岭区
  assess   评查  评查一个批次：juanping assess 2024年度评查 -o 结果
  init     初始化  卷内材料登记表和设置模板：juanping init 东岭区 --from 登记表.xlsx
  explain  说明  说明一个编号：juanping explain A02

更多：
  draw     抽卷    抽卷、分卷：juanping draw 2024年度评查 -o 抽卷
  rank     排名    年度排名：juanping rank 2023结果 2024结果 -o 排名
  merge    合并    合并分机构评查的结果：juanping merge 结果1 结果2 -o 结果
  finalize 定稿    封存一个阶段的结果：juanping finalize 结果 --by 姓名 --on 日期
  verify   核验    结果是否完好，能否由批次重新得到：juanping verify 结果 批次
  demo     演示    生成演示批次：juanping demo 演示批次
  diff     对比    两次结果对比：juanping diff 上次结果 本次结果
  ledger   整改台账  建立、更新整改台账：juanping ledger 结果 -o 整改台账.xlsx
  rubric   标准    评估标准：juanping rubric list
  what-if  提升    最少补正几处能升等次：juanping what-if 结果
  gap      自评与抽查  自评与抽查对照：juanping gap 自评结果 抽查结果
  nominate 推荐    典型案例候选、差别补贴：juanping nominate 结果 --rules 规则.toml
  report   报告    导出 CSV、JSON、Parquet：juanping report 结果 --format csv -o 导出
  report --schema  结果文件的 JSON Schema
  completions      命令补全脚本
  man              手册页

每个命令加 --help 看它的选项。
退出码：0 正常；1 达到 --fail-on（check 默认 error），或示例不符；2 用法、标准或设置有误，没有运行；
3 有登记表等读不了，其余照常；4 无法写出。";

const AFTER_EN: &str = "Everyday commands:
  check    self-check of an office: juanping check DIR
  assess   grade a batch: juanping assess BATCH -o OUT
  init     settings template and checklist: juanping init DIR --from REGISTER
  explain  explain a code: juanping explain A02

More:
  draw             draw cases and give them to reviewers: juanping draw BATCH -o OUT
  rank             annual ranking: juanping rank RESULT... -o DIR
  merge            join results of assess --office: juanping merge A B -o OUT
  finalize         seal the result of a stage: juanping finalize OUT --by NAME --on DATE
  verify           whether results are whole: juanping verify OUT BATCH
  demo             make a synthetic batch: juanping demo DIR
  diff             two results side by side: juanping diff OLD NEW
  ledger           what is to be put right: juanping ledger RESULT -o FILE.xlsx
  rubric           rubrics: juanping rubric list
  what-if          fewest fixes that lift a grade: juanping what-if OUT
  gap              self-assessed against audited: juanping gap SELF AUDIT
  nominate         typical cases, subsidies by grade: juanping nominate OUT --rules FILE
  report           export CSV, JSON, Parquet: juanping report OUT --format csv -o DIR
  report --schema  JSON Schema of a result file
  completions      completion script
  man              man page

Add --help to a command for its options.
Exit codes: 0 good; 1 --fail-on reached (check: error), or an example failed;
2 usage, rubric or settings wrong, nothing was run;
3 a register or folder could not be read, the rest was graded; 4 could not write.";
