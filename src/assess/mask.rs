//! Replaces personal data (受援人姓名、证件号码、电话、住址) wherever it occurs. Must not be bypassed: every text of a record goes through it.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::case::Case;
use crate::model::vocabulary::{FieldType, Vocabulary};

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
}

impl Mask {
    /// Learns every personal value of these cases.
    pub fn new(cases: &[Case], vocabulary: &Vocabulary, names: Names) -> Self {
        if names == Names::Full {
            return Self::default();
        }
        let mut pairs: Vec<(String, String)> = Vec::new();
        for entry in cases.iter().flat_map(|c| c.entries.iter().chain(&c.overruled)) {
            let field = vocabulary.field(entry.field);
            if !field.personal {
                continue;
            }
            let raw = entry.raw.trim();
            if field.kind == FieldType::Person {
                for name in raw.split(['、', '，', ',', ';', '；', '/', '\n', ' ', '\u{3000}']).filter(|n| n.chars().count() >= 2) {
                    pairs.push((name.to_owned(), masked_name(name)));
                }
            } else if raw.chars().count() >= 4 {
                pairs.push((raw.to_owned(), HIDDEN.to_owned()));
            }
        }
        pairs.sort();
        pairs.dedup_by(|a, b| a.0 == b.0);
        let (needles, instead): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&needles).ok();
        Self { finder: finder.filter(|_| !needles.is_empty()), instead }
    }

    /// A text without personal values.
    pub fn text(&self, text: &str) -> String {
        self.finder.as_ref().map_or_else(|| text.to_owned(), |f| f.replace_all(text, &self.instead))
    }

    /// A shared text without personal values; it stays shared where it has none.
    pub fn shared(&self, text: &Arc<str>) -> Arc<str> {
        match &self.finder {
            Some(finder) if finder.is_match(&**text) => self.text(text).into(),
            _ => Arc::clone(text),
        }
    }

    /// A value of a personal field, whole.
    pub fn value(&self, kind: FieldType, raw: &str) -> String {
        match (self.finder.is_some(), kind) {
            (false, _) => raw.to_owned(),
            (true, FieldType::Person) => masked_name(raw.trim()),
            (true, _) => HIDDEN.to_owned(),
        }
    }
}

/// 张三 → 张某某. The surname alone stays, also where it is of two characters only its first.
fn masked_name(name: &str) -> String {
    name.chars().next().map_or_else(String::new, |c| format!("{c}某某"))
}
