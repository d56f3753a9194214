//! Plain words for agreement: one sentence a figure, for people who do not know statistics. Must not claim more than the figure: rules of
//! thumb are called so (经验分级), and where the interval reaches a lower band that is said too.

use crate::base::text::Text;
use crate::say;

use super::estimate::{Estimate, Gap, Level, Model, Statistic, Weights};

/// Below this many cases an interval from a large-sample formula is said to be rough.
const FEW: usize = 30;

impl Gap {
    /// In words.
    pub fn said(self) -> Text {
        match self {
            Self::NoPairs => {
                Text::fixed("没有可比的评分：需要同一案件有两人以上评过", "no marks to compare: a case marked by two or more is needed")
            }
            Self::NotTwo => Text::fixed("这一指标只比较两位评估专家", "this figure compares exactly two reviewers"),
            Self::ShortScale => Text::fixed("等次量表少于两档", "the scale has fewer than two grades"),
            Self::NoVariation => {
                Text::fixed("评分没有差别，无从区分是真一致还是碰巧一致", "the marks do not vary, so agreement cannot be told from chance")
            }
            Self::OneCase => Text::fixed("只有一个案件", "there is a single case"),
            Self::Unequal => Text::fixed("各案的评分份数不相等", "cases have unequal numbers of marks"),
            Self::NoWidth => Text::fixed("公式在这组数据上给不出区间的宽度", "the formula gives no width for these marks"),
            Self::HangsOnOne => Text::fixed("去掉其中一个案件就算不出来", "without one of the cases there would be no figure"),
            Self::NoFreedom => Text::fixed("同案双评太少，分不清松紧与偶然", "too few cases are marked twice to tell severity from chance"),
        }
    }
}

impl Statistic {
    /// Its short name.
    pub fn name(self) -> Text {
        match self {
            Self::Exact => Text::fixed("等次完全一致率", "Same grade"),
            Self::WithinOne => Text::fixed("等次相差不超过一档的比率", "Within one grade"),
            Self::Cohen(Weights::Unweighted) => Text::fixed("科恩 κ（不加权）", "Cohen's κ, unweighted"),
            Self::Cohen(Weights::Linear) => Text::fixed("科恩 κ（线性加权）", "Cohen's κ, linear weights"),
            Self::Cohen(Weights::Quadratic) => Text::fixed("科恩 κ（平方加权）", "Cohen's κ, quadratic weights"),
            Self::Gwet(Weights::Unweighted) => Text::fixed("格韦特 AC1", "Gwet's AC1"),
            Self::Gwet(Weights::Linear) => Text::fixed("格韦特 AC2（线性加权）", "Gwet's AC2, linear weights"),
            Self::Gwet(Weights::Quadratic) => Text::fixed("格韦特 AC2（平方加权）", "Gwet's AC2, quadratic weights"),
            Self::Fleiss => Text::fixed("弗莱斯 κ", "Fleiss' κ"),
            Self::Alpha(Level::Nominal) => Text::fixed("克里彭多夫 α（名义）", "Krippendorff's α, nominal"),
            Self::Alpha(Level::Ordinal) => Text::fixed("克里彭多夫 α（有序）", "Krippendorff's α, ordinal"),
            Self::Alpha(Level::Interval) => Text::fixed("克里彭多夫 α（等距）", "Krippendorff's α, interval"),
            Self::AlphaOfPoints => Text::fixed("克里彭多夫 α（得分）", "Krippendorff's α of points"),
            Self::Icc { model, averaged } => {
                let model = match model {
                    Model::OneWay => 1,
                    Model::TwoWayRandom => 2,
                    Model::TwoWayMixed => 3,
                };
                let form = if averaged { "k" } else { "1" };
                say!("组内相关系数 ICC({model},{form})", "Intraclass correlation ICC({model},{form})")
            }
        }
    }
}

