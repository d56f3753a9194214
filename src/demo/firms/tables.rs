//! Writes what a firm keeps: its form, its logs, and the register of its cases with checklists and marks. Must not decide what is wrong.

use std::io;
use std::path::Path;

use super::super::book::{self, Sheet};
use super::super::office::{Book, SAMPLE};
use super::super::story::Cell;
use super::file::{File, PAPERS, later};
use super::firm::Firm;

/// Papers at both ends of a file, which no list of contents has.
const FRAME: &[&str] = &["案卷封面", "卷内文件目录", "备考表"];

fn text(word: impl Into<String>) -> Option<Cell> {
    Some(Cell::Text(word.into()))
}

fn sheet<'a>(firm: &Firm, name: &str, headings: Vec<(String, u16)>, rows: Vec<Vec<Option<Cell>>>) -> Sheet<'a> {
    Sheet {
        name: name.to_owned(),
        title: format!("{}{name}（2024年度）·{SAMPLE}", firm.name),
        subtitle: "律师事务所、人员、案件均为虚构".to_owned(),
        headings,
        rows: Box::new(rows.into_iter()),
        foot: String::new(),
    }
}

fn headings(words: &[(&str, u16)]) -> Vec<(String, u16)> {
    words.iter().map(|(word, width)| ((*word).to_owned(), *width)).collect()
}

/// Writes all tables of a firm.
///
/// # Errors
/// When the disk will not take it.
pub fn write(folder: &Path, firm: &Firm) -> io::Result<()> {
    let save = |file: &str, sheets: Vec<Sheet<'_>>| book::write(&folder.join(file), Book::Xlsx, &format!("{}{file}", firm.name), sheets);
    let form = firm.form().into_iter().map(|(label, value)| vec![text(label), text(value)]).collect();
    save("年度检查考核登记表.xlsx", vec![sheet(firm, "基本情况", headings(&[("项目", 40), ("内容", 40)]), form)])?;
    save("收结案登记表.xlsx", vec![register(firm)])?;
    if firm.branch.is_some() {
        save("党组织生活记录.xlsx", vec![party(firm)])?;
    }
    save("学习培训记录.xlsx", vec![studies(firm)])?;
    let mut registers = vec![letters(firm)];
    if firm.keeps_seals() {
        registers.insert(0, seals(firm));
    }
    save("用印和函件登记.xlsx", registers)
}

fn party<'a>(firm: &Firm) -> Sheet<'a> {
    let rows = firm.meetings.iter().map(|m| {
        let recorder = firm.lawyers.first().cloned().unwrap_or_default();
        vec![
            Some(Cell::Day(m.on)),
            text(m.kind),
            text(m.topic.as_str()),
            Some(Cell::Number(m.expected)),
            Some(Cell::Number(m.present)),
            text(recorder),
        ]
    });
    let heads = [("日期", 14), ("类型", 16), ("主题（内容）", 50), ("应到人数", 10), ("实到人数", 10), ("记录人", 12)];
    sheet(firm, "党组织生活记录", headings(&heads), rows.collect())
}

fn studies<'a>(firm: &Firm) -> Sheet<'a> {
    let rows = firm.studies.iter().map(|(on, kind)| {
        let people = u32::try_from(firm.lawyers.len()).unwrap_or(0);
        vec![Some(Cell::Day(*on)), text(*kind), text(format!("{kind}（{}月）", on.month())), Some(Cell::Number(people))]
    });
    sheet(firm, "学习培训记录", headings(&[("日期", 14), ("类型", 24), ("内容", 40), ("参加人数", 10)]), rows.collect())
}

/// Files that were begun, with the day on which their letters were sealed.
fn begun(firm: &Firm) -> impl Iterator<Item = (jiff::civil::Date, &File)> {
    firm.files.iter().filter_map(|f| Some((later(f.signed?, 1), f)))
}

fn seals<'a>(firm: &Firm) -> Sheet<'a> {
    let partner = firm.lawyers.last().cloned().unwrap_or_default();
    let rows = begun(firm).map(|(on, f)| vec![Some(Cell::Day(on)), text("律师事务所函"), text(f.lawyer.as_str()), text(partner.as_str())]);
    sheet(firm, "用印登记", headings(&[("用印日期", 14), ("用印文书", 30), ("用印人", 12), ("批准人", 12)]), rows.collect())
}

fn letters<'a>(firm: &Firm) -> Sheet<'a> {
    let rows = (1..).zip(begun(firm)).map(|(n, (on, f))| {
        vec![Some(Cell::Day(on)), text(format!("虚函〔2024〕{n}号")), text("云岭市示例人民法院（虚构）"), text(f.lawyer.as_str())]
    });
    sheet(firm, "函件登记", headings(&[("开具日期", 14), ("函号", 20), ("送达机关", 30), ("领用人", 12)]), rows.collect())
}

fn register<'a>(firm: &Firm) -> Sheet<'a> {
    let mut heads = headings(&[
        ("序号", 6),
        ("案号", 22),
        ("案件类型", 10),
        ("案由", 18),
        ("委托人", 10),
        ("承办律师", 10),
        ("签订委托协议日期", 14),
        ("开庭日期", 14),
        ("结案日期", 14),
        ("归档日期", 14),
        ("案件状态", 10),
        ("是否法律援助案件", 10),
        ("是否抽中", 8),
        ("卷宗形式", 8),
    ]);
    heads.extend(PAPERS.iter().map(|(title, ..)| ((*title).to_owned(), 8)));
    heads.extend(FRAME.iter().map(|title| ((*title).to_owned(), 8)));
    heads.extend(headings(&[("卷内目录", 60), ("E01 法律意见质量", 10), ("E02 工作记录充实", 10)]));
    let rows = (1..).zip(&firm.files).map(|(n, f)| row(n, f)).collect();
    sheet(firm, "收结案登记", heads, rows)
}

fn row(n: u32, file: &File) -> Vec<Option<Cell>> {
    let day = |d: Option<jiff::civil::Date>| d.map(Cell::Day);
    let open = file.closed.is_none();
    let mut cells = vec![
        Some(Cell::Number(n)),
        text(file.case_no.as_str()),
        text(if file.criminal { "刑事" } else { "民事" }),
        text(file.cause),
        text(file.client.as_str()),
        text(file.lawyer.as_str()),
        day(file.signed),
        day(file.hearing),
        day(file.closed),
        day(file.filed),
        text(if open { "在办" } else { "已结" }),
        text("否"),
        text(if file.drawn { "是" } else { "否" }),
        text("纸质"),
    ];
    let tick = |there: Option<bool>| match there {
        _ if open => None,
        Some(true) => text("有"),
        Some(false) => text("无"),
        None => text("不适用"),
    };
    cells.extend(PAPERS.iter().map(|(title, ..)| tick(file.has(title))));
    cells.extend(FRAME.iter().map(|_| tick(Some(true))));
    cells.push(if open { None } else { text(file.contents()) });
    let (law, work) = file.marks();
    cells.extend([law, work].map(|mark| file.drawn.then_some(Cell::Number(mark))));
    cells
}
