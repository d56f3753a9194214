//! The annual ranking (年度排名): results of any number of years become one [`Ranking`]. Must not open files, look at single cases, or
//! rank on a point what is still an interval.
//!
//! * **Exact.** Rates are compared as `k/n`, means as the fractions of the record; nothing is rounded before it is shown. Leniency of
//!   reviewers is a statistic with six decimals and enters as that decimal fraction, so that the parts of a change add up exactly.
//! * **Open cases.** Every key of a unit is an interval; the vector of lower ends is the least reading in lexicographic order, that of
//!   upper ends the greatest. So `[best, worst]` holds the place under every reading, and is attained where one reading reaches all the
//!   upper ends at once, as it does when every open case turns out at its best. For `dense` ties the range is a sound superset.
//! * **No point rank** for a unit with an open case or an open key, unless no reading can move it and no case of it is open.

pub mod exact;
pub mod rules;
pub mod settings;

mod change;
mod funnel;
mod join;
mod order;
mod pool;
mod reach;
mod said;
mod score;
mod tier;
mod year;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use crate::base::text::Text;
use crate::record::rank::{RankSource, Ranking};
use crate::record::v1::Tool;
use crate::saved::Saved;
use crate::say;

use self::rules::Rules;
use self::score::Indicators;

/// What a ranking is made from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Results of the years.
    pub results: &'a [Saved],
    /// Last year's cases graded again under this year's rubric.
    pub bridges: &'a [Saved],
    /// Results about offices themselves.
    pub indicators: &'a [Saved],
    /// The rules.
    pub rules: &'a Rules,
    /// Whether cities are ranked, and not offices.
    pub by_group: bool,
    /// The year that the ranking is of; the last where none is asked for.
    pub year: Option<i16>,
}

/// Every rate of the results, by id and name, and whether it is the main one: what a key of the order may name.
pub fn rates(results: &[Saved]) -> Vec<(String, String, bool)> {
    let mut all: Vec<(String, String, bool)> = Vec::new();
    for rate in results.iter().flat_map(|s| &s.results.offices).flat_map(|o| &o.rates) {
        let rate = (rate.id.clone(), rate.name.clone(), rate.headline);
        if !all.contains(&rate) {
            all.push(rate);
        }
    }
    all.sort();
    all
}

/// The ranking.
///
/// # Errors
/// Everything that keeps it from being made, each with what to do.
pub fn rank(given: &Given<'_>) -> Result<Ranking, Vec<Text>> {
    let rules = given.rules;
    let joined = join::years(given.results, rules.mixed)?;
    let Some(last) = joined.keys().next_back().copied() else {
        return Err(vec![say!("没有结果可以排名", "no result to rank")]);
    };
    let year = given.year.unwrap_or(last);
    let all = || joined.keys().map(ToString::to_string).collect::<Vec<_>>().join("、");
    if !joined.contains_key(&year) {
        let all = all();
        return Err(vec![say!("没有 {year} 年的结果；有：{all}", "no result of {year}; there are: {all}")]);
    }
    let mut refused = Vec::new();
    for (role, zh, list) in [("indicators", "指标", given.indicators), ("bridge", "过渡", given.bridges)] {
        for saved in list.iter().filter(|s| join::year(s).is_none_or(|y| !joined.contains_key(&y))) {
            let (shown, all) = (saved.path.display(), all());
            refused.push(say!(
                "{zh}结果 {shown} 的年份不在要排名的年份（{all}）之内",
                "the year of {shown} ({role}) is not among those ranked: {all}"
            ));
        }
    }
    let indicators = Indicators::new(given.indicators, rules).unwrap_or_else(|mut said| {
        refused.append(&mut said);
        Indicators::default()
    });
    let (mut years, mut pools) = (Vec::new(), Vec::new());
    for joined in joined.values() {
        let pooled = pool::units(joined, given.by_group);
        match year::year(joined, &pooled, rules, &indicators) {
            Ok(made) => years.push(made),
            Err(said) => refused.push(said),
        }
        pools.push((joined, pooled));
    }
    let changes = change::changes(&pools, given.bridges, given.by_group).unwrap_or_else(|mut said| {
        refused.append(&mut said);
        Vec::new()
    });
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut sources: Vec<RankSource> = Vec::new();
    for (role, list) in [("result", given.results), ("bridge", given.bridges), ("indicators", given.indicators)] {
        sources.extend(list.iter().map(|saved| join::source(saved, role)));
    }
    sources.sort();
    let mut drafts: Vec<String> = sources.iter().filter(|s| !s.is_final).map(|s| s.folder.clone()).collect();
    drafts.dedup();
    Ok(Ranking {
        format: 1,
        tool: Tool::this(),
        by: if given.by_group { "group" } else { "office" }.to_owned(),
        year,
        draft: !drafts.is_empty(),
        drafts,
        rules: said::rules(rules, &rates(given.results), given.by_group),
        notes: said::notes(&sources, &years),
        sources,
        years,
        changes,
    })
}
