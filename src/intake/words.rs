//! Which field or document a header, a title or a file name means: exact words after one spelling, never a near guess.
//! Must not read files.

use std::collections::HashMap;

use super::near::Titles;
use super::settings::Settings;
use crate::model::own::Subject;
use crate::model::vocabulary::{DocumentId, FieldId, FieldType, Vocabulary};

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// A field.
    Field(FieldId),
    /// A kind of document.
    Document(DocumentId),
}

/// What a header stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing known.
    Nothing,
    /// A column that `[columns]` says is not used.
    Unused,
    /// One field or document.
    One(Claim),
    /// The vocabulary gives it to two: nobody may choose between them.
    Two(Claim, Claim),
}

/// What `[columns]` writes for a header whose column is not used.
pub const UNUSED: &str = "-";

/// All titles, aliases and ids of a vocabulary in one spelling.
#[derive(Debug)]
pub struct Words {
    declared: HashMap<String, Meaning>,
    claims: HashMap<String, Meaning>,
    /// Words of dates without 日期, 时间 or 日 at their end.
    dates: HashMap<String, Meaning>,
    documents: Vec<(String, DocumentId)>,
    by_title: HashMap<String, DocumentId>,
    titles: Titles,
}

/// One spelling: half-width, no spaces or line breaks, round brackets, small letters, no `*` or `:` around.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '〔' | '【' | '[' | '〖' => '(',
            '〕' | '】' | ']' | '〗' => ')',
            _ => c,
        };
        let c = match c {
            '[' | '{' => '(',
            ']' | '}' => ')',
            _ => c,
        };
        if !(c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}')) {
            out.push(c.to_ascii_lowercase());
        }
    }
    trimmed(&out).to_owned()
}

/// Without the marks that say a cell must be filled in.
fn trimmed(plain: &str) -> &str {
    plain.trim_matches(|c| matches!(c, '*' | ':' | '?' | '★' | '☆' | '※' | '▲'))
}

/// Without a bracket at the end, as in `挽回损失(元)` and `结案日期*(年月日(必填))`, or around it, as in `(受援人)`.
pub fn bare(plain: &str) -> &str {
    if !plain.ends_with(')') {
        return plain;
    }
    let mut depth = 0_u32;
    for (at, c) in plain.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let before = trimmed(&plain[..at]);
            return if before.is_empty() { trimmed(&plain[at + 1..plain.len() - 1]) } else { before };
        }
    }
    plain
}

impl Words {
    /// Collects the words that a vocabulary has for cases, and those of `[columns]`.
    pub fn new(vocabulary: &Vocabulary, settings: &Settings) -> Self {
        let of_cases = |about: Subject| about == Subject::Case;
        Self::among(vocabulary, settings, &|f| of_cases(vocabulary.field(f).about), &|d| of_cases(vocabulary.document(d).about))
    }

    /// Those of some fields and documents only.
    pub fn among(
        vocabulary: &Vocabulary,
        settings: &Settings,
        fields: &dyn Fn(FieldId) -> bool,
        kinds: &dyn Fn(DocumentId) -> bool,
    ) -> Self {
        let (mut claims, mut titles, mut documents) = (HashMap::new(), Titles::default(), Vec::new());
        let mut dates = HashMap::new();
        for (id, field) in vocabulary.fields().filter(|(id, _)| fields(*id)) {
            for word in std::iter::once(&field.title).chain(&field.aliases).chain(std::iter::once(&field.id)) {
                claim(&mut claims, plain(word), Claim::Field(id));
                if let Some(about) = dated(&plain(word)).filter(|_| field.kind == FieldType::Date) {
                    claim(&mut dates, about.to_owned(), Claim::Field(id));
                }
                titles.add(&plain(word), &field.title);
            }
        }
        for (id, document) in vocabulary.documents().filter(|(id, _)| kinds(*id)) {
            for word in std::iter::once(&document.title).chain(&document.aliases).chain(std::iter::once(&document.id)) {
                let word = plain(word);
                claim(&mut claims, word.clone(), Claim::Document(id));
                titles.add(&word, &document.title);
                documents.push((word, id));
            }
        }
        documents.retain(|(word, _)| word.chars().count() >= 2);
        documents.sort_by_key(|(word, id)| (std::cmp::Reverse(word.chars().count()), word.clone(), *id));
        claims.remove("");
        let mut declared = HashMap::new();
        for (header, (word, _)) in &settings.columns {
            let meaning = if word == UNUSED { Meaning::Unused } else { named(&claims, vocabulary, word) };
            let here = match meaning {
                Meaning::Unused => true,
                Meaning::One(Claim::Field(id)) => fields(id),
                Meaning::One(Claim::Document(id)) => kinds(id),
                Meaning::Nothing | Meaning::Two(..) => false,
            };
            if here {
                declared.insert(plain(header), meaning);
            }
        }
        declared.remove("");
        let mut by_title = HashMap::new();
        for (word, id) in &documents {
            by_title.entry(word.clone()).or_insert(*id);
        }
        Self { declared, claims, dates, documents, by_title, titles }
    }

