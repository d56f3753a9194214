//! A round of review over the invented cases of [`fixture`](super::fixture) (虚构), told by the room that tells real ones. For tests only.

use std::sync::Arc;

use super::fixture;
use crate::base::text::Text;
use crate::panel::gather::{Gathered, Round, Scales};
use crate::record::number::Number;
use crate::record::plan::*;
use crate::record::v1::{CasePanel, CaseRecord, Confirmed, ObjectionRecord, Opinion, Overridden, PlaceRecord, Remark, Results, Tool};
use crate::say;

/// Invented reviewers: code, name, group, and by how many points each marks above what is right.
const REVIEWERS: [(&str, &str, &str, i64); 6] = [
    ("ZJ01", "虚构甲", "第一组", 0),
    ("ZJ02", "虚构乙", "第一组", 4),
    ("ZJ03", "虚构丙", "第一组", -5),
    ("ZJ04", "虚构丁", "第二组", 1),
    ("ZJ05", "虚构戊", "第二组", -1),
    ("ZJ06", "虚构己", "第二组", 0),
];

fn place(file: &str, cell: &str) -> PlaceRecord {
    PlaceRecord { file: file.into(), sheet: Some("001".into()), cell: Some(cell.to_owned()), ..PlaceRecord::default() }
}

fn opinion(who: usize, turn: &str, mark: i64, complete: bool) -> Opinion {
    let (code, _, _, lean) = REVIEWERS[who % REVIEWERS.len()];
    let mark = (mark + lean).clamp(0, 100);
    let title = ["优秀", "良好", "合格", "不合格"][[90, 80, 60, 0].iter().position(|from| mark >= *from).unwrap_or(3)];
    let number = |n: i64| Number::new(crate::base::points::Points::whole(n));
    let grade = complete.then(|| Arc::from(title));
    Opinion {
        reviewers: vec![code.into()],
        turn: turn.to_owned(),
        low: Some(number(if complete { mark } else { mark - 20 })),
        high: Some(number(mark)),
        confirmed: grade.clone(),
        grade,
        complete,
        places: Vec::new(),
    }
}

fn objection(state: &str, criterion: &str, after: Option<&str>) -> ObjectionRecord {
    ObjectionRecord {
        criterion: criterion.into(),
        by: "虚构律师".into(),
        role: Some("lawyer".to_owned()),
        reason: Some("卷内第 12 页有该笔录，评分时漏看".into()),
        evidence: Some("会见笔录复印件".into()),
        existed: Some(true),
        served: Some("2025-03-01".to_owned()),
        raised: Some("2025-03-05".to_owned()),
        due: Some("2025-03-11".to_owned()),
        state: state.to_owned(),
        said: say!("证据在评分时已存在，理由成立", "the evidence was there"),
        before: Some("扣 15".into()),
        after: after.map(Arc::from),
        reviewers: vec!["ZJ01".into()],
        deciders: vec!["ZJ04".into(), "ZJ05".into()],
        decided: Some("2025-03-20".to_owned()),
        place: place("合议与申诉.xlsx", "L3"),
    }
}

/// Case `i` as a panel left it: every third is marked twice, every tenth has an extra mark, the last one is half filled.
fn panel(i: usize, last: bool, mark: i64) -> CasePanel {
    let jitter = |n: usize| i64::try_from((i * 7 + n * 3) % 5).unwrap_or(0) - 2;
    let who = i + i / REVIEWERS.len();
    let mut opinions = vec![opinion(who, "first", mark + jitter(0), !last)];
    if i.is_multiple_of(3) {
        opinions.push(opinion(who + 1 + i % 4, "second", mark + jitter(1), true));
    }
    if i.is_multiple_of(10) {
        opinions.push(opinion(who + 5, "extra", mark + jitter(2), true));
    }
    let (how, why) = match (last, opinions.len()) {
        (true, _) => ("open", say!("评分表还有 2 项没有填", "two criteria are blank")),
        (_, 1) => ("single", say!("一人评分，已填完并签名", "a single complete mark")),
        (_, 2) => ("mean", say!("两人得分相差不到 10 分、等次相同，取平均分", "the two are close")),
        _ => ("median", say!("三人评分，取中位数", "median of three")),
    };
    let confirmed = (!last && !i.is_multiple_of(4)).then(|| Confirmed {
        grade: opinions[0].grade.clone().unwrap_or_else(|| "合格".into()),
        by: opinions.iter().flat_map(|o| o.reviewers.clone()).collect(),
        on: "2025-02-20".to_owned(),
        places: vec![place("评分/ZJ01.xlsx", "C40")],
    });
    let remark = |kind: &str, text: &str| Remark { reviewer: opinions[0].reviewers[0].clone(), kind: kind.to_owned(), text: text.into() };
    let remarks = if i.is_multiple_of(5) {
        vec![
            remark("good", "调查取证扎实，代理意见有针对性"),
            remark("lacking", "=会见笔录过于简单"),
            remark("advice", "会见时应当问清诉求并记录"),
        ]
    } else {
        Vec::new()
    };
    let overridden = Overridden {
        criterion: "A02".into(),
        outcome: "unmet".to_owned(),
        low: Number::default(),
        high: Number::default(),
        message: Text::same("2024-03-01 申请，2024-03-12 作出决定，超期 4 日"),
        by: say!("ZJ01 评“扣 0”，理由：期间含补充材料 5 日（第 3 页）", "ZJ01 gave 0 off: five days for more papers"),
    };
    CasePanel {
        opinions,
        how: how.to_owned(),
        why,
        needs: u32::from(last),
        leader: false,
        confirmed,
        overridden: if i == 1 { vec![overridden] } else { Vec::new() },
        objections: match i {
            2 => vec![objection("upheld", "C02", Some("扣 0"))],
            3 => vec![objection("kept", "C03", None), objection("open", "A01", None)],
            _ => Vec::new(),
        },
        remarks,
    }
}

