//! `report RESULT --format docx` 文书. Must not make papers: it ties what they are made from, the templates and the writer together.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Streams, exit, single, unwritten};
use crate::base::mistake::nearest;
use crate::base::text::Text;
use crate::cli::{Common, PapersPlan, ReportPlan};
use crate::paper::audience::Audience;
use crate::paper::docx::{Template, pack};
use crate::paper::form::Maker;
use crate::paper::make::{Job, Made, Press};
use crate::paper::setting::{From, Setting};
use crate::paper::{FORMS, Form};
use crate::record::ledger::Ledger;
use crate::record::plan::{self, Plan};
use crate::record::v1::CaseRecord;
use crate::report::target::{Kind, PAPERS};
use crate::report::write::{Output, WriteError};
use crate::saved::Saved;
use crate::say;

/// Why no paper was made.
enum Refused {
    /// In words, one a line.
    Said(Vec<Text>),
    /// By the disk.
    Write(WriteError),
}

impl std::convert::From<Text> for Refused {
    fn from(said: Text) -> Self {
        Self::Said(vec![said])
    }
}

impl std::convert::From<WriteError> for Refused {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Makes the papers and says how many.
pub fn run(common: &Common, plan: &ReportPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let done = match &plan.papers.export {
        Some(path) => export(&plan.papers, path).map(|said| vec![said]),
        None => make(plan, common.jobs),
    };
    match done {
        Ok(said) => {
            if !common.quiet {
                for line in said {
                    writeln!(streams.err, "{}", line.get(common.lang))?;
                }
            }
            Ok(exit::GOOD)
        }
        Err(Refused::Said(all)) => {
            for said in all {
                writeln!(streams.err, "{}", said.get(common.lang))?;
            }
            Ok(exit::USAGE)
        }
        Err(Refused::Write(error)) => unwritten(&error, common, streams),
    }
}

/// Writes the layout that is built in as a template.
fn export(asked: &PapersPlan, path: &Path) -> Result<Text, Refused> {
    let [word] = asked.forms.as_slice() else {
        return Err(say!("--export-template 要配一个 --form，说明导出哪一种文书", "--export-template goes with one --form").into());
    };
    let form = find(word)?;
    let shown = path.display();
    if path.exists() {
        return Err(say!("{shown} 已经存在，没有覆盖；请换一个文件名", "{shown} exists and was not replaced; give another name").into());
    }
    let bytes = pack::base(&(form.layout)().parts()).map_err(|e| say!("样式没有生成：{e}", "the layout could not be made: {e}"))?;
    crate::report::file::replace(path, &bytes, false)?;
    let title = form.title;
    Ok(say!(
        "已写出 {title} 的样式 {shown}；用 Word 或 WPS 改好版式，再用 --form {title} --template {shown} 制作",
        "wrote the layout of {title} to {shown}; change it in Word and give it back with --form {title} --template {shown}"
    ))
}

fn find(word: &str) -> Result<&'static Form, Text> {
    Form::find(word).ok_or_else(|| {
        let near = nearest(word, FORMS.iter().map(|f| f.title));
        let near = near.map_or_else(|| FORMS.iter().map(|f| f.title).collect::<Vec<_>>().join("、"), ToOwned::to_owned);
        say!("没有“{word}”这种文书；可用：{near}", "there is no form {word}; there are: {near}")
    })
}

/// What papers are made from.
enum Source {
    Result(Box<Saved>),
    Drawn,
}

