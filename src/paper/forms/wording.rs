//! Turns of phrase of letters (公文用语): whom a letter is addressed to, days, places in registers, marks, red lines. Must not decide
//! anything: each says in other words what the record says.

use crate::paper::setting::Setting;
use crate::paper::words::{criterion, day, rubric};
use crate::record::v1::{CaseRecord, Finding, Office, PlaceRecord, RedLineRecord, Results, Review};
use crate::report::reviewers::reason;

/// Said of points that a person took off without a word.
pub const NO_REASON: &str = "未写理由";

/// 主送机关: as people gave it, else the body that bears the office's name.
pub fn addressee(setting: &Setting<'_>, office: &Office) -> String {
    let given = setting.given.get("主送机关").filter(|g| !g.is_empty());
    given.cloned().unwrap_or_else(|| body(&office.name))
}

/// A name of an area is that of no body; one that ends as bodies do stays as it is.
pub fn body(name: &str) -> String {
    let is_body = name.contains("法律援助") || ["中心", "机构", "局", "处", "所", "站", "会"].iter().any(|end| name.ends_with(end));
    if is_body { name.to_owned() } else { format!("{name}法律援助机构") }
}

/// Days as letters have them, in whole sentences: `2024年5月16日` for `2024-05-16`. What is quoted as it was written stays.
pub fn dated(words: &str) -> String {
    let (mut out, mut rest) = (String::new(), words);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))).unwrap_or(from.len());
        let (token, after) = from.split_at(end);
        let joined = out.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '“' | '/' | '.' | '_'));
        let said = if token.len() == 10 && !joined { day(token) } else { token.to_owned() };
        if said == token {
            out.push_str(token);
            rest = after;
            continue;
        }
        let is_han = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        if out.strip_suffix(' ').is_some_and(|o| is_han(o.chars().next_back())) {
            out.pop();
        }
        out.push_str(&said);
        rest = after.strip_prefix(' ').filter(|a| is_han(a.chars().next())).unwrap_or(after);
    }
    out.push_str(rest);
    out
}

/// A place in a register: `《2024年案件登记表》“一月”工作表 K4 单元格`, `《2024年案件登记表》第 8 行`.
pub fn place(place: &PlaceRecord) -> String {
    let name = place.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let sheet = place.sheet.as_deref().map_or_else(String::new, |s| format!("“{s}”工作表"));
    let cell = place.cell.as_deref().map_or_else(String::new, |c| format!(" {c} 单元格"));
    let line = place.line.map_or_else(String::new, |l| format!("第 {l} 行"));
    format!("《{stem}》{sheet}{}", format!("{cell}{line}").trim_start_matches(|c| sheet.is_empty() && c == ' '))
}

/// A mark with its unit: `扣 6 分` for `扣 6`; a level stays as it is.
pub fn mark(given: &str) -> String {
    let is_points = given.strip_prefix("扣 ").is_some_and(|n| n.parse::<f64>().is_ok());
    if is_points { format!("{given} 分") } else { given.to_owned() }
}

/// A message with the marks of a decision on an objection in full: `由扣 6 分改为扣 3 分`.
pub fn decided_marks(message: &str) -> String {
    let Some((before, rest)) = message.split_once("申诉后由") else { return message.to_owned() };
    let Some((was, rest)) = rest.split_once("改为") else { return message.to_owned() };
    let Some((now, rest)) = rest.split_once('（') else { return message.to_owned() };
    format!("{before}申诉后由“{}”改为“{}”（{rest}", mark(was.trim()), mark(now.trim()))
}

/// The red line that a finding is of.
pub fn red_line<'a>(results: &'a Results, case: &CaseRecord, finding: &Finding) -> Option<&'a RedLineRecord> {
    rubric(results, case)?.red_lines.iter().find(|l| l.id == *finding.criterion)
}

/// What is to be done, without what holds only until a red line is decided, once it is.
pub fn fix(results: &Results, case: &CaseRecord, finding: &Finding) -> String {
    let fix = &*finding.fix.zh;
    if finding.outcome != "unmet" || red_line(results, case, finding).is_none() {
        return fix.to_owned();
    }
    let parts: Vec<&str> = fix.trim_end_matches('。').split('；').filter(|p| !p.starts_with("认定前")).collect();
    if parts.is_empty() { String::new() } else { format!("{}。", parts.join("；")) }
}

