//! `ledger RESULT… -o FILE` 整改台账. Must not decide a state: it reads, has the ledger made, and puts it in its place as a whole.

use super::{Streams, exit, refuse, show_mistakes, unwritten};
use crate::base::mistake::Source;
use crate::base::text::Text;
use crate::cli::{Common, LedgerPlan};
use crate::ledger::history::Head;
use crate::ledger::make::Build;
use crate::ledger::read;
use crate::ledger::rules::{self, Rules, text};
use crate::ledger::version::Version;
use crate::record::v1::CaseRecord;
use crate::report::write::WriteError;
use crate::report::{file, ledger as workbook, target};
use crate::saved::Saved;
use crate::say;

/// Makes or updates a ledger.
pub fn run(common: &Common, plan: &LedgerPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let rules = match rules_of(common, plan, streams)? {
        Some(rules) => rules,
        None => return Ok(exit::USAGE),
    };
    // Into a result it would be a file that the result did not write.
    for result in &plan.results {
        let apart = target::real(&plan.out)
            .map_err(|source| WriteError::Failed { path: plan.out.clone(), source })
            .and_then(|real| target::apart(&plan.out, &real, result));
        if let Err(error) = apart {
            return unwritten(&error, common, streams);
        }
    }
    let (ledger, foreign) = match made(plan, &rules) {
        Ok(made) => made,
        Err(said) => return refuse([said], common, streams),
    };
    let written = workbook::workbook(&ledger)
        .map_err(|e| WriteError::Failed { path: std::env::temp_dir(), source: std::io::Error::other(e) })
        .and_then(|bytes| file::replace(&plan.out, &bytes, foreign));
    let kept = match written {
        Ok(kept) => kept,
        Err(error) => return unwritten(&error, common, streams),
    };
    for said in &ledger.said {
        writeln!(streams.err, "{}", said.get(common.lang))?;
    }
    if let Some(kept) = kept {
        let shown = kept.display();
        let said = say!(
            "原台账里有另加的工作表，没有搬进新台账；原文件另存为 {shown}",
            "the earlier ledger has sheets of its own, which were not taken over; it is kept as {shown}"
        );
        writeln!(streams.err, "{}", said.get(common.lang))?;
    }
    if plan.json {
        serde_json::to_writer_pretty(&mut *streams.out, &ledger)?;
        writeln!(streams.out)?;
    } else if !common.quiet {
        write!(streams.out, "{}", workbook::terminal(&ledger, common.lang))?;
        let shown = plan.out.display();
        writeln!(streams.out, "{}", say!("已写入 {shown}", "written to {shown}").get(common.lang))?;
    }
    Ok(if ledger.conflicts.is_empty() { exit::GOOD } else { exit::FOUND })
}

/// The rules; nothing when they are wrong, which is then shown.
fn rules_of(common: &Common, plan: &LedgerPlan, streams: &mut Streams<'_>) -> anyhow::Result<Option<Rules>> {
    let Some(path) = &plan.rules else { return Ok(Some(Rules::default())) };
    let shown = path.display().to_string();
    let source = |text: &str| vec![Source { path: shown.clone(), text: text.to_owned() }];
    let read = match text(path, 0, "S020") {
        Ok(Some((read, _))) => read,
        Ok(None) => {
            writeln!(
                streams.err,
                "{}",
                say!("找不到 {shown}，请核对文件名和位置", "no {shown}; check its name and place").get(common.lang)
            )?;
            return Ok(None);
        }
        Err(mistake) => {
            show_mistakes(common, &[*mistake], &source(""), streams)?;
            return Ok(None);
        }
    };
    let (rules, mistakes) = rules::parse(&read);
    if mistakes.is_empty() {
        return Ok(Some(rules));
    }
    show_mistakes(common, &mistakes, &source(&read), streams)?;
    Ok(None)
}

/// The ledger, and whether the earlier file has sheets that would be lost.
fn made(plan: &LedgerPlan, rules: &Rules) -> Result<(crate::record::ledger::Ledger, bool), Text> {
    let mut saved = Vec::new();
    for path in &plan.results {
        saved.push(Saved::open(path)?);
    }
    saved.sort_by(|a, b| a.results.batch.as_of.cmp(&b.results.batch.as_of));
    known(&saved, rules, &plan.offices)?;
    if plan.out.is_dir() {
        let shown = plan.out.display();
        return Err(say!("{shown} 是一个文件夹，请用 -o 写台账的文件名", "{shown} is a folder; give the name of a file with -o"));
    }
    let there = plan.out.is_file();
    let mut versions: Vec<Version> = Vec::new();
    for path in there.then_some(&plan.out).into_iter().chain(&plan.edited) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shown = if versions.iter().any(|v| v.file == name) { path.display().to_string() } else { name };
        versions.push(read::read(path, &shown)?);
    }
    let foreign = there && versions.first().is_some_and(|v| !v.foreign.is_empty());
    let mut build = Build::new(&versions, there);
    for one in &saved {
        let head = Head { path: one.path.display().to_string(), results: &one.results, code: &one.manifest.code };
        build.look(&head, (rules, &plan.offices), || {
            let cases = one.cases()?;
            Ok(Box::new(cases) as Box<dyn Iterator<Item = Result<CaseRecord, Text>>>)
        })?;
    }
    Ok((build.finish(rules, plan.as_of), foreign))
}

/// Whether every office and criterion that is named is in one of the results.
fn known(saved: &[Saved], rules: &Rules, offices: &[String]) -> Result<(), Text> {
    let all = || saved.iter().flat_map(|s| &s.results.offices);
    if let Some(office) = offices.iter().find(|o| !all().any(|x| x.name == **o || x.id == **o)) {
        let mut names: Vec<&str> = all().map(|x| x.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let (zh, en) = (names.join("、"), names.join(", "));
        return Err(say!("结果里没有机构“{office}”，请写下列名称中的一个：{zh}", "no office {office:?} in the results; give one of: {en}"));
    }
    let rubrics = || saved.iter().flat_map(|s| &s.results.rubrics);
    let is = |name: &str| {
        let builtin = saved.iter().any(|s| s.results.titles.contains_key(&format!("builtin:{name}")));
        builtin || rubrics().any(|r| r.criteria.iter().any(|x| x.id == name || x.group == name) || r.red_lines.iter().any(|l| l.id == name))
    };
    match rules.named().find(|name| !is(name)) {
        Some(name) => Err(say!(
            "ledger.toml 里的“{name}”不是这些结果所用标准的指标或指标组，请核对（juanping explain 可查）",
            "{name:?} in ledger.toml is no criterion or group of the rubrics of these results; look it up with juanping explain"
        )),
        None => Ok(()),
    }
}
