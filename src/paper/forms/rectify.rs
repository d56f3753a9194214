//! 整改通知书 with the 整改情况报告 that comes back: what one office is to put right, by what it rests on, and by when. Must not invent a
//! measure: it is what the record asks for, and what people wrote into the ledger.

use std::collections::BTreeMap;

use super::told::{Told, is_problem, selected};
use super::wording::addressee;
use crate::base::text::Text;
use crate::ledger::column;
use crate::ledger::state::State;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, day, ditto};
use crate::record::ledger::LedgerRow;
use crate::record::v1::{CaseRecord, Finding, Office, Results};
use crate::report::audience::Audience;
use crate::report::words::{NO_BACKDATING, remedy};

/// Cases whose situation is told one by one in a row; of more, the numbers alone are.
const TOLD: usize = 4;

/// The form.
pub static FORM: Form = Form {
    id: "rectify",
    title: "整改通知书",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每个机构一份：问题、依据、整改要求、期限，附待填的整改情况报告",
        "one an office: what to put right, and the report to fill in and return",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("问题数", "归并后的问题项数", "problems, the same ones as one"),
    named("案件数", "涉及案件数", "cases concerned"),
    named("问题.序号", "序号", "number of the row"),
    named("问题.问题", "指标编号、名称和所涉材料", "criterion, and the document or field"),
    named("问题.情形", "涉及的案件和情形", "cases and situations"),
    named("问题.依据", "依据全文", "basis in full"),
    named("问题.依据栏", "依据，与上一行相同的为“同上”", "basis, ditto where it is that of the row above"),
    named("问题.要求", "能否补正和整改要求", "what is asked for"),
    named("问题.要求栏", "能否补正和整改要求，与上一行相同的为“同上”", "the same, ditto where it is that of the row above"),
    named("问题.期限", "整改期限，台账写了的按台账", "day, that of the ledger where it has one"),
    named("问题.责任人", "台账写的责任人", "who answers for it, by the ledger"),
    named("问题.措施", "台账写的整改措施", "what was done, by the ledger"),
    named("问题.佐证", "台账写的佐证材料", "evidence, by the ledger"),
    named("报告.序号", "整改情况报告的各行，最后一行除外：序号", "rows of the report but the last: number"),
    named("报告.问题", "指标编号、名称和所涉材料", "criterion, and the document or field"),
    named("报告.措施", "台账写的整改措施", "what was done, by the ledger"),
    named("报告.责任人", "台账写的责任人", "who answers for it, by the ledger"),
    named("报告.佐证", "台账写的佐证材料", "evidence, by the ledger"),
    named(
        "报告末行.序号",
        "整改情况报告的最后一行，与签名在同一页：序号",
        "last row of the report, on one page with the signatures: number",
    ),
    named("报告末行.问题", "指标编号、名称和所涉材料", "criterion, and the document or field"),
    named("报告末行.措施", "台账写的整改措施", "what was done, by the ledger"),
    named("报告末行.责任人", "台账写的责任人", "who answers for it, by the ledger"),
    named("报告末行.佐证", "台账写的佐证材料", "evidence, by the ledger"),
    given("主送机关", "主送机关；不写时为本机构", "whom the letter is addressed to; the office where it is not given"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let asked = Table::new(&[8, 28, 40, 30, 35, 15]).head(&["序号", "问题", "案件及情形", "依据", "整改要求", "期限"]).row(vec![
        cell("{{问题.序号}}").centre(),
        cell("{{问题.问题}}"),
        cell("{{问题.情形}}"),
        cell("{{问题.依据栏}}"),
        cell("{{问题.要求栏}}"),
        cell("{{问题.期限}}").centre(),
    ]);
    let row = |list: &str| {
        let value = |name: &str| Cell::new(&format!("{{{{{list}.{name}}}}}"));
        vec![value("序号").centre(), value("问题"), value("措施"), value("责任人").centre(), cell(""), value("佐证"), cell("")]
    };
    // The last row stays with the signatures, so that these never stand alone on a page.
    let report = Table::new(&[9, 40, 38, 17, 17, 20, 15])
        .head(&["序号", "问题", "整改措施和结果", "责任人", "完成日期", "佐证材料", "复核"])
        .tall(12, row("报告"))
        .tall(12, row("报告末行"))
        .kept()
        .tall(
            24,
            vec![
                cell("整改单位负责人（签名）：\n\n（单位盖章）　　　　　年　　月　　日").span(3),
                cell("复核意见：□ 销号　□ 继续整改\n复核人（签名）：\n　　　　　　　年　　月　　日").span(4),
            ],
        );
    let warning = NO_BACKDATING.trim_end_matches('。');
    Layout::new(Look::Letter, "整改通知书")
        .numbered()
        .text(Style::Plain, "{{主送机关}}：")
        .body("{{批次}}发现你单位案件有{{问题数}}项问题需要整改，涉及案件{{案件数}}件，各项问题、依据和要求见附件1。现就整改通知如下。")
        .body("一、逐项落实责任人，于{{整改期限}}前完成整改；附件1另有期限的，按附件1的期限。")
        .body(&format!("二、{warning}。"))
        .body("三、填写附件2《整改情况报告》，连同佐证材料报送{{报送方式}}。报送后逐项复核，没有整改到位的退回继续整改。")
        .body("联系人：{{联系人}}，电话：{{联系电话}}。")
        .text(Style::Plain, "　　附件：1．需要整改的问题")
        .text(Style::Plain, "　　　　　2．整改情况报告")
        .text(Style::Right, "{{发文机关}}")
        .text(Style::Right, "{{落款日期}}")
        .page_break()
        .text(Style::Plain, "附件1")
        .text(Style::Title, "需要整改的问题")
        .table(asked)
        .page_break()
        .text(Style::Plain, "附件2")
        .text(Style::Title, "整改情况报告")
        .text(Style::Plain, "报告单位：{{机构}}")
        .table(report)
}

/// One problem in one case.
struct Found<'a> {
    case: &'a CaseRecord,
    finding: &'a Finding,
    row: Option<&'a LedgerRow>,
}

