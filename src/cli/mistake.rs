//! Wrong arguments in words, in both languages. Must not guess what was meant beyond a suggestion.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::base::text::Lang;

/// What to print when the arguments are not understood.
pub fn said(error: &clap::Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string();
    }
    let get = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        _ => String::new(),
    };
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的选项 {arg}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", get(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少值"),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”，可用：{}", get(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => format!("{arg} 的值“{value}”不对"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能重复或不能与其他选项同用"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => format!("{arg} 的值太多或太少"),
        ErrorKind::InvalidUtf8 => "参数不是有效文字".to_owned(),
        _ => error.to_string(),
    };
    let near: Vec<String> = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(get)
        .filter(|s| !s.is_empty())
        .collect();
    let near = if near.is_empty() { String::new() } else { format!("\n是不是想写 {}？", near.join("、")) };
    format!("错误：{what}{near}\n用 juanping --help 看用法。\n")
}
