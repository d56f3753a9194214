//! 案件质量评查反馈意见书: what the review says of one office: grades, the main rate, losses, good practice, and each case. Must not tell
//! anything about another office, nor count anew what the results hold.

use std::collections::BTreeMap;

use super::feedback_case::receiver;
use super::told::{Told, marks, pointer, selected};
use super::wording::addressee;
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, figures, row};
use crate::paper::form::{Form, Maker, Named, Paper, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{adds, called, range};
use crate::rank::exact::percent;
use crate::record::v1::{CaseRecord, Office, Rate, Results};
use crate::report::audience::Audience;
use crate::report::figures::{field, fraction};

/// Criteria that are told as main losses.
const MAIN: usize = 8;

/// The form.
pub static FORM: Form = Form {
    id: "feedback-office",
    title: "案件质量评查反馈意见书",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每个机构一份：等次、主要的率、主要失分、好的做法、逐案结果、回执",
        "one an office: grades, rate, losses, its cases, receipt",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("件数", "被评案件数", "graded cases"),
    named("等次分布", "各等次件数", "cases by grade"),
    named("率名", "主要的率，如优良率", "name of the headline rate"),
    named("率", "件数和百分比；有案件未定的为范围", "the rate, a range while cases are undecided"),
    named("平均分句", "平均得分一句；没有分数的不印", "mean mark in a sentence"),
    named("等次说明", "几件已确认，几件为拟定", "how many grades are confirmed"),
    named("未定句", "等次未定的件数；没有的不印", "undecided cases"),
    named("失分.序号", "序号", "number of the row"),
    named("失分.指标", "指标编号和名称", "criterion"),
    named("失分.涉及案件", "失分件数/适用件数", "cases that lost and cases it applies to"),
    named("失分.失分", "失分合计", "points lost"),
    named("无失分.说明", "没有失分时的说明", "said where nothing was lost"),
    named("好做法标题.文字", "“好的做法”一段的标题；没有记录时不印", "heading of good practice, where there is some"),
    named("异议标题", "“异议的提出”一段的标题", "heading of how to object"),
    named("好做法.内容", "评估专家写的亮点和案件", "good practice and its cases"),
    named("案件.序号", "序号", "number of the row"),
    named("案件.案号", "案号和阶段", "number and stage"),
    named("案件.案件类型", "案件类型", "case type"),
    named("案件.承办人", "承办人", "lawyer"),
    named("案件.得分", "得分；分级标准为“—”", "mark"),
    named("案件.等次名", "评定等次或拟定等次", "what the grade is called"),
    named("案件.等次", "等次", "grade"),
    given("主送机关", "主送机关；不写时为本机构", "whom the letter is addressed to; the office where it is not given"),
    given("申诉受理", "异议向哪里提出；不写时为发文机关", "where objections go; the issuing body where it is not given"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let lost = Table::new(&[12, 108, 34, 26])
        .head(&["序号", "评估指标", "失分案件/适用案件", "失分合计"])
        .row(vec![
            cell("{{失分.序号}}").centre(),
            cell("{{失分.指标}}"),
            cell("{{失分.涉及案件}}").centre(),
            cell("{{失分.失分}}").centre(),
        ])
        .row(vec![cell("{{无失分.说明}}").centre().span(4)]);
    let list = Table::new(&[12, 56, 24, 34, 22, 32]).head(&["序号", "案号", "案件类型", "承办人", "得分", "等次"]).row(vec![
        cell("{{案件.序号}}").centre(),
        cell("{{案件.案号}}"),
        cell("{{案件.案件类型}}").centre(),
        cell("{{案件.承办人}}").centre(),
        cell("{{案件.得分}}").centre(),
        cell("{{案件.等次名}}：{{案件.等次}}").centre(),
    ]);
    let receipt = Table::new(&[20, 160]).tall(
        16,
        vec![
            Cell::new("回执").label(),
            cell("《案件质量评查反馈意见书》已收到。　□ 无异议　□ 有异议，书面意见附后\n签收人（签名）：＿＿＿＿＿＿＿＿　（单位盖章）　　　　　年　　月　　日"),
        ],
    );
    Layout::new(Look::Form, "案件质量评查反馈意见书")
        .numbered()
        .text(Style::Plain, "{{主送机关}}：")
        .body("{{批次}}已完成对你单位案件的评估，现将意见反馈如下。")
        .heading("一、评估结果")
        .body("评估案件{{件数}}件：{{等次分布}}{{未定句}}。{{率名}}为{{率}}。{{平均分句}}{{等次说明}}")
        .table(list)
        .heading("二、主要失分")
        .table(lost)
        .heading("{{好做法标题.文字}}")
        .body("{{好做法.内容}}")
        .heading("{{异议标题}}")
        .body(
            "对评估结果有异议的，可以向{{申诉受理}}书面提出。期限：{{申诉期限}}。请写明案号、指标编号和理由，附评估时已经存在的材料并注明\
             卷内页码。各案的问题见案件评估反馈意见书。联系人：{{联系人}}，电话：{{联系电话}}。",
        )
        .text(Style::Right, "{{发文机关}}　　{{落款日期}}")
        .table(receipt)
}

fn make(setting: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    if office.selected == 0 {
        return Vec::new();
    }
    let told = Told::new(results, cases);
    let at = pointer(results, office);
    let mut facts = Facts::default();
    facts.put("机构", &office.name).figure("件数", office.selected.to_string(), format!("{at}/selected"));
    let grades = office.grades.0.iter().map(|(title, n)| format!("{title}{n}件")).collect::<Vec<_>>().join("、");
    facts.figure("等次分布", grades, format!("{at}/grades"));
    if let Some(rate) = office.headline() {
        facts.put("率名", &rate.name);
        facts.figure("率", share(rate), format!("{at}/rates/{}", rate.id));
    }
    let mean = office.mean.map_or_else(String::new, |[low, high]| format!("平均得分{}分。", range(low, high)));
    facts.figure("平均分句", mean, format!("{at}/mean"));
    let open = office.undecided;
    let open = if open > 0 { format!("，另有{open}件有待核或者待评的事项，等次未定") } else { String::new() };
    facts.figure("未定句", open, format!("{at}/undecided"));
    facts.put("等次说明", standing(cases));
    receiver(setting, &mut facts);
    losses(&mut facts, results, office, &at);
    facts.put("主送机关", addressee(setting, office));
    let good = practice(&told, cases);
    let title = (!good.is_empty()).then(|| row([("文字", "三、好的做法".to_owned())]));
    facts.put("异议标题", if good.is_empty() { "三、异议的提出" } else { "四、异议的提出" });
    facts.list("好做法标题", title.into_iter().collect()).list("好做法", good);
    facts.list("案件", (1_usize..).zip(selected(cases)).map(|(n, c)| case(&told, n, c)).collect());
    vec![Paper { office: Some(office.name.clone()), name: format!("反馈意见书 {}", office.name), facts }]
}

/// A rate as the circular has it: `87.50%（21/24）`.
fn share(rate: &Rate) -> String {
    let end = |k: u64| percent(k, rate.n, 2).map_or_else(|| "—".to_owned(), |p| format!("{p}%"));
    let (low, high) = (end(rate.k_low), end(rate.k_high));
    let shown = if low == high { low } else { format!("{low}～{high}") };
    format!("{shown}（{}）", fraction(rate))
}

/// How many grades persons confirmed.
fn standing(cases: &[CaseRecord]) -> String {
    let is_confirmed = |c: &&CaseRecord| c.panel.as_ref().is_some_and(|p| p.confirmed.is_some());
    let (n, confirmed) = (selected(cases).count(), selected(cases).filter(is_confirmed).count());
    match (confirmed, n - confirmed) {
        (0, _) => "等次均为拟定等次，尚未经评估专家确认。".to_owned(),
        (_, 0) => "等次均经评估专家确认。".to_owned(),
        (confirmed, rest) => format!("其中{confirmed}件等次经评估专家确认，其余{rest}件为拟定等次。"),
    }
}

/// What was lost, as the results have it: by their order.
fn losses(facts: &mut Facts, results: &Results, office: &Office, at: &str) {
    let title = |rubric: &str, id: &str| {
        let known = results.rubric(rubric).and_then(|r| r.criteria.iter().find(|c| c.id == id));
        known.map_or_else(|| id.to_owned(), |c| format!("{id} {}", c.title.zh))
    };
    let rows = office.lost.iter().enumerate().filter(|(_, l)| !adds(results, &l.rubric, &l.criterion)).take(MAIN).map(|(i, lost)| {
        figures(
            &format!("{at}/lost/{i}"),
            [
                ("序号", (i + 1).to_string()),
                ("指标", title(&lost.rubric, &lost.criterion)),
                ("涉及案件", format!("{}/{}", lost.cases, lost.of)),
                ("失分", lost.points.to_string()),
            ],
        )
    });
    let rows: Vec<Row> = rows.collect();
    let none = rows.is_empty().then(|| row([("说明", "没有记录失分。".to_owned())]));
    facts.list("无失分", none.into_iter().collect()).list("失分", rows);
}

/// Each good thing once, with the cases that it was written of.
fn practice(told: &Told<'_>, cases: &[CaseRecord]) -> Vec<Row> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in selected(cases) {
        for said in told.remarks(case, "good") {
            all.entry(said).or_default().push(called(case));
        }
    }
    let one = |(said, cases): (String, Vec<String>)| {
        let n = cases.len();
        let which = cases.into_iter().next().unwrap_or_default();
        let which = if n > 1 { format!("{which}等{n}件") } else { which };
        row([("内容", format!("{}（{which}）。", said.trim_end_matches(['。', '；', '.'])))])
    };
    all.into_iter().map(one).collect()
}

fn case(told: &Told<'_>, n: usize, case: &CaseRecord) -> Row {
    let (name, grade) = told.grade(case);
    let mark = marks(case);
    row([
        ("序号", n.to_string()),
        ("案号", called(case)),
        ("案件类型", field(case, "case_type").to_owned()),
        ("承办人", field(case, "lawyer").to_owned()),
        ("得分", if mark.is_empty() { "—".to_owned() } else { mark }),
        ("等次名", name.chars().take(2).collect()),
        ("等次", grade),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, confirmed, panel, papers, value, words};
    use crate::report::fixture;

    #[test]
    fn figures_are_those_of_the_results_and_ranges_while_cases_are_open() {
        let (results, cases) = fixture::results(2, 40);
        let made = papers(&FORM, &results, 1, &cases[1], None);
        let (paper, office) = (made.first().expect("one"), &results.offices[1]);
        let rate = office.headline().expect("a rate");
        assert!(office.undecided > 0 && rate.k_low < rate.k_high, "the fixture has undecided cases");
        assert_eq!(value(paper, "件数"), Some("40"));
        assert!(value(paper, "率").is_some_and(|r| r.ends_with(&format!("%（{}～{}/40）", rate.k_low, rate.k_high)) && r.contains("%～")));
        assert_eq!(share(&Rate { k_low: 21, k_high: 21, n: 24, ..rate.clone() }), "87.50%（21/24）");
        assert!(value(paper, "未定句").is_some_and(|s| s.contains(&office.undecided.to_string())));
        assert_eq!(value(paper, "等次说明"), Some("等次均为拟定等次，尚未经评估专家确认。"));
        assert_eq!(column(paper, "案件", "案号").len(), 40);
        assert!(column(paper, "好做法", "内容").is_empty() && column(paper, "好做法标题", "文字").is_empty(), "nothing was written");
        assert_eq!(value(paper, "异议标题"), Some("三、异议的提出"));
        assert_eq!(paper.facts.value("件数").map(|f| f.source.as_str()), Some("results.json /offices/1/selected"));
    }

    #[test]
    fn good_practice_is_told_once_with_its_cases() {
        let (results, mut cases) = fixture::results(1, 3);
        for case in &mut cases[0] {
            case.panel = Some(Box::new(panel(case, "mean")));
        }
        cases[0][0].panel.as_mut().expect("a panel").confirmed = Some(confirmed("优秀"));
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let paper = made.first().expect("one");
        assert_eq!(column(paper, "好做法", "内容"), ["评估专家 也认为笔录详细（云岭东援民〔2024〕001号等3件）。"]);
        assert_eq!((column(paper, "好做法标题", "文字"), value(paper, "异议标题")), (vec!["三、好的做法"], Some("四、异议的提出")));
        assert_eq!(value(paper, "等次说明"), Some("其中1件等次经评估专家确认，其余2件为拟定等次。"));
        assert_eq!(column(paper, "案件", "等次名"), ["评定", "拟定", "拟定"]);
        assert!(!words(paper).contains("Z0"));
    }

    #[test]
    fn levels_have_no_mean_and_nothing_selected_makes_no_paper() {
        let (mut results, mut cases) = fixture::results(1, 5);
        fixture::levels(&mut results, &mut cases);
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let paper = made.first().expect("one");
        assert_eq!((value(paper, "平均分句"), column(paper, "无失分", "说明").len()), (Some(""), 1));
        assert!(column(paper, "案件", "得分").iter().all(|m| *m == "—"));
        results.offices[0].selected = 0;
        assert!(papers(&FORM, &results, 0, &[], None).is_empty());
    }
}
