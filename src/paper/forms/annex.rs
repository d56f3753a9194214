//! 技术附页: statistics that a bureau does not print (区间、一致性、松紧), each with one plain sentence. Must not change a mark, a grade or a
//! rate by what it tells, and must not say anything of a reviewer from a handful of cases.

use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::record::v1::{Figure, Office, Panel, Rate, Results, ReviewerRecord};
use crate::report::audience::Audience;
use crate::report::figures::{fraction, percents};

/// The form.
pub static FORM: Form = Form {
    id: "annex",
    title: "技术附页",
    audience: Audience::Internal,
    about: Text::fixed(
        "每个批次一份，内部使用：比率的区间，评分一致性，评估专家松紧和影响，小样本提示，各附一句话说明",
        "one a batch, for inner use: intervals, agreement, severity, influence, small samples, each with a plain sentence",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Batch(make),
    beside: None,
};

/// Shared cases below which nothing is said of a reviewer, as in the workbooks.
const FEWEST: u64 = 5;
/// Cases of an office below which its rate is called one of a small sample.
const SMALL: u64 = 10;

const NAMES: &[Named] = &[
    named("取样说明", "全部评查还是抽样，区间怎样得来", "census or sample, and where intervals come from"),
    named("区间.机构", "机构或者汇总", "office or group"),
    named("区间.比率", "比率名称", "rate"),
    named("区间.件数", "达到件数和评查件数", "counts"),
    named("区间.百分数", "百分数，未定时为两端", "per cent"),
    named("区间.范围", "95% 区间", "95 % interval"),
    named("区间.说明", "一句话", "in plain words"),
    named("小样本.说明", "件数少的机构", "offices with few cases"),
    named("无评议.说明", "没有评估专家评分时说明", "said where there was no round of review"),
    named("一致性.名称", "指标", "figure of agreement"),
    named("一致性.比较", "比较谁", "who is compared"),
    named("一致性.数值", "数值", "value"),
    named("一致性.区间", "95% 区间", "95 % interval"),
    named("一致性.件数", "案件数", "cases"),
    named("一致性.说明", "一句话", "in plain words"),
    named("松紧.编号", "评估专家编号", "code of the reviewer"),
    named("松紧.姓名", "评估专家姓名", "name"),
    named("松紧.同评", "与他人同评的案件数", "cases that others marked too"),
    named("松紧.数值", "松紧（分），同评太少时不说", "points above the others; nothing from few cases"),
    named("松紧.区间", "95% 区间", "95 % interval"),
    named("松紧.说明", "一句话", "in plain words"),
    named("机构松紧.机构", "机构", "office"),
    named("机构松紧.件数", "有完整评分的案件数", "cases with a complete mark"),
    named("机构松紧.数值", "评其案件的专家的松紧（分）", "leniency of its reviewers"),
    named("机构松紧.说明", "一句话", "in plain words"),
    named("影响.机构", "机构", "office"),
    named("影响.专家", "评估专家编号", "reviewer"),
    named("影响.件数", "所评件数", "cases marked"),
    named("影响.现在", "现在的比率", "the rate as it is"),
    named("影响.不计", "不计其评分时的比率", "the rate without their marks"),
    named("影响.说明", "一句话", "in plain words"),
    named("申诉情况.说明", "申诉件数和变更件数", "objections"),
];

fn layout() -> Layout {
    let (cell, mid) = (Cell::new, |w: &str| Cell::new(w).centre());
    let rates = Table::new(&[32, 16, 18, 30, 30, 54]).head(&["机构", "比率", "件数", "百分数", "95% 区间", "一句话"]).row(vec![
        cell("{{区间.机构}}"),
        mid("{{区间.比率}}"),
        mid("{{区间.件数}}"),
        mid("{{区间.百分数}}"),
        mid("{{区间.范围}}"),
        cell("{{区间.说明}}"),
    ]);
    let agreement = Table::new(&[34, 18, 14, 26, 12, 76]).head(&["指标", "比较谁", "数值", "95% 区间", "案件数", "一句话"]).row(vec![
        cell("{{一致性.名称}}"),
        mid("{{一致性.比较}}"),
        mid("{{一致性.数值}}"),
        mid("{{一致性.区间}}"),
        mid("{{一致性.件数}}"),
        cell("{{一致性.说明}}"),
    ]);
    let people = Table::new(&[16, 26, 14, 16, 30, 78]).head(&["编号", "姓名", "同评", "松紧（分）", "95% 区间", "一句话"]).row(vec![
        mid("{{松紧.编号}}"),
        mid("{{松紧.姓名}}"),
        mid("{{松紧.同评}}"),
        mid("{{松紧.数值}}"),
        mid("{{松紧.区间}}"),
        cell("{{松紧.说明}}"),
    ]);
    let offices = Table::new(&[40, 16, 20, 104]).head(&["机构", "件数", "松紧（分）", "一句话"]).row(vec![
        cell("{{机构松紧.机构}}"),
        mid("{{机构松紧.件数}}"),
        mid("{{机构松紧.数值}}"),
        cell("{{机构松紧.说明}}"),
    ]);
    let influence =
        Table::new(&[32, 18, 16, 26, 26, 62]).head(&["机构", "评估专家", "所评件数", "现在", "不计其评分", "一句话"]).row(vec![
            cell("{{影响.机构}}"),
            mid("{{影响.专家}}"),
            mid("{{影响.件数}}"),
            mid("{{影响.现在}}"),
            mid("{{影响.不计}}"),
            cell("{{影响.说明}}"),
        ]);
    Layout::new(Look::Form, "技术附页（内部）")
        .text(Style::Plain, "本页说明结果的可靠程度，只供评查组织者掌握，不随通报印发；所列各数只供了解，不用来改动任何得分、等次和比率。")
        .text(Style::Heading, "一、比率的区间")
        .text(Style::Plain, "{{取样说明}}")
        .table(rates)
        .text(Style::Plain, "{{小样本.说明}}")
        .text(Style::Heading, "二、评分的一致性")
        .text(Style::Plain, "{{无评议.说明}}")
        .table(agreement)
        .text(Style::Heading, "三、评估专家的松紧")
        .table(people)
        .text(Style::Heading, "四、评各机构案件的专家的松紧")
        .table(offices)
        .text(Style::Heading, "五、不计某一位评估专家时的主要比率（只列有变化的）")
        .table(influence)
        .text(Style::Heading, "六、申诉")
        .text(Style::Plain, "{{申诉情况.说明}}")
}

fn make(_: &Setting<'_>, results: &Results) -> Vec<Paper> {
    let mut facts = Facts::default();
    let batch = &results.batch;
    let census = batch.scope.selection == "all" && results.offices.iter().all(|o| o.selected == o.in_scope);
    facts.put(
        "取样说明",
        if census {
            "范围内案件全部评查，没有抽样误差，区间就是这个点；有等次未定的案件时，百分数列出两端，不给区间。"
        } else {
            "区间说的是：如果把范围内的案件全部评查，比率大致落在哪里（威尔逊区间，作有限总体校正；按抽卷方案的，只用随机抽中的案件并按层加权）。\
             有等次未定的案件时不给区间。"
        },
    );
    let mut rates: Vec<Row> = results.offices.iter().filter_map(|o| o.headline().map(|r| interval(o, &o.name, r, census))).collect();
    for group in results.groups.iter().filter(|_| results.offices.len() > 1) {
        let called = format!("{}（汇总）", group.name);
        rates.extend(group.rates.iter().map(|r| interval(group, &called, r, census)));
    }
    facts.list("区间", or_none(rates, "机构"));
    let small: Vec<String> = results
        .offices
        .iter()
        .filter(|o| o.selected > 0 && o.selected < SMALL)
        .map(|o| format!("{}（{}件）", o.name, o.selected))
        .collect();
    let said = format!("下列机构评查不足 {SMALL} 件，一件案件就会使比率变动 10 个百分点以上，不宜单凭比率比较：{}。", small.join("、"));
    facts.list("小样本", if small.is_empty() { Vec::new() } else { vec![row([("说明", said)])] });
    let none = "本结果没有评估专家的评议，第二至第六部分没有内容。".to_owned();
    facts.list("无评议", if results.panel.is_none() { vec![row([("说明", none)])] } else { Vec::new() });
    panel(&mut facts, results, results.panel.as_ref());
    vec![Paper { office: None, name: "技术附页".to_owned(), facts }]
}

/// A line that says that there is nothing.
fn or_none(rows: Vec<Row>, name: &'static str) -> Vec<Row> {
    if rows.is_empty() { vec![row([(name, "（无）".to_owned())])] } else { rows }
}

fn interval(office: &Office, called: &str, rate: &Rate, census: bool) -> Row {
    let (shown, said) = match rate.ci95 {
        _ if rate.n == 0 => ("—".to_owned(), "没有评查的案件。".to_owned()),
        _ if office.undecided > 0 && rate.k_low != rate.k_high => {
            ("—".to_owned(), format!("有 {} 件等次未定，先列两端，定等后再看区间。", office.undecided))
        }
        Some([low, high]) if low == high => (share(low), "全部评查，就是这个数。".to_owned()),
        Some(ends) => {
            let [low, high] = ends.map(share);
            let said =
                format!("评查 {} 件、达到 {} 件；推及范围内 {} 件，大致在 {low} 至 {high} 之间。", rate.n, rate.k_low, office.in_scope);
            (format!("{low} 至 {high}"), said)
        }
        None if census => ("—".to_owned(), "全部评查，不需要区间。".to_owned()),
        None => ("—".to_owned(), "没有可以推算的随机样本，不给区间。".to_owned()),
    };
    row([
        ("机构", called.to_owned()),
        ("比率", rate.name.clone()),
        ("件数", fraction(rate)),
        ("百分数", percents(rate.k_low, rate.k_high, rate.n)),
        ("范围", shown),
        ("说明", said),
    ])
}

fn share(value: f64) -> String {
    format!("{:.1}%", value * 100.0)
}

/// Two decimals, and no `-0.00`.
fn two(value: f64) -> String {
    format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0)
}