/// What a red line means for the grade, and how its decision stands; nothing for what is no red line.
pub fn red_line_sentence(results: &Results, case: &CaseRecord, finding: &Finding) -> Option<String> {
    let line = red_line(results, case, finding)?;
    let (title, grade) = (&line.title.zh, &line.grade);
    let basis = if line.basis.zh.is_empty() { String::new() } else { format!("（依据：{}）", line.basis.zh.replace('；', "、")) };
    match &*finding.outcome {
        "unmet" => Some(format!("本案已认定存在红线情形“{title}”{basis}。按评估标准，有红线情形的，不论得分多少，等次不高于“{grade}”。")),
        "unclear" | "pending" | "failed" => {
            Some(format!("本案是否存在红线情形“{title}”{basis}尚待认定：认定成立的，等次不高于“{grade}”；认定不成立的，按得分确定等次。"))
        }
        _ => None,
    }
}

/// Every red line that came up in a case, with what became of it and why.
pub fn red_lines(results: &Results, case: &CaseRecord) -> String {
    let lines = rubric(results, case).map_or(&[][..], |r| &r.red_lines);
    let said = lines.iter().filter_map(|line| {
        let finding = case.findings.iter().find(|f| *f.criterion == line.id);
        let state = match finding.map(|f| &*f.outcome) {
            Some("unmet") => "已认定",
            Some("unclear" | "pending" | "failed") => "待认定",
            Some(_) => "不成立",
            None => case.reviews.iter().any(|r| *r.criterion == *line.id && &*r.given == "不成立").then_some("不成立")?,
        };
        let mut why: Vec<String> = Vec::new();
        for review in case.reviews.iter().filter(|r| *r.criterion == *line.id) {
            let one = reason(review);
            if !one.is_empty() && !why.contains(&one) {
                why.push(one);
            }
        }
        if state == "待认定" && why.is_empty() {
            why.extend(finding.map(|f| f.message.zh.to_string()));
        }
        let why = if why.is_empty() { String::new() } else { format!("：{}", why.join("；")) };
        Some(format!("{}（{state}{why}）", line.title.zh))
    });
    said.collect::<Vec<_>>().join("；")
}

