//! The papers that a complete dossier of each kind of case holds, in the standard order, with how they are usually called.
//! Must not know which of them a defect takes away.

use super::draw::Draw;
use super::shape::{Hearing, Kind, Shape, Stage};

/// One paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Id of the document.
    pub id: &'static str,
    /// How it is called here; a title or alias that a file may be named by.
    pub title: &'static str,
    /// Pages.
    pub pages: u32,
    /// How it is kept where papers are files.
    pub form: Form,
}

/// How a paper is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text, as the system that made it writes it.
    Text,
    /// A picture a page.
    Photo,
    /// Pages scanned into one PDF.
    Scan,
}

/// What stands in front of the papers and has no page numbers.
pub const FRONT: &[Paper] = &[
    Paper { id: "cover", title: "案卷封面", pages: 1, form: Form::Text },
    Paper { id: "contents_page", title: "卷内文件目录", pages: 1, form: Form::Text },
];

/// A line of the list of papers (卷内目录).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Title.
    pub title: &'static str,
    /// First page.
    pub from: u32,
    /// Last page.
    pub to: u32,
}

/// Lines with pages that run on.
pub fn lines(papers: &[Paper]) -> Vec<Line> {
    let mut next = 1;
    let line = |p: &Paper| {
        let from = next;
        next += p.pages;
        Line { title: p.title, from, to: next - 1 }
    };
    papers.iter().map(line).collect()
}

/// As written in one cell.
pub fn written(lines: &[Line]) -> String {
    let mut text = String::with_capacity(lines.len() * 28);
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            text.push('；');
        }
        text.push_str(line.title);
        text.push(' ');
        text.push_str(&line.from.to_string());
        if line.to != line.from {
            text.push('-');
            text.push_str(&line.to.to_string());
        }
    }
    text
}

/// The papers of a complete dossier.
pub fn complete(shape: &Shape, draw: &mut Draw) -> Vec<Paper> {
    let mut list = List { papers: Vec::with_capacity(24), draw };
    intake(shape, &mut list);
    engagement(shape, &mut list);
    conduct(shape, &mut list);
    closing(shape, &mut list);
    list.papers
}

struct List<'a> {
    papers: Vec<Paper>,
    draw: &'a mut Draw,
}

impl List<'_> {
    fn add(&mut self, id: &'static str, title: &'static str, most: u32) {
        let pages = self.draw.between(1, most);
        self.papers.push(Paper { id, title, pages, form: Form::Text });
    }

    fn scan(&mut self, id: &'static str, title: &'static str, most: u32) {
        let pages = self.draw.between(1, most);
        self.papers.push(Paper { id, title, pages, form: Form::Scan });
    }

    fn picture(&mut self, id: &'static str, title: &'static str, pages: u32) {
        self.papers.push(Paper { id, title, pages, form: Form::Photo });
    }
}

fn intake(shape: &Shape, list: &mut List<'_>) {
    if shape.by_notice() {
        list.scan("notice_letter", if shape.channel == "商请" { "商请函" } else { "通知辩护公函" }, 1);
        return;
    }
    list.add("application_form", "法律援助申请表", 2);
    list.picture("identity_proof", "身份证明", 2);
    if shape.exempt {
        list.picture("exempt_proof", "免予核查证明", 1);
    } else {
        list.add("hardship_form", "经济困难状况说明表", 1);
    }
    list.scan("case_papers", "申请证据材料", 2);
    if shape.supplement && !shape.is_criminal() {
        list.add("supplement_notice", "补充材料通知书", 1);
    }
    list.add("review_form", "法律援助审查表", 1);
    list.add("decision", "给予法律援助决定书", 1);
}

fn engagement(shape: &Shape, list: &mut List<'_>) {
    list.add("assignment_notice", "指派通知书", 1);
    if shape.kind != Kind::Informal {
        list.add("office_letter", "法律援助公函", 1);
    }
    if !shape.is_criminal() {
        list.add("rights_notice", "权利义务告知书", 1);
        if shape.kind != Kind::Informal {
            list.add("risk_notice", "风险告知书", 1);
        }
    }
    list.add("agreement", if shape.is_criminal() { "委托辩护协议" } else { "委托代理协议" }, 2);
    list.add("power_of_attorney", "授权委托书", 1);
}

