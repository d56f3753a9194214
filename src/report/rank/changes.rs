//! 变化: what cases, rubric and reviewers changed in the mean mark. Must not show 0 for what nobody can tell.

use super::{NONE, SHEETS, stamped, title, who};
use crate::record::rank::{Part, RankYear, Ranking};
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
    let columns = vec![
        Column::new(who(ranking), 150, Kind::Text),
        Column::new("上次\n平均分", 100, Kind::Number),
        Column::new("本次\n平均分", 100, Kind::Number),
        Column::new("总变化", 66, Kind::Number),
        Column::new("其中\n案件", 66, Kind::Number),
        Column::new("其中\n标准", 66, Kind::Number),
        Column::new("其中\n评委", 66, Kind::Number),
        Column::new("分不出\n的合计", 66, Kind::Number),
        Column::new("说明", 430, Kind::Text),
    ];
    let note = "总变化＝案件＋标准＋评委（＋分不出的合计），以精确分数计，显示的两位小数也相加相等。标准：同一批案件按两年标准各评一次之差；\
                评委：评到本机构的专家相对同组其他专家的宽严之差；案件：其余。分不出的不写 0。";
    let plan = Plan { name: SHEETS[2], title: title(ranking, "平均分变化"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    stamped(&mut page, ranking);
    if ranking.changes.is_empty() {
        page.band("只有一年的结果，没有变化可说")?;
    }
    for change in ranking.changes.iter().rev() {
        page.band(&format!("{} 年与 {} 年比", change.year, change.from))?;
        let find = |year: i16| ranking.years.iter().find(|y| y.year == year);
        let mean = |year: Option<&RankYear>, id: &str| {
            let unit = year.and_then(|y| if id == "all" { Some(&y.whole) } else { y.units.iter().find(|u| u.id == id) });
            super::marks(unit.and_then(|u| u.mean))
        };
        for unit in &change.units {
            let apart = unit.not_told_apart.as_ref();
            page.row(&[
                Cell::text(unit.name.clone()),
                mean(find(change.from), &unit.id),
                mean(find(change.year), &unit.id),
                part(&unit.total),
                part(&unit.cases),
                part(&unit.rubric),
                part(&unit.reviewers),
                apart.map_or(Cell::text(NONE), |j| Cell::Number(j.shown.shown())),
                Cell::text(why(unit)),
            ])?;
        }
        for (what, list) in [("上次没有", &change.new), ("本次没有", &change.gone)] {
            if !list.is_empty() {
                page.band(&format!("{what}：{}", list.join("、")))?;
            }
        }
        for said in &change.notes {
            page.band(&said.zh)?;
        }
    }
    page.finish()
}

fn part<'a>(part: &Part) -> Cell<'a> {
    part.shown.map_or(Cell::text(NONE), |n| Cell::Number(n.shown()))
}

/// Why a part is as it is, the important things first.
fn why(unit: &crate::record::rank::UnitChange) -> String {
    if unit.total.exact.is_none() {
        let between = unit.total_between.map(|[low, high]| format!("；总变化在 {low} 至 {high} 之间")).unwrap_or_default();
        return format!("{}{between}", unit.total.why.zh);
    }
    let mut parts = Vec::new();
    for (name, part) in [("标准", &unit.rubric), ("评委", &unit.reviewers)] {
        parts.push(format!("{name}：{}", part.why.zh));
    }
    parts.join("；")
}
