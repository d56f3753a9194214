//! Problems of the intake in words. Must not decide what is a problem.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dossier::Given;
use super::join::Draft;
use super::marks::Scored;
use super::office::OfficeIntake;
use super::rows::Aside;
use super::table::Table;
use super::words::Claim;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::known;
use crate::model::mark::Mark;
use crate::model::value::Entry;
use crate::model::vocabulary::Vocabulary;
use crate::say;

/// Characters of the longest cell that a message repeats.
const LONGEST_SHOWN: usize = 60;

/// Rows and cells that were set aside in a register sheet.
pub fn rows(origin: &Arc<Origin>, aside: &Aside) -> Vec<Problem> {
    let place = Place::at(origin, At::Whole);
    let mut problems = Vec::new();
    let n = aside.numberless.len();
    let said = say!("{place} 有 {n} 行没有案号，暂按内容编号", "{place}: {n} rows without a case number, identified by their content");
    problems.extend(Problem::several("P011", said, aside.numberless.clone()));
    let n = aside.scraps.len();
    let said = say!(
        "{place} 有 {n} 行没有案号，只有姓名一类的一两格，没有作为案件；如属上一案，请补填案号",
        "{place}: {n} rows without a case number hold a name and little else and are no cases; write the number of the case they belong to"
    );
    problems.extend(Problem::several("P011", said, aside.scraps.clone()));
    let n = aside.damaged.len();
    let said = say!(
        "{place} 有 {n} 行的案号被表格软件改成了日期、小数或公式错误，不能使用，暂按内容编号",
        "{place}: {n} case numbers were turned into a day, a fraction or an error; the rows are identified by their content"
    );
    problems.extend(Problem::several("P065", said, aside.damaged.clone()));
    let n = aside.dittos.len();
    let said = say!(
        "{place} 有 {n} 行的案号写作“同上”一类，没有并入上一案，暂按内容编号；“同上”请写全案号",
        "{place}: {n} rows only say that their number is the one above; they were not joined with it: write the whole number"
    );
    problems.extend(Problem::several("P011", said, aside.dittos.clone()));
    let n = aside.ranges.len();
    let said = say!(
        "{place} 有 {n} 行的案号像是几个案件的（如 12-14号），按一案读取",
        "{place}: {n} case numbers look like a range of several cases; each row was read as one case"
    );
    problems.extend(Problem::several("P067", said, aside.ranges.clone()));
    let n = aside.unclear_ticks.len();
    if let Some((col, header, text)) = &aside.unclear_first {
        let letters = crate::base::place::column_letters(*col);
        // A text cut short would no longer be known for a person's.
        let long = text.chars().count() > LONGEST_SHOWN;
        let (zh, en) = if long { ("很长的文字", "a long text") } else { (text.as_str(), text.as_str()) };
        let said = say!(
            "{place} 的材料列有 {n} 格看不懂，第一个在 {letters} 列“{header}”，写的是“{zh}”，应填 有、无、不适用 或份数",
            "{place}: {n} checklist cells not understood, the first in column {letters} {header:?}: {en:?}; write 有, 无, 不适用 or a count"
        );
        problems.extend(Problem::several("P016", said, aside.unclear_ticks.clone()));
    }
    let n = aside.bad_marks.len();
    let said =
        say!("{place} 有 {n} 个评分不是数字或等级，按未评处理", "{place}: {n} marks are neither numbers nor levels and count as not given");
    problems.extend(Problem::several("P041", said, aside.bad_marks.clone()));
    let n = aside.under_other_head.len();
    let said = say!(
        "{place} 中间另有一个表头，列的顺序与上面不同，其下 {n} 行没有读取；请把这些行另放一张工作表，或按上面的列重排",
        "{place}: {n} rows stand below another header whose columns are in another order and were not read; move them to a sheet of their own"
    );
    problems.extend(Problem::several("P010", said, aside.under_other_head.clone()));
    let n = aside.headless.len();
    let said = say!(
        "{place} 有 {n} 格所在的列没有表头，没有使用；如是同一行被拆开或几行并成一行，请在表格软件中核对",
        "{place}: {n} cells stand in columns without a header and were not used; check whether a row was split or rows ran together"
    );
    problems.extend(Problem::several("P012", said, aside.headless.clone()));
    problems
}