fn make(plan: &ReportPlan, threads: usize) -> Result<Vec<Text>, Refused> {
    let asked = &plan.papers;
    let drawn = plan.result.join(plan::FILE);
    let source = if drawn.is_file() && !plan.result.join("results.json").exists() {
        Source::Drawn
    } else {
        Source::Result(Box::new(Saved::open(&plan.result)?))
    };
    let from_plan = match (&source, &asked.plan) {
        (_, Some(path)) => Some(read_plan(path)?),
        (Source::Drawn, None) => Some(read_plan(&drawn)?),
        _ => None,
    };
    let audience =
        asked.audience.as_deref().and_then(|a| Audience::WORDS.iter().find(|(w, _)| *w == a)).map_or(Audience::Internal, |w| w.1);
    let results = if let Source::Result(saved) = &source { Some(&saved.results) } else { None };
    let mut forms = forms(asked, audience, results.is_some(), from_plan.is_some())?;
    let mut notes = Vec::new();
    if results.is_some_and(|r| r.batch.names == "full") && forms.iter().any(|f| f.audience > Audience::Internal) {
        let said = say!(
            "这个结果是用 --names full 评查的，含有受援人姓名等个人信息，不做反馈和公开的文书；要做请不带 --names full 重新 assess",
            "this result was made with --names full and holds personal values, so it makes no feedback or public papers; assess again without it"
        );
        forms.retain(|f| f.audience == Audience::Internal);
        if !asked.forms.is_empty() || forms.is_empty() {
            return Err(said.into());
        }
        notes.push(said);
    }
    if let Some(results) = results {
        single::known(&asked.offices, results.offices.iter())?;
    }
    let given = given(&asked.set, &forms)?;
    let ledger = asked.ledger.as_deref().map(read_ledger).transpose()?;
    let (mut setting, final_) = match (&source, &from_plan) {
        (Source::Result(saved), plan) => {
            let from = From::Results(&saved.results, saved.manifest.short());
            (Setting::new(from, plan.as_ref(), !saved.is_final(), given), saved.is_final())
        }
        (Source::Drawn, Some(plan)) => (Setting::new(From::Plan(plan), Some(plan), false, given), true),
        (Source::Drawn, None) => return Err(Text::EMPTY.into()),
    };
    setting.ledger = ledger.as_ref();
    let jobs = jobs(asked, &forms, &setting)?;
    let output = Output::begin_as(Kind::Papers, &plan.out, &plan.result)?;
    let mut press = Press::new(&output, &setting, &jobs, audience, threads)?;
    if let Source::Result(saved) = &source {
        offices(saved, &asked.offices, &mut press)?;
        if asked.offices.is_empty() {
            press.batch(&saved.results)?;
        }
    }
    if let Some(plan) = &from_plan {
        press.plan(plan)?;
    }
    let made = press.finish(results)?;
    output.finish()?;
    notes.extend(said(&made, plan, final_));
    Ok(notes)
}

/// Which forms are asked for, and can be made.
fn forms(asked: &PapersPlan, audience: Audience, results: bool, plan: bool) -> Result<Vec<&'static Form>, Refused> {
    let needs = |f: &Form| match f.maker {
        Maker::Plan(_) => plan,
        Maker::Office(_) => results,
        Maker::Batch(_) => results && asked.offices.is_empty(),
    };
    if asked.forms.is_empty() {
        return Ok(FORMS.iter().filter(|f| needs(f) && f.audience >= audience).copied().collect());
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
fn given(set: &[String], forms: &[&Form]) -> Result<BTreeMap<String, String>, Text> {
    let names: Vec<&str> =
        crate::paper::setting::COMMON.iter().chain(forms.iter().flat_map(|f| f.names)).filter(|n| n.by_people).map(|n| n.name).collect();
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
        given.insert(name.to_owned(), value.trim().to_owned());
    }
    Ok(given)
}

fn read_plan(path: &Path) -> Result<Plan, Text> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|e| say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"))?;
    let plan: Plan = serde_json::from_slice(&bytes)
        .map_err(|_| say!("{shown} 不是 draw 写的抽卷方案.json，或者被改动过", "{shown} is no plan that draw wrote, or was changed"))?;
    (plan.format == 1).then_some(plan).ok_or_else(|| say!("{shown} 是另一种格式的抽卷方案", "{shown} is a plan of another format"))
}

