//! The words by which a score sheet (评分表) and the tables of a panel are written and known again. Written by `report`, read by `intake`,
//! which do not know each other. Must not hold a layout: a sheet is read by these words, wherever they stand.

/// Hidden sheet that says whose sheet it is and what is on it: a key in column A, its values in the columns after it.
pub const IDENTITY: &str = "标识";
/// Index of the cases.
pub const INDEX: &str = "目录";
/// In the grid layout: a row a case and criterion.
pub const GRID: &str = "评分总表";
/// In the grid layout: a row a case, for grade and remarks.
pub const VERDICTS: &str = "评定";

/// Value of [`key::KIND`].
pub const KIND: &str = "juanping-score-sheet";
/// Value of [`key::FORMAT`].
pub const FORMAT: &str = "1";

/// Value of [`key::KIND`] in a calibration pack (校准): the same cases for all reviewers, for practice, never real marks.
pub const CALIBRATION: &str = "juanping-calibration";
/// What the frame ends with in a calibration pack.
pub const CALIBRATION_FRAME: &str = "-calibration";

/// Keys of the identity sheet.
pub mod key {
    /// [`super::KIND`]
    pub const KIND: &str = "kind";
    /// [`super::FORMAT`]
    pub const FORMAT: &str = "format";
    /// Title of the batch.
    pub const BATCH: &str = "batch";
    /// SHA-256 of the frame (抽样框) of the draw.
    pub const FRAME: &str = "frame";
    /// Code of the reviewer.
    pub const REVIEWER: &str = "reviewer";
    /// `pages` or `grid`.
    pub const LAYOUT: &str = "layout";
    /// A rubric: id, version, SHA-256; a row each.
    pub const RUBRIC: &str = "rubric";
    /// A case: name of its page (sheet in the page layout, value of [`super::PAGE`] in the grid), office id, case number, stage, rubric
    /// id, then the ids that must be marked and those that may be, each list divided by blanks, last [`super::WHOLE`] or what part is
    /// marked; a row each. A case whose type is not clear has no rubric and no ids.
    pub const PAGE: &str = "page";
}

/// A page on which a whole case is marked; the others mark a part and confirm no grade.
pub const WHOLE: &str = "whole";

/// `pages`: a sheet a case.
pub const PAGES_LAYOUT: &str = "pages";
/// `grid`: a row a case and criterion.
pub const GRID_LAYOUT: &str = "grid";

/// Heading of the page's name in the grid.
pub const PAGE: &str = "页";
/// Heading of ids of criteria and red lines.
pub const ID: &str = "编号";
/// Heading of points taken off.
pub const OFF: &str = "扣分";
/// Heading of the level, where the rubric works by levels.
pub const LEVEL: &str = "等级";
/// Heading of what kind of shortcoming it is, chosen from a list.
pub const SITUATION: &str = "扣分情形";
/// Heading of the reason.
pub const REASON: &str = "理由";
/// Heading of the pages of the dossier that show it.
pub const PAGES: &str = "页码";
/// Heading of the decision on a proposed red line (红线): [`YES`] or [`NO`].
pub const DECISION: &str = "决定";

/// A red line applies.
pub const YES: &str = "成立";
/// It does not.
pub const NO: &str = "不成立";
/// Instead of points: the criterion does not apply to the case.
pub const NOT_APPLICABLE: &str = "不适用";

/// Label of the case number; as everywhere below, its value is the next filled cell to the right in its row.
pub const CASE_NO: &str = "案号";
/// Label of the office.
pub const OFFICE: &str = "机构";
/// Label of good practice.
pub const GOOD: &str = "亮点";
/// Label of shortcomings.
pub const LACKING: &str = "不足";
/// Label of advice.
pub const ADVICE: &str = "建议";
/// Label of the grade that the reviewer confirms.
pub const GRADE: &str = "评定等次";
/// Label of the code by which the reviewer signs.
pub const SIGNED: &str = "评估专家编号";
/// Label of the day of signing.
pub const ON: &str = "评定日期";

/// Sheet of joint decisions.
pub const COUNCIL: &str = "合议记录";
/// Sheet of objections.
pub const OBJECTIONS: &str = "申诉登记";
/// Headings of [`COUNCIL`], in order.
pub const COUNCIL_HEADS: [&str; 10] =
    ["案号", "机构", "诉讼阶段", "指标编号", "扣分", "理由", "评定等次", "合议人员", "合议日期", "合议纪要"];
/// Headings of [`OBJECTIONS`], in order.
pub const OBJECTION_HEADS: [&str; 17] = [
    "案号",
    "机构",
    "诉讼阶段",
    "申诉人",
    "申诉人身份",
    "指标编号",
    "申诉理由",
    "证据材料",
    "材料性质",
    "送达日",
    "提出日",
    "决定",
    "变更后扣分",
    "变更后等次",
    "决定人",
    "决定日期",
    "决定理由",
];
/// Who objects: the office, or the lawyer.
pub const OBJECTORS: [&str; 2] = ["机构", "承办人"];
/// 材料性质: the paper was there when the case was marked, or was made afterwards.
pub const EVIDENCE: [&str; 2] = ["评估时已存在", "事后形成"];
/// 决定: the result stays, or is changed.
pub const DECISIONS: [&str; 2] = ["维持", "变更"];

/// How a score sheet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// [`PAGES_LAYOUT`]
    #[default]
    Pages,
    /// [`GRID_LAYOUT`]
    Grid,
}

impl Layout {
    /// The words in settings and on the identity sheet.
    pub const WORDS: [(&'static str, Self); 2] = [(PAGES_LAYOUT, Self::Pages), (GRID_LAYOUT, Self::Grid)];
}

/// When a reviewer sees what the machine found (机检情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Facts {
    /// At once.
    #[default]
    Shown,
    /// Once the row is marked.
    After,
    /// Not at all.
    Never,
}

impl Facts {
    /// The words in settings.
    pub const WORDS: [(&'static str, Self); 3] = [("shown", Self::Shown), ("after", Self::After), ("never", Self::Never)];
}
