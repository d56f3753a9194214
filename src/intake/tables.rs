//! Opens a file that may hold tables and says what each of its sheets is. Must not read values below a header.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::Path;

use super::folder::{self, FileAt, Folder};
use super::office::Asked;
use super::own::{Form, form};
use super::register::Register;
use super::returned::{Workbook, council, identity};
use super::row::Row;
use super::table::{self, Found, HEAD, ScoreTable, Table};
use super::ticked;
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::say;

/// A sheet that is read.
pub enum Sheet {
    /// A register.
    Register(Table),
    /// A checklist of papers, which gives ticks to cases and makes none.
    Checklist(Table),
    /// A score sheet.
    Scores(ScoreTable),
    /// Joint decisions or objections.
    Panel(council::Table),
    /// A table about offices.
    Own(Form),
}

/// A sheet with the row or line that its header stands in: rows after it are data.
pub struct Known {
    /// Index in the file.
    pub index: usize,
    /// Row number of the header.
    pub header: u32,
    /// What it is.
    pub sheet: Sheet,
}

/// A file with tables.
pub struct Tables {
    /// The open file.
    pub register: Register,
    /// Its sheets that are read, in order.
    pub sheets: Vec<Known>,
    /// What is wrong with the others.
    pub problems: Vec<Problem>,
}

/// What a file outside a dossier is.
pub enum Look {
    /// It holds tables.
    Tables(Box<Tables>),
    /// It is a score sheet that this program wrote, sent back by a reviewer.
    Returned(Box<Workbook>),
    /// A document or anything else that is no table.
    Stray,
    /// It must have been meant to be read, and cannot be.
    Refused(Problem),
}

/// Extensions of files that are no tables whatever is wrong with them.
const OTHERS: &[&str] =
    &["docx", "doc", "wps", "rtf", "ofd", "pptx", "ppt", "md", "toml", "json", "jsonl", "exe", "lnk", "py", "log", "ini"];
/// Extensions that promise a table.
const PROMISED: &[&str] = &["xlsx", "xlsm", "xls", "xlsb", "ods", "et", "csv", "tsv"];

/// Whether a file's name promises a table.
pub fn is_promised(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ext)| PROMISED.contains(&ext.to_ascii_lowercase().as_str()))
}

/// Looks at a file of a folder: one that lies in a dossier is no table, and a spreadsheet between scans that cannot be read is
/// evidence of a case, not a broken register.
pub fn look_in(batch: &Path, folder: &Folder, file: &FileAt, asked: &Asked<'_>) -> Look {
    if folder::dossier_of(&file.path, |f| folder.dossiers.contains(f)).is_some() {
        return Look::Stray;
    }
    match look(&batch.join(&file.path), &file.path, asked) {
        Look::Refused(_) if folder::dossier_of(&file.path, |f| folder.papers.contains(f)).is_some() => Look::Stray,
        seen => seen,
    }
}

/// Looks at a file; `shown` is its path in the batch.
pub(super) fn look(path: &Path, shown: &str, asked: &Asked<'_>) -> Look {
    let ext = shown.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let ext = ext.as_str();
    if super::archive::is_zip(shown) || is_document(path, ext) {
        return Look::Stray;
    }
    let mut register = match Register::open(path, shown, &asked.settings.limits) {
        Ok(register) => register,
        Err(_) if OTHERS.contains(&ext) => return Look::Stray,
        Err(problem) => return Look::Refused(problem),
    };
    if is_result(&register) {
        let said = say!(
            "{shown} 是本程序写出的结果，不是登记表，没有读取",
            "{shown} is a result that this program wrote, no register; it was not read"
        );
        let problems = vec![Problem::new("P045", said, Place::file(shown))];
        return Look::Tables(Box::new(Tables { register, sheets: Vec::new(), problems }));
    }
    if let Some((reviewer, identity)) = identity::read(&mut register, asked) {
        return Look::Returned(Box::new(Workbook { register, identity, reviewer }));
    }
    let (mut sheets, mut unread, mut problems, mut blank) = (Vec::new(), Vec::new(), Vec::new(), true);
    for index in 0..register.origins.len() {
        let (head, problem) = head(&mut register, index);
        blank &= head.is_empty();
        let at = |header: usize| head.get(header).map_or(0, |r| r.number);
        if let Some(table) = council::find(&head, asked) {
            sheets.push(Known { index, header: at(table.header), sheet: Sheet::Panel(table) });
            continue;
        }
        if identity::is_orphan(&head) {
            let identity = Err(identity::orphan(&register, index));
            return Look::Returned(Box::new(Workbook { register, identity, reviewer: None }));
        }
        match table::find(&head, asked.words, asked.vocabulary, asked.marks) {
            Found::Register(table) => {
                let above = head.get(..table.header).unwrap_or_default();
                let checklist = ticked::is_checklist(&table, above, register.origins[index].sheet.as_deref(), asked.vocabulary);
                let header = at(table.header);
                let sheet = if checklist { Sheet::Checklist(*table) } else { Sheet::Register(*table) };
                sheets.push(Known { index, header, sheet });
            }
            Found::Scores(scores) => sheets.push(Known { index, header: at(scores.header), sheet: Sheet::Scores(scores) }),
            Found::HalfScores(header, missing) => problems.push(half_scores(&register, index, at(header), missing)),
            Found::NoCaseNo(_) | Found::Nothing if let Some(form) = own_form(&register, index, &head, asked) => {
                let header = if let Form::Across(table) | Form::Log(_, table) = &form { at(table.header) } else { 0 };
                sheets.push(Known { index, header, sheet: Sheet::Own(form) });
            }
            Found::NoCaseNo(columns) => unread.push((index, columns)),
            Found::Nothing if head.is_empty() => {}
            Found::Nothing => unread.push((index, 0)),
        }
        // A sheet that is read says itself what went wrong.
        if sheets.last().is_none_or(|known| known.index != index) {
            problems.extend(problem);
        }
    }
    if !sheets.is_empty() {
        if sheets.iter().any(|known| matches!(known.sheet, Sheet::Checklist(_))) {
            unread.retain(|(i, _)| !ticked::is_guide(register.origins[*i].sheet.as_deref()));
        }
        problems.extend(unread.into_iter().map(|(i, columns)| beside(&register, i, columns)));
        problems.extend(register.notes(sheets.iter().map(|known| known.index)));
        return Look::Tables(Box::new(Tables { register, sheets, problems }));
    }
    if let Some(problem) = problems.pop() {
        return Look::Refused(problem);
    }
    let place = Place::file(shown);
    if blank {
        return Look::Refused(Problem::new("P003", say!("{shown} 里没有内容", "{shown} has no content"), place));
    }
    let most = unread.iter().map(|(_, columns)| *columns).max().unwrap_or(0);
    if register.is_text() && most < 2 && !PROMISED.contains(&ext) {
        return Look::Stray;
    }
    if register.is_gb() && most == 0 {
        let said = say!(
            "{shown} 不是 UTF-8，按 GB18030（GBK）读出的表头也认不出",
            "{shown} is not UTF-8, and read as GB18030 (GBK) it has no known header"
        );
        return Look::Refused(Problem::new("P007", said, place));
    }
    let (index, columns) = unread.iter().copied().max_by_key(|(i, columns)| (*columns, usize::MAX - i)).unwrap_or((0, 0));
    Look::Refused(no_number(&register, index, columns))
}