/// Those who took points off a criterion without a word; an empty name stands for one whom the record does not name.
pub fn silent<'c>(results: &Results, case: &'c CaseRecord, finding: &Finding) -> Vec<&'c str> {
    let Some(known) = criterion(results, case, &finding.criterion).filter(|c| c.human) else { return Vec::new() };
    if finding.outcome != "unmet" || finding.lost[1].hundredths() <= 0 {
        return Vec::new();
    }
    let full = known.points.and_then(|p| p.to_string().parse::<f64>().ok());
    let took = |given: &str| match given.strip_prefix("扣 ") {
        Some(n) => n.parse::<f64>().is_ok_and(|n| n > 0.0),
        None => given.parse::<f64>().ok().zip(full).is_some_and(|(got, of)| got < of),
    };
    let all: Vec<&Review> = case.reviews.iter().filter(|r| r.criterion == finding.criterion).collect();
    if all.is_empty() {
        // A mark in the register: its reason, if any, is in the message alone.
        let head = finding.message.zh.split('；').next().unwrap_or_default();
        return if head.contains('：') { Vec::new() } else { vec![""] };
    }
    let silent = all.into_iter().filter(|r| took(&r.given) && reason(r).is_empty());
    silent.map(|r| r.reviewer.as_deref().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::review;
    use super::*;
    use crate::base::text::Text;
    use crate::record::number::Number;
    use crate::report::fixture;

    #[test]
    fn days_in_sentences_are_told_as_letters_have_them() {
        let cases = [
            (
                "自决定日期 2024-03-22 起 30 日内，至 2024-04-22（星期一）期满",
                "自决定日期2024年3月22日起 30 日内，至2024年4月22日（星期一）期满",
            ),
            ("会见日期“2024-05-08”晚于 2024-05-07", "会见日期“2024-05-08”晚于2024年5月7日"),
            ("档号缺 990102-FYMS-2024-0005、2024-13-05", "档号缺 990102-FYMS-2024-0005、2024-13-05"),
            ("DH2024-05-16、2024-05-16.pdf", "DH2024-05-16、2024-05-16.pdf"),
            ("2024-05-16", "2024年5月16日"),
            ("没有日期", "没有日期"),
        ];
        for (words, said) in cases {
            assert_eq!(dated(words), said);
        }
    }

    #[test]
    fn places_are_named_by_register_sheet_and_cell() {
        let at = |file: &str, sheet: Option<&str>, cell: Option<&str>, line| PlaceRecord {
            file: file.into(),
            sheet: sheet.map(Into::into),
            cell: cell.map(ToOwned::to_owned),
            line,
            ..PlaceRecord::default()
        };
        let cases = [
            (
                at("东岭区/2024年案件登记表.xlsx", Some("案件登记表"), Some("BU8"), None),
                "《2024年案件登记表》“案件登记表”工作表 BU8 单元格",
            ),
            (at("望川县/2024年案件登记表.csv", None, None, Some(8)), "《2024年案件登记表》第 8 行"),
        ];
        for (place_, said) in cases {
            assert_eq!(place(&place_), said);
        }
    }

    #[test]
    fn an_area_is_no_body() {
        for (name, said) in
            [("望川县", "望川县法律援助机构"), ("东岭区法律援助中心", "东岭区法律援助中心"), ("云岭市司法局", "云岭市司法局")]
        {
            assert_eq!(body(name), said);
        }
    }

    #[test]
    fn marks_have_their_unit() {
        for (given, said) in [("扣 6", "扣 6 分"), ("扣 0.5", "扣 0.5 分"), ("良好", "良好"), ("不适用", "不适用")] {
            assert_eq!(mark(given), said);
        }
        let said = "扣 3 分；申诉后由“扣 6 分”改为“扣 3 分”（01 决定：已在卷）";
        assert_eq!(decided_marks("扣 3 分；申诉后由扣 6改为扣 3（01 决定：已在卷）"), said);
        assert_eq!(decided_marks("缺《送达回证》"), "缺《送达回证》");
    }

    #[test]
    fn red_lines_tell_how_their_decision_stands() {
        let (results, mut cases) = fixture::results(1, 30);
        let mut finding = cases[0].iter().flat_map(|c| c.findings.clone()).next().expect("one");
        let case = &mut cases[0][0];
        finding.criterion = "R1".into();
        finding.message = Text::same("拟适用红线“向受援人收取财物”");
        finding.fix = std::sync::Arc::new(Text::same("转交核查，核查结论附卷；认定前不确定等次。"));
        let rows = [
            ("unmet", "成立", "经核查属实", "向受援人收取财物（已认定：经核查属实）", "已认定", "转交核查，核查结论附卷。"),
            (
                "pending",
                "",
                "",
                "向受援人收取财物（待认定：拟适用红线“向受援人收取财物”）",
                "尚待认定",
                "转交核查，核查结论附卷；认定前不确定等次。",
            ),
        ];
        for (outcome, given, why, told, state, advice) in rows {
            finding.outcome = outcome.into();
            case.findings = vec![finding.clone()];
            case.reviews = if given.is_empty() { Vec::new() } else { vec![review("R1", "Z01", given, why)] };
            assert_eq!(red_lines(&results, case), told);
            let said = red_line_sentence(&results, case, &finding).expect("a red line");
            assert!(said.contains(state) && said.contains("《法律援助法》第二十条") && said.contains("不高于“不合格”"), "{said}");
            assert_eq!(fix(&results, case, &finding), advice);
        }
        case.findings.clear();
        case.reviews = vec![review("R1", "Z01", "不成立", "未发现"), review("R1", "Z02", "不成立", "未发现")];
        assert_eq!(red_lines(&results, case), "向受援人收取财物（不成立：未发现）");
        case.reviews.clear();
        assert_eq!(red_lines(&results, case), "");
    }

    /// Marks with their reasons, the message, who wrote none.
    type Marked<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);

    #[test]
    fn whoever_takes_points_off_without_a_word_is_found() {
        let (results, mut cases) = fixture::results(1, 30);
        let mut finding = cases[0].iter().flat_map(|c| c.findings.clone()).find(|f| f.outcome == "unmet").expect("one");
        let case = &mut cases[0][0];
        finding.criterion = "C03".into();
        finding.lost = [Number::new(crate::base::points::Points::whole(6)); 2];
        let rows: [Marked; 5] = [
            (&[("扣 6", ""), ("扣 0", "")], "评 14 分，扣 6 分", &["Z0"]),
            (&[("扣 6", "过简"), ("扣 2", "")], "扣 6 分", &["Z1"]),
            (&[("14", ""), ("20", "")], "扣 6 分", &["Z0"]),
            (&[], "评估专家评 14 分（满分 20 分），扣 6 分", &[""]),
            (&[], "评估专家评 14 分（满分 20 分），扣 6 分：过简", &[]),
        ];
        for (given, message, who) in rows {
            case.reviews = given.iter().enumerate().map(|(i, (g, why))| review("C03", &format!("Z{i}"), g, why)).collect();
            finding.message = Text::same(message);
            assert_eq!(silent(&results, case, &finding), who, "{given:?} {message}");
        }
    }
}
