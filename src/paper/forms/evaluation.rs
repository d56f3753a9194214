//! 案件质量评估表: one for each reviewed case, signed by those who marked it. Must not decide a mark or a grade.

use std::collections::BTreeMap;

use super::case::{CASE, identity};
use super::wording::{NO_REASON, decided_marks, red_lines, silent};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::paper::fact::{Facts, Row, row};
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::paper::words::{called, criterion, day, is_bonus, range, rubric};
use crate::record::number::Number;
use crate::record::v1::{CasePanel, CaseRecord, CriterionResult, Finding, Office, Results};
use crate::report::audience::Audience;
use crate::report::figures::{Frame, grade_text, is_selected};
use crate::report::words::{outcome, turn};

/// The form.
pub static FORM: Form = Form {
    id: "evaluation",
    title: "案件质量评估表",
    audience: Audience::Internal,
    about: Text::fixed(
        "每个被评案件一份：逐项分值、扣分、得分、理由、页码、依据，等次，签名",
        "one a reviewed case: every criterion, the grade, signatures",
    ),
    names: &[CASE, NAMES],
    layout,
    maker: Maker::Office(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("评估标准", "这个案件适用的评估标准", "rubric of the case"),
    named("评估项.编号", "指标编号", "criterion"),
    named("评估项.名称", "指标名称", "its title"),
    named("评估项.分值", "分值", "points at stake"),
    named("评估项.扣分", "扣分", "points lost"),
    named("评估项.得分", "得分；分级标准为等级", "points got, or the level"),
    named("评估项.结论", "符合、不符合、材料不足待核等", "outcome"),
    named("评估项.理由", "情形及理由", "what was found"),
    named("评估项.页码", "卷内页码", "pages of the dossier"),
    named("评估项.依据", "依据全文", "basis in full"),
    named("评估项.依据栏", "失分项为依据全文，其余为依据表中的序号", "basis in full where points are lost, else its number"),
    named("依据表", "各序号所指的依据", "what the numbers of bases stand for"),
    named("不适用", "不适用的指标编号", "criteria that do not apply"),
    named("适用分值", "适用指标的分值合计", "points of the criteria that apply"),
    named("实得分", "适用指标的得分合计", "points got of these"),
    named("扣分合计", "适用指标的扣分合计", "points lost of these"),
    named("满分", "满分", "full marks"),
    named("总分", "总得分（不适用项按标准折算后）", "the mark, after what the rubric says of criteria that do not apply"),
    named("拟定等次", "按现有评分拟定的等次", "proposed grade"),
    named("评定等次", "评估专家确认的等次，尚未确认为空", "confirmed grade"),
    named("折算", "有不适用项而按适用分值折算时的算法，没有则不印", "how the mark is scaled where criteria do not apply"),
    named("红线", "提出过的红线及其已认定、待认定、不成立，没有则为“无”", "red lines, and whether each was found to be so"),
    named("定分方式", "多人评分如何定分，意见不同的列出各人意见", "how several marks became one, and what each was where they differ"),
    named("亮点", "评估专家写的亮点", "good practice"),
    named("不足", "评估专家写的不足", "shortcomings"),
    named("建议", "评估专家写的建议", "advice"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let facts = Table::new(&[16, 54, 16, 34, 16, 44])
        .dense()
        .row(vec![label("案号"), cell("{{案号}}"), label("类型阶段"), cell("{{案件类型}}　{{诉讼阶段}}"), label("机构"), cell("{{机构}}")])
        .row(vec![label("案由"), cell("{{案由}}"), label("承办人"), cell("{{承办人}}"), label("承办机构"), cell("{{承办单位}}")])
        .row(vec![label("评估标准"), cell("{{评估标准}}").span(3), label("结案日期"), cell("{{结案日期}}")]);
    let items = Table::new(&[9, 46, 9, 10, 10, 52, 10, 34])
        .dense()
        .head(&["编号", "评估项", "分值", "扣分", "得分", "情形及理由", "页码", "依据"])
        .row(vec![
            cell("{{评估项.编号}}").centre(),
            cell("{{评估项.名称}}"),
            cell("{{评估项.分值}}").centre(),
            cell("{{评估项.扣分}}").centre(),
            cell("{{评估项.得分}}").centre(),
            cell("{{评估项.理由}}"),
            cell("{{评估项.页码}}").centre(),
            cell("{{评估项.依据栏}}"),
        ])
        .row(vec![
            label("适用项合计").span(2),
            cell("{{适用分值}}").centre(),
            cell("{{扣分合计}}").centre(),
            cell("{{实得分}}").centre(),
            cell("总分（满分 {{满分}}）：{{总分}}{{折算}}　红线：{{红线}}").span(3),
        ])
        .row(vec![label("等次").span(2), cell("拟定等次：{{拟定等次}}　　评定等次：{{评定等次}}　　{{定分方式}}").span(6)])
        .row(vec![label("不适用").span(2), cell("{{不适用}}").span(6)]);
    let words = Table::new(&[60, 60, 60])
        .dense()
        .tall(13, vec![cell("亮点：\n{{亮点}}"), cell("不足：\n{{不足}}"), cell("建议：\n{{建议}}")])
        .tall(
            12,
            vec![
                cell("评估专家（签名）：\n　\n　　　　年　　月　　日"),
                cell("复评（签名）：\n　\n　　　　年　　月　　日"),
                cell("组长（签名）：\n　\n　　　　年　　月　　日"),
            ],
        );
    Layout::new(Look::Form, "案件质量评估表")
        .table(facts)
        .text(Style::Tiny, "")
        .table(items)
        .text(Style::Tiny, "")
        .table(words)
        .text(Style::Small, "依据：{{依据表}}")
}

fn make(_: &Setting<'_>, results: &Results, office: &Office, cases: &[CaseRecord]) -> Vec<Paper> {
    let frame = Frame::new(&results.rubrics, cases);
    let selected = cases.iter().filter(|c| is_selected(c));
    selected.map(|case| Paper { office: Some(office.name.clone()), name: called(case), facts: facts(results, &frame, case) }).collect()
}

fn facts(results: &Results, frame: &Frame<'_>, case: &CaseRecord) -> Facts {
    let mut facts = Facts::default();
    identity(&mut facts, case);
    let rubric = rubric(results, case);
    facts.put("评估标准", rubric.map_or_else(String::new, |r| format!("{} {}", r.title, r.version)));
    let mut bases = Bases::default();
    let shown: Vec<&CriterionResult> = case.criteria.iter().filter(|c| c.outcome != "not_applicable" && is_worth_a_row(c)).collect();
    let rows: Vec<Row> = shown.iter().map(|c| item(results, case, c, &mut bases)).collect();
    facts.list("评估项", rows);
    facts.put("依据表", bases.table());
    let off: Vec<&str> = case.criteria.iter().filter(|c| c.outcome == "not_applicable").map(|c| &*c.id).collect();
    facts.put("不适用", if off.is_empty() { "无".to_owned() } else { runs(&off) });
    let bonus = rubric.and_then(|r| r.scoring.as_ref()).map_or(&[][..], |s| &s.bonus);
    sums(&mut facts, case, shown.iter().copied().filter(|c| !bonus.iter().any(|b| *b == *c.id)));
    if let Some(marks) = &case.marks {
        facts.put("满分", marks.total.to_string()).put("总分", range(marks.low, marks.high));
    }
    facts.put("拟定等次", grade_text(frame, case));
    let lines = red_lines(results, case);
    facts.put("红线", if lines.is_empty() { "无".to_owned() } else { lines });
    let rescales = rubric.and_then(|r| r.scoring.as_ref()).is_some_and(|s| s.not_applicable == "rescale");
    let scaled = scaled(&facts, bonus.is_empty()).filter(|_| rescales);
    facts.say("折算", scaled.unwrap_or_default());
    facts.say("定分方式", "");
    if let Some(panel) = &case.panel {
        if let Some(confirmed) = &panel.confirmed {
            facts.put("评定等次", format!("{}（{} {}确认）", confirmed.grade, confirmed.by.join("、"), day(&confirmed.on)));
        }
        facts.say("定分方式", how(panel));
        for (name, kind) in [("亮点", "good"), ("不足", "lacking"), ("建议", "advice")] {
            let mut said: Vec<&str> = Vec::new();
            for remark in panel.remarks.iter().filter(|r| r.kind == kind && !r.text.is_empty()) {
                if !said.contains(&&*remark.text) {
                    said.push(&remark.text);
                }
            }
            facts.put(name, said.join("\n"));
        }
    }
    facts
}

/// How the marks became one, with each opinion where a rule settled what was not alike; what was settled together has a record of its own.
fn how(panel: &CasePanel) -> String {
    let said = panel.why.zh.to_string();
    let apart = panel.opinions.windows(2).any(|pair| matches!(pair, [a, b] if a.grade != b.grade));
    let ruled = matches!(&*panel.how, "majority" | "median" | "senior") || (panel.how == "mean" && apart);
    if !ruled {
        return said;
    }
    let one = |o: &crate::record::v1::Opinion| {
        let mark = o.low.zip(o.high).map_or_else(String::new, |(low, high)| format!("{} 分，", range(low, high)));
        format!("{} {}：{mark}{}", turn(&o.turn), o.reviewers.join("、"), o.grade.as_deref().unwrap_or("等次未定"))
    };
    format!("{said}。各人意见：{}", panel.opinions.iter().map(one).collect::<Vec<_>>().join("；"))
}

/// How a mark comes from the criteria that apply, where these are not all; with a bonus the figures alone would not add up.
fn scaled(facts: &Facts, plain: bool) -> Option<String> {
    let value = |name| facts.value(name).map(|f| f.text.as_str());
    let (got, of, total) = (value("实得分")?, value("适用分值")?, value("满分")?);
    if of == total {
        return None;
    }
    // 总分 = 实得 ÷ 适用 × 满分
    let got = if got.contains('～') { format!("（{got}）") } else { got.to_owned() };
    let figures = if plain { format!("：{got}÷{of}×{total}") } else { String::new() };
    Some(format!("（按适用分值折算{figures}）"))
}

/// A criterion without points that is met says nothing.
fn is_worth_a_row(result: &CriterionResult) -> bool {
    result.of.hundredths() != 0 || result.level.is_some() || result.outcome != "met"
}

fn item(results: &Results, case: &CaseRecord, result: &CriterionResult, bases: &mut Bases) -> Row {
    let known = criterion(results, case, &result.id);
    let findings: Vec<_> = case.findings.iter().filter(|f| f.criterion == result.id).collect();
    let full = result.low == result.of && result.outcome != "unmet" && result.outcome != "unclear";
    let mut reasons: Vec<String> = findings.iter().map(|f| message(results, case, f)).collect();
    if reasons.is_empty() && result.outcome != "met" {
        reasons.push(match &result.because {
            Some(id) => format!("{}：因 {id} 未查明", outcome(&result.outcome)),
            None => outcome(&result.outcome).to_owned(),
        });
    }
    let mut pages: Vec<String> =
        case.reviews.iter().filter(|r| r.criterion == result.id).filter_map(|r| r.pages.as_deref()).map(ToOwned::to_owned).collect();
    pages.extend(findings.iter().flat_map(|f| &f.places).filter_map(|p| p.page).map(|p| p.to_string()));
    pages.sort();
    pages.dedup();
    let basis = known.map_or_else(String::new, |c| c.basis.zh.to_string());
    let number = bases.number(&basis);
    let (of, off, got) = match &result.level {
        Some(level) => (String::new(), String::new(), level.to_string()),
        None => {
            let off = |got: Number| Number::new(result.of.points() - got.points());
            if is_bonus(results, case, &result.id) {
                (format!("加 {}", result.of), String::new(), range(result.low, result.high))
            } else {
                (result.of.to_string(), range(off(result.high), off(result.low)), range(result.low, result.high))
            }
        }
    };
    row([
        ("编号", result.id.to_string()),
        ("名称", known.map_or_else(String::new, |c| c.title.zh.to_string())),
        ("分值", of),
        ("扣分", off),
        ("得分", got),
        ("结论", outcome(&result.outcome).to_owned()),
        ("理由", reasons.join("\n")),
        ("页码", pages.join("、")),
        ("依据栏", if full { number } else { basis.clone() }),
        ("依据", basis),
    ])
}

/// What a finding says, and who of those who took points off wrote no reason.
fn message(results: &Results, case: &CaseRecord, finding: &Finding) -> String {
    let said = decided_marks(&finding.message.zh);
    let silent = silent(results, case, finding);
    if silent.is_empty() {
        return said;
    }
    let who: Vec<&str> = silent.into_iter().filter(|w| !w.is_empty()).collect();
    if who.is_empty() { format!("{said}；{NO_REASON}") } else { format!("{said}；{} {NO_REASON}", who.join("、")) }
}

/// Sums over criteria, exact before they are rounded; what a bonus adds is not among them.
fn sums<'c>(facts: &mut Facts, case: &CaseRecord, shown: impl Iterator<Item = &'c CriterionResult> + Clone) {
    if case.scheme.as_deref() == Some("levels") {
        return;
    }
    let end = |c: &CriterionResult, at: usize| {
        let shown = if at == 0 { c.low.points() } else { c.high.points() };
        c.exact.as_ref().and_then(|e| Points::of_fraction(e.get(at)?)).unwrap_or(shown)
    };
    let sum = |f: &dyn Fn(&CriterionResult) -> Points| shown.clone().fold(Points::default(), |sum, c| sum + f(c));
    let (of, low, high) = (sum(&|c| c.of.points()), sum(&|c| end(c, 0)), sum(&|c| end(c, 1)));
    let number = Number::new;
    facts.put("适用分值", number(of).to_string());
    facts.put("实得分", range(number(low), number(high)));
    facts.put("扣分合计", range(number(of - high), number(of - low)));
}

/// Ids with those that follow each other drawn together: `A02～A04、B02`.
fn runs(ids: &[&str]) -> String {
    let number = |id: &str| {
        let at = id.find(|c: char| c.is_ascii_digit())?;
        Some((id.get(..at)?.to_owned(), id.get(at..)?.parse::<u32>().ok()?))
    };
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for id in ids {
        match runs.last_mut() {
            Some((_, last)) if number(last).is_some_and(|(head, n)| number(id) == Some((head, n + 1))) => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let said = |(first, last): &(&str, &str)| if first == last { (*first).to_owned() } else { format!("{first}～{last}") };
    runs.iter().map(said).collect::<Vec<_>>().join("、")
}

/// Bases by number, in the order in which they come up.
#[derive(Default)]
struct Bases {
    numbers: BTreeMap<String, usize>,
    list: Vec<String>,
}

impl Bases {
    /// The numbers of the parts of a basis, such as `1、4`.
    fn number(&mut self, basis: &str) -> String {
        let one = |part: &str| {
            let next = self.list.len() + 1;
            let number = *self.numbers.entry(part.to_owned()).or_insert(next);
            if number == next {
                self.list.push(part.to_owned());
            }
            number.to_string()
        };
        basis.split('；').filter(|p| !p.is_empty()).map(one).collect::<Vec<_>>().join("、")
    }

    fn table(&self) -> String {
        self.list.iter().enumerate().map(|(i, b)| format!("{} {b}", i + 1)).collect::<Vec<_>>().join("　")
    }
}

#[cfg(test)]
mod tests {
    use super::{FORM, facts, runs};
    use crate::base::text::Text;
    use crate::paper::fact::Facts;
    use crate::paper::forms::testing::{panel, review};
    use crate::record::v1::{CaseRecord, Remark, Results};
    use crate::report::figures::Frame;
    use crate::report::fixture;

    fn text<'f>(facts: &'f Facts, name: &str) -> &'f str {
        facts.value(name).map_or("", |f| f.text.as_str())
    }

    fn all(results: &Results, cases: &[CaseRecord]) -> Vec<Facts> {
        let frame = Frame::new(&results.rubrics, cases);
        cases.iter().map(|c| facts(results, &frame, c)).collect()
    }

    #[test]
    fn every_criterion_is_a_row_or_named_as_not_applicable() {
        let (results, cases) = fixture::results(1, 40);
        let mut open = 0;
        for (case, facts) in cases[0].iter().zip(all(&results, &cases[0])) {
            let mut told: Vec<&str> = facts.rows("评估项").iter().map(|r| r["编号"].text.as_str()).collect();
            told.extend(case.criteria.iter().filter(|c| c.outcome == "not_applicable").map(|c| &*c.id));
            let mut want: Vec<&str> = case.criteria.iter().map(|c| &*c.id).collect();
            told.sort_unstable();
            want.sort_unstable();
            assert_eq!(told, want);
            let marks = case.marks.as_ref().expect("marks");
            if marks.low != marks.high {
                open += 1;
                assert_eq!(text(&facts, "总分"), format!("{}～{}", marks.low, marks.high), "what is not decided is a range");
            }
            for (row, criterion) in facts.rows("评估项").iter().zip(&case.criteria) {
                let unclear = criterion.low != criterion.high;
                assert_eq!(row["得分"].text.contains('～'), unclear, "{}", criterion.id);
                assert_eq!(row.contains_key("理由"), criterion.outcome != "met", "{}: {row:?}", criterion.id);
            }
            for name in facts.names() {
                assert!(FORM.own_names().any(|n| n.name == name), "{name} is not declared");
            }
        }
        assert!(open > 0, "the sample has open cases");
    }

    #[test]
    fn what_reviewers_wrote_alike_is_told_once_and_who_wrote_nothing_is_named() {
        let (results, mut cases) = fixture::results(1, 30);
        let mut finding = cases[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        cases[0].truncate(1);
        let case = &mut cases[0][0];
        finding.criterion = "C03".into();
        finding.message = Text::same("评 17 分，扣 3 分；申诉后由扣 6改为扣 3（Z05 决定：已在卷）");
        case.findings = vec![finding];
        case.criteria.iter_mut().filter(|c| &*c.id == "C03").for_each(|c| c.outcome = "unmet".into());
        case.reviews = vec![review("C03", "Z01", "扣 6", ""), review("C03", "Z02", "扣 6", "过简")];
        let mut heard = panel(case, "majority");
        heard.opinions[1].grade = Some("良好".into());
        let again = heard.remarks.iter().map(|r| Remark { reviewer: "Z02".into(), ..r.clone() });
        heard.remarks = heard.remarks.iter().cloned().chain(again).collect();
        case.panel = Some(Box::new(heard));
        let facts = &all(&results, &cases[0])[0];
        assert_eq!((text(facts, "亮点"), text(facts, "建议")), ("Z02 也认为笔录详细", "应当书面论证"));
        let how = text(facts, "定分方式");
        assert!(
            how.starts_with("等次不同；Z02 的评分居中。各人意见：一评 Z01：") && how.contains("二评 Z02：") && how.ends_with("良好"),
            "{how}"
        );
        let row = facts.rows("评估项").iter().find(|r| r["编号"].text == "C03").expect("a row");
        assert!(row["理由"].text.ends_with("由“扣 6 分”改为“扣 3 分”（Z05 决定：已在卷）；Z01 未写理由"), "{}", row["理由"].text);
    }

    #[test]
    fn a_mark_that_is_scaled_says_so() {
        let (mut results, mut cases) = fixture::results(1, 1);
        let scoring = r#"{"not_applicable": "rescale", "bonus_most": 0, "deduct": {}}"#;
        results.rubrics[0].scoring = Some(serde_json::from_str(scoring).expect("a scoring"));
        let whole = text(&all(&results, &cases[0])[0], "折算").to_owned();
        cases[0][0].criteria[0].outcome = "not_applicable".into();
        let facts = &all(&results, &cases[0])[0];
        let got = text(facts, "实得分");
        let said = format!("（按适用分值折算：{}÷94×100）", if got.contains('～') { format!("（{got}）") } else { got.to_owned() });
        assert_eq!((whole.as_str(), text(facts, "折算")), ("", said.as_str()));
        results.rubrics[0].scoring = None;
        assert_eq!(text(&all(&results, &cases[0])[0], "折算"), "");
    }

    #[test]
    fn exact_sums_are_rounded_once() {
        let (results, mut cases) = fixture::results(1, 1);
        let case = &mut cases[0][0];
        let (third, shown) = (["1/3".to_owned(), "1/3".to_owned()], serde_json::from_str("0.33").expect("a number"));
        for c in &mut case.criteria {
            (c.low, c.high, c.exact) = (shown, shown, Some(third.clone()));
        }
        case.criteria.truncate(3);
        let facts = &all(&results, &cases[0])[0];
        assert_eq!(text(facts, "实得分"), "1", "three thirds, not 0.99");
    }

    #[test]
    fn levels_have_no_points_and_blanks_stay_blank() {
        let (mut results, mut cases) = fixture::results(1, 4);
        fixture::levels(&mut results, &mut cases);
        let facts = &all(&results, &cases[0])[0];
        assert!(facts.rows("评估项").iter().any(|r| r.get("得分").is_some_and(|f| !f.text.is_empty())));
        assert!(facts.rows("评估项").iter().all(|r| !r.contains_key("分值") && !r.contains_key("扣分")));
        for name in ["适用分值", "实得分", "总分", "评定等次", "亮点"] {
            assert!(facts.value(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_bonus_that_was_not_given_is_no_deduction() {
        let (mut results, mut cases) = fixture::results(1, 30);
        let lacks = |c: &CaseRecord| c.criteria.iter().find(|c| c.outcome == "unmet").map(|c| c.id.to_string());
        let (at, id) = cases[0].iter().enumerate().find_map(|(at, c)| Some((at, lacks(c)?))).expect("a case that lacks something");
        let one = vec![cases[0].swap_remove(at)];
        let row = |results: &Results| {
            let facts = all(results, &one).remove(0);
            let row = facts.rows("评估项").iter().find(|r| r["编号"].text == id).expect("its row").clone();
            (row["分值"].text.clone(), row.contains_key("扣分"), text(&facts, "扣分合计").to_owned())
        };
        let (points, off, sum) = row(&results);
        assert!(off);
        results.rubrics[0].scoring = Some(crate::record::v1::Scoring { bonus: vec![id.clone()], ..Default::default() });
        let (bonus, off, less) = row(&results);
        assert_eq!((bonus, off), (format!("加 {points}"), false));
        assert_ne!(sum, less, "it is not among what was taken off");
        let finding = one[0].findings.iter().find(|f| *f.criterion == *id).expect("its finding");
        assert!(!crate::paper::forms::told::is_problem(&results, &one[0], finding));
    }

    #[test]
    fn ids_in_a_row_are_drawn_together() {
        assert_eq!(runs(&["A01", "A02", "A03", "A05", "B06", "B07", "K1"]), "A01～A03、A05、B06～B07、K1");
        assert_eq!(runs(&["R", "A9", "A10"]), "R、A9～A10");
    }
}
