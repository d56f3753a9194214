//! Settings with the rubrics that they or the command line ask for, for every command that reads cases: all mistakes at once.
//! Must not read cases.

use std::path::Path;

use super::run::RunError;
use super::{asked, choose};
use crate::base::mistake::Mistake;
use crate::intake::settings::{self, Settings};
use crate::model::own::Subject;
use crate::model::vocabulary::Vocabulary;
use crate::rubric::{Rubrics, load, shipped};
use crate::say;

/// Reads the settings at `path` and the rubrics; those of the settings lie relative to `base`.
///
/// # Errors
/// Every mistake in rubrics and settings, or two rubrics for one kind of case.
pub fn load(path: &Path, rubrics: &[String], base: &Path) -> Result<(Settings, Rubrics, Vocabulary), RunError> {
    let (settings, mut sources, mut mistakes) = settings::load(path);
    let (names, missing) = asked::rubrics(rubrics, &settings, base);
    mistakes.extend(missing);
    let beside = if rubrics.is_empty() { Some(base) } else { None };
    let mut loaded = load::load(&names, beside);
    // Who names rubrics about offices only still has cases, which the shipped ones grade.
    if loaded.rubrics.as_ref().is_some_and(|r| r.list.is_empty()) {
        // The cases of firms are their own files, not legal aid, where the rubric of the firm shares words with that of its files.
        let firms = loaded.rubrics.as_ref().is_some_and(|r| r.own.iter().all(|r| r.about == Subject::Firm));
        let ways = [shipped::FIRM, shipped::DEFAULT];
        for cases in ways.into_iter().skip(usize::from(!firms)) {
            let all: Vec<String> = names.iter().cloned().chain(cases.iter().map(|s| (*s).to_owned())).collect();
            loaded = load::load(&all, beside);
            if loaded.rubrics.is_some() {
                break;
            }
        }
    }
    let shift = sources.len();
    sources.extend(loaded.sources);
    mistakes.extend(loaded.mistakes.into_iter().filter(|m| !m.is_lint()).map(|m| shifted(m, shift)));
    if let Some(rubrics) = &loaded.rubrics {
        mistakes.extend(settings::check_columns(&settings, &rubrics.vocabulary));
        mistakes.extend(super::waive::check(&settings, rubrics));
    }
    let Some(mut rubrics) = loaded.rubrics.filter(|_| mistakes.is_empty()) else {
        mistakes.sort_by(|a, b| a.at.cmp(&b.at));
        return Err(RunError::Mistakes(sources, mistakes));
    };
    let vocabulary = std::mem::take(&mut rubrics.vocabulary);
    if let Some((a, b, case_type)) = choose::overlap(&rubrics, &vocabulary) {
        let (a, b) = (&rubrics.list[a].id, &rubrics.list[b].id);
        return Err(RunError::Usage(say!(
            "评估标准 {a} 和 {b} 同时适用于“{case_type}”案件，每件案件只能适用一个。请只用其中一个（--rubric），或修改它们的 applies 或 in_force",
            "the rubrics {a} and {b} both apply to cases of type {case_type}; only one may. Choose one (--rubric), or change applies or in_force"
        )));
    }
    Ok((settings, rubrics, vocabulary))
}

fn shifted(mut mistake: Mistake, by: usize) -> Mistake {
    mistake.at.source += by;
    mistake.also.iter_mut().for_each(|(at, _)| at.source += by);
    mistake
}
