//! What stands above each column: a header of one row, or of up to three where an upper one (当事人) spans lower ones (姓名, 电话).
//! Must not read values below the header, or give a person's column to somebody else.

use std::collections::BTreeMap;

use super::row::{Kind, Row};
use super::words::{Meaning, Words, bare, plain};
use crate::model::vocabulary::FieldId;

/// Most rows that a header has.
pub const DEEPEST: usize = 3;

/// What stands above one column.
#[derive(Debug, Clone)]
pub struct Label {
    /// Column.
    pub col: u16,
    /// As written, upper words first.
    pub shown: String,
    /// What it means.
    pub meaning: Meaning,
}

/// Words that name a person or thing by the word above them.
const NAMES: &[&str] = &["姓名", "名称", "名字"];

/// Words that are about whoever stands above them; they mean the recipient only where nobody else does.
const OF_SOMEBODY: &[&str] = &[
    "姓名",
    "名称",
    "性别",
    "年龄",
    "民族",
    "国籍",
    "学历",
    "文化程度",
    "电话",
    "联系电话",
    "联系方式",
    "手机",
    "手机号",
    "手机号码",
    "证件类型",
    "证件种类",
    "证件号",
    "证件号码",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "居民身份证号",
    "居民身份证号码",
    "出生日期",
    "出生年月日",
    "地址",
    "住址",
    "住所",
    "住所地",
    "现住址",
    "家庭住址",
    "联系地址",
    "经常居住地",
    "户籍地",
    "户籍所在地",
    "户籍地址",
    "工作单位",
    "人员类别",
    "类型",
    "状态",
    "来源",
    "阶段",
    "机构",
    "机构名称",
    "说明",
    "满意度",
    "罪名",
    "律师",
];

/// Upper words that speak of the case itself, so that the word below means what it means alone.
const NEUTRAL: &[&str] =
    &["", "案件", "基本", "案件基本", "登记", "个人", "人员", "人员基本", "主要", "其他", "受理", "办理", "结案", "审批"];

/// The text of one row above each column.
type Line = BTreeMap<u16, String>;

/// A header in the making: its rows in one spelling, each upper text over all its columns.
struct Block<'a> {
    lines: Vec<Line>,
    shown: Vec<BTreeMap<u16, &'a str>>,
}

