//! 专家分卷表: what one reviewer marks, signed for when the dossiers are taken. Must not say who else marks a case, so that marks given
//! apart stay apart.

use super::drawn::{Keys, due, group, home, part, reviewers, tasks, turn};
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::record::plan::{Plan, Reviewer, Task, Turn};
use crate::report::audience::Audience;

/// The form.
pub static FORM: Form = Form {
    id: "allocation",
    title: "专家分卷表",
    audience: Audience::Internal,
    about: Text::fixed(
        "每名评估专家一份：分给本人的案件、第几评、交卷期限，不写还有谁评",
        "one a reviewer: the cases to mark, and by when",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Plan(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("专家编号", "评估专家编号", "code of the reviewer"),
    named("姓名", "评估专家姓名", "name"),
    named("所在机构", "所在机构；不在本次评查的机构中为“—”", "home office"),
    named("小组", "小组，组长另注", "group"),
    named("交卷期限", "交卷期限", "day by which the sheet is due"),
    named("件数", "分到的件数", "cases"),
    named("一评件数", "其中一评", "of these first marks"),
    named("二评件数", "其中二评", "of these second marks"),
    named("加评件数", "其中加评", "of these extra marks"),
    named("分卷.序号", "序号", "number of the row"),
    named("分卷.机构", "案件所属机构", "office of the case"),
    named("分卷.案号", "案号", "case number"),
    named("分卷.诉讼阶段", "诉讼阶段", "stage"),
    named("分卷.案件类型", "案件类型", "case type"),
    named("分卷.评分内容", "全部指标，或规范性、业务性", "which criteria"),
    named("分卷.评次", "一评、二评、加评", "which mark"),
    named("分卷.背靠背", "是否与他人各自评分、互不交换意见", "whether marks are given apart"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let who = Table::new(&[18, 34, 14, 58, 18, 38])
        .row(vec![label("专家编号"), cell("{{专家编号}}"), label("姓名"), cell("{{姓名}}"), label("小组"), cell("{{小组}}")])
        .row(vec![
            label("所在机构"),
            cell("{{所在机构}}"),
            label("件数"),
            cell("{{件数}} 件（一评 {{一评件数}}，二评 {{二评件数}}，加评 {{加评件数}}）"),
            label("交卷期限"),
            cell("{{交卷期限}}"),
        ]);
    let list = Table::new(&[10, 42, 50, 20, 20, 20, 18]).head(&["序号", "机构", "案号", "诉讼阶段", "案件类型", "评分内容", "评次"]).tall(
        7,
        vec![
            cell("{{分卷.序号}}").centre(),
            cell("{{分卷.机构}}"),
            cell("{{分卷.案号}}"),
            cell("{{分卷.诉讼阶段}}").centre(),
            cell("{{分卷.案件类型}}").centre(),
            cell("{{分卷.评分内容}}").centre(),
            cell("{{分卷.评次}}{{分卷.背靠背}}").centre(),
        ],
    );
    let hands = Table::new(&[90, 90]).tall(
        14,
        vec![
            cell("领卷：上列案卷已当面清点领取。\n评估专家（签名）：　　　　　　　　　年　　月　　日"),
            cell("交卷：案卷与评分表已交回。\n接收人（签名）：　　　　　　　　　年　　月　　日"),
        ],
    );
    Layout::new(Look::Form, "专家分卷表").table(who).text(Style::Tiny, "").table(list).text(Style::Tiny, "").table(hands).text(
        Style::Note,
        "评次后注“背”的为背靠背评分：独立评分，评完之前不得与任何人交换意见。发现应当回避的案件，不要评分，立即告知组织方调换。",
    )
}

fn make(_: &Setting<'_>, plan: &Plan) -> Vec<Paper> {
    let keys = Keys::new(plan);
    reviewers(plan)
        .iter()
        .map(|reviewer| {
            let own = tasks(plan, reviewer);
            let mut facts = Facts::default();
            person(&mut facts, plan, reviewer);
            counts(&mut facts, own);
            facts.list("分卷", (1_usize..).zip(own).map(|(n, t)| task(&keys, n, t)).collect());
            Paper { office: None, name: reviewer.name.clone(), facts }
        })
        .collect()
}

/// Says who a reviewer is.
pub fn person(facts: &mut Facts, plan: &Plan, reviewer: &Reviewer) {
    facts.put("专家编号", &*reviewer.code).put("姓名", &reviewer.name);
    facts.put("所在机构", home(plan, reviewer)).put("小组", group(reviewer)).put("交卷期限", due(plan, reviewer));
}

fn counts(facts: &mut Facts, own: &[Task]) {
    let of = |turn: Turn| own.iter().filter(|t| t.turn == turn).count().to_string();
    let source = "抽卷方案.json /allocation/tasks";
    facts.figure("件数", own.len().to_string(), source).figure("一评件数", of(Turn::First), source);
    facts.figure("二评件数", of(Turn::Second), source).figure("加评件数", of(Turn::Extra), source);
}

fn task(keys: &Keys<'_>, n: usize, task: &Task) -> Row {
    let mut row = row([
        ("序号", n.to_string()),
        ("机构", keys.office(&task.case)),
        ("案号", task.case.case_no.to_string()),
        ("诉讼阶段", task.case.stage.as_deref().unwrap_or("—").to_owned()),
        ("案件类型", keys.case_type(&task.case)),
        ("评分内容", part(task.part).to_owned()),
        ("评次", turn(task.turn).to_owned()),
    ]);
    let apart = if task.blind { "（背）" } else { "" };
    row.insert("背靠背", crate::paper::fact::Fact { text: apart.to_owned(), source: String::new() });
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, given, plan, planned, value, words};

    #[test]
    fn a_reviewer_sees_the_own_cases_and_nobody_else() {
        let papers = planned(&FORM, &plan(), given(&[]));
        let [one, two] = papers.as_slice() else { panic!("two reviewers") };
        assert_eq!((column(one, "分卷", "案号"), column(one, "分卷", "背靠背")), (vec!["西援刑〔2024〕1号"], vec!["（背）"]));
        assert_eq!((value(one, "交卷期限"), value(two, "交卷期限")), (Some("2025-01-15"), Some("2025-01-20")));
        assert_eq!((value(two, "件数"), value(two, "一评件数"), value(two, "二评件数")), (Some("3"), Some("2"), Some("1")));
        assert_eq!((value(one, "小组"), value(two, "小组"), value(two, "所在机构")), (Some("一组（组长）"), Some("—"), Some("—")));
        assert!(!words(one).contains("Z02") && !words(one).contains("专家二"));
        assert!(!words(two).contains("Z01") && !words(two).contains("专家一"));
    }
}
