//! 标识: the hidden sheet by which a returned workbook is known again. Must not hold a mark or a name.

use super::item::State;
use super::{Pack, identity_of};
use crate::base::form::{self, key};
use crate::record::plan::Part;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::limits;

/// Writes the sheet.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, pack: &Pack<'_>) -> Result<()> {
    let (kind, frame) = identity_of(pack);
    let layout = form::Layout::WORDS.iter().find(|(_, l)| *l == pack.input.layout).map_or("", |(word, _)| *word);
    let mut rows: Vec<Vec<String>> = [
        (key::KIND, kind),
        (key::FORMAT, form::FORMAT),
        (key::BATCH, &pack.input.context.batch.title),
        (key::FRAME, &frame),
        (key::REVIEWER, pack.code),
        (key::LAYOUT, layout),
    ]
    .into_iter()
    .map(|(k, v)| vec![k.to_owned(), v.to_owned()])
    .collect();
    for rubric in pack.input.context.rubrics {
        if pack.sheets.iter().any(|s| s.rubric.is_some_and(|r| r.id == rubric.id)) {
            rows.push([key::RUBRIC, &rubric.id, &rubric.version, &rubric.sha256].map(str::to_owned).to_vec());
        }
    }
    for sheet in &pack.sheets {
        let ids = |state| {
            let items = sheet.items.iter().filter(move |i| i.state == state).map(|i| i.id.as_str());
            let lines = sheet.lines.iter().filter(move |l| l.state == state).map(|l| l.id.as_str());
            items.chain(lines).collect::<Vec<_>>().join(" ")
        };
        rows.push(vec![
            key::PAGE.to_owned(),
            sheet.name.clone(),
            sheet.key.office.to_string(),
            sheet.key.case_no.to_string(),
            sheet.key.stage.as_deref().unwrap_or_default().to_owned(),
            sheet.rubric.map_or_else(String::new, |r| r.id.clone()),
            ids(State::Must),
            ids(State::May),
            match sheet.part {
                Part::Whole => form::WHOLE,
                Part::Regularity => "regularity",
                Part::Substance => "substance",
            }
            .to_owned(),
        ]);
    }
    let mut page = book.free(form::IDENTITY)?;
    for (row, words) in (0_u32..).zip(&rows) {
        for (col, word) in (0_u16..).zip(words) {
            page.write_string(row, col, limits::fit(word))?;
        }
    }
    page.protect().set_hidden(true);
    book.push(page);
    Ok(())
}
