//! What of the results a circular may say (通报口径): the record of all cases together, the offices that are left out, the places.
//! Must not rank by rules of its own, and must not print.

use std::path::PathBuf;

use crate::paper::check::whole_number;
use crate::paper::setting::Setting;
use crate::rank::rules::Rules;
use crate::rank::{Given, rank};
use crate::record::rank::RankYear;
use crate::record::seal::Manifest;
use crate::record::v1::{Grades, Office, Rate, Results};
use crate::report::cells::{self, LEAST, cells, whole};
use crate::report::hide::{Counts, Hidden, hide};
use crate::saved::Saved;

/// What a circular may say.
pub struct View<'a> {
    /// Results.
    pub results: &'a Results,
    /// Fewest cases of an office whose grades are printed.
    pub least: u64,
    /// Fewest cases of a cell of a split, where splits are asked for.
    pub cell: Option<u64>,
    /// The record of all cases, and where it stands.
    pub whole: Option<(String, &'a Office)>,
    /// What is not printed.
    pub hidden: Hidden,
    /// Places of the offices that are shown.
    pub ranked: Option<RankYear>,
}

/// A whole number that people gave.
fn number(setting: &Setting<'_>, name: &str) -> Option<u64> {
    whole_number(setting.given.get(name)?)
}

impl<'a> View<'a> {
    /// Of results, with what people gave.
    pub fn new(setting: &Setting<'_>, results: &'a Results) -> Self {
        let least = number(setting, "最少件数").unwrap_or(LEAST);
        let hidden = hide(&cells(&results.offices), least);
        let ranked = ranked(results, &hidden);
        Self { results, least, cell: number(setting, "最小单元"), whole: whole(results), hidden, ranked }
    }

    /// Whether an office is shown with its grades.
    pub fn is_shown(&self, at: usize) -> bool {
        !self.hidden.offices.contains(&at) && self.results.offices.get(at).is_some_and(|o| o.selected > 0)
    }

    /// The record of all cases where its grades may be printed.
    pub fn told(&self) -> Option<(&str, &'a Office)> {
        self.whole.as_ref().filter(|(_, o)| o.selected > 0 && !self.hidden.whole).map(|(at, o)| (at.as_str(), *o))
    }

    /// The parts of a split as cells; `whole` where no case is in two of them.
    pub fn parts<'p>(&self, parts: impl Iterator<Item = (u64, &'p Grades)>, whole: Option<&Office>) -> Vec<Counts> {
        cells::parts(&self.results.offices, parts, whole)
    }
}

/// The headline rate of a record, and where it stands.
pub fn main_rate<'a>(office: &'a Office, at: &str) -> Option<(&'a Rate, String)> {
    let rate = office.headline()?;
    Some((rate, rate_at(office, rate, at)))
}

/// Where a rate of a record stands.
pub fn rate_at(office: &Office, rate: &Rate, at: &str) -> String {
    format!("{at}/rates/{}", office.rates.iter().position(|r| r == rate).unwrap_or_default())
}

/// Places by the ordinary rules, of the offices that are shown alone.
fn ranked(results: &Results, hidden: &Hidden) -> Option<RankYear> {
    let shown = |(at, office): (usize, &Office)| (!hidden.offices.contains(&at) && office.selected > 0).then(|| office.clone());
    let offices: Vec<Office> = results.offices.iter().enumerate().filter_map(shown).collect();
    if offices.is_empty() {
        return None;
    }
    let (tool, groups) = (results.tool.clone(), Vec::new());
    let results = Results { offices, groups, panel: None, ..results.clone() };
    let saved = Saved { path: PathBuf::new(), results, manifest: Manifest::new(tool, Vec::new()), seal: None };
    let given = Given { results: &[saved], bridges: &[], indicators: &[], rules: &Rules::default(), by_group: false, year: None };
    rank(&given).ok()?.years.pop()
}
