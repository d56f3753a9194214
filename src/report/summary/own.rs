//! 总表, 机构考核: what every office itself came to by rubrics about offices. Must not be there without such a rubric, nor rank.

use super::Input;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::pages::own::grade;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    if input.results.own_rubrics.is_empty() {
        return Ok(());
    }
    let columns = vec![
        Column::new("机构", 170, Kind::Text),
        Column::new("对象", 90, Kind::Centre),
        Column::new("评价标准", 250, Kind::Text),
        Column::new("得分\n（确定）", 72, Kind::Number),
        Column::new("得分\n（可能）", 72, Kind::Number),
        Column::new("满分", 60, Kind::Number),
        Column::new("等次", 190, Kind::Centre),
    ];
    let note = "机构本身按机构指标的得分，不计入案件的件数、等次和率；逐项见各机构工作簿的“机构考核”。确定与可能不同的，是有指标没有填报或不能核对。";
    let plan = Plan { name: sheets::OWN, title: input.title("机构考核"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    for office in &input.results.offices {
        for own in &office.own {
            let rubric = input.results.own_rubrics.iter().find(|r| r.id == own.rubric);
            let title = rubric.map_or_else(|| own.rubric.clone(), |r| format!("{} {}", words::without_standing(&r.title), r.version));
            let number = |n: Option<crate::record::number::Number>| n.map_or(Cell::Blank, |n| Cell::Number(n.shown()));
            let possible: Vec<&str> = own.possible.iter().map(String::as_str).collect();
            page.row(&[
                Cell::text(office.name.as_str()),
                Cell::text(if own.subject == "firm" { "律师事务所" } else { "机构" }),
                Cell::text(title),
                number(own.marks.as_ref().map(|m| m.low)),
                number(own.marks.as_ref().map(|m| m.high)),
                number(own.marks.as_ref().map(|m| m.total)),
                Cell::text(grade(own.grade.as_deref(), &possible)),
            ])?;
        }
    }
    page.finish()
}
