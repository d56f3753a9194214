//! 补正通知单: a notice for each lawyer, each on a page of its own, to sign; the centre's own records on the last. Must not ask for
//! anything that cannot be completed or explained.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::Checked;
use crate::record::v1::CaseRecord;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, banner, height, put};
use crate::report::figures::field;
use crate::report::limits;
use crate::report::style::Kind;
use crate::report::width;
use crate::report::words::{self, check};
use crate::todo::{Act, Job};

/// Heading and pixels.
const COLUMNS: [(&str, u32, Kind); 7] = [
    ("承办人", 76, Kind::Centre),
    ("序号", 40, Kind::Number),
    ("案号", 170, Kind::Centre),
    ("事项", 180, Kind::Text),
    ("情况", 264, Kind::Text),
    ("怎么办", 240, Kind::Text),
    ("办理情况", 100, Kind::Text),
];
const RIGHT: u16 = COLUMNS.len() as u16 - 1;
/// Page breaks of a sheet that Excel keeps.
const BREAKS: usize = 1_023;

/// A job with its case.
type Asked<'a> = (&'a CaseRecord, Job<'a>);

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let mut lawyers: BTreeMap<(&str, &str), Vec<Asked<'_>>> = BTreeMap::new();
    let mut own: Vec<Asked<'_>> = Vec::new();
    for case in &checked.check.cases {
        let (firm, lawyer) = (field(case, "firm"), field(case, "lawyer"));
        for job in checked.names.jobs(case).into_iter().filter(|j| j.act != Act::Verify) {
            if job.records || lawyer.is_empty() {
                own.push((case, job));
                continue;
            }
            // A case of two lawyers is in the notice of both.
            for name in lawyer.split('、') {
                lawyers.entry((firm, name)).or_default().push((case, job.clone()));
            }
        }
    }
    let whole = COLUMNS.iter().map(|c| c.1).sum();
    let mut sheet = book.streamed(check::NOTICE)?;
    for (col, (title, pixels, _)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width_pixels(col, pixels)?;
        sheet.write_string_with_format(0, col, title, &book.style.head)?;
    }
    height(&mut sheet, 0, 1)?;
    // A notice of several pages has its headings on each, and a name in each row.
    sheet.set_repeat_rows(0, 0)?;
    let mut notice = Notice { sheet, row: 1, whole };
    let mut breaks = Vec::new();
    for ((firm, lawyer), asked) in &lawyers {
        if notice.row > 1 {
            breaks.push(notice.row);
        }
        let to = if firm.is_empty() { (*lawyer).to_owned() } else { format!("{lawyer}（{firm}）") };
        let (cases, n) = (cases(asked), asked.len());
        let said =
            format!("经自查，您承办的 {cases} 件案件有 {n} 项需要补齐或说明，请于______年____月____日前办理，并在“办理情况”栏写明。");
        notice.one(book, checked, (&to, lawyer, &said), asked)?;
    }
    if !own.is_empty() {
        if notice.row > 1 {
            breaks.push(notice.row);
        }
        let (cases, n) = (cases(&own), own.len());
        let said = format!(
            "经自查，有 {cases} 件案件的 {n} 项属于登记本身，或登记表没有写承办人，由中心核对案卷后更正登记，再交承办人办理其余事项。"
        );
        notice.one(book, checked, ("本中心", "本中心", &said), &own)?;
    }
    if notice.row == 1 {
        banner(&mut notice.sheet, 1, RIGHT, "没有要补正或说明的事项", &book.style.title, 40)?;
        notice.row = 2;
    }
    book.print_setup(&mut notice.sheet, true);
    breaks.truncate(BREAKS);
    notice.sheet.set_page_breaks(&breaks)?;
    notice.sheet.set_print_area(0, 0, notice.row - 1, RIGHT)?;
    book.push(notice.sheet);
    Ok(())
}

/// How many cases these are.
fn cases(asked: &[Asked<'_>]) -> usize {
    let mut n = 0;
    let mut last: Option<&CaseRecord> = None;
    for (case, _) in asked {
        if last.is_none_or(|l| !std::ptr::eq(l, *case)) {
            n += 1;
            last = Some(case);
        }
    }
    n
}

struct Notice {
    sheet: Worksheet,
    row: u32,
    whole: u32,
}

impl Notice {
    fn line(&mut self, text: &str, format: &rust_xlsxwriter::Format, pixels: u32) -> Result<()> {
        banner(&mut self.sheet, self.row, RIGHT, text, format, pixels)?;
        self.row += 1;
        Ok(())
    }

    fn one(&mut self, book: &Book, checked: &Checked<'_>, (to, name, said): (&str, &str, &str), asked: &[Asked<'_>]) -> Result<()> {
        let style = &book.style;
        self.line(&checked.input.title("补正通知单"), &style.title, 44)?;
        self.line(&format!("{to}："), &style.section, 26)?;
        let said = format!("　　{said}{}", words::NO_BACKDATING);
        self.line(&said, &style.meta, width::lines(&said, self.whole) * 18 + 8)?;
        for (number, (case, job)) in (1_u64..).zip(asked) {
            let said: Vec<&str> = job.findings.iter().map(|f| &*f.message.zh).collect();
            let cells = [
                Cell::text(name),
                Cell::count(number),
                Cell::text(checked.input.label(case)),
                Cell::text(&*job.what.zh),
                Cell::text(said.join("\n")),
                Cell::text(&*job.how.zh),
                Cell::Blank,
            ];
            self.cells(book, &cells)?;
        }
        let sign =
            "签收人：______________　　签收日期：______年____月____日　　　　通知人：______________　　通知日期：______年____月____日";
        self.line(sign, &style.sign, 34)?;
        self.row += 1;
        Ok(())
    }

    fn cells(&mut self, book: &Book, cells: &[Cell<'_>]) -> Result<()> {
        let lines = cells.iter().zip(COLUMNS).map(|(cell, (_, pixels, _))| width::lines(cell.words(), pixels)).max();
        height(&mut self.sheet, self.row, lines.unwrap_or(1))?;
        for ((col, cell), (_, _, kind)) in (0_u16..).zip(cells).zip(COLUMNS) {
            let quoted = limits::is_formula_like(cell.words());
            put(&mut self.sheet, self.row, col, cell, if quoted { book.style.quoted(kind) } else { book.style.of(kind) })?;
        }
        self.row += 1;
        Ok(())
    }
}
