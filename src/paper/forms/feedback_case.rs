//! 案件评估反馈意见书: the result of one case for its office, the main problems, and how to object. Must not name reviewers, and must not
//! call a grade 评定等次 before persons confirmed it.

use super::case::{CASE, identity};
use super::told::{Told, is_problem, is_question, points, selected};
use super::wording::{addressee, red_line, red_line_sentence};
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, ditto, rubric};
use crate::record::v1::{CaseRecord, Finding, Office, Results};
use crate::report::audience::Audience;
use crate::report::words::{remedy, without_standing};

/// The form.
pub static FORM: Form = Form {
    id: "feedback-case",
    title: "案件评估反馈意见书",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每个被评案件一份：结果、主要问题、怎样提出异议、回执",
        "one a case: its result, main problems, how to object, receipt",
    ),
    names: &[CASE, NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("案件", "案号和阶段", "number and stage"),
    named("评估标准", "这个案件适用的评估标准", "rubric of the case"),
    named("等次名", "评定等次；尚未确认的为拟定等次", "what the grade is called"),
    named("等次", "等次", "grade"),
    named("得分", "得分；分级标准没有", "mark"),
    named("满分", "满分", "full marks"),
    named("未定.说明", "还有待评待核事项时的说明；没有则不印", "said while something is open"),
    named("红线.说明", "红线的情形、依据、对等次的限制和认定情况；没有则不印", "red lines: basis, limit to the grade, whether decided"),
    named("问题.序号", "序号", "number of the row"),
    named("问题.指标", "指标编号和名称", "criterion"),
    named("问题.情形", "发现的情形", "what was found"),
    named("问题.出处", "卷内页码或者登记表位置", "pages or cell"),
    named("问题.依据", "依据全文", "basis in full"),
    named("问题.依据栏", "依据，与上一行相同的为“同上”", "basis, ditto where it is that of the row above"),
    named("问题.扣分", "扣分", "points lost"),
    named("问题.整改", "能否补正和办法", "whether and how it can be mended"),
    named("问题.整改栏", "能否补正和办法，与上一行相同的为“同上”", "the same, ditto where it is that of the row above"),
    named("无问题.说明", "没有扣分问题时的说明", "said where nothing was found"),
    named("待核标题.文字", "待评、待核的事项一段的标题；没有则不印", "heading of what is not decided"),
    named("待核.序号", "序号", "number of the row"),
    named("待核.指标", "指标编号和名称", "criterion"),
    named("待核.情形", "尚未评分，或者为什么不能判断", "why it is not decided"),
    named("待核.出处", "卷内页码或者登记表位置", "pages or cell"),
    named("待核.依据", "依据", "basis"),
    named("待核.分值", "涉及分值，尚未扣；红线为“限等次”", "points at stake, not taken off; of a red line, that the grade is"),
    named("待核.整改", "办法", "how"),
    named("评语.类别", "亮点、不足、建议", "kind of remark"),
    named("评语.内容", "评估专家的总体意见", "what reviewers wrote about the case"),
    given("主送机关", "主送机关；不写时为本机构", "whom the letter is addressed to; the office where it is not given"),
    given("申诉受理", "异议向哪里提出；不写时为发文机关", "where objections go; the issuing body where it is not given"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let facts = Table::new(&[20, 58, 20, 27, 20, 35])
        .row(vec![label("案号"), cell("{{案号}}"), label("案件类型"), cell("{{案件类型}}"), label("诉讼阶段"), cell("{{诉讼阶段}}")])
        .row(vec![label("承办机构"), cell("{{承办单位}}"), label("承办人"), cell("{{承办人}}"), label("结案日期"), cell("{{结案日期}}")])
        .row(vec![
            label("评估标准"),
            cell("{{评估标准}}"),
            label("得分/满分"),
            cell("{{得分}}/{{满分}}"),
            label("{{等次名}}"),
            cell("{{等次}}"),
        ]);
    let list = Table::new(&[8, 28, 36, 20, 34, 13, 41])
        .head(&["序号", "评估指标", "情形", "出处", "依据", "扣分", "能否补正及办法"])
        .row(vec![
            cell("{{问题.序号}}").centre(),
            cell("{{问题.指标}}"),
            cell("{{问题.情形}}"),
            cell("{{问题.出处}}"),
            cell("{{问题.依据栏}}"),
            cell("{{问题.扣分}}").centre(),
            cell("{{问题.整改栏}}"),
        ])
        .row(vec![cell("{{无问题.说明}}").centre().span(7)])
        .row(vec![Cell::new("{{待核标题.文字}}").label().span(7)])
        .row(vec![
            cell("{{待核.序号}}").centre(),
            cell("{{待核.指标}}"),
            cell("{{待核.情形}}"),
            cell("{{待核.出处}}"),
            cell("{{待核.依据}}"),
            cell("{{待核.分值}}").centre(),
            cell("{{待核.整改}}"),
        ])
        .row(vec![label("{{评语.类别}}").span(2), cell("{{评语.内容}}").span(5)]);
    let receipt = Table::new(&[20, 160]).tall(
        12,
        vec![label("回执"), cell("《案件评估反馈意见书》（{{案件}}）已收到。　□ 无异议　□ 有异议，书面意见附后\n签收人（签名）：＿＿＿＿＿＿＿＿　（单位盖章）　　　　　　　年　　月　　日")],
    );
    Layout::new(Look::Form, "案件评估反馈意见书").numbered()
        .text(Style::Plain, "{{主送机关}}：")
        .text(Style::Plain, "　　你单位“{{案件}}”一案的评估意见如下。")
        .text(Style::Plain, "　　{{红线.说明}}")
        .text(Style::Plain, "　　{{未定.说明}}")
        .table(facts)
        .text(Style::Heading, "主要问题")
        .table(list)
        .text(Style::Heading, "异议的提出")
        .text(
            Style::Plain,
            "　　机构或者承办人对上述意见有异议的，可以向{{申诉受理}}书面提出。期限：{{申诉期限}}。写明案号、指标编号和理由，附评估时已经存在的\
             材料并注明卷内页码；评估以后形成的材料不作为改变评估结果的根据。联系人：{{联系人}}，电话：{{联系电话}}。",
        )
        .text(Style::Right, "{{发文机关}}　　{{落款日期}}")
        .table(receipt)
}

fn make(setting: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let to = addressee(setting, office);
    let paper = |case| {
        let mut facts = facts(setting, results, &told, case);
        facts.put("主送机关", &to);
        Paper { office: Some(office.name.clone()), name: called(case), facts }
    };
    selected(cases).map(paper).collect()
}

fn facts(setting: &Setting<'_>, results: &Results, told: &Told<'_>, case: &CaseRecord) -> Facts {
    let mut facts = Facts::default();
    identity(&mut facts, case);
    facts.put("案件", called(case));
    facts.put("评估标准", rubric(results, case).map_or_else(String::new, |r| format!("{} {}", without_standing(&r.title), r.version)));
    told.result(&mut facts, case);
    if case.marks.is_none() {
        facts.put("得分", "—").put("满分", "—");
    }
    receiver(setting, &mut facts);
    let problems: Vec<&Finding> = case.findings.iter().filter(|f| is_problem(results, case, f)).collect();
    let signal = |f: &Finding| told.frame.is_signal(case.rubric.as_deref(), f);
    let questions: Vec<&Finding> = case.findings.iter().filter(|f| is_question(f) && !signal(f)).collect();
    facts.list("未定", open(case, !questions.is_empty()).map(|said| row([("说明", said)])).into_iter().collect());
    let lines = case.findings.iter().filter_map(|f| red_line_sentence(results, case, f));
    facts.list("红线", lines.map(|said| row([("说明", said)])).collect());
    let mut rows: Vec<Row> = (1_usize..).zip(&problems).map(|(n, f)| item(told, case, n, f)).collect();
    ditto(&mut rows, &[("依据", "依据栏"), ("整改", "整改栏")]);
    facts.list("问题", rows);
    let none = problems.is_empty().then(|| row([("说明", "没有发现扣分的问题。".to_owned())]));
    facts.list("无问题", none.into_iter().collect());
    let title = (!questions.is_empty()).then(|| row([("文字", "待评、待核的事项（尚未扣分，括号内为涉及的分值）".to_owned())]));
    facts.list("待核标题", title.into_iter().collect());
    facts.list("待核", (1_usize..).zip(&questions).map(|(n, f)| question(results, told, case, n, f)).collect());
    let mut remarks = Vec::new();
    for (kind, called) in [("good", "亮点"), ("lacking", "不足"), ("advice", "建议")] {
        let said = told.remarks(case, kind);
        if !said.is_empty() {
            remarks.push(row([("类别", called.to_owned()), ("内容", said.join("\n"))]));
        }
    }
    facts.list("评语", remarks);
    facts
}

/// Whether the result may still change, and what of it: a mark or a grade that is one and no range is not called a range.
fn open(case: &CaseRecord, listed: bool) -> Option<String> {
    let (range, graded) = (case.marks.as_ref().is_some_and(|m| m.low != m.high), case.grade.is_some());
    let what = match (range, graded) {
        (false, true) => return None,
        (true, true) => "得分是可能的范围，不是最后结果",
        (true, false) => "得分和等次是可能的范围，不是最后结果",
        (false, false) => "等次尚未确定，所列为可能的等次，不是最后结果",
    };
    Some(if listed {
        format!("本案还有待评、待核的事项（列于下表），{what}。")
    } else {
        format!("本案评分尚未定，{what}。")
    })
}

/// Says where objections go.
pub fn receiver(setting: &Setting<'_>, facts: &mut Facts) {
    let body = setting.common.value("发文机关").map(|f| f.text.clone()).unwrap_or_default();
    facts.put("申诉受理", setting.given.get("申诉受理").cloned().unwrap_or(body));
}

/// Criterion, situation, place and basis of a finding.
fn base(told: &Told<'_>, case: &CaseRecord, n: usize, finding: &Finding) -> Row {
    row([
        ("序号", n.to_string()),
        ("指标", format!("{} {}", finding.criterion, told.title(case, finding))),
        ("情形", told.situation(case, finding)),
        ("出处", Told::seen(case, finding)),
        ("依据", finding.basis.zh.to_string()),
    ])
}

fn item(told: &Told<'_>, case: &CaseRecord, n: usize, finding: &Finding) -> Row {
    let how = [remedy(&finding.remedy), &told.fix(case, finding)].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("：");
    let mut base = base(told, case, n, finding);
    base.extend(row([("扣分", points(case, finding.lost)), ("整改", how)]));
    base
}

fn question(results: &Results, told: &Told<'_>, case: &CaseRecord, n: usize, finding: &Finding) -> Row {
    let mut base = base(told, case, n, finding);
    let line = red_line(results, case, finding).is_some();
    let stake = match points(case, finding.lost) {
        _ if line => "限等次".to_owned(),
        points if points == "—" => points,
        points => format!("（{points}）"),
    };
    // What would be advised of a mark does not fit one that is still to be given.
    let how = match &*finding.outcome {
        "pending" if !line => "待评估专家评分".to_owned(),
        "failed" if !line => "待人工检查".to_owned(),
        _ => finding.fix.zh.to_string(),
    };
    if finding.outcome == "pending" && !line {
        // Where a mark would stand tells nothing while there is none.
        base.remove("出处");
    }
    base.extend(row([("分值", stake), ("整改", how)]));
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, confirmed, panel, papers, review, value, words};
    use crate::report::fixture;

    #[test]
    fn without_a_panel_grades_are_proposed_and_open_ones_are_ranges() {
        let (results, cases) = fixture::results(1, 40);
        let made = papers(&FORM, &results, 0, &cases[0], None);
        assert_eq!(made.len(), 40);
        let mut open = 0;
        for (case, paper) in cases[0].iter().zip(&made) {
            assert_eq!(value(paper, "等次名"), Some("拟定等次"));
            let marks = case.marks.as_ref().expect("marks");
            assert_eq!(value(paper, "得分").is_some_and(|m| m.contains('～')), marks.low != marks.high);
            let range = marks.low != marks.high;
            assert_eq!(column(paper, "未定", "说明").len(), usize::from(range || case.grade.is_none()));
            assert!(column(paper, "未定", "说明").iter().all(|s| s.contains("得分") == range && s.contains("列于下表")));
            let pending = case.findings.iter().filter(|f| matches!(&*f.outcome, "unclear" | "pending")).count();
            assert_eq!(column(paper, "待核", "分值").len(), pending, "what is to be marked is listed as well");
            assert!(column(paper, "待核", "分值").iter().all(|p| p.starts_with("（0～")));
            for (how, place) in column(paper, "待核", "整改").iter().zip(column(paper, "待核", "出处")) {
                assert_eq!(*how == "待评估专家评分", place.is_empty(), "{how}: {place}");
            }
            assert_eq!(column(paper, "问题", "扣分").len(), case.findings.iter().filter(|f| f.outcome == "unmet").count());
            assert_eq!(column(paper, "无问题", "说明").len(), usize::from(column(paper, "问题", "扣分").is_empty()));
            open += usize::from(case.grade.is_none());
        }
        assert!(open > 0, "the fixture has undecided cases");
    }

    #[test]
    fn a_confirmed_grade_is_told_without_who_confirmed_it() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut finding = fixture::results(1, 30).1[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        finding.criterion = "C03".into();
        finding.message = Text::same("评估专家评 14 分（满分 20 分），扣 6 分；Z01 扣 6 分（过简）；Z02 扣 6 分（过简），取平均");
        case.findings = vec![finding];
        case.reviews = vec![review("C03", "Z01", "扣 6", "与 Z02 同，过简"), review("C03", "Z02", "扣 0", "")];
        let mut heard = panel(case, "mean");
        heard.confirmed = Some(confirmed("合格"));
        case.panel = Some(Box::new(heard));
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let paper = made.first().expect("one");
        assert_eq!((value(paper, "等次名"), value(paper, "等次")), (Some("评定等次"), Some("合格")));
        assert_eq!((column(paper, "问题", "情形"), column(paper, "问题", "出处")), (vec!["与 评估专家 同，过简"], vec!["卷内第 30 页"]));
        assert_eq!(column(paper, "评语", "类别"), ["亮点", "不足", "建议"]);
        assert!(!words(paper).contains("Z0"), "{}", words(paper));
    }

    #[test]
    fn a_red_line_is_told_in_a_sentence_and_an_opinion_of_it_only_once_it_is_decided() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut finding = fixture::results(1, 30).1[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        (finding.criterion, finding.lost) = ("R1".into(), Default::default());
        finding.message = Text::same("拟适用红线“向受援人收取财物”，须由专人决定成立或不成立");
        finding.fix = std::sync::Arc::new(Text::same("转交核查；认定前不确定等次。"));
        case.reviews = vec![review("R1", "Z01", "成立", "经核查属实")];
        for (outcome, grade) in [("unmet", Some("不合格")), ("pending", None)] {
            finding.outcome = outcome.into();
            case.findings = vec![finding.clone()];
            case.grade = grade.map(Into::into);
            case.possible =
                ["良好", "不合格"].map(Into::into).into_iter().filter(|g: &std::sync::Arc<str>| grade.is_none_or(|o| o == &**g)).collect();
            let marks = case.marks.as_mut().expect("marks");
            marks.low = marks.high;
            let made = papers(&FORM, &results, 0, std::slice::from_ref(case), None);
            let (paper, decided) = (made.first().expect("one"), outcome == "unmet");
            let said = column(paper, "红线", "说明");
            assert!(said.len() == 1 && said[0].contains("等次不高于“不合格”") && said[0].contains("已认定") == decided, "{said:?}");
            let all = words(paper);
            assert_eq!((all.contains("经核查属实"), all.contains("认定前不确定等次")), (decided, !decided), "{all}");
            assert_eq!(
                (column(paper, "待核", "分值"), column(paper, "未定", "说明").len()),
                (vec!["限等次"; usize::from(!decided)], usize::from(!decided))
            );
            assert!(column(paper, "未定", "说明").iter().all(|s| s.contains("等次尚未确定") && !s.contains("得分")));
        }
    }

    #[test]
    fn points_taken_off_without_a_word_are_told_as_such() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut finding = fixture::results(1, 30).1[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        finding.criterion = "C03".into();
        finding.message = Text::same("评估专家评 14 分（满分 20 分），扣 6 分");
        case.findings = vec![finding];
        case.reviews = vec![review("C03", "Z01", "扣 6", "")];
        let made = papers(&FORM, &results, 0, &cases[0], None);
        assert_eq!(column(&made[0], "问题", "情形"), ["评估专家评 14 分（满分 20 分），扣 6 分；未写理由"]);
    }

    #[test]
    fn levels_have_no_points() {
        let (mut results, mut cases) = fixture::results(1, 20);
        fixture::levels(&mut results, &mut cases);
        for paper in papers(&FORM, &results, 0, &cases[0], None) {
            assert_eq!((value(&paper, "得分"), value(&paper, "满分")), (Some("—"), Some("—")));
            assert!(column(&paper, "问题", "扣分").iter().all(|p| *p == "—"));
        }
    }
}
