//! What each key of the order comes to for a unit, as an interval. Must not take what is missing for 0.

use std::collections::BTreeMap;

use super::exact::{self, Fraction, Span};
use super::join::{self, Joined};
use super::pool::{self, Unit};
use super::rules::{CompositeWords, Key, Rules};
use crate::base::text::Text;
use crate::record::rank::Composite;
use crate::record::v1::Own;
use crate::saved::Saved;
use crate::say;

/// Marks of offices themselves, by year and by id, and by name for a city.
#[derive(Debug, Default)]
pub struct Indicators<'a> {
    by_id: BTreeMap<(i16, &'a str), Vec<&'a Own>>,
    by_name: BTreeMap<(i16, &'a str), Vec<&'a Own>>,
}

impl<'a> Indicators<'a> {
    /// From results about offices.
    ///
    /// # Errors
    /// Offices with marks in two results of one year, and rubrics that none of them used.
    pub fn new(results: &'a [Saved], rules: &Rules) -> Result<Self, Vec<Text>> {
        let (mut all, mut refused) = (Self::default(), Vec::new());
        let mut from: BTreeMap<(i16, &str), &Saved> = BTreeMap::new();
        for saved in results {
            let Some(year) = join::year(saved) else { continue };
            for office in saved.results.offices.iter().filter(|o| pool::own(o).next().is_some()) {
                if let Some(first) = from.insert((year, &office.id), saved) {
                    let (name, one, two) = (&office.name, first.path.display(), saved.path.display());
                    refused.push(say!(
                        "{year} 年“{name}”的指标得分在 {one} 和 {two} 里都有；请去掉其中一个",
                        "the indicators of {name} in {year} are in both {one} and {two}; leave one of them out"
                    ));
                }
                all.by_id.insert((year, &office.id), pool::own(office).collect());
                all.by_name.insert((year, &office.name), pool::own(office).collect());
            }
        }
        let wanted = rules.composite.as_ref().and_then(|c| c.rubric.as_deref());
        if let (Some(id), false) = (wanted, results.is_empty())
            && !all.by_id.values().flatten().any(|own| own.rubric == id)
        {
            refused.push(say!(
                "指标结果里没有标准 {id} 的得分；请核对 rank.toml 的 rubric",
                "no indicators by rubric {id}; check rubric in rank.toml"
            ));
        }
        if refused.is_empty() { Ok(all) } else { Err(refused) }
    }

    /// The marks of a unit itself.
    pub fn of(&self, year: i16, unit: &Unit) -> Vec<Own> {
        let found = self.by_id.get(&(year, unit.office.id.as_str())).or_else(|| self.by_name.get(&(year, unit.office.name.as_str())));
        let ours = pool::own(&unit.office).cloned();
        found.map(|list| list.iter().map(|o| (*o).clone()).collect()).unwrap_or_else(|| ours.collect())
    }
}

/// Full marks of a year's rubrics about cases, when all of them have the same.
pub fn total(joined: &Joined<'_>) -> Option<Fraction> {
    let own: Vec<&str> = joined.offices.iter().flat_map(|(_, o)| &o.own).map(|o| o.rubric.as_str()).collect();
    let rubrics = joined.results.iter().flat_map(|s| &s.results.rubrics).filter(|r| !own.contains(&r.id.as_str()));
    let mut totals = rubrics.filter_map(|r| r.total);
    let first = totals.next()?;
    (totals.all(|t| t == first) && first.hundredths() > 0).then(|| exact::number(first))
}

/// The value of a key; nothing where a unit has no data for it.
pub fn value(key: &Key, unit: &Unit, composite: Option<&Span>) -> Option<Span> {
    match key {
        Key::Mean => unit.mean.clone(),
        Key::Median => unit.office.median.map(|[low, high]| Span { low: exact::number(low), high: exact::number(high) }),
        Key::Composite => composite.cloned(),
        Key::Headline | Key::Rate(_) => {
            let rate = unit.office.rates.iter().find(|r| key.is_rate(&r.id, &r.name, r.headline))?;
            Some(Span { low: exact::of(rate.k_low, rate.n)?, high: exact::of(rate.k_high, rate.n)? })
        }
    }
}

/// The composite of a unit, out of 100.
///
/// # Errors
/// Which rubric to name, where the marks are by several.
pub fn composite(words: &CompositeWords, unit: &Unit, own: &[Own], total: Option<&Fraction>) -> Result<Option<(Span, Composite)>, Text> {
    let hundred = exact::whole(100);
    let quality = if words.mean {
        unit.mean.as_ref().zip(total).map(|(mean, total)| scaled(mean, &(&hundred / total)))
    } else {
        value(&Key::Headline, unit, None).map(|rate| scaled(&rate, &hundred))
    };
    let Some(quality) = quality else { return Ok(None) };
    let name = &unit.office.name;
    let mut mine = own.iter().filter(|o| words.rubric.as_ref().is_none_or(|r| *r == o.rubric));
    let found = mine.next();
    if mine.next().is_some() {
        return Err(say!(
            "“{name}”有几个标准的指标得分，不知道用哪个；请在 rank.toml 的 [composite] 写 rubric = \"标准编号\"",
            "{name} has indicator marks by several rubrics; name one with rubric in [composite] of rank.toml"
        ));
    }
    let marks = found.and_then(|o| o.marks.as_ref()).filter(|m| m.total.hundredths() > 0);
    let (indicators, missing) = match marks {
        Some(marks) => {
            let ends = marks.exact.as_ref().and_then(exact::span);
            let ends = ends.unwrap_or_else(|| Span { low: exact::number(marks.low), high: exact::number(marks.high) });
            (scaled(&ends, &(&hundred / exact::number(marks.total))), None)
        }
        // What nobody measured may be anything.
        None => {
            let all = Span { low: Fraction::default(), high: hundred };
            (all, Some(Text::fixed("没有指标得分，按 0 至 100 之间不明计", "no indicators: anything from 0 to 100")))
        }
    };
    let (wq, wi) = (exact::points(words.quality), exact::points(words.indicators));
    let sum = &wq + &wi;
    let mix = |q: &Fraction, i: &Fraction| (&wq * q + &wi * i) / &sum;
    let span = Span { low: mix(&quality.low, &indicators.low), high: mix(&quality.high, &indicators.high) };
    let record = Composite {
        shown: [exact::shown(&span.low), exact::shown(&span.high)],
        exact: [exact::text(&span.low), exact::text(&span.high)],
        missing: missing.filter(|_| wi > Fraction::default()),
    };
    Ok(Some((span, record)))
}

fn scaled(span: &Span, by: &Fraction) -> Span {
    Span { low: &span.low * by, high: &span.high * by }
}
