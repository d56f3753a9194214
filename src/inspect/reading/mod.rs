//! Facts from text: numbers, dates, blanks, titles, phrases. Must not keep text or know a criterion.
//!
//! A text is read line by line with the next line at hand, in pieces that bound what is held at once. Everything is looked for in one
//! spelling ([`spelling`]); what stands in a sentence gives nothing but days, numbers and phrases.

mod blanks;
mod days;
mod line;
mod named;
mod numbers;
mod said;
mod sketch;
pub mod spelling;
pub mod title;
mod usable;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Look;
use super::words::LabelKind;
use crate::model::inside::{Blank, BlankKind, Dated, Named, Reading};
use crate::reference::identifiers::case_no_shape;
use blanks::Labelled;
use line::{Found, Line};
use named::{Answer, Asked};
use said::Said;
use sketch::Sketch;
use title::Head;
use usable::Sense;

/// Most numbers that are kept.
const NUMBERS: usize = 64;
/// Most days that are kept.
const DAYS: usize = 200;
/// Most dates behind labels, answers and blanks that are kept, each.
const FACTS: usize = 500;
/// Bytes of the longest piece that is looked at as one line.
const LINE: usize = 64 << 10;

/// Reads the text of a file page by page; `marks` tells the pages that have something besides text: on them a signature may be a
/// picture, so none is called missing. `None` when there is no text.
pub fn read(text: &[String], marks: &[bool], look: &Look<'_>) -> Option<Reading> {
    let chars = text.iter().map(|page| usable::count(page)).sum::<u64>();
    if chars == 0 {
        return None;
    }
    let chars = u32::try_from(chars).unwrap_or(u32::MAX);
    let mut sense = Sense::default();
    for line in text.iter().flat_map(|page| lines(page)) {
        sense.take(&line.chars().map(spelling::plain).collect::<Vec<_>>());
    }
    if !sense.is_usable() {
        return Some(Reading { usable: false, chars, ..Reading::default() });
    }
    let mut reader = Reader::new(look);
    for (i, page) in text.iter().enumerate() {
        reader.page(u32::try_from(i + 1).unwrap_or(u32::MAX), marks.get(i).copied().unwrap_or(false), page);
    }
    Some(Reading { usable: true, chars, ..reader.finish() })
}

/// The lines of a page, very long ones in pieces.
fn lines(page: &str) -> impl Iterator<Item = &str> {
    page.split(['\n', '\r', '\x0B', '\x0C', '\u{85}', '\u{2028}', '\u{2029}']).flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            let mut end = rest.len().min(LINE);
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            let (piece, after) = rest.split_at_checked(end).filter(|(p, _)| !p.is_empty())?;
            rest = after;
            Some(piece)
        })
    })
}

