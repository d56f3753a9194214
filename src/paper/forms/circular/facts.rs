//! What a circular says (通报要素), but for its offices. Must not count anew what results hold.

use super::offices;
use super::source::{Figure, count, plain, quoted};
use super::view::{View, main_rate, rate_at};
use crate::paper::fact::{Fact, Facts, Row};
use crate::paper::form::Paper;
use crate::paper::setting::Setting;
use crate::paper::words::adds;
use crate::record::v1::{Lost, Office, Results, Split};
use crate::report::hide::is_wide;
use crate::report::words::without_standing;

/// Problems that are listed at most.
const MOST: usize = 10;

/// The circular of a batch.
pub fn make(setting: &Setting<'_>, results: &Results) -> Vec<Paper> {
    let view = View::new(setting, results);
    let mut facts = Facts::default();
    for name in ["主送机关", "依据文件", "经验做法"] {
        facts.put(name, setting.given.get(name).cloned().unwrap_or_default());
    }
    let batch = &results.batch;
    let as_of = quoted(&batch.as_of, "/batch/as_of");
    facts.figure("截止日", as_of.text, as_of.source);
    if let (Some(limit), None) = (&batch.objection, setting.given.get("申诉期限")) {
        let limit = quoted(&limit.zh, "/batch/objection/zh");
        facts.figure("申诉期限", limit.text, limit.source);
    }
    let rate = view.whole.as_ref().and_then(|(_, o)| o.headline()).or_else(|| results.offices.iter().find_map(Office::headline));
    facts.put("主要比率", rate.map_or_else(|| "主要比率".to_owned(), |r| r.name.clone()));
    let stage = setting.common.value("阶段").map_or("", |f| f.text.as_str());
    facts.say("阶段说明", if stage.is_empty() { String::new() } else { format!("本通报所列为{stage}阶段的结果。") });
    method(&mut facts, &view);
    total(&mut facts, &view);
    splits(&mut facts, &view);
    offices::say(&mut facts, &view);
    problems(&mut facts, &view);
    filing(&mut facts, &view);
    vec![Paper { office: None, name: "通报".to_owned(), facts }]
}

fn rows(row: Option<Row>) -> Vec<Row> {
    row.into_iter().collect()
}

fn one(name: &'static str, fact: Fact) -> Row {
    [(name, fact)].into()
}

fn method(facts: &mut Facts, view: &View<'_>) {
    let (results, whole) = (view.results, view.whole.as_ref());
    let batch = &results.batch;
    let empty = whole.is_none_or(|(_, o)| o.selected == 0);
    facts.list("无案件", rows(empty.then(|| one("说明", plain("本批次没有选取评查的案件，以下等次、比率和名次从略。")))));
    facts.list(
        "范围",
        rows(whole.map(|(at, office)| {
            [
                ("说明", quoted(&batch.scope.said.zh, "/batch/scope/said/zh")),
                ("机构数", count(u64::try_from(results.offices.len()).unwrap_or(u64::MAX), "#/offices")),
                ("件数", count(office.in_scope, format!("{at}/in_scope"))),
            ]
            .into()
        })),
    );
    let some = whole.filter(|(_, o)| o.selected > 0);
    let sampled = batch.scope.selection != "all" || some.is_some_and(|(_, o)| o.selected != o.in_scope);
    let way = match batch.scope.selection.as_str() {
        "plan" => "按照抽卷方案选取",
        "register" => "按照案件登记表的标注选取",
        _ => "从中选取",
    };
    facts.list(
        "抽样",
        rows(some.filter(|_| sampled).map(|(at, office)| {
            let ends = [(office.selected, format!("{at}/selected")), (office.in_scope, format!("{at}/in_scope"))];
            [
                ("方式", plain(way)),
                ("件数", count(office.selected, format!("{at}/selected"))),
                ("占比", Figure::default().share(ends).into()),
            ]
            .into()
        })),
    );
    facts.list("全查", rows(some.filter(|_| !sampled).map(|(at, office)| one("件数", count(office.selected, format!("{at}/selected"))))));
    let people = results.panel.as_ref().map_or(0, |p| p.reviewers.len());
    let people = u64::try_from(people).unwrap_or(u64::MAX);
    let people = if people > 0 {
        Figure::default().number(people, "#/panel/reviewers").words("名评估专家参加评查。")
    } else {
        Figure::default()
    };
    let people: Fact = people.into();
    facts.figure("专家说明", people.text, people.source);
    facts.list(
        "采用",
        rows(
            batch
                .adopted
                .as_ref()
                .map(|a| [("机关", plain(&*a.body)), ("文号", quoted(&a.document_no, "/batch/adopted/document_no"))].into()),
        ),
    );
    let sample = "上述标准为参考样式，未经有权机关采用，所列等次和比率仅供工作参考，不作为正式评定依据。";
    facts.list("参考", rows(batch.adopted.is_none().then(|| one("说明", plain(sample)))));
}

