//! Where the evidence of a criterion comes from (证据来源): drawn files, papers that are shown, or questions on site. It is told beside
//! the criterion. Must not change what a check decides.

use crate::base::text::Text;

/// Source of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// 案卷抽查
    Files,
    /// 资料审阅
    Papers,
    /// 现场问询
    Inquiry,
}

impl Source {
    /// The word in rubrics and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Papers => "papers",
            Self::Inquiry => "inquiry",
        }
    }

    /// All three by their word.
    pub const WORDS: [(&'static str, Self); 3] =
        [(Self::Files.id(), Self::Files), (Self::Papers.id(), Self::Papers), (Self::Inquiry.id(), Self::Inquiry)];

    /// What people read.
    pub const fn title(self) -> Text {
        match self {
            Self::Files => Text::fixed("案卷抽查", "drawn files"),
            Self::Papers => Text::fixed("资料审阅", "papers shown"),
            Self::Inquiry => Text::fixed("现场问询", "questions on site"),
        }
    }
}