/// What a sheet without case numbers tells of offices, if it does.
fn own_form(register: &Register, index: usize, head: &[Row], asked: &Asked<'_>) -> Option<Form> {
    form::find(head, register.origins.get(index)?.sheet.as_deref(), asked)
}

/// Sheets by which the workbooks that this program writes are known.
const RESULTS: [&[&str]; 3] = [&["对比数据", "逐案清单"], &["扣分明细", "归档情况统计表"], &["各机构", "失分指标", "数据问题"]];

/// Whether a workbook is a result of this program, put into the batch by mistake: its rows are those of a register once more.
fn is_result(register: &Register) -> bool {
    let has = |name: &&str| register.origins.iter().any(|o| o.sheet.as_deref() == Some(*name));
    RESULTS.iter().any(|names| names.iter().all(has))
}

/// Whether the first bytes are those of a scan, so that nothing has to be read.
fn is_document(path: &Path, ext: &str) -> bool {
    let mut first = [0_u8; 8];
    let Ok(n) = std::fs::File::open(path).and_then(|mut f| f.read(&mut first)) else { return false };
    let first = &first[..n];
    let json = matches!(ext, "json" | "jsonl" | "ndjson");
    if json && first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first).trim_ascii_start().starts_with(b"{") {
        return true;
    }
    let magic: [&[u8]; 6] = [b"%PDF", &[0xFF, 0xD8, 0xFF], b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*"];
    let scan = matches!(ext, "pdf" | "jpg" | "jpeg" | "png" | "tif" | "tiff" | "bmp" | "gif" | "webp" | "heic");
    magic.iter().any(|m| first.starts_with(m)) || (scan && !first.starts_with(b"PK") && !first.starts_with(&[0xD0, 0xCF]))
}

/// The first rows of a sheet.
fn head(register: &mut Register, index: usize) -> (Vec<Row>, Option<Problem>) {
    let mut rows: Vec<Row> = Vec::with_capacity(HEAD);
    let problem = register.stream(index, &mut |row| {
        rows.push(row.clone());
        if rows.len() < HEAD { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    (rows, problem)
}

/// A sheet without case numbers beside one that has them: a table of totals or a page of notes, said but not missed.
fn beside(register: &Register, index: usize, columns: usize) -> Problem {
    if columns > 3 {
        return no_number(register, index, columns);
    }
    let place = Place::at(&register.origins[index], At::Whole);
    Problem::new(
        "P015",
        say!("{place} 没有案号列，未作登记表读取", "{place} has no case-number column and was not read as a register"),
        place,
    )
}

fn half_scores(register: &Register, index: usize, row: u32, missing: &str) -> Problem {
    let place = super::register::place(&register.origins[index], row, 0);
    let said = say!("评分表没有“{missing}”列，没有使用", "the score sheet has no column {missing} and was not used");
    Problem::new("P040", said, place)
}

fn no_number(register: &Register, index: usize, columns: usize) -> Problem {
    let place = Place::at(&register.origins[index], At::Whole);
    let said = if columns == 0 {
        say!("{place} 的前 {HEAD} 行里认不出表头", "no known header in the first {HEAD} rows of {place}")
    } else {
        say!("{place} 认出 {columns} 列，但没有案号列", "{place}: {columns} columns recognised, but no case-number column")
    };
    Problem::new("P010", said, place)
}
