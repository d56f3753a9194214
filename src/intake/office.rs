//! Reads one office: its registers, dossiers and score sheets become cases.
//! Must not know other offices.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::corrected::Corrected;
use super::dossier::{self, Given, Ownership};
use super::evidence::{self, Scans};
use super::find::{OfficePlan, Shared};
use super::folder::{FileAt, Folder};
use super::join::{Draft, Drafts};
use super::marks::Scored;
use super::own::{OwnRow, OwnWords, read as own};
use super::register::{Register, place};
use super::returned::{Returned, Sent, council, give, workbook as returned};
use super::row::Row;
use super::rows::Rows;
use super::scores;
use super::settings::Settings;
use super::table::Table;
use super::tables::{self, Look, Sheet, Tables};
use super::tell;
use super::ticked::{self, Ticked};
use super::words::{Words, plain};
use crate::base::place::{Origin, Place};
use crate::base::problem::Problem;
use crate::model::case::Case;
use crate::model::document::Evidence;
use crate::model::known;
use crate::model::round::Round;
use crate::model::scope::OutReason;
use crate::model::value::Value;
use crate::model::vocabulary::Vocabulary;
use crate::say;

pub use super::info::{InputFile, RegisterInfo, Unclaimed};

/// What reading needs to know of the run.
pub struct Asked<'a> {
    /// Settings of the batch.
    pub settings: &'a Settings,
    /// Fields and documents.
    pub vocabulary: &'a Vocabulary,
    /// Their titles and aliases.
    pub words: &'a Words,
    /// Those of tables about offices, where a rubric is about offices.
    pub own: Option<&'a OwnWords>,
    /// Ids of criteria and red lines that a person decides.
    pub marks: &'a BTreeSet<String>,
    /// Ids of all criteria and red lines: a joint decision or an objection may be about any.
    pub criteria: &'a BTreeSet<String>,
    /// SHA-256 of the rubrics, by id: a returned score sheet says which it was made by.
    pub rubrics: &'a BTreeMap<String, String>,
    /// The draw that returned score sheets belong to; without one they cannot be checked against it.
    pub round: Option<&'a Round>,
    /// Whether the stage is part of the identity of cases of this type (standard word of `case_type`, empty when unclear).
    pub stage_files: &'a (dyn Fn(&str) -> bool + Sync),
}

/// One office as read.
#[derive(Debug, Default)]
pub struct OfficeIntake {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above.
    pub parent: Option<String>,
    /// All cases, in scope and out, sorted by case number and stage. `selected` holds what the register says, see `drawn`.
    pub cases: Vec<Case>,
    /// For each case why it is out of scope by settings; `None` = in scope.
    pub out: Vec<Option<OutReason>>,
    /// How many cases have a 是否抽中. When none has, all are selected.
    pub drawn: u64,
    /// Register sheets, by path and sheet.
    pub registers: Vec<RegisterInfo>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
    /// Every file of the office: registers, score sheets, dossier files; sorted by path.
    pub files: Vec<InputFile>,
    /// Score sheets that lie in its own folders.
    pub sent: Vec<Sent>,
    /// Register rows that are cases.
    pub rows: u64,
    /// Rows that joined another row of the same case.
    pub joined: u64,
    /// Cases that come from a dossier alone: `rows + dossier_only = cases + joined`.
    pub dossier_only: u64,
    /// System and temporary files skipped.
    pub junk: u64,
    /// What is told of the office itself, in order of reading.
    pub own: Vec<OwnRow>,
    /// Of what the batch shares, the lines of score sheets (by index) and dossiers (by path) that found their case here.
    pub claimed: Claimed,
}

/// What an office took of what the batch shares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claimed {
    /// Indexes into [`Shared::lines`].
    pub lines: BTreeSet<usize>,
    /// Indexes into the pages of [`Shared::panel`].
    pub pages: BTreeSet<usize>,
    /// Indexes into its rows of joint decisions and objections.
    pub said: BTreeSet<usize>,
    /// Indexes into [`Shared::ticked`].
    pub ticked: BTreeSet<usize>,
    /// Paths of dossiers and single files.
    pub dossiers: BTreeSet<String>,
}

