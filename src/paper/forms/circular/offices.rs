//! The offices of a circular (各机构情况): grades, rates, places, and what is said below the table. Must not print grades of an office that
//! is left out, nor a place on a point while it is open.

use super::source::{Figure, count, plain};
use super::view::{View, main_rate};
use crate::paper::fact::{Facts, Row};
use crate::record::rank::RankUnit;
use crate::record::v1::Office;

/// Says all of it.
pub fn say(facts: &mut Facts, view: &View<'_>) {
    let offices = &view.results.offices;
    let units: &[RankUnit] = view.ranked.as_ref().map_or(&[], |y| &y.units);
    let mut rows = Vec::new();
    for unit in units {
        if let Some(at) = offices.iter().position(|o| o.id == unit.id) {
            let place = if units.len() > 1 { place(unit, at) } else { plain("—") };
            rows.extend(offices.get(at).map(|o| shown(o, at, place)));
        }
    }
    let placed = |at: usize| view.is_shown(at) && units.iter().any(|u| offices.get(at).is_some_and(|o| o.id == u.id));
    for (at, office) in offices.iter().enumerate().filter(|(at, _)| !placed(*at)) {
        rows.push(if view.is_shown(at) { shown(office, at, plain("—")) } else { unshown(view, office, at) });
    }
    if rows.is_empty() {
        rows.push([("名称", plain("（无）"))].into());
    }
    facts.list("机构", rows);
    let whole = view.whole.as_ref().filter(|(_, o)| offices.len() > 1 && o.selected > 0);
    let sum = |(at, office): &(String, &Office)| {
        if view.hidden.whole {
            return [
                ("件数", count(office.selected, format!("{at}/selected"))),
                ("等次分布", plain("不予公布")),
                ("比率", plain("—")),
                ("均分", plain("—")),
            ]
            .into();
        }
        figures(office, at)
    };
    facts.list("合计", whole.map(sum).into_iter().collect());
    notes(facts, view, units);
}

/// Number of cases, grades, rate and mean.
fn figures(office: &Office, at: &str) -> Row {
    let rate = main_rate(office, at);
    let rate = rate.map_or_else(
        || Figure::default().words("—"),
        |(rate, at)| Figure::default().percent(rate, &at).words("（").fraction(rate, &at).words("）"),
    );
    [
        ("件数", count(office.selected, format!("{at}/selected"))),
        ("等次分布", grades(office, at).into()),
        ("比率", rate.into()),
        ("均分", Figure::default().marks(office.mean, &format!("{at}/mean")).into()),
    ]
    .into()
}

/// Grades that some case has, then those that are open.
fn grades(office: &Office, at: &str) -> Figure {
    let figure = Figure::default().grades(&office.grades, &format!("{at}/grades"), false);
    open(figure, office, at)
}

/// Adds cases that are not decided, and those that have no grade at all.
pub fn open(mut figure: Figure, office: &Office, at: &str) -> Figure {
    let gap = |figure: &Figure| if figure.is_empty() { "" } else { "、" };
    if office.undecided > 0 {
        let gap = gap(&figure);
        figure = figure.words(gap).words("等次未定").number(office.undecided, format!("{at}/undecided")).words("件");
    }
    let none = office.selected.saturating_sub(office.decided).saturating_sub(office.undecided);
    if none > 0 {
        let gap = gap(&figure);
        let term = format!("{at}/selected − {at}/final − {at}/undecided");
        figure = figure.words(gap).words("没有等次").number(none, term).words("件");
    }
    figure
}

fn shown(office: &Office, at: usize, place: crate::paper::fact::Fact) -> Row {
    let mut row = figures(office, &format!("/offices/{at}"));
    row.insert("名次", place);
    row.insert("名称", plain(&*office.name));
    row
}

fn unshown(view: &View<'_>, office: &Office, at: usize) -> Row {
    let why = match office.selected {
        0 => plain("没有选取案件"),
        n if n < view.least => least(Figure::default().words("不足"), view).words("件，不单列").into(),
        _ => plain("一并不单列"),
    };
    let dash = || plain("—");
    [
        ("名次", dash()),
        ("名称", plain(&*office.name)),
        ("件数", count(office.selected, format!("/offices/{at}/selected"))),
        ("等次分布", why),
        ("比率", dash()),
        ("均分", dash()),
    ]
    .into()
}

