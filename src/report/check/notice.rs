//! 补正通知单: a notice for each lawyer, each on a page of its own, to sign. Must not ask for anything that cannot be completed or
//! explained.

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
const COLUMNS: [(&str, u32, Kind); 6] = [
    ("序号", 44, Kind::Number),
    ("案号", 176, Kind::Centre),
    ("事项", 190, Kind::Text),
    ("情况", 280, Kind::Text),
    ("怎么办", 250, Kind::Text),
    ("办理情况", 110, Kind::Text),
];
const RIGHT: u16 = COLUMNS.len() as u16 - 1;
/// Page breaks of a sheet that Excel keeps.
const BREAKS: usize = 1_023;

/// A case with what is asked for in it.
type Asked<'a> = (&'a CaseRecord, Vec<Job<'a>>);

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let mut lawyers: BTreeMap<(&str, &str), Vec<Asked<'_>>> = BTreeMap::new();
    for case in &checked.check.cases {
        let jobs: Vec<Job> = checked.names.jobs(case).into_iter().filter(|j| j.act != Act::Verify).collect();
        if !jobs.is_empty() {
            lawyers.entry((field(case, "firm"), field(case, "lawyer"))).or_default().push((case, jobs));
        }
    }
    let whole = COLUMNS.iter().map(|c| c.1).sum();
    let mut sheet = book.streamed(check::NOTICE)?;
    for (col, (_, pixels, _)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width_pixels(col, pixels)?;
    }
    let mut notice = Notice { sheet, row: 0, whole };
    let mut breaks = Vec::new();
    for ((firm, lawyer), cases) in &lawyers {
        if notice.row > 0 {
            breaks.push(notice.row);
        }
        notice.one(book, checked, (firm, lawyer), cases)?;
    }
    if lawyers.is_empty() {
        banner(&mut notice.sheet, 0, RIGHT, "没有要补正或说明的事项", &book.style.title, 40)?;
        notice.row = 1;
    }
    book.print_setup(&mut notice.sheet, true);
    breaks.truncate(BREAKS);
    notice.sheet.set_page_breaks(&breaks)?;
    notice.sheet.set_print_area(0, 0, notice.row.saturating_sub(1), RIGHT)?;
    book.push(notice.sheet);
    Ok(())
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

    fn one(&mut self, book: &Book, checked: &Checked<'_>, (firm, lawyer): (&str, &str), cases: &[Asked<'_>]) -> Result<()> {
        let style = &book.style;
        let n: usize = cases.iter().map(|(_, jobs)| jobs.len()).sum();
        let to = match (firm, lawyer) {
            ("", "") => "（登记表没有写承办人）".to_owned(),
            ("", lawyer) => lawyer.to_owned(),
            (firm, "") => format!("{firm}（登记表没有写承办人）"),
            (firm, lawyer) => format!("{lawyer}（{firm}）"),
        };
        self.line(&checked.input.title("补正通知单"), &style.title, 44)?;
        self.line(&format!("{to}："), &style.section, 26)?;
        let said = format!(
            "　　经自查，您承办的 {} 件案件有 {n} 项需要补齐或说明，请于______年____月____日前办理，并在“办理情况”栏写明。{}",
            cases.len(),
            words::NO_BACKDATING
        );
        self.line(&said, &style.meta, width::lines(&said, self.whole) * 18 + 8)?;
        height(&mut self.sheet, self.row, 1)?;
        for (col, (title, ..)) in (0_u16..).zip(COLUMNS) {
            self.sheet.write_string_with_format(self.row, col, title, &style.head)?;
        }
        self.row += 1;
        let mut number = 0;
        for (case, jobs) in cases {
            for job in jobs {
                number += 1;
                let said: Vec<&str> = job.findings.iter().map(|f| &*f.message.zh).collect();
                self.cells(
                    book,
                    &[
                        Cell::count(number),
                        Cell::text(checked.input.label(case)),
                        Cell::text(&*job.what.zh),
                        Cell::text(said.join("\n")),
                        Cell::text(&*job.how.zh),
                        Cell::Blank,
                    ],
                )?;
            }
        }
        self.line(
            "签收人：______________　　签收日期：______年____月____日　　　　通知人：______________　　通知日期：______年____月____日",
            &style.sign,
            34,
        )?;
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
