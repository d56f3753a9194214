//! The hidden sheet 标识: whose score sheet it is, of which batch and rubrics, and what was to be marked. A sheet that is not of this round
//! is refused as a whole. Must not read a mark.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::base::form::{self, key};
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::intake::office::Asked;
use crate::intake::register::Register;
use crate::intake::row::Row;
use crate::intake::words::plain;
use crate::reference::identifiers::canonical_case_no;
use crate::say;

/// What a score sheet says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Code of the reviewer.
    pub reviewer: Arc<str>,
    /// Whether it is a row a case and criterion instead of a sheet a case.
    pub grid: bool,
    /// Cases, in order.
    pub pages: Vec<Wanted>,
    /// Whether there was no draw to check it against.
    pub unchecked: bool,
}

/// A case that was to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Name of its sheet, or value of the column 页.
    pub name: String,
    /// Office id.
    pub office: String,
    /// Canonical number.
    pub case_no: String,
    /// Stage.
    pub stage: String,
    /// Id of its rubric.
    pub rubric: String,
    /// Criteria that must be marked.
    pub must: Vec<Arc<str>>,
    /// Those that may be.
    pub may: Vec<Arc<str>>,
    /// Whether the whole case is marked, so that a grade has to be confirmed.
    pub whole: bool,
}

/// The code of the reviewer, and the identity or why nothing of the sheet may be used.
pub type Stated = (Option<Arc<str>>, Result<Identity, Problem>);

/// Rows by key: the cells after it, blank ones too.
#[derive(Debug, Default)]
struct Keys(BTreeMap<String, Vec<Vec<String>>>);

impl Keys {
    fn one(&self, key: &str) -> &str {
        self.0.get(key).and_then(|rows| rows.first()).and_then(|row| row.first()).map_or("", String::as_str)
    }

