//! Writes the dossier of one case: a folder with a file a paper, and `dossier.json` where the office has one.
//! Must not decide which papers there are.

use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::jpeg::jpeg;
use super::office::{Office, SAMPLE, Store};
use super::paper::Paper;
use super::pdf::pdf;
use super::story::{Cell, Story};

/// Fields that `dossier.json` repeats from the papers, with their titles.
pub const FACTS: &[(&str, &str)] = &[
    ("case_type", "案件类型"),
    ("applied_on", "申请日期"),
    ("decided_on", "决定日期"),
    ("notified_on", "收到通知日期"),
    ("assigned_on", "指派日期"),
    ("signed_on", "签订委托协议日期"),
    ("closed_on", "结案日期"),
    ("filed_on", "归档日期"),
];

/// Writes a dossier into its folder, which is made.
///
/// # Errors
/// When the disk will not take it.
pub fn write(folder: &Path, office: &Office, story: &Story) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let case_no = story.case_no();
    for (nth, paper) in (1_u32..).zip(&story.papers) {
        // Where only a part is scanned, every other paper is.
        if story.unscanned.contains(&paper.id) || (office.store == Store::Mixed && nth.is_multiple_of(2)) {
            continue;
        }
        let stem = stem(office, nth, paper);
        let title = paper.title;
        if paper.picture {
            for page in 1..=paper.pages {
                let name = if paper.pages == 1 { format!("{stem}.jpg") } else { format!("{stem}_{page}.jpg") };
                std::fs::write(folder.join(name), jpeg(&format!("{SAMPLE} {case_no} {} {title} {page}", office.name)))?;
            }
        } else {
            std::fs::write(folder.join(format!("{stem}.pdf")), pdf(title, &words(office, story, &case_no), paper.pages))?;
        }
    }
    if office.dossier_json {
        let mut text = serde_json::to_vec_pretty(&facts(office, story, &case_no)).map_err(io::Error::other)?;
        text.push(b'\n');
        std::fs::write(folder.join("dossier.json"), text)?;
    }
    Ok(())
}

/// The name of a file without its ending, in the usual ways.
fn stem(office: &Office, nth: u32, paper: &Paper) -> String {
    let title = paper.title;
    match office.spelling / 2 % 3 {
        0 => format!("{nth:02}{title}"),
        1 => format!("{nth}.{title}"),
        _ => format!("{nth:02}-{title}"),
    }
}

fn words(office: &Office, story: &Story, case_no: &str) -> Vec<String> {
    let value = |field: &str, label: &str| match story.facts.get(field) {
        Some(Cell::Day(day)) => Some(format!("{label}：{}年{}月{}日", day.year(), day.month(), day.day())),
        Some(Cell::Text(text)) => Some(format!("{label}：{text}")),
        _ => None,
    };
    let mut lines = vec![format!("案号：{case_no}"), format!("法律援助机构：{}", office.centre)];
    lines.extend(value("recipient", "受援人"));
    lines.extend(value("cause", "案由"));
    lines.extend(value("lawyer", "承办人"));
    lines.push(format!("本页为{SAMPLE}，不是真实文书。"));
    lines
}

fn facts(office: &Office, story: &Story, case_no: &str) -> Value {
    let by_title = office.spelling % 4 == 2;
    let key = |id: &str, title: &str| if by_title { title.to_owned() } else { id.to_owned() };
    let mut map = Map::new();
    map.insert(key("case_no", "案号"), json!(case_no));
    for (id, title) in FACTS {
        let value = match story.in_dossier.get(id).or(story.facts.get(id)) {
            Some(Cell::Day(day)) => day.to_string(),
            Some(Cell::Text(text)) => text.clone(),
            _ => continue,
        };
        map.insert(key(id, title), json!(value));
    }
    map.insert(key("remark", "备注"), json!(SAMPLE));
    map.insert("evidence".to_owned(), json!("scanned"));
    if let (true, Some(lines)) = (office.contents_in_dossier, &story.lines) {
        let lines: Vec<Value> = lines.iter().map(|l| json!({ "title": l.title, "pages": [l.from, l.to] })).collect();
        map.insert("documents".to_owned(), Value::Array(lines));
    }
    Value::Object(map)
}
