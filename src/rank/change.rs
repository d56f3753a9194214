//! What changed in the mean mark since the year before, split into rubric, reviewers and cases. Must not take a part that nobody can
//! tell for 0.
//!
//! ```text
//! total     = mean(this year) − mean(the year before)
//! rubric    = mean(the year before, graded again under this year's rubric: the bridge) − mean(the year before); 0 under one text
//! reviewers = leniency(this year) − leniency(the year before); 0 where no criterion of either year is marked by people
//! cases     = total − rubric − reviewers
//! ```
//! Leniency of a unit is how many points the reviewers of its cases lie above the others of their panel, averaged over its cases. It is
//! relative to the panel of its own year: that a whole panel became stricter cannot be told from new cases without common ones, and
//! stays with the cases. A part that cannot be told is joined with the cases under one sum.

use std::collections::{BTreeMap, BTreeSet};

use super::exact::{self, Fraction};
use super::join::{self, Joined};
use super::pool::{self, Unit, Units};
use super::score;
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::rank::{Joined as Sum, Part, RankChange, UnitChange};
use crate::record::v1::Results;
use crate::saved::Saved;
use crate::say;

/// A number, or why there is none.
type Told = Result<(Fraction, Text), Text>;

/// What became of the rubric between two years.
enum Rubric<'a> {
    /// One text.
    Same,
    /// Another text, and last year's cases under it.
    Bridge(&'a Units),
    /// Another text, and why its part cannot be told.
    Unknown(Text),
}

