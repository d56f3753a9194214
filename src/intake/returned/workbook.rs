//! A returned workbook becomes pages: each sheet is given to the case it was made for, rows to their criteria. What is not there, there twice
//! or not asked for is told. Must not judge what is written in a cell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::identity::{Identity, Wanted};
use super::leaf::{self, Entry, Ids, Leaf};
use super::{Line, Page, Returned, Sent, Slot, Workbook};
use crate::base::form;
use crate::base::place::{At, Place};
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::intake::office::Asked;
use crate::intake::words::plain;
use crate::say;

/// Ids that one message names.
const NAMED: usize = 12;

/// Reads a workbook into what was read so far.
pub fn read(workbook: Workbook, asked: &Asked<'_>, into: &mut Returned, problems: &mut Vec<Problem>) {
    let Workbook { mut register, identity, reviewer } = workbook;
    let path = register.origins.first().map(|o| o.file.clone()).unwrap_or_default();
    problems.extend(register.open_elsewhere());
    let unchecked = identity.as_ref().is_ok_and(|i| i.unchecked);
    into.sent.push(Sent { path, bytes: register.bytes, sha256: register.sha256.clone(), reviewer, unchecked });
    let identity = match identity {
        Ok(identity) => identity,
        Err(problem) => return problems.push(problem),
    };
    let all = identity.pages.iter().flat_map(|p| p.must.iter().chain(&p.may)).map(|id| &**id);
    let ids = Ids::new(asked.criteria.iter().map(String::as_str).chain(all));
    let mut leaves = Vec::new();
    for index in 0..register.origins.len() {
        let name = register.origins.get(index).and_then(|o| o.sheet.clone()).unwrap_or_default();
        if [form::IDENTITY, form::INDEX].contains(&plain(&name).as_str()) {
            continue;
        }
        match leaf::read(&mut register, index, identity.grid, &ids) {
            Ok(leaf) => leaves.push(leaf),
            Err(problem) => problems.push(problem),
        }
    }
    let parts = if identity.grid { grid(leaves, &identity, problems) } else { pages(leaves, &identity, problems) };
    for (wanted, part) in identity.pages.iter().zip(parts) {
        let Some(part) = part else { continue };
        if let Some(round) = asked.round {
            let stage = (!wanted.stage.is_empty()).then_some(&*wanted.stage);
            if !round.has(&identity.reviewer, &wanted.office, &wanted.case_no, stage) {
                let (no, code) = (&wanted.case_no, &identity.reviewer);
                let said = say!(
                    "{no} 没有分给 {code} 评，这一页没有使用；是加评的，请把批次里的 抽卷方案.json 换成加评时写出的一份",
                    "{no} was not given to {code} to mark; the page was not used. Where it is an extra mark, put the plan that was written with it into the batch"
                );
                problems.push(Problem::new("P081", said, part.home));
                continue;
            }
        }
        into.pages.push(page(&identity, wanted, part, problems));
    }
}

/// What a workbook has of a case.
struct Part {
    entries: Vec<Entry>,
    remarks: Line,
    home: Place,
}

/// Whether two names of a page are the same; `001` may have become the number 1.
fn same_name(a: &str, b: &str) -> bool {
    let number = |t: &str| t.parse::<u32>().ok();
    plain(a) == plain(b) || (number(a).is_some() && number(a) == number(b))
}

