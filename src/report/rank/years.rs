//! 历年: all years side by side. Must not compare them: what changed and why stands in 变化.

use std::collections::BTreeMap;

use super::{NONE, SHEETS, marks, place, rate, stamped, tier, title, who};
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
    let tiers = ranking.rules.tiers.is_some();
    let mut columns = vec![Column::new(who(ranking), 150, Kind::Text)];
    for year in &ranking.years {
        let y = year.year;
        columns.push(Column::new(format!("{y}\n名次"), 62, Kind::Centre));
        columns.push(Column::new(format!("{y}\n评查数"), 56, Kind::Number));
        columns.push(Column::new(format!("{y}\n{}", year.headline), 122, Kind::Fine));
        columns.push(Column::new(format!("{y}\n平均分"), 100, Kind::Number));
        if tiers {
            columns.push(Column::new(format!("{y}\n档次"), 110, Kind::Centre));
        }
    }
    let note = "按最近一年的次序；“—”为当年没有该机构或没有数据。各年标准、评委、抽样不同的，数字不能直接相减，见“变化”。";
    let plan = Plan { name: SHEETS[1], title: title(ranking, "历年情况"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    stamped(&mut page, ranking);
    let mut names: Vec<(&str, &str)> = Vec::new();
    for unit in ranking.years.iter().rev().flat_map(|y| &y.units) {
        if !names.iter().any(|(id, _)| *id == unit.id) {
            names.push((&unit.id, &unit.name));
        }
    }
    let by_id: Vec<BTreeMap<&str, &RankUnit>> =
        ranking.years.iter().map(|y| y.units.iter().map(|u| (u.id.as_str(), u)).collect()).collect();
    let of = |unit: Option<&RankUnit>, whole: bool| {
        let Some(unit) = unit else { return vec![Cell::text(NONE); 4 + usize::from(tiers)] };
        let headline = unit.rates.iter().find(|r| r.headline);
        let mut cells = vec![if whole { Cell::text(NONE) } else { place(unit) }, Cell::count(unit.n), rate(headline), marks(unit.mean)];
        if tiers {
            cells.push(Cell::text(if whole { NONE.to_owned() } else { tier(unit) }));
        }
        cells
    };
    for (id, name) in names {
        let years = by_id.iter().flat_map(|units| of(units.get(id).copied(), false));
        page.row(&[Cell::text(name.to_owned())].into_iter().chain(years).collect::<Vec<_>>())?;
    }
    let whole = ranking.years.iter().flat_map(|y| of(Some(&y.whole), true));
    page.group(&[Cell::text("合计")].into_iter().chain(whole).collect::<Vec<_>>())?;
    page.finish()
}
