//! 补正通知单: what one lawyer is to complete or explain, and by when. Must not ask for anything but what the record's remedy says, and
//! tells what is only unclear apart from what is lacking.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{Told, is_problem, is_question, points, selected};
use crate::base::text::Text;
use crate::paper::audience::Audience;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, criterion};
use crate::record::v1::{CaseRecord, Finding, Office, Results};
use crate::report::figures::field;
use crate::report::words::{NO_BACKDATING, remedy};

/// The form.
pub static FORM: Form = Form {
    id: "correction",
    title: "补正通知单",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每名承办人一份：缺什么、能否补正、怎样办理、期限、签收",
        "one a lawyer: what is lacking, whether and how it can be mended, receipt",
    ),
    names: NAMES,
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("收件人", "承办人及其承办机构；登记本身的事项为机构", "whom it is for"),
    named("情况", "几件案件、几项，各是什么性质", "how many cases and matters"),
    named("补正.序号", "序号", "number of the row"),
    named("补正.案号", "案号", "case number"),
    named("补正.事项", "所缺的材料、登记项目，或者指标", "document, field or criterion"),
    named("补正.情况", "发现的情况", "what was found"),
    named("补正.能否补正", "可补齐、可说明、不可补正", "whether it can be mended"),
    named("补正.怎样办理", "标准规定的办法", "how"),
    named("补正.分值", "涉及分值", "points at stake"),
    named("待核标题.文字", "材料不足待核的一段的标题；没有则不印", "heading of what is unclear"),
    named("待核.序号", "序号", "number of the row"),
    named("待核.案号", "案号", "case number"),
    named("待核.事项", "待核的材料或项目", "document, field or criterion"),
    named("待核.情况", "为什么不能判断", "why it cannot be told"),
    named("待核.怎样办理", "标准规定的办法", "how"),
    named("待核.分值", "涉及分值，尚未扣", "points at stake, not taken off"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let list = Table::new(&[8, 30, 28, 36, 14, 40, 9, 15])
        .head(&["序号", "案号", "事项", "情况", "能否补正", "怎样办理", "分值", "办理情况"])
        .row(vec![
            cell("{{补正.序号}}").centre(),
            cell("{{补正.案号}}"),
            cell("{{补正.事项}}"),
            cell("{{补正.情况}}"),
            cell("{{补正.能否补正}}").centre(),
            cell("{{补正.怎样办理}}"),
            cell("{{补正.分值}}").centre(),
            cell(""),
        ])
        .row(vec![Cell::new("{{待核标题.文字}}").label().span(8)])
        .row(vec![
            cell("{{待核.序号}}").centre(),
            cell("{{待核.案号}}"),
            cell("{{待核.事项}}"),
            cell("{{待核.情况}}"),
            cell("请核实").centre(),
            cell("{{待核.怎样办理}}"),
            cell("{{待核.分值}}").centre(),
            cell(""),
        ]);
    let receipt = Table::new(&[20, 70, 20, 70]).tall(
        10,
        vec![
            Cell::new("签收").label(),
            cell("签收人（签名）：\n　　　　　　　　　　年　　月　　日"),
            Cell::new("回执").label(),
            cell("□ 已按要求办理　□ 部分办理，说明附后\n承办人（签名）：　　　　　　　　年　　月　　日"),
        ],
    );
    let warning = format!("{NO_BACKDATING}“分值”是该项已扣的分值，请核实的各项是可能扣的分值。");
    Layout::new(Look::Form, "补正通知单")
        .numbered()
        .text(Style::Plain, "{{收件人}}：")
        .body("{{情况}}请于{{整改期限}}前办理，在“办理情况”栏写明，连同材料报送{{报送方式}}。联系人：{{联系人}}，电话：{{联系电话}}。")
        .table(list)
        .text(Style::Note, &warning)
        .text(Style::Right, "{{发文机关}}　　{{成文日期}}")
        .table(receipt)
}

/// What one paper asks for.
#[derive(Default)]
struct Asked<'a> {
    mend: Vec<(&'a CaseRecord, &'a Finding)>,
    verify: Vec<(&'a CaseRecord, &'a Finding)>,
}

/// Whom a paper is for: firm and lawyer; nobody = the office itself.
type Whom<'a> = Option<(&'a str, &'a str)>;

fn make(_: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let mut all: BTreeMap<Whom<'_>, Asked<'_>> = BTreeMap::new();
    for case in selected(cases) {
        for finding in &case.findings {
            let (mend, verify) = (can_be_asked(results, &told, case, finding), is_question(finding));
            if !mend && !verify {
                continue;
            }
            for whom in whom(results, case, finding) {
                let asked = all.entry(whom).or_default();
                let list = if mend { &mut asked.mend } else { &mut asked.verify };
                list.push((case, finding));
            }
        }
    }
    all.iter().map(|(whom, asked)| paper(&told, office, *whom, asked)).collect()
}

/// Whether something lacking can be completed or explained: not how well a person finds the work done, and not a red line.
fn can_be_asked(results: &Results, told: &Told<'_>, case: &CaseRecord, finding: &Finding) -> bool {
    let known = criterion(results, case, &finding.criterion).is_some() || finding.about.is_some();
    let opinion = told.is_human(case, finding) && finding.remedy != "complete";
    let worth = is_problem(case, finding) || (finding.outcome == "unmet" && finding.severity == "warning");
    worth && known && !opinion && !finding.fix.zh.is_empty()
}

