//! A rubric's rules in words, for sheets and `show`. Must not decide anything.

use super::{Deduct, Remedy};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::Unit;
use crate::say;

impl Unit {
    /// The unit in words.
    pub const fn title(self) -> Text {
        match self {
            Self::Days => Text::fixed("日", "day"),
            Self::Workdays => Text::fixed("个工作日", "working day"),
            Self::Months => Text::fixed("个月", "month"),
            Self::Hours => Text::fixed("小时", "hour"),
            Self::Items => Text::fixed("处", "item"),
            Self::Percent => Text::fixed("个百分点", "percentage point"),
            Self::Points => Text::fixed("分", "point"),
            Self::Level => Text::fixed("级", "level"),
        }
    }
}

impl Deduct {
    /// The deduction in words.
    pub fn said(&self, of: Points, units: &[Unit]) -> Text {
        match self {
            Self::All if of.is_zero() => Text::fixed("不扣分", "takes no points"),
            Self::All => say!("不符合扣 {of} 分", "all {of} points when not met"),
            Self::PerObservation { points, most } => {
                say!("每处扣 {points} 分，最多扣 {most} 分", "{points} points each, at most {most}")
            }
            Self::PerUnit { unit: Unit::Points, .. } => say!("由评估专家在 0 至 {of} 分内评分", "marked by a reviewer from 0 to {of}"),
            Self::PerUnit { unit, points, most } => {
                let unit = unit.title();
                let (zh, en) = (unit.zh, unit.en);
                say!("每{zh}扣 {points} 分，最多扣 {most} 分", "{points} points per {en}, at most {most}")
            }
            Self::Steps(steps) => {
                // The versions of a limit may differ in their unit, so that the steps of a limit have none of their own.
                let limit = units.contains(&Unit::Days);
                let reach = units.contains(&Unit::Percent);
                let ((over_zh, one, after), (over_en, after_en)) = if reach {
                    (("未达到", "个百分点（或个）", ""), ("short by over", ""))
                } else if limit {
                    (("超期", "日", "（按期限的计时单位）"), ("late by over", " (in the unit of the limit)"))
                } else {
                    (("不符合", "处", ""), ("over", ""))
                };
                let zh = steps.iter().map(|(over, lose)| {
                    if over.is_zero() { format!("{over_zh}扣 {lose} 分") } else { format!("{over_zh}多于 {over} {one}扣 {lose} 分") }
                });
                let en = steps.iter().map(|(over, lose)| format!("{over_en} {over}: {lose} points"));
                let (zh, en) = (zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>().join("; "));
                Text::pair(format!("{zh}{after}"), Some(format!("{en}{after_en}")))
            }
        }
    }
}

impl Remedy {
    /// What people read.
    pub const fn title(self) -> Text {
        match self {
            Self::Complete => Text::fixed("可补齐", "can be completed"),
            Self::Explain => Text::fixed("可说明", "can be explained"),
            Self::None => Text::fixed("不可补正", "cannot be mended"),
        }
    }
}
