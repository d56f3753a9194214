//! Finds the header of a sheet and gives every column its role. Must not read values below the header, but to tell
//! the name of a paper from that of its number (身份证).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::header::{self, DEEPEST, Label};
use super::office::Unclaimed;
use super::row::Row;
use super::words::{Claim, Meaning, Words, plain};
use crate::base::place::column_letters;
use crate::model::known;
use crate::model::vocabulary::{DocumentId, FieldId, Vocabulary};

/// How many rows at the top may come before the header is over.
pub const HEAD: usize = 20;

/// Unclaimed columns that are compared with every title; a table with more is none that a person would mend by these words.
const CLOSEST: usize = 200;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A field.
    Field(FieldId),
    /// A second column for a field that another column already has.
    Second(FieldId),
    /// A checklist column.
    Document(DocumentId),
    /// A reviewer's mark for a criterion.
    Mark(Arc<str>),
    /// A reviewer's reason for a criterion.
    Reason(Arc<str>),
    /// Nobody's.
    Nothing,
    /// Not used, as `[columns]` says.
    Unused,
    /// Without a header.
    Bare,
}

/// A register with its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// Index of the last row of the header among the rows looked at.
    pub header: usize,
    /// Role by column.
    pub roles: Vec<Role>,
    /// Column of the case number.
    pub case_no: u16,
    /// Column of the office.
    pub office: Option<u16>,
    /// Columns nobody claims.
    pub unclaimed: Vec<Unclaimed>,
    /// Fields with two columns: field, first and second column.
    pub doubled: Vec<(FieldId, u16, u16)>,
    /// Headers that the vocabulary gives to two: header, column and both.
    pub disputed: Vec<(String, u16, Claim, Claim)>,
    /// The titles and the header as written, for finding them again on later pages.
    pub heads: Vec<Vec<(u16, Box<str>)>>,
    /// Columns of numbers whose header says 万元.
    pub ten_thousands: Vec<u16>,
    /// Row numbers above the header that are more than a title.
    pub above: Vec<u32>,
}

/// A score sheet with its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreTable {
    /// Index of the header among the rows looked at.
    pub header: usize,
    /// 案号
    pub case_no: u16,
    /// 指标编号
    pub criterion: u16,
    /// 得分
    pub given: u16,
    /// 评估专家
    pub reviewer: Option<u16>,
    /// 理由
    pub reason: Option<u16>,
    /// 诉讼阶段
    pub stage: Option<u16>,
    /// 机构
    pub office: Option<u16>,
}