/// Totals, repeated headers and notes, told once for all sheets.
pub fn not_cases(places: Vec<Place>) -> Option<Problem> {
    let n = places.len();
    let said =
        say!("有 {n} 行是合计、重复表头、附注或页码，未作案件", "{n} rows are totals, repeated headers, notes or page numbers, not cases");
    Problem::several("P014", said, places)
}

/// Columns of a register sheet that nobody or two claim.
pub fn columns(origin: &Arc<Origin>, table: &Table, vocabulary: &Vocabulary) -> Vec<Problem> {
    let place = Place::at(origin, At::Whole);
    let mut problems = Vec::new();
    for (field, first, second) in &table.doubled {
        let title = &vocabulary.field(*field).title;
        let (a, b) = (crate::base::place::column_letters(*first), crate::base::place::column_letters(*second));
        let said = say!("{place} 的 {a} 列和 {b} 列都对应“{title}”", "{place}: columns {a} and {b} both stand for {title}");
        problems.push(Problem::new("P013", said, place.clone()));
    }
    for (header, col, a, b) in &table.disputed {
        let letters = crate::base::place::column_letters(*col);
        let (a, b) = (title(vocabulary, *a), title(vocabulary, *b));
        let said = say!(
            "{place} 的 {letters} 列表头“{header}”对应“{a}”和“{b}”两个，没有使用",
            "{place}: the header {header:?} of column {letters} stands for both {a} and {b}; the column was not used"
        );
        problems.push(Problem::new("P019", said, place.clone()));
    }
    let n = table.above.len();
    let said = say!(
        "{place} 的表头上方有 {n} 行像是案件，没有读取；如是第一页的表头写法不同，请改成一样",
        "{place}: {n} rows above the header look like cases and were not read; write the header of the first page like the others"
    );
    let above = table.above.iter().map(|row| super::register::place(origin, *row, 0)).collect();
    problems.extend(Problem::several("P010", said, above));
    let list: Vec<String> = table
        .unclaimed
        .iter()
        .map(|u| match &u.closest {
            Some(near) => format!("{} 列“{}”（最接近“{near}”）", u.column, u.header),
            None => format!("{} 列“{}”", u.column, u.header),
        })
        .collect();
    if !list.is_empty() {
        let (zh, n) = (list.join("、"), list.len());
        let en: Vec<String> = table.unclaimed.iter().map(|u| format!("{} {:?}", u.column, u.header)).collect();
        let en = en.join(", ");
        let (mut said_zh, mut said_en) = (format!("{place} 有 {n} 列没有认出：{zh}"), format!("{place}: {n} columns not recognised: {en}"));
        let lines: Vec<String> = table.unclaimed.iter().filter_map(line).collect();
        if !lines.is_empty() {
            let lines = lines.join("\n");
            said_zh.push_str(&format!("。确是最接近的那一项的，把这样的行抄到 audit.toml 的 [columns] 下：\n{lines}"));
            said_en.push_str(&format!(". Where the closest title is right, copy its line below [columns] in audit.toml:\n{lines}"));
        }
        problems.push(Problem::new("P012", Text::pair(said_zh, Some(said_en)), place));
    }
    problems
}

/// The line of `[columns]` that gives a header to the closest title.
fn line(column: &super::office::Unclaimed) -> Option<String> {
    let quoted = |text: &str| {
        let kept = text.chars().filter(|c| !c.is_control() && !c.is_whitespace());
        kept.fold(String::new(), |line, c| if matches!(c, '"' | '\\') { format!("{line}\\{c}") } else { format!("{line}{c}") })
    };
    column.closest.as_ref().map(|near| format!("\"{}\" = \"{}\"", quoted(&column.header), quoted(near)))
}

fn title(vocabulary: &Vocabulary, claim: Claim) -> &str {
    match claim {
        Claim::Field(id) => &vocabulary.field(id).title,
        Claim::Document(id) => &vocabulary.document(id).title,
    }
}

