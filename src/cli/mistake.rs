//! Wrong arguments in words, in both languages. Must not guess what was meant beyond a suggestion.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::base::text::Lang;

/// What to print when the arguments are not understood.
pub fn said(error: &Error, grammar: &Command, args: &[OsString], lang: Lang) -> String {
    let words: Vec<String> = args.iter().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let wide = words.iter().find(|w| w.starts_with(['—', '–', '－', '―']));
    if lang == Lang::En {
        let wide = wide.map(|w| format!("{w:?} begins with a wide dash; options begin with -- or -\n")).unwrap_or_default();
        return format!("{error}{wide}");
    }
    let (what, near) = (what(error, grammar, &words), near(error));
    let wide = wide.map(|w| format!("“{w}”开头是全角横线，选项要用半角的 - 或 --。\n")).unwrap_or_default();
    let path = path(grammar, &words);
    let usage = match (error.kind(), path.last()) {
        (ErrorKind::MissingRequiredArgument, Some(last)) => usage(last),
        _ => String::new(),
    };
    let path = path.into_iter().map(|c| format!(" {}", c.get_name())).collect::<String>();
    format!("错误：{what}\n{usage}{near}{wide}用 juanping{path} --help 看用法。\n")
}

fn what(error: &Error, grammar: &Command, words: &[String]) -> String {
    let get = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        _ => String::new(),
    };
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("不认识的选项 {arg}"),
        ErrorKind::UnknownArgument => format!("多余的参数“{arg}”"),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”，可用：{}", get(ContextKind::InvalidSubcommand), below(grammar, words)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("缺少命令，可用：{}", below(grammar, words))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少值"),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”，可用：{}", get(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let why = error.source().map(|e| format!("：{e}")).unwrap_or_default();
            format!("{arg} 的值“{value}”不对{why}")
        }
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == arg => format!("{arg} 只能写一次"),
            prior => format!("{arg} 不能与 {prior} 同时写"),
        },
        ErrorKind::TooManyValues => format!("{arg} 后面不写值"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => format!("{arg} 后面的值不全"),
        ErrorKind::InvalidUtf8 => "参数中有无法识别的文字".to_owned(),
        _ => "参数不对".to_owned(),
    }
}

/// How a command is written in full.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim().strip_prefix("Usage: ").unwrap_or(usage.trim());
    format!("写法：{usage}\n")
}

fn near(error: &Error) -> String {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let words = kinds.into_iter().filter_map(|kind| match error.get(kind)? {
        ContextValue::String(s) => Some(s.clone()),
        ContextValue::Strings(list) if !list.is_empty() => Some(list.join("、")),
        _ => None,
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!("是不是想写 {}？\n", words.join("、")) }
}

/// The commands that the words go through, such as `rubric` and `show`.
fn path<'a>(grammar: &'a Command, words: &[String]) -> Vec<&'a Command> {
    let (mut at, mut path) = (grammar, Vec::new());
    for word in words.iter().filter(|w| !w.starts_with('-')) {
        let Some(next) = at.find_subcommand(word) else { continue };
        path.push(next);
        at = next;
    }
    path
}

/// The names below the last command of the words.
fn below(grammar: &Command, words: &[String]) -> String {
    let last = path(grammar, words).last().copied().unwrap_or(grammar);
    last.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join("、")
}
