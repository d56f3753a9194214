//! A ranking in a few lines for the terminal. Must not hide that it is a draft, nor let a name steer the terminal.

use super::main;
use crate::base::text::{Lang, Text};
use crate::record::rank::{Part, RankUnit, RankYear, Ranking};
use crate::report::terminal::{aligned, clean, short};
use crate::say;

/// As many rows are printed; the workbook has all.
const PRINTED: usize = 20;
/// As many units outside of the funnel's limits are printed.
const OUTSIDE: usize = 10;

/// The lines.
pub fn summary(ranking: &Ranking, lang: Lang) -> String {
    let mut lines: Vec<String> = Vec::new();
    let Some(year) = main(ranking) else { return String::new() };
    let (y, n) = (ranking.year, year.units.len());
    let (who, who_en) = if ranking.by == "group" { ("市", "cities") } else { ("机构", "offices") };
    let cases = year.whole.n;
    push(&mut lines, lang, &say!("{y} 年度排名：{n} 个{who}，评查 {cases} 件", "ranking of {y}: {who_en} {n}, cases {cases}"));
    ranking.notes.iter().for_each(|note| push(&mut lines, lang, note));
    ranking.rules.said.iter().for_each(|said| push(&mut lines, lang, said));
    lines.push(String::new());
    lines.extend(table(ranking, year, lang));
    if n > PRINTED {
        let rest = n - PRINTED;
        push(&mut lines, lang, &say!("其余 {rest} 个见 排名.xlsx", "{rest} more are in the workbook"));
    }
    lines.push(String::new());
    let names: Vec<String> = year.all_reached.iter().map(|a| short(&a.name)).collect();
    let (count, rate, list, list_en) = (names.len(), &year.headline, names.join("、"), names.join(", "));
    if count > 0 {
        push(&mut lines, lang, &say!("{rate} 100% 的{who} {count} 个：{list}", "{rate} of 100 %: {who_en} {count}: {list_en}"));
    }
    year.notes.iter().for_each(|note| push(&mut lines, lang, note));
    if let Some((last, outside)) = year.funnel.as_ref().and_then(|f| f.said.split_last()) {
        outside.iter().take(OUTSIDE).for_each(|said| push(&mut lines, lang, said));
        if outside.len() > OUTSIDE {
            let rest = outside.len() - OUTSIDE;
            push(
                &mut lines,
                lang,
                &say!("界线以外的另 {rest} 个见 排名.xlsx 的“漏斗图”", "{rest} more outside the limits are in the workbook"),
            );
        }
        push(&mut lines, lang, last);
    }
    for change in ranking.changes.iter().filter(|c| c.year == y) {
        let Some(whole) = change.units.first() else { continue };
        let from = change.from;
        let number =
            |p: &Part| p.shown.map_or_else(|| if lang == Lang::Zh { "分不出" } else { "cannot be told" }.to_owned(), |n| n.to_string());
        let (total, cases, rubric, reviewers) =
            (number(&whole.total), number(&whole.cases), number(&whole.rubric), number(&whole.reviewers));
        let apart = whole.not_told_apart.as_ref().map(|j| j.shown.to_string());
        let (zh, en) = apart.map(|j| (format!("，分不出的合计 {j}"), format!(", not told apart {j}"))).unwrap_or_default();
        push(
            &mut lines,
            lang,
            &say!(
                "全部机构平均分与 {from} 年比：总变化 {total} ＝ 案件 {cases}、标准 {rubric}、评委 {reviewers}{zh}",
                "mean mark of all against {from}: change {total} = cases {cases}, rubric {rubric}, reviewers {reviewers}{en}"
            ),
        );
        for part in [&whole.total, &whole.rubric, &whole.reviewers].into_iter().filter(|p| p.exact.is_none()) {
            push(&mut lines, lang, &part.why);
        }
        if let Some([low, high]) = whole.total_between {
            push(&mut lines, lang, &say!("总变化在 {low} 至 {high} 之间", "the change lies between {low} and {high}"));
        }
        change.notes.iter().for_each(|note| push(&mut lines, lang, note));
    }
    lines.iter().flat_map(|line| [clean(line).trim_end(), "\n"].map(str::to_owned)).collect()
}

fn push(lines: &mut Vec<String>, lang: Lang, text: &Text) {
    lines.push(text.get(lang).to_owned());
}

fn table(ranking: &Ranking, year: &RankYear, lang: Lang) -> Vec<String> {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let tiers = ranking.rules.tiers.is_some();
    let mut head = vec![word("机构", "unit"), word("名次", "place"), word("区间", "range"), word("评查", "cases")];
    head.extend(year.whole.rates.iter().map(|r| r.name.clone()));
    head.push(word("平均分", "mean"));
    if tiers {
        head.push(word("档次", "tier"));
    }
    let mut rows = vec![head];
    for unit in year.units.iter().take(PRINTED) {
        let mut row = vec![short(&unit.name), place(unit, lang), super::range(unit.range), unit.n.to_string()];
        for rate in &year.whole.rates {
            let mine = unit.rates.iter().find(|r| r.id == rate.id && r.name == rate.name);
            row.push(match mine.and_then(|r| r.percent.as_ref()) {
                None => "—".to_owned(),
                Some([low, high]) if low == high => format!("{low}%"),
                Some([low, high]) => format!("{low}%～{high}%"),
            });
        }
        row.push(match unit.mean {
            None => "—".to_owned(),
            Some([low, high]) if low == high => format!("{:.2}", low.shown()),
            Some([low, high]) => format!("{:.2}～{:.2}", low.shown(), high.shown()),
        });
        if tiers {
            row.push(match (&unit.tier, unit.possible_tiers.as_slice()) {
                (Some(tier), _) => tier.clone(),
                (None, []) => "—".to_owned(),
                (None, possible) => format!("{}？", possible.join("/")),
            });
        }
        rows.push(row);
    }
    aligned(&rows)
}

fn place(unit: &RankUnit, lang: Lang) -> String {
    match (unit.place, unit.standing.as_str(), lang) {
        (Some(place), _, Lang::Zh) => {
            format!("{place}{}{}", if unit.tied.is_empty() { "" } else { "（并列）" }, if unit.sure { "" } else { "（暂）" })
        }
        (Some(place), _, Lang::En) => {
            format!("{place}{}{}", if unit.tied.is_empty() { "" } else { " (tied)" }, if unit.sure { "" } else { " (for now)" })
        }
        (None, "open", Lang::Zh) => "未定".to_owned(),
        (None, "below_minimum", Lang::Zh) => "件数不足".to_owned(),
        (None, _, Lang::Zh) => "无数据".to_owned(),
        (None, "open", Lang::En) => "open".to_owned(),
        (None, "below_minimum", Lang::En) => "too few".to_owned(),
        (None, _, Lang::En) => "no data".to_owned(),
    }
}
