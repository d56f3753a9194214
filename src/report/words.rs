//! Words of workbooks: names of sheets, notes, standing sentences. Workbooks are always Chinese.
//! Must not hold the words of findings: those stand in the records.

use super::workbook::Context;

/// Names of sheets in an office's workbook, in order.
pub mod sheets {
    /// First sheet.
    pub const OVERVIEW: &str = "总览";
    /// One row a case.
    pub const CASES: &str = "案件评分";
    /// One row a finding.
    pub const DEDUCTIONS: &str = "扣分明细";
    /// What reviewers made of each case, where there was a round of review.
    pub const REVIEW: &str = "评议情况";
    /// What the dossiers lack.
    pub const ARCHIVE: &str = "归档问题";
    /// Items of DA/T 70 by property.
    pub const PROPERTIES: &str = "四性检测";
    /// Filing in figures.
    pub const FILING: &str = "归档情况统计表";
    /// By lawyer and firm.
    pub const PEOPLE: &str = "承办人";
    /// What a person must look at.
    pub const OPEN: &str = "待核实";
    /// What is to be put right.
    pub const LEDGER: &str = "整改台账";
    /// The office itself, where a rubric is about offices.
    pub const OWN: &str = "机构考核";
    /// The rubrics.
    pub const STANDARD: &str = "评估标准";
}

/// Names of sheets in 自查结果.xlsx, in order.
pub mod check {
    /// The jobs that most points hang on.
    pub const FIRST: &str = "先办这十件事";
    /// Case by case, to print and tick off.
    pub const LIST: &str = "逐案清单";
    /// A notice for each lawyer.
    pub const NOTICE: &str = "补正通知单";
    /// Columns that nobody read, and what could not be used.
    pub const COLUMNS: &str = "没有认出的列";
    /// Cases out of scope.
    pub const OUTSIDE: &str = "没有评的案件";
    /// Against an earlier check.
    pub const COMPARED: &str = "与上次对比";
}

/// Names of the first sheets of 总表.xlsx.
pub const SUMMARY: [&str; 6] = ["各机构", "图表", "失分指标", "指标热力图", "跨机构问题", "数据问题"];

/// Sheets of 总表.xlsx where there was a round of review: reviewers, and how far they agree.
pub const PANEL: [&str; 2] = ["评估专家", "一致性"];

/// Over everything made from invented cases.
pub const FICTITIOUS: &str = "【虚构示例】";
/// Subject of such a file.
pub const FICTITIOUS_SUBJECT: &str = "虚构示例：机构、人员、案件均为虚构";
/// Subject of any other file.
pub const SUBJECT: &str = "法律援助案件质量评查";
/// Below every table.
pub const SIGN: &str = "制表人：______________　　　审核人：______________　　　负责人：______________　　　日期：______年____月____日";
/// Where a second table does not fit on its sheet.
pub const REST_BELOW: &str = "其余见“扣分明细”（本表已到单个工作表的行数上限）。";
/// Below a table with more links than Excel keeps.
pub fn unlinked(room: u32, rest: u32) -> String {
    format!("本表链接已到 Excel 的上限（{room} 个），其余 {rest} 处没有链接，请用筛选查找。")
}

/// Beside every list of what is to be put right.
pub const NO_BACKDATING: &str = "不得倒签、补造、替签：过去的文书缺失或超期的，如实说明情况，不得事后制作、补填日期或代他人签名。";
/// Of a standard that nobody adopted.
pub const SAMPLE: &str = "参考样式，非官方标准";

/// Whether a batch is invented.
pub fn is_fictitious(title: &str) -> bool {
    title.contains("虚构")
}

/// What stands before the titles of an invented batch; nothing for any other.
pub fn mark(title: &str) -> &'static str {
    if is_fictitious(title) { FICTITIOUS } else { "" }
}

