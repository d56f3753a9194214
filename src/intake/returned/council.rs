//! The tables 合议记录 (joint decisions) and 申诉登记 (objections), known by their headings wherever they lie. Must not decide what they change.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::civil::Date;

use super::Cell;
use crate::base::form;
use crate::base::place::Place;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::intake::checklist::is_blank;
use crate::intake::office::Asked;
use crate::intake::register::{Register, place};
use crate::intake::row::{Kind, Row};
use crate::intake::table::criterion_at_start;
use crate::intake::words::{bare, plain};
use crate::model::heard::{Council, Heard, Objection, Objector};
use crate::model::known;
use crate::model::mark::Given;
use crate::reference::identifiers::canonical_case_no;
use crate::say;

const CRITERION: &str = "指标编号";
const OFF: &str = form::OFF;
const REASON: &str = form::REASON;
const GRADE: &str = form::GRADE;
const MEMBERS: &str = "合议人员";
const STAGE: &str = "诉讼阶段";
const APPEAL: &str = "申诉理由";
const DECIDED: &str = form::DECISION;
const NEW_OFF: &str = "变更后扣分";

/// A sheet with one of the two tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Index of the header among the rows looked at.
    pub header: usize,
    objections: bool,
    columns: BTreeMap<&'static str, u16>,
}

/// A row of one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Canonical number.
    pub case_no: String,
    /// Office as written.
    pub office: String,
    /// Stage as written.
    pub stage: String,
    /// The cell of the case number.
    pub place: Place,
    objection: bool,
    cells: BTreeMap<&'static str, Cell>,
}

/// Finds the header among the first rows of a sheet.
pub fn find(head: &[Row], asked: &Asked<'_>) -> Option<Table> {
    head.iter().enumerate().find_map(|(header, row)| {
        let words: Vec<(String, u16)> =
            row.cells().filter(|c| c.merged.is_none()).map(|c| (bare(&plain(c.text)).to_owned(), c.col)).collect();
        let claimed = |id: &str| {
            let field = asked.vocabulary.field_id(id)?;
            row.cells().find(|c| c.merged.is_none() && asked.words.field(c.text) == Some(field)).map(|c| c.col)
        };
        let column = |name: &'static str| {
            let found = words.iter().find(|(w, _)| w == name).map(|(_, col)| *col);
            found.or_else(|| match name {
                form::CASE_NO => claimed(known::CASE_NO),
                form::OFFICE => claimed(known::OFFICE),
                STAGE => claimed(known::STAGE),
                _ => None,
            })
        };
        let of = |names: &[&'static str]| names.iter().filter_map(|n| Some((*n, column(n)?))).collect::<BTreeMap<_, _>>();
        let has = |columns: &BTreeMap<&'static str, u16>, names: &[&str]| names.iter().all(|n| columns.contains_key(n));
        let objections = of(&form::OBJECTION_HEADS);
        if has(&objections, &[form::CASE_NO, CRITERION, APPEAL]) {
            return Some(Table { header, objections: true, columns: objections });
        }
        let council = of(&form::COUNCIL_HEADS);
        let about = has(&council, &[CRITERION]) || has(&council, &[GRADE]);
        (about && has(&council, &[form::CASE_NO, MEMBERS])).then_some(Table { header, objections: false, columns: council })
    })
}

/// The rows of a table below its header.
pub fn rows(register: &mut Register, index: usize, header: u32, table: &Table, problems: &mut Vec<Problem>) -> Vec<Said> {
    let Some(origin) = register.origins.get(index).cloned() else { return Vec::new() };
    let (mut all, mut numberless) = (Vec::new(), Vec::new());
    let case_no = table.columns.get(form::CASE_NO).copied().unwrap_or(0);
    let problem = register.stream(index, &mut |row| {
        // A note across the table, or the header again on the next page.
        let note = row.cells().any(|c| c.merged == Some((row.number, case_no)));
        if row.number <= header || note || bare(&plain(row.text_at(case_no))) == form::CASE_NO {
            return ControlFlow::Continue(());
        }
        let text = |name: &str| table.columns.get(name).map(|c| row.text_at(*c).trim()).filter(|t| !is_blank(t)).unwrap_or_default();
        let cells: BTreeMap<&'static str, Cell> =
            table.columns.iter().filter_map(|(name, col)| Some((*name, cell(row, name, *col, &origin)?))).collect();
        let says = cells.keys().any(|name| ![form::CASE_NO, form::OFFICE, STAGE].contains(name));
        let (number, place) = (text(form::CASE_NO), place(&origin, row.number, case_no));
        if says && number.is_empty() {
            numberless.push(place);
        } else if says {
            all.push(Said {
                case_no: canonical_case_no(number),
                office: text(form::OFFICE).to_owned(),
                stage: text(STAGE).to_owned(),
                place,
                objection: table.objections,
                cells,
            });
        }
        ControlFlow::Continue(())
    });
    problems.extend(problem);
    let n = numberless.len();
    let said = say!(
        "合议记录或申诉登记中有 {n} 行没有案号，没有使用",
        "{n} rows of joint decisions or objections have no case number and were not used"
    );
    problems.extend(Problem::several("P084", said, numberless));
    all
}

