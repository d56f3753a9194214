//! `report RESULT --format docx` 文书. Must not make papers: it ties what they are made from, the templates and the writer together.

mod asked;
mod sources;

use std::fs;
use std::path::Path;

use self::asked::{find, forms, given};
use self::sources::{fits, read_ledger, read_plan};
use super::{Streams, exit, refuse, single, unwritten};
use crate::base::text::Text;
use crate::cli::{Common, PapersPlan, ReportPlan};
use crate::paper::Form;
use crate::paper::docx::{Template, pack};
use crate::paper::form::Maker;
use crate::paper::make::{Job, Made, Press};
use crate::paper::setting::{From, Setting};
use crate::record::plan;
use crate::record::v1::{CaseRecord, Results};
use crate::report::audience::Audience;
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
                    writeln!(streams.out, "{}", line.get(common.lang))?;
                }
            }
            Ok(exit::GOOD)
        }
        Err(Refused::Said(all)) => refuse(all, common, streams),
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

fn make(plan: &ReportPlan, threads: usize) -> Result<Vec<Text>, Refused> {
    let asked = &plan.papers;
    let drawn = plan.result.join(plan::FILE);
    let saved = if drawn.is_file() && !plan.result.join("results.json").exists() { None } else { Some(Saved::open(&plan.result)?) };
    let from_plan = match (&asked.plan, &saved) {
        (Some(path), _) => Some(read_plan(path)?),
        (None, None) => Some(read_plan(&drawn)?),
        (None, Some(_)) => None,
    };
    let results = saved.as_ref().map(|s| &s.results);
    if let (Some(plan), Some(path), Some(results)) = (&from_plan, &asked.plan, results) {
        fits(plan, path, results)?;
    }
    let audience =
        asked.audience.as_deref().and_then(|a| Audience::WORDS.iter().find(|(w, _)| *w == a)).map_or(Audience::Internal, |w| w.1);
    let mut forms = forms(asked, audience, results.is_some(), from_plan.is_some())?;
    let mut notes = Vec::new();
    if let Some(results) = results {
        single::known(&asked.offices, results.offices.iter())?;
        notes.extend(without_secrets(results, &mut forms, asked)?);
        if results.offices.iter().all(|o| o.selected == 0) && forms.iter().any(|f| !matches!(f.maker, Maker::Plan(_))) {
            return Err(say!(
                "这个结果里没有被评查的案件，没有文书可做；请先确认评查范围和登记表",
                "no case was reviewed in this result, so there are no papers to make; look at its scope and registers"
            )
            .into());
        }
    }
    let given = given(&asked.set, &forms)?;
    let ledger = asked.ledger.as_deref().map(|path| read_ledger(path, results)).transpose()?;
    let is_final = saved.as_ref().is_some_and(Saved::is_final);
    let of_plan = from_plan.as_ref().map(|plan| Setting::new(From::Plan(plan), Some(plan), false, given.clone()));
    let of_result = saved.as_ref().map(|saved| {
        let mut setting = Setting::new(From::Results(&saved.results, saved.manifest.short()), from_plan.as_ref(), !is_final, given.clone());
        setting.ledger = ledger.as_ref();
        if let Some(seal) = saved.sealed() {
            setting.common.put("阶段", &seal.stage);
        }
        setting
    });
    let Some(main) = of_result.as_ref().or(of_plan.as_ref()) else { return Err(Text::EMPTY.into()) };
    let setting = |form: &Form| match form.maker {
        Maker::Plan(_) => of_plan.as_ref().unwrap_or(main),
        _ => main,
    };
    let jobs = jobs(asked, &forms, setting)?;
    earlier(&plan.out, &forms, &asked.offices)?;
    let output = Output::begin_as(Kind::Papers, &plan.out, &plan.result)?;
    let mut press = Press::new(&output, main, &jobs, audience, threads)?;
    if let Some(saved) = &saved {
        offices(saved, &asked.offices, &mut press)?;
        if asked.offices.is_empty() {
            press.batch(&saved.results)?;
        }
    }
    if let Some(plan) = &from_plan {
        press.plan(plan)?;
    }
    let made = press.finish(results, &asked.offices)?;
    let papers: u64 = made.iter().map(|m| m.papers).sum();
    if given.contains_key("文号") && papers > 1 {
        return Err(say!(
            "一个文号只能用在一份文书上，这次做了 {papers} 份；请用 --form 和 --office 单独做那一份",
            "a number belongs to one paper, and this makes {papers}; make that one by itself with --form and --office"
        )
        .into());
    }
    output.finish()?;
    notes.extend(said(&made, plan, of_result.is_some() && !is_final));
    Ok(notes)
}

/// Leaves out what must not be made of full names, and says so.
fn without_secrets(results: &Results, forms: &mut Vec<&'static Form>, asked: &PapersPlan) -> Result<Option<Text>, Text> {
    if !results.batch.has_full_names() || forms.iter().all(|f| f.audience == Audience::Internal) {
        return Ok(None);
    }
    let said = say!(
        "这个结果是用 --names full 评查的，含有受援人姓名等个人信息，不做反馈和公开的文书；要做请不带 --names full 重新 assess",
        "this result was made with --names full and holds personal values, so it makes no feedback or public papers; assess again without it"
    );
    forms.retain(|f| f.audience == Audience::Internal);
    if !asked.forms.is_empty() || forms.is_empty() { Err(said) } else { Ok(Some(said)) }
}

/// Refuses a folder with papers that this run would take away without making them anew.
fn earlier(out: &Path, forms: &[&Form], offices: &[String]) -> Result<(), Text> {
    let Some((theirs, of)) = crate::report::target::earlier_papers(out) else { return Ok(()) };
    let mut lost: Vec<&str> = theirs.iter().filter(|id| !forms.iter().any(|f| f.id == **id)).map(String::as_str).collect();
    lost.retain(|id| Form::find(id).is_some());
    let (out, named) = (out.display(), lost.iter().filter_map(|id| Form::find(id)).map(|f| f.title).collect::<Vec<_>>().join("、"));
    if !lost.is_empty() {
        return Err(say!(
            "{out} 里已有这次不做的文书（{named}），整个换新会丢失它们；请用 -o 指定另一个文件夹",
            "{out} holds papers that this run does not make ({named}) and that would be lost; give another folder with -o"
        ));
    }
    if *offices != of {
        return Err(say!(
            "{out} 里的文书是给另外一些机构做的，整个换新会丢失它们；请用 -o 指定另一个文件夹",
            "the papers in {out} were made for other offices and would be lost; give another folder with -o"
        ));
    }
    Ok(())
}

/// Opens the template of every form.
fn jobs<'a>(asked: &PapersPlan, forms: &[&'static Form], setting: impl Fn(&Form) -> &'a Setting<'a>) -> Result<Vec<Job<'a>>, Refused> {
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
        let (known, setting) = (form.known(), setting(form));
        let common = &setting.common;
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
        jobs.push(Job { form, template, setting });
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

fn said(made: &[Made], plan: &ReportPlan, is_draft: bool) -> Vec<Text> {
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
    lines.push(if is_draft {
        say!(
            "已写入 {out}；结果还没有定稿，每页标明“草稿”",
            "written to {out}; the result is not final, so every page is marked as a draft"
        )
    } else {
        say!("已写入 {out}", "written to {out}")
    });
    lines
}