/// Collects facts.
struct Reader<'a> {
    look: &'a Look<'a>,
    asked: Asked,
    own: Vec<String>,
    said: Said,
    sketch: Sketch,
    head: Option<(Head, u32)>,
    facts: Reading,
    shape: Option<String>,
    numbers: BTreeSet<String>,
    days: BTreeSet<Date>,
    /// Fields of which a value of the case stands somewhere in the text.
    present: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn new(look: &'a Look<'a>) -> Self {
        let asked = Asked::new(look.questions);
        let own = asked.values().map(str::to_owned).collect();
        let said = Said::new(&look.questions.phrases);
        let own_number = &look.questions.case_no;
        let shape = (!own_number.is_empty()).then(|| case_no_shape(own_number));
        let (numbers, days) = (BTreeSet::new(), BTreeSet::new());
        Self {
            look,
            asked,
            own,
            said,
            sketch: Sketch::default(),
            head: None,
            facts: Reading::default(),
            shape,
            numbers,
            days,
            present: BTreeSet::new(),
        }
    }

    fn page(&mut self, page: u32, marked: bool, text: &str) {
        let words = self.look.words;
        let mut before: Option<(Line, Vec<Found<'_>>)> = None;
        let first = self.head.is_none();
        for line in lines(text).map(Line::new).filter(|l| !l.tight.is_empty()) {
            if first {
                self.head.get_or_insert_with(|| (Head::default(), page)).0.take(&line);
            }
            let labels = line.labels(words);
            if let Some((line, found)) = before.replace((line, labels)) {
                let next = before.as_ref().map(|(l, f)| (l, f.as_slice()));
                self.line(page, marked, (&line, &found), next);
            }
        }
        if let Some((line, found)) = before {
            self.line(page, marked, (&line, &found), None);
        }
        self.said.end_of_page(page);
    }

    fn line(&mut self, page: u32, marked: bool, (line, labels): Labelled<'_, '_>, next: Option<Labelled<'_, '_>>) {
        self.said.take(&line.tight, page);
        self.similar(&line.tight);
        self.present.extend(self.asked.in_text(&line.tight).map(str::to_owned));
        for number in numbers::all(line) {
            self.number(number, page);
        }
        for (date, _) in days::all(&line.chars) {
            if self.facts.days.len() < DAYS && self.days.insert(date) {
                self.facts.days.push((date, page));
            }
        }
        for found in labels {
            self.value(page, line, labels, found, next);
        }
        self.count(line, labels, next);
        for what in blanks::all(line, labels, next) {
            let told = what != BlankKind::Signature || !marked;
            if told && self.facts.blanks.len() < FACTS {
                self.facts.blanks.push(Blank { what, page });
            }
        }
    }

    /// Into the similarity hash, without what is the case's own.
    fn similar(&mut self, tight: &str) {
        let mut text = std::borrow::Cow::Borrowed(tight);
        for own in self.own.iter().filter(|o| tight.contains(o.as_str())) {
            text = text.replace(own.as_str(), "").into();
        }
        self.sketch.take(&text);
    }

    fn number(&mut self, number: String, page: u32) {
        let own = &self.look.questions.case_no;
        let number = if !own.is_empty() && number.ends_with(own.as_str()) { own.clone() } else { number };
        // What runs into a number of another shape may be a name; of numbers that are digits alone any may be a person's.
        if self.shape.as_ref().is_some_and(|s| s.is_empty() && number != *own || *s != case_no_shape(&number)) {
            return;
        }
        if self.facts.numbers.len() < NUMBERS && self.numbers.insert(number.clone()) {
            self.facts.numbers.push((number, page));
        }
    }

    /// What stands behind a label: a date, a person, a number.
    fn value(&mut self, page: u32, line: &Line, labels: &[Found<'_>], found: &Found<'_>, next: Option<Labelled<'_, '_>>) {
        let Some(label) = found.label else { return };
        let value = line.part(found.value.clone());
        // A label alone on its line has its value below.
        let alone = labels.len() == 1 && found.cell && value.is_empty() && line.ends(found.span.end) && line.skip(0) == found.span.start;
        let below = next.filter(|(below, labels)| alone && labels.is_empty() && !below.has_cells()).map(|(below, _)| below);
        match label.kind {
            LabelKind::Date => {
                let beside = days::at(&line.chars, found.value.start, true).filter(|(_, end)| *end <= found.value.end);
                let date = beside.or_else(|| below.and_then(|b| days::at(&b.chars, b.skip(0), true)));
                if let Some((date, _)) = date.filter(|_| self.facts.dates.len() < FACTS) {
                    self.facts.dates.push(Dated { field: label.field.clone(), date, page });
                }
            }
            LabelKind::Named if self.asked.has(&label.field) => {
                let answer = match below {
                    Some(below) => self.asked.answer(&label.field, &below.chars, false),
                    None => self.asked.answer(&label.field, value, true),
                };
                let same = match answer {
                    Answer::Nothing => return,
                    Answer::Unclear => None,
                    Answer::Same => Some(true),
                    Answer::Other => Some(false),
                };
                let named = Named { field: label.field.clone(), same, page };
                if self.facts.named.len() < FACTS && !self.facts.named.contains(&named) {
                    self.facts.named.push(named);
                }
            }
            LabelKind::Number => {
                if let Some(number) = numbers::labelled(value).filter(|_| found.colon || found.cell) {
                    self.number(number, page);
                }
            }
            _ => {}
        }
    }

    /// Counts the labels of a form, and those with nothing behind them.
    fn count(&mut self, line: &Line, all: &[Found<'_>], next: Option<Labelled<'_, '_>>) {
        let labels: Vec<&Found<'_>> = all.iter().filter(|f| f.cell).collect();
        let size = |span: &std::ops::Range<usize>| line.part(span.clone()).iter().filter(|c| !spelling::is_blank(**c)).count();
        let covered: usize = labels.iter().map(|f| size(&f.span)).sum();
        // A line of labels alone is the head of a table: what it asks for stands below.
        let whole = covered == line.tight.chars().count() && !labels.iter().any(|f| f.colon);
        let gaps = line.chars.windows(2).any(|w| w == ['\t', '\t']) || line.chars.last() == Some(&'\t');
        if labels.len() >= 2 && whole && !gaps {
            return;
        }
        for found in labels {
            self.facts.labels.0 = self.facts.labels.0.saturating_add(1);
            // 谈话人：李明记录人：王芳 has run together: the value may stand in what looks like the next label.
            let glued =
                all.iter().find(|f| f.span.start > found.span.start).is_some_and(|f| f.label.is_none() && !f.cell && size(&f.span) > 5);
            let below = next.filter(|_| line.ends(found.value.end.max(found.span.end)));
            let goes_on = below.is_some_and(|(below, labels)| {
                !blanks::is_unfilled(&below.chars) && labels.first().is_none_or(|f| f.span.start > below.skip(0))
            });
            if blanks::is_unfilled(line.part(found.value.clone())) && !goes_on && !glued {
                self.facts.labels.1 = self.facts.labels.1.saturating_add(1);
            }
        }
    }

    fn finish(mut self) -> Reading {
        // A text that gives the registered value somewhere may name a guardian or the other side behind the same label.
        for named in self.facts.named.iter_mut().filter(|n| n.same == Some(false) && self.present.contains(&n.field)) {
            named.same = None;
        }
        let titled = self.head.and_then(|(head, page)| head.document(self.look.words).map(|id| (id, page)));
        Reading { titled, sketch: self.sketch.hash(), said: self.said.finish(&self.look.questions.phrases), ..self.facts }
    }
}

#[cfg(test)]
mod tests;
