//! 分卷总表: who marks what, for the organiser alone. Must not be given to reviewers: it names everyone who marks a case.

use std::collections::BTreeMap;

use super::drawn::{Keys, due, group, home, part, reviewers, tasks};
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::record::plan::{CaseKey, Part, Plan, Reviewer, Task, Turn};
use crate::report::audience::Audience;

/// The form.
pub static FORM: Form = Form {
    id: "allocation-overview",
    title: "分卷总表",
    audience: Audience::Internal,
    about: Text::fixed(
        "组织方留存的一份：每名专家分到多少，每个案件由谁评",
        "one for the organiser: how much each reviewer marks, and who marks each case",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Plan(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("案件数", "分出的案件数", "cases given out"),
    named("评分数", "分出的评分份数", "marks given out"),
    named("专家.编号", "评估专家编号", "code of a reviewer"),
    named("专家.姓名", "姓名", "name"),
    named("专家.所在机构", "所在机构", "home office"),
    named("专家.小组", "小组", "group"),
    named("专家.一评", "一评件数", "first marks"),
    named("专家.二评", "二评件数", "second marks"),
    named("专家.加评", "加评件数", "extra marks"),
    named("专家.合计", "合计", "all marks"),
    named("专家.交卷期限", "交卷期限", "day by which the sheet is due"),
    named("案件.序号", "序号", "number of the row"),
    named("案件.机构", "案件所属机构", "office"),
    named("案件.案号", "案号", "case number"),
    named("案件.诉讼阶段", "诉讼阶段", "stage"),
    named("案件.案件类型", "案件类型", "case type"),
    named("案件.一评", "一评的专家", "who gives the first mark"),
    named("案件.二评", "二评的专家", "who gives the second mark"),
    named("案件.加评", "加评的专家", "who gives an extra mark"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let people = Table::new(&[20, 32, 55, 36, 20, 20, 20, 24, 40])
        .head(&["编号", "姓名", "所在机构", "小组", "一评", "二评", "加评", "合计", "交卷期限"])
        .row(vec![
            cell("{{专家.编号}}").centre(),
            cell("{{专家.姓名}}").centre(),
            cell("{{专家.所在机构}}"),
            cell("{{专家.小组}}").centre(),
            cell("{{专家.一评}}").centre(),
            cell("{{专家.二评}}").centre(),
            cell("{{专家.加评}}").centre(),
            cell("{{专家.合计}}").centre(),
            cell("{{专家.交卷期限}}").centre(),
        ])
        .row(vec![label("合计").span(7), cell("{{评分数}}").centre(), cell("")]);
    let list = Table::new(&[12, 52, 58, 22, 24, 35, 35, 29])
        .head(&["序号", "机构", "案号", "诉讼阶段", "案件类型", "一评", "二评", "加评"])
        .row(vec![
            cell("{{案件.序号}}").centre(),
            cell("{{案件.机构}}"),
            cell("{{案件.案号}}"),
            cell("{{案件.诉讼阶段}}").centre(),
            cell("{{案件.案件类型}}").centre(),
            cell("{{案件.一评}}").centre(),
            cell("{{案件.二评}}").centre(),
            cell("{{案件.加评}}").centre(),
        ]);
    Layout::new(Look::Wide, "分卷总表")
        .text(Style::Number, "组织方留存，评查结束前不得给评估专家看　　案件 {{案件数}} 件，评分 {{评分数}} 份")
        .table(people)
        .text(Style::Heading, "案件由谁评")
        .table(list)
        .text(Style::Right, "制表人：＿＿＿＿＿＿　　审核人：＿＿＿＿＿＿　　　　　年　　月　　日")
}

fn make(_: &Setting<'_>, plan: &Plan) -> Vec<Paper> {
    let Some(allocation) = &plan.allocation else { return Vec::new() };
    let keys = Keys::new(plan);
    let mut cases: BTreeMap<&CaseKey, Vec<&Task>> = BTreeMap::new();
    for task in &allocation.tasks {
        cases.entry(&task.case).or_default().push(task);
    }
    let source = "抽卷方案.json /allocation/tasks";
    let mut facts = Facts::default();
    facts.figure("案件数", cases.len().to_string(), source).figure("评分数", allocation.tasks.len().to_string(), source);
    facts.list("专家", reviewers(plan).iter().map(|r| reviewer(plan, r)).collect());
    facts.list("案件", (1_usize..).zip(&cases).map(|(n, (key, tasks))| case(&keys, n, key, tasks)).collect());
    vec![Paper { office: None, name: "分卷总表".to_owned(), facts }]
}

fn reviewer(plan: &Plan, reviewer: &Reviewer) -> Row {
    let own = tasks(plan, reviewer);
    let of = |turn: Turn| own.iter().filter(|t| t.turn == turn).count().to_string();
    row([
        ("编号", reviewer.code.to_string()),
        ("姓名", reviewer.name.clone()),
        ("所在机构", home(plan, reviewer)),
        ("小组", group(reviewer)),
        ("一评", of(Turn::First)),
        ("二评", of(Turn::Second)),
        ("加评", of(Turn::Extra)),
        ("合计", own.len().to_string()),
        ("交卷期限", due(plan, reviewer)),
    ])
}

fn case(keys: &Keys<'_>, n: usize, key: &CaseKey, tasks: &[&Task]) -> Row {
    let who = |turn: Turn| {
        let one = |t: &&&Task| {
            if t.part == Part::Whole { t.reviewer.to_string() } else { format!("{}（{}）", t.reviewer, part(t.part)) }
        };
        tasks.iter().filter(|t| t.turn == turn).map(|t| one(&t)).collect::<Vec<_>>().join("、")
    };
    row([
        ("序号", n.to_string()),
        ("机构", keys.office(key)),
        ("案号", key.case_no.to_string()),
        ("诉讼阶段", key.stage.as_deref().unwrap_or("—").to_owned()),
        ("案件类型", keys.case_type(key)),
        ("一评", who(Turn::First)),
        ("二评", who(Turn::Second)),
        ("加评", who(Turn::Extra)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, given, plan, planned, value};

    #[test]
    fn the_organiser_sees_who_marks_each_case() {
        let papers = planned(&FORM, &plan(), given(&[]));
        let only = papers.first().expect("one");
        assert_eq!((value(only, "案件数"), value(only, "评分数")), (Some("3"), Some("4")));
        assert_eq!((column(only, "案件", "一评"), column(only, "案件", "二评")), (vec!["Z02", "Z02", "Z01"], vec!["", "", "Z02"]));
        assert_eq!(column(only, "专家", "合计"), ["1", "3"]);
        let none = Plan { allocation: None, ..plan() };
        assert!(planned(&FORM, &none, given(&[])).is_empty(), "nothing was given out");
    }
}
