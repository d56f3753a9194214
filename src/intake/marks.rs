//! Score sheets (评分表) and marks in register columns. Must not turn a mark into points.

use std::sync::Arc;

use super::checklist::is_blank;
use super::register::place;
use super::row::{Kind, Row};
use super::table::ScoreTable;
use crate::base::place::{Origin, Place};
use crate::base::points::Points;
use crate::model::mark::{Given, Mark};
use crate::reference::identifiers::canonical_case_no;

/// One line of a score sheet.
#[derive(Debug, Clone)]
pub struct Scored {
    /// Canonical number.
    pub case_no: String,
    /// Stage as written, when there is such a column.
    pub stage: String,
    /// Office as written, when there is such a column.
    pub office: String,
    /// Criterion as written.
    pub criterion: String,
    /// What was given; `None` when it is not valid.
    pub given: Option<Given>,
    /// Reviewer.
    pub reviewer: Option<Arc<str>>,
    /// Reason.
    pub reason: Option<Arc<str>>,
    /// Kind of shortcoming.
    pub situation: Option<Arc<str>>,
    /// Pages of the dossier.
    pub pages: Option<Arc<str>>,
    /// The cell of the mark.
    pub place: Place,
    /// As written.
    pub raw: Arc<str>,
}

/// Reads `5`, `4.5分`, `良好`; `None` for a number that is none, such as `3..5` or `1e3`.
pub fn given(text: &str) -> Option<Given> {
    let text = text.trim();
    let bare = text.strip_suffix('分').unwrap_or(text);
    if let Some(points) = Points::parse(bare) {
        return Some(Given::Score(points));
    }
    let number_like = text.starts_with(|c: char| c.is_numeric() || matches!(c, '-' | '+' | '.' | '－' | '#'));
    (!number_like && !text.is_empty() && text.chars().count() <= 50).then(|| Given::Word(text.into()))
}

/// The line of a row; `None` for rows without a case number, criterion or mark, and for repeated headers.
pub fn line(row: &Row, table: &ScoreTable, origin: &Arc<Origin>) -> Option<Scored> {
    let (number, criterion, raw) = (row.text_at(table.case_no), row.text_at(table.criterion), row.text_at(table.given));
    if is_blank(number) || is_blank(criterion) || is_blank(raw) || number == "案号" {
        return None;
    }
    let spoiled = row.cells().any(|c| c.col == table.given && c.kind == Kind::Error);
    let optional = |col: Option<u16>| col.map(|c| row.text_at(c)).filter(|t| !is_blank(t)).map(Arc::from);
    Some(Scored {
        case_no: canonical_case_no(number),
        stage: table.stage.map(|c| row.text_at(c)).unwrap_or_default().to_owned(),
        office: table.office.map(|c| row.text_at(c)).unwrap_or_default().to_owned(),
        criterion: criterion.to_owned(),
        given: if spoiled { None } else { given(raw) },
        reviewer: optional(table.reviewer),
        reason: optional(table.reason),
        situation: None,
        pages: None,
        place: place(origin, row.number, table.given),
        raw: raw.into(),
    })
}

impl Scored {
    /// The mark for a criterion of the run.
    pub fn mark(self, criterion: &str) -> Option<Mark> {
        let given = self.given?;
        Some(Mark {
            criterion: criterion.into(),
            given,
            reviewer: self.reviewer,
            reason: self.reason,
            situation: self.situation,
            pages: self.pages,
            place: self.place,
            raw: self.raw,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_nonsense() {
        assert_eq!(given("4.5"), Points::parse("4.5").map(Given::Score));
        assert_eq!(given("5分"), Some(Given::Score(Points::whole(5))));
        assert_eq!(given("良好"), Some(Given::Word("良好".into())));
        assert_eq!(given("成立"), Some(Given::Word("成立".into())));
        for bad in ["1e3", "3..5", "#REF!", ""] {
            assert_eq!(given(bad), None, "{bad}");
        }
    }
}
