//! `verify RESULT [BATCH]` 核验. Must not judge a file itself: it has the result looked at and, with a batch, assessed again.

use std::path::Path;

use super::{Streams, exit, refuse};
use crate::assess::Depth;
use crate::base::text::Text;
use crate::cli::{AssessPlan, Colour, Common, Grading, VerifyPlan};
use crate::record::seal::PAGE;
use crate::record::v1::Tool;
use crate::record::verified::{Fault, Verified};
use crate::saved::Saved;
use crate::say;
use crate::seal::{self, Looked};

/// Faults that are printed one by one.
const SHOWN: usize = 20;

/// Looks at a result.
pub fn run(common: &Common, plan: &VerifyPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    if plan.result.is_file() {
        return super::certificate::run(common, plan, streams);
    }
    let Looked { saved, mut faults } = match seal::look(&plan.result) {
        Ok(looked) => looked,
        Err(said) => return refuse([said], common, streams),
    };
    if let Some(saved) = &saved {
        match seal::figures(saved) {
            Ok(mut found) => faults.append(&mut found),
            // A file that cannot be read is told already.
            Err(said) if faults.is_empty() => faults.push(Fault::new("file", "cases.jsonl", said)),
            Err(_) => {}
        }
        // Only a result that is whole so far can be packed again.
        if faults.is_empty() {
            faults.extend(seal::page(saved)?);
        }
        if let Some(batch) = &plan.batch {
            match again(common, plan, saved, batch, streams)? {
                Ok(mut found) => faults.append(&mut found),
                Err(code) => return Ok(code),
            }
        }
    }
    let verified = Verified {
        format: 1,
        tool: Tool::this(),
        result: plan.result.display().to_string(),
        batch: plan.batch.as_ref().map(|b| b.display().to_string()),
        code: saved.as_ref().map(|s| s.manifest.code.clone()),
        stage: saved.as_ref().and_then(|s| s.seal.as_ref()).map(|s| s.stage.clone()),
        whole: faults.is_empty(),
        faults,
    };
    if plan.json {
        serde_json::to_writer_pretty(&mut streams.out, &verified)?;
        writeln!(streams.out)?;
    } else if !common.quiet || !verified.whole {
        write!(streams.out, "{}", told(&verified, common))?;
        if let Some(saved) = saved.as_ref().filter(|s| seal::is_of_another(s)) {
            let version = &saved.manifest.tool.version;
            let said = say!(
                "{PAGE} 由 {version} 版写成，本版不能重新生成来核对，只核对了它的大小和 SHA-256",
                "{PAGE} was written by version {version}; this one cannot make it again, so only its size and SHA-256 were checked"
            );
            writeln!(streams.out, "{}", said.get(common.lang))?;
        }
    }
    Ok(if verified.whole { exit::GOOD } else { exit::FOUND })
}

/// Assesses the batch again into a folder that is thrown away; without what earlier runs remember, or a changed file would go unseen.
fn again(
    common: &Common,
    plan: &VerifyPlan,
    saved: &Saved,
    batch: &Path,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Result<Vec<Fault>, u8>> {
    let room = tempfile::tempdir()?;
    let out = room.path().join("again");
    let results = &saved.results;
    // A result whose as-of date nobody declared says so.
    let declared = !results.problems.iter().any(|p| p.code == "P071");
    let of_part = saved.is_part();
    let grading = Grading {
        rubrics: plan.rubrics.clone(),
        offices: if of_part { results.offices.iter().map(|o| o.id.clone()).collect() } else { Vec::new() },
        as_of: results.batch.as_of.parse().ok().filter(|_| declared),
        names: plan.names,
        look: Depth::of(&results.batch.look).unwrap_or_default(),
        ocr: results.batch.ocr,
        no_cache: true,
        ..Grading::default()
    };
    let quiet = Common { quiet: true, colour: Colour::Never, ..common.clone() };
    let assess = AssessPlan { batch: batch.to_owned(), out: out.clone(), plan: plan.plan.clone(), list: false, grading };
    let (mut nothing, mut said) = (std::io::sink(), Vec::new());
    let code = {
        let mut own =
            Streams { input: &mut *streams.input, person: false, out: &mut nothing, err: &mut said, colour: false, terminal: false };
        super::assess::run(&quiet, assess, &mut own)?
    };
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    if code == exit::UNWRITTEN || (code == exit::USAGE && !batch.is_dir()) {
        writeln!(streams.err, "{said}")?;
        return Ok(Err(code));
    }
    if code == exit::USAGE {
        return Ok(Ok(vec![unusable(plan, &said)]));
    }
    match seal::again(saved, &out) {
        Ok(faults) => Ok(Ok(faults)),
        Err(said) => Ok(Ok(vec![Fault::new("again", "results.json", said)])),
    }
}

/// That the batch cannot even be assessed any more: which of its files is why.
fn unusable(plan: &VerifyPlan, said: &str) -> Fault {
    let rubrics = plan.rubrics.iter().filter_map(|r| Some(("rubric", Path::new(r).file_name()?.to_string_lossy().into_owned())));
    let files = [("plan", crate::record::plan::FILE.to_owned())].into_iter().chain(rubrics);
    let (what, name) = files.into_iter().find(|(_, name)| said.contains(name.as_str())).unwrap_or(("settings", "audit.toml".to_owned()));
    let message = say!(
        "{name} 在评查以后被改动过，现在不能重新评查：{said}",
        "{name} was changed since, and the batch cannot be assessed again: {said}"
    );
    Fault::new(what, name, message)
}

fn told(verified: &Verified, common: &Common) -> String {
    let result = &verified.result;
    let short = verified.code.as_deref().map(|c| c.get(..12).unwrap_or(c)).unwrap_or_default();
    let mut lines: Vec<Text> = verified.faults.iter().take(SHOWN).map(|f| f.message.clone()).collect();
    let n = verified.faults.len();
    if n > SHOWN {
        let more = n - SHOWN;
        lines.push(say!(
            "另有 {more} 处，全部用 --format json 查看；差得这么多，多半是换了另一个批次或另一份结果，请先核对写法",
            "{more} more, all with --format json; so many differ that it may be another batch or result: check what was given"
        ));
    }
    lines.push(match (verified.whole, verified.batch.as_ref()) {
        (true, None) => say!("{result} 完好，校验码 {short}", "{result} is whole, code {short}"),
        (true, Some(batch)) => say!(
            "{result} 完好，用 {batch} 重新评查得到同样的结果，校验码 {short}",
            "{result} is whole, and {batch} gives the same results, code {short}"
        ),
        (false, _) => say!("{result} 不一致，共 {n} 处", "{result} is not as it should be: {n} faults"),
    });
    if let Some(stage) = verified.stage.as_ref().filter(|_| verified.whole) {
        lines.push(say!("已封存：{stage}", "sealed: {stage}"));
    }
    lines.iter().map(|line| format!("{}\n", line.get(common.lang))).collect()
}
