//! 评估标准: every criterion and red line of the rubrics in use. Must not print a basis as sure that nobody verified.

use super::Input;
use crate::record::v1::RubricRecord;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let bands: Vec<_> = input.frame.rubrics.iter().map(|r| bands(r)).collect();
    let note = format!(
        "标准性质：{}。等次：{}。标“依据待核”的依据尚未核对原文，引用前请核对。",
        words::standing(&input.context),
        bands.join("；")
    );
    rubrics(book, &input.frame.rubrics, input.title("评估标准"), note)
}

/// One table of several rubrics.
///
/// # Errors
/// When a sheet does not take it.
pub fn rubrics(book: &mut Book, rubrics: &[&RubricRecord], title: String, note: String) -> Result<()> {
    let columns = vec![
        Column::new("评估标准", 150, Kind::Text),
        Column::new("分组", 92, Kind::Centre),
        Column::new("编号", 52, Kind::Centre),
        Column::new("指标", 220, Kind::Text),
        Column::new("性质", 64, Kind::Centre),
        Column::new("分值", 52, Kind::Number),
        Column::new("检查方法", 100, Kind::Centre),
        Column::new("扣分办法", 190, Kind::Text),
        Column::new("依据", 260, Kind::Text),
        Column::new("能否补正", 70, Kind::Centre),
        Column::new("处理建议", 260, Kind::Text),
    ];
    let mut page = Page::begin(book, Plan { name: sheets::STANDARD, title, note, columns, keys: 3 })?;
    for rubric in rubrics {
        let title = format!("{} {}", words::without_standing(&rubric.title), rubric.version);
        for c in &rubric.criteria {
            page.row(&[
                Cell::text(title.as_str()),
                Cell::text(c.group.as_str()),
                Cell::text(c.id.as_str()),
                Cell::text(&*c.title.zh),
                Cell::text(words::kind(&c.kind)),
                c.points.map_or(Cell::Blank, |p| Cell::Number(p.shown())),
                Cell::text(words::decided(c)),
                Cell::text(&*c.deduct.zh),
                Cell::text(&*c.basis.zh),
                Cell::text(words::remedy(&c.remedy)),
                Cell::text(&*c.fix.zh),
            ])?;
        }
        for red in &rubric.red_lines {
            let mode = if red.human { "只作提示，由有权人员决定" } else { "触及即限定等次" };
            page.row(&[
                Cell::text(title.as_str()),
                Cell::text("红线"),
                Cell::text(red.id.as_str()),
                Cell::text(&*red.title.zh),
                Cell::text("一票否决"),
                Cell::Blank,
                Cell::text(if red.human { "人工决定" } else { "程序" }),
                Cell::text(format!("{mode}；最高只能评为“{}”", red.grade)),
                Cell::text(&*red.basis.zh),
                Cell::Blank,
                Cell::Blank,
            ])?;
        }
        if let Some(rules) = &rubric.reconcile {
            let mut cells = [const { Cell::Blank }; 11];
            for (at, words) in [(0, title.as_str()), (1, "复评"), (3, "几份评分怎样得出结果"), (7, &*rules.zh)] {
                cells[at] = Cell::text(words);
            }
            page.row(&cells)?;
        }
    }
    page.finish()
}

/// 等次 and their bands in words.
fn bands(rubric: &RubricRecord) -> String {
    let of: Vec<_> =
        rubric.grades.iter().map(|g| g.from.map_or_else(|| g.title.clone(), |from| format!("{} {}分起", g.title, from.points()))).collect();
    let total = rubric.total.map_or_else(String::new, |t| format!("满分{}，", t.points()));
    let counting = if rubric.counting == "exclusive" { "各等次分别统计" } else { "合格率含优秀、良好" };
    format!("{}：{total}{}（{counting}）", words::without_standing(&rubric.title), of.join("、"))
}
