//! Draws cases (抽卷) from a frame: by chance, by designated numbers, by quota, or all; with strata, minimums, reserves, additions and
//! substitutions. Must not read a batch, and must not use any chance but that of the seed.

pub mod chance;
pub mod frame;
pub mod numbers;
pub mod size;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::chance::Chance;
use self::frame::Cell;
use crate::base::text::Text;
use crate::record::plan::{
    CaseKey, Dimension, Drawn, FrameCase, Method, Minimum, Plan, Quota, Reserve, Rules, Size, Sized, Step, Stratum, Substitution, Why,
};
use crate::say;

/// What came of a draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Sizes, and why.
    pub size: Vec<Sized>,
    /// Strata.
    pub strata: Vec<Stratum>,
    /// How designated numbers were found.
    pub steps: Vec<Step>,
    /// Drawn cases in order of the frame.
    pub drawn: Vec<Drawn>,
    /// Reserves.
    pub reserves: Vec<Reserve>,
    /// Replaced cases.
    pub substitutions: Vec<Substitution>,
}

/// What is wanted of one stratum.
struct Wanted {
    cell: Cell,
    minimum: u64,
    number: u64,
    short: u64,
}

/// Draws from a frame that is in its order.
///
/// # Errors
/// Which rule cannot hold.
pub fn draw(frame: &[FrameCase], rules: &Rules, seed: u64) -> Result<Outcome, Text> {
    let mut outcome = Outcome::default();
    let scope = || (0..frame.len()).filter(|i| frame.get(*i).is_some_and(|c| c.out.is_none()));
    let by_office = [Dimension::Office, Dimension::CaseType];
    let mut wanted = match &rules.method {
        Method::Random { size, each_office } => {
            random(frame::divide(frame, scope(), &dimensions(rules, *each_office)), rules, size, *each_office, &mut outcome.size)?
        }
        Method::Quota { quotas } => quota(frame::divide(frame, scope(), &by_office), quotas, &mut outcome.size),
        Method::All => {
            let whole = |cell: Cell| Wanted { minimum: 0, number: count(&cell.cases), short: 0, cell };
            let wanted: Vec<Wanted> = frame::divide(frame, scope(), &dimensions(rules, false)).into_iter().map(whole).collect();
            let population = wanted.iter().map(|w| w.number).sum();
            let why = say!("应评尽评：范围内 {population} 件全部评查", "all {population} cases in scope");
            outcome.size.push(Sized { office: None, population, drawn: population, why });
            wanted
        }
        Method::Numbers { numbers, case_types, year, written } => {
            let asked = numbers::Asked { numbers, year: *year, written: *written };
            let cells = frame::divide(frame, 0..frame.len(), &by_office);
            let of_type =
                |c: &Cell| case_types.is_empty() || c.of(Dimension::CaseType).iter().any(|t| case_types.iter().any(|w| **t == **w));
            designated(frame, cells.into_iter().filter(of_type).collect(), &asked, rules, &mut outcome);
            Vec::new()
        }
    };
    let why = if matches!(rules.method, Method::All) { Why::All } else { Why::Random };
    for Wanted { cell, minimum, number, short } in &mut wanted {
        let population = count(&cell.cases);
        let reserve = rules.reserve.unwrap_or(number.div_ceil(10)).min(population - *number);
        let (n, r) = (index(*number), index(reserve));
        Chance::new(seed, "draw", &cell.name).front(&mut cell.cases, n + r);
        let stratum = &cell.name;
        let (taken, rest) = cell.cases.split_at(n.min(cell.cases.len()));
        outcome.drawn.extend(taken.iter().filter_map(|i| frame.get(*i)).map(|c| drawn(c, stratum, why)));
        outcome.reserves.extend((1..).zip(rest.iter().take(r).filter_map(|i| frame.get(*i))).map(|(order, c)| reserved(c, stratum, order)));
        outcome.strata.push(Stratum {
            name: Arc::clone(stratum),
            population,
            minimum: *minimum,
            drawn: *number,
            short: *short,
            random: true,
        });
    }
    outcome.drawn.sort_by(|a, b| frame::order(&a.case, &b.case));
    substitute(rules, &mut outcome)?;
    add(frame, rules, &mut outcome)?;
    Ok(outcome)
}