fn conduct(shape: &Shape, list: &mut List<'_>) {
    match (shape.kind, shape.stage) {
        (_, Some(Stage::Prosecution)) => list.add("prosecution_opinion", "起诉意见书", 3),
        (_, Some(Stage::Trial)) if shape.hearing == Hearing::Written => list.add("earlier_judgment", "原审判决书", 4),
        (_, Some(Stage::Trial)) => list.add("indictment", "起诉书", 3),
        (Kind::Civil, _) => list.add("pleading", "民事起诉状", 3),
        (Kind::Administrative, _) => list.add("pleading", "行政起诉状", 3),
        (Kind::Labour, _) => list.add("arbitration_request", "仲裁申请书", 2),
        _ => {}
    }
    if !shape.is_criminal() {
        list.scan("evidence_papers", "证据材料", 3);
    }
    let reads = matches!(shape.kind, Kind::Civil | Kind::Administrative) || matches!(shape.stage, Some(Stage::Prosecution | Stage::Trial));
    if reads {
        list.add("reading_note", "阅卷笔录", 3);
    }
    list.add("interview_note", if shape.is_criminal() { "会见笔录" } else { "谈话笔录" }, 3);
    match shape.hearing {
        Hearing::Held => {
            list.add("court_summons", "开庭通知书", 1);
            if shape.is_criminal() {
                list.add("hearing_outline", "出庭提纲", 2);
            }
            list.add("hearing_note", "庭审笔录", 5);
        }
        Hearing::Written => list.add("no_hearing_notice", "不开庭审理通知书", 1),
        Hearing::None => {}
    }
    match (shape.stage, shape.hearing) {
        (Some(Stage::Trial), _) => list.add("defence_opinion", "辩护词", 4),
        (Some(_), _) => list.add("legal_opinion", "法律意见书", 2),
        (None, Hearing::Held | Hearing::Written) => list.add("agency_opinion", "代理词", 4),
        (None, Hearing::None) => {}
    }
}

fn closing(shape: &Shape, list: &mut List<'_>) {
    match (shape.stage, shape.kind, shape.closing) {
        (Some(Stage::Investigation), _, "撤案") => list.add("case_dismissal", "撤销案件决定书", 1),
        (Some(Stage::Investigation), ..) => list.papers.insert(
            list.papers.iter().position(|p| p.id == "interview_note").unwrap_or(0),
            Paper { id: "prosecution_opinion", title: "起诉意见书", pages: 2, form: Form::Text },
        ),
        (Some(Stage::Prosecution), _, "不起诉") => list.add("no_prosecution", "不起诉决定书", 2),
        (Some(Stage::Prosecution), ..) => {
            let at = list.papers.iter().position(|p| p.id == "reading_note").unwrap_or(0);
            list.papers.insert(at, Paper { id: "indictment", title: "起诉书", pages: 2, form: Form::Text });
        }
        (Some(Stage::Trial), _, "裁定") => list.add("judgment", "刑事裁定书", 4),
        (Some(Stage::Trial), ..) => list.add("judgment", "刑事判决书", 6),
        (None, Kind::Informal, _) => list.add("settlement", "和解协议", 1),
        (None, _, "和解") => list.add("settlement", "和解协议", 1),
        (None, Kind::Labour, "调解") => list.add("award", "仲裁调解书", 2),
        (None, Kind::Labour, _) => list.add("award", "仲裁裁决书", 4),
        (None, _, "调解") => list.add("judgment", "民事调解书", 2),
        (None, Kind::Administrative, "撤诉") => list.add("judgment", "行政裁定书", 1),
        (None, _, "撤诉") => list.add("judgment", "民事裁定书", 1),
        (None, Kind::Administrative, _) => list.add("judgment", "行政判决书", 6),
        (None, ..) => list.add("judgment", "民事判决书", 6),
    }
    list.add("progress_record", "承办情况通报记录", 1);
    list.add("closing_report", "结案报告表", 1);
    if list.draw.chance(70) {
        list.picture("revisit_record", "受援人回访记录表", 1);
    } else {
        list.add("court_feedback", "征询意见函", 1);
    }
    list.add("notes_page", "卷内备考表", 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_run_on() {
        let mut draw = Draw::new(2, 0);
        for _ in 0..200 {
            let papers = complete(&Shape::draw(&mut draw), &mut draw);
            let lines = lines(&papers);
            assert!(lines.windows(2).all(|w| w[1].from == w[0].to + 1) && lines[0].from == 1);
            assert!(lines.iter().all(|l| !l.title.contains(['/', '\\', ':'])));
        }
        let text = written(&[Line { title: "身份证明", from: 3, to: 3 }, Line { title: "代理词", from: 4, to: 6 }]);
        assert_eq!(text, "身份证明 3；代理词 4-6");
    }
}
