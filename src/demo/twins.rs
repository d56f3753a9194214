//! What two cases of an office share: which earlier case suits, and how the later one gets what it has. Must not plant anything else.

use super::defect::Twin;
use super::paper::{Form, Paper};
use super::shape::Shape;
use super::story::{Cell, Story};

/// The talk whose words are shared.
const TALK: &str = "interview_note";

/// The papers of which a page may lie in two dossiers, with their titles.
fn scans(papers: &[Paper]) -> impl Iterator<Item = (&'static str, &'static str)> {
    papers.iter().filter(|p| p.form == Form::Scan).map(|p| (p.id, p.title))
}

/// The paper of a talk.
fn talk(papers: &[Paper]) -> Option<&'static str> {
    papers.iter().find(|p| p.id == TALK).map(|p| p.title)
}

/// The last case before that suits: graded, of another person, with nothing wrong with what is shared.
pub fn find(twin: Twin, shape: &Shape, papers: &[Paper], before: &[Story]) -> Option<usize> {
    let graded = |s: &&Story| !s.marks.is_empty();
    let free = |s: &Story| !s.twin && s.flaws.is_empty() && s.slips.is_empty();
    let suits = |s: &Story| match twin {
        Twin::Number | Twin::Hole => s.shape.is_criminal() == shape.is_criminal(),
        Twin::Text => free(s) && s.holds(TALK) && talk(papers).is_some_and(|title| talk(&s.papers) == Some(title)),
        Twin::Scan => free(s) && scans(papers).any(|one| scans(&s.papers).any(|other| other == one)),
    };
    // The one just before: an archive number is that of the one just before, whatever is wrong with that.
    before.iter().rposition(|s| graded(&s) && suits(s))
}

/// Gives a case what an earlier one has.
pub fn share(twin: Twin, story: &mut Story, other: &mut Story) {
    // What one person has in two dossiers is in order.
    let name = story.text("recipient").to_owned();
    if name == other.known_text("recipient") {
        let stem = if name.ends_with('甲') { '癸' } else { '甲' };
        let name: String = name.chars().take(2).chain([stem]).collect();
        story.original.insert("recipient", Cell::Text(name.clone()));
        story.set_text("recipient", name);
    }
    match twin {
        Twin::Number => story.set_text("archive_no", other.text("archive_no").to_owned()),
        Twin::Hole => {}
        Twin::Text => {
            other.twin = true;
            story.echo = Some((TALK, Box::new(Story { echo: None, ..other.clone() })));
        }
        Twin::Scan => {
            let paper = scans(&story.papers).find(|one| scans(&other.papers).any(|o| o == *one));
            other.twin = true;
            story.shared = paper.map(|(id, _)| (id, other.case_no()));
        }
    }
    story.twin |= twin == Twin::Text || twin == Twin::Scan;
}
