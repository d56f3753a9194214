//! Counts of offices as [`hide`](super::hide) looks at them (公开口径的计数). Must not decide what is left out.

use super::hide::{Cells, Counts, Reach};
use crate::record::v1::{Grades, Office, Rate, Results};

/// Fewest cases of which grades are published, where nobody says otherwise.
pub const LEAST: u64 = 3;

/// What would be published of each office.
pub fn cells(offices: &[Office]) -> Vec<Cells> {
    let (titles, rates) = (titles(offices), rates(offices));
    let cells = |o: &Office| Cells { counts: counts(&titles, o.selected, &o.grades, o.undecided), rates: reaches(&rates, o) };
    offices.iter().map(cells).collect()
}

/// The parts of a split, of these offices; `whole` where no case is in two of them.
pub fn parts<'p>(offices: &[Office], parts: impl Iterator<Item = (u64, &'p Grades)>, whole: Option<&Office>) -> Vec<Counts> {
    let titles = titles(offices);
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

/// The record that pools all offices, and where it stands in `results.json`.
pub fn whole(results: &Results) -> Option<(String, &Office)> {
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