/// What was found among dossiers.
pub fn dossiers(given: &Given) -> Vec<Problem> {
    let n = given.unnamed.len();
    let said = say!("有 {n} 个卷内文件没有认出是哪种材料", "{n} files in dossiers are not recognised as documents");
    let unnamed = Problem::several("P022", said, given.unnamed.clone());
    unnamed.into_iter().chain(unknown_dossiers(given.unknown.clone())).chain(strays(given.strays.clone())).collect()
}

/// Dossiers that no register row belongs to.
pub fn unknown_dossiers(places: Vec<Place>) -> Option<Problem> {
    let n = places.len();
    let said =
        say!("有 {n} 个案卷在登记表中找不到对应的案号，没有计入", "{n} dossiers have no case number in any register and were not counted");
    Problem::several("P023", said, places)
}

/// Files that belong to no case.
pub fn strays(places: Vec<Place>) -> Option<Problem> {
    let n = places.len();
    let said = say!("有 {n} 个文件不在任何案卷内，没有使用", "{n} files lie in no dossier and were not used");
    Problem::several("P024", said, places)
}

/// Rows that name offices which nobody declared.
pub fn unknown_offices(unknown: BTreeMap<String, Vec<Place>>) -> Vec<Problem> {
    let one = |(name, places): (String, Vec<Place>)| {
        let n = places.len();
        let said = if name.trim().is_empty() {
            say!("有 {n} 行没有写机构，没有计入", "{n} rows name no office and were not counted")
        } else {
            say!("机构“{name}”不在名单内，它的 {n} 行没有计入", "the office {name:?} is not in the list; its {n} rows were not counted")
        };
        Problem::several("P030", said, places)
    };
    unknown.into_iter().filter_map(one).collect()
}

/// Rows in an office's own register that name another.
pub fn foreign(office: &str, foreign: BTreeMap<String, Vec<Place>>) -> Vec<Problem> {
    let one = |(name, places): (String, Vec<Place>)| {
        let n = places.len();
        let said = say!(
            "{office} 的登记表里有 {n} 行的机构写作“{name}”，没有计入任何机构",
            "in the registers of {office}, {n} rows name the office {name:?}; they were counted for no office"
        );
        Problem::several("P030", said, places)
    };
    foreign.into_iter().filter_map(one).collect()
}

/// A 是否抽中 that says neither yes nor no.
pub fn draw(no: &str, entry: &Entry) -> Problem {
    let raw = &entry.raw;
    let said = say!(
        "{no} 的是否抽中写作“{raw}”，看不懂是抽中还是未抽中，按抽中评查",
        "{no}: {raw:?} does not say whether it was drawn; it is graded as drawn"
    );
    Problem::new("P017", said, entry.place.clone())
}

fn about(line: &Scored, code: &'static str, said: Text) -> Problem {
    Problem::new(code, said, line.place.clone())
}

/// A mark for a case that nobody has.
pub fn no_case(line: &Scored) -> Problem {
    let no = &line.case_no;
    about(
        line,
        "P042",
        say!("评分表中的案号 {no} 不在登记表内，这一分没有使用", "no register has the case {no} of the score sheet; the mark was not used"),
    )
}

/// A mark for a number with several stages.
pub fn which_stage(line: &Scored) -> Problem {
    let no = &line.case_no;
    let said = say!(
        "{no} 有几个阶段的案卷，评分表没有写明诉讼阶段，这一分没有使用",
        "{no} has several stages and the score sheet names none; the mark was not used"
    );
    about(line, "P042", said)
}

/// A mark for a criterion that nobody marks.
pub fn no_criterion(line: &Scored) -> Problem {
    let (no, id) = (&line.case_no, &line.criterion);
    about(
        line,
        "P042",
        say!(
            "{no} 的评分写的指标“{id}”不是人工评分的指标，这一分没有使用",
            "{no}: {id:?} is no criterion for reviewers; the mark was not used"
        ),
    )
}