/// Cases in scope by office id and stratum, where strata were drawn from at random: also where none of an office was drawn. What
/// estimates weigh by.
pub fn populations(plan: &Plan) -> BTreeMap<(Arc<str>, Arc<str>), u64> {
    let by = match &plan.rules.method {
        Method::Random { each_office, .. } => dimensions(&plan.rules, *each_office),
        Method::Quota { .. } => vec![Dimension::Office, Dimension::CaseType],
        Method::All => dimensions(&plan.rules, false),
        Method::Numbers { .. } => return BTreeMap::new(),
    };
    let scope = (0..plan.frame.len()).filter(|i| plan.frame.get(*i).is_some_and(|c| c.out.is_none()));
    let mut all = BTreeMap::new();
    for cell in frame::divide(&plan.frame, scope, &by) {
        for case in cell.cases.iter().filter_map(|i| plan.frame.get(*i)) {
            *all.entry((Arc::clone(&case.case.office), Arc::clone(&cell.name))).or_default() += 1;
        }
    }
    all
}

fn count<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).unwrap_or(u64::MAX)
}

fn index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// By what a random draw divides: as asked for, and by whatever has a minimum.
fn dimensions(rules: &Rules, each_office: bool) -> Vec<Dimension> {
    let office = each_office.then_some(Dimension::Office);
    let mut all: Vec<Dimension> =
        office.into_iter().chain(rules.strata.iter().copied()).chain(rules.minimums.iter().map(|m| m.by)).collect();
    let mut seen = BTreeSet::new();
    all.retain(|d| seen.insert(*d));
    all
}

fn drawn(case: &FrameCase, stratum: &Arc<str>, why: Why) -> Drawn {
    let estimate = matches!(why, Why::Random | Why::All);
    Drawn { case: case.case.clone(), case_type: case.case_type.clone(), stratum: stratum.clone(), why, estimate, reason: None }
}

fn reserved(case: &FrameCase, stratum: &Arc<str>, order: u64) -> Reserve {
    Reserve { case: case.case.clone(), case_type: case.case_type.clone(), stratum: stratum.clone(), order, used: false }
}

/// Sizes of a random draw, of the whole or of each office, shared among strata.
fn random(cells: Vec<Cell>, rules: &Rules, size: &Size, each_office: bool, sizes: &mut Vec<Sized>) -> Result<Vec<Wanted>, Text> {
    let mut groups: BTreeMap<Option<Arc<str>>, Vec<Cell>> = BTreeMap::new();
    for cell in cells {
        let office = if each_office { cell.of(Dimension::Office).first().cloned() } else { None };
        groups.entry(office).or_default().push(cell);
    }
    let mut wanted = Vec::new();
    if groups.is_empty() {
        groups.insert(None, Vec::new());
    }
    for (office, cells) in groups {
        let sizes_of: Vec<u64> = cells.iter().map(|c| count(&c.cases)).collect();
        let population = sizes_of.iter().sum();
        let (mut n, mut why) = size::size(size, population, !each_office)?;
        let (floors, short) = floors(&cells, &sizes_of, &rules.minimums);
        let least: u64 = floors.iter().sum();
        if least > n {
            if matches!(size, Size::Number(_)) {
                let at = office.as_deref().map(|o| format!("{o}：")).unwrap_or_default();
                return Err(say!(
                    "{at}各层最低件数合计 {least} 件，多于要抽的 {n} 件，“最低件数”这一条不能成立。请把件数增加到 {least}，或减少最低件数",
                    "{at}the minimums of the strata come to {least}, more than the {n} to be drawn, so the minimums cannot hold; draw {least} or lower them"
                ));
            }
            let (zh, en) = (&why.zh, &why.en);
            why = say!("{zh}；各层最低件数合计 {least} 件，增加到 {least} 件", "{en}; raised to {least} by the minimums of the strata");
            n = least;
        }
        let given = size::apportion(n, &sizes_of, &floors).unwrap_or(floors.clone());
        sizes.push(Sized { office, population, drawn: n, why });
        let all = cells.into_iter().zip(given).zip(floors.into_iter().zip(short));
        wanted.extend(all.map(|((cell, number), (minimum, short))| Wanted { cell, minimum, number, short }));
    }
    Ok(wanted)
}