impl Estimate {
    /// One plain sentence, or two.
    pub fn plain(&self) -> Text {
        let Some(value) = self.value else {
            return joined(&[&self.name(), &Text::fixed("：没有数据（", ": no data ("), &self.gap(), &Text::fixed("）。", ").")]);
        };
        let share = matches!(self.statistic, Statistic::Exact | Statistic::WithinOne);
        let figure = Text::same(if share { percent(value) } else { decimal(value) });
        joined(&[&self.who(), &self.what(), &figure, &self.interval(share), &self.meaning(value), &self.band(value), &self.few()])
    }

    fn gap(&self) -> Text {
        let two_way = matches!(self.statistic, Statistic::Icc { model: Model::TwoWayRandom | Model::TwoWayMixed, .. });
        match self.why.unwrap_or(Gap::NoPairs) {
            Gap::NoPairs if two_way => Text::fixed(
                "要每件都由同样的几位专家评过才能算，各案的专家不是同一组人",
                "it needs cases that the same reviewers all marked; here each case has its own",
            ),
            why => why.said(),
        }
    }

    /// Who marked how many cases.
    fn who(&self) -> Text {
        let (cases, n) = (self.seen.cases, self.seen.reviewers);
        match self.statistic {
            _ if n == 2 => say!("两位评估专家共同评过 {cases} 件，", "Two reviewers with {cases} case(s) in common: "),
            Statistic::Icc { model: Model::TwoWayRandom | Model::TwoWayMixed, .. } => {
                say!("{n} 位评估专家都评过的有 {cases} 件，", "{n} reviewers with {cases} case(s) marked by all: ")
            }
            _ => say!("{n} 位评估专家有 {cases} 件由两人以上评过，", "{n} reviewers with {cases} case(s) marked by two or more: "),
        }
    }

    /// What the figure says, up to the figure.
    fn what(&self) -> Text {
        let name = self.name();
        let framed = |zh: &str, en: &str| Text {
            zh: format!("{zh}按“{}”计为 ", name.zh).into(),
            en: format!("{en} ({}) is ", name.en).into(),
        };
        match self.statistic {
            Statistic::Exact if self.seen.reviewers == 2 => Text::fixed("等次完全相同的占 ", "the same grade in "),
            Statistic::Exact => Text::fixed("同一案件任取两份评分，等次完全相同的平均占 ", "two marks of a case have the same grade in "),
            Statistic::WithinOne if self.seen.reviewers == 2 => Text::fixed("等次相同或只差一档的占 ", "the same grade or the next in "),
            Statistic::WithinOne => {
                Text::fixed("同一案件任取两份评分，等次相同或只差一档的平均占 ", "two marks of a case have the same grade or the next in ")
            }
            Statistic::Cohen(Weights::Unweighted) | Statistic::Fleiss | Statistic::Gwet(Weights::Unweighted) => {
                framed("扣除碰巧一致后，等次的一致程度", "agreement on the grade beyond chance")
            }
            Statistic::Cohen(_) | Statistic::Gwet(_) => framed(
                "扣除碰巧一致后（相差越远扣得越多），等次的一致程度",
                "agreement on the grade beyond chance, grades further apart counting more",
            ),
            Statistic::Alpha(_) => framed("等次的可信程度", "reliability of the grades"),
            Statistic::AlphaOfPoints => framed("得分的可信程度", "reliability of the points"),
            Statistic::Icc { averaged: false, .. } => framed("单份评分的可信程度", "reliability of one mark"),
            Statistic::Icc { averaged: true, .. } => framed("各人平均分的可信程度", "reliability of the mean of the marks"),
        }
    }

    fn interval(&self, share: bool) -> Text {
        match self.ci95 {
            Some([low, high]) => {
                let shown = if share { percent } else { decimal };
                let (low, high) = (shown(low), shown(high));
                say!("（95% 区间 {low} 至 {high}）", " (95 % interval {low} to {high})")
            }
            None => joined(&[&Text::fixed("（没有区间：", " (no interval: "), &self.gap(), &Text::fixed("）", ")")]),
        }
    }

