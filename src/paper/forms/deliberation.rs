//! 合议记录: what each reader of a case made of it, and what they came to together; a form to fill in where that is still to be done. Must
//! not be made of a case that a rule settled, where nobody met, and must not leave the organiser's hands: it names the reviewers by code.

use std::collections::BTreeMap;

use super::case::{CASE, identity};
use super::told::{Told, decided, marks, selected};
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, day, range};
use crate::record::v1::{CasePanel, CaseRecord, Office, Opinion, Results, Review};
use crate::report::audience::Audience;
use crate::report::words::{settled, turn};

/// The form.
pub static FORM: Form = Form {
    id: "deliberation",
    title: "合议记录",
    audience: Audience::Internal,
    about: Text::fixed(
        "集体合议的案件每件一份：各人意见、分歧、合议结果；须合议而未定的留空待填",
        "one a case of joint decision, made or to be made: opinions, differences, outcome",
    ),
    names: &[CASE, NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("合议时间", "确认合议结果的日期；未合议的待填", "day of the joint decision"),
    named("参加人员", "作出合议决定的人；未合议的待填", "who decided"),
    named("定分方式", "怎样定分；未定的为“尚未定”", "how the marks became one"),
    named("缘由", "为什么要多人评分或者合议", "why one opinion was not enough"),
    named("意见.专家", "评估专家编号", "codes of the reviewers"),
    named("意见.评次", "一评、二评、加评", "which reading"),
    named("意见.得分", "按该评次的评分得出的分数", "mark"),
    named("意见.等次", "按该评次的评分得出的等次", "grade"),
    named("意见.签署", "评估专家签署的等次", "grade as signed"),
    named("意见.是否完整", "评分表是否填完并签名", "whether the sheet is complete"),
    named("分歧.指标", "各人评分不同的指标", "criterion on which marks differ"),
    named("分歧.各人评分", "各人的评分和理由", "marks and reasons"),
    named("分歧.结果", "合议或者复核确定的评分；没有则待填", "what was settled"),
    named("无分歧.说明", "各指标没有分歧时的说明", "said where no marks differ"),
    named("得分", "最后的得分；未定的待填", "mark; blank while open"),
    named("等次", "最后的等次；未定的待填", "grade; blank while open"),
    named("确认", "确认人和日期；未确认的待填", "who confirmed, and when"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let facts = Table::new(&[20, 58, 20, 27, 20, 35])
        .row(vec![label("案号"), cell("{{案号}}"), label("案件类型"), cell("{{案件类型}}"), label("诉讼阶段"), cell("{{诉讼阶段}}")])
        .row(vec![label("机构"), cell("{{机构}}"), label("承办人"), cell("{{承办人}}"), label("承办机构"), cell("{{承办单位}}")])
        .tall(8, vec![label("合议时间"), cell("{{合议时间}}"), label("地点"), cell("").span(3)])
        .tall(8, vec![label("主持人"), cell(""), label("参加人员"), cell("{{参加人员}}").span(3)]);
    let opinions = Table::new(&[36, 24, 30, 30, 30, 30])
        .head(&["评估专家", "评次", "得分", "等次", "签署等次", "是否完整"])
        .row(vec![
            cell("{{意见.专家}}").centre(),
            cell("{{意见.评次}}").centre(),
            cell("{{意见.得分}}").centre(),
            cell("{{意见.等次}}").centre(),
            cell("{{意见.签署}}").centre(),
            cell("{{意见.是否完整}}").centre(),
        ])
        .row(vec![label("定分方式"), cell("{{定分方式}}：{{缘由}}").span(5)]);
    let apart = Table::new(&[45, 95, 40])
        .head(&["评分不同的指标", "各人评分及理由", "合议意见"])
        .row(vec![cell("{{分歧.指标}}"), cell("{{分歧.各人评分}}"), cell("{{分歧.结果}}")])
        .row(vec![cell("{{无分歧.说明}}").centre().span(3)]);
    let outcome = Table::new(&[24, 66, 24, 66])
        .tall(30, vec![label("讨论情况"), cell("").span(3)])
        .tall(9, vec![label("最后得分"), cell("{{得分}}").centre(), label("等次"), cell("{{等次}}").centre()])
        .tall(9, vec![label("确认"), cell("{{确认}}").span(3)])
        .tall(14, vec![label("签名"), cell("参加人员：").span(2), cell("主持人：　　　　　　记录人：\n　　　　　　　　年　　月　　日")]);
    Layout::new(Look::Form, "合议记录")
        .table(facts)
        .text(Style::Tiny, "")
        .table(opinions)
        .text(Style::Tiny, "")
        .table(apart)
        .text(Style::Tiny, "")
        .table(outcome)
        .text(Style::Note, "本记录供组织方内部使用，不发给被评机构和承办人。")
}

fn make(_: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let mut papers = Vec::new();
    for case in selected(cases) {
        if let Some(panel) = case.panel.as_deref().filter(|p| is_deliberated(p)) {
            papers.push(Paper { office: Some(office.name.clone()), name: called(case), facts: facts(&told, case, panel) });
        }
    }
    papers
}

/// Whether several persons decided a case together, or still have to, as its record says.
fn is_deliberated(panel: &CasePanel) -> bool {
    match panel.how.as_str() {
        "council" => true,
        "open" => panel.opinions.len() > 1 && panel.why.zh.contains("集体合议"),
        _ => false,
    }
}

/// Who decided together: those who confirmed the grade, else those whose decisions on criteria are recorded.
fn members(case: &CaseRecord, panel: &CasePanel) -> String {
    if let Some(confirmed) = &panel.confirmed {
        return confirmed.by.join("、");
    }
    let named = case.findings.iter().filter_map(|f| f.message.zh.split_once("集体合议（")?.1.split_once("）：").map(|(who, _)| who));
    let all: std::collections::BTreeSet<&str> = named.flat_map(|who| who.split('、')).collect();
    all.into_iter().collect::<Vec<_>>().join("、")
}

fn facts(told: &Told<'_>, case: &CaseRecord, panel: &CasePanel) -> Facts {
    let mut facts = Facts::default();
    identity(&mut facts, case);
    facts.put("定分方式", settled(&panel.how)).put("缘由", &*panel.why.zh);
    facts.list("意见", panel.opinions.iter().map(opinion).collect());
    let rows = differences(told, case, panel);
    let none = rows.is_empty().then(|| row([("说明", "各人对各指标的评分相同，或者没有逐项评分的记录。".to_owned())]));
    facts.list("无分歧", none.into_iter().collect()).list("分歧", rows);
    if panel.how != "open" {
        let mark = marks(case);
        facts.put("得分", if mark.is_empty() { "—".to_owned() } else { mark });
        let (called, grade) = told.grade(case);
        facts.put("等次", format!("{called}：{grade}"));
        facts.put("参加人员", members(case, panel));
        if let Some(confirmed) = &panel.confirmed {
            let on = day(&confirmed.on);
            facts.put("确认", format!("{} 于{on}确认", confirmed.by.join("、"))).put("合议时间", on);
        }
    }
    facts
}

fn opinion(opinion: &Opinion) -> Row {
    let mark = opinion.low.zip(opinion.high).map_or_else(|| "—".to_owned(), |(low, high)| range(low, high));
    row([
        ("专家", opinion.reviewers.join("、")),
        ("评次", turn(&opinion.turn).to_owned()),
        ("得分", mark),
        ("等次", opinion.grade.as_deref().unwrap_or("未定").to_owned()),
        ("签署", opinion.confirmed.as_deref().unwrap_or("—").to_owned()),
        ("是否完整", if opinion.complete { "完整" } else { "未填完或者未签名" }.to_owned()),
    ])
}

/// Criteria that were not marked alike, in the order of the case.
fn differences(told: &Told<'_>, case: &CaseRecord, panel: &CasePanel) -> Vec<Row> {
    let mut by: BTreeMap<&str, Vec<&Review>> = BTreeMap::new();
    for review in &case.reviews {
        by.entry(&review.criterion).or_default().push(review);
    }
    let turn_of = |r: &Review| panel.opinions.iter().position(|o| r.reviewer.as_ref().is_some_and(|code| o.reviewers.contains(code)));
    let mut rows = Vec::new();
    for result in &case.criteria {
        let Some(reviews) = by.get_mut(&*result.id) else { continue };
        if reviews.windows(2).all(|pair| matches!(pair, [a, b] if a.given == b.given)) {
            continue;
        }
        reviews.sort_by_key(|r| turn_of(r).unwrap_or(usize::MAX));
        let said = reviews.iter().map(|r| one(r)).collect::<Vec<_>>().join("\n");
        let finding = case.findings.iter().find(|f| f.criterion == result.id);
        rows.push(row([
            ("指标", format!("{} {}", result.id, told.frame.title(case.rubric.as_deref(), &result.id))),
            ("各人评分", said),
            ("结果", finding.and_then(|f| decided(&f.message.zh)).unwrap_or_default()),
        ]));
    }
    rows
}

/// `Z01 扣 3（质量不足：未说明理由，第 30 页）`
fn one(review: &Review) -> String {
    let page = review.pages.as_deref().filter(|p| !p.is_empty()).map(|p| format!("第 {p} 页"));
    let why = [review.situation.as_deref(), review.reason.as_deref()].into_iter().flatten().filter(|w| !w.is_empty());
    let why = why.collect::<Vec<_>>().join("：");
    let inside = [Some(why).filter(|w| !w.is_empty()), page].into_iter().flatten().collect::<Vec<_>>().join("，");
    let who = review.reviewer.as_deref().unwrap_or("（未注明）");
    if inside.is_empty() { format!("{who} {}", review.given) } else { format!("{who} {}（{inside}）", review.given) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, confirmed, panel, papers, review, value};
    use crate::report::fixture;

    #[test]
    fn where_nobody_met_nor_has_to_there_is_no_record() {
        let (results, cases) = fixture::results(1, 1);
        let made = |how: &str, opinions: usize| {
            let mut cases = cases[0].clone();
            let mut heard = panel(&cases[0], how);
            heard.opinions.truncate(opinions);
            heard.why = Text::same("等次不同，按规则定不下来，须集体合议");
            cases[0].panel = Some(Box::new(heard));
            papers(&FORM, &results, 0, &cases, None).len()
        };
        let got = ["single", "objection", "mean", "majority", "median", "senior", "council", "open"].map(|how| made(how, 2));
        assert_eq!(got, [0, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!((made("open", 0), made("open", 1)), (0, 0));
        let (mut third, mut one) = (panel(&cases[0][0], "open"), cases[0].clone());
        (third.needs, third.why) = (1, Text::same("等次不同，须第三人评"));
        one[0].panel = Some(Box::new(third));
        assert!(papers(&FORM, &results, 0, &one, None).is_empty(), "one more is to mark it, and nobody to meet");
        assert!(papers(&FORM, &results, 0, &cases[0], None).is_empty(), "there is no panel");
    }

    #[test]
    fn differences_are_listed_and_an_open_outcome_is_blank() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        case.reviews = vec![
            review("C03", "Z02", "扣 0", ""),
            review("C03", "Z01", "扣 3", "过简"),
            review("A01", "Z01", "扣 0", ""),
            review("A01", "Z02", "扣 0", ""),
        ];
        for how in ["open", "council"] {
            let mut heard = panel(&cases[0][0], how);
            heard.confirmed = (how == "council").then(|| confirmed("合格"));
            heard.why = Text::same("须集体合议");
            cases[0][0].panel = Some(Box::new(heard));
            let made = papers(&FORM, &results, 0, &cases[0], None);
            let paper = made.first().expect("one");
            assert_eq!(column(paper, "分歧", "各人评分"), ["Z01 扣 3（过简，第 30 页）\nZ02 扣 0"]);
            assert_eq!(column(paper, "意见", "评次"), ["一评", "二评"]);
            let settled = how == "council";
            assert_eq!((value(paper, "得分").is_some(), value(paper, "确认").is_some()), (settled, settled));
            let (when, who) = (value(paper, "合议时间"), value(paper, "参加人员"));
            assert_eq!((when, who), (settled.then_some("2025年1月10日"), settled.then_some("Z01、Z02")));
            assert_eq!(value(paper, "等次"), settled.then_some("评定等次：合格"));
        }
    }
}
