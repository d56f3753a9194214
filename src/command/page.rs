//! `report RESULT --format html -o DIR` 网页报告. Must not pack: it ties a saved result, the page and the writer together.

use super::{Streams, exit, refuse, single, unwritten};
use crate::base::text::Text;
use crate::cli::{Common, ReportPlan};
use crate::report::audience::Audience;
use crate::report::export;
use crate::report::page::{FILE, Packer, PageError, Pages, Source};
use crate::report::target::Kind;
use crate::report::write::{Output, WriteError};
use crate::saved::Saved;
use crate::say;

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
        Err(error) => unwritten(&error, common, streams),
    }
}

/// Whom the page is for: `feedback` is about the one office that is named.
fn audience<'a>(plan: &'a ReportPlan, saved: &'a Saved) -> Result<(Audience, Option<&'a str>), Text> {
    let offices = &plan.papers.offices;
    single::known(offices, saved.results.offices.iter())?;
    let audience = match (plan.papers.audience.as_deref(), offices.as_slice()) {
        (Some("feedback"), [name]) => {
            let office = saved.results.offices.iter().find(|o| o.name == *name || o.id == *name);
            (Audience::Feedback, Some(office.map_or(name.as_str(), |o| o.name.as_str())))
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
        (Some("public"), []) => (Audience::Public, None),
        (_, []) => (Audience::Internal, None),
    };
    if saved.results.batch.has_full_names() && audience.0 != Audience::Internal {
        return Err(say!(
            "这个结果是用 --names full 评查的，含有受援人姓名等个人信息，不做反馈和公开的网页；请不带 --names full 重新 assess",
            "this result was made with --names full and holds personal values, so it makes no page for feedback or the public; assess again \
             without it"
        ));
    }
    Ok(audience)
}

fn page(plan: &ReportPlan, saved: &Saved, (audience, only): (Audience, Option<&str>)) -> Result<Text, WriteError> {
    let source = Source { results: &saved.results, code: &saved.manifest.code, seal: saved.sealed(), audience, only };
    let cases = saved.cases().map_err(WriteError::Refused)?;
    let output = Output::begin_as(Kind::Exported, &plan.out, &plan.result)?;
    let mut pages = Pages::begin(&output)?;
    let packed = pages.add_all(&Packer::new(&saved.results, audience), &source, cases);
    packed.map_err(|error: PageError| error.of(&output))?;
    let size = pages.put(&output, &source)?;
    export::tell(&output, "html", &saved.results, (&saved.manifest.code, saved.is_final()), &[FILE])?;
    output.finish()?;
    let at = plan.out.join(FILE);
    let (at, cases, tenths) = (at.display(), size.cases, size.bytes / 100_000);
    let (whole, part) = (tenths / 10, tenths % 10);
    Ok(say!(
        "已写出 {at}（{cases} 件案件，{whole}.{part} MB，一个文件，双击用浏览器打开，不需要网络）",
        "wrote {at} ({cases} cases, {whole}.{part} MB, one file; open it in a browser, no network needed)"
    ))
}
