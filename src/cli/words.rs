//! Parts of the grammar, each made in one language. Must not know which command they are for.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::base::date;
use crate::base::points::Points;
use crate::base::text::Lang;
use crate::panel::settings::percentage_of;

/// Where the options that all commands share are shown: after their own.
const LAST: usize = 100;

/// Makes parts of the grammar.
pub struct Words {
    /// In this language.
    pub lang: Lang,
}

impl Words {
    /// The words in the language.
    pub fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// A command with the options that all share. The parser's own usage and alias notes are English, so both are written here.
    pub fn command(&self, name: &'static str, alias: &'static str, zh: &'static str, en: &'static str, usage: &str) -> Command {
        let about = if self.lang == Lang::Zh { format!("{zh}（也可写作 {alias}）") } else { en.to_owned() };
        Command::new(name)
            .alias(alias)
            .about(about)
            .override_usage(format!("juanping {usage}"))
            .help_template(self.t(
                "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
                "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
            ))
            .subcommand_help_heading(self.t("命令", "Commands"))
            .disable_help_subcommand(true)
            .disable_help_flag(true)
            .next_help_heading(self.t("选项", "Options"))
            .arg(self.help())
            .arg(self.lang_flag())
            .arg(self.flag("quiet", "不显示进度和摘要", "no progress, no summary").display_order(LAST))
            .arg(self.choice("color", &["auto", "always", "never"], "颜色", "colours").display_order(LAST))
            .arg(self.number("jobs", "线程数（默认等于处理器核数）", "threads (default: cores)").display_order(LAST))
    }

    /// `--help`
    pub fn help(&self) -> Arg {
        let help = self.t("显示帮助", "print help");
        Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST + 2).help(help)
    }

    /// `--lang`
    pub fn lang_flag(&self) -> Arg {
        self.choice("lang", &["zh", "en"], "语言", "language").display_order(LAST + 1)
    }

    /// An option without a value.
    pub fn flag(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(self.t(zh, en))
    }

    /// An option with a whole number.
    pub fn number(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        let wrong = self.t("应为 0 到 4294967295 的整数", "must be a whole number from 0 to 4294967295");
        self.counted(id, zh, en, move |s| s.parse().map_err(|_| wrong))
    }

    fn counted(
        &self,
        id: &'static str,
        zh: &'static str,
        en: &'static str,
        read: impl Fn(&str) -> Result<u32, &'static str> + Clone + Send + Sync + 'static,
    ) -> Arg {
        // So that -1 is a wrong number and not an unknown option.
        Arg::new(id).long(id).value_name("N").allow_negative_numbers(true).value_parser(read).help(self.t(zh, en))
    }

    /// An option with a number of which none would be nothing to do.
    pub fn above_zero(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        let wrong = self.t("应为 1 到 4294967295 的整数", "must be a whole number from 1 to 4294967295");
        self.counted(id, zh, en, move |s| s.parse().ok().filter(|n| *n > 0).ok_or(wrong))
    }

    /// An option with a percentage; kept as its two decimals at most.
    pub fn percentage(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        let wrong = self.t("应为大于 0、不超过 100 的数，最多两位小数", "must be above 0 and up to 100, with at most two decimals");
        let read = move |s: &str| {
            let points = Points::parse(s.trim_end_matches(['%', '％']));
            points.and_then(|p| percentage_of(p, false)).ok_or(wrong)
        };
        Arg::new(id).long(id).value_name("P").allow_negative_numbers(true).value_parser(read).help(self.t(zh, en))
    }

    /// `--seed`
    pub fn seed(&self) -> Arg {
        let wrong = self.t("应为不小于 0 的整数", "must be a whole number from 0 on");
        let read = move |s: &str| s.parse::<u64>().map_err(|_| wrong);
        let help = self.t("随机种子（默认 1）", "seed (default 1)");
        Arg::new("seed").long("seed").value_name("S").allow_negative_numbers(true).value_parser(read).help(help)
    }

    /// An option with a date, written as people write dates.
    pub fn date(&self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        let wrong = self.t("应为日期，例如 2024-12-31", "must be a date, such as 2024-12-31");
        let read = move |s: &str| date::read(s).map(|w| w.date).map_err(|_| wrong);
        Arg::new(id).long(id).value_name(self.t("日期", "DATE")).value_parser(read).help(self.t(zh, en))
    }

    /// An option that may be given several times.
    pub fn many(&self, id: &'static str, name: &'static str, name_en: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).value_name(self.t(name, name_en)).action(ArgAction::Append).help(self.t(zh, en))
    }

    /// An option with one of a few words.
    pub fn choice(&self, id: &'static str, values: &'static [&'static str], zh: &'static str, en: &'static str) -> Arg {
        // The words are shown as the value, unless the help tells them anyway.
        let (help, first) = (self.t(zh, en), values.first().copied().unwrap_or_default());
        let help = if help.contains(first) { help.to_owned() } else { format!("{help}: {}", values.join(" ")) };
        let help = if self.lang == Lang::Zh { help.replacen(": ", "：", 1) } else { help };
        Arg::new(id)
            .long(id)
            .value_name(self.t("选项", "CHOICE"))
            .value_parser(PossibleValuesParser::new(values.to_vec()))
            .hide_possible_values(true)
            .help(help)
    }

    /// A folder, which is required.
    pub fn path(&self, id: &'static str, name: &'static str, name_en: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id)
            .value_name(self.t(name, name_en))
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.t("参数", "Arguments"))
            .help(self.t(zh, en))
    }

    /// `--format human|json` of an answer that is printed.
    pub fn human_or_json(&self) -> Arg {
        self.choice("format", &["human", "json"], "格式：human 文字（默认），json", "format: human (default) or json")
    }

    /// `-o` of an answer that is printed, and may be had as a workbook besides.
    pub fn also_workbook(&self) -> Arg {
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name(self.t("文件", "FILE"))
            .value_parser(value_parser!(PathBuf))
            .help(self.t("另写一份工作簿（.xlsx）", "also write a workbook (.xlsx)"))
    }

    /// Any number of rubrics.
    pub fn rubrics(&self) -> Arg {
        Arg::new("rubrics")
            .value_name(self.t("标准", "RUBRIC"))
            .num_args(0..)
            .help_heading(self.t("参数", "Arguments"))
            .help(self.t("编号或文件；不写则为全部随附标准", "ids or files; none means all that are shipped"))
    }
}
