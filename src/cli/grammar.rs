//! The grammar of the command line in both languages, and the checks of its values. Must not act on them.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::base::text::Lang;

/// The whole grammar.
pub fn grammar(lang: Lang) -> Command {
    let t = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let template = match lang {
        Lang::Zh => "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
        Lang::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    };
    let word = Words { lang, template };
    Command::new("juanping")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "卷评：法律援助案卷质量评查，按 TOML 评估标准逐案核查、评分、出工作簿",
            "juanping: grades legal-aid dossiers against a TOML rubric and writes workbooks",
        ))
        .help_template(match lang {
            Lang::Zh => "{about-with-newline}\n用法：{usage}\n{after-help}\n\n选项：\n{options}",
            Lang::En => "{about-with-newline}\nUsage: {usage}\n{after-help}\n\nOptions:\n{options}",
        })
        .override_usage(t("juanping <命令> [选项]", "juanping <COMMAND> [OPTIONS]"))
        .after_help(t(AFTER_ZH, AFTER_EN))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_flag(lang))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("显示版本", "print the version")))
        .arg(lang_flag(lang))
        .subcommand(
            word.command("assess", &["评查"], "评查一个批次：评分并写出工作簿和结果", "grade a batch: workbooks and results")
                .arg(word.path("batch", "批次文件夹", "batch folder").required(true))
                .arg(
                    Arg::new("out")
                        .short('o')
                        .long("out")
                        .value_name(t("文件夹", "DIR"))
                        .required(true)
                        .value_parser(value_parser!(PathBuf))
                        .help(t("结果文件夹，须为空、不存在或是以前的结果", "result folder: empty, missing, or an earlier result")),
                )
                .arg(word.many("rubric", "评估标准的编号或文件，可多次", "rubric id or file, repeatable"))
                .arg(word.many("office", "只评这些机构，可多次", "only these offices, repeatable"))
                .arg(
                    Arg::new("as-of")
                        .long("as-of")
                        .value_name(t("日期", "DATE"))
                        .value_parser(|s: &str| crate::base::date::read(s).map(|w| w.date).map_err(|_| format!("{s:?}: 2024-12-31")))
                        .help(t("截止日，例如 2024-12-31", "as-of date, such as 2024-12-31")),
                )
                .arg(word.choice(
                    "names",
                    &["masked", "full"],
                    "人名：masked 隐去（默认），full 显示（仅限内部）",
                    "names: masked (default) or full (internal only)",
                ))
                .arg(word.choice(
                    "fail-on",
                    &["error", "warning", "info"],
                    "有这一级以上问题时退出码为 1",
                    "exit 1 on findings from this severity on",
                )),
        )
        .subcommand(
            word.command("demo", &["演示"], "生成一个虚构城市的演示批次，内有已知缺陷", "make a synthetic batch with planted defects")
                .arg(word.path("folder", "要生成的文件夹", "folder to make").required(true))
                .arg(word.number("offices", "机构数（默认 12）", "offices (default 12)"))
                .arg(word.number("cases", "评查范围内的案件总数（默认 120）", "cases in scope over all offices (default 120)"))
                .arg(
                    Arg::new("seed")
                        .long("seed")
                        .value_name("S")
                        .value_parser(value_parser!(u64))
                        .help(t("随机种子（默认 1）", "seed (default 1)")),
                )
                .arg(word.flag("no-files", "只生成登记表，不生成案卷文件", "registers only, no dossier files")),
        )
        .subcommand(
            word.command("rubric", &["标准"], "列出、查看、检查、测试、导出评估标准", "list, show, check, test and export rubrics")
                .subcommand_required(true)
                .subcommand(word.command("list", &["列表"], "列出随附的标准", "list the shipped rubrics"))
                .subcommand(
                    word.command("show", &["查看"], "显示合并后的标准和每一项的出处", "print the merged rubric with origins")
                        .arg(word.rubrics()),
                )
                .subcommand(word.command("check", &["检查"], "显示全部错误和提醒", "show every mistake and lint").arg(word.rubrics()))
                .subcommand(word.command("test", &["测试"], "运行标准自带的示例", "run the examples of a rubric").arg(word.rubrics()))
                .subcommand(
                    word.command("export", &["导出"], "导出随附的标准，以便修改", "write the shipped rubrics out")
                        .arg(word.path("folder", "文件夹", "folder").required(true)),
                ),
        )
        .subcommand(
            word.command(
                "explain",
                &["说明"],
                "说明一个编号：指标、检查方法、错误、问题、字段、材料",
                "explain a code: criterion, check, mistake, problem, field, document",
            )
            .arg(
                Arg::new("code")
                    .value_name(t("编号", "CODE"))
                    .help(t("例如 A02、within、P010、R013；不写则列出全部", "such as A02, within, P010, R013; none lists all")),
            )
            .arg(word.many("rubric", "在哪些标准中找", "rubrics to look in")),
        )
        .subcommand(
            word.command("report", &["报告"], "打印结果文件的 JSON Schema", "print the JSON Schema of a result file")
                .arg(word.choice("schema", &["results", "cases"], "results 或 cases", "results or cases").required(true)),
        )
        .subcommand(
            word.command("completions", &["补全"], "生成命令补全脚本", "make a completion script").arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(clap_complete::Shell))
                    .help("bash zsh fish powershell elvish"),
            ),
        )
        .subcommand(word.command("man", &["手册"], "生成 man 手册页", "make a man page"))
}

