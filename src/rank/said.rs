//! Rules, places and tiers in words. Must not decide any of them.

use super::exact::{self, Span};
use super::order::Place;
use super::pool::Units;
use super::rules::{Asked, Bound, Key, Rules, Tiers, Ties};
use super::tier::{self, At};
use super::year::{Scored, Standing};
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::rank::{CompositeRules, RankKey, RankRules, RankSource, RankYear, TierRule, TierRules};
use crate::say;

/// Names that are listed of a tie; with more, only how many.
const NAMED: usize = 5;

/// A key with the name that the results of a year give it.
pub fn key(key: &Key, units: &Units) -> RankKey {
    let rates = || units.list.iter().chain([&units.whole]).flat_map(|u| &u.office.rates);
    named(key, rates().find(|r| key.is_rate(&r.id, &r.name, r.headline)).map(|r| (r.id.as_str(), r.name.as_str())))
}

fn named(key: &Key, rate: Option<(&str, &str)>) -> RankKey {
    let (id, name) = match key {
        Key::Headline => ("headline", rate.map_or(Text::fixed("主要比率", "headline rate"), |(_, n)| Text::same(n))),
        Key::Mean => ("mean", Text::fixed("平均分", "mean mark")),
        Key::Median => ("median", Text::fixed("中位数", "median mark")),
        Key::Composite => ("composite", Text::fixed("综合得分", "composite")),
        Key::Rate(word) => (rate.map_or(word.as_str(), |(id, _)| id), Text::same(rate.map_or(word.as_str(), |(_, n)| n))),
    };
    RankKey { key: id.to_owned(), name }
}

/// The rules as `rank.json` has them.
pub fn rules(rules: &Rules, rates: &[(String, String, bool)], by_group: bool) -> RankRules {
    // The headline is named year by year.
    let rate =
        |key: &Key| rates.iter().find(|(id, name, _)| key.is_rate(id, name, false)).map(|(id, name, _)| (id.as_str(), name.as_str()));
    let order: Vec<RankKey> = rules.order.iter().map(|a| named(&a.key, rate(&a.key))).collect();
    let tiers = rules.tiers.as_ref().map(|t| TierRules {
        by: if t.by_share() { "share" } else { "from" }.to_owned(),
        key: t.key.as_ref().or(rules.order.first()).filter(|_| !t.by_share()).map(|a| named(&a.key, rate(&a.key))),
        tie: if t.down { "down" } else { "up" }.to_owned(),
        round: if t.round_up { "up" } else { "down" }.to_owned(),
        list: t.list.iter().map(tier_rule).collect(),
    });
    let mut said = vec![order_said(&order, rules, by_group)];
    said.push(match rules.ties {
        Ties::Standard => {
            Text::fixed("并列的名次相同，其后按人数顺延（1、2、2、4）", "ties share a place and the next is skipped (1, 2, 2, 4)")
        }
        Ties::Dense => Text::fixed("并列的名次相同，其后不空名次（1、2、2、3）", "ties share a place and no place is skipped (1, 2, 2, 3)"),
    });
    said.push(match rules.minimum {
        Some(n) => say!("评查不足 {n} 件的只列数据，不排名", "fewer than {n} cases are shown and not ranked"),
        None => Text::fixed(
            "没有规定最低件数，件数少的也排名，请看件数和区间",
            "no minimum was set: look at the number of cases and the intervals",
        ),
    });
    if let Some(c) = &rules.composite {
        let (q, i) = (c.quality, c.indicators);
        let (zh, en) =
            if c.mean { ("平均分（折合百分）", "the mean mark out of 100") } else { ("主要比率", "the headline rate") };
        said.push(say!(
            "综合得分＝案件质量（{zh}）×{q}＋指标×{i}，除以两权重之和；没有指标得分的按 0 至 100 不明计，不列名次",
            "composite = case quality ({en}) x {q} + indicators x {i}, over the sum of the weights; without indicators anything from 0 to 100, so no place"
        ));
    }
    said.push(match &tiers {
        None => Text::fixed(
            "没有规定档次，不分档（在 rank.toml 写 [[tier]] 才分）",
            "no tiers were declared, so there are none ([[tier]] in rank.toml)",
        ),
        Some(tiers) => tiers_said(tiers),
    });
    if rules.mixed {
        said.push(Text::fixed(
            "允许不同标准的结果一起排名（mixed = true）",
            "results under different rubrics may be ranked together (mixed = true)",
        ));
    }
    RankRules {
        sha256: rules.sha256.clone(),
        order,
        ties: if rules.ties == Ties::Dense { "dense" } else { "standard" }.to_owned(),
        minimum: rules.minimum,
        mixed: rules.mixed,
        composite: rules.composite.as_ref().map(|c| CompositeRules {
            quality: Number::new(c.quality),
            indicators: Number::new(c.indicators),
            by: if c.mean { "mean" } else { "headline" }.to_owned(),
            rubric: c.rubric.clone(),
        }),
        tiers,
        said,
    }
}