fn make(setting: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let ledger: BTreeMap<&str, &LedgerRow> = setting
        .ledger
        .iter()
        .flat_map(|l| &l.rows)
        .filter(|r| r.office == office.name && !r.key.is_empty())
        .map(|r| (r.key.as_str(), r))
        .collect();
    let mut order: Vec<[String; 3]> = Vec::new();
    let mut all: BTreeMap<[String; 3], Vec<Found<'_>>> = BTreeMap::new();
    for case in selected(cases) {
        for finding in case.findings.iter().filter(|f| is_problem(results, case, f)) {
            let row = ledger.get(finding.fingerprint.as_str()).copied();
            if row.is_some_and(is_closed) {
                continue;
            }
            let key = [subject(&told, case, finding), finding.basis.zh.to_string(), asked(&told, case, finding)];
            if !all.contains_key(&key) {
                order.push(key.clone());
            }
            all.entry(key).or_default().push(Found { case, finding, row });
        }
    }
    if order.is_empty() {
        return Vec::new();
    }
    order.sort();
    let mut numbers: Vec<String> = all.values().flatten().map(|f| called(f.case)).collect();
    numbers.sort();
    numbers.dedup();
    let due = setting.common.value("整改期限").map(|f| f.text.clone()).unwrap_or_default();
    let mut rows: Vec<Row> =
        (1_usize..).zip(&order).map(|(n, key)| problem(&told, n, key, all.get(key).map_or(&[], Vec::as_slice), &due)).collect();
    ditto(&mut rows, &[("依据", "依据栏"), ("要求", "要求栏")]);
    let mut facts = Facts::default();
    facts.put("机构", &office.name).put("问题数", order.len().to_string()).put("案件数", numbers.len().to_string());
    facts.put("主送机关", addressee(setting, office));
    let last = rows.last().cloned().into_iter().collect();
    facts.list("报告", rows.iter().take(rows.len().saturating_sub(1)).cloned().collect()).list("报告末行", last);
    facts.list("问题", rows);
    vec![Paper { office: Some(office.name.clone()), name: format!("整改通知书 {}", office.name), facts }]
}

