//! Columns of the page of a case and their widths. Must not know what stands in them.

/// Columns, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 项目
    Group,
    /// 编号
    Id,
    /// 评估指标
    Title,
    /// 分值
    Points,
    /// 机检情况
    Fact,
    /// 扣分, or 等级.
    Mark,
    /// 得分
    Got,
    /// 扣分情形
    Situation,
    /// 理由
    Reason,
    /// 页码
    Pages,
}

/// The columns of a page.
pub struct Columns(pub Vec<(Role, u32)>);

impl Columns {
    /// Those of points or levels, with machine facts or without.
    pub fn new(levels: bool, facts: bool) -> Self {
        use Role::{Fact, Got, Group, Id, Mark, Pages, Points, Reason, Situation, Title};
        Self(match (levels, facts) {
            (false, true) => vec![
                (Group, 40),
                (Id, 42),
                (Title, 158),
                (Points, 36),
                (Fact, 150),
                (Mark, 46),
                (Got, 40),
                (Situation, 62),
                (Reason, 120),
                (Pages, 46),
            ],
            (false, false) => {
                vec![(Group, 40), (Id, 42), (Title, 218), (Points, 40), (Mark, 48), (Got, 44), (Situation, 72), (Reason, 186), (Pages, 50)]
            }
            (true, true) => {
                vec![(Group, 40), (Id, 44), (Title, 186), (Fact, 160), (Mark, 72), (Situation, 66), (Reason, 124), (Pages, 48)]
            }
            (true, false) => vec![(Group, 40), (Id, 44), (Title, 250), (Mark, 72), (Situation, 72), (Reason, 210), (Pages, 52)],
        })
    }

    /// Where a column is.
    pub fn at(&self, role: Role) -> Option<u16> {
        self.0.iter().position(|(r, _)| *r == role).and_then(|i| u16::try_from(i).ok())
    }

    /// The column, or the last where there is none.
    pub fn of(&self, role: Role) -> u16 {
        self.at(role).unwrap_or_else(|| self.last())
    }

    /// The last.
    pub fn last(&self) -> u16 {
        u16::try_from(self.0.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Pixels from one to another.
    pub fn pixels(&self, from: u16, to: u16) -> u32 {
        let (from, to) = (usize::from(from), usize::from(to));
        self.0.iter().take(to + 1).skip(from).map(|c| c.1).sum()
    }
}
