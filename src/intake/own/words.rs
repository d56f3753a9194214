//! The words of tables about offices: those of fields about offices and firms, and for each log those of its columns.
//! Must not know the words of case registers, but 机构.

use std::collections::BTreeSet;

use crate::intake::settings::Settings;
use crate::intake::words::{Claim, Words, plain};
use crate::model::known;
use crate::model::own::{LogId, Subject};
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};

/// What names an office or firm in its own tables besides the words that registers have for it.
const OFFICE: &[&str] =
    &["单位", "单位名称", "填报单位", "报送单位", "律师事务所", "律师事务所名称", "律所", "律所名称", "事务所", "县市区", "地区"];

/// Columns that every form has and nobody counts.
const UNUSED: &[&str] = &[
    "序号",
    "编号",
    "备注",
    "说明",
    "指标",
    "指标名称",
    "项目",
    "内容",
    "数值",
    "数据",
    "填报数",
    "完成情况",
    "单位负责人",
    "填表人",
    "填报人",
    "审核人",
    "联系电话",
    "填报日期",
    "年度",
    "合计",
];

/// Words by what they are read for.
#[derive(Debug)]
pub struct OwnWords {
    /// Fields and documents about offices.
    pub words: Words,
    /// The field 机构.
    pub office: FieldId,
    /// Columns of logs.
    pub logs: Vec<(LogId, Words)>,
    /// Titles of logs in one spelling.
    pub titles: Vec<(String, LogId)>,
    fields: BTreeSet<FieldId>,
    documents: BTreeSet<DocumentId>,
}

impl OwnWords {
    /// Those of a vocabulary; none where nothing in it tells of offices.
    pub fn new(vocabulary: &Vocabulary, settings: &Settings) -> Option<Self> {
        let office = vocabulary.field_id(known::OFFICE).filter(|_| vocabulary.has_own())?;
        // What follows from cases is nobody's to fill in.
        let own = |id: FieldId| vocabulary.field(id).is_own() && vocabulary.field(id).derive.is_none();
        let document = |id: DocumentId| vocabulary.document(id).about != Subject::Case;
        let words = Words::among(vocabulary, settings, &|f| f == office || own(f), &document).also(OFFICE, Claim::Field(office), UNUSED);
        let log = |(id, log): (LogId, &crate::model::own::Log)| {
            let of = |f: FieldId| f == office || vocabulary.field(f).log.as_deref() == Some(&log.id);
            (id, Words::among(vocabulary, settings, &of, &|_| false).also(OFFICE, Claim::Field(office), UNUSED))
        };
        let titles = vocabulary.logs().flat_map(|(id, l)| l.aliases.iter().chain([&l.title]).map(move |t| (plain(t), id)));
        Some(Self {
            words,
            office,
            logs: vocabulary.logs().map(log).collect(),
            titles: titles.collect(),
            fields: vocabulary.fields().map(|(id, _)| id).filter(|id| own(*id)).collect(),
            documents: vocabulary.documents().map(|(id, _)| id).filter(|id| document(*id)).collect(),
        })
    }

    /// Whether a word claims something about offices, and not merely 机构.
    pub fn is_about(&self, claim: Claim) -> bool {
        match claim {
            Claim::Field(id) => self.fields.contains(&id),
            Claim::Document(id) => self.documents.contains(&id),
        }
    }

    /// The words of a log.
    pub fn log(&self, log: LogId) -> &Words {
        self.logs.iter().find(|(id, _)| *id == log).map_or(&self.words, |(_, words)| words)
    }

    /// The one log whose title stands in a text; the longest title wins.
    pub fn titled(&self, text: &str) -> Option<LogId> {
        let text = plain(text);
        let found = self.titles.iter().filter(|(title, _)| text.contains(title.as_str()));
        found.max_by_key(|(title, _)| title.chars().count()).map(|(_, log)| *log)
    }
}