/// Whether a problem is struck off: by the ledger as the program made it, and nobody took that back since. What was only written by hand
/// is looked at when the ledger is made anew.
fn is_closed(row: &LedgerRow) -> bool {
    [row.state.clone(), row.shown(column::STATE)].iter().all(|s| State::of(s) == Some(State::Closed))
}

/// The criterion, and the document or field where it is about one.
fn subject(told: &Told<'_>, case: &CaseRecord, finding: &Finding) -> String {
    let (title, thing) = (told.title(case, finding), told.thing(case, finding));
    let about = if thing == title { String::new() } else { format!("（{thing}）") };
    format!("{} {title}{about}", finding.criterion)
}

fn asked(told: &Told<'_>, case: &CaseRecord, finding: &Finding) -> String {
    [remedy(&finding.remedy), &told.fix(case, finding)].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("：")
}

fn problem(told: &Told<'_>, n: usize, key: &[String; 3], found: &[Found<'_>], due: &str) -> Row {
    let [subject, basis, asked] = key;
    let words = |column: &str| {
        let mut said: Vec<String> = found.iter().filter_map(|f| f.row).map(|r| r.shown(column)).filter(|w| !w.is_empty()).collect();
        said.sort();
        said.dedup();
        said.join("、")
    };
    let date = words(column::DUE).split('、').map(day).collect::<Vec<_>>().join("、");
    row([
        ("序号", n.to_string()),
        ("问题", subject.clone()),
        ("情形", situations(told, found)),
        ("依据", basis.clone()),
        ("要求", asked.clone()),
        ("期限", if date.is_empty() { due.to_owned() } else { date }),
        ("责任人", words(column::PERSON)),
        ("措施", told.hush(&words(column::DONE))),
        ("佐证", told.hush(&words(column::EVIDENCE))),
    ])
}

