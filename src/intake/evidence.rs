//! How the papers of a case can be seen: as declared, or as its 卷内目录 and its files show. Must not take silence for absence.

use crate::model::case::Case;
use crate::model::document::{Evidence, Statement};

/// What holds for a case: its own word, else that of the settings, else what is evident. Where some of a dossier could not be looked
/// at, no paper may be called missing for want of a file.
pub fn settle(case: &Case, declared: Option<Evidence>, settings: Option<Evidence>, partial: bool) -> Option<Evidence> {
    if case.secret {
        // Its files are not looked at, so that none of them can be called missing.
        return None;
    }
    let found = declared.or(settings).or_else(|| complete(case).then_some(Evidence::Scanned));
    if partial && found == Some(Evidence::Scanned) { Some(Evidence::Mixed) } else { found }
}

/// Whether the dossier is evidently complete in scans: it has a 卷内目录, and every paper of it is there as a file.
fn complete(case: &Case) -> bool {
    let mut lines = case.documents.iter().filter(|d| matches!(d.statement, Statement::Line { .. })).peekable();
    let files = |kind| case.documents.iter().any(|d| d.kind == kind && d.statement == Statement::File);
    lines.peek().is_some() && lines.all(|line| line.kind.is_some() && files(line.kind))
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::base::place::Place;
    use crate::model::case::Case;
    use crate::model::document::{Document, Evidence, Statement};
    use crate::model::vocabulary::DocumentId;

    fn case(lines: &[Option<u16>], files: &[u16]) -> Case {
        let document = |kind: Option<u16>, statement: Statement| Document {
            kind: kind.map(DocumentId),
            title: "".into(),
            statement,
            place: Place::file("x"),
            bytes: 0,
        };
        let mut case = Case::empty(Place::file("x"));
        case.documents.extend(lines.iter().map(|k| document(*k, Statement::Line { position: 0, pages: None })));
        case.documents.extend(files.iter().map(|k| document(Some(*k), Statement::File)));
        case
    }

    #[test]
    fn only_a_list_that_the_files_cover_makes_a_dossier_complete() {
        let scanned = Some(Evidence::Scanned);
        assert_eq!(settle(&case(&[Some(1), Some(2)], &[1, 2, 3]), None, None, false), scanned);
        assert_eq!(settle(&case(&[Some(1), Some(2)], &[1]), None, None, false), None);
        assert_eq!(settle(&case(&[Some(1), None], &[1]), None, None, false), None, "a line that nobody knows");
        assert_eq!(settle(&case(&[], &[1, 2]), None, None, false), None, "files without a list");
        assert_eq!(settle(&case(&[Some(1)], &[1]), None, Some(Evidence::Paper), false), Some(Evidence::Paper));
        assert_eq!(settle(&case(&[], &[]), scanned, Some(Evidence::Paper), false), scanned);
        assert_eq!(settle(&case(&[], &[]), scanned, None, true), Some(Evidence::Mixed), "what cannot be seen is not missing");
        assert_eq!(settle(&Case { secret: true, ..case(&[], &[]) }, scanned, None, false), None);
    }
}
