//! What of the results a circular may say (通报口径): the record of all cases together, the offices that are left out, the places.
//! Must not rank by rules of its own, and must not print.

use std::path::PathBuf;

use crate::paper::check::whole_number;
use crate::paper::hide::{Cells, Counts, Hidden, Reach, hide};
use crate::paper::setting::Setting;
use crate::rank::rules::Rules;
use crate::rank::{Given, rank};
use crate::record::rank::RankYear;
use crate::record::seal::Manifest;
use crate::record::v1::{Grades, Office, Rate, Results};
use crate::saved::Saved;

/// Fewest cases of which grades are printed, where nobody says otherwise.
const LEAST: u64 = 3;

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
        let titles = titles(&results.offices);
        let rates = rates(&results.offices);
        let cells = |o: &Office| Cells { counts: counts(&titles, o.selected, &o.grades, o.undecided), rates: reaches(&rates, o) };
        let cells: Vec<Cells> = results.offices.iter().map(cells).collect();
        let least = number(setting, "最少件数").unwrap_or(LEAST);
        let hidden = hide(&cells, least);
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
        let titles = titles(&self.results.offices);
        let open = |n: u64, grades: &Grades| n.saturating_sub(grades.0.iter().map(|(_, n)| n).sum());
        let mut all: Vec<Counts> = parts.map(|(n, grades)| counts(&titles, n, grades, open(n, grades))).collect();
        if let Some(whole) = whole {
            let rest = counts(&titles, whole.selected, &whole.grades, open(whole.selected, &whole.grades));
            let less = |at: usize, n: u64| n.saturating_sub(all.iter().filter_map(|c| c.0.get(at)).sum());
            let rest = rest.0.iter().enumerate().map(|(at, n)| less(at, *n)).collect();
            all.push(Counts(rest));
        }
        all
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

/// Every grade that an office has.
fn titles(offices: &[Office]) -> Vec<&str> {
    let mut titles: Vec<&str> = Vec::new();
    for (title, _) in offices.iter().flat_map(|o| &o.grades.0) {
        if !titles.contains(&title.as_str()) {
            titles.push(title);
        }
    }
    titles
}

/// Cases by grade, then those that are not decided, then those without any grade.
fn counts(titles: &[&str], n: u64, grades: &Grades, undecided: u64) -> Counts {
    let of = |title: &&str| grades.0.iter().find(|(t, _)| t == title).map_or(0, |(_, n)| *n);
    let mut all: Vec<u64> = titles.iter().map(of).chain([undecided]).collect();
    all.push(n.saturating_sub(all.iter().sum()));
    Counts(all)
}

/// Ids of every rate that an office has.
fn rates(offices: &[Office]) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for rate in offices.iter().flat_map(|o| &o.rates) {
        if !ids.contains(&rate.id.as_str()) {
            ids.push(&rate.id);
        }
    }
    ids
}

/// How the cases of an office stand to each rate.
fn reaches(ids: &[&str], office: &Office) -> Vec<Reach> {
    let reach = |r: &Rate| Reach { sure: r.k_low, not: r.n.saturating_sub(r.k_high) };
    ids.iter().map(|id| office.rates.iter().find(|r| r.id == *id).map_or_else(Reach::default, reach)).collect()
}

/// The record that pools all offices.
fn whole(results: &Results) -> Option<(String, &Office)> {
    let selected: u64 = results.offices.iter().map(|o| o.selected).sum();
    let in_scope: u64 = results.offices.iter().map(|o| o.in_scope).sum();
    let groups = || results.groups.iter().enumerate().filter(|(_, g)| g.selected == selected && g.in_scope == in_scope);
    let group = groups().find(|(_, g)| g.id == "all").or_else(|| groups().next());
    match (group, results.offices.as_slice()) {
        (Some((at, group)), [_, ..]) => Some((format!("/groups/{at}"), group)),
        (None, [only]) => Some(("/offices/0".to_owned(), only)),
        _ => None,
    }
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
