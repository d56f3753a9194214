//! 归档问题: what the dossiers lack, by document, the most frequent first. Must not repeat findings of other kinds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Input;
use crate::record::v1::{CaseRecord, CriterionRecord, Finding};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{field, is_open, percent, places};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Cases with one and the same archive problem.
#[derive(Debug)]
pub struct Group<'a> {
    /// 缺材料, 目录与页码, 扫描质量, 电子文件, 文书内容, 填写不全 or 立卷归档.
    pub class: &'static str,
    /// `缺《送达回证》`, or the title of the criterion.
    pub what: String,
    /// How many cases.
    pub cases: u64,
    /// Every finding.
    pub findings: Vec<(&'a CaseRecord, &'a Finding)>,
}

/// What kind of archive problem a criterion is about; nothing for other criteria.
fn class(criterion: &CriterionRecord) -> Option<&'static str> {
    let group = criterion.group.contains("归档") || criterion.group.contains('卷');
    match criterion.check.as_str() {
        "present" | "one_of" => Some("缺材料"),
        "sequence" | "pages" | "page_count" | "continuous" => Some("目录与页码"),
        "resolution" | "colour" | "upright" | "blank_pages" | "repeats" => Some("扫描质量"),
        "opens" | "format" | "manifest" | "totals" => Some("电子文件"),
        "states" | "blanks" | "titled" | "says" | "length" | "unwanted" => Some("文书内容"),
        "filled" if group => Some("填写不全"),
        _ if group && !criterion.human => Some("立卷归档"),
        _ => None,
    }
}

/// All archive problems of an office, the most frequent first.
pub fn groups<'a>(input: &'a Input<'_>) -> Vec<Group<'a>> {
    let mut found: BTreeMap<(&'static str, String), Vec<(&CaseRecord, &Finding)>> = BTreeMap::new();
    for case in input.cases {
        for finding in case.findings.iter().filter(|f| !is_open(f) && f.outcome == "unmet") {
            let Some(criterion) = input.frame.criterion(case.rubric.as_deref(), &finding.criterion) else { continue };
            let Some(class) = class(criterion) else { continue };
            let what = match document(&finding.message.zh).filter(|_| class == "缺材料") {
                Some(document) => format!("缺《{document}》"),
                None => format!("{} {}", criterion.id, criterion.title.zh),
            };
            found.entry((class, what)).or_default().push((case, finding));
        }
    }
    let mut groups: Vec<_> = found
        .into_iter()
        .map(|((class, what), findings)| {
            let mut cases: Vec<_> = findings.iter().map(|(c, _)| (&c.case_no, &c.stage)).collect();
            cases.dedup();
            Group { class, what, cases: cases.len() as u64, findings }
        })
        .collect();
    groups.sort_by_key(|g| Reverse(g.cases));
    groups
}

/// The document that a message names first.
fn document(message: &str) -> Option<&str> {
    message.split_once('《')?.1.split_once('》').map(|(name, _)| name)
}

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("类别", 86, Kind::Centre),
        Column::new("缺什么、哪里不对", 250, Kind::Text),
        Column::new("案号", 176, Kind::Centre),
        Column::new("承办人", 90, Kind::Centre),
        Column::new("说明", 300, Kind::Text),
        Column::new("能否补正", 70, Kind::Centre),
        Column::new("处理建议", 260, Kind::Text),
        Column::new("出处", 250, Kind::Text),
    ];
    let note = format!("按材料归类，件数多的在前；灰底行是小计，其下逐案列出。{}", words::NO_BACKDATING);
    let plan = Plan { name: sheets::ARCHIVE, title: input.title("归档问题"), note, columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    for group in groups(input) {
        let of = input.cases.len() as u64;
        page.group(&[
            Cell::text(group.class),
            Cell::text(format!("{}　{} 件", group.what, group.cases)),
            Cell::text(format!("占 {}", percent(group.cases, of))),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
        ])?;
        for (case, finding) in &group.findings {
            page.row(&[
                Cell::text(group.class),
                Cell::text(group.what.as_str()),
                Cell::text(case.case_no.as_str()),
                Cell::text(field(case, "lawyer")),
                Cell::text(&*finding.message.zh),
                Cell::text(words::remedy(&finding.remedy)),
                Cell::text(&*finding.fix.zh),
                Cell::text(places(finding)),
            ])?;
        }
    }
    page.finish()
}
