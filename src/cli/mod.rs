//! The command line: arguments in, a [`Plan`] out. Help in Chinese or English; flags, ids and keys in English in both.
//! Must not read the batch or write anything.

mod diff;
mod gap;
mod grammar;
mod ledger;
mod merge;
mod mistake;
mod nominate;
mod plan;
mod rank;
mod report;
mod seal;
mod what_if;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use jiff::civil::Date;

use crate::assess::{Depth, Names};
use crate::base::problem::Severity;
use crate::base::text::Lang;
use crate::panel::settings::{Sizing, Way};

pub use diff::DiffPlan;
pub use gap::GapPlan;
pub use grammar::grammar;
pub use ledger::LedgerPlan;
pub use merge::MergePlan;
pub use nominate::NominatePlan;
pub use plan::{AssessPlan, CheckFormat, CheckPlan, DemoPlan, DrawPlan, Grading, InitPlan, Plan, RubricAction};
pub use rank::RankPlan;
pub use report::{PapersPlan, ReportPlan};
pub use seal::{FinalizePlan, VerifyPlan};
pub use what_if::WhatIfPlan;

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What all commands share.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Language.
    pub lang: Lang,
    /// No progress, no summary.
    pub quiet: bool,
    /// Colours.
    pub colour: Colour,
    /// Threads, 0 = cores.
    pub jobs: usize,
}