/// A plan that gives case `i` of each office to the reviewer who has it here.
fn plan(results: &Results, cases: &[Vec<CaseRecord>]) -> Plan {
    let reviewer = |(code, name, group, _): &(&str, &str, &str, i64)| Reviewer {
        code: (*code).into(),
        name: (*name).to_owned(),
        office: None,
        case_types: Vec::new(),
        group: Some((*group).to_owned()),
        leader: false,
        wishes: Vec::new(),
        capacity: None,
        role: Part::Whole,
        due: None,
    };
    let key = |case: &CaseRecord| CaseKey { office: Arc::clone(&case.office), case_no: case.case_no.as_str().into(), stage: None };
    let given = |case: &CaseRecord| {
        let panel = case.panel.as_ref();
        let codes: Vec<Arc<str>> = panel.into_iter().flat_map(|p| &p.opinions).flat_map(|o| o.reviewers.clone()).collect();
        codes.into_iter().map(|reviewer| Task { reviewer, case: key(case), part: Part::Whole, turn: Turn::First, blind: true }).collect()
    };
    let mut tasks: Vec<Task> = cases.iter().flatten().flat_map(|c| -> Vec<Task> { given(c) }).collect();
    tasks.sort_by(|a, b| a.reviewer.cmp(&b.reviewer));
    let drawn = |case: &CaseRecord| Drawn {
        case: key(case),
        case_type: "民事".into(),
        stratum: "全部".into(),
        why: Why::Random,
        estimate: true,
        reason: None,
    };
    let rules = AllocationRules {
        reviewers: REVIEWERS.iter().map(reviewer).collect(),
        second: "30".to_owned(),
        blind: true,
        connected: Connected::Mend,
        extra: Vec::new(),
        due: None,
    };
    let Tool { name, version } = results.tool.clone();
    Plan {
        format: 1,
        tool: Maker { name, version },
        batch: Source {
            title: results.batch.title.clone(),
            year: None,
            as_of: results.batch.as_of.clone(),
            stage: String::new(),
            made_by: None,
            scope: Text::EMPTY,
        },
        seed: 20_250_101,
        rules: Rules {
            method: Method::All,
            strata: Vec::new(),
            minimums: Vec::new(),
            reserve: None,
            additions: Vec::new(),
            substitutions: Vec::new(),
            allocation: Some(rules),
        },
        frame_sha256: "ab12".repeat(16),
        size: Vec::new(),
        strata: Vec::new(),
        steps: Vec::new(),
        drawn: cases.iter().flatten().map(drawn).collect(),
        reserves: Vec::new(),
        substitutions: Vec::new(),
        allocation: Some(Allocation { tasks, swaps: Vec::new() }),
        offices: Vec::new(),
        frame: Vec::new(),
    }
}

/// The fixture after a round of review.
pub fn reviewed(offices: usize, count: u64) -> (Results, Vec<Vec<CaseRecord>>) {
    let (mut results, mut cases) = fixture::results(offices, count);
    let scales = Scales::new(&results.rubrics, Text::fixed("优良率", "Good rate"), |_, grade| grade < 2);
    let mut gathered = Gathered::default();
    for list in &mut cases {
        let last = list.len().saturating_sub(1);
        for (i, case) in list.iter_mut().enumerate() {
            let mark = case.marks.as_ref().map_or(0, |m| m.high.hundredths() / 100);
            case.panel = Some(Box::new(panel(i, i == last, mark)));
            gathered.add(&scales, case);
        }
    }
    let plan = plan(&results, &cases);
    results.panel = gathered.panel(&scales, &Round { plan: Some(&plan), missing: 1 });
    results.batch.scope.selection = "plan".to_owned();
    (results, cases)
}
