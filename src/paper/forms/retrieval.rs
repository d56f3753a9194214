//! 调卷清单及案卷交接单: the drawn cases of an office, to be sent, counted and given back. Must not list reserves, which nobody may know
//! before they are needed.

use std::collections::BTreeMap;

use super::drawn::Keys;
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::record::plan::{Drawn, Plan, Why};
use crate::report::audience::Audience;

/// The form.
pub static FORM: Form = Form {
    id: "retrieval",
    title: "调卷清单及案卷交接单",
    audience: Audience::Internal,
    about: Text::fixed(
        "每个机构一份：抽中的案件，册数页数待填，移交、接收、归还签名",
        "one an office: its drawn cases, who handed them over and back",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Plan(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("机构", "被调卷的法律援助机构", "office"),
    named("件数", "抽中件数", "drawn cases"),
    named("案卷.序号", "序号", "number of the row"),
    named("案卷.案号", "案号", "case number"),
    named("案卷.案件类型", "案件类型", "case type"),
    named("案卷.诉讼阶段", "诉讼阶段，单独立卷时有", "stage, where it is a file of its own"),
    named("案卷.承办人", "承办人", "lawyers"),
    named("案卷.备注", "替补、定向增加的说明", "what is said of a substitute or an addition"),
    given("送卷期限", "案卷送到的日期", "day by which the dossiers are to come"),
    given("送卷地点", "案卷送到哪里", "where the dossiers go"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let list = Table::new(&[10, 52, 20, 20, 26, 13, 13, 26])
        .head(&["序号", "案号", "案件类型", "诉讼阶段", "承办人", "册数", "页数", "备注"])
        .tall(
            7,
            vec![
                cell("{{案卷.序号}}").centre(),
                cell("{{案卷.案号}}"),
                cell("{{案卷.案件类型}}").centre(),
                cell("{{案卷.诉讼阶段}}").centre(),
                cell("{{案卷.承办人}}").centre(),
                cell(""),
                cell(""),
                cell("{{案卷.备注}}"),
            ],
        )
        .tall(7, vec![label("合计").span(2), cell("{{件数}} 件").span(3), cell(""), cell(""), cell("")]);
    let step =
        |name: &str, from: &str, to: &str| vec![label(name), cell(""), cell(""), cell(from), cell(to), cell("　　年　　月　　日").centre()];
    let hands = Table::new(&[24, 16, 16, 46, 46, 32])
        .head(&["环节", "件数", "册数", "交出", "接收", "日期"])
        .tall(14, step("机构送卷", "移交人（签名）：", "接收人（签名）："))
        .tall(14, step("评查归还", "归还人（签名）：", "接收人（签名）："));
    Layout::new(Look::Form, "调卷清单及案卷交接单")
        .text(Style::Plain, "机构：{{机构}}　　　抽中案件：{{件数}} 件　　　调卷单位：{{发文机关}}")
        .text(Style::Plain, "请将下列案卷于{{送卷期限}}前送至{{送卷地点}}。联系人：{{联系人}}　电话：{{联系电话}}")
        .table(list)
        .text(Style::Heading, "案卷交接")
        .table(hands)
        .text(
            Style::Note,
            "送卷时由移交人填写册数、页数，双方当面清点并签名；卷内材料按送卷时的原状移交，送卷后不得抽换、增补。归还时按本清单逐卷核对，\
             有短少、污损的在备注栏注明。",
        )
}

fn make(setting: &Setting<'_>, plan: &Plan) -> Vec<Paper> {
    let keys = Keys::new(plan);
    let mut offices: BTreeMap<&str, Vec<&Drawn>> = BTreeMap::new();
    for drawn in &plan.drawn {
        offices.entry(&drawn.case.office).or_default().push(drawn);
    }
    let paper = |(id, drawn): (&str, Vec<&Drawn>)| {
        let name = plan.office(id);
        let rows = (1_usize..).zip(&drawn).map(|(n, d)| case(plan, &keys, n, d)).collect();
        let mut facts = Facts::default();
        facts.put("机构", name).figure("件数", drawn.len().to_string(), "抽卷方案.json /drawn").list("案卷", rows);
        for name in ["送卷期限", "送卷地点"] {
            facts.put(name, setting.given.get(name).cloned().unwrap_or_default());
        }
        Paper { office: Some(name.to_owned()), name: format!("调卷清单 {name}"), facts }
    };
    offices.into_iter().map(paper).collect()
}

fn case(plan: &Plan, keys: &Keys<'_>, n: usize, drawn: &Drawn) -> Row {
    let instead = plan.substitutions.iter().find(|s| s.into == drawn.case);
    let note = match (drawn.why, instead) {
        (_, Some(s)) => format!("替补 {}（{}）", s.out, s.reason),
        (Why::Addition, None) => drawn.reason.as_ref().map_or_else(|| "定向增加".to_owned(), |r| format!("定向增加：{r}")),
        _ => String::new(),
    };
    row([
        ("序号", n.to_string()),
        ("案号", drawn.case.case_no.to_string()),
        ("案件类型", drawn.case_type.to_string()),
        ("诉讼阶段", drawn.case.stage.as_deref().unwrap_or("—").to_owned()),
        ("承办人", keys.lawyers(&drawn.case)),
        ("备注", note),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, given, plan, planned, value, words};

    #[test]
    fn an_office_sends_what_was_drawn_and_no_reserve() {
        let papers = planned(&FORM, &plan(), given(&[("送卷期限", "2025年1月5日")]));
        assert_eq!(papers.iter().map(|p| p.office.as_deref()).collect::<Vec<_>>(), [Some("东岭区"), Some("西河县")]);
        let first = papers.first().expect("东岭区");
        assert_eq!(column(first, "案卷", "案号"), ["东援民〔2024〕1号", "东援民〔2024〕2号"]);
        assert_eq!(column(first, "案卷", "备注"), ["替补 东援民〔2024〕3号（案卷在检察机关）", "定向增加：当事人来信"]);
        assert_eq!(column(first, "案卷", "承办人"), ["甲虚构", "甲虚构、乙虚构"]);
        assert_eq!((value(first, "件数"), value(first, "送卷期限"), value(first, "送卷地点")), (Some("2"), Some("2025年1月5日"), None));
        assert!(!papers.iter().any(|p| words(p).contains("9号")), "a reserve that did not come up is told");
    }
}
