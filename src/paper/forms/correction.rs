//! 补正通知单: what one lawyer, or the office itself, is to complete or explain, and by when. Must not ask for anything but what the record's
//! remedy says, and must not blame a lawyer: whose duty a criterion is, only people know, who say so by `机构负责` or in the ledger.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{Told, is_problem, is_unclear, points, selected};
use super::wording::addressee;
use crate::base::text::Text;
use crate::ledger::column;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, criterion};
use crate::record::ledger::LedgerRow;
use crate::record::v1::{CaseRecord, Finding, Office, Results};
use crate::report::audience::Audience;
use crate::report::figures::field;
use crate::report::words::{NO_BACKDATING, remedy};

/// The form.
pub static FORM: Form = Form {
    id: "correction",
    title: "补正通知单",
    audience: Audience::Feedback,
    about: Text::fixed(
        "每名承办人一份，机构负责的事项另为一份：缺什么、能否补正、怎样办理、期限、签收",
        "one a lawyer, and one of what the office answers for: what is lacking, how it can be mended, receipt",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "法律援助机构", "office"),
    named("收件人", "承办人及其承办机构；机构的一份不印", "the lawyer and the firm; nothing on the paper of the office"),
    named("情况", "几件案件、几项，各是什么性质", "how many cases and matters"),
    named("补正.序号", "序号", "number of the row"),
    named("补正.案号", "案号", "case number"),
    named("补正.事项", "所缺的材料、登记项目，或者指标", "document, field or criterion"),
    named("补正.情况", "发现的情况", "what was found"),
    named("补正.能否补正", "可补齐、可说明、不可补正", "whether it can be mended"),
    named("补正.怎样办理", "标准规定的办法", "how"),
    named("分工.说明", "没有写明哪些由机构负责时的说明", "said where nobody told what the office answers for"),
    named("回执签名", "回执由谁签名：承办人，或者机构经办人并盖章", "who signs the receipt"),
    named("补正.分值", "所在案件该项扣的分值", "points that the case lost by it"),
    named("待核标题.文字", "材料不足待核的一段的标题；没有则不印", "heading of what is unclear"),
    named("待核.序号", "序号", "number of the row"),
    named("待核.案号", "案号", "case number"),
    named("待核.事项", "待核的材料或项目", "document, field or criterion"),
    named("待核.情况", "为什么不能判断", "why it cannot be told"),
    named("待核.怎样办理", "标准规定的办法", "how"),
    named("待核.分值", "涉及分值，尚未扣", "points at stake, not taken off"),
    given("主送机关", "给机构的一份写给谁；不写时为本机构", "whom the office's own is addressed to; the office where it is not given"),
    given(
        "机构负责",
        "由机构负责的指标编号或者指标分组，用顿号分隔，如“受理审查、B01”；这些事项通知机构，不通知承办人",
        "criteria or groups of criteria that the office answers for, such as 受理审查、B01: its own paper has them and not the lawyer's",
    ),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let list = Table::new(&[8, 30, 28, 35, 14, 39, 11, 15])
        .head(&["序号", "案号", "事项", "情况", "能否补正", "怎样办理", "案件\n扣分", "办理情况"])
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
            cell("□ 已按要求办理　□ 部分办理，说明附后\n{{回执签名}}：\n　　　　　　　　　　年　　月　　日"),
        ],
    );
    let warning = format!("{NO_BACKDATING}“案件扣分”是所在案件在该项已扣的分值，请核实的各项是可能扣的分值。");
    Layout::new(Look::Form, "补正通知单")
        .numbered()
        .text(Style::Plain, "{{收件人}}{{主送机关}}：")
        .body("{{情况}}")
        .body("{{分工.说明}}")
        .body("请于{{整改期限}}前办理，在“办理情况”栏写明，连同材料报送{{报送方式}}。联系人：{{联系人}}，电话：{{联系电话}}。")
        .table(list)
        .text(Style::Note, &warning)
        .text(Style::Note, "{{机构负责}}")
        .text(Style::Right, "{{发文机关}}　　{{落款日期}}")
        .table(receipt)
}

/// Said to a lawyer where nobody told what the office answers for.
const UNSAID: &str = "下列事项按案件列出，不都属于承办人的职责：属于法律援助机构职责的，由法律援助机构办理；请您对由本人保管的材料和本人了解的情况，\
                      予以提交或者说明。";

/// What one paper asks for.
#[derive(Default)]
struct Asked<'a> {
    mend: Vec<(&'a CaseRecord, &'a Finding)>,
    verify: Vec<(&'a CaseRecord, &'a Finding)>,
}

/// Whom a paper is for: firm and lawyer; nobody = the office itself.
type Whom<'a> = Option<(&'a str, &'a str)>;

