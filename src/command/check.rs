//! `check DIR` 自查: what is missing, what it costs, what first. Must not grade: it ties the run to the reports.

use std::path::{Path, PathBuf};

use super::{Streams, fails, refuse};
use crate::assess::{self, Run};
use crate::base::problem;
use crate::base::text::Lang;
use crate::cli::{CheckFormat, CheckPlan, Common};
use crate::compare::{Snapshot, compare, read};
use crate::record::certificate::{CERTIFICATE, Certificate};
use crate::record::v1::{Check, ProblemRecord};
use crate::report::check::{brief, workbook};
use crate::report::{csv, file, junit, sarif};
use crate::say;
use crate::seal::certify;
use crate::todo::Names;

/// Name of the workbook.
const WORKBOOK: &str = "自查结果.xlsx";

/// Checks an office's folder.
pub fn run(common: &Common, plan: CheckPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let certified = plan.certificate.clone().or_else(|| plan.out.as_ref().filter(|out| !is_workbook(out)).map(|out| out.join(CERTIFICATE)));
    let run = Run { upward: true, hash: certified.is_some(), ..super::asked(&plan.folder, &plan.grading, common) };
    let mut prepared = match run.prepare() {
        Ok(prepared) => prepared,
        Err(error) => return super::refused(error, common, streams),
    };
    // Read before anything is written: the new workbook may take its place.
    let path = target(&plan, prepared.folder());
    let old = match &plan.baseline {
        Some(old) => match read(old) {
            Ok(old) => Some(old),
            Err(said) => return refuse([said], common, streams),
        },
        // Who clicks gives no options: an earlier result of the same office is compared with by itself.
        None if plan.beside && path.is_file() => read(&path).ok(),
        None => None,
    };
    let (mut cases, mut not_graded) = (Vec::new(), Vec::new());
    let (mut inputs, mut own) = (Vec::new(), Vec::new());
    let Ok((results, unread)) = prepared.each(
        |_, graded| Ok::<_, std::convert::Infallible>(std::mem::take(&mut graded.cases)),
        |mut graded, mut of_office| {
            cases.append(&mut of_office);
            not_graded.append(&mut graded.out);
            inputs.append(&mut graded.inputs);
            own.append(&mut graded.own);
            Ok(())
        },
    );
    let snapshot = Snapshot::of(&results, cases.iter());
    let same =
        |old: &Snapshot| plan.baseline.is_some() || old.cases.iter().any(|c| snapshot.cases.iter().any(|n| n.case.office == c.case.office));
    let compared = old.filter(same).map(|old| compare(&old, &snapshot));
    let todo = Names::new(&results).todo(cases.iter());
    let check = Check { results, cases, own, not_graded, todo, compared };
    let settings = prepared.settings.path.as_deref().map(|p| p.display().to_string());
    // Where nothing was read, an earlier workbook is worth more than an empty one; what is wrong is printed in full.
    let any = !check.cases.is_empty() || !check.not_graded.is_empty();
    let wanted = any && (plan.out.is_some() || plan.format == CheckFormat::Human);
    let written = if wanted {
        let bytes = workbook(&check, &snapshot)?;
        match file::write(&path, &bytes, prepared.folder(), |p| read(p).is_ok()) {
            Ok(kept) => Some((path, kept)),
            Err(error) => return super::unwritten(&error, common, streams),
        }
    } else {
        None
    };
    let mut certificate = None;
    if let Some(at) = certified.filter(|_| any) {
        let full = prepared.grader.names == assess::Names::Full;
        let made = certify(&check.results, &check.cases, &inputs, &plan.grading.offices, full);
        let mut bytes = serde_json::to_vec_pretty(&made)?;
        bytes.push(b'\n');
        let is_ours = |p: &Path| std::fs::read(p).is_ok_and(|b| serde_json::from_slice::<Certificate>(&b).is_ok());
        if let Err(error) = file::write(&at, &bytes, prepared.folder(), is_ours) {
            return super::unwritten(&error, common, streams);
        }
        certificate = Some((at, made.code));
    }
    if plan.format != CheckFormat::Human {
        // What is printed goes into a pipe; a person still learns what is missing from it.
        let unread = |p: &&ProblemRecord| problem::is_unread(&p.code);
        for problem in check.results.problems.iter().filter(unread) {
            writeln!(streams.err, "{} {}", problem.code, problem.message.get(common.lang))?;
        }
    }
    match plan.format {
        CheckFormat::Human if common.quiet => {}
        CheckFormat::Human => {
            write!(streams.out, "{}", brief(&check, settings.as_deref(), common.lang))?;
            if let Some((path, kept)) = &written {
                write!(streams.out, "{}", told(path, kept.as_deref(), common.lang))?;
            }
            if let Some((at, code)) = &certificate {
                let at = at.display();
                let said = say!("自查凭证 {code}，已写入 {at}", "certificate {code}, written to {at}");
                writeln!(streams.out, "{}", said.get(common.lang))?;
            }
        }
        CheckFormat::Json => {
            serde_json::to_writer_pretty(&mut streams.out, &check)?;
            writeln!(streams.out)?;
        }
        CheckFormat::Csv => streams.out.write_all(&csv::findings(&check)?)?,
        CheckFormat::Sarif => write!(streams.out, "{}", sarif::log(&check)?)?,
        CheckFormat::Junit => streams.out.write_all(&junit::suites(&check)?)?,
    }
    let failing = plan.grading.fail_on.is_some_and(|level| check.cases.iter().chain(&check.own).any(|c| fails(c, level)));
    Ok(super::outcome(unread, failing))
}

/// Whether what was given with `-o` is a workbook rather than a folder.
fn is_workbook(out: &Path) -> bool {
    out.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) && !out.is_dir()
}

/// Where the workbook goes: as asked for, else into the current folder, or beside the batch where that lies inside it.
fn target(plan: &CheckPlan, batch: &Path) -> PathBuf {
    match &plan.out {
        Some(out) if is_workbook(out) => out.clone(),
        Some(out) => out.join(WORKBOOK),
        None => {
            let batch = dunce::canonicalize(batch).unwrap_or_else(|_| batch.to_owned());
            let here = std::env::current_dir().and_then(dunce::canonicalize).ok();
            match here.filter(|here| !plan.beside && !here.starts_with(&batch)) {
                Some(_) => PathBuf::from(WORKBOOK),
                None => batch.parent().unwrap_or(&batch).join(WORKBOOK),
            }
        }
    }
}

fn told(path: &Path, kept: Option<&Path>, lang: Lang) -> String {
    let shown = path.display();
    let said = match kept.and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()) {
        Some(kept) => say!("已写入 {shown}（上一份改名为 {kept}）", "written to {shown} (the earlier one is now {kept})"),
        None => say!("已写入 {shown}", "written to {shown}"),
    };
    format!("{}\n", said.get(lang))
}
