//! Rows that are there for the printed page and are no cases: repeated titles and headers, totals, notes, signatures, page numbers.
//! Must not set aside a row that may be a case: in doubt it is one.

use super::row::Row;
use super::table::{Role, Table};
use super::words::{Claim, Meaning, Words, plain};

/// Whether a row is one. `number` is what stands in the column of the case number.
pub fn is_aside(row: &Row, number: &str, table: &Table, words: &Words) -> bool {
    let Some(first) = row.cells().next() else { return true };
    if repeats_head(row, table) || is_banner(row) || numbers_columns(row) {
        return true;
    }
    let digits = number.bytes().any(|b| b.is_ascii_digit());
    // Nearly every case row: a running number or a letter first, a number with digits.
    let usual = first.text.bytes().all(|b| b.is_ascii_alphanumeric()) || (first.col == table.case_no && !may_be_words(first.text));
    if digits && usual {
        return false;
    }
    let word = plain(first.text);
    let unnumbered = number.is_empty() || first.col == table.case_no;
    if is_total(&word) || is_total(&plain(number)) || (unnumbered && (is_note(&word) || is_page(&word))) {
        return true;
    }
    !digits && (claims(words, number, case_no(table)) || (number.is_empty() && is_like_header(row, table, words)))
}

fn case_no(table: &Table) -> Option<Claim> {
    match table.roles.get(usize::from(table.case_no)) {
        Some(Role::Field(id)) => Some(Claim::Field(*id)),
        _ => None,
    }
}

fn claims(words: &Words, text: &str, claim: Option<Claim>) -> bool {
    !text.is_empty() && claim.is_some_and(|c| words.meaning(&plain(text)) == Meaning::One(c))
}

/// A title or a row of the header, word for word as above the table.
pub fn repeats_head(row: &Row, table: &Table) -> bool {
    let Some(first) = row.cells().next() else { return false };
    table.heads.iter().any(|head| {
        let begins = head.first().is_some_and(|(col, text)| *col == first.col && **text == *first.text);
        begins && row.cells().all(|c| head.iter().any(|(col, text)| *col == c.col && **text == *c.text))
    })
}

/// A row without a number whose every word is a header of its column, perhaps spaced otherwise than above.
fn is_like_header(row: &Row, table: &Table, words: &Words) -> bool {
    row.cells().all(|c| {
        let own: Option<Claim> = match table.roles.get(usize::from(c.col)) {
            Some(Role::Field(id) | Role::Second(id)) => Some(Claim::Field(*id)),
            Some(Role::Document(id)) => Some(Claim::Document(*id)),
            _ => None,
        };
        claims(words, c.text, own) || stands_above(table, c.col, c.text)
    })
}

/// Whether a row that is no case is the header of another table, whose columns stand in another order: two words at least stand above
/// columns that mean something else.
pub fn is_other_head(row: &Row, table: &Table, words: &Words) -> bool {
    let claim = |role: &Role| match role {
        Role::Field(id) | Role::Second(id) => Some(Claim::Field(*id)),
        Role::Document(id) => Some(Claim::Document(*id)),
        _ => None,
    };
    let moved = row.cells().filter(|c| {
        let Meaning::One(here) = words.meaning(&plain(c.text)) else { return false };
        let own = table.roles.get(usize::from(c.col)).and_then(claim);
        own != Some(here) && table.roles.iter().any(|r| claim(r) == Some(here)) && !stands_above(table, c.col, c.text)
    });
    moved.count() > 1
}

fn stands_above(table: &Table, col: u16, text: &str) -> bool {
    let word = plain(text);
    table.heads.iter().flatten().any(|(c, text)| *c == col && plain(text) == word)
}

/// One text merged over several columns: the heading of a part of the table (一、民事案件). Equal words that were typed are none.
fn is_banner(row: &Row) -> bool {
    let mut cells = row.cells();
    let Some(first) = cells.next() else { return false };
    let home = Some((row.number, first.col));
    row.cells().count() > 1 && cells.all(|c| c.merged == home)
}

/// A row `1 2 3 4 …` under the header, which numbers the columns.
fn numbers_columns(row: &Row) -> bool {
    let mut expected = 1_u32;
    for cell in row.cells() {
        if expected == 1 && matches!(cell.text, "甲" | "乙" | "丙") {
            continue;
        }
        if cell.text.parse() != Ok(expected) {
            return false;
        }
        expected += 1;
    }
    expected > 4
}

/// First characters of every word below: others need no closer look.
fn may_be_words(text: &str) -> bool {
    text.starts_with(|c: char| "合小总共累本注备说填制编审复主负经统打单第联全年月一二三四上下-—－*★※".contains(c) || c.is_whitespace())
}

const TOTALS: &[&str] = &["合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "本月合计"];

fn is_total(word: &str) -> bool {
    let after = |rest: &str| rest.starts_with([':', '(', '共']) || rest.starts_with(|c: char| c.is_ascii_digit());
    let begins = TOTALS.iter().any(|t| word == *t || word.strip_prefix(t).is_some_and(after));
    // 民事小计, 1月合计, 上半年累计: short, or it is a sentence.
    let ends = word.chars().count() <= 8 && TOTALS.iter().any(|t| word.ends_with(t));
    begins || ends
}

/// `注：…`, `制表人：张某 审核：李某`, `填报日期：2024年12月31日`.
fn is_note(word: &str) -> bool {
    const BEGIN: &[&str] = &["注:", "备注:", "说明:", "制表", "填表", "填报", "编制", "审核人", "单位:", "打印时间", "打印日期", "打印人"];
    const SIGN: &[&str] = &[
        "审核",
        "复核",
        "审批",
        "审批人",
        "负责人",
        "单位负责人",
        "主管",
        "主管领导",
        "经办人",
        "统计人",
        "统计",
        "联系人",
        "联系电话",
        "日期",
        "单位",
        "报送单位",
        "单位(盖章)",
        "注1",
        "注意",
    ];
    BEGIN.iter().any(|b| word.starts_with(b)) || word.split_once(':').is_some_and(|(head, _)| SIGN.contains(&head))
}

/// `第3页共9页`, `第3页/共9页`, `3/9`, `-3-`, `page3of9`.
fn is_page(word: &str) -> bool {
    let has_digit = word.bytes().any(|b| b.is_ascii_digit());
    let chinese = word.contains('页') && word.chars().all(|c| c.is_ascii_digit() || "第页共,，/总-—".contains(c));
    let dashes =
        word.len() > 2 && word.starts_with('-') && word.ends_with('-') && word.trim_matches('-').bytes().all(|b| b.is_ascii_digit());
    let english = word.strip_prefix("page").is_some_and(|r| r.chars().all(|c| c.is_ascii_digit() || "of/".contains(c)));
    has_digit && (chinese || dashes || english)
}
