//! 四性检测: the items of DA/T 70 by property, with how many dossiers passed each and what was found. Must not call an item passed that
//! nobody looked at: what this program does not test stands in the table and says so.

use std::collections::BTreeMap;

use super::Input;
use crate::record::v1::{CaseRecord, CriterionRecord, Finding};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{field, places};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, sheets};

/// Properties in the order of DA/T 70: word in the records, title.
const PROPERTIES: &[(&str, &str)] = &[("authenticity", "真实性"), ("integrity", "完整性"), ("usability", "可用性"), ("security", "安全性")];

/// Items that a look at files cannot settle: property, item, who settles it.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("authenticity", "数字签名、电子印章、时间戳的有效性", "用签名、签章系统验证"),
    ("integrity", "元数据项齐全、值域符合方案", "用归档系统按元数据方案检测"),
    ("usability", "软硬件环境信息齐全", "查看移交说明"),
    ("security", "病毒检测", "用杀毒软件检测并留存记录"),
    ("security", "载体可读、归档过程安全", "由移交、接收双方检查"),
];

/// What the cases come to under one criterion.
#[derive(Debug, Default)]
struct Tally<'a> {
    met: u64,
    unmet: u64,
    open: u64,
    apart: u64,
    title: &'a str,
    findings: Vec<(&'a CaseRecord, &'a Finding)>,
}

impl Tally<'_> {
    fn verdict(&self) -> &'static str {
        match (self.unmet, self.open, self.met) {
            (0, 0, 0) => "没有可检的材料",
            (0, 0, _) => "通过",
            (0, _, _) => "部分不能判定",
            _ => "不通过",
        }
    }
}

/// Place of a property, item, criterion.
type Key<'a> = (usize, &'a str, &'a str);

fn tallies<'a>(input: &'a Input<'_>) -> BTreeMap<Key<'a>, Tally<'a>> {
    let mut all: BTreeMap<Key<'a>, Tally<'a>> = BTreeMap::new();
    let at = |c: &'a CriterionRecord| {
        let archive = c.archive.as_ref()?;
        let property = PROPERTIES.iter().position(|(id, _)| *id == archive.property)?;
        Some((property, archive.item.as_str(), c.id.as_str()))
    };
    for criterion in input.frame.rubrics.iter().flat_map(|r| &r.criteria) {
        if let Some(key) = at(criterion) {
            all.entry(key).or_default().title = &criterion.title.zh;
        }
    }
    for case in input.cases.iter().filter(|c| c.scope == "selected") {
        for result in &case.criteria {
            let Some(criterion) = input.frame.criterion(case.rubric.as_deref(), &result.id) else { continue };
            let Some(tally) = at(criterion).and_then(|key| all.get_mut(&key)) else { continue };
            match &*result.outcome {
                "met" | "waived" => tally.met += 1,
                "unmet" => tally.unmet += 1,
                "not_applicable" => tally.apart += 1,
                _ => tally.open += 1,
            }
            tally.findings.extend(case.findings.iter().filter(|f| f.criterion == result.id).map(|f| (case, f)));
        }
    }
    all
}

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("性质", 64, Kind::Centre),
        Column::new("检测项目", 200, Kind::Text),
        Column::new("检测内容", 230, Kind::Text),
        Column::new("案号", 176, Kind::Centre),
        Column::new("档号", 130, Kind::Centre),
        Column::new("通过", 48, Kind::Number),
        Column::new("不通过", 56, Kind::Number),
        Column::new("不能判定", 68, Kind::Number),
        Column::new("不适用", 56, Kind::Number),
        Column::new("结论", 92, Kind::Centre),
        Column::new("问题", 320, Kind::Text),
        Column::new("出处", 250, Kind::Text),
    ];
    let note = format!(
        "按 DA/T 70 的真实性、完整性、可用性、安全性归类，项目名称供参考（依据待核）。灰底行是各项目的件数，其下逐案列出不通过和不能判定的。{}",
        words::NO_BACKDATING
    );
    let mut page = Page::begin(book, Plan { name: sheets::PROPERTIES, title: input.title("电子档案四性检测"), note, columns, keys: 2 })?;
    let all = tallies(input);
    for (at, (id, property)) in PROPERTIES.iter().enumerate() {
        for ((_, item, criterion), tally) in all.range((at, "", "")..(at + 1, "", "")) {
            let mut cells = vec![
                Cell::text(*property),
                Cell::text(*item),
                Cell::text(format!("{criterion} {}", tally.title)),
                Cell::Blank,
                Cell::Blank,
            ];
            cells.extend([tally.met, tally.unmet, tally.open, tally.apart].map(Cell::count));
            cells.extend([Cell::text(tally.verdict()), Cell::Blank, Cell::Blank]);
            page.group(&cells)?;
            for (case, finding) in &tally.findings {
                page.row(&[
                    Cell::text(*property),
                    Cell::text(*item),
                    Cell::text(format!("{criterion} {}", tally.title)),
                    Cell::text(case.case_no.as_str()),
                    Cell::text(field(case, "archive_no")),
                    Cell::Blank,
                    Cell::Blank,
                    Cell::Blank,
                    Cell::Blank,
                    Cell::text(if finding.outcome == "unmet" { "不通过" } else { "不能判定" }),
                    Cell::text(&*finding.message.zh),
                    Cell::text(places(finding)),
                ])?;
            }
        }
        for (_, item, how) in ELSEWHERE.iter().filter(|(property, ..)| property == id) {
            let mut cells = vec![Cell::text(*property), Cell::text(*item), Cell::text(format!("本程序不检测：{how}"))];
            cells.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]);
            cells.extend([Cell::text("另行检测"), Cell::Blank, Cell::Blank]);
            page.group(&cells)?;
        }
    }
    page.finish()
}