/// What a sheet is.
#[derive(Debug, Clone)]
pub enum Found {
    /// A register.
    Register(Box<Table>),
    /// A score sheet.
    Scores(ScoreTable),
    /// A score sheet, but without the column 案号 or 得分: the index of its header and what is missing.
    HalfScores(usize, &'static str),
    /// Looks like a register, but no column is the case number: how many columns were recognised.
    NoCaseNo(usize),
    /// No register.
    Nothing,
}

const CRITERION: &[&str] = &["指标编号", "指标", "指标号", "评估指标", "评估指标编号", "criterion"];
const GIVEN: &[&str] = &["得分", "评分", "分数", "等级", "评定等级", "评价", "score"];
const REVIEWER: &[&str] = &["评估专家", "评查员", "评估人", "评查人", "专家", "评分人", "reviewer"];
const REASON: &[&str] = &["理由", "扣分理由", "扣分原因", "评分理由", "评语", "意见", "reason"];

/// Looks at the first rows of a sheet. `marks` are the criteria that a person decides.
pub fn find(rows: &[Row], words: &Words, vocabulary: &Vocabulary, marks: &BTreeSet<String>) -> Found {
    let case_no = vocabulary.field_id(known::CASE_NO);
    let rows = &rows[..rows.len().min(HEAD)];
    let mut without = 0;
    for (i, row) in rows.iter().enumerate() {
        if let Some(scores) = scores(i, row, words, vocabulary) {
            return Found::Scores(scores);
        }
        if let Some(missing) = missing_in_scores(row, words, case_no) {
            return Found::HalfScores(i, missing);
        }
        let claims: BTreeSet<Claim> = row.cells().filter_map(|c| words.claim(c.text)).collect();
        without = without.max(claims.len());
    }
    match case_no.and_then(|case_no| Some((case_no, best(rows, words, case_no, &|claims| claims.contains(&Claim::Field(case_no)))?))) {
        Some((case_no, head)) => Found::Register(Box::new(register(rows, head, words, vocabulary, marks, case_no))),
        None if without >= 2 => Found::NoCaseNo(without),
        None => Found::Nothing,
    }
}

/// The table about offices that the first rows of a sheet begin, of which `anchor` is the field 机构, when its header claims `enough`.
/// Its column of the case number is that of the office, or none.
pub fn about(
    rows: &[Row],
    words: &Words,
    vocabulary: &Vocabulary,
    marks: &BTreeSet<String>,
    anchor: FieldId,
    enough: &dyn Fn(&BTreeSet<Claim>) -> bool,
) -> Option<Table> {
    let rows = &rows[..rows.len().min(HEAD)];
    let head = best(rows, words, anchor, enough)?;
    let table = register(rows, head, words, vocabulary, marks, anchor);
    // What stands above is a title or says who filled it in.
    Some(Table { case_no: table.office.unwrap_or(u16::MAX), above: Vec::new(), ..table })
}

/// The rows of a header, with the labels of its columns.
struct Head {
    first: usize,
    last: usize,
    claimed: usize,
    labels: Vec<Label>,
}

/// The header that claims most fields and documents, the case number among them. For each last row the deepest header counts, so that no
/// word is read without the one above it.
fn best(rows: &[Row], words: &Words, case_no: FieldId, enough: &dyn Fn(&BTreeSet<Claim>) -> bool) -> Option<Head> {
    let subject = words.field("姓名");
    let mut best: Option<Head> = None;
    for last in 0..rows.len() {
        let deepest = (last + 1).min(DEEPEST);
        let heads = (0..deepest).rev().filter_map(|above| {
            let labels = header::labels(&rows[last - above..=last], words, case_no, subject)?;
            let claims: BTreeSet<Claim> = labels.iter().filter_map(|l| one(l.meaning)).collect();
            enough(&claims).then_some(Head { first: last - above, last, claimed: claims.len(), labels })
        });
        for head in heads.take(1) {
            let better = best.as_ref().is_none_or(|b| {
                let notes = head.claimed == b.claimed && head.first <= b.first && header::only_notes(&rows[head.first..=head.last]);
                head.claimed > b.claimed || notes
            });
            if better {
                best = Some(head);
            }
        }
    }
    best
}

fn one(meaning: Meaning) -> Option<Claim> {
    match meaning {
        Meaning::One(claim) => Some(claim),
        _ => None,
    }
}

/// What a score sheet lacks: it names criteria and either cases or marks, not both.
fn missing_in_scores(row: &Row, words: &Words, case_no: Option<FieldId>) -> Option<&'static str> {
    let has = |names: &[&str]| row.cells().any(|c| names.contains(&plain(c.text).as_str()));
    let cases = row.cells().any(|c| case_no.is_some() && words.field(c.text) == case_no);
    // A bare 指标 may stand in any register.
    match (has(&["指标编号", "评估指标编号", "criterion"]), cases, has(GIVEN)) {
        (true, true, false) => Some("得分"),
        (true, false, true) => Some("案号"),
        _ => None,
    }
}

fn scores(header: usize, row: &Row, words: &Words, vocabulary: &Vocabulary) -> Option<ScoreTable> {
    let column = |names: &[&str]| row.cells().find(|c| names.contains(&plain(c.text).as_str())).map(|c| c.col);
    let claimed = |id: &str| {
        let id = vocabulary.field_id(id)?;
        row.cells().find(|c| words.field(c.text) == Some(id)).map(|c| c.col)
    };
    Some(ScoreTable {
        header,
        case_no: claimed(known::CASE_NO)?,
        criterion: column(CRITERION)?,
        given: column(GIVEN)?,
        reviewer: column(REVIEWER),
        reason: column(REASON),
        stage: claimed(known::STAGE),
        office: claimed(known::OFFICE),
    })
}

