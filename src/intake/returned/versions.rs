//! Several workbooks with one reviewer's page of a case are laid over each other: what one has and the other has not is taken, what differs is
//! told with both cells and used from neither, whichever is newer. Must not judge what is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cell, Line, Page, Slot};
use crate::base::problem::Problem;
use crate::say;

/// The page that all versions come to, with what differs. Lines in which something differs are gone.
pub fn merge(mut versions: Vec<Page>, problems: &mut Vec<Problem>) -> Option<Page> {
    versions.sort_by(|a, b| a.home.cmp(&b.home));
    let mut rest = versions.into_iter();
    let mut whole = rest.next()?;
    let mut lines: BTreeMap<Arc<str>, BTreeMap<Slot, Vec<Cell>>> = BTreeMap::new();
    let mut remarks: BTreeMap<Slot, Vec<Cell>> = BTreeMap::new();
    let mut several = false;
    let mut take = |page_lines: BTreeMap<Arc<str>, Line>, page_remarks: Line| {
        for (id, line) in page_lines {
            add(lines.entry(id).or_default(), line);
        }
        add(&mut remarks, page_remarks);
    };
    take(std::mem::take(&mut whole.lines), std::mem::take(&mut whole.remarks));
    for page in rest {
        several = true;
        let new = |known: &[Arc<str>], ids: Vec<Arc<str>>| ids.into_iter().filter(|id| !known.contains(id)).collect::<Vec<_>>();
        let (must, may) = (new(&whole.must, page.must), new(&whole.may, page.may));
        whole.must.extend(must);
        whole.may.extend(may);
        take(page.lines, page.remarks);
    }
    whole.may.retain(|id| !whole.must.contains(id));
    for (id, slots) in lines {
        let differs = slots.values().any(|cells| cells.len() > 1);
        for (slot, cells) in slots.iter().filter(|(_, cells)| cells.len() > 1) {
            problems.extend(different(&whole, Some(&id), *slot, cells));
        }
        if differs {
            whole.torn.push(Arc::clone(&id));
        }
        let line = if differs { Line::new() } else { firsts(slots) };
        whole.lines.insert(id, line);
    }
    debug_assert!(several || remarks.values().all(|cells| cells.len() == 1), "one page has one cell for each");
    for (slot, cells) in remarks.iter().filter(|(_, cells)| cells.len() > 1) {
        problems.extend(different(&whole, None, *slot, cells));
    }
    remarks.retain(|_, cells| cells.len() == 1);
    whole.remarks = firsts(remarks);
    Some(whole)
}

/// Adds the cells of a version that say something new.
fn add(all: &mut BTreeMap<Slot, Vec<Cell>>, line: Line) {
    for (slot, cell) in line {
        let known = all.entry(slot).or_default();
        if !known.iter().any(|k| k.says(&cell)) {
            known.push(cell);
        }
    }
}

fn firsts(all: BTreeMap<Slot, Vec<Cell>>) -> Line {
    all.into_iter().filter_map(|(slot, cells)| Some((slot, cells.into_iter().next()?))).collect()
}

fn different(page: &Page, id: Option<&str>, slot: Slot, cells: &[Cell]) -> Option<Problem> {
    let (no, code, what) = (&page.case_no, &page.reviewer, slot.word());
    let written = |quote: [&str; 2]| cells.iter().map(|c| format!("{} {}{}{}", c.place, quote[0], c.text, quote[1])).collect::<Vec<_>>();
    let (zh, en) = (written(["“", "”"]).join("；"), written(["\"", "\""]).join("; "));
    let said = match id {
        Some(id) => say!(
            "{code} 交了几份评分表，{no} 的 {id} 的{what}不一样：{zh}；请 {code} 确认，确认前该项按未评处理",
            "{code} handed in several sheets that differ in {what} of {id} for {no}: {en}; it counts as not marked until {code} settles it"
        ),
        None => say!(
            "{code} 交了几份评分表，{no} 的{what}不一样：{zh}；请 {code} 确认，确认前按没有填处理",
            "{code} handed in several sheets that differ in {what} for {no}: {en}; it counts as blank until {code} settles it"
        ),
    };
    Problem::several("P083", said, cells.iter().map(|c| c.place.clone()).collect())
}
