//! What every form about one case says of it (案件要素). Must not say anything of its marks.

use crate::paper::fact::Facts;
use crate::paper::form::{Named, named};
use crate::paper::words::day;
use crate::record::v1::CaseRecord;
use crate::report::figures::field;

/// The names of what [`identity`] says.
pub const CASE: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("案号", "案号", "case number"),
    named("案件类型", "案件类型", "case type"),
    named("诉讼阶段", "诉讼阶段", "stage of the proceedings"),
    named("承办人", "承办人", "lawyer"),
    named("承办单位", "承办机构", "firm"),
    named("结案日期", "结案日期", "day of closing"),
    named("案由", "案由", "cause"),
];

/// What every form about one case says of it.
pub fn identity(facts: &mut Facts, case: &CaseRecord) {
    facts.put("机构", &*case.office).put("案号", &case.case_no);
    let stage = case.stage.as_deref().unwrap_or_else(|| field(case, "stage"));
    facts.put("案件类型", field(case, "case_type")).put("诉讼阶段", stage);
    facts.put("承办人", field(case, "lawyer")).put("承办单位", field(case, "firm"));
    facts.put("结案日期", day(field(case, "closed_on"))).put("案由", field(case, "cause"));
}