fn order_said(order: &[RankKey], rules: &Rules, by_group: bool) -> Text {
    let zh = order.iter().map(|k| k.name.zh.as_ref()).collect::<Vec<_>>().join("、");
    let en = order.iter().map(|k| k.name.en.as_ref()).collect::<Vec<_>>().join(", ");
    let (who_zh, who_en) =
        if by_group { ("按市（案件合并计算）", "cities, from pooled cases") } else { ("按机构", "offices") };
    if rules.sha256.is_some() {
        say!("{who_zh}排名，依次比较：{zh}，都以精确分数比较", "{who_en}, ordered by {en}, compared as exact fractions")
    } else {
        say!(
            "{who_zh}排名；没有给 rank.toml，按默认依次比较：{zh}，都以精确分数比较",
            "{who_en}; without rank.toml the order is by {en}, compared as exact fractions"
        )
    }
}

fn tier_rule(tier: &super::rules::Tier) -> TierRule {
    let (from, share) = match tier.bound {
        Bound::From(p) => (Some(Number::new(p)), None),
        Bound::Share(p) => (None, Some(Number::new(p))),
        Bound::Rest => (None, None),
    };
    TierRule { title: tier.title.clone(), from, share }
}

fn tiers_said(tiers: &TierRules) -> Text {
    let unit = |zh: &str| if matches!(zh, "平均分" | "中位数" | "综合得分") { " 分" } else { "%" };
    let name = tiers.key.as_ref().map(|k| (k.name.zh.to_string(), k.name.en.to_string())).unwrap_or_default();
    let one = |t: &TierRule| match (t.from, t.share) {
        (Some(from), _) => {
            (format!("{}：{}不低于 {from}{}", t.title, name.0, unit(&name.0)), format!("{}: {} from {from}", t.title, name.1))
        }
        (_, Some(share)) => (format!("{}：前 {share}%", t.title), format!("{}: {share} %", t.title)),
        _ => (format!("{}：其余", t.title), format!("{}: the rest", t.title)),
    };
    let (zh, en): (Vec<String>, Vec<String>) = tiers.list.iter().map(one).unzip();
    let (zh, en) = (zh.join("；"), en.join("; "));
    if tiers.by == "share" {
        let (to, to_en) = if tiers.tie == "down" { ("下", "lower") } else { ("上", "upper") };
        let (round, round_en) = if tiers.round == "up" { ("上", "up") } else { ("下", "down") };
        say!(
            "按名次分档：{zh}（各档累计名额向{round}取整；并列跨在界线上的，整体归{to}一档）",
            "tiers by place: {en} (cumulative numbers rounded {round_en}; a tie over a boundary goes to the {to_en} tier as a whole)"
        )
    } else {
        say!("按数值分档：{zh}", "tiers by value: {en}")
    }
}

