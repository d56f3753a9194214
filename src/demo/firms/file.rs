//! Files of an invented firm (业务档案): days, papers, marks, and what is wrong with a file. Must not write anything.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::super::draw::Draw;
use super::super::person;

/// Papers of a file in their order: heading, whether civil and criminal files have it.
pub const PAPERS: &[(&str, bool, bool)] = &[
    ("批办单", true, true),
    ("风险告知书", true, true),
    ("收费凭证", true, true),
    ("委托代理协议", true, true),
    ("授权委托书", true, true),
    ("起诉状", true, false),
    ("阅卷笔录", false, true),
    ("谈话笔录", true, true),
    ("代理词", true, false),
    ("辩护词", false, true),
    ("出庭通知书", true, true),
    ("庭审笔录", true, true),
    ("裁判文书", true, true),
    ("办案小结", true, true),
];

/// Marks of both criteria that a reviewer decides.
pub const FULL: (u32, u32) = (12, 8);

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Filed too late.
    Late,
    /// Not filed at all.
    Unfiled,
    /// No summary.
    NoSummary,
    /// The agreement has no day.
    Undated,
    /// A paper stands where it does not belong.
    Disorder,
    /// Pages are missing in the list.
    Gap,
    /// No receipt.
    NoReceipt,
    /// No interview.
    NoInterview,
    /// Little is there and what there is is poor: the file fails.
    Fails,
}

impl Flaw {
    /// Those that any file may have.
    pub const USUAL: [Self; 7] =
        [Self::Unfiled, Self::NoSummary, Self::Undated, Self::Disorder, Self::Gap, Self::NoReceipt, Self::NoInterview];

    /// Criteria that see it, and what was done.
    pub fn seen(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Late => (&["D01"], "结案三个月后才归档"),
            Self::Unfiled => (&["D01"], "结案三个月后仍未归档"),
            Self::NoSummary => (&["C02"], "没有办案小结"),
            Self::Undated => (&["A04"], "委托协议没有日期"),
            Self::Disorder => (&["D02"], "授权委托书放在了卷首"),
            Self::Gap => (&["D03"], "卷内目录缺页"),
            Self::NoReceipt => (&["A02"], "没有收费凭证"),
            Self::NoInterview => (&["B01"], "没有谈话笔录"),
            Self::Fails => (&["A01", "A02", "A03", "B01", "C02", "E01", "E02"], "材料大量缺失，办案质量差"),
        }
    }

    fn loses(self) -> &'static [&'static str] {
        match self {
            Self::NoSummary => &["办案小结"],
            Self::NoReceipt => &["收费凭证"],
            Self::NoInterview => &["谈话笔录"],
            Self::Fails => &["批办单", "收费凭证", "委托代理协议", "授权委托书", "谈话笔录", "办案小结"],
            _ => &[],
        }
    }
}

/// One file.
#[derive(Debug, Clone)]
pub struct File {
    /// Number.
    pub case_no: String,
    /// 刑事, else 民事.
    pub criminal: bool,
    /// 案由
    pub cause: &'static str,
    /// Client.
    pub client: String,
    /// Lawyer.
    pub lawyer: String,
    /// 签订委托协议日期
    pub signed: Option<Date>,
    /// 开庭日期
    pub hearing: Option<Date>,
    /// 结案日期; none while it is open.
    pub closed: Option<Date>,
    /// 归档日期
    pub filed: Option<Date>,
    /// Looked through.
    pub drawn: bool,
    /// What is wrong.
    pub flaw: Option<Flaw>,
}

impl File {
    /// A file; `nth` from 0.
    pub fn draw(short: &str, nth: u32, lawyers: &[String], since: Date, flaw: Option<Flaw>, draw: &mut Draw) -> Self {
        let criminal = draw.chance(40);
        let causes: &[&str] = if criminal {
            &["盗窃", "故意伤害", "危险驾驶", "诈骗"]
        } else {
            &["买卖合同纠纷", "民间借贷纠纷", "离婚纠纷", "租赁合同纠纷"]
        };
        let kind = if criminal { "刑" } else { "民" };
        // All of them end by September, so that even what is filed late is filed before the check.
        let room = u32::try_from((jiff::civil::date(2024, 6, 10) - since).get_days()).unwrap_or(1);
        let signed = later(since, draw.below(room.max(1)));
        let hearing = later(signed, draw.between(30, 50));
        let closed = later(hearing, draw.between(10, 35));
        let filed = match flaw {
            Some(Flaw::Late) => closed.checked_add(Span::new().months(3)).map_or(closed, |day| later(day, draw.between(5, 60))),
            _ => later(closed, draw.between(10, 70)),
        };
        Self {
            case_no: format!("{short}律{kind}〔2024〕{}号", nth + 1),
            criminal,
            cause: draw.pick(causes),
            client: person::recipient(draw),
            lawyer: lawyers[draw.index(lawyers.len())].clone(),
            signed: Some(signed).filter(|_| flaw != Some(Flaw::Undated)),
            hearing: Some(hearing),
            closed: Some(closed),
            filed: Some(filed).filter(|_| flaw != Some(Flaw::Unfiled)),
            drawn: true,
            flaw,
        }
    }

    /// Whether a paper is there: `None` where such a file has none.
    pub fn has(&self, paper: &str) -> Option<bool> {
        let (_, civil, criminal) = PAPERS.iter().find(|(title, ..)| *title == paper)?;
        let asked = if self.criminal { *criminal } else { *civil };
        asked.then(|| !self.flaw.is_some_and(|f| f.loses().contains(&paper)))
    }

    /// 卷内目录
    pub fn contents(&self) -> String {
        let mut titles: Vec<&str> = PAPERS.iter().map(|(title, ..)| *title).filter(|t| self.has(t) == Some(true)).collect();
        if self.flaw == Some(Flaw::Disorder)
            && let Some(at) = titles.iter().position(|t| *t == "授权委托书")
        {
            let moved = titles.remove(at);
            titles.insert(0, moved);
        }
        let (mut page, mut lines) = (1, Vec::new());
        for (i, title) in titles.iter().enumerate() {
            if self.flaw == Some(Flaw::Gap) && i == 4 {
                page += 2;
            }
            let last = page + 1 + u32::from(i % 3 == 0);
            lines.push(format!("{title} {page}-{last}"));
            page = last + 1;
        }
        lines.join("；")
    }

    /// Marks.
    pub fn marks(&self) -> (u32, u32) {
        if self.flaw == Some(Flaw::Fails) { (2, 1) } else { FULL }
    }
}

/// So many days later.
pub fn later(day: Date, days: u32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(day)
}
