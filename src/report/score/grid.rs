//! The grid layout: 评分总表, a row a case and criterion, and 评定, a row a case. Must not decide what is to be marked.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Formula, Worksheet};

use super::Pack;
use super::draft::{cut, lines, ranges, span};
use super::filled;
use super::index::Spot;
use super::input::{self, lock, runs};
use super::item::{Sheet, State};
use super::look::Look;
use crate::base::form::{self, Facts};
use crate::record::number::Number;
use crate::record::plan::Part;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::titled;
use crate::report::{limits, width};

/// The row of headings.
const HEAD: u32 = 2;
/// Most lines of what the machine found.
const LINES: u32 = 3;

/// Columns of 评分总表, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Page,
    CaseNo,
    Office,
    Stage,
    Id,
    Title,
    Points,
    Fact,
    How,
    Off,
    Level,
    Decision,
    Situation,
    Reason,
    Pages,
}

use Role::{CaseNo, Decision, Fact, How, Id, Level, Off, Office, Page, Pages, Points, Reason, Situation, Stage, Title};

const COLUMNS: [(Role, &str, u32); 15] = [
    (Page, form::PAGE, 40),
    (CaseNo, form::CASE_NO, 118),
    (Office, form::OFFICE, 96),
    (Stage, "诉讼阶段", 56),
    (Id, form::ID, 46),
    (Title, "评估指标", 170),
    (Points, "分值", 40),
    (Fact, "机检情况", 190),
    (How, "填法", 44),
    (Off, form::OFF, 50),
    (Level, form::LEVEL, 64),
    (Decision, form::DECISION, 56),
    (Situation, form::SITUATION, 70),
    (Reason, form::REASON, 190),
    (Pages, form::PAGES, 54),
];

/// Columns of 评定.
const VERDICTS: [(&str, u32); 10] = [
    (form::PAGE, 40),
    (form::CASE_NO, 130),
    (form::OFFICE, 110),
    (form::GOOD, 170),
    (form::LACKING, 170),
    (form::ADVICE, 170),
    (form::GRADE, 70),
    (form::SIGNED, 80),
    (form::ON, 86),
    ("状态", 50),
];

/// A row of 评分总表.
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    points: Option<Number>,
    state: State,
    fact: &'a str,
    /// Where it is marked.
    mark: Role,
}

fn rows<'a>(sheet: &'a Sheet<'_>) -> impl Iterator<Item = Row<'a>> {
    let mark = if sheet.by_levels() { Level } else { Off };
    let items = sheet.items.iter().map(move |i| Row { id: i.id, title: i.title, points: i.points, state: i.state, fact: &i.fact, mark });
    let lines = sheet.lines.iter();
    items.chain(lines.map(|l| Row { id: l.id, title: &l.title, points: None, state: l.state, fact: &l.fact, mark: Decision }))
}

