//! `init DIR [--from REGISTER]` 初始化: a settings template, and a 卷内材料登记表 for the cases of a register.
//! Must not overwrite a file, or decide what a case needs.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Streams, exit, refuse};
use crate::assess::papers::{Listed, Papers, above_of, papers};
use crate::assess::template;
use crate::cli::{Common, InitPlan};
use crate::model::condition::Answer;
use crate::model::known;
use crate::model::value::Value;
use crate::model::vocabulary::DocumentId;
use crate::report::checklist::{Form, Head, Need, Paper, Row, SHEET, form};
use crate::report::style::Kind;
use crate::say;

/// Writes the templates.
pub fn run(common: &Common, plan: &InitPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    if plan.folder.is_file() {
        let shown = plan.folder.display();
        return refuse([say!("{shown} 是一个文件，请写文件夹", "{shown} is a file; give a folder")], common, streams);
    }
    let read = match plan.from.as_deref().map(|from| papers(from, &plan.folder, &plan.rubrics)) {
        None => None,
        Some(Ok(read)) => Some(read),
        Some(Err(error)) => return super::refused(error, common, streams),
    };
    let mut code = exit::GOOD;
    for problem in read.iter().flat_map(|r| &r.problems).filter(|p| p.is_unread()) {
        writeln!(streams.err, "{} {}", problem.code, problem.message.get(common.lang))?;
        code = exit::UNREAD;
    }
    let year = read.as_ref().and_then(|r| r.settings.path.is_none().then(|| year(r)).flatten());
    let above = match &read {
        Some(read) => read.settings.path.clone(),
        None => above_of(&plan.folder),
    };
    if let Some(path) = above
        .as_deref()
        .filter(|p| p.parent() != std::path::absolute(&plan.folder).ok().as_deref() && !plan.folder.join("audit.toml").exists())
    {
        // A second file below would hide the settings that the whole batch shares.
        let shown = path.display();
        let said = say!("设置用 {shown}，没有另写", "the settings of {shown} are used; no second file was written");
        writeln!(streams.out, "{}", said.get(common.lang))?;
    } else {
        code = code.max(write(common, &plan.folder.join("audit.toml"), template::settings(year).as_bytes(), streams)?);
    }
    let Some(read) = read else { return Ok(code) };
    if read.cases.is_empty() {
        let n = read.read;
        let said = say!(
            "登记表读到 {n} 件案件，没有一件在评查范围内，没有生成{SHEET}；请核对结案日期和 audit.toml 的年度、范围",
            "{n} cases were read and none is in scope, so no checklist was made; check the closing dates and the scope in audit.toml"
        );
        return Ok(code.max(refuse([said], common, streams)?));
    }
    let laid_out = laid_out(&read, plan.from.as_deref());
    if laid_out.papers.is_empty() {
        let said = say!(
            "所用的评估标准没有一项指标要求材料在卷，没有生成{SHEET}；请用 --rubric 指定别的标准",
            "no criterion of the rubrics in use asks for a paper, so no checklist was made; give another rubric with --rubric"
        );
        return Ok(code.max(refuse([said], common, streams)?));
    }
    let made = write(common, &plan.folder.join(format!("{SHEET}.xlsx")), &form(&laid_out)?, streams)?;
    if made == exit::GOOD && !common.quiet {
        let (n, out) = (read.cases.len(), read.read - read.cases.len());
        let said = say!(
            "{n} 件案件在评查范围内，一案一行；另有 {out} 件不在范围内，没有列入。填好后放在登记表所在的文件夹",
            "{n} cases in scope, a row each; {out} others are not in scope. Fill it in and put it beside the register"
        );
        writeln!(streams.out, "{}", said.get(common.lang))?;
    }
    Ok(code.max(made))
}

/// Writes a file that must not be there yet.
fn write(common: &Common, path: &Path, bytes: &[u8], streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let shown = path.display();
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        let done = std::io::Write::write_all(&mut file, bytes);
        if done.is_err() {
            drop(file);
            // Half a file would be kept the next time.
            let _ = std::fs::remove_file(path);
        }
        done
    });
    match made {
        Ok(()) => {
            if !common.quiet {
                writeln!(streams.out, "{}", say!("已写入 {shown}", "written to {shown}").get(common.lang))?;
            }
            Ok(exit::GOOD)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let said = say!(
                "已有 {shown}，没有覆盖；要重新生成的，请先把它改名或移走",
                "{shown} is there and was kept; rename or move it to make it anew"
            );
            writeln!(streams.err, "{}", said.get(common.lang))?;
            Ok(if path.extension().is_some_and(|e| e == "xlsx") { exit::UNWRITTEN } else { exit::GOOD })
        }
        Err(error) => {
            writeln!(streams.err, "{}", say!("无法写入 {shown}：{error}", "could not write {shown}: {error}").get(common.lang))?;
            Ok(exit::UNWRITTEN)
        }
    }
}

/// The one year in which all cases were closed.
fn year(read: &Papers) -> Option<i16> {
    let field = read.vocabulary.field_id(known::CLOSED_ON)?;
    let mut years = read.cases.iter().map(|l| l.case.date(field).map(|d| d.year()));
    let first = years.next()??;
    years.all(|y| y == Some(first)).then_some(first)
}

