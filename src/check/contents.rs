//! The lines of a 卷内目录 in their order, one list a volume. Must not judge them.

use super::{Observation, Target};
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::document::{Document, Statement};

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Zero-based position in its list.
    pub position: u32,
    /// Pages as written, even when reversed.
    pub pages: Option<(u32, u32)>,
    /// The statement.
    pub document: &'a Document,
}

impl Line<'_> {
    /// What an observation about this line is about.
    pub fn target(&self) -> Target {
        match (self.document.kind, self.pages) {
            (Some(kind), _) => Target::Document(kind),
            (None, Some((a, b))) => Target::Other(format!("contents:{a}-{b}")),
            (None, None) => Target::Other("contents".to_owned()),
        }
    }
}

/// The lines, volumes in order of reading, lines in order of position.
pub fn volumes(case: &Case) -> Vec<Vec<Line<'_>>> {
    let mut volumes: Vec<Vec<Line<'_>>> = Vec::new();
    for document in &case.documents {
        let Statement::Line { position, pages } = document.statement else { continue };
        let line = Line { position, pages, document };
        // Two lists in one dossier are two volumes: they come from different files or sheets.
        match volumes.iter_mut().find(|v| v.first().is_some_and(|l| l.document.place.origin == document.place.origin)) {
            Some(volume) => volume.push(line),
            None => volumes.push(vec![line]),
        }
    }
    for volume in &mut volumes {
        volume.sort_by_key(|l| l.position);
    }
    volumes
}

/// What is said when there is no 卷内目录 at all.
pub fn none(case: &Case) -> Observation {
    let said = Text::fixed(
        "没有读到卷内目录，无法核对；请在登记表“卷内目录”栏填写，或在案卷中放入目录文件",
        "no list of contents was found; fill in that column of the register, or put the list into the dossier",
    );
    let target = Target::Other("contents".to_owned());
    Observation::absent(said, vec![case.home_seen()], vec![target.clone()]).about(target).any_number()
}