/// What a reader of all of it must know.
pub fn notes(sources: &[RankSource], years: &[RankYear]) -> Vec<Text> {
    let mut notes = Vec::new();
    let drafts: Vec<&str> = sources.iter().filter(|s| !s.is_final).map(|s| s.folder.as_str()).collect();
    if !drafts.is_empty() {
        let (zh, en) = (drafts.join("、"), drafts.join(", "));
        notes.push(say!("草稿：这些结果没有定稿：{zh}", "draft: these results are not final: {en}"));
    }
    if sources.iter().any(|s| !s.adopted) {
        notes.push(Text::fixed(
            "评估标准为参考样式，非官方标准（有的结果没有写明由谁采用）",
            "the standard is a sample, not an official one (not every result names who adopted it)",
        ));
    }
    for year in years.iter().filter(|y| y.mixed) {
        let y = year.year;
        notes.push(say!(
            "{y} 年的结果用的评估标准不同，名次只供参考",
            "results of {y} are under different rubrics; places are for orientation only"
        ));
    }
    notes
}

/// Why somebody is not ranked.
pub fn unranked(rules: &Rules, one: &Scored<'_>, standing: Standing) -> Text {
    let (n, least) = (one.unit.office.selected, rules.minimum.unwrap_or_default());
    if standing == Standing::NoData {
        return Text::fixed("没有评查的案件，没有数据。", "No case was reviewed: no data.");
    }
    say!("只评查 {n} 件，少于规定的 {least} 件，只列数据，不排名。", "{n} cases, fewer than the {least} asked for: shown, not ranked.")
}

/// What is told of a unit.
pub struct Told<'t, 'a> {
    /// Rules.
    pub rules: &'t Rules,
    /// Everybody.
    pub units: &'t Units,
    /// Keys that count.
    pub keys: &'t [&'t Asked],
    /// The unit.
    pub one: &'t Scored<'a>,
    /// Its place.
    pub place: &'t Place,
    /// Names of those with the same place.
    pub tied: &'t [String],
    /// How it stands.
    pub stand: Standing,
    /// How many are ranked.
    pub n: u64,
}

impl Told<'_, '_> {
    /// A key with its value: `优良率 38/40（95.00%）`.
    fn value(&self, key: &Key) -> Text {
        let RankKey { name, .. } = self::key(key, self.units);
        let (zh, en) = (name.zh, name.en);
        let rate = self.one.unit.office.rates.iter().find(|r| key.is_rate(&r.id, &r.name, r.headline));
        if let Some(rate) = rate {
            let (low, high, n) = (rate.k_low, rate.k_high, rate.n);
            let percent = |k| exact::percent(k, n, 2).unwrap_or_default();
            let (a, b) = (percent(low), percent(high));
            return if low == high {
                say!("{zh} {low}/{n}（{a}%）", "{en} {low}/{n} ({a} %)")
            } else {
                say!("{zh} {low}～{high}/{n}（{a}%～{b}%）", "{en} {low} to {high}/{n} ({a} % to {b} %)")
            };
        }
        match self.one.value(key) {
            None => say!("{zh}没有数据", "{en} without data"),
            Some(Span { low, high }) if low == high => {
                let shown = exact::shown(&low);
                say!("{zh} {shown}", "{en} {shown}")
            }
            Some(Span { low, high }) => {
                let (a, b) = (exact::shown(&low), exact::shown(&high));
                say!("{zh} {a}～{b}", "{en} {a} to {b}")
            }
        }
    }

