//! The words that all rubrics of a run share: fields (字段) and documents (卷内材料) with their aliases.
//! Must not hold values of a case.

use std::collections::HashMap;

use super::own::{Derive, Log, LogId, Subject};

/// Index of a field in the [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// Index of a kind of document in the [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u16);

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Any words.
    Text,
    /// A day, with a time where one is written.
    Date,
    /// A number.
    Number,
    /// A rate in percent: `98%`, `98`, or 0.98 as spreadsheets keep it.
    Percent,
    /// Yes or no.
    Flag,
    /// One of declared choices.
    Choice,
    /// One or several persons.
    Person,
    /// A resident identity card number.
    IdCard,
    /// Days to leave out of a limit: `2024-03-01至2024-03-05`, several separated by `；`, or a number of days.
    Periods,
    /// A list of documents with page ranges: `法律援助申请表 1-2；身份证明 3`.
    Contents,
}

impl FieldType {
    /// The word in rubrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Flag => "flag",
            Self::Choice => "choice",
            Self::Person => "person",
            Self::IdCard => "id_card",
            Self::Periods => "periods",
            Self::Contents => "contents",
        }
    }
}

/// One allowed value of a choice field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The standard word.
    pub value: String,
    /// Other ways of writing it.
    pub aliases: Vec<String>,
}

/// A field (字段).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// English id.
    pub id: String,
    /// Chinese title, also the preferred column header.
    pub title: String,
    /// Type.
    pub kind: FieldType,
    /// Other column headers.
    pub aliases: Vec<String>,
    /// Whether its values are replaced in every output.
    pub personal: bool,
    /// Whether several values may stand side by side.
    pub many: bool,
    /// Values of a choice field.
    pub choices: Vec<Choice>,
    /// Whose value is used when sources differ, most trusted first; empty = in order of reading.
    pub prefer: Vec<super::value::Source>,
    /// Whom it tells of: a column of a case register is never taken for a field about offices, nor the other way round.
    pub about: Subject,
    /// The log whose rows it belongs to.
    pub log: Option<String>,
    /// How its value follows from the cases of the office; then nobody fills it in.
    pub derive: Option<Derive>,
}

impl Field {
    /// Whether it tells of an office or firm and stands in no log.
    pub fn is_own(&self) -> bool {
        self.about != Subject::Case && self.log.is_none()
    }
}

/// A kind of document (卷内材料).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentKind {
    /// English id.
    pub id: String,
    /// Standard title.
    pub title: String,
    /// Old and usual titles.
    pub aliases: Vec<String>,
    /// Its place in the standard order of a dossier.
    pub order: i64,
    /// Whom it tells of.
    pub about: Subject,
}

/// All fields and documents of a run.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    fields: Vec<Field>,
    documents: Vec<DocumentKind>,
    field_ids: HashMap<String, FieldId>,
    document_ids: HashMap<String, DocumentId>,
    logs: Vec<Log>,
}

impl Vocabulary {
    /// Takes fields and documents; ids must be unique, the loader has checked it.
    pub fn new(fields: Vec<Field>, documents: Vec<DocumentKind>) -> Self {
        let at = |i: usize| u16::try_from(i).unwrap_or(u16::MAX);
        let field_ids = fields.iter().enumerate().map(|(i, f)| (f.id.clone(), FieldId(at(i)))).collect();
        let document_ids = documents.iter().enumerate().map(|(i, d)| (d.id.clone(), DocumentId(at(i)))).collect();
        Self { fields, documents, field_ids, document_ids, logs: Vec::new() }
    }

    /// With these logs.
    #[must_use]
    pub fn with_logs(self, logs: Vec<Log>) -> Self {
        Self { logs, ..self }
    }

    /// The log with this id.
    pub fn log_id(&self, id: &str) -> Option<LogId> {
        self.logs.iter().position(|l| l.id == id).and_then(|i| u16::try_from(i).ok()).map(LogId)
    }

    /// All logs in order of declaration.
    pub fn logs(&self) -> impl Iterator<Item = (LogId, &Log)> {
        self.logs.iter().enumerate().map(|(i, l)| (LogId(u16::try_from(i).unwrap_or(u16::MAX)), l))
    }

    /// Whether any field or document tells of offices rather than cases.
    pub fn has_own(&self) -> bool {
        self.fields.iter().any(|f| f.about != Subject::Case) || self.documents.iter().any(|d| d.about != Subject::Case)
    }

    /// The field with this id.
    pub fn field_id(&self, id: &str) -> Option<FieldId> {
        self.field_ids.get(id).copied()
    }

    /// The document kind with this id.
    pub fn document_id(&self, id: &str) -> Option<DocumentId> {
        self.document_ids.get(id).copied()
    }

    /// A field.
    ///
    /// # Panics
    /// Never for an id of this vocabulary.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[usize::from(id.0)]
    }

    /// A document kind.
    ///
    /// # Panics
    /// Never for an id of this vocabulary.
    pub fn document(&self, id: DocumentId) -> &DocumentKind {
        &self.documents[usize::from(id.0)]
    }

    /// All fields in order of declaration.
    pub fn fields(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(i, f)| (FieldId(u16::try_from(i).unwrap_or(u16::MAX)), f))
    }

    /// All document kinds in order of declaration.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &DocumentKind)> {
        self.documents.iter().enumerate().map(|(i, d)| (DocumentId(u16::try_from(i).unwrap_or(u16::MAX)), d))
    }
}
