//! `explain CODE` 说明: what a code means and what to do. Must not need a batch.

use super::{Streams, exit, show_mistakes};
use crate::assess::builtin::BUILTINS;
use crate::base::mistake::{MISTAKES, suggest};
use crate::base::problem::PROBLEMS;
use crate::base::text::{Lang, Text};
use crate::check::{KINDS, Kind};
use crate::cli::Common;
use crate::rubric::{Criterion, Rubric, Rubrics, load, shipped};
use crate::say;

/// Explains a code, or lists all.
pub fn run(common: &Common, code: Option<&str>, rubrics: &[String], streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let names: Vec<String> = if rubrics.is_empty() { shipped::IDS.iter().map(|s| (*s).to_owned()).collect() } else { rubrics.to_vec() };
    let loaded = load::load(&names, None);
    let Some(ready) = loaded.rubrics else {
        show_mistakes(common, &loaded.mistakes, &loaded.sources, streams)?;
        return Ok(exit::USAGE);
    };
    let all = entries(&ready);
    let Some(code) = code else {
        for (id, title, _) in &all {
            writeln!(streams.out, "{id}  {}", title.get(common.lang))?;
        }
        return Ok(exit::GOOD);
    };
    let found: Vec<_> = all
        .iter()
        .filter(|(id, ..)| id.eq_ignore_ascii_case(code) || id.rsplit(' ').next().is_some_and(|s| s.eq_ignore_ascii_case(code)))
        .collect();
    if found.is_empty() {
        let near = suggest(code, all.iter().filter_map(|(id, ..)| id.rsplit(' ').next())).unwrap_or_default();
        let (zh, en) = (&near.zh, &near.en);
        writeln!(
            streams.err,
            "{}",
            say!("没有编号 {code}。{zh}全部编号：juanping explain", "no code {code}. {en} All codes: juanping explain").get(common.lang)
        )?;
        return Ok(exit::USAGE);
    }
    for (id, title, body) in found {
        writeln!(streams.out, "{id}  {}\n{}\n", title.get(common.lang), body.get(common.lang).trim_end())?;
    }
    Ok(exit::GOOD)
}

/// Everything that can be explained: id, title, text.
fn entries(rubrics: &Rubrics) -> Vec<(String, Text, Text)> {
    let mut all: Vec<(String, Text, Text)> = Vec::new();
    for rubric in &rubrics.list {
        all.extend(rubric.criteria.iter().map(|c| (format!("{} {}", rubric.id, c.id), c.title.clone(), criterion(rubric, c))));
        for line in &rubric.red_lines {
            let (zh, en, fix) = (&line.basis.zh, &line.basis.en, &line.fix.zh);
            all.push((
                format!("{} {}", rubric.id, line.id),
                line.title.clone(),
                say!("红线。依据：{zh}\n处理：{fix}", "Red line. Basis: {en}"),
            ));
        }
    }
    all.extend(BUILTINS.iter().map(|b| (b.id.to_owned(), b.title.clone(), b.fix.clone())));
    all.extend(KINDS.iter().map(|k| (k.name.to_owned(), k.title.clone(), about(k))));
    all.extend(PROBLEMS.iter().map(|p| (p.code.to_owned(), p.title.clone(), p.advice.clone())));
    all.extend(MISTAKES.iter().map(|(code, title)| ((*code).to_owned(), title.clone(), Text::EMPTY)));
    for (_, field) in rubrics.vocabulary.fields() {
        let aliases = field.aliases.join("、");
        all.push((field.id.clone(), Text::same(&field.title), say!("字段。表头可写：{aliases}", "A field. Headers: {aliases}")));
    }
    for (_, document) in rubrics.vocabulary.documents() {
        let aliases = document.aliases.join("、");
        all.push((document.id.clone(), Text::same(&document.title), say!("卷内材料。又名：{aliases}", "A document. Also: {aliases}")));
    }
    all
}

/// What a kind of check does, without its heading; the example is the same in both languages.
fn about(kind: &Kind) -> Text {
    let body = |page: &str| page.split_once("\n\n").map_or("", |(_, body)| body).trim_end().to_owned();
    let block = kind.about.en.find("```").map_or("", |at| &kind.about.en[at..]);
    Text::pair(format!("{}\n\n{block}", body(&kind.about.zh)), Some(body(&kind.about.en)))
}

fn criterion(rubric: &Rubric, c: &Criterion) -> Text {
    let said = c.deduct.said(c.points, c.check.units);
    let (group, points, check) = (&rubric.groups[c.group].title, c.points, c.check.name);
    let line = |lang: Lang| {
        let check_title = c.check.title.get(lang);
        let (deduct, basis, fix, remedy) = (said.get(lang), c.basis.get(lang), c.fix.get(lang), c.remedy.title());
        let remedy = remedy.get(lang);
        match lang {
            Lang::Zh => format!("{group}，{points} 分，检查方法 {check}（{check_title}）\n扣分：{deduct}\n依据：{basis}\n{remedy}：{fix}"),
            Lang::En => {
                format!("{group}, {points} points, check {check} ({check_title})\ndeduction: {deduct}\nbasis: {basis}\n{remedy}: {fix}")
            }
        }
    };
    Text::pair(line(Lang::Zh), Some(line(Lang::En)))
}