/// The fewest cases, which people set and no result holds.
pub fn least(figure: Figure, view: &View<'_>) -> Figure {
    figure.number(view.least, "设定：最少件数")
}

/// A place on a point only where nothing open can move it.
fn place(unit: &RankUnit, at: usize) -> crate::paper::fact::Fact {
    let term = || format!("排名：/offices/{at}");
    let figure = match (unit.place, unit.range) {
        (Some(place), Some([best, worst])) if best == worst => Figure::default().number(place, term()),
        (_, Some([best, worst])) if best == worst => Figure::default().number(best, term()).words("（未定）"),
        (_, Some([best, worst])) => Figure::default().number(best, term()).words("～").number(worst, term()),
        _ => Figure::default().words("—"),
    };
    if unit.tied.is_empty() || unit.range.is_none_or(|[best, worst]| best != worst) {
        figure.into()
    } else {
        figure.words("（并列）").into()
    }
}

fn notes(facts: &mut Facts, view: &View<'_>, units: &[RankUnit]) {
    let one = |name: &'static str, fact: crate::paper::fact::Fact| -> Row { [(name, fact)].into() };
    let keys = view.ranked.as_ref().filter(|y| y.units.len() > 1).map(|year| {
        let name = |key: &String| match key.as_str() {
            "headline" => year.headline.clone(),
            "mean" => "平均分".to_owned(),
            id => view
                .results
                .offices
                .iter()
                .flat_map(|o| &o.rates)
                .find(|r| r.id == id || r.id.strip_suffix("_rate") == Some(id))
                .map_or_else(|| id.to_owned(), |r| r.name.clone()),
        };
        format!("名次依次比较{}，完全相同的并列。", year.keys.iter().map(name).collect::<Vec<_>>().join("、"))
    });
    facts.say("排序说明", keys.unwrap_or_default());
    let spread = units.iter().any(|u| u.range.is_some_and(|[best, worst]| best != worst));
    let ranges = "名次为区间的，是因为本机构或者相邻机构有等次、得分未定的案件，区间两端为可能的最前和最后名次，待全部案件定等后确定。";
    facts.list("区间说明", spread.then(|| one("说明", plain(ranges))).into_iter().collect());
    let few = view.results.offices.iter().any(|o| o.selected > 0 && o.selected < view.least);
    let others = view.hidden.offices.iter().filter_map(|at| view.results.offices.get(*at)).any(|o| o.selected >= view.least);
    let why = few.then(|| {
        let said = least(Figure::default().words("评查不足"), view).words("件的机构，为避免由机构的等次推知个案，不单列等次、不排名");
        let said = said.words(if view.hidden.whole { "，合计只列件数" } else { "，案件计入合计" });
        let said = if others { said.words("；为防止由合计数推算，另有机构一并不单列") } else { said };
        one("说明", said.words("。").into())
    });
    facts.list("不单列", why.into_iter().collect());
    let counts = || view.results.offices.iter().map(|o| o.selected).filter(|n| *n > 0);
    let small = match (counts().min(), counts().max()) {
        (Some(min), Some(max)) if counts().count() > 1 && min < max => {
            Some(Row::from([("最少", count(min, "最小 /offices/*/selected")), ("最多", count(max, "最大 /offices/*/selected"))]))
        }
        _ => None,
    };
    facts.list("小样本", small.into_iter().collect());
    let best = |(at, office): (usize, &Office)| {
        let (rate, place) = main_rate(office, &format!("/offices/{at}"))?;
        (view.is_shown(at) && rate.n > 0 && rate.k_low == rate.n).then(|| (office.name.clone(), rate.n, format!("{place}/n")))
    };
    let mut all = Figure::default();
    for (name, n, term) in view.results.offices.iter().enumerate().filter_map(best) {
        let gap = if all.is_empty() { "" } else { "、" };
        all = all.words(gap).words(&name).words("（").number(n, term).words("件）");
    }
    facts.list("全达", if all.is_empty() { Vec::new() } else { vec![one("机构", all.into())] });
}
