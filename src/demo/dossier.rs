//! Makes the dossier of one case: a file a paper in most offices, and `dossier.json` where the office has one.
//! Must not decide which papers there are.

use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};
use sm3::Digest as _;

use super::flaw::{self, Flaw};
use super::office::{Binding, Office, SAMPLE, Store};
use super::packed;
use super::paper::{Form, Paper};
use super::pdf::{Sheet, pdf};
use super::scan::Scan;
use super::story::{Cell, Story};
use super::text;
use super::timeline::later;
use crate::base::digest::{hex, sha256};

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

/// What is registered of the files of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Files.
    pub files: u32,
    /// Bytes.
    pub bytes: u32,
}

/// Writes a dossier into its folder, which is made; what is registered of it.
///
/// # Errors
/// When the disk will not take it.
pub fn write(folder: &Path, office: &Office, story: &Story) -> io::Result<Totals> {
    std::fs::create_dir_all(folder)?;
    let items = items(office, story);
    for item in &items {
        std::fs::write(folder.join(&item.name), &item.bytes)?;
    }
    if let Some(kind) = office.hashes {
        std::fs::write(folder.join("哈希清单.txt"), hashes(kind, &items, story))?;
    }
    if office.dossier_json {
        let mut text = serde_json::to_vec_pretty(&facts(office, story, &story.case_no())).map_err(io::Error::other)?;
        text.push(b'\n');
        std::fs::write(folder.join("dossier.json"), text)?;
    }
    let has = |flaw: Flaw| u32::from(story.flaws.iter().any(|(_, f)| *f == flaw));
    let bytes: usize = items.iter().map(|i| i.bytes.len()).sum();
    let files = u32::try_from(items.len()).unwrap_or(u32::MAX) + has(Flaw::Count) * 3;
    Ok(Totals { files, bytes: u32::try_from(bytes).unwrap_or(u32::MAX) + has(Flaw::Size) * 1024 })
}

/// The list of hashes, as `sha256sum` and `sm3sum` write it.
fn hashes(kind: &str, items: &[Item], story: &Story) -> String {
    let has = |paper: &str, flaw: Flaw| story.flaws.iter().any(|(p, f)| *p == paper && *f == flaw);
    let listed = items.iter().filter(|i| !has(i.paper, Flaw::Unlisted));
    let line = |item: &Item| {
        // One that was changed since had other bytes when it was listed.
        let before = if has(item.paper, Flaw::Changed) { [&item.bytes[..], b"\n"].concat() } else { item.bytes.clone() };
        let sum = if kind == "SM3" { hex(&sm3::Sm3::digest(&before)) } else { sha256(&before) };
        format!("{sum}  {}\n", item.name)
    };
    listed.map(line).collect()
}

/// The papers as files.
fn items(office: &Office, story: &Story) -> Vec<Item> {
    let mark = format!("{SAMPLE} {} {} ", office.name, story.case_no());
    let mut items = match office.binding {
        Binding::Papers => papers(office, story, &mark),
        Binding::Whole => whole(office, story),
        Binding::Numbers => numbered(office, story),
    };
    for (paper, flaw) in &story.flaws {
        flaw::set(*flaw, paper, &mut items, &mark);
    }
    items
}

/// A file a paper.
fn papers(office: &Office, story: &Story, mark: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for (nth, paper) in (1_u32..).zip(story.front.iter().chain(&story.papers)) {
        // Where only a part is scanned, every other paper is.
        let left_out = office.store == Store::Mixed && nth.is_multiple_of(2) && story.papers.contains(paper);
        if left_out || story.unscanned.contains(&paper.id) {
            continue;
        }
        let (stem, sheets) = (stem(office, nth, paper), sheets(office, story, paper));
        let first = items.len();
        let mut push = |name: String, bytes| items.push(Item { name, bytes, paper: paper.id });
        match (paper.form, paper.id) {
            (Form::Photo, _) => {
                let alone = sheets.len() == 1;
                for (page, sheet) in (1..).zip(&sheets) {
                    let Sheet::Picture(scan) = sheet else { continue };
                    push(if alone { format!("{stem}.jpg") } else { format!("{stem}_{page}.jpg") }, scan.jpeg());
                }
            }
            (Form::Text, "agency_opinion" | "defence_opinion" | "legal_opinion") if office.formats => {
                push(format!("{stem}.docx"), packed::docx(&sheets));
            }
            (Form::Text, "assignment_notice" | "court_summons") if office.formats => {
                push(format!("{stem}.ofd"), packed::ofd(paper.title, &sheets))
            }
            (Form::Text, "reading_note") if office.formats => push(format!("{stem}.txt"), plain(&sheets)),
            _ => push(format!("{stem}.pdf"), pdf(&format!("{} {}", paper.title, story.case_no()), &sheets)),
        }
        if let Some(item) = items.get_mut(first) {
            let own = story.flaws.iter().filter(|(p, _)| *p == paper.id);
            own.for_each(|(_, f)| flaw::file(*f, item, &sheets, mark));
        }
    }
    items
}

