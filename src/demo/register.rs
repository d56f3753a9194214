//! The register and the score sheet of an office: which case stands on which sheet, titles, totals.
//! Must not decide what a column says.

use std::io;
use std::path::Path;

use super::book::{self, Sheet};
use super::column::{self, Column, For};
use super::office::{Book, CITY, Office, SAMPLE, Split};
use super::story::{Cell, Story};

/// The name of the register.
pub fn file_name(office: &Office) -> &'static str {
    match office.book {
        Book::Xlsx => "2024年案件登记表.xlsx",
        Book::Csv | Book::CsvGb => "2024年案件登记表.csv",
    }
}

/// Writes the register.
///
/// # Errors
/// When the disk will not take it.
pub fn write(path: &Path, office: &Office, stories: &[Story]) -> io::Result<()> {
    let title = title(office);
    let sheets = split(office, stories).into_iter().map(|(name, whom, stories)| sheet(office, name, whom, stories)).collect();
    book::write(path, office.book, &title, sheets)
}

fn title(office: &Office) -> String {
    let place = if office.index == 0 { CITY.to_owned() } else { format!("{CITY}{}", office.name) };
    format!("{place}法律援助案件登记表（2024年度）")
}

/// Month in which a case stands in the register: that of its closing, else of its beginning.
fn month(story: &Story) -> i8 {
    let day = ["closed_on", "applied_on", "notified_on"].iter().find_map(|f| story.day(f));
    day.map_or(1, |d| if d.year() == super::timeline::YEAR { d.month() } else { 12 })
}

fn split<'a>(office: &Office, stories: &'a [Story]) -> Vec<(String, For, Vec<&'a Story>)> {
    let of = |name: &str, whom: For, keep: &dyn Fn(&Story) -> bool| {
        (name.to_owned(), whom, stories.iter().filter(|s| keep(s)).collect::<Vec<_>>())
    };
    let mut sheets = match office.split {
        Split::One => vec![of("案件登记表", For::Both, &|_| true)],
        Split::Kinds => {
            vec![of("民事行政", For::Civil, &|s| !s.shape.is_criminal()), of("刑事", For::Criminal, &|s| s.shape.is_criminal())]
        }
        Split::Halves => vec![of("上半年", For::Both, &|s| month(s) <= 6), of("下半年", For::Both, &|s| month(s) > 6)],
        Split::Months => (1..=12).map(|m| of(&format!("{m}月"), For::Both, &|s| month(s) == m)).collect(),
    };
    // A month without cases has no sheet; a register always has one.
    let first = sheets.remove(0);
    sheets.retain(|(_, _, stories)| !stories.is_empty());
    sheets.insert(0, first);
    sheets
}

fn sheet<'a>(office: &'a Office, name: String, whom: For, stories: Vec<&'a Story>) -> Sheet<'a> {
    let columns = column::columns(office, whom);
    let headings = columns.iter().map(|c| (c.heading(office), c.width())).collect();
    let n = stories.len();
    let rows = (1_u32..).zip(stories).flat_map(move |(row, story)| {
        let cells = |cell: &dyn Fn(&Column) -> Option<Cell>| columns.iter().map(cell).collect::<Vec<_>>();
        let first = cells(&|c| c.cell(office, story, row));
        let again = story.second_row.as_ref().map(|facts| cells(&|c| c.second(office, story, facts, row)));
        std::iter::once(first).chain(again)
    });
    Sheet {
        name,
        title: format!("{}·{SAMPLE}", title(office)),
        subtitle: format!("填报单位：{}（虚构）    人员、机构、案件均为虚构", office.centre),
        headings,
        rows: Box::new(rows),
        foot: format!("合计：{n} 件"),
    }
}

/// Writes the score sheet.
///
/// # Errors
/// When the disk will not take it.
pub fn scores(path: &Path, office: &Office, stories: &[Story]) -> io::Result<()> {
    let title = format!("{}案件质量评分表（2024年度）", office.name);
    let headings = [("案号", 26), ("指标编号", 10), ("得分", 8), ("评估专家", 12), ("理由", 40)];
    let text = |t: &str| Some(Cell::Text(t.to_owned()));
    let rows = stories.iter().flat_map(|story| {
        let case_no = story.case_no();
        story.marks.iter().map(move |(id, mark)| {
            let reason = if mark.reason.is_empty() { None } else { text(mark.reason) };
            vec![text(&case_no), text(id), Some(mark.given.clone()), text(&story.reviewer), reason]
        })
    });
    let sheet = Sheet {
        name: "评分表".to_owned(),
        title: format!("{title}·{SAMPLE}"),
        subtitle: "得分按标准所列分值，评估专家为虚构代号".to_owned(),
        headings: headings.iter().map(|(h, w)| ((*h).to_owned(), *w)).collect(),
        rows: Box::new(rows),
        foot: String::new(),
    };
    book::write(path, Book::Xlsx, &title, vec![sheet])
}