/// Reads one register file for itself; `name` is its path in the batch of the plan.
pub fn read_file(plan: &OfficePlan, name: &str, asked: &Asked<'_>) -> OfficeIntake {
    let mut reading = Reading::new(plan, asked);
    let folder = Folder { files: vec![FileAt { path: name.to_owned(), bytes: 0, packed: None }], ..Folder::default() };
    if !reading.registers(&folder, asked.settings.age(name)).is_empty() {
        let said = say!("{name} 不是登记表", "{name} is no register");
        reading.intake.problems.push(Problem::new("P002", said, Place::file(name)));
    }
    reading.join_untyped();
    reading.finish()
}

/// Reads one office.
pub fn read(plan: &OfficePlan, shared: &Shared, asked: &Asked<'_>) -> OfficeIntake {
    let mut reading = Reading::new(plan, asked);
    reading.intake.problems.extend(plan.problems.iter().cloned());
    reading.intake.own.extend(shared.own.of(plan, shared.only).cloned());
    if !reading.intake.own.is_empty() {
        reading.intake.files.extend(shared.own.files.iter().cloned());
    }
    let folders: Vec<Folder> = plan.folders.iter().map(|f| plan.walk(f)).collect();
    let mut left = Vec::with_capacity(folders.len());
    for folder in &folders {
        left.push(reading.registers(folder, 0));
    }
    reading.shared(shared, 0);
    // Superseded registers come after those that replace their rows.
    for age in 1..=asked.settings.registers.len() {
        for (folder, left) in folders.iter().zip(&mut left) {
            left.append(&mut reading.registers(folder, age));
        }
        reading.shared(shared, age);
    }
    reading.join_untyped();
    reading.checklists(shared);
    dossier::unread(&reading.unread, &mut reading.drafts);
    for (folder, left) in folders.iter().zip(&left) {
        let given = dossier::give(&plan.batch, folder, left, Ownership::Own, &mut reading.drafts, asked);
        reading.take(given);
        reading.intake.junk += folder.junk.len() as u64;
        reading.intake.problems.extend(folder.problems.iter().cloned());
    }
    let lent: Vec<&FileAt> = shared.left.iter().collect();
    if !lent.is_empty() {
        let given = dossier::give(&plan.batch, &shared.folder, &lent, Ownership::Shared, &mut reading.drafts, asked);
        reading.intake.claimed.dossiers.clone_from(&given.claimed);
        reading.take(Given {
            strays: Vec::new(),
            unknown: Vec::new(),
            files: given.files.iter().filter(|f| f.case.is_some()).cloned().collect(),
            ..given
        });
    }
    reading.marks(shared);
    reading.finish()
}

struct Reading<'a> {
    plan: &'a OfficePlan,
    asked: &'a Asked<'a>,
    drafts: Drafts<'a>,
    intake: OfficeIntake,
    lines: Vec<Scored>,
    panel: Returned,
    ticked: Vec<Ticked>,
    /// Files that could not be read.
    unread: Vec<String>,
    /// Rows in the office's own registers that name another office: by the name as written.
    foreign: BTreeMap<String, Vec<Place>>,
    not_cases: Vec<Place>,
    corrected: Corrected,
}

impl<'a> Reading<'a> {
    fn new(plan: &'a OfficePlan, asked: &'a Asked<'a>) -> Self {
        Self {
            plan,
            asked,
            drafts: Drafts::new(asked.vocabulary, asked),
            intake: OfficeIntake { id: plan.id.clone(), name: plan.name.clone(), parent: plan.parent.clone(), ..OfficeIntake::default() },
            lines: Vec::new(),
            panel: Returned::default(),
            ticked: Vec::new(),
            unread: Vec::new(),
            foreign: BTreeMap::new(),
            not_cases: Vec::new(),
            corrected: Corrected::default(),
        }
    }

