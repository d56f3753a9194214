//! Changes that are more than a late date, a missing paper or an empty field. Must touch nothing else of a case.

use super::draw::Draw;
use super::paper::Line;
use super::story::{Cell, Mark, Story};
use super::timeline::later;

/// The check character of the identity card is another one.
pub fn id_checksum(story: &mut Story, _: &mut Draw) {
    let mut card = story.text("id_no").to_owned();
    let wrong = if card.pop() == Some('1') { '2' } else { '1' };
    card.push(wrong);
    story.set_text("id_no", card);
}

/// One digit of the identity card was left out.
pub fn id_short(story: &mut Story, _: &mut Draw) {
    let card = story.text("id_no").to_owned();
    story.set_text("id_no", format!("{}{}", &card[..9], &card[10..]));
}

/// The date of birth is another one than the identity card says.
pub fn birth(story: &mut Story, _: &mut Draw) {
    if let Some(day) = story.day("birth_on") {
        story.set_day("birth_on", later(day, 30));
    }
}

/// The sex is another one than the identity card says.
pub fn sex(story: &mut Story, _: &mut Draw) {
    let other = if story.text("sex") == "男" { "女" } else { "男" };
    story.set_text("sex", other);
}

/// The check character of the credit code is another one.
pub fn credit(story: &mut Story, _: &mut Draw) {
    let mut code = story.text("firm_credit_code").to_owned();
    let wrong = if code.pop() == Some('8') { '6' } else { '8' };
    code.push(wrong);
    story.set_text("firm_credit_code", code);
}

/// The case number lacks the brackets around the year.
pub fn number(story: &mut Story, _: &mut Draw) {
    story.number = story.case_no().replace(['〔', '〕'], "年").replacen('年', "", 1);
}

/// The judgment is dated after the day it was received.
pub fn judged_after_received(story: &mut Story, draw: &mut Draw) {
    if let Some(received) = story.day("document_received_on") {
        story.set_day("judged_on", later(received, draw.between(1, 4)));
    }
}

/// The meeting is dated after the hearing.
pub fn met_after_hearing(story: &mut Story, draw: &mut Draw) {
    if let Some(hearing) = story.day("hearing_on") {
        story.set_day("interviewed_on", later(hearing, draw.between(1, 3)));
    }
}

/// The files were read before the lawyer was assigned.
pub fn read_before_assigned(story: &mut Story, draw: &mut Draw) {
    if let Some(assigned) = story.day("assigned_on") {
        let n = draw.between(1, 5);
        story.set_day("read_on", assigned.saturating_sub(jiff::Span::new().days(i64::from(n))));
    }
}

/// The opinion was handed in after the judgment.
pub fn opinion_after_judgment(story: &mut Story, draw: &mut Draw) {
    if let Some(judged) = story.day("judged_on") {
        story.set_day("opinion_on", later(judged, draw.between(1, 6)));
    }
}

/// The lawyer was licensed two years before.
pub fn short_practice(story: &mut Story, _: &mut Draw) {
    if let Some(assigned) = story.day("assigned_on") {
        story.set_day("licensed_on", assigned.saturating_sub(jiff::Span::new().days(800)));
        story.facts.insert("practice_years", Cell::Number(2));
    }
}

/// A page is missing between two papers of the list.
pub fn page_hole(story: &mut Story, draw: &mut Draw) {
    on_lines(story, draw, |lines, at| {
        for line in &mut lines[at..] {
            line.from += 1;
            line.to += 1;
        }
    });
}

/// Two papers of the list share a page.
pub fn page_overlap(story: &mut Story, draw: &mut Draw) {
    on_lines(story, draw, |lines, at| {
        for line in &mut lines[at..] {
            line.from -= 1;
            line.to -= 1;
        }
        // A line of its own page before it, so that the two really overlap.
        lines[at - 1].to = lines[at - 1].to.max(lines[at].from);
    });
}

/// Two neighbours of the list have changed places; the pages run on.
pub fn swapped(story: &mut Story, draw: &mut Draw) {
    let at = 1 + draw.index(story.papers.len().saturating_sub(2));
    story.papers.swap(at - 1, at);
    story.lines = Some(super::paper::lines(&story.papers));
}

fn on_lines(story: &mut Story, draw: &mut Draw, change: impl Fn(&mut [Line], usize)) {
    if let Some(lines) = &mut story.lines
        && lines.len() > 2
    {
        let at = 1 + draw.index(lines.len() - 1);
        change(lines, at);
    }
}

/// One paper that was scanned is not in the list.
pub fn unlisted(story: &mut Story, _: &mut Draw) {
    let listed: Vec<_> = story.papers.iter().filter(|p| p.id != "closing_report").copied().collect();
    story.lines = Some(super::paper::lines(&listed));
}

/// One paper of the list was not scanned.
pub fn unscanned(story: &mut Story, _: &mut Draw) {
    story.unscanned.push("closing_report");
}

/// The checklist says that a paper of the list is not there.
pub fn ticked_off(story: &mut Story, _: &mut Draw) {
    story.ticked_off.push("closing_report");
}

/// The register has another day than the papers.
pub fn register_differs(story: &mut Story, draw: &mut Draw) {
    if let Some(day) = story.day("filed_on") {
        story.in_dossier.insert("filed_on", Cell::Day(day));
        story.set_day("filed_on", later(day, draw.between(1, 3)));
    }
}

/// The case is registered a second time, with another firm.
pub fn registered_twice(story: &mut Story, _: &mut Draw) {
    let mut again = story.facts.clone();
    again.insert("firm", Cell::Text(format!("{}分所", story.text("firm"))));
    story.second_row = Some(again);
}

/// Nobody has given this mark yet.
pub fn unmarked(story: &mut Story, _: &mut Draw) {
    let id = if story.shape.is_criminal() { "G07" } else { "F07" };
    story.marks.remove(id);
}

/// The recipient says that money was taken; a person decided that it was so.
pub fn money_taken(story: &mut Story, _: &mut Draw) {
    story.set_text("took_money", "是");
    story.marks.insert("V01", Mark { given: Cell::Text("成立".to_owned()), reason: "经核查属实" });
}