/// The language before anything is parsed: `--lang`, else `JUANPING_LANG`, else Chinese.
pub fn lang(args: &[OsString], env: Option<&str>) -> Lang {
    let words: Vec<String> = args.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let after = words.iter().position(|w| w == "--lang").and_then(|i| words.get(i + 1)).map(String::as_str);
    let flag = words.iter().find_map(|w| w.strip_prefix("--lang=")).or(after);
    match flag.or(env) {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// Reads the arguments (the first is the program's name); `terminal` is whether a person sits before it.
///
/// # Errors
/// What to print on stderr when they are not understood.
pub fn parse(args: Vec<OsString>, lang: Lang, terminal: bool) -> Result<(Common, Plan), String> {
    let common = Common { lang, ..Common::default() };
    match args.as_slice() {
        [_] if terminal => return Ok((common, Plan::Menu)),
        // A window that opens by dragging closes at the end, so what is said must wait for its reader.
        [_, dropped] if is_dropped(dropped, lang) => return Ok((common, Plan::Dropped { path: PathBuf::from(dropped) })),
        _ => {}
    }
    let args = help_last(args);
    match grammar(lang).try_get_matches_from(&args) {
        Ok(matches) => planned(&matches, lang),
        Err(error) if !error.use_stderr() => {
            let said = error.to_string();
            // The parser ends its headings with a half-width colon.
            let said = if lang == Lang::Zh { said.replace(":\n", "：\n") } else { said };
            Ok((Common { lang, ..Common::default() }, Plan::Say(said)))
        }
        Err(error) => Err(mistake::said(&error, &grammar(lang), &args, lang)),
    }
}

/// Whether a single argument is a folder or file rather than a command or an option.
fn is_dropped(word: &OsString, lang: Lang) -> bool {
    let known = word.to_str().is_some_and(|w| w.starts_with('-') || grammar(lang).find_subcommand(w).is_some());
    !known && std::path::Path::new(word).exists()
}

/// `juanping help assess` is `juanping assess --help`.
fn help_last(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|a| a == "help" || a == "帮助") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

fn planned(matches: &ArgMatches, lang: Lang) -> Result<(Common, Plan), String> {
    let Some((name, sub)) = matches.subcommand() else {
        return Ok((Common { lang, ..Common::default() }, Plan::Say(grammar(lang).render_help().to_string())));
    };
    let sub = if name == "rubric" { sub.subcommand().map_or(sub, |(_, inner)| inner) } else { sub };
    let common = Common {
        lang,
        quiet: sub.get_flag("quiet"),
        colour: match sub.get_one::<String>("color").map(String::as_str) {
            Some("always") => Colour::Always,
            Some("never") => Colour::Never,
            _ => Colour::Auto,
        },
        jobs: sub.get_one::<u32>("jobs").and_then(|n| usize::try_from(*n).ok()).unwrap_or(0),
    };
    let words = |id: &str| -> Vec<String> { sub.try_get_many::<String>(id).ok().flatten().into_iter().flatten().cloned().collect() };
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned().unwrap_or_default();
    let number = |id: &str, absent: u32| sub.get_one::<u32>(id).copied().unwrap_or(absent);
    let plan = match name {
        "check" => Plan::Check(CheckPlan {
            folder: path("folder"),
            out: sub.get_one::<PathBuf>("out").cloned(),
            beside: false,
            format: match sub.get_one::<String>("format").map(String::as_str) {
                Some("json") => CheckFormat::Json,
                Some("csv") => CheckFormat::Csv,
                Some("sarif") => CheckFormat::Sarif,
                Some("junit") => CheckFormat::Junit,
                _ => CheckFormat::Human,
            },
            baseline: sub.get_one::<PathBuf>("baseline").cloned(),
            certificate: sub.get_one::<PathBuf>("certificate").cloned(),
            grading: grading(sub, Some(Severity::Error)),
        }),
        "assess" => Plan::Assess(AssessPlan {
            batch: path("batch"),
            out: path("out"),
            plan: sub.get_one::<PathBuf>("plan").cloned(),
            list: sub.get_flag("list-offices"),
            grading: grading(sub, None),
        }),
        "draw" => Plan::Draw(draw(sub)),
        "rank" => Plan::Rank(rank::read(sub)),
        "merge" => Plan::Merge(merge::read(sub)),
        "verify" => Plan::Verify(seal::read_verify(sub)),
        "finalize" => Plan::Finalize(seal::read_finalize(sub)),
        "rubric" => {
            let action = matches.subcommand().and_then(|(_, m)| m.subcommand_name()).unwrap_or("list");
            match action {
                "show" => Plan::Rubric { action: RubricAction::Show, rubrics: words("rubrics") },
                "check" => Plan::Rubric { action: RubricAction::Check, rubrics: words("rubrics") },
                "test" => Plan::Rubric { action: RubricAction::Test, rubrics: words("rubrics") },
                "export" => Plan::RubricExport { folder: path("folder") },
                _ => Plan::RubricList,
            }
        }
        "diff" => Plan::Diff(diff::plan(sub)),
        "ledger" => Plan::Ledger(ledger::plan(sub)),
        "explain" => Plan::Explain { code: sub.get_one::<String>("code").cloned(), rubrics: words("rubric") },
        "demo" => Plan::Demo(DemoPlan {
            folder: path("folder"),
            offices: number("offices", 12),
            cases: number("cases", 120),
            seed: sub.get_one::<u64>("seed").copied().unwrap_or(1),
            files: !sub.get_flag("no-files"),
            round: sub.get_flag("round"),
            indicators: sub.get_flag("indicators"),
            mended: sub.get_flag("mended"),
            firms: sub.get_one::<u32>("firms").copied(),
            fill: sub.get_one::<PathBuf>("fill").cloned(),
        }),
        "init" => Plan::Init(InitPlan { folder: path("folder"), from: sub.get_one::<PathBuf>("from").cloned(), rubrics: words("rubric") }),
        "nominate" => Plan::Nominate(nominate::read(sub)),
        "gap" => Plan::Gap(gap::read(sub)),
        "what-if" => Plan::WhatIf(what_if::read(sub)),
        "report" => report::read(sub),
        "completions" => {
            Plan::Completions { shell: sub.get_one::<clap_complete::Shell>("shell").copied().unwrap_or(clap_complete::Shell::Bash) }
        }
        _ => Plan::Man,
    };
    Ok((common, plan))
}

/// What is to be drawn; nothing in a dossier is looked at for it, but for score sheets.
fn draw(sub: &ArgMatches) -> DrawPlan {
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let number = sub.get_one::<u32>("number").map(|n| Sizing::Number(u64::from(*n)));
    let percent = sub.get_one::<String>("percent").cloned().map(Sizing::Percent);
    let margin = sub.get_one::<String>("margin").cloned().map(Sizing::Margin);
    let way = sub.get_one::<String>("method").and_then(|m| Way::WORDS.iter().find(|(word, _)| word == m));
    DrawPlan {
        batch: path("batch"),
        out: path("out"),
        repeat: path("repeat"),
        extra: path("extra"),
        status: path("status"),
        json: sub.get_one::<String>("format").is_some_and(|f| f == "json"),
        method: way.map(|(_, way)| *way),
        size: number.or(percent).or(margin),
        seed: sub.get_one::<u64>("seed").copied(),
        sheets: !sub.get_flag("no-sheets"),
        grading: grading(sub, None),
    }
}

/// How cases are to be graded; `fail_on` where nothing is said.
fn grading(sub: &ArgMatches, fail_on: Option<Severity>) -> Grading {
    let words = |id: &str| -> Vec<String> { sub.get_many::<String>(id).into_iter().flatten().cloned().collect() };
    Grading {
        rubrics: words("rubric"),
        offices: words("office"),
        as_of: sub.get_one::<Date>("as-of").copied(),
        names: sub.try_get_one::<String>("names").ok().flatten().map(|n| if n == "full" { Names::Full } else { Names::Masked }),
        fail_on: match sub.try_get_one::<String>("fail-on").ok().flatten().map(String::as_str) {
            Some("info") => Some(Severity::Info),
            Some("warning") => Some(Severity::Warning),
            Some("error") => Some(Severity::Error),
            Some(_) => None,
            None => fail_on,
        },
        look: match sub.get_one::<String>("look").map(String::as_str) {
            Some("names") => Depth::Names,
            Some("headers") => Depth::Headers,
            _ => Depth::Pixels,
        },
        ocr: sub.get_flag("ocr"),
        no_cache: sub.get_flag("no-cache"),
    }
}