    /// What the figure means, up to the end of the sentence.
    fn meaning(&self, value: f64) -> Text {
        match self.statistic {
            Statistic::Exact | Statistic::WithinOne => Text::fixed("。", "."),
            Statistic::Icc { averaged: false, model } if value > 0.0 => {
                let part = format!("{:.0}%", value * 100.0);
                if model == Model::TwoWayMixed {
                    say!(
                        "，即不计各人一贯的松紧，得分的差别约 {part} 来自案件本身。",
                        ": severity that is constant aside, some {part} of the differences in points come from the cases."
                    )
                } else {
                    say!(
                        "，即得分的差别约 {part} 来自案件本身，其余来自评分的人和偶然。",
                        ": some {part} of the differences in points come from the cases, the rest from who marked and from chance."
                    )
                }
            }
            Statistic::Icc { .. } if value <= 0.0 => {
                Text::fixed("，看不出得分的差别来自案件本身。", ": it cannot be seen that differences in points come from the cases.")
            }
            Statistic::Icc { .. } => Text::fixed("，1 为最高。", ", where 1 is the most."),
            _ => Text::fixed("，1 为完全一致，0 与碰巧相当。", ", where 1 is full agreement and 0 no better than chance."),
        }
    }

    /// The rule of thumb, called so; of the low end too, where that lies in another band. None without an interval.
    fn band(&self, value: f64) -> Text {
        let banded = matches!(self.statistic, Statistic::Cohen(_) | Statistic::Gwet(_) | Statistic::Fleiss);
        let Some([low, _]) = self.ci95.filter(|_| banded) else { return Text::EMPTY };
        let (at, low) = (landis_koch(value), landis_koch(low));
        let start = Text::fixed("经验分级（Landis–Koch 1977，仅供参考）：", " Rule of thumb (Landis and Koch 1977): ");
        let reach = match low == at {
            true => Text::EMPTY,
            false => joined(&[&Text::fixed("，按区间下限为", ", at the low end of the interval "), &low]),
        };
        joined(&[&start, &at, &reach, &Text::fixed("。", ".")])
    }

    fn few(&self) -> Text {
        let exact = matches!(self.statistic, Statistic::Exact | Statistic::WithinOne | Statistic::Icc { .. });
        if exact || self.ci95.is_none() || self.seen.cases >= FEW {
            return Text::EMPTY;
        }
        say!("不足 {FEW} 件，区间只是大概。", " With fewer than {FEW} cases the interval is rough.")
    }
}

/// The bands of Landis and Koch (1977), which have no ground but their authors' opinion.
fn landis_koch(value: f64) -> Text {
    let bands = [
        (0.205, Text::fixed("轻微", "slight")),
        (0.405, Text::fixed("一般", "fair")),
        (0.605, Text::fixed("中等", "moderate")),
        (0.805, Text::fixed("较高", "substantial")),
    ];
    if value < 0.0 {
        return Text::fixed("不如碰巧", "poor");
    }
    let found = bands.into_iter().find(|(below, _)| value < *below);
    found.map_or(Text::fixed("几乎完全一致", "almost perfect"), |(_, band)| band)
}

/// One text after the other.
pub(super) fn joined(parts: &[&Text]) -> Text {
    Text {
        zh: parts.iter().map(|part| &*part.zh).collect::<String>().into(),
        en: parts.iter().map(|part| &*part.en).collect::<String>().into(),
    }
}

/// `0.425` becomes `42.5%`.
pub(super) fn percent(value: f64) -> String {
    format!("{:.1}%", (value * 1000.0).round() / 10.0 + 0.0)
}

/// Two decimals, without a minus before zero.
pub(super) fn decimal(value: f64) -> String {
    format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0)
}

/// Points with one decimal, without a minus before zero.
pub(super) fn points(value: f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0 + 0.0)
}