/// Gives each case its sheet: by name, or by the number that stands on it where names were changed.
fn pages(leaves: Vec<Leaf>, identity: &Identity, problems: &mut Vec<Problem>) -> Vec<Option<Part>> {
    let mut free: Vec<Option<Leaf>> = leaves.into_iter().map(Some).collect();
    let mut taken: Vec<Option<Leaf>> = identity.pages.iter().map(|_| None).collect();
    let fits = |leaf: &Leaf, wanted: &Wanted| leaf.has_head && leaf.case_no.as_deref().is_none_or(|no| no == wanted.case_no);
    for (wanted, slot) in identity.pages.iter().zip(&mut taken) {
        let named = |l: &Leaf| l.origin.sheet.as_deref().is_some_and(|name| same_name(name, &wanted.name)) && fits(l, wanted);
        *slot = free.iter_mut().find(|l| l.as_ref().is_some_and(named)).and_then(Option::take);
    }
    for (at, wanted) in identity.pages.iter().enumerate() {
        if taken.get(at).is_some_and(Option::is_some) {
            continue;
        }
        let waits = |(i, w): (usize, &Wanted)| w.case_no == wanted.case_no && taken.get(i).is_some_and(Option::is_none);
        let alone = identity.pages.iter().enumerate().filter(|x| waits(*x)).count() == 1;
        let of = |l: &Leaf| l.has_head && l.case_no.as_deref() == Some(wanted.case_no.as_str());
        let mut found: Vec<&mut Option<Leaf>> = free.iter_mut().filter(|l| l.as_ref().is_some_and(of)).collect();
        if let (true, [only], Some(slot)) = (alone, found.as_mut_slice(), taken.get_mut(at)) {
            *slot = only.take();
        }
    }
    let lost: Vec<&Wanted> = identity.pages.iter().zip(&taken).filter(|(_, t)| t.is_none()).map(|(w, _)| w).collect();
    problems.extend(deleted(&lost, identity, Place::file(file_of(&free, &taken))));
    for leaf in free.into_iter().flatten().filter(|l| l.has_head) {
        let place = Place::at(&leaf.origin, At::Whole);
        let said = say!(
            "{place} 不是发出的评分表中的一页，没有使用；同一案件请只填原来的那一页",
            "{place} is no page of the sheet as it was sent and was not used; fill in the page that was sent"
        );
        problems.push(Problem::new("P081", said, place));
    }
    let part = |leaf: Leaf| Part { home: Place::at(&leaf.origin, At::Whole), entries: leaf.entries, remarks: leaf.remarks };
    taken.into_iter().map(|leaf| leaf.map(part)).collect()
}

fn file_of(free: &[Option<Leaf>], taken: &[Option<Leaf>]) -> String {
    free.iter().chain(taken).flatten().next().map(|l| l.origin.file.clone()).unwrap_or_default()
}

/// Cases whose pages are not there.
fn deleted(lost: &[&Wanted], identity: &Identity, place: Place) -> Option<Problem> {
    let n = lost.len();
    let mut names: Vec<String> = lost.iter().take(NAMED).map(|w| format!("{}（{}）", w.case_no, w.name)).collect();
    if n > NAMED {
        names.push("…".to_owned());
    }
    let (names, code) = (names.join("、"), &identity.reviewer);
    let said = say!(
        "{code} 的评分表少了 {n} 页，或页上的案号、表头被改动：{names}；这些案件按未交处理",
        "the sheet of {code} lacks {n} pages, or their case number or headings were changed: {names}; these count as not handed in"
    );
    (n > 0).then(|| Problem::new("P081", said, place))
}

/// Gives rows of a grid to their cases by the column 页; a row whose case number is another one was sorted apart.
fn grid(leaves: Vec<Leaf>, identity: &Identity, problems: &mut Vec<Problem>) -> Vec<Option<Part>> {
    let mut parts: Vec<Option<Part>> = identity.pages.iter().map(|_| None).collect();
    let (mut strangers, mut bent) = (Vec::new(), Vec::new());
    let file = leaves.first().map(|l| l.origin.file.clone()).unwrap_or_default();
    let mut find = |page: &str, case_no: &str, place: &Place| {
        let at = identity.pages.iter().position(|w| same_name(page, &w.name));
        match at.and_then(|at| Some((at, identity.pages.get(at)?))) {
            None => {
                strangers.push(place.clone());
                None
            }
            Some((_, wanted)) if !case_no.is_empty() && case_no != wanted.case_no => {
                bent.push(place.clone());
                None
            }
            Some((at, _)) => Some(at),
        }
    };
    for leaf in leaves {
        let new = |place: &Place| Part { entries: Vec::new(), remarks: Line::new(), home: place.clone() };
        for entry in leaf.entries {
            let at = find(&entry.page, &entry.case_no, &entry.place);
            if let Some(slot) = at.and_then(|at| parts.get_mut(at)) {
                slot.get_or_insert_with(|| new(&entry.place)).entries.push(entry);
            }
        }
        for remark in leaf.table {
            let at = find(&remark.page, &remark.case_no, &remark.place);
            if let Some(slot) = at.and_then(|at| parts.get_mut(at)) {
                let part = slot.get_or_insert_with(|| new(&remark.place));
                part.home = remark.place;
                for (slot, cell) in remark.line {
                    part.remarks.entry(slot).or_insert(cell);
                }
            }
        }
    }
    let lost: Vec<&Wanted> = identity.pages.iter().zip(&parts).filter(|(_, p)| p.is_none()).map(|(w, _)| w).collect();
    problems.extend(deleted(&lost, identity, Place::file(file)));
    let (n, heading) = (strangers.len(), form::PAGE);
    let said = say!(
        "有 {n} 行的“{heading}”不是发出的评分表里的，没有使用",
        "{n} rows name a page that the sheet as it was sent does not have; they were not used"
    );
    problems.extend(Problem::several("P081", said, strangers));
    let n = bent.len();
    let said = say!(
        "有 {n} 行的“{heading}”和案号对不上，多半是只排序了部分列，没有使用；请整表排序或重新填写",
        "in {n} rows page and case number do not belong together, probably because only some columns were sorted; they were not used"
    );
    problems.extend(Problem::several("P081", said, bent));
    parts
}