fn register(rows: &[Row], head: Head, words: &Words, vocabulary: &Vocabulary, marks: &BTreeSet<String>, case_no: FieldId) -> Table {
    let office_field = vocabulary.field_id(known::OFFICE);
    let width = head.labels.iter().map(|l| usize::from(l.col) + 1).max().unwrap_or(0);
    let mut table = Table {
        header: head.last,
        roles: vec![Role::Bare; width],
        case_no: 0,
        office: None,
        unclaimed: Vec::new(),
        doubled: Vec::new(),
        disputed: Vec::new(),
        heads: rows[..=head.last].iter().map(|r| r.cells().map(|c| (c.col, c.text.into())).collect()).collect(),
        ten_thousands: head.labels.iter().filter(|l| l.shown.contains("万元")).map(|l| l.col).collect(),
        above: rows[..head.first].iter().filter(|r| is_lost(r)).map(|r| r.number).collect(),
    };
    let mut first: BTreeMap<FieldId, u16> = BTreeMap::new();
    for label in &head.labels {
        let role = match settled(label, &rows[head.last + 1..], words) {
            Meaning::One(Claim::Field(id)) => {
                if let Some(earlier) = first.get(&id) {
                    table.doubled.push((id, *earlier, label.col));
                    Role::Second(id)
                } else {
                    first.insert(id, label.col);
                    Role::Field(id)
                }
            }
            Meaning::One(Claim::Document(id)) => Role::Document(id),
            Meaning::Unused => Role::Unused,
            Meaning::Two(a, b) => {
                table.disputed.push((label.shown.clone(), label.col, a, b));
                Role::Nothing
            }
            Meaning::Nothing => mark_column(&label.shown, marks).unwrap_or(Role::Nothing),
        };
        if role == Role::Nothing {
            let near = label.meaning == Meaning::Nothing && table.unclaimed.len() < CLOSEST;
            table.unclaimed.push(Unclaimed {
                header: label.shown.clone(),
                column: column_letters(label.col),
                closest: if near { words.closest(&label.shown) } else { None },
            });
        }
        if let Some(slot) = table.roles.get_mut(usize::from(label.col)) {
            *slot = role;
        }
    }
    table.case_no = first.get(&case_no).copied().unwrap_or(0);
    table.office = office_field.and_then(|id| first.get(&id).copied());
    table
}

/// What a column means whose header may name a paper or its number: its first cells tell. One without any is a checklist column.
fn settled(label: &Label, below: &[Row], words: &Words) -> Meaning {
    let Meaning::One(Claim::Document(document)) = label.meaning else { return label.meaning };
    let Some(field) = words.number_of(&label.shown) else { return label.meaning };
    let cells = || below.iter().map(|row| row.text_at(label.col)).filter(|text| !super::checklist::is_blank(text));
    let number = |text: &str| text.chars().count() >= NUMBER || (text.contains(['E', 'e']) && text.contains('+'));
    match (cells().all(|text| super::checklist::tick(text).is_some()), cells().all(number)) {
        (true, _) => label.meaning,
        (false, true) => Meaning::One(Claim::Field(field)),
        (false, false) => Meaning::Two(Claim::Field(field), Claim::Document(document)),
    }
}

/// Characters of a text that is a number or a name rather than a tick.
const NUMBER: usize = 10;

/// Whether a row above the header is more than a title: it may be a case that nobody reads.
fn is_lost(row: &Row) -> bool {
    row.cells().map(|c| c.text).collect::<BTreeSet<_>>().len() > 3
}

/// `C01`, `C01 会见笔录内容`, `C01得分` are marks for C01, `C01扣分理由` is the reason; `C011` and `C01a` are neither.
fn mark_column(header: &str, marks: &BTreeSet<String>) -> Option<Role> {
    let word = plain(header);
    let id = criterion_at_start(&word, marks)?;
    let reason = ["理由", "原因", "评语", "说明", "意见"].iter().any(|end| word.ends_with(end)) && word.len() > id.len();
    Some(if reason { Role::Reason(id.into()) } else { Role::Mark(id.into()) })
}

/// The longest criterion id that the text begins with, not followed by more of an id.
pub fn criterion_at_start<'a>(text: &str, marks: &'a BTreeSet<String>) -> Option<&'a str> {
    let word = plain(text);
    let begins = |id: &&String| {
        let id = plain(id);
        word.strip_prefix(id.as_str()).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    };
    marks.iter().filter(begins).max_by_key(|id| id.len()).map(String::as_str)
}
