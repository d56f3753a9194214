//! What a draw came to, in a few lines for the terminal. Must not leave out why the sample is as large as it is.

use super::notes;
use crate::base::text::{Lang, Text};
use crate::record::plan::{Method, Plan, Turn, Why};
use crate::say;

/// As many offices have their sizes printed; with more, the workbook has them.
const PRINTED: usize = 20;

/// The lines.
pub fn summary(plan: &Plan, lang: Lang) -> String {
    let mut lines: Vec<Text> = Vec::new();
    let in_scope = plan.frame.iter().filter(|c| c.out.is_none()).count();
    let (title, offices, hash, seed) = (&plan.batch.title, plan.offices.len(), &plan.frame_sha256, plan.seed);
    lines.push(Text::same(title.clone()));
    lines.push(say!(
        "抽样框：范围内 {in_scope} 件，{offices} 个机构；SHA-256 {hash}",
        "frame: {in_scope} cases in scope, {offices} offices; SHA-256 {hash}"
    ));
    let (zh, en) = (notes::method(&plan.rules.method), english(&plan.rules.method));
    lines.push(say!("方法：{zh}；种子 {seed}", "method: {en}; seed {seed}"));
    for size in plan.size.iter().take(PRINTED) {
        let at = size.office.as_deref().map(|o| plan.office(o).to_owned());
        let (a, b) = at.map_or_else(|| ("样本量".to_owned(), "size".to_owned()), |o| (o.clone(), o));
        let (zh, en) = (&size.why.zh, &size.why.en);
        lines.push(say!("{a}：{zh}", "{b}: {en}"));
    }
    if plan.size.len() > PRINTED {
        let rest = plan.size.len() - PRINTED;
        lines.push(say!("其余 {rest} 个机构的样本量见 抽卷名单.xlsx", "sizes of {rest} more offices are in the workbook"));
    }
    let short: u64 = plan.strata.iter().map(|s| s.short).sum();
    if short > 0 {
        lines.push(say!(
            "有的层案件不够，比要求少 {short} 件，见 抽卷名单.xlsx",
            "some strata have too few cases, {short} fewer than asked for; see the workbook"
        ));
    }
    let count = |why: Why| plan.drawn.iter().filter(|d| d.why == why).count();
    let (n, added, replaced, reserves) = (plan.drawn.len(), count(Why::Addition), count(Why::Substitute), plan.reserves.len());
    lines.push(say!(
        "抽中 {n} 件，其中定向增加 {added} 件（不用于推断）、候补替换 {replaced} 件；候补 {reserves} 件",
        "drawn: {n}, of these {added} added on purpose (kept out of estimates) and {replaced} from the reserves; {reserves} reserves"
    ));
    lines.push(allocation(plan));
    lines.iter().map(|l| format!("{}\n", l.get(lang))).collect()
}

fn allocation(plan: &Plan) -> Text {
    let (Some(rules), Some(given)) = (&plan.rules.allocation, &plan.allocation) else {
        return say!("没有 reviewers.toml，没有分卷", "no reviewers.toml, so no cases were given to reviewers");
    };
    let loads = rules.reviewers.iter().map(|r| given.of(&r.code).len());
    let (least, most) = (loads.clone().min().unwrap_or(0), loads.max().unwrap_or(0));
    let turns = |turn: Turn| given.tasks.iter().filter(|t| t.turn == turn).count();
    let (people, marks, second, extra, swaps) =
        (rules.reviewers.len(), given.tasks.len(), turns(Turn::Second), turns(Turn::Extra), given.swaps.len());
    let (zh, en) = if swaps > 0 {
        (format!("；为使专家与机构连成一片调换 {swaps} 处"), format!("; {swaps} swaps so that reviewers and offices hang together"))
    } else {
        (String::new(), String::new())
    };
    say!(
        "分卷：{people} 名评估专家，{marks} 份（二评 {second}，加评 {extra}），每人 {least}–{most} 份{zh}",
        "reviewers: {people}, {marks} marks ({second} second, {extra} extra), {least}–{most} each{en}"
    )
}

fn english(method: &Method) -> &'static str {
    match method {
        Method::Random { each_office: false, .. } => "at random",
        Method::Random { each_office: true, .. } => "at random in each office",
        Method::Numbers { written: false, .. } => "designated numbers (the n-th accepted of each office and type)",
        Method::Numbers { written: true, .. } => "designated numbers (as written in the case number)",
        Method::Quota { .. } => "at random by quota of office and type",
        Method::All => "all cases",
    }
}
