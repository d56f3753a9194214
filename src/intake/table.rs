//! Finds the header of a sheet and gives every column its role. Must not read values below the header.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::office::Unclaimed;
use super::row::Row;
use super::words::{Claim, Words, plain};
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
    /// Without a header.
    Bare,
}

/// A register with its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// Index of the header among the rows looked at.
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
    let (mut best, mut without): (Option<(usize, usize)>, usize) = (None, 0);
    for (i, row) in rows.iter().take(HEAD).enumerate() {
        if let Some(scores) = scores(i, row, words, vocabulary) {
            return Found::Scores(scores);
        }
        if let Some(missing) = missing_in_scores(row, words, case_no) {
            return Found::HalfScores(i, missing);
        }
        let mut fields = BTreeSet::new();
        let mut others = 0;
        for cell in row.cells() {
            match words.claim(cell.text) {
                Some(Claim::Field(id)) => drop(fields.insert(id)),
                Some(Claim::Document(_)) => others += 1,
                None => {}
            }
        }
        let claimed = fields.len() + others;
        if case_no.is_some_and(|id| fields.contains(&id)) {
            if best.is_none_or(|(n, _)| claimed > n) {
                best = Some((claimed, i));
            }
        } else {
            without = without.max(claimed);
        }
    }
    match (best, case_no) {
        (Some((_, header)), Some(case_no)) => Found::Register(Box::new(register(header, &rows[header], words, vocabulary, marks, case_no))),
        _ if without >= 2 => Found::NoCaseNo(without),
        _ => Found::Nothing,
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

fn register(header: usize, row: &Row, words: &Words, vocabulary: &Vocabulary, marks: &BTreeSet<String>, case_no: FieldId) -> Table {
    let office_field = vocabulary.field_id(known::OFFICE);
    let width = row.cells().map(|c| usize::from(c.col) + 1).max().unwrap_or(0);
    let mut table = Table { header, roles: vec![Role::Bare; width], case_no: 0, office: None, unclaimed: Vec::new(), doubled: Vec::new() };
    let mut first: BTreeMap<FieldId, u16> = BTreeMap::new();
    for cell in row.cells() {
        let role = match words.claim(cell.text) {
            Some(Claim::Field(id)) => {
                if let Some(earlier) = first.get(&id) {
                    table.doubled.push((id, *earlier, cell.col));
                    Role::Second(id)
                } else {
                    first.insert(id, cell.col);
                    Role::Field(id)
                }
            }
            Some(Claim::Document(id)) => Role::Document(id),
            None => mark_column(cell.text, marks).unwrap_or(Role::Nothing),
        };
        if role == Role::Nothing {
            table.unclaimed.push(Unclaimed {
                header: cell.text.to_owned(),
                column: column_letters(cell.col),
                closest: if table.unclaimed.len() < CLOSEST { words.closest(cell.text) } else { None },
            });
        }
        if let Some(slot) = table.roles.get_mut(usize::from(cell.col)) {
            *slot = role;
        }
    }
    table.case_no = first.get(&case_no).copied().unwrap_or(0);
    table.office = office_field.and_then(|id| first.get(&id).copied());
    table
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
