//! 排名: everybody in order, with counts, rates, marks and one sentence of reason. Must not leave out who is not ranked.

use super::{NONE, SHEETS, main, marks, place, range, rate, room, stamped, tier, title, who};
use crate::record::number::Number;
use crate::record::rank::{RankUnit, Ranking};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, ranking: &Ranking) -> Result<()> {
    let Some(year) = main(ranking) else { return Ok(()) };
    let grades: Vec<&str> = year.whole.grades.0.iter().map(|(title, _)| title.as_str()).collect();
    let rates: Vec<(&str, &str)> = year.whole.rates.iter().map(|r| (r.id.as_str(), r.name.as_str())).collect();
    let has = |f: fn(&RankUnit) -> bool| year.units.iter().any(f);
    let (composite, tiers, groups) = (ranking.rules.composite.is_some(), ranking.rules.tiers.is_some(), has(|u| u.offices > 1));
    let mut columns =
        vec![Column::new("名次", 60, Kind::Centre), Column::new("并列", 44, Kind::Centre), Column::new(who(ranking), 130, Kind::Text)];
    if groups {
        columns.push(Column::new("机构数", 50, Kind::Number));
    }
    columns.push(Column::new("评查数", 52, Kind::Number));
    columns.extend(grades.iter().map(|g| Column::new(*g, 48, Kind::Number)));
    columns.push(Column::new("未定", 44, Kind::Number));
    let all = || year.units.iter().chain([&year.whole]);
    let open = |id: &str| all().flat_map(|u| &u.rates).any(|r| r.id == id && r.k_low != r.k_high);
    columns.extend(rates.iter().map(|(id, name)| Column::new(*name, room(66, 122, open(id)), Kind::Fine)));
    let open = |of: fn(&RankUnit) -> Option<[Number; 2]>| all().filter_map(of).any(|[low, high]| low != high);
    columns.push(Column::new("平均分", room(58, 100, open(|u| u.mean)), Kind::Number));
    columns.push(Column::new("中位数", room(58, 100, open(|u| u.median)), Kind::Number));
    if composite {
        let open = open(|u| u.composite.as_ref().map(|c| c.shown));
        columns.push(Column::new("综合得分", room(64, 100, open), Kind::Number));
    }
    columns.push(Column::new("名次\n区间", 56, Kind::Centre));
    if year.sampled {
        columns.push(Column::new("抽样\n名次区间", 60, Kind::Centre));
    }
    if tiers {
        columns.push(Column::new("档次", 84, Kind::Centre));
    }
    columns.push(Column::new("理由", 330, Kind::Text));
    let plan = Plan { name: SHEETS[0], title: title(ranking, "法律援助案件质量排名"), note: note(ranking), columns, keys: 3 };
    let mut page = Page::begin(book, plan)?;
    stamped(&mut page, ranking);
    let cells = |unit: &RankUnit, whole: bool| {
        let mut cells = if whole {
            vec![Cell::Blank, Cell::Blank, Cell::text("合计（案件合并计算）")]
        } else {
            let tied = if unit.place.is_some() && !unit.tied.is_empty() { "是" } else { "" };
            vec![place(unit), Cell::text(tied), Cell::text(unit.name.clone())]
        };
        if groups {
            cells.push(Cell::count(unit.offices));
        }
        cells.push(Cell::count(unit.n));
        cells.extend(grades.iter().map(|g| Cell::count(unit.grades.0.iter().find(|(t, _)| t == g).map_or(0, |(_, n)| *n))));
        cells.push(Cell::count(unit.undecided));
        cells.extend(rates.iter().map(|(id, name)| rate(unit.rates.iter().find(|r| r.id == *id && r.name == *name))));
        cells.push(marks(unit.mean));
        cells.push(marks(unit.median));
        if composite {
            cells.push(marks(unit.composite.as_ref().map(|c| c.shown)));
        }
        cells.push(Cell::text(if whole { NONE.to_owned() } else { range(unit.range) }));
        if year.sampled {
            cells.push(Cell::text(range(unit.range_sampled)));
        }
        if tiers {
            cells.push(Cell::text(if whole { NONE.to_owned() } else { tier(unit) }));
        }
        cells.push(Cell::text(unit.reason.zh.clone().into_owned()));
        cells
    };
    for unit in &year.units {
        page.row(&cells(unit, false))?;
    }
    page.group(&cells(&year.whole, true))?;
    page.finish()
}

fn note(ranking: &Ranking) -> String {
    let order = ranking.rules.order.iter().map(|k| k.name.zh.as_ref()).collect::<Vec<_>>().join("、");
    let tiers = if ranking.rules.tiers.is_some() { "" } else { "没有规定档次，不分档。" };
    format!(
        "依次比较{order}，以精确分数比较，显示两位小数。“名次区间”是未定案件所有可能结果下最好和最差的名次；“（暂）”表示别的机构有未定案件，名次还会变。{tiers}规则和口径见“{}”。",
        SHEETS[6]
    )
}