/// The change of every year that has one before it.
///
/// # Errors
/// Bridges that are none.
pub fn changes(pools: &[(&Joined<'_>, Units)], bridges: &[Saved], by_group: bool) -> Result<Vec<RankChange>, Vec<Text>> {
    let mut bridged = join::years(bridges, false)?;
    let (mut all, mut refused) = (Vec::new(), Vec::new());
    for pair in pools.windows(2) {
        let [(before, old), (now, new)] = pair else { continue };
        let bridge = bridged.remove(&before.year);
        if let Some(bridge) = &bridge
            && let Some(said) = not_a_bridge(bridge, now)
        {
            refused.push(said);
            continue;
        }
        let units = bridge.as_ref().map(|b| pool::units(b, by_group));
        all.push(change((before, old), (now, new), bridge.as_ref().zip(units.as_ref())));
    }
    for bridge in bridged.values().flat_map(|b| &b.results) {
        let shown = bridge.path.display();
        refused.push(say!(
            "过渡结果 {shown} 的下一年没有结果，用不上；请去掉它，或加上下一年的结果",
            "no result of the year after the bridge {shown}; leave it out or add that year"
        ));
    }
    if refused.is_empty() { Ok(all) } else { Err(refused) }
}

/// Texts of the rubrics about cases.
fn texts<'a>(joined: &Joined<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let own: BTreeSet<&str> = joined.offices.iter().flat_map(|(_, o)| &o.own).map(|o| o.rubric.as_str()).collect();
    let all = joined.results.iter().flat_map(|s| join::texts(&s.results));
    all.filter(|(id, _)| !own.contains(id)).collect()
}

fn not_a_bridge(bridge: &Joined<'_>, now: &Joined<'_>) -> Option<Text> {
    let differ = texts(bridge) != texts(now) && !now.mixed;
    let list = bridge.results.iter().map(|s| s.path.display().to_string()).collect::<Vec<_>>().join("、");
    let (from, year) = (bridge.year, now.year);
    differ.then(|| {
        say!(
            "过渡结果 {list} 用的不是 {year} 年的标准；过渡结果应是 {from} 年的案件按 {year} 年的标准再评一次",
            "the bridge {list} is not under the rubric of {year}; a bridge is the cases of {from} graded again under the rubric of {year}"
        )
    })
}

fn change(before: (&Joined<'_>, &Units), now: (&Joined<'_>, &Units), bridge: Option<(&Joined<'_>, &Units)>) -> RankChange {
    let ((old, old_units), (new, new_units)) = (before, now);
    let mut notes = Vec::new();
    if new.year - old.year > 1 {
        let (from, to) = (old.year, new.year);
        notes.push(say!("中间年份没有结果，{to} 年与 {from} 年比", "no results of the years between: {to} is compared with {from}"));
    }
    let same = texts(old) == texts(new);
    let rubric = match bridge {
        _ if old.mixed || new.mixed => Rubric::Unknown(Text::fixed(
            "有一年的结果本身就用了不同的标准，分不出标准的影响",
            "a year is itself under different rubrics, so the rubric's part cannot be told",
        )),
        _ if same => Rubric::Same,
        None => Rubric::Unknown(Text::fixed(
            "两年的标准不同，又没有过渡结果（把上年的案件按今年的标准再评一次，用 --bridge 给出），分不出标准的影响",
            "the rubric changed and there is no bridge (last year's cases graded again under this year's rubric, given with --bridge)",
        )),
        Some((bridge, units)) => match unlike(bridge, old) {
            Some(said) => {
                notes.push(said.clone());
                Rubric::Unknown(said)
            }
            None => Rubric::Bridge(units),
        },
    };
    if same && bridge.is_some() {
        notes.push(Text::fixed("两年的标准相同，过渡结果没有用", "the rubric did not change, so the bridge was not used"));
    }
    let scales = score::total(old).zip(score::total(new));
    let comparable = match scales {
        Some((a, b)) if a == b => Ok(()),
        Some(_) => Err(Text::fixed("两年的满分不同，平均分不能相减", "full marks differ between the years, so means cannot be subtracted")),
        None => Err(Text::fixed("没有统一的满分，平均分不能相减", "no common full marks, so means cannot be subtracted")),
    };
    let find = |units: &Units, id: &str| units.list.iter().find(|u| u.office.id == id).cloned();
    let mut units = vec![unit((old, &old_units.whole), (new, &new_units.whole), &rubric, &comparable)];
    let (mut fresh, mut gone) = (Vec::new(), Vec::new());
    for one in &new_units.list {
        match find(old_units, &one.office.id) {
            Some(earlier) => units.push(unit((old, &earlier), (new, one), &rubric, &comparable)),
            None => fresh.push(one.office.name.clone()),
        }
    }
    gone.extend(old_units.list.iter().filter(|u| find(new_units, &u.office.id).is_none()).map(|u| u.office.name.clone()));
    if !fresh.is_empty() || !gone.is_empty() {
        notes.push(Text::fixed(
            "两年的机构不完全相同，“全部机构”一行的变化也含机构的增减",
            "the offices are not the same in both years; the change of all together includes that",
        ));
    }
    RankChange { year: new.year, from: old.year, units, new: fresh, gone, notes }
}

/// Why a bridge is not of the cases of the year before.
fn unlike(bridge: &Joined<'_>, old: &Joined<'_>) -> Option<Text> {
    let registers = |joined: &Joined<'_>| -> BTreeSet<(String, Option<String>)> {
        let all = joined.results.iter().flat_map(|s| &s.results.registers);
        all.map(|r| (r.sha256.clone(), r.sheet.clone())).collect()
    };
    if !registers(bridge).is_subset(&registers(old)) {
        return Some(Text::fixed(
            "过渡结果的登记表与上年结果的不同，不是同一批案件，没有用",
            "the registers of the bridge are not those of the year before: not the same cases, so it was not used",
        ));
    }
    let as_of = |joined: &Joined<'_>| joined.results.iter().map(|s| s.results.batch.as_of.clone()).collect::<BTreeSet<_>>();
    if !as_of(bridge).is_subset(&as_of(old)) {
        return Some(Text::fixed(
            "过渡结果的截止日与上年结果的不同，变化不只是标准的，没有用",
            "the as-of date of the bridge is not that of the year before: more than the rubric differs, so it was not used",
        ));
    }
    None
}

fn unit(before: (&Joined<'_>, &Unit), now: (&Joined<'_>, &Unit), rubric: &Rubric<'_>, comparable: &Result<(), Text>) -> UnitChange {
    let ((old, earlier), (new, later)) = (before, now);
    let total = comparable.clone().and_then(|()| {
        let a = known(earlier, old.year)?;
        let b = known(later, new.year)?;
        let (from, to) = (old.year, new.year);
        Ok((b - a, say!("{to} 年平均分减 {from} 年平均分", "mean mark of {to} less that of {from}")))
    });
    let rubric = match rubric {
        Rubric::Same => Ok((Fraction::default(), Text::fixed("两年的标准文本相同", "the text of the rubric is the same"))),
        Rubric::Unknown(said) => Err(said.clone()),
        Rubric::Bridge(units) => bridged(units, earlier, old.year),
    };
    let reviewers = reviewers((old, earlier), (new, later));
    // Where marks are open nothing can be split, but the change has both its ends.
    let between = match (&total, comparable, &earlier.mean, &later.mean) {
        (Err(_), Ok(()), Some(a), Some(b)) => Some([exact::shown(&(&b.low - &a.high)), exact::shown(&(&b.high - &a.low))]),
        _ => None,
    };
    let name = (later.office.id.clone(), later.office.name.clone());
    UnitChange { total_between: between, ..split(name, total, rubric, reviewers) }
}

/// The mean when it is a point.
fn known(unit: &Unit, year: i16) -> Result<Fraction, Text> {
    let Some(span) = &unit.mean else {
        return Err(say!("{year} 年没有平均分", "no mean mark in {year}"));
    };
    span.known().cloned().ok_or_else(|| say!("{year} 年有得分未定", "marks of {year} are still open"))
}

fn bridged(units: &Units, earlier: &Unit, year: i16) -> Told {
    let whole = earlier.office.id == pool::ALL;
    let found = if whole { Some(&units.whole) } else { units.list.iter().find(|u| u.office.id == earlier.office.id) };
    let Some(bridge) = found else {
        return Err(Text::fixed("过渡结果里没有这个机构", "the bridge does not have it"));
    };
    if bridge.members != earlier.members
        || (bridge.office.selected, bridge.office.in_scope) != (earlier.office.selected, earlier.office.in_scope)
    {
        return Err(Text::fixed("过渡结果的机构或件数与上年不同", "offices or numbers of cases of the bridge differ from the year before"));
    }
    let said = Text::fixed(
        "上年的案件按今年的标准再评的平均分，减上年的平均分",
        "mean of last year's cases under this year's rubric, less last year's mean",
    );
    let open = |_| Text::fixed("过渡结果有得分未定", "marks of the bridge are open");
    Ok((known(bridge, year).map_err(open)? - known(earlier, year)?, said))
}

/// How lenient the reviewers of a unit's cases were, beside the others of their panel.
enum Lenient {
    /// No criterion is marked by people.
    Nobody,
    /// So many points, on average over its cases.
    Points(Fraction),
    /// Why it cannot be told.
    Unknown(Text),
}

fn human(results: &Results) -> bool {
    results.rubrics.iter().flat_map(|r| &r.criteria).any(|c| c.human)
}

fn lenient(joined: &Joined<'_>, unit: &Unit) -> Lenient {
    let year = joined.year;
    let (mut sum, mut n, mut people) = (Fraction::default(), 0_u64, false);
    let members: BTreeSet<&str> = unit.members.iter().map(String::as_str).collect();
    let leniency: Vec<BTreeMap<&str, _>> =
        joined.results.iter().map(|s| s.results.panel.iter().flat_map(|p| &p.leniency).map(|l| (&*l.office, l)).collect()).collect();
    for (at, office) in joined.offices.iter().filter(|(_, o)| members.contains(o.id.as_str())) {
        let Some(results) = joined.results.get(*at).map(|s| &s.results) else { continue };
        let marked = office.marked.unwrap_or(office.selected);
        n += marked;
        if marked == 0 || (results.panel.is_none() && !human(results)) {
            continue;
        }
        people = true;
        if results.panel.is_none() {
            return Lenient::Unknown(say!(
                "{year} 年由人评的得分没有评议记录，分不出评委宽严的影响",
                "marks of {year} were given without a panel, so the reviewers' part cannot be told"
            ));
        }
        let Some(told) = leniency.get(*at).and_then(|l| l.get(office.name.as_str())) else {
            let name = &office.name;
            return Lenient::Unknown(say!("{year} 年“{name}”没有评委宽严的数据", "no leniency of the reviewers of {name} in {year}"));
        };
        let points = told.points.and_then(|p| crate::base::points::Points::parse(&format!("{p:.6}")));
        let Some(points) = points.filter(|_| told.cases == marked) else {
            let Text { zh, en } = told.plain.clone();
            let name = &office.name;
            return Lenient::Unknown(say!("{year} 年“{name}”：{zh}", "{name} in {year}: {en}"));
        };
        sum += exact::points(points) * exact::whole(marked);
    }
    if !people { Lenient::Nobody } else { Lenient::Points(sum / exact::whole(n.max(1))) }
}

fn reviewers(before: (&Joined<'_>, &Unit), now: (&Joined<'_>, &Unit)) -> Told {
    match (lenient(before.0, before.1), lenient(now.0, now.1)) {
        (Lenient::Nobody, Lenient::Nobody) => {
            Ok((Fraction::default(), Text::fixed("两年都没有由人评的指标", "no criterion of either year is marked by people")))
        }
        (Lenient::Points(a), Lenient::Points(b)) => Ok((
            b - a,
            Text::fixed(
                "评到本机构案件的专家比同组其他专家平均宽（＋）或严（－）多少，两年相减；整组变宽变严分不出来，留在“案件”里",
                "how much more lenient the reviewers of its cases are than the others of their panel, this year less the last; that a whole panel moved cannot be told and stays with the cases",
            ),
        )),
        (Lenient::Unknown(said), _) | (_, Lenient::Unknown(said)) => Err(said),
        _ => Err(Text::fixed(
            "只有一年有评委评议，分不出评委宽严的影响",
            "only one year has a panel of reviewers, so their part cannot be told",
        )),
    }
}

/// The parts, which add up exactly; as shown they add up too, since the last takes what rounding leaves.
pub(super) fn split((id, name): (String, String), total: Told, rubric: Told, reviewers: Told) -> UnitChange {
    let told = |t: &Told| t.as_ref().ok().map(|(value, _)| value.clone());
    let (sum, by_rubric, by_reviewers) = (told(&total), told(&rubric), told(&reviewers));
    let rest = sum.as_ref().map(|sum| {
        let taken = by_rubric.clone().unwrap_or_default() + by_reviewers.clone().unwrap_or_default();
        let shown = [Some(sum), by_rubric.as_ref(), by_reviewers.as_ref()].map(|v| v.map_or(Number::default(), exact::shown).points());
        (sum - taken, Number::new(shown[0] - shown[1] - shown[2]))
    });
    let mut joined = vec!["cases".to_owned()];
    joined.extend(by_rubric.is_none().then(|| "rubric".to_owned()));
    joined.extend(by_reviewers.is_none().then(|| "reviewers".to_owned()));
    let apart = joined.len() == 1;
    let cases = match (&rest, apart, &total) {
        (Some((value, shown)), true, _) => Part {
            exact: Some(exact::text(value)),
            shown: Some(*shown),
            why: Text::fixed("总变化减去标准和评委的部分", "the whole change less the parts of rubric and reviewers"),
        },
        (Some(_), false, _) => {
            Part {
                exact: None, shown: None, why: Text::fixed("与分不出的部分合在一起", "joined with what cannot be told apart")
            }
        }
        (None, _, Err(said)) => Part { exact: None, shown: None, why: said.clone() },
        (None, _, Ok(_)) => Part { exact: None, shown: None, why: Text::EMPTY },
    };
    let not_told_apart = rest.filter(|_| !apart).map(|(value, shown)| Sum { parts: joined, exact: exact::text(&value), shown });
    UnitChange {
        id,
        name,
        total: part(total),
        total_between: None,
        cases,
        rubric: part(rubric),
        reviewers: part(reviewers),
        not_told_apart,
    }
}

fn part(told: Told) -> Part {
    match told {
        Ok((value, why)) => Part { exact: Some(exact::text(&value)), shown: Some(exact::shown(&value)), why },
        Err(why) => Part { exact: None, shown: None, why },
    }
}

#[cfg(test)]
mod tests;