/// What stands in a register is for the office; all else for each lawyer of the case.
fn whom<'a>(results: &Results, case: &'a CaseRecord, finding: &Finding) -> Vec<Whom<'a>> {
    let known = criterion(results, case, &finding.criterion);
    let field_alone = finding.about.as_deref().is_some_and(|a| a.starts_with("field:")) && known.is_none_or(|c| c.check != "within");
    let (firm, lawyers) = (field(case, "firm"), field(case, "lawyer"));
    let names: BTreeSet<&str> = lawyers.split(['、', '；', ';', ',', '，']).map(str::trim).filter(|n| !n.is_empty()).collect();
    if known.is_none() || field_alone || names.is_empty() {
        return vec![None];
    }
    names.into_iter().map(|name| Some((firm, name))).collect()
}

fn paper(told: &Told<'_>, office: &Office, whom: Whom<'_>, asked: &Asked<'_>) -> Paper {
    let mut facts = Facts::default();
    let cases: BTreeSet<String> = asked.mend.iter().chain(&asked.verify).map(|(case, _)| called(case)).collect();
    let (n, mend, verify) = (cases.len(), asked.mend.len(), asked.verify.len());
    let matters = match (mend, verify) {
        (_, 0) => format!("有 {mend} 项需要补齐或者说明"),
        (0, _) => format!("有 {verify} 项材料不足、不能判断，需要核实"),
        _ => format!("有 {mend} 项需要补齐或者说明，另有 {verify} 项材料不足、不能判断，需要核实"),
    };
    let (to, name, said) = match whom {
        Some((firm, lawyer)) => {
            let to = if firm.is_empty() { lawyer.to_owned() } else { format!("{lawyer}（{firm}）") };
            (to, format!("补正通知 {lawyer} {firm}"), format!("经评查，您承办的 {n} 件案件{matters}。"))
        }
        None => {
            let said = format!("经评查，你单位 {n} 件案件的登记事项（包括登记没有写明承办人的案件）{matters}。");
            (office.name.clone(), format!("补正通知 {} 登记事项", office.name), said)
        }
    };
    facts.put("机构", &office.name).put("收件人", to).put("情况", said);
    let rows = |list: &[(&CaseRecord, &Finding)]| (1_usize..).zip(list).map(|(n, (case, finding))| item(told, n, case, finding)).collect();
    facts.list("补正", rows(&asked.mend)).list("待核", rows(&asked.verify));
    let title = (verify > 0).then(|| row([("文字", "以下各项材料不足，尚未扣分，请核实后提交材料或者说明".to_owned())]));
    facts.list("待核标题", title.into_iter().collect());
    Paper { office: Some(office.name.clone()), name: name.trim().to_owned(), facts }
}

fn item(told: &Told<'_>, n: usize, case: &CaseRecord, finding: &Finding) -> Row {
    row([
        ("序号", n.to_string()),
        ("案号", called(case)),
        ("事项", told.thing(case, finding)),
        ("情况", told.situation(case, finding)),
        ("能否补正", remedy(&finding.remedy).to_owned()),
        ("怎样办理", finding.fix.zh.to_string()),
        ("分值", points(case, finding.lost)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, papers, value, words};
    use crate::report::fixture;

    #[test]
    fn each_lawyer_is_asked_for_what_can_be_done_and_questions_stand_apart() {
        let (results, cases) = fixture::results(1, 30);
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let (mut asked, mut open) = (0, 0);
        for case in &cases[0] {
            let lawyers = field(case, "lawyer").split('、').count();
            asked += lawyers * case.findings.iter().filter(|f| f.outcome == "unmet").count();
            open += lawyers * case.findings.iter().filter(|f| f.outcome == "unclear").count();
        }
        assert!(asked > 0 && open > 0, "the fixture has both");
        assert_eq!(made.iter().map(|p| column(p, "补正", "案号").len()).sum::<usize>(), asked);
        assert_eq!(made.iter().map(|p| column(p, "待核", "案号").len()).sum::<usize>(), open);
        for paper in &made {
            assert!(column(paper, "补正", "能否补正").iter().all(|r| ["可补齐", "可说明", "不可补正"].contains(r)));
            assert_eq!(column(paper, "待核标题", "文字").len(), usize::from(!column(paper, "待核", "案号").is_empty()));
            assert!(column(paper, "待核", "分值").iter().all(|p| p.starts_with("0～")), "what is unclear is not taken off");
            assert!(!words(paper).contains("待评估专家评分"), "a mark that is lacking is no lawyer's business");
            assert!(!words(paper).contains("张某某"));
        }
    }

    #[test]
    fn a_case_of_two_is_in_both_papers_and_one_of_nobody_goes_to_the_office() {
        let (results, mut cases) = fixture::results(1, 30);
        let mut case = cases[0].swap_remove(0);
        for other in &mut cases[0] {
            if other.findings.iter().any(|f| f.outcome == "unmet") {
                case.findings.clone_from(&other.findings);
            }
        }
        case.fields.insert("firm".into(), "虚构律师事务所".into());
        let whom = |lawyer: &str| {
            let mut case = case.clone();
            case.fields.insert("lawyer".into(), lawyer.into());
            let made = papers(&FORM, &results, 0, &[case], None);
            made.iter().map(|p| value(p, "收件人").unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(whom("甲虚构、乙虚构").len(), 2);
        assert!(whom("甲虚构，乙虚构").contains(&"甲虚构（虚构律师事务所）".to_owned()));
        assert_eq!(whom(""), [results.offices[0].name.as_str()]);
    }

    #[test]
    fn how_well_the_work_is_done_is_no_matter_of_lacking_papers() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let mut finding = fixture::results(1, 30).1[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        (finding.criterion, finding.remedy) = ("C03".into(), "explain".into());
        case.findings = vec![finding];
        assert!(papers(&FORM, &results, 0, &cases[0], None).is_empty());
    }
}
