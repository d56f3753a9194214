//! How the invented reviewers fill in their score sheets: each case has a quality of its own that all of them see, each reviewer a habit,
//! each mark a little chance. Must not know where a sheet has its cells, nor look at what another reviewer wrote.

use std::collections::BTreeMap;

use super::draw::Draw;
use super::marks;
use crate::base::digest;
use crate::base::form;
use crate::base::points::Points;

/// The day on which all of them sign.
pub const DAY: &str = "2025-01-10";

/// A criterion on a sheet.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Id.
    pub id: &'a str,
    /// Its points, or nothing where levels are given.
    pub points: Option<Points>,
    /// Whether it must be marked.
    pub must: bool,
    /// Whether people decide it.
    pub human: bool,
    /// What it loses by machine.
    pub lost: Points,
}

/// A sheet to fill in.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Seed.
    pub seed: u64,
    /// Code of the reviewer.
    pub reviewer: &'a str,
    /// The case, in any words that tell it from others.
    pub case: &'a str,
    /// Criteria that apply.
    pub lines: Vec<Line<'a>>,
    /// Red lines that have to be decided.
    pub red: Vec<&'a str>,
    /// Grades, best first, with the lower ends of their bands.
    pub grades: Vec<(&'a str, Points)>,
    /// Levels, best first, where the rubric works by them.
    pub levels: &'a [String],
}

/// What is written for one criterion or red line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Points off; none where a word stands.
    pub off: Option<Points>,
    /// A level, 成立 or 不成立.
    pub word: String,
    /// 扣分情形
    pub situation: &'static str,
    /// 理由
    pub reason: &'static str,
    /// 页码
    pub pages: String,
}

/// A sheet filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// By id.
    pub given: BTreeMap<String, Given>,
    /// 亮点
    pub good: &'static str,
    /// 不足
    pub lacking: &'static str,
    /// 建议
    pub advice: &'static str,
    /// 评定等次; none where it cannot be told from points.
    pub grade: Option<String>,
}

/// 扣分情形 and 理由 that go together.
const REASONS: [(&str, &str); 6] = [
    ("质量不足", "代理意见论证单薄，未回应争议焦点"),
    ("不完整", "会见笔录提问过简，缺少针对性"),
    ("不规范", "证据未分组编目，无证明目的"),
    ("不完整", "阅卷摘要缺少比对"),
    ("不规范", "封面要素不全，页码有涂改"),
    ("质量不足", "通报受援人的内容过简"),
];

fn draw(ask: &Ask<'_>, words: &[&str]) -> Draw {
    let stream = digest::sha256(words.join("\u{1f}").as_bytes());
    Draw::new(ask.seed, u64::from_str_radix(stream.get(..15).unwrap_or("0"), 16).unwrap_or(0))
}

/// Fills in a sheet.
pub fn fill(ask: &Ask<'_>) -> Filled {
    let quality = draw(ask, &["quality", ask.case]).below(100);
    // Lenient, usual or severe, in halves of a point a mark.
    let habit = i64::from(draw(ask, &["habit", ask.reviewer]).below(3)) - 1;
    let mut filled = Filled::default();
    let (mut of, mut lost) = (Points::ZERO, Points::ZERO);
    for line in &ask.lines {
        let points = line.points.unwrap_or(Points::ZERO);
        let mut off = line.lost;
        if line.must || (line.lost > Points::ZERO && draw(ask, &["aside", ask.case, line.id]).chance(4)) {
            let given = if ask.levels.is_empty() { mark(ask, line, points, quality, habit) } else { level(ask, line, quality) };
            off = given.off.unwrap_or(Points::ZERO);
            filled.given.insert(line.id.to_owned(), given);
        }
        (of, lost) = (of + points, lost + off);
    }
    for id in &ask.red {
        let reason = "查阅卷内材料和回访记录，未发现该情形";
        let given = Given { off: None, word: form::NO.to_owned(), situation: "", reason, pages: String::new() };
        filled.given.insert((*id).to_owned(), given);
    }
    match quality {
        0..=9 => (filled.lacking, filled.advice) = ("法律意见过于简单", "重大争议应有书面论证"),
        10..=29 => filled.lacking = "个别文书不够规范",
        30..=69 => {}
        _ => filled.good = "与受援人沟通充分，笔录详细",
    }
    if ask.levels.is_empty() && of > Points::ZERO {
        let marks = (of - lost) * Points::whole(100) / of;
        filled.grade = ask.grades.iter().find(|(_, from)| marks >= *from).map(|(title, _)| (*title).to_owned());
    }
    filled
}

