//! What every paper of a run shares (共用要素): the batch, the standard, the code, what people gave with `--set`.
//! Must not hold anything about a case.

use std::collections::BTreeMap;

use super::fact::Facts;
use super::form::{Named, given, named};
use super::words::standard;
use crate::record::ledger::Ledger;
use crate::record::plan::Plan;
use crate::record::v1::Results;

/// Names that every template may use, also in headers and footers.
pub const COMMON: &[Named] = &[
    named("批次", "评查批次名称", "title of the batch"),
    named("年度", "评查年度", "year"),
    named("阶段", "初评、复评、定稿等", "stage"),
    named("截止日", "截止日期", "as-of date"),
    named("制表单位", "制表单位", "unit that makes the tables"),
    named("标准版本", "评估标准及版本", "rubrics and their versions"),
    named("校验码", "结果校验码的前十二位", "first twelve digits of the code of the result"),
    named("状态", "不是定稿时印“草稿”，定稿时不印", "草稿 unless the result is final"),
    given("发文机关", "发文机关；不写时用制表单位", "issuing body; the unit that makes the tables where it is not given"),
    given("文号", "发文字号，一般留空由办公室编号", "number of the letter; usually left blank"),
    given("成文日期", "成文日期，一般留空", "date of the letter; usually left blank"),
    named("落款日期", "成文日期；不写时留出填写的地方", "date of the letter, or room for it"),
    given("联系人", "联系人", "whom to ask"),
    given("联系电话", "联系电话", "telephone"),
    given("报送方式", "材料报送到哪里", "where papers go"),
    given("整改期限", "整改完成的日期", "day by which gaps are to be mended"),
    given("申诉期限", "提出申诉的期限；不写时用批次设置里的期限", "limit for objections; that of the settings where it is not given"),
];

/// What papers are made from.
pub struct Setting<'a> {
    /// What all share.
    pub common: Facts,
    /// The plan of the draw, where there is one.
    pub plan: Option<&'a Plan>,
    /// The ledger of what is to be put right, as people left it, where one is given.
    pub ledger: Option<&'a Ledger>,
    /// Whether it is no final result (草稿).
    pub draft: bool,
    /// What people gave, by name.
    pub given: BTreeMap<String, String>,
}

/// Where facts of a batch come from.
#[derive(Clone, Copy)]
pub enum From<'a> {
    /// Results, and the first digits of their code.
    Results(&'a Results, &'a str),
    /// The plan of a draw.
    Plan(&'a Plan),
}

impl<'a> Setting<'a> {
    /// The setting of a run.
    pub fn new(from: From<'a>, plan: Option<&'a Plan>, draft: bool, given: BTreeMap<String, String>) -> Self {
        let mut common = Facts::default();
        let (title, year, as_of, stage, made_by, code) = match from {
            From::Results(results, code) => {
                let b = &results.batch;
                common.put("标准版本", standard(results));
                if let Some(limit) = &b.objection {
                    common.put("申诉期限", limit.zh.clone());
                }
                (&b.title, b.year, &b.as_of, &b.stage, &b.made_by, code)
            }
            From::Plan(plan) => {
                let b = &plan.batch;
                // A draw knows no standard, so nothing is printed in its place.
                common.say("标准版本", "—");
                (&b.title, b.year, &b.as_of, &b.stage, &b.made_by, plan.frame_sha256.get(..12).unwrap_or_default())
            }
        };
        common.put("批次", title).put("截止日", as_of).put("阶段", stage).put("校验码", code);
        common.put("年度", year.map(|y| y.to_string()).unwrap_or_default());
        common.put("制表单位", made_by.clone().unwrap_or_default()).put("发文机关", made_by.clone().unwrap_or_default());
        common.say("状态", if draft { "草　稿" } else { "" });
        // As GB/T 9704 leaves it for the office that numbers letters.
        common.say("文号", "〔　　　　〕　　号");
        for name in COMMON.iter().filter(|n| n.by_people) {
            if let Some(value) = given.get(name.name) {
                common.put(name.name, value);
            }
        }
        let date = given.get("成文日期").filter(|d| !d.is_empty()).cloned();
        common.put("落款日期", date.unwrap_or_else(|| "　　　　年　　月　　日".to_owned()));
        Self { common, plan, ledger: None, draft, given }
    }
}
