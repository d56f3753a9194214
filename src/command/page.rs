//! `report RESULT --format html -o DIR` 网页报告. Must not pack: it ties a saved result, the page and the writer together.

use std::collections::BTreeMap;

use super::{Streams, exit, refuse, single, unwritten};
use crate::base::text::Text;
use crate::cli::{Common, ReportPlan};
use crate::lift::{Rules, lift};
use crate::record::v1::CaseRecord;
use crate::report::export;
use crate::report::page::{Audience, PageError, Source, write};
use crate::report::target::Kind;
use crate::report::write::{Output, WriteError};
use crate::saved::Saved;
use crate::say;

/// The page.
const FILE: &str = "report.html";

/// Writes the page and says how large it is.
pub fn run(common: &Common, plan: &ReportPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let saved = match Saved::open(&plan.result) {
        Ok(saved) => saved,
        Err(said) => return refuse([said], common, streams),
    };
    let audience = match audience(plan, &saved) {
        Ok(audience) => audience,
        Err(said) => return refuse([said], common, streams),
    };
    match page(plan, &saved, audience) {
        Ok(said) => {
            if !common.quiet {
                writeln!(streams.out, "{}", said.get(common.lang))?;
            }
            Ok(exit::GOOD)
        }
        Err(PageError::Read(said)) => refuse([said], common, streams),
        Err(PageError::Write(error)) => unwritten(&WriteError::Failed { path: plan.out.join(FILE), source: error }, common, streams),
    }
}

/// Whom the page is for: `feedback` is about the one office that is named.
fn audience<'a>(plan: &'a ReportPlan, saved: &'a Saved) -> Result<Audience<'a>, Text> {
    let offices = &plan.papers.offices;
    single::known(offices, saved.results.offices.iter())?;
    let audience = match (plan.papers.audience.as_deref(), offices.as_slice()) {
        (Some("feedback"), [name]) => {
            let office = saved.results.offices.iter().find(|o| o.name == *name || o.id == *name);
            Audience::Feedback(office.map_or(name.as_str(), |o| o.name.as_str()))
        }
        (Some("feedback"), _) => {
            return Err(say!("反馈的网页给一个机构：请加一个 --office 机构", "a page for feedback is for one office: add one --office"));
        }
        (_, [_, ..]) => {
            return Err(say!(
                "网页报告是整个批次的；只给一个机构的用 --audience feedback --office 机构",
                "the page is about the whole batch; for one office use --audience feedback --office NAME"
            ));
        }
        (Some("public"), []) => Audience::Public,
        (_, []) => Audience::Internal,
    };
    if saved.results.batch.has_full_names() && audience != Audience::Internal {
        return Err(say!(
            "这个结果是用 --names full 评查的，含有受援人姓名等个人信息，不做反馈和公开的网页；请不带 --names full 重新 assess",
            "this result was made with --names full and holds personal values, so it makes no page for feedback or the public; assess again \
             without it"
        ));
    }
    Ok(audience)
}

fn page(plan: &ReportPlan, saved: &Saved, audience: Audience<'_>) -> Result<Text, PageError> {
    let cases = saved.cases().map_err(PageError::Read)?;
    let rules: BTreeMap<&str, Result<Rules, Text>> = saved.results.rubrics.iter().map(|r| (r.id.as_str(), Rules::new(r))).collect();
    let lifted = |case: &CaseRecord| {
        let graded = case.scope == "selected" && case.subject == "case";
        graded.then(|| lift(case.rubric.as_deref().and_then(|r| rules.get(r)), case)).flatten()
    };
    let source = Source { results: &saved.results, code: &saved.manifest.code, is_final: saved.is_final(), audience, lift: Some(&lifted) };
    let disk = |error: WriteError| match error {
        WriteError::Refused(said) => PageError::Read(said),
        WriteError::Failed { source, .. } => PageError::Write(source),
    };
    let output = Output::begin_as(Kind::Exported, &plan.out, &plan.result).map_err(disk)?;
    let mut spool = output.spool().map_err(disk)?.into_inner().map_err(|e| PageError::Write(e.into_error()))?;
    let mut bytes = Vec::new();
    let size = write(&mut bytes, &mut spool, &source, cases)?;
    output.whole(FILE, &bytes).map_err(disk)?;
    export::tell(&output, "html", &saved.results, (&saved.manifest.code, saved.is_final()), &[FILE]).map_err(disk)?;
    output.finish().map_err(disk)?;
    let at = plan.out.join(FILE);
    let (at, cases, tenths) = (at.display(), size.cases, size.bytes / 100_000);
    let (whole, part) = (tenths / 10, tenths % 10);
    Ok(say!(
        "已写出 {at}（{cases} 件案件，{whole}.{part} MB，一个文件，双击用浏览器打开，不需要网络）",
        "wrote {at} ({cases} cases, {whole}.{part} MB, one file; open it in a browser, no network needed)"
    ))
}