/// Labels of the columns when these rows, the last of them fully, are the header. `case_no` is the field 案号, `subject` the one that 姓名
/// alone means. `None` when the rows cannot be one header.
pub fn labels(rows: &[Row], words: &Words, case_no: FieldId, subject: Option<FieldId>) -> Option<Vec<Label>> {
    let block = Block::new(rows);
    let upper = rows.len() - 1;
    if (0..upper).any(|i| !block.is_upper(i, words)) || rows.iter().skip(1).any(|r| r.cells().any(|c| !matches!(c.kind, Kind::Text))) {
        return None;
    }
    let columns: Vec<u16> =
        block.lines.iter().flat_map(|l| l.keys().copied()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let stacks: Vec<Vec<&str>> = columns.iter().map(|c| block.stack(*c)).collect();
    let alone = |stack: &[&str]| stack.last().map_or(Meaning::Nothing, |w| words.meaning(w));
    let is_case = |m: Meaning| m == Meaning::One(super::words::Claim::Field(case_no));
    // Whatever spans the case number speaks of the whole table.
    let home: Vec<&str> = stacks.iter().filter(|s| is_case(alone(s))).flat_map(|s| s[..s.len() - 1].iter().copied()).collect();
    let foreign = |word: &str| {
        let core = core(word);
        let one = |w: &str| matches!(words.meaning(w), Meaning::One(super::words::Claim::Field(id)) if Some(id) == subject);
        !(NEUTRAL.contains(&core) || home.contains(&word) || one(core) || one(word))
    };
    let labels = columns.iter().zip(&stacks).map(|(col, stack)| Label {
        col: *col,
        shown: block.written(*col),
        meaning: meaning(stack, words, &foreign),
    });
    Some(labels.collect())
}

/// What a column means whose texts are these, from top to bottom.
fn meaning(stack: &[&str], words: &Words, foreign: &dyn Fn(&str) -> bool) -> Meaning {
    let Some((lower, uppers)) = stack.split_last() else { return Meaning::Nothing };
    if uppers.is_empty() {
        return words.meaning(lower);
    }
    let mut whole: Vec<String> = uppers.iter().rev().map(|u| format!("{u}{lower}")).collect();
    if uppers.len() > 1 {
        whole.insert(0, format!("{}{lower}", uppers.concat()));
    }
    let found = |m: &Meaning| *m != Meaning::Nothing;
    let declared = whole.iter().map(String::as_str).chain([*lower]).map(|w| words.declared(w)).find(found);
    let joined = || {
        let cores = uppers.iter().rev().map(|u| format!("{}{lower}", core(u)));
        whole.iter().map(|w| words.meaning(w)).find(found).or_else(|| cores.map(|w| words.meaning(&w)).find(found))
    };
    let named = || {
        let nearest = uppers.last().filter(|_| NAMES.contains(&bare(lower)))?;
        [words.meaning(nearest), words.meaning(core(nearest))].into_iter().find(found)
    };
    let alone = || (!(OF_SOMEBODY.contains(&bare(lower)) && uppers.iter().any(|u| foreign(u)))).then(|| words.meaning(lower)).filter(found);
    let unit = || uppers.last().filter(|_| is_note(lower)).map(|u| words.meaning(u));
    declared.or_else(joined).or_else(named).or_else(alone).or_else(unit).unwrap_or(Meaning::Nothing)
}

/// Whether a text heads a part of a form rather than being a label of it: 一、重点人群, (二)服务网络.
pub fn is_heading(text: &str) -> bool {
    let word = plain(text);
    let rest = word.trim_start_matches(['(', '第']).trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    rest.len() < word.len() && rest.starts_with(['、', ')', '部', '.'])
}

/// An upper word without what only says that it is one: 承办人员基本信息 is 承办人员.
fn core(word: &str) -> &str {
    let mut core = bare(word);
    for end in ["信息", "情况", "资料", "基本", "一览", "栏"] {
        core = core.strip_suffix(end).unwrap_or(core);
    }
    // 基本信息: the loop met 信息 before 基本, so one pass is enough.
    core
}

/// A lower word that only says how the upper one is to be filled in.
fn is_note(word: &str) -> bool {
    (word.starts_with('(') && word.ends_with(')')) || matches!(word, "元" | "万元" | "年月日" | "日期" | "人" | "件" | "天" | "页")
}

/// Whether the last row adds nothing to those above it but notes and units.
pub fn only_notes(rows: &[Row]) -> bool {
    let block = Block::new(rows);
    let Some((last, above)) = block.lines.split_last() else { return false };
    last.iter().all(|(col, word)| is_note(word) || above.iter().any(|line| line.get(col) == Some(word)))
}

impl<'a> Block<'a> {
    fn new(rows: &'a [Row]) -> Self {
        let line = |row: &Row| row.cells().map(|c| (c.col, plain(c.text))).filter(|(_, w)| !w.is_empty()).collect::<Line>();
        let mut block = Self {
            lines: rows.iter().map(line).collect(),
            shown: rows.iter().map(|row| row.cells().map(|c| (c.col, c.text)).collect()).collect(),
        };
        // From below, for what a row spans is seen in the row under it. A merge that the file tells of is filled in already.
        for at in (0..block.lines.len().saturating_sub(1)).rev() {
            let (upper, lower) = block.lines.split_at_mut(at + 1);
            let (Some(line), Some(below)) = (upper.last_mut(), lower.first()) else { continue };
            let starts: Vec<(u16, String)> = line.iter().map(|(c, w)| (*c, w.clone())).collect();
            let last = below.keys().next_back().copied().unwrap_or(0);
            for (i, (col, word)) in starts.iter().enumerate() {
                if below.get(col).is_none_or(|w| w == word) {
                    continue;
                }
                let end = starts.get(i + 1).map_or(last, |(next, _)| next.saturating_sub(1));
                let shown = block.shown[at].get(col).copied();
                for over in (col + 1)..=end {
                    if !below.contains_key(&over) {
                        break;
                    }
                    line.insert(over, word.clone());
                    if let Some(shown) = shown {
                        block.shown[at].insert(over, shown);
                    }
                }
            }
        }
        block
    }

    /// The texts above a column, each once.
    fn stack(&self, col: u16) -> Vec<&str> {
        let mut stack: Vec<&str> = self.lines.iter().filter_map(|l| l.get(&col).map(String::as_str)).collect();
        stack.dedup();
        stack
    }

    /// The same as written.
    fn written(&self, col: u16) -> String {
        let mut parts: Vec<&str> = self.shown.iter().filter_map(|l| l.get(&col).copied()).collect();
        parts.dedup_by(|a, b| plain(a) == plain(b));
        parts.join(" ")
    }

    /// Whether an upper row is part of a header rather than a title above it: one of its words heads a column by itself, or
    /// makes a known one together with the word below it, or is of the kind that stands above others.
    fn is_upper(&self, at: usize, words: &Words) -> bool {
        let Some(below) = self.lines.get(at + 1) else { return false };
        let known = |word: &str| words.meaning(word) != Meaning::Nothing;
        let group = |word: &str| word.chars().count() <= 10 && (NEUTRAL.contains(&core(word)) || known(core(word)));
        let distinct: std::collections::BTreeSet<&String> = self.lines[at].values().collect();
        let one = |(col, word): (&u16, &String)| {
            known(word)
                || (distinct.len() > 1 && group(word))
                || below.get(col).is_some_and(|w| w != word && known(&format!("{}{w}", core(word))))
        };
        self.lines[at].iter().any(one)
    }
}