/// `+1.2`, `-0.4`, `0.0`.
fn signed(value: f64) -> String {
    let value = (value * 10.0).round() / 10.0 + 0.0;
    if value > 0.0 { format!("+{value:.1}") } else { format!("{value:.1}") }
}

fn panel(facts: &mut Facts, results: &Results, panel: Option<&Panel>) {
    let agreement: Vec<Row> = panel.iter().flat_map(|p| &p.agreement).map(agreed).collect();
    facts.list("一致性", or_none(agreement, "名称"));
    let people: Vec<Row> = panel.iter().flat_map(|p| &p.reviewers).map(severity).collect();
    facts.list("松紧", or_none(people, "编号"));
    let offices = panel.iter().flat_map(|p| &p.leniency).map(|l| {
        row([
            ("机构", l.office.to_string()),
            ("件数", l.cases.to_string()),
            ("数值", l.points.map_or_else(|| "无数据".to_owned(), signed)),
            ("说明", l.plain.zh.to_string()),
        ])
    });
    facts.list("机构松紧", or_none(offices.collect(), "机构"));
    // An office with undecided cases has no rate to compare yet, and where nothing changes there is nothing to tell.
    let settled = |office: &str| results.offices.iter().any(|o| o.name == *office && o.undecided == 0);
    let moves = |i: &&crate::record::v1::Influence| i.with[0] * i.without[1] != i.without[0] * i.with[1] || i.without[1] == 0;
    let influence = panel.iter().flat_map(|p| &p.influence).filter(|i| settled(&i.office)).filter(moves).map(|i| {
        let rate = |[k, n]: [u64; 2]| if n == 0 { "无数据".to_owned() } else { format!("{}（{k}/{n}）", percents(k, k, n)) };
        row([
            ("机构", i.office.to_string()),
            ("专家", i.reviewer.to_string()),
            ("件数", i.marked.to_string()),
            ("现在", rate(i.with)),
            ("不计", rate(i.without)),
            ("说明", i.plain.zh.to_string()),
        ])
    });
    facts.list("影响", or_none(influence.collect(), "机构"));
    let said = match panel.map(|p| &p.objections) {
        None => "没有评议，没有申诉记录。".to_owned(),
        Some(o) if o.all == 0 => "没有申诉。".to_owned(),
        Some(o) => format!("共提出 {} 件，已决定 {} 件，其中变更 {} 件。", o.all, o.decided, o.upheld),
    };
    facts.list("申诉情况", vec![row([("说明", said)])]);
}