/// The ledger as people left it: its rows with what stands in their cells now.
fn read_ledger(path: &Path) -> Result<Ledger, Text> {
    let version = crate::ledger::read::read(path, &path.display().to_string())?;
    let mut ledger = version.base;
    let lines: BTreeMap<&str, _> = version.lines.iter().map(|l| (l.key.as_str(), l)).collect();
    for row in &mut ledger.rows {
        if let Some(line) = lines.get(row.key.as_str()) {
            row.cells.clone_from(&line.cells);
        }
    }
    Ok(ledger)
}

/// Opens the template of every form.
fn jobs(asked: &PapersPlan, forms: &[&'static Form], setting: &Setting<'_>) -> Result<Vec<Job>, Refused> {
    let own = match (&asked.template, forms) {
        (None, _) => None,
        (Some(path), [_]) => {
            let shown = path.display();
            Some((path, fs::read(path).map_err(|e| say!("模板 {shown} 打不开：{e}", "template {shown} cannot be opened: {e}"))?))
        }
        (Some(_), _) => return Err(say!("--template 要配一个 --form", "--template goes with one --form").into()),
    };
    let mut jobs = Vec::new();
    for form in forms {
        let (known, common) = (form.known(), &setting.common);
        let template = match &own {
            Some((_, bytes)) => Template::open(bytes, &known, common, setting.draft),
            None => Template::new((form.layout)().parts(), &known, common, setting.draft),
        };
        let template = template.map_err(|wrong| {
            let shown = own.as_ref().map_or_else(|| form.title.to_owned(), |(path, _)| path.display().to_string());
            let line = |w: crate::paper::docx::Wrong| {
                let (zh, en) = (w.said.zh, w.said.en);
                let (at, at_en) = (w.place.zh, w.place.en);
                let gap = if at.is_empty() { "" } else { "：" };
                say!("模板 {shown} {at}{gap}{zh}", "template {shown} {at_en}: {en}")
            };
            Refused::Said(wrong.into_iter().map(line).collect())
        })?;
        jobs.push(Job { form, template });
    }
    Ok(jobs)
}

/// Hands the cases over office by office.
fn offices(saved: &Saved, wanted: &[String], press: &mut Press<'_>) -> Result<(), Refused> {
    let results = &saved.results;
    let mut cases = saved.cases()?.peekable();
    for office in &results.offices {
        let mut own: Vec<CaseRecord> = Vec::new();
        while let Some(case) = cases.next_if(|c| c.as_ref().map_or(true, |c| *c.office == *office.name)) {
            own.push(case?);
        }
        if single::is_wanted(wanted, office) {
            own.retain(|c| c.subject == "case");
            press.office(results, office, &own)?;
        }
    }
    match cases.next() {
        None => Ok(()),
        Some(Err(said)) => Err(said.into()),
        Some(Ok(case)) => {
            let (no, office) = (case.case_no, case.office);
            Err(say!("cases.jsonl 中 {office} 的 {no} 不在机构次序里；请重新评查", "case {no} of {office} is out of order; assess again")
                .into())
        }
    }
}

fn said(made: &[Made], plan: &ReportPlan, is_final: bool) -> Vec<Text> {
    let mut lines = Vec::new();
    for made in made {
        let (title, n, whom) = (made.title, made.papers, made.audience);
        lines.push(if n == 0 {
            say!("{title}：没有需要制作的", "{title}: none to make")
        } else {
            say!("{title}（{whom}）：{n} 份", "{title} ({whom}): {n}")
        });
    }
    let out = plan.out.join(PAPERS);
    let out = out.display();
    lines.push(if is_final {
        say!("已写入 {out}", "written to {out}")
    } else {
        say!(
            "已写入 {out}；结果还没有定稿，每页标明“草稿”",
            "written to {out}; the result is not final, so every page is marked as a draft"
        )
    });
    lines
}