/// The least number of each stratum that all minimums together ask for, and how many they ask for that are not there.
fn floors(cells: &[Cell], sizes: &[u64], minimums: &[Minimum]) -> (Vec<u64>, Vec<u64>) {
    let (mut floors, mut short) = (vec![0_u64; cells.len()], vec![0_u64; cells.len()]);
    for minimum in minimums {
        let mut holders: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for (i, cell) in cells.iter().enumerate() {
            let values = cell.of(minimum.by).iter().filter(|v| !v.is_empty() && minimum.value.as_deref().is_none_or(|w| w == &***v));
            values.for_each(|v| holders.entry(v.clone()).or_default().push(i));
        }
        for holders in holders.into_values() {
            let of = |all: &[u64]| holders.iter().filter_map(|i| all.get(*i).copied()).collect::<Vec<u64>>();
            let (there, set) = (of(sizes), of(&floors));
            let most: u64 = there.iter().sum();
            let least = minimum.least.min(most);
            if let Some(first) = holders.first().and_then(|i| short.get_mut(*i)) {
                *first = (*first).max(minimum.least - least);
            }
            if set.iter().sum::<u64>() < least
                && let Some(raised) = size::apportion(least, &there, &set)
            {
                for (i, floor) in holders.iter().zip(raised) {
                    if let Some(slot) = floors.get_mut(*i) {
                        *slot = floor;
                    }
                }
            }
        }
    }
    (floors, short)
}

/// A quota for each office and type: the most particular one.
fn quota(cells: Vec<Cell>, quotas: &[Quota], sizes: &mut Vec<Sized>) -> Vec<Wanted> {
    let number = |cell: &Cell| {
        let is = |by, wanted: &Option<String>| wanted.as_deref().is_none_or(|w| cell.of(by).iter().any(|v| **v == *w));
        let fits = |q: &&Quota| is(Dimension::Office, &q.office) && is(Dimension::CaseType, &q.case_type);
        let particular = |q: &&Quota| (q.office.is_some(), q.case_type.is_some());
        quotas.iter().filter(fits).max_by_key(particular).map_or(0, |q| q.number)
    };
    let want = |cell: Cell| {
        let (asked, there) = (number(&cell), count(&cell.cases));
        Wanted { minimum: asked, number: asked.min(there), short: asked.saturating_sub(there), cell }
    };
    let wanted: Vec<Wanted> = cells.into_iter().map(want).collect();
    let mut offices: BTreeMap<Arc<str>, (u64, u64, Vec<String>)> = BTreeMap::new();
    for Wanted { cell, number, short, .. } in &wanted {
        let first = |by| cell.of(by).first().cloned().unwrap_or_else(|| "".into());
        let sum = offices.entry(first(Dimension::Office)).or_default();
        sum.0 += count(&cell.cases);
        sum.1 += number;
        let short = if *short > 0 { format!("（少 {short}）") } else { String::new() };
        sum.2.push(format!("{} {number}{short}", first(Dimension::CaseType)));
    }
    sizes.extend(offices.into_iter().map(|(office, (population, drawn, parts))| {
        let (zh, en) = (parts.join("、"), parts.join(", ").replace("（少 ", " (short of ").replace('）', ")"));
        Sized {
            office: Some(office),
            population,
            drawn,
            why: Text::pair(format!("按类型定额：{zh}"), Some(format!("quota by type: {en}"))),
        }
    }));
    wanted
}