/// A value as it is written into the form.
fn value(read: &Papers, listed: &Listed, field: &str) -> String {
    let Some(id) = read.vocabulary.field_id(field) else { return String::new() };
    let one = |e: &crate::model::value::Entry| match &e.value {
        Ok(Value::Date(when)) => when.date.to_string(),
        Ok(Value::Choice(i)) => {
            read.vocabulary.field(id).choices.get(usize::from(*i)).map_or_else(|| e.raw.to_string(), |c| c.value.clone())
        }
        _ => e.raw.to_string(),
    };
    let mut all: Vec<String> = listed.case.all(id).iter().map(one).collect();
    all.dedup();
    let said = all.join("、");
    // The stage is part of what a case is known by, whether or not the rows agree on it.
    match field {
        known::CASE_NO if said.is_empty() => listed.case.case_no.clone(),
        known::STAGE if said.is_empty() => listed.case.stage.clone().unwrap_or_default(),
        _ => said,
    }
}

fn laid_out(read: &Papers, from: Option<&Path>) -> Form {
    let several = |field: &str| {
        let mut all: Vec<String> = read.cases.iter().map(|l| value(read, l, field)).filter(|v| !v.is_empty()).collect();
        all.sort();
        all.dedup();
        all.len() > 1
    };
    let mut fields = vec![(known::CASE_NO, "案号", 176, Kind::Text)];
    if several(known::OFFICE) {
        fields.push((known::OFFICE, "机构", 110, Kind::Text));
    }
    fields.extend([
        (known::CASE_TYPE, "类型", 70, Kind::Centre),
        (known::STAGE, "阶段", 70, Kind::Centre),
        (known::LAWYER, "承办人", 80, Kind::Centre),
        (known::CLOSED_ON, "结案日期", 92, Kind::Date),
    ]);
    let head = |id: &str, title: &str, pixels, kind| Head { title: read.heading(id, title), pixels, kind, choices: Vec::new() };
    let papers = columns(read);
    let evidence = read.vocabulary.field_id(known::EVIDENCE).map(|f| read.vocabulary.field(f));
    let choices = evidence.map(|f| f.choices.iter().map(|c| c.value.clone()).collect()).unwrap_or_default();
    let rows = read.cases.iter().map(|listed| Row {
        before: fields.iter().map(|(id, ..)| value(read, listed, id)).collect(),
        needs: papers.iter().map(|(id, _)| need(listed.asked.get(id))).collect(),
        after: vec![String::new(), value(read, listed, known::EVIDENCE), String::new()],
    });
    let name = read.settings.title.clone();
    let title = name.clone().map_or_else(|| SHEET.to_owned(), |t| format!("{t}　{SHEET}"));
    let source = from.and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let standards: Vec<String> = read.rubrics.list.iter().map(|r| format!("{} {}", r.title, r.version)).collect();
    let unit = read.settings.made_by.clone().unwrap_or_else(|| "______________".to_owned());
    Form {
        title,
        made: format!("填表单位：{unit}　　填表人：__________　　来源：{source}　　标准：{}", standards.join("；")),
        day: day(read),
        before: fields.iter().map(|(id, title, pixels, kind)| head(id, title, *pixels, *kind)).collect(),
        papers: papers.iter().map(|(_, paper)| paper.clone()).collect(),
        after: vec![
            head("total_pages", "总页数", 62, Kind::Centre),
            Head { choices, ..head(known::EVIDENCE, "卷宗形式", 72, Kind::Centre) },
            head("remark", "备注", 140, Kind::Text),
        ],
        rows: rows.collect(),
    }
}

/// A day that depends on the input alone.
fn day(read: &Papers) -> String {
    let field = read.vocabulary.field_id(known::CLOSED_ON);
    let last = || field.and_then(|f| read.cases.iter().filter_map(|l| l.case.date(f)).max());
    read.settings.as_of.or(read.settings.period().1).or_else(last).map(|d| d.to_string()).unwrap_or_default()
}

fn need(asked: Option<&Answer>) -> Need {
    match asked {
        Some(Answer::Yes) => Need::Yes,
        Some(Answer::Unknown) => Need::Unclear,
        Some(Answer::No) | None => Need::No,
    }
}

/// The documents that the rubrics of these cases ask for, in the order of a dossier.
fn columns(read: &Papers) -> Vec<(DocumentId, Paper)> {
    let used = |at: usize| read.cases.iter().any(|l| l.rubric.is_none_or(|r| r == at));
    let mut found: BTreeMap<DocumentId, Paper> = BTreeMap::new();
    for (_, rubric) in read.rubrics.list.iter().enumerate().filter(|(at, _)| used(*at)) {
        for criterion in &rubric.criteria {
            for ask in &criterion.asks {
                for id in &ask.documents {
                    let paper = found.entry(*id).or_insert_with(|| Paper {
                        title: read.vocabulary.document(*id).title.clone(),
                        ids: Vec::new(),
                        said: Vec::new(),
                    });
                    let others: Vec<String> =
                        ask.documents.iter().filter(|d| *d != id).map(|d| format!("《{}》", read.vocabulary.document(*d).title)).collect();
                    let instead = if others.is_empty() { String::new() } else { format!("（可由{}代替）", others.join("、")) };
                    let said = format!("{} {} {}{instead}", plain_title(&rubric.title), criterion.id, criterion.title.zh);
                    if !paper.said.contains(&said) {
                        paper.said.push(said);
                    }
                    if !paper.ids.iter().any(|i| **i == *criterion.id) {
                        paper.ids.push(criterion.id.to_string());
                    }
                }
            }
        }
    }
    // A document of which no case here is asked has no column.
    found.retain(|id, _| read.cases.iter().any(|l| l.asked.get(id).is_some_and(|a| *a != Answer::No)));
    let mut all: Vec<(DocumentId, Paper)> = found.into_iter().collect();
    all.sort_by_key(|(id, _)| (read.vocabulary.document(*id).order, *id));
    all
}

/// A rubric's title without what stands in brackets behind it.
fn plain_title(title: &str) -> &str {
    title.split('〔').next().unwrap_or(title)
}