fn agreed(figure: &Figure) -> Row {
    let percent = matches!(figure.id.as_str(), "exact" | "within_one");
    let shown = |value: f64| if percent { share(value) } else { two(value) };
    row([
        ("名称", figure.name.zh.to_string()),
        ("比较", if figure.between.is_empty() { "全体".to_owned() } else { figure.between.join(" 与 ") }),
        ("数值", figure.value.map_or_else(|| "无数据".to_owned(), shown)),
        ("区间", figure.ci95.map_or_else(|| "—".to_owned(), |[low, high]| format!("{} 至 {}", shown(low), shown(high)))),
        ("件数", figure.cases.to_string()),
        ("说明", figure.plain.zh.to_string()),
    ])
}

fn severity(reviewer: &ReviewerRecord) -> Row {
    let figure = reviewer.severity.as_ref().filter(|_| reviewer.shared >= FEWEST);
    row([
        ("编号", reviewer.code.to_string()),
        ("姓名", reviewer.name.clone()),
        ("同评", reviewer.shared.to_string()),
        ("数值", figure.and_then(|f| f.value).map_or_else(|| "无数据".to_owned(), signed)),
        ("区间", figure.and_then(|f| f.ci95).map_or_else(|| "—".to_owned(), |[low, high]| format!("{} 至 {}", signed(low), signed(high)))),
        ("说明", reviewer.severity.as_ref().map_or_else(|| "没有填完的一评、二评。".to_owned(), |f| f.plain.zh.to_string())),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::make;
    use crate::paper::setting::{From, Setting};
    use crate::report::{fixture, testing};

    #[test]
    fn figures_come_with_a_sentence_and_few_cases_tell_nothing_of_a_person() {
        let (results, _) = testing::reviewed(2, 12);
        let setting = Setting::new(From::Results(&results, "c0de"), None, true, BTreeMap::new());
        let facts = make(&setting, &results).remove(0).facts;
        let panel = results.panel.as_ref().expect("a panel");
        assert_eq!(facts.rows("一致性").len(), panel.agreement.len());
        assert!(["区间", "一致性", "松紧", "机构松紧"].iter().all(|list| facts.rows(list).iter().all(|r| !r["说明"].text.is_empty())));
        for (row, reviewer) in facts.rows("松紧").iter().zip(&panel.reviewers) {
            let told = reviewer.shared >= super::FEWEST && reviewer.severity.as_ref().is_some_and(|f| f.value.is_some());
            assert_eq!(row["数值"].text != "无数据", told, "{}", reviewer.code);
        }
        // Where cases are open there is no interval, and the counts are a range.
        let open = results.offices.iter().zip(facts.rows("区间")).find(|(o, _)| o.undecided > 0).expect("an office with open cases");
        assert!(open.1["范围"].text == "—" && open.1["件数"].text.contains('～'), "{:?}", open.1);
        assert_eq!(facts.rows("无评议").len(), 0);
    }

    #[test]
    fn without_a_panel_it_says_so() {
        let (results, _) = fixture::results(1, 3);
        let empty = crate::record::v1::Results { offices: Vec::new(), groups: Vec::new(), ..results.clone() };
        let setting = Setting::new(From::Results(&results, "c0de"), None, true, BTreeMap::new());
        let facts = make(&setting, &results).remove(0).facts;
        assert_eq!((facts.rows("无评议").len(), facts.rows("松紧")[0]["编号"].text.as_str()), (1, "（无）"));
        let facts = make(&setting, &empty).remove(0).facts;
        assert_eq!((facts.rows("区间")[0]["机构"].text.as_str(), facts.rows("小样本").len()), ("（无）", 0));
    }
}