    /// Reads every table outside dossiers over which so many corrected ones stand; the files that are none.
    fn registers<'f>(&mut self, folder: &'f Folder, age: usize) -> Vec<&'f FileAt> {
        let mut left = Vec::new();
        for file in folder.files.iter().filter(|f| self.asked.settings.age(&f.path) == age) {
            match tables::look_in(&self.plan.batch, folder, file, self.asked) {
                Look::Tables(tables) => self.tables(*tables, file),
                Look::Returned(sheet) => {
                    let (bytes, sha256) = (file.bytes, Some(sheet.register.sha256.clone()));
                    returned::read(*sheet, self.asked, &mut self.panel, &mut self.intake.problems);
                    self.intake.files.push(InputFile { path: file.path.clone(), bytes, case: None, secret: false, sha256 });
                }
                Look::Stray => left.push(file),
                Look::Refused(problem) => {
                    self.unread.push(file.path.clone());
                    self.intake.problems.push(problem);
                    self.intake.files.push(InputFile {
                        path: file.path.clone(),
                        bytes: file.bytes,
                        case: None,
                        secret: false,
                        sha256: None,
                    });
                }
            }
        }
        left
    }

    fn tables(&mut self, tables: Tables, file: &FileAt) {
        let Tables { mut register, sheets, problems } = tables;
        self.intake.problems.extend(problems);
        for known in sheets {
            match known.sheet {
                Sheet::Register(table) => self.sheet(&mut register, known.index, known.header, &table, file),
                Sheet::Own(form) => {
                    let rows = own::rows(&mut register, known.index, known.header, &form, self.asked, &mut self.intake.problems);
                    self.own(rows);
                }
                Sheet::Checklist(table) => {
                    let problems = &mut self.intake.problems;
                    self.ticked.extend(ticked::rows(&mut register, known.index, known.header, &table, self.asked, problems));
                }
                Sheet::Panel(table) => {
                    let problems = &mut self.intake.problems;
                    self.panel.said.extend(council::rows(&mut register, known.index, known.header, &table, problems));
                }
                Sheet::Scores(table) => {
                    let (lines, problem) = scores::lines(&mut register, known.index, known.header, &table);
                    self.lines.extend(lines);
                    self.intake.problems.extend(problem);
                }
            }
        }
        let sha256 = Some(register.sha256);
        self.intake.files.push(InputFile { path: file.path.clone(), bytes: file.bytes, case: None, secret: false, sha256 });
    }

    fn sheet(&mut self, register: &mut Register, index: usize, header: u32, table: &Table, file: &FileAt) {
        let origin = Arc::clone(&register.origins[index]);
        let mut rows = Rows::new(self.asked.vocabulary, self.asked.words, table, &origin);
        let mut cases = Vec::new();
        let (plan, drafts, joined, foreign) = (self.plan, &mut self.drafts, &mut self.intake.joined, &mut self.foreign);
        let (corrected, settings) = (&mut self.corrected, self.asked.settings);
        let problem = register.stream(index, &mut |row| {
            if row.number <= header {
                return ControlFlow::Continue(());
            }
            if let Some((column, named)) = table.office.map(|c| (c, row.text_at(c))).filter(|(_, n)| !plan.is_named(n)) {
                if !rows.set_aside(row) {
                    foreign.entry(named.to_owned()).or_default().push(place(&origin, row.number, column));
                }
                return ControlFlow::Continue(());
            }
            if let Some(record) = rows.read(row)
                && !corrected.replaces(&record, || drafts.stage_of(&record.entries), &origin.file, settings)
            {
                let (case, again) = drafts.add(record);
                *joined += u64::from(again);
                cases.push(case);
            }
            ControlFlow::Continue(())
        });
        self.intake.problems.extend(problem);
        self.intake.problems.extend(tell::rows(&origin, &rows.aside));
        self.not_cases.append(&mut rows.aside.not_cases);
        self.intake.problems.extend(tell::columns(&origin, table, self.asked.vocabulary));
        let sha256 = register.sha256.clone();
        self.register(file.path.clone(), &origin, sha256, cases, table);
    }

    fn register(&mut self, path: String, origin: &Origin, sha256: String, rows: Vec<u32>, table: &Table) {
        self.intake.rows += rows.len() as u64;
        self.intake.registers.push(RegisterInfo { path, sheet: origin.sheet.clone(), sha256, rows, unclaimed: table.unclaimed.clone() });
    }

    /// Rows about the office in a table of its own; those that name another are told.
    fn own(&mut self, rows: Vec<OwnRow>) {
        for row in rows {
            match &row.office {
                Some((name, place)) if !self.plan.is_named(name) => self.foreign.entry(name.clone()).or_default().push(place.clone()),
                _ => self.intake.own.push(row),
            }
        }
    }

    /// The rows of this office in registers that several offices share.
    fn shared(&mut self, shared: &Shared, age: usize) {
        for sheet in shared.sheets.iter().filter(|s| self.asked.settings.age(&s.origin.file) == age) {
            let Some(own) = sheet.by_office.get(&self.plan.id) else { continue };
            let mut rows = Rows::new(self.asked.vocabulary, self.asked.words, &sheet.table, &sheet.origin);
            let (mut row, mut cases) = (Row::default(), Vec::new());
            for at in own {
                sheet.rows.fill(*at, &mut row);
                if let Some(record) = rows.read(&row) {
                    let stage = || self.drafts.stage_of(&record.entries);
                    if self.corrected.replaces(&record, stage, &sheet.origin.file, self.asked.settings) {
                        continue;
                    }
                    let (case, again) = self.drafts.add(record);
                    self.intake.joined += u64::from(again);
                    cases.push(case);
                }
            }
            self.intake.problems.extend(tell::rows(&sheet.origin, &rows.aside));
            self.not_cases.append(&mut rows.aside.not_cases);
            let path = sheet.origin.file.clone();
            self.intake.files.push(InputFile {
                path: path.clone(),
                bytes: sheet.bytes,
                case: None,
                secret: false,
                sha256: Some(sheet.sha256.clone()),
            });
            self.register(path, &sheet.origin, sheet.sha256.clone(), cases, &sheet.table);
        }
    }

    /// Rows that name no case type go to the case they fit.
    fn join_untyped(&mut self) {
        let before = self.drafts.all.len();
        let (now, problems) = self.drafts.join_untyped();
        self.intake.joined += u64::try_from(before - self.drafts.all.len()).unwrap_or(0);
        self.intake.problems.extend(problems);
        for row in self.intake.registers.iter_mut().flat_map(|r| &mut r.rows) {
            *row = usize::try_from(*row).ok().and_then(|i| now.get(i)).copied().unwrap_or(*row);
        }
    }

    fn take(&mut self, given: Given) {
        self.intake.problems.extend(tell::dossiers(&given));
        self.intake.problems.extend(given.problems);
        self.intake.files.extend(given.files);
        self.intake.dossier_only += given.dossier_only;
        self.intake.junk += given.junk;
    }

    /// Gives the rows of checklists to their cases.
    fn checklists(&mut self, shared: &Shared) {
        let given = ticked::give(std::mem::take(&mut self.ticked), shared, self.plan, &mut self.drafts, self.asked);
        given.foreign.into_iter().for_each(|(name, place)| self.foreign.entry(name).or_default().push(place));
        self.intake.problems.extend(given.problems);
        self.intake.files.extend(given.files);
        self.intake.claimed.ticked = given.claimed;
    }

    /// Gives the lines of score sheets and what else a panel said to their cases.
    fn marks(&mut self, shared: &Shared) {
        let given = scores::give(std::mem::take(&mut self.lines), shared, self.plan, &mut self.drafts, self.asked);
        self.intake.problems.extend(given.problems);
        self.intake.claimed.lines = given.claimed;
        self.intake.sent.clone_from(&self.panel.sent);
        let heard = give::give(std::mem::take(&mut self.panel), shared, self.plan, &mut self.drafts, self.asked);
        self.intake.problems.extend(heard.problems);
        self.intake.files.extend(heard.files);
        (self.intake.claimed.pages, self.intake.claimed.said) = (heard.pages, heard.said);
        self.intake.problems.extend(self.drafts.all.iter().flat_map(tell::different_marks));
    }

    fn finish(self) -> OfficeIntake {
        let (asked, mut intake) = (self.asked, self.intake);
        intake.problems.extend(tell::foreign(&intake.name, self.foreign));
        intake.problems.extend(tell::not_cases(self.not_cases));
        intake.problems.extend(self.corrected.told());
        let office: Arc<str> = intake.name.as_str().into();
        let scans: Vec<Scans> = self.drafts.all.iter().map(Draft::scans).collect();
        let mut cases: Vec<(usize, Case)> = self.drafts.finish(&office).into_iter().enumerate().collect();
        cases.sort_by(|(i, a), (j, b)| {
            crate::reference::identifiers::order_case_no(&a.case_no, &b.case_no).then(a.stage.cmp(&b.stage)).then(i.cmp(j))
        });
        let mut moved = vec![0_u32; cases.len()];
        for (to, (from, _)) in cases.iter().enumerate() {
            moved[*from] = u32::try_from(to).unwrap_or(u32::MAX);
        }
        let to = |index: &mut u32| {
            *index = usize::try_from(*index).ok().and_then(|i| moved.get(i)).copied().unwrap_or(u32::MAX);
        };
        intake.registers.iter_mut().flat_map(|r| &mut r.rows).for_each(to);
        intake.files.iter_mut().filter_map(|f| f.case.as_mut()).for_each(to);
        intake.files.sort_by(|a, b| a.path.cmp(&b.path));
        intake.files.dedup_by(|a, b| a.path == b.path);
        intake.registers.sort_by(|a, b| (&a.path, &a.sheet).cmp(&(&b.path, &b.sheet)));
        let (selected, carrier) = (asked.vocabulary.field_id(known::SELECTED), asked.vocabulary.field_id(known::EVIDENCE));
        let mut lost: Vec<(bool, Place)> = Vec::new();
        for (at, mut case) in cases {
            let flag = selected.and_then(|f| case.entry(f)).map(|e| match &e.value {
                Ok(Value::Flag(yes)) => *yes,
                // Not understood: looked at rather than left out, for leaving out can raise a rate.
                _ => {
                    intake.problems.push(tell::draw(&case.case_no, e));
                    true
                }
            });
            intake.drawn += u64::from(flag.is_some());
            case.selected = flag.unwrap_or(false);
            let declared = carrier.and_then(|f| case.entry(f)).and_then(|_| super::scope::word(&case, known::EVIDENCE, asked.vocabulary));
            let declared = case.evidence.or_else(|| declared.and_then(|w| evidence_of(&w)));
            let scans = scans.get(at).copied().unwrap_or(Scans::Found);
            let out = super::scope::decide(&case, asked.settings, asked.vocabulary);
            if out.is_none() && evidence::is_lost(&case, declared, asked.settings.evidence, scans) {
                lost.push((case.selected, case.home.clone()));
            }
            case.evidence = evidence::settle(&case, declared, asked.settings.evidence, scans);
            intake.out.push(out);
            intake.cases.push(case);
        }
        let drawn = intake.drawn > 0;
        let lost: Vec<Place> = lost.into_iter().filter(|(selected, _)| *selected || !drawn).map(|(_, home)| home).collect();
        intake.problems.extend(tell::nothing_to_see(&intake, lost));
        intake.problems.extend(tell::not_understood(&intake.cases, asked.vocabulary));
        for problem in &mut intake.problems {
            problem.office.get_or_insert_with(|| intake.name.clone());
        }
        intake
    }
}

fn evidence_of(word: &str) -> Option<Evidence> {
    match word {
        "扫描" => Some(Evidence::Scanned),
        "纸质" => Some(Evidence::Paper),
        "混合" => Some(Evidence::Mixed),
        _ => None,
    }
}

impl OfficePlan {
    /// Whether a name as written in a register is this office's; a blank one is.
    pub fn is_named(&self, name: &str) -> bool {
        super::checklist::is_blank(name) || self.names.is_empty() || self.names.contains(&plain(name))
    }

    /// Whether a line of a score sheet that names this office, or none, may be for one of its cases.
    pub(super) fn is_marked(&self, name: &str) -> bool {
        self.is_named(name) && (!self.names.is_empty() || super::checklist::is_blank(name) || plain(&self.name) == plain(name))
    }
}
