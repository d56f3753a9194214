//! What reviewers gave for the criteria that people decide. The criteria and their points are those of the shipped rubrics
//! (a test compares them). Must not look at what the machine finds.

use super::draw::Draw;
use super::shape::{Hearing, Kind, Shape, Stage};
use super::story::{Cell, Mark, Story};

/// A criterion that a reviewer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// Id.
    pub id: &'static str,
    /// Title, for headers.
    pub title: &'static str,
    /// Points.
    pub points: u32,
    /// Why points are taken off.
    pub reason: &'static str,
}

const fn marked(id: &'static str, title: &'static str, points: u32, reason: &'static str) -> Marked {
    Marked { id, title, points, reason }
}

/// Of `legal-aid-civil`.
pub const CIVIL: &[Marked] = &[
    marked("F01", "调查取证与证据组织", 8, "证据未分组编目"),
    marked("F02", "法律关系和适用法律准确", 7, "法律条文引用不全"),
    marked("F03", "代理意见（法律意见）质量", 9, "代理意见论证单薄"),
    marked("F04", "庭审、调解表现", 5, "质证意见不充分"),
    marked("F05", "谈话笔录有针对性", 2, "谈话未围绕争议焦点"),
    marked("F06", "告知义务履行充分", 2, "通报内容过简"),
    marked("F07", "办理结果和社会效果", 3, "诉求支持比例偏低"),
    marked("F08", "封面、卷皮、备考表和装订规范", 2, "封面要素不全"),
];

/// Of `legal-aid-criminal`.
pub const CRIMINAL: &[Marked] = &[
    marked("G01", "会见及时、提问有针对性", 6, "会见提问过简"),
    marked("G02", "阅卷全面、摘要有针对性", 4, "阅卷摘要缺少比对"),
    marked("G03", "调查取证和程序性申请", 6, "未考虑程序性申请"),
    marked("G04", "辩护（代理）意见质量", 12, "辩护意见论证单薄"),
    marked("G05", "庭审表现", 4, "发问缺少针对性"),
    marked("G06", "告知和通报义务履行充分", 2, "通报内容过简"),
    marked("G07", "办理结果和社会效果", 2, "意见未被采纳"),
    marked("G08", "封面、卷皮、备考表和装订规范", 2, "封面要素不全"),
];

/// Those that apply to a case.
pub fn of(shape: &Shape) -> Vec<Marked> {
    let applies = |m: &&Marked| match m.id {
        "F04" => shape.hearing != Hearing::None || !["撤诉", "和解", "履行"].contains(&shape.closing),
        "G02" => shape.stage != Some(Stage::Investigation),
        "G05" => shape.stage == Some(Stage::Trial) && shape.hearing != Hearing::Written,
        _ => true,
    };
    let all = if shape.kind == Kind::Criminal { CRIMINAL } else { CIVIL };
    all.iter().filter(applies).copied().collect()
}

/// How reviewers judge a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing taken off.
    Full,
    /// One slip at most.
    Mild,
    /// Weak work.
    Weak,
    /// Poor work.
    Poor,
    /// Hardly anything was done.
    Bad,
}

/// Marks a case; the criteria that lost points.
pub fn give(story: &mut Story, severity: Severity, draw: &mut Draw) -> Vec<&'static str> {
    let mut marked = of(&story.shape);
    // How many criteria lose points, and how much of each in percent. Weak work shows where most points are.
    let (count, percent) = match severity {
        Severity::Full => (0, (0, 0)),
        Severity::Mild => (draw.below(2), (10, 40)),
        Severity::Weak => (draw.between(2, 3), (40, 70)),
        Severity::Poor => (draw.between(4, 5), (60, 90)),
        Severity::Bad => (8, (80, 100)),
    };
    match severity {
        Severity::Mild => {
            let first = draw.index(marked.len());
            marked.rotate_left(first);
        }
        _ => marked.sort_by_key(|m| std::cmp::Reverse(m.points)),
    }
    let mut lost = Vec::new();
    for (nth, m) in (0..).zip(marked) {
        // Halves of a point.
        let full = m.points * 2;
        let off = if nth < count { (full * draw.between(percent.0, percent.1) / 100).max(1) } else { 0 };
        if off > 0 {
            lost.push(m.id);
        }
        story.marks.insert(m.id, Mark { given: Cell::Halves(full - off), reason: if off > 0 { m.reason } else { "" } });
    }
    lost
}
