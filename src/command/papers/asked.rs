//! What is asked of papers, checked (要做哪些文书). Must not read files.

use std::collections::BTreeMap;

use super::Refused;
use crate::base::date;
use crate::base::mistake::nearest;
use crate::base::text::Text;
use crate::cli::PapersPlan;
use crate::paper::form::Maker;
use crate::paper::{FORMS, Form};
use crate::report::audience::Audience;
use crate::say;

/// A form by its id or title.
pub fn find(word: &str) -> Result<&'static Form, Text> {
    Form::find(word).ok_or_else(|| {
        let near = nearest(word, FORMS.iter().map(|f| f.title));
        let near = near.map_or_else(|| FORMS.iter().map(|f| f.title).collect::<Vec<_>>().join("、"), ToOwned::to_owned);
        say!("没有“{word}”这种文书；可用：{near}", "there is no form {word}; there are: {near}")
    })
}

/// Which forms are asked for, and can be made.
pub fn forms(asked: &PapersPlan, audience: Audience, results: bool, plan: bool) -> Result<Vec<&'static Form>, Refused> {
    let needs = |f: &Form| match f.maker {
        Maker::Plan(_) => plan,
        Maker::Office(_) => results,
        Maker::Batch(_) => results && asked.offices.is_empty(),
    };
    if asked.forms.is_empty() {
        let forms: Vec<&Form> = FORMS.iter().filter(|f| needs(f) && f.audience >= audience).copied().collect();
        if forms.is_empty() {
            return Err(say!(
                "没有可以做的文书：公开的文书是整个批次的，不能和 --office 一起用；要给这个机构的用 --audience feedback",
                "there is no paper to make: public papers are about the whole batch and go with no --office; use --audience feedback for one office"
            )
            .into());
        }
        return Ok(forms);
    }
    let mut forms = Vec::new();
    for word in &asked.forms {
        let form = find(word)?;
        let title = form.title;
        if form.audience < audience {
            let (may, asked) = (form.audience.zh(), audience.zh());
            return Err(say!(
                "{title}只供{may}使用，不能按 --audience {}（{asked}）制作",
                "{title} is not for this audience ({})",
                audience.word()
            )
            .into());
        }
        if !needs(form) {
            return Err(match form.maker {
                Maker::Plan(_) => say!("{title}要用抽卷方案：请加 --plan 抽卷方案.json", "{title} needs the plan of the draw: add --plan"),
                Maker::Batch(_) if results => {
                    say!("{title}是整个批次的，不能和 --office 一起用", "{title} is about the whole batch and not of one --office")
                }
                _ => say!("{title}要用 assess 的结果，这里是 draw 的结果", "{title} needs a result of assess, and this is one of draw"),
            }
            .into());
        }
        if !forms.iter().any(|f: &&Form| f.id == form.id) {
            forms.push(form);
        }
    }
    Ok(forms)
}

/// `NAME=VALUE`, of names that people give.
pub fn given(set: &[String], forms: &[&Form]) -> Result<BTreeMap<String, String>, Text> {
    let names: Vec<&str> = crate::paper::setting::COMMON
        .iter()
        .chain(forms.iter().flat_map(|f| f.own_names()))
        .filter(|n| n.by_people)
        .map(|n| n.name)
        .collect();
    let mut given = BTreeMap::new();
    for pair in set {
        let (name, value) = pair.split_once(['=', '＝']).unwrap_or((pair, ""));
        let name = name.trim();
        if !names.contains(&name) || !pair.contains(['=', '＝']) {
            let all = names.join("、");
            return Err(say!(
                "--set {pair}：应写成 名称=内容，名称可用：{all}",
                "--set {pair}: write NAME=VALUE with one of the names {all}"
            ));
        }
        let value = value.trim();
        if let Some(wrong) = crate::paper::check::check(name, value) {
            let (zh, en) = (wrong.zh, wrong.en);
            return Err(say!("--set {pair} 写得不对：{zh}", "--set {pair} is wrong: {en}"));
        }
        let is_day = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
        let day = date::read(value).ok().map(|w| w.date).filter(|_| is_day && value.contains(['-', '/', '.']));
        if is_day && day.is_none() && value.contains(['-', '/']) {
            return Err(say!("--set {pair}：没有“{value}”这一天", "--set {pair}: there is no such day"));
        }
        let value = day.map_or_else(|| value.to_owned(), |d| format!("{}年{}月{}日", d.year(), d.month(), d.day()));
        given.insert(name.to_owned(), value);
    }
    Ok(given)
}