fn make(setting: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let told = Told::new(results, cases);
    let duties = Duties::new(setting, office);
    let mut all: BTreeMap<Whom<'_>, Asked<'_>> = BTreeMap::new();
    for case in selected(cases) {
        for finding in &case.findings {
            let (mend, verify) = (can_be_asked(results, &told, case, finding), is_unclear(finding));
            if !mend && !verify {
                continue;
            }
            for whom in whom(results, &duties, case, finding) {
                let asked = all.entry(whom).or_default();
                let list = if mend { &mut asked.mend } else { &mut asked.verify };
                list.push((case, finding));
            }
        }
    }
    let one = |(whom, asked): (&Whom<'_>, &Asked<'_>)| paper(&told, setting, office, &duties, *whom, asked);
    all.iter().map(one).collect()
}

/// Whether something lacking can be completed or explained: not how well a person finds the work done, and not a red line.
fn can_be_asked(results: &Results, told: &Told<'_>, case: &CaseRecord, finding: &Finding) -> bool {
    let known = criterion(results, case, &finding.criterion).is_some() || finding.about.is_some();
    let opinion = told.is_human(case, finding) && finding.remedy != "complete";
    let worth = is_problem(results, case, finding) || (finding.outcome == "unmet" && finding.severity == "warning");
    worth && known && !opinion && !finding.fix.zh.is_empty()
}

/// What the office answers for, as people told.
struct Duties<'a> {
    office: &'a Office,
    /// Criteria and groups.
    named: Vec<&'a str>,
    ledger: BTreeMap<&'a str, &'a LedgerRow>,
}

impl<'a> Duties<'a> {
    fn new(setting: &'a Setting<'_>, office: &'a Office) -> Self {
        let named = setting.given.get("机构负责").map_or("", String::as_str);
        let named = names(named).into_iter().collect();
        let rows = setting.ledger.iter().flat_map(|l| &l.rows).filter(|r| r.office == office.name && !r.key.is_empty());
        Self { office, named, ledger: rows.map(|r| (r.key.as_str(), r)).collect() }
    }

    fn has(&self, results: &Results, case: &CaseRecord, finding: &Finding) -> bool {
        let group = criterion(results, case, &finding.criterion).map_or("", |c| c.group.as_str());
        self.by_ledger(case, finding) || self.named.iter().any(|n| *n == &*finding.criterion || *n == group)
    }

    /// Whether the ledger gives it to the office, or to somebody else than the lawyers. A row that names the lawyer and his firm tells
    /// nothing, since so the program fills it in.
    fn by_ledger(&self, case: &CaseRecord, finding: &Finding) -> bool {
        let Some(row) = self.ledger.get(finding.fingerprint.as_str()) else { return false };
        let (unit, person) = (row.shown(column::UNIT), row.shown(column::PERSON));
        let firm = field(case, "firm");
        let office = unit == self.office.name && !firm.is_empty() && firm != unit;
        let lawyers = names(field(case, "lawyer"));
        office || (!person.is_empty() && names(&person).is_disjoint(&lawyers))
    }
}

/// Names divided by marks.
fn names(words: &str) -> BTreeSet<&str> {
    words.split(['、', '；', ';', ',', '，']).map(str::trim).filter(|n| !n.is_empty()).collect()
}

/// What stands in a register, and what the office answers for, is for the office; all else for each lawyer of the case.
fn whom<'a>(results: &Results, duties: &Duties<'_>, case: &'a CaseRecord, finding: &Finding) -> Vec<Whom<'a>> {
    let known = criterion(results, case, &finding.criterion);
    let field_alone = finding.about.as_deref().is_some_and(|a| a.starts_with("field:")) && known.is_none_or(|c| c.check != "within");
    let (firm, lawyers) = (field(case, "firm"), field(case, "lawyer"));
    let names = names(lawyers);
    if known.is_none() || field_alone || names.is_empty() || duties.has(results, case, finding) {
        return vec![None];
    }
    names.into_iter().map(|name| Some((firm, name))).collect()
}

