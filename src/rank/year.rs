//! One year of a ranking. Must not let who is not ranked take a place from others.

use super::exact::{self, Fraction, Span};
use super::funnel;
use super::join::Joined;
use super::order::{self, Value};
use super::pool::{Unit, Units};
use super::reach;
use super::rules::{Asked, Key, Rules};
use super::said;
use super::score::{self, Indicators};
use super::tier;
use crate::base::text::Text;
use crate::record::rank::{Composite, RankRate, RankUnit, RankYear};
use crate::record::v1::Own;
use crate::say;

/// A unit with what it is ordered by.
pub struct Scored<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Marks of the office itself.
    pub own: Vec<Own>,
    /// Composite, with its record.
    pub composite: Option<(Span, Composite)>,
}

impl Scored<'_> {
    /// The value of a key.
    pub fn value(&self, key: &Key) -> Option<Span> {
        score::value(key, self.unit, self.composite.as_ref().map(|(span, _)| span))
    }
}

/// Why a unit stands as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On a point.
    Ranked,
    /// Only within a range.
    Open,
    /// Too few cases for the organiser.
    Few,
    /// No case.
    NoData,
}

impl Standing {
    /// Id of the record.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::Open => "open",
            Self::Few => "below_minimum",
            Self::NoData => "no_data",
        }
    }
}

/// A year.
///
/// # Errors
/// Why its composite cannot be made.
pub fn year(joined: &Joined<'_>, units: &Units, rules: &Rules, indicators: &Indicators<'_>) -> Result<RankYear, Text> {
    let (year, total) = (joined.year, score::total(joined));
    let mut notes = joined.notes.clone();
    let by_mean = rules.composite.as_ref().is_some_and(|w| w.mean);
    if by_mean && total.is_none() && joined.results.iter().flat_map(|s| &s.results.rubrics).any(|r| r.total.is_some()) {
        return Err(say!(
            "{year} 年各标准的满分不同，平均分不能计入综合得分；请在 rank.toml 的 [composite] 写 by = \"headline\"",
            "full marks differ between the rubrics of {year}, so the mean cannot enter the composite; set by = \"headline\" in rank.toml"
        ));
    }
    let scored = units.list.iter().map(|unit| {
        let own = indicators.of(year, unit);
        let composite = match &rules.composite {
            Some(words) => score::composite(words, unit, &own, total.as_ref())?,
            None => None,
        };
        Ok(Scored { unit, own, composite })
    });
    let scored: Vec<Scored<'_>> = scored.collect::<Result<_, Text>>()?;
    let keys: Vec<&Asked> = rules.order.iter().filter(|a| scored.iter().any(|s| s.value(&a.key).is_some())).collect();
    for asked in rules.order.iter().filter(|a| !keys.contains(a)) {
        let Text { zh, en } = said::key(&asked.key, units).name;
        notes.push(say!("{year} 年没有“{zh}”的数据，排名没有用它", "no data for {en} in {year}, so it was not used"));
    }
    if !units.alone.is_empty() {
        let list = units.alone.join("、");
        notes.push(say!("没有写明所属市、单独列出的机构：{list}", "offices without a city, each by itself: {list}"));
    }
    let standing = |s: &Scored<'_>| match s.unit.office.selected {
        0 => Standing::NoData,
        n if rules.minimum.is_some_and(|m| n < m) => Standing::Few,
        _ => Standing::Ranked,
    };
    let candidates: Vec<&Scored<'_>> = scored.iter().filter(|s| standing(s) == Standing::Ranked).collect();
    let values: Vec<Value> = candidates.iter().map(|s| value(s, &keys)).collect();
    let places = order::places(&values, rules.ties);
    let sampled = joined.results.iter().any(|s| s.results.batch.scope.selection != "all")
        || joined.offices.iter().any(|(_, o)| o.selected != o.in_scope);
    let spread = if sampled { by_sample(&candidates, &keys) } else { None };
    let mut rows = Vec::new();
    for (at, ((one, value), place)) in candidates.iter().zip(&values).zip(&places).enumerate() {
        let open = one.unit.office.undecided > 0 || (!value.is_point() && place.best != place.worst);
        let tied: Vec<String> = place.equal.iter().filter_map(|i| candidates.get(*i)).map(|s| s.unit.office.name.clone()).collect();
        let stand = if open { Standing::Open } else { Standing::Ranked };
        let told = said::Told { rules, units, keys: &keys, one, place, tied: &tied, stand, n: order::count(values.len()) };
        let (tier, tiers, tier_said) = tiers(&told);
        let reason = told.reason(tier_said);
        let mut row = record(one, stand, reason);
        (row.place, row.sure) = ((!open).then_some(place.now), !open && place.best == place.worst);
        (row.range, row.range_sampled) = (Some([place.best, place.worst]), spread.as_ref().and_then(|s| s.get(at).copied()));
        (row.tier, row.possible_tiers, row.tied) = (tier, tiers, tied);
        rows.push((Some(value), row));
    }
    for one in scored.iter().filter(|s| standing(s) != Standing::Ranked) {
        let stand = standing(one);
        rows.push((None, record(one, stand, said::unranked(rules, one, stand))));
    }
    // Whoever surely has more comes first; those without a place come last.
    rows.sort_by(|(a, x), (b, y)| match (a, b) {
        (Some(a), Some(b)) => b.low.cmp(&a.low).then_with(|| b.high.cmp(&a.high)).then_with(|| x.id.cmp(&y.id)),
        (a, b) => a.is_none().cmp(&b.is_none()).then_with(|| x.standing.cmp(&y.standing)).then_with(|| x.id.cmp(&y.id)),
    });
    let funnel = funnel::funnel(&units.list).map_err(|said| notes.push(said)).ok();
    let whole = Scored { unit: &units.whole, own: Vec::new(), composite: None };
    let headline = units.whole.office.headline().map(|r| r.name.clone()).unwrap_or_default();
    Ok(RankYear {
        year,
        standards: joined.standards.clone(),
        mixed: joined.mixed,
        sampled,
        headline,
        keys: keys.iter().map(|a| said::key(&a.key, units).key).collect(),
        units: rows.into_iter().map(|(_, row)| row).collect(),
        whole: record(&whole, if units.whole.office.selected == 0 { Standing::NoData } else { Standing::Ranked }, Text::EMPTY),
        all_reached: reach::all_reached(&units.list),
        funnel,
        notes,
    })
}

