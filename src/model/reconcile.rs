//! When several marks of one case count together, and when they ask for more: the rubric's `[reconcile]`. Must not reconcile.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::say;

/// What decides where three reviewers or more do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Third {
    /// The grade of more than half of them.
    #[default]
    Majority,
    /// The marks in the middle.
    Median,
    /// The marks of the group leader (组长) among those who marked again.
    Senior,
}

/// The rules of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconcile {
    /// Two marks that lie so many points apart, or more, ask for a third.
    pub difference: Option<Points>,
    /// Two marks of different grade ask for a third.
    pub grades: bool,
    /// What decides then.
    pub third: Third,
    /// So many more reviewers where the only mark gives the worst grade.
    pub fail: u32,
    /// One more for so many of a hundred cases of the best grade, chosen by the seed of the draw.
    pub excellent: Points,
    /// One more where the only mark lies so near to the edge of a grade.
    pub edge: Option<Points>,
    /// Whether the rules stand in a published standard.
    pub verified: bool,
}

impl Reconcile {
    /// The rules in words.
    pub fn said(&self) -> Text {
        let third = match self.third {
            Third::Majority => Text::fixed("以过半数的等次为准、取其平均", "the grade of more than half counts, with their mean"),
            Third::Median => Text::fixed("取中位", "the one in the middle counts"),
            Third::Senior => Text::fixed("以组长的评分为准", "that of the group leader counts"),
        };
        let when = match (self.difference, self.grades) {
            (Some(by), true) => Some(say!("分差达到 {by} 分或等次不同", "{by} points apart or of different grades")),
            (Some(by), false) => Some(say!("分差达到 {by} 分", "{by} points apart")),
            (None, true) => Some(say!("等次不同", "of different grades")),
            (None, false) => None,
        };
        let mut parts = vec![match when {
            Some(when) => Text::pair(
                format!("两份评分取平均；{}的由第三人评，{}，仍定不下来的集体合议", when.zh, third.zh),
                Some(format!("the mean of two marks; a third for those {}: {}, or else a joint decision", when.en, third.en)),
            ),
            None => Text::fixed("几份评分取平均", "the mean of all marks"),
        }];
        if self.fail > 0 {
            let n = self.fail;
            parts.push(say!("一评为最低等次的再由 {n} 人评", "{n} more for a first mark of the worst grade"));
        }
        if self.excellent > Points::ZERO {
            let n = self.excellent;
            parts.push(say!("一评为最高等次的按种子抽 {n}% 再由一人评", "one more for {n} % of the best grade, by the seed"));
        }
        if let Some(near) = self.edge {
            parts.push(say!("一评距等次分数线 {near} 分以内的再由一人评", "one more within {near} points of the edge of a grade"));
        }
        if !self.verified {
            parts.push(Text::fixed("〔本工具默认，未见于公布的标准〕", "[this program's own, in no published standard]"));
        }
        let (zh, en): (Vec<_>, Vec<_>) = parts.into_iter().map(|t| (t.zh, t.en)).unzip();
        Text::pair(zh.join("；"), Some(en.join("; ")))
    }
}
