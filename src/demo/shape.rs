//! What kind of case it is: type, stage, channel, how it was heard and how it ended. Everything else follows from this.
//! Must not know dates, persons or defects.

use super::draw::Draw;

/// 案件类型
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 民事
    Civil,
    /// 行政
    Administrative,
    /// 劳动仲裁
    Labour,
    /// 非诉讼
    Informal,
    /// 刑事
    Criminal,
}

/// 刑事诉讼阶段
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// 侦查
    Investigation,
    /// 审查起诉
    Prosecution,
    /// 审判
    Trial,
}

/// How it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hearing {
    /// 开庭
    Held,
    /// 不开庭审理
    Written,
    /// Ended without one, or none belongs to the stage.
    None,
}

/// One case in outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Type.
    pub kind: Kind,
    /// Stage; of criminal cases only.
    pub stage: Option<Stage>,
    /// 申请, 通知 or 商请.
    pub channel: &'static str,
    /// 结案方式
    pub closing: &'static str,
    /// Hearing.
    pub hearing: Hearing,
    /// 羁押状态
    pub custody: &'static str,
    /// Papers were added later.
    pub supplement: bool,
    /// 可能判处无期徒刑、死刑
    pub severe: bool,
    /// 免予核查经济困难状况
    pub exempt: bool,
}

impl Shape {
    /// A case of an office.
    pub fn draw(draw: &mut Draw) -> Self {
        use Kind::{Administrative, Civil, Criminal, Informal, Labour};
        let kind = draw.weighted(&[(34, Civil), (6, Administrative), (12, Labour), (8, Informal), (40, Criminal)]);
        let supplement = draw.chance(8);
        let base = Self {
            kind,
            stage: None,
            channel: "申请",
            closing: "其他",
            hearing: Hearing::None,
            custody: "未羁押",
            supplement,
            severe: false,
            exempt: draw.chance(55),
        };
        let (held, none) = (Hearing::Held, Hearing::None);
        let (closing, hearing) = match kind {
            Civil => draw.weighted(&[
                (50, ("判决", held)),
                (12, ("判决", Hearing::Written)),
                (16, ("调解", held)),
                (6, ("调解", none)),
                (8, ("撤诉", none)),
                (8, ("和解", none)),
            ]),
            Administrative => draw.weighted(&[(70, ("判决", held)), (10, ("判决", Hearing::Written)), (20, ("撤诉", none))]),
            Labour => draw.weighted(&[(65, ("仲裁裁决", held)), (25, ("调解", held)), (10, ("和解", none))]),
            Informal => draw.weighted(&[(40, ("和解", none)), (35, ("调解", none)), (25, ("履行", none))]),
            Criminal => return Self::criminal(base, draw),
        };
        Self { closing, hearing, ..base }
    }

    fn criminal(base: Self, draw: &mut Draw) -> Self {
        let stage = draw.weighted(&[(30, Stage::Investigation), (30, Stage::Prosecution), (40, Stage::Trial)]);
        let channel = draw.weighted(&[(60, "通知"), (12, "商请"), (28, "申请")]);
        let (closing, hearing) = match stage {
            Stage::Investigation => draw.weighted(&[(90, ("移送起诉", Hearing::None)), (10, ("撤案", Hearing::None))]),
            Stage::Prosecution => draw.weighted(&[(80, ("提起公诉", Hearing::None)), (20, ("不起诉", Hearing::None))]),
            Stage::Trial => draw.weighted(&[(72, ("判决", Hearing::Held)), (28, ("裁定", Hearing::Written))]),
        };
        Self {
            stage: Some(stage),
            channel,
            closing,
            hearing,
            custody: draw.weighted(&[(60, "羁押"), (30, "取保候审"), (10, "未羁押")]),
            severe: stage == Stage::Trial && channel == "通知" && draw.chance(35),
            ..base
        }
    }

    /// Whether the criminal rubric grades it.
    pub fn is_criminal(&self) -> bool {
        self.kind == Kind::Criminal
    }

    /// 案件类型 as registered.
    pub fn case_type(&self) -> &'static str {
        match self.kind {
            Kind::Civil => "民事",
            Kind::Administrative => "行政",
            Kind::Labour => "劳动仲裁",
            Kind::Informal => "非诉讼",
            Kind::Criminal => "刑事",
        }
    }

    /// 诉讼阶段 as registered.
    pub fn stage_word(&self) -> &'static str {
        match (self.kind, self.stage) {
            (_, Some(Stage::Investigation)) => "侦查",
            (_, Some(Stage::Prosecution)) => "审查起诉",
            (Kind::Labour, _) => "仲裁",
            (Kind::Informal, _) => "非诉讼",
            _ => "审判",
        }
    }

    /// What the case number says of the type.
    pub fn letter(&self) -> &'static str {
        match self.kind {
            Kind::Civil => "民",
            Kind::Administrative => "行",
            Kind::Labour => "仲",
            Kind::Informal => "非",
            Kind::Criminal => "刑",
        }
    }

    /// Whether it came by notice or request of an authority.
    pub fn by_notice(&self) -> bool {
        self.channel != "申请"
    }
}
