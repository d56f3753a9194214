//! Which rubrics a run asks for: those of the command line, else of the settings, else the shipped ones. Must not load them.

use std::path::Path;

use crate::base::mistake::{Mistake, Mistakes, suggest};
use crate::intake::own;
use crate::intake::settings::Settings;
use crate::rubric::shipped;
use crate::say;

/// The names, and a mistake for each that the settings name but that is not there.
pub fn rubrics(command_line: &[String], settings: &Settings, batch: &Path) -> (Vec<String>, Vec<Mistake>) {
    if !command_line.is_empty() {
        return (command_line.to_vec(), Vec::new());
    }
    if settings.rubrics.is_empty() {
        // Where figures of offices lie in the batch, offices are graded by them as well.
        let own = shipped::OWN.iter().filter(|_| batch.join(own::FILE).is_file());
        return (shipped::DEFAULT.iter().chain(own).map(|s| (*s).to_owned()).collect(), Vec::new());
    }
    let sink = Mistakes::default();
    let there = |name: &str| shipped::by_id(name).is_some() || batch.join(name).is_file();
    for rubric in settings.rubrics.iter().filter(|r| !there(&r.name)) {
        let name = &rubric.name;
        let help = suggest(name, shipped::IDS.iter().copied()).unwrap_or_default();
        sink.push_help("S004", &rubric.at, say!("找不到评估标准 {name}", "rubric {name} not found"), help);
    }
    let names = settings.rubrics.iter().map(|r| r.name.clone()).filter(|n| there(n)).collect();
    (names, sink.into_sorted())
}
