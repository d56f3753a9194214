//! `rubric list|show|check|test|export` 标准. Must not change a shipped rubric.

use std::path::Path;

use super::{Streams, exit, show_mistakes};
use crate::assess::example;
use crate::base::mistake::Mistake;
use crate::cli::{Common, RubricAction};
use crate::rubric::{load, shipped, show};
use crate::say;

/// Ids and titles of what is shipped.
pub fn list(common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    for id in shipped::IDS {
        let loaded = load::load(&[(*id).to_owned()], None);
        let Some(rubric) = loaded.rubrics.as_ref().and_then(|r| r.by_id(id)) else { continue };
        let machine = rubric.criteria.iter().filter(|c| !c.check.human).count();
        let (n, human, version, title) = (rubric.criteria.len(), rubric.criteria.len() - machine, &rubric.version, &rubric.title);
        let line = say!(
            "{id}  {version}  {title}  指标 {n} 项（机器核查 {machine}，人工评分 {human}）",
            "{id}  {version}  {title}  {n} criteria ({machine} by machine, {human} by reviewers)"
        );
        writeln!(streams.out, "{}", line.get(common.lang))?;
    }
    Ok(exit::GOOD)
}

/// `show`, `check` or `test`.
pub fn run(common: &Common, action: RubricAction, rubrics: &[String], streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    // Rubrics of one run share their words, so those that are not meant to run together are looked at one by one.
    let names: Vec<String> = if rubrics.is_empty() { shipped::IDS.iter().map(|s| (*s).to_owned()).collect() } else { rubrics.to_vec() };
    let (mut code, mut total, mut failed) = (exit::GOOD, 0, 0);
    for name in &names {
        let asked = std::slice::from_ref(name);
        let loaded = load::load(asked, None);
        let errors = loaded.mistakes.iter().any(|m| !m.is_lint());
        if errors || action == RubricAction::Check {
            show_mistakes(common, &loaded.mistakes, &loaded.sources, streams)?;
        }
        let Some(ready) = loaded.rubrics else {
            code = code.max(exit::USAGE);
            continue;
        };
        match action {
            RubricAction::Show => write!(streams.out, "{}", show::show(asked, None))?,
            RubricAction::Check => {
                let lints = loaded.mistakes.len();
                writeln!(
                    streams.out,
                    "{}",
                    say!("{name}：没有错误，{lints} 条提醒", "{name}: no errors, {lints} warnings").get(common.lang)
                )?;
            }
            RubricAction::Test => {
                let (count, misses) = example::run(ready);
                total += count;
                failed += misses.len();
                let shown = misses.into_iter().map(|m| {
                    let (id, zh, en) = (m.criterion, m.said.zh, m.said.en);
                    Mistake {
                        code: "R025",
                        at: m.at,
                        message: say!("{id} 的示例不符：{zh}", "example of {id} failed: {en}"),
                        help: None,
                        also: Vec::new(),
                    }
                });
                show_mistakes(common, &shown.collect::<Vec<_>>(), &loaded.sources, streams)?;
            }
        }
    }
    if action == RubricAction::Test {
        let passed = total - failed;
        writeln!(
            streams.out,
            "{}",
            say!("示例 {total} 个：{passed} 个相符，{failed} 个不符", "{total} examples: {passed} passed, {failed} failed")
                .get(common.lang)
        )?;
        code = code.max(if failed > 0 { exit::FOUND } else { exit::GOOD });
    }
    Ok(code)
}

/// Writes the shipped rubrics into a folder; files that are there are kept.
pub fn export(common: &Common, folder: &Path, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    for (name, text) in shipped::FILES {
        let path = folder.join(name);
        let shown = path.display();
        if path.exists() {
            writeln!(streams.err, "{}", say!("已有 {shown}，没有覆盖", "{shown} is there and was kept").get(common.lang))?;
            continue;
        }
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            writeln!(streams.err, "{}", say!("无法写入 {shown}：{error}", "could not write {shown}: {error}").get(common.lang))?;
            return Ok(exit::UNWRITTEN);
        }
        writeln!(streams.out, "{shown}")?;
    }
    Ok(exit::GOOD)
}
