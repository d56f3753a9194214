//! What a rubric about an office (机构) or a firm (律师事务所) needs beside a case: whom a word is about, facts derived from the
//! office's own cases, and logs, whose rows stand for themselves. Must not compute anything.

use super::case::Case;
use super::value::Entry;
use super::vocabulary::FieldId;
use crate::base::place::{Place, Seen};
use crate::base::points::Points;
use crate::base::text::Text;

/// Whom a rubric grades, and whom a field or document tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Subject {
    /// 案件
    #[default]
    Case,
    /// 律师事务所
    Firm,
    /// 法律援助机构
    Office,
}

impl Subject {
    /// The word in rubrics and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Firm => "firm",
            Self::Office => "office",
        }
    }

    /// All of them by their word.
    pub const WORDS: [(&'static str, Self); 3] = [("case", Self::Case), ("firm", Self::Firm), ("office", Self::Office)];

    /// What people read.
    pub const fn title(self) -> Text {
        match self {
            Self::Case => Text::fixed("案件", "case"),
            Self::Firm => Text::fixed("律师事务所", "firm"),
            Self::Office => Text::fixed("机构", "office"),
        }
    }
}

/// Index of a log in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogId(pub u16);

/// A table (台账) with several rows for one office, each a record of its own: meetings, trainings, files of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// English id.
    pub id: String,
    /// Chinese title, also of the sheet.
    pub title: String,
    /// Other titles of the sheet.
    pub aliases: Vec<String>,
}

/// One row of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Which log.
    pub log: LogId,
    /// Its values, sorted by field; a field has one value, or several where it is `many`.
    pub entries: Vec<Entry>,
    /// Where it stands.
    pub place: Place,
}

impl LogRow {
    /// The row as a case of its own, so that all that reads values of cases reads those of a row.
    pub fn as_case(&self) -> Case {
        Case { entries: self.entries.clone(), ..Case::empty(self.place.clone()) }
    }

    /// The value of a field, understood or not.
    pub fn entry(&self, field: FieldId) -> Option<&Entry> {
        self.entries.iter().find(|e| e.field == field)
    }

    /// Where it stands.
    pub fn seen(&self) -> Seen {
        self.place.clone().into()
    }
}

/// How the value of a field follows from the cases of the office. Fields and choices stand by their words; loading a rubric checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derive {
    /// Cases of these recipient groups (all when empty), with this day in the period of the batch; refused ones are left out.
    Cases {
        /// Field of the day.
        by: Option<String>,
        /// Values of 受援人类别.
        groups: Vec<String>,
    },
    /// Cases selected for review.
    Selected,
    /// Selected cases of this grade, by its title.
    Grade(String),
    /// Selected cases within the rate that the rubric of the cases names, in percent.
    Headline,
    /// The median of days from one field to another, over cases of these groups, or over those of none of them.
    Median {
        /// First day.
        from: String,
        /// Last day.
        to: String,
        /// Values of 受援人类别.
        groups: Vec<String>,
        /// Whether the cases of all other recipients are meant.
        others: bool,
    },
}

/// A number from 0 in percent as offices write it: `98%`, `98`, or 0.98 where a spreadsheet keeps 98 % so. Above 1 a bare number
/// counts percents, up to 1 it is a share.
pub fn percent(text: &str) -> Option<Points> {
    let text = text.trim().replace(['％', '﹪'], "%").replace([',', '，', ' '], "");
    let hundred = Points::whole(100);
    let value = match text.strip_suffix('%') {
        Some(percents) => Points::parse(percents)?,
        None => match Points::parse(&text)? {
            share if share <= Points::whole(1) => share * hundred,
            percents => percents,
        },
    };
    (value >= Points::ZERO).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_read_as_offices_and_spreadsheets_write_them() {
        for (text, want) in
            [("98%", "98"), ("98", "98"), ("0.98", "98"), ("1", "100"), ("100％", "100"), ("181.6%", "181.6"), ("0", "0"), ("0.5%", "0.5")]
        {
            assert_eq!(percent(text).map(|p| p.to_string()).as_deref(), Some(want), "{text}");
        }
        for text in ["", "很高", "-3%", "约98%"] {
            assert_eq!(percent(text), None, "{text}");
        }
    }
}
