//! How the papers of a case can be seen: as declared, or as its 卷内目录 and its files show. Must not take silence for absence.

use crate::model::case::Case;
use crate::model::document::{Evidence, Statement};

/// What was found of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scans {
    /// A folder, an archive or files.
    Found,
    /// Some of it, or all, could not be looked at.
    Partial,
    /// Nothing at all.
    Nowhere,
}

/// What holds for a case: its own word, else that of the settings, else what is evident. Where some of a dossier could not be looked
/// at, or none was found, no paper may be called missing for want of a file.
pub fn settle(case: &Case, declared: Option<Evidence>, settings: Option<Evidence>, scans: Scans) -> Option<Evidence> {
    if case.secret {
        // Its files are not looked at, so that none of them can be called missing.
        return None;
    }
    let found = declared.or(settings).or_else(|| complete(case).then_some(Evidence::Scanned));
    match (found, scans) {
        (Some(Evidence::Scanned), Scans::Partial) => Some(Evidence::Mixed),
        (Some(Evidence::Scanned), Scans::Nowhere) => None,
        _ => found,
    }
}

/// Whether a case should be scanned and no scan of it was found.
pub fn is_lost(case: &Case, declared: Option<Evidence>, settings: Option<Evidence>, scans: Scans) -> bool {
    !case.secret && scans == Scans::Nowhere && declared.or(settings) == Some(Evidence::Scanned)
}

/// Whether the dossier is evidently complete in scans: it has a 卷内目录, and every paper of it is there as a file.
fn complete(case: &Case) -> bool {
    let mut lines = case.documents.iter().filter(|d| matches!(d.statement, Statement::Line { .. })).peekable();
    let files = |kind| case.documents.iter().any(|d| d.kind == kind && d.statement == Statement::File);
    lines.peek().is_some() && lines.all(|line| line.kind.is_some() && files(line.kind))
}

#[cfg(test)]
mod tests {
    use super::{Scans, is_lost, settle};
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
        assert_eq!(settle(&case(&[Some(1), Some(2)], &[1, 2, 3]), None, None, Scans::Found), scanned);
        assert_eq!(settle(&case(&[Some(1), Some(2)], &[1]), None, None, Scans::Found), None);
        assert_eq!(settle(&case(&[Some(1), None], &[1]), None, None, Scans::Found), None, "a line that nobody knows");
        assert_eq!(settle(&case(&[], &[1, 2]), None, None, Scans::Found), None, "files without a list");
        assert_eq!(settle(&case(&[Some(1)], &[1]), None, Some(Evidence::Paper), Scans::Found), Some(Evidence::Paper));
        assert_eq!(settle(&case(&[], &[]), scanned, Some(Evidence::Paper), Scans::Found), scanned);
        assert_eq!(settle(&case(&[], &[]), scanned, None, Scans::Partial), Some(Evidence::Mixed), "what cannot be seen is not missing");
        assert_eq!(settle(&case(&[], &[]), scanned, None, Scans::Nowhere), None, "what was not found is not missing");
        assert!(is_lost(&case(&[], &[]), None, scanned, Scans::Nowhere));
        assert!(!is_lost(&case(&[], &[]), scanned, None, Scans::Partial), "that is told where it could not be read");
        assert!(!is_lost(&case(&[], &[]), Some(Evidence::Paper), scanned, Scans::Nowhere));
        assert!(!is_lost(&Case { secret: true, ..case(&[], &[]) }, scanned, None, Scans::Nowhere));
        assert_eq!(settle(&Case { secret: true, ..case(&[], &[]) }, scanned, None, Scans::Found), None);
    }
}
