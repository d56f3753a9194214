//! `explain CODE` 说明: what a code means and what to do. Must not need a batch.

use std::collections::BTreeSet;

use super::{Streams, exit, mistaken, refuse};
use crate::assess::builtin;
use crate::base::mistake::{MISTAKES, suggest};
use crate::base::problem::PROBLEMS;
use crate::base::text::{Lang, Text};
use crate::check::{KINDS, Kind};
use crate::cli::Common;
use crate::paper::{FORMS, Form};
use crate::rubric::{Criterion, Rubric, Rubrics, load, shipped};
use crate::say;

/// A title without spaces and with round brackets of one width.
fn plain(title: &str) -> String {
    let narrow = title.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '（' => '(',
        '）' => ')',
        _ => c.to_ascii_lowercase(),
    });
    narrow.collect()
}

/// Of what is only called by its id and title.
const NO_NAMES: &[String] = &[];

/// Explains a code, a title or an alias, or lists all.
pub fn run(common: &Common, code: Option<&str>, rubrics: &[String], streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let names: Vec<String> = if rubrics.is_empty() { shipped::IDS.iter().map(|s| (*s).to_owned()).collect() } else { rubrics.to_vec() };
    // Not all that is shipped is meant to run together: each is looked up by itself, and what they share is told once.
    let asked: Vec<&[String]> = if rubrics.is_empty() { names.iter().map(std::slice::from_ref).collect() } else { vec![&names] };
    let mut loads = Vec::new();
    for names in asked {
        let loaded = load::load(names, None);
        let Some(ready) = loaded.rubrics else {
            return mistaken(&loaded.mistakes, &loaded.sources, common, streams);
        };
        loads.push(ready);
    }
    let mut told = BTreeSet::new();
    let mut all: Vec<Entry<'_>> = loads.iter().flat_map(entries).collect();
    all.extend(FORMS.iter().map(|f| (f.id.to_owned(), Text::same(f.title), form(f), NO_NAMES)));
    all.retain(|(id, title, ..)| told.insert((id.clone(), title.zh.to_string())));
    let Some(code) = code else {
        for (id, title, ..) in &all {
            writeln!(streams.out, "{id}  {}", title.get(common.lang))?;
        }
        return Ok(exit::GOOD);
    };
    let mut found: Vec<_> = all
        .iter()
        .filter(|(id, ..)| id.eq_ignore_ascii_case(code) || id.rsplit(' ').next().is_some_and(|s| s.eq_ignore_ascii_case(code)))
        .collect();
    let word = plain(code);
    if found.is_empty() && !word.is_empty() {
        found = all.iter().filter(|(_, title, _, names)| plain(&title.zh) == word || names.iter().any(|n| plain(n) == word)).collect();
    }
    if found.is_empty() {
        let known = all.iter().filter_map(|(id, ..)| id.rsplit(' ').next());
        let near = suggest(code, known.chain(all.iter().map(|(_, title, ..)| &*title.zh))).unwrap_or_default();
        let (zh, en) = (&near.zh, &near.en);
        let said =
            say!("没有编号或名称“{code}”。{zh}全部编号：juanping explain", "no code or title {code:?}. {en} All codes: juanping explain");
        return refuse([said], common, streams);
    }
    for (id, title, body, _) in found {
        writeln!(streams.out, "{id}  {}\n{}\n", title.get(common.lang), body.get(common.lang).trim_end())?;
    }
    Ok(exit::GOOD)
}

/// What can be explained: id, title, text, other names.
type Entry<'a> = (String, Text, Text, &'a [String]);

/// Everything that can be explained.
fn entries(rubrics: &Rubrics) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = Vec::new();
    for rubric in rubrics.all() {
        all.extend(rubric.criteria.iter().map(|c| (format!("{} {}", rubric.id, c.id), c.title.clone(), criterion(rubric, c), NO_NAMES)));
        for line in &rubric.red_lines {
            let (zh, en, fix) = (&line.basis.zh, &line.basis.en, &line.fix.zh);
            all.push((
                format!("{} {}", rubric.id, line.id),
                line.title.clone(),
                say!("红线。依据：{zh}\n处理：{fix}", "Red line. Basis: {en}"),
                NO_NAMES,
            ));
        }
    }
    all.extend(builtin::all().chain(builtin::OWN.iter().copied()).map(|b| (b.id.to_owned(), b.title.clone(), b.fix.clone(), NO_NAMES)));
    all.extend(KINDS.iter().map(|k| (k.name.to_owned(), k.title.clone(), about(k), NO_NAMES)));
    all.extend(PROBLEMS.iter().map(|p| (p.code.to_owned(), p.title.clone(), p.advice.clone(), NO_NAMES)));
    all.extend(MISTAKES.iter().map(|(code, title)| ((*code).to_owned(), title.clone(), mend(code), NO_NAMES)));
    for (_, field) in rubrics.vocabulary.fields() {
        let aliases = field.aliases.join("、");
        all.push((
            field.id.clone(),
            Text::same(&field.title),
            say!("字段。表头可写：{aliases}", "A field. Headers: {aliases}"),
            &field.aliases,
        ));
    }
    for (_, document) in rubrics.vocabulary.documents() {
        let aliases = document.aliases.join("、");
        all.push((
            document.id.clone(),
            Text::same(&document.title),
            say!("卷内材料。又名：{aliases}", "A document. Also: {aliases}"),
            &document.aliases,
        ));
    }
    all
}