fn paper(told: &Told<'_>, setting: &Setting<'_>, office: &Office, duties: &Duties<'_>, whom: Whom<'_>, asked: &Asked<'_>) -> Paper {
    let mut facts = Facts::default();
    let cases: BTreeSet<String> = asked.mend.iter().chain(&asked.verify).map(|(case, _)| called(case)).collect();
    let (n, mend, verify) = (cases.len(), asked.mend.len(), asked.verify.len());
    let matters = match (mend, verify) {
        (_, 0) => format!("有 {mend} 项需要补齐或者说明"),
        (0, _) => format!("有 {verify} 项材料不足、不能判断，需要核实"),
        _ => format!("有 {mend} 项需要补齐或者说明，另有 {verify} 项材料不足、不能判断，需要核实"),
    };
    let unsaid = (whom.is_some() && duties.named.is_empty()).then(|| row([("说明", UNSAID.to_owned())]));
    facts.list("分工", unsaid.into_iter().collect());
    facts.put("回执签名", if whom.is_some() { "承办人（签名）" } else { "经办人（签名，单位盖章）" });
    let (to, name, said) = match whom {
        Some((firm, lawyer)) => {
            let to = if firm.is_empty() { lawyer.to_owned() } else { format!("{lawyer}（{firm}）") };
            (to, format!("补正通知 {lawyer} {firm}"), format!("经评查，您承办的 {n} 件案件中{matters}。"))
        }
        None => {
            let said =
                format!("经评查，你单位 {n} 件案件中由你单位办理的事项（登记、案卷整理等，包括登记没有写明承办人的案件）{matters}。");
            (addressee(setting, office), format!("补正通知 {} 机构事项", office.name), said)
        }
    };
    let (lawyer, body) = if whom.is_some() { (to, String::new()) } else { (String::new(), to) };
    facts.put("机构", &office.name).say("收件人", lawyer).say("主送机关", body).put("情况", said);
    let own = if whom.is_none() && !duties.named.is_empty() {
        format!("由机构负责的指标：{}。", duties.named.join("、"))
    } else {
        String::new()
    };
    facts.say("机构负责", own);
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
    use crate::paper::forms::testing::{column as column_of, papers, papers_with, value, words};
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
        assert_eq!(made.iter().map(|p| column_of(p, "补正", "案号").len()).sum::<usize>(), asked);
        assert_eq!(made.iter().map(|p| column_of(p, "待核", "案号").len()).sum::<usize>(), open);
        for paper in &made {
            assert!(column_of(paper, "补正", "能否补正").iter().all(|r| ["可补齐", "可说明", "不可补正"].contains(r)));
            assert_eq!(column_of(paper, "待核标题", "文字").len(), usize::from(!column_of(paper, "待核", "案号").is_empty()));
            assert!(column_of(paper, "待核", "分值").iter().all(|p| p.starts_with("0～")), "what is unclear is not taken off");
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
            let to = |p: &Paper| ["收件人", "主送机关"].map(|n| value(p, n).unwrap_or_default()).concat();
            made.iter().map(to).collect::<Vec<_>>()
        };
        assert_eq!(whom("甲虚构、乙虚构").len(), 2);
        assert!(whom("甲虚构，乙虚构").contains(&"甲虚构（虚构律师事务所）".to_owned()));
        assert_eq!(whom(""), [results.offices[0].name.as_str()]);
    }

    #[test]
    fn what_the_office_answers_for_goes_to_the_office() {
        let (results, mut cases) = fixture::results(1, 30);
        let case = &mut cases[0][0];
        let late = fixture::results(1, 60).1[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        case.fields.insert("lawyer".into(), "甲虚构".into());
        case.fields.insert("firm".into(), "虚构律师事务所".into());
        let one = |criterion: &str| Finding { criterion: criterion.into(), fingerprint: criterion.to_owned(), ..late.clone() };
        case.findings = vec![one("A02"), one("B01"), one("C02")];
        let cases = std::slice::from_ref(case);
        let row = |key: &str, unit: &str, person: &str| LedgerRow {
            key: key.to_owned(),
            office: results.offices[0].name.clone(),
            cells: [(column::UNIT, unit), (column::PERSON, person)]
                .map(|(k, v)| (k.to_owned(), crate::record::ledger::LedgerValue::words(v)))
                .into(),
            ..LedgerRow::default()
        };
        let ledger = |rows: Vec<LedgerRow>| crate::record::ledger::Ledger { rows, ..Default::default() };
        let office = results.offices[0].name.as_str();
        let (firm, lawyer) = ("虚构律师事务所", "甲虚构");
        let rows = [
            // what is set, the ledger, criteria of the office's own paper
            ("", vec![], 0),
            ("受理审查、B01", vec![], 2),
            ("B01", vec![row("A02", firm, lawyer)], 1),
            ("", vec![row("A02", office, lawyer), row("B01", firm, "丙虚构"), row("C02", firm, lawyer)], 2),
            ("受理审查", vec![row("A02", firm, lawyer)], 1),
        ];
        for (set, rows, own) in rows {
            let ledger = ledger(rows);
            let made = papers_with(&FORM, &results, 0, cases, Some(&ledger), &[("机构负责", set)]);
            let of = |to: &str| made.iter().find(|p| [value(p, "收件人"), value(p, "主送机关")].contains(&Some(to)));
            assert_eq!(of(office).map_or(0, |p| column_of(p, "补正", "案号").len()), own, "{set}");
            let lawyers = of("甲虚构（虚构律师事务所）").expect("the lawyer's");
            assert_eq!(column_of(lawyers, "补正", "案号").len(), 3 - own, "{set}");
            assert_eq!(column_of(lawyers, "分工", "说明").len(), usize::from(set.is_empty()));
            assert_eq!(value(lawyers, "回执签名"), Some("承办人（签名）"));
            assert!(
                of(office)
                    .is_none_or(|p| value(p, "回执签名") == Some("经办人（签名，单位盖章）") && column_of(p, "分工", "说明").is_empty())
            );
        }
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