fn total(facts: &mut Facts, view: &View<'_>) {
    let told = view.told();
    facts.list(
        "总体",
        rows(told.map(|(at, office)| {
            let grades = Figure::default().grades(&office.grades, &format!("{at}/grades"), true);
            let main = main_rate(office, at);
            let dash = || Figure::default().words("—");
            let of = |f: &dyn Fn(Figure, &crate::record::v1::Rate, &str) -> Figure| {
                main.as_ref().map_or_else(dash, |(rate, at)| f(Figure::default(), rate, at)).into()
            };
            [
                ("件数", count(office.selected, format!("{at}/selected"))),
                ("等次分布", offices::open(grades, office, at).into()),
                ("主要比率", of(&|f, rate, at| f.percent(rate, at))),
                ("主要件数", of(&|f, rate, at| f.fraction(rate, at))),
                ("其他比率", others(office, at).into()),
                ("均分", means(office, at).into()),
            ]
            .into()
        })),
    );
    let alone = view.results.offices.iter().filter(|o| o.selected > 0).count() < 2;
    let withheld = view.hidden.whole.then(|| {
        let said =
            Figure::default().words(if alone { "评查的案件都在一个机构，且不足" } else { "有的机构评查不足" });
        let why = if alone { "件，为避免推知个案" } else { "件，由合计数可以推知个案" };
        one("说明", offices::least(said, view).words(why).words("，总的等次分布、比率和平均分不予公布。").into())
    });
    facts.list("不公布", rows(withheld));
    let open = told.filter(|(_, o)| o.undecided > 0);
    facts.list("未定", rows(open.map(|(at, o)| one("件数", count(o.undecided, format!("{at}/undecided"))))));
    let asked = "（四）查明未定事项。等次未定的案件，有关机构应当如实提供材料或者说明情况，由评估专家核实后定等。";
    facts.list("待核", rows(open.map(|_| one("说明", plain(asked)))));
    facts.list("性质", rows(view.whole.as_ref().filter(|(_, o)| o.selected > 0).map(|(_, o)| one("说明", standing(view, o.selected)))));
}

/// The other rates, each behind a comma.
fn others(office: &Office, at: &str) -> Figure {
    let main = office.headline();
    office.rates.iter().filter(|r| Some(*r) != main).fold(Figure::default(), |figure, rate| {
        let at = rate_at(office, rate, at);
        figure.words("，").words(&rate.name).percent(rate, &at).words("（").fraction(rate, &at).words("）")
    })
}

/// Mean and median as a sentence; nothing without marks.
fn means(office: &Office, at: &str) -> Figure {
    let mean = Figure::default().words("平均").marks(office.mean, &format!("{at}/mean")).words("分");
    match (office.mean, office.median) {
        (Some(_), Some(_)) => mean.words("，中位数").marks(office.median, &format!("{at}/median")).words("分。"),
        (Some(_), None) => mean.words("。"),
        _ => Figure::default(),
    }
}

/// 拟定 or 评定.
fn standing(view: &View<'_>, n: u64) -> Fact {
    let confirmed = view.results.panel.as_ref().map_or(0, |p| p.confirmed);
    let figure = |before: &str| Figure::default().words(before).number(confirmed, "/panel/confirmed");
    match confirmed {
        0 => plain("以上等次均为拟定等次，尚未经评估专家确认。"),
        k if k >= n => figure("全部").words("件案件的等次已经评估专家确认，为评定等次。").into(),
        _ => figure("以上等次中，").words("件案件的等次已经评估专家确认，为评定等次；其余为拟定等次。").into(),
    }
}

/// Splits, only where they are asked for and every cell is wide enough.
fn splits(facts: &mut Facts, view: &View<'_>) {
    let mut all = Vec::new();
    if let (Some(least), Some((at, office))) = (view.cell, view.told()) {
        type Named = fn(&str) -> String;
        let types: Named = |name| format!("{name}案件");
        let groups: Named = |name| format!("受援人类别为“{name}”的案件");
        let by = &office.by;
        for (key, parts, called, whole) in
            [("case_type", &by.case_type, types, Some(office)), ("recipient_group", &by.recipient_group, groups, None)]
        {
            let cells = view.parts(parts.values().map(|p| (p.n, &p.grades)), whole);
            if parts.len() > 1 && is_wide(&cells, least) {
                all.extend(
                    parts.iter().map(|(name, part)| split(called(name), part, &format!("{at}/by/{key}/{}", super::source::escaped(name)))),
                );
            }
        }
    }
    facts.list("分类", all);
}

