//! Which field or document a header, a title or a file name means: exact words after one spelling, never a near guess.
//! Must not read files.

use std::collections::HashMap;

use super::settings::Settings;
use crate::base::mistake::nearest;
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A field.
    Field(FieldId),
    /// A kind of document.
    Document(DocumentId),
}

/// All titles, aliases and ids of a vocabulary in one spelling.
#[derive(Debug)]
pub struct Words {
    claims: HashMap<String, Claim>,
    documents: Vec<(String, DocumentId)>,
    by_title: HashMap<String, DocumentId>,
    titles: Vec<(String, String)>,
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
    out.trim_matches(|c| matches!(c, '*' | ':')).to_owned()
}

/// Without a bracket at the end, as in `挽回损失(元)`.
pub fn bare(plain: &str) -> &str {
    plain.strip_suffix(')').and_then(|p| p.rsplit_once('(')).map_or(plain, |(before, _)| if before.is_empty() { plain } else { before })
}

impl Words {
    /// Collects the words of a vocabulary, those of `[columns]` first.
    pub fn new(vocabulary: &Vocabulary, settings: &Settings) -> Self {
        let (mut claims, mut titles, mut documents) = (HashMap::new(), Vec::new(), Vec::new());
        for (header, (id, _)) in &settings.columns {
            if let Some(field) = vocabulary.field_id(id) {
                claims.insert(plain(header), Claim::Field(field));
            } else if let Some(document) = vocabulary.document_id(id) {
                claims.insert(plain(header), Claim::Document(document));
            }
        }
        for (id, field) in vocabulary.fields() {
            for word in std::iter::once(&field.title).chain(&field.aliases).chain(std::iter::once(&field.id)) {
                claims.entry(plain(word)).or_insert(Claim::Field(id));
                titles.push((plain(word), field.title.clone()));
            }
        }
        for (id, document) in vocabulary.documents() {
            for word in std::iter::once(&document.title).chain(&document.aliases).chain(std::iter::once(&document.id)) {
                let word = plain(word);
                claims.entry(word.clone()).or_insert(Claim::Document(id));
                titles.push((word.clone(), document.title.clone()));
                documents.push((word, id));
            }
        }
        documents.retain(|(word, _)| word.chars().count() >= 2);
        documents.sort_by_key(|(word, id)| (std::cmp::Reverse(word.chars().count()), word.clone(), *id));
        claims.remove("");
        let mut by_title = HashMap::new();
        for (word, id) in &documents {
            by_title.entry(word.clone()).or_insert(*id);
        }
        Self { claims, documents, by_title, titles }
    }

    /// What a header means.
    pub fn claim(&self, header: &str) -> Option<Claim> {
        let word = plain(header);
        self.claims.get(&word).or_else(|| self.claims.get(bare(&word))).copied()
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
        let word = plain(header);
        let best = nearest(&word, self.titles.iter().map(|(w, _)| w.as_str()))?;
        self.titles.iter().find(|(w, _)| w == best).map(|(_, title)| title.clone())
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