/// Every case with its situation, or the numbers alone where there are many.
fn situations(told: &Told<'_>, found: &[Found<'_>]) -> String {
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for one in found {
        let (no, said) = (called(one.case), told.situation(one.case, one.finding));
        match cases.iter_mut().find(|(known, _)| *known == no) {
            Some((_, all)) => all.push(said),
            None => cases.push((no, vec![said])),
        }
    }
    if cases.len() <= TOLD {
        return cases.iter().map(|(no, said)| format!("{no}：{}", said.join("；"))).collect::<Vec<_>>().join("\n");
    }
    let n = cases.len();
    let numbers = cases.into_iter().map(|(no, _)| no).collect::<Vec<_>>().join("、");
    format!("共 {n} 件：{numbers}（情形见各案反馈意见）")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column as list, papers, papers_with, value};
    use crate::record::ledger::{Ledger, LedgerValue};
    use crate::report::fixture;

    #[test]
    fn the_same_problem_is_one_row_with_its_cases() {
        let (results, cases) = fixture::results(1, 40);
        let made = papers(&FORM, &results, 0, &cases[0], None);
        let paper = made.first().expect("one");
        let unmet = |c: &&CaseRecord| c.findings.iter().any(|f| f.outcome == "unmet");
        let criteria: std::collections::BTreeSet<_> =
            cases[0].iter().flat_map(|c| &c.findings).filter(|f| f.outcome == "unmet").map(|f| &*f.criterion).collect();
        assert_eq!(value(paper, "问题数"), Some(criteria.len().to_string().as_str()));
        assert_eq!(value(paper, "案件数"), Some(cases[0].iter().filter(unmet).count().to_string().as_str()));
        assert!(list(paper, "问题", "期限").iter().all(|d| *d == "2025年6月30日"));
        assert!(list(paper, "问题", "情形").iter().all(|s| s.contains("云岭东援民")));
    }

    #[test]
    fn the_ledger_says_who_and_when_and_what_is_closed_is_left_out() {
        let (results, cases) = fixture::results(1, 40);
        let all: Vec<_> =
            cases[0].iter().flat_map(|c| c.findings.iter().map(move |f| (c, f))).filter(|(_, f)| f.outcome == "unmet").collect();
        let row = |(case, finding): &(&CaseRecord, &Finding), made: &str, state: &str| LedgerRow {
            state: made.to_owned(),
            key: finding.fingerprint.clone(),
            office: case.office.to_string(),
            cells: [
                (column::STATE, LedgerValue::words(state)),
                (column::PERSON, LedgerValue::words("王虚构")),
                (column::DUE, LedgerValue::Day { day: "2025-07-15".to_owned() }),
            ]
            .map(|(k, v)| (k.to_owned(), v))
            .into(),
            ..LedgerRow::default()
        };
        let ledger = |made: &str, now: &str| Ledger { rows: all.iter().map(|f| row(f, made, now)).collect(), ..Ledger::default() };
        let made = papers(&FORM, &results, 0, &cases[0], Some(&ledger("整改中", "整改中")));
        let paper = made.first().expect("one");
        assert!(list(paper, "问题", "责任人").iter().all(|p| *p == "王虚构"));
        assert!(list(paper, "问题", "期限").iter().all(|p| *p == "2025年7月15日"));
        for (made, now, papers_left) in [("已销号", "已销号", 0), ("已销号", "回头看退回", 1), ("整改中", "已销号", 1)]
        {
            assert_eq!(papers(&FORM, &results, 0, &cases[0], Some(&ledger(made, now))).len(), papers_left, "{made}, then {now}");
        }
    }

    #[test]
    fn the_report_has_every_problem_once_and_its_last_row_stays_with_the_signatures() {
        let (results, cases) = fixture::results(1, 40);
        let made = papers_with(&FORM, &results, 0, &cases[0], None, &[("主送机关", "虚构县司法局")]);
        let paper = made.first().expect("one");
        assert_eq!([list(paper, "报告", "序号"), list(paper, "报告末行", "序号")].concat(), list(paper, "问题", "序号"));
        assert_eq!(list(paper, "报告末行", "序号").len(), 1);
        let parts = (FORM.layout)().parts();
        let words = String::from_utf8_lossy(&parts["word/document.xml"]).into_owned();
        let (before, signed) = words.split_once("整改单位负责人").expect("signatures");
        assert!(before.rsplit("<w:tr>").nth(1).is_some_and(|row| row.matches("<w:keepNext/>").count() == 7) && !signed.contains("<w:tbl>"));
        assert_eq!(value(paper, "主送机关"), Some("虚构县司法局"));
        let plain = papers(&FORM, &results, 0, &cases[0], None);
        assert_eq!(value(&plain[0], "主送机关"), Some(results.offices[0].name.as_str()));
    }

    #[test]
    fn a_letter_without_a_date_leaves_room_for_it() {
        let (results, _) = fixture::results(1, 1);
        let date = |set: &[(&str, &str)]| {
            let from = crate::paper::setting::From::Results(&results, "0123456789ab");
            let setting = Setting::new(from, None, true, crate::paper::forms::testing::given(set));
            setting.common.value("落款日期").map(|f| f.text.clone())
        };
        assert_eq!(date(&[]).as_deref(), Some("　　　　年　　月　　日"));
        assert_eq!(date(&[("成文日期", "2025年6月1日")]).as_deref(), Some("2025年6月1日"));
        for form in [&FORM, &super::super::correction::FORM, &super::super::feedback_case::FORM, &super::super::feedback_office::FORM] {
            let parts = (form.layout)().parts();
            assert!(String::from_utf8_lossy(&parts["word/document.xml"]).contains("{{落款日期}}"), "{}", form.id);
        }
    }

    #[test]
    fn nothing_wrong_makes_no_paper() {
        let (results, mut cases) = fixture::results(1, 3);
        cases[0].iter_mut().for_each(|c| c.findings.retain(|f| f.outcome != "unmet"));
        assert!(papers(&FORM, &results, 0, &cases[0], None).is_empty());
    }
}
