//! `rank` on the command line. Must not open anything.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::words::Words;

/// `rank`
#[derive(Debug, Clone)]
pub struct RankPlan {
    /// Result folders.
    pub results: Vec<PathBuf>,
    /// Folder to write.
    pub out: PathBuf,
    /// `rank.toml`.
    pub rules: Option<PathBuf>,
    /// Whether cities are ranked, and not offices.
    pub by_group: bool,
    /// The year that the ranking is of.
    pub year: Option<i16>,
    /// Last year's cases graded again under this year's rubric.
    pub bridges: Vec<PathBuf>,
    /// Results about offices themselves.
    pub indicators: Vec<PathBuf>,
}

/// The grammar.
pub fn rank(word: &Words) -> Command {
    let folders = |id: &'static str, zh: &'static str, en: &'static str| {
        Arg::new(id)
            .long(id)
            .value_name(word.t("结果", "RESULT"))
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help(word.t(zh, en))
    };
    let wrong = word.t("应为四位年份，例如 2024", "must be a year of four digits, such as 2024");
    let year = move |s: &str| s.parse::<i16>().ok().filter(|y| (1900..=2999).contains(y)).ok_or(wrong);
    word.command(
        "rank",
        "排名",
        "年度排名：一年或几年的结果，按机构或市",
        "annual ranking of one or several years, by office or city",
        word.t("rank <结果>... -o <文件夹> [选项]", "rank <RESULT>... -o <DIR> [OPTIONS]"),
    )
    .arg(
        word.path("results", "结果", "RESULT", "assess 的结果文件夹，同一年可以有几个", "result folders of assess, several of a year too")
            .num_args(1..),
    )
    .arg(
        Arg::new("out")
            .short('o')
            .long("out")
            .value_name(word.t("文件夹", "DIR"))
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(word.t("写到哪个文件夹：不存在、空的或以前的排名", "folder to write: missing, empty, or an earlier ranking")),
    )
    .arg(
        Arg::new("rules")
            .long("rules")
            .value_name("rank.toml")
            .value_parser(value_parser!(PathBuf))
            .help(word.t("排名规则：次序、并列、最低件数、档次、综合得分", "rules: order, ties, minimum, tiers, composite")),
    )
    .arg(word.choice(
        "by",
        &["office", "group"],
        "office 按机构（默认），group 按市（案件合并计算）",
        "office (default), or group: cities, from pooled cases",
    ))
    .arg(Arg::new("year").long("year").value_name("Y").value_parser(year).help(
        word.t("排哪一年（默认最近一年），其余各年并列在旁", "the year that is ranked (default: the last); the others stand beside it"),
    ))
    .arg(folders(
        "bridge",
        "过渡结果：上年的案件按今年的标准再评一次，用来分出标准的影响",
        "last year's cases graded again under this year's rubric, to tell the rubric's part of a change",
    ))
    .arg(folders("indicators", "工作指标的结果，用于综合得分", "results of indicators, for the composite"))
}

/// What was asked for.
pub fn read(sub: &ArgMatches) -> RankPlan {
    let all = |id: &str| -> Vec<PathBuf> { sub.get_many::<PathBuf>(id).into_iter().flatten().cloned().collect() };
    RankPlan {
        results: all("results"),
        out: sub.get_one::<PathBuf>("out").cloned().unwrap_or_default(),
        rules: sub.get_one::<PathBuf>("rules").cloned(),
        by_group: sub.get_one::<String>("by").is_some_and(|b| b == "group"),
        year: sub.get_one::<i16>("year").copied(),
        bridges: all("bridge"),
        indicators: all("indicators"),
    }
}
