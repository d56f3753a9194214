//! Returned score sheets (评分表) and the tables of a panel (合议记录, 申诉登记), whatever program saved them: read by words, never by place.
//! Must not decide what several marks come to, nor turn a mark into points.
//!
//! A workbook says by its hidden sheet 标识 whose it is and what was asked ([`identity`]); its sheets are read as leaves ([`leaf`]) and become
//! pages ([`workbook`]); the pages of a case go to it ([`give`]), several of one reviewer are laid over each other ([`versions`]), and only
//! then cells are understood ([`judge`]).

pub mod council;
pub mod give;
pub mod identity;
pub mod judge;
pub mod leaf;
pub mod versions;
pub mod workbook;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::council::Said;
use self::identity::Identity;
use super::register::Register;
use super::row::Kind;
use super::sheet::serial;
use crate::base::date::{self, When};
use crate::base::form;
use crate::base::place::Place;
use crate::base::points::Points;
use crate::base::problem::Problem;

/// A workbook that says it is a score sheet.
pub struct Workbook {
    /// The open file.
    pub register: Register,
    /// What it says of itself, or why nothing of it may be used.
    pub identity: Result<Identity, Problem>,
    /// Whose it says it is, when it says so.
    pub reviewer: Option<Arc<str>>,
}

/// A score sheet that came back, used or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Path in the batch, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Whose it says it is.
    pub reviewer: Option<Arc<str>>,
    /// Whether it was read, though there was no draw to check it against.
    pub unchecked: bool,
}

/// What a reviewer fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// 扣分
    Off,
    /// 等级
    Level,
    /// 决定
    Decision,
    /// 扣分情形
    Situation,
    /// 理由
    Reason,
    /// 页码
    Pages,
    /// 亮点
    Good,
    /// 不足
    Lacking,
    /// 建议
    Advice,
    /// 评定等次
    Grade,
    /// 评估专家编号
    Signed,
    /// 评定日期
    On,
}

impl Slot {
    /// Those of a criterion.
    pub const OF_LINES: [Self; 6] = [Self::Off, Self::Level, Self::Decision, Self::Situation, Self::Reason, Self::Pages];
    /// Those that hold the mark.
    pub const MARKS: [Self; 3] = [Self::Off, Self::Level, Self::Decision];
    /// Those of a page.
    pub const OF_PAGES: [Self; 6] = [Self::Good, Self::Lacking, Self::Advice, Self::Grade, Self::Signed, Self::On];

    /// Heading or label.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => form::OFF,
            Self::Level => form::LEVEL,
            Self::Decision => form::DECISION,
            Self::Situation => form::SITUATION,
            Self::Reason => form::REASON,
            Self::Pages => form::PAGES,
            Self::Good => form::GOOD,
            Self::Lacking => form::LACKING,
            Self::Advice => form::ADVICE,
            Self::Grade => form::GRADE,
            Self::Signed => form::SIGNED,
            Self::On => form::ON,
        }
    }
}

/// A cell that is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// As written.
    pub text: Arc<str>,
    /// Kind.
    pub kind: Kind,
    /// Day numbers count from 1904.
    pub from_1904: bool,
    /// Where.
    pub place: Place,
}

impl Cell {
    /// The number that is written, `2` as well as `2分`.
    pub fn points(&self) -> Option<Points> {
        let number = matches!(self.kind, Kind::Number(_) | Kind::Text);
        let text = self.text.trim();
        Points::parse(text.strip_suffix('分').unwrap_or(text)).filter(|_| number)
    }

    /// The day that is written.
    pub fn day(&self) -> Option<When> {
        match self.kind {
            Kind::Date(when) => when.ok(),
            Kind::Number(n) => serial(n, self.from_1904).or_else(|| date::read(&self.text).ok()),
            Kind::Text => date::read(&self.text).ok(),
            Kind::Error => None,
        }
    }

    /// Whether two cells say the same.
    pub fn says(&self, other: &Self) -> bool {
        let same = |a: Option<Points>, b: Option<Points>| a.is_some() && a == b;
        super::words::plain(&self.text) == super::words::plain(&other.text)
            || same(self.points(), other.points())
            || (self.points().is_none() && self.day().is_some() && self.day() == other.day())
    }
}

/// What is filled in for a criterion, or for a page as a whole.
pub type Line = BTreeMap<Slot, Cell>;

/// A case on a score sheet, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Code of the reviewer whose sheet it is.
    pub reviewer: Arc<str>,
    /// Office id.
    pub office: String,
    /// Canonical number.
    pub case_no: String,
    /// Stage; blank where it is not part of the identity.
    pub stage: String,
    /// Criteria that must be marked, in the order of the rubric.
    pub must: Vec<Arc<str>>,
    /// Whether the whole case is marked.
    pub whole: bool,
    /// Those that may be.
    pub may: Vec<Arc<str>>,
    /// Those of them that versions of the page differ in.
    pub torn: Vec<Arc<str>>,
    /// What is filled in, by criterion.
    pub lines: BTreeMap<Arc<str>, Line>,
    /// What is filled in for the case as a whole.
    pub remarks: Line,
    /// The page.
    pub home: Place,
}

/// Everything of a panel that was read in one place.
#[derive(Debug, Default)]
pub struct Returned {
    /// Workbooks of reviewers.
    pub sent: Vec<Sent>,
    /// Their pages.
    pub pages: Vec<Page>,
    /// Rows of joint decisions and objections.
    pub said: Vec<Said>,
}

impl Returned {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty() && self.said.is_empty()
    }

    /// That sheets were used without a draw to check them against, told once.
    pub fn unchecked(&self) -> Option<Problem> {
        let places: Vec<Place> = self.sent.iter().filter(|s| s.unchecked).map(|s| Place::file(s.path.as_str())).collect();
        let n = places.len();
        let said = crate::say!(
            "没有抽卷方案，{n} 份评分表无法核对是不是这一批的，已照常使用",
            "there is no plan of a draw to check {n} score sheets against; they were used all the same"
        );
        Problem::several("P087", said, places)
    }
}