/// A form with every placeholder that its templates may use.
fn form(form: &Form) -> Text {
    let (zh, en, whom, word) = (&form.about.zh, &form.about.en, form.audience.zh(), form.audience.word());
    let mut said = say!("文书（{whom}）。{zh}。\n模板里可以用的占位符：", "A paper to sign ({word}): {en}.\nPlaceholders for templates:");
    for name in form.own_names().chain(crate::paper::setting::COMMON) {
        let (code, zh, en) = (name.name, &name.what.zh, &name.what.en);
        let (by, by_en) = if name.by_people { ("（用 --set 填写）", " (given with --set)") } else { ("", "") };
        said.zh.to_mut().push_str(&format!("\n  {{{{{code}}}}}  {zh}{by}"));
        said.en.to_mut().push_str(&format!("\n  {{{{{code}}}}}  {en}{by_en}"));
    }
    said
}

/// What to do about a mistake in settings or in a rubric.
fn mend(code: &str) -> Text {
    match code {
        "S001" => say!(
            "请打开 audit.toml，按提示的行列修改，改好再运行；其中有一处错误，全部都不评查。\n             [columns] 的写法是 \"表头\" = \"字段或材料的名称\"，例如 \"受理审批日期\" = \"决定日期\"，不用的列写 \"-\"；名称见 juanping explain。\n             各项设置的写法见 juanping init 生成的 audit.toml 中的说明。",
            "Open audit.toml, mend it at the line shown and run again; nothing is graded while one mistake is left.\n             Under [columns] write \"header\" = \"title of a field or document\", or \"-\" for a column that is not used; juanping explain lists the titles.\n             The audit.toml that juanping init makes explains every setting."
        ),
        "S002" => say!(
            "请在 audit.toml 的 [[office]] 中删去重复的机构，或改其中一个的编号、名称、别名或文件夹。",
            "Under [[office]] of audit.toml remove the office that is there twice, or change its id, name, aliases or folder."
        ),
        "S003" => say!(
            "日期写成 \"2024-12-31\"，年度写成 2024；评查范围的起日不晚于止日。",
            "Write a date as \"2024-12-31\" and a year as 2024; the scope must not end before it begins."
        ),
        "S004" => say!(
            "请核对 audit.toml 中的文件名：相对于 audit.toml 所在的文件夹，写到扩展名，文件夹之间用 /。",
            "Check the file name in audit.toml: relative to its folder, with the extension, and / between folders."
        ),
        _ if code.starts_with('L') => {
            say!("只是提醒，不影响评查；修改标准时请一并核对。", "A warning that stops nothing; look at it when the rubric is changed.")
        }
        _ => say!(
            "请按提示的行列修改标准文件，改好用 juanping rubric check 核对；写法见 docs/rubrics.md。",
            "Mend the rubric at the line shown and test it with juanping rubric check; docs/rubrics.md is the language."
        ),
    }
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
        let source = c.source.map(|s| s.title()).map(|t| match lang {
            Lang::Zh => format!("，证据来源 {}", t.zh),
            Lang::En => format!(", evidence: {}", t.en),
        });
        let source = source.unwrap_or_default();
        match lang {
            Lang::Zh => {
                format!("{group}，{points} 分，检查方法 {check}（{check_title}）{source}\n扣分：{deduct}\n依据：{basis}\n{remedy}：{fix}")
            }
            Lang::En => {
                format!(
                    "{group}, {points} points, check {check} ({check_title}){source}\ndeduction: {deduct}\nbasis: {basis}\n{remedy}: {fix}"
                )
            }
        }
    };
    Text::pair(line(Lang::Zh), Some(line(Lang::En)))
}