fn cell(row: &Row, name: &str, col: u16, origin: &Arc<crate::base::place::Origin>) -> Option<Cell> {
    // Points in a merged cell are given once; other cells may stand for several rows.
    let own = |c: &crate::intake::row::Cell<'_>| c.merged.is_none_or(|(_, left)| left == col && name != OFF && name != NEW_OFF);
    let cell = row.cells().find(|c| c.col == col && own(c)).filter(|c| !is_blank(c.text))?;
    Some(Cell { text: cell.text.trim().into(), kind: cell.kind, from_1904: row.from_1904, place: place(origin, row.number, col) })
}

/// Understands a row and gives it to what is heard of its case. A row with something that cannot be used is told and left out.
pub fn understand(row: Said, asked: &Asked<'_>, heard: &mut Heard, problems: &mut Vec<Problem>) {
    let result = if row.objection {
        objection(&row, asked, problems).map(|o| heard.objections.push(o))
    } else {
        council(&row, asked).map(|c| heard.council.push(c))
    };
    if let Err(problem) = result {
        problems.push(problem);
    }
    heard.council.sort_by(|a, b| a.place.cmp(&b.place));
    heard.objections.sort_by(|a, b| a.place.cmp(&b.place));
}

fn council(row: &Said, asked: &Asked<'_>) -> Result<Council, Problem> {
    let criterion = row.criterion(asked)?;
    let (given, grade, on) = (row.given(OFF)?, row.text(GRADE), row.day("合议日期")?);
    let members = row.people(MEMBERS);
    let last = || row.cells.get(CRITERION).or_else(|| row.cells.get(OFF));
    match (&criterion, &given, &grade) {
        (Some(_), Some(_), _) | (None, None, Some(_)) => {}
        (Some(_), None, _) => {
            return Err(row.unused(last(), &say!("写了指标编号，没有写{OFF}", "a criterion is named and nothing decided in {OFF}")));
        }
        (None, _, _) => {
            return Err(row.unused(last(), &say!("没有写{CRITERION}，也没有只定等次", "neither {CRITERION} nor a grade alone is given")));
        }
    }
    let (place, raw) = row.decision(if given.is_some() { OFF } else { GRADE });
    Ok(Council { criterion, given, reason: row.text(REASON), grade, members, on, minutes: row.text("合议纪要"), place, raw })
}

fn objection(row: &Said, asked: &Asked<'_>, problems: &mut Vec<Problem>) -> Result<Objection, Problem> {
    let Some(criterion) = row.criterion(asked)? else {
        return Err(row.unused(None, &say!("没有写{CRITERION}", "{CRITERION} is blank")));
    };
    let (served, raised, decided) = (row.day("送达日")?, row.day("提出日")?, row.day("决定日期")?);
    let given = row.given(NEW_OFF)?;
    let mut one_of = |name: &'static str, words: [&str; 2]| row.one_of(name, words, problems);
    let role = one_of("申诉人身份", form::OBJECTORS).map(|first| if first { Objector::Office } else { Objector::Lawyer });
    let existed = one_of("材料性质", form::EVIDENCE);
    let changed = one_of(DECIDED, form::DECISIONS).map(|stays| !stays);
    let (place, raw) = row.decision(DECIDED);
    Ok(Objection {
        by: row.text("申诉人").unwrap_or_else(|| "".into()),
        role,
        criterion,
        reason: row.text(APPEAL),
        evidence: row.text("证据材料"),
        existed,
        served,
        raised,
        changed,
        given,
        grade: row.text("变更后等次"),
        deciders: row.people("决定人"),
        decided,
        why: row.text("决定理由"),
        place,
        raw,
    })
}

impl Said {
    fn text(&self, name: &str) -> Option<Arc<str>> {
        self.cells.get(name).filter(|c| c.kind != Kind::Error).map(|c| Arc::clone(&c.text))
    }

