//! Labels and titles that texts are searched for, made once of the vocabulary. Must not read files.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use sha2::{Digest, Sha256};

use super::reading::{spelling::tight, title};
use crate::base::digest;
use crate::model::own::Subject;
use crate::model::vocabulary::{FieldType, Vocabulary};

/// What follows a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// A day of a field.
    Date,
    /// Persons, or the number of a person.
    Named,
    /// A number that an office gives to a case or a paper.
    Number,
    /// A number that an archive gives.
    Archive,
    /// Anything else; only counted.
    Other,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Id of the field; empty for labels that belong to none.
    pub field: String,
    /// What follows it.
    pub kind: LabelKind,
}

/// Labels of numbers that are in no vocabulary.
const NUMBERS: &[&str] = &["编号", "案号", "文号", "字号", "档号", "案卷号", "案卷编号", "卷号", "卷宗号", "归档号", "全宗号"];

/// Raised when the same words are to give other facts, so that what is remembered is dropped.
const READING: u32 = 1;

/// Labels and titles.
#[derive(Debug, Clone, Default)]
pub struct Words {
    documents: BTreeMap<String, String>,
    /// Titles of lists of papers, below which other titles stand.
    lists: Vec<String>,
    labels: Vec<Label>,
    search: Option<AhoCorasick>,
    digest: u64,
}

impl Words {
    /// Those of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut labels: BTreeMap<String, Label> = BTreeMap::new();
        let mut lists = vec!["目录".to_owned(), "总目录".to_owned()];
        for (_, field) in vocabulary.fields().filter(|(_, f)| f.about == Subject::Case) {
            let kind = match field.kind {
                FieldType::Date => LabelKind::Date,
                FieldType::Person | FieldType::IdCard => LabelKind::Named,
                _ => LabelKind::Other,
            };
            for word in std::iter::once(&field.title).chain(&field.aliases).map(|w| tight(w)) {
                if field.kind == FieldType::Contents {
                    lists.push(word.clone());
                }
                let kind = if field.kind == FieldType::Text { number(&word).unwrap_or(kind) } else { kind };
                if word.chars().count() >= 2 {
                    labels.entry(word).or_insert_with(|| Label { field: field.id.clone(), kind });
                }
            }
        }
        for word in NUMBERS {
            let kind = number(word).unwrap_or(LabelKind::Number);
            labels.entry((*word).to_owned()).or_insert_with(|| Label { field: String::new(), kind });
        }
        let mut documents = BTreeMap::new();
        for (_, document) in vocabulary.documents().filter(|(_, d)| d.about == Subject::Case) {
            for word in std::iter::once(&document.title).chain(&document.aliases).map(|w| tight(w)) {
                if !word.is_empty() {
                    documents.entry(word).or_insert_with(|| document.id.clone());
                }
            }
        }
        lists.sort();
        lists.dedup();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(labels.keys()).ok();
        let digest = digest_of(&labels, &documents, &lists);
        Self { documents, lists, labels: labels.into_values().collect(), search, digest }
    }

    /// The id of the document that a line is the title of: exactly so, but for spaces, a number before it, the name of the office that
    /// wrote it and 副本 or the like behind it.
    pub fn document(&self, line: &str) -> Option<String> {
        title::bare(&tight(line)).iter().find_map(|t| self.titled(t)).map(str::to_owned)
    }

    /// The document with exactly this title, in plain spelling.
    pub fn titled(&self, tight: &str) -> Option<&str> {
        self.documents.get(tight).map(String::as_str)
    }

    /// Whether a title of another document ends with this one, so that it may be the second half of that.
    pub fn may_be_half(&self, tight: &str, id: &str) -> bool {
        self.documents.iter().any(|(title, other)| other != id && title.len() > tight.len() && title.ends_with(tight))
    }

    /// Whether a line is the title of a list of papers.
    pub fn is_list(&self, tight: &str) -> bool {
        self.lists.iter().any(|l| l == tight)
    }

    /// Every label in a text without blanks: what it is, and from which byte to which.
    pub fn labels<'w, 't>(&'w self, tight: &'t str) -> impl Iterator<Item = (&'w Label, std::ops::Range<usize>)> + use<'w, 't> {
        let found = self.search.iter().flat_map(move |s| s.find_iter(tight));
        found.filter_map(|m| self.labels.get(m.pattern().as_usize()).map(|l| (l, m.range())))
    }

    /// A hash over everything in here, so that what is remembered of texts is not used under other words.
    pub fn digest(&self) -> u64 {
        self.digest
    }
}

/// What kind of number a label asks for, by how it ends.
fn number(word: &str) -> Option<LabelKind> {
    let ends = |with: &[&str]| with.iter().any(|w| word.ends_with(w));
    if ends(&["档号", "卷号", "卷宗号", "案卷编号", "全宗号"]) {
        return Some(LabelKind::Archive);
    }
    ends(&["案号", "案件号", "文号", "函号", "字号", "书号", "编号", "指派号"]).then_some(LabelKind::Number)
}

fn digest_of(labels: &BTreeMap<String, Label>, documents: &BTreeMap<String, String>, lists: &[String]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(READING.to_le_bytes());
    let mut add = |word: &str| {
        hash.update((word.len() as u64).to_le_bytes());
        hash.update(word);
    };
    for (word, label) in labels {
        add(word);
        add(&label.field);
        add(match label.kind {
            LabelKind::Date => "d",
            LabelKind::Named => "n",
            LabelKind::Number => "no",
            LabelKind::Archive => "a",
            LabelKind::Other => "o",
        });
    }
    add("");
    documents.iter().for_each(|(word, id)| {
        add(word);
        add(id);
    });
    add("");
    lists.iter().for_each(|l| add(l));
    digest::first(hash)
}