const AFTER_ZH: &str = "
常用命令：
  assess   评查  评查一个批次：juanping assess 2024年度评查 -o 结果
  demo     演示  生成演示批次：juanping demo 演示
  rubric   标准  评估标准：juanping rubric list
  explain  说明  说明一个编号：juanping explain A02

更多：
  report --schema  结果文件的 JSON Schema
  completions      命令补全脚本
  man              手册页

每个命令加 --help 看它的选项。退出码：0 正常；1 达到 --fail-on 或示例不符；2 用法、标准或设置有误；3 有登记表等读不了；4 无法写出。";

const AFTER_EN: &str = "
Everyday commands:
  assess   grade a batch: juanping assess BATCH -o OUT
  demo     make a synthetic batch: juanping demo DIR
  rubric   rubrics: juanping rubric list
  explain  explain a code: juanping explain A02

More:
  report --schema  JSON Schema of a result file
  completions      completion script
  man              man page

Add --help to a command for its options. Exit codes: 0 good; 1 --fail-on reached or an example failed; 2 usage, rubric or
settings wrong; 3 a register or folder could not be read; 4 could not write.";

fn help_flag(lang: Lang) -> Arg {
    let help = if lang == Lang::Zh { "显示帮助" } else { "print help" };
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help)
}

fn lang_flag(lang: Lang) -> Arg {
    let help = if lang == Lang::Zh { "语言：zh 或 en" } else { "language: zh or en" };
    Arg::new("lang")
        .long("lang")
        .value_name("LANG")
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .hide_possible_values(true)
        .help(help)
}

/// Makes parts of the grammar in one language.
struct Words {
    lang: Lang,
    template: &'static str,
}

impl Words {
    fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    fn command(&self, name: &'static str, aliases: &[&'static str], zh: &'static str, en: &'static str) -> Command {
        let t = |zh, en| self.t(zh, en);
        Command::new(name)
            .visible_aliases(aliases.to_vec())
            .about(self.t(zh, en))
            .help_template(self.template)
            .subcommand_help_heading(t("命令", "Commands"))
            .disable_help_subcommand(true)
            .disable_help_flag(true)
            .next_help_heading(t("选项", "Options"))
            .arg(help_flag(self.lang))
            .arg(lang_flag(self.lang))
            .arg(self.flag("quiet", "不显示进度和摘要", "no progress, no summary"))
            .arg(self.choice("color", &["auto", "always", "never"], "颜色：auto always never", "colours: auto always never"))
            .arg(self.number("jobs", "线程数（默认等于处理器核数）", "threads (default: cores)"))
    }

    fn flag(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(self.t(zh, en))
    }

    fn number(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).value_name("N").value_parser(value_parser!(u32)).help(self.t(zh, en))
    }

    fn many(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).value_name(self.t("名称", "NAME")).action(ArgAction::Append).help(self.t(zh, en))
    }

    fn choice(&self, id: &'static str, values: &[&'static str], zh: &'static str, en: &'static str) -> Arg {
        let values = PossibleValuesParser::new(values.to_vec());
        Arg::new(id).long(id).value_name(self.t("选项", "CHOICE")).value_parser(values).hide_possible_values(true).help(self.t(zh, en))
    }

    fn path(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id)
            .value_name(self.t("文件夹", "DIR"))
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.t("参数", "Arguments"))
            .help(self.t(zh, en))
    }

    fn rubrics(&self) -> Arg {
        Arg::new("rubrics")
            .value_name(self.t("标准", "RUBRIC"))
            .num_args(0..)
            .help_heading(self.t("参数", "Arguments"))
            .help(self.t("编号或文件；不写则为全部随附标准", "ids or files; none means all that are shipped"))
    }
}
