//! Makes the dossier of one case: a file a paper in most offices, and `dossier.json` where the office has one.
//! Must not decide which papers there are.

use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::office::{Office, SAMPLE, Store};
use super::paper::{Form, Paper};
use super::pdf::{Sheet, pdf};
use super::scan::Scan;
use super::story::{Cell, Story};
use super::text;

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

/// One file of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Which document it is.
    pub paper: &'static str,
}

/// Writes a dossier into its folder, which is made.
///
/// # Errors
/// When the disk will not take it.
pub fn write(folder: &Path, office: &Office, story: &Story) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for item in items(office, story) {
        std::fs::write(folder.join(&item.name), &item.bytes)?;
    }
    if office.dossier_json {
        let mut text = serde_json::to_vec_pretty(&facts(office, story, &story.case_no())).map_err(io::Error::other)?;
        text.push(b'\n');
        std::fs::write(folder.join("dossier.json"), text)?;
    }
    Ok(())
}

/// The papers as files.
fn items(office: &Office, story: &Story) -> Vec<Item> {
    let mut items = Vec::new();
    for (nth, paper) in (1_u32..).zip(story.front.iter().chain(&story.papers)) {
        // Where only a part is scanned, every other paper is.
        let left_out = office.store == Store::Mixed && nth.is_multiple_of(2) && story.papers.contains(paper);
        if left_out || story.unscanned.contains(&paper.id) {
            continue;
        }
        let (stem, sheets) = (stem(office, nth, paper), sheets(office, story, paper));
        let mut push = |name: String, bytes| items.push(Item { name, bytes, paper: paper.id });
        if paper.form == Form::Photo {
            let alone = sheets.len() == 1;
            for (page, sheet) in (1..).zip(sheets) {
                let Sheet::Picture(scan) = sheet else { continue };
                push(if alone { format!("{stem}.jpg") } else { format!("{stem}_{page}.jpg") }, scan.jpeg());
            }
        } else {
            push(format!("{stem}.pdf"), pdf(paper.title, &sheets));
        }
    }
    items
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

/// Characters of a line.
const LINE: usize = 34;

/// The pages of a paper.
fn sheets(office: &Office, story: &Story, paper: &Paper) -> Vec<Sheet> {
    let case_no = story.case_no();
    if paper.form != Form::Text {
        let label = |page: u32| format!("{SAMPLE} {case_no} {} {} {page}", office.name, paper.title);
        let scan = |label| if paper.form == Form::Photo { Scan::card(label) } else { Scan::page(label) };
        return (1..=paper.pages).map(|page| Sheet::Picture(scan(label(page)))).collect();
    }
    let (title, paragraphs) = text::tell(office, story, paper);
    let lines: Vec<String> = paragraphs.iter().flat_map(|p| wrap(p)).collect();
    let pages = paper.pages.max(1);
    let per = lines.len().div_ceil(usize::try_from(pages).unwrap_or(1)).max(1);
    let mut chunks = lines.chunks(per);
    (1..=pages)
        .map(|page| Sheet::Text {
            title: title.clone(),
            lines: chunks.next().unwrap_or_default().to_vec(),
            foot: format!("第{page}页 共{pages}页"),
        })
        .collect()
}

fn wrap(paragraph: &str) -> Vec<String> {
    let chars: Vec<char> = paragraph.chars().collect();
    chars.chunks(LINE).map(|line| line.iter().collect()).collect()
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