/// What stands behind the titles of what is made of a result that is not sealed.
pub const fn draft(sealed: bool) -> &'static str {
    if sealed { "" } else { "（草稿，未定稿）" }
}

/// Standing of the standard.
pub fn standing(context: &Context<'_>) -> String {
    match &context.batch.adopted {
        None => SAMPLE.to_owned(),
        Some(a) => format!("{}采用（{}），{} {} 确认", a.body, a.document_no, a.confirmed_by, a.date),
    }
}

/// The line below every title.
pub fn made(context: &Context<'_>, made_by: &str) -> String {
    let batch = context.batch;
    let rubrics: Vec<_> =
        context.rubrics.iter().chain(context.own).map(|r| format!("{} {}", without_standing(&r.title), r.version)).collect();
    let unit = batch.made_by.as_deref().unwrap_or(made_by);
    format!(
        "制表单位：{unit}　　制表时间：{}（截止日期）　　评查批次：{}{}　　标准版本：{}（{}）",
        batch.as_of,
        batch.title,
        if batch.stage.is_empty() { String::new() } else { format!("（{}）", batch.stage) },
        rubrics.join("；"),
        standing(context)
    )
}

/// A rubric's title without the bracket that says it is a sample, which is said beside it.
pub fn without_standing(title: &str) -> &str {
    title.split("〔参考样式").next().unwrap_or(title)
}

/// What stands for the outcome of a signal.
pub const SIGNAL: &str = "供核查，不扣分";

/// 结论 in Chinese.
pub fn outcome(id: &str) -> &str {
    match id {
        "met" => "符合",
        "unmet" => "不符合",
        "not_applicable" => "不适用",
        "unclear" => "材料不足待核",
        "pending" => "待人工评",
        "waived" => "经批准不扣分",
        "failed" => "程序未能检查",
        other => other,
    }
}

/// 能否补正 in Chinese.
pub fn remedy(id: &str) -> &str {
    match id {
        "complete" => "可补齐",
        "explain" => "可说明",
        "none" => "不可补正",
        other => other,
    }
}

/// Kind of a criterion in Chinese.
pub fn kind(id: &str) -> &str {
    match id {
        "regularity" => "规范性",
        "substance" => "业务性",
        other => other,
    }
}

/// 证据来源 in Chinese.
pub fn source(id: &str) -> &str {
    match id {
        "files" => "案卷抽查",
        "papers" => "资料审阅",
        "inquiry" => "现场问询",
        other => other,
    }
}

/// Who decides a criterion, and from what where its rubric says so.
pub fn decided(c: &crate::record::v1::CriterionRecord) -> String {
    let who = if c.human { "人工评分" } else { "程序检查" };
    c.source.as_deref().map_or_else(|| who.to_owned(), |s| format!("{who}（{}）", source(s)))
}

/// What stands where a statistic is not defined.
pub const NO_DATA: &str = "无数据";

/// Which reading of a case, in Chinese.
pub fn turn(id: &str) -> &str {
    match id {
        "first" => "一评",
        "second" => "二评",
        "extra" => "加评",
        other => other,
    }
}

/// How marks became the result, in Chinese.
pub fn settled(how: &str) -> &str {
    match how {
        "single" => "一人评分",
        "mean" => "取平均分",
        "majority" => "取多数",
        "median" => "取中位数",
        "senior" => "以资深专家为准",
        "council" => "集体合议",
        "objection" => "申诉后变更",
        "open" => "尚未定",
        other => other,
    }
}

/// What became of an objection, in Chinese.
pub fn objection(state: &str) -> &str {
    match state {
        "upheld" => "变更",
        "kept" => "维持",
        "open" => "未决定",
        "invalid" => "决定无效",
        other => other,
    }
}

/// Kind of a remark, in Chinese.
pub fn remark(kind: &str) -> &str {
    match kind {
        "good" => "亮点",
        "lacking" => "不足",
        "advice" => "建议",
        other => other,
    }
}