/// What the columns are in this workbook.
struct Columns(Vec<(Role, &'static str, u32)>);

impl Columns {
    fn new(pack: &Pack<'_>) -> Self {
        let kept = |role: Role| match role {
            Fact => pack.input.facts != Facts::Never,
            Off | Points => pack.sheets.iter().any(|s| !s.by_levels()),
            Level => pack.sheets.iter().any(Sheet::by_levels),
            Decision => pack.sheets.iter().any(|s| !s.lines.is_empty()),
            _ => true,
        };
        Self(COLUMNS.into_iter().filter(|(role, ..)| kept(*role)).collect())
    }

    fn at(&self, role: Role) -> Option<u16> {
        self.0.iter().position(|(r, ..)| *r == role).and_then(|i| u16::try_from(i).ok())
    }

    fn last(&self) -> u16 {
        u16::try_from(self.0.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    fn marks(&self) -> Vec<u16> {
        [Off, Level, Decision].into_iter().filter_map(|r| self.at(r)).collect()
    }
}

/// Makes both sheets; where each case stands.
///
/// # Errors
/// When a sheet does not take something.
pub fn make(book: &mut Book, look: &Look, pack: &Pack<'_>) -> Result<(Vec<Worksheet>, Vec<Spot>)> {
    let columns = Columns::new(pack);
    let heads: Vec<(&str, u32)> = columns.0.iter().map(|(_, head, pixels)| (*head, *pixels)).collect();
    let mut sheet = open(book, look, pack, form::GRID, &heads)?;
    let mut row = HEAD + 1;
    let mut places = Vec::new();
    for case in &pack.sheets {
        let (first, mut must) = (row, Vec::new());
        for item in rows(case) {
            if row >= limits::ROWS - limits::TAIL {
                break;
            }
            one(&mut sheet, look, pack, &columns, case, &item, row)?;
            if item.state == State::Must {
                must.push((row, item.mark));
            }
            row += 1;
        }
        places.push((first, row, must));
    }
    let end = row.saturating_sub(1).max(HEAD + 1);
    rules(&mut sheet, look, pack, &columns, end)?;
    close(book, &mut sheet, columns.last(), end, 5)?;
    sheet.ignore_error_range(0, 0, end, columns.last(), rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    let (verdicts, spots) = verdicts(book, look, pack, &columns, &places)?;
    Ok((vec![sheet, verdicts], spots))
}

fn open(book: &mut Book, look: &Look, pack: &Pack<'_>, name: &str, heads: &[(&str, u32)]) -> Result<Worksheet> {
    let mut sheet = super::blank_sheet(book, name)?;
    let (last, whole) = (u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX), heads.iter().map(|h| h.1).sum());
    let title = format!("{}{name}", pack.mark());
    sheet.set_row_height_pixels(0, titled(&title, whole))?;
    span(&mut sheet, 0, 0, last, &title, &look.title)?;
    let back = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", form::INDEX)).set_text(&title);
    sheet.write_url_with_format(0, 0, back.set_tip(format!("返回“{}”", form::INDEX)), &look.title)?;
    let made = book.made().trim_start_matches("制表单位：　　").to_owned();
    sheet.set_row_height_pixels(1, width::lines(&made, whole) * 15 + 2)?;
    span(&mut sheet, 1, 0, last, &made, &look.note)?;
    sheet.set_row_height_pixels(HEAD, 26)?;
    for (col, (head, pixels)) in (0_u16..).zip(heads) {
        sheet.set_column_width_pixels(col, *pixels)?;
        sheet.write_string_with_format(HEAD, col, *head, &look.head)?;
    }
    Ok(sheet)
}

fn close(book: &Book, sheet: &mut Worksheet, last: u16, end: u32, keys: u16) -> Result<()> {
    sheet.autofilter(HEAD, 0, end, last)?;
    sheet.set_freeze_panes(HEAD + 1, keys)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_print_area(0, 0, end, last)?;
    book.print_setup(sheet, true);
    lock(sheet);
    Ok(())
}

fn one(sheet: &mut Worksheet, look: &Look, pack: &Pack<'_>, columns: &Columns, case: &Sheet<'_>, item: &Row<'_>, row: u32) -> Result<()> {
    let mut most = 1;
    let state = item.state;
    for (col, (role, _, pixels)) in (0_u16..).zip(&columns.0) {
        let words = match role {
            Page => case.name.as_str(),
            CaseNo => &case.key.case_no,
            Office => case.office,
            Stage => case.stage(),
            Id => item.id,
            Title => item.title,
            Fact => &cut(item.fact, *pixels, LINES),
            How => match state {
                State::Must => "必填",
                State::May => "可改",
                State::Off => "—",
            },
            _ => "",
        };
        most = most.max(lines(words, *pixels));
        match role {
            CaseNo | Office | Title => span(sheet, row, col, col, words, look.words(state))?,
            Fact => {
                let format = look.words(state).clone();
                let format = if pack.input.facts == Facts::After { format.set_hidden() } else { format };
                span(sheet, row, col, col, words, &format)?;
            }
            Points => match item.points {
                Some(points) => drop(sheet.write_number_with_format(row, col, points.shown(), look.short(state))?),
                None => drop(sheet.write_blank(row, col, look.short(state))?),
            },
            Off | Level | Decision => {
                let format = if *role == item.mark { look.fill(state) } else { look.fill(State::Off) };
                sheet.write_blank(row, col, format)?;
            }
            Situation | Reason | Pages => drop(sheet.write_blank(row, col, look.write(state))?),
            _ => span(sheet, row, col, col, words, look.short(state))?,
        }
    }
    if let Some(entry) = case.filled.entries.get(item.id) {
        let texts = [(Situation, &entry.situation), (Reason, &entry.reason), (Pages, &entry.pages)];
        for (role, text) in texts {
            filled::words(sheet, row, columns.at(role).unwrap_or_default(), text, look.write(state))?;
        }
        entry.mark(sheet, row, columns.at(item.mark).unwrap_or_default(), look.fill(state))?;
    }
    sheet.set_row_height_pixels(row, (most * 15 + 7).min(545))?;
    Ok(())
}

fn rules(sheet: &mut Worksheet, look: &Look, pack: &Pack<'_>, columns: &Columns, end: u32) -> Result<()> {
    let first = HEAD + 1;
    let mut levels: Vec<String> = Vec::new();
    for level in pack.sheets.iter().flat_map(|s| s.levels) {
        if !levels.contains(level) {
            levels.push(level.clone());
        }
    }
    for (col, (role, ..)) in (0_u16..).zip(&columns.0) {
        let takes = match role {
            Off => input::off(&row_col_to_cell(first, col), &row_col_to_cell(first, columns.at(Points).unwrap_or(col)))?,
            Level => input::level(&levels)?,
            Decision => input::decision()?,
            Situation => input::situation()?,
            Reason => input::hint(form::REASON, "扣了多少、为什么，依据卷内哪一份材料。扣分、不适用、改变机检结论都要写。")?,
            Pages => input::hint(form::PAGES, "卷内页码，例如 12 或 3-5。")?,
            _ => continue,
        };
        sheet.add_data_validation(first, col, end, col, &takes)?;
    }
    let cell = |col: u16| format!("${}{}", column_number_to_name(col), first + 1);
    let mut when = vec![];
    for role in [Off, Level, Decision] {
        let Some(at) = columns.at(role).map(cell) else { continue };
        when.push(match role {
            Off => format!("{at}=\"{}\",N({at})>0", form::NOT_APPLICABLE),
            Level => format!("{at}=\"{}\"", form::NOT_APPLICABLE),
            _ => format!("{at}<>\"\""),
        });
    }
    let blank = columns.marks().into_iter().map(|c| format!("{}=\"\"", cell(c))).collect::<Vec<_>>().join(",");
    if let (Some(reason), Some(how)) = (columns.at(Reason), columns.at(How)) {
        let (at, how) = (cell(reason), cell(how));
        when.push(format!("AND({how}=\"可改\",NOT(AND({blank})))"));
        let rule = format!("=AND(OR({}),LEN(TRIM({at}))=0)", when.join(","));
        let of = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(&look.lacking);
        sheet.add_conditional_format(first, reason, end, reason, &of)?;
    }
    if let Some(fact) = columns.at(Fact).filter(|_| pack.input.facts == Facts::After) {
        let of = ConditionalFormatFormula::new().set_rule(format!("=AND({blank})").as_str()).set_format(&look.unseen);
        sheet.add_conditional_format(first, fact, end, fact, &of)?;
    }
    Ok(())
}

type Place = (u32, u32, Vec<(u32, Role)>);

fn verdicts(book: &mut Book, look: &Look, pack: &Pack<'_>, columns: &Columns, places: &[Place]) -> Result<(Worksheet, Vec<Spot>)> {
    let mut sheet = open(book, look, pack, form::VERDICTS, &VERDICTS)?;
    let elsewhere = |ranges: Vec<String>| ranges.into_iter().map(|r| format!("'{}'!{r}", form::GRID)).collect::<Vec<_>>();
    let formats: [&Format; 9] = [
        look.short(State::May),
        look.words(State::May),
        look.words(State::May),
        look.write(State::May),
        look.write(State::May),
        look.write(State::May),
        look.fill(State::Must),
        look.owed(),
        look.day(),
    ];
    let mut spots = Vec::new();
    for ((row, case), (first, next, must)) in (HEAD + 1..).zip(&pack.sheets).zip(places) {
        let words = [case.name.as_str(), &*case.key.case_no, case.office, "", "", "", "", "", ""];
        for ((col, word), format) in (0_u16..).zip(words).zip(formats) {
            span(&mut sheet, row, col, col, word, format)?;
        }
        for ((col, text), format) in (3_u16..).zip(&case.filled.verdict).zip(formats.iter().skip(3)) {
            if col == 8 {
                filled::day(&mut sheet, row, col, text, format)?;
            } else {
                filled::words(&mut sheet, row, col, text, format)?;
            }
        }
        let high = lines(&case.key.case_no, 130).max(lines(case.office, 110)).max(2);
        sheet.set_row_height_pixels(row, high * 15 + 7)?;
        let of = |role: Role| columns.at(role).map(|col| ranges(&runs(must.iter().filter(|m| m.1 == role).map(|m| m.0)), col));
        let needed = elsewhere([Off, Level, Decision].into_iter().filter_map(of).flatten().collect());
        let all = columns.marks().into_iter().filter(|_| next > first).flat_map(|col| ranges(&[(*first, next - 1)], col));
        let signed: [String; 3] = std::array::from_fn(|i| row_col_to_cell(row, 6 + u16::try_from(i).unwrap_or(0)));
        let state =
            input::state(&needed, must.len(), &elsewhere(all.collect()), if case.part == Part::Whole { &signed } else { &signed[1..] });
        sheet.write_formula_with_format(row, 9, Formula::new(state).set_result(case.filled.state()), &look.centre)?;
        let link = if next > first {
            format!("internal:'{}'!A{}", form::GRID, first + 1)
        } else {
            format!("internal:'{}'!A{}", form::VERDICTS, row + 1)
        };
        let quoted = |col: u16| format!("'{}'!{}", form::VERDICTS, row_col_to_cell(row, col));
        spots.push(Spot { link, state: quoted(9), grade: quoted(6) });
    }
    let first = HEAD + 1;
    let end = HEAD + u32::try_from(pack.sheets.len().max(1)).unwrap_or(1);
    let mut grades: Vec<&str> = Vec::new();
    for grade in pack.sheets.iter().filter_map(|s| s.rubric).flat_map(|r| &r.grades) {
        if !grades.contains(&grade.title.as_str()) {
            grades.push(&grade.title);
        }
    }
    let takes = [
        input::one_of(&grades, form::GRADE, "从列表中选；与编号、日期一并填写才算确认。")?,
        input::signed(pack.code)?,
        input::day(form::ON)?,
    ];
    for (col, takes) in (6_u16..).zip(&takes) {
        sheet.add_data_validation(first, col, end, col, takes)?;
    }
    close(book, &mut sheet, 9, end, 2)?;
    Ok((sheet, spots))
}
