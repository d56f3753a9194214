//! Gives pages and the rows of a panel's tables to the cases of an office. Must not know other offices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::council::{self, Said};
use super::{Page, Returned, judge, versions};
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::intake::find::{OfficePlan, Shared};
use crate::intake::join::Drafts;
use crate::intake::office::{Asked, InputFile};
use crate::say;

/// What became of it in one office.
#[derive(Debug, Default)]
pub struct Given {
    /// Of the pages that the batch shares, those that found their case here.
    pub pages: BTreeSet<usize>,
    /// Of the rows that it shares, the same.
    pub said: BTreeSet<usize>,
    /// The files of these pages.
    pub files: Vec<InputFile>,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// Gives what the office has itself, and what is for it of what the batch shares.
pub fn give(own: Returned, shared: &Shared, plan: &OfficePlan, drafts: &mut Drafts<'_>, asked: &Asked<'_>) -> Given {
    let mut given = Given::default();
    given.problems.extend(own.unchecked());
    let (mut lost, mut nobody) = (Vec::new(), Vec::new());
    let mut by_case: BTreeMap<(u32, Arc<str>), Vec<Page>> = BTreeMap::new();
    let mut take = |page: Page, drafts: &Drafts<'_>, problems: &mut Vec<Problem>| match drafts.pick(&page.case_no, &page.stage) {
        Some(case) => by_case.entry((case, Arc::clone(&page.reviewer))).or_default().push(page),
        None => problems.push(which_stage(&page)),
    };
    for page in own.pages {
        if page.office != plan.id {
            lost.push(page.home);
        } else if drafts.with_number(&page.case_no).is_empty() {
            nobody.push(page);
        } else {
            take(page, drafts, &mut given.problems);
        }
    }
    let mut files = BTreeSet::new();
    for (i, page) in shared.panel.pages.iter().enumerate() {
        if page.office == plan.id && !drafts.with_number(&page.case_no).is_empty() {
            given.pages.insert(i);
            files.insert(page.home.origin.file.as_str());
            take(page.clone(), drafts, &mut given.problems);
        }
    }
    for sent in shared.panel.sent.iter().filter(|s| files.contains(s.path.as_str())) {
        let (path, sha256) = (sent.path.clone(), Some(sent.sha256.clone()));
        given.files.push(InputFile { path, bytes: sent.bytes, case: None, secret: false, sha256 });
    }
    let (n, name) = (lost.len(), &plan.name);
    let said = say!(
        "{name} 文件夹里的评分表有 {n} 页是其他机构的案件，没有使用；请把评分表移到批次文件夹下的“评分”文件夹",
        "{n} pages of score sheets in the folder of {name} are of cases of other offices and were not used; move the sheets to a folder of the batch"
    );
    given.problems.extend(Problem::several("P042", said, lost));
    given.problems.extend(nobody.iter().map(no_case));
    for ((case, _), pages) in by_case {
        let Some(page) = versions::merge(pages, &mut given.problems) else { continue };
        let judged = judge::judge(&page, &mut given.problems);
        if let Some(draft) = drafts.draft_mut(case) {
            draft.marks.extend(judged.marks);
            draft.heard.verdicts.push(judged.verdict);
        }
    }
    for row in own.said {
        if !plan.is_marked(&row.office) || drafts.with_number(&row.case_no).is_empty() {
            given.problems.push(council::no_case(&row));
        } else {
            hear(row, drafts, asked, &mut given.problems);
        }
    }
    let mut heard = BTreeSet::new();
    for (i, row) in shared.panel.said.iter().enumerate() {
        if plan.is_marked(&row.office) && !drafts.with_number(&row.case_no).is_empty() {
            given.said.insert(i);
            heard.insert(row.place.origin.file.as_str());
            hear(row.clone(), drafts, asked, &mut given.problems);
        }
    }
    given.files.extend(shared.files.iter().filter(|f| heard.contains(f.path.as_str())).cloned());
    given
}

fn hear(row: Said, drafts: &mut Drafts<'_>, asked: &Asked<'_>, problems: &mut Vec<Problem>) {
    let Some(case) = drafts.pick(&row.case_no, &row.stage) else { return problems.push(council::which_stage(&row)) };
    if let Some(draft) = drafts.draft_mut(case) {
        council::understand(row, asked, &mut draft.heard, problems);
    }
}

/// A page of a case that nobody has.
pub fn no_case(page: &Page) -> Problem {
    let (no, office, code) = (&page.case_no, &page.office, &page.reviewer);
    let said = say!(
        "{code} 的评分表中，机构编号 {office} 的案件 {no} 不在登记表内，这一页没有使用",
        "no register of the office {office} has the case {no} of the sheet of {code}; the page was not used"
    );
    Problem::new("P042", said, page.home.clone())
}

fn which_stage(page: &Page) -> Problem {
    let (no, stage) = (&page.case_no, &page.stage);
    let said = say!(
        "{no} 有几个阶段的案卷，没有一个是评分表写的“{stage}”，这一页没有使用",
        "{no} has several stages, and none is the {stage:?} of the score sheet; the page was not used"
    );
    Problem::new("P042", said, page.home.clone())
}

/// Rows without an office that several offices took, since each has that number.
pub fn twice(places: Vec<Place>) -> Option<Problem> {
    let n = places.len();
    let said = say!(
        "合议记录或申诉登记中有 {n} 行没有写机构，而几个机构都有这个案号，各机构都用了；请补填机构",
        "{n} rows of joint decisions or objections name no office, and several offices have that number; each used them: fill in the office"
    );
    Problem::several("P084", said, places)
}