    /// With more words for one claim and with words that mean nothing; those that mean something keep it.
    #[must_use]
    pub fn also(mut self, more: &[&str], claim: Claim, unused: &[&str]) -> Self {
        for word in more {
            self.claims.entry(plain(word)).or_insert(Meaning::One(claim));
        }
        for word in unused {
            self.claims.entry(plain(word)).or_insert(Meaning::Unused);
        }
        self
    }

    /// What a header in one spelling means; `[columns]` decides before the vocabulary.
    pub fn meaning(&self, plain: &str) -> Meaning {
        let exact = |word: &str| self.declared.get(word).or_else(|| self.claims.get(word));
        let date = |word: &str| dated(word).and_then(|about| self.dates.get(about));
        exact(plain).or_else(|| exact(bare(plain))).or_else(|| date(bare(plain))).copied().unwrap_or(Meaning::Nothing)
    }

    /// The field that holds the number of a paper whose name heads a column: 身份证 may stand for the paper or for its number.
    pub fn number_of(&self, header: &str) -> Option<FieldId> {
        let word = plain(header);
        if self.declared(&word) != Meaning::Nothing {
            return None;
        }
        ["号", "号码"].iter().find_map(|end| self.field(&format!("{}{end}", bare(&word))))
    }

    /// What a word means that `[columns]` gives to a header: an id first, then a title or an alias.
    pub fn named(&self, vocabulary: &Vocabulary, word: &str) -> Meaning {
        named(&self.claims, vocabulary, word)
    }

    /// What `[columns]` says of a header in one spelling.
    pub fn declared(&self, plain: &str) -> Meaning {
        self.declared.get(plain).or_else(|| self.declared.get(bare(plain))).copied().unwrap_or(Meaning::Nothing)
    }

    /// The one thing that a header means.
    pub fn claim(&self, header: &str) -> Option<Claim> {
        match self.meaning(&plain(header)) {
            Meaning::One(claim) => Some(claim),
            _ => None,
        }
    }

    /// The field a header or key means.
    pub fn field(&self, header: &str) -> Option<FieldId> {
        match self.claim(header) {
            Some(Claim::Field(id)) => Some(id),
            _ => None,
        }
    }

    /// The title of the field or document nearest to a header, when near enough.
    pub fn closest(&self, header: &str) -> Option<String> {
        self.titles.closest(&plain(header)).map(str::to_owned)
    }

    /// The document whose title or alias is exactly this, in one spelling.
    pub fn document(&self, title: &str) -> Option<DocumentId> {
        let word = plain(title);
        let exact = |word: &str| self.by_title.get(word).copied();
        exact(&word).or_else(|| exact(bare(&word)))
    }

    /// The document whose longest title or alias is contained in this text, when only one is that long.
    pub fn document_within(&self, text: &str) -> Option<DocumentId> {
        let word = plain(text);
        let mut inside = self.documents.iter().filter(|(w, _)| word.contains(w.as_str()));
        let (longest, id) = inside.next()?;
        let length = longest.chars().count();
        inside.take_while(|(w, _)| w.chars().count() == length).all(|(_, other)| other == id).then_some(*id)
    }
}

/// What a date is about: its word without 日期, 时间 or 日.
fn dated(word: &str) -> Option<&str> {
    ["日期", "时间", "日"].iter().find_map(|end| word.strip_suffix(end)).filter(|about| about.chars().count() >= 2)
}

fn named(claims: &HashMap<String, Meaning>, vocabulary: &Vocabulary, word: &str) -> Meaning {
    let field = vocabulary.field_id(word).map(Claim::Field);
    let id = field.or_else(|| vocabulary.document_id(word).map(Claim::Document)).map(Meaning::One);
    id.or_else(|| claims.get(&plain(word)).copied()).unwrap_or(Meaning::Nothing)
}

/// Gives a word to a field or document; one that another has already belongs to neither.
fn claim(claims: &mut HashMap<String, Meaning>, word: String, new: Claim) {
    let meaning = claims.entry(word).or_insert(Meaning::One(new));
    if let Meaning::One(old) = *meaning
        && old != new
    {
        *meaning = Meaning::Two(old, new);
    }
}