/// Designated numbers, office by office and type by type.
fn designated(frame: &[FrameCase], cells: Vec<Cell>, asked: &numbers::Asked<'_>, rules: &Rules, outcome: &mut Outcome) {
    let (mut population, mut total) = (0, 0);
    for cell in cells {
        let (taken, next, mut steps) = numbers::find(frame, &cell, asked);
        let (stratum, n) = (&cell.name, count(&taken));
        let there = count(&cell.cases.iter().filter(|i| frame.get(**i).is_some_and(|c| c.out.is_none())).collect::<Vec<_>>());
        outcome.drawn.extend(taken.iter().filter_map(|i| frame.get(*i)).map(|c| drawn(c, stratum, Why::Number)));
        let reserve = index(rules.reserve.unwrap_or(n.div_ceil(10)));
        let next = next.iter().take(reserve).filter_map(|i| frame.get(*i));
        outcome.reserves.extend((1..).zip(next).map(|(order, c)| reserved(c, stratum, order)));
        let short = count(asked.numbers).saturating_sub(n);
        outcome.strata.push(Stratum { name: stratum.clone(), population: there, minimum: 0, drawn: n, short, random: false });
        outcome.steps.append(&mut steps);
        (population, total) = (population + there, total + n);
    }
    let list = asked.numbers.iter().map(u32::to_string).collect::<Vec<_>>();
    let (zh, en) = (list.join("、"), list.join(", "));
    let why = say!(
        "指定案号：各机构各类型第 {zh} 号，未结等不能抽的顺延下一号；不是随机抽取，不作推断",
        "designated numbers {en} of each office and type; what cannot be drawn rolls to the next; not by chance, so nothing is estimated"
    );
    outcome.size.push(Sized { office: None, population, drawn: total, why });
}

fn named(key: &CaseKey) -> String {
    format!("{} {key}", key.office)
}

/// The next reserve of its stratum takes the place of each case that goes.
fn substitute(rules: &Rules, outcome: &mut Outcome) -> Result<(), Text> {
    for gone in &rules.substitutions {
        let shown = named(&gone.case);
        let Some(at) = outcome.drawn.iter().position(|d| d.case == gone.case) else {
            return Err(say!("{shown} 没有抽中，不能替换", "{shown} is not drawn and cannot be replaced"));
        };
        let stratum = outcome.drawn[at].stratum.clone();
        let added = |r: &Reserve| rules.additions.iter().any(|a| a.case == r.case);
        let Some(next) = outcome.reserves.iter_mut().find(|r| r.stratum == stratum && !r.used && !added(r)) else {
            return Err(say!(
                "{stratum} 的候补案件已用完，{shown} 没有可替换的；请增加候补件数（reserve）",
                "no reserve of {stratum} is left for {shown}; ask for more reserves (reserve)"
            ));
        };
        next.used = true;
        outcome.substitutions.push(Substitution {
            out: gone.case.clone(),
            into: next.case.clone(),
            stratum,
            order: next.order,
            reason: gone.reason.clone(),
        });
        let place = &mut outcome.drawn[at];
        (place.case, place.case_type, place.why) = (next.case.clone(), next.case_type.clone(), Why::Substitute);
    }
    outcome.drawn.sort_by(|a, b| frame::order(&a.case, &b.case));
    Ok(())
}

/// Cases added on purpose, which no estimate uses; one that is drawn anyway stays as it is.
fn add(frame: &[FrameCase], rules: &Rules, outcome: &mut Outcome) -> Result<(), Text> {
    for wanted in &rules.additions {
        let shown = named(&wanted.case);
        let Some(case) = frame::find(frame, &wanted.case).and_then(|i| frame.get(i)) else {
            return Err(say!("范围内没有定向增加的案件 {shown}", "the case to be added, {shown}, is not in scope"));
        };
        if let Some(out) = &case.out {
            return Err(say!("定向增加的案件 {shown} 不在范围内（{out}）", "the case to be added, {shown}, is not in scope ({out})"));
        }
        if outcome.drawn.iter().any(|d| d.case == wanted.case) {
            continue;
        }
        let stratum: Arc<str> = "定向增加".into();
        outcome.drawn.push(Drawn { reason: Some(wanted.reason.clone()), ..drawn(case, &stratum, Why::Addition) });
    }
    outcome.drawn.sort_by(|a, b| frame::order(&a.case, &b.case));
    Ok(())
}
