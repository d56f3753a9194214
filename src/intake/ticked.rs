//! Checklist workbooks (卷内材料登记表, 材料清单): their rows give ticks to cases that registers know.
//! Must not make cases, or count as a register.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::find::{OfficePlan, Shared};
use super::join::Drafts;
use super::office::{Asked, InputFile};
use super::register::{Register, place};
use super::row::Row;
use super::rows::{Record, Rows};
use super::table::{Role, Table};
use super::tell;
use super::words::{bare, plain};
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::model::document::Statement;
use crate::model::known;
use crate::model::vocabulary::{FieldType, Vocabulary};
use crate::say;

/// A row of a checklist.
#[derive(Debug, Clone)]
pub struct Ticked {
    /// Office as written, when there is such a column.
    pub office: String,
    /// What the row says; of the fields only those that a checklist is asked for.
    pub record: Record,
}

/// What a sheet that gives ticks is called.
const TITLES: &[&str] = &["材料登记表", "材料清单", "材料核对表", "材料自查表", "材料目录清单"];
/// How to fill it in, beside it.
const GUIDES: &[&str] = &["填写说明", "填表说明", "说明"];

/// Whether a table of cases with columns of documents is a checklist and no register: it is called so, or it says nothing of a case
/// by which it could be graded. `head` are the rows above its header.
pub fn is_checklist(table: &Table, head: &[Row], sheet: Option<&str>, vocabulary: &Vocabulary) -> bool {
    let papers = table.roles.iter().filter(|r| matches!(r, Role::Document(_))).count();
    if papers == 0 {
        return false;
    }
    let titled = |text: &str| {
        let word = plain(text);
        let word = bare(&word).trim_end_matches(|c: char| c.is_ascii_digit());
        TITLES.iter().any(|t| word.ends_with(t))
    };
    if sheet.is_some_and(titled) || head.iter().flat_map(Row::cells).any(|c| titled(c.text)) {
        return true;
    }
    let tells = |role: &Role| match role {
        Role::Field(id) => {
            let field = vocabulary.field(*id);
            field.kind == FieldType::Date || matches!(field.id.as_str(), known::CASE_TYPE | known::STATE)
        }
        _ => false,
    };
    papers > 1 && !table.roles.iter().any(tells)
}

/// Whether a sheet beside a checklist says how to fill it in.
pub fn is_guide(sheet: Option<&str>) -> bool {
    sheet.is_some_and(|name| GUIDES.contains(&plain(name).as_str()))
}

/// The rows of a checklist.
pub fn rows(
    register: &mut Register,
    index: usize,
    header: u32,
    table: &Table,
    asked: &Asked<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Ticked> {
    let origin = Arc::clone(&register.origins[index]);
    let mut reader = Rows::new(asked.vocabulary, asked.words, table, &origin);
    let (mut all, mut numberless) = (Vec::new(), Vec::new());
    let problem = register.stream(index, &mut |row| {
        if row.number <= header {
            return ControlFlow::Continue(());
        }
        if reader.set_aside(row) {
            return ControlFlow::Continue(());
        }
        let ticks = row.cells().any(|c| matches!(table.roles.get(usize::from(c.col)), Some(Role::Document(_))));
        let office = table.office.map(|c| row.text_at(c)).unwrap_or_default().to_owned();
        match reader.read(row) {
            Some(record) if record.numberless => numberless.push(record.home),
            Some(mut record) => {
                let field = |id| asked.vocabulary.field(id).id.as_str();
                record.entries.retain(|e| matches!(field(e.field), known::STAGE | known::EVIDENCE | known::TOTAL_PAGES));
                record.documents.retain(|d| matches!(d.statement, Statement::Tick(_)));
                all.push(Ticked { office, record });
            }
            None if ticks => numberless.push(place(&origin, row.number, table.case_no)),
            None => {}
        }
        ControlFlow::Continue(())
    });
    problems.extend(problem);
    // Totals, signatures and rows that nobody filled in need no word.
    reader.aside.numberless.clear();
    problems.extend(tell::rows(&origin, &reader.aside));
    problems.extend(tell::columns(&origin, table, asked.vocabulary));
    let (n, place) = (numberless.len(), Place::at(&origin, At::Whole));
    let said = say!("{place} 有 {n} 行没有案号，没有使用", "{place}: {n} rows without a case number were not used");
    problems.extend(Problem::several("P044", said, numberless));
    all
}

/// What became of the rows of checklists in one office.
#[derive(Debug, Default)]
pub struct Given {
    /// Of the rows that the batch shares, those that found their case here.
    pub claimed: BTreeSet<usize>,
    /// The files of these.
    pub files: Vec<InputFile>,
    /// Rows that name another office.
    pub foreign: Vec<(String, Place)>,
    /// Rows without a case.
    pub problems: Vec<Problem>,
}

/// Gives the rows of an office's own checklists, and those of shared ones that are for its cases, to the cases.
pub fn give(own: Vec<Ticked>, shared: &Shared, plan: &OfficePlan, drafts: &mut Drafts<'_>, asked: &Asked<'_>) -> Given {
    let (mut given, mut nobody) = (Given::default(), Vec::new());
    let mut tick = |row: Ticked, drafts: &mut Drafts<'_>, given: &mut Given| match drafts.fitting(&row.record).as_slice() {
        [case] => {
            let mut record = row.record;
            // The stage only says which case it is.
            let stage = asked.vocabulary.field_id(known::STAGE);
            record.entries.retain(|e| Some(e.field) != stage);
            drafts.extend(*case, record);
        }
        [] => nobody.push(row.record.home),
        _ => given.problems.push(which_stage(&row)),
    };
    for row in own {
        if plan.is_named(&row.office) {
            tick(row, drafts, &mut given);
        } else {
            given.foreign.push((row.office, row.record.home));
        }
    }
    let mut files = BTreeSet::new();
    for (i, row) in shared.ticked.iter().enumerate() {
        if plan.is_marked(&row.office) && !drafts.with_number(&row.record.case_no).is_empty() {
            given.claimed.insert(i);
            files.insert(&row.record.home.origin.file);
            tick(row.clone(), drafts, &mut given);
        }
    }
    given.files.extend(files.into_iter().filter_map(|f| shared.files.iter().find(|file| file.path == *f)).cloned());
    given.problems.extend(unknown(nobody));
    given
}

/// Rows of cases that no register has.
pub fn unknown(places: Vec<Place>) -> Option<Problem> {
    let n = places.len();
    let said = say!(
        "材料登记表中有 {n} 行的案号不在登记表内，这些行没有使用",
        "{n} rows of checklists have case numbers that no register has; they were not used"
    );
    Problem::several("P044", said, places)
}

/// A row that may be of several stages.
pub fn which_stage(ticked: &Ticked) -> Problem {
    let no = &ticked.record.case_no;
    let said = say!(
        "{no} 有几个阶段的案卷，材料登记表没有写明诉讼阶段，这一行没有使用",
        "{no} has several stages and the checklist names none; the row was not used"
    );
    Problem::new("P044", said, ticked.record.home.clone())
}
