//! 归档情况统计表: filing in figures, then every case filed late or not filed. Must not count anew: the figures are the results'.

use super::Input;
use crate::record::v1::{CaseRecord, Filing, Office};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{field, places, ratio};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::sheets;

/// Headings of the table, as the contract has them.
pub const TITLES: [&str; 14] = [
    "机构",
    "已结",
    "应归档",
    "已归档",
    "按期",
    "超期",
    "未到期",
    "未归档",
    "归档率",
    "按期归档率",
    "缺材料",
    "目录问题",
    "页码问题",
    "期限不明",
];

/// Reads how to take the figures.
pub const NOTE: &str = "按范围内案件统计。应归档＝归档期限已届满或已归档；未归档＝应归档而没有归档；归档率＝已归档÷应归档；按期归档率＝按期÷应归档；\
                        缺材料、目录问题、页码问题为有该类问题的案件数。";

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let kind = |t: &str| if t.ends_with('率') { Kind::Percent } else { Kind::Number };
    TITLES.iter().enumerate().map(|(i, t)| if i == 0 { Column::new(*t, 220, Kind::Text) } else { Column::new(*t, 74, kind(t)) }).collect()
}

/// The row of an office; the two rates are formulas over the row.
pub fn row(office: &Office, row: u32) -> Vec<Cell<'_>> {
    let f: &Filing = &office.filing;
    let mut cells = vec![Cell::text(office.name.as_str())];
    cells.extend([f.closed, f.due, f.filed, f.in_time, f.late, f.not_due, f.unfiled].map(Cell::count));
    cells.push(ratio(format!("=IF(C{0}=0,\"—\",D{0}/C{0})", row + 1), f.filed, f.due));
    cells.push(ratio(format!("=IF(C{0}=0,\"—\",E{0}/C{0})", row + 1), f.in_time, f.due));
    cells.extend([f.lacking, f.contents, f.pages, f.unclear].map(Cell::count));
    cells
}

/// Writes the sheet: the office's figures as one row, and below the cases that are late or not filed.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let plan =
        Plan {
            name: sheets::FILING, title: input.title("法律援助案件归档情况统计表"), note: NOTE.to_owned(), columns: columns(), keys: 1
        };
    let mut page = Page::begin(book, plan)?;
    page.row(&row(input.office, crate::report::sheet::FIRST))?;
    page.unfiltered();
    page.section("归档超期、未归档的案件", &[("案号", 1), ("承办人", 2), ("结案日", 2), ("归档日", 2), ("说明", 7)])?;
    let mut none = true;
    for case in input.cases {
        for said in filing_faults(input, case) {
            none = false;
            page.spans(&[
                (case.case_no.clone(), 1),
                (field(case, "lawyer").to_owned(), 2),
                (field(case, "closed_on").to_owned(), 2),
                (if field(case, "filed_on").is_empty() { "未归档".to_owned() } else { field(case, "filed_on").to_owned() }, 2),
                (said, 7),
            ])?;
        }
    }
    if none {
        page.spans(&[("（无）".to_owned(), 1), (String::new(), 2), (String::new(), 2), (String::new(), 2), (String::new(), 7)])?;
    }
    page.finish()
}

/// Findings about the time of filing.
fn filing_faults(input: &Input<'_>, case: &CaseRecord) -> Vec<String> {
    let about = |id: &str| {
        let criterion = input.frame.criterion(case.rubric.as_deref(), id);
        criterion.is_some_and(|c| {
            matches!(c.check.as_str(), "within" | "order" | "filled") && (c.title.zh.contains("归档") || c.title.zh.contains("立卷"))
        })
    };
    let said = |f: &crate::record::v1::Finding| {
        let at = places(f);
        if at.is_empty() { f.message.zh.to_string() } else { format!("{}（{}）", f.message.zh, at.replace('\n', "；")) }
    };
    // Not filed and past its day is unclear, not unmet, and counted as 未归档; not yet due is neither. Only the words tell the two apart.
    let unfiled = field(case, "filed_on").is_empty();
    let late =
        |f: &crate::record::v1::Finding| f.outcome == "unmet" || (f.outcome == "unclear" && unfiled && f.message.zh.contains("已超期"));
    case.findings.iter().filter(|f| late(f) && about(&f.criterion)).map(said).collect()
}