/// Points in halves.
fn mark(ask: &Ask<'_>, line: &Line<'_>, points: Points, quality: u32, habit: i64) -> Given {
    let mut own = draw(ask, &["mark", ask.case, line.id]);
    // What everybody sees: how much of the points the work does not deserve.
    let percent = match (line.human, quality) {
        (false, _) => 0,
        (_, 0..=5) => own.between(50, 80),
        (_, 6..=24) => own.between(0, 45),
        _ if own.chance(30) => own.between(10, 30),
        _ => 0,
    };
    let halves = (points * Points::whole(i64::from(percent) * 2) / Points::whole(100)).hundredths() / 100;
    let mut chance = draw(ask, &["chance", ask.reviewer, ask.case, line.id]);
    let shift = if percent > 0 { habit + i64::from(chance.below(3)) - 1 } else { 0 };
    // Now and then somebody sees a thing that nobody else does.
    let alone = if line.human && chance.chance(2) { i64::from(chance.between(4, 8)) } else { 0 };
    let off = Points::ratio(halves + shift + alone, 2).unwrap_or(Points::ZERO).within(Points::ZERO, points);
    let (situation, reason) = REASONS[chance.index(REASONS.len())];
    let known = marks::CIVIL.iter().chain(marks::CRIMINAL).find(|m| m.id == line.id);
    let (situation, reason) = known.map_or((situation, reason), |m| ("质量不足", m.reason));
    let page = i64::from(own.between(3, 60));
    let aside = !line.must;
    match (off.is_zero(), aside) {
        (true, true) => Given {
            off: Some(off),
            word: String::new(),
            situation: "",
            reason: "原件已核对，材料齐全，机检未识别",
            pages: page.to_string(),
        },
        (true, false) => Given { off: Some(off), word: String::new(), situation: "", reason: "", pages: String::new() },
        (false, _) => Given { off: Some(off), word: String::new(), situation, reason, pages: page.to_string() },
    }
}

fn level(ask: &Ask<'_>, line: &Line<'_>, quality: u32) -> Given {
    let mut own = draw(ask, &["level", ask.case, line.id]);
    let worst = match quality {
        0..=5 => 3,
        6..=24 => 2,
        _ => 1,
    };
    let at = usize::try_from(own.below(worst)).unwrap_or(0).min(ask.levels.len().saturating_sub(1));
    let (situation, reason) = if at > 0 { REASONS[own.index(REASONS.len())] } else { ("", "") };
    Given { off: None, word: ask.levels.get(at).cloned().unwrap_or_default(), situation, reason, pages: String::new() }
}

#[cfg(test)]
mod tests {
    use super::{Ask, Line, fill};
    use crate::base::points::Points;

    fn ask<'a>(reviewer: &'a str, case: &'a str) -> Ask<'a> {
        let line = |id, must, lost| Line { id, points: Some(Points::whole(10)), must, human: must, lost: Points::whole(lost) };
        let grades = vec![("优秀", Points::whole(90)), ("良好", Points::whole(80)), ("合格", Points::whole(60)), ("不合格", Points::ZERO)];
        let lines = vec![line("G01", true, 0), line("G02", true, 0), line("A01", false, 0), line("A02", false, 4)];
        Ask { seed: 1, reviewer, case, lines, red: vec!["V01"], grades, levels: &[] }
    }

    #[test]
    fn all_that_must_be_is_filled_in_and_every_deduction_has_a_reason() {
        let mut differ = 0;
        for n in 0..200 {
            let case = format!("东岭/{n}");
            let (one, other) = (fill(&ask("Z01", &case)), fill(&ask("Z02", &case)));
            assert_eq!(one, fill(&ask("Z01", &case)));
            for id in ["G01", "G02", "V01"] {
                let given = &one.given[id];
                assert!(given.off.is_none_or(|o| o.is_zero() || !given.reason.is_empty()), "{given:?}");
                assert!(given.off.is_none_or(|o| o >= Points::ZERO && o <= Points::whole(10)));
            }
            assert!(!one.given.contains_key("A01"), "what the machine found in order is left alone");
            assert!(one.grade.is_some());
            differ += i32::from(one.given["G01"].off != other.given["G01"].off);
        }
        assert!((1..120).contains(&differ), "reviewers differ now and then: {differ} of 200");
    }
}
