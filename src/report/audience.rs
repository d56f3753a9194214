//! Who a paper is for (受众). Must not decide what is in a form; a form says itself whom it is for.

/// Whom a paper may reach, from the fewest to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// 内部: those who review.
    Internal,
    /// 反馈: one office, about its own cases.
    Feedback,
    /// 公开: anybody; counts and rates of offices, nothing about a case or a person.
    Public,
}

impl Audience {
    /// The words on the command line.
    pub const WORDS: [(&'static str, Self); 3] = [("internal", Self::Internal), ("feedback", Self::Feedback), ("public", Self::Public)];

    /// On the command line.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, a)| *a == self).map_or("", |(word, _)| word)
    }

    /// In Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Internal => "内部",
            Self::Feedback => "反馈",
            Self::Public => "公开",
        }
    }
}
