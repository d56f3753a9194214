//! 指标.xlsx of the invented city: a row an office, with planted defects. Must not know what follows from the cases.

use std::io;
use std::path::Path;

use super::book::{self, Sheet};
use super::office::{Book, Office, SAMPLE};
use super::planted::Planted;
use super::story::Cell;

/// Columns with what a good office reports: a first number, and how much it grows from office to office.
const COLUMNS: &[(&str, u32, u32)] = &[
    ("重点人群任务数", 2100, 20),
    ("重点人群完成数", 3814, 10),
    ("热线来电数", 14060, 100),
    ("热线接通数", 13800, 100),
    ("热线座席数", 4, 0),
    ("法律援助工作站", 9, 1),
    ("联络点", 20, 2),
    ("审查起诉阶段通知辩护数", 429, 3),
    ("审查起诉阶段指派辩护数", 429, 3),
    ("上年审查起诉阶段通知辩护数", 300, 2),
    ("旁听次数", 3, 0),
    ("督导次数", 8, 0),
    ("培训次数", 2, 1),
    ("宣传次数", 38, 1),
    ("媒体报道篇数", 89, 1),
    ("典型案例数", 4, 0),
];

/// What can be wrong: the column, what stands there instead, the criterion that sees it and what was done.
const DEFECTS: &[(&str, u32, &str, &str)] = &[
    ("重点人群完成数", 1500, "A01", "重点人群完成数少于任务数"),
    ("热线接通数", 99_999, "C01", "热线接通数多于来电数"),
    ("法律援助工作站", 2, "D01", "工作站数不足"),
    ("审查起诉阶段指派辩护数", 400, "E01", "有审查起诉阶段的通知没有指派"),
    ("督导次数", 0, "F02", "没有督导"),
];

/// Writes the table; says what was planted.
///
/// # Errors
/// When the disk will not take it.
pub fn write(path: &Path, offices: &[Office], seed: u64) -> io::Result<Vec<Planted>> {
    let mut planted = Vec::new();
    let mut rows = Vec::new();
    for office in offices {
        // Every other office has one defect, another one for another seed.
        let turn = usize::try_from((u64::from(office.index) / 2 + seed) % (DEFECTS.len() as u64)).unwrap_or(0);
        let defect = DEFECTS.get(turn).filter(|_| office.index % 2 == 1);
        let mut row = vec![Some(Cell::Number(office.index + 1)), Some(Cell::Text(office.name.clone()))];
        for (column, base, step) in COLUMNS {
            let number = defect.filter(|(at, ..)| at == column).map_or(base + step * office.index, |(_, instead, ..)| *instead);
            row.push(Some(Cell::Number(number)));
        }
        row.push(Some(Cell::Text("100%".to_owned())));
        rows.push(row);
        planted.extend(defect.map(|(_, _, criterion, what)| Planted {
            office: office.name.clone(),
            case_no: String::new(),
            criterion,
            what: (*what).to_owned(),
        }));
    }
    let title = "法律援助扩面提质指标表（2024年度）";
    let mut headings = vec![("序号".to_owned(), 6), ("机构".to_owned(), 16)];
    headings.extend(COLUMNS.iter().map(|(name, ..)| ((*name).to_owned(), 14)));
    headings.push(("回访满意率".to_owned(), 12));
    let sheet = Sheet {
        name: "指标".to_owned(),
        title: format!("{title}·{SAMPLE}"),
        subtitle: "机构和数字均为虚构".to_owned(),
        headings,
        rows: Box::new(rows.into_iter()),
        foot: String::new(),
    };
    book::write(path, Book::Xlsx, title, vec![sheet])?;
    Ok(planted)
}