/// A register row that may belong to several stages.
pub fn row_of_which_stage(draft: &Draft) -> Problem {
    let no = &draft.case_no;
    let said = say!(
        "{no} 有几个阶段的案卷，这一行没有写明案件类型和诉讼阶段，不能归入其中任何一个",
        "{no} has several stages; this row names neither case type nor stage and could be given to none of them"
    );
    Problem::new("P023", said, draft.home.clone())
}

/// A mark that is none.
pub fn no_mark(line: &Scored) -> Problem {
    let (no, id, raw) = (&line.case_no, &line.criterion, &line.raw);
    about(
        line,
        "P041",
        say!("{no} 的 {id} 得分“{raw}”不是数字或等级，按未评处理", "{no}: the mark {raw:?} for {id} is neither a number nor a level"),
    )
}

/// Criteria of a case for which one reviewer, or nobody by name, gave marks that differ. Those of several reviewers are settled later.
pub fn different_marks(draft: &Draft) -> Vec<Problem> {
    let mut by_criterion: BTreeMap<(&str, Option<&str>), Vec<&Mark>> = BTreeMap::new();
    for mark in &draft.marks {
        by_criterion.entry((&mark.criterion, mark.reviewer.as_deref())).or_default().push(mark);
    }
    let differ = by_criterion.into_iter().filter(|(_, marks)| marks.iter().any(|m| m.given != marks[0].given));
    let no = &draft.case_no;
    let one = |((id, _), marks): ((&str, Option<&str>), Vec<&Mark>)| {
        let given: Vec<&str> = marks.iter().map(|m| &*m.raw).collect();
        let given = given.join("、");
        let said = say!(
            "{no} 的 {id} 有不同评分：{given}，确认前按未评处理",
            "{no}: different marks for {id}: {given}; counts as not marked until settled"
        );
        Problem::several("P043", said, marks.iter().map(|m| m.place.clone()).collect())
    };
    differ.filter_map(one).collect()
}

/// Values about the dossier itself that say nothing, which no criterion would tell.
pub fn not_understood(cases: &[Case], vocabulary: &Vocabulary) -> Vec<Problem> {
    let one = |id: &&str| {
        let field = vocabulary.field_id(id)?;
        let all = cases.iter().flat_map(|c| c.all(field).iter().chain(c.overruled.iter().filter(move |e| e.field == field)));
        let wrong: Vec<&Entry> = all.filter(|e| e.value.is_err()).collect();
        let (n, title) = (wrong.len(), &vocabulary.field(field).title);
        let raw = wrong.first()?.raw.as_ref();
        let said = say!("有 {n} 格“{title}”看不懂，如“{raw}”", "{n} cells of {title} are not understood, such as {raw:?}");
        Problem::several("P048", said, wrong.into_iter().map(|e| e.place.clone()).collect())
    };
    [known::EVIDENCE, known::TOTAL_PAGES].iter().filter_map(one).collect()
}

/// An office without cases, or with cases but nothing that tells of papers; `lost` are those whose scans were not found.
pub fn nothing_to_see(intake: &OfficeIntake, lost: Vec<Place>) -> Vec<Problem> {
    let name = &intake.name;
    if intake.cases.is_empty() {
        let place = intake.files.first().map_or_else(|| Place::file("."), |f| Place::file(f.path.as_str()));
        return vec![Problem::new("P031", say!("{name} 没有案件", "{name} has no cases"), place)];
    }
    let n = lost.len();
    let said = say!(
        "{name} 有 {n} 件登记为扫描，但没有找到案卷文件夹，材料不算缺少",
        "{name}: {n} cases are recorded as scanned, but no dossier was found; their papers do not count as missing"
    );
    let lost = Problem::several("P047", said, lost);
    let any = intake.cases.iter().any(|c| !c.documents.is_empty()) || (n > 0 && n == intake.out.iter().filter(|o| o.is_none()).count());
    let said = say!(
        "{name} 既没有扫描件也没有材料列，材料类指标都是待核",
        "{name} has neither scans nor document columns; criteria about papers stay unclear"
    );
    lost.into_iter().chain((!any).then(|| Problem::new("P032", said, intake.cases[0].home.clone()))).collect()
}
