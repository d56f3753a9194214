//! 申诉复核决定书: what was decided on one objection. Must not print a decision that was not made or breaks a rule, and must not name those
//! who marked first.

use super::told::{Told, decided_why, marks, selected};
use super::wording::{dated, mark};
use crate::base::text::Text;
use crate::paper::fact::{Facts, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, day, range};
use crate::record::v1::{CasePanel, CaseRecord, ObjectionRecord, Office, Results};
use crate::report::audience::Audience;

/// The form.
pub static FORM: Form = Form {
    id: "appeal",
    title: "申诉复核决定书",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每项已决定的申诉一份：原评、理由、证据、复核结果",
        "one a decided objection: first mark, reason, evidence, outcome",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("案号", "案号和阶段", "number and stage"),
    named("指标", "申诉的指标编号和名称", "criterion"),
    named("申诉人", "提出申诉的机构或者承办人", "who objects"),
    named("申诉人身份", "机构或者承办人", "office or lawyer"),
    named("送达日", "评估结果送达的日期", "day of service"),
    named("提出日", "提出申诉的日期", "day of the objection"),
    named("期限句", "申诉期限届满的一句；没有期限的不印", "last day for it, in a sentence"),
    named("理由", "申诉理由", "reason"),
    named("证据", "提交的证据", "evidence"),
    named("证据形成", "证据是评估时已存在还是事后形成；没有写的不印", "whether the evidence existed"),
    named("决定", "变更或者维持", "outcome"),
    named("决定内容", "决定的一句话", "outcome in a sentence"),
    named("复核理由", "变更的理由，维持的由决定人填写", "reason of the decision"),
    named("原评", "申诉前的评分", "mark before"),
    named("复核后", "复核后的评分", "mark after"),
    named("原等次", "申诉前的等次，有记录的才写", "grade before, where it is recorded"),
    named("原得分", "申诉前的得分，有记录的才写", "mark of the case before, where it is recorded"),
    named("现得分", "全部申诉决定后的得分", "mark of the case after all decisions"),
    named("现等次名", "评定等次或者拟定等次", "what the grade is called"),
    named("现等次", "全部申诉决定后的等次", "grade after all decisions"),
    named("复核组.人数", "决定人数；有人参加过一评的整句不印", "how many decided, none of whom marked first"),
    named("决定日", "决定日期", "day of the decision"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let outcome = Table::new(&[28, 50, 28, 50])
        .row(vec![label("评估指标"), cell("{{指标}}").span(3)])
        .row(vec![label("原评"), cell("{{原评}}").centre(), label("复核后"), cell("{{复核后}}").centre()])
        .row(vec![label("申诉前得分"), cell("{{原得分}}").centre(), label("现得分"), cell("{{现得分}}").centre()])
        .row(vec![label("申诉前等次"), cell("{{原等次}}").centre(), label("现{{现等次名}}"), cell("{{现等次}}").centre()]);
    Layout::new(Look::Letter, "申诉复核决定书")
        .numbered()
        .text(Style::Plain, "申诉人：{{申诉人}}（{{申诉人身份}}）")
        .text(Style::Plain, "案　号：{{案号}}")
        .heading("一、申诉的提出")
        .body("评估结果于{{送达日}}送达，申诉人于{{提出日}}提出申诉。{{期限句}}")
        .heading("二、申诉的理由和证据")
        .body("理由：{{理由}}")
        .body("证据：{{证据}}{{证据形成}}")
        .heading("三、复核决定")
        .body("{{决定内容}}复核理由：{{复核理由}}")
        .table(outcome)
        .body("本决定由没有参加本案一评的{{复核组.人数}}人复核作出。")
        .text(Style::Right, "复核组（签章）：＿＿＿＿＿＿＿＿")
        .text(Style::Right, "{{发文机关}}")
        .text(Style::Right, "{{决定日}}")
}

fn make(_: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let mut papers = Vec::new();
    for case in selected(cases) {
        let Some(panel) = &case.panel else { continue };
        for objection in panel.objections.iter().filter(|o| matches!(o.state.as_str(), "upheld" | "kept")) {
            let name = format!("{} {}", called(case), told.frame.title(case.rubric.as_deref(), &objection.criterion));
            papers.push(Paper { office: Some(office.name.clone()), name, facts: facts(&told, case, panel, objection) });
        }
    }
    papers
}

fn facts(told: &Told<'_>, case: &CaseRecord, panel: &CasePanel, objection: &ObjectionRecord) -> Facts {
    let words = |w: &Option<std::sync::Arc<str>>| w.as_deref().map(|w| dated(&told.hush(w))).unwrap_or_default();
    let date = |d: &Option<String>| d.as_deref().map(day).unwrap_or_default();
    let mut facts = Facts::default();
    facts.put("机构", &*case.office).put("案号", called(case));
    facts.put("指标", format!("{} {}", objection.criterion, told.frame.title(case.rubric.as_deref(), &objection.criterion)));
    facts.put("申诉人", &*objection.by);
    facts.put(
        "申诉人身份",
        match objection.role.as_deref() {
            Some("office") => "机构",
            Some("lawyer") => "承办人",
            _ => "",
        },
    );
    facts.put("送达日", date(&objection.served)).put("提出日", date(&objection.raised));
    facts.say("期限句", objection.due.as_ref().map_or_else(String::new, |due| format!("申诉期限至{}届满。", day(due))));
    facts.put("理由", words(&objection.reason)).put("证据", words(&objection.evidence));
    let existed = objection.existed.map_or("", |e| if e { "（评估时已经存在）" } else { "（评估以后形成）" });
    facts.say("证据形成", existed);
    let upheld = objection.state == "upheld";
    let (before, after) = (mark(&words(&objection.before)), mark(&words(&objection.after)));
    facts.put("决定", if upheld { "变更" } else { "维持" }).put("决定内容", sentence(upheld, &before, &after));
    facts.put("复核后", if upheld { after } else { before.clone() }).put("原评", before);
    let finding = case.findings.iter().find(|f| f.criterion == objection.criterion);
    let why = finding.filter(|_| upheld).and_then(|f| decided_why(&f.message.zh));
    facts.put("复核理由", why.map(|w| dated(&told.hush(&w))).unwrap_or_default());
    // Of one opinion the grade before is recorded; of several, only what all of them came to in the end.
    if let ([only], "objection") = (panel.opinions.as_slice(), panel.how.as_str()) {
        facts.put("原等次", only.grade.as_deref().unwrap_or_default());
        facts.say("原得分", only.low.zip(only.high).map_or_else(|| "—".to_owned(), |(low, high)| range(low, high)));
    } else {
        facts.say("原等次", "—").say("原得分", "—");
    }
    let now = marks(case);
    facts.say("现得分", if now.is_empty() { "—".to_owned() } else { now });
    let (called, grade) = told.grade(case);
    facts.put("现等次名", called).put("现等次", grade);
    let (deciders, first) = (&objection.deciders, &objection.reviewers);
    let apart = !deciders.is_empty() && deciders.iter().all(|d| !first.contains(d));
    facts.list("复核组", apart.then(|| row([("人数", deciders.len().to_string())])).into_iter().collect());
    facts.put("决定日", date(&objection.decided));
    facts
}

fn sentence(upheld: bool, before: &str, after: &str) -> String {
    match (upheld, before, after) {
        (true, "", "") => "申诉成立，变更原评。".to_owned(),
        (true, "", after) => format!("申诉成立，变更原评，复核后为“{after}”。"),
        (true, before, "") => format!("申诉成立，变更原评“{before}”。"),
        (true, before, after) => format!("申诉成立，变更原评，由“{before}”改为“{after}”。"),
        (false, "", _) => "维持原评。".to_owned(),
        (false, before, _) => format!("维持原评“{before}”。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, confirmed, objection, opinion, panel, papers, value, words};
    use crate::report::fixture;

    #[test]
    fn only_what_was_decided_is_printed() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut heard = panel(case, "objection");
        heard.objections = ["upheld", "kept", "open", "invalid"].map(objection).into();
        case.panel = Some(Box::new(heard));
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let decided: Vec<_> = made.iter().map(|p| value(p, "决定").unwrap_or_default()).collect();
        assert_eq!(decided, ["变更", "维持"]);
        let said: Vec<_> = made.iter().map(|p| value(p, "决定内容").unwrap_or_default()).collect();
        assert_eq!(said, ["申诉成立，变更原评，由“扣 6 分”改为“扣 3 分”。", "维持原评“扣 6 分”。"]);
        let stem = crate::report::file_name::stem(&made[0].name);
        assert!(stem.contains("代理意见质量") && !stem.contains('~'), "{stem}");
        for paper in &made {
            assert_eq!((value(paper, "原得分"), value(paper, "现得分")), (Some("—"), Some(marks(&cases[0][0]).as_str())));
            assert_eq!(
                (value(paper, "原等次"), value(paper, "现等次名")),
                (Some("—"), Some("拟定等次")),
                "of two opinions it is not recorded"
            );
            assert_eq!((value(paper, "提出日"), value(paper, "复核理由")), (Some("2025年1月24日"), None));
            assert_eq!(column(paper, "复核组", "人数"), ["2"]);
            assert!(!words(paper).contains("Z0"), "{}", words(paper));
        }
    }

    #[test]
    fn of_one_opinion_the_grade_before_is_known() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut heard = panel(case, "objection");
        heard.opinions = vec![opinion("Z01", "first", case)];
        heard.confirmed = Some(confirmed("良好"));
        let mut own = objection("upheld");
        (own.deciders, own.due, own.existed) = (vec!["Z01".into(), "Z06".into()], None, None);
        heard.objections = vec![own];
        let before = marks(case);
        case.panel = Some(Box::new(heard));
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let paper = made.first().expect("one");
        let grades = (value(paper, "原等次"), value(paper, "现等次名"), value(paper, "现等次"));
        assert_eq!(grades, (Some("合格"), Some("评定等次"), Some("良好")));
        assert_eq!(value(paper, "原得分"), Some(before.as_str()));
        assert_eq!((value(paper, "期限句"), value(paper, "证据形成")), (Some(""), Some("")));
        assert!(column(paper, "复核组", "人数").is_empty(), "one of them marked first");
    }
}
