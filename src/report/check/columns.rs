//! 没有认出的列: columns of registers that no field claims, and below them what else could not be read or used.
//! Must not be capped: nothing is ignored in silence.

use super::Checked;
use crate::record::v1::{Check, ProblemRecord};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::place;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::check;

/// Columns with one header that nobody claims, in all sheets that have it.
struct Unclaimed<'a> {
    header: &'a str,
    near: Option<&'a str>,
    sheets: Vec<String>,
    letters: Vec<&'a str>,
}

/// By header, those with a near name first.
fn unclaimed(check: &Check) -> Vec<Unclaimed<'_>> {
    let mut all: Vec<Unclaimed<'_>> = Vec::new();
    for register in &check.results.registers {
        let file = register.sheet.as_ref().map_or_else(|| register.path.clone(), |s| format!("{} {s}", register.path));
        for column in &register.unclaimed_columns {
            let near = column.closest.as_deref();
            match all.iter_mut().find(|u| u.header == column.header && u.near == near) {
                Some(same) => {
                    same.sheets.push(file.clone());
                    if !same.letters.contains(&column.column.as_str()) {
                        same.letters.push(&column.column);
                    }
                }
                None => all.push(Unclaimed { header: &column.header, near, sheets: vec![file.clone()], letters: vec![&column.column] }),
            }
        }
    }
    all.sort_by_key(|u| u.near.is_none());
    all
}

/// Headers that nobody claims and a name near to each, with how many sheets have it.
pub fn near(check: &Check) -> Vec<(&str, &str, usize)> {
    unclaimed(check).into_iter().filter_map(|u| Some((u.header, u.near?, u.sheets.len()))).collect()
}

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("登记表", 250, Kind::Text),
        Column::new("列", 60, Kind::Centre),
        Column::new("表头", 210, Kind::Text),
        Column::new("最接近的名称", 150, Kind::Text),
        Column::new("怎么办", 330, Kind::Text),
    ];
    let note = "这些列的内容没有参加核查。应当使用的，把表头改成规定的名称，或在 audit.toml 的 [columns] 中写明；不用的列无须处理。\
                下面还列出读不了、用不上的文件和行。";
    let plan = Plan {
        name: check::COLUMNS, title: checked.input.title("没有认出的列和数据问题"), note: note.to_owned(), columns, keys: 0
    };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    let unclaimed = unclaimed(checked.check);
    for (number, column) in (1_u64..).zip(&unclaimed) {
        let (header, near) = (column.header, column.near);
        let advice = match near {
            Some(near) => format!("如是“{near}”，把表头改成“{near}”，或在 audit.toml 的 [columns] 写：\"{header}\" = \"{near}\""),
            None => "不参加核查，不用的无须处理；要用的，运行 juanping explain 看全部名称，再改表头".to_owned(),
        };
        page.row(&[
            Cell::count(number),
            Cell::text(match column.sheets.as_slice() {
                [first, second, third, .., last] => format!("{first}\n{second}\n{third}\n……{last}\n共 {} 张表", column.sheets.len()),
                few => few.join("\n"),
            }),
            Cell::text(column.letters.join("、")),
            Cell::text(header),
            Cell::text(near.unwrap_or("（没有相近的）")),
            Cell::text(advice),
        ])?;
    }
    if unclaimed.is_empty() {
        page.row(&[Cell::Blank, Cell::text("（全部认出）"), Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank])?;
    }
    // Unclaimed columns stand above, one a line.
    let rest: Vec<&ProblemRecord> = checked.check.results.problems.iter().filter(|p| p.code != "P012").collect();
    if !rest.is_empty() {
        page.band(&format!("数据问题 {} 个：读不了、用不上的文件、行和格", rest.len()))?;
        for (i, problem) in rest.iter().enumerate() {
            let places: Vec<String> = problem.places.iter().map(place).collect();
            page.row(&[
                Cell::count(i as u64 + 1),
                Cell::text(places.join("\n")),
                Cell::text(problem.code.as_str()),
                Cell::text(&*problem.message.zh),
                Cell::text(crate::base::problem::kind(&problem.code).map_or("", |k| &*k.title.zh)),
                Cell::text(&*problem.advice.zh),
            ])?;
        }
    }
    page.finish()
}
