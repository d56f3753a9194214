//! 抽卷说明: how the draw came about, step by step, so that it can be told and repeated. Must not be capped.

use super::{SHEETS, part, title};
use crate::record::plan::{CaseKey, Dimension, Method, Plan, Turn, Why};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan as Sheet};
use crate::report::style::Kind;

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, plan: &Plan) -> Result<()> {
    let columns = vec![Column::new("项目", 300, Kind::Text), Column::new("内容", 760, Kind::Text)];
    let note = "凭 抽卷方案.json 一个文件就能重抽：juanping draw --repeat 抽卷方案.json。";
    let sheet = Sheet { name: SHEETS[3], title: title(plan, "抽卷说明"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, sheet)?;
    page.unfiltered();
    let row = |page: &mut Page<'_>, name: &str, words: String| page.row(&[Cell::text(name.to_owned()), Cell::text(words)]);
    let in_scope = plan.frame.iter().filter(|c| c.out.is_none()).count();
    page.band("总的情况")?;
    row(&mut page, "评查范围", plan.batch.scope.zh.to_string())?;
    row(&mut page, "抽样框", format!("{in_scope} 件，{} 个机构，按机构编号、案号、阶段排列", plan.offices.len()))?;
    row(&mut page, "抽样框 SHA-256", plan.frame_sha256.clone())?;
    row(&mut page, "随机种子", format!("{}（ChaCha20，须在抽取之前公布）", plan.seed))?;
    row(&mut page, "方法", method(&plan.rules.method).to_owned())?;
    if !plan.rules.strata.is_empty() {
        row(&mut page, "分层", plan.rules.strata.iter().map(|d| dimension(*d)).collect::<Vec<_>>().join("、"))?;
    }
    for minimum in &plan.rules.minimums {
        let of = minimum.value.as_deref().unwrap_or("每一种");
        row(&mut page, "最低件数", format!("{} {of}：{} 件（不足的全部抽取）", dimension(minimum.by), minimum.least))?;
    }
    let count = |why: Why| plan.drawn.iter().filter(|d| d.why == why).count();
    let all = [
        (Why::Random, "随机"),
        (Why::Number, "指定案号"),
        (Why::All, "应评尽评"),
        (Why::Substitute, "候补替换"),
        (Why::Addition, "定向增加"),
    ];
    let parts: Vec<String> =
        all.iter().map(|(w, name)| (count(*w), name)).filter(|(n, _)| *n > 0).map(|(n, name)| format!("{name} {n}")).collect();
    row(&mut page, "抽中", format!("{} 件（{}）；候补 {} 件", plan.drawn.len(), parts.join("，"), plan.reserves.len()))?;
    page.band("样本量")?;
    for size in &plan.size {
        let whose = size.office.as_deref().map_or("全部", |o| plan.office(o));
        row(&mut page, whose, format!("{} 件中抽 {} 件。{}", size.population, size.drawn, size.why.zh))?;
    }
    page.band("各层")?;
    for stratum in &plan.strata {
        let least = if stratum.minimum > 0 { format!("，最低 {} 件", stratum.minimum) } else { String::new() };
        let short = if stratum.short > 0 { format!("，缺 {} 件", stratum.short) } else { String::new() };
        row(&mut page, &stratum.name, format!("{} 件中抽 {} 件{least}{short}", stratum.population, stratum.drawn))?;
    }
    if !plan.steps.is_empty() {
        page.band("指定案号的步骤")?;
        for step in &plan.steps {
            let passed: Vec<String> = step.passed.iter().map(|p| format!("{}（{}）顺延", p.case_no, p.why)).collect();
            let taken = step.taken.as_deref().map_or_else(|| "后面没有可抽的案件".to_owned(), |no| format!("抽 {no}"));
            let name = format!("{} {} 第 {} 号", plan.office(&step.office), step.case_type, step.number);
            row(&mut page, &name, passed.into_iter().chain([taken]).collect::<Vec<_>>().join("；"))?;
        }
    }
    if !plan.substitutions.is_empty() {
        page.band("替换记录")?;
        for one in &plan.substitutions {
            let words = format!("由候补第 {} 号 {} 替换；理由：{}", one.order, named(plan, &one.into), one.reason);
            row(&mut page, &named(plan, &one.out), words)?;
        }
    }
    if let (Some(rules), Some(allocation)) = (&plan.rules.allocation, &plan.allocation) {
        page.band("分卷")?;
        let turns = |turn: Turn| allocation.tasks.iter().filter(|t| t.turn == turn).count();
        let words = format!(
            "{} 名评估专家，共 {} 份：一评 {}，二评 {}（随机抽 {}% 的案件），加评 {}。不评本县案卷，按种子分配，工作量尽量相等",
            rules.reviewers.len(),
            allocation.tasks.len(),
            turns(Turn::First),
            turns(Turn::Second),
            rules.second,
            turns(Turn::Extra)
        );
        row(&mut page, "办法", words)?;
        for swap in &allocation.swaps {
            let words = format!(
                "{}：{} 的 {} 与 {} 的 {} 对调，使专家与机构连成一片，才能比较专家的宽严",
                part(swap.part),
                swap.reviewer,
                named(plan, &swap.case),
                swap.other,
                named(plan, &swap.other_case)
            );
            row(&mut page, "为连通而调换", words)?;
        }
        for reviewer in &rules.reviewers {
            let n = allocation.of(&reviewer.code).len();
            let home = reviewer.office.as_deref().map_or(String::new(), |o| format!("，不评 {}", plan.office(o)));
            let most = reviewer.capacity.map_or(String::new(), |c| format!("，上限 {c}"));
            row(&mut page, &format!("{} {}", reviewer.code, reviewer.name), format!("{n} 份{most}{home}"))?;
        }
    }
    page.finish()
}

fn named(plan: &Plan, case: &CaseKey) -> String {
    format!("{} {case}", plan.office(&case.office))
}

/// A method in Chinese.
pub fn method(method: &Method) -> &'static str {
    match method {
        Method::Random { each_office: false, .. } => "随机抽取",
        Method::Random { each_office: true, .. } => "各机构分别随机抽取",
        Method::Numbers { written: false, .. } => "指定案号（各机构各类型受理的第几件）",
        Method::Numbers { written: true, .. } => "指定案号（案号中的数字）",
        Method::Quota { .. } => "按机构、类型定额随机抽取",
        Method::All => "应评尽评",
    }
}

fn dimension(by: Dimension) -> &'static str {
    match by {
        Dimension::Office => "机构",
        Dimension::CaseType => "案件类型",
        Dimension::Lawyer => "承办人",
        Dimension::RecipientGroup => "受援人类别",
    }
}