/// A page with its rows by criterion.
fn page(identity: &Identity, wanted: &Wanted, part: Part, problems: &mut Vec<Problem>) -> Page {
    let asked: BTreeSet<&Arc<str>> = wanted.must.iter().chain(&wanted.may).collect();
    let (mut by_id, mut strange): (BTreeMap<Arc<str>, Vec<Entry>>, Vec<Entry>) = (BTreeMap::new(), Vec::new());
    for entry in part.entries {
        match entry.id.clone().filter(|id| asked.contains(id)) {
            Some(id) => by_id.entry(id).or_default().push(entry),
            // A criterion that does not apply is shown and nothing is asked of it.
            None if entry.line.keys().any(|s| Slot::MARKS.contains(s)) => strange.push(entry),
            None => {}
        }
    }
    let mut tell = |places: Vec<Place>, said: Text| problems.extend(Problem::several("P081", said, places));
    let no = &wanted.case_no;
    let missing: Vec<&str> = asked.iter().filter(|id| !by_id.contains_key(**id)).map(|id| &***id).collect();
    if !missing.is_empty() {
        let (n, ids) = (missing.len(), missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("、"));
        let said = say!(
            "{no} 这一页少了 {n} 项：{ids}；必评的按未评处理",
            "the page of {no} lacks {n} criteria: {ids}; those that must be marked count as not marked"
        );
        tell(vec![part.home.clone()], said);
    }
    if let Some(first) = strange.first() {
        let (n, id) = (strange.len(), &first.raw);
        let said = say!(
            "{no} 这一页有 {n} 行填了不要这位专家评的编号（如 {id}），没有使用",
            "on the page of {no}, {n} rows are filled in for ids that this reviewer is not asked about, such as {id}; they were not used"
        );
        tell(strange.iter().map(|e| e.place.clone()).collect(), said);
    }
    let mut lines = BTreeMap::new();
    for (id, mut entries) in by_id {
        match (entries.pop(), entries.is_empty()) {
            (Some(only), true) => drop(lines.insert(id, only.line)),
            (last, _) => {
                let places = entries.iter().chain(&last).map(|e| e.place.clone()).collect();
                let n = entries.len() + 1;
                let said = say!(
                    "{no} 这一页有 {n} 行都是 {id}，分不清用哪一行，该项按未评处理",
                    "the page of {no} has {n} rows for {id}; which one counts cannot be told, and it counts as not marked"
                );
                tell(places, said);
            }
        }
    }
    Page {
        reviewer: Arc::clone(&identity.reviewer),
        office: wanted.office.clone(),
        case_no: wanted.case_no.clone(),
        stage: wanted.stage.clone(),
        must: wanted.must.clone(),
        whole: wanted.whole,
        may: wanted.may.clone(),
        torn: Vec::new(),
        lines,
        remarks: part.remarks,
        home: part.home,
    }
}