    /// One sentence: values, place, tier.
    pub fn reason(&self, tier: Option<Text>) -> Text {
        let mut parts = vec![self.keys.first().map_or(Text::EMPTY, |a| self.value(&a.key))];
        let [best, worst, now] = [self.place.best, self.place.worst, self.place.now];
        let within = if best == worst {
            say!("第 {best}", "{best}")
        } else {
            say!("第 {best} 至第 {worst} 之间", "between {best} and {worst}")
        };
        let (zh, en) = (within.zh, within.en);
        let undecided = self.one.unit.office.undecided;
        parts.push(match self.stand {
            Standing::Open if undecided > 0 => {
                say!("有 {undecided} 件等次未定，不列名次，可能在{zh}", "{undecided} cases are undecided, so no place yet, possibly {en}")
            }
            Standing::Open => {
                let missing = self.one.composite.as_ref().and_then(|(_, c)| c.missing.clone());
                let why = missing.unwrap_or(Text::fixed("有的得分未定", "some marks are open"));
                let (why, why_en) = (why.zh, why.en);
                say!("{why}，不列名次，可能在{zh}", "{why_en}, so no place yet, possibly {en}")
            }
            _ => {
                let with = self.with();
                let (tie, tie_en) = (with.zh, with.en);
                if best == worst {
                    say!("{tie}第 {now} 名", "place {now}{tie_en}")
                } else {
                    say!(
                        "{tie}暂列第 {now} 名，别的机构有未定的，可能在{zh}",
                        "place {now} for now{tie_en}; others are open, possibly {en}"
                    )
                }
            }
        });
        parts.extend(tier);
        let zh = parts.iter().map(|p| p.zh.as_ref()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("；");
        let en = parts.iter().map(|p| p.en.as_ref()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("; ");
        say!("{zh}。", "{en}.")
    }

    fn with(&self) -> Text {
        match self.tied.len() {
            0 => Text::EMPTY,
            n if n <= NAMED => {
                let (zh, en) = (self.tied.join("、"), self.tied.join(", "));
                say!("与{zh}并列", ", tied with {en}")
            }
            n => say!("与另外 {n} 个并列", ", tied with {n} others"),
        }
    }
}

/// The sentence about the tier: best and worst, whether none may be reached, whether a tie was moved.
pub fn tier(told: &Told<'_, '_>, tiers: &Tiers, key: Option<&Key>, at: ([At; 2], bool, bool)) -> Text {
    let ([best, worst], none, moved) = at;
    let title = |at: usize| tiers.list.get(at).map_or("不入档", |t| t.title.as_str());
    let english = |at: usize| tiers.list.get(at).map_or("no tier", |t| t.title.as_str());
    if best != worst {
        let (a, b, c, d) = (title(best), title(worst), english(best), english(worst));
        return say!("档次未定（{a}至{b}）", "tier open ({c} to {d})");
    }
    let (name, name_en) = (title(best), english(best));
    if none {
        return Text::fixed("低于各档的界线，不入档", "below every tier");
    }
    if tiers.by_share() {
        let n = told.n;
        let up_to = tier::quotas(tiers, n).get(best).copied().unwrap_or_default();
        if moved {
            let (to, to_en) = if tiers.down { ("下", "lower") } else { ("上", "upper") };
            return say!(
                "并列跨在档次界线上，按规定整体归{to}一档，{name}",
                "the tie lies over a boundary and goes to the {to_en} tier as a whole, {name_en}"
            );
        }
        if tiers.list.get(best).is_some_and(|t| t.bound == Bound::Rest) {
            return say!("在以上各档名额以外，{name}", "beyond the numbers of the tiers above, {name_en}");
        }
        return say!("在 {n} 个排名机构的前 {up_to} 名之内，{name}", "within the first {up_to} of {n} ranked, {name_en}");
    }
    let unit = if key.is_some_and(Key::is_share) { "%" } else { " 分" };
    let key_name = key.map(|k| self::key(k, told.units).name).unwrap_or_default();
    let (zh, en) = (key_name.zh, key_name.en);
    match tiers.list.get(best).map(|t| t.bound) {
        Some(Bound::From(from)) => say!("{zh}不低于 {from}{unit}，{name}", "{en} from {from}, {name_en}"),
        _ => say!("{zh}在以上各档的界线以下，{name}", "{en} below the tiers above, {name_en}"),
    }
}
