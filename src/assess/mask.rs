//! Replaces personal data (受援人姓名、证件号码、电话、住址) wherever it occurs. Must not be bypassed: every text of a record goes through it.

use std::collections::BTreeSet;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::forms;
use crate::intake::own::OwnRow;
use crate::model::case::Case;
use crate::model::vocabulary::{FieldType, Vocabulary};
use crate::record::v1::ProblemRecord;

/// How names are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// 张某某
    #[default]
    Masked,
    /// As written, for internal outputs only.
    Full,
}

/// What stands for a number, a phone or an address.
const HIDDEN: &str = "〔已隐去〕";

/// Replaces the personal values of one office.
#[derive(Debug, Default)]
pub struct Mask {
    finder: Option<AhoCorasick>,
    instead: Vec<String>,
    hides: bool,
}

impl Mask {
    /// Hides what is personal by its form, and knows no case.
    pub fn forms(names: Names) -> Self {
        Self { hides: names == Names::Masked, ..Self::default() }
    }

    /// Learns every personal value of these cases.
    pub fn new(cases: &[Case], vocabulary: &Vocabulary, names: Names) -> Self {
        Self::of(cases, &[], vocabulary, names)
    }

    /// Learns those of an office itself too.
    pub fn of(cases: &[Case], own: &[OwnRow], vocabulary: &Vocabulary, names: Names) -> Self {
        if names == Names::Full {
            return Self::default();
        }
        let mut pairs: Vec<(String, String)> = Vec::new();
        let of_office = own.iter().flat_map(|row| &row.record.entries);
        for entry in cases.iter().flat_map(|c| c.entries.iter().chain(&c.overruled)).chain(of_office) {
            let field = vocabulary.field(entry.field);
            if !field.personal {
                continue;
            }
            let raw = entry.raw.trim();
            if field.kind == FieldType::Person {
                for name in names_in(raw) {
                    pairs.push((name.to_owned(), masked_name(name)));
                }
            } else if raw.chars().count() >= 4 {
                pairs.push((raw.to_owned(), HIDDEN.to_owned()));
                pairs.extend(numbers_in(raw).into_iter().map(|number| (number, HIDDEN.to_owned())));
            }
        }
        pairs.sort();
        pairs.dedup_by(|a, b| a.0 == b.0);
        let (needles, instead): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&needles).ok();
        Self { finder: finder.filter(|_| !needles.is_empty()), instead, hides: true }
    }

    /// A text without personal values.
    pub fn text(&self, text: &str) -> String {
        let known = self.known(text);
        let hidden = if self.hides { forms::hidden(&known, HIDDEN) } else { None };
        hidden.unwrap_or(known)
    }

    fn known(&self, text: &str) -> String {
        self.finder.as_ref().map_or_else(|| text.to_owned(), |f| f.replace_all(text, &self.instead))
    }

    /// Whether anything is hidden at all.
    pub fn hides(&self) -> bool {
        self.hides
    }

    /// A shared text without personal values; it stays shared where it has none.
    pub fn shared(&self, text: &Arc<str>) -> Arc<str> {
        let known = self.finder.as_ref().is_some_and(|finder| finder.is_match(&**text));
        if known {
            return self.text(text).into();
        }
        let hidden = if self.hides { forms::hidden(text, HIDDEN) } else { None };
        hidden.map_or_else(|| Arc::clone(text), Arc::from)
    }

    /// Takes personal values out of a problem that was recorded without them being known.
    pub fn problem(&self, problem: &mut ProblemRecord) {
        problem.message = problem.message.map(|t| self.text(t));
        for place in &mut problem.places {
            place.file = self.shared(&place.file);
            place.sheet = place.sheet.as_ref().map(|s| self.shared(s));
        }
    }

    /// A case number without personal values, unless nothing of the number would be left.
    pub fn case_no(&self, number: &str) -> String {
        // Two cases numbered by such long numbers must not become one.
        let shown = self.known(number);
        let whole = crate::intake::folder::looks_like_number;
        if whole(number) && !whole(&shown) { number.to_owned() } else { shown }
    }

    /// A value of a personal field, whole.
    pub fn value(&self, kind: FieldType, raw: &str) -> String {
        match (self.hides, kind) {
            (false, _) => raw.to_owned(),
            (true, FieldType::Person) => masked_name(raw.trim()),
            (true, _) => HIDDEN.to_owned(),
        }
    }
}

/// The names in a cell: 张三、李四, also 张三（未成年） and 张三等3人, whole and without what is added.
fn names_in(raw: &str) -> impl Iterator<Item = &str> {
    let parts = raw.split(['、', '，', ',', ';', '；', '/', '\n', '\r', '\t', ' ', '\u{3000}']);
    let bare = raw.split(|c: char| !(c.is_alphabetic() || c == '·' || c == '•'));
    let bare = bare.map(|name| name.trim_end_matches('人').strip_suffix('等').or_else(|| name.strip_suffix('等')).unwrap_or(name));
    let first = bare.filter_map(|name| name.split_once('等').map_or(Some(name), |(name, rest)| rest.is_empty().then_some(name)));
    parts.chain(first).filter(|n| n.chars().count() >= 2)
}

/// The ways in which file names and papers write the long numbers in a cell: without spaces and dashes, half-width, X or x.
fn numbers_in(raw: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let half = |text: &str| crate::intake::words::plain(text);
    for part in raw.split(['、', '，', ',', ';', '；', '/', '／', '\n', '\r']).chain(raw.split_whitespace()).chain([raw]) {
        let half = half(part);
        let compact: String = half.chars().filter(char::is_ascii_alphanumeric).collect();
        let digits = compact.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 7 && digits + 1 >= compact.len() {
            found.extend([part.trim().to_owned(), half, compact.to_ascii_uppercase(), compact]);
        }
    }
    found
}

/// 张三 → 张某某. The surname alone stays, also where it is of two characters only its first.
fn masked_name(name: &str) -> String {
    name.chars().next().map_or_else(String::new, |c| format!("{c}某某"))
}
