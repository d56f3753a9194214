//! Units of a ranking: offices as they are, cities from pooled cases. Must not average rates or means of offices.

use std::collections::BTreeMap;

use super::exact::{self, Fraction, Span};
use super::join::Joined;
use crate::record::v1::{Grades, Office, Own, Rate};

/// One that is ranked.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its figures; pooled where it is a city.
    pub office: Office,
    /// Ids of its offices.
    pub members: Vec<String>,
    /// Exact mean.
    pub mean: Option<Span>,
}

/// The units of a year, by id, and all of them together.
#[derive(Debug)]
pub struct Units {
    /// By id.
    pub list: Vec<Unit>,
    /// All cases of the year.
    pub whole: Unit,
    /// Names of offices that no city is named for: each stands for itself.
    pub alone: Vec<String>,
}

/// A name, and the offices under it with the numbers of their results.
type Named<'a> = (String, Vec<(usize, &'a Office)>);

/// Id of all of them together.
pub const ALL: &str = "all";

/// The units of a year.
pub fn units(joined: &Joined<'_>, by_group: bool) -> Units {
    // A city and an office that stands alone may have one id.
    let mut pools: BTreeMap<(bool, String), Named<'_>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (at, office) in &joined.offices {
        let (id, name) = match office.parent.as_ref().filter(|_| by_group) {
            Some(parent) => (parent.clone(), parent.clone()),
            None => (office.id.clone(), office.name.clone()),
        };
        if by_group && office.parent.is_none() {
            alone.push(office.name.clone());
        }
        let of_city = by_group && office.parent.is_some();
        pools.entry((of_city, id)).or_insert_with(|| (name, Vec::new())).1.push((*at, office));
    }
    let list = pools.into_iter().map(|((_, id), (name, members))| unit(joined, id, name, &members)).collect();
    let whole = unit(joined, ALL.to_owned(), "全部机构".to_owned(), &joined.offices);
    Units { list, whole, alone }
}

fn unit(joined: &Joined<'_>, id: String, name: String, members: &[(usize, &Office)]) -> Unit {
    let ids = members.iter().map(|(_, o)| o.id.clone()).collect();
    if let ([(_, one)], true) = (members, id != ALL) {
        let mean = one.mean_exact.as_ref().and_then(exact::span);
        let office = Office { id, name, ..(*one).clone() };
        return Unit { office, members: ids, mean };
    }
    let sum = |of: fn(&Office) -> u64| -> u64 { members.iter().map(|(_, o)| of(o)).sum() };
    let (in_scope, selected) = (sum(|o| o.in_scope), sum(|o| o.selected));
    // The pooled record of a result knows what sums cannot tell: medians, and intervals of samples.
    let record = recorded(joined, members, selected);
    let mean = mean(members).or_else(|| record.and_then(|r| r.mean_exact.as_ref()).and_then(exact::span));
    let office = Office {
        id,
        name,
        rows: sum(|o| o.rows),
        in_scope,
        selected,
        decided: sum(|o| o.decided),
        undecided: sum(|o| o.undecided),
        grades: grades(members),
        rates: rates(members, record, in_scope == selected),
        mean: mean.as_ref().map(|m| [exact::shown(&m.low), exact::shown(&m.high)]),
        mean_exact: mean.as_ref().map(|m| [exact::text(&m.low), exact::text(&m.high)]),
        median: record.and_then(|r| r.median),
        marked: members.iter().map(|(_, o)| o.marked).sum(),
        ..Office::default()
    };
    Unit { office, members: ids, mean }
}

/// The group of the one result that holds these offices and no others.
fn recorded<'a>(joined: &Joined<'a>, members: &[(usize, &Office)], selected: u64) -> Option<&'a Office> {
    let at = members.first()?.0;
    if members.iter().any(|(other, _)| *other != at) {
        return None;
    }
    let results = &joined.results.get(at)?.results;
    let parent = members.first()?.1.parent.as_deref();
    let of_parent = results.offices.iter().filter(|o| o.parent.as_deref() == parent).count();
    let group = if members.len() == results.offices.len() {
        // Where one city has all offices, the whole is that city.
        results.groups.iter().find(|g| g.id == ALL).or_else(|| results.groups.first())
    } else if members.len() == of_parent {
        results.groups.iter().find(|g| Some(g.name.as_str()) == parent)
    } else {
        None
    };
    group.filter(|g| g.selected == selected)
}

/// The mean of all cases: means of offices weighted by how many cases have a mark. Nothing where that was not recorded.
fn mean(members: &[(usize, &Office)]) -> Option<Span> {
    let (mut low, mut high, mut n) = (Fraction::default(), Fraction::default(), 0_u64);
    for (_, office) in members {
        let marked = office.marked?;
        if marked == 0 {
            continue;
        }
        let span = exact::span(office.mean_exact.as_ref()?)?;
        low += span.low * exact::whole(marked);
        high += span.high * exact::whole(marked);
        n += marked;
    }
    (n > 0).then(|| Span { low: low / exact::whole(n), high: high / exact::whole(n) })
}

fn grades(members: &[(usize, &Office)]) -> Grades {
    let mut all: Vec<(String, u64)> = Vec::new();
    for (title, n) in members.iter().flat_map(|(_, o)| &o.grades.0) {
        match all.iter_mut().find(|(t, _)| t == title) {
            Some((_, sum)) => *sum += n,
            None => all.push((title.clone(), *n)),
        }
    }
    Grades(all)
}

fn rates(members: &[(usize, &Office)], record: Option<&Office>, census: bool) -> Vec<Rate> {
    let mut all: Vec<Rate> = Vec::new();
    for rate in members.iter().flat_map(|(_, o)| &o.rates) {
        match all.iter_mut().find(|r| r.id == rate.id && r.name == rate.name) {
            Some(sum) => (sum.k_low, sum.k_high, sum.n) = (sum.k_low + rate.k_low, sum.k_high + rate.k_high, sum.n + rate.n),
            None => all.push(Rate { ci95: None, ..rate.clone() }),
        }
    }
    for rate in &mut all {
        let recorded = record.and_then(|r| r.rates.iter().find(|r| r.id == rate.id && r.name == rate.name)).and_then(|r| r.ci95);
        let point = (census && rate.k_low == rate.k_high && rate.n > 0).then(|| [share(rate.k_low, rate.n); 2]);
        rate.ci95 = recorded.or(point);
    }
    all
}

/// A share as records have it: six decimals.
pub fn share(k: u64, n: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "case counts are far below 2^53")]
    let share = if n == 0 { 0.0 } else { k as f64 / n as f64 };
    (share * 1e6).round() / 1e6
}

/// Marks of an office itself.
pub fn own(office: &Office) -> impl Iterator<Item = &Own> {
    office.own.iter().filter(|o| o.subject == "office")
}