/// Plain text with the mark of Windows at its head, a form feed between pages.
fn plain(sheets: &[Sheet]) -> Vec<u8> {
    let page = |sheet: &Sheet| match sheet {
        Sheet::Text { title, lines, foot } => format!("{title}\r\n{}\r\n{foot}", lines.join("\r\n")),
        Sheet::Picture(_) => String::new(),
    };
    let text = sheets.iter().map(page).collect::<Vec<_>>().join("\x0C");
    [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat()
}

/// What stands in front, and all papers in one file.
fn whole(office: &Office, story: &Story) -> Vec<Item> {
    let mut items = front(office, story);
    let mut pages: Vec<Sheet> = story.papers.iter().flat_map(|p| sheets(office, story, p)).collect();
    if story.flaws.contains(&("", Flaw::Torn)) {
        pages.pop();
    }
    items.push(Item { name: "全卷.pdf".to_owned(), bytes: pdf(&story.case_no(), &pages), paper: "" });
    items
}

fn front(office: &Office, story: &Story) -> Vec<Item> {
    let one = |paper: &Paper| {
        let bytes = pdf(&format!("{} {}", paper.title, story.case_no()), &sheets(office, story, paper));
        Item { name: format!("{}.pdf", paper.title), bytes, paper: paper.id }
    };
    story.front.iter().map(one).collect()
}

/// What stands in front, and a picture a page.
fn numbered(office: &Office, story: &Story) -> Vec<Item> {
    let mut items = front(office, story);
    let pages = story.papers.iter().flat_map(|p| (1..=p.pages).map(move |page| (p, page)));
    for (n, (paper, page)) in (1..).zip(pages) {
        let scan = Scan::page(label(office, &story.case_no(), paper, page));
        items.push(Item { name: format!("{n:03}.jpg"), bytes: scan.jpeg(), paper: paper.id });
    }
    items
}

fn label(office: &Office, case_no: &str, paper: &Paper, page: u32) -> String {
    format!("{SAMPLE} {case_no} {} {} {page}", office.name, paper.title)
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
    let own = || story.flaws.iter().filter(|(p, _)| *p == paper.id).map(|(_, f)| *f);
    // A paper with a red seal that was scanned, so that its colours can be lost.
    let scanned = own().any(|f| f == Flaw::Grey);
    let mut sheets = if paper.form == Form::Text && !scanned { text_sheets(office, story, paper) } else { scans(office, story, paper) };
    let late = story
        .known_day("filed_on")
        .map(|day| later(day, 9))
        .map(|day| format!("{:04}:{:02}:{:02} 10:00:00", day.year(), day.month(), day.day()));
    own().for_each(|f| flaw::pages(f, &mut sheets, late.as_deref()));
    sheets
}

fn scans(office: &Office, story: &Story, paper: &Paper) -> Vec<Sheet> {
    let one = |page: u32| {
        let shared = story.shared.as_ref().filter(|(id, _)| *id == paper.id && page == 1);
        let case_no = shared.map_or_else(|| story.case_no(), |(_, other)| other.clone());
        let label = label(office, &case_no, paper, page);
        Sheet::Picture(if paper.form == Form::Photo { Scan { taken: taken(story), ..Scan::card(label) } } else { Scan::page(label) })
    };
    (1..=paper.pages).map(one).collect()
}

/// Photographs say when they were taken: at the beginning of the case, by every other clerk's camera.
fn taken(story: &Story) -> Option<String> {
    let day = story.known_day("assigned_on").filter(|_| story.voice.is_multiple_of(2))?;
    Some(format!("{:04}:{:02}:{:02} 09:30:00", day.year(), day.month(), day.day()))
}

fn text_sheets(office: &Office, story: &Story, paper: &Paper) -> Vec<Sheet> {
    let (title, paragraphs) = text::tell(office, story, paper);
    let lines: Vec<String> = paragraphs.iter().flat_map(|p| wrap(p)).collect();
    let pages = paper.pages.max(1);
    let per = lines.len().div_ceil(usize::try_from(pages).unwrap_or(1)).max(1);
    let mut chunks = lines.chunks(per);
    let sheet =
        |page: u32, lines: &[String]| Sheet::Text {
            title: title.clone(), lines: lines.to_vec(), foot: format!("第{page}页 共{pages}页")
        };
    (1..=pages).map(|page| sheet(page, chunks.next().unwrap_or_default())).collect()
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
