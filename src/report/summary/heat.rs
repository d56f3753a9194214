//! 指标热力图: which share of its cases lost points, criterion by office. Must not print a share where nothing was graded.

use rust_xlsxwriter::{ConditionalFormat3ColorScale, ConditionalFormatType};

use super::Input;
use crate::record::v1::Office;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::share;
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, SUMMARY};

/// Columns before the offices.
const BEFORE: u16 = 3;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let offices = &input.results.offices;
    let mut columns =
        vec![Column::new("评估标准", 150, Kind::Text), Column::new("编号", 52, Kind::Centre), Column::new("指标", 220, Kind::Text)];
    // Excel has 16,384 columns; a province has some two hundred offices.
    let shown = offices.len().min(16_000);
    columns.extend(offices.iter().take(shown).map(|o| Column::new(&*o.name, 86, Kind::Percent)));
    let note = "格内为失分案件占适用案件的比例，颜色越红越集中；空格为该机构没有这一标准的案件。只列有失分的指标。";
    let plan = Plan {
        name: SUMMARY[3], title: input.title("指标热力图（失分案件占比）"), note: note.to_owned(), columns, keys: BEFORE
    };
    let mut page = Page::begin(book, plan)?;
    let right = BEFORE - 1 + u16::try_from(shown).unwrap_or(u16::MAX);
    page.after(move |sheet, last| {
        if right >= BEFORE {
            let scale = ConditionalFormat3ColorScale::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_midpoint(ConditionalFormatType::Number, 0.2)
                .set_maximum(ConditionalFormatType::Number, 0.6)
                .set_minimum_color(0x00F3_F9F0)
                .set_midpoint_color(0x00FF_E699)
                .set_maximum_color(0x00F0_8A7E);
            sheet.add_conditional_format(FIRST, BEFORE, last, right, &scale)?;
        }
        Ok(())
    });
    for rubric in &input.results.rubrics {
        let title = format!("{} {}", words::without_standing(&rubric.title), rubric.version);
        let uses = |o: &Office| o.lost.iter().any(|l| l.rubric == rubric.id);
        for criterion in &rubric.criteria {
            let of = |o: &Office| o.lost.iter().find(|l| l.rubric == rubric.id && l.criterion == criterion.id).cloned();
            if !offices.iter().any(|o| of(o).is_some_and(|l| l.cases > 0)) {
                continue;
            }
            let mut cells = vec![Cell::text(title.as_str()), Cell::text(criterion.id.as_str()), Cell::text(&*criterion.title.zh)];
            cells.extend(offices.iter().take(shown).map(|o| match of(o) {
                Some(l) if l.of > 0 => Cell::Number(share(l.cases, l.of)),
                None if uses(o) => Cell::Number(0.0),
                _ => Cell::Blank,
            }));
            page.row(&cells)?;
        }
    }
    page.finish()
}