    fn criterion(&self, asked: &Asked<'_>) -> Result<Option<Arc<str>>, Problem> {
        let Some(cell) = self.cells.get(CRITERION) else { return Ok(None) };
        let parts = cell.text.split(['、', '，', ',', ';', '；', '/', ' ', '\n']).filter(|p| !p.trim().is_empty());
        let ids = parts.filter_map(|p| criterion_at_start(p, asked.criteria)).collect::<std::collections::BTreeSet<_>>();
        if ids.len() > 1 {
            return Err(self.unused(Some(cell), &say!("一行只能写一个指标，请分行写", "a row is about one criterion; give each its own")));
        }
        match criterion_at_start(&cell.text, asked.criteria) {
            Some(id) => Ok(Some(id.into())),
            None => Err(self.unused(Some(cell), &say!("所用的评估标准没有这个指标", "no rubric in use has this criterion"))),
        }
    }

    /// Points to take off, or a word: a level, a decision on a red line, 不适用.
    fn given(&self, name: &str) -> Result<Option<Given>, Problem> {
        let Some(cell) = self.cells.get(name) else { return Ok(None) };
        let word = |text: &str| {
            cell.kind == Kind::Text && text.chars().count() <= 20 && !text.contains(|c: char| c.is_numeric() || "-+.－#分".contains(c))
        };
        match cell.points() {
            Some(n) if n >= Points::ZERO => Ok(Some(Given::Off(n))),
            None if word(&cell.text) => Ok(Some(Given::Word(plain(&cell.text).into()))),
            _ => Err(self.unused(
                Some(cell),
                &say!("应填扣去的分数，或等级、成立、不成立、不适用", "points to take off, or a word of the score sheets, are wanted"),
            )),
        }
    }

    fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(cell) = self.cells.get(name) else { return Ok(None) };
        match cell.day() {
            Some(when) => Ok(Some(when.date)),
            None => Err(self.unused(Some(cell), &say!("应填日期，如 2025-3-5", "a day such as 2025-3-5 is wanted"))),
        }
    }

    /// Whether the first of two words is written; a third is told and counts as blank.
    fn one_of(&self, name: &str, words: [&str; 2], problems: &mut Vec<Problem>) -> Option<bool> {
        let cell = self.cells.get(name)?;
        let at = words.iter().position(|w| plain(w) == plain(&cell.text));
        if at.is_none() {
            let ([a, b], place, raw) = (words, &cell.place, &cell.text);
            let said = say!(
                "{place}：{name}写的是“{raw}”，应填“{a}”或“{b}”；这一格按没有填处理",
                "{place}: {name} says {raw:?}; {a} or {b} is wanted; the cell counts as blank"
            );
            problems.push(Problem::new("P084", said, cell.place.clone()));
        }
        at.map(|at| at == 0)
    }

    /// People, divided by commas, semicolons or blanks.
    fn people(&self, name: &str) -> Vec<Arc<str>> {
        let text = self.text(name).unwrap_or_else(|| "".into());
        let divides = |c: char| c.is_whitespace() || "、，,;；/／".contains(c);
        text.split(divides).filter(|w| !w.is_empty()).map(Arc::from).collect()
    }

    /// The cell of a decision as written, or that of the case number where it is blank.
    fn decision(&self, name: &str) -> (Place, Arc<str>) {
        self.cells.get(name).map_or_else(|| (self.place.clone(), "".into()), |c| (c.place.clone(), Arc::clone(&c.text)))
    }

    fn unused(&self, cell: Option<&Cell>, why: &Text) -> Problem {
        let (place, raw) = cell.map_or((&self.place, ""), |c| (&c.place, &c.text));
        let (zh, en, table) = (&why.zh, &why.en, if self.objection { form::OBJECTIONS } else { form::COUNCIL });
        let (quoted_zh, quoted_en) =
            if raw.is_empty() { (String::new(), String::new()) } else { (format!("写的是“{raw}”，"), format!("{raw:?}: ")) };
        let said = say!("{place}（{table}）{quoted_zh}{zh}；这一行没有使用", "{place} ({table}) {quoted_en}{en}; the row was not used");
        Problem::new("P084", said, place.clone())
    }
}

/// A row of a case that nobody has.
pub fn no_case(row: &Said) -> Problem {
    let (no, office) = (&row.case_no, &row.office);
    if office.is_empty() {
        return row.unused(None, &say!("案号 {no} 不在登记表内", "no register has the case {no}"));
    }
    let said = say!(
        "机构“{office}”没有案号 {no} 的案件，请核对机构名称和案号",
        "the office {office:?} has no case {no}; check how both are written"
    );
    row.unused(None, &said)
}

/// A row for a number with several stages.
pub fn which_stage(row: &Said) -> Problem {
    let no = &row.case_no;
    row.unused(None, &say!("{no} 有几个阶段的案卷，没有写明诉讼阶段", "{no} has several stages and none is named"))
}