/// Both ends of every key; a key without data may be anything.
fn value(one: &Scored<'_>, keys: &[&Asked]) -> Value {
    let (least, most) = (Fraction::from_integer((-1).into()), exact::whole(u64::MAX));
    let spans: Vec<Option<Span>> = keys.iter().map(|a| one.value(&a.key)).collect();
    Value {
        low: spans.iter().map(|s| s.as_ref().map_or_else(|| least.clone(), |s| s.low.clone())).collect(),
        high: spans.iter().map(|s| s.as_ref().map_or_else(|| most.clone(), |s| s.high.clone())).collect(),
    }
}

/// Places by the samples' intervals of the first key, when it is a rate.
fn by_sample(candidates: &[&Scored<'_>], keys: &[&Asked]) -> Option<Vec<[u64; 2]>> {
    let key = &keys.first()?.key;
    let interval = |s: &&Scored<'_>| s.unit.office.rates.iter().find(|r| key.is_rate(&r.id, &r.name, r.headline)).and_then(|r| r.ci95);
    key.is_share().then(|| order::sampled(&candidates.iter().map(interval).collect::<Vec<_>>()))
}

/// The tier when it is sure, every possible one, best first, and the sentence about them.
fn tiers(told: &said::Told<'_, '_>) -> (Option<String>, Vec<String>, Option<Text>) {
    let Some(tiers) = &told.rules.tiers else { return (None, Vec::new(), None) };
    let by_share = tiers.by_share();
    let key = tiers.key.as_ref().or(told.rules.order.first()).map(|a| &a.key);
    let [best, worst] = match key {
        Some(key) if !by_share => tier::by_value(tiers, key, told.one.value(key).as_ref()),
        _ => tier::by_place(tiers, told.place, told.n),
    };
    let list = tiers.list.iter().skip(best).take(worst.saturating_sub(best) + 1).map(|t| t.title.clone()).collect();
    let none = worst >= tiers.list.len();
    let moved = by_share && tier::is_moved(tiers, told.place, told.n);
    let text = said::tier(told, tiers, key, ([best, worst], none, moved));
    let sure = tiers.list.get(best).filter(|_| best == worst).map(|t| t.title.clone());
    (sure, list, Some(text))
}

/// The record of a unit without its place.
fn record(one: &Scored<'_>, standing: Standing, reason: Text) -> RankUnit {
    let office = &one.unit.office;
    let rate = |r: &crate::record::v1::Rate| RankRate {
        id: r.id.clone(),
        name: r.name.clone(),
        headline: r.headline,
        k_low: r.k_low,
        k_high: r.k_high,
        n: r.n,
        percent: exact::percent(r.k_low, r.n, 2).zip(exact::percent(r.k_high, r.n, 2)).map(|(a, b)| [a, b]),
        ci95: r.ci95,
    };
    RankUnit {
        id: office.id.clone(),
        name: office.name.clone(),
        parent: office.parent.clone(),
        offices: order::count(one.unit.members.len()),
        in_scope: office.in_scope,
        n: office.selected,
        undecided: office.undecided,
        grades: office.grades.clone(),
        rates: office.rates.iter().map(rate).collect(),
        mean: office.mean,
        mean_exact: office.mean_exact.clone(),
        median: office.median,
        own: one.own.clone(),
        composite: one.composite.as_ref().map(|(_, record)| record.clone()),
        standing: standing.id().to_owned(),
        place: None,
        sure: false,
        tied: Vec::new(),
        range: None,
        range_sampled: None,
        tier: None,
        possible_tiers: Vec::new(),
        reason,
    }
}
