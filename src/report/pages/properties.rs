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
    rows: Vec<Row<'a>>,
}

/// What is told of one case: a finding, or the criterion whose finding explains why nothing could be told.
#[derive(Debug)]
enum Row<'a> {
    Found(&'a CaseRecord, &'a Finding),
    Because(&'a CaseRecord, &'a str),
}

impl Tally<'_> {
    fn verdict(&self) -> &'static str {
        match (self.unmet, self.open, self.met) {
            (0, 0, 0) => "没有可检的材料",
            (0, 0, _) => "符合",
            (0, _, _) => "部分待核",
            _ => "不符合",
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
            tally.rows.extend(case.findings.iter().filter(|f| f.criterion == result.id).map(|f| Row::Found(case, f)));
            let because = result.because.as_deref().filter(|_| result.outcome == "unclear");
            tally.rows.extend(because.map(|other| Row::Because(case, other)));
        }
    }
    all
}

/// Writes the sheet: the items with their figures, and below them every case that did not pass or could not be told.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let columns = vec![
        Column::new("性质", 60, Kind::Centre),
        Column::new("检测项目", 230, Kind::Text),
        Column::new("检测内容", 330, Kind::Text),
        Column::new("符合", 56, Kind::Number),
        Column::new("不符合", 56, Kind::Number),
        Column::new("待核", 56, Kind::Number),
        Column::new("不适用", 56, Kind::Number),
        Column::new("结论", 250, Kind::Centre),
    ];
    let note = format!(
        "按 DA/T 70 的真实性、完整性、可用性、安全性归类，项目名称供参考（依据待核）；数字是案件数，其下逐案列出不符合和待核的。\
         文字类项目只核对读得出文字的材料，没有文字的扫描件用 --ocr 才核对；合在一起扫描的案卷不按材料核对文字。{}",
        words::NO_BACKDATING
    );
    let mut page = Page::begin(book, Plan { name: sheets::PROPERTIES, title: input.title("电子档案四性检测"), note, columns, keys: 3 })?;
    let all = tallies(input);
    for (at, (id, property)) in PROPERTIES.iter().enumerate() {
        for ((_, item, criterion), tally) in all.range((at, "", "")..(at + 1, "", "")) {
            let mut cells = vec![Cell::text(*property), Cell::text(*item), Cell::text(format!("{criterion} {}", tally.title))];
            cells.extend([tally.met, tally.unmet, tally.open, tally.apart].map(Cell::count));
            cells.push(Cell::text(tally.verdict()));
            page.row(&cells)?;
        }
        for (_, item, how) in ELSEWHERE.iter().filter(|(property, ..)| property == id) {
            let mut cells = vec![Cell::text(*property), Cell::text(*item), Cell::text(format!("本程序不检测：{how}"))];
            cells.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, Cell::text("另行检测")]);
            page.row(&cells)?;
        }
    }
    page.unfiltered();
    page.section("不符合、待核的案件", &[("性质", 1), ("检测内容", 1), ("问题", 1), ("案号（档号）", 3), ("结论", 1), ("出处", 1)])?;
    let mut none = true;
    for ((at, _, criterion), tally) in &all {
        let property = PROPERTIES.get(*at).map_or("", |(_, title)| title);
        for row in &tally.rows {
            none = false;
            let (case, said, outcome, at) = match row {
                Row::Found(case, f) => (case, f.message.zh.to_string(), &*f.outcome, places(f)),
                Row::Because(case, other) => (case, format!("因 {other} 所说的问题不能核对，先解决 {other}"), "unclear", String::new()),
            };
            let number = match field(case, "archive_no") {
                "" => case.case_no.clone(),
                archive => format!("{}（{archive}）", case.case_no),
            };
            let outcome = if outcome == "unmet" { "不符合" } else { "待核" };
            let what = format!("{criterion} {}", tally.title);
            page.spans(&[(property.to_owned(), 1), (what, 1), (said, 1), (number, 3), (outcome.to_owned(), 1), (at, 1)])?;
        }
    }
    if none {
        let mut cells = vec![("（无）".to_owned(), 1)];
        cells.extend([1, 1, 3, 1, 1].map(|n| (String::new(), n)));
        page.spans(&cells)?;
    }
    page.finish()
}
