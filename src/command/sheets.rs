//! Score sheets of a draw: grades the drawn cases by machine and writes a workbook a reviewer. Must not draw or lay out sheets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Streams;
use crate::assess::run::Prepared;
use crate::base::digest::sha256;
use crate::base::text::Text;
use crate::cli::Common;
use crate::panel::settings::{Practice, SheetWords};
use crate::record::plan::{CaseKey, Plan};
use crate::record::v1::CaseRecord;
use crate::report::target::{HASHES, hashes};
use crate::report::workbook::Context;
use crate::report::write::{Output, WriteError};
use crate::report::{file_name, score};
use crate::rubric::{Rubrics, Scheme};
use crate::say;

/// Who marks which case.
pub type Tasks = BTreeSet<(Arc<str>, CaseKey)>;

/// What the sheets are made by.
pub struct Asked<'a> {
    /// The draw.
    pub plan: &'a Plan,
    /// `[sheet]` of the settings.
    pub words: &'a SheetWords,
    /// Cases for practice.
    pub practice: &'a Practice,
    /// In which round of extra marks, and what is new in it; without it all tasks have a sheet.
    pub only: Option<(usize, &'a Tasks)>,
}

/// Writes them, and says what was written; nothing where no case was given to anybody.
pub fn write(
    output: &Output,
    prepared: &mut Prepared,
    asked: &Asked<'_>,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<Option<Text>, WriteError> {
    let plan = asked.plan;
    let (Some(rules), Some(allocation)) = (&plan.rules.allocation, &plan.allocation) else { return Ok(None) };
    let practice = asked.practice.cases(plan);
    let wanted: BTreeSet<&CaseKey> = allocation.tasks.iter().map(|t| &t.case).chain(&practice).collect();
    let rubrics = crate::assess::rubrics::records(&prepared.grader.rubrics, prepared.batch.adopted.is_some());
    let levels = levels(&prepared.grader.rubrics);
    let batch = prepared.batch.clone();
    let progress = streams.terminal && !common.quiet;
    let cases = graded(prepared, &wanted, progress, streams)?;
    let tool = crate::record::v1::Tool { name: plan.tool.name.clone(), version: plan.tool.version.clone() };
    let context = Context { batch: &batch, rubrics: &rubrics, own: &[], tool: &tool, problems: &[] };
    let input = score::Input {
        context,
        plan,
        levels: &levels,
        cases: &cases,
        layout: asked.words.layout,
        facts: asked.words.facts,
        only: asked.only.map(|(_, tasks)| tasks),
        fill: None,
    };
    let names = file_name::of_reviewers(rules.reviewers.iter().map(|r| &*r.code));
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    let mut put = |name: &str, bytes: &[u8]| {
        written.insert(name.to_owned(), sha256(bytes));
        output.whole(name, bytes)
    };
    output.room(file_name::SHEETS)?;
    let (mut sheets, mut packs) = (0, 0);
    for reviewer in &rules.reviewers {
        let Some([name, pack]) = names.get(&*reviewer.code) else { continue };
        let unmade = |e| output.failed(name, std::io::Error::other(e));
        if let Some(bytes) = score::workbook(&input, reviewer).map_err(unmade)? {
            match asked.only {
                Some((round, _)) => put(&file_name::of_extra(name, round), &bytes)?,
                None => put(name, &bytes)?,
            }
            sheets += 1;
        }
        if !practice.is_empty() {
            put(pack, &score::calibration(&input, reviewer, &practice).map_err(unmade)?)?;
            packs += 1;
        }
    }
    put(score::FORMS, &score::forms(&context).map_err(|e| output.failed(score::FORMS, std::io::Error::other(e)))?)?;
    output.whole(HASHES, hashes(written.iter().map(|(n, h)| (n.as_str(), h.as_str()))).as_bytes())?;
    let n = practice.len();
    let (zh, en) = if packs > 0 {
        (format!("；校准 {packs} 份，每份 {n} 件"), format!("; {packs} for calibration, {n} cases each"))
    } else {
        (String::new(), String::new())
    };
    let cases = asked.only.map_or(allocation.tasks.len(), |(_, tasks)| tasks.len());
    Ok(Some(say!(
        "评分表 {sheets} 份，共 {cases} 件次{zh}；另有合议、申诉的空表",
        "score sheets: {sheets}, {cases} pages{en}; and empty forms"
    )))
}

/// The wanted cases as the machine grades them; of every office no more is kept.
pub(super) fn graded(
    prepared: &mut Prepared,
    wanted: &BTreeSet<&CaseKey>,
    progress: bool,
    streams: &mut Streams<'_>,
) -> Result<BTreeMap<CaseKey, CaseRecord>, WriteError> {
    let (total, mut done, mut all) = (prepared.plan.offices.len(), 0, BTreeMap::new());
    let key = |office: &str, case: &CaseRecord| CaseKey {
        office: office.into(),
        case_no: case.case_no.as_str().into(),
        stage: case.stage.as_deref().map(Into::into),
    };
    let ran = prepared.each(
        |_, graded| {
            let cases = std::mem::take(&mut graded.cases).into_iter().map(|c| (key(&graded.office.id, &c), c));
            Ok::<_, WriteError>(cases.filter(|(k, _)| wanted.contains(k)).collect::<Vec<_>>())
        },
        |graded, mut cases| {
            all.extend(cases.drain(..));
            done += 1;
            if progress {
                let name = &graded.office.name;
                // Progress that cannot be shown spoils nothing.
                let _ = write!(streams.err, "\r{done}/{total} {name}\x1b[K");
            }
            Ok(())
        },
    );
    if progress {
        let _ = writeln!(streams.err);
    }
    ran.map(|_| all)
}

/// Levels of each rubric that works by them.
pub(super) fn levels(rubrics: &Rubrics) -> BTreeMap<String, Vec<String>> {
    let of = |scheme: &Scheme| match scheme {
        Scheme::Levels { levels } => Some(levels.iter().map(ToString::to_string).collect()),
        Scheme::Points { .. } => None,
    };
    rubrics.list.iter().filter_map(|r| Some((r.id.to_string(), of(&r.scheme)?))).collect()
}