    fn all(&self, key: &str) -> &[Vec<String>] {
        self.0.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Cells that are looked at in a row of the sheet.
const WIDEST: u16 = 16;

/// What a workbook says of itself; none where it is no score sheet. The code of the reviewer is told even of one that is refused.
pub fn read(register: &mut Register, asked: &Asked<'_>) -> Option<Stated> {
    let named = |name: &Option<String>| name.as_deref().is_some_and(|n| plain(n) == form::IDENTITY);
    let index = register.origins.iter().position(|o| named(&o.sheet))?;
    let mut keys = Keys::default();
    let fault = register.stream(index, &mut |row| {
        add(&mut keys, row);
        ControlFlow::Continue(())
    });
    let file = register.origins.get(index)?.file.clone();
    let kind = keys.one(key::KIND);
    if kind != form::KIND && kind != form::CALIBRATION {
        return None;
    }
    let place = Place::file(file.as_str());
    let code = keys.one(key::REVIEWER);
    let reviewer: Option<Arc<str>> = (!code.is_empty()).then(|| code.into());
    if kind == form::CALIBRATION {
        let said = say!(
            "{file} 是试评用的评分表，不计入结果，没有使用",
            "{file} is a sheet for calibration and counts for nothing; it was not used"
        );
        return Some((reviewer, Err(Problem::new("P088", said, place))));
    }
    let read = match fault {
        Some(fault) => Err(fault.message),
        None => understood(&keys, asked),
    };
    let refused = |why: Text| {
        let (zh, en) = (why.zh, why.en);
        Problem::new("P080", say!("{file} 没有使用：{zh}", "{file} was not used: {en}"), place)
    };
    Some((reviewer, read.map_err(refused)))
}

fn add(keys: &mut Keys, row: &Row) {
    let mut cells = row.cells().filter(|c| c.merged.is_none());
    let Some(first) = cells.by_ref().min_by_key(|c| c.col) else { return };
    let values = (1..=WIDEST).map(|n| first.col.checked_add(n).map_or("", |col| row.text_at(col)).trim().to_owned()).collect();
    keys.0.entry(first.text.trim().to_owned()).or_default().push(values);
}

/// The identity, or why the sheet is of no use.
fn understood(keys: &Keys, asked: &Asked<'_>) -> Result<Identity, Text> {
    let format = keys.one(key::FORMAT);
    if format != form::FORMAT {
        return Err(say!(
            "它是第“{format}”版格式的评分表，本程序不认识；请用写出它的那一版程序，或重新抽卷发表",
            "it has format {format:?}, which this program does not know; use the version that wrote it, or send out new sheets"
        ));
    }
    let (code, layout) = (keys.one(key::REVIEWER), keys.one(key::LAYOUT));
    let pages: Option<Vec<Wanted>> = keys.all(key::PAGE).iter().map(|row| wanted(row)).collect();
    let known = matches!(layout, form::PAGES_LAYOUT | form::GRID_LAYOUT);
    let (Some(pages), true) = (pages.filter(|p| !p.is_empty()), known && !code.is_empty()) else {
        return Err(say!(
            "它的标识表被改动，读不出是谁的、评哪些案件；请用原来发出的评分表重新填写",
            "its hidden identity sheet was changed, and whose it is and what it marks cannot be told; fill in the sheet as it was sent"
        ));
    };
    if let Some(round) = asked.round {
        if keys.one(key::FRAME) != round.frame {
            return Err(say!(
                "它是另一批评查的评分表（抽样框不同）；请核对是否放错文件夹，或抽卷后又改过登记表",
                "it is of another batch (the frame differs); look whether it lies in the wrong folder, or the cases were drawn again"
            ));
        }
        if !round.reviewers.contains(code) {
            let all: Vec<&str> = round.reviewers.iter().map(|r| &**r).take(20).collect();
            let all = all.join("、");
            return Err(say!(
                "抽卷方案里没有评估专家 {code}（有 {all}）；请核对是否用错了方案",
                "the plan has no reviewer {code} (it has {all}); look whether it is the right plan"
            ));
        }
    }
    for row in keys.all(key::RUBRIC) {
        let [id, version, sha256, ..] = row.as_slice() else { continue };
        match asked.rubrics.get(id) {
            Some(now) if now == sha256 => {}
            Some(_) => {
                return Err(say!(
                    "它依据的评估标准 {id}（{version}）与这次所用的内容不同；请用发表时的标准（--rubric），或重新发表",
                    "the rubric {id} ({version}) it was made by is not the one in use; give that one (--rubric), or send out new sheets"
                ));
            }
            None => {
                return Err(say!(
                    "它依据的评估标准 {id}（{version}）这次没有用；请用 --rubric 加上",
                    "the rubric {id} ({version}) it was made by is not in use; add it with --rubric"
                ));
            }
        }
    }
    // A case whose type is not clear has no rubric yet, and nothing on its page to be marked.
    let untyped = |page: &Wanted| page.rubric.is_empty() && page.must.is_empty() && page.may.is_empty();
    let stated = |page: &Wanted| untyped(page) || keys.all(key::RUBRIC).iter().any(|row| row.first() == Some(&page.rubric));
    if !pages.iter().all(stated) {
        return Err(say!(
            "它的标识表被改动，有的案件没有写明评估标准；请用原来发出的评分表重新填写",
            "its hidden identity sheet was changed and some cases name no rubric; fill in the sheet as it was sent"
        ));
    }
    Ok(Identity { reviewer: code.into(), grid: layout == form::GRID_LAYOUT, pages, unchecked: asked.round.is_none() })
}

fn wanted(row: &[String]) -> Option<Wanted> {
    let [name, office, case_no, stage, rubric, must, may, part, ..] = row else { return None };
    let ids = |text: &str| text.split_whitespace().map(Arc::from).collect::<Vec<Arc<str>>>();
    let named = ![name, office, case_no].into_iter().any(String::is_empty);
    named.then(|| Wanted {
        name: name.clone(),
        office: office.clone(),
        case_no: canonical_case_no(case_no),
        stage: stage.clone(),
        rubric: rubric.clone(),
        must: ids(must),
        may: ids(may),
        whole: part.is_empty() || part == form::WHOLE,
    })
}

/// A page of a score sheet in a workbook that lost its identity.
pub fn is_orphan(head: &[Row]) -> bool {
    head.iter().any(|row| super::leaf::Head::of(row).is_some_and(|h| h.is_of_score_sheet()))
}

/// That a workbook with pages of a score sheet does not say whose it is.
pub fn orphan(register: &Register, index: usize) -> Problem {
    let place = register.origins.get(index).map_or_else(|| Place::file("."), |o| Place::at(o, At::Whole));
    let file = &place.origin.file;
    let said = say!(
        "{file} 没有使用：它像是评分表，但隐藏的标识表不在了；请用原来发出的评分表填写，不要把其中一张表另存",
        "{file} was not used: it looks like a score sheet, but its hidden identity sheet is gone; fill in the sheet as it was sent"
    );
    Problem::new("P080", said, place)
}
