//! A 卷内目录 that is a spreadsheet inside a dossier (卷内目录.xlsx, .xls, .csv …): its lines become those of the case.
//! Must not judge their order or pages, or guess pages that a spreadsheet has turned into a date.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::checklist::{is_blank, pages};
use super::naming;
use super::office::Asked;
use super::register::{Register, place};
use super::row::{Kind, Row};
use super::words::{Words, plain};
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::model::document::{Document, Statement};
use crate::say;

/// What came of it.
#[derive(Debug, Default)]
pub struct Listing {
    /// Lines, each at the cell of its title.
    pub lines: Vec<Document>,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

const TITLE: &[&str] = &[
    "材料名称",
    "文件名称",
    "文书名称",
    "材料",
    "题名",
    "文件题名",
    "卷内文件",
    "卷内材料",
    "文件材料名称",
    "材料题名",
    "标题",
    "名称",
    "卷内文件名称",
    "卷内材料名称",
    "文件标题",
    "目录",
];
const BEGINS: &[&str] = &["页码", "页次", "页号", "起页", "起始页", "起始页码", "首页", "所在页", "所在页码", "开始页", "起页号"];
const RANGE: &[&str] = &["起止页", "起止页码", "起止页号", "起讫页", "起讫页码", "页码范围"];
const ENDS: &[&str] = &["止页", "终止页", "终止页码", "末页", "结束页", "止页号"];
const COUNT: &[&str] = &["页数", "张数", "份数页数"];
const OTHERS: &[&str] = &["序号", "顺序号", "编号", "备注", "日期", "文号", "责任者", "份数", "作者"];
/// Rows among which the heading is looked for.
const HEAD: u32 = 20;
/// A dossier has no more papers; a table that has is none of its contents.
const LINES: usize = 5_000;

/// Whether a file is called so.
pub fn is_called(name: &str) -> bool {
    let (base, _) = naming::split(name);
    let stem = naming::stem(base);
    let stem = stem.trim_end_matches(['表', '页']);
    stem == "目录" || (stem.ends_with("目录") && ["卷内", "案卷", "卷宗"].iter().any(|w| stem.contains(w)))
}

#[derive(Debug, Clone, Copy)]
struct Columns {
    title: u16,
    begins: Option<u16>,
    range: Option<u16>,
    ends: Option<u16>,
    count: Option<u16>,
}

fn columns(row: &Row) -> Option<Columns> {
    let column = |names: &[&str]| row.cells().find(|c| names.contains(&super::words::bare(&plain(c.text)))).map(|c| c.col);
    let found = Columns { title: column(TITLE)?, begins: column(BEGINS), range: column(RANGE), ends: column(ENDS), count: column(COUNT) };
    let others = found.begins.is_some() || found.range.is_some() || found.count.is_some() || column(OTHERS).is_some();
    others.then_some(found)
}

/// Reads the content of such a file.
///
/// # Errors
/// It cannot be opened, or no sheet has the heading of a list.
pub fn read(content: Vec<u8>, shown: &str, asked: &Asked<'_>) -> Result<Listing, Problem> {
    let refused = |p: Problem| Problem::new("P029", p.message, Place::file(shown));
    let mut register = Register::read(content, shown, &asked.settings.limits).map_err(refused)?;
    let (mut listing, mut any, mut unread) = (Listing::default(), false, Vec::new());
    for index in 0..register.origins.len() {
        let origin = Arc::clone(&register.origins[index]);
        let (mut head, mut seen): (Option<Columns>, u32) = (None, 0);
        let first = listing.lines.len();
        let problem = register.stream(index, &mut |row| {
            seen += 1;
            match (columns(row), head) {
                (Some(found), _) => head = Some(found),
                (None, Some(head)) => {
                    let position = u32::try_from(listing.lines.len() - first).unwrap_or(u32::MAX);
                    listing.lines.extend(line(row, head, position, &origin, asked.words, &mut unread));
                }
                (None, None) => {}
            }
            let over = listing.lines.len() >= LINES || (head.is_none() && seen >= HEAD);
            if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        listing.problems.extend(problem.map(refused));
        any |= head.is_some();
    }
    let whole = || Place::file(shown);
    if !any {
        let said = say!("{shown} 的前 {HEAD} 行里没有“材料名称”表头", "no heading 材料名称 in the first {HEAD} rows of {shown}");
        return Err(Problem::new("P029", said, whole()));
    }
    if listing.lines.len() >= LINES {
        let said = say!("{shown} 超过 {LINES} 行，只用了前面的", "{shown} has more than {LINES} lines; only the first were used");
        listing.problems.push(Problem::new("P029", said, whole()));
    }
    let n = unread.len();
    let said = say!(
        "{shown} 有 {n} 行的页码看不懂（可能被表格软件改成了日期），没有使用，其余照用",
        "{shown}: the pages of {n} lines cannot be read (a spreadsheet may have made dates of them) and were not used; the rest was"
    );
    listing.problems.extend(Problem::several("P029", said, unread));
    Ok(listing)
}

fn line(row: &Row, columns: Columns, position: u32, origin: &Arc<Origin>, words: &Words, unread: &mut Vec<Place>) -> Option<Document> {
    let title = row.text_at(columns.title);
    let word = plain(title);
    let aside =
        ["合计", "总计", "共计", "小计", "备注", "说明", "立卷人", "检查人", "制表", "以下空白"].iter().any(|w| word.starts_with(w));
    if is_blank(title) || aside {
        return None;
    }
    let at = place(origin, row.number, columns.title);
    let read = ranged(row, columns);
    if let Err(col) = read {
        unread.push(place(origin, row.number, col));
    }
    let kind = words.document(title).or_else(|| words.document(&naming::stem(title)));
    let statement = Statement::Line { position, pages: read.unwrap_or_default() };
    Some(Document { kind, title: title.into(), statement, place: at, bytes: 0 })
}

/// The pages of a line; the column that cannot be read.
fn ranged(row: &Row, columns: Columns) -> Result<Option<(u32, u32)>, u16> {
    let cell = |col: Option<u16>| col.and_then(|c| row.cells().find(|cell| cell.col == c)).filter(|c| !is_blank(c.text));
    // Excel makes a day of 1-3, and of 1-50 a month: which it was can no longer be told.
    let dated = |col: Option<u16>| cell(col).is_some_and(|c| matches!(c.kind, Kind::Date(_)));
    let number = |text: &str| -> Option<u32> {
        let word = plain(text);
        word.trim_start_matches(['第', 'p']).trim_end_matches(['页', '张']).parse().ok().filter(|n| *n > 0)
    };
    let main = columns.range.filter(|c| cell(Some(*c)).is_some()).or(columns.begins);
    let Some(found) = cell(main) else { return Ok(None) };
    if dated(main) {
        return Err(found.col);
    }
    if let Some(range) = pages(&plain(found.text)) {
        return Ok(Some(range));
    }
    let Some(from) = number(found.text) else { return Err(found.col) };
    if let Some(end) = cell(columns.ends) {
        return number(end.text).map(|to| Some((from, to))).ok_or(end.col);
    }
    let count = cell(columns.count).and_then(|c| number(c.text));
    Ok(Some((from, count.map_or(from, |n| from.saturating_add(n - 1)))))
}

/// What makes two lines the same: position, title in one spelling, pages.
type Same = (u32, Arc<str>, Option<(u32, u32)>);

/// The list of a dossier and the same list copied into the register are one.
pub fn one_of_equals(documents: &mut Vec<Document>) {
    let mut lists: Vec<(Arc<Origin>, Vec<Same>)> = Vec::new();
    for document in documents.iter() {
        let Statement::Line { position, pages } = document.statement else { continue };
        let line = (position, Arc::<str>::from(plain(&document.title)), pages);
        match lists.iter_mut().find(|(origin, _)| *origin == document.place.origin) {
            Some((_, lines)) => lines.push(line),
            None => lists.push((Arc::clone(&document.place.origin), vec![line])),
        }
    }
    if lists.len() < 2 {
        return;
    }
    lists.iter_mut().for_each(|(_, lines)| lines.sort());
    let twice: Vec<Arc<Origin>> = lists
        .iter()
        .enumerate()
        .filter(|(i, (_, lines))| lists[..*i].iter().any(|(_, earlier)| earlier == lines))
        .map(|(_, (origin, _))| Arc::clone(origin))
        .collect();
    let again = |d: &Document| matches!(d.statement, Statement::Line { .. }) && twice.contains(&d.place.origin) && d.place.at != At::Whole;
    documents.retain(|d| !again(d));
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn lists_by_name() {
        for name in ["卷内目录.xlsx", "02卷内文件目录.xls", "卷内目录表.csv", "案卷目录.et", "目录.xlsx", "卷内材料目录_1.xlsx"]
        {
            assert!(is_called(name), "{name}");
        }
        for name in ["证据目录.xlsx", "证据材料目录.xlsx", "卷内备考表.xlsx", "目录外材料.xlsx"] {
            assert!(!is_called(name), "{name}");
        }
    }
}
