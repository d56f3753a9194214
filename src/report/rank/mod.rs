//! 排名.xlsx: the annual ranking to print and to publish, and the lines for the terminal. Must not rank, and must not show a case or a
//! person.

mod changes;
mod funnel;
mod lists;
mod places;
mod said;
#[cfg(test)]
mod tests;
mod years;

use super::Result;
use super::book::{About, Book};
use super::cell::Cell;
use super::sheet::Page;
use super::words;
use crate::record::number::Number;
use crate::record::rank::{RankRate, RankUnit, RankYear, Ranking};

pub use said::summary;

/// Name of the file.
pub const FILE: &str = "排名.xlsx";
/// Names of its sheets, in order.
pub const SHEETS: [&str; 7] = ["排名", "历年", "变化", "漏斗图", "漏斗图数据", "全部优良机构", "口径说明"];
/// On every page of what is not final.
const DRAFT: &str = "草稿";

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(ranking: &Ranking) -> Result<Vec<u8>> {
    let fictitious = is_fictitious(ranking);
    let mut book = Book::about(&About {
        title: title(ranking, "法律援助案件质量排名"),
        author: format!("{} {}", ranking.tool.name, ranking.tool.version),
        day: as_of(ranking),
        made: made(ranking),
        fictitious,
        comment: standing(ranking),
    })?;
    places::write(&mut book, ranking)?;
    years::write(&mut book, ranking)?;
    changes::write(&mut book, ranking)?;
    funnel::write(&mut book, ranking)?;
    lists::all_reached(&mut book, ranking)?;
    lists::notes(&mut book, ranking)?;
    book.bytes()
}

fn is_fictitious(ranking: &Ranking) -> bool {
    ranking.sources.iter().any(|s| words::is_fictitious(&s.title))
}

/// The year that the ranking is of.
fn main(ranking: &Ranking) -> Option<&RankYear> {
    ranking.years.iter().find(|y| y.year == ranking.year)
}

/// The latest as-of date of that year.
fn as_of(ranking: &Ranking) -> String {
    let days = ranking.sources.iter().filter(|s| s.year == ranking.year && s.role == "result").map(|s| s.as_of.clone());
    days.max().unwrap_or_default()
}

/// The heading of a sheet, with what it must always say.
fn title(ranking: &Ranking, sheet: &str) -> String {
    let mark = if is_fictitious(ranking) { words::FICTITIOUS } else { "" };
    let draft = if ranking.draft { format!("（{DRAFT}）") } else { String::new() };
    format!("{mark}{}年度{sheet}{draft}", ranking.year)
}

/// Standing of the standard.
fn standing(ranking: &Ranking) -> String {
    if ranking.sources.iter().filter(|s| s.role == "result").all(|s| s.adopted) { "已由发布机关采用" } else { words::SAMPLE }.to_owned()
}

/// The line below every title.
fn made(ranking: &Ranking) -> String {
    let standards = main(ranking).map(|y| {
        let list = y.standards.iter().map(|s| format!("{} {}", words::without_standing(&s.title), s.version));
        list.collect::<Vec<_>>().join("；")
    });
    let draft = if ranking.draft { format!("　　{DRAFT}，尚未定稿") } else { String::new() };
    let mixed = if main(ranking).is_some_and(|y| y.mixed) { "　　所用标准不一，名次只供参考" } else { "" };
    let mut units: Vec<&str> = ranking.sources.iter().filter(|s| s.year == ranking.year).filter_map(|s| s.made_by.as_deref()).collect();
    units.sort_unstable();
    units.dedup();
    // Several units made the results, so none of them made this.
    let unit = if let [one] = units.as_slice() { *one } else { "　　　　　　" };
    format!(
        "制表单位：{unit}　　制表时间：{}（截止日期）　　标准版本：{}（{}）{draft}{mixed}",
        as_of(ranking),
        standards.unwrap_or_default(),
        standing(ranking)
    )
}

/// Puts 草稿 at the head of every printed page.
fn stamped(page: &mut Page<'_>, ranking: &Ranking) {
    if let Some(head) = header(ranking) {
        page.after(move |sheet, _| {
            sheet.set_header(head.as_str());
            Ok(())
        });
    }
}

/// The header of a printed page.
fn header(ranking: &Ranking) -> Option<String> {
    let mark = if is_fictitious(ranking) { words::FICTITIOUS } else { "" };
    ranking.draft.then(|| format!("&C{mark}{DRAFT}"))
}

/// What stands where there is no number.
const NONE: &str = "—";

/// Pixels of a column of rates or marks: room for both ends where somebody has an interval.
fn room(narrow: u32, wide: u32, open: bool) -> u32 {
    if open { wide } else { narrow }
}

/// Whom rows are of.
fn who(ranking: &Ranking) -> &'static str {
    if ranking.by == "group" { "市" } else { "机构" }
}

/// A rate: a share, or both ends while cases are open.
fn rate<'a>(rate: Option<&RankRate>) -> Cell<'a> {
    let Some(rate) = rate else { return Cell::text(NONE) };
    match &rate.percent {
        None => Cell::text(NONE),
        Some(_) if rate.k_low == rate.k_high => Cell::Number(super::figures::share(rate.k_low, rate.n)),
        Some([low, high]) => Cell::text(format!("{low}%～{high}%")),
    }
}

/// A mark: a number, or both ends while it is open.
fn marks<'a>(marks: Option<[Number; 2]>) -> Cell<'a> {
    match marks {
        None => Cell::text(NONE),
        Some([low, high]) if low == high => Cell::Number(low.shown()),
        Some([low, high]) => Cell::text(format!("{low}～{high}")),
    }
}

/// A place: a number, marked while others can move it, or why there is none.
fn place<'a>(unit: &RankUnit) -> Cell<'a> {
    match (unit.place, unit.standing.as_str()) {
        (Some(place), _) if unit.sure => Cell::count(place),
        (Some(place), _) => Cell::text(format!("{place}（暂）")),
        (None, "open") => Cell::text("未定"),
        (None, "below_minimum") => Cell::text("件数不足"),
        (None, _) => Cell::text("无数据"),
    }
}

/// Both ends of a range.
fn range(range: Option<[u64; 2]>) -> String {
    range.map_or_else(|| NONE.to_owned(), |[best, worst]| super::figures::range(best, worst))
}

/// A tier, or which are possible.
fn tier(unit: &RankUnit) -> String {
    match (&unit.tier, unit.possible_tiers.as_slice()) {
        (Some(tier), _) => tier.clone(),
        (None, []) => NONE.to_owned(),
        (None, possible) => format!("未定（{}）", possible.join("、")),
    }
}
