//! 合计 of a page: what is filled in and what the machine leaves, as marks and the grade that they come to, for the reviewer who has to
//! confirm one. Must not stand for the result: that is made by the program, red lines included.

use rust_xlsxwriter::Formula;

use super::item::{Sheet, State};
use crate::base::form;
use crate::base::points::Points;

/// Ranges of the cells of criteria that apply, each as formulas take them.
pub struct Cells {
    /// 分值
    pub points: Vec<String>,
    /// 扣分
    pub marks: Vec<String>,
    /// 得分
    pub got: Vec<String>,
    /// 扣分 of those that must be filled.
    pub must: Vec<String>,
}

/// What an item leaves while nobody has marked it; nothing where somebody has to.
pub fn left(item: &super::item::Item<'_>) -> Option<Points> {
    item.points.map(|p| p.points() - item.lost).filter(|_| item.state == State::May)
}

/// Points that apply, are taken off by hand, and are got, with what is filled in, and what the machine leaves where that is shown.
pub fn sums(sheet: &Sheet<'_>, machine: bool) -> (Points, Points, Points) {
    let (mut of, mut off, mut got) = (Points::ZERO, Points::ZERO, Points::ZERO);
    for item in sheet.items.iter().filter(|i| i.state != State::Off) {
        let points = item.points.map(|p| p.points()).unwrap_or_default();
        match sheet.filled.entries.get(item.id) {
            Some(entry) if entry.off.is_none() => continue,
            Some(entry) => {
                let lost = entry.off.unwrap_or_default();
                (off, got) = (off + lost, got + points - lost);
            }
            None => got += left(item).filter(|_| machine).unwrap_or_default(),
        }
        of += points;
    }
    (of, off, got)
}

/// The marks on the rubric's scale with their grade, once all that must be filled in is.
pub fn grade(sheet: &Sheet<'_>, cells: &Cells) -> Option<Formula> {
    let rubric = sheet.rubric?;
    let total = rubric.total?.points();
    let must = sheet.items.iter().filter(|i| i.state == State::Must).count();
    let (points, got) = (cells.points.join(","), cells.got.join(","));
    let aside =
        cells.marks.iter().zip(&cells.points).map(|(m, p)| format!("-SUMIF({m},\"{}\",{p})", form::NOT_APPLICABLE)).collect::<String>();
    // Rounded where no mark can tell, so that a sum of halves stays on its side of an edge.
    let marks = format!("ROUND(SUM({got})/(SUM({points}){aside})*{total},6)");
    let mut words = rubric.grades.last().map(|g| format!("\"{}\"", g.title)).unwrap_or_default();
    for grade in rubric.grades.iter().rev().skip(1) {
        words = format!("IF({marks}>={},\"{}\",{words})", grade.from?.points(), grade.title);
    }
    let counted = if must > 0 { format!("COUNTA({})<{must}", cells.must.join(",")) } else { "FALSE".to_owned() };
    let formula = format!("=IF({counted},\"{WAITING}\",\"折合 \"&ROUND({marks},2)&\" 分，对应\"&{words}&\"（未计红线）\")");
    Some(Formula::new(formula).set_result(shown(sheet, total)))
}

const WAITING: &str = "必填项填完后显示折合分和对应等次";

/// What it shows before anything is reckoned anew.
fn shown(sheet: &Sheet<'_>, total: Points) -> String {
    let (of, _, got) = sums(sheet, true);
    let (Some(rubric), false, false) = (sheet.rubric, of.is_zero(), sheet.filled.is_empty()) else { return WAITING.to_owned() };
    let marks = got * total / of;
    let grade = rubric.grades.iter().find(|g| g.from.is_some_and(|from| marks >= from.points())).map_or("", |g| g.title.as_str());
    format!("折合 {marks} 分，对应{grade}（未计红线）")
}