fn split(name: String, part: &Split, at: &str) -> Row {
    let ends = [part.k_low, part.k_high];
    let rate = crate::record::v1::Rate {
        id: String::new(),
        name: String::new(),
        headline: true,
        k_low: ends[0],
        k_high: ends[1],
        n: part.n,
        ci95: None,
    };
    let mut grades = Figure::default().grades(&part.grades, &format!("{at}/grades"), false);
    let open = part.n.saturating_sub(part.grades.0.iter().map(|(_, n)| n).sum());
    if open > 0 {
        let terms: String = part.grades.0.iter().map(|(g, _)| format!(" − {at}/grades/{}", super::source::escaped(g))).collect();
        let gap = if grades.is_empty() { "" } else { "、" };
        grades = grades.words(gap).words("等次未定").number(open, format!("{at}/n{terms}")).words("件");
    }
    [
        ("名称", plain(name)),
        ("件数", count(part.n, format!("{at}/n"))),
        ("等次分布", grades.into()),
        ("比率", Figure::default().percent(&rate, at).words("（").fraction(&rate, at).words("）").into()),
    ]
    .into()
}

/// Criteria that most cases lost.
fn problems(facts: &mut Facts, view: &View<'_>) {
    let results = view.results;
    let floor = view.least.max(1);
    let mut list: Vec<(usize, &Lost)> = Vec::new();
    if let Some((_, office)) = &view.whole {
        list = office.lost.iter().enumerate().filter(|(_, l)| l.cases >= floor && !adds(results, &l.rubric, &l.criterion)).collect();
    }
    // More cases first, then the larger share; what is equal stays in the order of the results.
    list.sort_by(|(_, a), (_, b)| b.cases.cmp(&a.cases).then_with(|| (b.cases * a.of).cmp(&(a.cases * b.of))));
    list.truncate(MOST);
    let at = view.whole.as_ref().map_or("", |(at, _)| at.as_str());
    let row = |(i, lost): &(usize, &Lost)| -> Row {
        let rubric = results.rubric(&lost.rubric);
        let title =
            rubric.and_then(|r| r.criteria.iter().find(|c| c.id == lost.criterion)).map_or(lost.criterion.as_str(), |c| &c.title.zh);
        let ends = [(lost.cases, format!("{at}/lost/{i}/cases")), (lost.of, format!("{at}/lost/{i}/of"))];
        [
            ("名称", plain(title)),
            ("标准", plain(rubric.map_or(lost.rubric.as_str(), |r| without_standing(&r.title)))),
            ("失分件数", count(lost.cases, ends[0].1.clone())),
            ("适用件数", count(lost.of, ends[1].1.clone())),
            ("占比", Figure::default().share(ends).into()),
        ]
        .into()
    };
    let mut rows_of: Vec<Row> = list.iter().map(row).collect();
    if rows_of.is_empty() {
        rows_of.push(one("名称", plain("（无）")));
    }
    facts.list("问题", rows_of);
    facts.list("共性", vec![one("件数", Figure::default().number(floor, "设定：最少件数").into())]);
    let levels = results.rubrics.iter().any(|r| r.scheme == "levels");
    let said = "按等级评估的评估项，“失分”指没有达到最高等级。";
    facts.list("等级说明", rows(levels.then(|| one("说明", plain(said)))));
}

fn filing(facts: &mut Facts, view: &View<'_>) {
    let told = view.whole.as_ref().filter(|(_, o)| o.filing.closed > 0);
    facts.list(
        "归档",
        rows(told.map(|(at, office)| {
            let (f, at) = (&office.filing, format!("{at}/filing"));
            let of = |n: u64, name: &str| count(n, format!("{at}/{name}"));
            let share = [(f.filed, format!("{at}/filed")), (f.due, format!("{at}/due"))];
            let unclear = if f.unclear > 0 {
                Figure::default().words("，期限不明").number(f.unclear, format!("{at}/unclear")).words("件").into()
            } else {
                plain("")
            };
            [
                ("已结", of(f.closed, "closed")),
                ("应归档", of(f.due, "due")),
                ("已归档", of(f.filed, "filed")),
                ("归档率", Figure::default().share(share).into()),
                ("按期", of(f.in_time, "in_time")),
                ("超期", of(f.late, "late")),
                ("未归档", of(f.unfiled, "unfiled")),
                ("未到期", of(f.not_due, "not_due")),
                ("期限不明", unclear),
                ("缺材料", of(f.lacking, "lacking")),
                ("目录问题", of(f.contents, "contents")),
                ("页码问题", of(f.pages, "pages")),
            ]
            .into()
        })),
    );
}
