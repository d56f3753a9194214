//! A line of text in plain spelling, its cells, its labels and what stands behind each. Must not judge what that is.

use std::ops::Range;

use super::days;
use super::spelling::{is_blank, is_han, is_open, is_word, plain};
use crate::inspect::words::{Label, LabelKind, Words};

/// A line.
#[derive(Debug, Default)]
pub struct Line {
    /// Its characters in plain spelling.
    pub chars: Vec<char>,
    /// The same without blanks.
    pub tight: String,
    /// For each byte of `tight`, where its character stands in `chars`.
    at: Vec<usize>,
}

/// A label on a line.
#[derive(Debug, Clone)]
pub struct Found<'w> {
    /// What it is; `None` for a label that no vocabulary knows.
    pub label: Option<&'w Label>,
    /// Where it stands, with a bracket behind it.
    pub span: Range<usize>,
    /// Whether a colon follows.
    pub colon: bool,
    /// Whether it begins a cell.
    pub cell: bool,
    /// Where its value stands: empty when there is none on the line. Ends at the next label or cell.
    pub value: Range<usize>,
}

impl Line {
    /// Of one line of a text, without its end.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().map(plain).collect();
        let mut tight = String::with_capacity(text.len());
        let mut at = Vec::with_capacity(text.len());
        for (i, c) in chars.iter().enumerate().filter(|(_, c)| !is_blank(**c)) {
            tight.push(*c);
            at.resize(tight.len(), i);
        }
        Self { chars, tight, at }
    }

    /// The characters of a part of it that may lie outside.
    pub fn part(&self, span: Range<usize>) -> &[char] {
        self.chars.get(span.start..span.end.min(self.chars.len())).unwrap_or_default()
    }

    /// The character at a place, after its end a line feed.
    pub fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// Whether it has more than one cell.
    pub fn has_cells(&self) -> bool {
        let filled = |p: &&[char]| p.iter().any(|c| !is_blank(*c));
        self.chars.split(|c| *c == '\t').filter(filled).count() > 1
    }

    /// Turns a range of bytes of `tight` into one of characters.
    pub fn span(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.at.get(bytes.start).copied().unwrap_or(self.chars.len());
        let end = bytes.end.checked_sub(1).and_then(|last| self.at.get(last)).map_or(start, |last| last + 1);
        start..end
    }

    /// The first place from `from` on that is no blank; tabs are not passed.
    pub fn skip(&self, from: usize) -> usize {
        from + self.chars.get(from..).unwrap_or_default().iter().take_while(|c| **c == ' ').count()
    }

    /// How wide the gap before a place is: blanks, a tab or the beginning of the line as many as no word has inside.
    fn gap(&self, start: usize) -> usize {
        let before = self.chars.get(..start).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|c| is_blank(**c)).count();
        let tab = before.iter().rev().take(blanks).any(|c| *c == '\t');
        if tab || blanks == before.len() { WIDE } else { blanks }
    }

    /// The widest gap inside a part.
    fn inner(&self, span: &Range<usize>) -> usize {
        let widest = self.part(span.clone()).split(|c| !is_blank(*c)).map(<[char]>::len).max();
        widest.unwrap_or(0)
    }

    /// Labels in order; what is no more than a word in a sentence is none.
    pub fn labels<'w>(&self, words: &'w Words) -> Vec<Found<'w>> {
        let mut found: Vec<Found<'w>> = Vec::new();
        for (label, bytes) in words.labels(&self.tight) {
            found.extend(self.label(Some(label), self.span(bytes)));
        }
        self.unknown(&mut found);
        found.sort_by_key(|f| f.span.start);
        for i in 0..found.len() {
            let next = found.get(i + 1).map_or(self.chars.len(), |f| f.span.start);
            if let Some(f) = found.get_mut(i) {
                f.value = self.value(f, next);
            }
        }
        found
    }

    /// A word that may be a label: with a colon behind it, or a cell of its own.
    fn label<'w>(&self, label: Option<&'w Label>, span: Range<usize>) -> Option<Found<'w>> {
        let (gap, inner) = (self.gap(span.start), self.inner(&span));
        let before = self.chars.get(..span.start)?.iter().rev().find(|c| !is_blank(**c)).copied();
        let apart = before.is_none_or(|c| !is_word(c)) || gap > inner;
        let cell = gap >= 2 && gap > inner;
        if !apart {
            return None;
        }
        // 申请人（签名）： and 住址（户籍）
        let mut end = span.end;
        let open = self.skip(end);
        if self.char(open) == '(' {
            let inside = self.part(open..open + LONGEST_BRACKET).iter().position(|c| *c == ')');
            end = inside.map_or(end, |i| open + i + 1);
        }
        let next = self.skip(end);
        let behind = self.char(next);
        let colon = behind == ':';
        // A date right behind its label is its date, however near it stands.
        let dated = cell && label.is_some_and(|l| l.kind == LabelKind::Date) && days::at(&self.chars, next, true).is_some();
        let closed = cell && (matches!(behind, '\t' | '\n') || next - end >= 2 && next - end > inner);
        let end = if colon { next + 1 } else { end };
        (colon || closed || dated).then_some(Found { label, span: span.start..end, colon, cell, value: 0..0 })
    }

    /// Labels that no vocabulary knows: a few characters and a colon at the beginning of a cell.
    fn unknown(&self, found: &mut Vec<Found<'_>>) {
        let known = found.len();
        for (colon, _) in self.chars.iter().enumerate().filter(|(_, c)| **c == ':') {
            // Those of the vocabulary stand first, in order, and do not overlap.
            let behind = found.get(..known).unwrap_or_default().partition_point(|f| f.span.end <= colon);
            if found.get(..known).and_then(|f| f.get(behind)).is_some_and(|f| f.span.start <= colon) {
                continue;
            }
            let before = self.chars.get(..colon).unwrap_or_default();
            let run = before.iter().rev().take(LONGEST_LABEL).take_while(|c| is_han(**c) || matches!(c, '(' | ')' | '/' | '、')).count();
            let span = colon - run..colon;
            let han = self.part(span.clone()).iter().filter(|c| is_han(**c)).count();
            if run < LONGEST_LABEL && han >= 2 && self.gap(span.start) >= 1 {
                let cell = self.gap(span.start) >= 2;
                found.push(Found { label: None, span: span.start..colon + 1, colon: true, cell, value: 0..0 });
            }
        }
    }

    fn value(&self, of: &Found<'_>, next: usize) -> Range<usize> {
        let mut start = self.skip(of.span.end).min(next);
        if self.char(start) == '\t' {
            start = self.skip(start + 1).min(next);
        }
        let rest = self.chars.get(start..next).unwrap_or_default();
        let wide = rest.windows(2).position(|w| matches!(w, [' ', ' ']));
        let end = rest.iter().position(|c| *c == '\t').into_iter().chain(wide).min().unwrap_or(rest.len());
        let kept = rest.get(..end).unwrap_or_default().iter().rposition(|c| !is_open(*c)).map_or(0, |i| i + 1);
        start..start + kept
    }

    /// Whether nothing but blanks stands from a place to the end.
    pub fn ends(&self, from: usize) -> bool {
        self.chars.get(from..).unwrap_or_default().iter().all(|c| is_open(*c))
    }
}

/// A gap wider than any inside a word.
const WIDE: usize = 1_000;
/// Characters of the longest label that no vocabulary knows.
const LONGEST_LABEL: usize = 14;
/// Characters of a bracket behind a label.
const LONGEST_BRACKET: usize = 14;
