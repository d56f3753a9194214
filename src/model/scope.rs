//! Whether a case is graded in this batch (评查范围), and why not.
//! Must not look at marks.

use crate::base::text::Text;

/// Why a row or case is out of scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutReason {
    /// 在办
    Open,
    /// 不予援助
    Refused,
    /// 终止
    Ended,
    /// 不在期间
    OtherPeriod,
    /// 日期不明
    DateUnclear,
    /// 案件类型不在本次范围
    OtherType,
    /// 没有适用的标准
    NoRubric,
}

impl OutReason {
    /// The Chinese word is the key in JSON, as the contract names it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "在办",
            Self::Refused => "不予援助",
            Self::Ended => "终止",
            Self::OtherPeriod => "不在期间",
            Self::DateUnclear => "日期不明",
            Self::OtherType => "类型不在范围",
            Self::NoRubric => "无适用标准",
        }
    }

    /// In both languages.
    pub const fn title(self) -> Text {
        let en = match self {
            Self::Open => "open",
            Self::Refused => "aid refused",
            Self::Ended => "ended early",
            Self::OtherPeriod => "outside the period",
            Self::DateUnclear => "date unclear",
            Self::OtherType => "case type outside the scope",
            Self::NoRubric => "no rubric applies",
        };
        Text::fixed(self.id(), en)
    }
}
